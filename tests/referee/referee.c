/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * referee [--modules FOLDER] [--out FOLDER] [--few] [ARCHIVE…]
 *
 * rrweb's own Replayer shows an archive in one view, the stage in another one of
 * the same size, both painted by WebKitGTK's processor path; at the same times
 * the two pictures are equal but for a share of pixels. What differs more stands
 * in stage/differences.md with the reason, or the test fails. Without archives
 * it is the shared corpus that is looked at, and a line of differences.md that
 * nothing needs fails as well. See run.sh for people, gate.sh for meson.
 */

#include "ph-cursor.h"
#include "ph-test.h"

#include "referee-peer.h"
#include "referee-pixels.h"
#include "stage-driver.h"

#include <glib/gstdio.h>
#include <string.h>
#include <webkit/webkit.h>

/* Of all pixels; and of those that are no background, as most pages are mostly that. */
#define ALLOWED_SHARE 0.005
#define ALLOWED_INK 0.005
/* The corners of a ring, smoothed another way, are nothing to speak of on an empty page. */
#define ALLOWED_PIXELS 60
/* Of a short archive every event is looked at. */
#define SHORT_EVENTS 40
/* What is decoded or loaded on its own time may come late: it is waited for. */
#define TRIES 4
#define TRY_MSEC 150

static char *modules;
static char *out;
static gboolean few;

static StageDriver *stage;
static RefereePeer *peer;
static GHashTable *allowed; /* "archive: N ms" or "archive: always" → whether it was needed */
static GString *table;

typedef struct
{
  char *name;
  PhSession *session;
  PhCursor *cursor;
  guint32 window;
  GArray *times; /* of Moment */
  guint n_bad;
} Match;

/* What has happened up to an event. */
typedef struct
{
  PhTime time;
  gint64 timestamp; /* microseconds, as recorded */
} Moment;

static void
match_clear (Match *match)
{
  g_clear_pointer (&match->cursor, ph_cursor_free);
  g_clear_object (&match->session);
  g_clear_pointer (&match->times, g_array_unref);
  g_clear_pointer (&match->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Match, match_clear)

/* Archives */

static const char *
archive_name (const char *path)
{
  const char *corpus = strstr (path, "/corpus/");

  return corpus != NULL ? corpus + strlen ("/corpus/") : strrchr (path, '/') + 1;
}

/* The events of a window as the array that rrweb takes, and when each happened. */
static GBytes *
collect_events (Match *match,
                GArray *moments,
                gboolean *has_page)
{
  GString *text = g_string_new ("[");
  guint n = ph_session_get_n_events (match->session);

  *has_page = FALSE;
  for (guint i = 0; i < n; i++)
    {
      const PhEvent *event = ph_session_get_event (match->session, i);
      Moment moment = { event->time, event->timestamp };

      if (event->window != match->window)
        continue;

      *has_page |= event->type == PH_EVENT_FULL_SNAPSHOT;
      if (text->len > 1)
        g_string_append_c (text, ',');
      g_string_append_len (text, event->text, (gssize) event->size);

      /* What has one timestamp is shown at once. */
      if (moments->len > 0 &&
          g_array_index (moments, Moment, moments->len - 1).timestamp == moment.timestamp)
        g_array_set_size (moments, moments->len - 1);
      g_array_append_val (moments, moment);
    }
  g_string_append_c (text, ']');

  return g_string_free_to_bytes (text);
}

/* Whether differences.md speaks of this time. */
static gboolean
is_named (Match *match,
          const Moment *moment)
{
  g_autofree char *key =
    g_strdup_printf ("%s: %" G_GINT64_FORMAT " ms", match->name, moment->time / PH_MSEC);

  return g_hash_table_contains (allowed, key);
}

/* Quarters of long archives; every event of short ones; what differences.md speaks of. */
static void
choose_times (Match *match,
              GArray *moments)
{
  PhTime begin = g_array_index (moments, Moment, 0).time;
  PhTime length = g_array_index (moments, Moment, moments->len - 1).time - begin;
  guint quarter = 1;

  match->times = g_array_new (FALSE, FALSE, sizeof (Moment));
  for (guint i = 0; i < moments->len; i++)
    {
      const Moment *moment = &g_array_index (moments, Moment, i);
      const Moment *next = moment + 1;
      gboolean last = i + 1 == moments->len;
      gboolean wanted = is_named (match, moment);

      while (quarter <= 4 && (last || next->time > begin + length / 4 * quarter))
        {
          wanted |= !few || quarter % 2 == 0;
          quarter++;
        }
      if (wanted || last || (!few && moments->len <= SHORT_EVENTS))
        g_array_append_vals (match->times, moment, 1);
    }
}

/* One picture */

static void
show (Match *match,
      PhTime time)
{
  g_autoptr (GBytes) patch = NULL;

  ph_cursor_seek (match->cursor, ph_span_clamp (ph_session_get_span (match->session), time));
  patch = ph_cursor_take_patch (match->cursor, TRUE);
  if (patch != NULL)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (patch, NULL), g_bytes_get_size (patch));
      g_autoptr (GError) error = NULL;

      stage_driver_present (stage, text, &error);
      g_assert_no_error (error);
    }
  stage_driver_settle (stage);
}

