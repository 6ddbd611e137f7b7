/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-excerpt.h"

#include "asset-server.h"
#include "ph-asset-carried.h"
#include "ph-carried.h"
#include "ph-cursor.h"
#include "ph-db.h"
#include "ph-error.h"
#include "ph-export.h"
#include "ph-save.h"
#include "ph-store.h"
#include "ph-test.h"
#include "ph-verify.h"
#include "ph-whole-page.h"
#include "session-maker.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_TIMES 50

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
} Place;

static void
place_init (Place *place,
            const char *name)
{
  place->folder = ph_test_tmp_dir ();
  place->path = g_build_filename (place->folder, name, NULL);
  place->file = g_file_new_for_path (place->path);
}

static void
place_clear (Place *place)
{
  ph_test_remove_tree (place->folder);
  g_object_unref (place->file);
  g_free (place->path);
  g_free (place->folder);
}

static void
unexpected_cb (PhTime time,
               const char *text,
               gpointer user_data)
{
  g_error ("%s", text);
}

static PhSession *
open_file (GFile *file)
{
  g_autoptr (GError) error = NULL;
  PhSession *session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return session;
}

/* The excerpt of @session, opened and checked. */
static PhSession *
cut (PhSession *session,
     PhSpan span,
     GFile *file)
{
  PhExcerpt excerpt = { .span = span, .window = G_MAXUINT32 };
  g_autoptr (GError) error = NULL;
  PhSession *cutting;

  ph_session_excerpt (session, &excerpt, file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  cutting = open_file (file);
  g_assert_cmpstr (ph_session_get_format (cutting), ==, "playhead");
  g_assert_true (ph_session_verify (cutting, unexpected_cb, NULL));

  return cutting;
}

/* --- the same pages -------------------------------------------------------- */

/* All of the page shown, whatever its epoch and its session's time 0. */
static char *
dup_page (PhCursor *cursor)
{
  const PhDom *dom = ph_cursor_get_dom (cursor);

  ph_dom_check (dom);

  return ph_whole_page_write (dom, ph_cursor_get_time (cursor));
}

/* The window of @session that is @window of the whole, by its name; G_MAXUINT32 for none. */
static guint32
find_window (PhSession *session,
             const char *name)
{
  for (guint32 i = 0; i < ph_session_get_n_windows (session); i++)
    if (g_str_equal (ph_session_get_window (session, i)->name, name))
      return i;

  return G_MAXUINT32;
}

static void
assert_same_at (PhCursor *whole,
                PhCursor *part,
                PhTime begin,
                PhTime time)
{
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  ph_cursor_seek (whole, time);
  ph_cursor_seek (part, time - begin);
  g_assert_cmpint (ph_cursor_get_time (part), ==, time - begin);
  expected = dup_page (whole);
  found = dup_page (part);
  g_assert_cmpstr (found, ==, expected);
}

static void
assert_same_pointer (PhSession *session,
                     PhCursor *whole,
                     PhCursor *part,
                     PhTime end)
{
  PhPointer a;
  PhPointer b;

  ph_cursor_get_pointer (whole, &a);
  ph_cursor_get_pointer (part, &b);
  g_assert_cmpint (a.visible, ==, b.visible);
  g_assert_cmpint (a.pressed, ==, b.pressed);

  /* Between the last place before the end and one after it, it stands. */
  if (end - ph_cursor_get_time (whole) > 200 * PH_MSEC)
    {
      g_assert_cmpfloat_with_epsilon ((double) a.x, (double) b.x, 0.5);
      g_assert_cmpfloat_with_epsilon ((double) a.y, (double) b.y, 0.5);
    }
}

/*
 * At 50 times of the span the excerpt shows what the session does, in every window.
 * @named has the windows of @cutting, with their names, which mending does not know.
 */
static void
assert_same_pages (PhSession *session,
                   PhSession *cutting,
                   PhSession *named,
                   PhSpan span)
{
  gboolean checks_pointer = named == cutting;
  g_autoptr (PhCursor) whole = ph_cursor_new (session);
  g_autoptr (PhCursor) part = ph_cursor_new (cutting);
  guint n = ph_session_get_n_windows (session);

  for (guint i = 0; i < N_TIMES; i++)
    {
      double share = i == 0 ? 0 : i == 1 ? 1
                                         : g_test_rand_double_range (0, 1);
      PhTime time = span.begin + (PhTime) (share * (double) ph_span_length (span));
      guint32 window = i % (n + 1);
      guint32 there = G_MAXUINT32;

      if (window < n)
        {
          there = find_window (named, ph_session_get_window (session, window)->name);
          ph_cursor_set_window (whole, window);
          ph_cursor_seek (whole, time);

          if (there == G_MAXUINT32)
            {
              g_assert_cmpuint (ph_dom_get_root (ph_cursor_get_dom (whole)), ==, 0);
              continue;
            }
        }

      ph_cursor_set_window (whole, window < n ? window : G_MAXUINT32);
      ph_cursor_set_window (part, there);
      assert_same_at (whole, part, span.begin, time);

      if (checks_pointer)
        assert_same_pointer (session, whole, part, span.end);
    }
}

/* Saved anew, and mended of its events alone, it is the same still. */
static void
check_again (PhSession *session,
             PhSession *cutting,
             PhSpan span,
             Place *place)
{
  g_autofree char *path = g_build_filename (place->folder, "again.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) again = NULL;
  g_autoptr (PhSession) mended = NULL;

  ph_session_save (cutting, file, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  again = open_file (file);
  g_assert_cmpstr (ph_session_get_identity (again), ==, ph_session_get_identity (cutting));
  assert_same_pages (session, again, again, span);

  {
    g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, &error);

    g_assert_true (ph_db_run (db, "DELETE FROM meta WHERE key = 'complete'", &error));
  }

  /* Then it is as long as its events say. */
  mended = open_file (file);
  span.begin = ph_session_get_start_time (mended) - ph_session_get_start_time (session);
  span.end = span.begin + ph_session_get_span (mended).end;
  assert_same_pages (session, mended, cutting, span);
}

static void
check_span (PhSession *session,
            PhSpan span)
{
  Place place;
  g_autoptr (PhSession) cutting = NULL;
  guint n = ph_session_events_until (session, span.end) -
            ph_session_events_until (session, span.begin - 1);

  place_init (&place, "part.playhead");
  g_test_message ("%.3f to %.3f s", (double) span.begin / 1e6, (double) span.end / 1e6);
  cutting = cut (session, span, place.file);
  g_assert_cmpint (ph_session_get_span (cutting).end, ==, ph_span_length (span));
  g_assert_cmpint (ph_session_get_start_time (cutting), ==,
                   ph_session_get_start_time (session) + span.begin);
  g_assert_cmpuint (ph_session_get_n_events (cutting), >=, n);
  assert_same_pages (session, cutting, cutting, span);
  check_again (session, cutting, span, &place);
  place_clear (&place);
}

static void
check_session (PhSession *session,
               guint n)
{
  PhTime end = ph_session_get_span (session).end;

  for (guint i = 0; i < n; i++)
    {
      PhTime a = (PhTime) (g_test_rand_double_range (0, 1) * (double) end);
      PhTime b = (PhTime) (g_test_rand_double_range (0, 1) * (double) end);
      PhSpan span = { MIN (a, b), MAX (a, b) };
      PhTime first = PH_TIME_NONE;

      for (guint32 k = 0; k < ph_session_get_n_windows (session); k++)
        {
          PhTime picture = ph_session_get_window (session, k)->first_picture;

          if (picture != PH_TIME_NONE && (first == PH_TIME_NONE || picture < first))
            first = picture;
        }

      span.end = MAX (span.end, first);

      if (i == 0)
        span.begin = 0;

      check_span (session, span);
    }
}

static void
test_fixtures (void)
{
  static const char *const names[] = { "rrweb/two-pages.json", "rrweb/three-windows.ndjson" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PhSession) session = ph_make_session_from_fixture (names[i]);

      check_session (session, 6);
    }
}

static void
test_demo (void)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) session = open_file (file);

  check_session (session, 3);
}

