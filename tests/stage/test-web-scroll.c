/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stage-driver.h"

#include "ph-test.h"

/* html 2, head 3, body 4 in document 1; what follows appends to body. */
#define PAGE                                                                                  \
  "0,1,false, 1,800,600, 5,10,1,\"html\",\"\",\"\", 2,2,1,0,\"html\",0, 2,3,2,0,\"head\",0, " \
  "2,4,2,0,\"body\",0, "

static StageDriver *shared;

static void
assert_scroll (gint64 id,
               int x,
               int y)
{
  g_autoptr (JsonNode) tree = stage_driver_tree (shared);
  JsonObject *node = stage_tree_find (tree, id);
  JsonArray *scroll;

  g_assert_nonnull (node);

  if (x == 0 && y == 0)
    {
      g_assert_false (json_object_has_member (node, "scroll"));
      return;
    }

  g_assert_true (json_object_has_member (node, "scroll"));
  scroll = json_object_get_array_member (node, "scroll");
  g_assert_cmpint (json_array_get_int_element (scroll, 0), ==, x);
  g_assert_cmpint (json_array_get_int_element (scroll, 1), ==, y);
}

static void
wait_msec (guint msec)
{
  gint64 end = g_get_monotonic_time () + msec * (gint64) 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
}

#define BOX(style) \
  "2,5,4,0,\"div\",1,\"style\",\"width: 100px; height: 100px; overflow: auto;" style "\", "
#define TALL(id, parent) \
  "2," #id "," #parent ",0,\"p\",1,\"style\",\"margin: 0; width: 3000px; height: 3000px\", "
#define P(id, parent, style) "2," #id "," #parent ",0,\"p\",1,\"style\",\"" style "\", "
#define STOP "margin: 0; height: 300px; scroll-snap-align: start"
#define STOPS P (6, 5, STOP) P (7, 5, STOP)
#define UP BOX ("display: flex; flex-direction: column-reverse") P (6, 5, "flex: 0 0 900px")
#define SHADOW "2,7,4,0,\"div\",0, 6,-7,7, "
#define SMALL "2,5,-7,0,\"div\",1,\"style\",\"height: 50px; overflow: auto\", "
#define FRAME "2,10,9,0,\"html\",0, 2,11,10,0,\"body\",0, "
#define GROW "@keyframes grow { 0%, 99% { height: 10px } 100% { height: 2000px } }"
#define LINES "one\\ntwo\\nthree\\nfour\\nfive\\nsix\\nseven\\neight\\nnine\\nten\\neleven"

