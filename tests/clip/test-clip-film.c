/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Clips as the command line makes them, decoded again: how many pictures there are, when
 * each is shown, and that it is what `playhead-cli shot` paints at its time.
 */

#include "ph-ssim.h"
#include "ph-test.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <gtk/gtk.h>
#include <signal.h>
#include <string.h>

#define WIDTH 640
#define HEIGHT 360
#define SIZE "640x360"
/* Nothing moves by itself in the demo then: a shot shows what an animation ends in. */
#define FROM "12.3"
#define TO "13.5"
#define BEGIN 12.3

static char *program;
static char *demo;

/* --- running --------------------------------------------------------------- */

static char *
run (gboolean wanted,
     const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
    argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);

  if (g_subprocess_get_successful (process) != wanted)
    g_error ("%s", output);

  return output;
}

static void
make_clip (const char *path,
           const char *form,
           const char *fps)
{
  const char *const argv[] = { program, "clip", demo, "--from", FROM, "--to", TO, "--size", SIZE,
                               "--form", form, "--fps", fps, "-o", path, NULL };
  g_autofree char *output = run (TRUE, argv);

  g_assert_cmpstr (output, ==, "");
}

static guint8 *
read_png (const char *path,
          int *width,
          int *height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (path, &error);
  g_autofree guint32 *pixels = NULL;
  guint8 *grey;
  gsize n;

  g_assert_no_error (error);
  *width = gdk_texture_get_width (texture);
  *height = gdk_texture_get_height (texture);
  n = (gsize) *width * (gsize) *height;
  pixels = g_new (guint32, n);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) *width * 4);
  grey = g_malloc (n);
  ph_ssim_grey (pixels, n, grey);

  return grey;
}

/* What a shot shows when picture @index of @fps is shown. */
static guint8 *
take_shot (const char *folder,
           guint index,
           guint fps)
{
  g_autofree char *path = g_build_filename (folder, "shot.png", NULL);
  g_autofree char *at = g_strdup_printf ("%.6f", BEGIN + (double) index / fps);
  const char *const argv[] = { program, "shot", demo, "--at", at, "--size", SIZE, "-o", path,
                               NULL };
  g_autofree char *output = run (TRUE, argv);
  int width;
  int height;
  guint8 *grey = read_png (path, &width, &height);

  g_assert_cmpint (width, ==, WIDTH);
  g_assert_cmpint (height, ==, HEIGHT);

  return grey;
}

/* --- decoding -------------------------------------------------------------- */

typedef struct
{
  GPtrArray *pictures; /* grey, WIDTH × HEIGHT */
  GArray *times;       /* GstClockTime of each */
  GstClockTime duration;
} Film;

static void
film_clear (Film *film)
{
  g_clear_pointer (&film->pictures, g_ptr_array_unref);
  g_clear_pointer (&film->times, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Film, film_clear)

static void
keep_sample (Film *film,
             GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstClockTime time = GST_BUFFER_PTS (buffer);
  guint8 *grey = g_malloc (WIDTH * HEIGHT);
  GstVideoInfo info;
  GstMapInfo map;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_cmpint (GST_VIDEO_INFO_WIDTH (&info), ==, WIDTH);
  g_assert_cmpint (GST_VIDEO_INFO_HEIGHT (&info), ==, HEIGHT);
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_assert_cmpuint (map.size, >=, WIDTH * HEIGHT * 4);
  ph_ssim_grey ((const guint32 *) (gconstpointer) map.data, WIDTH * HEIGHT, grey);
  gst_buffer_unmap (buffer, &map);
  g_ptr_array_add (film->pictures, grey);
  g_array_append_val (film->times, time);
}

static void
decode (const char *path,
        Film *film)
{
  g_autofree char *line =
    g_strdup_printf ("filesrc location=\"%s\" ! decodebin ! videoconvert ! "
                     "video/x-raw,format=BGRx ! appsink name=sink sync=false",
                     path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);
  g_autoptr (GstElement) sink = NULL;
  GstSample *sample;
  gint64 duration = 0;

  g_assert_no_error (error);
  film->pictures = g_ptr_array_new_with_free_func (g_free);
  film->times = g_array_new (FALSE, FALSE, sizeof (GstClockTime));
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (sink))) != NULL)
    {
      keep_sample (film, sample);
      gst_sample_unref (sample);
    }

  g_assert_true (gst_app_sink_is_eos (GST_APP_SINK (sink)));
  g_assert_true (gst_element_query_duration (pipeline, GST_FORMAT_TIME, &duration));
  film->duration = (GstClockTime) duration;
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* --- films ----------------------------------------------------------------- */