static gboolean
wait_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_a_little (void)
{
  gboolean done = FALSE;

  g_timeout_add (TRY_MSEC, wait_cb, &done);
  ph_test_wait (&done, 10);
}

static void
save (GdkTexture *texture,
      const char *stem,
      const char *which)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.png", stem, which);
  g_autofree char *path = g_build_filename (out, name, NULL);

  if (!gdk_texture_save_to_png (texture, path))
    g_test_message ("%s could not be written", path);
}

static void
save_text (const char *text,
           const char *stem,
           const char *which)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.html", stem, which);
  g_autofree char *path = g_build_filename (out, name, NULL);

  if (!g_file_set_contents (path, text, -1, NULL))
    g_test_message ("%s could not be written", path);
}

/* Two pictures of one page, and where they differ. */
typedef struct
{
  GdkTexture *ours;
  GdkTexture *theirs;
  GdkTexture *where;
  RefereeDifference much;
} Pair;

static void
pair_clear (Pair *pair)
{
  g_clear_object (&pair->ours);
  g_clear_object (&pair->theirs);
  g_clear_object (&pair->where);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

/* FALSE when they differ by more than they may. */
static gboolean
take_pair (Pair *pair,
           int width,
           int height)
{
  pair_clear (pair);
  pair->ours = stage_driver_snapshot (stage);
  pair->theirs = referee_peer_snapshot (peer);
  pair->much = referee_pixels_compare (pair->ours, pair->theirs, width, height, &pair->where);

  return pair->much.n <= ALLOWED_PIXELS ||
         (pair->much.share <= ALLOWED_SHARE && pair->much.ink <= ALLOWED_INK);
}

static void
save_pair (Match *match,
           gint64 msec,
           const Pair *pair)
{
  g_autofree char *stem = g_strdup_printf ("%s@%" G_GINT64_FORMAT, match->name, msec);
  g_autofree char *ours = stage_driver_html (stage);
  g_autofree char *theirs = referee_peer_html (peer);

  g_strdelimit (stem, "/ ", '_');
  save (pair->ours, stem, "ours");
  save (pair->theirs, stem, "rrweb");
  save (pair->where, stem, "difference");
  save_text (ours, stem, "ours");
  save_text (theirs, stem, "rrweb");
}

/* The line of differences.md that speaks of this time, or NULL. */
static char *
find_allowed (Match *match,
              gint64 msec)
{
  g_autofree char *always = g_strdup_printf ("%s: always", match->name);
  g_autofree char *once = g_strdup_printf ("%s: %" G_GINT64_FORMAT " ms", match->name, msec);

  if (g_hash_table_contains (allowed, once))
    return g_steal_pointer (&once);

  return g_hash_table_contains (allowed, always) ? g_steal_pointer (&always) : NULL;
}

static void
judge (Match *match,
       const Moment *moment,
       const RefereeShown *shown,
       int width,
       int height)
{
  gint64 msec = moment->time / PH_MSEC;
  g_autofree char *line = find_allowed (match, msec);
  guint n_tries = line != NULL ? 1 : TRIES;
  g_auto (Pair) pair = { NULL };
  gboolean same = take_pair (&pair, width, height);

  for (guint i = 1; i < n_tries && !same; i++)
    {
      wait_a_little ();
      same = take_pair (&pair, width, height);
    }

  same = same && shown->width == width && shown->height == height;
  g_string_append_printf (table, "%-7s %7.3f %% %7.3f %% %9" G_GINT64_FORMAT " ms  %s",
                          same           ? "equal"
                          : line != NULL ? "known"
                                         : "DIFFERS",
                          pair.much.share * 100, pair.much.ink * 100, msec, match->name);
  if (shown->width != width || shown->height != height)
    g_string_append_printf (table, " (%d×%d, rrweb %d×%d)", width, height, shown->width,
                            shown->height);
  g_string_append_c (table, '\n');

  if (!same && out != NULL)
    save_pair (match, msec, &pair);
  if (!same && line != NULL)
    {
      g_hash_table_insert (allowed, g_steal_pointer (&line), GINT_TO_POINTER (TRUE));
    }
  else if (!same)
    {
      match->n_bad++;
      g_test_message ("%" G_GINT64_FORMAT " ms: %.3f %% of %d×%d differ, %.3f %% of the ink", msec,
                      pair.much.share * 100, width, height, pair.much.ink * 100);
    }
}

static void
play_match (Match *match,
            GBytes *events)
{
  g_autoptr (GError) error = NULL;
  g_auto (RefereeShown) shown = { 0 };

  if (!referee_peer_open (peer, events, &error))
    {
      g_string_append_printf (table, "-                                      %s: %s\n", match->name,
                              error->message);
      return;
    }

  for (guint i = 0; i < match->times->len; i++)
    {
      const Moment *moment = &g_array_index (match->times, Moment, i);
      int width, height;

      show (match, moment->time);
      ph_dom_get_viewport (ph_cursor_get_dom (match->cursor), &width, &height);
      if (width <= 0 || height <= 0)
        {
          width = 1024;
          height = 768;
        }
      referee_fit (stage->window, ph_web_stage_get_widget (stage->stage), width, height);
      referee_peer_resize (peer, width, height);
      stage_driver_settle (stage);

      referee_peer_seek (peer, (double) moment->timestamp / 1000,
                         (double) moment->time / PH_MSEC, &shown, &error);
      g_assert_no_error (error);
      judge (match, moment, &shown, width, height);
    }
}

static void
test_archive (gconstpointer data)
{
  const char *path = data;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_auto (Match) match = { 0 };
  guint n_bad = 0;
  guint n_windows;

  match.session = ph_session_open (file, NULL, NULL, NULL, &error);
  if (match.session == NULL)
    {
      g_test_skip (error->message);
      return;
    }

  n_windows = ph_session_get_n_windows (match.session);
  for (guint32 window = 0; window < n_windows; window++)
    {
      g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (Moment));
      g_autoptr (GBytes) events = NULL;
      gboolean has_page;

      match.window = window;
      g_free (match.name);
      match.name = n_windows > 1 ? g_strdup_printf ("%s#%u", archive_name (path), window)
                                 : g_strdup (archive_name (path));
      events = collect_events (&match, moments, &has_page);
      if (!has_page || moments->len < 2)
        continue;

      choose_times (&match, moments);
      match.cursor = ph_cursor_new (match.session);
      ph_cursor_set_window (match.cursor, window);
      stage_driver_show (stage, "[0,1,false, 2,2,1,0,\"html\",0]");
      play_match (&match, events);
      n_bad += match.n_bad;
      match.n_bad = 0;
      g_clear_pointer (&match.cursor, ph_cursor_free);
      g_clear_pointer (&match.times, g_array_unref);
    }

  if (n_bad > 0)
    g_test_fail_printf ("%u pictures differ, and are not in differences.md", n_bad);
}

