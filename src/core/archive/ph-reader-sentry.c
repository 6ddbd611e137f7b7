/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cut.h"
#include "ph-error.h"
#include "ph-inflate.h"
#include "ph-limits.h"
#include "ph-reader.h"
#include "ph-scan.h"
#include "ph-sentry-record.h"
#include "ph-sentry.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * What Sentry keeps and sends of a replay (sentry-javascript packages/replay-internal/
 * src/util/prepareRecordingData.ts; getsentry/sentry src/sentry/replays): segments,
 * each an array of events, in an array as the web service gives them; one segment
 * behind a line `{"segment_id":N}`, plain or as zlib data; an envelope, lines of
 * JSON with such segments between; the record of the replay, and its errors. All
 * of them are values one after the other, so one way of reading does for them.
 */

#define CHUNK ((gsize) 256 * 1024)

/* An object that is no event: a record of a replay, a header. */
#define MAX_OBJECT_BYTES ((gsize) 16 * 1024 * 1024)

/* Objects of an envelope among which there is one of a replay. */
#define MAX_PROBED 64

typedef enum
{
  PART_BETWEEN,
  PART_X,      /* the first byte of what may be zlib data was the last of a chunk */
  PART_OPEN,   /* behind the bracket of an array, before what is in it */
  PART_VALUE,  /* in a value */
  PART_PACKED, /* in zlib data */
  PART_LOST,   /* behind damaged zlib data, up to a line that begins with a brace */
} Part;

typedef struct
{
  PhReading *reading;
  PhSentry *sentry;
  PhJson *json;
  PhInflate *inflate;
  Part part;
  PhScan scan;
  PhScanLines lines;
  PhCut *cut; /* what the value at hand is given to */
  gboolean at_line_start;
  gboolean is_lost_told;
  gboolean is_video; /* an item of an envelope is a video */
} Read;

static gboolean
read_event (Read *read,
            const char *text,
            gsize size,
            GError **error)
{
  gboolean is_json;

  if (!ph_sentry_emit (read->sentry, text, size, NULL, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "an event that is no JSON");

  return TRUE;
}

/* What is in an array of a segment's own; arrays in it are nothing Sentry writes. */
static gboolean
read_inner (guint path,
            const char *const *names,
            const char *text,
            gsize size,
            gpointer user_data,
            GError **error)
{
  return text[0] != '{' || read_event (user_data, text, size, error);
}

/* An element of an array in an array: an event, or a segment where pages of them were joined. */
static gboolean
read_element (guint path,
              const char *const *names,
              const char *text,
              gsize size,
              gpointer user_data,
              GError **error)
{
  static const char *const paths[] = { "[]", NULL };
  Read *read = user_data;
  g_autoptr (PhCut) cut = NULL;

  if (text[0] != '[')
    return read_inner (path, names, text, size, user_data, error);

  cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, read_inner, read,
                    ph_reading_get_health (read->reading));

  return ph_cut_feed (cut, text, size, error) && ph_cut_end (cut, error);
}

static gboolean
read_object (guint path,
             const char *const *names,
             const char *text,
             gsize size,
             gpointer user_data,
             GError **error)
{
  Read *read = user_data;
  PhJsonValue root;
  const char *type = "";
  PhEvent event;

  if (!ph_json_parse (read->json, text, size, &root, NULL))
    {
      ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                     "a line that is no JSON");
      return TRUE;
    }

  if (ph_event_read (&event, root))
    return read_event (read, text, size, error);

  ph_json_member_string (root, "type", &type, NULL);
  read->is_video |= strcmp (type, "replay_video") == 0;

  return ph_sentry_record_take (read->reading, root, error);
}

static void
begin_cut (Read *read,
           const char *path,
           gsize max_size,
           PhCutFunc func)
{
  const char *const paths[] = { path, NULL };

  read->cut = ph_cut_new (paths, max_size, func, read, ph_reading_get_health (read->reading));
}

static gboolean
end_cut (Read *read,
         GError **error)
{
  g_autoptr (PhCut) cut = g_steal_pointer (&read->cut);

  return cut == NULL || ph_cut_end (cut, error);
}

/* Unpacked bytes of a segment. */
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
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void
begin_value (Read *read)
{
  read->scan = (PhScan) {};
  read->lines = PH_SCAN_LINES_NO;
  read->part = PART_VALUE;
  read->is_lost_told = FALSE;
}

static void
note_lost (Read *read,
           const char *what)
{
  if (!read->is_lost_told)
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE, "%s",
                   what);

  read->is_lost_told = TRUE;
}

/* Between two values: how many bytes are used up. */
static gsize
step_between (Read *read,
              char c)
{
  /* Of the order of bytes, which some programs put first. */
  static const char mark[] = { '\xef', '\xbb', '\xbf' };

  if (c == '{')
    {
      begin_cut (read, "", MAX_OBJECT_BYTES, read_object);
      begin_value (read);
      return 0;
    }

  if (c == '[')
    read->part = PART_OPEN;
  else if (c == 'x' && read->at_line_start)
    read->part = PART_X;
  else if (!is_space (c) && c != ',' && memchr (mark, c, sizeof mark) == NULL)
    note_lost (read, "bytes that are no value");

  read->at_line_start = c == '\n';

  return 1;
}

