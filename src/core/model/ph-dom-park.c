/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-park.h"

#include "ph-limits.h"

#include <string.h>

static void
free_parked (gpointer data)
{
  PhParked *parked = data;

  g_ref_string_release (parked->json);
  g_free (parked);
}

GPtrArray *
ph_parked_new (void)
{
  return g_ptr_array_new_with_free_func (free_parked);
}

void
ph_parked_add (GPtrArray *parked,
               gint32 parent,
               GRefString *json)
{
  PhParked *added = g_new0 (PhParked, 1);

  added->parent = parent;
  added->json = json;
  g_ptr_array_add (parked, added);
}

GPtrArray *
ph_parked_copy (GPtrArray *parked)
{
  GPtrArray *copy;

  if (parked == NULL)
    return NULL;

  copy = ph_parked_new ();

  for (guint i = 0; i < parked->len; i++)
    {
      const PhParked *each = parked->pdata[i];

      ph_parked_add (copy, each->parent, g_ref_string_acquire (each->json));
    }

  return copy;
}

gboolean
ph_park (PhBuild *build,
         gint32 parent)
{
  const PhEvent *event = build->event;
  PhPageState *page;
  g_autofree char *text = NULL;

  if (event->text == NULL || event->size > PH_LIMIT_PARKED_BYTES)
    return FALSE;

  page = ph_dom_edit_page (build->dom);

  if (page->parked == NULL)
    page->parked = ph_parked_new ();

  if (page->parked->len == PH_LIMIT_PARKED)
    return FALSE;

  text = g_utf8_make_valid (event->text, (gssize) event->size);
  ph_parked_add (page->parked, parent, g_ref_string_new (text));

  return TRUE;
}

/* The Document that an event adds to @parent. */
static PhJsonValue
find_document (PhJsonValue event,
               gint32 parent)
{
  PhJsonIter iter;
  PhJsonValue add;

  ph_json_iter_init (&iter, ph_json_member (ph_json_member (event, "data"), "adds"));

  while (ph_json_next (&iter, NULL, &add))
    {
      PhJsonValue node = ph_json_member (add, "node");
      gint64 type;
      gint32 id;

      if (ph_build_read_id (add, "parentId", &id) && id == parent &&
          ph_json_member_int (node, "type", &type) && type == PH_NODE_DOCUMENT)
        return node;
    }

  return (PhJsonValue) {};
}

void
ph_unpark (PhBuild *build,
           PhSlot slot)
{
  const PhPageState *page = ph_dom_get_page (build->dom);
  gint32 id = ph_dom_node (build->dom, slot)->id;

  for (guint i = 0; page != NULL && page->parked != NULL && i < page->parked->len; i++)
    {
      const PhParked *parked = page->parked->pdata[i];
      g_autoptr (PhJson) json = NULL;
      g_autoptr (GRefString) text = NULL;
      PhJsonValue root;

      if (parked->parent != id)
        continue;

      /* First out of the list: what is built may hold iframes that look at it too. */
      text = g_ref_string_acquire (parked->json);
      g_ptr_array_remove_index (ph_dom_edit_page (build->dom)->parked, i);
      json = ph_json_new ();

      if (ph_json_parse (json, text, g_ref_string_length (text), &root, NULL))
        ph_build_node (build, find_document (root, id), slot, 0);

      return;
    }
}
