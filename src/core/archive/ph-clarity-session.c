/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-session.h"

#include "ph-clarity-facts.h"
#include "ph-clarity-session-private.h"
#include "ph-hash.h"
#include "ph-json-write.h"
#include "ph-limits.h"

#include <math.h>
#include <string.h>

/* Where neither the window's size nor the screen's is known. */
#define DEFAULT_WIDTH 1280
#define DEFAULT_HEIGHT 720

/* No page is recorded for longer; clarity-js stops after two hours. */
#define MAX_TIME ((gint64) 30 * 24 * 3600 * 1000)
/* The year 2200, in ms. */
#define MAX_EPOCH 7258118400000.0

/* Between pages that do not say when they begin: ms. */
#define GAP 1000

/* Positions of the pointer in one event, as rrweb gathers them: how many, for how long in ms. */
#define MAX_MOVES 100
#define MOVES_SPAN 500

/* Dimensions that are read for themselves. */
#define DIMENSION_URL 1
#define DIMENSION_TAB 15

typedef struct
{
  gint64 time;
  double x, y;
  gint32 id;
} Move;

PhClaritySession *
ph_clarity_session_new (PhClarityEventFunc func,
                        gpointer user_data,
                        PhHealth *health,
                        PhFacts *facts)
{
  PhClaritySession *session = g_new0 (PhClaritySession, 1);

  session->func = func;
  session->user_data = user_data;
  session->health = health;
  session->facts = facts;
  session->tree = ph_clarity_tree_new (health);
  session->sheets = ph_clarity_sheets_new (health);
  ph_clarity_tokens_init (&session->tokens);
  session->out = g_string_new (NULL);
  session->events = g_array_new (FALSE, FALSE, sizeof (PhClarityMoment));
  session->moves = g_array_new (FALSE, FALSE, sizeof (Move));
  session->radios = g_hash_table_new_full (ph_hash_text, g_str_equal, g_free, NULL);

  return session;
}

void
ph_clarity_session_free (PhClaritySession *session)
{
  if (session == NULL)
    return;

  ph_clarity_tell_free (session->tell);
  ph_clarity_sheets_free (session->sheets);
  ph_clarity_tree_free (session->tree);
  ph_clarity_tokens_clear (&session->tokens);
  g_hash_table_unref (session->radios);
  g_array_unref (session->moves);
  g_array_unref (session->events);
  g_string_free (session->out, TRUE);
  g_free (session->session);
  g_free (session->url);
  g_free (session->tab);
  g_free (session);
}

/* ---- envelopes ---- */

gboolean
ph_clarity_envelope_read (PhClarityEnvelope *envelope,
                          PhJsonValue payload)
{
  PhJsonValue array = ph_json_member (payload, "e");
  PhClarityTokens tokens;
  gboolean is_one;

  memset (envelope, 0, sizeof *envelope);

  if (ph_json_type (array) != PH_JSON_ARRAY ||
      ph_json_type (ph_json_member (payload, "a")) != PH_JSON_ARRAY)
    return FALSE;

  ph_clarity_tokens_init (&tokens);
  ph_clarity_tokens_read (&tokens, array);
  envelope->version = ph_clarity_token_text (&tokens, 0);
  envelope->sequence = ph_clarity_token_int (&tokens, 1, 0);
  envelope->start = ph_clarity_token_int (&tokens, 2, 0);
  envelope->duration = ph_clarity_token_int (&tokens, 3, 0);
  envelope->session = ph_clarity_token_text (&tokens, 6);
  envelope->page = ph_clarity_token_int (&tokens, 7, 0);
  envelope->is_last = ph_clarity_token_int (&tokens, 9, 0) != 0;
  is_one = ph_clarity_version (envelope->version) != PH_CLARITY_VERSION_NONE;
  ph_clarity_tokens_clear (&tokens);

  if (envelope->session == NULL)
    envelope->session = "";

  return is_one;
}

/* ---- events ---- */

static gint64
put_time (PhClaritySession *session,
          gint64 time)
{
  gint64 epoch = session->begin + time;

  session->end = MAX (session->end, epoch);

  return epoch;
}

