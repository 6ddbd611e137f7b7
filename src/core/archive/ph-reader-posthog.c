/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cut.h"
#include "ph-error.h"
#include "ph-limits.h"
#include "ph-posthog-own.h"
#include "ph-posthog.h"
#include "ph-reader.h"
#include "ph-scan.h"
#include "ph-snappy.h"
#include "ph-split.h"

#include <string.h>

/*
 * PostHog's recordings: the file of its "Export to JSON", what its programming
 * interface answers, and its blobs, one value per line, packed with snappy or not.
 */

#define CHUNK ((gsize) 256 * 1024)

/* ---- wrappers: an export, an answer, an array ---- */

/* The first ones say something of the session, the rest lead to what is recorded. */
enum
{
  PATH_VERSION,
  PATH_ID,
  PATH_RESULT_ID,
  PATH_PERSON,
  PATH_RESULT_PERSON,
  PATH_DATA_PERSON,
  N_PATHS_ABOUT,
};

static const char *const paths[] = {
  "version",
  "data.id",
  "result.id",
  "person",
  "result.person",
  "data.person",
  "data.snapshots[]",
  "data.snapshotsByWindowId.*[]",
  "result.snapshots[]",
  "result.snapshots.*[]",
  "result.snapshot_data_by_window_id.*[]",
  "result.snapshots_by_window_id.*[]",
  "result[]",
  "results[]",
  "snapshot_data_by_window_id.*[]",
  "snapshots_by_window_id.*[]",
  "snapshotsByWindowId.*[]",
  "snapshots[]",
  "snapshots.*[]",
  "[]",
  NULL,
};

typedef struct
{
  PhReading *reading;
  PhPosthog *posthog;
} Read;

/* The two that PostHog itself opens. */
static void
check_version (PhHealth *health,
               const char *version)
{
  static const char *const known[] = { "2022-12-02", "2023-04-28", NULL };

  if (!g_strv_contains (known, version))
    ph_health_add (health, PH_HEALTH_NEWER_VERSION, PH_TIME_NONE, "PostHog export “%.32s”",
                   version);
}

static void
take_about (Read *read,
            guint path,
            const char *text,
            gsize size)
{
  g_autoptr (PhJson) json = ph_json_new ();
  const char *string = NULL;
  PhJsonValue value;

  if (path >= PATH_PERSON)
    {
      ph_posthog_take_person (read->posthog, text, size);
      return;
    }

  if (!ph_json_parse (json, text, size, &value, NULL) || !ph_json_get_string (value, &string, NULL))
    return;

  if (path == PATH_VERSION)
    check_version (ph_reading_get_health (read->reading), string);
  else
    ph_facts_set_text (ph_reading_get_facts (read->reading), PH_FACT_PROPERTY, "session_id",
                       string);
}

static gboolean
wrapped_cb (guint path,
            const char *const *names,
            const char *text,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Read *read = user_data;
  gboolean is_json = TRUE;

  if (path < N_PATHS_ABOUT)
    {
      take_about (read, path, text, size);
      return TRUE;
    }

  if (!ph_posthog_take (read->posthog, text, size, names[0], &is_json, error))
    return FALSE;

  if (!is_json)
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "an element that is no JSON");

  return TRUE;
}

static gboolean
read_wrapped (PhReading *reading,
              GError **error)
{
  g_autoptr (PhPosthog) posthog = ph_posthog_new (reading);
  Read read = { .reading = reading, .posthog = posthog };
  g_autoptr (PhCut) cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, wrapped_cb, &read,
                                      ph_reading_get_health (reading));
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_cut_feed (cut, chunk, (gsize) n, error))
      return FALSE;

  if (n < 0 || !ph_cut_end (cut, error))
    return FALSE;

  ph_posthog_end (posthog);

  return TRUE;
}

/* ---- lines ---- */

typedef struct
{
  PhPosthog *posthog;
  PhSplit *split;
} ReadLines;

