/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-order.h"

#include "ph-error.h"
#include "ph-hash.h"

#include <string.h>

/* A page has at most 128 payloads, a session 128 pages (clarity-js: PayloadLimit, PageLimit). */
#define MAX_SESSIONS 1000

typedef struct
{
  guint session; /* in the order they first came */
  gint64 page;
  gint64 sequence;
} Place;

typedef struct
{
  Place place;
  guint64 arrival;
  gsize size;
  char text[];
} Waiting;

struct _PhClarityOrder
{
  PhClaritySession *session;
  gsize max_bytes;
  PhHealth *health;
  PhJson *json;
  GHashTable *sessions; /* name → number + 1 */
  GSequence *waiting;
  gsize n_bytes;
  guint64 n_arrived;
  gboolean has_begun;
  gboolean page_has_ended;
  Place last;
};

PhClarityOrder *
ph_clarity_order_new (PhClaritySession *session,
                      gsize max_bytes,
                      PhHealth *health)
{
  PhClarityOrder *order = g_new0 (PhClarityOrder, 1);

  order->session = session;
  order->max_bytes = max_bytes;
  order->health = health;
  order->json = ph_json_new ();
  order->sessions = g_hash_table_new_full (ph_hash_text, g_str_equal, g_free, NULL);
  order->waiting = g_sequence_new (g_free);

  return order;
}

void
ph_clarity_order_free (PhClarityOrder *order)
{
  if (order == NULL)
    return;

  g_sequence_free (order->waiting);
  g_hash_table_unref (order->sessions);
  ph_json_free (order->json);
  g_free (order);
}

static int
compare_numbers (gint64 a,
                 gint64 b)
{
  return a < b ? -1 : a > b;
}

static int
compare_places (const Place *a,
                const Place *b)
{
  int result = compare_numbers (a->session, b->session);

  if (result == 0)
    result = compare_numbers (a->page, b->page);

  return result != 0 ? result : compare_numbers (a->sequence, b->sequence);
}

static int
compare_waiting (gconstpointer a,
                 gconstpointer b,
                 gpointer user_data)
{
  const Waiting *one = a, *other = b;
  int result = compare_places (&one->place, &other->place);

  return result != 0 ? result : compare_numbers ((gint64) one->arrival, (gint64) other->arrival);
}

static gboolean
is_next (const PhClarityOrder *order,
         const Place *place)
{
  if (!order->has_begun)
    return place->page == 1 && place->sequence == 1;

  if (place->session != order->last.session)
    return FALSE;

  return place->page == order->last.page
           ? place->sequence == order->last.sequence + 1
           : order->page_has_ended && place->page == order->last.page + 1 && place->sequence == 1;
}

/* Whether it is too late for it. */
static gboolean
is_late (PhClarityOrder *order,
         const Place *place)
{
  int result = order->has_begun ? compare_places (place, &order->last) : 1;

  if (result == 0)
    ph_health_add (order->health, PH_HEALTH_EVENT_INVALID, PH_TIME_NONE,
                   "payload %" G_GINT64_FORMAT " of page %" G_GINT64_FORMAT " is there twice",
                   place->sequence, place->page);
  else if (result < 0)
    ph_health_add (order->health, PH_HEALTH_OUT_OF_ORDER, PH_TIME_NONE,
                   "payload %" G_GINT64_FORMAT " of page %" G_GINT64_FORMAT
                   " comes too late to be taken",
                   place->sequence, place->page);

  return result <= 0;
}

static gboolean
take (PhClarityOrder *order,
      const Place *place,
      gboolean is_last,
      PhJsonValue payload,
      GError **error)
{
  gboolean is_same_page = order->has_begun && order->last.session == place->session &&
                          order->last.page == place->page;
  gint64 expected = is_same_page ? order->last.sequence + 1 : 1;

  if (place->sequence > expected)
    ph_health_add (order->health, PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "before payload %" G_GINT64_FORMAT " of page %" G_GINT64_FORMAT
                   " some are missing",
                   place->sequence, place->page);

  order->has_begun = TRUE;
  order->last = *place;
  order->page_has_ended = is_last;

  return ph_clarity_session_feed (order->session, payload, error);
}

