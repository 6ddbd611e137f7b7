/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-order.h"

#include "ph-mob-table.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  GString *out;
  guint n;
  guint fail_at; /* 0: never */
  gint64 last;
  gboolean went_back;
} Taken;

static gboolean
item_cb (const PhMobItem *item,
         gpointer user_data,
         GError **error)
{
  Taken *taken = user_data;

  taken->went_back |= item->time < taken->last;
  taken->last = item->time;
  g_string_append_printf (taken->out, "%.*s ", (int) item->size, (const char *) item->body);

  if (++taken->n == taken->fail_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no more");
      return FALSE;
    }

  return TRUE;
}

static gboolean
add (PhMobOrder *order,
     gint64 time,
     guint type,
     const char *body,
     GError **error)
{
  const PhMobItem item = { time, 0, type, (const guint8 *) body, strlen (body) };

  return ph_mob_order_add (order, &item, error);
}

static void
test_ranks (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Taken taken = { .out = out };
  g_autoptr (PhMobOrder) order = ph_mob_order_new (100000, item_cb, &taken);

  add (order, 5, PH_MOB_REMOVE_NODE, "remove", NULL);
  add (order, 5, PH_MOB_MOUSE_MOVE, "mouse", NULL);
  add (order, 5, PH_MOB_SHEET_INSERT, "rule", NULL);
  add (order, 5, PH_MOB_SHEET_REMOVE_OWNER, "disown", NULL);
  add (order, 5, PH_MOB_SHEET_ADD_OWNER, "own", NULL);
  add (order, 5, PH_MOB_ATTRIBUTE, "attribute", NULL);
  add (order, 5, PH_MOB_CREATE_ELEMENT, "element", NULL);
  add (order, 5, PH_MOB_MOVE_NODE, "move", NULL);
  add (order, 5, PH_MOB_PAGE_LOCATION, "location", NULL);
  add (order, 5, PH_MOB_CREATE_DOCUMENT, "document", NULL);
  add (order, 5, PH_MOB_STRING_DICT_OLD, "word", NULL);
  add (order, 4, PH_MOB_MOUSE_MOVE, "before", NULL);
  g_assert_cmpuint (out->len, ==, 0);
  g_assert_true (ph_mob_order_flush (order, NULL));
  g_assert_cmpstr (out->str, ==,
                   "before word document location remove element move attribute own rule mouse "
                   "disown ");
}

/* Little is held, and nothing is lost, whatever the order it came in. */
static void
test_bounded (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  Taken taken = { .out = out };
  g_autoptr (PhMobOrder) order = ph_mob_order_new (20000, item_cb, &taken);
  guint late = 0;

  for (guint i = 0; i < 20000; i++)
    {
      gint64 time = i + g_rand_int_range (random, 0, 50);

      g_assert_true (add (order, time, PH_MOB_MOUSE_MOVE, "x", NULL));
      late = MAX (late, i + 1 - taken.n);
    }

  g_assert_cmpuint (late, <, 1000);
  g_assert_true (ph_mob_order_flush (order, NULL));
  g_assert_cmpuint (taken.n, ==, 20000);
  g_assert_false (taken.went_back);
}

/* One time that is longer than all that may be held goes out all the same. */
static void
test_one_time (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Taken taken = { .out = out };
  g_autoptr (PhMobOrder) order = ph_mob_order_new (1000, item_cb, &taken);

  for (guint i = 0; i < 1000; i++)
    g_assert_true (add (order, 7, PH_MOB_MOUSE_MOVE, "abcdefgh", NULL));

  g_assert_cmpuint (taken.n, >, 800);
  g_assert_true (ph_mob_order_flush (order, NULL));
  g_assert_cmpuint (taken.n, ==, 1000);
}

static void
test_error (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Taken taken = { .out = out, .fail_at = 3 };
  g_autoptr (PhMobOrder) order = ph_mob_order_new (1000, item_cb, &taken);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  while (add (order, n, PH_MOB_MOUSE_MOVE, "x", &error))
    g_assert_cmpuint (n++, <, 100);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (taken.n, ==, 3);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mob-order/ranks", test_ranks);
  g_test_add_func ("/mob-order/bounded", test_bounded);
  g_test_add_func ("/mob-order/one-time", test_one_time);
  g_test_add_func ("/mob-order/error", test_error);

  return g_test_run ();
}
