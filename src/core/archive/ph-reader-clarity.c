/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-order.h"
#include "ph-limits.h"
#include "ph-reader.h"
#include "ph-split.h"

#include <string.h>

/*
 * Payloads of Microsoft Clarity as browsers send them to it: one, an array of them, or
 * one after the other. `{"e":[version,…],"a":[event,…],"p":[event,…]}`, where `p` may be
 * missing; e is the envelope (ph-clarity-session.h).
 */

#define CHUNK ((gsize) 256 * 1024)

/* Payloads that wait for earlier ones. A whole session is smaller than that, nearly always. */
#define MAX_WAITING ((gsize) 64 * 1024 * 1024)

/* ---- recognising ---- */

static const char *
skip_space (const char *at,
            const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;

  return at;
}

/* Behind @pattern, where a space stands for any white space; NULL if the text goes otherwise. */
static const char *
match (const char *at,
       const char *end,
       const char *pattern)
{
  for (; *pattern != '\0'; pattern++)
    {
      if (*pattern == ' ')
        at = skip_space (at, end);
      else if (at == end || *at++ != *pattern)
        return NULL;
    }

  return at;
}

/* The first payload's opening bracket, or NULL. @is_array: whether it is in an array. */
static const char *
find_payload (const char *head,
              gsize size,
              gboolean *is_array)
{
  const char *end = head + size;
  const char *at = head;

  if (size >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    at += 3;

  at = skip_space (at, end);
  *is_array = at < end && *at == '[';

  if (*is_array)
    at = skip_space (at + 1, end);

  return at < end && *at == '{' ? at : NULL;
}

typedef struct
{
  gboolean is_payload;
  guint n;
} Probe;

static gboolean
probe_cb (const char *text,
          gsize size,
          gpointer user_data,
          GError **error)
{
  Probe *probe = user_data;
  g_autoptr (PhJson) json = NULL;
  PhClarityEnvelope envelope;
  PhJsonValue root;

  if (probe->n++ > 0)
    return TRUE;

  json = ph_json_new ();
  probe->is_payload = ph_json_parse (json, text, size, &root, NULL) &&
                      ph_clarity_envelope_read (&envelope, root);

  return TRUE;
}

static PhRank
probe_clarity (const char *head,
               gsize size,
               gboolean whole)
{
  const char *end = head + size;
  gboolean is_array;
  const char *at = find_payload (head, size, &is_array);
  const char *version = at != NULL ? match (at, end, "{ \"e\" : [ \"") : NULL;
  g_autoptr (PhSplit) split = NULL;
  Probe probe = {};

  if (at == NULL)
    return PH_RANK_NONE;

  split = ph_split_new (is_array ? PH_SPLIT_ARRAY : PH_SPLIT_VALUES, NULL, PH_LIMIT_EVENT_BYTES,
                        probe_cb, &probe, NULL);
  ph_split_feed (split, head, size, NULL);

  if (probe.n > 0)
    return probe.is_payload ? PH_RANK_CERTAIN : PH_RANK_NONE;

  /* The first one goes on behind the head, or was cut off. */
  if (version == NULL || version == end || !g_ascii_isdigit (*version))
    return PH_RANK_NONE;

  while (version < end && (g_ascii_isalnum (*version) || *version == '.' || *version == '-'))
    version++;

  return match (version, end, "\" , ") != NULL ? PH_RANK_LIKELY : PH_RANK_NONE;
}

/* ---- what a cut leaves ---- */

/* Where a text may be cut, and how deep in brackets that is. */
typedef struct
{
  gsize at;
  guint depth;
} Cut;

/*
 * The last place behind a whole event, or behind a whole token of one: the object, a
 * list of events and an event are at the depths 1, 2 and 3.
 */
static Cut
find_cut (const char *text,
          gsize size)
{
  Cut cut = {};
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < size; i++)
    {
      char c = text[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
          continue;
        }

      if (c == '"')
        in_string = TRUE;
      else if (c == '{' || c == '[')
        depth++;
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;

      if (depth > 0 && depth <= 3 && (c == ',' || c == ']'))
        cut = (Cut) { .at = c == ',' ? i : i + 1, .depth = depth };
    }

  return cut;
}

/* Takes what there is of a payload whose end is missing. */
static gboolean
salvage (PhClarityOrder *order,
         const char *text,
         gsize size,
         GError **error)
{
  static const char *const closing[] = { "", "}", "]}", "]]}" };
  Cut cut = find_cut (text, size);
  g_autoptr (GString) closed = NULL;
  g_autoptr (PhJson) json = NULL;
  PhClarityEnvelope envelope;
  PhJsonValue root;
  gboolean is_json;

  if (cut.at == 0)
    return TRUE;

  closed = g_string_new_len (text, (gssize) cut.at);
  g_string_append (closed, closing[cut.depth]);
  json = ph_json_new ();

  /* Of one cut in its envelope nothing is left; the cut itself is told already. */
  if (!ph_json_parse (json, closed->str, closed->len, &root, NULL) ||
      !ph_clarity_envelope_read (&envelope, root))
    return TRUE;

  return ph_clarity_order_push (order, closed->str, closed->len, &is_json, error);
}

/* ---- reading ---- */

typedef struct
{
  PhReading *reading;
  PhClarityOrder *order;
  PhSplit *split;
} Read;

static gboolean
payload_cb (const char *text,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Read *read = user_data;
  gboolean is_json;

  if (!ph_clarity_order_push (read->order, text, size, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_split_reject (read->split);

  return TRUE;
}

static gboolean
event_cb (const char *text,
          gsize size,
          const char *window,
          gpointer user_data,
          GError **error)
{
  Read *read = user_data;
  gboolean is_json;

  return ph_reading_emit (read->reading, text, size, window, &is_json, error);
}

static gboolean
read_clarity (PhReading *reading,
              GError **error)
{
  Read read = { .reading = reading };
  PhHealth *health = ph_reading_get_health (reading);
  g_autoptr (PhClaritySession) session =
    ph_clarity_session_new (event_cb, &read, health, ph_reading_get_facts (reading));
  g_autoptr (PhClarityOrder) order = ph_clarity_order_new (session, MAX_WAITING, health);
  g_autoptr (PhSplit) split = NULL;
  g_autofree char *chunk = g_malloc (CHUNK);
  gboolean is_array = FALSE;
  const char *head, *rest;
  gsize size = 0;
  gssize n;

  head = ph_reading_peek (reading, PH_READER_HEAD_SIZE, &size, error);

  if (head == NULL)
    return FALSE;

  find_payload (head, size, &is_array);
  split = ph_split_new (is_array ? PH_SPLIT_ARRAY : PH_SPLIT_VALUES, NULL, PH_LIMIT_EVENT_BYTES,
                        payload_cb, &read, health);
  read.order = order;
  read.split = split;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_split_feed (split, chunk, (gsize) n, error))
      return FALSE;

  if (n < 0)
    return FALSE;

  rest = ph_split_peek (split, &size);

  if (rest != NULL && !salvage (order, rest, size, error))
    return FALSE;

  return ph_split_end (split, error) && ph_clarity_order_finish (order, error);
}

const PhReader ph_reader_clarity = {
  .name = "clarity",
  .title = "Microsoft Clarity payloads",
  .probe = probe_clarity,
  .read = read_clarity,
  .join = PH_JOIN_LINES,
};
