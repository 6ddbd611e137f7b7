/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-apply.h"
#include "ph-limits.h"

/*
 * Offsets are those of the DOM: UTF-16 units in texts, children elsewhere. One that
 * is out of range comes to the end, as text is masked or changed on the way; it is
 * counted in the health.
 */

/* How far an offset in a node may go. */
static guint
get_length (const PhDom *dom,
            PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);
  guint n = 0;

  if (node->text != NULL)
    {
      for (const char *at = node->text; *at != '\0'; at = g_utf8_next_char (at))
        n += g_utf8_get_char (at) > 0xffff ? 2 : 1;

      return n;
    }

  for (PhSlot child = node->first_child; child != 0; child = ph_dom_node (dom, child)->next)
    n++;

  return n;
}

/* One end of a range. FALSE when its node is not in the page. */
static gboolean
read_end (PhBuild *build,
          PhJsonValue range,
          const char *name,
          const char *offset_name,
          gint32 *id,
          guint *offset)
{
  gint64 number = 0;
  PhSlot slot;
  guint length;

  if (!ph_build_read_id (range, name, id))
    return FALSE;

  slot = ph_dom_find (build->dom, *id);

  if (slot == 0)
    {
      ph_health_add (build->health, PH_HEALTH_UNKNOWN_NODE, build->time,
                     "a selection in the unknown element %d", *id);
      return FALSE;
    }

  length = get_length (build->dom, slot);

  if (!ph_build_take_work (build, length))
    return FALSE;

  if (!ph_json_member_int (range, offset_name, &number) || number < 0 || number > length)
    ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                   "a selection beyond the end of the element %d", *id);

  *offset = (guint) CLAMP (number, 0, (gint64) length);

  return TRUE;
}

/* Nothing selected is an empty list; a list of which nothing can be shown changes nothing. */
void
ph_apply_selection (PhBuild *build,
                    PhJsonValue data)
{
  PhPresence *presence = &ph_dom_edit_page (build->dom)->presence;
  PhJsonValue ranges = ph_json_member (data, "ranges");
  g_autoptr (GArray) old = g_steal_pointer (&presence->ranges);
  guint n = 0;
  PhJsonIter iter;
  PhJsonValue value;

  if (ph_json_type (ranges) != PH_JSON_ARRAY)
    ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time, "a selection of no ranges");

  ph_json_iter_init (&iter, ranges);

  for (; ph_json_next (&iter, NULL, &value); n++)
    {
      PhRange range = { 0 };

      if (!read_end (build, value, "start", "startOffset", &range.start, &range.start_offset) ||
          !read_end (build, value, "end", "endOffset", &range.end, &range.end_offset))
        continue;

      if (!ph_presence_add_range (presence, &range))
        {
          ph_health_add (build->health, PH_HEALTH_LIMIT, build->time,
                         "more than %d selected ranges", PH_LIMIT_RANGES);
          return;
        }
    }

  if (presence->ranges == NULL && (n > 0 || ph_json_type (ranges) != PH_JSON_ARRAY))
    presence->ranges = g_steal_pointer (&old);
}
