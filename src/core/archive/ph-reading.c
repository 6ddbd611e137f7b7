/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-reading.h"

#include "ph-error.h"
#include "ph-limits.h"
#include "ph-packed.h"
#include "ph-recorder.h"

#include <string.h>

struct _PhReading
{
  PhUnpack *unpack;
  goffset total;
  PhSink sink;
  gpointer user_data;
  PhHealth *health;
  GCancellable *cancellable;

  GByteArray *head; /* bytes peeked at and not pulled yet */
  gsize head_pos;

  PhJson *json;
  PhPacked *packed;   /* NULL while no event was packed */
  guint64 n_unpacked; /* bytes that came out of packed events */
  guint64 n_events;
  const char *recorder;
  PhFacts *facts;
  GPtrArray *windows;
  GHashTable *window_numbers; /* name, owned by windows → number + 1 */
  guint32 last_window;
};

PhReading *
ph_reading_new (PhUnpack *unpack,
                goffset total,
                const PhSink *sink,
                gpointer user_data,
                PhHealth *health,
                GCancellable *cancellable)
{
  PhReading *reading;

  g_return_val_if_fail (unpack != NULL && sink != NULL && sink->event != NULL, NULL);

  reading = g_new0 (PhReading, 1);
  reading->unpack = unpack;
  reading->total = total;
  reading->sink = *sink;
  reading->user_data = user_data;
  reading->health = health;
  g_set_object (&reading->cancellable, cancellable);
  reading->head = g_byte_array_new ();
  reading->json = ph_json_new ();
  reading->facts = ph_facts_new ();
  reading->windows = g_ptr_array_new_with_free_func (g_free);
  reading->window_numbers = g_hash_table_new (g_str_hash, g_str_equal);

  return reading;
}

void
ph_reading_free (PhReading *reading)
{
  if (reading == NULL)
    return;

  g_clear_object (&reading->cancellable);
  g_byte_array_unref (reading->head);
  ph_json_free (reading->json);
  ph_packed_free (reading->packed);
  ph_facts_free (reading->facts);
  g_hash_table_unref (reading->window_numbers);
  g_ptr_array_unref (reading->windows);
  g_free (reading);
}

static gssize
read_some (PhReading *reading,
           void *buffer,
           gsize size,
           GError **error)
{
  gssize n;

  if (g_cancellable_set_error_if_cancelled (reading->cancellable, error))
    return -1;

  n = ph_unpack_read (reading->unpack, buffer, size, reading->cancellable, error);

  if (n >= 0 && reading->sink.progress != NULL)
    {
      goffset done = (goffset) ph_unpack_get_taken (reading->unpack);

      reading->sink.progress (done, MAX (done, reading->total), reading->user_data);
    }

  return n;
}

const char *
ph_reading_peek (PhReading *reading,
                 gsize wanted,
                 gsize *size,
                 GError **error)
{
  g_return_val_if_fail (reading != NULL && reading->head_pos == 0, NULL);

  while (reading->head->len < wanted)
    {
      guint had = reading->head->len;
      gssize n;

      g_byte_array_set_size (reading->head, (guint) wanted);
      n = read_some (reading, reading->head->data + had, wanted - had, error);
      g_byte_array_set_size (reading->head, had + (guint) MAX (n, 0));

      if (n < 0)
        return NULL;

      if (n == 0)
        break;
    }

  *size = reading->head->len;

  return reading->head->len > 0 ? (const char *) reading->head->data : "";
}

gssize
ph_reading_pull (PhReading *reading,
                 void *buffer,
                 gsize size,
                 GError **error)
{
  g_return_val_if_fail (reading != NULL && size > 0, -1);

  if (reading->head_pos < reading->head->len)
    {
      size = MIN (size, reading->head->len - reading->head_pos);
      memcpy (buffer, reading->head->data + reading->head_pos, size);
      reading->head_pos += size;
      return (gssize) size;
    }

  return read_some (reading, buffer, size, error);
}

/* A window's name out of an event: a string or a number, of bounded length. NULL: none. */
static char *
get_window_name (PhJsonValue root)
{
  static const char *const members[] = { "windowId", "window_id" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text;
      gint64 number;

      if (ph_json_member_string (root, members[i], &text, NULL) && *text != '\0')
        {
          const char *end = text + strnlen (text, PH_LIMIT_NAME_BYTES + 1);

          if (end - text > PH_LIMIT_NAME_BYTES)
            end = g_utf8_find_prev_char (text, end);

          return g_strndup (text, (gsize) (end - text));
        }

      if (ph_json_member_int (root, members[i], &number))
        return g_strdup_printf ("%" G_GINT64_FORMAT, number);
    }

  return NULL;
}

