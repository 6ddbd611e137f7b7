/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * OpenReplay's files: each form they have, what becomes of their messages, what is odd in
 * them; and sessions recorded with OpenReplay's own tracker (tests/record/record-openreplay.js),
 * whose pages must be what the live page was.
 */
#include "ph-archive.h"
#include "ph-cursor.h"
#include "ph-error.h"
#include "ph-flaky-stream.h"
#include "ph-mob-maker.h"
#include "ph-pack.h"
#include "ph-reader.h"
#include "ph-session.h"
#include "ph-test.h"

#include <math.h>
#include <string.h>

#define T0 "1700000000000"
#define T1 "1700000000100"
#define T2 "1700000000200"

#define PAGE                                                       \
  "0 " T0 "\n122 https://a.example/x \"\" 0 Title\n5 800 600\n7\n" \
  "8 1 0 0 HEAD 0\n8 2 0 1 BODY 0\n8 3 2 0 DIV 0\n12 3 class box\n9 4 3 0\n14 4 hello\n"

/* ---- reading ---- */

typedef struct
{
  GString *events;
  gboolean whole; /* texts, not kinds alone */
} Taken;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Taken *taken = user_data;

  if (taken->whole)
    g_string_append_len (taken->events, event->text, (gssize) event->size);
  else
    g_string_append (taken->events, ph_event_kind (event));

  g_string_append_printf (taken->events, "/%u\n", event->window);

  return TRUE;
}

static char *
read_chunks (GBytes *bytes,
             gsize chunk,
             gboolean whole,
             PhHealth *health,
             GError **error)
{
  static const PhSink sink = { event_cb, NULL };
  Taken taken = { g_string_new (NULL), whole };
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, chunk);
  g_autoptr (PhArchiveInfo) info =
    ph_archive_read_stream (stream, (goffset) g_bytes_get_size (bytes), &sink, &taken, health,
                            NULL, error);

  if (info != NULL)
    g_assert_cmpstr (info->format, ==, "openreplay");

  return g_string_free (taken.events, FALSE);
}

static char *
read_script (PhMobFraming framing,
             const char *script,
             PhHealth *health)
{
  g_autoptr (GBytes) bytes = ph_mob_make (framing, script);
  g_autoptr (GError) error = NULL;
  char *events = read_chunks (bytes, 0, TRUE, health, &error);

  g_assert_no_error (error);

  return events;
}

/* ---- forms ---- */

static const struct
{
  const char *name;
  PhMobFraming framing;
  const char *start;
} forms[] = {
  { "v1", PH_MOB_BARE, "header 1\n" },
  { "v2", PH_MOB_SIZED, "header 2\n81 2 1 0 1700000000000 https://a.example/\n" },
  { "v3", PH_MOB_SIZED, "header 3\n" },
  { "bare", PH_MOB_BARE, "" },
  { "indexed", PH_MOB_INDEXED, "" },
  { "indexed-gaps", PH_MOB_INDEXED, "index 14\n" },
  { "batches", PH_MOB_SIZED, "81 1 1 0 1700000000000 https://a.example/\n118 tab\n" },
};

static void
test_forms (void)
{
  static const char expected[] =
    "{\"type\":4,\"data\":{\"href\":\"https://a.example/x\",\"width\":800,\"height\":600},"
    "\"timestamp\":" T0 "}/0\n"
    "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":["
    "{\"type\":1,\"name\":\"html\",\"publicId\":\"\",\"systemId\":\"\",\"id\":2},"
    "{\"type\":2,\"tagName\":\"html\",\"attributes\":{},\"childNodes\":[],\"id\":3}],\"id\":1},"
    "\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":" T0 "}/0\n"
    "{\"type\":3,\"data\":{\"source\":0,\"removes\":[],\"adds\":["
    "{\"parentId\":3,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"head\",\"attributes\":{},"
    "\"childNodes\":[],\"id\":4}},"
    "{\"parentId\":3,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"body\",\"attributes\":{},"
    "\"childNodes\":[],\"id\":5}},"
    "{\"parentId\":5,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"div\","
    "\"attributes\":{\"class\":\"box\"},\"childNodes\":[],\"id\":6}},"
    "{\"parentId\":6,\"nextId\":null,\"node\":{\"type\":3,\"textContent\":\"hello\",\"id\":7}}],"
    "\"texts\":[],\"attributes\":[]},\"timestamp\":" T0 "}/0\n";

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *script = g_strconcat (forms[i].start, PAGE, NULL);
      g_autoptr (GBytes) bytes = ph_mob_make (forms[i].framing, script);
      GBytes *packed[] = { g_bytes_ref (bytes), ph_pack_gzip (bytes), ph_pack_zstd (bytes) };

      g_test_message ("%s", forms[i].name);

      for (guint j = 0; j < G_N_ELEMENTS (packed); j++)
        {
          g_autoptr (PhHealth) health = ph_health_new ();
          g_autoptr (GError) error = NULL;
          g_autofree char *events = read_chunks (packed[j], 0, TRUE, health, &error);

          g_assert_no_error (error);
          g_assert_cmpstr (events, ==, expected);
          g_assert_cmpuint (ph_health_total (health), ==, 0);
          g_bytes_unref (packed[j]);
        }
    }
}