static void
shared_cb (const char *path,
           gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, NULL);
  guint *n = user_data;

  /* One session among several, or one that holds no page. */
  if (session == NULL)
    return;

  g_test_message ("%s", path);
  check_session (session, 2);
  (*n)++;
}

/* Sheets changed by script, canvases, dialogs, iframes, shadow roots, media, selections … */
static void
test_corpus (void)
{
  g_autofree char *path = ph_test_shared ("corpus/rrweb");
  guint n = 0;

  if (path == NULL)
    {
      g_test_skip ("the shared corpus is not there");
      return;
    }

  ph_test_each_shared ("corpus/rrweb/events", ".json", shared_cb, &n);
  ph_test_each_shared ("corpus/rrweb/webgl", ".json", shared_cb, &n);
  ph_test_each_shared ("corpus/rrweb/dialog", ".json", shared_cb, &n);
  g_assert_cmpuint (n, >, 5);
}

/* --- nothing from outside -------------------------------------------------- */

#define BEFORE "known-only-before"
#define AFTER "known-only-after"
#define WITHIN "known-within"
#define START G_GINT64_CONSTANT (1767225600000)

static void
add (GString *text,
     int type,
     gint64 ms,
     const char *data)
{
  g_autofree char *event = ph_make_event (type, START + ms, data);

  g_string_append_printf (text, "%s\n", event);
}

