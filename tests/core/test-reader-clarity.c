/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Payloads of Microsoft Clarity: those of tests/record/clarity, recorded from a live page
 * that was saved at moments at which nothing moved, and those of the shared corpus.
 */
#include "ph-archive.h"
#include "ph-cursor.h"
#include "ph-dom-write.h"
#include "ph-flaky-stream.h"
#include "ph-reader.h"
#include "ph-test.h"

#include <string.h>

#define MILLISECOND (PH_SECOND / 1000)
#define SHOWN 240

#define ENVELOPE(sequence, page)                                           \
  "\"e\":[\"0.8.70\"," #sequence ",0,9,\"p\",\"u\",\"s\"," #page ",0,0,0," \
  "\"http://a.example/\"]"
#define PAYLOAD(sequence, page, events) "{" ENVELOPE (sequence, page) ",\"a\":[" events "]}"
#define PAGE                                                                                \
  "{" ENVELOPE (1, 1) ",\"a\":[[1,11,800,600],[1,0,0,1000000]],\"p\":[[2,5,2,\"*D\","       \
                      "\"name=html\",3,1,2,\"HTML\",4,3,\"HEAD\",5,3,4,\"BODY\",6,5,\"P\"," \
                      "7,6,\"*T\",\"one\"]]}"

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  g_string_append_len (user_data, event->text, (gssize) event->size);
  g_string_append_c (user_data, '\n');

  return TRUE;
}

/* The events as text, one a line, or the message of the error. */
static char *
read_bytes (const char *data,
            gsize size,
            gsize chunk,
            PhHealth *health,
            PhArchiveInfo **info_out)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, chunk);
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  info = ph_archive_read_stream (stream, (goffset) size, &sink, out, health, NULL, &error);

  if (info == NULL)
    g_string_assign (out, error->message);
  else
    g_assert_cmpstr (info->format, ==, "clarity");

  if (info_out != NULL)
    *info_out = g_steal_pointer (&info);

  return g_string_free (out, FALSE);
}

static char *
read_text (const char *text,
           PhHealth *health)
{
  return read_bytes (text, strlen (text), 0, health, NULL);
}

