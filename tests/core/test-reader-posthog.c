/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-golden.h"
#include "ph-pack.h"
#include "ph-reader.h"
#include "ph-taken.h"
#include "ph-test.h"

#include <string.h>

#define META "{\"type\":4,\"data\":{\"href\":\"h\",\"width\":8,\"height\":6},\"timestamp\":1000}"
#define FULL "{\"type\":2,\"data\":{\"node\":{\"t\":\"}{][\\\"\"}},\"timestamp\":1001}"
#define MOVE "{\"timestamp\":900,\"type\":3,\"data\":{\"source\":1}}"
#define START "{\"type\":2,\"data\":{\"node\":{\"x\":["
#define LIST "[" META "," FULL "," MOVE "]"
#define KINDS(w) w "/meta@1000 " w "/full-snapshot@1001 " w "/mouse-move@900 "

static void
test_rank (void)
{
  static const struct
  {
    const char *head;
    const char *name; /* of the reader that takes it, or NULL */
    PhRank rank;
  } cases[] = {
    { "{\"version\":\"2023-04-28\",\"data\":{\"id\":\"s\",\"person\":undefined,"
      "\"snapshots\":[" META,
      "posthog-export", PH_RANK_OWN },
    { "{\"version\":\"2022-12-02\",\"data\":{\"person\":null,\"snapshotsByWindowId\":{\"w\":[" META,
      "posthog-export", PH_RANK_OWN },
    { "{\"version\":\"2031-01-01\",\"data\":{\"snapshots\":[" META, "posthog-export", PH_RANK_OWN },
    { "{\"version\":\"2023-04-28\",\"data\":{\"snapshots\":[" START, "posthog-export",
      PH_RANK_LIKELY },
    { "{\"version\":\"2023-04-28\",\"data\":{\"rows\":[]}}", NULL, PH_RANK_NONE },
    { "{\"version\":1,\"events\":[" META "]}", "rrweb-object", PH_RANK_CERTAIN },
    { "{\"result\":[" META, "posthog-api", PH_RANK_OWN },
    { "{\"result\":{\"snapshots\":[" META, "posthog-api", PH_RANK_OWN },
    { "{\"result\":{\"snapshots\":{\"w\":[" META, "posthog-api", PH_RANK_OWN },
    { "{\"next\":null,\"snapshot_data_by_window_id\":{\"w\":[" META, "posthog-api", PH_RANK_OWN },
    { "{\"snapshots\":[" META, "posthog-api", PH_RANK_OWN },
    { "{\"snapshots\":[" START, "posthog-api", PH_RANK_LIKELY },
    { "{\"result\":[{\"id\":1}]}", NULL, PH_RANK_NONE },
    { "[{\"type\":2,\"data\":\"x\",\"timestamp\":1,\"cv\":\"2024-10\"}", "posthog-api",
      PH_RANK_OWN },
    { "[{\"event\":\"$snapshot\",\"properties\":{\"$snapshot_data\":[" META "]}}]", "posthog-api",
      PH_RANK_OWN },
    { "[" META, "rrweb-array", PH_RANK_CERTAIN },
    { "[\"w\"," META "]\n", "posthog-blob", PH_RANK_OWN },
    { "[\"w\",{\"type\":2,\"data\":\"x\",\"timestamp\":1,\"cv\":\"2024-10\"}]\n", "posthog-blob",
      PH_RANK_OWN },
    { "[[\"w\"," META "],", "posthog-api", PH_RANK_OWN },
    { "\xef\xbb\xbf[\"w\"," START, "posthog-blob", PH_RANK_LIKELY },
    { "{\"window_id\":\"w\",\"data\":[" META "]}", "posthog-blob", PH_RANK_OWN },
    { "{\"window_id\":\"w\",\"data\":[" START, "posthog-blob", PH_RANK_LIKELY },
    { META "\n{\"type\":2,\"cv\":\"2024-10\",\"data\":\"x", "posthog-blob", PH_RANK_OWN },
    { META "\n" MOVE "\n", "rrweb-ndjson", PH_RANK_CERTAIN },
    { "\054\360", NULL, PH_RANK_NONE },
    { "", NULL, PH_RANK_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].head);
      g_autofree char *head = g_memdup2 (size > 0 ? cases[i].head : "?", MAX (size, 1));
      PhRank rank = PH_RANK_NONE;
      const PhReader *reader = ph_reader_find (head, size, FALSE, &rank);

      g_test_message ("case %u", i);
      g_assert_cmpstr (reader != NULL ? reader->name : NULL, ==, cases[i].name);
      g_assert_cmpint (rank, ==, cases[i].rank);
    }
}

