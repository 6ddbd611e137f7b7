/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-pack.h"
#include "ph-dom-write.h"
#include "ph-error.h"
#include "ph-test-dom.h"
#include "ph-test.h"

#include <string.h>

/* A page with everything a page can have. */
static PhDom *
make_page (void)
{
  PhDom *dom = ph_test_page (
    "{'type':2,'tagName':'style','attributes':{'_cssText':'a {}'},'id':9,'childNodes':[]},"
    "{'type':2,'tagName':'x-host','isCustom':true,'isShadowHost':true,'attributes':{'class':'ü'},"
    "'id':10,'childNodes':[{'type':3,'textContent':'in','id':11,'isShadow':true},"
    "{'type':5,'textContent':'note','id':12}]},"
    "{'type':2,'tagName':'svg','isSVG':true,'attributes':{},'id':13,'childNodes':[]},"
    "{'type':2,'tagName':'input','attributes':{'type':'radio'},'id':14,'childNodes':[]},"
    "{'type':2,'tagName':'iframe','attributes':{},'id':15,'childNodes':[]},"
    "{'type':2,'tagName':'textarea','attributes':{'value':'x'},'id':16,'childNodes':[]}");

  ph_test_apply (
    dom, NULL,
    "[{'type':3,'timestamp':1,'data':{'source':0,'adds':[{'parentId':15,'nextId':null,'node':"
    "{'type':0,'id':20,'compatMode':'BackCompat','childNodes':[{'type':2,'tagName':'html',"
    "'attributes':{},'id':21,'childNodes':[]}]}}]}},"
    "{'type':3,'timestamp':2,'data':{'source':5,'id':14,'text':'on','isChecked':true}},"
    "{'type':3,'timestamp':3,'data':{'source':5,'id':16,'text':'typed','isChecked':false}},"
    "{'type':3,'timestamp':4,'data':{'source':3,'id':10,'x':1.5,'y':-2}},"
    "{'type':3,'timestamp':5,'data':{'source':8,'id':9,'adds':[{'rule':'b {}'}]}},"
    "{'type':3,'timestamp':6,'data':{'source':2,'type':5,'id':16}},"
    "{'type':3,'timestamp':7,'data':{'source':15,'id':10,'styles':[{'styleId':1,'rules':["
    "{'rule':'c {}'},{'rule':'d {}'}]},{'styleId':2,'rules':[]}],'styleIds':[2,1]}},"
    "{'type':3,'timestamp':8,'data':{'source':10,'family':'F','fontSource':'url(f)'}},"
    "{'type':3,'timestamp':9,'data':{'source':16,'define':{'name':'x-later'}}}]");

  return dom;
}

static PhDom *
unpack (GBytes *bytes)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (GError) error = NULL;
  PhDom *dom;

  ph_names_intern (names, "other");
  dom = ph_dom_unpack (bytes, names, &error);
  g_assert_no_error (error);
  ph_dom_check (dom);

  return dom;
}

static void
assert_same_page (const PhDom *a,
                  const PhDom *b)
{
  g_autofree char *dump_a = ph_test_dump_dom (a);
  g_autofree char *dump_b = ph_test_dump_dom (b);
  g_autofree char *html_a = ph_dom_write_html (a, PH_WRITE_RECORDED);
  g_autofree char *html_b = ph_dom_write_html (b, PH_WRITE_RECORDED);

  g_assert_cmpstr (dump_a, ==, dump_b);
  g_assert_cmpstr (html_a, ==, html_b);
  g_assert_cmpstr (ph_dom_get_href (a), ==, ph_dom_get_href (b));
  g_assert_cmpuint (ph_dom_get_epoch (a), ==, ph_dom_get_epoch (b));
  g_assert_cmpint (ph_dom_get_page (a) != NULL ? ph_dom_get_page (a)->focus : 0, ==,
                   ph_dom_get_page (b) != NULL ? ph_dom_get_page (b)->focus : 0);
}

static void
test_round_trip (void)
{
  g_autoptr (PhDom) dom = make_page ();
  g_autoptr (GBytes) bytes = ph_dom_pack (dom);
  g_autoptr (PhDom) again = unpack (bytes);
  g_autoptr (GBytes) twice = ph_dom_pack (again);

  assert_same_page (dom, again);
  g_assert_cmpint (ph_dom_get_page (again)->focus, ==, 16);
  g_assert_true (g_bytes_equal (bytes, twice));
}

static void
test_no_page (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) dom = ph_dom_new (names);
  g_autoptr (GBytes) bytes = ph_dom_pack (dom);
  g_autoptr (PhDom) again = unpack (bytes);

  g_assert_cmpuint (ph_dom_get_root (again), ==, 0);
}

/* What happened on the way leaves no trace: equal pages, equal bytes. */
static void
test_equal_pages (void)
{
  g_autoptr (PhDom) dom = make_page ();
  g_autoptr (PhDom) copy = ph_dom_copy (dom);
  g_autoptr (GBytes) bytes = ph_dom_pack (dom);
  g_autoptr (GBytes) after = NULL;

  ph_test_apply (
    copy, NULL,
    "[{'type':3,'timestamp':1,'data':{'source':0,'adds':[{'parentId':3,'nextId':9,'node':{'type':2,"
    "'tagName':'i','attributes':{'id':'z'},'id':50}}]}},"
    "{'type':3,'timestamp':2,'data':{'source':0,'removes':[{'parentId':3,'id':50}]}}]");
  after = ph_dom_pack (copy);
  g_assert_true (g_bytes_equal (bytes, after));
}

/* Bytes of a damaged file are refused or make some page, but never do harm. */
static void
test_damage (void)
{
  g_autoptr (PhDom) dom = make_page ();
  g_autoptr (GBytes) bytes = ph_dom_pack (dom);
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize n = 0; n < size; n++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (data, n);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhDom) page = ph_dom_unpack (cut, names, &error);

      /* Cut behind the head it is an empty page; cut anywhere else it is none. */
      if (page == NULL)
        g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
      else
        g_assert_cmpuint (ph_dom_get_root (page), ==, 0);
    }

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree guint8 *flipped = g_memdup2 (data, size);
      g_autoptr (GBytes) odd = NULL;
      g_autoptr (PhDom) page = NULL;

      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        flipped[g_rand_int_range (rand, 0, (gint32) size)] = (guint8) g_rand_int (rand);

      odd = g_bytes_new_take (g_steal_pointer (&flipped), size);
      page = ph_dom_unpack (odd, names, NULL);

      if (page != NULL)
        ph_dom_check (page);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dom-pack/round-trip", test_round_trip);
  g_test_add_func ("/dom-pack/no-page", test_no_page);
  g_test_add_func ("/dom-pack/equal-pages", test_equal_pages);
  g_test_add_func ("/dom-pack/damage", test_damage);

  return g_test_run ();
}
