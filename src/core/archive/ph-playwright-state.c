/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-playwright-state.h"

#include <string.h>

#define PREFIX "__playwright_"
#define SNAPSHOT "/snapshot/"

/* Names and values in turn, ends with NULL. */
static const char *const *
get_list (const PhPlaywrightNode *node)
{
  static const char *const none[] = { NULL };

  return node->tag != NULL && node->attributes != NULL ? (const char *const *) node->attributes
                                                       : none;
}

const char *
ph_playwright_state_get (const PhPlaywrightNode *node,
                         const char *name)
{
  const char *const *list = get_list (node);

  for (guint i = 0; list[i] != NULL; i += 2)
    if (strcmp (list[i], name) == 0)
      return list[i + 1];

  return NULL;
}

gboolean
ph_playwright_state_is_tag (const PhPlaywrightNode *node,
                            const char *tag)
{
  return node->tag != NULL && g_ascii_strcasecmp (node->tag, tag) == 0;
}

PhPlaywrightPart
ph_playwright_state_part (const PhPlaywrightNode *node)
{
  if (ph_playwright_state_is_tag (node, "script"))
    return PH_PLAYWRIGHT_LEFT_OUT;

  if (!ph_playwright_state_is_tag (node, "template"))
    return PH_PLAYWRIGHT_SHOWN;

  if (ph_playwright_state_get (node, PREFIX "shadow_root_") != NULL)
    return PH_PLAYWRIGHT_SHADOW;

  return ph_playwright_state_sheet (node) != NULL ? PH_PLAYWRIGHT_SHEET : PH_PLAYWRIGHT_SHOWN;
}

const char *
ph_playwright_state_sheet (const PhPlaywrightNode *node)
{
  return ph_playwright_state_get (node, PREFIX "style_sheet_");
}

const char *
ph_playwright_state_target (const PhPlaywrightNode *node)
{
  return ph_playwright_state_get (node, PREFIX "target__");
}

const char *
ph_playwright_state_defined (const PhPlaywrightNode *node)
{
  return ph_playwright_state_get (node, PREFIX "custom_elements__");
}

gboolean
ph_playwright_state_is_host (const PhPlaywrightNode *node)
{
  for (guint i = 0; i < node->n_children; i++)
    if (node->children[i]->part == PH_PLAYWRIGHT_SHADOW)
      return TRUE;

  return FALSE;
}

double
ph_playwright_state_scroll (const PhPlaywrightNode *node,
                            gboolean is_top)
{
  const char *value =
    ph_playwright_state_get (node, is_top ? PREFIX "scroll_top_" : PREFIX "scroll_left_");

  return value != NULL ? g_ascii_strtod (value, NULL) : 0;
}

/* --- pages in pages -------------------------------------------------------- */

static gboolean
is_frame (const PhPlaywrightNode *node)
{
  return ph_playwright_state_is_tag (node, "iframe") || ph_playwright_state_is_tag (node, "frame");
}

/* Where the recorder says which page is in it: in place of the address, or beside it. */
static gboolean
says_page (const PhPlaywrightNode *node,
           const char *name)
{
  return strcmp (name, PREFIX "src__") == 0 || (strcmp (name, "src") == 0 && is_frame (node));
}

const char *
ph_playwright_state_held (const PhPlaywrightNode *node)
{
  const char *const *list = get_list (node);

  for (guint i = 0; list[i] != NULL; i += 2)
    if (says_page (node, list[i]) && g_str_has_prefix (list[i + 1], SNAPSHOT))
      return list[i + 1] + strlen (SNAPSHOT);

  return NULL;
}

/* "" is a frame whose page is not known. */
static gboolean
is_page (const PhPlaywrightNode *node,
         const char *name,
         const char *value)
{
  return says_page (node, name) &&
         (g_str_has_prefix (value, SNAPSHOT) || (value[0] == '\0' && is_frame (node)));
}

/* --- attributes ------------------------------------------------------------ */

