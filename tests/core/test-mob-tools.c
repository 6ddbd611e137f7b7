/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of them is in test-reader-openreplay.c; here is what becomes a moment. */
#include "ph-archive.h"
#include "ph-mob-maker.h"
#include "ph-moment.h"

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  PhEvent timed = *event;

  timed.time = 0;
  ph_moments_extract (&timed, root, NULL, user_data);

  return TRUE;
}

static void
test_moments (void)
{
  static const struct
  {
    const char *message;
    const char *kind; /* NULL: none */
    PhSeverity severity;
    const char *text;
  } cases[] = {
    { "22 log \"a line\"", "console", PH_SEVERITY_INFO, "log: a line" },
    { "22 warn \"a line\"", "console", PH_SEVERITY_WARNING, "warn: a line" },
    { "22 error \"a line\"", "error", PH_SEVERITY_ERROR, "a line" },
    { "78 TypeError \"is no function\" [{}] {}", "error", PH_SEVERITY_ERROR,
      "TypeError: is no function · <anonymous> (:0:0)" },
    { "25 Error broken []", "error", PH_SEVERITY_ERROR, "Error: broken" },
    { "83 fetch GET https://a.example/x \"\" \"\" 500 1700000000000 5 6", "request",
      PH_SEVERITY_ERROR, "GET 500 https://a.example/x (5 ms)" },
    { "21 xhr PUT https://a.example/x \"\" \"\" 0 1700000000000 5", "request", PH_SEVERITY_ERROR,
      "PUT https://a.example/x (5 ms)" },
    { "53 1700000000000 1 2 3 4 5 https://a.example/i.png img", "request", PH_SEVERITY_INFO,
      "GET https://a.example/i.png (1 ms)" },
    { "27 bought {\"n\":1}", "custom", PH_SEVERITY_INFO, "bought" },
    { "64 slow \"\"", "custom", PH_SEVERITY_INFO, "slow" },
    { "125 1 1700000000000 click_rage a b c d", "custom", PH_SEVERITY_INFO, "click_rage" },
    { "121 {} {} 1 1700000000001", "custom", PH_SEVERITY_INFO, "Redux" },
    { "84 websocket name data 1700000000000 down text", "custom", PH_SEVERITY_INFO, "WSChannel" },
    { "49 1 2 3 4", NULL, PH_SEVERITY_INFO, NULL },
    { "124 LCP 3", NULL, PH_SEVERITY_INFO, NULL },
    { "23 1 2 3 4 5 6 7 8 9", NULL, PH_SEVERITY_INFO, NULL },
  };
  static const PhSink sink = { event_cb, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *script =
        g_strconcat ("header 1\n0 1700000000000\n", cases[i].message, "\n", NULL);
      g_autoptr (GBytes) bytes = ph_mob_make (PH_MOB_BARE, script);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
      g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (PhMoment));
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (PhArchiveInfo) info = NULL;
      const PhMoment *moment;

      g_test_message ("%s", cases[i].message);
      g_array_set_clear_func (moments, (GDestroyNotify) ph_moment_clear);
      info = ph_archive_read_stream (stream, 0, &sink, moments, health, NULL, NULL);
      g_assert_nonnull (info);
      g_assert_cmpuint (info->n_events, ==, 1);
      g_assert_cmpuint (ph_health_total (health), ==, 0);
      g_assert_cmpuint (moments->len, ==, cases[i].kind != NULL ? 1 : 0);

      if (cases[i].kind == NULL)
        continue;

      moment = &g_array_index (moments, PhMoment, 0);
      g_assert_cmpstr (ph_moment_kind_name (moment->kind), ==, cases[i].kind);
      g_assert_cmpint (moment->severity, ==, cases[i].severity);
      g_assert_cmpstr (moment->text, ==, cases[i].text);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mob-tools/moments", test_moments);

  return g_test_run ();
}
