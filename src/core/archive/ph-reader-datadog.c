/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cut.h"
#include "ph-datadog-change.h"
#include "ph-datadog-tree.h"
#include "ph-event-write.h"
#include "ph-limits.h"
#include "ph-reader.h"
#include "ph-signal.h"

#include <string.h>

/*
 * Segments of Datadog's recorder, which OpenObserve's is a copy of (DataDog/browser-sdk
 * packages/browser-rum/src/types/sessionReplay.ts): `{"records":[…]}` with what they
 * belong to behind. Records are like rrweb's events up to type 4; the others are its own.
 */

#define CHUNK ((gsize) 256 * 1024)

typedef enum
{
  RECORD_FULL_SNAPSHOT = 2,
  RECORD_INCREMENTAL = 3,
  RECORD_META = 4,
  RECORD_FOCUS = 6,
  RECORD_VIEW_END = 7,
  RECORD_VISUAL_VIEWPORT = 8,
  RECORD_FRUSTRATION = 9,
  RECORD_CHANGE = 12,
} RecordType;

typedef enum
{
  PATH_RECORD,
  PATH_APPLICATION,
  PATH_SESSION,
  PATH_VIEW,
  PATH_SOURCE,
} Path;

static const char *const paths[] = {
  "records[]",
  "application.id",
  "session.id",
  "view.id",
  "source",
  NULL,
};

typedef struct
{
  PhReading *reading;
  PhDatadogTree *tree;
  PhDatadogChange *change;
  PhJson *json;
  GString *out;
  gboolean counts_from_0; /* nodes, in the change format */
} Read;

static gboolean
emit (const char *text,
      gsize size,
      gpointer user_data,
      GError **error)
{
  Read *read = user_data;
  gboolean is_json;

  return ph_reading_emit (read->reading, text, size, NULL, &is_json, error);
}

static gboolean
emit_written (Read *read,
              GError **error)
{
  return emit (read->out->str, read->out->len, read, error);
}

static void
begin (Read *read,
       int type,
       double time)
{
  g_string_printf (read->out, "{\"type\":%d,\"timestamp\":", type);
  ph_json_write_number (read->out, time);
  g_string_append (read->out, ",\"data\":");
}

static gboolean
read_changes (Read *read,
              PhJsonValue record,
              double time,
              gboolean is_snapshot,
              GError **error)
{
  guint n_unknown = 0;

  read->counts_from_0 = TRUE;

  if (!ph_datadog_change_read (read->change, time, is_snapshot, ph_json_member (record, "data"),
                               &n_unknown, error))
    return FALSE;

  if (n_unknown > 0)
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_NEWER_VERSION, PH_TIME_NONE,
                   "%u changes of a kind, or to a node, that is not known", n_unknown);

  return TRUE;
}

static gboolean
read_snapshot (Read *read,
               PhJsonValue record,
               double time,
               GError **error)
{
  PhJsonValue data = ph_json_member (record, "data");
  gint64 format = 0;

  ph_json_member_int (record, "format", &format);

  if (format == 1)
    return read_changes (read, record, time, TRUE, error);

  if (format > 1)
    {
      ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_NEWER_VERSION,
                     PH_TIME_NONE, "a page in format %d", (int) MIN (format, G_MAXINT));
      return TRUE;
    }

  read->counts_from_0 = FALSE;
  ph_datadog_tree_reset (read->tree);
  begin (read, RECORD_FULL_SNAPSHOT, time);
  g_string_append (read->out, "{\"node\":");
  ph_datadog_tree_write_node (read->tree, read->out, ph_json_member (data, "node"));
  g_string_append (read->out, ",\"initialOffset\":");
  ph_json_write_value (read->out, ph_json_member (data, "initialOffset"));
  g_string_append (read->out, "}}");

  return emit_written (read, error);
}

static void write_shifted (Read *read,
                           PhJsonValue object);

/* Members whose numbers name nodes begin at 0 where rrweb's begin at 1. */
static void
write_member (Read *read,
              const char *key,
              PhJsonValue value)
{
  PhJsonIter iter;
  PhJsonValue element;
  gint64 id;
  gboolean has_some = FALSE;

  if (strcmp (key, "id") == 0 && ph_json_get_int (value, &id))
    {
      g_string_append_printf (read->out, "%" G_GINT64_FORMAT,
                              id >= 0 && id < G_MAXINT32 ? id + read->counts_from_0 : id);
      return;
    }

  if (strcmp (key, "positions") != 0)
    {
      ph_json_write_value (read->out, value);
      return;
    }

  g_string_append_c (read->out, '[');
  ph_json_iter_init (&iter, value);

  while (ph_json_next (&iter, NULL, &element))
    {
      if (has_some)
        g_string_append_c (read->out, ',');

      has_some = TRUE;
      write_shifted (read, element);
    }

  g_string_append_c (read->out, ']');
}

static void
write_shifted (Read *read,
               PhJsonValue object)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *key;
  gboolean has_some = FALSE;

  if (ph_json_type (object) != PH_JSON_OBJECT)
    {
      ph_json_write_value (read->out, object);
      return;
    }

  g_string_append_c (read->out, '{');
  ph_json_iter_init (&iter, object);

  while (ph_json_next (&iter, &key, &value))
    {
      if (has_some)
        g_string_append_c (read->out, ',');

      has_some = TRUE;
      ph_json_write_key (read->out, key);

      /* An array in an array of positions is nothing that Datadog writes. */
      write_member (read, key, value);
    }

  g_string_append_c (read->out, '}');
}

