/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-html.h"

#include "ph-asset-table.h"
#include "ph-carried.h"
#include "ph-cursor.h"
#include "ph-excerpt.h"
#include "ph-json-write.h"
#include "ph-test-dom.h"
#include "ph-test.h"
#include "ph-whole-page.h"
#include "session-maker.h"

#include <string.h>

#define START G_GINT64_CONSTANT (1767225600000)

/* A clip, taken apart. */
typedef struct
{
  char *folder;
  char *path;
  char *text; /* of the file */
  gsize size;
  PhJson *json;
  PhJsonValue root; /* of what is packed in it */
  char *packed;
} Clip;

static void
clip_clear (Clip *clip)
{
  ph_test_remove_tree (clip->folder);
  g_free (clip->folder);
  g_free (clip->path);
  g_free (clip->text);
  g_free (clip->packed);
  ph_json_free (clip->json);
}

/* What stands between @begin and @end in the file; the caller's. */
static char *
dup_between (const char *text,
             const char *begin,
             const char *end)
{
  const char *from = strstr (text, begin);
  const char *to;

  g_assert_nonnull (from);
  from += strlen (begin);
  to = strstr (from, end);
  g_assert_nonnull (to);

  return g_strndup (from, (gsize) (to - from));
}

static char *
unpack (const char *text)
{
  g_autofree char *base64 = dup_between (text, "id=\"data\">", "<");
  g_autofree guchar *data = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GInputStream) plain = NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GConverter) converter =
    G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_cmpuint (strspn (base64, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                    "+/="),
                    ==, strlen (base64));
  data = g_base64_decode (base64, &size);
  input = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  plain = g_converter_input_stream_new (input, converter);
  g_output_stream_splice (out, plain, G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (out, "", 1, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}

static void
make (Clip *clip,
      PhSession *session,
      const PhClipHtml *wanted)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  clip->folder = ph_test_tmp_dir ();
  clip->path = g_build_filename (clip->folder, "a.html", NULL);
  file = g_file_new_for_path (clip->path);
  ph_session_write_html (session, wanted, file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (clip->path, &clip->text, &clip->size, NULL));
  clip->packed = unpack (clip->text);
  clip->json = ph_json_new ();
  g_assert_true (ph_json_parse (clip->json, clip->packed, strlen (clip->packed), &clip->root,
                                &error));
}

static PhClipHtml
all_of (PhSession *session)
{
  return (PhClipHtml) {
    .span = ph_session_get_span (session),
    .window = G_MAXUINT32,
    .speed = 1000,
    .pointer = TRUE,
    .clicks = TRUE,
    .address = TRUE,
  };
}

static PhSession *
open_demo (void)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  PhSession *session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return session;
}

/* --- the file -------------------------------------------------------------- */

static char *
hash (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, digest, &size);

  return g_base64_encode (digest, size);
}

static guint
count (const char *text,
       const char *word)
{
  guint n = 0;

  for (text = strstr (text, word); text != NULL; text = strstr (text + 1, word))
    n++;

  return n;
}

