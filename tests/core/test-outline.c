/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-outline.h"

static PhOutline *
make_outline (void)
{
  PhOutline *outline = ph_outline_new ();
  PhSessionWindow *window = ph_outline_add_window (outline, "first");
  PhPage page = { g_strdup ("https://a.example/"), g_strdup ("A"), 0, { 1, 2 }, 3, 4 };
  PhMoment moment = { .time = 5, .text = g_strdup ("moment") };
  PhSnapshot snapshot = { 7, 6, G_MAXUINT };
  PhActiveWindow active = { 8, 0 };
  PhSpan idle = { 9, 10 };

  outline->title = g_strdup ("title");
  outline->span = (PhSpan) { 0, 100 };
  outline->start_time = 42;
  window->info.first_picture = 11;
  window->info.n_events = 12;
  window->pointer = ph_pointer_track_new ();
  g_array_append_val (window->snapshots, snapshot);
  g_array_append_val (outline->pages, page);
  g_array_append_val (outline->moments, moment);
  g_array_append_val (outline->active, active);
  g_array_append_val (outline->idle, idle);
  ph_activity_add (outline->activity, &outline->activity_step, 13);
  outline->activity_step = 7;
  ph_health_add (outline->health, PH_HEALTH_DAMAGED, 14, "damaged");

  return outline;
}

/* A copy says the same when what it was made from is gone. */
static void
test_copy (void)
{
  PhOutline *outline = make_outline ();
  g_autoptr (PhOutline) copy = ph_outline_copy (outline);
  PhSessionWindow *window;
  PhPage *page;
  guint n;

  g_array_index (outline->pages, PhPage, 0).title[0] = 'B';
  g_array_index (outline->moments, PhMoment, 0).text[0] = 'M';
  ph_outline_free (outline);

  window = copy->windows->pdata[0];
  page = &g_array_index (copy->pages, PhPage, 0);
  g_assert_cmpstr (copy->title, ==, "title");
  g_assert_cmpint (copy->span.end, ==, 100);
  g_assert_cmpint (copy->start_time, ==, 42);
  g_assert_cmpuint (copy->windows->len, ==, 1);
  g_assert_cmpstr (window->info.name, ==, "first");
  g_assert_cmpint (window->info.first_picture, ==, 11);
  g_assert_cmpuint (window->info.n_events, ==, 12);
  g_assert_nonnull (window->pointer);
  g_assert_cmpuint (g_array_index (window->snapshots, PhSnapshot, 0).index, ==, 7);
  g_assert_cmpstr (page->url, ==, "https://a.example/");
  g_assert_cmpstr (page->title, ==, "A");
  g_assert_cmpint (page->height, ==, 4);
  g_assert_cmpstr (g_array_index (copy->moments, PhMoment, 0).text, ==, "moment");
  g_assert_cmpint (g_array_index (copy->active, PhActiveWindow, 0).time, ==, 8);
  g_assert_cmpint (g_array_index (copy->idle, PhSpan, 0).end, ==, 10);
  g_assert_cmpuint (g_array_index (copy->activity, PhActivity, 0).n_events, ==, 1);
  g_assert_cmpint (copy->activity_step, ==, 7);
  g_assert_cmpstr (ph_health_examples (copy->health, PH_HEALTH_DAMAGED, &n)->text, ==, "damaged");
}

static void
test_activity (void)
{
  static const PhTime times[] = { 0, 1, PH_ACTIVITY_STEP - 1, PH_ACTIVITY_STEP,
                                  7 * PH_ACTIVITY_STEP + 5 };
  static const PhActivity wanted[] = { { 0, 3 }, { 1, 1 }, { 7, 1 } };
  g_autoptr (GArray) activity = g_array_new (FALSE, FALSE, sizeof (PhActivity));
  PhTime step = PH_ACTIVITY_STEP;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    ph_activity_add (activity, &step, times[i]);

  g_assert_cmpuint (activity->len, ==, G_N_ELEMENTS (wanted));

  for (guint i = 0; i < activity->len; i++)
    {
      g_assert_cmpint (g_array_index (activity, PhActivity, i).step, ==, wanted[i].step);
      g_assert_cmpuint (g_array_index (activity, PhActivity, i).n_events, ==, wanted[i].n_events);
    }
}

/* However long a session, it takes a bounded amount, and nothing is lost. */
static void
test_long_activity (void)
{
  g_autoptr (GArray) activity = g_array_new (FALSE, FALSE, sizeof (PhActivity));
  PhTime step = PH_ACTIVITY_STEP;
  PhTime last = 0;
  guint n = 0;
  guint sum = 0;

  for (; n < 20 * PH_ACTIVITY_STEPS; n++)
    {
      last += g_test_rand_int_range (0, 2 * PH_ACTIVITY_STEP);
      ph_activity_add (activity, &step, last);
      g_assert_cmpuint (activity->len, <=, PH_ACTIVITY_STEPS);
    }

  for (guint i = 0; i < activity->len; i++)
    {
      const PhActivity *entry = &g_array_index (activity, PhActivity, i);

      if (i > 0)
        g_assert_cmpint (entry->step, >, g_array_index (activity, PhActivity, i - 1).step);

      sum += entry->n_events;
    }

  g_assert_cmpuint (sum, ==, n);
  g_assert_cmpuint (activity->len, >, PH_ACTIVITY_STEPS / 4);
  g_assert_cmpint (g_array_index (activity, PhActivity, activity->len - 1).step, ==, last / step);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/outline/copy", test_copy);
  g_test_add_func ("/outline/activity", test_activity);
  g_test_add_func ("/outline/long-activity", test_long_activity);

  return g_test_run ();
}