/* The same three events in everything that holds such. */
static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    const char *format;
    const char *kinds;
    const char *facts;
    guint n_newer;
  } cases[] = {
    { "{\"version\":\"2023-04-28\",\"data\":{\"id\":\"s\",\"person\":undefined,"
      "\"snapshots\":" LIST "}}",
      "posthog-export", KINDS ("0"), "{\"properties\":{\"session_id\":\"s\"}}", 0 },
    { "{\"version\":\"2023-04-28\",\"data\":{\"person\":{\"name\":\"A\"},"
      "\"snapshots\":[" META "," FULL
      "," MOVE ",]}}\n",
      "posthog-export", KINDS ("0"), "{\"user\":{\"name\":\"A\"}}", 0 },
    { "{\"version\":\"2031-01-01\",\"data\":{\"snapshots\":" LIST ",\"new\":[{\"type\":4}]}}",
      "posthog-export", KINDS ("0"), NULL, 1 },
    { "{\"version\":\"2022-12-02\",\"data\":{\"person\":null,\"snapshotsByWindowId\":{\"v\":[" META
      "],\"w\":[" FULL "," MOVE "]}}}",
      "posthog-export",
      "0/meta@1000 1/meta@1001 1/full-snapshot@1001 1/mouse-move@900 ", NULL, 0 },
    { "{\"result\":" LIST "}", "posthog-api", KINDS ("0"), NULL, 0 },
    { "{\"result\":{\"snapshots\":" LIST ",\"person\":{\"distinct_ids\":[\"d\"]}}}", "posthog-api",
      KINDS ("0"), "{\"user\":{\"id\":\"d\"}}", 0 },
    { "{\"result\":{\"snapshots\":{\"w\":" LIST "}}}", "posthog-api", KINDS ("0"), NULL, 0 },
    { "{\"result\":{\"next\":null,\"snapshot_data_by_window_id\":{\"w\":" LIST "}}}", "posthog-api",
      KINDS ("0"), NULL, 0 },
    { "{\"snapshot_data_by_window_id\":{\"w\":" LIST "}}", "posthog-api", KINDS ("0"), NULL, 0 },
    { "{\"snapshots\":" LIST "}", "posthog-api", KINDS ("0"), NULL, 0 },
    { "{\"window_id\":\"w\",\"data\":[" META "," FULL "]}\n{\"window_id\":\"w\","
      "\"data\":[" MOVE "]}\n",
      "posthog-blob", KINDS ("0"), NULL, 0 },
    { "[\"w\"," META "]\n[\"w\"," FULL "]\n[\"w\"," MOVE "]", "posthog-blob", KINDS ("0"), NULL,
      0 },
    { "{\"event\":\"$snapshot\",\"properties\":{\"$session_id\":\"s\","
      "\"$snapshot_data\":" LIST "}}",
      "posthog-blob", KINDS ("0"), "{\"properties\":{\"session_id\":\"s\"}}", 0 },
    { "[{\"event\":\"$snapshot\",\"properties\":{\"$snapshot_data\":" LIST "}}]", "posthog-api",
      KINDS ("0"), NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhTaken) taken = ph_taken_read (cases[i].text, strlen (cases[i].text), 0);

      g_test_message ("case %u", i);
      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, cases[i].format);
      g_assert_cmpstr (taken->kinds->str, ==, cases[i].kinds);
      g_assert_cmpstr (taken->info->facts, ==, cases[i].facts);
      g_assert_cmpuint (ph_health_count (taken->health, PH_HEALTH_NEWER_VERSION), ==,
                        cases[i].n_newer);
      g_assert_cmpuint (ph_health_total (taken->health), ==, cases[i].n_newer);
      ph_taken_check_chunks (cases[i].text, strlen (cases[i].text));
    }
}