/* Two scripts, both ours and both named by their hash; nothing that a browser would fetch. */
static void
assert_walls (const Clip *clip)
{
  g_autofree char *policy = dup_between (clip->text, "Content-Security-Policy\" content=\"", "\"");
  g_autofree char *loader = dup_between (clip->text, "<script>", "</script>");
  g_autofree char *first = hash (loader);
  g_autofree char *frame = dup_between (clip->text, "<!DOCTYPE html>", "id=\"data\">");
  g_autofree char *second = NULL;
  g_autofree char *scripts = NULL;
  const char *code;

  g_assert_true (ph_json_member_string (clip->root, "code", &code, NULL));
  second = hash (code);
  scripts = g_strdup_printf ("default-src 'none'; script-src 'sha256-%s' 'sha256-%s'; ", first,
                             second);
  g_assert_true (g_str_has_prefix (policy, scripts));
  g_assert_null (strstr (policy, "http"));
  g_assert_null (strstr (policy, "unsafe-eval"));
  g_assert_null (strstr (strchr (policy + strlen (scripts), ';'), "unsafe"));
  g_assert_nonnull (strstr (policy, "style-src 'unsafe-inline' data:; img-src data:;"));
  g_assert_nonnull (strstr (policy, "base-uri 'none'; form-action 'none'"));

  /* The data, which is no script, and the one that reads it. */
  g_assert_cmpuint (count (clip->text, "<script"), ==, 2);
  g_assert_cmpuint (count (clip->text, "</script"), ==, 2);
  g_assert_cmpuint (count (clip->text, "<iframe"), ==, 0);
  g_assert_cmpuint (count (frame, " src="), ==, 0);
  g_assert_cmpuint (count (frame, " href="), ==, 0);
  g_assert_cmpuint (count (frame, "url("), ==, 0);
  g_assert_cmpuint (count (frame, "@import"), ==, 0);
  g_assert_cmpuint (count (frame, "://"), ==, 1);
  g_assert_cmpuint (count (frame, "xmlns=\"http://www.w3.org/2000/svg\""), ==, 1);
}

/* Whatever the scripts look for in the page is there. */
static void
assert_parts (const Clip *clip,
              const char *call)
{
  const char *code = NULL;
  guint n = 0;

  g_assert_true (ph_json_member_string (clip->root, "code", &code, NULL));

  for (code = strstr (code, call); code != NULL; code = strstr (code + 1, call))
    {
      const char *name = code + strlen (call);
      g_autofree char *part = g_strdup_printf ("id=\"%.*s\"", (int) strcspn (name, "'"), name);

      g_assert_nonnull (strstr (clip->text, part));
      n++;
    }

  g_assert_cmpuint (n, >, 5);
}

static const char *
translate (const char *text)
{
  return g_str_equal (text, "en") ? "~en" : g_str_equal (text, "Notes") ? "~Notes"
                                                                        : text;
}

static void
test_walls (void)
{
  g_autoptr (PhSession) session = open_demo ();
  PhClipHtml wanted = all_of (session);
  Clip clip = { NULL };
  double number;

  wanted.title = "Some <b>title</b> & \"more\"";
  wanted.translate = translate;
  make (&clip, session, &wanted);
  assert_walls (&clip);
  g_assert_nonnull (strstr (clip.text, "<title>Some &lt;b&gt;title&lt;/b&gt; &amp; "
                                       "&quot;more&quot;</title>"));
  g_assert_nonnull (strstr (clip.text, "<html lang=\"~en\">"));
  g_assert_nonnull (strstr (clip.text, "<h2>~Notes</h2>"));
  assert_parts (&clip, "getElementById('");
  assert_parts (&clip, "part('");
  g_assert_true (ph_json_member_double (clip.root, "length", &number));
  g_assert_cmpfloat_with_epsilon (number, (double) ph_session_get_span (session).end / 1000, 1e-6);
  clip_clear (&clip);
}

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
test_hostile (void)
{
  static const PhClipHtmlNote notes[] = {
    { { 0, PH_SECOND }, "</script><script>top.ran=1</script>\xff" },
  };
  static const char *const never[] = {
    "\"script\"",
    "\"src\"",
    "srcset",
    "srcdoc",
    "http-equiv",
    "@import",
    "javascript:",
    "onload",
    "onerror",
    "onclick",
    "url(https:",
    "\"https:",
    "\"href\",\"http",
  };
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("clip/hostile.ndjson");
  PhClipHtml wanted = all_of (session);
  Clip clip = { NULL };
  g_autofree char *patches = NULL;

  wanted.notes = notes;
  wanted.n_notes = 1;
  make (&clip, session, &wanted);
  assert_walls (&clip);
  /* Nothing of it runs, leads or loads: what is left of it are texts. */
  patches = dup_between (clip.packed, "\"patches\":[", "\"pointer\":");

  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_null (strstr (patches, never[i]));

  g_assert_nonnull (strstr (patches, "</script><script>top.ran=1</script>"));
  clip_clear (&clip);
}

/* --- what it shows --------------------------------------------------------- */

