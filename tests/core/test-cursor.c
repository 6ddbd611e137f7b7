/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cursor.h"

#include "ph-dom-write.h"
#include "ph-test.h"
#include "session-maker.h"

#include <string.h>

#define N_TIMES 12

/* The whole state of the page shown, as text. */
static char *
dup_state (PhCursor *cursor)
{
  const PhDom *dom = ph_cursor_get_dom (cursor);
  g_autofree char *html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  int width;
  int height;

  ph_dom_check (dom);
  ph_dom_get_viewport (dom, &width, &height);

  return g_strdup_printf ("%u %" G_GUINT64_FORMAT " %d×%d %s\n%s", ph_cursor_get_window (cursor),
                          ph_dom_get_epoch (dom), width, height, ph_dom_get_href (dom), html);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const PhTime *x = a;
  const PhTime *y = b;

  return (*x > *y) - (*x < *y);
}

static void
choose_times (PhSession *session,
              PhTime *times)
{
  PhSpan span = ph_session_get_span (session);

  for (guint i = 0; i < N_TIMES; i++)
    times[i] = (PhTime) (g_test_rand_double_range (0, 1) * (double) span.end);

  times[0] = 0;
  times[1] = span.end;
}

/* Comes to @time as a viewer does: every event of its own. */
static void
play_to (PhSession *session,
         PhCursor *cursor,
         PhTime time)
{
  guint end = ph_session_events_until (session, time);

  for (guint i = ph_session_events_until (session, ph_cursor_get_time (cursor)); i < end; i++)
    {
      ph_cursor_seek (cursor, ph_session_get_event (session, i)->time);
      ph_cursor_get_dom (cursor);
    }

  ph_cursor_seek (cursor, time);
}

/* Seeking to a time, from wherever, gives what playing to it gives. */
static void
check_seek_is_play (PhSession *session)
{
  g_autoptr (PhCursor) playing = ph_cursor_new (session);
  g_autoptr (PhCursor) seeking = ph_cursor_new (session);
  g_autofree char *states[N_TIMES] = { NULL };
  PhTime times[N_TIMES];
  PhTime shuffled[N_TIMES];

  choose_times (session, shuffled);
  memcpy (times, shuffled, sizeof times);
  qsort (times, N_TIMES, sizeof times[0], compare_times);

  for (guint i = 0; i < N_TIMES; i++)
    {
      play_to (session, playing, times[i]);
      states[i] = dup_state (playing);
    }

  for (guint i = 0; i < N_TIMES; i++)
    {
      g_autoptr (PhCursor) fresh = ph_cursor_new (session);
      g_autofree char *fresh_state = NULL;
      g_autofree char *state = NULL;
      guint at = 0;

      while (times[at] != shuffled[i])
        at++;

      ph_cursor_seek (seeking, shuffled[i]);
      ph_cursor_seek (fresh, shuffled[i]);
      state = dup_state (seeking);
      fresh_state = dup_state (fresh);
      g_assert_cmpstr (state, ==, states[at]);
      g_assert_cmpstr (fresh_state, ==, states[at]);
    }

  for (guint i = 0; i < N_TIMES; i++)
    g_clear_pointer (&states[i], g_free);
}

static void
test_fixture (void)
{
  g_autoptr (PhSession) pages = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhSession) windows = ph_make_session_from_fixture ("rrweb/three-windows.ndjson");

  for (guint i = 0; i < 20; i++)
    {
      check_seek_is_play (pages);
      check_seek_is_play (windows);
    }
}

/* What was given is in the page wherever the cursor goes, and out of it when it is taken back. */
static void
test_assets (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autoptr (PhAssetTable) table = ph_asset_table_new (1);
  PhSpan span = ph_session_get_span (session);

  ph_cursor_set_assets (cursor, table);

  for (int i = 0; i < 20; i++)
    {
      ph_cursor_seek (cursor, span.end * ((i * 7) % 20) / 20);
      g_assert_true (ph_dom_get_assets (ph_cursor_get_dom (cursor)) == table);
    }

  g_bytes_unref (ph_cursor_take_patch (cursor, TRUE));
  g_assert_null (ph_cursor_take_patch (cursor, FALSE));
  ph_cursor_set_assets (cursor, NULL);
  g_assert_null (ph_dom_get_assets (ph_cursor_get_dom (cursor)));
  g_bytes_unref (ph_cursor_take_patch (cursor, FALSE));
  g_assert_null (ph_cursor_take_patch (cursor, FALSE));
}

