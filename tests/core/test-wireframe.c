/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-apply.h"
#include "ph-dom-write.h"
#include "ph-test.h"
#include "ph-wireframe.h"

#include <string.h>

typedef struct
{
  PhWireframe *app;
  PhJson *json;
  PhJson *page_json;
  PhNames *names;
  PhDom *dom;
  PhHealth *health;
  GString *out;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->app = ph_wireframe_new ();
  fixture->json = ph_json_new ();
  fixture->page_json = ph_json_new ();
  fixture->names = ph_names_new ();
  fixture->dom = ph_dom_new (fixture->names);
  fixture->health = ph_health_new ();
  fixture->out = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_wireframe_free (fixture->app);
  ph_json_free (fixture->json);
  ph_json_free (fixture->page_json);
  ph_dom_free (fixture->dom);
  ph_names_unref (fixture->names);
  ph_health_free (fixture->health);
  g_string_free (fixture->out, TRUE);
}

/* Takes the event as recorded, and applies what it becomes to the page. */
static void
take (Fixture *fixture,
      const char *text)
{
  PhEvent event = { 0 };
  PhJsonValue root;

  g_assert_true (ph_json_parse (fixture->json, text, strlen (text), &root, NULL));
  g_assert_true (ph_event_read (&event, root));

  if (ph_wireframe_translate (fixture->app, &event, root, fixture->out))
    g_assert_true (ph_json_parse (fixture->page_json, fixture->out->str, fixture->out->len, &root,
                                  NULL));

  g_assert_true (ph_event_read (&event, root));
  ph_dom_apply (fixture->dom, &event, root, fixture->health);
  ph_dom_check (fixture->dom);
}

/* The texts of the page's body, and `|` for each element's end. */
static void
check (Fixture *fixture,
       const char *expected)
{
  g_autofree char *html = ph_dom_write_html (fixture->dom, PH_WRITE_RECORDED);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean is_inside = FALSE;

  for (const char *at = strstr (html, "<body"); at != NULL && *at != '\0'; at++)
    {
      if (*at == '<')
        is_inside = TRUE;

      if (!is_inside)
        g_string_append_c (out, *at);
      else if (g_str_has_prefix (at, "<img"))
        g_string_append (out, "img");

      if (*at == '<' && at[1] == '/')
        g_string_append_c (out, '|');

      if (*at == '>')
        is_inside = FALSE;
    }

  g_assert_cmpstr (out->str, ==, expected);
}

#define TEXT(id, text) "{\"id\":" id ",\"type\":\"text\",\"text\":\"" text "\"}"
#define SCREEN                                                                                     \
  "{\"type\":2,\"data\":{\"wireframes\":[{\"id\":20,\"type\":\"div\",\"childWireframes\":[" TEXT ( \
    "21", "a") "," TEXT ("9007199254740990", "b") "]}]},\"timestamp\":1}"
#define CHANGE(lists) "{\"type\":3,\"data\":{\"source\":0," lists "},\"timestamp\":2}"

static void
test_changes (Fixture *fixture,
              gconstpointer data)
{
  static const struct
  {
    const char *lists;
    const char *page;
  } cases[] = {
    { "\"adds\":[{\"parentId\":20,\"wireframe\":" TEXT ("30", "c") "}]", "a|b|c|||||||" },
    { "\"updates\":[{\"parentId\":20,\"wireframe\":" TEXT ("21", "A") "}]", "b|c|A|||||||" },
    { "\"removes\":[{\"parentId\":20,\"id\":9007199254740990}]", "c|A|||||||" },
    /* Trees that overlap, as each update brings all that is below. */
    { "\"updates\":[{\"parentId\":20,\"wireframe\":{\"id\":40,\"type\":\"div\","
      "\"childWireframes\":[" TEXT ("41", "x") "]}},{\"parentId\":40,"
                                               "\"wireframe\":" TEXT ("41", "x") "}]",
      "c|A|x||||||||" },
    { "\"updates\":[{\"parentId\":40,\"wireframe\":" TEXT ("41", "y") "}]", "c|A|y||||||||" },
    /* Of a parent nobody knows, and of one that is the page. */
    { "\"adds\":[{\"parentId\":77,\"wireframe\":" TEXT ("50", "z") "}]", "c|A|y|||z||||||" },
    { "\"removes\":[{\"parentId\":1,\"id\":20},{\"parentId\":1,\"id\":20},{\"parentId\":1,"
      "\"id\":99}]",
      "z||||||" },
    { "\"adds\":[],\"updates\":{},\"removes\":7", "z||||||" },
  };

  take (fixture, SCREEN);
  check (fixture, "a|b|||||||");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"type\":3,\"data\":{\"source\":0,%s},"
                                               "\"timestamp\":2}",
                                               cases[i].lists);

      g_test_message ("case %u", i);
      take (fixture, text);
      check (fixture, cases[i].page);
      g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
    }
}