static void
start_event (PhClaritySession *session,
             int type,
             gint64 time)
{
  g_string_truncate (session->out, 0);
  ph_clarity_put_number (session->out, "{\"type\":", type);
  ph_clarity_put_number (session->out, ",\"timestamp\":", put_time (session, time));
  g_string_append (session->out, ",\"data\":");
}

gboolean
ph_clarity_begin (PhClaritySession *session,
                  int type,
                  gint64 time,
                  GError **error)
{
  if (!ph_clarity_flush_moves (session, error))
    return FALSE;

  start_event (session, type, time);

  return TRUE;
}

gboolean
ph_clarity_end (PhClaritySession *session,
                GError **error)
{
  g_string_append_c (session->out, '}');

  return session->func (session->out->str, session->out->len, session->tab, session->user_data,
                        error);
}

/* Places are whole and not negative, nearly always. */
static void
put_place (GString *out,
           const char *before,
           double place)
{
  if (place >= 0 && place <= PH_LIMIT_PIXELS && fabs (place - rint (place)) <= 0)
    {
      ph_clarity_put_number (out, before, (gint64) place);
      return;
    }

  g_string_append (out, before);
  ph_json_write_number (out, place);
}

gboolean
ph_clarity_flush_moves (PhClaritySession *session,
                        GError **error)
{
  GString *out = session->out;
  gint64 last;

  if (session->moves->len == 0)
    return TRUE;

  last = g_array_index (session->moves, Move, session->moves->len - 1).time;
  start_event (session, 3, last);
  g_string_append_printf (out, "{\"source\":%d,\"positions\":[", session->are_touches ? 6 : 1);

  for (guint i = 0; i < session->moves->len; i++)
    {
      const Move *move = &g_array_index (session->moves, Move, i);

      put_place (out, i > 0 ? ",{\"x\":" : "{\"x\":", move->x);
      put_place (out, ",\"y\":", move->y);
      ph_clarity_put_number (out, ",\"id\":", move->id);

      if (move->time < last)
        ph_clarity_put_number (out, ",\"timeOffset\":-", last - move->time);
      else
        ph_clarity_put_number (out, ",\"timeOffset\":", move->time - last);

      g_string_append_c (out, '}');
    }

  g_string_append (out, "]}");
  g_array_set_size (session->moves, 0);

  return ph_clarity_end (session, error);
}

gboolean
ph_clarity_add_move (PhClaritySession *session,
                     gint64 time,
                     double x,
                     double y,
                     gint32 id,
                     gboolean is_touch,
                     GError **error)
{
  Move move = { .time = time, .x = x, .y = y, .id = id };

  if (session->moves->len > 0 &&
      (session->moves->len == MAX_MOVES || session->are_touches != is_touch ||
       time - g_array_index (session->moves, Move, 0).time > MOVES_SPAN) &&
      !ph_clarity_flush_moves (session, error))
    return FALSE;

  session->are_touches = is_touch;
  g_array_append_val (session->moves, move);

  return TRUE;
}

PhClarityScroll
ph_clarity_scroll_at (const PhClaritySession *session,
                      gint64 time)
{
  PhClarityScroll none = {};

  for (guint i = 0; i < MIN (session->n_scrolls, PH_CLARITY_N_SCROLLS); i++)
    {
      guint at = (session->n_scrolls - 1 - i) % PH_CLARITY_N_SCROLLS;

      if (session->scrolls[at].time <= time)
        return session->scrolls[at];
    }

  return none;
}

/* ---- the page ---- */

static gboolean
tell_meta (PhClaritySession *session,
           gint64 time,
           GError **error)
{
  if (!ph_clarity_begin (session, 4, time, error))
    return FALSE;

  g_string_append (session->out, "{\"href\":");
  ph_json_write_string (session->out, session->url != NULL ? session->url : "", -1);
  g_string_append_printf (session->out, ",\"width\":%d,\"height\":%d}", session->width,
                          session->height);

  return ph_clarity_end (session, error);
}

static gboolean
tell_snapshot (PhClaritySession *session,
               gint64 time,
               GError **error)
{
  PhClarityScroll scroll = ph_clarity_scroll_at (session, time);

  session->is_told = TRUE;
  ph_clarity_sheets_untell (session->sheets);

  if (!ph_clarity_begin (session, 2, time, error))
    return FALSE;

  g_string_append (session->out, "{\"node\":");
  ph_clarity_tell_page (session->tell, session->out);
  g_string_append (session->out, ",\"initialOffset\":{\"left\":");
  ph_json_write_number (session->out, scroll.x);
  g_string_append (session->out, ",\"top\":");
  ph_json_write_number (session->out, scroll.y);
  g_string_append (session->out, "}}");

  return ph_clarity_end (session, error);
}

