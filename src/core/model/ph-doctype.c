/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-doctype.h"

#include <string.h>

static gboolean
begins_like (const char *text,
             const char *const *beginnings)
{
  for (; *beginnings != NULL; beginnings++)
    if (g_ascii_strncasecmp (text, *beginnings, strlen (*beginnings)) == 0)
      return TRUE;

  return FALSE;
}

/* HTML Standard, 13.2.6.4.1 The “initial” insertion mode. @ids is as in PhNode.text. */
static gboolean
is_limited (const char *ids)
{
  static const char *const always[] = { "-//W3C//DTD XHTML 1.0 Frameset//",
                                        "-//W3C//DTD XHTML 1.0 Transitional//", NULL };
  static const char *const with_system[] = { "-//W3C//DTD HTML 4.01 Frameset//",
                                             "-//W3C//DTD HTML 4.01 Transitional//", NULL };
  const char *end = strchr (ids, '\n');

  return begins_like (ids, always) ||
         (end != NULL && end[1] != '\0' && begins_like (ids, with_system));
}

PhMode
ph_doctype_get_mode (const PhDom *dom,
                     PhSlot document)
{
  if (ph_dom_node (dom, document)->quirks)
    return PH_MODE_QUIRKS;

  for (PhSlot child = ph_dom_node (dom, document)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next)
    if (ph_dom_node (dom, child)->type == PH_NODE_DOCTYPE &&
        is_limited (ph_dom_node (dom, child)->text))
      return PH_MODE_LIMITED;

  return PH_MODE_NONE;
}