/* What a page may do with scrolling of its own changes nothing of what was recorded. */
static void
test_as_recorded (void)
{
  static const struct
  {
    const char *patch;
    gint64 id;
    int x, y;
  } cases[] = {
    { BOX ("scroll-behavior: smooth") TALL (6, 5) "19,5,30,70", 5, 30, 70 },
    /* Between two places to stop at, as on the way from one to the other. */
    { BOX ("scroll-snap-type: y mandatory") STOPS "19,5,0,130", 5, 0, 130 },
    /* From right to left positions are negative. */
    { BOX ("direction: rtl") TALL (6, 5) "19,5,-40,7", 5, -40, 7 },
    { UP "19,5,0,-25", 5, 0, -25 },
    { "2,5,4,0,\"textarea\",1,\"rows\",\"3\", 14,5,\"" LINES "\", 19,5,0,20", 5, 0, 20 },
    { BOX ("position: relative; overflow: hidden") TALL (6, 5) "19,5,11,12", 5, 11, 12 },
    /* In a shadow tree, and in the page of an iframe inside one. */
    { SHADOW SMALL TALL (6, 5) "19,5,0,70", 5, 0, 70 },
    { SHADOW "2,8,-7,0,\"iframe\",0, 7,9,8,false, " FRAME TALL (6, 11) "19,9,5,77", 9, 5, 77 },
    { "2,7,4,0,\"iframe\",0, 7,9,7,true, " FRAME TALL (6, 11) "19,9,5,77", 9, 5, 77 },
    /* Fractions go to one place, whatever was before. */
    { BOX ("") TALL (6, 5) "19,5,0,70.4", 5, 0, 70 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *patch = g_strdup_printf ("[" PAGE "%s]", cases[i].patch);

      g_test_message ("case %u: %s", i, cases[i].patch);
      stage_driver_show (shared, patch);
      assert_scroll (cases[i].id, cases[i].x, cases[i].y);
    }
}

/* A fraction is asked for from another place: the same as at once. */
static void
test_fractions (void)
{
  static const double places[] = { 70.4, 70.5, 70.9, 71.2 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *once = g_strdup_printf ("[" PAGE BOX ("") TALL (6, 5) "19,5,0,%g]",
                                               places[i]);
      g_autofree char *then = g_strdup_printf ("[19,5,0,%g]", places[i]);
      int wanted;

      stage_driver_show (shared, once);

      for (wanted = 69; wanted < 73; wanted++)
        {
          g_autoptr (JsonNode) tree = stage_driver_tree (shared);
          JsonArray *scroll =
            json_object_get_array_member (stage_tree_find (tree, 5), "scroll");

          if (json_array_get_int_element (scroll, 1) == wanted)
            break;
        }

      for (int from = 68; from < 74; from++)
        {
          g_autofree char *before = g_strdup_printf ("[19,5,0,%d]", from);

          stage_driver_show (shared, before);
          stage_driver_show (shared, then);
          assert_scroll (5, 0, wanted);
        }
    }
}

/* What makes a box tall may come without a patch: a picture, a font, an animation. */
static void
test_reached_later (void)
{
  stage_driver_show (shared, "[" PAGE "2,7,3,0,\"style\",0, 3,8,7,\"" GROW "\", " BOX ("")
                               P (6, 5, "animation: grow 0.3s linear forwards") "19,5,0,900]");
  assert_scroll (5, 0, 0);
  ph_stage_set_playing (PH_STAGE (shared->stage), TRUE);
  wait_msec (1800);
  assert_scroll (5, 0, 900);
  ph_stage_set_playing (PH_STAGE (shared->stage), FALSE);
}

/* What cannot be reached any more is lost by no one. */
static void
test_shrinks_and_grows (void)
{
  stage_driver_show (shared, "[" PAGE BOX ("") TALL (6, 5) "19,5,0,900]");
  stage_driver_show (shared, "[11,6,\"style\",\"margin: 0; height: 200px\"]");
  assert_scroll (5, 0, 100);
  stage_driver_show (shared, "[11,6,\"style\",\"height: 2000px\"]");
  assert_scroll (5, 0, 900);
  /* Taken out and put in again it stands at its beginning, unless it is said. */
  stage_driver_show (shared, "[9,5, 8,5,4,0, 19,5,0,900]");
  assert_scroll (5, 0, 900);
  stage_driver_show (shared, "[19,5,0,0]");
  assert_scroll (5, 0, 0);
}

/* What was hidden and is shown again goes where it is told to. */
static void
test_hidden_for_a_while (void)
{
  static const char style[] = "width: 100px; height: 100px; overflow: auto";

  for (int top = 0; top <= 70; top += 70)
    {
      g_autofree char *hide =
        g_strdup_printf ("[11,5,\"style\",\"%s; display: none\"]", style);
      g_autofree char *show = g_strdup_printf ("[11,5,\"style\",\"%s\"]", style);
      g_autofree char *scroll = g_strdup_printf ("[19,5,0,%d]", top);

      stage_driver_show (shared, "[" PAGE BOX ("") TALL (6, 5) "19,5,0,900]");
      stage_driver_show (shared, hide);
      assert_scroll (5, 0, 0);
      stage_driver_show (shared, show);
      assert_scroll (5, 0, 900);
      stage_driver_show (shared, scroll);
      assert_scroll (5, 0, top);
    }
}

int
main (int argc,
      char **argv)
{
  int result;

  stage_driver_init (&argc, &argv);
  shared = stage_driver_new (800, 600);
  stage_driver_wait_ready (shared, 1);

  g_test_add_func ("/web-scroll/as-recorded", test_as_recorded);
  g_test_add_func ("/web-scroll/fractions", test_fractions);
  g_test_add_func ("/web-scroll/reached-later", test_reached_later);
  g_test_add_func ("/web-scroll/shrinks-and-grows", test_shrinks_and_grows);
  g_test_add_func ("/web-scroll/hidden-for-a-while", test_hidden_for_a_while);

  result = g_test_run ();
  stage_driver_free (shared);

  return result;
}
