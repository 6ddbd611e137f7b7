/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-limits.h"
#include "ph-lines.h"
#include "ph-playwright-events.h"
#include "ph-playwright-trace.h"
#include "ph-reader.h"

#include <math.h>
#include <string.h>

/*
 * The traces of Playwright (`trace.zip`, or what is in it as a folder): lines of JSON in
 * one or more `*.trace`, of which those of a browser have the pages, and `*.network`
 * beside them; what pages loaded is under `resources/`. It is gone through twice: first
 * for the clocks, the network and what the test did, which other parts need or which
 * must be put in between; then for the pages, as they come. Source: microsoft/playwright
 * packages/trace/src/trace.ts, packages/isomorphic/trace/traceLoader.ts and
 * traceModernizer.ts.
 */

#define LAST_VERSION 10
#define CHUNK ((gsize) 256 * 1024)
#define MAX_PARTS 200
#define SNAPSHOT_LINE "{\"type\":\"frame-snapshot\","
/* A snapshot says before its page, in which it is. */
#define SURVEYED_BYTES 512
/* Lines tell of times that are this much back, at most, microseconds. */
#define SPAN (3 * G_USEC_PER_SEC)
#define HELD_BYTES ((gsize) 64 * 1024 * 1024)

/* --- lines ----------------------------------------------------------------- */

static void
note_facts (PhTrace *read,
            PhJsonValue line)
{
  PhFacts *facts = ph_reading_get_facts (read->reading);
  PhJsonValue options = ph_json_member (line, "options");

  ph_facts_set_text (facts, PH_FACT_DEVICE, "browser", ph_trace_text (line, "browserName"));
  ph_facts_set_text (facts, PH_FACT_DEVICE, "os", ph_trace_text (line, "platform"));
  ph_facts_set_text (facts, PH_FACT_DEVICE, "user_agent", ph_trace_text (options, "userAgent"));
  ph_facts_set_text (facts, PH_FACT_DEVICE, "language", ph_trace_text (options, "locale"));
  ph_facts_set_json (facts, PH_FACT_DEVICE, "viewport", ph_json_member (options, "viewport"));
  ph_facts_set_text (facts, PH_FACT_PROPERTY, "sdk", "playwright");
  ph_facts_set_json (facts, PH_FACT_PROPERTY, "sdk_version",
                     ph_json_member (line, "playwrightVersion"));
  ph_facts_set_text (facts, PH_FACT_PROPERTY, "sdk_language", ph_trace_text (line, "sdkLanguage"));
  ph_facts_set_text (facts, PH_FACT_PROPERTY, "title", ph_trace_text (line, "title"));
  ph_facts_set_text (facts, PH_FACT_PROPERTY, "base_url", ph_trace_text (options, "baseURL"));
  ph_facts_set_json (facts, PH_FACT_PROPERTY, "trace_version", ph_json_member (line, "version"));
}

/* Where the part's clock stands; before version 7 only calls tell. */
static void
note_clock (PhTracePart *part,
            PhJsonValue line,
            const char *clock)
{
  double wall = ph_trace_number (line, "wallTime", NAN);
  double monotonic = ph_trace_number (line, clock, NAN);

  if (part->has_clock || !isfinite (wall) || !isfinite (monotonic))
    return;

  part->has_clock = TRUE;
  part->offset = wall - monotonic;
}

static void
survey_context (PhTrace *read,
                PhJsonValue line)
{
  gint64 version = 0;

  ph_json_member_int (line, "version", &version);
  read->version = MAX (read->version, version);
  read->part->is_runner = g_strcmp0 (ph_trace_text (line, "origin"), "testRunner") == 0;
  note_clock (read->part, line, "monotonicTime");
  note_facts (read, line);
}

/* Something the browser told of. */
static gboolean
take_event (PhTrace *read,
            PhJsonValue line,
            double time,
            GError **error)
{
  PhJsonValue params = ph_json_member (line, "params");
  const char *method = ph_trace_text (line, "method");

  if (g_strcmp0 (method, "pageError") != 0)
    return TRUE;

  return ph_trace_give (read, time, ph_trace_text (line, "pageId"),
                        ph_playwright_error (ph_json_member (params, "error"), NULL, time), error);
}

