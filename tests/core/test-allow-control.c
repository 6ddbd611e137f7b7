/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-allow-control.h"
#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

#define INPUT(attributes) \
  "{'type':2,'tagName':'input','attributes':{" attributes "},'id':10,'childNodes':[]}"
#define TYPED(text) \
  "[{'type':3,'timestamp':2,'data':{'source':5,'id':10,'text':'" text "','isChecked':false}}]"

static char *
dup_attribute (const PhDom *dom,
               const char *name)
{
  g_autoptr (GArray) attributes = ph_allow_attributes (dom, ph_dom_find (dom, 10));
  const PhAllowedAttribute *found = ph_allow_find (attributes, name);

  return found != NULL ? g_strdup (found->value) : NULL;
}

static void
test_marks (void)
{
  static const struct
  {
    const char *body;
    const char *events;
    const char *name; /* of an attribute, and what it says, or NULL */
    const char *value;
  } rows[] = {
    { INPUT ("'type':'number','value':'**'"), "[]", "placeholder", "**" },
    { INPUT ("'type':'number','value':'**'"), "[]", "ph-masked", "" },
    { INPUT ("'type':'number','value':'**','placeholder':'age'"), "[]", "placeholder", "**" },
    { INPUT ("'type':'number','value':'**'"), TYPED ("7"), "ph-masked", NULL },
    { INPUT ("'type':'NUMBER','value':'7'"), TYPED ("***"), "placeholder", "***" },
    { INPUT ("'type':'number','value':'7'"), "[]", "ph-masked", NULL },
    { INPUT ("'type':'number'"), "[]", "ph-masked", NULL },
    { INPUT ("'type':'text','value':'**'"), "[]", "ph-masked", NULL },
    { INPUT ("'value':'**'"), "[]", "ph-masked", NULL },
    { INPUT ("'type':'date'"), "[]", "ph-unset", "" },
    { INPUT ("'type':'date'"), TYPED ("2024-05-06"), "ph-unset", NULL },
    { INPUT ("'type':'date','value':'2024-05-06'"), "[]", "ph-unset", NULL },
    { INPUT ("'type':'date','value':'2024-05-06'"), TYPED ("**********"), "ph-unset", "" },
    { INPUT ("'type':'time','value':'2024-05-06'"), TYPED (""), "ph-unset", "" },
    { INPUT ("'type':'month'"), "[]", "ph-unset", "" },
    { INPUT ("'type':'datetime-local'"), "[]", "ph-unset", "" },
    { INPUT ("'type':'week','value':'2024-W20'"), "[]", "type", "text" },
    { "{'type':2,'tagName':'p','attributes':{'type':'date'},'id':10,'childNodes':[]}", "[]",
      "ph-unset", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = ph_test_json (rows[i].body);
      g_autoptr (PhDom) dom = ph_test_page (body);
      g_autofree char *value = NULL;

      g_test_message ("row %u", i);
      ph_test_apply (dom, NULL, rows[i].events);
      value = dup_attribute (dom, rows[i].name);
      g_assert_cmpstr (value, ==, rows[i].value);
    }
}

/* What it looks like changes with what is typed, so a patch says both. */
static void
test_patch (void)
{
  g_autofree char *body = ph_test_json (INPUT ("'type':'number','value':'1'"));
  g_autoptr (PhDom) dom = ph_test_page (body);
  g_autoptr (PhDom) before = ph_dom_copy (dom);
  PhPatch *patch = ph_patch_new ();
  g_autoptr (GBytes) bytes = NULL;

  ph_test_apply (dom, NULL, TYPED ("**"));
  ph_patch_diff (patch, before, dom);
  bytes = ph_patch_finish (patch);
  g_assert_nonnull (strstr (g_bytes_get_data (bytes, NULL), "11,10,\"ph-masked\",\"\""));
}

/* What the stage has to be told because no attribute says it. */
static void
test_held (void)
{
#define SELECT(attributes, options) \
  "{'type':2,'tagName':'select','attributes':{" attributes "},'id':10,'childNodes':[" options "]}"
#define OPTION(id, attributes) \
  "{'type':2,'tagName':'option','attributes':{" attributes "},'id':" #id ",'childNodes':[]}"
  static const struct
  {
    const char *body;
    const char *held;
  } rows[] = {
    { INPUT ("'value':'a'"), NULL },
    { INPUT ("'type':'file','value':'C:/fakepath/a.txt'"), "C:/fakepath/a.txt" },
    { INPUT ("'type':'file'"), NULL },
    { SELECT ("'value':'***'", OPTION (11, "'value':'x'")), "***" },
    { SELECT ("'value':'x'", OPTION (11, "'value':'x','selected':true")), NULL },
    { SELECT ("", OPTION (11, "'value':'x'")), NULL },
    { SELECT ("'value':'***'", OPTION (11, "'value':'x','selected':false")), "***" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = ph_test_json (rows[i].body);
      g_autoptr (PhDom) dom = ph_test_page (body);

      g_test_message ("row %u", i);
      g_assert_cmpstr (ph_dom_held_value (dom, ph_dom_find (dom, 10)), ==, rows[i].held);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/allow-control/marks", test_marks);
  g_test_add_func ("/allow-control/patch", test_patch);
  g_test_add_func ("/allow-control/held", test_held);

  return g_test_run ();
}