static void
add_text (GString *text,
          gint64 ms,
          const char *value)
{
  g_autofree char *data = g_strdup_printf (
    "{\"source\":0,\"adds\":[],\"removes\":[],\"attributes\":[],\"texts\":[{\"id\":6,\"value\":"
    "\"%s\"}]}",
    value);

  add (text, 3, ms, data);
}

/* Long texts, so that pages are stored between the events. */
static void
add_many (GString *text,
          gint64 ms,
          const char *value)
{
  g_autoptr (GString) filler = g_string_new (value);

  while (filler->len < 40000)
    g_string_append_printf (filler, " %08x", g_random_int ());

  for (guint i = 0; i < 60; i++)
    add_text (text, ms + i, filler->str);
}

static char *
make_secret (void)
{
  GString *text = g_string_new (NULL);
  g_autofree char *page = ph_make_snapshot ("one");

  add (text, 4, 0, "{\"href\":\"https://" BEFORE ".example/\",\"width\":640,\"height\":480}");
  add (text, 2, 0, page);
  add (text, 5, 10, "{\"tag\":\"" BEFORE "\",\"payload\":{}}");
  add (text, 8, 20, "{\"content\":\"" BEFORE "\"}");
  add_many (text, 100, BEFORE);
  add (text, 4, 400, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  add (text, 2, 410, page);
  add_text (text, 500, BEFORE " too");
  add_text (text, 900, WITHIN " one");
  add_many (text, 1000, WITHIN);
  add (text, 5, 1200, "{\"tag\":\"" WITHIN "\",\"payload\":{}}");
  add_text (text, 2000, WITHIN " last");
  add_text (text, 2001, AFTER);
  add (text, 5, 2002, "{\"tag\":\"" AFTER "\",\"payload\":{}}");
  add (text, 4, 2003, "{\"href\":\"https://" AFTER ".example/\",\"width\":640,\"height\":480}");
  add_many (text, 2100, AFTER);

  return g_string_free (text, FALSE);
}

static gboolean
has_text (gconstpointer data,
          gsize size,
          const char *text)
{
  return memmem (data, size, text, strlen (text)) != NULL;
}

/* Whether @text stands anywhere in the file, or in what is packed in it. */
static gboolean
is_in_file (const char *path,
            const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStore) store = ph_store_open (path, &error);
  g_autofree char *data = NULL;
  gboolean found;
  guint n_frames;
  gsize size;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  found = has_text (data, size, text);

  for (guint i = 0; i < ph_store_n_events (store); i++)
    {
      const PhEvent *event = ph_store_get_event (store, i);

      found |= has_text (event->text, event->size, text);
    }

  ph_store_get_frames (store, &n_frames);
  g_assert_cmpuint (n_frames, >, 0);

  for (guint i = 0; i < n_frames; i++)
    {
      g_autoptr (GBytes) frame = ph_store_read_frame (store, i);

      found |= has_text (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), text);
    }

  return found;
}

