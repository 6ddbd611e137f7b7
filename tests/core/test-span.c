/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-span.h"

#define SEC(s) ((PhTime) ((s) *1e6))

static void
test_format (void)
{
  static const struct
  {
    PhTime time;
    const char *text;
    const char *tenths;
  } cases[] = {
    { -1, "0:00", "0:00.0" },
    { SEC (5.59), "0:05", "0:05.5" },
    { SEC (3599.99), "59:59", "59:59.9" },
    { SEC (3600), "1:00:00", "1:00:00.0" },
    { SEC (86400), "24:00:00", "24:00:00.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ph_time_format (cases[i].time);
      g_autofree char *tenths = ph_time_format_tenths (cases[i].time);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (tenths, ==, cases[i].tenths);
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    PhTime time; /* PH_TIME_NONE: refused */
  } cases[] = {
    { "0", 0 },
    { "83.5", SEC (83.5) },
    { "1:23.5", SEC (83.5) },
    { "1:02:03", SEC (3723) },
    { "50%", SEC (2000) },
    { "100%", SEC (4000) },
    { "4000", SEC (4000) },
    { "2026-01-01T00:00:10Z", SEC (10) },
    { "2026-01-01T01:00:10.5+01:00", SEC (10.5) },
    { "2026-01-01T00:00:10", SEC (10) },
    { "", PH_TIME_NONE },
    { "x", PH_TIME_NONE },
    { "-1", PH_TIME_NONE },
    { "1:60", PH_TIME_NONE },
    { "1:2:3:4", PH_TIME_NONE },
    { "1e3", PH_TIME_NONE },
    { "nan", PH_TIME_NONE },
    { "101%", PH_TIME_NONE },
    { "4000.1", PH_TIME_NONE },
    { "2025-12-31T23:59:59Z", PH_TIME_NONE },
  };
  /* 2026-01-01T00:00:00Z */
  gint64 start = G_GINT64_CONSTANT (1767225600) * PH_SECOND;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      PhTime time = PH_TIME_NONE;
      gboolean ok = ph_time_parse (cases[i].text, (PhSpan) { 0, SEC (4000) }, start, &time, &error);

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (ok, ==, cases[i].time != PH_TIME_NONE);
      g_assert_cmpint (time, ==, cases[i].time);

      if (!ok)
        g_assert_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED);
    }
}

/* Pixel to time and back loses less than a pixel, and never leaves the line. */
static void
test_x_round_trip (void)
{
  PhSpan span = { SEC (3), SEC (93) };

  for (int i = -20; i <= 2020; i++)
    {
      double x = i / 2.0;
      PhTime time = ph_span_from_x (span, x, 1000);

      g_assert_cmpint (ph_span_clamp (span, time), ==, time);
      g_assert_cmpfloat_with_epsilon (ph_span_to_x (span, time, 1000), CLAMP (x, 0, 1000), 0.001);
    }

  g_assert_cmpint (ph_span_from_x (span, 5, 0), ==, span.begin);
  g_assert_cmpfloat_with_epsilon (ph_span_to_x ((PhSpan) { 0, 0 }, 5, 100), 0, 1e-9);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/span/format", test_format);
  g_test_add_func ("/span/parse", test_parse);
  g_test_add_func ("/span/x-round-trip", test_x_round_trip);

  return g_test_run ();
}
