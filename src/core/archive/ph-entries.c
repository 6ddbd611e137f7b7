/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-entries.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <archive.h>
#include <archive_entry.h>

#define PIECE ((gsize) 64 * 1024)

struct _PhEntries
{
  struct archive *archive;
  GInputStream *stream;
  goffset size;
  goffset position; /* of this walk in the stream */
  guint64 n_head;   /* bytes read before the first entry */
  guint n;
  char *name; /* of the entry, when it had to be made valid */
  gboolean is_locked;
  guint8 *piece;
  GCancellable *cancellable;
  GError *error; /* of the stream, for what libarchive says about it */
};

static la_ssize_t
read_cb (struct archive *archive,
         void *user_data,
         const void **buffer)
{
  PhEntries *entries = user_data;
  gssize n;

  g_clear_error (&entries->error);

  if (entries->n == 0 && entries->n_head > PH_LIMIT_BUNDLE_LIST_BYTES)
    {
      g_set_error (&entries->error, PH_ERROR, PH_ERROR_TOO_LARGE,
                   "Its list of files is longer than %d MB",
                   (int) (PH_LIMIT_BUNDLE_LIST_BYTES >> 20));
      return ARCHIVE_FATAL;
    }

  if (g_seekable_tell (G_SEEKABLE (entries->stream)) != entries->position &&
      !g_seekable_seek (G_SEEKABLE (entries->stream), entries->position, G_SEEK_SET,
                        entries->cancellable, &entries->error))
    return ARCHIVE_FATAL;

  n = g_input_stream_read (entries->stream, entries->piece, PIECE, entries->cancellable,
                           &entries->error);

  if (n < 0)
    return ARCHIVE_FATAL;

  if (entries->n == 0)
    entries->n_head += (guint64) n;

  entries->position += n;
  *buffer = entries->piece;

  return n;
}

static la_int64_t
skip_cb (struct archive *archive,
         void *user_data,
         la_int64_t wanted)
{
  PhEntries *entries = user_data;
  la_int64_t skipped = CLAMP (wanted, 0, entries->size - entries->position);

  entries->position += skipped;

  return skipped;
}

static la_int64_t
seek_cb (struct archive *archive,
         void *user_data,
         la_int64_t offset,
         int whence)
{
  PhEntries *entries = user_data;
  goffset base = whence == SEEK_END ? entries->size : whence == SEEK_CUR ? entries->position
                                                                         : 0;

  if (offset > entries->size - base || offset < -base)
    return ARCHIVE_FATAL;

  entries->position = base + offset;

  return entries->position;
}

/* What the stream had to say, else what libarchive says. */
static void
set_failed (PhEntries *entries,
            GError **error)
{
  const char *why = archive_error_string (entries->archive);

  if (entries->error != NULL)
    g_propagate_error (error, g_steal_pointer (&entries->error));
  else if (entries->is_locked)
    g_set_error_literal (error, PH_ERROR, PH_ERROR_UNSUPPORTED, "It is locked with a password");
  else
    g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "It cannot be read as an archive of files: %s",
                 why != NULL ? why : "it is none");
}

PhEntries *
ph_entries_new (GInputStream *stream,
                goffset size,
                gboolean is_xz,
                GError **error)
{
  g_autoptr (PhEntries) entries = g_new0 (PhEntries, 1);

  g_return_val_if_fail (G_IS_SEEKABLE (stream), NULL);

  entries->stream = g_object_ref (stream);
  entries->size = size;
  entries->piece = g_malloc (PIECE);
  entries->archive = archive_read_new ();

  if (is_xz)
    {
      archive_read_support_format_raw (entries->archive);
      archive_read_support_filter_xz (entries->archive);
    }
  else
    {
      archive_read_support_format_zip (entries->archive);
      archive_read_support_format_tar (entries->archive);
    }

  archive_read_set_read_callback (entries->archive, read_cb);
  archive_read_set_skip_callback (entries->archive, skip_cb);
  archive_read_set_seek_callback (entries->archive, seek_cb);
  archive_read_set_callback_data (entries->archive, entries);

  if (archive_read_open1 (entries->archive) != ARCHIVE_OK)
    {
      set_failed (entries, error);
      return NULL;
    }

  return g_steal_pointer (&entries);
}

void
ph_entries_free (PhEntries *entries)
{
  if (entries == NULL)
    return;

  archive_read_free (entries->archive);
  g_object_unref (entries->stream);
  g_clear_object (&entries->cancellable);
  g_clear_error (&entries->error);
  g_free (entries->name);
  g_free (entries->piece);
  g_free (entries);
}

void
ph_entries_set_cancellable (PhEntries *entries,
                            GCancellable *cancellable)
{
  g_return_if_fail (entries != NULL);

  g_set_object (&entries->cancellable, cancellable);
}

/* NULL when it has no name at all. */
static const char *
get_name (PhEntries *entries,
          struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    {
      name = archive_entry_pathname (entry);
      g_free (entries->name);
      entries->name = name != NULL ? g_utf8_make_valid (name, -1) : NULL;
      name = entries->name;
    }

  return name;
}

gboolean
ph_entries_next (PhEntries *entries,
                 PhEntry *out,
                 GError **error)
{
  struct archive_entry *entry;

  g_return_val_if_fail (entries != NULL && out != NULL, FALSE);

  for (;;)
    {
      int result;

      if (g_cancellable_set_error_if_cancelled (entries->cancellable, error))
        return FALSE;

      result = archive_read_next_header (entries->archive, &entry);

      if (result == ARCHIVE_EOF)
        return FALSE;

      if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        {
          set_failed (entries, error);
          return FALSE;
        }

      out->name = get_name (entries, entry);

      if (archive_entry_filetype (entry) == AE_IFREG && out->name != NULL &&
          archive_entry_hardlink (entry) == NULL)
        break;
    }

  entries->n++;
  entries->is_locked = archive_entry_is_encrypted (entry) > 0;
  out->size = archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1;
  out->mtime = archive_entry_mtime_is_set (entry) ? archive_entry_mtime (entry) : 0;

  return TRUE;
}

guint
ph_entries_get_n (PhEntries *entries)
{
  g_return_val_if_fail (entries != NULL, 0);

  return entries->n;
}

gssize
ph_entries_read (PhEntries *entries,
                 void *buffer,
                 gsize size,
                 GError **error)
{
  la_ssize_t n;

  g_return_val_if_fail (entries != NULL, -1);

  if (g_cancellable_set_error_if_cancelled (entries->cancellable, error))
    return -1;

  n = archive_read_data (entries->archive, buffer, size);

  if (n < 0)
    {
      set_failed (entries, error);
      return -1;
    }

  return (gssize) n;
}