static void
test_rank (void)
{
  static const char *const others[] = {
    "",
    "{\"events\":[]}",
    "PK\003\004 and so on",
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\1\2\3\4\5\6\7\1\2\3\4\5\6\7\1\2\3\4",
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *script = g_strconcat (forms[i].start, PAGE, NULL);
      g_autoptr (GBytes) bytes = ph_mob_make (forms[i].framing, script);
      gsize size;
      const char *data = g_bytes_get_data (bytes, &size);

      g_assert_cmpint (ph_reader_openreplay.probe (data, size, TRUE), ==, PH_RANK_CERTAIN);
    }

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      gsize size = i < 4 ? strlen (others[i]) : 16;

      g_assert_cmpint (ph_reader_openreplay.probe (others[i], size, TRUE), ==, PH_RANK_NONE);
    }
}

/* ---- what becomes of messages ---- */

#define MORE "0 " T1 "\n"
#define MUTATION "{\"type\":3,\"data\":{\"source\":0,"

static const struct
{
  const char *name;
  const char *script;
  const char *expected; /* what must be in the events */
} cases[] = {
  { "text", "14 4 \"a\\b\"", "\"texts\":[{\"id\":7,\"value\":\"a\\\\b\"}]" },
  { "attribute", "12 3 class new",
    "\"attributes\":[{\"id\":6,\"attributes\":{\"class\":\"new\"}}]" },
  { "no attribute", "13 3 class", "\"attributes\":[{\"id\":6,\"attributes\":{\"class\":null}}]" },
  { "at a place", "8 9 2 0 P 0",
    "{\"parentId\":5,\"nextId\":6,\"node\":{\"type\":2,\"tagName\":\"p\"" },
  { "too far", "8 9 2 99 P 0", "{\"parentId\":5,\"nextId\":null,\"node\":" },
  { "moved", "8 9 2 1 P 0\n10 3 9 0",
    "{\"parentId\":12,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"div\",\"attributes\":"
    "{\"class\":\"box\"},\"childNodes\":[],\"id\":6}}" },
  { "removed", "11 3", "\"removes\":[{\"parentId\":1,\"id\":6}]" },
  { "removed before it counts", "8 8 2 1 P 0\n0 " T2 "\n11 3\n8 9 2 1 B 0",
    "{\"parentId\":5,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"b\"" },
  { "svg", "8 9 2 1 svg 1\n8 10 9 0 linearGradient 1\n12 10 fill url(https://a.example/x#s)",
    "\"tagName\":\"lineargradient\",\"attributes\":{\"fill\":\"url(#s)\"},\"childNodes\":[],"
    "\"isSVG\":true" },
  { "shadow", "8 9 2 1 X-ONE 0\n70 9 10\n8 11 10 0 EM 0",
    "{\"parentId\":12,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"em\",\"attributes\":{},"
    "\"childNodes\":[],\"isShadow\":true,\"id\":14}}" },
  { "frame", "8 9 2 1 IFRAME 0\n70 9 10\n8 11 10 0 HTML 0",
    "{\"parentId\":12,\"nextId\":null,\"node\":{\"type\":0,\"childNodes\":[],\"id\":13}},"
    "{\"parentId\":13,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"html\"" },
  { "numbers for words", "50 1 title\n50 2 \"a b\"\n51 3 1 2", "{\"title\":\"a b\"}" },
  { "words for words", "43 k title\n43 v thing\n52 3 k v", "{\"title\":\"thing\"}" },
  { "numbers of all", "34 1 title\n34 2 other\n35 3 1 2", "{\"title\":\"other\"}" },
  { "words that come late", "52 3 k v\n43 k title\n43 v late", "{\"title\":\"late\"}" },
  { "address", "60 3 src img/a.png https://a.example/dir/page",
    "{\"src\":\"https://a.example/dir/img/a.png\"}" },
  { "style with address", "60 3 style \"background:url(a.png)\" https://a.example/dir/",
    "{\"style\":\"background:url(\\\"https://a.example/dir/a.png\\\")\"}" },
  { "sheet text", "8 9 1 0 STYLE 0\n9 10 9 0\n61 10 \"@import 'b.css';\" https://a.example/c/",
    "\"textContent\":\"@import \\\"https://a.example/c/b.css\\\";\"" },
  { "animation", "36 3 {\"opacity\":\"0.5\",\"backgroundColor\":\"red\"}",
    "{\"style\":\"opacity: 0.5; background-color: red;\"}" },
  { "slot", "8 9 2 1 SLOT 0\n12 9 name top\n65 3 9", "{\"slot\":\"top\"}" },
  { "scroll", "6 10 -20", "{\"source\":3,\"id\":1,\"x\":10,\"y\":-20}" },
  { "scroll of a node", "16 3 1 2", "{\"source\":3,\"id\":6,\"x\":1,\"y\":2}" },
  { "held", "18 3 abc 0", "{\"id\":6,\"attributes\":{\"value\":\"abc\"}}" },
  { "held when it came", "8 9 2 1 INPUT 0\n19 9 1",
    "\"tagName\":\"input\",\"attributes\":{\"checked\":\"\"}" },
  { "typed", "18 3 a 0\n18 3 abc 0", "{\"source\":5,\"id\":6,\"text\":\"abc\"}" },
  { "not told", "18 3 a 0\n18 3 \"\" 4", "{\"source\":5,\"id\":6,\"text\":\"****\"}" },
  { "checked", "19 3 1\n19 3 0", "{\"source\":5,\"id\":6,\"isChecked\":false}" },
  { "typed later", "0 1700000009000\n18 3 abc 0",
    "{\"source\":5,\"id\":6,\"text\":\"abc\"}" },
  { "pointer", "20 7 8", "\"positions\":[{\"x\":7,\"y\":8,\"id\":-1,\"timeOffset\":0}]" },
  { "click", "20 7 8\n69 3 5 label #sel",
    "{\"source\":2,\"type\":2,\"id\":6,\"x\":7,\"y\":8,\"hesitationTime\":5,"
    "\"label\":\"label\",\"selector\":\"#sel\"}" },
  { "touch", "68 3 5 label #sel 5000 2500", "\"id\":6,\"x\":400,\"y\":150," },
  { "focus", "58 3", "{\"source\":2,\"type\":5,\"id\":6}" },
  { "blur", "58 3\n58 -1", "{\"source\":2,\"type\":6,\"id\":6}" },
  { "selected", "113 3 3 hello",
    "\"ranges\":[{\"start\":6,\"startOffset\":0,\"end\":6,\"endOffset\":1}]" },
  { "viewport", "5 300 200", "{\"source\":4,\"width\":300,\"height\":200}" },
  { "address of the page", "4 https://a.example/y \"\" 0",
    "{\"type\":4,\"data\":{\"href\":\"https://a.example/y\",\"width\":800,\"height\":600}" },
  { "font", "57 0 Fam url(x.woff) {\"weight\":\"700\"}",
    "{\"source\":10,\"family\":\"Fam\",\"fontSource\":\"url(x.woff)\",\"buffer\":false,"
    "\"descriptors\":{\"weight\":\"700\"}}" },
  { "console", "22 warn \"two words\"",
    "{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"warn\",\"trace\":[],"
    "\"payload\":[\"\\\"two words\\\"\"]}}" },
  { "error", "78 TypeError broken "
             "[{\"functionName\":\"f\",\"fileName\":\"a.js\",\"lineNumber\":3,"
             "\"columnNumber\":9}] {}",
    "{\"level\":\"error\",\"trace\":[\"f (a.js:3:9)\"],"
    "\"payload\":[\"\\\"TypeError: broken\\\"\"]}" },
  { "request",
    "83 xhr POST https://a.example/api {\"headers\":{\"a\":\"b\"},\"body\":\"q\"} plain 404 "
    "1700000000050 30 77",
    "\"requests\":[{\"name\":\"https://a.example/api\",\"method\":\"POST\","
    "\"initiatorType\":\"xmlhttprequest\",\"status\":404,\"timestamp\":1700000000050,"
    "\"duration\":30,\"transferSize\":77,\"requestHeaders\":{\"a\":\"b\"},\"requestBody\":\"q\","
    "\"responseBody\":\"plain\"}]" },
  { "old fetch", "39 GET https://a.example/api \"\" \"\" 200 1700000000050 30",
    "\"method\":\"GET\",\"initiatorType\":\"fetch\",\"status\":200,\"timestamp\":1700000000050,"
    "\"duration\":30}]" },
  { "resource", "116 1700000000050 30 5 6 7 8 https://a.example/i.png img 99 1",
    "\"initiatorType\":\"img\",\"timestamp\":1700000000050,\"duration\":30,\"ttfb\":5,"
    "\"headerSize\":6,\"encodedBodySize\":7,\"decodedBodySize\":8,\"transferSize\":99,"
    "\"cached\":true}]" },
  { "custom", "27 bought {\"n\":1}", "{\"tag\":\"bought\",\"payload\":{\"n\":1}}" },
  { "custom text", "64 slow {no", "{\"tag\":\"slow\",\"payload\":\"{no\"}" },
  { "state", "45 add [1]", "{\"tag\":\"Vuex\",\"payload\":{\"mutation\":\"add\",\"state\":[1]}}" },
  { "query", "123 query Q {} {} 12",
    "{\"tag\":\"GraphQL\",\"payload\":{\"operationKind\":\"query\",\"operationName\":\"Q\","
    "\"variables\":{},\"response\":{},\"duration\":12}}" },
  { "measure", "124 LCP 12.5",
    "{\"plugin\":\"openreplay/WebVitals@1\",\"payload\":{\"name\":\"LCP\",\"value\":\"12.5\"}}" },
  { "issue", "125 5 1700000000050 dead_click ctx \"\" \"\" https://a.example/",
    "{\"tag\":\"dead_click\",\"payload\":{\"timestamp\":1700000000050,\"contextString\":\"ctx\"" },
  { "tab", "117 other", "{\"tag\":\"TabChange\",\"payload\":{\"tabId\":\"other\"}}" },
  { "rules that wait", "8 9 1 0 STYLE 0\n74 5 \"a { }\" 0\n75 5 1\n76 5 9",
    "{\"source\":8,\"id\":12,\"adds\":[{\"rule\":\"a { }\",\"index\":0}]}" },
  { "adopted", "76 5 0\n74 5 \"a { }\" 0",
    "{\"source\":15,\"id\":1,\"styles\":[{\"styleId\":6,\"rules\":[]}],\"styleIds\":[6]}" },
  { "rules adopted", "74 5 \"a { }\" 0\n76 5 0",
    "{\"source\":8,\"styleId\":6,\"adds\":[{\"rule\":\"a { }\",\"index\":0}]}" },
  { "given up", "76 5 0\n77 5 0", "{\"source\":15,\"id\":1,\"styleIds\":[]}" },
  { "replaced", "76 5 0\n71 5 \"a{b:url(c)}\" https://a.example/d/",
    "{\"source\":8,\"styleId\":6,\"replaceSync\":\"a{b:url(\\\"https://a.example/d/c\\\")}\"}" },
  { "old rules", "37 3 \"a { }\" 2\n38 3 1",
    "{\"source\":8,\"id\":6,\"removes\":[{\"index\":1}]}" },
};