static gboolean
line_cb (const char *text,
         gsize size,
         gpointer user_data,
         GError **error)
{
  ReadLines *read = user_data;
  gboolean is_json;

  if (!ph_posthog_take (read->posthog, text, size, NULL, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_split_reject (read->split);

  return TRUE;
}

/* What is left of a line is searched for events, which are of its window. */
static gboolean
end_lines (ReadLines *read,
           GError **error)
{
  gsize size = 0;
  const char *rest = ph_split_peek (read->split, &size);

  if (rest != NULL)
    ph_posthog_note_rest (read->posthog, rest, size);

  if (!ph_split_end (read->split, error))
    return FALSE;

  ph_posthog_end (read->posthog);

  return TRUE;
}

static PhSplit *
new_line_split (ReadLines *read,
                PhReading *reading)
{
  return ph_split_new (PH_SPLIT_VALUES, NULL, PH_LIMIT_EVENT_BYTES, line_cb, read,
                       ph_reading_get_health (reading));
}

static gboolean
read_lines (PhReading *reading,
            GError **error)
{
  g_autoptr (PhPosthog) posthog = ph_posthog_new (reading);
  ReadLines read = { .posthog = posthog };
  g_autoptr (PhSplit) split = new_line_split (&read, reading);
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  read.split = split;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_split_feed (split, chunk, (gsize) n, error))
      return FALSE;

  return n == 0 && end_lines (&read, error);
}

/* ---- snappy ---- */

#define PREFIX 4

/* Enough of a block to see what its text begins with. */
#define SEEN_OF_BLOCK ((gsize) 16)

static gsize
read_length (const guint8 *data)
{
  return (gsize) data[0] << 24 | (gsize) data[1] << 16 | (gsize) data[2] << 8 | data[3];
}

/* Whether a file that begins like this is blocks with their lengths, rather than one block. */
static gboolean
has_lengths (const guint8 *head,
             gsize size)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize length = size > PREFIX ? read_length (head) : 0;

  if (length == 0 || length > PH_LIMIT_EVENT_BYTES)
    return FALSE;

  size = MIN (MIN (size - PREFIX, length), SEEN_OF_BLOCK);

  return ph_snappy_unpack (head + PREFIX, size, PH_LIMIT_EVENT_BYTES, out) != PH_SNAPPY_TOO_LARGE &&
         out->len > 0 && (out->data[0] == '{' || out->data[0] == '[');
}

/* Up to @wanted bytes; FALSE with an error set. */
static gboolean
pull_block (PhReading *reading,
            GByteArray *block,
            gsize wanted,
            GError **error)
{
  g_byte_array_set_size (block, 0);

  while (block->len < wanted)
    {
      guint had = block->len;
      gsize more = MIN (CHUNK, wanted - had);
      gssize n;

      g_byte_array_set_size (block, had + (guint) more);
      n = ph_reading_pull (reading, block->data + had, more, error);
      g_byte_array_set_size (block, had + (guint) MAX (n, 0));

      if (n < 0)
        return FALSE;

      if (n == 0)
        break;
    }

  return TRUE;
}

static gboolean
take_block (PhReading *reading,
            ReadLines *read,
            const GByteArray *block,
            GByteArray *out,
            GError **error)
{
  PhHealth *health = ph_reading_get_health (reading);

  switch (ph_snappy_unpack (block->data, block->len, PH_LIMIT_EVENT_BYTES, out))
    {
    case PH_SNAPPY_WHOLE:
      break;
    case PH_SNAPPY_TRUNCATED:
      ph_health_add (health, PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                     "a snappy block ends in the middle");
      break;
    case PH_SNAPPY_DAMAGED:
      ph_health_add (health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "a snappy block is damaged");
      break;
    case PH_SNAPPY_TOO_LARGE:
      ph_health_add (health, PH_HEALTH_EVENT_TOO_LARGE, PH_TIME_NONE,
                     "A snappy block of more than %" G_GSIZE_FORMAT " bytes", PH_LIMIT_EVENT_BYTES);
      return TRUE;
    }

  /* In pieces, as a split keeps what it was given last. */
  for (gsize at = 0; at < out->len; at += CHUNK)
    if (!ph_split_feed (read->split, (const char *) out->data + at, MIN (CHUNK, out->len - at),
                        error))
      return FALSE;

  return ph_split_feed (read->split, "\n", 1, error);
}

