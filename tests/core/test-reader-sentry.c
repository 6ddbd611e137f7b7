/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-golden.h"
#include "ph-pack.h"
#include "ph-reader.h"
#include "ph-taken.h"
#include "ph-test.h"

#include <string.h>

#define EVENT_1 "{\"type\":4,\"data\":{\"href\":\"a\"},\"timestamp\":1000}"
#define EVENT_2 "{\"type\":2,\"data\":{\"node\":{\"t\":\"}{][\\\"\"}},\"timestamp\":1001}"
#define EVENT_3 "{\"type\":3,\"data\":{\"source\":1},\"timestamp\":1002}"
#define KINDS "0/meta@1000 0/full-snapshot@1001 0/mouse-move@1002 "

static char *
load (const char *name)
{
  g_autofree char *fixture = g_strconcat ("sentry/", name, NULL);
  g_autofree char *path = ph_test_fixture (fixture);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
append_packed (GString *out,
               const char *text)
{
  g_autoptr (GBytes) plain = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) packed = ph_pack_zlib (plain);
  gsize size;
  const char *data = g_bytes_get_data (packed, &size);

  g_string_append_len (out, data, (gssize) size);
}

/* The segments of the fixture as the recorder sends them, each in an envelope or not. */
static GString *
make_segments (gboolean is_packed,
               gboolean has_envelopes)
{
  g_autofree char *text = load ("segments.json");
  g_autofree char *event = load ("replay-event.json");
  GString *out = g_string_new (NULL);
  char *at = strstr (text, "[\n[") + 2;

  for (guint i = 0; i < 3; i++)
    {
      char *end = strstr (at, "\n]") + 2;
      g_autofree char *segment = g_strndup (at, (gsize) (end - at));

      if (has_envelopes)
        {
          g_string_append (out, "{\"event_id\":\"0123\",\"sent_at\":\"2023-11-14T22:13:25.000Z\","
                                "\"sdk\":{\"name\":\"sentry.javascript.browser\"}}\n"
                                "{\"type\":\"replay_event\"}\n");
          g_string_append (out, event);
          g_string_append_printf (out, "{\"type\":\"replay_recording\",\"length\":%u}\n", 7);
        }

      g_string_append_printf (out, "{\"segment_id\":%u}\n", i);

      if (is_packed)
        append_packed (out, segment);
      else
        g_string_append (out, segment);

      g_string_append_c (out, '\n');
      at = end + 2;
    }

  return out;
}

static void
test_rank (void)
{
  static const struct
  {
    const char *head;
    PhRank rank;
  } cases[] = {
    { "[[" EVENT_1 "]]", PH_RANK_OWN },
    { "\xef\xbb\xbf [ [ ] , [" EVENT_1, PH_RANK_OWN },
    { "[[{\"type\":2,\"data\":{\"node\":{\"x\":[", PH_RANK_LIKELY },
    { "[[{\"id\":1}]]", PH_RANK_NONE },
    { "[[1,2],[3]]", PH_RANK_NONE },
    { "[[\"id\",{}]]", PH_RANK_NONE },
    { "[[\"id\"," EVENT_1 "]]", PH_RANK_NONE },
    { "[" EVENT_1 "]", PH_RANK_NONE },
    { "[", PH_RANK_NONE },
    { "[[", PH_RANK_NONE },
    { "", PH_RANK_NONE },
    { "{\"segment_id\":0}\n[" EVENT_1 "]", PH_RANK_OWN },
    { "{\"segment_id\":7}\nx\x9c", PH_RANK_OWN },
    { "{\"segment_id\":\"a\"}", PH_RANK_NONE },
    { "{\"segment_id\":1,\"x\":2}\n", PH_RANK_NONE },
    { "{\"event_id\":\"a\"}\n{\"type\":\"replay_event\"}\n", PH_RANK_OWN },
    { "{\"event_id\":\"a\"}\n{\"type\":\"event\"}\n{}", PH_RANK_NONE },
    { "{\"sent_at\":\"a\",\"sdk\":{}}\n{\"type\":\"session\"}\n{}\n", PH_RANK_NONE },
    { "{\"sent_at\":\"a\",\"sdk\":{}}\n{\"type\":\"session\"}\n{}\n{\"event_id\":\"a\"}\n"
      "{\"type\":\"replay_event\"}\n",
      PH_RANK_OWN },
    { "{\"id\":\"a\"}\n{\"type\":\"replay_event\"}\n", PH_RANK_NONE },
    { "{\"replay_type\":\"session\"}", PH_RANK_LIKELY },
    { "{\"data\":{\"replay_type\":\"buffer\"}}", PH_RANK_LIKELY },
    { "{\"data\":[{\"title\":\"a\",\"issue.id\":1,\"timestamp\":\"2020\"}]}", PH_RANK_LIKELY },
    { "{\"data\":[]}", PH_RANK_NONE },
    { "x\x9c", PH_RANK_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].head);
      g_autofree char *head = g_memdup2 (size > 0 ? cases[i].head : "?", MAX (size, 1));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_reader_sentry.probe (head, size, TRUE), ==, cases[i].rank);
    }
}

