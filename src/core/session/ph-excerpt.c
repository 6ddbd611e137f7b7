/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-excerpt.h"

#include "ph-asset-sheet.h"
#include "ph-carried.h"
#include "ph-dom-apply.h"
#include "ph-error.h"
#include "ph-hash.h"
#include "ph-json-write.h"
#include "ph-limits.h"
#include "ph-record.h"
#include "ph-retell.h"
#include "ph-session-private.h"
#include "ph-store-notes.h"

#include <glib/gi18n.h>
#include <string.h>

/* How often the cancellable is looked at and progress told: so many events. */
#define EVENTS_PER_STEP 64
/* Recorders write movements of the pointer so long after they began, at the latest. */
#define LATEST_MOVES PH_SECOND
/* Of when the pointer was where it is nobody needs to know more. */
#define LONG_AGO PH_SECOND
#define NO_WINDOW G_MAXUINT32

typedef struct
{
  PhSession *session;
  PhSpan span;
  guint32 only;                      /* a window, or NO_WINDOW */
  guint first, end;                  /* events of the session that are in it */
  guint32 windows[PH_LIMIT_WINDOWS]; /* of the session → here, or NO_WINDOW */

  PhJson *json;
  PhWalk *walk;
  PhRecord *record;

  PhSessionProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
} Cut;

/* ---- events in ---- */

static const PhEvent *
get_event (Cut *cut,
           guint index,
           GError **error)
{
  const PhEvent *event = ph_session_get_event (cut->session, index);

  if (!ph_session_is_lost (cut->session, event))
    return event;

  g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "Some of its events are damaged");

  return NULL;
}

static gboolean
apply_event (Cut *cut,
             PhDom *dom,
             guint index,
             GError **error)
{
  const PhEvent *event = get_event (cut, index, error);
  PhJsonValue root;

  if (event == NULL)
    return FALSE;

  if (ph_json_parse (cut->json, event->text, event->size, &root, NULL))
    ph_dom_apply (dom, event, root, NULL);

  return TRUE;
}

/* An empty page, ready for full snapshot @base. */
static PhDom *
begin_page (Cut *cut,
            guint32 window,
            guint base,
            GError **error)
{
  g_autoptr (PhDom) dom = ph_dom_new (ph_session_get_names (cut->session));
  guint meta;
  guint resize;

  ph_session_get_lead (cut->session, window, base, &meta, &resize);

  if ((meta != G_MAXUINT && !apply_event (cut, dom, meta, error)) ||
      (resize != G_MAXUINT && !apply_event (cut, dom, resize, error)))
    return NULL;

  return g_steal_pointer (&dom);
}

/* The page of @window as the events before the first one that is in the stretch left it. */
static PhDom *
make_page (Cut *cut,
           guint32 window,
           GError **error)
{
  guint base = ph_session_last_snapshot (cut->session, window, cut->first);
  guint next = 0;
  g_autoptr (PhDom) dom = NULL;

  if (base != G_MAXUINT)
    dom = ph_session_read_keyframe (cut->session, window, base, cut->first, &next);

  if (dom == NULL && base != G_MAXUINT)
    {
      dom = begin_page (cut, window, base, error);
      next = base;

      if (dom == NULL)
        return NULL;
    }
  else if (dom == NULL)
    {
      dom = ph_dom_new (ph_session_get_names (cut->session));
    }

  for (guint i = next; i < cut->first; i++)
    {
      if (i % EVENTS_PER_STEP == 0 &&
          g_cancellable_set_error_if_cancelled (cut->cancellable, error))
        return NULL;

      if (ph_session_get_event (cut->session, i)->window == window &&
          !apply_event (cut, dom, i, error))
        return NULL;
    }

  return g_steal_pointer (&dom);
}

/* ---- events out ---- */