static gboolean
incremental_cb (const char *data,
                gsize size,
                gpointer user_data,
                GError **error)
{
  PhClaritySession *session = user_data;

  if (!ph_clarity_begin (session, 3, session->dom_time, error))
    return FALSE;

  g_string_append_len (session->out, data, (gssize) size);

  return ph_clarity_end (session, error);
}

static gboolean
apply_page (PhClaritySession *session,
            const PhClarityMoment *moment,
            GError **error)
{
  gboolean is_new;

  /* Changes build on each other: their order is that of the payloads. */
  session->dom_time = MAX (session->dom_time, moment->time);
  is_new = ph_clarity_tree_apply (session->tree, &session->tokens,
                                  moment->kind == PH_CLARITY_DISCOVER);

  if (is_new && session->is_told)
    {
      session->is_told = FALSE;

      if (!tell_meta (session, session->dom_time, error))
        return FALSE;
    }

  if (is_new)
    g_hash_table_remove_all (session->radios);

  ph_clarity_see_radios (session);

  if (!session->is_told)
    {
      if (session->tree->root == 0)
        return TRUE;

      if (!tell_snapshot (session, session->dom_time, error))
        return FALSE;
    }

  return ph_clarity_tell_changes (session->tell, error);
}

static gboolean
update_sheet (PhClaritySession *session,
              const PhClarityMoment *moment,
              GError **error)
{
  const char *name = ph_clarity_token_text (&session->tokens, 2);
  const char *text = ph_clarity_token_text (&session->tokens, 4);
  gint64 operation = ph_clarity_token_int (&session->tokens, 3, -1);
  gint32 number;

  if (name == NULL)
    return TRUE;

  number = operation == 0 ? ph_clarity_sheets_add (session->sheets, name)
                          : ph_clarity_sheets_find (session->sheets, name);

  /* 1 replace(), 2 replaceSync() */
  if (number == 0 || (operation != 1 && operation != 2) ||
      !ph_clarity_sheets_set (session->sheets, number, text != NULL ? text : ""))
    return TRUE;

  session->dom_time = MAX (session->dom_time, moment->time);

  if (!ph_clarity_begin (session, 3, session->dom_time, error))
    return FALSE;

  g_string_append_printf (session->out, "{\"source\":8,\"styleId\":%d,\"replaceSync\":", number);
  ph_json_write_string (session->out, text != NULL ? text : "", -1);
  g_string_append_c (session->out, '}');

  return ph_clarity_end (session, error);
}

static gboolean
adopt_sheets (PhClaritySession *session,
              const PhClarityMoment *moment,
              GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint32));
  PhClarityItem *item;
  PhJsonIter iter;
  PhJsonValue value;

  ph_json_iter_init (&iter, ph_clarity_token (&session->tokens, 4));

  while (numbers->len < PH_LIMIT_ADOPTED && ph_json_next (&iter, NULL, &value))
    {
      const char *name;
      gint32 number = ph_json_get_string (value, &name, NULL)
                        ? ph_clarity_sheets_find (session->sheets, name)
                        : 0;

      if (number != 0)
        g_array_append_val (numbers, number);
    }

  item = ph_clarity_tree_adopt (session->tree, ph_clarity_token_int (&session->tokens, 2, 0),
                                numbers);
  session->dom_time = MAX (session->dom_time, moment->time);

  return item == NULL || !session->is_told ||
         ph_clarity_tell_adopted (session->tell, item, error);
}

static gboolean
define_element (PhClaritySession *session,
                const PhClarityMoment *moment,
                GError **error)
{
  const char *name = ph_clarity_token_text (&session->tokens, 2);

  if (name == NULL)
    return TRUE;

  ph_clarity_tree_define (session->tree, name);

  if (!session->is_told)
    return TRUE;

  if (!ph_clarity_begin (session, 3, MAX (moment->time, session->dom_time), error))
    return FALSE;

  g_string_append (session->out, "{\"source\":16,\"define\":{\"name\":");
  ph_json_write_string (session->out, name, -1);
  g_string_append (session->out, "}}");

  return ph_clarity_end (session, error);
}