/* Long enough for many keyframes, and for a page that changes a little at a time. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *filler = g_strnfill (40000, 'x');
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *snapshot = ph_make_snapshot ("hello");
      g_autofree char *data =
        i % 120 == 0
          ? g_strdup (snapshot)
          : g_strdup_printf ("{\"source\":0,\"removes\":[],\"texts\":[],\"attributes\":["
                             "{\"id\":5,\"attributes\":{\"a%u\":\"%s%u\"}}],\"adds\":[{"
                             "\"parentId\":5,\"nextId\":null,\"node\":{\"type\":3,\"id\":%u,"
                             "\"textContent\":\"%u\"}}]}",
                             i % 7, filler, i, i + 100, i);
      g_autofree char *event = ph_make_event (i % 120 == 0 ? 2 : 3, (gint64) i * 100, data);

      g_string_append (text, event);
      g_string_append_c (text, '\n');
    }

  session = ph_make_session_from_text (text->str, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 5; i++)
    check_seek_is_play (session);
}

static void
check_file (const char *path,
            gpointer user_data)
{
  guint *n = user_data;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);

  if (session == NULL)
    return;

  g_test_message ("%s", path);
  check_seek_is_play (session);
  (*n)++;
}

static void
test_demo (void)
{
  g_autofree char *folder = ph_test_demo ("");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (strstr (name, ".json") != NULL)
        check_file (path, &n);
    }

  if (n == 0)
    g_test_skip ("no demo recording");
}

static void
test_corpus (void)
{
  static const char *const folders[] = {
    "corpus/rrweb", "corpus/community", "corpus/posthog", "corpus/posthog-rrweb",
    "corpus/amplitude-rrweb", "corpus/sentry-rrweb", "corpus/sentry", NULL
  };
  guint n = 0;

  for (guint i = 0; folders[i] != NULL; i++)
    {
      ph_test_each_shared (folders[i], ".json", check_file, &n);
      ph_test_each_shared (folders[i], ".jsonl", check_file, &n);
    }

  g_test_message ("%u recordings", n);

  if (n == 0)
    g_test_skip ("no shared corpus");
}

static PhSession *
open_shared (const char *name)
{
  g_autofree char *path = ph_test_shared (name);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GError) error = NULL;
  PhSession *session = file != NULL ? ph_session_open (file, NULL, NULL, NULL, &error) : NULL;

  g_assert_no_error (error);

  return session;
}

/* Packed event by event or not, an archive gives the same pages. */
static void
test_packed (void)
{
  g_autoptr (PhSession) plain = open_shared ("corpus/rrweb/rrweb-player-demo.json");
  g_autoptr (PhSession) packed =
    open_shared ("corpus/rrweb/packed/rrweb-player-demo.packed.json");
  g_autoptr (PhCursor) plain_cursor = NULL;
  g_autoptr (PhCursor) packed_cursor = NULL;
  PhTime times[N_TIMES];

  if (plain == NULL || packed == NULL)
    {
      g_test_skip ("no shared corpus");
      return;
    }

  g_assert_cmpuint (ph_session_get_n_events (packed), ==, ph_session_get_n_events (plain));
  plain_cursor = ph_cursor_new (plain);
  packed_cursor = ph_cursor_new (packed);
  choose_times (plain, times);

  for (guint i = 0; i < N_TIMES; i++)
    {
      g_autofree char *plain_state = NULL;
      g_autofree char *packed_state = NULL;

      ph_cursor_seek (plain_cursor, times[i]);
      ph_cursor_seek (packed_cursor, times[i]);
      plain_state = dup_state (plain_cursor);
      packed_state = dup_state (packed_cursor);
      g_assert_cmpstr (packed_state, ==, plain_state);
    }
}

static char *
take_patch (PhCursor *cursor,
            gboolean jump)
{
  g_autoptr (GBytes) patch = ph_cursor_take_patch (cursor, jump);

  return patch != NULL ? g_strdup (g_bytes_get_data (patch, NULL)) : NULL;
}

