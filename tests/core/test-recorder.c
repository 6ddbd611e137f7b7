/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-recorder.h"

#include <string.h>

static void
test_guess (void)
{
  static const struct
  {
    const char *text;
    const char *recorder;
  } cases[] = {
    { "{\"type\":5,\"data\":{\"tag\":\"$posthog_config\",\"payload\":{}}}", "posthog-js" },
    { "{\"type\":5,\"data\":{\"tag\":\"$session_options\"}}", "posthog-js" },
    { "{\"type\":5,\"data\":{\"tag\":\"$pageview\",\"payload\":{\"href\":\"x\"}}}", "posthog-js" },
    { "{\"type\":5,\"data\":{\"tag\":\"breadcrumb\",\"payload\":{\"category\":\"ui.click\"}}}",
      "sentry" },
    { "{\"type\":5,\"data\":{\"tag\":\"performanceSpan\",\"payload\":{\"startTimestamp\":1}}}",
      "sentry" },
    { "{\"type\":5,\"data\":{\"tag\":\"options\",\"payload\":{\"errorSampleRate\":1}}}", "sentry" },
    { "{\"type\":5,\"data\":{\"tag\":\"metadata\",\"payload\":{\"standaloneSDKType\":\"a\"}}}",
      "amplitude" },
    { "{\"type\":5,\"data\":{\"tag\":\"Viewport\",\"payload\":{\"availHeight\":1}}}", "highlight" },
    { "{\"type\":5,\"data\":{\"tag\":\"Viewport\",\"payload\":{\"height\":1}}}", NULL },
    /* The tag alone is a plain word anybody may use. */
    { "{\"type\":5,\"data\":{\"tag\":\"breadcrumb\",\"payload\":{}}}", NULL },
    { "{\"type\":5,\"data\":{\"tag\":\"options\",\"payload\":[1]}}", NULL },
    { "{\"type\":5,\"data\":{\"tag\":\"options\"}}", NULL },
    { "{\"type\":5,\"data\":{\"tag\":7}}", NULL },
    { "{\"type\":5,\"data\":\"$pageview\"}", NULL },
    { "{\"type\":5}", NULL },
    { "{\"type\":6,\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":{}}}", NULL },
    { "{\"type\":3,\"data\":{\"tag\":\"$pageview\"}}", NULL },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhEvent event = {};
      PhJsonValue root = {};
      gint64 type = 0;

      g_test_message ("case %u", i);
      g_assert_true (ph_json_parse (json, cases[i].text, strlen (cases[i].text), &root, NULL));
      g_assert_true (ph_json_member_int (root, "type", &type));
      event.type = (gint16) type;
      g_assert_cmpstr (ph_recorder_guess (&event, root), ==, cases[i].recorder);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recorder/guess", test_guess);

  return g_test_run ();
}