/* A patch as the stage takes it. */
static GBytes *
dup_patch (PhJsonValue patch)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_json_write_value (text, patch);

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/* Of the @n-th patch and all before it the page is that of the session at its time. */
static void
check_patches (PhSession *session,
               const PhClipHtml *wanted)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();
  Clip clip = { NULL };
  PhJsonIter iter;
  PhJsonValue entry;
  double last = -1;
  guint n = 0;

  make (&clip, session, wanted);
  ph_cursor_set_window (cursor, wanted->window);
  ph_json_iter_init (&iter, ph_json_member (clip.root, "patches"));

  while (ph_json_next (&iter, NULL, &entry))
    {
      PhJsonIter parts;
      PhJsonValue part;
      double time = -1;
      g_autoptr (GBytes) patch = NULL;
      g_autofree char *shown = NULL;
      g_autofree char *page = NULL;

      ph_json_iter_init (&parts, entry);
      g_assert_true (ph_json_next (&parts, NULL, &part) && ph_json_get_double (part, &time));
      g_assert_cmpfloat (time, >, last);
      g_assert_true (ph_json_next (&parts, NULL, &part));
      patch = dup_patch (part);
      ph_test_stage_apply (stage, patch);
      ph_cursor_seek (cursor, wanted->span.begin + (PhTime) (time * 1000 + 0.5));
      shown = ph_test_stage_dump (stage);
      page = ph_test_dump_dom (ph_cursor_get_dom (cursor));
      g_assert_cmpstr (shown, ==, page);
      last = time;
      n++;
    }

  g_test_message ("%u patches", n);
  g_assert_cmpuint (n, >, 0);
  clip_clear (&clip);
}

static void
test_patches (void)
{
  static const char *const names[] = { "rrweb/two-pages.json", "rrweb/three-windows.ndjson" };
  g_autoptr (PhSession) demo = open_demo ();
  PhClipHtml wanted = all_of (demo);

  check_patches (demo, &wanted);
  wanted.span = (PhSpan) { wanted.span.end / 3, wanted.span.end / 2 };
  check_patches (demo, &wanted);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PhSession) session = ph_make_session_from_fixture (names[i]);

      wanted = all_of (session);
      check_patches (session, &wanted);
    }
}

/* The numbers of an array in a list, one after the other. */
static void
read_row (PhJsonValue list,
          guint index,
          double *numbers,
          guint n)
{
  PhJsonIter iter;
  PhJsonIter parts;
  PhJsonValue row = { 0 };
  PhJsonValue part;

  ph_json_iter_init (&iter, list);

  for (guint i = 0; i <= index; i++)
    g_assert_true (ph_json_next (&iter, NULL, &row));

  ph_json_iter_init (&parts, row);

  for (guint i = 0; i < n; i++)
    g_assert_true (ph_json_next (&parts, NULL, &part) && ph_json_get_double (part, &numbers[i]));
}

