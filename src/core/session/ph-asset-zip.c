/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-zip.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define PIECE ((gsize) 65536)

typedef struct archive Archive;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

static gboolean
set_failed (GError **error,
            const char *path,
            Archive *archive)
{
  const char *why = archive_error_string (archive);
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "%s cannot be read as an archive of files: %s",
               name, why != NULL ? why : "it is none");

  return FALSE;
}

/* Nothing that starts another program, and none of the formats nobody uses. */
static Archive *
open_archive (const char *path,
              GError **error)
{
  g_autoptr (Archive) archive = archive_read_new ();

  archive_read_support_format_zip (archive);
  archive_read_support_format_tar (archive);
  archive_read_support_filter_gzip (archive);
  archive_read_support_filter_xz (archive);
  archive_read_support_filter_zstd (archive);

  if (archive_read_open_filename (archive, path, PIECE) != ARCHIVE_OK)
    {
      set_failed (error, path, archive);
      return NULL;
    }

  return g_steal_pointer (&archive);
}

/* The next file's name; NULL with *@failed unset at the end. */
static const char *
next_name (Archive *archive,
           guint *n_entries,
           gboolean *failed)
{
  struct archive_entry *entry;

  *failed = FALSE;

  while (*n_entries < 2 * PH_LIMIT_ASSET_FILES &&
         (guint64) archive_filter_bytes (archive, 0) < PH_LIMIT_ASSET_UNPACKED)
    {
      int result = archive_read_next_header (archive, &entry);
      const char *name;

      if (result == ARCHIVE_EOF)
        return NULL;

      if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        {
          *failed = TRUE;
          return NULL;
        }

      ++*n_entries;
      name = archive_entry_pathname_utf8 (entry);
      name = name != NULL ? name : archive_entry_pathname (entry);

      if (archive_entry_filetype (entry) == AE_IFREG && name != NULL &&
          g_utf8_validate (name, -1, NULL))
        return name;
    }

  return NULL;
}

gboolean
ph_asset_zip_list (const char *path,
                   gboolean (*func) (const char *name,
                                     gpointer user_data),
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (Archive) archive = open_archive (path, error);
  gboolean failed = FALSE;
  guint n_entries = 0;
  const char *name;

  if (archive == NULL)
    return FALSE;

  while ((name = next_name (archive, &n_entries, &failed)) != NULL)
    if (!func (name, user_data) || g_cancellable_set_error_if_cancelled (cancellable, error))
      return !g_cancellable_is_cancelled (cancellable);

  /* What was listed before it broke off can be used. */
  return !failed || n_entries > 0 || set_failed (error, path, archive);
}

/* NULL when there are more bytes, or they are damaged. */
static GBytes *
read_entry (Archive *archive,
            gsize limit)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE);

  for (;;)
    {
      la_ssize_t n = archive_read_data (archive, piece, PIECE);

      if (n < 0 || data->len + (gsize) MAX (n, 0) > limit)
        return NULL;

      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&data));

      g_byte_array_append (data, piece, (guint) n);
    }
}

gboolean
ph_asset_zip_read (const char *path,
                   PhAssetZipAsk ask,
                   PhAssetZipTake take,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (Archive) archive = open_archive (path, error);
  gboolean failed = FALSE;
  guint n_entries = 0;
  const char *name;

  if (archive == NULL)
    return FALSE;

  while ((name = next_name (archive, &n_entries, &failed)) != NULL)
    {
      g_autofree char *own = g_strdup (g_str_has_prefix (name, "./") ? name + 2 : name);
      gsize limit = ask (own, user_data);
      g_autoptr (GBytes) bytes = limit > 0 ? read_entry (archive, limit) : NULL;

      if (limit > 0)
        take (own, bytes, user_data);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  return !failed || n_entries > 0 || set_failed (error, path, archive);
}