static gboolean
take_first (PhClarityOrder *order,
            GError **error)
{
  GSequenceIter *first = g_sequence_get_begin_iter (order->waiting);
  g_autofree Waiting *waiting = g_memdup2 (g_sequence_get (first), sizeof (Waiting));
  const Waiting *held = g_sequence_get (first);
  PhClarityEnvelope envelope;
  PhJsonValue payload;
  gboolean is_fine = ph_json_parse (order->json, held->text, held->size, &payload, NULL) &&
                     ph_clarity_envelope_read (&envelope, payload);

  order->n_bytes -= sizeof (Waiting) + held->size;
  g_sequence_remove (first);

  return !is_fine || is_late (order, &waiting->place) ||
         take (order, &waiting->place, envelope.is_last, payload, error);
}

/* Takes what waits as far as it comes next, or has to go. */
static gboolean
drain (PhClarityOrder *order,
       gboolean is_all,
       GError **error)
{
  while (!g_sequence_is_empty (order->waiting))
    {
      const Waiting *first = g_sequence_get (g_sequence_get_begin_iter (order->waiting));

      if (!is_all && order->n_bytes <= order->max_bytes && !is_next (order, &first->place) &&
          !(order->has_begun && compare_places (&first->place, &order->last) <= 0))
        return TRUE;

      if (!take_first (order, error))
        return FALSE;
    }

  return TRUE;
}

static void
keep (PhClarityOrder *order,
      const Place *place,
      const char *text,
      gsize size)
{
  Waiting *waiting = g_malloc (sizeof (Waiting) + size);

  waiting->place = *place;
  waiting->arrival = order->n_arrived++;
  waiting->size = size;
  memcpy (waiting->text, text, size);
  order->n_bytes += sizeof (Waiting) + size;
  g_sequence_insert_sorted (order->waiting, waiting, compare_waiting, NULL);
}

/* The number of a session; past a limit all are one. */
static guint
find_session (PhClarityOrder *order,
              const char *name)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (order->sessions, name));

  if (number > 0)
    return number - 1;

  number = g_hash_table_size (order->sessions);

  if (number == 1)
    ph_health_add (order->health, PH_HEALTH_ODD_VALUE, PH_TIME_NONE,
                   "the payloads are of several sessions");

  if (number < MAX_SESSIONS)
    g_hash_table_insert (order->sessions, g_strdup (name), GUINT_TO_POINTER (number + 1));

  return number;
}

gboolean
ph_clarity_order_push (PhClarityOrder *order,
                       const char *text,
                       gsize size,
                       gboolean *is_json,
                       GError **error)
{
  g_autoptr (GError) problem = NULL;
  PhClarityEnvelope envelope;
  PhJsonValue payload;
  Place place;

  *is_json = TRUE;

  if (!ph_json_parse (order->json, text, size, &payload, &problem))
    {
      *is_json = !g_error_matches (problem, PH_ERROR, PH_ERROR_CORRUPT);

      if (*is_json)
        ph_health_add (order->health, PH_HEALTH_LIMIT, PH_TIME_NONE, "%s", problem->message);

      return TRUE;
    }

  if (!ph_clarity_envelope_read (&envelope, payload))
    {
      ph_health_add (order->health, PH_HEALTH_EVENT_INVALID, PH_TIME_NONE,
                     "JSON that is no payload");
      return TRUE;
    }

  place.session = find_session (order, envelope.session);
  place.page = envelope.page;
  place.sequence = envelope.sequence;

  if (is_late (order, &place))
    return TRUE;

  if (!is_next (order, &place))
    keep (order, &place, text, size);
  else if (!take (order, &place, envelope.is_last, payload, error))
    return FALSE;

  return drain (order, FALSE, error);
}

gboolean
ph_clarity_order_finish (PhClarityOrder *order,
                         GError **error)
{
  return drain (order, TRUE, error);
}
