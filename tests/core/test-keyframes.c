/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-keyframes.h"

#include "ph-dom-apply.h"
#include "ph-dom-edit.h"
#include "session-maker.h"

#include <string.h>

/* A page of @n_nodes nodes or a few more, whose epoch is @mark + 1. */
static PhDom *
make_page (guint n_nodes,
           guint mark)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GString) text = g_string_new ("{\"type\":2,\"timestamp\":1,\"data\":{\"node\":"
                                           "{\"type\":0,\"id\":1,\"childNodes\":[");
  PhDom *dom = ph_dom_new (names);
  PhEvent event = { .order = mark };
  PhJsonValue root;

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text, "%s{\"type\":5,\"id\":%u,\"textContent\":\"\"}", i > 0 ? "," : "",
                            i + 2);

  g_string_append (text, "]}}}");
  g_assert_true (ph_json_parse (json, text->str, text->len, &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  ph_dom_apply (dom, &event, root, NULL);
  g_assert_cmpuint (ph_dom_n_slots (dom), >=, n_nodes);

  return dom;
}

static void
add (PhKeyframes *keyframes,
     guint32 window,
     guint base,
     guint next)
{
  g_autoptr (PhDom) dom = make_page (3, next);

  ph_keyframes_add (keyframes, window, base, next, dom);
}

static void
test_find (void)
{
  static const struct
  {
    guint32 window;
    guint base;
    guint end;
    guint next; /* 0: none */
  } cases[] = {
    { 0, 1, 9, 0 },
    { 0, 1, 10, 10 },
    { 0, 1, 19, 10 },
    { 0, 1, 20, 20 },
    { 0, 1, G_MAXUINT, 30 },
    { 0, 2, G_MAXUINT, 0 },
    { 0, 50, 59, 0 },
    { 0, 50, 60, 60 },
    { 0, G_MAXUINT, 5, 5 },
    { 1, 1, 9, 0 },
    { 1, 1, 15, 15 },
    { 2, 1, 15, 0 },
  };
  g_autoptr (PhKeyframes) keyframes = ph_keyframes_new ();

  add (keyframes, 0, 1, 20);
  add (keyframes, 1, 1, 15);
  add (keyframes, 0, 50, 60);
  add (keyframes, 0, 1, 10);
  add (keyframes, 0, 1, 30);
  add (keyframes, 0, 1, 30);
  add (keyframes, 0, G_MAXUINT, 5);
  g_assert_cmpuint (ph_keyframes_get_n (keyframes), ==, 6);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint next = 0;
      const PhDom *dom =
        ph_keyframes_find (keyframes, cases[i].window, cases[i].base, cases[i].end, &next);

      g_test_message ("case %u", i);
      g_assert_cmpuint (next, ==, cases[i].next);
      g_assert_cmpint (dom != NULL, ==, next != 0);

      if (dom != NULL)
        g_assert_cmpuint (ph_dom_get_epoch (dom), ==, next + 1);
    }
}

/* However long it goes on, memory is bounded, and what was of use last is still there. */
static void
test_bounded (void)
{
  g_autoptr (PhKeyframes) keyframes = ph_keyframes_new ();
  g_autoptr (PhDom) dom = make_page (20000, 0);
  guint n_most = PH_KEYFRAMES_BYTES / (20000 * sizeof (PhNode));
  guint next = 0;

  for (guint i = 1; i <= 500; i++)
    {
      ph_keyframes_add (keyframes, 0, 0, i * 100, dom);
      g_assert_cmpuint (ph_keyframes_get_n (keyframes), <=, n_most);
      g_assert_nonnull (ph_keyframes_find (keyframes, 0, 0, 199, &next));
      g_assert_cmpuint (next, ==, 100);
    }

  g_assert_cmpuint (ph_keyframes_get_n (keyframes), >, n_most / 3);
  g_assert_nonnull (ph_keyframes_find (keyframes, 0, 0, 50000, &next));
  g_assert_cmpuint (next, ==, 50000);
  g_assert_nonnull (ph_keyframes_find (keyframes, 0, 0, 30000, &next));
  g_assert_cmpuint (next, ==, 100);
}

/* Texts count, as a stored page shares them with no other. */
static void
test_long_texts (void)
{
  g_autoptr (PhKeyframes) keyframes = ph_keyframes_new ();
  g_autoptr (PhDom) dom = make_page (1, 0);
  g_autofree char *text = g_strnfill (PH_KEYFRAMES_BYTES / 4, 'x');
  GRefString *shared = g_ref_string_new (text);

  ph_dom_set_text (dom, ph_dom_find (dom, 2), shared);

  for (guint i = 0; i < 10; i++)
    ph_keyframes_add (keyframes, 0, 0, i, dom);

  g_assert_cmpuint (ph_keyframes_get_n (keyframes), ==, 3);
  g_ref_string_release (shared);
}

static void
test_too_large (void)
{
  g_autoptr (PhKeyframes) keyframes = ph_keyframes_new ();
  g_autoptr (PhDom) dom = make_page (PH_KEYFRAMES_BYTES / 2 / sizeof (PhNode) + 1, 0);

  ph_keyframes_add (keyframes, 0, 0, 1, dom);
  g_assert_cmpuint (ph_keyframes_get_n (keyframes), ==, 0);
  ph_keyframes_free (NULL);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/keyframes/find", test_find);
  g_test_add_func ("/keyframes/bounded", test_bounded);
  g_test_add_func ("/keyframes/long-texts", test_long_texts);
  g_test_add_func ("/keyframes/too-large", test_too_large);

  return g_test_run ();
}
