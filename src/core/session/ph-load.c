/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-load.h"

#include "ph-dom-apply.h"
#include "ph-error.h"
#include "ph-idle.h"
#include "ph-limits.h"
#include "ph-outlier.h"
#include "ph-session-private.h"
#include "ph-text.h"

#include <glib/gi18n.h>

/* How much of the work is reading the file; the rest is looking through it. */
#define READING_SHARE 0.5
/* How often the cancellable is looked at and progress told: so many events, or a large one. */
#define EVENTS_PER_STEP 64
#define LARGE_EVENT 65536

/* One window while its events are looked through. */
typedef struct
{
  PhSessionWindow *out;
  PhDom *dom;
  guint page; /* index of the page the user is on, or G_MAXUINT */
  guint meta;
  guint resize;
} Walker;

typedef struct
{
  PhSession *self;
  PhSessionProgress progress;
  gpointer user_data;
  GCancellable *cancellable;

  gint64 newest; /* timestamp */
  gsize bytes;   /* of event texts */

  PhNames *names;   /* of this worker: the session's own stays untouched */
  GArray *walkers;  /* Walker */
  GArray *activity; /* PhTime */
} Load;

static void
clear_walker (gpointer data)
{
  ph_dom_free (((Walker *) data)->dom);
}

/* --- reading --------------------------------------------------------------- */

static gboolean
read_event_cb (const PhEvent *event,
               PhJsonValue root,
               gpointer user_data,
               GError **error)
{
  Load *load = user_data;
  PhSession *self = load->self;
  PhEvent copy = *event;

  if (self->events->len >= G_MAXUINT / 2)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_TOO_LARGE, "It has too many events");
      return FALSE;
    }

  if (self->events->len > 0 && event->timestamp < load->newest)
    ph_health_add (self->health, PH_HEALTH_OUT_OF_ORDER, PH_TIME_NONE,
                   "Event %" G_GUINT64_FORMAT " is %.3f s older than one before it",
                   event->order, (double) (load->newest - event->timestamp) / (double) PH_SECOND);
  else
    load->newest = event->timestamp;

  copy.text = ph_arena_add (self->texts, event->text, event->size);
  copy.window = MIN (copy.window, PH_LIMIT_WINDOWS - 1);
  load->bytes += event->size;
  g_array_append_val (self->events, copy);

  return TRUE;
}

static void
read_progress_cb (goffset done,
                  goffset total,
                  gpointer user_data)
{
  Load *load = user_data;

  if (load->progress != NULL && total > 0)
    load->progress (CLAMP ((double) done / (double) total, 0, 1) * READING_SHARE, load->user_data);
}

static gboolean
read_events (Load *load,
             GError **error)
{
  static const PhSink sink = { .event = read_event_cb, .progress = read_progress_cb };
  PhSession *self = load->self;

  self->info = ph_archive_read (self->file, &sink, load, self->health, load->cancellable, error);

  return self->info != NULL;
}

/* --- time ------------------------------------------------------------------ */

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  return ph_event_compare (a, b);
}

/* Sorts the events and gives them their times; outliers are moved to the end they lie beyond. */
static void
set_times (PhSession *self)
{
  PhEvent *events;
  guint begin;
  guint end;

  g_array_sort (self->events, compare_events);

  if (self->events->len == 0)
    return;

  events = (PhEvent *) (gpointer) self->events->data;
  ph_outliers_find (events, self->events->len, &begin, &end);

  self->start_time = events[begin].timestamp;
  self->span = (PhSpan) { 0, events[end - 1].timestamp - self->start_time };

  for (guint i = 0; i < self->events->len; i++)
    {
      PhTime time = events[i].timestamp - self->start_time;

      events[i].time = ph_span_clamp (self->span, time);

      if (i < begin || i >= end)
        ph_health_add (self->health, PH_HEALTH_TIME_OUTLIER, events[i].time,
                       "Event %" G_GUINT64_FORMAT " is %.0f s away from the others",
                       events[i].order,
                       (double) ABS (time - events[i].time) / (double) PH_SECOND);
    }
}

/* --- windows and pages ----------------------------------------------------- */

