/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-playwright-events.h"
#include "ph-playwright-tree.h"

#include <string.h>

static void
check_text (PhJson *json,
            char *text)
{
  g_assert_true (text == NULL || ph_json_parse (json, text, strlen (text), NULL, NULL));
  g_free (text);
}

/* What is written of any line is JSON. */
static void
try_line (PhJson *json,
          PhPlaywrightTree *tree,
          const char *line,
          gsize size)
{
  g_autoptr (PhJson) parser = ph_json_new ();
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *whole = NULL;
  PhPlaywrightFrameSnapshot added = { "frame", .doctype = "html", .url = "https://a.example/" };
  PhJsonValue root;

  if (!ph_json_parse (parser, line, size, &root, NULL))
    return;

  check_text (json, ph_playwright_action (root, 1));
  check_text (json, ph_playwright_console (root, 1));
  check_text (json, ph_playwright_error (root, "where", 1));
  check_text (json, ph_playwright_printed (root, 1));
  check_text (json, ph_playwright_request (root, 1));

  added.html = root;
  added.line = whole =
    g_strdup_printf ("{\"snapshot\":{\"html\":%.*s}}", (int) size, line);
  added.line_size = strlen (whole);
  ph_playwright_tree_add (tree, &added);
  events = ph_playwright_tree_write (tree, "frame", FALSE, 1, NULL, NULL);

  for (guint i = 0; i < events->len; i++)
    check_text (json, g_strdup (events->pdata[i]));

  /* What comes next names what memory has no more. */
  ph_playwright_tree_trim (tree, 0);
}

/* Lines, each a snapshot of one frame, or something else that a trace may say. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (aside);
  g_autoptr (PhJson) json = ph_json_new ();
  const char *at = (const char *) data;
  const char *end = at + size;

  for (guint i = 0; at < end && i < 64; i++)
    {
      const char *next = memchr (at, '\n', (gsize) (end - at));

      if (next == NULL)
        next = end;

      try_line (json, tree, at, (gsize) (next - at));
      at = next + 1;
    }

  return 0;
}
