/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-posthog-events.h"

#include "ph-cv.h"
#include "ph-hash.h"
#include "ph-json-write.h"
#include "ph-limits.h"
#include "ph-posthog-facts.h"
#include "ph-wireframe.h"

#include <string.h>

/* How many events back one that comes twice is known. */
#define MAX_SEEN 8192

/* Memory over this is given back by the event after the one that took it. */
#define KEEP_BYTES ((gsize) 8 * 1024 * 1024)

typedef struct
{
  int width, height; /* 0: not known yet */
  PhWireframe *app;  /* NULL while no screen of one was seen */
} Window;

typedef enum
{
  OPENED_READY,
  OPENED_LOST,
  OPENED_FAILED,
} Opened;

struct _PhPosthogEvents
{
  PhReading *reading;
  PhPacked *packed;
  PhJson *opened; /* of an event without its packing */
  GString *out;
  GString *page; /* what an event of an app becomes */
  gboolean has_apps;
  GHashTable *windows; /* name → Window */
  int width, height;   /* the viewport that was told last, of whatever window */

  GHashTable *seen; /* guint64, in seen_order */
  guint64 seen_order[MAX_SEEN];
  guint n_seen;
};

static void
free_window (Window *window)
{
  ph_wireframe_free (window->app);
  g_free (window);
}

PhPosthogEvents *
ph_posthog_events_new (PhReading *reading)
{
  PhPosthogEvents *events;

  g_return_val_if_fail (reading != NULL, NULL);

  events = g_new0 (PhPosthogEvents, 1);
  events->reading = reading;
  events->packed = ph_packed_new ();
  events->opened = ph_json_new ();
  events->out = g_string_new (NULL);
  events->page = g_string_new (NULL);
  events->windows = g_hash_table_new_full (ph_hash_text, g_str_equal, g_free,
                                           (GDestroyNotify) free_window);
  events->seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  return events;
}

void
ph_posthog_events_free (PhPosthogEvents *events)
{
  if (events == NULL)
    return;

  ph_packed_free (events->packed);
  ph_json_free (events->opened);
  g_string_free (events->out, TRUE);
  g_string_free (events->page, TRUE);
  g_hash_table_unref (events->windows);
  g_hash_table_unref (events->seen);
  g_free (events);
}

static PhHealth *
get_health (PhPosthogEvents *events)
{
  return ph_reading_get_health (events->reading);
}

static gboolean
read_size (PhJsonValue object,
           const char *width_name,
           const char *height_name,
           int *width,
           int *height)
{
  gint64 w = 0;
  gint64 h = 0;

  if (!ph_json_member_int (object, width_name, &w) ||
      !ph_json_member_int (object, height_name, &h) || w <= 0 || h <= 0 ||
      w > PH_LIMIT_VIEWPORT || h > PH_LIMIT_VIEWPORT)
    return FALSE;

  *width = (int) w;
  *height = (int) h;

  return TRUE;
}

void
ph_posthog_events_note_viewport (PhPosthogEvents *events,
                                 PhJsonValue properties)
{
  g_return_if_fail (events != NULL);

  read_size (properties, "$viewport_width", "$viewport_height", &events->width, &events->height);
}

/* FNV-1a, eight bytes at a time; the tail byte by byte. */
static guint64
hash_text (const char *text,
           gsize size,
           guint64 hash)
{
  for (; size >= 8; text += 8, size -= 8)
    {
      guint64 word;

      memcpy (&word, text, 8);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
    }

  for (; size > 0; text++, size--)
    hash = (hash ^ (guint8) *text) * G_GUINT64_CONSTANT (0x100000001b3);

  return hash;
}

/* Parts of a session that were fetched or sent again overlap: the same text, time and all. */
static gboolean
is_seen (PhPosthogEvents *events,
         const char *text,
         gsize size,
         const char *window)
{
  guint64 hash = hash_text (text, size, size);
  guint64 *place = &events->seen_order[events->n_seen % MAX_SEEN];

  if (window != NULL)
    hash = hash_text (window, strlen (window), hash);

  if (g_hash_table_contains (events->seen, &hash))
    return TRUE;

  if (events->n_seen >= MAX_SEEN)
    g_hash_table_remove (events->seen, place);

  *place = hash;
  g_hash_table_add (events->seen, place);
  events->n_seen++;

  /* Goes on round the ring, never back to what counts as not full. */
  if (events->n_seen == 2 * MAX_SEEN)
    events->n_seen = MAX_SEEN;

  return FALSE;
}

/* What the event is told to be of: a window of ours has a state for each. */
static Window *
find_window (PhPosthogEvents *events,
             const char *window,
             PhJsonValue root)
{
  static const char *const members[] = { "windowId", "window_id" };
  g_autofree char *name = g_strdup (window);
  Window *found;

  for (guint i = 0; name == NULL && i < G_N_ELEMENTS (members); i++)
    {
      const char *text;
      gint64 number;

      if (ph_json_member_string (root, members[i], &text, NULL))
        name = g_strndup (text, PH_LIMIT_NAME_BYTES);
      else if (ph_json_member_int (root, members[i], &number))
        name = g_strdup_printf ("%" G_GINT64_FORMAT, number);
    }

  if (name == NULL || (g_hash_table_size (events->windows) >= PH_LIMIT_WINDOWS &&
                       !g_hash_table_contains (events->windows, name)))
    {
      g_free (name);
      name = g_strdup ("");
    }

  found = g_hash_table_lookup (events->windows, name);

  if (found == NULL)
    {
      found = g_new0 (Window, 1);
      g_hash_table_insert (events->windows, g_steal_pointer (&name), found);
    }

  return found;
}