/* One picture after the other, under the keyboard and in the body whatever its parent. */
static void
test_screenshots (Fixture *fixture,
                  gconstpointer data)
{
  take (fixture, SCREEN);
  take (fixture, "{\"type\":5,\"data\":{\"tag\":\"keyboard\",\"payload\":{\"open\":true,"
                 "\"height\":200}},"
                 "\"timestamp\":2}");
  check (fixture, "a|b||keyboard||||||");

  for (guint i = 0; i < 3; i++)
    take (fixture, CHANGE ("\"updates\":[{\"parentId\":20,\"wireframe\":{\"id\":60,"
                           "\"type\":\"screenshot\","
                           "\"base64\":\"iVBORw0=\"}}]"));

  check (fixture, "a|b||imgkeyboard||||||");
  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
}

static void
test_keyboard (Fixture *fixture,
               gconstpointer data)
{
  static const char open[] = "{\"type\":5,\"data\":{\"tag\":\"keyboard\","
                             "\"payload\":{\"open\":true,"
                             "\"height\":200}},\"timestamp\":2}";
  static const char shut[] = "{\"type\":5,\"data\":{\"tag\":\"keyboard\","
                             "\"payload\":{\"open\":false}},"
                             "\"timestamp\":3}";

  take (fixture, SCREEN);

  for (guint i = 0; i < 2; i++)
    {
      take (fixture, open);
      take (fixture, open);
      check (fixture, "a|b||keyboard||||||");
      take (fixture, shut);
      take (fixture, shut);
      check (fixture, "a|b|||||||");
    }

  /* Another screen has none. */
  take (fixture, open);
  take (fixture, SCREEN);
  take (fixture, shut);
  check (fixture, "a|b|||||||");
  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
}

/* What is touched is a node of the page, the body where it is none. */
static void
test_touch (Fixture *fixture,
            gconstpointer data)
{
  static const struct
  {
    const char *data;
    const char *becomes;
  } cases[] = {
    { "{\"source\":2,\"type\":7,\"id\":0,\"x\":1}", "{\"source\":2,\"type\":7,\"id\":5,\"x\":1}" },
    { "{\"source\":2,\"type\":7,\"id\":777}", "{\"source\":2,\"type\":7,\"id\":5}" },
    { "{\"source\":6,\"positions\":[{\"id\":0,\"x\":1.5,\"timeOffset\":-3},{\"id\":0}]}",
      "{\"source\":6,\"positions\":[{\"id\":5,\"x\":1.5,\"timeOffset\":-3},{\"id\":5}]}" },
  };

  take (fixture, SCREEN);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"type\":3,\"data\":%s,\"timestamp\":2,"
                                               "\"windowId\":\"w\"}",
                                               cases[i].data);
      g_autofree char *becomes = g_strdup_printf (
        "{\"type\":3,\"data\":%s,\"timestamp\":2,\"windowId\":\"w\"}", cases[i].becomes);

      take (fixture, text);
      g_assert_cmpstr (fixture->out->str, ==, becomes);
    }

  take (fixture, "{\"type\":3,\"data\":{\"source\":2,\"type\":2,\"id\":21},\"timestamp\":2}");
  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
}

static void
test_is_one (Fixture *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean is_one;
  } cases[] = {
    { SCREEN, TRUE },
    { "{\"type\":2,\"data\":{\"node\":{}},\"timestamp\":1}", FALSE },
    { CHANGE ("\"adds\":[{\"parentId\":1,\"wireframe\":{}}]"), TRUE },
    { CHANGE ("\"updates\":[{\"parentId\":1,\"wireframe\":{}}]"), TRUE },
    { CHANGE ("\"adds\":[{\"parentId\":1,\"node\":{}}]"), FALSE },
    { CHANGE ("\"removes\":[{\"parentId\":1,\"id\":1}]"), FALSE },
    { "{\"type\":5,\"data\":{\"tag\":\"keyboard\",\"payload\":{}},\"timestamp\":1}", TRUE },
    { "{\"type\":5,\"data\":{\"tag\":\"$pageview\"},\"timestamp\":1}", FALSE },
    { "{\"type\":4,\"data\":7,\"timestamp\":1}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhEvent event = { 0 };
      PhJsonValue root;

      g_assert_true (ph_json_parse (fixture->json, cases[i].text, strlen (cases[i].text), &root,
                                    NULL));
      g_assert_true (ph_event_read (&event, root));
      g_test_message ("case %u", i);
      g_assert_cmpint (ph_wireframe_is_one (&event, root), ==, cases[i].is_one);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/wireframe/changes", Fixture, NULL, set_up, test_changes, tear_down);
  g_test_add ("/wireframe/screenshots", Fixture, NULL, set_up, test_screenshots, tear_down);
  g_test_add ("/wireframe/keyboard", Fixture, NULL, set_up, test_keyboard, tear_down);
  g_test_add ("/wireframe/touch", Fixture, NULL, set_up, test_touch, tear_down);
  g_test_add ("/wireframe/is-one", Fixture, NULL, set_up, test_is_one, tear_down);

  return g_test_run ();
}
