/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-text.h"
#include "ph-archive.h"

#include <glib/gstdio.h>
#include <sys/resource.h>

/*
 * How fast a session of 200 MB is read that lies in a folder in 200 parts: found to
 * be one, joined, cut and parsed; and how much memory that takes more than two parts.
 */

#define PARTS 200

static gboolean
count_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  return TRUE;
}

static void
write_parts (const char *folder,
             guint from,
             guint to)
{
  gsize size = 0;
  g_autofree char *text = bench_make_events (&size);

  for (guint i = from; i < to; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.json", folder, i);
      g_autofree char *all = g_strdup_printf (
        "[{\"type\":4,\"timestamp\":%u,\"data\":{\"href\":\"https://a.example/\"}},%s", 1000 + i,
        text + 1);

      g_assert_true (g_file_set_contents (path, all, -1, NULL));
    }
}

static void
remove_parts (const char *folder)
{
  for (guint i = 0; i < PARTS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.json", folder, i);

      g_unlink (path);
    }

  g_rmdir (folder);
}

static long
peak_kb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_maxrss;
}

static PhArchiveInfo *
read_all (GFile *folder)
{
  static const PhSink sink = { count_cb, NULL };
  g_autoptr (GError) error = NULL;
  PhArchiveInfo *info = ph_archive_read (folder, &sink, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return info;
}

int
main (void)
{
  g_autofree char *path = g_dir_make_tmp ("bench-bundle-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (PhArchiveInfo) few = NULL;
  g_autoptr (PhArchiveInfo) info = NULL;
  gint64 begin;
  double seconds;
  long before;

  write_parts (path, 0, 2);
  few = read_all (folder);
  before = peak_kb ();
  write_parts (path, 2, PARTS);

  begin = g_get_monotonic_time ();
  info = read_all (folder);
  seconds = (double) (g_get_monotonic_time () - begin) / (double) G_USEC_PER_SEC;
  g_print ("{\"bench\":\"bundle\",\"mb_per_s\":%.0f,\"parts\":%d,\"events\":%d,\"more_kb\":%ld}\n",
           (double) info->bytes / 1e6 / seconds, PARTS, (int) info->n_events,
           peak_kb () - before);
  remove_parts (path);

  return 0;
}
