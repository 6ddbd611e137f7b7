/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-golden.h"

#include "ph-cursor.h"
#include "ph-test.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
count_elements (const PhDom *dom,
                PhSlot slot,
                guint *n)
{
  for (PhSlot child = ph_dom_node (dom, slot)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next)
    {
      *n += ph_dom_node (dom, child)->type == PH_NODE_ELEMENT;
      count_elements (dom, child, n);
    }
}

static PhSlot
find_body (const PhDom *dom)
{
  PhSlot html = ph_dom_get_root (dom);

  for (guint i = 0; i < 2 && html != 0; i++)
    {
      const char *name = i == 0 ? "html" : "body";

      html = ph_dom_node (dom, html)->first_child;

      while (html != 0 && (ph_dom_node (dom, html)->type != PH_NODE_ELEMENT ||
                           g_strcmp0 (ph_dom_node_name (dom, html), name) != 0))
        html = ph_dom_node (dom, html)->next;
    }

  return html;
}

/* As JavaScript's textContent. */
static void
add_text (const PhDom *dom,
          PhSlot slot,
          GString *text)
{
  for (PhSlot child = ph_dom_node (dom, slot)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next)
    {
      if (ph_dom_node (dom, child)->type == PH_NODE_TEXT)
        g_string_append (text, ph_dom_node (dom, child)->text);

      add_text (dom, child, text);
    }
}

/* Runs of white space, as JavaScript's `\s` has it, as one space; none at the ends. */
static char *
collapse (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || c == 0x0b || c == 0xfeff)
        {
          space = TRUE;
          continue;
        }

      if (space && out->len > 0)
        g_string_append_c (out, ' ');

      space = FALSE;
      g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

/* Over UTF-16 code units, as the goldens were made. */
static guint32
hash31 (const char *text)
{
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
  guint32 hash = 0;

  for (guint i = 0; units[i] != 0; i++)
    hash = hash * 31 + units[i];

  return hash;
}

static void
compare_shot (const PhDom *dom,
              JsonObject *shot,
              guint percent,
              GPtrArray *differences)
{
  gint64 wanted = json_object_get_int_member (shot, "elements") - 1; /* rrweb adds a style */
  PhSlot body = find_body (dom);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *collapsed = NULL;
  guint n = 0;

  if (ph_dom_get_root (dom) != 0)
    count_elements (dom, ph_dom_get_root (dom), &n);

  if (body != 0)
    add_text (dom, body, text);

  collapsed = collapse (text->str);

  if (n != wanted)
    g_ptr_array_add (differences, g_strdup_printf ("%u%%: %u elements, rrweb %" G_GINT64_FORMAT,
                                                   percent, n, wanted));

  if (hash31 (collapsed) != json_object_get_int_member (shot, "bodyTextHash31"))
    g_ptr_array_add (differences,
                     g_strdup_printf ("%u%%: another text “%.200s”", percent, collapsed));
}

gboolean
ph_golden_compare (PhSession *session,
                   const char *name,
                   GPtrArray *differences)
{
  g_autofree char *path = ph_test_shared ("goldens/goldens.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  JsonObject *golden;
  JsonArray *shots;
  PhTime start;

  if (path == NULL || !json_parser_load_from_mapped_file (parser, path, NULL))
    return FALSE;

  golden = json_node_get_object (json_parser_get_root (parser));
  golden = json_object_has_member (golden, name) ? json_object_get_object_member (golden, name)
                                                 : NULL;

  if (golden == NULL || !json_object_has_member (golden, "shots"))
    return FALSE;

  shots = json_object_get_array_member (golden, "shots");
  golden = json_object_get_object_member (golden, "meta");
  start = json_object_get_int_member (golden, "startTime") * PH_MSEC;
  start -= ph_session_get_start_time (session);

  for (guint i = 0; i < json_array_get_length (shots); i++)
    {
      JsonObject *shot = json_array_get_object_element (shots, i);
      /* Told to go to t, rrweb shows what was before t. */
      PhTime time = start + json_object_get_int_member (shot, "t") * PH_MSEC - 1;

      ph_cursor_seek (cursor, ph_span_clamp (ph_session_get_span (session), time));
      compare_shot (ph_cursor_get_dom (cursor), shot, (i + 1) * 25, differences);
    }

  return TRUE;
}

void
ph_golden_check_file (const char *name,
                      guint n_wanted)
{
  g_autofree char *shared = g_strconcat ("corpus/", name, NULL);
  g_autofree char *path = ph_test_shared (shared);
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GFile) file = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    {
      g_test_skip ("no shared corpus");
      return;
    }

  file = g_file_new_for_path (path);
  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ph_golden_compare (session, name, differences));

  for (guint i = 0; i < differences->len; i++)
    g_test_message ("%s: %s", name, (const char *) differences->pdata[i]);

  g_assert_cmpuint (differences->len, ==, n_wanted);
}