static void
test_messages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *script = g_strconcat (PAGE MORE, cases[i].script, "\n", NULL);
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *bare = read_script (PH_MOB_BARE, script, health);
      g_autofree char *sized = read_script (PH_MOB_SIZED, script, NULL);

      g_test_message ("%s: %s", cases[i].name, bare);
      g_assert_nonnull (strstr (bare, cases[i].expected));
      g_assert_cmpstr (bare, ==, sized);
      g_assert_cmpuint (ph_health_total (health), ==, 0);
    }
}

/* What is left out, without a word. */
static void
test_left_out (void)
{
  static const char *const scripts[] = {
    "12 3 autocomplete off",
    "12 3 rr_dataURL x",
    "12 3 _cssText x",
    "12 3 a\"b x",
    "12 3 \"\" x",
    "8 9 1 0 LINK 0\n12 9 href blob:x",
    "17 3 label",
    "66 https://a.example/",
    "115 4",
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *script = g_strconcat (PAGE MORE, scripts[i], "\n", NULL);
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *events = NULL;

      /* A quote in a word cannot be written in a script. */
      if (strstr (scripts[i], "a\"b") != NULL)
        continue;

      events = read_script (PH_MOB_BARE, script, health);
      g_test_message ("%s", scripts[i]);
      g_assert_null (strstr (events, "\"attributes\":[{"));
      g_assert_null (strstr (events, "blob:"));
      g_assert_cmpuint (ph_health_total (health), ==, 0);
    }
}