static void
test_patches (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *small = NULL;
  g_autofree char *back = NULL;
  g_autofree char *pointer = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *other_page = NULL;

  ph_cursor_seek (cursor, 500 * PH_MSEC);
  first = take_patch (cursor, TRUE);
  g_assert_true (g_str_has_prefix (first, "[22,500,1,1024,768,0,1,"));

  /* Nothing differs. */
  again = take_patch (cursor, FALSE);
  g_assert_null (again);
  again = take_patch (cursor, TRUE);
  g_assert_null (again);

  /* A list item comes: no reset, no jump. */
  ph_cursor_seek (cursor, 900 * PH_MSEC);
  small = take_patch (cursor, FALSE);
  g_assert_nonnull (strstr (small, "one and a half"));
  g_assert_null (strstr (small, "Buy"));

  /* Going back is going forward. */
  ph_cursor_seek (cursor, 500 * PH_MSEC);
  back = take_patch (cursor, TRUE);
  g_assert_true (g_str_has_prefix (back, "[22,500,"));
  g_assert_null (strstr (back, "Buy"));
  g_assert_null (strstr (back, "one and a half"));

  /* Only the pointer moves. */
  ph_cursor_seek (cursor, 350 * PH_MSEC);
  pointer = take_patch (cursor, FALSE);
  g_assert_true (g_str_has_prefix (pointer, "[20,1,"));

  ph_cursor_lose_stage (cursor);
  lost = take_patch (cursor, FALSE);
  g_assert_true (g_str_has_prefix (lost, "[1,1024,768,0,"));
  g_assert_nonnull (strstr (lost, "Buy"));
  g_assert_nonnull (strstr (lost, ",20,1,"));

  ph_cursor_seek (cursor, 34 * PH_SECOND);
  other_page = take_patch (cursor, TRUE);
  g_assert_true (g_str_has_prefix (other_page, "[22,34000,1,800,600,0,"));
  g_assert_nonnull (strstr (other_page, "Thank you"));
}

#define AIM_EVENT(time, rest) \
  ",{\"type\":3,\"timestamp\":" #time ",\"data\":{" rest "}}"
