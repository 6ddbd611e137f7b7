/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-reorder.h"

#include <string.h>

typedef struct
{
  gint64 time;
  guint64 order;
  gsize size;
  char *window;
  char *text;
} Item;

struct _PhReorder
{
  gint64 span;
  gsize max_bytes;
  PhReorderFunc func;
  gpointer user_data;

  GSequence *items;
  gsize bytes; /* of all texts held */
  gsize put;   /* and of those that were put */
  guint64 n;
  gint64 newest; /* of what came in its turn */
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->window);
  g_free (item->text);
  g_free (item);
}

PhReorder *
ph_reorder_new (gint64 span,
                gsize max_bytes,
                PhReorderFunc func,
                gpointer user_data)
{
  PhReorder *reorder;

  g_return_val_if_fail (span >= 0 && func != NULL, NULL);

  reorder = g_new0 (PhReorder, 1);
  reorder->span = span;
  reorder->max_bytes = max_bytes;
  reorder->func = func;
  reorder->user_data = user_data;
  reorder->items = g_sequence_new (item_free);
  reorder->newest = G_MININT64;

  return reorder;
}

void
ph_reorder_free (PhReorder *reorder)
{
  if (reorder == NULL)
    return;

  g_sequence_free (reorder->items);
  g_free (reorder);
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer user_data)
{
  const Item *x = a;
  const Item *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;

  return (x->order > y->order) - (x->order < y->order);
}

static void
insert (PhReorder *reorder,
        gint64 time,
        const char *window,
        char *text)
{
  Item *item = g_new0 (Item, 1);

  item->time = time;
  item->order = reorder->n++;
  item->size = strlen (text);
  item->window = g_strdup (window);
  item->text = text;
  reorder->bytes += item->size;
  g_sequence_insert_sorted (reorder->items, item, compare_items, NULL);
}

static gboolean
give_first (PhReorder *reorder,
            GError **error)
{
  GSequenceIter *first = g_sequence_get_begin_iter (reorder->items);
  const Item *item = g_sequence_get (first);
  gboolean done = reorder->func (item->window, item->text, reorder->user_data, error);

  reorder->bytes -= item->size;
  g_sequence_remove (first);

  return done;
}

/* The oldest one is so far back that nothing can come before it, or there are too many. */
static gboolean
is_due (const PhReorder *reorder)
{
  const Item *item;

  if (g_sequence_is_empty (reorder->items))
    return FALSE;

  item = g_sequence_get (g_sequence_get_begin_iter (reorder->items));

  return item->time < reorder->newest - reorder->span || reorder->bytes > reorder->max_bytes;
}

gboolean
ph_reorder_put (PhReorder *reorder,
                gint64 time,
                const char *window,
                char *text)
{
  gsize size = strlen (text);

  g_return_val_if_fail (reorder != NULL && text != NULL, FALSE);

  if (reorder->put + size > reorder->max_bytes / 2)
    {
      g_free (text);
      return FALSE;
    }

  reorder->put += size;
  insert (reorder, time, window, text);

  return TRUE;
}

gboolean
ph_reorder_add (PhReorder *reorder,
                gint64 time,
                const char *window,
                char *text,
                GError **error)
{
  g_return_val_if_fail (reorder != NULL && text != NULL, FALSE);

  insert (reorder, time, window, text);
  reorder->newest = MAX (reorder->newest, time);

  while (is_due (reorder))
    if (!give_first (reorder, error))
      return FALSE;

  return TRUE;
}

gboolean
ph_reorder_flush (PhReorder *reorder,
                  GError **error)
{
  g_return_val_if_fail (reorder != NULL, FALSE);

  while (!g_sequence_is_empty (reorder->items))
    if (!give_first (reorder, error))
      return FALSE;

  return TRUE;
}