/* ---- what is odd ---- */

static void
test_odd (void)
{
  static const struct
  {
    PhMobFraming framing;
    const char *script;
    PhHealthKind kind;
    guint n;
  } odd[] = {
    { PH_MOB_BARE, "12 77 a b", PH_HEALTH_UNKNOWN_NODE, 1 },
    { PH_MOB_BARE, "8 9 77 0 P 0", PH_HEALTH_UNPLACED_NODE, 1 },
    { PH_MOB_BARE, "10 2 3 0", PH_HEALTH_UNPLACED_NODE, 1 },
    { PH_MOB_BARE, "8 3 2 0 P 0", PH_HEALTH_DUPLICATE_NODE, 1 },
    { PH_MOB_BARE, "8 0 2 0 P 0\n8 4294967296 2 0 P 0", PH_HEALTH_ODD_VALUE, 2 },
    { PH_MOB_BARE, "52 3 k v", PH_HEALTH_ODD_VALUE, 1 },
    { PH_MOB_BARE, "119 n 5\n119 m 5", PH_HEALTH_EVENT_NOT_SHOWN, 1 },
    { PH_MOB_BARE, "raw 56", PH_HEALTH_EVENT_UNKNOWN, 1 },
    { PH_MOB_BARE, "raw ff7f", PH_HEALTH_DAMAGED, 1 },
    { PH_MOB_BARE, "raw 0e04ffffffffff7f00", PH_HEALTH_DAMAGED, 1 },
    { PH_MOB_INDEXED, "raw 0000000000000080", PH_HEALTH_DAMAGED, 1 },
    { PH_MOB_SIZED, "raw 56030000aabbcc\nraw 8701000000", PH_HEALTH_EVENT_UNKNOWN, 2 },
    { PH_MOB_SIZED, "raw 0c01000003", PH_HEALTH_EVENT_INVALID, 1 },
    { PH_MOB_BARE, "raw 0c03", PH_HEALTH_TRUNCATED, 1 },
    { PH_MOB_BARE, "0 0", PH_HEALTH_ODD_VALUE, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *script = g_strconcat (PAGE MORE, odd[i].script, "\n", NULL);
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *events = read_script (odd[i].framing, script, health);

      g_test_message ("%s", odd[i].script);
      g_assert_nonnull (strstr (events, "hello"));
      g_assert_cmpuint (ph_health_count (health, odd[i].kind), ==, odd[i].n);
      g_assert_cmpuint (ph_health_total (health), ==, odd[i].n);
    }
}

/* What follows an unknown message plays when its size is known. */
static void
test_after_unknown (void)
{
  g_autofree char *sized =
    read_script (PH_MOB_SIZED, PAGE MORE "raw 56000000\n22 log later\n", NULL);
  g_autofree char *bare = read_script (PH_MOB_BARE, PAGE MORE "raw 56\n22 log later\n", NULL);

  g_assert_nonnull (strstr (sized, "later"));
  g_assert_null (strstr (bare, "later"));
}

static void
test_refused (void)
{
  static const struct
  {
    PhMobFraming framing;
    const char *script;
    const char *message;
  } refused[] = {
    { PH_MOB_BARE, "header 1\n0 " T0 "\n96 1700000000000 4 0 0 10 20\n", "mobile app" },
    { PH_MOB_INDEXED, "0 " T0 "\n100 1700000000000 4 label 5 6\n0 " T1 "\n", "mobile app" },
    { PH_MOB_SIZED, "header 2\n0 " T0 "\n93 1700000000000 4 a b\n", "mobile app" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GBytes) bytes = ph_mob_make (refused[i].framing, refused[i].script);
      g_autoptr (GError) error = NULL;
      g_autofree char *events = read_chunks (bytes, 0, FALSE, NULL, &error);

      g_assert_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED);
      g_assert_nonnull (strstr (error->message, refused[i].message));
    }
}