#define AIM(time, id) \
  AIM_EVENT (time, "\"source\":1,\"positions\":[{\"x\":1,\"y\":1,\"id\":" #id "}]")
#define AIM_META "{\"type\":4,\"timestamp\":999,\"data\":{\"href\":\"\",\"width\":8,\"height\":6}}"
#define AIM_DOWN AIM_EVENT (3000, "\"source\":2,\"type\":1,\"id\":6,\"x\":1,\"y\":1")

/* What the pointer is over, wherever one came from; of the page as it is then. */
static void
test_aim (void)
{
  g_autofree char *data = ph_make_snapshot ("hello");
  g_autofree char *snapshot = ph_make_event (2, 1000, data);
  g_autofree char *again = ph_make_event (2, 5000, data);
  g_autofree char *text = g_strdup_printf (
    "[" AIM_META ",%s" AIM (2000, 5) AIM_DOWN AIM (4000, 77) ",%s]", snapshot, again);
  static const struct
  {
    gint64 time;
    const char *op;
  } cases[] = {
    { 1500, "24,0,0" },
    { 2000, "24,5,0" },
    { 3000, "24,6,6" },
    { 4000, "24,0,6" },
    { 5000, "24,0,0" },
  };
  g_autoptr (PhSession) session = ph_make_session_from_text (text, NULL);
  gint64 start = ph_session_get_start_time (session);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
      {
        g_autoptr (PhCursor) cursor = ph_cursor_new (session);
        g_autofree char *patch = NULL;

        g_test_message ("from %u to %u", i, j);
        ph_cursor_seek (cursor, cases[i].time * PH_MSEC - start);
        g_free (take_patch (cursor, TRUE));
        ph_cursor_seek (cursor, cases[j].time * PH_MSEC - start);
        patch = take_patch (cursor, FALSE);

        if (g_str_equal (cases[i].op, cases[j].op))
          g_assert_true (patch == NULL || i == j || strstr (patch, cases[j].op) != NULL);
        else
          g_assert_nonnull (strstr (patch, cases[j].op));
      }
}

/* Films are told of where they change, after jumps, and a few times a second while they play. */
static void
test_media (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("stage/media.json");
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  gint64 start = ph_session_get_start_time (session);
  static const struct
  {
    gint64 time;
    gboolean jump;
    const char *said; /* NULL: nothing is */
  } rows[] = {
    { 1101, TRUE, "34,2,21,0,0.5000,1,0.2500,1,0,22,1,0.4000,2,1,0,1" },
    { 1151, FALSE, NULL },
    { 1301, FALSE, NULL },
    { 1351, FALSE, "34,2,21,0,0.5000,1,0.2500,1,0,22,1,0.9000,2,1,0,1" },
    { 1361, TRUE, "34,2,21,0,0.5000,1,0.2500,1,0,22,1,0.9200,2,1,0,1" },
    { 2000, FALSE, "34,2,21,0,1.5000,1,1,0,0,22,1,2.1980,2,1,0,1" },
    { 3500, TRUE, "34,2,21,1,2,1,0.5000,1,0,22,1,5.1980,2,1,0,1" },
    { 6000, FALSE, "34,1,22,1,8.6980,0.5000,1,0,1" },
    { 1101, TRUE, "34,2,21,0,0.5000,1,0.2500,1,0,22,1,0.4000,2,1,0,1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *patch = NULL;

      g_test_message ("row %u", i);
      ph_cursor_seek (cursor, rows[i].time * PH_MSEC - start);
      patch = take_patch (cursor, rows[i].jump);

      if (rows[i].said != NULL)
        g_assert_nonnull (strstr (patch, rows[i].said));
      else
        g_assert_null (patch);
    }
}

/* The way of the pointer is for those who ask: no picture has it. */
static void
test_trail (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhCursor) plain = ph_cursor_new (session);
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autofree char *without = NULL;
  g_autofree char *with = NULL;
  g_autofree char *off = NULL;

  ph_cursor_set_trail (cursor, TRUE);
  ph_cursor_seek (plain, 350 * PH_MSEC);
  ph_cursor_seek (cursor, 350 * PH_MSEC);
  without = take_patch (plain, TRUE);
  with = take_patch (cursor, TRUE);
  g_assert_null (strstr (without, ",37,"));
  g_assert_nonnull (strstr (with, ",37,"));
  ph_cursor_set_trail (cursor, FALSE);
  off = take_patch (cursor, FALSE);
  g_assert_cmpstr (off, ==, "[37,0]");
}

/* Whoever steps draws the pointer, and is told at every place where films are. */
static void
test_stepping (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhSession) films = ph_make_session_from_fixture ("stage/media.json");
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autoptr (PhCursor) film = ph_cursor_new (films);
  gint64 start = ph_session_get_start_time (films);
  g_autofree char *patch = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *first = NULL;
  g_autofree char *next = NULL;
  PhPointer pointer;

  ph_cursor_set_stepping (cursor, TRUE);
  ph_cursor_seek (cursor, 350 * PH_MSEC);
  ph_cursor_get_pointer (cursor, &pointer);
  g_assert_true (pointer.visible);
  patch = take_patch (cursor, TRUE);
  g_assert_nonnull (strstr (patch, ",20,0,"));
  /* Only the pointer moves: there is nothing to do. */
  ph_cursor_seek (cursor, 351 * PH_MSEC);
  moved = take_patch (cursor, FALSE);
  g_assert_null (moved);

  ph_cursor_set_stepping (film, TRUE);
  ph_cursor_seek (film, 1101 * PH_MSEC - start);
  first = take_patch (film, TRUE);
  ph_cursor_seek (film, 1151 * PH_MSEC - start);
  next = take_patch (film, FALSE);
  g_assert_nonnull (strstr (next, "34,"));
}

/* What form controls hold may be said again at any time; without that, "" for nothing. */
static char *
take_essence (PhCursor *cursor)
{
  g_autoptr (GRegex) said_again =
    g_regex_new (",?\\b14,\\d+,(\"[^\"]*\"|null)|,?\\b15,\\d+,[01]", 0, 0, NULL);
  g_autofree char *patch = take_patch (cursor, FALSE);
  g_autofree char *rest = NULL;

  if (patch == NULL)
    return g_strdup ("");

  rest = g_regex_replace_literal (said_again, patch, -1, 0, "", 0, NULL);

  return g_strdup (g_str_equal (rest, "[]") ? "" : rest + strspn (rest, "[,"));
}