static gboolean
take_told (PhTrace *read,
           PhJsonValue line,
           const char *type,
           GError **error)
{
  double at = ph_trace_number (line, "timestamp", read->last_time);
  double time = ph_trace_epoch (read, ph_trace_number (line, "time", at));
  const char *page = ph_trace_text (line, "pageId");

  if (strcmp (type, "console") == 0)
    return ph_trace_give (read, time, page, ph_playwright_console (line, time), error);

  if (strcmp (type, "event") == 0)
    return take_event (read, line, time, error);

  if (strcmp (type, "stdout") == 0 || strcmp (type, "stderr") == 0)
    return ph_trace_give (read, time, NULL, ph_playwright_printed (line, time), error);

  if (strcmp (type, "error") == 0)
    return ph_trace_give (read, time, NULL, ph_playwright_error (line, NULL, time), error);

  return TRUE;
}

static gboolean
take_line (PhTrace *read,
           PhJsonValue line,
           const char *type,
           GError **error)
{
  gboolean tells = read->part->is_runner == read->is_survey;

  if (strcmp (type, "frame-snapshot") == 0)
    return ph_trace_take_snapshot (read, ph_json_member (line, "snapshot"), error);

  if (strcmp (type, "screencast-frame") == 0)
    return ph_trace_take_picture (read, line, error);

  if (read->is_survey && strcmp (type, "before") == 0)
    note_clock (read->part, line, "startTime");

  /* What the test did is put in on the first way, what happened in pages on the second. */
  if (!tells)
    return TRUE;

  if (strcmp (type, "before") == 0)
    return ph_trace_begin_call (read, line, error);

  if (strcmp (type, "after") == 0)
    return ph_trace_end_call (read, line, error);

  if (strcmp (type, "action") == 0)
    return ph_trace_take_action (read, line, error);

  if (strcmp (type, "input") == 0)
    ph_trace_note_input (read, line);

  return take_told (read, line, type, error);
}

static void
note_time (PhTrace *read,
           PhJsonValue line)
{
  static const char *const members[] = { "startTime", "endTime", "time", "timestamp" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    ph_json_member_double (line, members[i], &read->last_time);
}

/* An answer whose body is in the bundle, and is something a page shows. */
static void
note_resource (PhTrace *read,
               PhJsonValue snapshot)
{
  static const char *const prefixes[] = {
    "image/",
    "font/",
    "text/css",
    "application/font",
    "audio/",
    "video/",
    "application/x-font",
    "application/vnd.ms-font",
  };
  PhJsonValue content = ph_json_member (ph_json_member (snapshot, "response"), "content");
  const char *url = ph_trace_text (ph_json_member (snapshot, "request"), "url");
  const char *type = ph_trace_text (content, "mimeType");
  g_autofree char *file = ph_trace_dup_file_name (content, "_file", "_sha1");

  if (url == NULL || type == NULL || file == NULL ||
      g_hash_table_size (read->resources) >= PH_LIMIT_CARRIED)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_ascii_strncasecmp (type, prefixes[i], strlen (prefixes[i])) == 0)
      {
        g_hash_table_insert (read->resources, g_strdup (url), g_steal_pointer (&file));
        return;
      }
}

static gboolean
survey_request (PhTrace *read,
                PhJsonValue snapshot,
                GError **error)
{
  double monotonic = ph_trace_number (snapshot, "_monotonicTime", NAN);
  const char *started = ph_trace_text (snapshot, "startedDateTime");
  double time;

  note_resource (read, snapshot);

  if (isfinite (monotonic))
    time = ph_trace_epoch (read, monotonic);
  else
    {
      g_autoptr (GDateTime) date =
        started != NULL ? g_date_time_new_from_iso8601 (started, NULL) : NULL;

      if (date == NULL)
        return TRUE;

      time = (double) g_date_time_to_unix (date) * 1000;
      time += g_date_time_get_microsecond (date) / 1000.0;
    }

  return ph_trace_give (read, time, ph_trace_text (snapshot, "pageref"),
                        ph_playwright_request (snapshot, time), error);
}

