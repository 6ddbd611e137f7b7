/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-archive.h"

#include "ph-container.h"
#include "ph-error.h"
#include "ph-hash-stream.h"
#include "ph-input.h"
#include "ph-look.h"

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

/* One session of an archive of files. */
static PhArchiveInfo *
read_part (PhContainer *container,
           PhBundle *bundle,
           const char *key,
           const PhSink *sink,
           gpointer user_data,
           PhHealth *health,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (PhReading) reading = NULL;
  g_autoptr (PhHealth) own_health = health == NULL ? ph_health_new () : NULL;
  g_autoptr (GError) problem = NULL;
  const PhInputPart *part = ph_container_find (container, key, error);
  goffset bytes = ph_bundle_get_bytes (bundle);

  if (part == NULL)
    return NULL;

  health = health != NULL ? health : own_health;
  reading = ph_reading_new (NULL, MAX (bytes, 1), sink, user_data, health, cancellable);

  if (!ph_container_read (container, part, reading, cancellable, &problem) &&
      !ph_reading_cut (reading, &problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  if (ph_reading_get_n_events (reading) == 0)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "It has no event that can be read");
      return NULL;
    }

  return make_info (reading, part->format, ph_bundle_get_kind (bundle), bytes);
}

/* Whether @stream is an archive of files; it is left at its beginning. */
static gboolean
is_bundle (GInputStream *stream,
           gboolean *result,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree guint8 *head = NULL;
  gsize size = 0;

  *result = FALSE;

  if (!g_seekable_can_seek (G_SEEKABLE (stream)))
    return TRUE;

  head = g_malloc (PH_BUNDLE_HEAD_SIZE);

  if (!g_input_stream_read_all (stream, head, PH_BUNDLE_HEAD_SIZE, &size, cancellable, error) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return FALSE;

  *result = ph_bundle_is_head (head, size);

  return TRUE;
}

/* What @input is: a bundle, or a plain stream of @bytes. */
typedef struct
{
  PhBundle *bundle;
  GInputStream *stream;
  goffset bytes;
} Opened;

static void
clear_opened (Opened *opened)
{
  g_clear_pointer (&opened->bundle, ph_bundle_unref);
  g_clear_object (&opened->stream);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Opened, clear_opened)

static gboolean
open_input (Opened *opened,
            GFile *input,
            GCancellable *cancellable,
            GError **error)
{
  gboolean is_folder = FALSE;
  gboolean is_archive = FALSE;

  if (ph_input_get_n_files (input) > 1)
    {
      opened->bundle = ph_bundle_open_files (input, cancellable, error);
      return opened->bundle != NULL;
    }

  opened->bytes = get_size (input, &is_folder, cancellable, error);

  if (opened->bytes < 0)
    return FALSE;

  if (!is_folder)
    {
      opened->stream = G_INPUT_STREAM (g_file_read (input, cancellable, error));

      if (opened->stream == NULL ||
          !is_bundle (opened->stream, &is_archive, cancellable, error))
        return FALSE;
    }

  if (!is_folder && !is_archive)
    return TRUE;

  opened->bundle = ph_bundle_open (input, cancellable, error);

  return opened->bundle != NULL;
}

static char *
hash_stream (GInputStream *stream,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (PhHashStream) hash = ph_hash_stream_new (stream);

  return ph_hash_stream_finish (hash, cancellable, error);
}

static PhArchiveInfo *
read_container (Opened *opened,
                const char *key,
                const PhSink *sink,
                gpointer user_data,
                PhHealth *health,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (PhContainer) container = ph_container_new (opened->bundle, cancellable, error);
  g_autoptr (PhArchiveInfo) info = NULL;

  if (container == NULL)
    return NULL;

  info = read_part (container, opened->bundle, key, sink, user_data, health, cancellable, error);

  if (info == NULL || opened->stream == NULL)
    return g_steal_pointer (&info);

  info->sha256 = hash_stream (opened->stream, cancellable, error);

  return info->sha256 != NULL ? g_steal_pointer (&info) : NULL;
}

PhArchiveInfo *
ph_archive_read (GFile *input,
                 const PhSink *sink,
                 gpointer user_data,
                 PhHealth *health,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (Opened) opened = {};
  g_autoptr (PhHashStream) hash = NULL;
  g_autoptr (PhArchiveInfo) info = NULL;

  g_return_val_if_fail (G_IS_FILE (input), NULL);

  if (!open_input (&opened, input, cancellable, error))
    return NULL;

  if (opened.bundle != NULL)
    return read_container (&opened, ph_input_get_part (input), sink, user_data, health,
                           cancellable, error);

  hash = ph_hash_stream_new (opened.stream);
  info = ph_archive_read_stream (G_INPUT_STREAM (hash), opened.bytes, sink, user_data, health,
                                 cancellable, error);

  if (info == NULL)
    return NULL;

  /* What is no file may never end. */
  if (opened.bytes > 0)
    {
      info->sha256 = ph_hash_stream_finish (hash, cancellable, error);

      if (info->sha256 == NULL)
        return NULL;
    }

  return g_steal_pointer (&info);
}

/* A file that is one archive, as far as it says so at its beginning. */
static gboolean
list_stream (GPtrArray *parts,
             Opened *opened,
             GCancellable *cancellable,
             GError **error)
{
  g_auto (PhLook) look = {};
  PhInputPart part = {};

  if (!ph_look_at (&look, opened->stream, opened->bytes, cancellable, error))
    return FALSE;

  if (look.reader == NULL)
    {
      g_propagate_error (error, g_error_copy (look.problem));
      return FALSE;
    }

  part = (PhInputPart) {
    .key = (char *) "",
    .title = (char *) "",
    .address = look.address,
    .format = look.reader->name,
    .begin = look.begin != PH_TIME_NONE ? look.begin : 0,
    .bytes = opened->bytes,
    .n_files = 1,
  };
  g_ptr_array_add (parts, ph_input_part_copy (&part));

  return TRUE;
}

GPtrArray *
ph_archive_list (GFile *input,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (Opened) opened = {};
  g_autoptr (PhContainer) container = NULL;
  g_autoptr (GPtrArray) parts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ph_input_part_free);
  GPtrArray *found;

  g_return_val_if_fail (G_IS_FILE (input), NULL);

  if (!open_input (&opened, input, cancellable, error))
    return NULL;

  if (opened.bundle == NULL)
    return list_stream (parts, &opened, cancellable, error) ? g_steal_pointer (&parts) : NULL;

  container = ph_container_new (opened.bundle, cancellable, error);

  if (container == NULL)
    return NULL;

  found = ph_container_get_parts (container);

  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (parts, ph_input_part_copy (found->pdata[i]));

  return g_steal_pointer (&parts);
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