/* The bracket has been used up and is given to whoever takes what follows it. */
static gboolean
step_open (Read *read,
           char c,
           gsize *used,
           GError **error)
{
  gsize ignored;

  *used = is_space (c);

  if (*used > 0)
    return TRUE;

  if (c == '[')
    begin_cut (read, "[][]", PH_LIMIT_EVENT_BYTES, read_element);
  else
    begin_cut (read, "[]", PH_LIMIT_EVENT_BYTES, read_inner);

  begin_value (read);
  ph_scan_value (&read->scan, &read->lines, (const guint8 *) "[", 1, &ignored);

  return ph_cut_feed (read->cut, "[", 1, error);
}

static gboolean
step_x (Read *read,
        char c,
        gsize *used,
        GError **error)
{
  *used = 0;

  if (!ph_inflate_is_head ('x', (guint8) c))
    {
      note_lost (read, "bytes that are no value");
      read->part = PART_BETWEEN;
      return TRUE;
    }

  begin_cut (read, "[]", PH_LIMIT_EVENT_BYTES, read_inner);
  ph_inflate_begin (read->inflate);
  read->part = PART_PACKED;

  return ph_inflate_feed (read->inflate, "x", 1, error) >= 0;
}

static gboolean
step_value (Read *read,
            const char *data,
            gsize size,
            gsize *used,
            GError **error)
{
  PhScanResult result;

  *used = 0;
  result = ph_scan_value (&read->scan, &read->lines, (const guint8 *) data, size, used);

  if (result == PH_SCAN_BROKEN)
    {
      /* A string that was cut: what follows is read as if it had ended. */
      read->scan.in_string = 0;
      read->scan.escaped = 0;
      *used += 1;
    }

  if (!ph_cut_feed (read->cut, data, *used, error))
    return FALSE;

  if (result == PH_SCAN_END)
    {
      read->part = PART_BETWEEN;
      read->at_line_start = FALSE;
      return end_cut (read, error);
    }

  return TRUE;
}

static gboolean
step_packed (Read *read,
             const char *data,
             gsize size,
             gsize *used,
             GError **error)
{
  gssize taken = ph_inflate_feed (read->inflate, data, size, error);

  if (taken < 0)
    return FALSE;

  *used = (gsize) taken;

  if (ph_inflate_is_damaged (read->inflate))
    {
      ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                     "the zlib data of a segment is damaged");
      read->part = PART_LOST;
      read->at_line_start = FALSE;
      g_clear_pointer (&read->cut, ph_cut_free);
    }
  else if (ph_inflate_has_ended (read->inflate))
    {
      read->part = PART_BETWEEN;
      read->at_line_start = TRUE;
      return end_cut (read, error);
    }

  return TRUE;
}

static gsize
step_lost (Read *read,
           const char *data,
           gsize size)
{
  for (gsize i = 0; i < size; i++)
    {
      if (read->at_line_start && data[i] == '{')
        {
          read->part = PART_BETWEEN;
          return i;
        }

      read->at_line_start = data[i] == '\n';
    }

  return size;
}

static gboolean
step (Read *read,
      const char *data,
      gsize size,
      gsize *used,
      GError **error)
{
  switch (read->part)
    {
    case PART_BETWEEN:
      *used = step_between (read, data[0]);
      return TRUE;
    case PART_X:
      return step_x (read, data[0], used, error);
    case PART_OPEN:
      return step_open (read, data[0], used, error);
    case PART_VALUE:
      return step_value (read, data, size, used, error);
    case PART_PACKED:
      return step_packed (read, data, size, used, error);
    case PART_LOST:
      *used = step_lost (read, data, size);
      return TRUE;
    }

  g_assert_not_reached ();
}

static gboolean
feed (Read *read,
      const char *data,
      gsize size,
      GError **error)
{
  for (gsize at = 0; at < size;)
    {
      gsize used = 0;

      if (!step (read, data + at, size - at, &used, error))
        return FALSE;

      at += used;
    }

  return TRUE;
}

/* A mobile application has no page: its recorder takes a film, which the service keeps apart. */
static gboolean
refuse_video (Read *read,
              GError **error)
{
  if (ph_sentry_get_n_snapshots (read->sentry) > 0 ||
      (ph_sentry_get_n_videos (read->sentry) == 0 && !read->is_video))
    return TRUE;

  g_set_error_literal (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                       N_ ("This is a Sentry replay of a mobile app: it was filmed, so there is "
                           "no page in it to rebuild; save its video from Sentry instead"));

  return FALSE;
}

/* The end of the file leaves something unfinished where it does not come between two values. */
static gboolean
end_read (Read *read,
          GError **error)
{
  PhHealth *health = ph_reading_get_health (read->reading);
  guint64 n_before = ph_health_count (health, PH_HEALTH_TRUNCATED);

  if (!end_cut (read, error))
    return FALSE;

  if (read->part != PART_BETWEEN && read->part != PART_LOST &&
      ph_health_count (health, PH_HEALTH_TRUNCATED) == n_before)
    ph_health_add (health, PH_HEALTH_TRUNCATED, PH_TIME_NONE, "it ends in the middle of a value");

  return TRUE;
}