static void
test_encrypted (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *events = NULL;
  guint8 *data = g_malloc (8192);

  for (guint i = 0; i < 8192; i++)
    data[i] = (guint8) g_rand_int (random);

  bytes = g_bytes_new_take (data, 8192);
  events = read_chunks (bytes, 0, FALSE, NULL, &error);
  g_assert_error (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT);
  g_assert_nonnull (strstr (error->message, "fileKey"));
}

/* ---- order ---- */

static void
test_order (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  /* Batches of their own bring what has addresses, and another tab, late. */
  g_autofree char *events =
    read_script (PH_MOB_SIZED,
                 "header 2\n0 " T0 "\n118 one\n122 https://a.example/ \"\" 0 t\n5 800 600\n7\n"
                 "8 1 0 0 BODY 0\n8 2 1 0 STYLE 0\n9 3 2 0\n0 " T1 "\n11 2\n"
                 "0 " T2 "\n8 5 1 0 P 0\n"
                 "0 " T1 "\n118 two\n22 log second\n"
                 "0 " T0 "\n118 one\n61 3 \"p { }\" https://a.example/\n",
                 health);
  const char *text = strstr (events, "\"textContent\":\"p { }\"");
  const char *removal = strstr (events, "\"removes\":[{\"parentId\":1,\"id\":5}]");
  const char *second = strstr (events, "second");
  const char *last = strstr (events, "\"tagName\":\"p\"");

  g_assert_cmpuint (ph_health_total (health), ==, 0);
  g_assert_nonnull (text);
  g_assert_true (text < removal && removal < last && second < last);
  g_assert_nonnull (strstr (second, "/1\n"));
}

/* What goes at a time may give away what was in it, whichever is said first. */
static void
test_out_of_removed (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *events =
    read_script (PH_MOB_BARE, PAGE MORE "8 9 3 1 B 0\n0 " T2 "\n11 3\n10 9 2 0\n12 9 id kept\n",
                 health);
  const char *moved = strstr (events, "{\"parentId\":5,\"nextId\":null,\"node\":{\"type\":2,"
                                      "\"tagName\":\"b\",\"attributes\":{\"id\":\"kept\"},");
  const char *removed = strstr (events, "\"removes\":[{\"parentId\":1,\"id\":6}]");

  g_assert_cmpuint (ph_health_total (health), ==, 0);
  g_assert_nonnull (moved);
  g_assert_nonnull (removed);
  g_assert_true (moved < removed);
}

/* ---- parts ---- */

static GBytes *
cut (GBytes *bytes,
     gsize from,
     gsize to)
{
  return g_bytes_new_from_bytes (bytes, from, to - from);
}