static void
test_nothing_from_outside (void)
{
  g_autofree char *text = make_secret ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_make_session_from_text (text, &error);
  g_autoptr (PhSession) cutting = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GFile) file = NULL;
  PhSpan span = { 950 * PH_MSEC, 2000 * PH_MSEC };
  Place place;

  g_assert_no_error (error);
  place_init (&place, "part.playhead");

  /* It can be found where it is. */
  all = g_build_filename (place.folder, "all.playhead", NULL);
  file = g_file_new_for_path (all);
  ph_session_save (session, file, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_in_file (all, BEFORE));
  g_assert_true (is_in_file (all, AFTER));

  cutting = cut (session, span, place.file);
  g_assert_true (is_in_file (place.path, WITHIN " one"));
  g_assert_true (is_in_file (place.path, WITHIN " last"));
  g_assert_false (is_in_file (place.path, BEFORE));
  g_assert_false (is_in_file (place.path, AFTER));
  assert_same_pages (session, cutting, cutting, span);
  place_clear (&place);
}

/* At @ms the body gets an element more, with these attributes as JSON members. */
static char *
make_adding (gint64 ms,
             int id,
             const char *name,
             const char *attributes)
{
  g_autofree char *data = g_strdup_printf (
    "{\"source\":0,\"removes\":[],\"attributes\":[],\"texts\":[],\"adds\":[{\"parentId\":5,"
    "\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"%s\",\"id\":%d,\"attributes\":{%s},"
    "\"childNodes\":[]}}]}",
    name, id, attributes);

  return ph_make_event (3, START + ms, data);
}

static void
add_element (GString *text,
             gint64 ms,
             int id,
             const char *name,
             const char *attributes)
{
  g_autofree char *event = make_adding (ms, id, name, attributes);

  g_string_append_printf (text, "%s\n", event);
}

/* --- what else goes along -------------------------------------------------- */

static PhSession *
make_carrying (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *page = ph_make_snapshot ("one");
  g_autofree char *first = ph_carried_write ("https://a.example/a.png", "image/png", "first", 5,
                                             (double) START + 1);
  g_autofree char *second = ph_carried_write ("https://a.example/b.png", "image/png", "second", 6,
                                              (double) START + 2);
  g_autoptr (GError) error = NULL;
  PhSession *session;

  add (text, 4, 0, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  add (text, 2, 0, page);
  g_string_append_printf (text, "%s\n%s\n", first, second);
  add_element (text, 500, 9, "img", "\"src\":\"a.png\"");
  add_text (text, 1500, "two");
  add_text (text, 3000, "three");
  session = ph_make_session_from_text (text->str, &error);
  g_assert_no_error (error);

  return session;
}

/* A picture that the archive brought before comes along when the page shows it, else not. */
static void
test_carried (void)
{
  g_autoptr (PhSession) session = make_carrying ();
  g_autoptr (PhSession) cutting = NULL;
  g_autoptr (PhAssetCarried) carried = NULL;
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;
  Place place;

  place_init (&place, "part.playhead");
  cutting = cut (session, (PhSpan) { 1000 * PH_MSEC, 2000 * PH_MSEC }, place.file);
  carried = ph_asset_carried_new (cutting);
  g_assert_nonnull (carried);
  a = ph_asset_carried_read (carried, "https://a.example/a.png");
  b = ph_asset_carried_read (carried, "https://a.example/b.png");
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a), "first", 5);
  g_assert_null (b);
  place_clear (&place);
}