static gboolean
read_sentry (PhReading *reading,
             GError **error)
{
  Read read = { .reading = reading, .at_line_start = TRUE };
  g_autoptr (PhSentry) sentry = ph_sentry_new (reading);
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (PhInflate) inflate = ph_inflate_new (read_unpacked, &read);
  g_autofree char *chunk = g_malloc (CHUNK);
  gboolean goes_on = TRUE;
  gssize n = 0;

  read.sentry = sentry;
  read.json = json;
  read.inflate = inflate;

  while (goes_on && (n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    goes_on = feed (&read, chunk, (gsize) n, error);

  goes_on = goes_on && n == 0 && end_read (&read, error);
  g_clear_pointer (&read.cut, ph_cut_free);

  return goes_on && refuse_video (&read, error);
}

typedef struct
{
  PhJson *json;
  guint n_events; /* in arrays in arrays */
  guint n_objects;
  gboolean is_envelope; /* as far as its header says */
  PhRank rank;
} Probe;

static gboolean
probe_inner (guint path,
             const char *const *names,
             const char *text,
             gsize size,
             gpointer user_data,
             GError **error)
{
  Probe *probe = user_data;
  PhJsonValue root;
  PhEvent event;

  if (ph_json_parse (probe->json, text, size, &root, NULL) && ph_event_read (&event, root))
    probe->n_events++;

  return TRUE;
}

static gboolean
probe_element (guint path,
               const char *const *names,
               const char *text,
               gsize size,
               gpointer user_data,
               GError **error)
{
  static const char *const paths[] = { "[]", NULL };
  g_autoptr (PhCut) cut = NULL;

  if (text[0] != '[')
    return probe_inner (path, names, text, size, user_data, error);

  cut = ph_cut_new (paths, PH_READER_HEAD_SIZE, probe_inner, user_data, NULL);

  return ph_cut_feed (cut, text, size, error);
}

static gboolean
probe_object (guint path,
              const char *const *names,
              const char *text,
              gsize size,
              gpointer user_data,
              GError **error)
{
  Probe *probe = user_data;
  PhJsonValue root;
  const char *type = "";
  gint64 number;

  if (probe->n_objects++ > MAX_PROBED || !ph_json_parse (probe->json, text, size, &root, NULL))
    return TRUE;

  ph_json_member_string (root, "type", &type, NULL);

  if (probe->n_objects == 1)
    {
      /* Those of other items than a replay's may come first: they say when they were sent. */
      probe->is_envelope =
        ph_json_type (ph_json_member (root, "event_id")) == PH_JSON_STRING ||
        (ph_json_type (ph_json_member (root, "sent_at")) == PH_JSON_STRING &&
         ph_json_type (ph_json_member (root, "sdk")) == PH_JSON_OBJECT);

      if (ph_json_member_int (root, "segment_id", &number) && ph_json_size (root) == 1)
        probe->rank = PH_RANK_OWN;
      else if (ph_sentry_record_is_replay (root) || ph_sentry_record_is_errors (root))
        probe->rank = PH_RANK_LIKELY;
    }
  else if (probe->is_envelope && g_str_has_prefix (type, "replay_"))
    probe->rank = PH_RANK_OWN;

  return TRUE;
}

/* The first byte that says something. */
static gsize
skip_space (const char *head,
            gsize size,
            gsize at)
{
  while (at < size && is_space (head[at]))
    at++;

  return at;
}

static PhRank
probe_sentry (const char *head,
              gsize size,
              gboolean whole)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (PhCut) cut = NULL;
  Probe probe = { .json = json };
  gsize at = skip_space (head, size, size >= 3 && (guint8) head[0] == 0xef ? 3 : 0);
  gsize next = skip_space (head, size, at + 1);
  gsize third;
  const char *paths[] = { "", NULL };

  if (at >= size || next >= size)
    return PH_RANK_NONE;

  third = skip_space (head, size, next + 1);

  /* Pairs of a window and an event are PostHog's. */
  if (head[at] == '[' && head[next] == '[' && (third == size || head[third] != '"'))
    paths[0] = "[][]";
  else if (head[at] != '{')
    return PH_RANK_NONE;

  cut = ph_cut_new (paths, PH_READER_HEAD_SIZE, head[at] == '[' ? probe_element : probe_object,
                    &probe, NULL);
  ph_cut_feed (cut, head, size, NULL);

  if (head[at] == '{')
    return probe.rank;

  if (probe.n_events > 0)
    return PH_RANK_OWN;

  return ph_scan_is_event (head + third, size - third) ? PH_RANK_LIKELY : PH_RANK_NONE;
}

const PhReader ph_reader_sentry = {
  .name = "sentry",
  .title = "Sentry replay",
  .probe = probe_sentry,
  .read = read_sentry,
};