/* Everything between the events of a segment, and between segments. */
static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    gboolean is_healthy;
  } cases[] = {
    { "[[" EVENT_1 "],[" EVENT_2 "," EVENT_3 "]]", TRUE },
    { "[[" EVENT_1 "," EVENT_2 "],[],[" EVENT_3 "]]\n", TRUE },
    { "[[" EVENT_1 "]]\n[[" EVENT_2 "],[" EVENT_3 "]]", TRUE },
    { "\xef\xbb\xbf[\n [\n  " EVENT_1 ",\n  " EVENT_2 "\n ],\n [\n  " EVENT_3 "\n ]\n]", TRUE },
    { "[[[" EVENT_1 "],[" EVENT_2 "]],[[" EVENT_3 "]]]", TRUE },
    { "{\"segment_id\":0}\n[" EVENT_1 "," EVENT_2 "]\n{\"segment_id\":1}\n[" EVENT_3 "]", TRUE },
    { "{\"segment_id\":0}\n[" EVENT_1 "," EVENT_2 "]{\"segment_id\":1}\n[" EVENT_3 "]", TRUE },
    { "{\n \"segment_id\": 0\n}\n[\n" EVENT_1 ",\n" EVENT_2 ",\n" EVENT_3 "\n]\n", TRUE },
    { "{\"segment_id\":0}\nnoise[" EVENT_1 "," EVENT_2 "," EVENT_3 "]", FALSE },
    { "[[" EVENT_1 "," EVENT_2 ",{\"id\":1},[],7," EVENT_3 "]]", FALSE },
    { "[[" EVENT_1 "," EVENT_2 "," EVENT_3, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].text);
      g_autoptr (PhTaken) taken = ph_taken_read (cases[i].text, size, 0);

      g_test_message ("case %u", i);
      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, "sentry");
      g_assert_cmpstr (taken->kinds->str, ==, KINDS);
      g_assert_cmpint (ph_health_total (taken->health) == 0, ==, cases[i].is_healthy);
      ph_taken_check_chunks (cases[i].text, size);
    }
}

/* Each form holds the same events. */
static void
test_forms (void)
{
  g_autofree char *text = load ("segments.json");
  g_autoptr (PhTaken) wanted = ph_taken_read (text, strlen (text), 0);
  g_autofree char *wanted_text = ph_taken_to_text (wanted);

  g_assert_no_error (wanted->error);
  g_assert_cmpuint (wanted->events->len, ==, 22);
  g_assert_cmpuint (ph_health_total (wanted->health), ==, 0);
  ph_test_golden ("sentry/segments.txt", wanted_text);
  ph_taken_check_chunks (text, strlen (text));
  ph_taken_check_cut (text, strlen (text), 17);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GString) form = make_segments ((i & 1) != 0, (i & 2) != 0);
      g_autoptr (PhTaken) taken = ph_taken_read (form->str, form->len, 0);
      g_autofree char *got = ph_taken_to_text (taken);

      g_assert_no_error (taken->error);
      g_assert_cmpstr (got, ==, wanted_text);
      g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
      g_assert_cmpint (strstr (taken->info->facts, "shop@2.0") != NULL, ==, (i & 2) != 0);
      ph_taken_check_chunks (form->str, form->len);

      if ((i & 1) == 0)
        ph_taken_check_cut (form->str, form->len, 16);
    }
}

