/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sentry-record.h"

#include "ph-test.h"

#include <string.h>

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

static void
take (const char *text,
      GString *events,
      char **facts)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (PhUnpack) unpack = ph_unpack_new (stream);
  g_autoptr (PhReading) reading = ph_reading_new (unpack, 0, &sink, events, NULL, NULL);
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GError) error = NULL;
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
  g_assert_true (ph_sentry_record_take (reading, root, &error));
  g_assert_no_error (error);
  *facts = ph_facts_to_json (ph_reading_get_facts (reading));
}

static char *
load (const char *name)
{
  g_autofree char *fixture = g_strconcat ("sentry/", name, NULL);
  g_autofree char *path = ph_test_fixture (fixture);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

/*
 * A record as the web service gives it and as the recorder sends it, a list of errors,
 * an error with its stack: the facts, and the events.
 */
static void
test_taken (void)
{
  static const char *const names[] = { "record", "replay-event", "errors", "error-event" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], ".json", NULL);
      g_autofree char *golden = g_strconcat ("sentry/", names[i], ".txt", NULL);
      g_autofree char *text = load (file);
      g_autofree char *facts = NULL;
      g_autofree char *both = NULL;
      g_autoptr (GString) events = g_string_new (NULL);

      take (text, events, &facts);
      both = g_strdup_printf ("%s\n%s", facts, events->str);
      ph_test_golden (golden, both);
    }
}

/* Each segment has a record of its own: their lists are one, what else they say is said last. */
static void
test_several (void)
{
  g_autofree char *facts = NULL;
  g_autoptr (GString) events = g_string_new (NULL);

  take ("{\"data\":[{\"replay_type\":\"session\",\"urls\":[\"/a\"],\"error_ids\":[],"
        "\"contexts\":{\"culture\":{\"locale\":\"de\"}}},"
        "{\"replay_type\":\"session\",\"urls\":[\"/b\",\"/a\"],\"error_ids\":[\"1\"]},"
        "{\"replay_type\":\"buffer\",\"urls\":[],\"error_ids\":7}]}",
        events, &facts);
  g_assert_nonnull (strstr (facts, "\"language\":\"de\""));
  g_assert_nonnull (strstr (facts, "\"replay_type\":\"buffer\""));
  g_assert_nonnull (strstr (facts, "\"urls\":[\"/a\",\"/b\"]"));
  g_assert_nonnull (strstr (facts, "\"error_ids\":[\"1\"]"));
}

/* What is none of them, or only half of one. */
static void
test_odd (void)
{
  static const char *const cases[] = {
    "{}",
    "[]",
    "7",
    "{\"data\":[]}",
    "{\"data\":[7,null,{}]}",
    "{\"exception\":{}}",
    "{\"exception\":{\"values\":[]},\"timestamp\":1}",
    "{\"exception\":{\"values\":[{}]}}",
    "{\"title\":\"x\",\"issue.id\":1,\"timestamp\":\"yesterday\"}",
    "{\"replay_type\":7}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *facts = NULL;
      g_autoptr (GString) events = g_string_new (NULL);

      take (cases[i], events, &facts);
      g_assert_cmpstr (events->str, ==, "");
      g_assert_cmpstr (facts, ==, "{}");
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sentry-record/taken", test_taken);
  g_test_add_func ("/sentry-record/several", test_several);
  g_test_add_func ("/sentry-record/odd", test_odd);

  return g_test_run ();
}