static void
note_no_json (PhPosthogEvents *events)
{
  ph_health_add (get_health (events), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                 "an event whose packed members are no JSON");
}

static gboolean
emit (PhPosthogEvents *events,
      const char *text,
      gsize size,
      const char *window,
      GError **error)
{
  gboolean is_json = TRUE;

  if (!ph_reading_emit (events->reading, text, size, window, &is_json, error))
    return FALSE;

  if (!is_json)
    note_no_json (events);

  return TRUE;
}

/* A page that nobody has told the size of yet is as large as what was told last of any. */
static gboolean
add_meta (PhPosthogEvents *events,
          const PhEvent *event,
          PhJsonValue root,
          const char *window,
          GError **error)
{
  g_autoptr (GString) meta = g_string_new ("{\"type\":4,\"data\":{\"href\":\"\"");
  static const char *const members[] = { "windowId", "window_id" };

  g_string_append_printf (meta, ",\"width\":%d,\"height\":%d},\"timestamp\":", events->width,
                          events->height);
  ph_json_write_value (meta, ph_json_member (root, "timestamp"));

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      PhJsonValue value = ph_json_member (root, members[i]);

      if (ph_json_type (value) == PH_JSON_NONE)
        continue;

      g_string_append_c (meta, ',');
      ph_json_write_key (meta, members[i]);
      ph_json_write_value (meta, value);
    }

  g_string_append_c (meta, '}');

  return emit (events, meta->str, meta->len, window, error);
}

static gboolean
follow_viewport (PhPosthogEvents *events,
                 const PhEvent *event,
                 PhJsonValue root,
                 const char *window,
                 GError **error)
{
  PhJsonValue data = ph_json_member (root, "data");
  gint64 width = 0;
  gint64 height = 0;
  Window *state;

  if (event->type != PH_EVENT_META && event->type != PH_EVENT_FULL_SNAPSHOT &&
      event->source != PH_SOURCE_VIEWPORT_RESIZE)
    return TRUE;

  state = find_window (events, window, root);

  if (event->type != PH_EVENT_FULL_SNAPSHOT)
    {
      if (read_size (data, "width", "height", &state->width, &state->height))
        {
          events->width = state->width;
          events->height = state->height;
        }

      return TRUE;
    }

  if (state->width > 0)
    return TRUE;

  if (ph_wireframe_get_size (root, &width, &height) && width <= PH_LIMIT_VIEWPORT &&
      height <= PH_LIMIT_VIEWPORT)
    {
      events->width = (int) width;
      events->height = (int) height;
    }

  if (events->width == 0)
    return TRUE;

  state->width = events->width;
  state->height = events->height;

  return add_meta (events, event, root, window, error);
}

static void
give_back (GString **string)
{
  if ((*string)->allocated_len <= KEEP_BYTES)
    return;

  g_string_free (*string, TRUE);
  *string = g_string_new (NULL);
}

/* Puts the event without packing in the place of @text. */
static Opened
open_packed (PhPosthogEvents *events,
             PhJsonValue *root,
             const char **text,
             gsize *size,
             GError **error)
{
  gsize unpacked = 0;
  PhCvResult result;

  give_back (&events->out);
  result = ph_cv_open (events->packed, *root, events->out, &unpacked, get_health (events));

  if (result == PH_CV_PLAIN)
    return OPENED_READY;

  if (!ph_reading_count_unpacked (events->reading, unpacked, error))
    return OPENED_FAILED;

  if (result == PH_CV_LOST)
    return OPENED_LOST;

  *text = events->out->str;
  *size = events->out->len;

  if (ph_json_parse (events->opened, *text, *size, root, NULL))
    return OPENED_READY;

  note_no_json (events);

  return OPENED_LOST;
}

/* Whether the event is of an app, and what it becomes is in @events->page. */
static gboolean
draw_app (PhPosthogEvents *events,
          const PhEvent *event,
          PhJsonValue root,
          const char *window)
{
  gboolean is_one = ph_wireframe_is_one (event, root);
  Window *state;

  if (!is_one && !events->has_apps)
    return FALSE;

  state = find_window (events, window, root);

  if (state->app == NULL && !is_one)
    return FALSE;

  if (state->app == NULL)
    state->app = ph_wireframe_new ();

  events->has_apps = TRUE;
  give_back (&events->page);

  return ph_wireframe_translate (state->app, event, root, events->page);
}

gboolean
ph_posthog_events_take (PhPosthogEvents *events,
                        PhJsonValue root,
                        const char *text,
                        gsize size,
                        const char *window,
                        GError **error)
{
  PhEvent event = { 0 };

  g_return_val_if_fail (events != NULL && text != NULL, FALSE);

  if (!ph_event_read (&event, root) || is_seen (events, text, size, window))
    return TRUE;

  ph_posthog_facts_event (ph_reading_get_facts (events->reading), &event, root);

  switch (open_packed (events, &root, &text, &size, error))
    {
    case OPENED_READY:
      break;
    case OPENED_LOST:
      return TRUE;
    case OPENED_FAILED:
      return FALSE;
    }

  if (!follow_viewport (events, &event, root, window, error))
    return FALSE;

  if (draw_app (events, &event, root, window))
    return emit (events, events->page->str, events->page->len, window, error);

  return emit (events, text, size, window, error);
}
