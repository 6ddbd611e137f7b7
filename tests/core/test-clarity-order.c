/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "clarity-feed.h"

#include "ph-clarity-order.h"

/*
 * Payloads as three characters each, session page sequence, with `!` behind the last of a
 * page. Gives the events they were taken for, as `page.sequence `.
 */
static char *
order_of (const char *payloads,
          gsize max_bytes,
          PhHealth *health)
{
  g_autoptr (PhFacts) facts = ph_facts_new ();
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (PhClaritySession) session =
    ph_clarity_session_new (clarity_feed_cb, events, NULL, facts);
  g_autoptr (PhClarityOrder) order = ph_clarity_order_new (session, max_bytes, health);
  g_auto (GStrv) words = g_strsplit (payloads, " ", -1);
  g_auto (GStrv) lines = NULL;
  GString *out = g_string_new (NULL);
  gboolean is_json;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"e\":[\"0.8.70\",%c,0,9,\"p\",\"u\",\"%c\",%c,0,%d],"
                         "\"a\":[[1,24,\"%c.%c\"]]}",
                         words[i][2], words[i][0], words[i][1], words[i][3] == '!', words[i][1],
                         words[i][2]);

      g_assert_true (ph_clarity_order_push (order, text, strlen (text), &is_json, NULL));
      g_assert_true (is_json);
    }

  g_assert_true (ph_clarity_order_finish (order, NULL));
  lines = g_strsplit (events->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *tag = strstr (lines[i], "\"tag\":\"");

      if (tag != NULL)
        g_string_append_printf (out, "%.3s ", tag + strlen ("\"tag\":\""));
    }

  return g_string_free (out, FALSE);
}

static void
test_order (void)
{
  static const struct
  {
    const char *payloads;
    const char *order;
    guint n_findings;
  } cases[] = {
    { "a11 a12 a13", "1.1 1.2 1.3 ", 0 },
    { "a13 a12 a11", "1.1 1.2 1.3 ", 0 },
    { "a11 a21 a12! a22", "1.1 1.2 2.1 2.2 ", 0 },
    { "a22 a21 a11", "1.1 2.1 2.2 ", 0 },
    /* a page that begins the file may be any */
    { "a31 a32", "3.1 3.2 ", 0 },
    /* twice, and some missing */
    { "a11 a12 a12 a11", "1.1 1.2 ", 2 },
    { "a13 a13", "1.3 ", 2 },
    { "a11 a14", "1.1 1.4 ", 1 },
    { "a12 a13", "1.2 1.3 ", 1 },
    /* one session after the other */
    { "a11 b11 a12 b12", "1.1 1.2 1.1 1.2 ", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *order = order_of (cases[i].payloads, 100000, health);

      g_test_message ("case %u", i);
      g_assert_cmpstr (order, ==, cases[i].order);
      g_assert_cmpuint (ph_health_total (health), ==, cases[i].n_findings);
    }
}

/* What does not fit waits no longer; what then comes for a page before is left out. */
static void
test_bounded (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *order = order_of ("a12 a13 a14 a11", 1, health);

  g_assert_cmpstr (order, ==, "1.2 1.3 1.4 ");
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_OUT_OF_ORDER), ==, 1);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_DAMAGED), ==, 1);
}

static void
test_no_payload (void)
{
  static const struct
  {
    const char *text;
    gboolean is_json;
  } cases[] = {
    { "{\"e\":[]}", TRUE },
    { "[]", TRUE },
    { "{\"e\":", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhFacts) facts = ph_facts_new ();
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (GString) events = g_string_new (NULL);
      g_autoptr (PhClaritySession) session =
        ph_clarity_session_new (clarity_feed_cb, events, NULL, facts);
      g_autoptr (PhClarityOrder) order = ph_clarity_order_new (session, 100, health);
      gboolean is_json;

      g_assert_true (ph_clarity_order_push (order, cases[i].text, strlen (cases[i].text), &is_json,
                                            NULL));
      g_assert_cmpint (is_json, ==, cases[i].is_json);
      g_assert_cmpuint (ph_health_count (health, PH_HEALTH_EVENT_INVALID), ==, cases[i].is_json);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity-order/order", test_order);
  g_test_add_func ("/clarity-order/bounded", test_bounded);
  g_test_add_func ("/clarity-order/no-payload", test_no_payload);

  return g_test_run ();
}