static gboolean
read_blocks (PhReading *reading,
             ReadLines *read,
             GError **error)
{
  g_autoptr (GByteArray) block = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();

  for (;;)
    {
      gsize length;

      if (!pull_block (reading, block, PREFIX, error))
        return FALSE;

      if (block->len < PREFIX)
        break;

      length = read_length (block->data);

      if (length == 0 || length > PH_LIMIT_EVENT_BYTES)
        {
          ph_health_add (ph_reading_get_health (reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                         "no snappy block follows");
          return TRUE;
        }

      if (!pull_block (reading, block, length, error))
        return FALSE;

      if (block->len > 0 && !take_block (reading, read, block, out, error))
        return FALSE;

      if (block->len < length)
        return TRUE;
    }

  if (block->len > 0)
    ph_health_add (ph_reading_get_health (reading), PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                   "the length of a snappy block ends in the middle");

  return TRUE;
}

static gboolean
read_one_block (PhReading *reading,
                ReadLines *read,
                GError **error)
{
  g_autoptr (GByteArray) block = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();

  if (!pull_block (reading, block, PH_LIMIT_EVENT_BYTES + 1, error))
    return FALSE;

  if (block->len <= PH_LIMIT_EVENT_BYTES)
    return take_block (reading, read, block, out, error);

  g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "Its snappy block is longer than %d MB",
               (int) (PH_LIMIT_EVENT_BYTES >> 20));

  return FALSE;
}

static gboolean
read_snappy (PhReading *reading,
             GError **error)
{
  g_autoptr (PhPosthog) posthog = ph_posthog_new (reading);
  ReadLines read = { .posthog = posthog };
  g_autoptr (PhSplit) split = new_line_split (&read, reading);
  const char *head;
  gsize size = 0;
  gboolean done;

  read.split = split;
  head = ph_reading_peek (reading, PREFIX + SEEN_OF_BLOCK, &size, error);

  if (head == NULL)
    return FALSE;

  if (has_lengths ((const guint8 *) head, size))
    done = read_blocks (reading, &read, error);
  else
    done = read_one_block (reading, &read, error);

  return done && end_lines (&read, error);
}

/* ---- whose it is ---- */

typedef struct
{
  PhJson *json;
  guint n_own;
  guint n_events; /* that may be anybody's */
  gboolean has_version;
} Probe;

static const char *
skip_bom (const char *head,
          gsize *size)
{
  if (*size < 3 || memcmp (head, "\xef\xbb\xbf", 3) != 0)
    return head;

  *size -= 3;

  return head + 3;
}

static const char *
skip_space (const char *at,
            const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;

  return at;
}

static void
note_value (Probe *probe,
            const char *text,
            gsize size)
{
  PhJsonValue root;
  PhEvent event;

  if (ph_posthog_is_own (probe->json, text, size))
    probe->n_own++;
  else if (ph_json_parse (probe->json, text, size, &root, NULL) && ph_event_read (&event, root))
    probe->n_events++;
}

static gboolean
probe_wrapped_cb (guint path,
                  const char *const *names,
                  const char *text,
                  gsize size,
                  gpointer user_data,
                  GError **error)
{
  Probe *probe = user_data;

  if (path == PATH_VERSION)
    probe->has_version = size == 12 && memcmp (text, "\"20", 3) == 0 && text[5] == '-';
  else if (path >= N_PATHS_ABOUT)
    note_value (probe, text, size);

  return TRUE;
}

static Probe
probe_paths (const char *head,
             gsize size)
{
  g_autoptr (PhJson) json = ph_json_new ();
  Probe probe = { .json = json };
  g_autoptr (PhCut) cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, probe_wrapped_cb, &probe, NULL);

  ph_cut_feed (cut, head, size, NULL);

  return probe;
}

