/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-custom.h"

#include "ph-limits.h"

#include <string.h>

/* The first of the sorted @names that is not below @name. */
static guint
find_place (const GArray *names,
            PhName name)
{
  guint low = 0;
  guint high = names->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (names, PhName, middle) < name)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static gboolean
contains (const GArray *names,
          PhName name)
{
  guint place = find_place (names, name);

  return place < names->len && g_array_index (names, PhName, place) == name;
}

void
ph_custom_define (PhDom *dom,
                  PhName name)
{
  const PhPageState *page = ph_dom_get_page (dom);
  GArray *old = page != NULL ? page->defined : NULL;
  PhPageState *state;
  GArray *names;

  if (old != NULL && (old->len >= PH_LIMIT_DEFINED || contains (old, name)))
    return;

  /* Other copies of the page may have the list. */
  names = old != NULL ? g_array_copy (old) : g_array_new (FALSE, FALSE, sizeof (PhName));
  g_array_insert_val (names, find_place (names, name), name);
  state = ph_dom_edit_page (dom);
  g_clear_pointer (&state->defined, g_array_unref);
  state->defined = names;
}

gboolean
ph_custom_is_defined (const PhDom *dom,
                      PhSlot slot)
{
  const PhPageState *page = ph_dom_get_page (dom);
  const PhNode *node = ph_dom_node (dom, slot);

  return page == NULL || page->defined == NULL || node->is_svg || node->is_custom ||
         strchr (ph_dom_node_name (dom, slot), '-') == NULL || contains (page->defined, node->name);
}
