/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-recordings.h"

#include "ph-bundle.h"
#include "ph-input.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#define SUFFIX ".playhead"
/* Of either end, so much is part of what a file is known by. */
#define END_BYTES ((gsize) 65536)
#define ATTRIBUTES                                                  \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE \
                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED \
                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

char *
ph_recordings_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "playhead", "recordings", NULL);
}

char *
ph_recordings_dup_scratch_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "playhead", NULL);
}

static gboolean
add_end (GChecksum *sum,
         GInputStream *stream,
         goffset offset,
         GCancellable *cancellable)
{
  g_autofree guint8 *bytes = g_malloc (END_BYTES);
  gsize n = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, cancellable, NULL) ||
      !g_input_stream_read_all (stream, bytes, END_BYTES, &n, cancellable, NULL))
    return FALSE;

  g_checksum_update (sum, bytes, (gssize) n);

  return TRUE;
}

/* What a file is known by, its name not among it. */
static gboolean
add_file (GChecksum *sum,
          GFile *archive,
          GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = g_file_read (archive, cancellable, NULL);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GDateTime) changed = NULL;
  g_autofree char *facts = NULL;
  goffset size;

  if (stream == NULL || !g_seekable_can_seek (G_SEEKABLE (stream)))
    return FALSE;

  info = g_file_query_info (archive, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, NULL);

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return FALSE;

  size = g_file_info_get_size (info);
  changed = g_file_info_get_modification_date_time (info);

  if (size <= 0 || changed == NULL)
    return FALSE;

  facts = g_strdup_printf ("%" G_GOFFSET_FORMAT " %" G_GINT64_FORMAT ".%06d ", size,
                           g_date_time_to_unix (changed), g_date_time_get_microsecond (changed));
  g_checksum_update (sum, (const guchar *) facts, -1);

  return add_end (sum, G_INPUT_STREAM (stream), 0, cancellable) &&
         add_end (sum, G_INPUT_STREAM (stream), MAX (size - (goffset) END_BYTES, 0), cancellable);
}

/* A folder, or several files: by what is in it. */
static gboolean
add_members (GChecksum *sum,
             PhBundle *bundle)
{
  guint n = bundle != NULL ? ph_bundle_get_n_members (bundle) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *facts =
        g_strdup_printf ("%" G_GOFFSET_FORMAT " %" G_GINT64_FORMAT " %s\n",
                         ph_bundle_get_size (bundle, i), ph_bundle_get_mtime (bundle, i),
                         ph_bundle_get_name (bundle, i));

      g_checksum_update (sum, (const guchar *) facts, -1);
    }

  return n > 0;
}

char *
ph_recordings_dup_path (GFile *archive,
                        GCancellable *cancellable)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *part = ph_input_get_part (archive);
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;
  gboolean is_known;

  if (ph_input_get_n_files (archive) > 1)
    {
      g_autoptr (PhBundle) bundle = ph_bundle_open_files (archive, cancellable, NULL);

      is_known = add_members (sum, bundle);
    }
  else if (g_file_query_file_type (archive, G_FILE_QUERY_INFO_NONE, cancellable) ==
           G_FILE_TYPE_DIRECTORY)
    {
      g_autoptr (PhBundle) bundle = ph_bundle_open (archive, cancellable, NULL);

      is_known = add_members (sum, bundle);
    }
  else
    {
      is_known = add_file (sum, archive, cancellable);
    }

  if (!is_known)
    return NULL;

  if (part != NULL)
    {
      g_checksum_update (sum, (const guchar *) "\n", 1);
      g_checksum_update (sum, (const guchar *) part, -1);
    }

  name = g_strdup_printf ("%.32s" SUFFIX, g_checksum_get_string (sum));
  folder = ph_recordings_dup_folder ();

  return g_build_filename (folder, name, NULL);
}

void
ph_recordings_touch (const char *path)
{
  /* A folder that may not be written is not tidied either. */
  utimensat (AT_FDCWD, path, NULL, 0);
}

void
ph_recordings_forget (const char *path)
{
  g_unlink (path);
}

typedef struct
{
  char *path;
  struct timespec used;
  goffset size;
} Entry;

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->path);
}

/* The last used first. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const struct timespec *x = &((const Entry *) a)->used;
  const struct timespec *y = &((const Entry *) b)->used;

  if (x->tv_sec != y->tv_sec)
    return x->tv_sec > y->tv_sec ? -1 : 1;

  return (x->tv_nsec < y->tv_nsec) - (x->tv_nsec > y->tv_nsec);
}

static GArray *
list_entries (const char *folder)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (entries, clear_entry);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      Entry entry = { NULL, { 0, 0 }, 0 };
      struct stat facts;

      if (!g_str_has_suffix (name, SUFFIX) || lstat (path, &facts) != 0 ||
          !S_ISREG (facts.st_mode))
        continue;

      entry.path = g_steal_pointer (&path);
      entry.used = facts.st_mtim;
      entry.size = facts.st_size;
      g_array_append_val (entries, entry);
    }

  g_array_sort (entries, compare_entries);

  return entries;
}

void
ph_recordings_tidy (const char *folder,
                    goffset bytes)
{
  g_autoptr (GArray) entries = list_entries (folder);
  goffset sum = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      sum += entry->size;

      if (i > 0 && sum > bytes)
        g_unlink (entry->path);
    }
}
