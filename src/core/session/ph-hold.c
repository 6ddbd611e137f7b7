/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-hold.h"

struct _PhHold
{
  GArray *heap; /* PhEvent with a text of its own; the earliest is first */
  gsize bytes;
  gint64 newest; /* timestamp of all that was added */
  gboolean has_taken;
  PhEvent taken; /* the last one; its text lives until the next call */
};

PhHold *
ph_hold_new (void)
{
  PhHold *hold = g_new0 (PhHold, 1);

  hold->heap = g_array_new (FALSE, FALSE, sizeof (PhEvent));
  hold->newest = G_MININT64;

  return hold;
}

static void
forget_taken (PhHold *hold)
{
  g_free ((char *) hold->taken.text);
  hold->taken.text = NULL;
}

void
ph_hold_free (PhHold *hold)
{
  if (hold == NULL)
    return;

  for (guint i = 0; i < hold->heap->len; i++)
    g_free ((char *) g_array_index (hold->heap, PhEvent, i).text);

  forget_taken (hold);
  g_array_unref (hold->heap);
  g_free (hold);
}

static PhEvent *
get (const PhHold *hold,
     guint i)
{
  return &g_array_index (hold->heap, PhEvent, i);
}

static void
rise (PhHold *hold,
      guint i)
{
  PhEvent event = *get (hold, i);

  while (i > 0 && ph_event_compare (&event, get (hold, (i - 1) / 2)) < 0)
    {
      *get (hold, i) = *get (hold, (i - 1) / 2);
      i = (i - 1) / 2;
    }

  *get (hold, i) = event;
}

/* @event comes to where the first one was. */
static void
sink (PhHold *hold,
      PhEvent event)
{
  guint n = hold->heap->len;
  guint i = 0;

  while (2 * i + 1 < n)
    {
      guint child = 2 * i + 1;

      if (child + 1 < n && ph_event_compare (get (hold, child + 1), get (hold, child)) < 0)
        child++;

      if (ph_event_compare (&event, get (hold, child)) <= 0)
        break;

      *get (hold, i) = *get (hold, child);
      i = child;
    }

  *get (hold, i) = event;
}

gboolean
ph_hold_add (PhHold *hold,
             const PhEvent *event)
{
  PhEvent copy = *event;

  if (hold->has_taken && ph_event_compare (event, &hold->taken) < 0)
    return FALSE;

  copy.text = g_memdup2 (event->text, event->size);
  hold->bytes += event->size;
  hold->newest = MAX (hold->newest, event->timestamp);
  g_array_append_val (hold->heap, copy);
  rise (hold, hold->heap->len - 1);

  return TRUE;
}

gsize
ph_hold_get_bytes (const PhHold *hold)
{
  return hold->bytes;
}

gboolean
ph_hold_is_due (const PhHold *hold)
{
  if (hold->heap->len == 0)
    return FALSE;

  return hold->bytes > PH_HOLD_BYTES ||
         hold->newest - get (hold, 0)->timestamp > PH_HOLD_SPAN;
}

const PhEvent *
ph_hold_take (PhHold *hold)
{
  PhEvent last;

  forget_taken (hold);

  if (hold->heap->len == 0)
    return NULL;

  hold->taken = *get (hold, 0);
  hold->has_taken = TRUE;
  hold->bytes -= hold->taken.size;
  last = *get (hold, hold->heap->len - 1);
  g_array_set_size (hold->heap, hold->heap->len - 1);

  if (hold->heap->len > 0)
    sink (hold, last);

  return &hold->taken;
}

void
ph_hold_each (PhHold *hold,
              void (*func) (const PhEvent *event,
                            gpointer user_data),
              gpointer user_data)
{
  for (guint i = 0; i < hold->heap->len; i++)
    func (get (hold, i), user_data);
}