/* Times in WebM are whole milliseconds. */
static void
check_times (const Film *film,
             guint fps,
             guint n)
{
  g_assert_cmpuint (film->pictures->len, ==, n);

  for (guint i = 0; i < n; i++)
    {
      GstClockTime wanted = gst_util_uint64_scale (i, GST_SECOND, fps);
      GstClockTime time = g_array_index (film->times, GstClockTime, i);

      g_assert_cmpint (ABS (GST_CLOCK_DIFF (wanted, time)), <=, GST_MSECOND);
    }

  g_assert_cmpint (ABS (GST_CLOCK_DIFF (gst_util_uint64_scale (n, GST_SECOND, fps),
                                        film->duration)),
                   <=, 2 * GST_MSECOND);
}

static void
test_film (gconstpointer data)
{
  const char *form = data;
  const guint fps = 30;
  static const guint compared[] = { 0, 17, 35 };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.film", NULL);
  g_autofree char *again = g_build_filename (folder, "b.film", NULL);
  g_auto (Film) film = { NULL };
  g_auto (Film) other = { NULL };

  make_clip (path, form, "30");
  decode (path, &film);
  check_times (&film, fps, 36);

  for (guint i = 0; i < G_N_ELEMENTS (compared); i++)
    {
      g_autofree guint8 *shot = take_shot (folder, compared[i], fps);
      double alike = ph_ssim (shot, film.pictures->pdata[compared[i]], WIDTH, HEIGHT);

      g_test_message ("%s, picture %u: %.4f", form, compared[i], alike);
      g_assert_cmpfloat (alike, >=, 0.98);
    }

  /* Something is seen to happen: else nothing was compared. */
  g_assert_cmpfloat (ph_ssim (film.pictures->pdata[0], film.pictures->pdata[35], WIDTH, HEIGHT),
                     <, 0.9999);

  make_clip (again, form, "30");
  decode (again, &other);
  g_assert_cmpuint (other.pictures->len, ==, film.pictures->len);

  for (guint i = 0; i < film.pictures->len; i++)
    g_assert_cmpmem (film.pictures->pdata[i], WIDTH * HEIGHT, other.pictures->pdata[i],
                     WIDTH * HEIGHT);

  ph_test_remove_tree (folder);
}

/* --- animations and pictures ----------------------------------------------- */

/* Walks through the blocks of a GIF: how many pictures, and how long all of them take. */
static void
read_gif (const char *path,
          guint *n,
          guint *hundredths)
{
  g_autofree guint8 *data = NULL;
  gsize size;
  gsize at = 13;

  g_assert_true (g_file_get_contents (path, (char **) &data, &size, NULL));
  g_assert_cmpmem (data, 6, "GIF89a", 6);
  g_assert_cmpuint (data[6] | data[7] << 8, ==, WIDTH);
  g_assert_cmpuint (data[8] | data[9] << 8, ==, HEIGHT);
  at += data[10] & 0x80 ? 3u << ((data[10] & 7) + 1) : 0;
  *n = *hundredths = 0;

  while (data[at] != 0x3b)
    {
      if (data[at] == 0x2c)
        {
          ++*n;
          at += 10 + (data[at + 9] & 0x80 ? 3u << ((data[at + 9] & 7) + 1) : 0) + 1;
        }
      else
        {
          g_assert_cmphex (data[at], ==, 0x21);

          if (data[at + 1] == 0xf9)
            *hundredths += data[at + 4] | (guint) data[at + 5] << 8;

          at += 2;
        }

      for (; data[at] != 0; at += data[at] + 1u)
        g_assert_cmpuint (at + data[at] + 1, <, size);

      at++;
      g_assert_cmpuint (at, <, size);
    }

  g_assert_cmpuint (at + 1, ==, size);
}

static void
test_gif (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.gif", NULL);
  g_autofree guint8 *shot = NULL;
  g_autofree guint8 *first = NULL;
  int width;
  int height;
  guint n;
  guint hundredths;

  make_clip (path, "gif", "12");
  read_gif (path, &n, &hundredths);
  /* 15 pictures; those in which nothing differs are one. */
  g_assert_cmpuint (n, >, 3);
  g_assert_cmpuint (n, <=, 15);
  g_assert_cmpuint (hundredths, ==, 125);

  first = read_png (path, &width, &height);
  shot = take_shot (folder, 0, 12);
  g_assert_cmpfloat (ph_ssim (first, shot, WIDTH, HEIGHT), >=, 0.98);
  ph_test_remove_tree (folder);
}

