/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-presence.h"

#include "ph-limits.h"

#include <string.h>

void
ph_presence_init (PhPresence *presence)
{
  *presence = (PhPresence) { .pressed = PH_TIME_NONE, .dismissed = PH_TIME_NONE };
}

static GArray *
copy_array (const GArray *from)
{
  GArray *copy;

  if (from == NULL || from->len == 0)
    return NULL;

  copy = g_array_new (FALSE, FALSE, g_array_get_element_size ((GArray *) from));
  g_array_append_vals (copy, from->data, from->len);

  return copy;
}

void
ph_presence_copy (PhPresence *to,
                  const PhPresence *from)
{
  *to = *from;
  to->ranges = copy_array (from->ranges);
  to->top = copy_array (from->top);
  to->media = copy_array (from->media);
}

void
ph_presence_clear (PhPresence *presence)
{
  g_clear_pointer (&presence->ranges, g_array_unref);
  g_clear_pointer (&presence->top, g_array_unref);
  g_clear_pointer (&presence->media, g_array_unref);
}

static gboolean
range_names (const PhRange *range,
             gint32 id)
{
  return range->start == id || range->end == id;
}

gboolean
ph_presence_names (const PhPresence *presence,
                   gint32 id)
{
  if (presence->was_focus == id)
    return TRUE;

  for (guint i = 0; presence->ranges != NULL && i < presence->ranges->len; i++)
    if (range_names (&g_array_index (presence->ranges, PhRange, i), id))
      return TRUE;

  for (guint i = 0; presence->top != NULL && i < presence->top->len; i++)
    if (g_array_index (presence->top, PhTop, i).id == id ||
        g_array_index (presence->top, PhTop, i).opener == id)
      return TRUE;

  return ph_presence_find_media (presence, id) != NULL;
}

static void
remove_index (GArray **array,
              guint index)
{
  g_array_remove_index (*array, index);

  if ((*array)->len == 0)
    g_clear_pointer (array, g_array_unref);
}

void
ph_presence_forget (PhPresence *presence,
                    gint32 id)
{
  if (presence->was_focus == id)
    presence->was_focus = 0;

  for (guint i = presence->ranges != NULL ? presence->ranges->len : 0; i > 0; i--)
    if (range_names (&g_array_index (presence->ranges, PhRange, i - 1), id))
      remove_index (&presence->ranges, i - 1);

  for (guint i = presence->top != NULL ? presence->top->len : 0; i > 0; i--)
    {
      PhTop *top = &g_array_index (presence->top, PhTop, i - 1);

      if (top->opener == id)
        top->opener = 0;

      if (top->id == id)
        remove_index (&presence->top, i - 1);
    }

  for (guint i = presence->media != NULL ? presence->media->len : 0; i > 0; i--)
    if (g_array_index (presence->media, PhMedia, i - 1).id == id)
      remove_index (&presence->media, i - 1);
}

PhTop *
ph_presence_find_top (const PhPresence *presence,
                      gint32 id)
{
  for (guint i = 0; presence->top != NULL && i < presence->top->len; i++)
    if (g_array_index (presence->top, PhTop, i).id == id)
      return &g_array_index (presence->top, PhTop, i);

  return NULL;
}

PhMedia *
ph_presence_find_media (const PhPresence *presence,
                        gint32 id)
{
  for (guint i = 0; presence->media != NULL && i < presence->media->len; i++)
    if (g_array_index (presence->media, PhMedia, i).id == id)
      return &g_array_index (presence->media, PhMedia, i);

  return NULL;
}

static gboolean
add (GArray **array,
     gconstpointer item,
     guint size,
     guint limit)
{
  if (*array == NULL)
    *array = g_array_new (FALSE, FALSE, size);

  if ((*array)->len >= limit)
    return FALSE;

  g_array_append_vals (*array, item, 1);

  return TRUE;
}

gboolean
ph_presence_add_top (PhPresence *presence,
                     const PhTop *top)
{
  return add (&presence->top, top, sizeof *top, PH_LIMIT_TOP);
}

gboolean
ph_presence_add_media (PhPresence *presence,
                       const PhMedia *media)
{
  return add (&presence->media, media, sizeof *media, PH_LIMIT_MEDIA);
}

gboolean
ph_presence_add_range (PhPresence *presence,
                       const PhRange *range)
{
  return add (&presence->ranges, range, sizeof *range, PH_LIMIT_RANGES);
}

double
ph_media_position (const PhMedia *media,
                   PhTime time)
{
  double position = media->position;

  if (media->playing && time > media->since)
    position += (double) (time - media->since) / PH_SECOND * media->rate;

  return MAX (position, 0);
}