static gboolean
put_event (Cut *cut,
           const PhEvent *event,
           GError **error)
{
  PhEvent copy = *event;

  copy.order = ph_walk_get_n (cut->walk);
  ph_walk_add (cut->walk, &copy);

  return ph_record_add (cut->record, &copy, cut->walk, error);
}

/* An event of ours, at a time of the session. */
static gboolean
put_text (Cut *cut,
          const char *text,
          guint32 window,
          PhTime time,
          GError **error)
{
  PhEvent event = { .window = window, .text = text, .size = strlen (text) };
  PhJsonValue root;

  if (event.size > PH_LIMIT_EVENT_BYTES)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_TOO_LARGE,
                           N_ ("The page where the clip begins is too large"));
      return FALSE;
    }

  if (!ph_json_parse (cut->json, text, event.size, &root, error) || !ph_event_read (&event, root))
    return FALSE;

  event.time = time - cut->span.begin;

  return put_event (cut, &event, error);
}

/* The window's name, where events have to say which one they belong to. */
static const char *
window_name (Cut *cut,
             guint32 window)
{
  const char *name = ph_session_get_window (cut->session, window)->name;

  return ph_session_get_n_windows (cut->session) > 1 && *name != '\0' ? name : NULL;
}

static void
find_pointer (Cut *cut,
              guint32 window,
              PhPointer *pointer,
              PhRetelling *how)
{
  const PhPointerTrack *track = ph_session_get_pointer (cut->session, window);
  PhTime seen = ph_pointer_track_seen (track, cut->span.begin);
  PhPointer there = { 0 };

  if (seen == PH_TIME_NONE)
    return;

  ph_pointer_track_at (track, cut->span.begin, pointer);
  ph_pointer_track_at (track, seen, &there);
  how->seen_x = there.x;
  how->seen_y = there.y;
  how->seen_before = MIN (cut->span.begin - seen, LONG_AGO);
}

static gboolean
put_page (Cut *cut,
          guint32 window,
          const PhDom *dom,
          GError **error)
{
  PhPointer pointer = { 0 };
  PhRetelling how = {
    .time = cut->span.begin,
    .timestamp = ph_session_get_start_time (cut->session) + cut->span.begin,
    .window = window_name (cut, window),
    .pointer = &pointer,
  };
  g_autoptr (GPtrArray) events = NULL;

  find_pointer (cut, window, &pointer, &how);
  events = ph_retell_page (dom, &how);

  for (guint i = 0; i < events->len; i++)
    if (!put_text (cut, events->pdata[i], cut->windows[window], cut->span.begin, error))
      return FALSE;

  return TRUE;
}

/* ---- what it starts from ---- */

/* Which windows have something to show, and what they are called from now on. */
static gboolean
number_windows (Cut *cut,
                PhDom *const *pages,
                GError **error)
{
  guint n = ph_session_get_n_windows (cut->session);
  guint32 next = 0;

  for (guint32 i = 0; i < n; i++)
    cut->windows[i] = pages[i] != NULL && ph_dom_get_root (pages[i]) != 0 ? 0 : NO_WINDOW;

  for (guint i = cut->first; i < cut->end; i++)
    {
      const PhEvent *event = get_event (cut, i, error);

      if (event == NULL)
        return FALSE;

      cut->windows[event->window] = 0;
    }

  for (guint32 i = 0; i < n; i++)
    if (cut->only != NO_WINDOW && cut->only != i)
      cut->windows[i] = NO_WINDOW;
    else if (cut->windows[i] != NO_WINDOW)
      cut->windows[i] = next++;

  return TRUE;
}

/* The window the user is in comes last, so that this is where they are. */
static gboolean
put_pages (Cut *cut,
           PhDom *const *pages,
           GError **error)
{
  guint32 n = ph_session_get_n_windows (cut->session);
  guint32 active = ph_session_active_window (cut->session, cut->span.begin);

  for (guint32 i = 0; i <= n; i++)
    {
      guint32 window = i < n ? i : active;

      if ((i < n && i == active) || cut->windows[window] == NO_WINDOW || pages[window] == NULL)
        continue;

      if (!put_page (cut, window, pages[window], error))
        return FALSE;
    }

  return TRUE;
}