static void
test_pictures (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.png", NULL);
  g_autofree char *sheet = g_build_filename (folder, "b.png", NULL);
  const char *const argv[] = { program, "clip", demo, "--from", "10", "--to", "40", "--sheet",
                               "3x2", "--size", "240x160", "--title", "A sheet", "-o", sheet,
                               NULL };
  g_autofree char *output = NULL;
  g_autofree guint8 *shot = take_shot (folder, 0, 1);
  g_autofree guint8 *picture = NULL;
  g_autofree guint8 *all = NULL;
  int width;
  int height;

  make_clip (path, "png", "1");
  picture = read_png (path, &width, &height);
  g_assert_cmpint (width, ==, WIDTH);
  g_assert_cmpint (height, ==, HEIGHT);
  g_assert_cmpfloat (ph_ssim (picture, shot, WIDTH, HEIGHT), >=, 0.995);

  output = run (TRUE, argv);
  all = read_png (sheet, &width, &height);
  g_assert_cmpint (width, >, 3 * 240);
  g_assert_cmpint (width, <, 3 * 300);
  g_assert_cmpint (height, >, 2 * 160);
  ph_test_remove_tree (folder);
}

/* --- what goes wrong ------------------------------------------------------- */

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_test_message ("%s", name);
      n++;
    }

  return n;
}

/* Ended in the middle there is no file, and none that is half made. */
static void
test_cancelled (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.webm", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, program, "clip", demo, "--from",
                      "0", "--to", "100%", "--size", SIZE, "-o", path, NULL);

  g_assert_no_error (error);

  /* It has begun once there is something beside. */
  while (count_files (folder) == 0)
    g_usleep (20000);

  g_usleep (500000);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_cmpuint (count_files (folder), ==, 0);
  ph_test_remove_tree (folder);
}

/* A file system of this size at this place, for this command only. */
#define MOUNTED                                                       \
  "mount -t tmpfs -o size=\"$1\" none \"$2\" && cd \"$2\" || exit 9;" \
  " shift 2; printf 'as it was' >a.film; \"$@\"; echo \"status $?\"; cat a.film; ls -A"

static gboolean
can_mount (const char *folder)
{
  g_autofree char *unshare = g_find_program_in_path ("unshare");
  g_autoptr (GSubprocess) process = NULL;

  if (unshare != NULL)
    process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, unshare, "-rm", "sh",
                                "-c", MOUNTED, "sh", "64k", folder, "true", NULL);

  if (process != NULL && g_subprocess_wait_check (process, NULL, NULL))
    return TRUE;

  g_test_skip ("file systems cannot be mounted here: that needs unshare and user namespaces");

  return FALSE;
}

/* A disk that is full is said to be, and what was there stays. */
static void
test_full (gconstpointer data)
{
  const char *form = data;
  g_autofree char *folder = ph_test_tmp_dir ();
  const char *const argv[] = { "unshare", "-rm", "sh", "-c", MOUNTED, "sh", "20k", folder,
                               program, "clip", demo, "--from", FROM, "--to", TO, "--size",
                               SIZE, "--form", form, "-o", "a.film", NULL };
  g_autofree char *output = NULL;

  if (can_mount (folder))
    {
      output = run (TRUE, argv);
      g_test_message ("%s", output);
      g_assert_true (g_str_has_prefix (output, "playhead-cli: "));
      g_assert_nonnull (strstr (output, "o space left"));
      g_assert_true (g_str_has_suffix (output, "\nstatus 1\nas it wasa.film\n"));
    }

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  ph_test_spare_children ();
  gst_init (NULL, NULL);
  g_assert_cmpint (argc, ==, 2);
  /* Tests change into other folders. */
  program = g_canonicalize_filename (argv[1], NULL);
  demo = ph_test_demo ("acme-shop.json.gz");

  g_test_add_data_func ("/clip-film/webm", "webm", test_film);
  g_test_add_data_func ("/clip-film/webm-vp9", "webm-vp9", test_film);
  g_test_add_data_func ("/clip-film/mp4", "mp4", test_film);
  g_test_add_func ("/clip-film/gif", test_gif);
  g_test_add_func ("/clip-film/pictures", test_pictures);
  g_test_add_func ("/clip-film/cancelled", test_cancelled);
  g_test_add_data_func ("/clip-film/full-webm", "webm", test_full);
  g_test_add_data_func ("/clip-film/full-mp4", "mp4", test_full);
  g_test_add_data_func ("/clip-film/full-gif", "gif", test_full);
  g_test_add_data_func ("/clip-film/full-png", "png", test_full);

  status = g_test_run ();
  g_free (demo);
  g_free (program);

  return status;
}