#define LINES "[\"w\"," META "]\n[\"w\"," FULL "]\n[\"w\"," MOVE "]\n"

static GBytes *
pack_in_blocks (void)
{
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  const char *second_line = strchr (LINES, '\n') + 1;
  gsize size = (gsize) (second_line - LINES);

  /* The end of a line need not be in its block. */
  first = ph_pack_snappy_prefixed (LINES, size - 1);
  second = ph_pack_snappy_prefixed (second_line, strlen (second_line));

  return ph_pack_join (first, second);
}

static void
test_snappy (void)
{
  g_autoptr (GBytes) one = ph_pack_snappy (LINES, strlen (LINES));
  g_autoptr (GBytes) blocks = pack_in_blocks ();
  GBytes *const packed[] = { one, blocks };

  for (guint i = 0; i < G_N_ELEMENTS (packed); i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (packed[i], &size);
      g_autoptr (PhTaken) taken = ph_taken_read (data, size, 0);
      g_autofree guint8 *damaged = g_memdup2 (data, size);
      g_autoptr (PhTaken) rest = NULL;

      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, "posthog-snappy");
      g_assert_cmpstr (taken->kinds->str, ==, KINDS ("0"));
      g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
      ph_taken_check_chunks (data, size);
      ph_taken_check_cut (data, size, 1);

      /* A literal that would be longer than all there is, near the end. */
      damaged[size - 3] = 0xfc;
      rest = ph_taken_read (damaged, size, 0);
      g_assert_no_error (rest->error);
      g_assert_cmpuint (rest->events->len, >=, 1);
    }
}

/* A length that only claims to be one, and one that is cut. */
static void
test_snappy_lengths (void)
{
  g_autoptr (GBytes) block = ph_pack_snappy_prefixed (LINES, strlen (LINES));
  static const char *const tails[] = { "\0\0\0\0more", "\xff\xff\xff\xffmore", "\0\0" };
  static const gsize sizes[] = { 8, 8, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autoptr (GBytes) tail = g_bytes_new_static (tails[i], sizes[i]);
      g_autoptr (GBytes) joined = ph_pack_join (block, tail);
      g_autoptr (PhTaken) taken = ph_taken_read (g_bytes_get_data (joined, NULL),
                                                 g_bytes_get_size (joined), 0);

      g_assert_no_error (taken->error);
      g_assert_cmpuint (taken->events->len, ==, 3);
      g_assert_cmpuint (ph_health_count (taken->health, i < 2 ? PH_HEALTH_DAMAGED
                                                              : PH_HEALTH_TRUNCATED),
                        ==, 1);
    }
}

