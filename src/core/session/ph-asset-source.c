/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-source.h"

#include "ph-asset-fetch.h"
#include "ph-asset-index.h"
#include "ph-asset-scan.h"
#include "ph-asset-zip.h"
#include "ph-error.h"
#include "ph-limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _PhAssetSource
{
  PhGrantKind kind;
  char *value;
  PhAssetIndex *index; /* folder, archive */
  PhAssetFetch *fetch; /* address, host */
  char *host;          /* address: its own */
};

void
ph_asset_wanted_clear (PhAssetWanted *wanted)
{
  g_free (wanted->url);
  g_clear_pointer (&wanted->bytes, g_bytes_unref);
  g_free (wanted->problem);
}

/* ---- folders ---- */

static void
index_folder (PhAssetIndex *index,
              GFile *folder,
              const char *prefix,
              guint depth,
              GCancellable *cancellable)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
    folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
    G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  GFileInfo *info;
  GFile *file;

  while (files != NULL && depth < PH_LIMIT_ASSET_DEPTH &&
         g_file_enumerator_iterate (files, &info, &file, cancellable, NULL) && info != NULL)
    {
      g_autofree char *name = g_strconcat (prefix, g_file_info_get_name (info), NULL);
      g_autofree char *inside = g_strconcat (name, "/", NULL);

      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        index_folder (index, file, inside, depth + 1, cancellable);
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        ph_asset_index_add (index, name);
    }
}

/* Never through a link: what lies outside of the folder was not given. */
static int
open_below (const char *folder,
            const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  int at = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; at >= 0 && parts[i] != NULL; i++)
    {
      int flags = parts[i + 1] != NULL ? O_DIRECTORY : O_NONBLOCK;
      int next = openat (at, parts[i], O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);

      close (at);
      at = next;
    }

  return at;
}

