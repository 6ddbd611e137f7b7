/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-apply.h"
#include "ph-dom-write.h"
#include "ph-test-dom.h"
#include "ph-test.h"

#include <string.h>

/*
 * tests/fixtures/apply: NAME.json is a list of events, NAME.txt what the page
 * is after each of them and what health says in the end.
 */

static void
describe_page (GString *out,
               const PhDom *dom,
               char **last)
{
  g_autofree char *html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  int width;
  int height;

  ph_dom_get_viewport (dom, &width, &height);

  if (*last != NULL && strcmp (*last, html) == 0)
    g_string_append_printf (out, "%d×%d, as before\n", width, height);
  else
    g_string_append_printf (out, "%d×%d %s\n%s\n", width, height, ph_dom_get_href (dom), html);

  g_free (*last);
  *last = g_steal_pointer (&html);
}

static void
describe_health (GString *out,
                 const PhHealth *health)
{
  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    {
      guint n;
      const PhFinding *examples = ph_health_examples (health, kind, &n);

      for (guint i = 0; i < n; i++)
        g_string_append_printf (out, "health: %s: %s\n", ph_health_kind_name (kind),
                                examples[i].text);
    }
}

static void
test_fixture (gconstpointer data)
{
  const char *name = data;
  g_autofree char *input = g_strdup_printf ("apply/%s.json", name);
  g_autofree char *golden = g_strdup_printf ("apply/%s.txt", name);
  g_autofree char *path = ph_test_fixture (input);
  g_autofree char *text = NULL;
  g_autofree char *last = NULL;
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) dom = ph_dom_new (names);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  PhJsonValue root;
  PhJsonValue value;
  PhJsonIter iter;
  guint64 order = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
  ph_json_iter_init (&iter, root);

  while (ph_json_next (&iter, NULL, &value))
    {
      PhEvent event = { .order = order++ };

      g_assert_true (ph_event_read (&event, value));
      ph_dom_apply (dom, &event, value, health);
      ph_dom_check (dom);
      g_string_append_printf (out, "-- %s\n", ph_event_kind (&event));
      describe_page (out, dom, &last);
    }

  describe_health (out, health);
  ph_test_golden (golden, out->str);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *file;

  g_test_init (&argc, &argv, NULL);
  folder = ph_test_fixture ("apply");
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);

  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".json"))
      g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (".json")));

  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("/dom-apply/%s", (const char *) names->pdata[i]);

      g_test_add_data_func (path, names->pdata[i], test_fixture);
    }

  return g_test_run ();
}