static void
add_windows (Load *load)
{
  PhSession *self = load->self;
  guint n = self->info->windows != NULL ? self->info->windows->len : 0;

  for (guint i = 0; i < self->events->len; i++)
    n = MAX (n, g_array_index (self->events, PhEvent, i).window + 1);

  for (guint i = 0; i < n; i++)
    {
      gboolean is_named = self->info->windows != NULL && i < self->info->windows->len;
      PhSessionWindow *window = g_new0 (PhSessionWindow, 1);
      Walker walker = {
        .out = window,
        .dom = ph_dom_new (load->names),
        .page = G_MAXUINT,
        .meta = G_MAXUINT,
        .resize = G_MAXUINT,
      };

      window->info.name = g_strdup (is_named ? self->info->windows->pdata[i] : "");
      window->info.first_picture = PH_TIME_NONE;
      window->pointer = ph_pointer_track_new ();
      window->snapshots = g_array_new (FALSE, FALSE, sizeof (PhSnapshot));

      g_ptr_array_add (self->windows, window);
      g_array_append_val (load->walkers, walker);
    }
}

static PhPage *
current_page (Load *load,
              Walker *walker)
{
  if (walker->page == G_MAXUINT)
    return NULL;

  return &g_array_index (load->self->pages, PhPage, walker->page);
}

/* The name a page first had: later ones say what is going on in it. */
static void
name_page (PhPage *page,
           const PhDom *dom)
{
  if (page->title[0] != '\0')
    return;

  g_free (page->title);
  page->title = ph_dom_dup_title (dom);
}

/* Called while the window still shows what the user saw last of it. */
static void
end_page (Load *load,
          Walker *walker,
          PhTime time)
{
  PhPage *page = current_page (load, walker);

  if (page == NULL)
    return;

  name_page (page, walker->dom);
  page->span.end = time;
}

static void
begin_page (Load *load,
            Walker *walker,
            const PhEvent *event,
            const char *url)
{
  PhPage page = {
    .url = g_strdup (url),
    .title = g_strdup (""),
    .window = event->window,
    .span = { event->time, load->self->span.end },
  };

  ph_dom_get_viewport (walker->dom, &page.width, &page.height);
  walker->page = load->self->pages->len;
  g_array_append_val (load->self->pages, page);
}

/* The address of another page when @event leads to one, else NULL. */
static const char *
find_new_url (Load *load,
              Walker *walker,
              const PhEvent *event,
              PhJsonValue root)
{
  const PhPage *page = current_page (load, walker);
  const char *url = ph_moment_page_url (event, root);

  if (url == NULL || (page != NULL && g_str_equal (page->url, url)))
    return NULL;

  return url;
}

/* Moments of kind page compare with the page's own address only; here the way is known. */
static void
add_moments (Load *load,
             Walker *walker,
             const PhEvent *event,
             PhJsonValue root,
             gboolean is_new_page)
{
  GArray *moments = load->self->moments;
  guint n = moments->len;

  ph_moments_extract (event, root, walker->dom, moments);

  if (!is_new_page && moments->len > n &&
      g_array_index (moments, PhMoment, moments->len - 1).kind == PH_MOMENT_PAGE)
    g_array_set_size (moments, moments->len - 1);
}

/* --- looking through the events -------------------------------------------- */

static void
note_active_window (Load *load,
                    const PhEvent *event)
{
  GArray *active = load->self->active;
  PhActiveWindow entry = { event->time, event->window };

  if (active->len == 0)
    entry.time = G_MININT64;
  else if (g_array_index (active, PhActiveWindow, active->len - 1).window == event->window)
    return;

  g_array_append_val (active, entry);
}

static void
note_snapshot (Load *load,
               Walker *walker,
               const PhEvent *event,
               guint index)
{
  PhSnapshot snapshot = { index, walker->meta, walker->resize };

  /* One without a page in it changed nothing. */
  if (ph_dom_get_epoch (walker->dom) != event->order + 1)
    return;

  g_array_append_val (walker->out->snapshots, snapshot);

  if (walker->page == G_MAXUINT)
    begin_page (load, walker, event, "");

  name_page (current_page (load, walker), walker->dom);

  if (walker->out->info.first_picture == PH_TIME_NONE)
    {
      walker->out->info.first_picture = event->time;
      note_active_window (load, event);
    }
}

/* A page that began before its size was known. */
static void
note_viewport (Load *load,
               Walker *walker)
{
  PhPage *page = current_page (load, walker);

  if (page != NULL && page->width == 0)
    ph_dom_get_viewport (walker->dom, &page->width, &page->height);
}

