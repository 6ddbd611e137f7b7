/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-limits.h"
#include "ph-packed.h"
#include "ph-reader.h"
#include "ph-scan.h"
#include "ph-sentry.h"
#include "ph-split.h"

/*
 * Archives of bare rrweb events: an array, an object around one, one event
 * after the other. Each event may be packed, as a string, for itself.
 */

#define CHUNK ((gsize) 256 * 1024)

typedef struct
{
  PhJson *json;
  PhPacked *packed;
  guint n_events;
  guint n_others;
  gboolean partial; /* the head ends in what begins like an event */
  gboolean inside;  /* the head ends in an element */
} Probe;

static gboolean
probe_element (const char *text,
               gsize size,
               gpointer user_data,
               GError **error)
{
  Probe *probe = user_data;
  PhEvent event;
  PhJsonValue root;

  if (text[0] == '"')
    text = ph_packed_open (probe->packed, text, size, &size, NULL);

  if (text != NULL && ph_json_parse (probe->json, text, size, &root, NULL) &&
      ph_event_read (&event, root))
    probe->n_events++;
  else
    probe->n_others++;

  return TRUE;
}

static Probe
probe_shape (PhSplitShape shape,
             const char *head,
             gsize size)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (PhPacked) packed = ph_packed_new ();
  Probe probe = { .json = json, .packed = packed };
  g_autoptr (PhSplit) split = ph_split_new (shape, shape == PH_SPLIT_MEMBER ? "events" : NULL,
                                            PH_LIMIT_EVENT_BYTES, probe_element, &probe, NULL);
  const char *rest;
  gsize rest_size = 0;

  ph_split_feed (split, head, size, NULL);
  rest = ph_split_peek (split, &rest_size);
  probe.inside = rest != NULL;
  probe.partial = rest != NULL && (ph_scan_is_event (rest, rest_size) ||
                                   ph_scan_is_packed (rest, rest_size));

  /* What the head's end leaves undecided; inside an element it would look for others in it. */
  if (!probe.inside)
    ph_split_end (split, NULL);

  return probe;
}

/* The first byte that says something, or the one behind it; NULL when there is none. */
static const char *
find_byte (const char *head,
           gsize size,
           guint n)
{
  gsize at = size >= 3 && (guint8) head[0] == 0xef ? 3 : 0;

  for (; at < size; at++)
    if (!g_ascii_isspace (head[at]) && n-- == 0)
      return head + at;

  return NULL;
}

static gboolean
begins_with (const char *head,
             gsize size,
             char byte)
{
  const char *at = find_byte (head, size, 0);

  return at != NULL && *at == byte;
}

/* Whether an event, plain or in a string, may begin at the n-th byte that says something. */
static gboolean
may_be_event (const char *head,
              gsize size,
              guint n)
{
  const char *at = find_byte (head, size, n);
  gsize left = at != NULL ? size - (gsize) (at - head) : 0;

  return at != NULL &&
         (*at == '{' || ph_scan_is_packed (at, left) || ph_scan_is_quoted (at, left));
}

static PhRank
get_rank (const Probe *probe)
{
  if (probe->n_events > 0)
    return PH_RANK_CERTAIN;

  return probe->n_others == 0 && probe->partial ? PH_RANK_LIKELY : PH_RANK_NONE;
}

static PhRank
probe_array (const char *head,
             gsize size,
             gboolean whole)
{
  Probe probe;

  if (!begins_with (head, size, '[') || !may_be_event (head, size, 1))
    return PH_RANK_NONE;

  probe = probe_shape (PH_SPLIT_ARRAY, head, size);

  return get_rank (&probe);
}

static PhRank
probe_ndjson (const char *head,
              gsize size,
              gboolean whole)
{
  Probe probe;

  if (!may_be_event (head, size, 0))
    return PH_RANK_NONE;

  probe = probe_shape (PH_SPLIT_VALUES, head, size);

  return get_rank (&probe);
}

static PhRank
probe_object (const char *head,
              gsize size,
              gboolean whole)
{
  Probe probe;
  Probe values;
  PhRank rank;

  if (!begins_with (head, size, '{'))
    return PH_RANK_NONE;

  values = probe_shape (PH_SPLIT_VALUES, head, size);

  /* An object that is an event is not one around events. */
  if (values.n_events > 0)
    return PH_RANK_NONE;

  probe = probe_shape (PH_SPLIT_MEMBER, head, size);
  rank = get_rank (&probe);

  if (rank != PH_RANK_NONE || probe.n_others > 0 || whole)
    return rank;

  /* Other members may come first, longer than the head. */
  return values.n_others == 0 && values.inside ? PH_RANK_POSSIBLE : PH_RANK_NONE;
}

typedef struct
{
  PhReading *reading;
  PhSentry *sentry; /* its events may stand anywhere rrweb's do */
  PhSplit *split;
} Read;

static gboolean
read_element (const char *text,
              gsize size,
              gpointer user_data,
              GError **error)
{
  Read *read = user_data;
  gboolean is_json;

  if (!ph_sentry_emit (read->sentry, text, size, NULL, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_split_reject (read->split);

  return TRUE;
}

static gboolean
read_shape (PhReading *reading,
            PhSplitShape shape,
            GError **error)
{
  g_autoptr (PhSentry) sentry = ph_sentry_new (reading);
  Read read = { .reading = reading, .sentry = sentry };
  g_autoptr (PhSplit) split = ph_split_new (shape, shape == PH_SPLIT_MEMBER ? "events" : NULL,
                                            PH_LIMIT_EVENT_BYTES, read_element, &read,
                                            ph_reading_get_health (reading));
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  read.split = split;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_split_feed (split, chunk, (gsize) n, error))
      return FALSE;

  return n == 0 && ph_split_end (split, error);
}

static gboolean
read_array (PhReading *reading,
            GError **error)
{
  return read_shape (reading, PH_SPLIT_ARRAY, error);
}

static gboolean
read_object (PhReading *reading,
             GError **error)
{
  return read_shape (reading, PH_SPLIT_MEMBER, error);
}

static gboolean
read_ndjson (PhReading *reading,
             GError **error)
{
  return read_shape (reading, PH_SPLIT_VALUES, error);
}

const PhReader ph_reader_rrweb_array = {
  .name = "rrweb-array",
  .title = "rrweb events",
  .probe = probe_array,
  .read = read_array,
};

const PhReader ph_reader_rrweb_object = {
  .name = "rrweb-object",
  .title = "rrweb events in an object",
  .probe = probe_object,
  .read = read_object,
};

const PhReader ph_reader_rrweb_ndjson = {
  .name = "rrweb-ndjson",
  .title = "rrweb events, one per line",
  .probe = probe_ndjson,
  .read = read_ndjson,
};
