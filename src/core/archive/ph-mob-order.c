/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-order.h"

#include "ph-mob-table.h"

#include <string.h>

/* One time may hold this many times the bytes; then it goes out as it is. */
#define MAX_SWELLING 4

typedef struct
{
  gint64 time;
  guint64 number; /* as recorded */
  gsize offset;   /* in bytes->data */
  guint32 size;
  guint16 tab;
  guint8 type;
  guint8 rank;
} Held;

struct _PhMobOrder
{
  gsize max_bytes;
  PhMobOrderFunc func;
  gpointer user_data;

  GArray *items; /* Held */
  GByteArray *bytes;
  GByteArray *spare;  /* what stays moves over there */
  gboolean is_timely; /* each came at the time of the last, or later */
  guint64 n_added;
  gsize next_try; /* bytes held when to look again for what can go out */
};

/*
 * OpenReplay's player (MessageLoader.ts, getMsgPriority) carries out what makes nodes
 * before what moves and what removes them. The index of a node, though, counts the
 * siblings that were there when it was written down, so among these the order stays as
 * recorded; what is said of nodes comes after them, and a removal counts only at the
 * end of its time (ph-mob-page.c). Rules are inserted in batches of their own: which were
 * deleted in between, in the same millisecond, nobody can tell.
 */
static guint8
get_rank (guint type)
{
  switch (type)
    {
    case PH_MOB_STRING_DICT:
    case PH_MOB_STRING_DICT_OLD:
    case PH_MOB_STRING_DICT_GLOBAL:
      return 0;
    case PH_MOB_CREATE_DOCUMENT:
      return 1;
    case PH_MOB_PAGE_LOCATION:
    case PH_MOB_PAGE_LOCATION_OLD:
    case PH_MOB_VIEWPORT_SIZE:
      return 2;
    case PH_MOB_CREATE_ELEMENT:
    case PH_MOB_CREATE_TEXT:
    case PH_MOB_CREATE_ROOT:
    case PH_MOB_MOVE_NODE:
    case PH_MOB_REMOVE_NODE:
      return 3;
    case PH_MOB_ATTRIBUTE:
    case PH_MOB_ATTRIBUTE_URL:
    case PH_MOB_ATTRIBUTE_DICT:
    case PH_MOB_ATTRIBUTE_DICT_OLD:
    case PH_MOB_ATTRIBUTE_DICT_GLOBAL:
    case PH_MOB_REMOVE_ATTRIBUTE:
    case PH_MOB_NODE_DATA:
    case PH_MOB_CSS_DATA:
    case PH_MOB_CSS_DATA_URL:
    case PH_MOB_NODE_SLOT:
    case PH_MOB_LOAD_FONT:
    case PH_MOB_ANIMATION_RESULT:
      return 4;
    case PH_MOB_SHEET_ADD_OWNER:
      return 5;
    case PH_MOB_SHEET_INSERT:
    case PH_MOB_SHEET_INSERT_URL:
    case PH_MOB_SHEET_REPLACE:
    case PH_MOB_SHEET_REPLACE_URL:
    case PH_MOB_SHEET_DELETE:
      return 6;
    case PH_MOB_SHEET_REMOVE_OWNER:
      return 8;
    default:
      return 7;
    }
}

PhMobOrder *
ph_mob_order_new (gsize max_bytes,
                  PhMobOrderFunc func,
                  gpointer user_data)
{
  PhMobOrder *order;

  g_return_val_if_fail (max_bytes > 0 && func != NULL, NULL);

  order = g_new0 (PhMobOrder, 1);
  order->max_bytes = max_bytes;
  order->next_try = max_bytes;
  order->func = func;
  order->user_data = user_data;
  order->items = g_array_new (FALSE, FALSE, sizeof (Held));
  order->bytes = g_byte_array_new ();
  order->spare = g_byte_array_new ();
  order->is_timely = TRUE;

  return order;
}

void
ph_mob_order_free (PhMobOrder *order)
{
  if (order == NULL)
    return;

  g_array_unref (order->items);
  g_byte_array_unref (order->bytes);
  g_byte_array_unref (order->spare);
  g_free (order);
}

static int
compare_held (gconstpointer a,
              gconstpointer b)
{
  const Held *one = a;
  const Held *other = b;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;

  return one->number < other->number ? -1 : one->number > other->number;
}

static gsize
count_bytes (const PhMobOrder *order)
{
  return order->bytes->len + (gsize) order->items->len * sizeof (Held);
}

