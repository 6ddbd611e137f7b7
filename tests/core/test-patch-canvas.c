/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-pack.h"
#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

#define PNG                                                      \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNg" \
  "YPgPAAEDAQA2dBFAAAAAAElFTkSuQmCC"
#define CANVAS(attributes) \
  "{'type':2,'tagName':'canvas','id':10,'attributes':{" attributes "},'childNodes':[]}"
#define DRAW(commands) \
  "{'type':3,'timestamp':2,'data':{'source':9,'id':10,'type':0,'commands':[" commands "]}}"
#define SET(name, value)                                                          \
  "{'type':3,'timestamp':2,'data':{'source':0,'texts':[],'removes':[],'adds':[]," \
  "'attributes':[{'id':10,'attributes':{'" name "':" value "}}]}}"
#define BASED "'width':'20','height':'10','rr_dataURL':'data:image/png;base64," PNG "'"
#define BASE "[['drawImage',{'rr_type':'ImageBitmap','base64':'" PNG "','type':'image/png'},0,0]]"

static char *
diff (const PhDom *from,
      const PhDom *to)
{
  PhPatch *patch = ph_patch_new ();
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  ph_patch_diff (patch, from, to);
  bytes = ph_patch_finish (patch);
  text = g_strdelimit (g_strdup (g_bytes_get_data (bytes, NULL)), "\"", '\'');

  return text;
}

/* Two states of one canvas: what takes the one to the other, and back. */
static void
test_changes (void)
{
  static const struct
  {
    const char *canvas;
    const char *before, *after; /* events of which the second come after the first */
    const char *there, *back;
  } rows[] = {
    { CANVAS (""), "[]", "[" DRAW ("['save']") "]", "[35,10,300,150,0,1,[['save']]]",
      "[35,10,300,150,0,0]" },
    { CANVAS (""), "[" DRAW ("['save']") "]", "[" DRAW ("['restore']") "," DRAW ("['save']") "]",
      "[36,10,2,[['restore']],[['save']]]", "[35,10,300,150,0,1,[['save']]]" },
    { CANVAS (""), "[" DRAW ("['save']") "]", "[" DRAW ("['reset']") "]",
      "[35,10,300,150,0,1,[['reset']]]", "[35,10,300,150,0,1,[['save']]]" },
    { CANVAS (""), "[" DRAW ("['save']") "]", "[]", "[]", "[]" },
    { CANVAS (BASED), "[]", "[" DRAW ("['save']") "]", "[35,10,20,10,0,2," BASE ",[['save']]]",
      "[35,10,20,10,0,1," BASE "]" },
    { CANVAS (BASED), "[" DRAW ("['save']") "]", "[" DRAW ("['save']") "]",
      "[36,10,1,[['save']]]", "[35,10,20,10,0,2," BASE ",[['save']]]" },
    { CANVAS (BASED), "[]", "[" DRAW ("['clearRect',0,0,20,10]") "]",
      "[35,10,20,10,0,1,[['clearRect',0,0,20,10]]]", "[35,10,20,10,0,1," BASE "]" },
    { CANVAS (BASED), "[]", "[" SET ("width", "'30'") "]",
      "[11,10,'width','30',35,10,30,10,0,0,19,1,0,0]",
      "[11,10,'width','20',35,10,20,10,0,1," BASE ",19,1,0,0]" },
    { CANVAS ("'width':'20'"), "[" DRAW ("['save']") "]",
      "[" SET ("width", "'30'") "," DRAW ("['save']") "]",
      "[11,10,'width','30',35,10,30,150,0,1,[['save']],19,1,0,0]",
      "[11,10,'width','20',35,10,20,150,0,1,[['save']],19,1,0,0]" },
    { CANVAS (""), "[" DRAW ("['save']") "," SET ("width", "'30'") "]", "[" DRAW ("['save']") "]",
      "[35,10,30,150,0,1,[['save']]]", "[35,10,30,150,0,0]" },
    /* What is no picture is not shown. */
    { CANVAS ("'rr_dataURL':'https://a.example/x.png'"), "[]", "[" DRAW ("['save']") "]",
      "[35,10,300,150,0,1,[['save']]]", "[35,10,300,150,0,0]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = ph_test_json (rows[i].canvas);
      g_autoptr (PhDom) after = ph_test_page (json);
      g_autoptr (PhDom) before = NULL;
      g_autofree char *there = NULL;
      g_autofree char *back = NULL;

      ph_test_apply (after, NULL, rows[i].before);
      before = ph_dom_copy (after);
      ph_test_apply (after, NULL, rows[i].after);
      there = diff (before, after);
      back = diff (after, before);
      g_test_message ("%s then %s", rows[i].before, rows[i].after);
      g_assert_cmpstr (there, ==, rows[i].there);
      g_assert_cmpstr (back, ==, rows[i].back);
    }
}

/* A page that was stored shares nothing with another one, and goes on all the same. */
static void
test_stored (void)
{
  g_autofree char *json = ph_test_json (CANVAS (""));
  g_autoptr (PhDom) before = ph_test_page (json);
  g_autoptr (PhDom) after = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *patch = NULL;

  ph_test_apply (before, NULL, "[" DRAW ("['save']") "," DRAW ("['scale',2,2]") "]");
  bytes = ph_dom_pack (before);
  after = ph_dom_unpack (bytes, ph_dom_get_names (before), NULL);
  ph_test_apply (after, NULL, "[" DRAW ("['restore']") "]");
  patch = diff (before, after);
  g_assert_cmpstr (patch, ==, "[36,10,1,[['restore']]]");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patch-canvas/changes", test_changes);
  g_test_add_func ("/patch-canvas/stored", test_stored);

  return g_test_run ();
}
