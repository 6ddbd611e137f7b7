/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-reorder.h"

#include <string.h>

typedef struct
{
  GString *out;
  guint stop_after;
  guint n;
} Given;

static gboolean
given_cb (const char *window,
          const char *text,
          gpointer user_data,
          GError **error)
{
  Given *given = user_data;

  g_string_append_printf (given->out, "%s%s ", window != NULL ? window : "", text);

  if (++given->n != given->stop_after)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "stop");

  return FALSE;
}

static void
test_order (void)
{
  Given given = { .out = g_string_new (NULL) };
  g_autoptr (PhReorder) reorder = ph_reorder_new (10, 1000, given_cb, &given);

  g_assert_true (ph_reorder_put (reorder, 7, "w", g_strdup ("p7")));
  g_assert_true (ph_reorder_add (reorder, 5, NULL, g_strdup ("a"), NULL));
  g_assert_true (ph_reorder_add (reorder, 3, NULL, g_strdup ("b"), NULL));
  g_assert_true (ph_reorder_add (reorder, 5, NULL, g_strdup ("c"), NULL));
  g_assert_cmpstr (given.out->str, ==, "");

  /* Only what nothing can come before any more. */
  g_assert_true (ph_reorder_add (reorder, 15, NULL, g_strdup ("d"), NULL));
  g_assert_cmpstr (given.out->str, ==, "b ");
  g_assert_true (ph_reorder_add (reorder, 18, NULL, g_strdup ("e"), NULL));
  g_assert_cmpstr (given.out->str, ==, "b a c wp7 ");
  g_assert_true (ph_reorder_flush (reorder, NULL));
  g_assert_cmpstr (given.out->str, ==, "b a c wp7 d e ");
  g_string_free (given.out, TRUE);
}

static void
test_bound (void)
{
  Given given = { .out = g_string_new (NULL) };
  g_autoptr (PhReorder) reorder = ph_reorder_new (1000, 10, given_cb, &given);

  g_assert_true (ph_reorder_put (reorder, 9, NULL, g_strdup ("12345")));
  g_assert_false (ph_reorder_put (reorder, 9, NULL, g_strdup ("6")));
  g_assert_true (ph_reorder_add (reorder, 1, NULL, g_strdup ("abcde"), NULL));
  g_assert_cmpstr (given.out->str, ==, "");
  g_assert_true (ph_reorder_add (reorder, 2, NULL, g_strdup ("f"), NULL));
  g_assert_cmpstr (given.out->str, ==, "abcde ");
  g_string_free (given.out, TRUE);
}

static void
test_stops (void)
{
  Given given = { .out = g_string_new (NULL), .stop_after = 2 };
  g_autoptr (PhReorder) reorder = ph_reorder_new (0, 100, given_cb, &given);
  g_autoptr (GError) error = NULL;

  g_assert_true (ph_reorder_add (reorder, 1, NULL, g_strdup ("a"), &error));
  g_assert_true (ph_reorder_add (reorder, 2, NULL, g_strdup ("b"), &error));
  g_assert_false (ph_reorder_add (reorder, 3, NULL, g_strdup ("c"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (given.out->str, ==, "a b ");
  g_string_free (given.out, TRUE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reorder/order", test_order);
  g_test_add_func ("/reorder/bound", test_bound);
  g_test_add_func ("/reorder/stops", test_stops);

  return g_test_run ();
}
