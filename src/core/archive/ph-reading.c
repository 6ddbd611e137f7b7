/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-reading.h"

#include "ph-error.h"
#include "ph-limits.h"
#include "ph-packed.h"
#include "ph-reader.h"
#include "ph-recorder.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where bytes come from: the archive itself, or an archive inside of it that is being read. */
typedef struct
{
  PhUnpack *unpack;
  GByteArray *head; /* bytes peeked at and not pulled yet */
  gsize head_pos;
  char *window; /* of events that name none, or NULL */
} Source;

struct _PhReading
{
  Source sources[1 + PH_LIMIT_NESTED];
  guint n_sources;
  gboolean has_root; /* the first source is the archive itself */
  goffset total;
  guint64 allowance; /* without a root: how large the file is */
  guint64 n_done;    /* without a root: bytes of the archives inside that were read */
  guint64 n_nested;  /* bytes that came out of archives inside */
  gboolean is_over;  /* the sink said so, or a limit over all was reached */
  gboolean is_full;  /* it was the limit */
  PhSink sink;
  gpointer user_data;
  PhHealth *health;
  GCancellable *cancellable;

  PhJson *json;
  PhPacked *packed;   /* NULL while no event was packed */
  guint64 n_unpacked; /* bytes that came out of packed events */
  guint64 n_emitted;  /* bytes of events, as they were handed on */
  guint64 n_events;
  gint64 first, last; /* of their times */
  const char *recorder;
  PhFacts *facts;
  GPtrArray *windows;
  GHashTable *window_numbers; /* name, owned by windows → number + 1 */
  guint32 last_window;
};

static Source *
get_source (PhReading *reading)
{
  return &reading->sources[reading->n_sources - 1];
}

static void
add_source (PhReading *reading,
            PhUnpack *unpack,
            const char *window)
{
  Source *source = &reading->sources[reading->n_sources++];

  source->unpack = unpack;
  source->head = g_byte_array_new ();
  source->head_pos = 0;
  source->window = g_strdup (window);
}

static void
drop_source (PhReading *reading)
{
  Source *source = get_source (reading);

  g_byte_array_unref (source->head);
  g_free (source->window);

  if (reading->n_sources > 1 || !reading->has_root)
    ph_unpack_free (source->unpack);

  reading->n_sources--;
}

PhReading *
ph_reading_new (PhUnpack *unpack,
                goffset total,
                const PhSink *sink,
                gpointer user_data,
                PhHealth *health,
                GCancellable *cancellable)
{
  PhReading *reading;

  g_return_val_if_fail (sink != NULL && sink->event != NULL, NULL);

  reading = g_new0 (PhReading, 1);
  reading->has_root = unpack != NULL;
  reading->total = total;
  reading->allowance = (guint64) MAX (total, 0);
  reading->sink = *sink;
  reading->user_data = user_data;
  reading->health = health;
  g_set_object (&reading->cancellable, cancellable);

  if (unpack != NULL)
    add_source (reading, unpack, NULL);

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

  while (reading->n_sources > 0)
    drop_source (reading);

  ph_json_free (reading->json);
  ph_packed_free (reading->packed);
  ph_facts_free (reading->facts);
  g_hash_table_unref (reading->window_numbers);
  g_ptr_array_unref (reading->windows);
  g_free (reading);
}

/* How many bytes of the file itself have been read, or may have been. */
static guint64
get_taken (PhReading *reading)
{
  return reading->has_root ? ph_unpack_get_taken (reading->sources[0].unpack) : reading->allowance;
}

/* However archives are packed into each other, all that comes out is bounded by the file. */
static gboolean
check_ratio (PhReading *reading,
             guint64 n_out,
             const char *what,
             GError **error)
{
  if (n_out <= PH_LIMIT_UNPACK_FREE || n_out / PH_LIMIT_UNPACK_RATIO <= get_taken (reading))
    return TRUE;

  g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "%s to more than %d times its size", what,
               PH_LIMIT_UNPACK_RATIO);
  reading->is_over = TRUE;
  reading->is_full = TRUE;

  return FALSE;
}

static void
tell_progress (PhReading *reading)
{
  goffset done = (goffset) (reading->n_done + ph_unpack_get_taken (reading->sources[0].unpack));

  if (reading->sink.progress != NULL)
    reading->sink.progress (done, MAX (done, reading->total), reading->user_data);
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

  n = ph_unpack_read (get_source (reading)->unpack, buffer, size, reading->cancellable, error);

  if (n < 0)
    return -1;

  tell_progress (reading);

  if (reading->n_sources > 1 || !reading->has_root)
    reading->n_nested += (guint64) n;

  return check_ratio (reading, reading->n_nested, "What is in the file unpacks", error) ? n : -1;
}

