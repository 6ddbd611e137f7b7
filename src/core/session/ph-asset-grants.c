/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-grants.h"

#include "ph-limits.h"
#include "ph-recordings.h"

#include <glib/gstdio.h>
#include <string.h>

#define SUFFIX ".assets"
#define GROUP "Allowed"

struct _PhAssetGrants
{
  GArray *list; /* PhGrant */
};

static const char *const keys[PH_GRANT_N_KINDS] = {
  [PH_GRANT_FOLDER] = "Folder",
  [PH_GRANT_ZIP] = "Zip",
  [PH_GRANT_ADDRESS] = "Address",
  [PH_GRANT_HOST] = "Host",
};

static void
clear_grant (gpointer data)
{
  g_free (((PhGrant *) data)->value);
}

PhAssetGrants *
ph_asset_grants_new (void)
{
  PhAssetGrants *grants = g_new0 (PhAssetGrants, 1);

  grants->list = g_array_new (FALSE, FALSE, sizeof (PhGrant));
  g_array_set_clear_func (grants->list, clear_grant);

  return grants;
}

static void
append (PhAssetGrants *grants,
        PhGrantKind kind,
        const char *value)
{
  PhGrant grant = { kind, g_strdup (value) };

  g_array_append_val (grants->list, grant);
}

PhAssetGrants *
ph_asset_grants_copy (const PhAssetGrants *grants)
{
  PhAssetGrants *copy = ph_asset_grants_new ();

  for (guint i = 0; i < grants->list->len; i++)
    {
      const PhGrant *grant = &g_array_index (grants->list, PhGrant, i);

      append (copy, grant->kind, grant->value);
    }

  return copy;
}

void
ph_asset_grants_free (PhAssetGrants *grants)
{
  if (grants == NULL)
    return;

  g_array_unref (grants->list);
  g_free (grants);
}

const PhGrant *
ph_asset_grants_get (const PhAssetGrants *grants,
                     guint *n)
{
  *n = grants->list->len;

  return (const PhGrant *) (gpointer) grants->list->data;
}

/* ---- what is one ---- */

static gboolean
is_on_web (const char *text)
{
  return g_ascii_strncasecmp (text, "http://", 7) == 0 ||
         g_ascii_strncasecmp (text, "https://", 8) == 0;
}

static GUri *
parse_web (const char *url)
{
  const GUriFlags flags = G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED |
                          G_URI_FLAGS_SCHEME_NORMALIZE;
  g_autoptr (GUri) uri = g_uri_parse (url, flags, NULL);

  if (uri == NULL || !is_on_web (url) || g_uri_get_host (uri) == NULL ||
      g_uri_get_host (uri)[0] == '\0' || g_uri_get_userinfo (uri) != NULL)
    return NULL;

  return g_steal_pointer (&uri);
}

char *
ph_asset_dup_host (const char *url)
{
  g_autoptr (GUri) uri = parse_web (url);
  g_autofree char *host = NULL;
  int port;

  if (uri == NULL)
    return NULL;

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  port = g_uri_get_port (uri);

  if (port <= 0 || port == (strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80))
    return g_steal_pointer (&host);

  return strchr (host, ':') != NULL ? g_strdup_printf ("[%s]:%d", host, port)
                                    : g_strdup_printf ("%s:%d", host, port);
}

/* The value as it is kept, or NULL with an error. */
static char *
check_value (PhGrantKind kind,
             const char *value,
             GError **error)
{
  g_autofree char *url = NULL;
  g_autofree char *host = NULL;

  switch (kind)
    {
    case PH_GRANT_FOLDER:
    case PH_GRANT_ZIP:
      if (g_path_is_absolute (value) && strlen (value) <= PH_LIMIT_URL_BYTES)
        return g_strdup (value);
      break;
    case PH_GRANT_ADDRESS:
      host = strlen (value) <= PH_LIMIT_URL_BYTES ? ph_asset_dup_host (value) : NULL;
      if (host != NULL)
        return g_strdup (value);
      break;
    case PH_GRANT_HOST:
      if (strpbrk (value, "/?#@ \t\r\n") == NULL && strlen (value) <= PH_LIMIT_NAME_BYTES)
        {
          url = g_strconcat ("http://", value, "/", NULL);
          host = ph_asset_dup_host (url);
        }
      if (host != NULL)
        return g_steal_pointer (&host);
      break;
    case PH_GRANT_N_KINDS:
      break;
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               kind == PH_GRANT_HOST ? "“%s” is not the name of a host"
                                     : "“%s” is not a web address or a whole path",
               value);

  return NULL;
}