/* An archive like those of today: packed, in two windows, some of it twice. */
static char *
make_blob (gboolean is_old)
{
  g_autofree char *page = ph_pack_gzip_string (
    "{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[{\"type\":2,\"tagName\":\"html\","
    "\"attributes\":{},"
    "\"id\":2,\"childNodes\":[]}]},\"initialOffset\":{\"top\":0,\"left\":0}}",
    !is_old);
  g_autofree char *adds = ph_pack_gzip_string ("[]", is_old);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < 12; i++)
    {
      const char *window = i % 3 == 2 ? "second" : "first";
      g_autofree char *event = NULL;

      if (i % 4 == 0)
        event = g_strdup (META);
      else if (i % 4 == 1)
        event = g_strdup_printf ("{\"timestamp\":%u,\"cv\":\"2024-10\",\"data\":%s,\"type\":2}",
                                 1000 + i,
                                 page);
      else
        event = g_strdup_printf ("{\"timestamp\":%u,\"cv\":\"2024-10\",\"data\":{\"source\":0,"
                                 "\"adds\":%s,\"texts\":\"\"},\"type\":3}",
                                 1000 + i, adds);

      g_string_append_printf (out, is_old ? "{\"window_id\":\"%s\",\"data\":[%s]}\n" : "[\"%s\","
                                                                                       "%s]\n",
                              window, event);
    }

  return g_string_free (out, FALSE);
}

static void
test_properties (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *blob = make_blob (i == 1);
      g_autoptr (PhTaken) taken = ph_taken_read (blob, strlen (blob), 0);

      g_assert_no_error (taken->error);
      /* One meta event comes twice in the first window, and one too late in the second. */
      g_assert_cmpuint (taken->events->len, ==, 12);
      g_assert_cmpuint (taken->info->windows->len, ==, 2);
      g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
      ph_taken_check_chunks (blob, strlen (blob));
      ph_taken_check_cut (blob, strlen (blob), 9);
    }
}

/* A list in one line is found again up to where it was cut, in its window. */
static void
test_cut_line (void)
{
  static const char text[] = "{\"window_id\":\"v\",\"data\":[" MOVE "]}\n"
                             "{\"window_id\":\"w\",\"data\":[" META "," FULL "," MOVE "]}\n";
  g_autoptr (PhTaken) taken = ph_taken_read (text, strlen (text) - 10, 0);

  g_assert_no_error (taken->error);
  g_assert_cmpstr (taken->kinds->str, ==, "0/mouse-move@900 1/meta@1000 1/full-snapshot@1001 ");
  g_assert_cmpstr (taken->info->windows->pdata[1], ==, "w");
  g_assert_cmpuint (ph_health_count (taken->health, PH_HEALTH_TRUNCATED), ==, 1);
}

/* What a few bytes unpack to is bounded, packed twice over or not; up to there it plays. */
static void
test_bomb (void)
{
  g_autofree char *spaces = g_strnfill (32UL * 1024 * 1024, ' ');
  g_autofree char *event = g_strconcat ("{\"node\":{}", spaces, "}", NULL);
  g_autofree char *packed = ph_pack_gzip_string (event, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) bomb = NULL;
  g_autoptr (PhTaken) taken = NULL;

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text, "[\"w\",{\"timestamp\":%u,\"cv\":\"2024-10\",\"data\":%s,"
                                  "\"type\":2}]\n",
                            i, packed);

  bytes = g_bytes_new_static (text->str, text->len);
  bomb = ph_pack_zstd (bytes);
  taken = ph_taken_read (g_bytes_get_data (bomb, NULL), g_bytes_get_size (bomb), 0);
  g_assert_no_error (taken->error);
  g_assert_cmpuint (ph_health_count (taken->health, PH_HEALTH_LIMIT), ==, 1);
  g_assert_cmpuint (taken->events->len, >, 0);
  g_assert_cmpuint (taken->events->len, <, 10);
}