/* Where one part ends and the next begins is of no importance, nor is a header in between. */
static void
test_parts (void)
{
  g_autoptr (GBytes) whole = ph_mob_make (PH_MOB_BARE, "header 1\n" PAGE MORE "22 log later\n");
  g_autoptr (GBytes) first = ph_mob_make (PH_MOB_BARE, "header 1\n" PAGE);
  g_autoptr (GBytes) second = ph_mob_make (PH_MOB_SIZED, "header 2\n" MORE "22 log later\n");
  g_autoptr (GBytes) joined = ph_pack_join (first, second);
  g_autofree char *expected = read_chunks (whole, 0, TRUE, NULL, NULL);
  g_autofree char *events = read_chunks (joined, 0, TRUE, NULL, NULL);

  g_assert_cmpstr (events, ==, expected);
}

static void
save_part (const char *folder,
           const char *name,
           GBytes *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

/* A folder as a person saves it from OpenReplay's storage: each file packed for itself. */
static void
test_folder (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GBytes) whole =
    ph_mob_make (PH_MOB_BARE,
                 "header 1\n" PAGE MORE "12 3 class first\n0 " T2 "\n12 3 class last\n");
  g_autoptr (GBytes) tools = ph_mob_make (PH_MOB_BARE, "header 1\n0 " T1 "\n22 error broken\n");
  gsize size = g_bytes_get_size (whole);
  g_autoptr (GBytes) start = cut (whole, 0, size - 30);
  g_autoptr (GBytes) end = cut (whole, size - 30, size);
  g_autoptr (GBytes) packed_start = ph_pack_zstd (start);
  g_autoptr (GBytes) packed_end = ph_pack_gzip (end);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhCursor) cursor = NULL;
  const PhDom *dom;

  save_part (folder, "dom.mobs", packed_start);
  save_part (folder, "dom.mobe", packed_end);
  save_part (folder, "devtools.mob", tools);
  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  cursor = ph_cursor_new (session);
  ph_cursor_seek (cursor, G_MAXINT64);
  dom = ph_cursor_get_dom (cursor);
  g_assert_cmpstr (ph_dom_attribute (dom, ph_dom_find (dom, 6), "class"), ==, "last");
  g_assert_cmpuint (ph_health_count (ph_session_get_health (session), PH_HEALTH_TRUNCATED), ==, 0);
  g_assert_cmpuint (ph_health_count (ph_session_get_health (session), PH_HEALTH_DAMAGED), ==, 0);
  g_clear_pointer (&cursor, ph_cursor_free);
  g_clear_object (&session);
  ph_test_remove_tree (folder);
}

/* The second part alone: what is no page is given, the rest is counted and explained. */
static void
test_later_part (void)
{
  g_autoptr (GString) script = g_string_new (PAGE MORE);
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) later = NULL;
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *events = NULL;
  const PhFinding *found;
  guint n;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (script, "0 17000000002%02u\n12 3 class c%u\n22 log line%u\n", i, i, i);

  whole = ph_mob_make (PH_MOB_INDEXED, script->str);
  later = cut (whole, 300, g_bytes_get_size (whole));
  events = read_chunks (later, 0, TRUE, health, NULL);
  g_assert_nonnull (strstr (events, "line39"));
  g_assert_null (strstr (events, MUTATION));
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_DAMAGED), ==, 1);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_EARLY_EVENT), >, 30);
  found = ph_health_examples (health, PH_HEALTH_NO_FULL_SNAPSHOT, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (strstr (found[0].text, ".mobs"));
}

/* ---- properties ---- */

static GBytes *
load (const char *name)
{
  g_autofree char *fixture = g_strconcat ("openreplay/", name, NULL);
  g_autofree char *path = ph_test_fixture (fixture);
  char *data;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));

  return g_bytes_new_take (data, size);
}

static GBytes *
unpack (const char *name)
{
  g_autoptr (GBytes) bytes = load (name);
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) stream =
    g_converter_input_stream_new (packed, G_CONVERTER (zlib));
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_assert_cmpint (g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL,
                                           NULL),
                   >, 0);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static const char *const recordings[] = { "recorded-1.batches.gz", "recorded-2.mobs.gz",
                                          "recorded-2.devtools.gz" };

static void
test_chunks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (recordings); i++)
    {
      g_autoptr (GBytes) bytes = unpack (recordings[i]);
      g_autofree char *whole = read_chunks (bytes, 0, TRUE, NULL, NULL);

      for (gsize chunk = 1; chunk < 40; chunk += chunk < 10 ? 1 : 7)
        {
          g_autofree char *pieces = read_chunks (bytes, chunk, TRUE, NULL, NULL);

          g_assert_cmpstr (whole, ==, pieces);
        }
    }
}

