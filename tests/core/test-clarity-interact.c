/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "clarity-feed.h"

#define FORM                                                                                     \
  "[3,6,8,5,6,\"FORM\",9,8,\"INPUT\",\"type=radio\",\"name=r\",\"value=a\",\"checked=\",10,8,9," \
  "\"INPUT\",\"type=radio\",\"name=r\",\"value=b\",11,8,10,\"INPUT\",\"type=checkbox\",12,8,11," \
  "\"SELECT\",13,8,12,\"INPUT\",\"type=file\",14,8,13,\"INPUT\"]"

static void
test_pointer (void)
{
  static const ClarityCase cases[] = {
    { "[5,9,6,10,20,0,0,0,1,0,\"\",\"\",\"a.b\"]",
      "\"timestamp\":1000005,\"data\":{\"source\":2,\"type\":2,\"id\":6,\"x\":10,\"y\":20}" },
    { "[5,13,6,10,20]", "\"source\":2,\"type\":1,\"id\":6" },
    { "[5,14,6,10,20]", "\"source\":2,\"type\":0,\"id\":6" },
    { "[5,16,6,10,20]", "\"source\":2,\"type\":4,\"id\":6" },
    { "[5,48,6,10,20]", "\"source\":2,\"type\":3,\"id\":6" },
    { "[5,17,6,10,20,0,\"true\"]",
      "\"source\":2,\"type\":7,\"id\":6,\"x\":10,\"y\":20,\"pointerType\":2" },
    { "[5,18,6,10,20]", "\"source\":2,\"type\":9" },
    { "[5,20,6,10,20]", "\"source\":2,\"type\":10" },
    { "[5,12,6,1,2],[15,12,6,3,4],[25,15,5,3,4]",
      "\"timestamp\":1000025,\"data\":{\"source\":1,\"positions\":[{\"x\":1,\"y\":2,\"id\":6,"
      "\"timeOffset\":-20},{\"x\":3,\"y\":4,\"id\":6,\"timeOffset\":-10},{\"x\":3,\"y\":4,"
      "\"id\":5,\"timeOffset\":0}]" },
    { "[5,12,6,1,2],[15,19,6,3,4]", "\"source\":6,\"positions\":[{\"x\":3," },
    /* Of what is unknown it is the page's. */
    { "[5,9,99,10,20]", "\"type\":2,\"id\":3," },
    { "[5,9,6]", NULL },
    { "[5,9,6,\"x\",\"y\"]", NULL },
    { "[5,9,6,1e9,1]", NULL },
    /* another way of saying what `mousedown` and `touchstart` say */
    { "[5,53,6,1,2,1,\"true\",1]", NULL },
  };

  clarity_check (cases, G_N_ELEMENTS (cases));
}

/* Places in the page become places in the window, by how far it was scrolled then. */
static void
test_scrolled (void)
{
  static const ClarityCase cases[] = {
    { "[5,10,3,30,100],[6,9,6,40,120]", "\"type\":2,\"id\":6,\"x\":10,\"y\":20}" },
    { "[5,10,null,0,100],[6,9,6,40,120]", "\"x\":40,\"y\":20}" },
    /* before that it was not */
    { "[7,10,3,0,100],[6,9,6,40,120]", "\"x\":40,\"y\":120}" },
    { "[5,10,3,0,7]", "{\"source\":3,\"id\":536870912,\"x\":0,\"y\":7}" },
    { "[5,10,6,0,7]", "{\"source\":3,\"id\":6,\"x\":0,\"y\":7}" },
    { "[5,10,5,0,7]", "{\"source\":3,\"id\":5,\"x\":0,\"y\":7}" },
    { "[5,10,3,0]", NULL },
    /* within an iframe its own way counts too */
    { "[3,6,8,5,6,\"IFRAME\",\"*O=true\",9,8,\"iframe:HTML\",10,9,\"BODY\"],[4,10,9,0,50],"
      "[5,10,3,0,100],[6,9,10,40,180]",
      "\"type\":2,\"id\":10,\"x\":40,\"y\":30}" },
  };

  clarity_check (cases, G_N_ELEMENTS (cases));
}

