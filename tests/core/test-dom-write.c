/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-write.h"
#include "ph-test-dom.h"

#include <string.h>

#define POLICY_END "media-src data:\">"

/* What follows the policy in the head of a safe page. */
static char *
write_safe (const char *body)
{
  g_autofree char *members = g_strdup_printf (
    "{'type':2,'tagName':'head','attributes':{},'id':5,'childNodes':[]},%s", body);
  g_autoptr (PhDom) dom = ph_test_page (members);
  g_autofree char *html = ph_dom_write_html (dom, PH_WRITE_SAFE);
  const char *at = strstr (html, POLICY_END);

  g_assert_nonnull (at);
  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html><html><head><meta http-equiv"));

  return g_strdup (at + strlen (POLICY_END "</head>"));
}

/* No text of an archive can become markup, a script or a request. */
static void
test_safe (void)
{
  static const struct
  {
    const char *body;
    const char *html;
  } cases[] = {
    { "{'type':2,'tagName':'script','attributes':{'src':'x'},'id':9,'childNodes':["
      "{'type':3,'textContent':'</noscript><script>x()</script>','id':10}]}",
      "<noscript>&lt;/noscript&gt;&lt;script&gt;x()&lt;/script&gt;</noscript>" },
    { "{'type':2,'tagName':'style','attributes':{},'id':9,'childNodes':["
      "{'type':3,'textContent':'a{}</style><script>x()</script>','id':10}]}",
      "<style>a{}<\\/style><script>x()<\\/script></style>" },
    { "{'type':2,'tagName':'xmp','attributes':{},'id':9,'childNodes':["
      "{'type':3,'textContent':'</xmp><b>','id':10}]}",
      "<ph-xmp>&lt;/xmp&gt;&lt;b&gt;</ph-xmp>" },
    { "{'type':2,'tagName':'object','attributes':{'data':'x'},'id':9,'childNodes':[]}",
      "<ph-place ph-elsewhere=\"\" style=\"width: 300px; height: 150px;\"></ph-place>" },
    { "{'type':2,'tagName':'p','attributes':{'title':'\\'><script>'},'id':9,'childNodes':["
      "{'type':5,'textContent':'--><script>x()</script>','id':10}]}",
      "<p title=\"&quot;><script>\"><!--==  script x() /script --></p>" },
    { "{'type':2,'tagName':'style','isSVG':true,'attributes':{},'id':9,'childNodes':["
      "{'type':3,'textContent':'a>b{}</style><script>','id':10}]}",
      "<style>a&gt;b{}&lt;/style&gt;&lt;script&gt;</style>" },
    { "{'type':2,'tagName':'textarea','attributes':{'value':'</textarea><b>'},'id':9,"
      "'childNodes':[]}",
      "<textarea>&lt;/textarea&gt;&lt;b&gt;</textarea>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *html = write_safe (cases[i].body);
      g_autofree char *wanted = g_strconcat (cases[i].html, "</html>", NULL);

      g_assert_cmpstr (html, ==, wanted);
    }
}

/* The page inside an iframe goes along, as safe as the page around it. */
static void
test_safe_frame (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{'type':2,'tagName':'iframe','attributes':{'src':'https://a/'},'id':9,'childNodes':[]}");
  g_autofree char *html = NULL;

  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':1,'data':{'source':0,'adds':[{'parentId':9,'nextId':"
                 "null,'node':{'type':0,'id':20,'childNodes':[{'type':2,'tagName':'html',"
                 "'attributes':{},'id':21,'childNodes':[{'type':3,'textContent':'a & b',"
                 "'id':22}]}]}}],'removes':[],'texts':[],'attributes':[]}}]");
  html = ph_dom_write_html (dom, PH_WRITE_SAFE);
  g_assert_cmpstr (html, ==,
                   "<!DOCTYPE html><html><iframe sandbox=\"\" "
                   "srcdoc=\"<html>a &amp;amp; b</html>\">"
                   "</iframe></html>");
}

static void
test_doctypes (void)
{
  static const struct
  {
    const char *members;
    const char *html;
  } cases[] = {
    { "'name':'html','publicId':'','systemId':''", "<!DOCTYPE html>" },
    { "'name':'html','publicId':'P','systemId':''", "<!DOCTYPE html PUBLIC \"P\">" },
    { "'name':'html','publicId':'P','systemId':'S'", "<!DOCTYPE html PUBLIC \"P\" \"S\">" },
    { "'name':'html','publicId':'','systemId':'about:legacy-compat'",
      "<!DOCTYPE html SYSTEM \"about:legacy-compat\">" },
    { "'name':'html','publicId':'><script>','systemId':''", "<!DOCTYPE html>" },
    { "'name':'html><script>'", "<!DOCTYPE html>" },
    { "'name':5", "<!DOCTYPE html>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhNames) names = ph_names_new ();
      g_autoptr (PhDom) dom = ph_dom_new (names);
      g_autofree char *html = NULL;
      g_autofree char *events =
        g_strdup_printf ("[{'type':2,'timestamp':1,'data':{'node':{'type':0,'id':1,"
                         "'childNodes':[{'type':1,'id':2,%s}]}}}]",
                         cases[i].members);

      ph_test_apply (dom, NULL, events);
      html = ph_dom_write_html (dom, PH_WRITE_SAFE);
      g_assert_cmpstr (html, ==, cases[i].html);
    }
}

static void
test_no_page (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) dom = ph_dom_new (names);
  g_autofree char *html = ph_dom_write_html (dom, PH_WRITE_SAFE);

  g_assert_cmpstr (html, ==, "");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dom-write/safe", test_safe);
  g_test_add_func ("/dom-write/safe-frame", test_safe_frame);
  g_test_add_func ("/dom-write/doctypes", test_doctypes);
  g_test_add_func ("/dom-write/no-page", test_no_page);

  return g_test_run ();
}