/* What a sheet that the archive brought names comes along with it. */
static void
test_carried_sheet (void)
{
  static const char sheet[] = "a{background:url(img/c.png)}";
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *page = ph_make_snapshot ("one");
  g_autofree char *first = ph_carried_write ("https://a.example/s.css", "text/css", sheet,
                                             strlen (sheet), (double) START + 1);
  g_autofree char *second = ph_carried_write ("https://a.example/img/c.png", "image/png", "third",
                                              5, (double) START + 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhSession) cutting = NULL;
  g_autoptr (PhAssetCarried) carried = NULL;
  g_autoptr (GBytes) picture = NULL;
  Place place;

  add (text, 4, 0, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  add (text, 2, 0, page);
  g_string_append_printf (text, "%s\n%s\n", first, second);
  add_element (text, 500, 9, "link", "\"rel\":\"stylesheet\",\"href\":\"s.css\"");
  add_text (text, 3000, "three");
  session = ph_make_session_from_text (text->str, &error);
  g_assert_no_error (error);

  place_init (&place, "part.playhead");
  cutting = cut (session, (PhSpan) { 1000 * PH_MSEC, 3000 * PH_MSEC }, place.file);
  carried = ph_asset_carried_new (cutting);
  g_assert_nonnull (carried);
  picture = ph_asset_carried_read (carried, "https://a.example/img/c.png");
  g_assert_cmpmem (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture), "third", 5);
  place_clear (&place);
}

static void
add_in (GString *text,
        const char *window,
        const char *event)
{
  g_string_append_printf (text, "{\"windowId\":\"%s\",%s\n", window, event + 1);
}

/* What was brought while another window was shown is for all of them. */
static void
test_carried_elsewhere (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *page = ph_make_snapshot ("one");
  g_autofree char *meta =
    ph_make_event (4, START, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  g_autofree char *full = ph_make_event (2, START + 1, page);
  g_autofree char *picture = ph_carried_write ("https://a.example/a.png", "image/png", "first", 5,
                                               (double) START + 1200);
  g_autofree char *shown = make_adding (1300, 9, "img", "\"src\":\"a.png\"");
  PhExcerpt excerpt = { .span = { 1000 * PH_MSEC, 2000 * PH_MSEC } };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhSession) cutting = NULL;
  g_autoptr (PhAssetCarried) carried = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Place place;

  add_in (text, "one", meta);
  add_in (text, "one", full);
  add_in (text, "two", meta);
  add_in (text, "two", full);
  add_in (text, "two", picture);
  add_in (text, "one", shown);
  session = ph_make_session_from_text (text->str, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ph_session_get_window (session, 0)->name, ==, "one");

  place_init (&place, "part.playhead");
  ph_session_excerpt (session, &excerpt, place.file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  cutting = open_file (place.file);
  carried = ph_asset_carried_new (cutting);
  g_assert_nonnull (carried);
  bytes = ph_asset_carried_read (carried, "https://a.example/a.png");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "first", 5);
  place_clear (&place);
}

