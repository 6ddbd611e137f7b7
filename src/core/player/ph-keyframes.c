/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-keyframes.h"

typedef struct
{
  guint32 window;
  guint base;
  guint next;
  PhDom *dom;
} Keyframe;

struct _PhKeyframes
{
  GArray *frames; /* Keyframe, sorted by window, base, next */
  gsize spacing;
  gsize n_nodes;
};

static gsize
weigh (const PhDom *dom)
{
  return ph_dom_n_slots (dom);
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
  keyframes->spacing = PH_KEYFRAMES_WORK;

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

gsize
ph_keyframes_get_spacing (const PhKeyframes *keyframes)
{
  return keyframes->spacing;
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
ph_keyframes_find (const PhKeyframes *keyframes,
                   guint32 window,
                   guint base,
                   guint end,
                   guint *next)
{
  Keyframe key = { window, base, end, NULL };
  guint n = count_until (keyframes, &key);
  const Keyframe *frame;

  if (n == 0)
    return NULL;

  frame = &g_array_index (keyframes->frames, Keyframe, n - 1);

  if (frame->window != window || frame->base != base)
    return NULL;

  *next = frame->next;

  return frame->dom;
}

/* Every other one goes. */
static void
thin_out (PhKeyframes *keyframes)
{
  for (guint i = keyframes->frames->len; i > 0; i--)
    {
      if (i % 2 == 0)
        {
          keyframes->n_nodes -= weigh (g_array_index (keyframes->frames, Keyframe, i - 1).dom);
          g_array_remove_index (keyframes->frames, i - 1);
        }
    }

  keyframes->spacing *= 2;
}

void
ph_keyframes_add (PhKeyframes *keyframes,
                  guint32 window,
                  guint base,
                  guint next,
                  const PhDom *dom)
{
  Keyframe frame = { window, base, next, NULL };
  guint place = count_until (keyframes, &frame);

  /* A page that fills the budget alone is not kept at all. */
  if (weigh (dom) > PH_KEYFRAMES_NODES / 2)
    return;

  if (place > 0 && compare (&g_array_index (keyframes->frames, Keyframe, place - 1), &frame) == 0)
    return;

  frame.dom = ph_dom_copy (dom);
  keyframes->n_nodes += weigh (frame.dom);
  g_array_insert_val (keyframes->frames, place, frame);

  while (keyframes->n_nodes > PH_KEYFRAMES_NODES)
    thin_out (keyframes);
}
