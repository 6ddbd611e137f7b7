/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-archive.h"

#include "ph-error.h"
#include "ph-hash-stream.h"
#include "ph-reader.h"

/*
 * The size of the file, 0 when it has none; -1 with an error for what is no file and
 * no folder.
 */
static goffset
get_size (GFile *file,
          gboolean *is_folder,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return -1;

  *is_folder = g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;

  return MAX (g_file_info_get_size (info), 0);
}

/* NULL when there are none. */
static char *
dup_facts (const PhFacts *facts)
{
  for (guint i = 0; i < PH_FACT_N_SECTIONS; i++)
    if (ph_facts_get_n (facts, (PhFactSection) i) > 0)
      return ph_facts_to_json (facts);

  return NULL;
}

static PhArchiveInfo *
make_info (PhReading *reading,
           const char *format,
           const char *packing,
           goffset bytes)
{
  PhArchiveInfo *info = ph_archive_info_new (format);

  info->packing = packing;
  info->recorder = ph_reading_get_recorder (reading);
  info->bytes = bytes;
  info->n_events = ph_reading_get_n_events (reading);
  g_ptr_array_unref (info->windows);
  info->windows = g_ptr_array_ref (ph_reading_get_windows (reading));
  info->facts = dup_facts (ph_reading_get_facts (reading));

  return info;
}

/* An archive of files that is one recording. */
static PhArchiveInfo *
read_bundle (PhBundle *bundle,
             const PhReader *reader,
             const PhSink *sink,
             gpointer user_data,
             PhHealth *health,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (PhReading) reading = NULL;
  g_autoptr (PhHealth) own_health = health == NULL ? ph_health_new () : NULL;
  goffset bytes = ph_bundle_get_bytes (bundle);

  health = health != NULL ? health : own_health;
  reading = ph_reading_new (NULL, bytes, sink, user_data, health, cancellable);

  if (!reader->read_bundle (reading, bundle, cancellable, error))
    return NULL;

  if (ph_bundle_is_damaged (bundle))
    ph_health_add (health, PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                   "the archive of files ends in the middle");

  if (ph_reading_get_n_events (reading) == 0)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "It has no event that can be read");
      return NULL;
    }

  return make_info (reading, reader->name, NULL, bytes);
}

/* Whether @file is a folder or an archive of files; the stream is left at its beginning. */
static gboolean
is_bundle (GInputStream *stream,
           GCancellable *cancellable)
{
  g_autofree guint8 *head = NULL;
  gsize size = 0;

  if (!g_seekable_can_seek (G_SEEKABLE (stream)))
    return FALSE;

  head = g_malloc (PH_BUNDLE_HEAD_SIZE);

  return g_input_stream_read_all (stream, head, PH_BUNDLE_HEAD_SIZE, &size, cancellable, NULL) &&
         g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, NULL) &&
         ph_bundle_is_head (head, size);
}

PhArchiveInfo *
ph_archive_read (GFile *file,
                 const PhSink *sink,
                 gpointer user_data,
                 PhHealth *health,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (PhBundle) bundle = NULL;
  g_autoptr (PhHashStream) hash = NULL;
  g_autoptr (PhArchiveInfo) info = NULL;
  const PhReader *reader = NULL;
  gboolean is_folder = FALSE;
  goffset bytes;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  bytes = get_size (file, &is_folder, cancellable, error);

  if (bytes < 0)
    return NULL;

  if (!is_folder)
    {
      stream = g_file_read (file, cancellable, error);

      if (stream == NULL)
        return NULL;
    }

  if (is_folder || is_bundle (G_INPUT_STREAM (stream), cancellable))
    {
      bundle = ph_bundle_open (file, cancellable, error);

      if (bundle == NULL)
        return NULL;

      reader = ph_reader_find_bundle (bundle, cancellable);
    }

  if (reader != NULL)
    return read_bundle (bundle, reader, sink, user_data, health, cancellable, error);

  if (is_folder)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   "This is a folder, not a session archive");
      return NULL;
    }

  hash = ph_hash_stream_new (G_INPUT_STREAM (stream));
  info = ph_archive_read_stream (G_INPUT_STREAM (hash), bytes, sink, user_data, health,
                                 cancellable, error);

  if (info == NULL)
    return NULL;

  /* What is no file may never end. */
  if (bytes > 0)
    {
      info->sha256 = ph_hash_stream_finish (hash, cancellable, error);

      if (info->sha256 == NULL)
        return NULL;
    }

  return g_steal_pointer (&info);
}

PhArchiveInfo *
ph_archive_read_stream (GInputStream *stream,
                        goffset bytes,
                        const PhSink *sink,
                        gpointer user_data,
                        PhHealth *health,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (PhUnpack) unpack = NULL;
  g_autoptr (PhReading) reading = NULL;
  g_autoptr (PhHealth) own_health = NULL;
  const char *format;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (sink != NULL && sink->event != NULL, NULL);

  if (health == NULL)
    {
      own_health = ph_health_new ();
      health = own_health;
    }

  unpack = ph_unpack_new (stream);
  reading = ph_reading_new (unpack, bytes, sink, user_data, health, cancellable);
  format = ph_reading_run (reading, error);

  if (format == NULL)
    return NULL;

  return make_info (reading, format, ph_unpack_get_packing (unpack),
                    MAX (bytes, (goffset) ph_unpack_get_taken (unpack)));
}

PhArchiveInfo *
ph_archive_info_new (const char *format)
{
  PhArchiveInfo *info = g_new0 (PhArchiveInfo, 1);

  info->format = format;
  info->windows = g_ptr_array_new_with_free_func (g_free);

  return info;
}

void
ph_archive_info_free (PhArchiveInfo *info)
{
  if (info == NULL)
    return;

  g_clear_pointer (&info->windows, g_ptr_array_unref);
  g_free (info->sha256);
  g_free (info->facts);
  g_free (info);
}