const char *
ph_reading_peek (PhReading *reading,
                 gsize wanted,
                 gsize *size,
                 GError **error)
{
  Source *source;

  g_return_val_if_fail (reading != NULL && reading->n_sources > 0, NULL);

  source = get_source (reading);

  g_return_val_if_fail (source->head_pos == 0, NULL);

  while (source->head->len < wanted)
    {
      guint had = source->head->len;
      gssize n;

      g_byte_array_set_size (source->head, (guint) wanted);
      n = read_some (reading, source->head->data + had, wanted - had, error);
      g_byte_array_set_size (source->head, had + (guint) MAX (n, 0));

      if (n < 0)
        return NULL;

      if (n == 0)
        break;
    }

  *size = source->head->len;

  return source->head->len > 0 ? (const char *) source->head->data : "";
}

gssize
ph_reading_pull (PhReading *reading,
                 void *buffer,
                 gsize size,
                 GError **error)
{
  Source *source;

  g_return_val_if_fail (reading != NULL && reading->n_sources > 0 && size > 0, -1);

  source = get_source (reading);

  if (source->head_pos < source->head->len)
    {
      size = MIN (size, source->head->len - source->head_pos);
      memcpy (buffer, source->head->data + source->head_pos, size);
      source->head_pos += size;
      return (gssize) size;
    }

  return read_some (reading, buffer, size, error);
}

/* The packing's own troubles. One that merely ends early has been told of by the reader. */
static void
add_findings (PhHealth *health,
              PhUnpack *unpack)
{
  const char *packing = ph_unpack_get_packing (unpack);

  switch (ph_unpack_get_condition (unpack))
    {
    case PH_UNPACK_WHOLE:
      break;
    case PH_UNPACK_TRUNCATED:
      if (ph_health_count (health, PH_HEALTH_TRUNCATED) == 0)
        ph_health_add (health, PH_HEALTH_TRUNCATED, PH_TIME_NONE, "the %s data ends in the middle",
                       packing);
      break;
    case PH_UNPACK_DAMAGED:
      ph_health_add (health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "the %s data is damaged", packing);
      break;
    case PH_UNPACK_TRAILING:
      ph_health_add (health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "other bytes follow the %s data",
                     packing);
      break;
    }
}

/*
 * @doubt becomes what to say should the reader find no event, when it was not
 * sure that the archive is its own.
 */
static const PhReader *
find_reader (PhReading *reading,
             GError **doubt,
             GError **error)
{
  PhUnpack *unpack = get_source (reading)->unpack;
  const PhReader *reader;
  PhUnpackCondition condition;
  PhRank rank = PH_RANK_NONE;
  const char *head;
  gsize size = 0;

  head = ph_reading_peek (reading, PH_READER_HEAD_SIZE, &size, error);

  if (head == NULL)
    return NULL;

  reader = ph_reader_find (head, size, size < PH_READER_HEAD_SIZE, &rank);

  if (rank < PH_RANK_CERTAIN)
    *doubt = ph_reader_explain (head, size);

  if (reader != NULL)
    return reader;

  condition = ph_unpack_get_condition (unpack);

  if (condition == PH_UNPACK_TRUNCATED || condition == PH_UNPACK_DAMAGED)
    g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "Its %s data is %s near the beginning",
                 ph_unpack_get_packing (unpack),
                 condition == PH_UNPACK_TRUNCATED ? "cut off" : "damaged");
  else
    g_propagate_error (error, g_steal_pointer (doubt));

  return NULL;
}

/*
 * Why there is not one event in an archive that a reader took. @doubt is what to
 * say when the reader was not sure that it is its own, else NULL.
 */
static void
set_no_events (GError **error,
               PhHealth *health,
               GError *doubt)
{
  if (ph_health_count (health, PH_HEALTH_EVENT_TOO_LARGE) > 0)
    g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "Its events are longer than %d MB",
                 (int) (PH_LIMIT_EVENT_BYTES >> 20));
  else if (ph_health_count (health, PH_HEALTH_LIMIT) > 0)
    g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "Its events nest deeper than %d levels",
                 PH_LIMIT_JSON_DEPTH);
  else if (doubt != NULL && ph_health_count (health, PH_HEALTH_TRUNCATED) == 0)
    g_propagate_error (error, g_error_copy (doubt));
  else
    g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                         N_ ("It has no event that can be read"));
}