static void
free_pages (PhDom **pages)
{
  for (guint i = 0; i < PH_LIMIT_WINDOWS; i++)
    ph_dom_free (pages[i]);
}

static gboolean
put_begin (Cut *cut,
           GError **error)
{
  PhDom *pages[PH_LIMIT_WINDOWS] = { NULL };
  guint n = ph_session_get_n_windows (cut->session);
  gboolean done = TRUE;

  for (guint32 i = 0; i < n && done && cut->first > 0; i++)
    {
      if (cut->only != NO_WINDOW && cut->only != i)
        continue;

      pages[i] = make_page (cut, i, error);
      done = pages[i] != NULL;
    }

  done = done && number_windows (cut, pages, error) && put_pages (cut, pages, error);
  free_pages (pages);

  return done;
}

/* ---- what happens in it ---- */

static gboolean
put_events (Cut *cut,
            GError **error)
{
  for (guint i = cut->first; i < cut->end; i++)
    {
      const PhEvent *event = get_event (cut, i, error);
      PhEvent copy;

      if (event == NULL)
        return FALSE;

      if (i % EVENTS_PER_STEP == 0)
        {
          if (g_cancellable_set_error_if_cancelled (cut->cancellable, error))
            return FALSE;

          if (cut->progress != NULL)
            cut->progress ((double) (i - cut->first) / (cut->end - cut->first), cut->user_data);
        }

      if (cut->windows[event->window] == NO_WINDOW)
        continue;

      copy = *event;
      copy.time -= cut->span.begin;
      copy.window = cut->windows[event->window];

      if (!put_event (cut, &copy, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_move (const PhEvent *event)
{
  return event->type == PH_EVENT_INCREMENTAL &&
         (event->source == PH_SOURCE_MOUSE_MOVE || event->source == PH_SOURCE_TOUCH_MOVE ||
          event->source == PH_SOURCE_DRAG);
}

/*
 * The places of a movement that the pointer came by before the stretch ended, as `data`
 * of an event there; NULL when there are none. @time: of the event they come from.
 */
static char *
cut_moves (Cut *cut,
           PhJsonValue data,
           PhTime time)
{
  g_autoptr (GString) out = g_string_new ("{\"source\":");
  gboolean has_some = FALSE;
  gint64 source = PH_SOURCE_MOUSE_MOVE;
  PhJsonIter iter;
  PhJsonValue position;

  ph_json_member_int (data, "source", &source);
  g_string_append_printf (out, "%" G_GINT64_FORMAT ",\"positions\":[", source);
  ph_json_iter_init (&iter, ph_json_member (data, "positions"));

  while (ph_json_next (&iter, NULL, &position))
    {
      double offset = 0;
      double since;

      ph_json_member_double (position, "timeOffset", &offset);
      since = offset + (double) (time - cut->span.end) / (double) PH_MSEC;

      if (since > 0 || since < -(double) (cut->span.end - cut->span.begin) / (double) PH_MSEC)
        continue;

      g_string_append (out, has_some ? ",{\"x\":" : "{\"x\":");
      ph_json_write_value (out, ph_json_member (position, "x"));
      g_string_append (out, ",\"y\":");
      ph_json_write_value (out, ph_json_member (position, "y"));
      g_string_append (out, ",\"id\":");
      ph_json_write_value (out, ph_json_member (position, "id"));
      g_string_append (out, ",\"timeOffset\":");
      ph_json_write_number (out, since);
      g_string_append_c (out, '}');
      has_some = TRUE;
    }

  g_string_append (out, "]}");

  return has_some ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* One event of @type at the end; @data is JSON. */
static gboolean
put_last (Cut *cut,
          PhEventType type,
          const char *data,
          guint32 window,
          GError **error)
{
  g_autoptr (GString) out = g_string_new ("{");
  const char *name = window_name (cut, window);

  if (name != NULL)
    {
      ph_json_write_key (out, "windowId");
      ph_json_write_string (out, name, -1);
      g_string_append_c (out, ',');
    }

  g_string_append_printf (out, "\"type\":%d,\"data\":%s,\"timestamp\":", type, data);
  ph_json_write_number (out, (double) (ph_session_get_start_time (cut->session) + cut->span.end) /
                               (double) PH_MSEC);
  g_string_append_c (out, '}');

  return put_text (cut, out->str, cut->windows[window], cut->span.end, error);
}

/* The way of the pointer up to the end is recorded a little after it. */
static gboolean
put_last_moves (Cut *cut,
                GError **error)
{
  gboolean seen[PH_LIMIT_WINDOWS] = { FALSE };
  guint until = ph_session_events_until (cut->session, cut->span.end + LATEST_MOVES);

  for (guint i = cut->end; i < until; i++)
    {
      const PhEvent *event = ph_session_get_event (cut->session, i);
      guint32 window = event->window;
      g_autofree char *data = NULL;
      PhJsonValue root;

      if (seen[window] || cut->windows[window] == NO_WINDOW || !is_move (event) ||
          !ph_json_parse (cut->json, event->text, event->size, &root, NULL))
        continue;

      seen[window] = TRUE;
      data = cut_moves (cut, ph_json_member (root, "data"), event->time);

      if (data != NULL && !put_last (cut, PH_EVENT_INCREMENTAL, data, window, error))
        return FALSE;
    }

  return TRUE;
}

/* ---- what its pages name ---- */

/* What is still to be looked for, and what was. */
typedef struct
{
  Cut *cut;
  const PhAssetShelf *shelf; /* or NULL */
  GHashTable *carried;       /* address → number of the event */
  GHashTable *seen;          /* addresses */
  GPtrArray *urls;           /* in @seen, in the order they are to be looked for */
  GArray *kinds;             /* PhAssetKind, of these */
} Search;

static void
search_add (const char *url,
            PhAssetKind kind,
            gpointer user_data)
{
  Search *search = user_data;
  char *copy;

  if (search->urls->len >= 2 * PH_LIMIT_ASSETS || g_hash_table_contains (search->seen, url))
    return;

  copy = g_strdup (url);
  g_hash_table_add (search->seen, copy);
  g_ptr_array_add (search->urls, copy);
  g_array_append_val (search->kinds, kind);
}

/* A window that is in it, the same one if that is. */
static guint32
pick_window (const Cut *cut,
             guint32 wanted)
{
  guint32 window = 0;

  if (wanted < PH_LIMIT_WINDOWS && cut->windows[wanted] != NO_WINDOW)
    return wanted;

  while (cut->windows[window] == NO_WINDOW)
    window++;

  return window;
}

/* What event @number of the session brings; @sheet, where it may be one, gets it too, or NULL. */
static gboolean
put_carried (Cut *cut,
             guint number,
             GBytes **sheet,
             GError **error)
{
  const PhEvent *event = get_event (cut, number, error);
  g_autoptr (GString) data = g_string_new (NULL);
  gboolean is_there;
  PhJsonValue root;

  if (event == NULL)
    return FALSE;

  is_there =
    number >= cut->first && number < cut->end && cut->windows[event->window] != NO_WINDOW;

  if (event->type != PH_EVENT_ASSET || (is_there && sheet == NULL) ||
      !ph_json_parse (cut->json, event->text, event->size, &root, NULL))
    return TRUE;

  if (sheet != NULL)
    *sheet = ph_carried_read (root);

  if (is_there)
    return TRUE;

  ph_json_write_value (data, ph_json_member (root, "data"));

  return put_last (cut, PH_EVENT_ASSET, data->str, pick_window (cut, event->window), error);
}

static gboolean
put_given (Cut *cut,
           const char *url,
           GBytes *bytes,
           const char *type,
           GError **error)
{
  double end = (double) (ph_session_get_start_time (cut->session) + cut->span.end);
  g_autofree char *text =
    ph_carried_write (url, type, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                      end / (double) PH_MSEC);

  return put_text (cut, text, cut->windows[pick_window (cut, NO_WINDOW)], cut->span.end, error);
}

static gboolean
put_asset (Search *search,
           const char *url,
           PhAssetKind kind,
           GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gboolean is_sheet = kind == PH_ASSET_STYLE;
  const char *type;
  gpointer number;

  if (g_hash_table_lookup_extended (search->carried, url, NULL, &number))
    {
      if (!put_carried (search->cut, GPOINTER_TO_UINT (number), is_sheet ? &bytes : NULL, error))
        return FALSE;
    }
  else if (search->shelf != NULL &&
           (bytes = ph_asset_shelf_find (search->shelf, url, &type)) != NULL)
    {
      if (!put_given (search->cut, url, bytes, type, error))
        return FALSE;
    }

  if (bytes != NULL && is_sheet)
    ph_asset_sheet_each (url, bytes, search_add, search);

  return TRUE;
}

/* Nobody asks where in a recording these stand: the end it is, when all names are known. */
static gboolean
put_assets (Cut *cut,
            const PhAssetShelf *shelf,
            GError **error)
{
  const GArray *list = cut->session->outline->carried;
  g_autoptr (GHashTable) carried = g_hash_table_new (ph_hash_text, g_str_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (ph_hash_text, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) urls = g_ptr_array_new ();
  g_autoptr (GArray) kinds = g_array_new (FALSE, FALSE, sizeof (PhAssetKind));
  Search search = { cut, shelf, carried, seen, urls, kinds };
  g_autoptr (PhOutline) outline = NULL;

  if ((list->len == 0 && shelf == NULL) || ph_walk_get_n (cut->walk) == 0)
    return TRUE;

  for (guint i = 0; i < list->len; i++)
    {
      const PhCarried *item = &g_array_index (list, PhCarried, i);

      g_hash_table_insert (carried, item->url, GUINT_TO_POINTER (item->event));
    }

  outline = ph_walk_get_outline (cut->walk, 0, "");

  for (guint i = 0; i < outline->assets->len; i++)
    {
      const PhAsset *asset = &g_array_index (outline->assets, PhAsset, i);

      search_add (asset->url, asset->kind, &search);
    }

  for (guint i = 0; i < urls->len; i++)
    if (!put_asset (&search, urls->pdata[i], g_array_index (kinds, PhAssetKind, i), error))
      return FALSE;

  return TRUE;
}

/* ---- the file ---- */

static void
name_windows (Cut *cut,
              PhOutline *outline)
{
  for (guint32 i = 0; i < ph_session_get_n_windows (cut->session); i++)
    {
      PhSessionWindow *window;

      if (cut->windows[i] == NO_WINDOW || cut->windows[i] >= outline->windows->len)
        continue;

      window = outline->windows->pdata[cut->windows[i]];
      g_free (window->info.name);
      window->info.name = g_strdup (ph_session_get_window (cut->session, i)->name);
    }
}

static gboolean
finish (Cut *cut,
        const PhExcerpt *excerpt,
        GError **error)
{
  g_autoptr (PhOutline) outline = NULL;
  g_auto (PhOrigin) origin = { NULL };

  if (!ph_origin_read (&origin, cut->session, error))
    return FALSE;

  /* The archive's size and digest are those of something else. */
  origin.bytes = -1;
  g_clear_pointer (&origin.sha256, g_free);

  if (excerpt->without_facts)
    g_clear_pointer (&origin.facts, g_free);

  /* The session's own title may be that of a page that is not in it. */
  outline = ph_walk_get_outline (cut->walk, ph_span_length (cut->span), origin.name);
  name_windows (cut, outline);

  return ph_record_finish (cut->record, outline, &origin, error);
}

/* ---- notes ---- */

/* As it is said of the stretch; NULL when it is about something else. */
static PhNote *
cut_note (Cut *cut,
          const PhNote *note)
{
  PhTime end = note->end != PH_TIME_NONE ? note->end : note->begin;
  PhNote *copy;

  if (note->begin > cut->span.end || end < cut->span.begin)
    return NULL;

  if (note->window < PH_LIMIT_WINDOWS && cut->windows[note->window] == NO_WINDOW)
    return NULL;

  copy = ph_note_copy (note);
  copy->begin = ph_span_clamp (cut->span, note->begin) - cut->span.begin;

  if (note->end != PH_TIME_NONE)
    copy->end = ph_span_clamp (cut->span, note->end) - cut->span.begin;

  if (note->window < PH_LIMIT_WINDOWS)
    copy->window = cut->windows[note->window];

  return copy;
}

/* The file is a whole recording by now. */
static gboolean
put_notes (Cut *cut,
           const GPtrArray *notes,
           const char *path,
           GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);

  for (guint i = 0; i < notes->len; i++)
    {
      PhNote *note = cut_note (cut, notes->pdata[i]);

      if (note != NULL)
        g_ptr_array_add (kept, note);
    }

  return ph_store_put_notes (path, kept, error);
}

/* ---- all of it ---- */

static gboolean
cut_out (Cut *cut,
         const PhExcerpt *excerpt,
         const char *path,
         GError **error)
{
  gint64 start = ph_session_get_start_time (cut->session);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhRecord) record = ph_record_new (path, error);
  g_autoptr (PhWalk) walk = ph_walk_new (start + cut->span.begin, health);

  if (record == NULL)
    return FALSE;

  for (guint32 i = 0; i < PH_LIMIT_WINDOWS; i++)
    cut->windows[i] = NO_WINDOW;

  cut->record = record;
  cut->walk = walk;
  cut->first = ph_session_events_until (cut->session, cut->span.begin - 1);
  cut->end = ph_session_events_until (cut->session, cut->span.end);

  if (!put_begin (cut, error) || !put_events (cut, error))
    return FALSE;

  if (!ph_walk_has_picture (walk))
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                           N_ ("There is no page to show in this span"));
      return FALSE;
    }

  return put_last_moves (cut, error) && put_assets (cut, excerpt->assets, error) &&
         finish (cut, excerpt, error);
}

gboolean
ph_session_excerpt (PhSession *session,
                    const PhExcerpt *excerpt,
                    GFile *file,
                    PhSessionProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autofree char *folder = NULL;
  g_autoptr (PhScratch) scratch = NULL;
  const char *path;
  PhSpan all;
  Cut cut = {
    .session = session,
    .only = excerpt->window,
    .json = json,
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
  };

  g_return_val_if_fail (PH_IS_SESSION (session) && !session->is_importing, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (excerpt->span.begin <= excerpt->span.end, FALSE);

  path = g_file_peek_path (file);

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "A recording can be written on this machine only");
      return FALSE;
    }

  all = ph_session_get_span (session);
  cut.span.begin = ph_span_clamp (all, excerpt->span.begin);
  cut.span.end = ph_span_clamp (all, excerpt->span.end);
  folder = g_path_get_dirname (path);
  ph_scratch_sweep (folder);
  scratch = ph_scratch_new (folder, 0666, error);

  if (scratch == NULL || !cut_out (&cut, excerpt, ph_scratch_get_path (scratch), error) ||
      !put_notes (&cut, excerpt->notes != NULL ? excerpt->notes : ph_session_get_notes (session),
                  ph_scratch_get_path (scratch), error) ||
      !ph_scratch_move (scratch, path, error))
    return FALSE;

  if (progress != NULL)
    progress (1, user_data);

  return TRUE;
}
