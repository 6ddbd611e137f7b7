/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-hold.h"

#include <string.h>

static PhEvent
make_event (gint64 ms,
            guint64 order,
            const char *text,
            gsize size)
{
  return (PhEvent) {
    .timestamp = ms * PH_MSEC,
    .order = order,
    .type = PH_EVENT_INCREMENTAL,
    .text = text,
    .size = size,
  };
}

/* An event waits until what comes is ten seconds younger, no longer. */
static void
test_waits (void)
{
  g_autoptr (PhHold) hold = ph_hold_new ();
  PhEvent first = make_event (1000, 0, "a", 1);
  PhEvent near = make_event (11000, 1, "b", 1);
  PhEvent far = make_event (11001, 2, "c", 1);

  g_assert_false (ph_hold_is_due (hold));
  g_assert_null (ph_hold_take (hold));
  g_assert_true (ph_hold_add (hold, &first));
  g_assert_true (ph_hold_add (hold, &near));
  g_assert_false (ph_hold_is_due (hold));
  g_assert_true (ph_hold_add (hold, &far));
  g_assert_true (ph_hold_is_due (hold));
  g_assert_cmpuint (ph_hold_get_bytes (hold), ==, 3);
  g_assert_cmpint (ph_hold_take (hold)->order, ==, 0);
  g_assert_false (ph_hold_is_due (hold));
  g_assert_cmpint (ph_hold_take (hold)->order, ==, 1);
}

/* Nor when there is too much of it. */
static void
test_bytes (void)
{
  g_autoptr (PhHold) hold = ph_hold_new ();
  g_autofree char *text = g_strnfill (PH_HOLD_BYTES / 2, 'x');
  PhEvent event = make_event (5, 0, text, PH_HOLD_BYTES / 2);

  g_assert_true (ph_hold_add (hold, &event));
  event.order = 1;
  g_assert_true (ph_hold_add (hold, &event));
  g_assert_false (ph_hold_is_due (hold));
  event = make_event (5, 2, "x", 1);
  g_assert_true (ph_hold_add (hold, &event));
  g_assert_true (ph_hold_is_due (hold));
}

/* What belongs before one that is out already is not taken. */
static void
test_too_late (void)
{
  g_autoptr (PhHold) hold = ph_hold_new ();
  PhEvent event = make_event (1000, 7, "a", 1);

  g_assert_true (ph_hold_add (hold, &event));
  ph_hold_take (hold);
  event = make_event (999, 8, "a", 1);
  g_assert_false (ph_hold_add (hold, &event));
  event = make_event (1000, 8, "a", 1);
  g_assert_true (ph_hold_add (hold, &event));
}

static void
count_cb (const PhEvent *event,
          gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* Events shuffled within ten seconds come out in order, each with its own text. */
static void
test_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (PhHold) hold = ph_hold_new ();
      g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (PhEvent));
      guint n = (guint) g_test_rand_int_range (1, 300);
      guint n_held = 0;

      for (guint i = 0; i < n; i++)
        {
          gint64 ms = (gint64) i * 100 + g_test_rand_int_range (0, 9000);
          g_autofree char *text = g_strdup_printf ("%u", i);
          PhEvent event = make_event (ms, i, text, strlen (text));

          g_assert_true (ph_hold_add (hold, &event));

          while (ph_hold_is_due (hold))
            {
              PhEvent taken = *ph_hold_take (hold);
              g_autofree char *own = g_strndup (taken.text, taken.size);

              g_assert_cmpuint (g_ascii_strtoull (own, NULL, 10), ==, taken.order);
              g_array_append_val (out, taken);
            }
        }

      ph_hold_each (hold, count_cb, &n_held);
      g_assert_cmpuint (n_held + out->len, ==, n);

      while (ph_hold_get_bytes (hold) > 0)
        {
          PhEvent taken = *ph_hold_take (hold);

          g_array_append_val (out, taken);
        }

      g_assert_cmpuint (out->len, ==, n);

      for (guint i = 1; i < n; i++)
        g_assert_cmpint (ph_event_compare (&g_array_index (out, PhEvent, i - 1),
                                           &g_array_index (out, PhEvent, i)),
                         <, 0);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hold/waits", test_waits);
  g_test_add_func ("/hold/bytes", test_bytes);
  g_test_add_func ("/hold/too-late", test_too_late);
  g_test_add_func ("/hold/random", test_random);

  return g_test_run ();
}
