/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "live-driver.h"
#include "ph-test.h"
#include "ph-web-pins.h"

#include <string.h>

/* Pins of notes, and what is under a point, on a real stage: see pins.js. */

/* A page of 800 × 600: a button, one in a shadow tree, one in an iframe, far below another. */
#define BODY                                                                                      \
  "{'type':2,'tagName':'head','attributes':{},'id':10,'childNodes':[{'type':2,'tagName':'style'," \
  "'attributes':{},'id':11,'childNodes':[{'type':3,'id':12,'textContent':'html, body { margin: "  \
  "0; height: 2000px } div, i { position: absolute; left: 100px; width: 80px; height: 40px } "    \
  "i { top: 1500px } x-host { position: absolute; left: 300px; top: 100px; display: block } "     \
  "iframe { position: absolute; left: 400px; top: 300px; width: 200px; height: 100px; border: "   \
  "10px solid }'}]}]},"                                                                           \
  "{'type':2,'tagName':'body','attributes':{},'id':20,'childNodes':["                             \
  "{'type':2,'tagName':'div','attributes':{'style':'top: 60px'},'id':21,'childNodes':["           \
  "{'type':3,'textContent':'buy','id':22}]},"                                                     \
  "{'type':2,'tagName':'x-host','attributes':{},'isShadowHost':true,'id':40,'childNodes':["       \
  "{'type':2,'tagName':'p','attributes':{'style':'margin: 0; width: 50px; height: 50px'},"        \
  "'isShadow':true,'id':42,'childNodes':[]}]},"                                                   \
  "{'type':2,'tagName':'i','attributes':{},'id':45,'childNodes':[]},"                             \
  "{'type':2,'tagName':'iframe','attributes':{},'id':50,'childNodes':[]}]}"

static const char events[] =
  "{'type':3,'timestamp':1050,'data':{'source':0,'isAttachIframe':true,'texts':[],"
  "'attributes':[],'removes':[],'adds':[{'parentId':50,'nextId':null,'node':{'type':0,"
  "'id':60,'childNodes':[{'type':2,'tagName':'html','rootId':60,'attributes':{},'id':61,"
  "'childNodes':[{'type':2,'tagName':'p','rootId':60,'attributes':{'style':'position: absolute; "
  "left: 20px; top: 30px; width: 40px; height: 20px; margin: 0'},'id':62,'childNodes':[]}]}]}}]}},"
  "{'type':3,'timestamp':1200,'data':{'source':3,'id':1,'x':0,'y':1000}},"
  "{'type':3,'timestamp':1300,'data':{'source':0,'texts':[],'attributes':[],'adds':[],"
  "'removes':[{'parentId':20,'id':21}]}}";

typedef struct
{
  gboolean done;
  gboolean found;
  PhPick pick;
} Looked;

static void
looked_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Looked *looked = user_data;
  g_autoptr (GError) error = NULL;

  looked->found = ph_web_pins_look_finish (PH_WEB_PINS (source), result, &looked->pick, &error);
  g_assert_no_error (error);
  looked->done = TRUE;
}

static Looked
look_at (PhWebPins *pins,
         double x,
         double y)
{
  Looked looked = { 0 };

  ph_web_pins_look_async (pins, x, y, looked_cb, &looked);

  while (!looked.done)
    g_main_context_iteration (NULL, TRUE);

  return looked;
}

/* The innermost recorded element, in every kind of tree, wherever the page is scrolled to. */
static void
test_look (void)
{
  static const struct
  {
    gint64 time;
    int x, y;
    gint32 node; /* -1: beside the page */
    int document_y;
  } rows[] = {
    { 1100, 110, 70, 21, 70 },
    { 1100, 310, 110, 42, 110 },
    { 1100, 435, 345, 62, 345 },
    { 1100, 415, 315, 61, 315 },
    { 1100, 405, 305, 50, 305 },
    { 1100, 700, 20, 20, 20 },
    { 1100, 900, 20, -1, 0 },
    { 1250, 110, 510, 45, 1510 },
    { 1250, 110, 70, 20, 1070 },
    { 1350, 110, 510, 45, 1510 },
  };
  g_autoptr (Live) live = live_new (BODY, events);
  g_autoptr (PhWebPins) pins = ph_web_pins_new (live->driver->stage);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Looked looked;

      live_seek (live, rows[i].time);
      looked = look_at (pins, rows[i].x, rows[i].y);
      g_test_message ("%d %d at %d", rows[i].x, rows[i].y, (int) rows[i].time);
      g_assert_cmpint (looked.found, ==, rows[i].node >= 0);

      if (looked.found)
        {
          g_assert_cmpint (looked.pick.node, ==, rows[i].node);
          g_assert_cmpint (looked.pick.x, ==, rows[i].x);
          g_assert_cmpint (looked.pick.y, ==, rows[i].document_y);
        }
    }

  ph_web_pins_leave (pins);
}

/* Where each pin is, as `text:x,y`, when the page has been scrolled and changed. */
static char *
where (Live *live)
{
  return live_evaluate (live,
                        "return playhead.overlay.look().pins.map((pin) => "
                        "`${pin.text}:${Math.round(pin.x)},${Math.round(pin.y)}`).join(' ');");
}

static void
test_pins (void)
{
  static const PhPin wanted[] = {
    { .node = 21, .text = "a", .kind = "problem", .chosen = TRUE },
    { .node = 62, .has_spot = TRUE, .x = 440, .y = 350, .text = "b", .kind = "idea" },
    { .has_spot = TRUE, .x = 7, .y = 1100, .text = "</text>", .kind = "praise" },
    { .node = 45, .text = "d", .kind = "question" },
    { .node = 999, .text = "none", .kind = "observation" },
  };
  static const struct
  {
    gint64 time;
    const char *pins;
  } rows[] = {
    { 1020, "a:180,60 </text>:7,1100 d:180,1500" },
    { 1100, "a:180,60 b:440,350 </text>:7,1100 d:180,1500" },
    { 1250, "a:180,-940 b:440,-650 </text>:7,100 d:180,500" },
    { 1350, "b:440,-650 </text>:7,100 d:180,500" },
  };
  g_autoptr (Live) live = live_new (BODY, events);
  g_autoptr (PhWebPins) pins = ph_web_pins_new (live->driver->stage);

  live_seek (live, 1020);
  ph_web_pins_set (pins, wanted, G_N_ELEMENTS (wanted));

  for (guint i = 0; i < 3 * G_N_ELEMENTS (rows); i++)
    {
      guint at = i < G_N_ELEMENTS (rows) ? i : (i * 3 + 1) % G_N_ELEMENTS (rows);
      g_autofree char *is = NULL;

      live_seek (live, rows[at].time);
      is = where (live);
      g_assert_cmpstr (is, ==, rows[at].pins);
      live_save (live, "pins.png");
    }

  ph_web_pins_set (pins, NULL, 0);

  {
    g_autofree char *none = where (live);

    g_assert_cmpstr (none, ==, "");
  }
}

int
main (int argc,
      char **argv)
{
  stage_driver_init (&argc, &argv);

  g_test_add_func ("/pins/look", test_look);
  g_test_add_func ("/pins/pins", test_pins);

  return g_test_run ();
}
