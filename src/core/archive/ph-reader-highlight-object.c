/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cut.h"
#include "ph-highlight.h"
#include "ph-limits.h"
#include "ph-reader.h"
#include "ph-scan.h"
#include "ph-unbrotli.h"

#include <string.h>

/*
 * What Highlight keeps of a session (highlight/highlight backend/storage/storage.go):
 * JSON arrays of events or of requests, as brotli data.
 */

#define CHUNK ((gsize) 64 * 1024)

/* Unpacked bytes in which the first event or request must show. */
#define MAX_PROBED ((gsize) 8 * 1024)

typedef struct
{
  PhReading *reading;
  PhHighlight *highlight;
  PhCut *cut;
} Read;

static const char *const paths[] = { "[]", "events[]", NULL };

static gboolean
read_element (guint path,
              const char *const *names,
              const char *text,
              gsize size,
              gpointer user_data,
              GError **error)
{
  Read *read = user_data;

  return ph_highlight_take (read->highlight, text, size, error);
}

static gboolean
read_unpacked (const char *data,
               gsize size,
               gpointer user_data,
               GError **error)
{
  Read *read = user_data;

  return ph_reading_count_unpacked (read->reading, size, error) &&
         ph_cut_feed (read->cut, data, size, error);
}

static gboolean
read_object (PhReading *reading,
             GError **error)
{
  PhHealth *health = ph_reading_get_health (reading);
  g_autoptr (PhHighlight) highlight = ph_highlight_new (reading);
  Read read = { .reading = reading, .highlight = highlight };
  g_autoptr (PhCut) cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, read_element, &read, health);
  g_autoptr (PhUnbrotli) unbrotli = ph_unbrotli_new (read_unpacked, &read);
  g_autofree char *chunk = g_malloc (CHUNK);
  guint64 n_before = ph_health_count (health, PH_HEALTH_TRUNCATED);
  gssize n;

  read.cut = cut;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_unbrotli_feed (unbrotli, chunk, (gsize) n, error))
      return FALSE;

  if (n < 0 || !ph_cut_end (cut, error))
    return FALSE;

  if (ph_unbrotli_is_damaged (unbrotli))
    ph_health_add (health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "the brotli data is damaged");
  else if (!ph_unbrotli_has_ended (unbrotli) &&
           ph_health_count (health, PH_HEALTH_TRUNCATED) == n_before)
    ph_health_add (health, PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                   "the brotli data ends in the middle");

  return TRUE;
}

static gboolean
probe_unpacked (const char *data,
                gsize size,
                gpointer user_data,
                GError **error)
{
  GString *text = user_data;

  g_string_append_len (text, data, (gssize) MIN (size, MAX_PROBED - text->len));

  if (text->len < MAX_PROBED)
    return TRUE;

  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "enough");

  return FALSE;
}

/* Any bytes may be brotli data: what comes out has to be what is looked for. */
static PhRank
probe_object (const char *head,
              gsize size,
              gboolean whole)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PhUnbrotli) unbrotli = NULL;
  const char *at;
  gsize left;

  if (size == 0 || head[0] == '{' || head[0] == '[' || g_ascii_isspace (head[0]))
    return PH_RANK_NONE;

  unbrotli = ph_unbrotli_new (probe_unpacked, text);
  ph_unbrotli_feed (unbrotli, head, size, NULL);

  at = memchr (text->str, '{', text->len);

  if (at == NULL || memchr (text->str, '\0', text->len) != NULL)
    return PH_RANK_NONE;

  for (const char *before = text->str; before < at; before++)
    if (*before != '[' && !g_ascii_isspace (*before))
      return PH_RANK_NONE;

  left = text->len - (gsize) (at - text->str);

  if (ph_scan_is_event (at, left))
    return PH_RANK_LIKELY;

  return memmem (at, left, "\"events\"", strlen ("\"events\"")) != NULL ||
             memmem (at, left, "\"initiatorType\"", strlen ("\"initiatorType\"")) != NULL
           ? PH_RANK_LIKELY
           : PH_RANK_NONE;
}

const PhReader ph_reader_highlight_object = {
  .name = "highlight-object",
  .title = "Highlight session, as it is stored",
  .probe = probe_object,
  .read = read_object,
};