/* Zlib data that is cut gives what came before; that is damaged leaves out its rest alone. */
static void
test_damaged (void)
{
  g_autoptr (GString) form = make_segments (TRUE, FALSE);
  const char *second = strstr (form->str, "{\"segment_id\":1}");
  g_autoptr (PhTaken) whole = ph_taken_read (form->str, form->len, 0);
  gsize at = 0;

  /* The first zlib stream is full of NUL bytes, which strstr() does not pass. */
  g_assert_null (second);

  for (gsize i = 1; i + 16 < form->len; i++)
    if (memcmp (form->str + i, "{\"segment_id\":1}", 16) == 0)
      at = i;

  g_assert_cmpuint (at, >, 0);
  form->str[at + 60] ^= 0x55;
  form->str[at + 61] ^= 0x55;

  {
    g_autoptr (PhTaken) taken = ph_taken_read (form->str, form->len, 0);

    g_assert_no_error (taken->error);
    g_assert_cmpuint (taken->events->len, <, whole->events->len);
    g_assert_cmpuint (taken->events->len, >=, 7 + 8);
    g_assert_cmpuint (ph_health_count (taken->health, PH_HEALTH_DAMAGED), ==, 1);
    g_assert_cmpstr (taken->events->pdata[taken->events->len - 1], ==,
                     whole->events->pdata[whole->events->len - 1]);
    ph_taken_check_chunks (form->str, form->len);
  }

  for (gsize size = 20; size < form->len; size += form->len / 10)
    {
      g_autoptr (PhTaken) taken = ph_taken_read (form->str, size, 0);

      g_assert_true (taken->error != NULL || ph_health_total (taken->health) > 0);
      ph_taken_check_chunks (form->str, size);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *name;
    const char *begins;
  } cases[] = {
    { "mobile.txt", "This is a Sentry replay of a mobile app" },
    { "record.json", "This is what Sentry says of a replay, without the recording" },
    { "replay-event.json", "This is what Sentry says of a replay, without the recording" },
  };
  static const char rows[] = "[{\"replayId\":\"a\",\"segmentId\":0,\"projectId\":\"1\"}]";
  static const char video[] =
    "{\"event_id\":\"a\"}\n{\"type\":\"replay_video\",\"length\":5}\n\x83\xa1xyz";
  g_autoptr (PhTaken) list = ph_taken_read (rows, strlen (rows), 0);
  g_autoptr (PhTaken) filmed = ph_taken_read (video, strlen (video), 0);

  g_assert_true (g_str_has_prefix (list->error->message, cases[1].begins));
  g_assert_true (g_str_has_prefix (filmed->error->message, cases[0].begins));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = load (cases[i].name);
      g_autoptr (PhTaken) taken = ph_taken_read (text, strlen (text), 0);

      g_assert_nonnull (taken->error);
      g_test_message ("%s", taken->error->message);
      g_assert_true (g_str_has_prefix (taken->error->message, cases[i].begins));
    }
}

static void
check_golden (gconstpointer data)
{
  /* A `<style>` in the body: rrweb adds `.\\:hover` selectors to the text of its rules. */
  ph_golden_check_file (data, strcmp (data, "sentry/rrweb-simple.json") == 0 ? 4 : 0);
}

static void
test_corpus (void)
{
  static const struct
  {
    const char *name;
    guint n_events;
  } cases[] = {
    { "corpus/sentry/multiple-pages.recording-segments.json", 34 },
    { "corpus/sentry/react-send-to-sentry.segment.json", 12 },
    { "corpus/sentry/raw/segment-0.replay_recording.bin", 2 },
    { "corpus/sentry/raw/segment-1.uncompressed.replay_recording", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = ph_test_shared (cases[i].name);
      g_autoptr (PhTaken) taken = NULL;

      if (path == NULL)
        {
          g_test_skip ("no shared corpus");
          return;
        }

      taken = ph_taken_read_file (path);
      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, "sentry");
      g_assert_cmpuint (taken->events->len, ==, cases[i].n_events);
      g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
    }
}

int
main (int argc,
      char **argv)
{
  static const char *const goldens[] = {
    "sentry/multiple-pages.recording-segments.json",
    "sentry/react-send-to-sentry.segment.json",
    "sentry/rrweb-simple.json",
    "sentry-rrweb/events/is-sync-tap.json",
    "sentry-rrweb/events/mouse.json",
    "sentry-rrweb/events/moving-style-sheet-on-diff.json",
    "sentry-rrweb/events/touch-all-pointer-id.json",
    "sentry-rrweb/events/touch-some-pointer-id.json",
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-sentry/rank", test_rank);
  g_test_add_func ("/reader-sentry/shapes", test_shapes);
  g_test_add_func ("/reader-sentry/forms", test_forms);
  g_test_add_func ("/reader-sentry/damaged", test_damaged);
  g_test_add_func ("/reader-sentry/refused", test_refused);
  g_test_add_func ("/reader-sentry/corpus", test_corpus);

  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *path = g_strconcat ("/reader-sentry/golden/", goldens[i], NULL);

      g_test_add_data_func (path, goldens[i], check_golden);
    }

  return g_test_run ();
}
