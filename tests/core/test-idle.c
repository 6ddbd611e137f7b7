/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-idle.h"

#define SEC(s) ((PhTime) ((s) *1e6))
#define WITHIN ((PhSpan) { 0, SEC (100) })

static void
test_activity (void)
{
  static const struct
  {
    gint16 type;
    gint16 source;
    gboolean is_activity;
  } cases[] = {
    { PH_EVENT_INCREMENTAL, PH_SOURCE_MUTATION, FALSE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_MOUSE_MOVE, TRUE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_MOUSE_INTERACTION, TRUE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_SCROLL, TRUE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_VIEWPORT_RESIZE, TRUE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_INPUT, TRUE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_TOUCH_MOVE, TRUE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_MEDIA_INTERACTION, FALSE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_DRAG, TRUE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_LOG, FALSE },
    { PH_EVENT_INCREMENTAL, PH_SOURCE_NONE, FALSE },
    { PH_EVENT_META, PH_SOURCE_NONE, FALSE },
    { PH_EVENT_FULL_SNAPSHOT, PH_SOURCE_NONE, FALSE },
    { PH_EVENT_CUSTOM, PH_SOURCE_MOUSE_MOVE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhEvent event = { .type = cases[i].type, .source = cases[i].source };

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_idle_is_activity (&event), ==, cases[i].is_activity);
    }
}

static GArray *
find (const PhTime *times,
      guint n)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (PhSpan));
  PhTime last = WITHIN.begin;

  for (guint i = 0; i < n; i++)
    ph_idle_add (spans, &last, ph_span_clamp (WITHIN, times[i]));

  ph_idle_add (spans, &last, WITHIN.end);

  return spans;
}

static void
test_find (void)
{
  static const struct
  {
    double times[5];
    guint n;
    const char *spans;
  } cases[] = {
    { { 0 }, 0, "1.0-99.0 " },
    { { 50 }, 1, "1.0-49.0 51.0-99.0 " },
    /* Ten seconds are no idle stretch, a little more is one. */
    { { 10, 20, 30, 90.5 }, 4, "31.0-89.5 " },
    { { 10, 20.1, 90.5 }, 3, "11.0-19.1 21.1-89.5 " },
    { { 0, 9, 18, 27, 100 }, 5, "28.0-99.0 " },
    /* Outside of the span counts as at its end. */
    { { -5, 200 }, 2, "1.0-99.0 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhTime times[5];
      g_autoptr (GArray) spans = NULL;
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint k = 0; k < cases[i].n; k++)
        times[k] = SEC (cases[i].times[k]);

      spans = find (times, cases[i].n);

      for (guint k = 0; k < spans->len; k++)
        {
          PhSpan span = g_array_index (spans, PhSpan, k);

          g_string_append_printf (text, "%.1f-%.1f ", (double) span.begin / 1e6,
                                  (double) span.end / 1e6);
        }

      g_test_message ("case %u", i);
      g_assert_cmpstr (text->str, ==, cases[i].spans);
    }
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const PhTime *x = a;
  const PhTime *y = b;

  return (*x > *y) - (*x < *y);
}

/* Whatever the times: spans are sorted, apart, and nothing that was done is inside one. */
static void
test_any_times (void)
{
  for (guint round = 0; round < 500; round++)
    {
      PhTime times[20];
      guint n = (guint) g_test_rand_int_range (0, 20);
      PhTime last = 0;
      g_autoptr (GArray) spans = NULL;

      for (guint i = 0; i < n; i++)
        times[i] = g_test_rand_int_range (-1000000, 101000000);

      qsort (times, n, sizeof times[0], compare_times);
      spans = find (times, n);

      for (guint i = 0; i < spans->len; i++)
        {
          PhSpan span = g_array_index (spans, PhSpan, i);

          g_assert_cmpint (span.begin, >=, last);
          g_assert_cmpint (ph_span_length (span), >, 0);
          g_assert_cmpint (span.end, <=, WITHIN.end);
          last = span.end;

          for (guint k = 0; k < n; k++)
            g_assert_false (ph_span_contains (span, times[k]));
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/idle/activity", test_activity);
  g_test_add_func ("/idle/find", test_find);
  g_test_add_func ("/idle/any-times", test_any_times);

  return g_test_run ();
}
