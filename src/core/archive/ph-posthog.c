/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-posthog.h"

#include "ph-cut.h"
#include "ph-error.h"
#include "ph-gather.h"
#include "ph-limits.h"
#include "ph-packed.h"
#include "ph-posthog-events.h"
#include "ph-posthog-facts.h"
#include "ph-posthog-own.h"

/* Wrappers inside wrappers: a batch of captured events that hold lists, and one to spare. */
#define MAX_DEPTH 4

struct _PhPosthog
{
  PhReading *reading;
  PhPosthogEvents *events;
  PhJson *jsons[MAX_DEPTH + 1]; /* of the value at hand, by how deep it is wrapped */
  PhPacked *packed;
  PhGather *gather;
  char *rest_window; /* of the line that is being searched, or NULL */
};

typedef struct
{
  PhPosthog *posthog;
  const char *window;
  guint depth;
} Inner;

static gboolean take (PhPosthog *posthog,
                      const char *text,
                      gsize size,
                      const char *window,
                      guint depth,
                      gboolean *is_json,
                      GError **error);

PhPosthog *
ph_posthog_new (PhReading *reading)
{
  PhPosthog *posthog;

  g_return_val_if_fail (reading != NULL, NULL);

  posthog = g_new0 (PhPosthog, 1);
  posthog->reading = reading;
  posthog->events = ph_posthog_events_new (reading);
  posthog->packed = ph_packed_new ();
  posthog->gather = ph_gather_new (ph_reading_get_health (reading));

  return posthog;
}

void
ph_posthog_free (PhPosthog *posthog)
{
  if (posthog == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (posthog->jsons); i++)
    ph_json_free (posthog->jsons[i]);

  ph_posthog_events_free (posthog->events);
  ph_packed_free (posthog->packed);
  ph_gather_free (posthog->gather);
  g_free (posthog->rest_window);
  g_free (posthog);
}

static PhHealth *
get_health (PhPosthog *posthog)
{
  return ph_reading_get_health (posthog->reading);
}