static void
add_window (PhReading *reading,
            char *name)
{
  g_ptr_array_add (reading->windows, name);
  g_hash_table_insert (reading->window_numbers, name, GUINT_TO_POINTER (reading->windows->len));
}

/*
 * An event that names no window belongs to the one before it; a first window
 * without a name takes the first name that comes.
 */
static guint32
find_window (PhReading *reading,
             const char *given,
             PhJsonValue root)
{
  g_autofree char *name = given != NULL ? g_strdup (given) : get_window_name (root);
  guint number;

  if (name == NULL && reading->windows->len == 0)
    name = g_strdup ("");

  if (name == NULL)
    return reading->last_window;

  number = GPOINTER_TO_UINT (g_hash_table_lookup (reading->window_numbers, name));

  if (number > 0)
    return reading->last_window = number - 1;

  if (reading->windows->len == 1 && strcmp (reading->windows->pdata[0], "") == 0)
    {
      g_hash_table_remove_all (reading->window_numbers);
      g_ptr_array_set_size (reading->windows, 0);
    }
  else if (reading->windows->len == PH_LIMIT_WINDOWS)
    {
      ph_health_add (reading->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                     "more than %d windows: “%s” is shown as the first", PH_LIMIT_WINDOWS,
                     name);
      return reading->last_window = 0;
    }

  add_window (reading, g_steal_pointer (&name));

  return reading->last_window = reading->windows->len - 1;
}

/*
 * Puts the text of the event in the string @text in its place. NULL for what
 * holds none: @problem says why, or @error that reading has to stop.
 */
static const char *
open_packed (PhReading *reading,
             const char *text,
             gsize *size,
             GError **problem,
             GError **error)
{
  if (reading->packed == NULL)
    reading->packed = ph_packed_new ();

  text = ph_packed_open (reading->packed, text, *size, size, problem);

  if (text == NULL)
    return NULL;

  reading->n_unpacked += *size;

  if (reading->n_unpacked <= PH_LIMIT_UNPACK_FREE ||
      reading->n_unpacked / PH_LIMIT_UNPACK_RATIO <= ph_unpack_get_taken (reading->unpack))
    return text;

  g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE,
               "Its packed events unpack to more than %d times its size", PH_LIMIT_UNPACK_RATIO);

  return NULL;
}

/* What cannot be read is for the reader when it is no JSON, else a finding. */
static void
leave_out (PhReading *reading,
           const GError *problem,
           gboolean *is_json)
{
  *is_json = !g_error_matches (problem, PH_ERROR, PH_ERROR_CORRUPT);

  if (*is_json)
    ph_health_add (reading->health, PH_HEALTH_LIMIT, PH_TIME_NONE, "%s", problem->message);
}

gboolean
ph_reading_emit (PhReading *reading,
                 const char *text,
                 gsize size,
                 const char *window,
                 gboolean *is_json,
                 GError **error)
{
  g_autoptr (GError) problem = NULL;
  PhEvent event = {};
  PhJsonValue root;

  g_return_val_if_fail (reading != NULL && is_json != NULL, FALSE);

  *is_json = TRUE;

  if (size > 0 && text[0] == '"')
    text = open_packed (reading, text, &size, &problem, error);

  if (text == NULL && problem == NULL)
    return FALSE;

  if (text == NULL || !ph_json_parse (reading->json, text, size, &root, &problem))
    {
      leave_out (reading, problem, is_json);
      return TRUE;
    }

  if (!ph_event_read (&event, root))
    {
      ph_health_add (reading->health, PH_HEALTH_EVENT_INVALID, PH_TIME_NONE, "%s",
                     ph_json_type (root) == PH_JSON_OBJECT ? "an object without type or timestamp"
                                                           : "a list where an event should be");
      return TRUE;
    }

  if (reading->recorder == NULL)
    reading->recorder = ph_recorder_guess (&event, root);

  event.window = find_window (reading, window, root);
  event.order = reading->n_events++;
  event.text = text;
  event.size = size;

  return reading->sink.event (&event, root, reading->user_data, error);
}

PhHealth *
ph_reading_get_health (PhReading *reading)
{
  g_return_val_if_fail (reading != NULL, NULL);

  return reading->health;
}

guint64
ph_reading_get_n_events (PhReading *reading)
{
  g_return_val_if_fail (reading != NULL, 0);

  return reading->n_events;
}

const char *
ph_reading_get_recorder (PhReading *reading)
{
  g_return_val_if_fail (reading != NULL, NULL);

  return reading->recorder;
}

PhFacts *
ph_reading_get_facts (PhReading *reading)
{
  g_return_val_if_fail (reading != NULL, NULL);

  return reading->facts;
}

GPtrArray *
ph_reading_get_windows (PhReading *reading)
{
  g_return_val_if_fail (reading != NULL, NULL);

  return reading->windows;
}
