/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "live-driver.h"
#include "ph-test.h"

#include <string.h>

/* Focus, what is selected and the text caret, on a real stage: see marks.js, selection.js. */

#define FIXTURE "stage/selection.json"

typedef struct
{
  gint64 time;
  const char *selection;
  guint n_carets;
  /* A place of the page and what is seen there. */
  int x, y;
  guint colour;
} Case;

/* The highlight of ours over white. */
#define SELECTED 0xa3cdff

static const Case cases[] = {
  { 1060, "[]", 0, 50, 20, 0xffffff },
  { 1100, "[[22,2,24,10]]", 0, 50, 20, SELECTED },
  { 1100, "[[22,2,24,10]]", 0, 10, 20, 0xffffff },
  /* The page says how it is to look. */
  { 1100, "[[22,2,24,10]]", 0, 50, 60, 0xff0000 },
  { 1100, "[[22,2,24,10]]", 0, 180, 60, 0xffffff },
  /* In a shadow root, and in an iframe, where an offset is out of range. */
  { 1200, "[[42,0,42,5]]", 0, 30, 140, SELECTED },
  { 1200, "[[42,0,42,5]]", 0, 50, 20, 0xffffff },
  { 1300, "[[65,0,65,20]]", 0, 200, 240, SELECTED },
  /* A caret where text can be typed, and there only. */
  { 1400, "[[31,2,31,2]]", 1, 24, 100, 0x008000 },
  { 1500, "[[66,0,66,0]]", 1, 4, 276, 0x000000 },
  { 1600, "[[22,2,22,2]]", 0, 24, 20, 0xffffff },
  /* Text that is shorter now ends it; a node that goes takes it along. */
  { 1800, "[[22,2,24,4]]", 0, 60, 60, 0xffffff },
  { 1800, "[[22,2,24,4]]", 0, 30, 60, 0xff0000 },
  { 1900, "[]", 0, 50, 20, 0xffffff },
};

static void
check (Live *live,
       const Case *wanted)
{
  g_autofree char *selection = live_said (live, "selection");
  g_autofree char *carets = live_said (live, "carets");
  g_autoptr (JsonNode) list = json_from_string (carets, NULL);

  g_test_message ("at %d", (int) wanted->time);
  g_assert_cmpstr (selection, ==, wanted->selection);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (list)), ==, wanted->n_carets);
  g_assert_cmphex (live_colour (live, wanted->x, wanted->y), ==, wanted->colour);
}

static void
test_selection (void)
{
  g_autoptr (Live) live = live_new_fixture (FIXTURE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("selection-%d.png", (int) cases[i].time);

      live_play (live, cases[i].time);
      live_save (live, name);
      check (live, &cases[i]);
    }

  for (guint i = 0; i < 20; i++)
    {
      const Case *wanted = &cases[g_test_rand_int_range (0, G_N_ELEMENTS (cases))];

      live_seek (live, wanted->time);
      check (live, wanted);
    }
}

static void
test_focus (void)
{
  static const struct
  {
    gint64 time;
    gint64 id;
    const char *marks;
    const char *around; /* of node 50 */
  } rows[] = {
    { 1900, 51, "", "" },
    { 2000, 51, "ph-hover,ph-active,ph-focus,ph-focus-within",
      "ph-hover,ph-active,ph-focus-within" },
    { 3000, 52, "ph-focus,ph-focus-within,ph-focus-visible",
      "ph-hover,ph-active,ph-focus-within" },
    { 4000, 52, "", "ph-hover,ph-active" },
    /* What is outside of the iframe is not focused with what is in it. */
    { 4100, 66, "ph-focus,ph-focus-within,ph-focus-visible", "ph-hover,ph-active" },
  };
  g_autoptr (Live) live = live_new_fixture (FIXTURE);

  for (guint i = 0; i < 4 * G_N_ELEMENTS (rows); i++)
    {
      guint at = i < G_N_ELEMENTS (rows) ? i : (i * 7) % G_N_ELEMENTS (rows);
      g_autofree char *marks = NULL;
      g_autofree char *around = NULL;
      g_autofree char *frame = NULL;
      g_autofree char *name = g_strdup_printf ("focus-%d.png", (int) rows[at].time);

      live_seek (live, rows[at].time);
      live_save (live, name);
      g_test_message ("at %d", (int) rows[at].time);
      marks = live_list (live, rows[at].id, "marks");
      around = live_list (live, 50, "marks");
      frame = live_list (live, 60, "marks");
      g_assert_cmpstr (marks, ==, rows[at].marks);
      g_assert_cmpstr (around, ==, rows[at].around);
      g_assert_cmpstr (frame, ==, "");
    }
}

/* The ring around what has the focus is drawn outside of it, where keys brought it only. */
static void
test_ring (void)
{
  g_autoptr (Live) live = live_new_fixture (FIXTURE);
  guint plain;

  live_seek (live, 2000);
  plain = live_colour (live, 130, 128);
  g_assert_cmphex (live_colour (live, 50, 150), ==, 0x0000ff);
  live_seek (live, 3000);
  g_assert_cmphex (live_colour (live, 130, 128), !=, plain);
  live_seek (live, 4000);
  g_assert_cmphex (live_colour (live, 130, 128), !=, 0x00c800);
}

static void
test_corpus (void)
{
  g_autoptr (Live) live = live_new_shared ("corpus/rrweb/events/selection.json");
  g_autofree char *selection = NULL;
  PhSpan span;

  if (live == NULL)
    {
      g_test_skip ("the shared corpus is not here");
      return;
    }

  span = ph_session_get_span (live->session);
  live_seek (live, (ph_session_get_start_time (live->session) + span.end) / PH_MSEC + 1);
  live_save (live, "selection-corpus.png");
  selection = live_said (live, "selection");
  g_assert_cmpstr (selection, ==, "[[12,11,15,6]]");
}

int
main (int argc,
      char **argv)
{
  stage_driver_init (&argc, &argv);

  g_test_add_func ("/selection/selection", test_selection);
  g_test_add_func ("/selection/focus", test_focus);
  g_test_add_func ("/selection/ring", test_ring);
  g_test_add_func ("/selection/corpus", test_corpus);

  return g_test_run ();
}
