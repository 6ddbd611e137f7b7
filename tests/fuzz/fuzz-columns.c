/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-columns-read.h"
#include "ph-columns.h"

#include <string.h>

#define MAX_EVENTS 8

/* Texts of events: they must come back byte for byte. */
static void
go_round (const char *text,
          gsize size)
{
  PhEvent events[MAX_EVENTS] = { 0 };
  PhEvent again[MAX_EVENTS] = { 0 };
  guint32 firsts[MAX_EVENTS];
  guint32 firsts_again[MAX_EVENTS];
  const char *end = text + size;
  guint n = 0;
  g_autoptr (PhParts) parts = ph_parts_new ();
  PhPartsReader reader = { 0 };
  g_autofree char *texts = NULL;
  gsize n_bytes;

  while (text < end && n < MAX_EVENTS)
    {
      const char *line = n + 1 < MAX_EVENTS ? memchr (text, '\n', (gsize) (end - text)) : NULL;

      line = line != NULL ? line + 1 : end;
      events[n].timestamp = again[n].timestamp = (gint64) n * 500;
      events[n].text = text;
      events[n++].size = (gsize) (line - text);
      text = line;
    }

  ph_columns_pack (parts, events, n, firsts);
  reader.at = parts->bytes->data;
  reader.end = reader.at + parts->bytes->len;
  texts = ph_columns_unpack (&reader, again, n, firsts_again, &n_bytes);
  g_assert_nonnull (texts);
  g_assert_true (reader.at == reader.end);

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpmem (again[i].text, again[i].size, events[i].text, events[i].size);
      g_assert_cmpuint (firsts[i], ==, firsts_again[i]);
    }
}

/* Columns as a damaged file might have them. */
static void
unpack_any (const guint8 *bytes,
            gsize size,
            guint n)
{
  g_autofree PhEvent *events = g_new0 (PhEvent, n + 1);
  g_autofree guint32 *firsts = g_new0 (guint32, n + 1);
  PhPartsReader reader = { bytes, bytes + size, FALSE };
  gsize n_bytes = 0;
  g_autofree char *texts = ph_columns_unpack (&reader, events, n, firsts, &n_bytes);

  g_assert_true ((texts == NULL) == reader.bad);

  for (guint i = 0; i < n && texts != NULL; i++)
    {
      g_assert_cmpuint (firsts[i], <, PH_COLUMNS_LITERALS);
      g_assert_true (events[i].text >= texts &&
                     events[i].text + events[i].size <= texts + n_bytes);
    }
}

/* The first byte says which way: texts, or columns of so many events. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  g_autofree guint8 *copy = NULL;

  if (size < 2)
    return 0;

  /* A copy that ends where the bytes do, so that one too many is seen. */
  copy = g_memdup2 (data + 1, size - 1);

  if (data[0] % 2 == 0)
    go_round ((const char *) copy, size - 1);
  else
    unpack_any (copy, size - 1, data[0] / 2);

  return 0;
}