static void
walk_event (Load *load,
            const PhEvent *event,
            PhJsonValue root,
            guint index)
{
  Walker *walker = &g_array_index (load->walkers, Walker, event->window);
  const char *url = find_new_url (load, walker, event, root);

  walker->out->info.n_events++;
  add_moments (load, walker, event, root, url != NULL);

  if (url != NULL)
    end_page (load, walker, event->time);

  ph_dom_apply (walker->dom, event, root, load->self->health);
  ph_pointer_track_add (walker->out->pointer, event, root);

  if (url != NULL)
    begin_page (load, walker, event, url);

  if (event->type == PH_EVENT_META)
    {
      walker->meta = index;
      walker->resize = G_MAXUINT;
    }
  else if (event->type == PH_EVENT_FULL_SNAPSHOT)
    {
      note_snapshot (load, walker, event, index);
    }
  else if (event->source == PH_SOURCE_VIEWPORT_RESIZE)
    {
      walker->resize = index;
      note_viewport (load, walker);
    }

  if (ph_idle_is_activity (event))
    {
      g_array_append_val (load->activity, event->time);

      if (walker->out->info.first_picture != PH_TIME_NONE)
        note_active_window (load, event);
    }
}

static gboolean
walk (Load *load,
      GError **error)
{
  GArray *events = load->self->events;
  g_autoptr (PhJson) json = ph_json_new ();
  gsize done = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const PhEvent *event = &g_array_index (events, PhEvent, i);
      PhJsonValue root;

      if (i % EVENTS_PER_STEP == 0 || event->size > LARGE_EVENT)
        {
          if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
            return FALSE;

          if (load->progress != NULL)
            load->progress (READING_SHARE + (1 - READING_SHARE) * (double) done /
                                              (double) MAX (load->bytes, 1),
                            load->user_data);
        }

      done += event->size;

      if (ph_json_parse (json, event->text, event->size, &root, NULL))
        walk_event (load, event, root, i);
    }

  return TRUE;
}

/* --- results --------------------------------------------------------------- */

static int
compare_moments (gconstpointer a,
                 gconstpointer b)
{
  PhTime x = ((const PhMoment *) a)->time;
  PhTime y = ((const PhMoment *) b)->time;

  return (x > y) - (x < y);
}

static gboolean
finish_windows (Load *load,
                GError **error)
{
  PhSession *self = load->self;
  gboolean has_picture = FALSE;

  for (guint i = 0; i < load->walkers->len; i++)
    {
      Walker *walker = &g_array_index (load->walkers, Walker, i);

      end_page (load, walker, self->span.end);
      ph_pointer_track_finish (walker->out->pointer);

      if (walker->out->snapshots->len > 0)
        has_picture = TRUE;
      else
        ph_health_add (self->health, PH_HEALTH_NO_FULL_SNAPSHOT, PH_TIME_NONE,
                       "Window %u “%s” (events: %u)", i + 1,
                       walker->out->info.name, walker->out->info.n_events);
    }

  if (!has_picture)
    g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                         N_ ("The recording has no full snapshot, so there is no page to show"));

  return has_picture;
}

/* Something a person knows the recording by. */
static char *
dup_title (PhSession *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    {
      g_autofree char *title =
        ph_text_line (g_array_index (self->pages, PhPage, i).title, PH_LIMIT_LABEL_CHARS);

      if (title[0] != '\0')
        return g_steal_pointer (&title);
    }

  for (guint i = 0; i < self->pages->len; i++)
    {
      const char *url = g_array_index (self->pages, PhPage, i).url;
      g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
      const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

      if (host != NULL && host[0] != '\0')
        return ph_text_line (host, PH_LIMIT_LABEL_CHARS);
    }

  return g_file_get_basename (self->file);
}

static void
finish (Load *load)
{
  PhSession *self = load->self;

  g_array_sort (self->moments, compare_moments);
  self->idle = ph_idle_find ((const PhTime *) (gpointer) load->activity->data, load->activity->len,
                             self->span);
  self->title = dup_title (self);

  if (load->progress != NULL)
    load->progress (1, load->user_data);
}

gboolean
ph_load (PhSession *session,
         PhSessionProgress progress,
         gpointer user_data,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (GArray) walkers = g_array_new (FALSE, FALSE, sizeof (Walker));
  g_autoptr (GArray) activity = g_array_new (FALSE, FALSE, sizeof (PhTime));
  Load load = {
    .self = session,
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
    .names = names,
    .walkers = walkers,
    .activity = activity,
  };

  g_array_set_clear_func (walkers, clear_walker);

  if (!read_events (&load, error))
    return FALSE;

  set_times (session);
  add_windows (&load);

  if (!walk (&load, error) || !finish_windows (&load, error))
    return FALSE;

  finish (&load);

  return TRUE;
}
