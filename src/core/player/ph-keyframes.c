/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-keyframes.h"

typedef struct
{
  guint32 window;
  guint base;
  guint next;
  PhDom *dom;
  gsize bytes;
  guint64 used; /* when: counts calls */
} Keyframe;

struct _PhKeyframes
{
  GArray *frames; /* Keyframe, sorted by window, base, next */
  gsize bytes;
  guint64 now;
};

static gsize
weigh (const PhDom *dom)
{
  guint n = ph_dom_n_slots (dom);
  gsize bytes = n * (sizeof (PhNode) + 4 * sizeof (PhSlot));

  for (PhSlot slot = 1; slot < n; slot++)
    {
      const PhNode *node = ph_dom_node (dom, slot);

      if (node->text != NULL)
        bytes += g_ref_string_length (node->text);

      for (guint i = 0; node->attributes != NULL && i < node->attributes->n; i++)
        bytes += sizeof (PhAttribute) + g_ref_string_length (node->attributes->items[i].value);
    }

  return bytes;
}

static void
clear_keyframe (gpointer data)
{
  ph_dom_free (((Keyframe *) data)->dom);
}

PhKeyframes *
ph_keyframes_new (void)
{
  PhKeyframes *keyframes = g_new0 (PhKeyframes, 1);

  keyframes->frames = g_array_new (FALSE, FALSE, sizeof (Keyframe));
  g_array_set_clear_func (keyframes->frames, clear_keyframe);

  return keyframes;
}

void
ph_keyframes_free (PhKeyframes *keyframes)
{
  if (keyframes == NULL)
    return;

  g_array_unref (keyframes->frames);
  g_free (keyframes);
}

guint
ph_keyframes_get_n (const PhKeyframes *keyframes)
{
  return keyframes->frames->len;
}

static int
compare (const Keyframe *a,
         const Keyframe *b)
{
  if (a->window != b->window)
    return a->window < b->window ? -1 : 1;

  if (a->base != b->base)
    return a->base < b->base ? -1 : 1;

  return (a->next > b->next) - (a->next < b->next);
}

/* How many keyframes are not after @key. */
static guint
count_until (const PhKeyframes *keyframes,
             const Keyframe *key)
{
  guint low = 0;
  guint high = keyframes->frames->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare (&g_array_index (keyframes->frames, Keyframe, middle), key) <= 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

const PhDom *
ph_keyframes_find (PhKeyframes *keyframes,
                   guint32 window,
                   guint base,
                   guint end,
                   guint *next)
{
  Keyframe key = { window, base, end };
  guint n = count_until (keyframes, &key);
  Keyframe *frame;

  if (n == 0)
    return NULL;

  frame = &g_array_index (keyframes->frames, Keyframe, n - 1);

  if (frame->window != window || frame->base != base)
    return NULL;

  *next = frame->next;
  frame->used = ++keyframes->now;

  return frame->dom;
}

static void
drop_least_used (PhKeyframes *keyframes)
{
  guint least = 0;

  for (guint i = 1; i < keyframes->frames->len; i++)
    if (g_array_index (keyframes->frames, Keyframe, i).used <
        g_array_index (keyframes->frames, Keyframe, least).used)
      least = i;

  keyframes->bytes -= g_array_index (keyframes->frames, Keyframe, least).bytes;
  g_array_remove_index (keyframes->frames, least);
}

void
ph_keyframes_add (PhKeyframes *keyframes,
                  guint32 window,
                  guint base,
                  guint next,
                  const PhDom *dom)
{
  Keyframe frame = { window, base, next };
  guint place = count_until (keyframes, &frame);

  if (place > 0 && compare (&g_array_index (keyframes->frames, Keyframe, place - 1), &frame) == 0)
    return;

  frame.bytes = weigh (dom);
  frame.used = ++keyframes->now;

  if (frame.bytes > PH_KEYFRAMES_BYTES / 2)
    return;

  frame.dom = ph_dom_copy (dom);
  keyframes->bytes += frame.bytes;
  g_array_insert_val (keyframes->frames, place, frame);

  while (keyframes->bytes > PH_KEYFRAMES_BYTES)
    drop_least_used (keyframes);
}
