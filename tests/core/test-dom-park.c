/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-pack.h"
#include "ph-dom-park.h"
#include "ph-dom-write.h"
#include "ph-limits.h"
#include "ph-test-dom.h"

#define BEGIN "[{'type':3,'timestamp':1,'data':{'source':0,'removes':[],'texts':[],"
#define MUTATION(adds) BEGIN "'attributes':[],'adds':[" adds "]}}]"
#define PAGE(parent, id, inside) \
  "{'parentId':" #parent ",'nextId':null,'node':{'type':0,'id':" #id ",'childNodes':[" inside "]}}"
#define IFRAME(parent, id)                                                                     \
  "{'parentId':" #parent ",'nextId':null,'node':{'type':2,'tagName':'iframe','attributes':{}," \
  "'childNodes':[],'id':" #id "}}"
#define HTML(id, inside) \
  "{'type':2,'tagName':'html','attributes':{},'id':" #id ",'childNodes':[" inside "]}"
#define TEXT(id, text) "{'type':3,'textContent':'" text "','id':" #id "}"

static void
assert_html (PhDom *dom,
             const char *expected)
{
  g_autofree char *html = ph_dom_write_html (dom, PH_WRITE_RECORDED);

  g_assert_cmpstr (html, ==, expected);
}

/* The page of an iframe comes first; copies and stored pages remember it too. */
static void
test_before_its_iframe (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhDom) copy = NULL;
  g_autoptr (PhDom) stored = NULL;
  g_autoptr (GBytes) packed = NULL;
  const char *iframe = MUTATION (IFRAME (3, 10));
  const char *full = "<!DOCTYPE html><html><iframe><html>in</html></iframe></html>";

  ph_test_apply (dom, health, MUTATION (PAGE (10, 20, HTML (21, TEXT (22, "in")))));
  assert_html (dom, "<!DOCTYPE html><html></html>");
  g_assert_cmpuint (ph_health_total (health), ==, 0);

  copy = ph_dom_copy (dom);
  packed = ph_dom_pack (dom);
  ph_test_apply (dom, health, iframe);
  assert_html (dom, full);
  g_assert_cmpuint (ph_dom_get_page (dom)->parked->len, ==, 0);
  g_assert_cmpuint (ph_dom_get_page (copy)->parked->len, ==, 1);
  ph_test_apply (copy, health, iframe);
  assert_html (copy, full);
  stored = ph_dom_unpack (packed, ph_dom_get_names (dom), NULL);
  g_assert_nonnull (stored);
  ph_test_apply (stored, health, iframe);
  assert_html (stored, full);
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

/* An iframe inside the page that waited, whose own page waits as well. */
static void
test_nested (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("");
  g_autoptr (PhHealth) health = ph_health_new ();

  ph_test_apply (dom, health, MUTATION (PAGE (22, 30, HTML (31, TEXT (32, "deep")))));
  ph_test_apply (dom, health,
                 MUTATION (PAGE (10, 20, HTML (21, "{'type':2,'tagName':'iframe','attributes':{},"
                                                   "'id':22,'childNodes':[]}"))));
  ph_test_apply (dom, health, MUTATION (IFRAME (3, 10)));
  assert_html (dom, "<!DOCTYPE html><html><iframe><html><iframe><html>deep</html></iframe>"
                    "</html></iframe></html>");
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

/* Only so many are kept, and a new full snapshot forgets them. */
static void
test_limit (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("");
  g_autoptr (PhHealth) health = ph_health_new ();

  for (guint i = 0; i < PH_LIMIT_PARKED + 3; i++)
    {
      g_autofree char *event = g_strdup_printf (
        MUTATION ("{'parentId':%u,'nextId':null,'node':{'type':0,'id':%u,'childNodes':[]}}"),
        100 + i, 200 + i);

      ph_test_apply (dom, health, event);
    }

  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNPLACED_NODE), ==, 3);
  ph_test_apply (dom, health,
                 "[{'type':2,'timestamp':2,'data':{'node':{'type':0,'id':1,'childNodes':[]}}}]");
  g_assert_null (ph_dom_get_page (dom));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dom-park/before-its-iframe", test_before_its_iframe);
  g_test_add_func ("/dom-park/nested", test_nested);
  g_test_add_func ("/dom-park/limit", test_limit);

  return g_test_run ();
}