/* Where the pointer was, also between events, and each click once. */
static void
test_pointer (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *page = ph_make_snapshot ("one");
  g_autoptr (PhSession) session = NULL;
  PhClipHtml wanted;
  PhJsonValue pointer;
  double row[5];
  Clip clip = { NULL };

  add (text, 4, 0, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  add (text, 2, 0, page);
  add (text, 3, 1500,
       "{\"source\":1,\"positions\":[{\"x\":1,\"y\":2,\"id\":5,\"timeOffset\":-400},{\"x\":3,"
       "\"y\":4.125,\"id\":5,\"timeOffset\":-300},{\"x\":5,\"y\":6,\"id\":5,\"timeOffset\":-0}]}");
  add (text, 3, 2000, "{\"source\":2,\"type\":2,\"id\":5,\"x\":7,\"y\":8}");
  add (text, 3, 2200, "{\"source\":2,\"type\":2,\"id\":5,\"x\":9,\"y\":8}");
  add (text, 3, 3000, "{\"source\":3,\"id\":1,\"x\":0,\"y\":7}");
  session = ph_make_session_from_text (text->str, NULL);
  wanted = all_of (session);
  wanted.span.begin = PH_SECOND;
  make (&clip, session, &wanted);
  pointer = ph_json_member (clip.root, "pointer");
  read_row (pointer, 0, row, 5);
  g_assert_cmpfloat_with_epsilon (row[0], 100, 1e-9);
  read_row (pointer, 1, row, 5);
  g_assert_cmpfloat_with_epsilon (row[0], 200, 1e-9);
  g_assert_cmpfloat_with_epsilon (row[1], 3, 1e-9);
  g_assert_cmpfloat_with_epsilon (row[2], 4.13, 1e-9);
  g_assert_cmpuint (ph_json_size (ph_json_member (clip.root, "clicks")), ==, 2);
  read_row (ph_json_member (clip.root, "clicks"), 1, row, 3);
  g_assert_cmpfloat_with_epsilon (row[0], 1200, 0.1);
  g_assert_cmpfloat_with_epsilon (row[1], 9, 1e-9);
  clip_clear (&clip);

  wanted.pointer = FALSE;
  wanted.clicks = FALSE;
  make (&clip, session, &wanted);
  g_assert_cmpuint (ph_json_size (ph_json_member (clip.root, "pointer")), ==, 0);
  g_assert_cmpuint (ph_json_size (ph_json_member (clip.root, "clicks")), ==, 0);
  clip_clear (&clip);
}

/* Notes of the span only, from its begin to its end at most. */
static void
test_notes (void)
{
  static const PhClipHtmlNote notes[] = {
    { { 0, 500 * PH_MSEC }, "before" },
    { { 500 * PH_MSEC, 1500 * PH_MSEC }, "into it" },
    { { 1700 * PH_MSEC, 1700 * PH_MSEC }, "a moment" },
    { { 2500 * PH_MSEC, 2600 * PH_MSEC }, "after" },
  };
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("clip/hostile.ndjson");
  PhClipHtml wanted = all_of (session);
  PhJsonValue captions;
  double row[2];
  Clip clip = { NULL };

  wanted.span = (PhSpan) { 600 * PH_MSEC, 1000 * PH_MSEC };
  wanted.notes = notes;
  wanted.n_notes = G_N_ELEMENTS (notes);
  make (&clip, session, &wanted);
  captions = ph_json_member (clip.root, "captions");
  g_assert_cmpuint (ph_json_size (captions), ==, 1);
  read_row (captions, 0, row, 2);
  g_assert_cmpfloat_with_epsilon (row[0], 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (row[1], 400, 1e-9);
  clip_clear (&clip);
}

/* What the archive brings is in the file as data, once. */
static void
test_assets (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *page = ph_make_snapshot ("one");
  g_autofree char *carried = ph_carried_write ("https://a.example/a.png", "image/png",
                                               "\x89PNG\r\n\x1a\n....", 12, (double) START + 1);
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhAssetCarried) source = NULL;
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhAssetShelf) shelf = NULL;
  const PhAsset *assets;
  guint n;
  PhClipHtml wanted;
  Clip clip = { NULL };

  add (text, 4, 0, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  add (text, 2, 0, page);
  g_string_append_printf (text, "%s\n", carried);
  add (text, 3, 500,
       "{\"source\":0,\"removes\":[],\"attributes\":[],\"texts\":[],\"adds\":[{\"parentId\":5,"
       "\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"img\",\"id\":9,\"attributes\":{\"src\":"
       "\"a.png\"},\"childNodes\":[]}}]}");
  session = ph_make_session_from_text (text->str, NULL);
  source = ph_asset_carried_new (session);
  assets = ph_session_get_assets (session, &n);
  shelf = ph_asset_shelf_gather (assets, n, source, grants, NULL);
  wanted = all_of (session);
  wanted.assets = shelf;
  make (&clip, session, &wanted);
  assert_walls (&clip);
  g_assert_cmpuint (ph_json_size (ph_json_member (clip.root, "assets")), ==, 1);
  g_assert_cmpuint (count (clip.packed, "data:image/png;base64,iVBORw0KGgouLi4u"), ==, 1);
  g_assert_null (strstr (clip.packed, "a.example/a.png"));
  clip_clear (&clip);
}

/* --- how it is made -------------------------------------------------------- */

/* Bytes of @events, packed as archives are: those that a clip of them begins with, too. */
static gsize
count_packed (PhSession *session)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GOutputStream) bytes = g_memory_output_stream_new_resizable ();
  g_autoptr (GConverter) gzip =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (bytes, gzip);

  for (guint i = 0; i < ph_session_get_n_events (session); i++)
    {
      const PhEvent *event = ph_session_get_event (session, i);

      /* Ours is no part of what was recorded. */
      if (event->type != PH_EVENT_CUSTOM || g_strstr_len (event->text, 60, "playhead-page") == NULL)
        g_string_append_len (text, event->text, (gssize) event->size);
    }

  g_assert_true (g_output_stream_write_all (out, text->str, text->len, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));

  return g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (bytes));
}