static GBytes *
read_file (int fd,
           gsize limit)
{
  struct stat facts;
  g_autofree guint8 *data = NULL;
  gsize size = 0;

  if (fstat (fd, &facts) != 0 || !S_ISREG (facts.st_mode) || facts.st_size < 0 ||
      (guint64) facts.st_size > limit)
    return NULL;

  data = g_malloc ((gsize) facts.st_size + 1);

  while (size < (gsize) facts.st_size)
    {
      gssize n = read (fd, data + size, (gsize) facts.st_size - size);

      if (n < 0 && errno == EINTR)
        continue;

      if (n <= 0)
        break;

      size += (gsize) n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static void
fetch_from_folder (PhAssetSource *source,
                   PhAssetWanted *wanted,
                   gsize *room)
{
  const char *name = ph_asset_index_find (source->index, wanted->url);
  int fd = name != NULL ? open_below (source->value, name) : -1;

  if (fd < 0)
    return;

  wanted->bytes = read_file (fd, MIN (*room, PH_LIMIT_ASSET_BYTES));
  close (fd);

  if (wanted->bytes == NULL)
    wanted->problem = g_strdup_printf ("%s is too large, or no file", name);
}

/* ---- archives of files ---- */

static gboolean
list_cb (const char *name,
         gpointer user_data)
{
  ph_asset_index_add (user_data, name);

  return TRUE;
}

typedef struct
{
  GHashTable *by_name; /* name → GArray of guint, places in @wanted */
  GArray *wanted;
  gsize *room;
} Unpacking;

static gsize
ask_cb (const char *name,
        gpointer user_data)
{
  Unpacking *unpacking = user_data;

  if (!g_hash_table_contains (unpacking->by_name, name))
    return 0;

  return MIN (*unpacking->room, PH_LIMIT_ASSET_BYTES);
}

static void
take_cb (const char *name,
         GBytes *bytes,
         gpointer user_data)
{
  Unpacking *unpacking = user_data;
  const GArray *places = g_hash_table_lookup (unpacking->by_name, name);

  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      PhAssetWanted *wanted = &g_array_index (unpacking->wanted, PhAssetWanted, place);

      if (wanted->bytes != NULL || wanted->problem != NULL)
        continue;

      if (bytes != NULL)
        wanted->bytes = g_bytes_ref (bytes);
      else
        wanted->problem = g_strdup_printf ("%s is too large, or damaged", name);
    }

  if (bytes != NULL)
    *unpacking->room -= MIN (*unpacking->room, g_bytes_get_size (bytes));
}

static void
fetch_from_zip (PhAssetSource *source,
                GArray *all,
                gsize *room,
                GCancellable *cancellable)
{
  g_autoptr (GHashTable) by_name =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  Unpacking unpacking = { by_name, all, room };

  for (guint i = 0; i < all->len; i++)
    {
      const PhAssetWanted *wanted = &g_array_index (all, PhAssetWanted, i);
      const char *name =
        wanted->bytes == NULL ? ph_asset_index_find (source->index, wanted->url) : NULL;
      GArray *places = name != NULL ? g_hash_table_lookup (by_name, name) : NULL;

      if (name == NULL)
        continue;

      if (places == NULL)
        {
          places = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (by_name, (gpointer) name, places);
        }

      g_array_append_val (places, i);
    }

  if (g_hash_table_size (by_name) > 0)
    ph_asset_zip_read (source->value, ask_cb, take_cb, &unpacking, cancellable, NULL);
}

/* ---- the web ---- */

/* An address was typed by a person, who may mean a machine near by; its host alone is asked. */
static PhFetchLeave
allow_cb (const char *url,
          gpointer user_data)
{
  PhAssetSource *source = user_data;
  g_autofree char *host = ph_asset_dup_host (url);
  g_autofree char *name = NULL;
  gboolean is_plain;

  if (g_strcmp0 (host, source->host) != 0)
    return PH_FETCH_REFUSE;

  if (source->kind == PH_GRANT_ADDRESS)
    return PH_FETCH_ANYWHERE;

  /* A host that says itself where it lies deceives nobody. */
  name = host[0] == '[' ? g_strndup (host + 1, strcspn (host + 1, "]"))
                        : g_strndup (host, strcspn (host, ":"));
  is_plain = strcmp (name, "localhost") == 0 || g_hostname_is_ip_address (name) ||
             g_hostname_is_ip_address (host);

  return is_plain ? PH_FETCH_ANYWHERE : PH_FETCH_PUBLIC;
}

/* @base with what comes below it. */
static char *
join_address (const char *base,
              const char *below)
{
  gsize size = strcspn (base, "?#");

  while (*below == '/')
    below++;

  return g_strdup_printf ("%.*s%s%s", (int) size, base,
                          size > 0 && base[size - 1] == '/' ? "" : "/", below);
}

/* The addresses to ask for: NULL-terminated. */
static char **
list_addresses (const PhAssetSource *source,
                const char *url)
{
  const GUriFlags flags = G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED;
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = ph_asset_dup_host (url);
  g_autofree char *below = NULL;
  g_autofree char *near = NULL;
  g_autofree char *far = NULL;
  g_autofree char *with_host = NULL;

  if (source->kind == PH_GRANT_HOST)
    {
      if (g_strcmp0 (host, source->host) == 0)
        g_strv_builder_add (list, url);

      return g_strv_builder_end (list);
    }

  uri = g_uri_parse (url, flags, NULL);

  if (uri == NULL || g_uri_get_path (uri)[0] == '\0' || !g_uri_get_host (uri))
    return g_strv_builder_end (list);

  below = g_strconcat (g_uri_get_path (uri), g_uri_get_query (uri) != NULL ? "?" : "",
                       g_uri_get_query (uri), NULL);
  near = join_address (source->value, below);
  with_host = g_strconcat (g_uri_get_host (uri), below, NULL);
  far = join_address (source->value, with_host);
  g_strv_builder_add (list, near);
  g_strv_builder_add (list, far);

  return g_strv_builder_end (list);
}

static void
fetch_from_web (PhAssetSource *source,
                PhAssetWanted *wanted,
                gsize *room,
                GCancellable *cancellable)
{
  g_auto (GStrv) addresses = list_addresses (source, wanted->url);

  for (guint i = 0; addresses[i] != NULL && wanted->bytes == NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      wanted->asked = TRUE;
      wanted->bytes = ph_asset_fetch_get (source->fetch, addresses[i], cancellable, &error);

      if (wanted->bytes == NULL)
        {
          g_free (wanted->problem);
          wanted->problem = g_strdup (error->message);
        }
      else if (g_bytes_get_size (wanted->bytes) > *room)
        {
          g_clear_pointer (&wanted->bytes, g_bytes_unref);
          return;
        }
    }
}

/* ---- any ---- */

static gboolean
open_files (PhAssetSource *source,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (source->value);

  source->index = ph_asset_index_new ();

  if (source->kind == PH_GRANT_ZIP)
    return ph_asset_zip_list (source->value, list_cb, source->index, cancellable, error);

  if (!g_file_test (source->value, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The folder %s is not there",
                   source->value);
      return FALSE;
    }

  index_folder (source->index, folder, "", 0, cancellable);

  return TRUE;
}

PhAssetSource *
ph_asset_source_open (const PhGrant *grant,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (PhAssetSource) source = g_new0 (PhAssetSource, 1);

  source->kind = grant->kind;
  source->value = g_strdup (grant->value);

  if (grant->kind == PH_GRANT_FOLDER || grant->kind == PH_GRANT_ZIP)
    return open_files (source, cancellable, error) ? g_steal_pointer (&source) : NULL;

  source->host = grant->kind == PH_GRANT_ADDRESS ? ph_asset_dup_host (grant->value)
                                                 : g_strdup (grant->value);
  source->fetch = ph_asset_fetch_new (allow_cb, source);

  return g_steal_pointer (&source);
}

void
ph_asset_source_free (PhAssetSource *source)
{
  if (source == NULL)
    return;

  ph_asset_index_free (source->index);
  ph_asset_fetch_free (source->fetch);
  g_free (source->value);
  g_free (source->host);
  g_free (source);
}

void
ph_asset_source_fetch (PhAssetSource *source,
                       GArray *wanted,
                       gsize *room,
                       GCancellable *cancellable)
{
  if (source->kind == PH_GRANT_ZIP)
    {
      fetch_from_zip (source, wanted, room, cancellable);
      return;
    }

  for (guint i = 0; i < wanted->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      PhAssetWanted *one = &g_array_index (wanted, PhAssetWanted, i);

      if (one->bytes != NULL)
        continue;

      if (source->kind == PH_GRANT_FOLDER)
        fetch_from_folder (source, one, room);
      else
        fetch_from_web (source, one, room, cancellable);

      if (one->bytes != NULL)
        *room -= MIN (*room, g_bytes_get_size (one->bytes));
    }
}
