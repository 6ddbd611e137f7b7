/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

#define BODY                                                                   \
  "{\"type\":2,\"tagName\":\"p\",\"attributes\":{},\"id\":10,\"childNodes\":[" \
  "{\"type\":3,\"textContent\":\"a\\ud83d\\ude00b\",\"id\":11},"               \
  "{\"type\":2,\"tagName\":\"b\",\"attributes\":{},\"id\":12,\"childNodes\":[]}]}"

#define RANGE(start, start_offset, end, end_offset)                        \
  "{'start':" #start ",'startOffset':" #start_offset ",'end':" #end ",'en" \
  "dOffset':" #end_offset "}"
#define SELECT(ranges) \
  "[{'type':3,'timestamp':5,'data':{'source':14,'ranges':[" ranges "]}}]"

static char *
selected (PhDom *dom)
{
  const PhPageState *page = ph_dom_get_page (dom);
  GString *text = g_string_new (NULL);

  for (guint i = 0; page != NULL && page->presence.ranges != NULL &&
                    i < page->presence.ranges->len;
       i++)
    {
      const PhRange *range = &g_array_index (page->presence.ranges, PhRange, i);

      g_string_append_printf (text, "%d+%u-%d+%u ", range->start, range->start_offset,
                              range->end, range->end_offset);
    }

  return g_string_free (text, FALSE);
}

static void
test_ranges (void)
{
  static const struct
  {
    const char *events;
    const char *selected;
    guint n_odd; /* findings */
  } rows[] = {
    { SELECT (RANGE (11, 1, 11, 3)), "11+1-11+3 ", 0 },
    { SELECT (RANGE (10, 0, 11, 4)), "10+0-11+4 ", 0 },
    { SELECT (""), "", 0 },
    /* Offsets end where the node does: an emoji is two units. */
    { SELECT (RANGE (11, 1, 11, 5)), "11+1-11+4 ", 1 },
    { SELECT (RANGE (10, 3, 12, 1)), "10+2-12+0 ", 2 },
    { SELECT (RANGE (11, -1, 11, 1)), "11+0-11+1 ", 1 },
    { SELECT (RANGE (11, 'x', 11, 1)), "11+0-11+1 ", 1 },
    { SELECT (RANGE (99, 0, 11, 1)), "11+0-11+1 ", 1 },
    { SELECT (RANGE (11, 0, 99, 1) "," RANGE (11, 2, 11, 2)), "11+2-11+2 ", 1 },
    { "[{'type':3,'timestamp':5,'data':{'source':14,'ranges':7}}]", "11+0-11+1 ", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhDom) dom = ph_test_page (BODY);
      PhHealth *health = ph_health_new ();
      g_autofree char *text = NULL;

      g_test_message ("row %u", i);
      ph_test_apply (dom, NULL, SELECT (RANGE (11, 0, 11, 1)));
      ph_test_apply (dom, health, rows[i].events);
      text = selected (dom);
      g_assert_cmpstr (text, ==, rows[i].selected);
      g_assert_cmpuint (ph_health_total (health), ==, rows[i].n_odd);
      ph_health_free (health);
    }
}

/* What is selected goes with its nodes. */
static void
test_removed (void)
{
  g_autoptr (PhDom) dom = ph_test_page (BODY);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  ph_test_apply (dom, NULL, SELECT (RANGE (11, 0, 11, 1) "," RANGE (11, 0, 12, 0)));
  before = selected (dom);
  g_assert_cmpstr (before, ==, "11+0-11+1 11+0-12+0 ");
  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':6,'data':{'source':0,'adds':[],'texts':[],"
                 "'attributes':[],'removes':[{'parentId':10,'id':12}]}}]");
  after = selected (dom);
  g_assert_cmpstr (after, ==, "11+0-11+1 ");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/apply-selection/ranges", test_ranges);
  g_test_add_func ("/apply-selection/removed", test_removed);

  return g_test_run ();
}