static void
write_file (const char *folder,
            const char *name,
            gconstpointer data,
            gsize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

/* What the pages are shown with is in it: whoever gets it needs to allow nothing. */
static void
test_given (void)
{
  static const char sheet[] = "a{background:url(c.png)}";
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *page = ph_make_snapshot ("one");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhAssetGrants) none = ph_asset_grants_new ();
  g_autoptr (PhAssetShelf) shelf = NULL;
  g_autoptr (PhAssetShelf) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhSession) cutting = NULL;
  g_autoptr (PhAssetCarried) carried = NULL;
  PhExcerpt excerpt = { .span = { 1000 * PH_MSEC, 2000 * PH_MSEC }, .window = G_MAXUINT32 };
  const PhAsset *assets;
  const char *type;
  guint n;
  Place place;

  write_file (folder, "s.css", sheet, strlen (sheet));
  write_file (folder, "c.png", asset_pixel, asset_pixel_size);
  write_file (folder, "d.png", asset_pixel, asset_pixel_size);
  g_assert_true (ph_asset_grants_add (grants, PH_GRANT_FOLDER, folder, &error));
  add (text, 4, 0, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  add (text, 2, 0, page);
  add_element (text, 500, 9, "link", "\"rel\":\"stylesheet\",\"href\":\"s.css\"");
  add_text (text, 1500, "two");
  add_element (text, 2500, 10, "img", "\"src\":\"d.png\"");
  session = ph_make_session_from_text (text->str, &error);
  g_assert_no_error (error);
  assets = ph_session_get_assets (session, &n);
  shelf = ph_asset_shelf_gather (assets, n, NULL, grants, NULL);
  excerpt.assets = shelf;

  place_init (&place, "part.playhead");
  ph_session_excerpt (session, &excerpt, place.file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  cutting = open_file (place.file);
  g_assert_true (ph_session_verify (cutting, unexpected_cb, NULL));
  carried = ph_asset_carried_new (cutting);
  g_assert_nonnull (carried);
  assets = ph_session_get_assets (cutting, &n);
  again = ph_asset_shelf_gather (assets, n, carried, none, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *url =
        g_strconcat ("https://a.example/", i == 0 ? "s.css" : "c.png", NULL);
      g_autoptr (GBytes) before = ph_asset_shelf_find (shelf, url, &type);
      g_autoptr (GBytes) after = ph_asset_shelf_find (again, url, &type);

      g_assert_nonnull (before);
      g_assert_nonnull (after);
      g_assert_true (g_bytes_equal (before, after));
      g_assert_cmpstr (type, ==, i == 0 ? "text/css" : "image/png");
    }

  /* The page shows it later only. */
  g_assert_null (ph_asset_carried_read (carried, "https://a.example/d.png"));
  ph_test_remove_tree (folder);
  place_clear (&place);
}

/* The events alone, as JSON, begin with the same page for any program that plays rrweb. */
static void
test_exported (void)
{
  g_autofree char *demo = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GFile) source = g_file_new_for_path (demo);
  g_autoptr (PhSession) session = open_file (source);
  g_autoptr (PhSession) cutting = NULL;
  g_autoptr (PhSession) exported = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  PhTime end = ph_session_get_span (session).end;
  PhSpan span = { end / 3, end / 2 };
  guint n_lost;
  Place place;

  place_init (&place, "part.playhead");
  path = g_build_filename (place.folder, "part.json", NULL);
  file = g_file_new_for_path (path);
  cutting = cut (session, span, place.file);
  ph_session_export (cutting, file, PH_EXPORT_JSON, PH_EXPORT_PLAIN, &n_lost, NULL, &error);
  g_assert_no_error (error);
  exported = open_file (file);
  g_assert_cmpuint (ph_session_get_n_events (exported), ==, ph_session_get_n_events (cutting));
  g_assert_cmpint (ph_session_get_event (exported, 0)->type, ==, PH_EVENT_META);
  g_assert_cmpint (ph_session_get_event (exported, 1)->type, ==, PH_EVENT_FULL_SNAPSHOT);
  span.end = span.begin + ph_session_get_span (exported).end;
  assert_same_pages (session, exported, exported, span);
  place_clear (&place);
}

/* One window of several, and nothing of the others. */
static void
test_window (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/three-windows.ndjson");
  PhExcerpt excerpt = { { 2500 * PH_MSEC, 6500 * PH_MSEC }, 1, NULL, TRUE };
  g_autoptr (PhSession) cutting = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhCursor) whole = ph_cursor_new (session);
  g_autoptr (PhCursor) part = NULL;
  Place place;

  place_init (&place, "part.playhead");
  ph_session_excerpt (session, &excerpt, place.file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  cutting = open_file (place.file);
  part = ph_cursor_new (cutting);
  g_assert_cmpuint (ph_session_get_n_windows (cutting), ==, 1);
  g_assert_cmpstr (ph_session_get_window (cutting, 0)->name, ==, "second");
  ph_cursor_set_window (whole, 1);

  for (PhTime time = excerpt.span.begin; time <= excerpt.span.end; time += 500 * PH_MSEC)
    assert_same_at (whole, part, excerpt.span.begin, time);

  place_clear (&place);
}

