/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-reader.h"
#include "ph-taken.h"
#include "ph-test.h"

#include <string.h>

static char *
load (const char *name)
{
  g_autofree char *path = ph_test_fixture (name);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
test_rank (void)
{
  static const char name[] = "{\"events\":[{\"name\":\"faro.session_recording.event\"}]}";
  static const char whole[] =
    " {\"events\":[{\"name\":\"faro.session_recording.event\",\"attributes\":{}}]}";

  g_assert_cmpint (ph_reader_faro.probe (whole, strlen (whole), TRUE), ==, PH_RANK_OWN);
  g_assert_cmpint (ph_reader_faro.probe (name, strlen (name), TRUE), ==, PH_RANK_LIKELY);
  g_assert_cmpint (ph_reader_faro.probe (name + 1, strlen (name) - 1, TRUE), ==, PH_RANK_NONE);
  g_assert_cmpint (ph_reader_faro.probe ("{}", 2, TRUE), ==, PH_RANK_NONE);
  g_assert_cmpint (ph_reader_faro.probe ("", 0, TRUE), ==, PH_RANK_NONE);
}

static void
test_body (void)
{
  g_autofree char *body = load ("faro/body.json");
  g_autoptr (PhTaken) taken = ph_taken_read (body, strlen (body), 0);
  g_autofree char *events = ph_taken_to_text (taken);
  g_autofree char *both = NULL;

  g_assert_no_error (taken->error);
  g_assert_cmpstr (taken->info->format, ==, "faro");
  g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
  both = g_strdup_printf ("%s\n%s", taken->info->facts, events);
  ph_test_golden ("faro/body.txt", both);
  ph_taken_check_chunks (body, strlen (body));
  ph_taken_check_cut (body, strlen (body), 5);
}

static void
test_odd (void)
{
  static const char *const events[] = {
    "{\"name\":\"faro.session_recording.event\",\"attributes\":{\"event\":\"{no\"}}",
    "{\"name\":\"faro.session_recording.event\",\"attributes\":{\"event\":7}}",
    "{\"name\":\"faro.session_recording.event\",\"attributes\":{\"event\":\"\"}}",
    "{\"name\":\"faro.performance.resource\",\"timestamp\":\"2020-01-01T00:00:00Z\"}",
    "{\"name\":7,\"timestamp\":\"2020-01-01T00:00:00Z\"}",
    "{\"name\":\"x\",\"timestamp\":\"then\"}",
    "7",
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"events\":[{\"name\":\"faro.session_recording.event\","
                         "\"attributes\":{\"event\":"
                         "\"{\\\"type\\\":4,\\\"timestamp\\\":1,\\\"data\\\":{}}\"}},%s]}",
                         events[i]);
      g_autoptr (PhTaken) taken = ph_taken_read (text, strlen (text), 0);

      g_test_message ("%s", events[i]);
      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->events->pdata[0], ==, "{\"type\":4,\"timestamp\":1,\"data\":{}}");
      ph_taken_check_chunks (text, strlen (text));
    }
}

/* What needs no reader of its own: rrweb's events as Amplitude and Mixpanel send them. */
static void
test_plain_bodies (void)
{
  static const struct
  {
    const char *name;
    const char *format;
    const char *kinds;
  } cases[] = {
    { "amplitude/body.json", "rrweb-object",
      "0/meta@1700000000000 0/full-snapshot@1700000000010 0/custom@1700000000020 "
      "0/plugin@1700000000900 0/mutation@1700000001000 " },
    { "mixpanel/body.json", "rrweb-array",
      "0/meta@1700000000000 0/full-snapshot@1700000000010 0/plugin@1700000000450 "
      "0/mutation@1700000001000 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = load (cases[i].name);
      g_autoptr (PhTaken) taken = ph_taken_read (text, strlen (text), 0);

      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, cases[i].format);
      g_assert_cmpstr (taken->kinds->str, ==, cases[i].kinds);
      g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-faro/rank", test_rank);
  g_test_add_func ("/reader-faro/body", test_body);
  g_test_add_func ("/reader-faro/odd", test_odd);
  g_test_add_func ("/reader-faro/plain-bodies", test_plain_bodies);

  return g_test_run ();
}
