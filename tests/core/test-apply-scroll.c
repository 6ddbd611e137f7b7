/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-limits.h"
#include "ph-test-dom.h"

#define EL(id, tag, attributes, inside)                                       \
  "{'type':2,'tagName':'" tag "','attributes':{" attributes "},'id':" #id "," \
  "'childNodes':[" inside "]}"
#define DOCUMENT(id, members, inside) \
  "{'type':0,'id':" #id "," members "'childNodes':[" inside "]}"
#define SNAPSHOT(offset, node) \
  "{'type':2,'timestamp':1,'data':{" offset "'node':" node "}}"
#define OFFSET(left, top) "'initialOffset':{'left':" #left ",'top':" #top "},"
#define SCROLL(id, x, y) \
  "{'type':3,'timestamp':2,'data':{'source':3,'id':" #id ",'x':" #x ",'y':" #y "}}"
#define MOVE(id, tag)                                                                         \
  "{'type':3,'timestamp':3,'data':{'source':0,'removes':[],'texts':[],'attributes':[],"       \
  "'adds':[{'parentId':3,'nextId':null,'node':{'type':2,'tagName':'" tag "','attributes':{}," \
  "'childNodes':[],'id':" #id "}}]}}"
#define AT(left, top) "'rr_scrollLeft':" #left ",'rr_scrollTop':" #top
#define BODY(attributes, inside) EL (3, "body", attributes, inside)
#define TOP(html, inside) DOCUMENT (1, "", EL (2, "html", html, inside))
#define BACK "'compatMode':'BackCompat',"
#define QUIRKS(html, inside) DOCUMENT (1, BACK, EL (2, "html", html, inside))
#define FRAME(html) EL (4, "iframe", "", DOCUMENT (5, "", EL (6, "html", html, "")))
#define EMPTY SNAPSHOT ("", TOP ("", BODY ("", "")))
#define FRAMED SNAPSHOT ("", TOP ("", BODY ("", FRAME (AT (3, 4)))))
#define TWO SNAPSHOT ("", TOP ("", BODY ("", EL (4, "p", "", "") "," EL (5, "b", "", ""))))
#define ODD SCROLL (3, 1e300, 2) "," SCROLL (3, null, 2) "," SCROLL (3, '1', '2')

/* `id:x,y ` of each node that has a position. */
static char *
dup_positions (const PhDom *dom)
{
  GString *out = g_string_new (NULL);
  PhSlot root = ph_dom_get_root (dom);

  for (PhSlot slot = root; slot != 0; slot = ph_dom_next (dom, root, slot))
    {
      const PhNode *node = ph_dom_node (dom, slot);

      if (node->state != NULL && node->state->scrolled)
        g_string_append_printf (out, "%d:%g,%g ", node->id, node->state->scroll_x,
                                node->state->scroll_y);
    }

  return g_string_free (out, FALSE);
}

static void
test_events (void)
{
  static const struct
  {
    const char *events;
    const char *positions;
    guint n_findings;
  } rows[] = {
    { SNAPSHOT (OFFSET (0, 800), TOP ("", BODY ("", ""))), "1:0,800 ", 0 },
    { SNAPSHOT ("", TOP ("", BODY (AT (1, 2.5), ""))), "1:0,0 3:1,2.5 ", 0 },
    /* The root element's position is the window's; said twice, and later said once. */
    { SNAPSHOT (OFFSET (0, 800), TOP (AT (0, 800), BODY ("", ""))), "1:0,800 ", 0 },
    { SNAPSHOT (OFFSET (0, 800), TOP (AT (0, 800), BODY ("", ""))) "," SCROLL (1, 0, 5),
      "1:0,5 ", 0 },
    /* In quirks mode it is the body's. */
    { SNAPSHOT (OFFSET (0, 800), QUIRKS ("", BODY (AT (0, 800), ""))), "1:0,800 ", 0 },
    { SNAPSHOT (OFFSET (0, 8), TOP ("", BODY (AT (0, 9), ""))) "," SCROLL (1, 0, 5),
      "1:0,5 3:0,9 ", 0 },
    /* Of an iframe's page nothing else says it. */
    { FRAMED, "1:0,0 5:3,4 ", 0 },
    { FRAMED "," SCROLL (5, 1, 2), "1:0,0 5:1,2 ", 0 },
    /* From right to left positions are negative. */
    { EMPTY "," SCROLL (3, -40, 7), "1:0,0 3:-40,7 ", 0 },
    /* What is moved begins anew. */
    { TWO "," SCROLL (4, 1, 2) "," SCROLL (5, 3, 4) "," MOVE (4, "p"), "1:0,0 5:3,4 ", 0 },
    /* What is odd changes nothing, and is told. */
    { EMPTY "," SCROLL (3, 1, 2) "," ODD "," SCROLL (9, 1, 2), "1:0,0 3:1,2 ", 4 },
    { EMPTY "," SCROLL (-1, 1, 2) "," SCROLL (-2, 1, 2), "1:0,0 ", 0 },
    { SNAPSHOT ("", TOP ("", BODY (AT ('1', null), ""))), "1:0,0 ", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhNames) names = ph_names_new ();
      g_autoptr (PhDom) dom = ph_dom_new (names);
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *events = g_strdup_printf ("[%s]", rows[i].events);
      g_autofree char *positions = NULL;

      g_test_message ("row %u", i);
      ph_test_apply (dom, health, events);
      positions = dup_positions (dom);
      g_assert_cmpstr (positions, ==, rows[i].positions);
      g_assert_cmpuint (ph_health_total (health), ==, rows[i].n_findings);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply-scroll/events", test_events);

  return g_test_run ();
}