/* What stands in a patch depends on where the stage is and where it goes, not on the way. */
static void
test_patch_is_pure (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhCursor) wandering = ph_cursor_new (session);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (PhCursor) direct = ph_cursor_new (session);
      PhTime a = g_test_rand_int_range (0, 35000001);
      PhTime b = g_test_rand_int_range (0, 35000001);
      g_autofree char *x = NULL;
      g_autofree char *y = NULL;

      ph_cursor_seek (wandering, a);
      g_free (take_patch (wandering, TRUE));
      ph_cursor_seek (wandering, g_test_rand_int_range (0, 35000001));
      ph_cursor_get_dom (wandering);
      ph_cursor_seek (wandering, b);
      x = take_essence (wandering);

      ph_cursor_seek (direct, a);
      g_free (take_patch (direct, TRUE));
      ph_cursor_seek (direct, b);
      y = take_essence (direct);
      g_assert_cmpstr (x, ==, y);
    }
}

static void
test_windows (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/three-windows.ndjson");
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autofree char *first = NULL;
  g_autofree char *other = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *empty = NULL;

  ph_cursor_seek (cursor, PH_SECOND);
  g_assert_cmpuint (ph_cursor_get_window (cursor), ==, 0);
  first = take_patch (cursor, TRUE);
  g_assert_nonnull (strstr (first, "page of A"));

  /* The first picture is there from the start, another window's is not. */
  ph_cursor_seek (cursor, 0);
  g_assert_cmpuint (ph_dom_get_root (ph_cursor_get_dom (cursor)), !=, 0);
  ph_cursor_set_window (cursor, 1);
  ph_cursor_seek (cursor, 2009 * PH_MSEC);
  g_assert_cmpuint (ph_dom_get_root (ph_cursor_get_dom (cursor)), ==, 0);
  ph_cursor_set_window (cursor, G_MAXUINT32);

  /* The active window is followed, and its page built from nothing. */
  ph_cursor_seek (cursor, 3600 * PH_MSEC);
  g_assert_cmpuint (ph_cursor_get_window (cursor), ==, 1);
  other = take_patch (cursor, FALSE);
  g_assert_true (g_str_has_prefix (other, "[1,800,500,0,"));
  g_assert_nonnull (strstr (other, "page of B"));

  ph_cursor_set_window (cursor, 0);
  g_assert_cmpuint (ph_cursor_get_window (cursor), ==, 0);
  chosen = take_patch (cursor, TRUE);
  g_assert_nonnull (strstr (chosen, "changed behind the other"));

  /* A window without a page shows none. */
  ph_cursor_set_window (cursor, 2);
  g_assert_cmpuint (ph_dom_get_root (ph_cursor_get_dom (cursor)), ==, 0);
  empty = take_patch (cursor, TRUE);
  g_assert_true (g_str_has_prefix (empty, "[22,3600,0,0,0,20,0,21"));

  ph_cursor_set_window (cursor, G_MAXUINT32);
  g_assert_cmpuint (ph_cursor_get_window (cursor), ==, 1);
}

static void
test_clamped (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);

  g_assert_cmpint (ph_cursor_get_time (cursor), ==, 0);
  g_assert_cmpuint (ph_dom_get_root (ph_cursor_get_dom (cursor)), !=, 0);
  ph_cursor_seek (cursor, G_MAXINT64);
  g_assert_cmpint (ph_cursor_get_time (cursor), ==, 35 * PH_SECOND);
  ph_cursor_seek (cursor, G_MININT64);
  g_assert_cmpint (ph_cursor_get_time (cursor), ==, 0);
  ph_cursor_free (NULL);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cursor/fixture", test_fixture);
  g_test_add_func ("/cursor/assets", test_assets);
  g_test_add_func ("/cursor/long", test_long);
  g_test_add_func ("/cursor/demo", test_demo);
  g_test_add_func ("/cursor/corpus", test_corpus);
  g_test_add_func ("/cursor/packed", test_packed);
  g_test_add_func ("/cursor/patches", test_patches);
  g_test_add_func ("/cursor/aim", test_aim);
  g_test_add_func ("/cursor/trail", test_trail);
  g_test_add_func ("/cursor/stepping", test_stepping);
  g_test_add_func ("/cursor/media", test_media);
  g_test_add_func ("/cursor/patch-is-pure", test_patch_is_pure);
  g_test_add_func ("/cursor/windows", test_windows);
  g_test_add_func ("/cursor/clamped", test_clamped);

  return g_test_run ();
}