/*
 * Of a page that is known to have snapshots the first way needs no more of them. The
 * quotes in a JSON text are escaped: where this is, it is a member.
 */
static gboolean
is_surveyed (const PhTrace *read,
             const char *text,
             gsize size)
{
  return read->is_survey && read->surveyed != NULL &&
         size > strlen (SNAPSHOT_LINE) &&
         memcmp (text, SNAPSHOT_LINE, strlen (SNAPSHOT_LINE)) == 0 &&
         g_strstr_len (text, (gssize) MIN (size, SURVEYED_BYTES), read->surveyed) != NULL;
}

static gboolean
line_cb (const char *text,
         gsize size,
         gboolean is_ended,
         gpointer user_data,
         GError **error)
{
  PhTrace *read = user_data;
  PhJsonValue line;
  const char *type;

  if (is_surveyed (read, text, size))
    return TRUE;

  if (!ph_json_parse (read->json, text, size, &line, NULL) ||
      !ph_json_member_string (line, "type", &type, NULL))
    {
      PhHealth *health = read->is_survey ? NULL : ph_reading_get_health (read->reading);

      if (is_ended)
        ph_health_add (health, PH_HEALTH_EVENT_INVALID, PH_TIME_NONE,
                       "a line that is none of a trace");
      else
        ph_health_add (health, PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                       "it ends in the middle of a line");

      return TRUE;
    }

  note_time (read, line);
  read->line = text;
  read->line_size = size;

  if (strcmp (type, "context-options") == 0)
    {
      if (read->is_survey)
        survey_context (read, line);

      return TRUE;
    }

  if (strcmp (type, "resource-snapshot") == 0)
    return !read->is_survey || survey_request (read, ph_json_member (line, "snapshot"), error);

  return take_line (read, line, type, error);
}

/* --- members --------------------------------------------------------------- */

static gboolean
read_member (PhTrace *read,
             guint member,
             GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (PhLines) lines = NULL;
  g_autofree char *chunk = g_malloc (CHUNK);
  PhHealth *health = read->is_survey ? NULL : ph_reading_get_health (read->reading);
  gssize n;

  stream = ph_bundle_open_member (read->bundle, member, read->cancellable, error);

  if (stream == NULL || !ph_reading_enter (read->reading, stream, NULL, error))
    return FALSE;

  lines = ph_lines_new (PH_LIMIT_EVENT_BYTES, line_cb, read, health);

  while ((n = ph_reading_pull (read->reading, chunk, CHUNK, error)) > 0)
    if (!ph_lines_feed (lines, chunk, (gsize) n, error))
      {
        n = -1;
        break;
      }

  ph_reading_leave (read->reading);

  return n == 0 && ph_lines_end (lines, error);
}