static void
read_corpus_file (const char *path,
                  gpointer user_data)
{
  static const struct
  {
    const char *name;
    const char *format;
    guint n_events;
    guint n_damaged;
  } files[] = {
    { "api-legacy/analytickit_recording_snapshots.json", "posthog-api", 16, 0 },
    { "api-legacy/hogflix_session_recording.json", "posthog-api", 62, 0 },
    { "blob-v1/recording_snapshots.jsonl", "posthog-blob", 49, 0 },
    { "blob-v2/blob_key_0.jsonl", "posthog-blob", 10, 0 },
    { "blob-v2/blob_key_1.jsonl", "posthog-blob", 1, 0 },
    { "blob-v2/perf-snapshot-key0.jsonl", "posthog-blob", 99, 0 },
    { "blob-v2/perf-snapshot-key1.jsonl", "posthog-blob", 6, 0 },
    /* Damaged as it lies there: both full snapshots, eight lists; one event comes twice. */
    { "corrupt/large_recording_blob_one.jsonl", "posthog-blob", 110, 10 },
    { "encoded/mobile-encodedWebSnapshotData.jsonl", "posthog-blob", 3, 0 },
    { "encoded/web-encodedWebSnapshotData.jsonl", "posthog-blob", 4, 0 },
    { "export/export-perf-ph-recording.json", "posthog-export", 105, 0 },
    { "export/export-v2022-12-02.json", "posthog-export", 49, 0 },
    { "export/export-v2023-04-28-uuid-windowid.json", "posthog-export", 49, 0 },
    { "mobile/increment-with-child-duplication.json", "posthog-blob", 1, 0 },
    { "react-rrweb-player/homepage.json", "posthog-api", 720, 0 },
    { "react-rrweb-player/local-docs.json", "posthog-api", 108, 0 },
    { "react-rrweb-player/with-pageviews.json", "posthog-api", 178, 0 },
  };
  const char *name = strstr (path, "/corpus/posthog/") + strlen ("/corpus/posthog/");
  g_autoptr (PhTaken) taken = ph_taken_read_file (path);
  guint *n = user_data;

  ++*n;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      if (strcmp (files[i].name, name) != 0)
        continue;

      g_test_message ("%s", name);
      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, files[i].format);
      g_assert_cmpuint (taken->events->len, ==, files[i].n_events);
      g_assert_cmpuint (ph_health_count (taken->health, PH_HEALTH_DAMAGED), ==, files[i].n_damaged);
      return;
    }

  g_error ("%s is not in the table", name);
}

static void
test_corpus (void)
{
  guint n = 0;

  ph_test_each_shared ("corpus/posthog", "", read_corpus_file, &n);

  if (n == 0)
    g_test_skip ("the shared corpus is not here");
  else
    g_assert_cmpuint (n, ==, 17);
}

static void
test_golden (gconstpointer name)
{
  ph_golden_check_file (name, 0);
}

/*
 * Not among them: of mobile-encodedWebSnapshotData.jsonl rrweb's player alone shows nothing,
 * as it knows no wireframes, and of large_recording_blob_one.jsonl it could read nothing.
 */
static const char *const goldens[] = {
  "posthog/api-legacy/hogflix_session_recording.json",
  "posthog/blob-v1/recording_snapshots.jsonl",
  "posthog/blob-v2/blob_key_0.jsonl",
  "posthog/blob-v2/perf-snapshot-key0.jsonl",
  "posthog/export/export-perf-ph-recording.json",
  "posthog/export/export-v2022-12-02.json",
  "posthog/export/export-v2023-04-28-uuid-windowid.json",
  "posthog/react-rrweb-player/homepage.json",
  "posthog/react-rrweb-player/local-docs.json",
  "posthog/react-rrweb-player/with-pageviews.json",
};

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reader-posthog/rank", test_rank);
  g_test_add_func ("/reader-posthog/shapes", test_shapes);
  g_test_add_func ("/reader-posthog/snappy", test_snappy);
  g_test_add_func ("/reader-posthog/snappy-lengths", test_snappy_lengths);
  g_test_add_func ("/reader-posthog/properties", test_properties);
  g_test_add_func ("/reader-posthog/cut-line", test_cut_line);
  g_test_add_func ("/reader-posthog/bomb", test_bomb);
  g_test_add_func ("/reader-posthog/corpus", test_corpus);

  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *path = g_strconcat ("/reader-posthog/", goldens[i], NULL);

      g_test_add_data_func (path, goldens[i], test_golden);
    }

  return g_test_run ();
}
