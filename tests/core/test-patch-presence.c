/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

/* A page from events that come one after the other, and the stage that follows. */

static const char body[] =
  "{\"type\":2,\"tagName\":\"p\",\"attributes\":{},\"id\":10,\"childNodes\":["
  "{\"type\":3,\"textContent\":\"hello\",\"id\":11},"
  "{\"type\":2,\"tagName\":\"input\",\"attributes\":{},\"id\":12,\"childNodes\":[]}]},"
  "{\"type\":2,\"tagName\":\"dialog\",\"attributes\":{},\"id\":13,\"childNodes\":[]},"
  "{\"type\":2,\"tagName\":\"p\",\"attributes\":{\"popover\":\"\",\"id\":\"x\"},\"id\":14,"
  "\"childNodes\":[]},"
  "{\"type\":2,\"tagName\":\"button\",\"attributes\":{\"popovertarget\":\"x\"},\"id\":15,"
  "\"childNodes\":[]}";

#define EVENT(time, data) "[{'type':3,'timestamp':" #time ",'data':{" data "}}]"

#define MODAL(attributes)                                            \
  "'source':0,'texts':[],'adds':[],'removes':[],'attributes':[{'id'" \
  ":13,'attributes':{" attributes "}}]"

static const char *const steps[] = {
  EVENT (1, "'source':2,'type':5,'id':12"),
  EVENT (2, "'source':14,'ranges':[{'start':11,'startOffset':1,'end':11,'endOffset':3}]"),
  EVENT (3, "'source':0,'texts':[],'attributes':[],'adds':[],'removes':[{'parentId':10,'id':12}]"),
  EVENT (4, "'source':14,'ranges':[]"),
  EVENT (5, "'source':2,'type':1,'id':10,'x':1,'y':1"),
  EVENT (6, MODAL ("'open':'','rr_open_mode':'modal'")),
  EVENT (7, "'source':2,'type':2,'id':15"),
  EVENT (8, MODAL ("'open':null")),
  EVENT (9, MODAL ("'open':'','rr_open_mode':'modal'")),
};

#define N (G_N_ELEMENTS (steps) + 1)

static void
show (PhTestStage *stage,
      const PhDom *from,
      const PhDom *to)
{
  PhPatch *patch = ph_patch_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *wanted = ph_test_dump_dom (to);
  g_autofree char *shown = NULL;

  ph_patch_diff (patch, from, to);
  bytes = ph_patch_finish (patch);
  ph_test_stage_apply (stage, bytes);
  shown = ph_test_stage_dump (stage);
  g_assert_cmpstr (shown, ==, wanted);
}

/* From each state to each other, and from nothing to each. */
static void
test_all_ways (void)
{
  PhDom *pages[N];

  pages[0] = ph_test_page (body);

  for (guint i = 1; i < N; i++)
    {
      pages[i] = ph_dom_copy (pages[i - 1]);
      ph_test_apply (pages[i], NULL, steps[i - 1]);
    }

  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < N; j++)
      {
        g_autoptr (PhTestStage) stage = ph_test_stage_new ();

        show (stage, NULL, pages[i]);
        show (stage, pages[i], pages[j]);
      }

  for (guint i = 0; i < N; i++)
    ph_dom_free (pages[i]);
}

/* Said once; not again with changes that have nothing to do with it. */
static void
test_said_once (void)
{
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();
  g_autoptr (PhDom) dom = ph_test_page (body);
  g_autoptr (PhDom) next = NULL;

  ph_test_apply (dom, NULL, steps[0]);
  ph_test_apply (dom, NULL, steps[1]);
  show (stage, NULL, dom);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_FOCUS), ==, 1);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_SELECTION), ==, 1);
  next = ph_dom_copy (dom);
  ph_test_apply (next, NULL, steps[4]);
  show (stage, dom, next);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_FOCUS), ==, 1);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_SELECTION), ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/patch-presence/all-ways", test_all_ways);
  g_test_add_func ("/patch-presence/said-once", test_said_once);

  return g_test_run ();
}