static char *
load_fixture (const char *name,
              gsize *size)
{
  g_autofree char *path = ph_test_fixture (name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, size, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_rank (void)
{
  static const struct
  {
    const char *head;
    gboolean whole;
    PhRank rank;
  } cases[] = {
    { PAGE, TRUE, PH_RANK_CERTAIN },
    { "\xef\xbb\xbf " PAGE "\n" PAGE, TRUE, PH_RANK_CERTAIN },
    { "[" PAGE "," PAGE "]", TRUE, PH_RANK_CERTAIN },
    { "{\"a\":[], \"e\" : [\"0.6.1\",1]}", TRUE, PH_RANK_CERTAIN },
    { "{\"e\" : [ \"0.8.70-b1\" , 1,0,", FALSE, PH_RANK_LIKELY },
    { "[ {\"e\":[\"0.8.70\",1", FALSE, PH_RANK_LIKELY },
    { "{\"e\":[\"0.8.70", FALSE, PH_RANK_NONE },
    { "{\"e\":[\"zero\",1],\"a\":[]}", TRUE, PH_RANK_NONE },
    { "{\"e\":[\"0.8.70\",1]}", TRUE, PH_RANK_NONE },
    { "{\"e\":{},\"a\":[]}", TRUE, PH_RANK_NONE },
    { "[[" PAGE "]]", TRUE, PH_RANK_NONE },
    { "[", FALSE, PH_RANK_NONE },
    { "", TRUE, PH_RANK_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (ph_reader_clarity.probe (cases[i].head, strlen (cases[i].head),
                                                cases[i].whole),
                       ==, cases[i].rank);
    }
}

/* ---- the live page ---- */

static void
show (const char *what,
      const char *text)
{
  g_autofree char *part = g_strndup (text, MIN (SHOWN, strlen (text)));
  g_autofree char *valid = g_utf8_make_valid (part, -1);

  g_test_message ("%s: %s", what, g_strdelimit (valid, "\n", ' '));
}

/* FALSE, and both texts from a little before the first difference, when they are not equal. */
static gboolean
check_page (const PhDom *dom,
            PhJsonValue moment)
{
  g_autofree char *engine = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  const char *caption = "", *live = "";
  gint64 width = 0, height = 0;
  int is_width, is_height;
  gsize at = 0;

  ph_json_member_string (moment, "caption", &caption, NULL);
  ph_json_member_string (moment, "html", &live, NULL);
  ph_json_member_int (moment, "width", &width);
  ph_json_member_int (moment, "height", &height);
  ph_dom_check (dom);
  ph_dom_get_viewport (dom, &is_width, &is_height);
  g_assert_cmpint (is_width, ==, width);
  g_assert_cmpint (is_height, ==, height);

  while (engine[at] != '\0' && engine[at] == live[at])
    at++;

  if (engine[at] == live[at])
    return TRUE;

  at = at > SHOWN / 4 ? at - SHOWN / 4 : 0;
  g_test_message ("“%s” differs", caption);
  show ("live page", live + at);
  show ("engine", engine + at);

  return FALSE;
}

/* Every moment, forwards and then backwards, is the page as it was. */
static void
test_truth (gconstpointer data)
{
  const char *name = data;
  g_autofree char *archive_name = g_strdup_printf ("clarity/%s.jsonl", name);
  g_autofree char *truth_name = g_strdup_printf ("clarity/%s.truth.json", name);
  g_autofree char *path = ph_test_fixture (archive_name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (PhCursor) cursor = NULL;
  g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (PhJsonValue));
  g_autofree char *truth = NULL;
  gsize size = 0;
  PhJsonValue root, moment;
  PhJsonIter iter;
  guint n_wrong = 0;

  g_assert_no_error (error);
  truth = load_fixture (truth_name, &size);
  g_assert_true (ph_json_parse (json, truth, size, &root, NULL));
  ph_json_iter_init (&iter, ph_json_member (root, "moments"));

  while (ph_json_next (&iter, NULL, &moment))
    g_array_append_val (moments, moment);

  g_assert_cmpuint (moments->len, >=, 12);
  cursor = ph_cursor_new (session);

  for (guint i = 0; i < 2 * moments->len; i++)
    {
      guint at = i < moments->len ? i : 2 * moments->len - 1 - i;
      gint64 time = 0;

      moment = g_array_index (moments, PhJsonValue, at);
      g_assert_true (ph_json_member_int (moment, "time_ms", &time));
      ph_cursor_seek (cursor, time * MILLISECOND - ph_session_get_start_time (session));
      n_wrong += !check_page (ph_cursor_get_dom (cursor), moment);
    }

  g_assert_cmpuint (n_wrong, ==, 0);
}

/* Nothing in a recording of our own is odd, but for times: Clarity sends scrolls late. */
static void
test_health (gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("clarity/%s.jsonl", (const char *) data);
  gsize size = 0;
  g_autofree char *text = load_fixture (name, &size);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *events = read_bytes (text, size, 0, health, NULL);

  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

/* ---- properties ---- */

static void
test_any_chunks (void)
{
  gsize size = 0;
  g_autofree char *text = load_fixture ("clarity/plain.jsonl", &size);
  g_autofree char *whole = read_bytes (text, size, 0, NULL, NULL);

  for (gsize chunk = 1; chunk <= size; chunk += chunk < 20 ? 1 : chunk)
    {
      g_autofree char *pieces = read_bytes (text, size, chunk, NULL, NULL);

      g_assert_cmpstr (pieces, ==, whole);
    }
}

/* However the payloads lie in the file, and in whatever order. */
static void
test_any_form (void)
{
  gsize size = 0;
  g_autofree char *text = load_fixture ("clarity/plain.jsonl", &size);
  g_autofree char *expected = read_bytes (text, size, 0, NULL, NULL);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  guint n = g_strv_length (lines);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree char *joined = g_strjoinv (",\n", lines);
  g_autofree char *array = g_strconcat ("[", joined, "]", NULL);
  g_autofree char *from_array = read_text (array, NULL);

  g_assert_cmpstr (from_array, ==, expected);

  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *mixed = NULL;
      g_autofree char *events = NULL;
      g_autoptr (PhHealth) health = ph_health_new ();

      for (guint i = n - 1; i > 0; i--)
        {
          guint other = (guint) g_rand_int_range (random, 0, (gint32) i + 1);
          char *line = lines[i];

          lines[i] = lines[other];
          lines[other] = line;
        }

      mixed = g_strjoinv ("\n", lines);
      events = read_text (mixed, health);
      g_assert_cmpstr (events, ==, expected);
      g_assert_cmpuint (ph_health_total (health), ==, 0);
    }
}

/* A file that is cut plays up to there: what it gives is how the whole begins. */
static void
test_cut (void)
{
  gsize size = 0;
  g_autofree char *text = load_fixture ("clarity/plain.jsonl", &size);
  g_autofree char *whole = read_bytes (text, size, 0, NULL, NULL);
  gsize before = 0;

  for (guint tenth = 2; tenth < 10; tenth++)
    {
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *events = read_bytes (text, size * tenth / 10, 0, health, NULL);

      g_test_message ("%u tenths", tenth);
      g_assert_cmpuint (ph_health_count (health, PH_HEALTH_TRUNCATED), <=, 1);
      g_assert_cmpuint (strlen (events), >=, before);
      before = strlen (events);
    }

  g_assert_cmpuint (before, >, strlen (whole) / 2);
}

/* One payload, cut inside of its page: what was said of the page until then is there. */
static void
test_salvage (void)
{
  const char *page = PAGE;
  const char *cut = strstr (page, "7,6,");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *events = read_bytes (page, (gsize) (cut - page), 0, health, NULL);

  g_assert_nonnull (strstr (events, "\"tagName\":\"p\""));
  g_assert_null (strstr (events, "textContent"));
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_TRUNCATED), ==, 1);
}

/* ---- payloads by hand ---- */

static void
test_findings (void)
{
  static const struct
  {
    const char *text;
    PhHealthKind kind;
  } cases[] = {
    { PAGE PAYLOAD (1, 1, ""), PH_HEALTH_EVENT_INVALID },
    { PAGE PAYLOAD (3, 1, ""), PH_HEALTH_DAMAGED },
    { PAGE PAYLOAD (2, 1, "[5,35,4]"), PH_HEALTH_LIMIT },
    { PAGE PAYLOAD (2, 1, "[5,99,4]"), PH_HEALTH_EVENT_UNKNOWN },
    { PAGE PAYLOAD (2, 1, "[5]"), PH_HEALTH_EVENT_INVALID },
    { PAGE "{\"x\":1}", PH_HEALTH_EVENT_INVALID },
    { PAGE PAYLOAD (2, 1, "[5,6,9,77,\"P\"]"), PH_HEALTH_UNPLACED_NODE },
    { PAGE "{\"e\":[\"0.9.1\",2,0,9,\"p\",\"u\",\"s\",1],\"a\":[]}", PH_HEALTH_NEWER_VERSION },
    { PAGE "{\"e\":[\"0.8.70\",1,0,9,\"p\",\"u\",\"other\",1],\"a\":[]}", PH_HEALTH_ODD_VALUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *events = read_text (cases[i].text, health);

      g_test_message ("case %u", i);
      g_assert_cmpuint (ph_health_count (health, cases[i].kind), ==, 1);
      g_assert_nonnull (strstr (events, "\"tagName\":\"p\""));
    }
}

/* A page that says nothing of its time begins behind the one before, or when it was received. */
static void
test_times (void)
{
  g_autofree char *events = read_text (PAGE PAYLOAD (1, 2, "[3,28,1]"), NULL);
  g_autofree char *received =
    read_text ("{" ENVELOPE (1, 1) ",\"timestamp\":5009,\"a\":[[3,28,1]]}", NULL);

  g_assert_nonnull (strstr (events, "{\"type\":2,\"timestamp\":1000002,"));
  g_assert_nonnull (strstr (events, "{\"type\":5,\"timestamp\":1001005,"));
  g_assert_nonnull (strstr (received, "{\"type\":5,\"timestamp\":5003,"));
}

/* Changes build on each other: one that has an earlier time than the last has the same. */
static void
test_changes_in_order (void)
{
  g_autofree char *events = read_text (PAGE PAYLOAD (2, 1, "[9,6,8,5,6,\"P\"]")
                                         PAYLOAD (3, 1, "[8,6,9,8,\"B\"]"),
                                       NULL);

  g_assert_nonnull (strstr (events, "\"timestamp\":1000009,\"data\":{\"source\":0,\"texts\":[],"
                                    "\"attributes\":[],\"removes\":[],\"adds\":[{\"parentId\":8,"));
}

/* ---- the shared corpus ---- */

static void
test_corpus (void)
{
  g_autofree char *path = ph_test_shared ("corpus/clarity/core-page.payloads.jsonl");
  g_autoptr (GFile) file = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhCursor) cursor = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *html = NULL;

  if (path == NULL)
    {
      g_test_skip ("the shared corpus is not here");
      return;
    }

  file = g_file_new_for_path (path);
  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  cursor = ph_cursor_new (session);
  ph_cursor_seek (cursor, 10 * PH_SECOND);
  html = ph_dom_write_html (ph_cursor_get_dom (cursor), PH_WRITE_RECORDED);
  g_assert_nonnull (strstr (html, "<body style=\"background: beige;\">"));
  g_assert_nonnull (strstr (html, "<div class=\"x\" id=\"late\">added later</div></body>"));
  g_assert_nonnull (strstr (html, "Thanks for your order #"));
  g_assert_null (strstr (html, "address-details"));
}

/* Payloads without a page: they are read, and there is nothing to show. */
static void
corpus_cb (const char *path,
           gpointer user_data)
{
  g_autofree char *text = NULL;
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autofree char *events = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  events = read_bytes (text, size, 0, NULL, &info);
  g_assert_nonnull (info);
  g_assert_nonnull (strstr (info->facts, "\"session_id\":"));
  g_assert_nonnull (strstr (events, "\"visibility\",\"payload\":{\"state\":\"visible\"}}"));
}

static void
test_corpus_payloads (void)
{
  ph_test_each_shared ("corpus/clarity", ".payload.json", corpus_cb, NULL);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-clarity/rank", test_rank);
  g_test_add_data_func ("/reader-clarity/truth/plain", "plain", test_truth);
  g_test_add_data_func ("/reader-clarity/truth/masked", "masked", test_truth);
  g_test_add_data_func ("/reader-clarity/health/plain", "plain", test_health);
  g_test_add_data_func ("/reader-clarity/health/masked", "masked", test_health);
  g_test_add_func ("/reader-clarity/any-chunks", test_any_chunks);
  g_test_add_func ("/reader-clarity/any-form", test_any_form);
  g_test_add_func ("/reader-clarity/cut", test_cut);
  g_test_add_func ("/reader-clarity/salvage", test_salvage);
  g_test_add_func ("/reader-clarity/findings", test_findings);
  g_test_add_func ("/reader-clarity/times", test_times);
  g_test_add_func ("/reader-clarity/changes-in-order", test_changes_in_order);
  g_test_add_func ("/reader-clarity/corpus", test_corpus);
  g_test_add_func ("/reader-clarity/corpus-payloads", test_corpus_payloads);

  return g_test_run ();
}
