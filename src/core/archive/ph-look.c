/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-look.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <string.h>

/* Enough to know when it began, and whether it is a page that it begins with. */
#define MAX_EVENTS 64
#define MAX_BYTES ((goffset) 16 * 1024 * 1024)

typedef struct
{
  PhLook *look;
  GCancellable *cancellable; /* of whoever asked, or NULL */
  GCancellable *enough;
  guint n_events;
  gboolean is_decided; /* whether it begins with a page */
} Looking;

static char *
dup_label (const char *text)
{
  gsize size = strnlen (text, PH_LIMIT_URL_BYTES);

  return g_utf8_make_valid (text, (gssize) size);
}

/* Recorders that write several sessions to one place put its name on the event. */
static void
read_session (PhLook *look,
              PhJsonValue root)
{
  static const char *const members[] = { "sessionId", "session_id", "$session_id" };
  const char *text;

  for (guint i = 0; i < G_N_ELEMENTS (members) && look->session == NULL; i++)
    if (ph_json_member_string (root, members[i], &text, NULL) && *text != '\0')
      look->session = dup_label (text);
}

static void
read_address (PhLook *look,
              PhJsonValue root)
{
  const char *text;

  if (look->address == NULL &&
      ph_json_member_string (ph_json_member (root, "data"), "href", &text, NULL))
    look->address = dup_label (text);
}

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Looking *looking = user_data;
  PhLook *look = looking->look;

  if (look->begin == PH_TIME_NONE || event->timestamp < look->begin)
    look->begin = event->timestamp;

  read_session (look, root);

  if (event->type == PH_EVENT_META)
    read_address (look, root);

  if (!looking->is_decided &&
      (event->type == PH_EVENT_META || event->type == PH_EVENT_FULL_SNAPSHOT ||
       event->type == PH_EVENT_INCREMENTAL))
    {
      looking->is_decided = TRUE;
      look->has_page = event->type != PH_EVENT_INCREMENTAL;
    }

  if (++looking->n_events == MAX_EVENTS || event->type == PH_EVENT_FULL_SNAPSHOT)
    g_cancellable_cancel (looking->enough);

  return !g_cancellable_set_error_if_cancelled (looking->enough, error);
}

static void
progress_cb (goffset done,
             goffset total,
             gpointer user_data)
{
  Looking *looking = user_data;

  if (done > MAX_BYTES || g_cancellable_is_cancelled (looking->cancellable))
    g_cancellable_cancel (looking->enough);
}

static void
take_session (PhLook *look,
              const PhFacts *facts)
{
  for (guint i = 0; i < ph_facts_get_n (facts, PH_FACT_PROPERTY); i++)
    if (look->session == NULL &&
        strcmp (ph_facts_get_name (facts, PH_FACT_PROPERTY, i), "session_id") == 0)
      look->session = ph_facts_dup_text (facts, PH_FACT_PROPERTY, i);
}

/* Reads until enough is known; what goes wrong then is of no interest when an event came. */
static gboolean
read_some (Looking *looking,
           PhReading *reading,
           GError **error)
{
  PhLook *look = looking->look;
  gsize size = 0;
  const char *head = ph_reading_peek (reading, PH_READER_HEAD_SIZE, &size, error);

  if (head == NULL)
    return FALSE;

  look->is_bundle = ph_bundle_is_head (head, size);

  if (look->is_bundle)
    return TRUE;

  look->reader = ph_reader_find (head, size, size < PH_READER_HEAD_SIZE, NULL);

  if (look->reader == NULL)
    {
      look->problem = ph_reader_explain (head, size);
      return TRUE;
    }

  if (!look->reader->read (reading, error) && !g_cancellable_is_cancelled (looking->enough))
    return FALSE;

  take_session (look, ph_reading_get_facts (reading));
  g_clear_error (error);

  /* An event so long that it was not read to its end is left to whoever reads all. */
  if (looking->n_events == 0 && !g_cancellable_is_cancelled (looking->enough))
    {
      look->reader = NULL;
      look->problem = g_error_new_literal (PH_ERROR, PH_ERROR_CORRUPT,
                                           "It has no event that can be read");
    }

  look->has_page |= looking->n_events == 0;

  return TRUE;
}

gboolean
ph_look_at (PhLook *look,
            GInputStream *stream,
            goffset bytes,
            GCancellable *cancellable,
            GError **error)
{
  static const PhSink sink = { event_cb, progress_cb };
  g_autoptr (PhUnpack) unpack = NULL;
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (GCancellable) enough = g_cancellable_new ();
  g_autoptr (PhReading) reading = NULL;
  g_autoptr (GError) problem = NULL;
  Looking looking = { .look = look, .cancellable = cancellable, .enough = enough };

  g_return_val_if_fail (look != NULL && G_IS_INPUT_STREAM (stream), FALSE);

  *look = (PhLook) { .begin = PH_TIME_NONE };
  unpack = ph_unpack_new (stream);
  reading = ph_reading_new (unpack, bytes, &sink, &looking, health, enough);
  read_some (&looking, reading, &problem);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (problem == NULL)
    return TRUE;

  /* What it holds is its own trouble; a stream that fails is everybody's. */
  if (problem->domain != PH_ERROR && !g_cancellable_is_cancelled (enough))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  if (looking.n_events == 0)
    {
      look->reader = NULL;
      look->problem = g_steal_pointer (&problem);
    }

  return TRUE;
}

void
ph_look_clear (PhLook *look)
{
  g_clear_error (&look->problem);
  g_clear_pointer (&look->session, g_free);
  g_clear_pointer (&look->address, g_free);
}
