/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-reader.h"

#include <string.h>

#define EVENT "{\"type\":4,\"data\":{},\"timestamp\":1}"

/* The surest reader wins, whatever its place in the table. */
static void
test_find (void)
{
  static const struct
  {
    const char *head;
    const char *name;
    PhRank rank;
  } cases[] = {
    { "[" EVENT "]", "rrweb-array", PH_RANK_CERTAIN },
    { "{\"events\":[" EVENT "]}", "rrweb-object", PH_RANK_CERTAIN },
    { EVENT "\n" EVENT, "rrweb-ndjson", PH_RANK_CERTAIN },
    /* What is an event for anybody, and more than that for somebody. */
    { EVENT "\n{\"type\":2,\"data\":\"x\",\"timestamp\":1,\"cv\":\"2024-10\"}", "posthog-blob",
      PH_RANK_OWN },
    { "", NULL, PH_RANK_NONE },
    { "x", NULL, PH_RANK_NONE },
    { "[1]", NULL, PH_RANK_NONE },
    { "{}", NULL, PH_RANK_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhRank rank = PH_RANK_LIKELY;
      const PhReader *reader = ph_reader_find (cases[i].head, strlen (cases[i].head), TRUE, &rank);

      g_test_message ("%s", cases[i].head);
      g_assert_cmpstr (reader != NULL ? reader->name : NULL, ==, cases[i].name);
      g_assert_cmpint (rank, ==, cases[i].rank);

      if (reader != NULL)
        g_assert_cmpuint (strlen (reader->title), >, 0);
    }
}

static void
test_explain (void)
{
  static const struct
  {
    const char *head;
    PhError code;
    const char *part; /* of the message */
  } cases[] = {
    { "", PH_ERROR_UNKNOWN_FORMAT, "is empty" },
    { "   ", PH_ERROR_UNKNOWN_FORMAT, "not a session archive" },
    { "\xef\xbb\xbf", PH_ERROR_UNKNOWN_FORMAT, "not a session archive" },
    { "{foo:1}", PH_ERROR_UNKNOWN_FORMAT, "not a session archive" },
    { "nullx", PH_ERROR_UNKNOWN_FORMAT, "not a session archive" },
    { "{", PH_ERROR_UNKNOWN_FORMAT, "JSON, but" },
    { "\xef\xbb\xbf [ true ]", PH_ERROR_UNKNOWN_FORMAT, "JSON, but" },
    { "-1.5", PH_ERROR_UNKNOWN_FORMAT, "JSON, but" },
    { "[\"xylophone\"]", PH_ERROR_UNKNOWN_FORMAT, "JSON, but" },
    { "[\"x\\u009c\"]", PH_ERROR_CORRUPT, "packed" },
    { " [ \"x\xc2\x9c\"", PH_ERROR_CORRUPT, "packed" },
    { "{\"version\":1,\"events\" : [ \"x\\u0001", PH_ERROR_CORRUPT, "packed" },
    { "{\"data\":{\"replay_type\":\"session\"", PH_ERROR_UNKNOWN_FORMAT, "Sentry" },
    { " [ {\"replayId\":\"a\"}]", PH_ERROR_UNKNOWN_FORMAT, "Sentry" },
    { "{ \"version\" : \"2023-04-28\"", PH_ERROR_UNKNOWN_FORMAT, "PostHog" },
    { "{\"window_id\":\"a\",\"data\":[", PH_ERROR_UNKNOWN_FORMAT, "PostHog" },
    { "[\"0196-e1\",{\"timestamp\":1", PH_ERROR_UNKNOWN_FORMAT, "PostHog" },
    { "PK\003\004", PH_ERROR_UNKNOWN_FORMAT, "not a session archive" },
    { "%PDF-1.7", PH_ERROR_UNSUPPORTED, "PDF" },
    { "\xff\xfe{", PH_ERROR_UNSUPPORTED, "UTF-16" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* Exact, so that reading behind it is seen. */
      gsize size = strlen (cases[i].head);
      g_autofree char *head = g_memdup2 (size > 0 ? cases[i].head : "?", MAX (size, 1));
      g_autoptr (GError) error = ph_reader_explain (head, size);

      g_test_message ("case %u", i);
      g_assert_error (error, PH_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].part));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader/find", test_find);
  g_test_add_func ("/reader/explain", test_explain);

  return g_test_run ();
}