static gboolean
give (PhMobOrder *order,
      guint n,
      GError **error)
{
  static const guint8 nothing[] = { 0 };

  for (guint i = 0; i < n; i++)
    {
      const Held *held = &g_array_index (order->items, Held, i);
      const PhMobItem item = {
        .time = held->time,
        .tab = held->tab,
        .type = held->type,
        .body = held->size > 0 ? order->bytes->data + held->offset : nothing,
        .size = held->size,
      };

      if (!order->func (&item, order->user_data, error))
        return FALSE;
    }

  return TRUE;
}

/* Forgets the first @n; what stays moves together. */
static void
forget (PhMobOrder *order,
        guint n)
{
  GByteArray *old = order->bytes;

  order->bytes = order->spare;
  order->spare = old;
  g_array_remove_range (order->items, 0, n);

  for (guint i = 0; i < order->items->len; i++)
    {
      Held *held = &g_array_index (order->items, Held, i);
      gsize offset = order->bytes->len;

      g_byte_array_append (order->bytes, old->data + held->offset, held->size);
      held->offset = offset;
    }

  g_byte_array_set_size (old, 0);
}

/* Items of one time, which are in the order they came in. */
static void
sort_time (Held *items,
           guint n,
           GArray *room)
{
  guint done = 0;

  g_array_set_size (room, n);

  for (guint8 rank = 0; done < n; rank++)
    for (guint i = 0; i < n; i++)
      if (items[i].rank == rank)
        g_array_index (room, Held, done++) = items[i];

  memcpy (items, room->data, n * sizeof (Held));
}

/* Where times only go on, as in most files, there is no need to compare all with all. */
static void
sort (PhMobOrder *order)
{
  Held *items = (Held *) (gpointer) order->items->data;
  guint n = order->items->len;
  g_autoptr (GArray) room = g_array_new (FALSE, FALSE, sizeof (Held));

  if (!order->is_timely)
    g_array_sort (order->items, compare_held);

  for (guint begin = 0, end; order->is_timely && begin < n; begin = end)
    {
      gboolean is_sorted = TRUE;

      for (end = begin + 1; end < n && items[end].time == items[begin].time; end++)
        is_sorted &= compare_held (&items[end - 1], &items[end]) < 0;

      if (!is_sorted)
        sort_time (items + begin, end - begin, room);
    }

  order->is_timely = TRUE;
}

/* How many go out: about half, but no time is torn; 0 when it is all one time. */
static guint
find_half (const PhMobOrder *order)
{
  const Held *items = (const Held *) (gpointer) order->items->data;
  gsize half = count_bytes (order) / 2;
  gsize bytes = 0;
  guint n = 0;
  guint middle;

  while (n < order->items->len && bytes < half)
    bytes += items[n++].size + sizeof (Held);

  middle = n > 0 ? n - 1 : 0;

  for (n = middle; n > 0 && items[n - 1].time == items[middle].time;)
    n--;

  if (n > 0)
    return n;

  for (n = middle; n < order->items->len && items[n].time == items[middle].time;)
    n++;

  return n < order->items->len ? n : 0;
}

gboolean
ph_mob_order_add (PhMobOrder *order,
                  const PhMobItem *item,
                  GError **error)
{
  Held held;
  guint n;

  g_return_val_if_fail (order != NULL && item != NULL, FALSE);

  held = (Held) {
    .time = item->time,
    .number = order->n_added++,
    .offset = order->bytes->len,
    .size = (guint32) item->size,
    .tab = (guint16) item->tab,
    .type = (guint8) item->type,
    .rank = get_rank (item->type),
  };
  g_byte_array_append (order->bytes, item->body, (guint) item->size);

  if (order->items->len > 0 &&
      g_array_index (order->items, Held, order->items->len - 1).time > held.time)
    order->is_timely = FALSE;

  g_array_append_val (order->items, held);

  if (count_bytes (order) < order->next_try)
    return TRUE;

  sort (order);
  n = find_half (order);

  if (n == 0 && count_bytes (order) >= order->max_bytes * MAX_SWELLING)
    return ph_mob_order_flush (order, error);

  if (n > 0)
    {
      if (!give (order, n, error))
        return FALSE;

      forget (order, n);
    }

  order->next_try = MAX (order->max_bytes, count_bytes (order) + order->max_bytes / 2);

  return TRUE;
}

gboolean
ph_mob_order_flush (PhMobOrder *order,
                    GError **error)
{
  g_return_val_if_fail (order != NULL, FALSE);

  sort (order);

  if (!give (order, order->items->len, error))
    return FALSE;

  g_array_set_size (order->items, 0);
  g_byte_array_set_size (order->bytes, 0);
  order->next_try = order->max_bytes;

  return TRUE;
}
