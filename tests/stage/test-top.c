/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "live-driver.h"
#include "ph-test.h"

/* Dialogs, popovers and <details>, on a real stage: see top.js. */

typedef struct
{
  gint64 time;
  const char *top; /* all of the page that is in the top layer */
  int x, y;
  guint colour; /* seen there */
} Case;

#define WHITE 0xffffff
#define BACKDROP 0x00c800
#define RED 0xff0000
#define BLUE 0x0000ff

static const Case cases[] = {
  { 1060, "", 5, 250, WHITE },
  { 1060, "", 320, 320, WHITE },
  /* Open, but not modal: no backdrop. */
  { 1100, "", 5, 250, WHITE },
  { 1100, "", 320, 320, RED },
  { 1200, "21 modal,", 5, 250, BACKDROP },
  { 1200, "21 modal,", 320, 320, RED },
  /* The second backdrop lies over the first dialog. */
  { 1300, "21 modal,23 modal,", 320, 320, BACKDROP },
  { 1300, "21 modal,23 modal,", 360, 360, BLUE },
  { 1400, "23 modal,", 320, 320, BACKDROP },
  { 1400, "23 modal,", 360, 360, BLUE },
  /* Shown again it lies on top. */
  { 1500, "21 modal,23 modal,", 360, 360, RED },
  { 1500, "21 modal,23 modal,", 420, 420, BACKDROP },
  { 1600, "23 modal,21 modal,", 360, 360, RED },
  { 1700, "", 360, 360, WHITE },
  /* In a shadow root, and in an iframe. */
  { 1800, "41 modal,", 5, 250, 0xe5e5e5 },
  { 1800, "41 modal,", 400, 300, 0x090909 },
  { 1900, "54 modal,", 5, 250, WHITE },
  { 1900, "54 modal,", 610, 410, 0xc80000 },
  /* <details>, and popovers. */
  { 1900, "54 modal,", 20, 40, WHITE },
  { 2000, "", 20, 40, 0x010203 },
  { 2000, "", 520, 50, 0x010203 },
  { 2100, "31 popover,", 520, 50, 0xffff00 },
  { 2200, "31 popover,33 popover,", 520, 50, 0xffff00 },
  { 2200, "31 popover,33 popover,", 580, 50, 0x00ffff },
  { 2300, "", 520, 50, 0x010203 },
  { 2400, "33 popover,", 580, 50, 0x00ffff },
  { 2500, "21 modal,", 580, 50, BACKDROP },
  { 2500, "21 modal,", 360, 360, RED },
};

static void
add_top (JsonObject *node,
         GString *out)
{
  static const char *const lists[] = { "shadow", "children" };

  if (json_object_has_member (node, "top"))
    g_string_append_printf (out, "%d %s,", (int) json_object_get_int_member (node, "id"),
                            json_object_get_string_member (node, "top"));

  if (json_object_has_member (node, "frame"))
    add_top (json_object_get_object_member (node, "frame"), out);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *list = json_object_has_member (node, lists[i])
                          ? json_object_get_array_member (node, lists[i])
                          : NULL;

      for (guint j = 0; list != NULL && j < json_array_get_length (list); j++)
        add_top (json_array_get_object_element (list, j), out);
    }
}

static char *
top_of (Live *live)
{
  GString *out = g_string_new (NULL);

  add_top (json_object_get_object_member (json_node_get_object (live->tree), "tree"), out);

  return g_string_free (out, FALSE);
}

static void
check (Live *live,
       const Case *wanted)
{
  g_autofree char *top = top_of (live);

  g_test_message ("at %d", (int) wanted->time);
  g_assert_cmpstr (top, ==, wanted->top);
  g_assert_cmphex (live_colour (live, wanted->x, wanted->y), ==, wanted->colour);
}

static void
test_order (void)
{
  g_autoptr (Live) live = live_new_fixture ("stage/top-layer.json");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("top-%d.png", (int) cases[i].time);

      live_play (live, cases[i].time);
      live_save (live, name);
      check (live, &cases[i]);
    }

  for (guint i = 0; i < 40; i++)
    {
      const Case *wanted = &cases[g_test_rand_int_range (0, G_N_ELEMENTS (cases))];

      live_seek (live, wanted->time);
      check (live, wanted);
    }
}

/* What rrweb's authors test with: the state after each event. */
static void
test_corpus (void)
{
  static const struct
  {
    const char *name;
    gint64 after; /* ms since the first event; −1: at the end */
    const char *top;
  } rows[] = {
    { "dialog/dialog-add-dialog-and-show-1.json", -1, "" },
    { "dialog/dialog-add-dialog-and-showmodal-1.json", -1, "11 modal," },
    { "dialog/dialog-switch-to-show-dialog-1.json", 250, "8 modal," },
    { "dialog/dialog-switch-to-show-dialog-1.json", -1, "" },
    { "dialog/dialog-switch-to-showmodal-dialog-1.json", 250, "" },
    { "dialog/dialog-switch-to-showmodal-dialog-1.json", -1, "8 modal," },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strconcat ("corpus/rrweb/", rows[i].name, NULL);
      g_autoptr (Live) live = live_new_shared (name);
      g_autofree char *top = NULL;
      gint64 time = rows[i].after + 1700000000000;

      if (live == NULL)
        {
          g_test_skip ("the shared corpus is not here");
          return;
        }

      if (rows[i].after < 0)
        time = (ph_session_get_start_time (live->session) +
                ph_session_get_span (live->session).end) /
                 PH_MSEC +
               1;

      g_test_message ("%s", name);
      live_seek (live, time);
      top = top_of (live);
      g_assert_cmpstr (top, ==, rows[i].top);
    }
}

/* One dialog shown, closed, modal, not, modal; then a page with one, and another one comes. */
static void
test_playback (void)
{
  static const char *const wanted[] = { "", "", "27 modal,", "",
                                        "27 modal,", "32 modal,24 modal," };
  g_autoptr (Live) live = live_new_shared ("corpus/rrweb/events/dialog-playback.json");
  guint n_events;
  guint n = 0;

  if (live == NULL)
    {
      g_test_skip ("the shared corpus is not here");
      return;
    }

  n_events = ph_session_get_n_events (live->session);

  for (guint i = 0; i < n_events; i++)
    {
      const PhEvent *event = ph_session_get_event (live->session, i);
      g_autofree char *top = NULL;

      if (event->type != PH_EVENT_INCREMENTAL || n >= G_N_ELEMENTS (wanted))
        continue;

      live_seek (live, event->timestamp / PH_MSEC + 1);
      top = top_of (live);
      g_test_message ("event %u: %s", i, top);
      g_assert_cmpstr (top, ==, wanted[n]);
      n++;
    }

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (wanted));
}

int
main (int argc,
      char **argv)
{
  stage_driver_init (&argc, &argv);

  g_test_add_func ("/top/order", test_order);
  g_test_add_func ("/top/corpus", test_corpus);
  g_test_add_func ("/top/playback", test_playback);

  return g_test_run ();
}
