/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-allow.h"
#include "ph-dom-apply.h"
#include "ph-test-dom.h"

#include <string.h>

/* The allowed form of one element, given as its members in the archive. */
static char *
allow (const char *members)
{
  g_autofree char *body =
    g_strdup_printf ("{'type':2,'id':9,'childNodes':[],%s}", members);
  g_autoptr (PhDom) dom = ph_test_page (body);
  PhSlot slot = ph_dom_find (dom, 9);
  PhAllowedElement element = ph_allow_element (dom, slot);
  g_autoptr (GArray) attributes = ph_allow_attributes (dom, slot);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%d:%s", element.ns, element.name);

  for (guint i = 0; i < attributes->len; i++)
    {
      const PhAllowedAttribute *attribute = &g_array_index (attributes, PhAllowedAttribute, i);

      /* How a place is drawn is tested in test-allow-place.c. */
      if (!g_str_has_prefix (attribute->name, "ph-") &&
          !g_str_has_prefix (attribute->value, "--ph-label"))
        g_string_append_printf (out, " %s=%s", attribute->name, attribute->value);
    }

  return g_string_free (out, FALSE);
}

static void
test_elements (void)
{
  static const struct
  {
    const char *members;
    const char *allowed;
  } cases[] = {
    { "'tagName':'div'", "0:div" },
    { "'tagName':'DIV'", "0:div" },
    { "'tagName':'x-card'", "0:x-card" },
    { "'tagName':'script'", "0:noscript" },
    { "'tagName':'SCRIPT'", "0:noscript" },
    { "'tagName':'object'", "0:ph-place style=width: 300px; height: 150px;" },
    { "'tagName':'embed'", "0:ph-place style=width: 300px; height: 150px;" },
    { "'tagName':'applet'", "0:ph-place style=width: 300px; height: 150px;" },
    { "'tagName':'frameset'", "3:frameset" },
    { "'tagName':'portal'", "3:portal" },
    { "'tagName':'model'", "3:model" },
    { "'tagName':'app'", "3:app" },
    { "'tagName':'plaintext'", "3:plaintext" },
    { "'tagName':'a><script>'", "3:ph-unnamed" },
    { "'tagName':'-x'", "3:ph-unnamed" },
    { "'tagName':'svg','isSVG':true", "1:svg" },
    { "'tagName':'clippath','isSVG':true", "1:clipPath" },
    { "'tagName':'script','isSVG':true", "3:script" },
    { "'tagName':'handler','isSVG':true", "3:handler" },
    { "'tagName':'math'", "2:math" },
    { "'tagName':'mi'", "3:mi" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *allowed = allow (cases[i].members);

      g_test_message ("%s", cases[i].members);
      g_assert_cmpstr (allowed, ==, cases[i].allowed);
    }
}

static void
test_attributes (void)
{
  static const struct
  {
    const char *members;
    const char *allowed;
  } cases[] = {
    { "'tagName':'div','attributes':{'class':'a b','data-x':'1','v-cloak':true}",
      "0:div class=a b data-x=1 v-cloak=" },
    { "'tagName':'div','attributes':{'onclick':'x()','ONLOAD':'x()','onfuture':'x()'}",
      "0:div" },
    { "'tagName':'div','attributes':{'a b':'1','c>':'2','':'3','d\\'':'4'}", "0:div" },
    { "'tagName':'a','attributes':{'href':'https://a.example/','target':'_top','ping':'x'}",
      "0:a href=https://a.example/" },
    { "'tagName':'a','attributes':{'href':'javascript:x()'}", "0:a href=#" },
    { "'tagName':'a','attributes':{'href':' javascript:x()'}", "0:a href=#" },
    { "'tagName':'a','attributes':{'href':'java\\tscript:x()'}", "0:a href=#" },
    { "'tagName':'a','attributes':{'href':'data:text/html,x'}", "0:a href=#" },
    { "'tagName':'meta','attributes':{'name':'color-scheme','content':'light dark'}",
      "0:meta name=color-scheme content=light " },
    { "'tagName':'meta','attributes':{'name':'description','content':'x; light dark'}",
      "0:meta name=description content=x; light dark" },
    { "'tagName':'source','attributes':{'media':'(prefers-color-scheme: dark)'}",
      "0:source media=(max-width:0)" },
    { "'tagName':'img','attributes':{'src':'https://a.example/a.png','alt':'x'}", "0:img alt=x" },
    { "'tagName':'img','attributes':{'src':'data:image/png;base64,AA'}",
      "0:img src=data:image/png;base64,AA" },
    { "'tagName':'img','attributes':{'src':'data:text/html,x'}", "0:img" },
    { "'tagName':'img','attributes':{'srcset':'https://a.example/a.png 2x'}", "0:img" },
    { "'tagName':'img','attributes':{'srcset':'data:image/png,x 1x, http://a/ 2x'}",
      "0:img srcset=data:image/png,x 1x" },
    { "'tagName':'img','attributes':{'srcset':'data:image/png,x 1x, data:image/png,y 2x'}",
      "0:img srcset=data:image/png,x 1x, data:image/png,y 2x" },
    { "'tagName':'img','attributes':{'rr_dataURL':'data:image/png;base64,BB','src':'http://a'}",
      "0:img src=data:image/png;base64,BB" },
    { "'tagName':'iframe','attributes':{'src':'https://a/','srcdoc':'<b>','sandbox':'x'}",
      "0:iframe" },
    { "'tagName':'link','attributes':{'rel':'stylesheet','href':'https://a.example/'}",
      "0:link rel=stylesheet" },
    { "'tagName':'link','attributes':{'_cssText':'a{}','rel':'stylesheet'}",
      "0:style rel=stylesheet" },
    { "'tagName':'base','attributes':{'href':'https://a.example/'}", "0:base" },
    { "'tagName':'meta','attributes':{'http-equiv':'refresh','content':'0;url=x'}",
      "0:meta content=0;url=x" },
    { "'tagName':'form','attributes':{'action':'https://a.example/'}", "0:form" },
    { "'tagName':'button','attributes':{'formaction':'https://a.example/'}", "0:button" },
    { "'tagName':'video','attributes':{'src':'https://a/','poster':'https://a/','autoplay':true}",
      "0:video" },
    { "'tagName':'body','attributes':{'background':'https://a.example/'}", "0:body" },
    { "'tagName':'p','attributes':{'style':'background:url(https://a/)'}",
      "0:p style=background:url(\"data:,\")" },
    { "'tagName':'div','attributes':{'rr_width':'10px','rr_height':'20.5px','style':'top: 0'}",
      "0:div style=top: 0; box-sizing: border-box !important; width: 10px !important; "
      "height: 20.5px !important; min-width: 0 !important; min-height: 0 !important; "
      "max-width: none !important; max-height: none !important; flex: none !important;" },
    { "'tagName':'div','attributes':{'rr_width':'1px;x:y','rr_height':'20px'}", "0:div" },
    { "'tagName':'textarea','attributes':{'value':'x','autofocus':true}", "0:textarea" },
    { "'tagName':'use','isSVG':true,'attributes':{'href':'#a','xlink:href':'https://a/#b'}",
      "1:use href=#a" },
    { "'tagName':'image','isSVG':true,"
      "'attributes':{'xlink:href':'data:image/png,x','href':'https://a/'}",
      "1:image xlink:href=data:image/png,x" },
    { "'tagName':'a','isSVG':true,'attributes':{'xlink:href':'javascript:x()'}",
      "1:a xlink:href=#" },
    { "'tagName':'rect','isSVG':true,'attributes':{'fill':'url(https://a/#b)','filter':'url(#f)'}",
      "1:rect fill=url(\"data:,\") filter=url(#f)" },
    { "'tagName':'set','isSVG':true,"
      "'attributes':{'attributeName':'xlink:href','to':'javascript:x()'}",
      "1:set to=javascript:x()" },
    { "'tagName':'set','isSVG':true,'attributes':{'attributeName':'onload','to':'x()'}",
      "1:set to=x()" },
    { "'tagName':'animate','isSVG':true,"
      "'attributes':{'attributeName':'fill','to':'url(https://a/)'}",
      "1:animate attributeName=fill to=url(\"data:,\")" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *allowed = allow (cases[i].members);

      g_test_message ("%s", cases[i].members);
      g_assert_cmpstr (allowed, ==, cases[i].allowed);
    }
}

static void
test_texts (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{'type':2,'tagName':'style','id':9,'attributes':{},'childNodes':["
    "{'type':3,'textContent':'@import url(x); a{}','id':10}]},"
    "{'type':2,'tagName':'p','id':11,'attributes':{},'childNodes':["
    "{'type':3,'textContent':'@import url(x); a{}','id':12}]}");
  g_autofree char *style = ph_allow_text (dom, ph_dom_find (dom, 10));
  g_autofree char *text = ph_allow_text (dom, ph_dom_find (dom, 12));
  g_autofree char *import = ph_allow_rule (dom, 0, "@import url(https://a.example/);");
  g_autofree char *rule = ph_allow_rule (dom, 0, "a { color: red }");

  g_assert_cmpstr (style, ==, " a{}");
  g_assert_cmpstr (text, ==, "@import url(x); a{}");
  /* A rule that goes leaves one in its place, so that the others keep their index. */
  g_assert_cmpstr (import, ==, "@media not all {}");
  g_assert_cmpstr (rule, ==, "a { color: red }");
}

/* MathML only where it is written: a browser makes nothing of it elsewhere either. */
static void
test_mathml (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{'type':2,'tagName':'math','id':9,'attributes':{},'childNodes':["
    "{'type':2,'tagName':'mi','id':10,'attributes':{},'childNodes':[]},"
    "{'type':2,'tagName':'div','id':11,'attributes':{},'childNodes':["
    "{'type':2,'tagName':'mi','id':12,'attributes':{},'childNodes':[]}]}]}");

  g_assert_cmpint (ph_allow_element (dom, ph_dom_find (dom, 10)).ns, ==, PH_NS_MATHML);
  g_assert_cmpint (ph_allow_element (dom, ph_dom_find (dom, 11)).ns, ==, PH_NS_HTML);
  g_assert_cmpint (ph_allow_element (dom, ph_dom_find (dom, 12)).ns, ==, PH_NS_UNKNOWN);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/allow/elements", test_elements);
  g_test_add_func ("/allow/attributes", test_attributes);
  g_test_add_func ("/allow/texts", test_texts);
  g_test_add_func ("/allow/mathml", test_mathml);

  return g_test_run ();
}