static gboolean
find (const PhAssetGrants *grants,
      PhGrantKind kind,
      const char *value,
      guint *at)
{
  for (guint i = 0; i < grants->list->len; i++)
    {
      const PhGrant *grant = &g_array_index (grants->list, PhGrant, i);

      if (grant->kind == kind && strcmp (grant->value, value) == 0)
        {
          *at = i;
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
ph_asset_grants_has (const PhAssetGrants *grants,
                     PhGrantKind kind,
                     const char *value)
{
  guint at;

  return find (grants, kind, value, &at);
}

gboolean
ph_asset_grants_add (PhAssetGrants *grants,
                     PhGrantKind kind,
                     const char *value,
                     GError **error)
{
  g_autofree char *kept = check_value (kind, value, error);

  if (kept == NULL)
    return FALSE;

  if (!ph_asset_grants_has (grants, kind, kept))
    append (grants, kind, kept);

  return TRUE;
}

gboolean
ph_asset_grants_add_any (PhAssetGrants *grants,
                         const char *text,
                         const char *folder,
                         GError **error)
{
  g_autofree char *path = NULL;

  if (is_on_web (text))
    return ph_asset_grants_add (grants, PH_GRANT_ADDRESS, text, error);

  path = g_canonicalize_filename (text, folder);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return ph_asset_grants_add (grants, PH_GRANT_FOLDER, path, error);

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return ph_asset_grants_add (grants, PH_GRANT_ZIP, path, error);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               "%s is neither a folder nor a file nor a web address", text);

  return FALSE;
}

PhAssetGrants *
ph_asset_grants_from_options (char **any,
                              char **hosts,
                              GError **error)
{
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();

  for (guint i = 0; any != NULL && any[i] != NULL; i++)
    if (!ph_asset_grants_add_any (grants, any[i], NULL, error))
      return NULL;

  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++)
    if (!ph_asset_grants_add (grants, PH_GRANT_HOST, hosts[i], error))
      return NULL;

  return g_steal_pointer (&grants);
}

gboolean
ph_asset_grants_remove (PhAssetGrants *grants,
                        PhGrantKind kind,
                        const char *value)
{
  guint at;

  if (!find (grants, kind, value, &at))
    return FALSE;

  g_array_remove_index (grants->list, at);

  return TRUE;
}

/* ---- remembering ---- */

/* NULL when nothing can be remembered with it. */
static char *
dup_path (GFile *archive)
{
  g_autofree char *recording = ph_recordings_dup_path (archive, NULL);
  g_autofree char *name = recording != NULL ? g_path_get_basename (recording) : NULL;
  g_autofree char *file = NULL;

  if (name == NULL)
    return NULL;

  file = g_strconcat (name, SUFFIX, NULL);

  return g_build_filename (g_get_user_data_dir (), "playhead", "assets", file, NULL);
}

PhAssetGrants *
ph_asset_grants_load (GFile *archive)
{
  PhAssetGrants *grants = ph_asset_grants_new ();
  g_autofree char *path = dup_path (archive);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (path == NULL || !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return grants;

  for (guint kind = 0; kind < PH_GRANT_N_KINDS; kind++)
    {
      g_auto (GStrv) values = g_key_file_get_string_list (file, GROUP, keys[kind], NULL, NULL);

      for (guint i = 0; values != NULL && values[i] != NULL; i++)
        ph_asset_grants_add (grants, (PhGrantKind) kind, values[i], NULL);
    }

  return grants;
}

static void
set_list (GKeyFile *file,
          const PhAssetGrants *grants,
          PhGrantKind kind)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  for (guint i = 0; i < grants->list->len; i++)
    {
      const PhGrant *grant = &g_array_index (grants->list, PhGrant, i);

      if (grant->kind == kind)
        g_ptr_array_add (values, grant->value);
    }

  if (values->len > 0)
    g_key_file_set_string_list (file, GROUP, keys[kind], (const char *const *) values->pdata,
                                values->len);
}

gboolean
ph_asset_grants_save (const PhAssetGrants *grants,
                      GFile *archive,
                      GError **error)
{
  g_autofree char *path = dup_path (archive);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  gsize size;

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "Nothing can be remembered with this file");
      return FALSE;
    }

  if (grants->list->len == 0)
    {
      g_unlink (path);
      return TRUE;
    }

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The folder %s cannot be made", folder);
      return FALSE;
    }

  for (guint kind = 0; kind < PH_GRANT_N_KINDS; kind++)
    set_list (file, grants, (PhGrantKind) kind);

  text = g_key_file_to_data (file, &size, NULL);

  return g_file_set_contents_full (path, text, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}