/* Moments are those of the span, and that the page was there when it begins. */
static void
test_moments (void)
{
  g_autofree char *demo = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GFile) source = g_file_new_for_path (demo);
  g_autoptr (PhSession) session = open_file (source);
  g_autoptr (PhSession) cutting = NULL;
  PhTime end = ph_session_get_span (session).end;
  PhSpan span = { end / 3, end / 2 };
  const PhMoment *all;
  const PhMoment *some;
  guint n_all;
  guint n_some;
  guint at = 1;
  Place place;

  place_init (&place, "part.playhead");
  cutting = cut (session, span, place.file);
  all = ph_session_get_moments (session, &n_all);
  some = ph_session_get_moments (cutting, &n_some);
  g_assert_cmpuint (n_some, >, 1);
  g_assert_cmpint (some[0].kind, ==, PH_MOMENT_PAGE);
  g_assert_cmpint (some[0].time, ==, 0);

  for (guint i = 0; i < n_all; i++)
    {
      if (all[i].time < span.begin || all[i].time > span.end)
        continue;

      g_assert_cmpuint (at, <, n_some);
      g_assert_cmpint (some[at].time, ==, all[i].time - span.begin);
      g_assert_cmpint (some[at].kind, ==, all[i].kind);
      g_assert_cmpstr (some[at].text, ==, all[i].text);
      at++;
    }

  g_assert_cmpuint (at, ==, n_some);
  place_clear (&place);
}

static void
add_note (GPtrArray *notes,
          PhTime begin,
          PhTime end,
          guint32 window,
          const char *text)
{
  PhNote *note = ph_note_new (begin);

  note->end = end;
  note->window = window;
  ph_note_set_text (note, text);
  g_ptr_array_add (notes, note);
}

static void
assert_note (const PhNote *note,
             const PhNote *from,
             PhTime begin,
             PhTime end,
             guint32 window)
{
  g_assert_cmpstr (note->id, ==, from->id);
  g_assert_cmpstr (note->text, ==, from->text);
  g_assert_cmpint (note->begin, ==, begin);
  g_assert_cmpint (note->end, ==, end);
  g_assert_cmpuint (note->window, ==, window);
}

