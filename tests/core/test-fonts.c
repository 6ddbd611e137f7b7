/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-fonts.h"

#include "ph-test-dom.h"

#include <string.h>

static void
test_read (void)
{
  static const struct
  {
    const char *data;
    const char *rule; /* NULL: no font */
  } cases[] = {
    { "{'family':'Inter','fontSource':'url(https://a.example/i.woff2)','buffer':false}",
      "@font-face { font-family: \"Inter\"; src: url(https://a.example/i.woff2); }" },
    { "{'family':'A B','fontSource':'url(a) format(\\u0027woff\\u0027), local(x)',"
      "'descriptors':{'weight':'700','style':'italic','unicodeRange':'U+0-7F','nothing':'x'}}",
      "@font-face { font-family: \"A B\"; src: url(a) format('woff'), local(x); "
      "font-style: italic; font-weight: 700; unicode-range: U+0-7F; }" },
    { "{'family':'I','fontSource':'[119,79,70,50,255,0]','buffer':true}",
      "@font-face { font-family: \"I\"; src: url(\"data:font/woff2;base64,d09GMv8A\"); }" },
    { "{'family':'I','fontSource':' [ 0 , 1 , 0 , 0 ]','buffer':true}",
      "@font-face { font-family: \"I\"; src: url(\"data:font/ttf;base64,AAEAAA==\"); }" },
    { "{'family':'I','fontSource':'[79,84,84,79]','buffer':true}",
      "@font-face { font-family: \"I\"; src: url(\"data:font/otf;base64,T1RUTw==\"); }" },
    /* Quotes of the script's own, and what would break out of ours. */
    { "{'family':'\\u0027A\\u0027','fontSource':'url(a)'}",
      "@font-face { font-family: \"A\"; src: url(a); }" },
    { "{'family':'a\\u0022}\\u005c\\u000a','fontSource':'url(a)'}",
      "@font-face { font-family: \"a\\22 }\\5c \\a \"; src: url(a); }" },
    { "{'family':'A','fontSource':'url(a)','descriptors':{'weight':'1; src: url(b)'}}",
      "@font-face { font-family: \"A\"; src: url(a); }" },
    { "{'family':'A','fontSource':'url(a); } b { c: d'}", NULL },
    { "{'family':'A','fontSource':'url(a'}", NULL },
    { "{'family':'A','fontSource':''}", NULL },
    { "{'family':'','fontSource':'url(a)'}", NULL },
    { "{'fontSource':'url(a)'}", NULL },
    { "{'family':'A'}", NULL },
    { "{'family':'A','fontSource':'[]','buffer':true}", NULL },
    { "{'family':'A','fontSource':'[1,256]','buffer':true}", NULL },
    { "{'family':'A','fontSource':'[1,99999999999]','buffer':true}", NULL },
    { "{'family':'A','fontSource':'[1,-1]','buffer':true}", NULL },
    { "{'family':'A','fontSource':'[1,2','buffer':true}", NULL },
    { "{'family':'A','fontSource':'1,2]','buffer':true}", NULL },
    { "{'family':'A','fontSource':[1,2],'buffer':true}", NULL },
    { "[]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ph_test_json (cases[i].data);
      g_autoptr (PhJson) json = ph_json_new ();
      PhJsonValue root;
      GRefString *rule;

      g_test_message ("%s", text);
      g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
      rule = ph_fonts_read (root);
      g_assert_cmpstr (rule, ==, cases[i].rule);
      g_clear_pointer (&rule, g_ref_string_release);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fonts/read", test_read);

  return g_test_run ();
}