/* Source 9 is what a pointer does without a node; all others are rrweb's. */
static gboolean
read_incremental (Read *read,
                  PhJsonValue record,
                  double time,
                  GError **error)
{
  PhJsonValue data = ph_json_member (record, "data");
  gint64 source = -1;

  ph_json_member_int (data, "source", &source);

  if (source == 9)
    return TRUE;

  begin (read, RECORD_INCREMENTAL, time);

  if (source == 0)
    ph_datadog_tree_write_mutation (read->tree, read->out, data);
  else
    write_shifted (read, data);

  g_string_append_c (read->out, '}');

  return emit_written (read, error);
}

static gboolean
read_custom (Read *read,
             PhJsonValue record,
             double time,
             const char *tag,
             GError **error)
{
  g_autoptr (GString) payload = g_string_new (NULL);

  ph_json_write_value (payload, ph_json_member (record, "data"));
  ph_event_write_custom (read->out, time, tag, payload->str, (gssize) payload->len);

  return emit_written (read, error);
}

static gboolean
read_frustration (Read *read,
                  PhJsonValue record,
                  double time,
                  GError **error)
{
  static const char *const signals[][2] = {
    { "rage_click", PH_SIGNAL_RAGE_CLICK },
    { "dead_click", PH_SIGNAL_DEAD_CLICK },
    { "error_click", PH_SIGNAL_ERROR_CLICK },
  };
  PhJsonValue data = ph_json_member (record, "data");
  PhJsonIter iter;
  PhJsonValue type;
  const char *name;

  ph_json_iter_init (&iter, ph_json_member (data, "frustrationTypes"));

  while (ph_json_next (&iter, NULL, &type))
    for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
      if (ph_json_get_string (type, &name, NULL) && strcmp (name, signals[i][0]) == 0)
        {
          ph_event_write_signal (read->out, time, signals[i][1], 0,
                                 (gint64) ph_json_size (ph_json_member (data, "recordIds")), NULL,
                                 data);

          if (!emit_written (read, error))
            return FALSE;
        }

  return TRUE;
}

static gboolean
read_record (Read *read,
             const char *text,
             gsize size,
             GError **error)
{
  PhJsonValue root;
  PhEvent event;
  double time = 0;

  if (!ph_json_parse (read->json, text, size, &root, NULL) || !ph_event_read (&event, root))
    {
      ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_EVENT_INVALID, PH_TIME_NONE,
                     "a record without type or timestamp");
      return TRUE;
    }

  ph_json_member_double (root, "timestamp", &time);

  switch ((RecordType) event.type)
    {
    case RECORD_FULL_SNAPSHOT:
      return read_snapshot (read, root, time, error);
    case RECORD_INCREMENTAL:
      return read_incremental (read, root, time, error);
    case RECORD_META:
      return emit (text, size, read, error);
    case RECORD_FOCUS:
      return read_custom (read, root, time, "focus", error);
    case RECORD_VIEW_END:
      return read_custom (read, root, time, "view-end", error);
    case RECORD_VISUAL_VIEWPORT:
      return TRUE;
    case RECORD_FRUSTRATION:
      return read_frustration (read, root, time, error);
    case RECORD_CHANGE:
      return read_changes (read, root, time, FALSE, error);
    }

  ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_NEWER_VERSION, PH_TIME_NONE,
                 "a record of type %d", event.type);

  return TRUE;
}

static gboolean
read_value (guint path,
            const char *const *names,
            const char *text,
            gsize size,
            gpointer user_data,
            GError **error)
{
  static const char *const facts[] = { NULL, "project", "session_id", "view_id", NULL };
  Read *read = user_data;
  PhJsonValue root;

  if (path == PATH_RECORD)
    return read_record (read, text, size, error);

  if (facts[path] != NULL && ph_json_parse (read->json, text, size, &root, NULL))
    ph_facts_set_json (ph_reading_get_facts (read->reading), PH_FACT_PROPERTY, facts[path], root);

  return TRUE;
}

static gboolean
read_datadog (PhReading *reading,
              GError **error)
{
  g_autoptr (PhDatadogTree) tree = ph_datadog_tree_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  Read read = { .reading = reading, .tree = tree, .json = json, .out = out };
  g_autoptr (PhDatadogChange) change = ph_datadog_change_new (emit, &read);
  g_autoptr (PhCut) cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, read_value, &read,
                                      ph_reading_get_health (reading));
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  read.change = change;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_cut_feed (cut, chunk, (gsize) n, error))
      return FALSE;

  return n == 0 && ph_cut_end (cut, error);
}

static gboolean
probe_value (guint path,
             const char *const *names,
             const char *text,
             gsize size,
             gpointer user_data,
             GError **error)
{
  g_autoptr (PhJson) json = ph_json_new ();
  guint *found = user_data;
  PhJsonValue root;
  PhEvent event;

  if (path != PATH_RECORD ||
      (ph_json_parse (json, text, size, &root, NULL) && ph_event_read (&event, root)))
    *found |= 1u << path;

  return TRUE;
}

static PhRank
probe_datadog (const char *head,
               gsize size,
               gboolean whole)
{
  guint found = 0;
  gsize at = 0;
  g_autoptr (PhCut) cut = NULL;

  while (at < size && g_ascii_isspace (head[at]))
    at++;

  if (at == size || head[at] != '{')
    return PH_RANK_NONE;

  cut = ph_cut_new (paths, PH_READER_HEAD_SIZE, probe_value, &found, NULL);
  ph_cut_feed (cut, head, size, NULL);

  if ((found & 1u << PATH_RECORD) == 0)
    return PH_RANK_NONE;

  return (found & (1u << PATH_APPLICATION | 1u << PATH_SESSION | 1u << PATH_SOURCE)) != 0
           ? PH_RANK_OWN
           : PH_RANK_LIKELY;
}

const PhReader ph_reader_datadog = {
  .name = "datadog",
  .title = "Datadog session segment",
  .probe = probe_datadog,
  .read = read_datadog,
};