gboolean
ph_reading_cut (PhReading *reading,
                GError **error)
{
  g_return_val_if_fail (reading != NULL && error != NULL && *error != NULL, FALSE);

  if (!reading->is_full || reading->n_events == 0)
    return FALSE;

  ph_health_add (reading->health, PH_HEALTH_LIMIT, PH_TIME_NONE, "%s; the rest was left out",
                 (*error)->message);
  g_clear_error (error);

  return TRUE;
}

/* The outermost archive decides whether it ends there: those inside cannot tell what is left. */
static gboolean
is_outermost (PhReading *reading)
{
  return reading->has_root && reading->n_sources == 1;
}

const char *
ph_reading_run (PhReading *reading,
                GError **error)
{
  g_autoptr (GError) doubt = NULL;
  g_autoptr (GError) problem = NULL;
  guint64 had;
  const PhReader *reader;

  g_return_val_if_fail (reading != NULL && reading->n_sources > 0, NULL);

  had = reading->n_events;
  reader = find_reader (reading, &doubt, error);

  if (reader == NULL)
    return NULL;

  if (!reader->read (reading, &problem) &&
      !(is_outermost (reading) && ph_reading_cut (reading, &problem)))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  if (reading->n_events == had)
    {
      set_no_events (error, reading->health, doubt);
      return NULL;
    }

  add_findings (reading->health, get_source (reading)->unpack);

  return reader->name;
}

gboolean
ph_reading_enter (PhReading *reading,
                  GInputStream *stream,
                  const char *window,
                  GError **error)
{
  g_return_val_if_fail (reading != NULL && G_IS_INPUT_STREAM (stream), FALSE);

  if (reading->n_sources == G_N_ELEMENTS (reading->sources))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE,
                   "Archives are inside each other more than %d times", PH_LIMIT_NESTED);
      return FALSE;
    }

  add_source (reading, ph_unpack_new (stream), window);

  return TRUE;
}

void
ph_reading_leave (PhReading *reading)
{
  g_return_if_fail (reading != NULL);
  g_return_if_fail (reading->n_sources > (reading->has_root ? 1 : 0));

  if (reading->n_sources == 1)
    reading->n_done += ph_unpack_get_taken (reading->sources[0].unpack);

  drop_source (reading);
}

const char *
ph_reading_read_nested (PhReading *reading,
                        GInputStream *stream,
                        const char *window,
                        GError **error)
{
  const char *format;

  if (!ph_reading_enter (reading, stream, window, error))
    return NULL;

  format = ph_reading_run (reading, error);
  ph_reading_leave (reading);

  return format;
}

gboolean
ph_reading_excuse (PhReading *reading,
                   const char *name,
                   GError **error)
{
  g_return_val_if_fail (reading != NULL && name != NULL, FALSE);
  g_return_val_if_fail (error != NULL && *error != NULL, FALSE);

  if (reading->is_over || (*error)->domain != PH_ERROR)
    return FALSE;

  ph_health_add (reading->health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "%s was left out: %s", name,
                 (*error)->message);
  g_clear_error (error);

  return TRUE;
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

  for (guint i = reading->n_sources; name == NULL && i-- > 0;)
    name = g_strdup (reading->sources[i].window);

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

gboolean
ph_reading_count_unpacked (PhReading *reading,
                           gsize size,
                           GError **error)
{
  g_return_val_if_fail (reading != NULL, FALSE);

  reading->n_unpacked += size;

  return check_ratio (reading, reading->n_unpacked, "Its packed events unpack", error);
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

  return ph_reading_count_unpacked (reading, *size, error) ? text : NULL;
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

  /* A reader that tells anew what a few bytes refer to is bounded like what is packed. */
  reading->n_emitted += size;

  if (!check_ratio (reading, reading->n_emitted, "Its events grow", error))
    return FALSE;

  if (reading->recorder == NULL)
    reading->recorder = ph_recorder_guess (&event, root);

  if (reading->n_events == 0)
    reading->first = reading->last = event.timestamp;

  reading->first = MIN (reading->first, event.timestamp);
  reading->last = MAX (reading->last, event.timestamp);
  event.window = find_window (reading, window, root);
  event.order = reading->n_events++;
  event.text = text;
  event.size = size;

  if (reading->sink.event (&event, root, reading->user_data, error))
    return TRUE;

  reading->is_over = TRUE;

  return FALSE;
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

gboolean
ph_reading_get_times (PhReading *reading,
                      gint64 *first,
                      gint64 *last)
{
  g_return_val_if_fail (reading != NULL && first != NULL && last != NULL, FALSE);

  *first = reading->first;
  *last = reading->last;

  return reading->n_events > 0;
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