static void
test_size (void)
{
  static const ClarityCase cases[] = {
    { "[5,11,640,480]", "{\"source\":4,\"width\":640,\"height\":480}" },
    { "[5,11,800,600]", NULL },
    { "[5,11,0,600]", NULL },
    { "[5,11,99999,600]", NULL },
  };

  clarity_check (cases, G_N_ELEMENTS (cases));
}

static void
test_fields (void)
{
  static const ClarityCase cases[] = {
    { FORM ",[5,27,14,\"••••• ••••\",1]",
      "{\"source\":5,\"id\":14,\"isChecked\":false,\"text\":\"••••• ••••\"}" },
    { FORM ",[5,42,14,\"text\",\"••••\",\"\"]",
      "\"id\":14,\"isChecked\":false,\"text\":\"••••\"" },
    { FORM ",[5,27,11,\"true\",1]", "\"id\":11,\"isChecked\":true,\"text\":\"on\"" },
    { FORM ",[5,27,11,\"false\",1]", "\"id\":11,\"isChecked\":false,\"text\":\"on\"" },
    /* The button of the group that was on goes off. */
    { FORM ",[5,27,10,\"true\",1]", "\"id\":10,\"isChecked\":true,\"text\":\"b\"" },
    { FORM ",[5,27,10,\"true\",1]", "\"id\":9,\"isChecked\":false,\"text\":\"on\"" },
    { FORM ",[5,27,10,\"true\",1],[6,27,9,\"true\",1]", "\"id\":10,\"isChecked\":false" },
    { FORM ",[5,27,12,\"june\",1]", "\"id\":12,\"isChecked\":false,\"text\":\"june\"" },
    { "[5,27,99,\"x\",1]", NULL },
    { "[5,27,6]", NULL },
  };
  g_autofree char *form = clarity_feed (CLARITY_PAGE "," FORM, NULL, NULL);
  g_autofree char *masked =
    clarity_feed (CLARITY_PAGE "," FORM ",[5,27,12,\"••••• ••••\",1]", NULL, NULL);
  g_autofree char *file =
    clarity_feed (CLARITY_PAGE "," FORM ",[5,27,13,\"••••\",1]", NULL, NULL);

  clarity_check (cases, G_N_ELEMENTS (cases));

  /* Bullets choose nothing, and no file. */
  g_assert_cmpstr (masked, ==, form);
  g_assert_cmpstr (file, ==, form);
}

static void
test_selection (void)
{
  static const ClarityCase cases[] = {
    { "[5,21,7,1,7,3]",
      "{\"source\":14,\"ranges\":[{\"start\":7,\"startOffset\":1,\"end\":7,\"endOffset\":3}]}" },
    /* upwards */
    { "[5,21,7,3,7,1]", "{\"start\":7,\"startOffset\":1,\"end\":7,\"endOffset\":3}" },
    { "[3,6,8,5,6,\"P\",9,8,\"*T\",\"two\"],[5,21,9,2,7,1]",
      "{\"start\":7,\"startOffset\":1,\"end\":9,\"endOffset\":2}" },
    { "[3,6,8,5,6,\"P\",9,8,\"*T\",\"two\"],[5,21,7,1,9,2]",
      "{\"start\":7,\"startOffset\":1,\"end\":9,\"endOffset\":2}" },
    { "[5,21,7,1,99,3]", NULL },
    { "[5,21]", NULL },
  };

  clarity_check (cases, G_N_ELEMENTS (cases));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity-interact/pointer", test_pointer);
  g_test_add_func ("/clarity-interact/scrolled", test_scrolled);
  g_test_add_func ("/clarity-interact/size", test_size);
  g_test_add_func ("/clarity-interact/fields", test_fields);
  g_test_add_func ("/clarity-interact/selection", test_selection);

  return g_test_run ();
}