static void
test_size (void)
{
  g_autoptr (PhSession) session = open_demo ();
  PhTime end = ph_session_get_span (session).end;
  const PhSpan spans[] = { { 0, end }, { 0, end / 3 }, { end / 3, end / 2 }, { end / 2, end } };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *folder = ph_test_tmp_dir ();
      g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      PhExcerpt excerpt = { .span = spans[i], .window = G_MAXUINT32 };
      PhClipHtml wanted = all_of (session);
      g_autoptr (PhSession) part = NULL;
      Clip clip = { NULL };
      gsize packed;

      g_assert_true (ph_session_excerpt (session, &excerpt, file, NULL, NULL, NULL, NULL));
      part = ph_session_open (file, NULL, NULL, NULL, NULL);
      packed = count_packed (part);
      wanted.span = spans[i];
      make (&clip, session, &wanted);
      g_test_message ("%" G_GSIZE_FORMAT " bytes for %" G_GSIZE_FORMAT " of events", clip.size,
                      packed);
      g_assert_cmpuint (clip.size, <=, packed * 3 / 2 + 60000);
      clip_clear (&clip);
      ph_test_remove_tree (folder);
    }
}

/* The same clip twice is the same file. */
static void
test_same (void)
{
  g_autoptr (PhSession) session = open_demo ();
  PhClipHtml wanted = all_of (session);
  Clip a = { NULL };
  Clip b = { NULL };

  make (&a, session, &wanted);
  make (&b, session, &wanted);
  g_assert_cmpmem (a.text, a.size, b.text, b.size);
  clip_clear (&a);
  clip_clear (&b);
}

static void
progress_cb (double fraction,
             gpointer user_data)
{
  if (fraction > 0.5)
    g_cancellable_cancel (user_data);
}

/* What fails leaves what was there, and nothing else. */
static void
test_errors (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.html", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.html", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_new_for_path (nowhere);
  g_autoptr (GFile) far = g_file_new_for_uri ("https://a.example/a.html");
  g_autoptr (PhSession) session = open_demo ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GDir) dir = NULL;
  PhClipHtml wanted = all_of (session);

  g_assert_false (ph_session_write_html (session, &wanted, missing, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (ph_session_write_html (session, &wanted, far, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_assert_false (ph_session_write_html (session, &wanted, file, progress_cb, cancellable,
                                         cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
  g_assert_cmpstr (data, ==, "before");
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (g_dir_read_name (dir));
  g_assert_null (g_dir_read_name (dir));
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/clip-html/walls", test_walls);
  g_test_add_func ("/clip-html/hostile", test_hostile);
  g_test_add_func ("/clip-html/patches", test_patches);
  g_test_add_func ("/clip-html/pointer", test_pointer);
  g_test_add_func ("/clip-html/notes", test_notes);
  g_test_add_func ("/clip-html/assets", test_assets);
  g_test_add_func ("/clip-html/size", test_size);
  g_test_add_func ("/clip-html/same", test_same);
  g_test_add_func ("/clip-html/errors", test_errors);

  return g_test_run ();
}