/* Whether a name of a list of snapshots is followed by an event that may go on behind the head. */
static gboolean
names_snapshots (const char *head,
                 gsize size)
{
  static const char *const names[] = { "\"snapshots\"", "\"snapshotsByWindowId\"",
                                       "\"snapshot_data_by_window_id\"", "\"result\"" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *at = g_strstr_len (head, (gssize) size, names[i]);

      if (at != NULL && ph_scan_find_event (at, size - (gsize) (at - head)) >= 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
begins_with (const char *head,
             gsize size,
             char byte)
{
  const char *at = skip_space (head, head + size);

  return at < head + size && *at == byte;
}

/* An array whose first element is a string is a line of its own, with a window's name. */
static gboolean
begins_array (const char *head,
              gsize size)
{
  const char *end = head + size;
  const char *at = skip_space (head, end);

  if (at == end || *at != '[')
    return FALSE;

  at = skip_space (at + 1, end);

  return at < end && (*at == '{' || *at == '[');
}

static PhRank
probe_export (const char *head,
              gsize size,
              gboolean whole)
{
  Probe probe;

  head = skip_bom (head, &size);

  if (!begins_with (head, size, '{'))
    return PH_RANK_NONE;

  probe = probe_paths (head, size);

  if (!probe.has_version)
    return PH_RANK_NONE;

  if (probe.n_own + probe.n_events > 0)
    return PH_RANK_OWN;

  return names_snapshots (head, size) ? PH_RANK_LIKELY : PH_RANK_NONE;
}

static PhRank
probe_api (const char *head,
           gsize size,
           gboolean whole)
{
  Probe probe;

  head = skip_bom (head, &size);

  if (!begins_with (head, size, '{') && !begins_array (head, size))
    return PH_RANK_NONE;

  probe = probe_paths (head, size);

  if (probe.has_version)
    return PH_RANK_NONE;

  /* Events in an array of their own are anybody's. */
  if (probe.n_own > 0 || (probe.n_events > 0 && begins_with (head, size, '{')))
    return PH_RANK_OWN;

  return begins_with (head, size, '{') && names_snapshots (head, size) ? PH_RANK_LIKELY
                                                                       : PH_RANK_NONE;
}

static gboolean
probe_line_cb (const char *text,
               gsize size,
               gpointer user_data,
               GError **error)
{
  note_value (user_data, text, size);

  return TRUE;
}

static PhRank
probe_lines (const char *head,
             gsize size,
             gboolean whole)
{
  g_autoptr (PhJson) json = ph_json_new ();
  Probe probe = { .json = json };
  g_autoptr (PhSplit) split = ph_split_new (PH_SPLIT_VALUES, NULL, PH_LIMIT_EVENT_BYTES,
                                            probe_line_cb, &probe, NULL);
  const char *rest;
  gsize rest_size = 0;

  head = skip_bom (head, &size);

  if (!begins_with (head, size, '{') && !begins_with (head, size, '['))
    return PH_RANK_NONE;

  ph_split_feed (split, head, size, NULL);
  rest = ph_split_peek (split, &rest_size);

  if (probe.n_own > 0)
    return PH_RANK_OWN;

  if (rest == NULL || !ph_posthog_begins_own (rest, rest_size))
    return PH_RANK_NONE;

  return probe.n_events > 0 ? PH_RANK_OWN : PH_RANK_LIKELY;
}

static PhRank
probe_snappy (const char *head,
              gsize size,
              gboolean whole)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const guint8 *bytes = (const guint8 *) head;

  if (size < PREFIX + 2 || begins_with (head, size, '{') || begins_with (head, size, '['))
    return PH_RANK_NONE;

  if (has_lengths (bytes, size))
    {
      size = MIN (size - PREFIX, read_length (bytes));
      bytes += PREFIX;
    }

  if (ph_snappy_unpack (bytes, size, PH_LIMIT_EVENT_BYTES, out) == PH_SNAPPY_TOO_LARGE ||
      out->len < 2)
    return PH_RANK_NONE;

  return probe_lines ((const char *) out->data, out->len, FALSE);
}

const PhReader ph_reader_posthog_export = {
  .name = "posthog-export",
  .title = "PostHog export",
  .probe = probe_export,
  .read = read_wrapped,
};

const PhReader ph_reader_posthog_api = {
  .name = "posthog-api",
  .title = "PostHog recording, as its API answers",
  .probe = probe_api,
  .read = read_wrapped,
};

const PhReader ph_reader_posthog_blob = {
  .name = "posthog-blob",
  .title = "PostHog snapshots, one per line",
  .probe = probe_lines,
  .read = read_lines,
};

const PhReader ph_reader_posthog_snappy = {
  .name = "posthog-snappy",
  .title = "PostHog snapshots, packed with snappy",
  .probe = probe_snappy,
  .read = read_snappy,
};