static gboolean
handle (PhClaritySession *session,
        const PhClarityMoment *moment,
        GError **error)
{
  switch (moment->kind)
    {
    case PH_CLARITY_DISCOVER:
    case PH_CLARITY_MUTATION:
    case PH_CLARITY_SNAPSHOT:
      return apply_page (session, moment, error);
    case PH_CLARITY_SHEET_UPDATE:
      return update_sheet (session, moment, error);
    case PH_CLARITY_SHEET_ADOPTION:
      return adopt_sheets (session, moment, error);
    case PH_CLARITY_CUSTOM_ELEMENT:
      return define_element (session, moment, error);
    default:
      return ph_clarity_interact (session, moment, error);
    }
}

/* ---- payloads ---- */

static void
take_events (PhClaritySession *session,
             PhJsonValue list)
{
  PhJsonIter iter;
  PhJsonValue value;

  ph_json_iter_init (&iter, list);

  while (ph_json_next (&iter, NULL, &value))
    {
      PhClarityMoment moment = { .kind = -1, .value = value };
      PhJsonIter tokens;
      PhJsonValue token;

      if (ph_json_type (value) != PH_JSON_ARRAY)
        continue;

      ph_json_iter_init (&tokens, value);

      if (!ph_json_next (&tokens, NULL, &token) || !ph_json_get_int (token, &moment.time) ||
          !ph_json_next (&tokens, NULL, &token) || !ph_json_get_int (token, &moment.kind))
        {
          ph_health_add (session->health, PH_HEALTH_EVENT_INVALID, PH_TIME_NONE,
                         "a list without a time or a number");
          continue;
        }

      moment.time = CLAMP (moment.time, 0, MAX_TIME);
      g_array_append_val (session->events, moment);
    }
}

typedef struct
{
  gint64 time;
  guint index;
} Rank;

static int
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  const Rank *one = a, *other = b;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;

  return one->index < other->index ? -1 : one->index > other->index;
}

/* By time, as the recorder's own decoder does; equal ones stay in their order. */
static void
sort_events (PhClaritySession *session)
{
  GArray *events = session->events;
  g_autoptr (GArray) ranks = NULL;
  GArray *sorted;
  gboolean is_sorted = TRUE;

  for (guint i = 1; i < events->len && is_sorted; i++)
    is_sorted = g_array_index (events, PhClarityMoment, i - 1).time <=
                g_array_index (events, PhClarityMoment, i).time;

  if (is_sorted)
    return;

  ranks = g_array_sized_new (FALSE, FALSE, sizeof (Rank), events->len);
  sorted = g_array_sized_new (FALSE, FALSE, sizeof (PhClarityMoment), events->len);

  for (guint i = 0; i < events->len; i++)
    {
      Rank rank = { g_array_index (events, PhClarityMoment, i).time, i };

      g_array_append_val (ranks, rank);
    }

  g_array_sort (ranks, compare_ranks);

  for (guint i = 0; i < ranks->len; i++)
    g_array_append_val (sorted, g_array_index (events, PhClarityMoment,
                                               g_array_index (ranks, Rank, i).index));

  g_array_unref (events);
  session->events = sorted;
}

static void
set_text (char **place,
          const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  g_free (*place);
  *place = g_strndup (text, PH_LIMIT_URL_BYTES);
}

/* ms since 1970 that may be one. */
static gboolean
is_epoch (double time)
{
  return time > 0 && time < MAX_EPOCH;
}

