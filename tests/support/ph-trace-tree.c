/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-trace-tree.h"

#include <string.h>

#define TIME 1000.0

gboolean
ph_tree_add (PhPlaywrightTree *tree,
             const char *frame,
             const char *html,
             const char *doctype)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GString) text = g_string_new ("{'snapshot':{'html':");
  PhPlaywrightFrameSnapshot added = { frame, .doctype = doctype, .url = "https://a.example/x/" };
  PhJsonValue line;

  g_string_append_printf (text, "%s}}", html);
  g_string_replace (text, "'", "\"", 0);
  g_assert_true (ph_json_parse (json, text->str, text->len, &line, NULL));
  added.html = ph_json_member (ph_json_member (line, "snapshot"), "html");
  added.line = text->str;
  added.line_size = text->len;

  return ph_playwright_tree_add (tree, &added);
}

/* The events with line ends between and single quotes. */
char *
ph_tree_write (PhPlaywrightTree *tree,
               const char *frame,
               gboolean is_whole,
               PhPlaywrightSheetFunc find_sheet)
{
  g_autoptr (GPtrArray) events =
    ph_playwright_tree_write (tree, frame, is_whole, TIME, find_sheet, NULL);
  g_autoptr (PhJson) json = ph_json_new ();
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      g_assert_true (ph_json_parse (json, events->pdata[i], strlen (events->pdata[i]), NULL, NULL));
      g_string_append (out, events->pdata[i]);
      g_string_append_c (out, '\n');
    }

  g_string_replace (out, "\"", "'", 0);

  return g_string_free (out, FALSE);
}

void
ph_has (const char *text,
        const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in: %s", part, text);
}

void
ph_has_not (const char *text,
            const char *part)
{
  if (strstr (text, part) != NULL)
    g_error ("“%s” is in: %s", part, text);
}

char *
ph_tree_after (PhPlaywrightTree *tree,
               const char *html)
{
  g_assert_true (ph_tree_add (tree, "f", html, "html"));

  return ph_tree_write (tree, "f", FALSE, NULL);
}
