/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-gather.h"

#include "ph-hash.h"
#include "ph-limits.h"

/* What a piece costs besides its bytes. */
#define PIECE_COST ((gsize) 64)

typedef struct
{
  char *name;
  GBytes **pieces; /* NULL where one has not come yet */
  guint n;
  guint n_there;
  gsize size;
} Text;

struct _PhGather
{
  PhHealth *health;
  GHashTable *texts; /* name, owned by the text → Text */
  GQueue order;      /* Text, the one begun first in front */
  gsize size;
};

static void
free_text (Text *text)
{
  for (guint i = 0; i < text->n; i++)
    g_clear_pointer (&text->pieces[i], g_bytes_unref);

  g_free (text->pieces);
  g_free (text->name);
  g_free (text);
}

PhGather *
ph_gather_new (PhHealth *health)
{
  PhGather *gather = g_new0 (PhGather, 1);

  gather->health = health;
  gather->texts = g_hash_table_new (ph_hash_text, g_str_equal);
  g_queue_init (&gather->order);

  return gather;
}

void
ph_gather_free (PhGather *gather)
{
  if (gather == NULL)
    return;

  g_hash_table_unref (gather->texts);
  g_queue_clear_full (&gather->order, (GDestroyNotify) free_text);
  g_free (gather);
}

static void
drop (PhGather *gather,
      Text *text)
{
  gather->size -= text->size + text->n * PIECE_COST;
  g_hash_table_remove (gather->texts, text->name);
  g_queue_remove (&gather->order, text);
  free_text (text);
}

static void
give_up_first (PhGather *gather)
{
  ph_health_add (gather->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                 "too much comes in pieces: one text was given up");
  drop (gather, g_queue_peek_head (&gather->order));
}

static Text *
begin (PhGather *gather,
       const char *name,
       guint n)
{
  Text *text = g_new0 (Text, 1);

  while (g_queue_get_length (&gather->order) >= PH_GATHER_TEXTS)
    give_up_first (gather);

  text->name = g_strdup (name);
  text->n = n;
  text->pieces = g_new0 (GBytes *, n);
  gather->size += n * PIECE_COST;
  g_hash_table_insert (gather->texts, text->name, text);
  g_queue_push_tail (&gather->order, text);

  return text;
}

static GString *
join (const Text *text)
{
  GString *joined = g_string_sized_new (text->size + 1);

  for (guint i = 0; i < text->n; i++)
    {
      gsize size = 0;
      const char *bytes = g_bytes_get_data (text->pieces[i], &size);

      g_string_append_len (joined, bytes, (gssize) size);
    }

  return joined;
}

GString *
ph_gather_add (PhGather *gather,
               const char *name,
               gint64 index,
               gint64 n,
               const char *piece,
               gsize size)
{
  Text *text;
  GString *joined;

  g_return_val_if_fail (gather != NULL && name != NULL, NULL);

  if (n < 1 || n > PH_GATHER_PIECES || index < 0 || index >= n || size > PH_LIMIT_EVENT_BYTES)
    {
      ph_health_add (gather->health, PH_HEALTH_ODD_VALUE, PH_TIME_NONE,
                     "piece %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, index, n);
      return NULL;
    }

  text = g_hash_table_lookup (gather->texts, name);

  if (text == NULL)
    text = begin (gather, name, (guint) n);

  /* One that came twice, or one of another count. */
  if (index >= text->n || text->pieces[index] != NULL)
    return NULL;

  text->pieces[index] = g_bytes_new (piece, size);
  text->size += size;
  gather->size += size;

  if (++text->n_there == text->n)
    {
      joined = join (text);
      drop (gather, text);
      return joined;
    }

  while (gather->size > PH_LIMIT_EVENT_BYTES)
    give_up_first (gather);

  return NULL;
}

void
ph_gather_end (PhGather *gather)
{
  g_return_if_fail (gather != NULL);

  while (!g_queue_is_empty (&gather->order))
    {
      Text *text = g_queue_peek_head (&gather->order);

      ph_health_add (gather->health, PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                     "%u of %u pieces never came", text->n - text->n_there, text->n);
      drop (gather, text);
    }
}