/* What a page's first payload says of all of it, before its events are looked at. */
static void
look_ahead (PhClaritySession *session,
            const PhClarityEnvelope *envelope,
            PhJsonValue payload)
{
  double client = 0, received = 0;
  gint64 after = session->end > 0 ? session->end + GAP : 0;

  for (guint i = 0; i < session->events->len; i++)
    {
      const PhClarityMoment *moment = &g_array_index (session->events, PhClarityMoment, i);

      if (moment->kind != PH_CLARITY_METRIC && moment->kind != PH_CLARITY_DIMENSION &&
          moment->kind != PH_CLARITY_RESIZE)
        continue;

      ph_clarity_tokens_read (&session->tokens, moment->value);

      if (moment->kind == PH_CLARITY_METRIC)
        {
          ph_clarity_facts_metrics (session->facts, &session->tokens, &client);
        }
      else if (moment->kind == PH_CLARITY_DIMENSION)
        {
          set_text (&session->url, ph_clarity_dimension (&session->tokens, DIMENSION_URL));
          set_text (&session->tab, ph_clarity_dimension (&session->tokens, DIMENSION_TAB));
        }
      else if (session->width == 0)
        {
          session->width = (int) CLAMP (ph_clarity_token_int (&session->tokens, 2, 0), 0,
                                        PH_LIMIT_VIEWPORT);
          session->height = (int) CLAMP (ph_clarity_token_int (&session->tokens, 3, 0), 0,
                                         PH_LIMIT_VIEWPORT);
        }
    }

  ph_json_member_double (payload, "timestamp", &received);
  received -= (double) CLAMP (envelope->start, 0, MAX_TIME) +
              (double) CLAMP (envelope->duration, 0, MAX_TIME);
  session->begin = is_epoch (client) ? (gint64) client : is_epoch (received) ? (gint64) received
                                                                             : after;
}

static gboolean
begin_page (PhClaritySession *session,
            const PhClarityEnvelope *envelope,
            PhJsonValue payload,
            GError **error)
{
  const char *url = NULL;
  PhClarityTokens tokens;
  gint64 first = 0;

  if (!ph_clarity_flush_moves (session, error))
    return FALSE;

  if (session->session == NULL)
    ph_clarity_facts_envelope (session->facts, ph_json_member (payload, "e"));

  g_free (session->session);
  session->session = g_strdup (envelope->session);
  session->page = envelope->page;
  session->dom_time = 0;
  session->is_told = FALSE;
  session->width = 0;
  session->height = 0;
  session->n_scrolls = 0;
  g_clear_pointer (&session->url, g_free);
  ph_clarity_tree_reset (session->tree);
  ph_clarity_sheets_reset (session->sheets);
  g_hash_table_remove_all (session->radios);
  g_hash_table_remove_all (session->tree->defined);

  ph_clarity_tokens_init (&tokens);
  ph_clarity_tokens_read (&tokens, ph_json_member (payload, "e"));
  url = ph_clarity_token_text (&tokens, 11);
  set_text (&session->url, url);
  ph_clarity_tokens_clear (&tokens);
  look_ahead (session, envelope, payload);

  if (session->width == 0 || session->height == 0)
    {
      session->width = DEFAULT_WIDTH;
      session->height = DEFAULT_HEIGHT;
    }

  if (session->events->len > 0)
    first = g_array_index (session->events, PhClarityMoment, 0).time;

  return tell_meta (session, first, error);
}

gboolean
ph_clarity_session_feed (PhClaritySession *session,
                         PhJsonValue payload,
                         GError **error)
{
  PhClarityEnvelope envelope;

  if (session->tell == NULL)
    session->tell = ph_clarity_tell_new (session->tree, session->sheets, incremental_cb, session);

  if (!ph_clarity_envelope_read (&envelope, payload))
    return TRUE;

  if (!session->said_newer && ph_clarity_version (envelope.version) == PH_CLARITY_VERSION_NEWER)
    {
      session->said_newer = TRUE;
      ph_health_add (session->health, PH_HEALTH_NEWER_VERSION, PH_TIME_NONE,
                     "recorded by clarity-js %.32s", envelope.version);
    }

  g_array_set_size (session->events, 0);
  take_events (session, ph_json_member (payload, "a"));
  take_events (session, ph_json_member (payload, "p"));
  sort_events (session);

  if ((session->page != envelope.page || g_strcmp0 (session->session, envelope.session) != 0) &&
      !begin_page (session, &envelope, payload, error))
    return FALSE;

  for (guint i = 0; i < session->events->len; i++)
    {
      const PhClarityMoment *moment = &g_array_index (session->events, PhClarityMoment, i);

      ph_clarity_tokens_read (&session->tokens, moment->value);

      if (!handle (session, moment, error))
        return FALSE;
    }

  return ph_clarity_flush_moves (session, error);
}
