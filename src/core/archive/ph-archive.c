/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-archive.h"

#include "ph-error.h"
#include "ph-hash-stream.h"
#include "ph-limits.h"
#include "ph-reader.h"

#include <glib/gi18n.h>

/* The size of the file, 0 when it has none; -1 with an error for what is no file. */
static goffset
get_size (GFile *file,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return -1;

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   "This is a folder, not a session archive");
      return -1;
    }

  return MAX (g_file_info_get_size (info), 0);
}

/*
 * Why there is not one event in a file that a reader took. @doubt is what to
 * say when the reader was not sure that the file is its own, else NULL.
 */
static void
set_no_events (GError **error,
               PhHealth *health,
               GError *doubt)
{
  if (ph_health_count (health, PH_HEALTH_EVENT_TOO_LARGE) > 0)
    g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "Its events are longer than %d MB",
                 (int) (PH_LIMIT_EVENT_BYTES >> 20));
  else if (ph_health_count (health, PH_HEALTH_LIMIT) > 0)
    g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "Its events nest deeper than %d levels",
                 PH_LIMIT_JSON_DEPTH);
  else if (doubt != NULL && ph_health_count (health, PH_HEALTH_TRUNCATED) == 0)
    g_propagate_error (error, g_error_copy (doubt));
  else
    g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                         N_ ("It has no event that can be read"));
}

/* The packing's own troubles. One that merely ends early has been told of by the reader. */
static void
add_findings (PhHealth *health,
              PhUnpack *unpack)
{
  const char *packing = ph_unpack_get_packing (unpack);

  switch (ph_unpack_get_condition (unpack))
    {
    case PH_UNPACK_WHOLE:
      break;
    case PH_UNPACK_TRUNCATED:
      if (ph_health_count (health, PH_HEALTH_TRUNCATED) == 0)
        ph_health_add (health, PH_HEALTH_TRUNCATED, PH_TIME_NONE, "the %s data ends in the middle",
                       packing);
      break;
    case PH_UNPACK_DAMAGED:
      ph_health_add (health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "the %s data is damaged", packing);
      break;
    case PH_UNPACK_TRAILING:
      ph_health_add (health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "other bytes follow the %s data",
                     packing);
      break;
    }
}

static const PhReader *
find_reader (PhReading *reading,
             PhUnpack *unpack,
             GError **doubt,
             GError **error)
{
  const PhReader *reader;
  PhUnpackCondition condition;
  PhRank rank = PH_RANK_NONE;
  const char *head;
  gsize size = 0;

  head = ph_reading_peek (reading, PH_READER_HEAD_SIZE, &size, error);

  if (head == NULL)
    return NULL;

  reader = ph_reader_find (head, size, size < PH_READER_HEAD_SIZE, &rank);

  if (rank < PH_RANK_CERTAIN)
    *doubt = ph_reader_explain (head, size);

  if (reader != NULL)
    return reader;

  condition = ph_unpack_get_condition (unpack);

  if (condition == PH_UNPACK_TRUNCATED || condition == PH_UNPACK_DAMAGED)
    g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "Its %s data is %s near the beginning",
                 ph_unpack_get_packing (unpack),
                 condition == PH_UNPACK_TRUNCATED ? "cut off" : "damaged");
  else
    g_propagate_error (error, g_steal_pointer (doubt));

  return NULL;
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

PhArchiveInfo *
ph_archive_read (GFile *file,
                 const PhSink *sink,
                 gpointer user_data,
                 PhHealth *health,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (PhHashStream) hash = NULL;
  g_autoptr (PhArchiveInfo) info = NULL;
  goffset bytes;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  bytes = get_size (file, cancellable, error);

  if (bytes < 0)
    return NULL;

  stream = g_file_read (file, cancellable, error);

  if (stream == NULL)
    return NULL;

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
  g_autoptr (GError) doubt = NULL;
  const PhReader *reader;
  PhArchiveInfo *info;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (sink != NULL && sink->event != NULL, NULL);

  if (health == NULL)
    {
      own_health = ph_health_new ();
      health = own_health;
    }

  unpack = ph_unpack_new (stream);
  reading = ph_reading_new (unpack, bytes, sink, user_data, health, cancellable);
  reader = find_reader (reading, unpack, &doubt, error);

  if (reader == NULL || !reader->read (reading, error))
    return NULL;

  if (ph_reading_get_n_events (reading) == 0)
    {
      set_no_events (error, health, doubt);
      return NULL;
    }

  add_findings (health, unpack);

  info = ph_archive_info_new (reader->name);
  info->packing = ph_unpack_get_packing (unpack);
  info->recorder = ph_reading_get_recorder (reading);
  info->bytes = MAX (bytes, (goffset) ph_unpack_get_taken (unpack));
  info->n_events = ph_reading_get_n_events (reading);
  g_ptr_array_unref (info->windows);
  info->windows = g_ptr_array_ref (ph_reading_get_windows (reading));
  info->facts = dup_facts (ph_reading_get_facts (reading));

  return info;
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
