/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-split.h"

#include <string.h>

#define LIMIT 300

typedef struct
{
  PhSplit *split;
  GString *out;
} Cut;

static gboolean
element_cb (const char *text,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Cut *cut = user_data;

  g_assert_cmpuint (size, <=, LIMIT);
  g_assert_true (text[0] == '{' || text[0] == '[' || text[0] == '"');
  g_string_append_len (cut->out, text, (gssize) size);
  g_string_append_c (cut->out, '|');

  if (memchr (text, '!', size) != NULL)
    ph_split_reject (cut->split);

  return TRUE;
}

static char *
cut_bytes (PhSplitShape shape,
           const guint8 *data,
           gsize size,
           gsize chunk)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  Cut cut = { .out = g_string_new (NULL) };

  cut.split = ph_split_new (shape, shape == PH_SPLIT_MEMBER ? "events" : NULL, LIMIT, element_cb,
                            &cut, health);

  for (gsize at = 0; at < size; at += chunk)
    {
      g_autofree char *piece = g_memdup2 (data + at, MIN (chunk, size - at));

      g_assert_true (ph_split_feed (cut.split, piece, MIN (chunk, size - at), NULL));
    }

  g_assert_true (ph_split_end (cut.split, NULL));
  ph_split_free (cut.split);

  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    g_string_append_printf (cut.out, " %d", (int) ph_health_count (health, (PhHealthKind) kind));

  return g_string_free (cut.out, FALSE);
}

/* The first byte picks the shape and the size of the chunks, which must not matter. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  PhSplitShape shape;
  gsize chunk;
  g_autofree char *whole = NULL;
  g_autofree char *pieces = NULL;

  if (size == 0)
    return 0;

  shape = (PhSplitShape) (data[0] % 3);
  chunk = data[0] / 3 + 1;
  whole = cut_bytes (shape, data + 1, size - 1, size);
  pieces = cut_bytes (shape, data + 1, size - 1, chunk);
  g_assert_cmpstr (whole, ==, pieces);

  return 0;
}
