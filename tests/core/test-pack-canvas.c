/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-pack.h"
#include "ph-pack-canvas.h"
#include "ph-test-dom.h"

static PhDom *
make_page (void)
{
  PhDom *dom = ph_test_page (
    "{\"type\":2,\"tagName\":\"canvas\",\"id\":10,\"attributes\":{\"width\":\"20\",\"height\":"
    "\"10\",\"rr_dataURL\":\"data:image/png;base64,AAAA\"},\"childNodes\":[]}");

  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':2,'data':{'source':9,'id':10,'commands':[['rect',0,0,1,1]]"
                 "}},{'type':3,'timestamp':3,'data':{'source':9,'id':10,'commands':[['fill'],"
                 "['=font','12px “x”']]}}]");

  return dom;
}

static const PhCanvas *
find_canvas (const PhDom *dom)
{
  return ph_dom_node (dom, ph_dom_find (dom, 10))->state->canvas;
}

static void
test_round_trip (void)
{
  g_autoptr (PhDom) dom = make_page ();
  g_autoptr (GBytes) bytes = ph_dom_pack (dom);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhDom) again = ph_dom_unpack (bytes, ph_dom_get_names (dom), &error);
  g_autoptr (GBytes) twice = NULL;

  g_assert_no_error (error);
  g_assert_true (ph_canvas_equal (find_canvas (dom), find_canvas (again)));
  g_assert_true (ph_canvas_is_based (find_canvas (again)));
  g_assert_cmpuint (ph_canvas_n_commands (find_canvas (again)), ==, 3);
  twice = ph_dom_pack (again);
  g_assert_true (g_bytes_equal (bytes, twice));
}

/* Any byte may be another one: then it is a page, or an error. */
static void
test_damage (void)
{
  g_autoptr (PhDom) dom = make_page ();
  g_autoptr (GBytes) bytes = ph_dom_pack (dom);
  gsize size = g_bytes_get_size (bytes);
  guint n_refused = 0;

  for (gsize at = 0; at < size; at++)
    {
      g_autofree guint8 *damaged = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) other = NULL;
      g_autoptr (PhDom) again = NULL;

      damaged[at] ^= (guint8) (1 << (at % 7));
      other = g_bytes_new (damaged, size);
      again = ph_dom_unpack (other, ph_dom_get_names (dom), NULL);

      if (again != NULL)
        ph_dom_check (again);

      n_refused += again == NULL;
    }

  g_assert_cmpuint (n_refused, >, 20);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pack-canvas/round-trip", test_round_trip);
  g_test_add_func ("/pack-canvas/damage", test_damage);

  return g_test_run ();
}