static gboolean
inner_cb (guint path,
          const char *const *names,
          const char *text,
          gsize size,
          gpointer user_data,
          GError **error)
{
  Inner *inner = user_data;
  gboolean is_json = TRUE;

  if (!take (inner->posthog, text, size, inner->window, inner->depth, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_health_add (get_health (inner->posthog), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "an element that is no JSON");

  return TRUE;
}

/* What @text has at @path, each value of it. */
static gboolean
take_inner (PhPosthog *posthog,
            const char *text,
            gsize size,
            const char *path,
            const char *window,
            guint depth,
            GError **error)
{
  const char *const paths[] = { path, NULL };
  Inner inner = { posthog, window, depth + 1 };
  g_autoptr (PhCut) cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, inner_cb, &inner, NULL);

  return ph_cut_feed (cut, text, size, error) && ph_cut_end (cut, error);
}

/* A text of its own that holds events: an array of them, or one. */
static gboolean
take_text (PhPosthog *posthog,
           const char *text,
           gsize size,
           const char *window,
           guint depth,
           GError **error)
{
  gboolean is_json = TRUE;

  if (!take (posthog, text, size, window, depth + 1, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_health_add (get_health (posthog), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "snapshots that are no JSON");

  return TRUE;
}

/* `gzip-base64` is what there was; where nothing is said the text is what it is. */
static gboolean
take_gathered (PhPosthog *posthog,
               const GString *joined,
               gboolean is_packed,
               const char *window,
               guint depth,
               GError **error)
{
  g_autofree guint8 *bytes = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GError) problem = NULL;
  const char *text;
  gsize size = 0;

  if (!is_packed)
    return take_text (posthog, joined->str, joined->len, window, depth, error);

  bytes = g_base64_decode (joined->str, &size);
  text = ph_packed_open_bytes (posthog->packed, bytes, size, &size, &problem);

  if (text == NULL)
    {
      ph_health_add (get_health (posthog), PH_HEALTH_DAMAGED, PH_TIME_NONE, "%s", problem->message);
      return TRUE;
    }

  if (!ph_reading_count_unpacked (posthog->reading, size, error))
    return FALSE;

  /* What is lent is needed again for events packed inside. */
  copy = g_strndup (text, size);

  return take_text (posthog, copy, size, window, depth, error);
}

/* `{"chunk_id":…,"chunk_index":…,"chunk_count":…,"data":"…","compression":"gzip-base64"}` */
static gboolean
take_chunk (PhPosthog *posthog,
            PhJsonValue chunk,
            const char *window,
            guint depth,
            GError **error)
{
  g_autoptr (GString) joined = NULL;
  g_autofree char *name = NULL;
  const char *id = "";
  const char *piece = NULL;
  const char *compression = NULL;
  gint64 index = 0;
  gint64 n = 1;
  gsize size = 0;
  gboolean is_packed;

  if (!ph_json_member_string (chunk, "data", &piece, &size))
    {
      ph_health_add (get_health (posthog), PH_HEALTH_EVENT_INVALID, PH_TIME_NONE,
                     "a piece of snapshots without its data");
      return TRUE;
    }

  ph_json_member_string (chunk, "chunk_id", &id, NULL);
  ph_json_member_string (chunk, "compression", &compression, NULL);
  ph_json_member_int (chunk, "chunk_index", &index);
  ph_json_member_int (chunk, "chunk_count", &n);
  is_packed = compression != NULL && g_str_has_prefix (compression, "gzip");
  name = g_strndup (id, PH_LIMIT_NAME_BYTES);
  joined = ph_gather_add (posthog->gather, name, index, n, piece, size);

  return joined == NULL || take_gathered (posthog, joined, is_packed, window, depth, error);
}

/* What a captured event or a row holds: an event, a list, a piece, or text with one of these. */
static gboolean
take_snapshot_data (PhPosthog *posthog,
                    PhJsonValue data,
                    const char *text,
                    gsize size,
                    const char *path,
                    const char *window,
                    guint depth,
                    GError **error)
{
  g_autofree char *list = NULL;
  g_autofree char *copy = NULL;
  const char *inner = NULL;
  gsize inner_size = 0;

  switch (ph_json_type (data))
    {
    case PH_JSON_ARRAY:
      list = g_strconcat (path, "[]", NULL);
      return take_inner (posthog, text, size, list, window, depth, error);
    case PH_JSON_OBJECT:
      if (ph_json_type (ph_json_member (data, "chunk_id")) != PH_JSON_NONE)
        return take_chunk (posthog, data, window, depth, error);

      return take_inner (posthog, text, size, path, window, depth, error);
    case PH_JSON_STRING:
      ph_json_get_string (data, &inner, &inner_size);
      copy = g_strndup (inner, inner_size);
      return take_text (posthog, copy, inner_size, window, depth, error);
    case PH_JSON_NONE:
    case PH_JSON_NULL:
    case PH_JSON_BOOLEAN:
    case PH_JSON_NUMBER:
      break;
    }

  return TRUE;
}

static char *
dup_member (PhJsonValue object,
            const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *text;
      gint64 number;

      if (ph_json_member_string (object, names[i], &text, NULL) && *text != '\0')
        return g_strndup (text, PH_LIMIT_NAME_BYTES);

      if (ph_json_member_int (object, names[i], &number))
        return g_strdup_printf ("%" G_GINT64_FORMAT, number);
    }

  return NULL;
}

static const char *const window_names[] = { "window_id", "windowId", "$window_id", NULL };

/* `{"event":"$snapshot","properties":{…}}`; other captured events are left out. */
static gboolean
take_capture (PhPosthog *posthog,
              PhJsonValue properties,
              const char *text,
              gsize size,
              guint depth,
              GError **error)
{
  g_autofree char *window = dup_member (properties, window_names);

  ph_posthog_facts_properties (ph_reading_get_facts (posthog->reading), properties);
  ph_posthog_events_note_viewport (posthog->events, properties);

  return take_snapshot_data (posthog, ph_json_member (properties, "$snapshot_data"), text, size,
                             "properties.$snapshot_data", window, depth, error);
}

static gboolean
take_object (PhPosthog *posthog,
             PhJsonValue root,
             const char *text,
             gsize size,
             const char *window,
             guint depth,
             GError **error)
{
  static const char *const row_names[] = { "snapshot_data", "$snapshot_data" };
  static const char *const lists[] = { "data", "batch" };
  PhJsonValue properties = ph_json_member (root, "properties");
  g_autofree char *own_window = dup_member (root, window_names);
  PhEvent event;

  if (ph_event_read (&event, root))
    return ph_posthog_events_take (posthog->events, root, text, size,
                                   window != NULL ? window : posthog->rest_window, error);

  if (depth == MAX_DEPTH)
    return TRUE;

  if (own_window != NULL)
    window = own_window;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (ph_json_type (ph_json_member (root, lists[i])) == PH_JSON_ARRAY)
      return take_inner (posthog, text, size, i == 0 ? "data[]" : "batch[]", window, depth, error);

  if (ph_json_type (properties) == PH_JSON_OBJECT)
    return take_capture (posthog, properties, text, size, depth, error);

  for (guint i = 0; i < G_N_ELEMENTS (row_names); i++)
    {
      PhJsonValue data = ph_json_member (root, row_names[i]);

      if (ph_json_type (data) != PH_JSON_NONE)
        return take_snapshot_data (posthog, data, text, size, row_names[i], window, depth, error);
    }

  ph_health_add (get_health (posthog), PH_HEALTH_EVENT_INVALID, PH_TIME_NONE,
                 "an object that is no event");

  return TRUE;
}

static gboolean
take_array (PhPosthog *posthog,
            const char *text,
            gsize size,
            const char *window,
            guint depth,
            gboolean *is_json,
            GError **error)
{
  g_autofree char *name = NULL;
  const char *rest = NULL;
  gsize rest_size = 0;

  if (depth == MAX_DEPTH)
    return TRUE;

  if (!ph_posthog_read_pair (text, size, &name, &rest, &rest_size))
    return take_inner (posthog, text, size, "[]", window, depth, error);

  return take (posthog, rest, rest_size, name, depth + 1, is_json, error);
}

static gboolean
take (PhPosthog *posthog,
      const char *text,
      gsize size,
      const char *window,
      guint depth,
      gboolean *is_json,
      GError **error)
{
  g_autoptr (GError) problem = NULL;
  PhJsonValue root;

  *is_json = TRUE;

  if (size > 0 && text[0] == '[')
    return take_array (posthog, text, size, window, depth, is_json, error);

  if (posthog->jsons[depth] == NULL)
    posthog->jsons[depth] = ph_json_new ();

  if (!ph_json_parse (posthog->jsons[depth], text, size, &root, &problem))
    {
      *is_json = !g_error_matches (problem, PH_ERROR, PH_ERROR_CORRUPT);

      if (*is_json)
        ph_health_add (get_health (posthog), PH_HEALTH_LIMIT, PH_TIME_NONE, "%s", problem->message);

      return TRUE;
    }

  return take_object (posthog, root, text, size, window, depth, error);
}

gboolean
ph_posthog_take (PhPosthog *posthog,
                 const char *text,
                 gsize size,
                 const char *window,
                 gboolean *is_json,
                 GError **error)
{
  g_return_val_if_fail (posthog != NULL && text != NULL && is_json != NULL, FALSE);

  if (!take (posthog, text, size, window, 0, is_json, error))
    return FALSE;

  if (!*is_json)
    ph_posthog_note_rest (posthog, text, size);

  return TRUE;
}

void
ph_posthog_take_person (PhPosthog *posthog,
                        const char *text,
                        gsize size)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue person;

  g_return_if_fail (posthog != NULL && text != NULL);

  if (ph_json_parse (json, text, size, &person, NULL))
    ph_posthog_facts_person (ph_reading_get_facts (posthog->reading), person);
}

void
ph_posthog_note_rest (PhPosthog *posthog,
                      const char *text,
                      gsize size)
{
  g_return_if_fail (posthog != NULL && text != NULL);

  g_free (posthog->rest_window);
  posthog->rest_window = ph_posthog_dup_window (text, size);
}

void
ph_posthog_end (PhPosthog *posthog)
{
  g_return_if_fail (posthog != NULL);

  ph_gather_end (posthog->gather);
}
