/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the messages about nodes do is in test-reader-openreplay.c; here is the page itself. */
#include "ph-mob-page.h"

#include "ph-limits.h"

#include <string.h>

typedef struct
{
  PhReading *reading;
  PhMobPage *page;
  PhUnpack *unpack;
  PhHealth *health;
  GString *events;
} Fixture;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  g_string_append_printf (user_data, "%s@%d ", ph_event_kind (event),
                          (int) (event->timestamp / 1000));

  return TRUE;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();

  fixture->unpack = ph_unpack_new (stream);
  fixture->health = ph_health_new ();
  fixture->events = g_string_new (NULL);
  fixture->reading =
    ph_reading_new (fixture->unpack, 1000, &sink, fixture->events, fixture->health, NULL);
  fixture->page = ph_mob_page_new (fixture->reading, NULL, "about:blank");
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_mob_page_free (fixture->page);
  ph_reading_free (fixture->reading);
  ph_unpack_free (fixture->unpack);
  ph_health_free (fixture->health);
  g_string_free (fixture->events, TRUE);
}

static void
create (Fixture *fixture,
        gint64 id,
        gint64 parent,
        gint64 index)
{
  static const PhMobField tag = { .text = "P", .size = 1 };

  ph_mob_page_create (fixture->page, id, parent, index, &tag, FALSE);
}

/* Few events: what happens at a time is one, removals are another. */
static void
test_gathered (Fixture *fixture,
               gconstpointer data)
{
  PhMobPage *page = fixture->page;

  g_assert_true (ph_mob_page_set_time (page, 1, NULL));
  g_assert_true (ph_mob_page_begin_document (page, NULL));

  for (gint64 i = 1; i < 100; i++)
    create (fixture, i, i / 3, 0);

  g_assert_cmpstr (fixture->events->str, ==, "");
  g_assert_true (ph_mob_page_set_time (page, 2, NULL));
  g_assert_cmpstr (fixture->events->str, ==, "meta@1 full-snapshot@1 mutation@1 ");
  ph_mob_page_remove (page, 5);
  ph_mob_page_set_attribute (page, 2, "a", 1, "b", 1);
  ph_mob_page_move (page, 20, 2, 0);
  g_assert_true (ph_mob_page_set_time (page, 3, NULL));
  g_assert_true (ph_mob_page_flush (page, NULL));
  g_assert_cmpstr (fixture->events->str, ==,
                   "meta@1 full-snapshot@1 mutation@1 mutation@2 mutation@2 ");
  g_assert_cmpint (ph_mob_page_look_up (page, 5), ==, 0);
  g_assert_cmpint (ph_mob_page_look_up (page, 2), >, 0);
  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
}

/* What has no place yet is kept, and comes with all that is in it. */
static void
test_unplaced (Fixture *fixture,
               gconstpointer data)
{
  PhMobPage *page = fixture->page;

  ph_mob_page_begin_document (page, NULL);
  create (fixture, 2, 77, 0);
  create (fixture, 3, 2, 0);
  create (fixture, 4, 2, 0);
  g_assert_cmpint (ph_mob_page_find (page, 3), ==, 0);
  ph_mob_page_move (page, 2, 0, 0);
  g_assert_cmpint (ph_mob_page_find (page, 2), >, 0);
  g_assert_cmpint (ph_mob_page_find (page, 3), >, 0);
  g_assert_cmpint (ph_mob_page_find (page, 4), >, 0);
  g_assert_cmpuint (ph_mob_page_count_children (page, 2), ==, 2);
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_UNPLACED_NODE), ==, 1);
}

static void
test_bounded (Fixture *fixture,
              gconstpointer data)
{
  ph_mob_page_begin_document (fixture->page, NULL);

  for (gint64 i = 1; i <= PH_LIMIT_TREE_DEPTH + 200; i++)
    create (fixture, i, i - 1, 0);

  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_UNPLACED_NODE), ==, 1);
  ph_mob_page_move (fixture->page, 1, 100, 0);
  ph_mob_page_remove (fixture->page, 1);
  g_assert_true (ph_mob_page_flush (fixture->page, NULL));
  g_assert_cmpint (ph_mob_page_look_up (fixture->page, 100), ==, 0);
}

/* No page yet: nothing is drawn, and what is missing is said once. */
static void
test_missing (Fixture *fixture,
              gconstpointer data)
{
  guint n;

  create (fixture, 1, 0, 0);
  create (fixture, 2, 0, 0);
  g_assert_false (ph_mob_page_is_there (fixture->page));
  g_assert_cmpint (ph_mob_page_find (fixture->page, 1), ==, 0);
  g_assert_true (ph_mob_page_flush (fixture->page, NULL));
  g_assert_cmpstr (fixture->events->str, ==, "");
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_EARLY_EVENT), ==, 4);
  ph_health_examples (fixture->health, PH_HEALTH_NO_FULL_SNAPSHOT, &n);
  g_assert_cmpuint (n, ==, 1);
}

/* Where a root is another one, what was in the old one is gone. */
static void
test_roots (Fixture *fixture,
            gconstpointer data)
{
  static const PhMobField tag = { .text = "IFRAME", .size = 6 };
  PhMobPage *page = fixture->page;
  gboolean is_element = TRUE;

  ph_mob_page_begin_document (page, NULL);
  ph_mob_page_create (page, 1, 0, 0, &tag, FALSE);
  ph_mob_page_create_root (page, 1, 2);
  create (fixture, 3, 2, 0);
  g_assert_cmpint (ph_mob_page_find_owner (page, 2, &is_element), ==, ph_mob_page_find (page, 2));
  g_assert_false (is_element);
  ph_mob_page_create_root (page, 1, 4);
  g_assert_true (ph_mob_page_flush (page, NULL));
  g_assert_cmpint (ph_mob_page_look_up (page, 3), ==, 0);
  g_assert_cmpint (ph_mob_page_look_up (page, 4), >, 0);

  create (fixture, 5, 0, 0);
  ph_mob_page_create_root (page, 5, 6);
  g_assert_cmpint (ph_mob_page_find_owner (page, 6, &is_element), ==, ph_mob_page_find (page, 5));
  g_assert_false (is_element);
  g_assert_cmpint (ph_mob_page_find (page, 6), ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/mob-page/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("gathered", test_gathered);
  ADD ("unplaced", test_unplaced);
  ADD ("bounded", test_bounded);
  ADD ("missing", test_missing);
  ADD ("roots", test_roots);

  return g_test_run ();
}