/* What is wrong with one part concerns no other. */
static gboolean
read_part (PhTrace *read,
           guint member,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (read_member (read, member, &local_error) ||
      ph_reading_excuse (read->reading, ph_bundle_get_name (read->bundle, member), &local_error))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static void
list_parts (PhTrace *read)
{
  guint n = ph_bundle_get_n_members (read->bundle);

  for (guint i = 0; i < n && read->parts->len < MAX_PARTS; i++)
    {
      const char *name = ph_bundle_get_name (read->bundle, i);
      PhTracePart *part;

      if (!g_str_has_suffix (name, ".trace"))
        continue;

      part = g_new0 (PhTracePart, 1);
      part->prefix = g_strndup (name, strlen (name) - strlen (".trace"));
      part->member = i;
      g_ptr_array_add (read->parts, part);
    }
}

/* The first way through: clocks, the network, the steps of the test. */
static gboolean
survey (PhTrace *read,
        GError **error)
{
  read->is_survey = TRUE;
  read->first_time = NAN;

  for (guint i = 0; i < read->parts->len; i++)
    {
      g_autofree char *network = NULL;
      guint member;

      read->part = read->parts->pdata[i];

      if (!read_part (read, read->part->member, error))
        return FALSE;

      network = g_strconcat (read->part->prefix, ".network", NULL);

      if (ph_bundle_find (read->bundle, network, &member) && !read_part (read, member, error))
        return FALSE;
    }

  g_hash_table_remove_all (read->calls);

  return TRUE;
}

static gboolean
replay (PhTrace *read,
        GError **error)
{
  GHashTableIter iter;
  gpointer page;

  read->is_survey = FALSE;

  for (guint i = 0; i < read->parts->len; i++)
    {
      read->part = read->parts->pdata[i];

      if (!read_part (read, read->part->member, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, read->pages);

  while (g_hash_table_iter_next (&iter, NULL, &page))
    if (!ph_trace_end_page (read, page, error))
      return FALSE;

  return ph_reorder_flush (read->reorder, error);
}

static gboolean
check_survey (PhTrace *read,
              GError **error)
{
  if (read->version > LAST_VERSION)
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_NEWER_VERSION, PH_TIME_NONE,
                   "a trace of version %" G_GINT64_FORMAT "; known are those up to %d",
                   read->version, LAST_VERSION);

  if (isfinite (read->first_time))
    return TRUE;

  if (read->version > LAST_VERSION)
    g_set_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                 "This trace was made by a newer Playwright (version %" G_GINT64_FORMAT
                 " of its format, known are those up to %d), and no page can be read from it",
                 read->version, LAST_VERSION);
  else
    g_set_error_literal (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                         "This Playwright trace has neither snapshots nor pictures of its pages; "
                         "record it with “snapshots” on");

  return FALSE;
}

static gboolean
read_bundle (PhReading *reading,
             PhBundle *bundle,
             GCancellable *cancellable,
             GError **error)
{
  PhTrace read = { .reading = reading, .bundle = bundle, .cancellable = cancellable };
  gboolean done;

  read.parts = g_ptr_array_new_with_free_func (ph_trace_part_free);
  read.pages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, ph_trace_page_free);
  read.calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, ph_trace_call_free);
  read.resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  read.reorder = ph_reorder_new (SPAN, HELD_BYTES, ph_trace_ordered_cb, &read);
  read.json = ph_json_new ();
  read.aside = ph_aside_new ();

  list_parts (&read);
  done = survey (&read, error) && check_survey (&read, error) && replay (&read, error);

  g_free (read.surveyed);
  ph_json_free (read.json);
  ph_reorder_free (read.reorder);
  g_hash_table_unref (read.resources);
  g_hash_table_unref (read.calls);
  g_hash_table_unref (read.pages);
  ph_aside_free (read.aside);
  g_ptr_array_unref (read.parts);

  return done;
}

/* Whether it begins with a line of a trace. */
static gboolean
is_trace (PhBundle *bundle,
          guint member,
          GCancellable *cancellable)
{
  static const char *const marks[] = { "\"context-options\"", "\"before\"", "\"callId\"" };
  g_autoptr (GInputStream) stream = ph_bundle_open_member (bundle, member, cancellable, NULL);
  char head[4096];
  gsize size = 0;

  if (stream == NULL ||
      !g_input_stream_read_all (stream, head, sizeof head, &size, cancellable, NULL) || size == 0 ||
      head[0] != '{')
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_strstr_len (head, (gssize) size, marks[i]) != NULL)
      return TRUE;

  return FALSE;
}

static PhRank
probe_bundle (PhBundle *bundle,
              GCancellable *cancellable)
{
  guint n = ph_bundle_get_n_members (bundle);
  guint n_tried = 0;

  for (guint i = 0; i < n && n_tried < MAX_PARTS; i++)
    if (g_str_has_suffix (ph_bundle_get_name (bundle, i), ".trace"))
      {
        n_tried++;

        if (is_trace (bundle, i, cancellable))
          return PH_RANK_CERTAIN;
      }

  return PH_RANK_NONE;
}

const PhReader ph_reader_playwright = {
  .name = "playwright",
  .title = "Playwright trace",
  .probe_bundle = probe_bundle,
  .read_bundle = read_bundle,
};
