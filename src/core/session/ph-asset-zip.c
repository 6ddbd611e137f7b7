/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-zip.h"

#include "ph-bundle.h"
#include "ph-limits.h"

#define PIECE ((gsize) 65536)

static PhBundle *
open_bundle (const char *path,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhBundle) bundle = ph_bundle_open (file, cancellable, error);
  g_autofree char *name = g_filename_display_basename (path);

  if (bundle == NULL)
    g_prefix_error (error, "%s: ", name);

  return g_steal_pointer (&bundle);
}

gboolean
ph_asset_zip_list (const char *path,
                   gboolean (*func) (const char *name,
                                     gpointer user_data),
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (PhBundle) bundle = open_bundle (path, cancellable, error);

  if (bundle == NULL)
    return FALSE;

  for (guint i = 0; i < ph_bundle_get_n_members (bundle); i++)
    if (!func (ph_bundle_get_name (bundle, i), user_data))
      break;

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* NULL when there are more bytes, or they are damaged. */
static GBytes *
read_member (PhBundle *bundle,
             guint member,
             gsize limit,
             GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = ph_bundle_open_member (bundle, member, cancellable, NULL);
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE);

  while (stream != NULL)
    {
      gssize n = g_input_stream_read (stream, piece, PIECE, cancellable, NULL);

      if (n < 0 || data->len + (gsize) MAX (n, 0) > limit)
        return NULL;

      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&data));

      g_byte_array_append (data, piece, (guint) n);
    }

  return NULL;
}

gboolean
ph_asset_zip_read (const char *path,
                   PhAssetZipAsk ask,
                   PhAssetZipTake take,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (PhBundle) bundle = open_bundle (path, cancellable, error);

  if (bundle == NULL)
    return FALSE;

  for (guint i = 0; i < ph_bundle_get_n_members (bundle); i++)
    {
      const char *name = ph_bundle_get_name (bundle, i);
      const char *own = g_str_has_prefix (name, "./") ? name + 2 : name;
      gsize limit = ask (own, user_data);
      g_autoptr (GBytes) bytes = NULL;

      if (limit == 0)
        continue;

      bytes = read_member (bundle, i, limit, cancellable);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      take (own, bytes, user_data);
    }

  return TRUE;
}