/* What may differ: lines `| archive | when | who is right | why |`. */

static void
read_allowed (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "stage", "differences.md", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);
      g_auto (GStrv) times = NULL;

      if (g_strv_length (cells) != 6 || strchr (cells[1], '/') == NULL)
        continue;

      times = g_strsplit (cells[2], ",", -1);
      for (guint j = 0; times[j] != NULL; j++)
        g_hash_table_insert (allowed,
                             g_strdup_printf ("%s: %s", g_strstrip (cells[1]),
                                              g_strstrip (times[j])),
                             NULL);
    }
}

static void
test_no_stale_lines (void)
{
  GHashTableIter iter;
  gpointer line, needed;
  guint n = 0;

  g_hash_table_iter_init (&iter, allowed);
  while (g_hash_table_iter_next (&iter, &line, &needed))
    {
      if (needed == NULL)
        {
          g_test_message ("not needed: %s", (char *) line);
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 0);
}

static void
add_archive (const char *path,
             gpointer user_data)
{
  g_autofree char *name = g_strconcat ("/referee/", archive_name (path), NULL);

  g_test_add_data_func_full (name, g_strdup (path), test_archive, g_free);
}

static void
write_table (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (out == NULL)
    return;

  path = g_build_filename (out, "table.txt", NULL);
  if (!g_file_set_contents (path, table->str, (gssize) table->len, &error))
    g_test_message ("%s", error->message);
}

/* What the stage draws in place of what the recording does not hold is no part of the page. */
static void
hide_places (void)
{
  static const char sheet[] =
    "[ph-hidden], [ph-missing], [ph-elsewhere], iframe[ph-elsewhere] {"
    "  background-image: none !important; }"
    "img[ph-missing] { content: normal !important; }";
  WebKitWebView *view = WEBKIT_WEB_VIEW (ph_web_stage_get_widget (stage->stage));
  WebKitUserStyleSheet *style =
    webkit_user_style_sheet_new (sheet, WEBKIT_USER_CONTENT_INJECT_ALL_FRAMES,
                                 WEBKIT_USER_STYLE_LEVEL_USER, NULL, NULL);

  webkit_user_content_manager_add_style_sheet (webkit_web_view_get_user_content_manager (view),
                                               style);
  webkit_user_style_sheet_unref (style);
}

/* FALSE, and said why, when the arguments are none. */
static gboolean
read_arguments (int *argc,
                char ***argv,
                GStrv *paths)
{
  const GOptionEntry options[] = {
    { "modules", 0, 0, G_OPTION_ARG_FILENAME, &modules, "node_modules with rrweb", "FOLDER" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "Where pictures and the table go", "FOLDER" },
    { "few", 0, 0, G_OPTION_ARG_NONE, &few, "Two times of each archive", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, paths, NULL, "ARCHIVE…" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (g_option_context_parse (context, argc, argv, &error) && modules != NULL)
    return TRUE;

  g_printerr ("referee: %s\n", error != NULL ? error->message : "--modules is missing");

  return FALSE;
}

int
main (int argc,
      char **argv)
{
  g_auto (GStrv) paths = NULL;
  int status;

  stage_driver_init (&argc, &argv);
  if (!read_arguments (&argc, &argv, &paths))
    return 2;
  if (out != NULL)
    g_mkdir_with_parents (out, 0777);

  /* A caret that is now there and now not is no difference. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  read_allowed ();
  table = g_string_new (NULL);
  stage = stage_driver_new (1024, 768);
  ph_web_stage_set_plain (stage->stage, TRUE);
  hide_places ();
  peer = referee_peer_new (modules);

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    add_archive (paths[i], NULL);
  if (paths == NULL)
    {
      ph_test_each_shared ("corpus", "", add_archive, NULL);
      g_test_add_func ("/referee/differences/all-needed", test_no_stale_lines);
    }

  status = g_test_run ();
  write_table ();
  referee_peer_free (peer);
  stage_driver_free (stage);
  g_hash_table_unref (allowed);
  g_string_free (table, TRUE);
  g_free (modules);
  g_free (out);

  return status;
}