static void
test_cut (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) bytes = unpack (recordings[i]);
      gsize size = g_bytes_get_size (bytes);
      gsize last = 0;

      for (guint tenth = 1; tenth <= 10; tenth++)
        {
          g_autoptr (GBytes) part = cut (bytes, 0, size * tenth / 10);
          g_autoptr (PhHealth) health = ph_health_new ();
          g_autofree char *events = read_chunks (part, 0, TRUE, health, NULL);

          g_assert_cmpuint (strlen (events), >, last);
          g_assert_cmpuint (ph_health_total (health), <=, 1);
          g_assert_cmpuint (ph_health_total (health), ==,
                            ph_health_count (health, PH_HEALTH_TRUNCATED));
          last = strlen (events);
        }
    }
}

/* ---- recorded with OpenReplay's tracker ---- */

static void
put_line (GString *out,
          guint depth,
          const char *what,
          const char *name,
          const char *text)
{
  for (guint i = 0; i < depth; i++)
    g_string_append_c (out, ' ');

  g_string_append (out, what);

  if (name != NULL)
    g_string_append_printf (out, " %s", name);

  if (text != NULL)
    g_string_append_c (out, ' ');

  for (; text != NULL && *text != '\0'; text++)
    if (*text == '\\')
      g_string_append (out, "\\\\");
    else if (*text == '\n')
      g_string_append (out, "\\n");
    else
      g_string_append_c (out, *text);

  g_string_append_c (out, '\n');
}

static gboolean
is_told (const char *name)
{
  static const char *const others[] = { "src", "srcset", "href", "value",
                                        "autocomplete", "srcdoc", "integrity", "crossorigin" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (name, others[i]) == 0)
      return FALSE;

  return !g_str_has_prefix (name, "on") && !g_str_has_prefix (name, "__openreplay");
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
put_attributes (GString *out,
                guint depth,
                const PhDom *dom,
                PhSlot slot)
{
  const PhAttributes *held = ph_dom_node (dom, slot)->attributes;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GRegex) address = g_regex_new ("url\\(\"?(?:[^)\"]*/)?([^)\"/]*)\"?\\)", 0, 0, NULL);

  for (guint i = 0; held != NULL && i < held->n; i++)
    g_ptr_array_add (names, (gpointer) ph_names_text (ph_dom_get_names (dom), held->items[i].name));

  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    if (is_told (names->pdata[i]))
      {
        g_autofree char *value = g_regex_replace (address,
                                                  ph_dom_attribute (dom, slot, names->pdata[i]),
                                                  -1, 0, "url(\\1)", 0, NULL);

        put_line (out, depth, "a", names->pdata[i], value);
      }
}

static void
put_state (GString *out,
           guint depth,
           const PhDom *dom,
           PhSlot slot)
{
  const PhNodeState *state = ph_dom_node (dom, slot)->state;
  const char *tag = ph_dom_node_name (dom, slot);
  const char *type = ph_dom_attribute (dom, slot, "type");
  gboolean is_input = strcmp (tag, "input") == 0;

  if (strcmp (tag, "textarea") == 0 || strcmp (tag, "select") == 0 ||
      (is_input && g_strcmp0 (type, "text") == 0))
    {
      const char *value = ph_dom_held_value (dom, slot);

      if (value == NULL)
        value = ph_dom_attribute (dom, slot, "value");

      put_line (out, depth, "v", NULL, value != NULL ? value : "");
    }

  if (is_input && (g_strcmp0 (type, "checkbox") == 0 || g_strcmp0 (type, "radio") == 0))
    put_line (out, depth, "k", NULL, ph_dom_is_checked (dom, slot) ? "1" : "0");

  if (state != NULL && state->scrolled && state->scroll_y > 0)
    {
      g_autofree char *text = g_strdup_printf ("%.0f %.0f", state->scroll_x, state->scroll_y);

      put_line (out, depth, "s", NULL, text);
    }
}

/* By the rules of takeTruth () in record-openreplay.js. */
static void
put_node (GString *out,
          guint depth,
          const PhDom *dom,
          PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);
  gboolean is_page = node->type == PH_NODE_DOCUMENT || node->type == PH_NODE_SHADOW_ROOT;

  if (node->type == PH_NODE_TEXT)
    put_line (out, depth, "t", NULL, node->text);

  if (node->type == PH_NODE_ELEMENT)
    {
      put_line (out, depth, "e", ph_dom_node_name (dom, slot), NULL);
      put_attributes (out, depth + 1, dom, slot);
      put_state (out, depth + 1, dom, slot);

      if (node->inner != 0)
        {
          put_line (out, depth + 1,
                    ph_dom_node (dom, node->inner)->type == PH_NODE_DOCUMENT ? "frame" : "shadow",
                    NULL, NULL);
          put_node (out, depth + 2, dom, node->inner);
        }
    }

  if (node->type != PH_NODE_ELEMENT && !is_page)
    return;

  for (PhSlot child = node->first_child; child != 0; child = ph_dom_node (dom, child)->next)
    if (strcmp (ph_dom_node_name (dom, slot), "textarea") != 0)
      put_node (out, is_page ? depth : depth + 1, dom, child);
}