/* Recorded beside it as what it is now, so that what it began as counts no more. */
static gboolean
is_overruled (const PhPlaywrightNode *node,
              const char *name)
{
  static const char *const pairs[][2] = {
    { "value", PREFIX "value_" },
    { "checked", PREFIX "checked_" },
    { "selected", PREFIX "selected_" },
    { "src", PREFIX "current_src__" },
    { "srcset", PREFIX "current_src__" },
    { "sizes", PREFIX "current_src__" },
    { "open", PREFIX "dialog_open_" },
    { "src", PREFIX "src__" },
    { "srcdoc", PREFIX "src__" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (name, pairs[i][0]) == 0 && ph_playwright_state_get (node, pairs[i][1]) != NULL)
      return TRUE;

  return FALSE;
}

static void
append (GArray *list,
        const char *name,
        const char *value,
        PhPlaywrightKind kind)
{
  PhPlaywrightAttribute attribute = { name, value, kind };

  g_array_append_val (list, attribute);
}

/* What the trace says in an attribute of its own. */
static void
append_state (GArray *list,
              const char *name,
              const char *value)
{
  gboolean is_true = strcmp (value, "true") == 0;

  name += strlen (PREFIX);

  if (strcmp (name, "value_") == 0)
    append (list, "value", value, PH_PLAYWRIGHT_FORM);
  else if (strcmp (name, "checked_") == 0 && is_true)
    append (list, "checked", NULL, PH_PLAYWRIGHT_FORM);
  else if (strcmp (name, "selected_") == 0 && is_true)
    append (list, "selected", NULL, PH_PLAYWRIGHT_PLAIN);
  else if (strcmp (name, "scroll_top_") == 0)
    append (list, "rr_scrollTop", value, PH_PLAYWRIGHT_SCROLL);
  else if (strcmp (name, "scroll_left_") == 0)
    append (list, "rr_scrollLeft", value, PH_PLAYWRIGHT_SCROLL);
  else if (strcmp (name, "current_src__") == 0)
    append (list, "src", value, PH_PLAYWRIGHT_PLAIN);
  else if (strcmp (name, "popover_open_") == 0 && is_true)
    append (list, "rr_open_popover", "", PH_PLAYWRIGHT_PLAIN);
  else if (strcmp (name, "dialog_open_") == 0)
    {
      append (list, "open", "", PH_PLAYWRIGHT_PLAIN);
      append (list, "rr_open_mode", strcmp (value, "modal") == 0 ? "modal" : "non-modal",
              PH_PLAYWRIGHT_PLAIN);
    }
}

void
ph_playwright_state_list (const PhPlaywrightNode *node,
                          GArray *list)
{
  const char *const *pairs = get_list (node);

  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      const char *name = pairs[i];
      const char *value = pairs[i + 1];

      if (is_page (node, name, value))
        continue;

      if (g_str_has_prefix (name, PREFIX))
        append_state (list, name, value);
      else if (!is_overruled (node, name))
        append (list, name, value, PH_PLAYWRIGHT_PLAIN);
    }
}

/* --- the same node --------------------------------------------------------- */

gboolean
ph_playwright_state_may_be_same (const PhPlaywrightNode *node,
                                 const PhPlaywrightNode *old)
{
  static const char *const telling[] = { PREFIX "selected_", PREFIX "dialog_open_",
                                         PREFIX "popover_open_" };

  if (node->tag == NULL || old->tag == NULL)
    return node->tag == old->tag;

  if (strcmp (node->tag, old->tag) != 0 ||
      node->is_host != old->is_host ||
      g_strcmp0 (ph_playwright_state_held (node), ph_playwright_state_held (old)) != 0)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    if (g_strcmp0 (ph_playwright_state_get (node, telling[i]),
                   ph_playwright_state_get (old, telling[i])) != 0)
      return FALSE;

  return !ph_playwright_state_is_tag (node, "link") ||
         g_strcmp0 (ph_playwright_state_get (node, "href"),
                    ph_playwright_state_get (old, "href")) == 0;
}