/* Notes of the span, and of the windows that are left. */
static void
test_notes (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/three-windows.ndjson");
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);
  PhExcerpt excerpt = { { 2500 * PH_MSEC, 6500 * PH_MSEC }, 1, notes, FALSE };
  g_autoptr (PhSession) cutting = NULL;
  g_autoptr (PhSession) again = NULL;
  g_autoptr (GError) error = NULL;
  const GPtrArray *kept;
  Place place;

  add_note (notes, 1000 * PH_MSEC, 2400 * PH_MSEC, PH_NOTE_NO_WINDOW, "before");
  add_note (notes, 2000 * PH_MSEC, 3000 * PH_MSEC, 1, "into it");
  add_note (notes, 3000 * PH_MSEC, PH_TIME_NONE, PH_NOTE_NO_WINDOW, "a moment");
  add_note (notes, 3500 * PH_MSEC, PH_TIME_NONE, 0, "of another window");
  add_note (notes, 6000 * PH_MSEC, 7000 * PH_MSEC, PH_NOTE_NO_WINDOW, "out of it");
  add_note (notes, 6600 * PH_MSEC, PH_TIME_NONE, PH_NOTE_NO_WINDOW, "after");
  place_init (&place, "part.playhead");
  ph_session_excerpt (session, &excerpt, place.file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  cutting = open_file (place.file);
  kept = ph_session_get_notes (cutting);
  g_assert_cmpuint (kept->len, ==, 3);
  assert_note (kept->pdata[0], notes->pdata[1], 0, 500 * PH_MSEC, 0);
  assert_note (kept->pdata[1], notes->pdata[2], 500 * PH_MSEC, PH_TIME_NONE, PH_NOTE_NO_WINDOW);
  assert_note (kept->pdata[2], notes->pdata[4], 3500 * PH_MSEC, 4000 * PH_MSEC, PH_NOTE_NO_WINDOW);

  /* Those that came with a file go on with it. */
  excerpt = (PhExcerpt) { { 0, 600 * PH_MSEC }, G_MAXUINT32, NULL, FALSE };
  ph_session_excerpt (cutting, &excerpt, place.file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  again = open_file (place.file);
  g_assert_cmpuint (ph_session_get_notes (again)->len, ==, 2);
  place_clear (&place);
}

/* --- what goes wrong ------------------------------------------------------- */

static void
test_errors (void)
{
  g_autoptr (PhSession) session = make_carrying ();
  g_autoptr (GFile) far = g_file_new_for_uri ("https://a.example/a.playhead");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  PhExcerpt excerpt = { { 0, 1000 * PH_MSEC }, G_MAXUINT32, NULL, FALSE };
  Place place;

  place_init (&place, "part.playhead");
  g_assert_false (ph_session_excerpt (session, &excerpt, far, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (ph_session_excerpt (session, &excerpt, place.file, NULL, NULL, cancellable,
                                      &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (place.path, G_FILE_TEST_EXISTS));
  place_clear (&place);
}

/* Any step that fails leaves what was there, and nothing else. */
static void
test_any_step_fails (void)
{
  g_autoptr (PhSession) session = make_carrying ();
  PhExcerpt excerpt = { { 700 * PH_MSEC, 2000 * PH_MSEC }, G_MAXUINT32, NULL, FALSE };
  Place place;
  guint n_steps;

  place_init (&place, "part.playhead");
  g_assert_true (ph_session_excerpt (session, &excerpt, place.file, NULL, NULL, NULL, NULL));
  ph_db_fail_step (0);
  g_assert_true (ph_session_excerpt (session, &excerpt, place.file, NULL, NULL, NULL, NULL));
  n_steps = ph_db_count_steps ();
  g_assert_cmpuint (n_steps, >, 20);
  g_assert_true (g_file_set_contents (place.path, "before", -1, NULL));

  for (guint n = 1; n <= n_steps; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *data = NULL;
      g_autoptr (GDir) dir = NULL;

      ph_db_fail_step (n);
      g_assert_false (ph_session_excerpt (session, &excerpt, place.file, NULL, NULL, NULL,
                                          &error));
      g_assert_nonnull (error);
      g_assert_true (g_file_get_contents (place.path, &data, NULL, NULL));
      g_assert_cmpstr (data, ==, "before");
      dir = g_dir_open (place.folder, 0, NULL);
      g_assert_nonnull (g_dir_read_name (dir));
      g_assert_null (g_dir_read_name (dir));
    }

  ph_db_fail_step (0);
  place_clear (&place);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/excerpt/fixtures", test_fixtures);
  g_test_add_func ("/excerpt/demo", test_demo);
  g_test_add_func ("/excerpt/corpus", test_corpus);
  g_test_add_func ("/excerpt/nothing-from-outside", test_nothing_from_outside);
  g_test_add_func ("/excerpt/carried", test_carried);
  g_test_add_func ("/excerpt/carried-sheet", test_carried_sheet);
  g_test_add_func ("/excerpt/carried-elsewhere", test_carried_elsewhere);
  g_test_add_func ("/excerpt/given", test_given);
  g_test_add_func ("/excerpt/exported", test_exported);
  g_test_add_func ("/excerpt/window", test_window);
  g_test_add_func ("/excerpt/moments", test_moments);
  g_test_add_func ("/excerpt/notes", test_notes);
  g_test_add_func ("/excerpt/errors", test_errors);
  g_test_add_func ("/excerpt/any-step-fails", test_any_step_fails);

  return g_test_run ();
}