static void
compare_moment (PhSession *session,
                PhCursor *cursor,
                const char *moment)
{
  gint64 start = ph_session_get_start_time (session);
  gint64 time = g_ascii_strtoll (moment, NULL, 10) * 1000;
  const char *expected = strchr (moment, '\n') + 1;
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) is = NULL;
  g_auto (GStrv) must = g_strsplit (expected, "\n", -1);
  const PhDom *dom;
  const PhNodeState *state;

  ph_cursor_seek (cursor, time - start);
  dom = ph_cursor_get_dom (cursor);
  ph_dom_check (dom);
  put_node (out, 0, dom, ph_dom_get_root (dom));
  state = ph_dom_node (dom, ph_dom_get_root (dom))->state;
  g_string_append_printf (out, "scroll %.0f %.0f\n", state != NULL ? state->scroll_x : 0,
                          state != NULL ? state->scroll_y : 0);
  is = g_strsplit (out->str, "\n", -1);

  for (guint i = 0; is[i] != NULL && must[i] != NULL; i++)
    {
      if (strcmp (is[i], must[i]) != 0)
        g_test_message ("%.40s, line %u", moment, i);

      g_assert_cmpstr (is[i], ==, must[i]);
    }

  g_assert_cmpuint (g_strv_length (is), ==, g_strv_length (must));
}

static void
test_truth (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  g_autofree char *name = g_strdup_printf ("recorded-%u.truth.gz", number);
  g_autofree char *fixture = g_strconcat ("openreplay/", recordings[number - 1], NULL);
  g_autofree char *path = ph_test_fixture (fixture);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_autoptr (PhCursor) cursor = NULL;
  g_autoptr (GBytes) truth = unpack (name);
  g_autofree char *text = NULL;
  g_auto (GStrv) moments = NULL;
  guint n = 0;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (truth, NULL), g_bytes_get_size (truth));
  moments = g_strsplit (text, "moment ", -1);
  cursor = ph_cursor_new (session);

  for (guint i = 1; moments[i] != NULL; i++, n++)
    compare_moment (session, cursor, moments[i]);

  for (; n > 0; n--)
    compare_moment (session, cursor, moments[n]);

  g_assert_cmpuint (ph_health_total (ph_session_get_health (session)), ==, 0);
}

/* ---- the corpus ---- */

static void
test_corpus (void)
{
  g_autofree char *first = ph_test_shared ("corpus/openreplay/dom1.mobs");
  g_autofree char *second = ph_test_shared ("corpus/openreplay/dom2.mobe");
  g_autofree char *data = NULL;
  g_autofree char *more = NULL;
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;
  g_autoptr (GBytes) both = NULL;
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhHealth) later = ph_health_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *events = NULL;
  g_autofree char *second_events = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (PhSession) session = NULL;
  gsize size;

  if (first == NULL || second == NULL)
    {
      g_test_skip ("the shared corpus is not there");
      return;
    }

  g_assert_true (g_file_get_contents (first, &data, &size, NULL));
  one = g_bytes_new (data, size);
  g_assert_true (g_file_get_contents (second, &more, &size, NULL));
  two = g_bytes_new (more, size);
  both = ph_pack_join (one, two);
  events = read_chunks (both, 0, FALSE, health, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_health_total (health), ==, 0);
  second_events = read_chunks (two, 0, FALSE, later, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_health_count (later, PH_HEALTH_DAMAGED), ==, 1);
  g_assert_cmpuint (ph_health_count (later, PH_HEALTH_EARLY_EVENT), >, 30000);
  g_assert_nonnull (strstr (second_events, "mouse-move"));
  file = g_file_new_for_path (second);
  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, ".mobs"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-openreplay/forms", test_forms);
  g_test_add_func ("/reader-openreplay/rank", test_rank);
  g_test_add_func ("/reader-openreplay/messages", test_messages);
  g_test_add_func ("/reader-openreplay/left-out", test_left_out);
  g_test_add_func ("/reader-openreplay/odd", test_odd);
  g_test_add_func ("/reader-openreplay/after-unknown", test_after_unknown);
  g_test_add_func ("/reader-openreplay/refused", test_refused);
  g_test_add_func ("/reader-openreplay/encrypted", test_encrypted);
  g_test_add_func ("/reader-openreplay/order", test_order);
  g_test_add_func ("/reader-openreplay/out-of-removed", test_out_of_removed);
  g_test_add_func ("/reader-openreplay/parts", test_parts);
  g_test_add_func ("/reader-openreplay/folder", test_folder);
  g_test_add_func ("/reader-openreplay/later-part", test_later_part);
  g_test_add_func ("/reader-openreplay/chunks", test_chunks);
  g_test_add_func ("/reader-openreplay/cut", test_cut);
  g_test_add_data_func ("/reader-openreplay/truth-1", GUINT_TO_POINTER (1), test_truth);
  g_test_add_data_func ("/reader-openreplay/truth-2", GUINT_TO_POINTER (2), test_truth);
  g_test_add_func ("/reader-openreplay/corpus", test_corpus);

  return g_test_run ();
}
