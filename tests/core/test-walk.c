/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-walk.h"

#include "ph-limits.h"
#include "session-maker.h"

#include <string.h>

typedef struct
{
  PhWalk *walk;
  PhHealth *health;
  guint64 n;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->health = ph_health_new ();
  fixture->walk = ph_walk_new (1000 * PH_MSEC, fixture->health);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_walk_free (fixture->walk);
  ph_health_free (fixture->health);
}

/* @ms is since the session's start. */
static void
add (Fixture *fixture,
     guint32 window,
     int type,
     int source,
     gint64 ms,
     const char *data)
{
  g_autofree char *text = ph_make_event (type, 1000 + ms, data);
  const PhEvent event = {
    .timestamp = (1000 + ms) * PH_MSEC,
    .time = ms * PH_MSEC,
    .order = fixture->n++,
    .window = window,
    .type = (gint16) type,
    .source = (gint16) source,
    .text = text,
    .size = strlen (text),
  };

  ph_walk_add (fixture->walk, &event);
}

static void
add_page (Fixture *fixture,
          guint32 window,
          gint64 ms,
          const char *url)
{
  g_autofree char *snapshot = ph_make_snapshot ("text");
  g_autofree char *meta =
    g_strdup_printf ("{\"href\":\"%s\",\"width\":640,\"height\":480}", url);

  add (fixture, window, 4, PH_SOURCE_NONE, ms, meta);
  add (fixture, window, 2, PH_SOURCE_NONE, ms + 1, snapshot);
}

static void
test_before_a_page (Fixture *fixture,
                    gconstpointer data)
{
  g_autoptr (PhOutline) outline = NULL;

  add (fixture, 1, 3, PH_SOURCE_SCROLL, 0, "{\"source\":3,\"id\":1,\"x\":0,\"y\":5}");
  g_assert_false (ph_walk_has_picture (fixture->walk));
  g_assert_cmpuint (ph_walk_get_n (fixture->walk), ==, 1);
  g_assert_cmpuint (ph_walk_get_snapshots (fixture->walk, 1)->len, ==, 0);

  /* Both windows are there, the first one had nothing to say. */
  outline = ph_walk_get_outline (fixture->walk, 7 * PH_SECOND, "name");
  g_assert_cmpuint (outline->windows->len, ==, 2);
  g_assert_cmpuint (outline->pages->len, ==, 0);
  g_assert_cmpstr (outline->title, ==, "name");
  g_assert_cmpint (outline->start_time, ==, 1000 * PH_MSEC);
  g_assert_cmpuint (ph_health_count (outline->health, PH_HEALTH_EARLY_EVENT), ==, 1);
}

/* What is known on the way is as if the session ended there, and more is known later. */
static void
test_on_the_way (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (PhOutline) early = NULL;
  g_autoptr (PhOutline) late = NULL;
  const PhPage *pages;

  add_page (fixture, 0, 0, "https://a.example/one");
  g_assert_true (ph_walk_has_picture (fixture->walk));
  early = ph_walk_get_outline (fixture->walk, 1 * PH_MSEC, "name");
  add_page (fixture, 0, 5000, "https://a.example/two");
  add (fixture, 0, 3, PH_SOURCE_SCROLL, 30000, "{\"source\":3,\"id\":1,\"x\":0,\"y\":5}");
  late = ph_walk_get_outline (fixture->walk, 30 * PH_SECOND, "name");

  g_assert_cmpuint (early->pages->len, ==, 1);
  g_assert_cmpint (g_array_index (early->pages, PhPage, 0).span.end, ==, 1 * PH_MSEC);
  g_assert_cmpuint (early->idle->len, ==, 0);
  g_assert_cmpuint (ph_walk_get_snapshots (fixture->walk, 0)->len, ==, 2);

  pages = (const PhPage *) (gpointer) late->pages->data;
  g_assert_cmpuint (late->pages->len, ==, 2);
  g_assert_cmpint (pages[0].span.end, ==, 5 * PH_SECOND);
  g_assert_cmpstr (pages[1].url, ==, "https://a.example/two");
  g_assert_cmpint (pages[1].span.end, ==, 30 * PH_SECOND);
  g_assert_cmpint (pages[1].width, ==, 640);
  g_assert_cmpuint (late->idle->len, ==, 1);
  g_assert_cmpint (g_array_index (late->idle, PhSpan, 0).end, ==, 29 * PH_SECOND);
  g_assert_cmpstr (late->title, ==, "a.example");
  g_assert_cmpuint (late->moments->len, >=, 1);
}

/* Nobody did anything: then what the page did is what went on. */
static void
test_activity (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (PhOutline) quiet = NULL;
  g_autoptr (PhOutline) busy = NULL;

  add_page (fixture, 0, 0, "https://a.example/");
  quiet = ph_walk_get_outline (fixture->walk, PH_SECOND, NULL);
  add (fixture, 0, 3, PH_SOURCE_SCROLL, 3000, "{\"source\":3,\"id\":1,\"x\":0,\"y\":5}");
  busy = ph_walk_get_outline (fixture->walk, 3 * PH_SECOND, NULL);

  g_assert_cmpuint (quiet->activity->len, ==, 1);
  g_assert_cmpuint (g_array_index (quiet->activity, PhActivity, 0).n_events, ==, 2);
  g_assert_cmpuint (busy->activity->len, ==, 1);
  g_assert_cmpint (g_array_index (busy->activity, PhActivity, 0).step, ==,
                   3 * PH_SECOND / PH_ACTIVITY_STEP);
}

/* An event whose text cannot be read still counts, and nothing else happens. */
static void
test_unreadable (Fixture *fixture,
                 gconstpointer data)
{
  const PhEvent event = { .text = "{", .size = 1, .type = 3, .source = PH_SOURCE_NONE };
  g_autoptr (PhOutline) outline = NULL;

  ph_walk_add (fixture->walk, &event);
  outline = ph_walk_get_outline (fixture->walk, 0, NULL);
  g_assert_cmpuint (((PhSessionWindow *) outline->windows->pdata[0])->info.n_events, ==, 1);
  g_assert_null (outline->title);
}

/* A session of nothing but clicks does not fill the memory with them. */
static void
test_many_moments (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (PhOutline) outline = NULL;

  add_page (fixture, 0, 0, "https://a.example/");

  for (guint i = 0; i < PH_LIMIT_MOMENTS + 10; i++)
    add (fixture, 0, 5, PH_SOURCE_NONE, i, "{\"tag\":\"x\",\"payload\":{}}");

  outline = ph_walk_get_outline (fixture->walk, PH_SECOND, NULL);
  g_assert_cmpuint (outline->moments->len, ==, PH_LIMIT_MOMENTS);
  g_assert_cmpuint (ph_health_count (outline->health, PH_HEALTH_LIMIT), ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/walk/before-a-page", test_before_a_page);
  ADD ("/walk/on-the-way", test_on_the_way);
  ADD ("/walk/activity", test_activity);
  ADD ("/walk/unreadable", test_unreadable);
  ADD ("/walk/many-moments", test_many_moments);
#undef ADD

  return g_test_run ();
}
