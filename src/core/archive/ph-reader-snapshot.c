/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cut.h"
#include "ph-limits.h"
#include "ph-reader.h"

#include <string.h>

/*
 * A page alone: the data of one full snapshot of rrweb, `{"node":…,"initialOffset":…}`,
 * without the event around it. It has no time, so it is shown as a still.
 */

#define CHUNK ((gsize) 256 * 1024)
#define OFFSET "\"initialOffset\""

static gboolean
read_page (guint path,
           const char *const *names,
           const char *text,
           gsize size,
           gpointer user_data,
           GError **error)
{
  g_autoptr (GString) event = g_string_new ("{\"type\":2,\"timestamp\":0,\"data\":");
  gboolean is_json;

  if (text[0] != '{')
    return TRUE;

  g_string_append_len (event, text, (gssize) size);
  g_string_append_c (event, '}');

  return ph_reading_emit (user_data, event->str, event->len, NULL, &is_json, error);
}

static gboolean
read_snapshot (PhReading *reading,
               GError **error)
{
  static const char *const paths[] = { "", NULL };
  g_autoptr (PhCut) cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, read_page, reading,
                                      ph_reading_get_health (reading));
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_cut_feed (cut, chunk, (gsize) n, error))
      return FALSE;

  return n == 0 && ph_cut_end (cut, error);
}

/* The first member tells: the page where it is said how far it was scrolled, or that itself. */
static PhRank
probe_snapshot (const char *head,
                gsize size,
                gboolean whole)
{
  static const char *const starts[] = { OFFSET, "\"node\"" };
  gsize at = 0;

  while (at < size && g_ascii_isspace (head[at]))
    at++;

  if (at == size || head[at++] != '{')
    return PH_RANK_NONE;

  while (at < size && g_ascii_isspace (head[at]))
    at++;

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (size - at > strlen (starts[i]) && memcmp (head + at, starts[i], strlen (starts[i])) == 0 &&
        memmem (head, size, "\"node\"", strlen ("\"node\"")) != NULL &&
        memmem (head, size, "\"childNodes\"", strlen ("\"childNodes\"")) != NULL)
      return PH_RANK_LIKELY;

  return PH_RANK_NONE;
}

const PhReader ph_reader_snapshot = {
  .name = "rrweb-snapshot",
  .title = "a page recorded by rrweb",
  .probe = probe_snapshot,
  .read = read_snapshot,
};
