/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cursor.h"

#include "ph-dom-apply.h"
#include "ph-keyframes.h"
#include "ph-limits.h"
#include "ph-patch.h"

#include <string.h>

/* A sound or film that plays on is said to be where it should be so often. */
#define MEDIA_STEP (250 * PH_MSEC)

/* The page of one window, and how far it is. Brought up to date when it is looked at. */
typedef struct
{
  PhDom *dom; /* NULL until it is first looked at */
  guint next; /* the event to apply next */
  guint base; /* the full snapshot it started from, or G_MAXUINT */
  guint mark; /* where the newest keyframe before it stands, or it started */
  gsize work; /* bytes of event text applied since then */
} Track;

/* What of the page the pointer is over and is pressed on; 0 for none. */
typedef struct
{
  gint32 hover;
  gint32 active;
} Aim;

struct _PhCursor
{
  PhSession *session;
  PhJson *json;

  PhTime time;
  guint end;   /* events before this one have happened */
  guint first; /* events up to the session's first picture, and its window */
  guint32 first_window;
  guint32 wanted;   /* window, or G_MAXUINT32 */
  guint generation; /* of the session's events */
  Track tracks[PH_LIMIT_WINDOWS];
  PhKeyframes *keyframes;
  PhAssetTable *assets; /* or NULL */

  /* What the stage shows; NULL when nothing. */
  PhDom *shown;
  guint32 shown_window;
  PhPointer shown_pointer;
  Aim shown_aim;
  gboolean wants_trail;
  gboolean stepping;
  PhTrail shown_trail;
  PhTime media_time; /* up to when the stage was told where sounds and films are */
};

/*
 * Time begins a little before the first picture (ph-outlier.h). Nobody wants to
 * look at nothing, so what comes first is shown from the start.
 */
static void
find_first_picture (PhCursor *cursor)
{
  PhTime begin = ph_session_get_span (cursor->session).begin;
  PhTime picture;

  cursor->first_window = ph_session_active_window (cursor->session, begin);
  picture = ph_session_get_window (cursor->session, cursor->first_window)->first_picture;

  if (picture != PH_TIME_NONE)
    cursor->first = ph_session_events_until (cursor->session, picture);
}

PhCursor *
ph_cursor_new (PhSession *session)
{
  PhCursor *cursor = g_new0 (PhCursor, 1);

  cursor->session = g_object_ref (session);
  cursor->json = ph_json_new ();
  cursor->wanted = G_MAXUINT32;
  cursor->generation = ph_session_get_generation (session);
  cursor->keyframes = ph_keyframes_new ();
  find_first_picture (cursor);
  ph_cursor_seek (cursor, ph_session_get_span (session).begin);

  return cursor;
}

static void
clear_tracks (PhCursor *cursor)
{
  for (guint i = 0; i < PH_LIMIT_WINDOWS; i++)
    ph_dom_free (cursor->tracks[i].dom);

  memset (cursor->tracks, 0, sizeof cursor->tracks);
}

void
ph_cursor_free (PhCursor *cursor)
{
  if (cursor == NULL)
    return;

  clear_tracks (cursor);
  ph_keyframes_free (cursor->keyframes);
  ph_dom_free (cursor->shown);
  ph_json_free (cursor->json);
  ph_asset_table_unref (cursor->assets);
  g_object_unref (cursor->session);
  g_free (cursor);
}

static void
apply (PhCursor *cursor,
       Track *track,
       const PhEvent *event)
{
  PhJsonValue root;

  if (ph_json_parse (cursor->json, event->text, event->size, &root, NULL))
    ph_dom_apply (track->dom, event, root, NULL);
}

/* An empty page, ready for full snapshot @base, or for the first event. */
static void
start_track (PhCursor *cursor,
             Track *track,
             guint32 window,
             guint base)
{
  guint meta = G_MAXUINT;
  guint resize = G_MAXUINT;

  ph_dom_free (track->dom);
  track->dom = ph_dom_new (ph_session_get_names (cursor->session));
  track->base = base;
  track->next = base != G_MAXUINT ? base : 0;
  track->mark = track->next;
  track->work = 0;

  if (base != G_MAXUINT)
    ph_session_get_lead (cursor->session, window, base, &meta, &resize);

  if (meta != G_MAXUINT)
    apply (cursor, track, ph_session_get_event (cursor->session, meta));

  if (resize != G_MAXUINT)
    apply (cursor, track, ph_session_get_event (cursor->session, resize));
}

/*
 * The nearest page to start from after event @from, kept here or stored in the
 * recording; the caller's. NULL when there is none.
 */
static PhDom *
take_keyframe (PhCursor *cursor,
               guint32 window,
               guint base,
               guint from,
               guint end,
               guint *next)
{
  guint kept_next = 0;
  guint stored = ph_session_find_keyframe (cursor->session, window, base, end);
  const PhDom *kept = ph_keyframes_find (cursor->keyframes, window, base, end, &kept_next);
  guint best = kept != NULL ? MAX (from, kept_next) : from;

  if (stored != G_MAXUINT && stored > best)
    {
      PhDom *dom = ph_session_read_keyframe (cursor->session, window, base, end, next);

      if (dom != NULL && *next > best)
        {
          ph_keyframes_add (cursor->keyframes, window, base, *next, dom);
          return dom;
        }

      ph_dom_free (dom);
    }

  if (kept == NULL || kept_next <= from)
    return NULL;

  *next = kept_next;

  return ph_dom_copy (kept);
}

/* Goes on from a keyframe when one is nearer than the track itself. FALSE when none is. */
static gboolean
resume_track (PhCursor *cursor,
              Track *track,
              guint32 window,
              guint base,
              guint end)
{
  gboolean usable = track->dom != NULL && track->next <= end && track->base == base;
  guint next;
  PhDom *dom = take_keyframe (cursor, window, base, usable ? track->next : 0, end, &next);

  if (dom == NULL)
    return usable;

  ph_dom_free (track->dom);
  track->dom = dom;
  track->base = base;
  track->next = next;
  track->mark = next;
  track->work = 0;

  return TRUE;
}

/* Called when as much work was done since the mark as keyframes stand apart. */
static void
keep_track (PhCursor *cursor,
            Track *track,
            guint32 window)
{
  guint next = 0;
  const PhDom *dom =
    ph_keyframes_find (cursor->keyframes, window, track->base, track->next, &next);

  /* One that was come past on the way will do. */
  if (dom == NULL || next <= track->mark)
    ph_keyframes_add (cursor->keyframes, window, track->base, track->next, track->dom);

  track->mark = track->next;
  track->work = 0;
}

/*
 * A page is always made by the same events in the same order, from the full
 * snapshot it grew from, whether the cursor came forwards or backwards: so
 * seeking there equals playing there. Keyframes are pages made that way before.
 */
static Track *
bring_track (PhCursor *cursor,
             guint32 window)
{
  Track *track = &cursor->tracks[window];
  guint end = window == cursor->first_window ? MAX (cursor->end, cursor->first) : cursor->end;
  guint base = ph_session_last_snapshot (cursor->session, window, end);

  if (!resume_track (cursor, track, window, base, end))
    start_track (cursor, track, window, base);

  while (track->next < end)
    {
      const PhEvent *event = ph_session_get_event (cursor->session, track->next++);

      if (event->window != window)
        continue;

      apply (cursor, track, event);
      track->work += event->size;

      if (track->work >= PH_KEYFRAMES_WORK)
        keep_track (cursor, track, window);
    }

  ph_dom_set_assets (track->dom, cursor->assets);

  return track;
}

void
ph_cursor_seek (PhCursor *cursor,
                PhTime time)
{
  guint generation = ph_session_get_generation (cursor->session);

  /* Events have other numbers now: nothing that was made of them is of use. */
  if (cursor->generation != generation)
    {
      cursor->generation = generation;
      clear_tracks (cursor);
      ph_keyframes_free (cursor->keyframes);
      cursor->keyframes = ph_keyframes_new ();
      find_first_picture (cursor);
    }

  cursor->time = ph_span_clamp (ph_session_get_span (cursor->session), time);
  cursor->end = ph_session_events_until (cursor->session, cursor->time);
}

PhTime
ph_cursor_get_time (PhCursor *cursor)
{
  return cursor->time;
}

void
ph_cursor_set_window (PhCursor *cursor,
                      guint32 window)
{
  g_return_if_fail (window == G_MAXUINT32 ||
                    window < ph_session_get_n_windows (cursor->session));

  cursor->wanted = window;
}

guint32
ph_cursor_get_window (PhCursor *cursor)
{
  if (cursor->wanted != G_MAXUINT32)
    return cursor->wanted;

  return ph_session_active_window (cursor->session, cursor->time);
}

const PhDom *
ph_cursor_get_dom (PhCursor *cursor)
{
  return bring_track (cursor, ph_cursor_get_window (cursor))->dom;
}

void
ph_cursor_set_assets (PhCursor *cursor,
                      PhAssetTable *assets)
{
  PhAssetTable *old = cursor->assets;

  cursor->assets = assets != NULL ? ph_asset_table_ref (assets) : NULL;
  ph_asset_table_unref (old);
}

static gboolean
is_same (float a,
         float b)
{
  return !(a < b) && !(a > b);
}

static gboolean
are_pointers_equal (const PhPointer *a,
                    const PhPointer *b)
{
  if (a->visible != b->visible || a->n_clicks != b->n_clicks)
    return FALSE;

  if (a->visible && (a->pressed != b->pressed || a->kind != b->kind ||
                     !is_same (a->x, b->x) || !is_same (a->y, b->y)))
    return FALSE;

  if (a->n_others != b->n_others)
    return FALSE;

  for (guint i = 0; i < a->n_others; i++)
    if (a->others[i].kind != b->others[i].kind || a->others[i].pressed != b->others[i].pressed ||
        !is_same (a->others[i].x, b->others[i].x) || !is_same (a->others[i].y, b->others[i].y))
      return FALSE;

  for (guint i = 0; i < a->n_clicks; i++)
    {
      const PhClick *x = &a->clicks[i];
      const PhClick *y = &b->clicks[i];

      if (x->kind != y->kind || !is_same (x->x, y->x) || !is_same (x->y, y->y) ||
          !is_same (x->progress, y->progress))
        return FALSE;
    }

  return TRUE;
}

static Aim
find_aim (const PhDom *dom,
          const PhPointer *pointer)
{
  return (Aim) {
    .hover = ph_dom_find (dom, pointer->hover) != 0 ? pointer->hover : 0,
    .active = ph_dom_find (dom, pointer->active) != 0 ? pointer->active : 0,
  };
}

void
ph_cursor_set_trail (PhCursor *cursor,
                     gboolean trail)
{
  cursor->wants_trail = !!trail;
}

void
ph_cursor_set_stepping (PhCursor *cursor,
                        gboolean stepping)
{
  cursor->stepping = !!stepping;
}

void
ph_cursor_get_pointer (PhCursor *cursor,
                       PhPointer *pointer)
{
  const PhPointerTrack *track =
    ph_session_get_pointer (cursor->session, ph_cursor_get_window (cursor));

  memset (pointer, 0, sizeof *pointer);
  ph_pointer_track_at (track, cursor->time, pointer);
}

/* What of the pointer the stage shows. */
static void
find_shown_pointer (PhCursor *cursor,
                    const PhPointer *pointer,
                    PhPointer *shown)
{
  memset (shown, 0, sizeof *shown);

  if (!cursor->stepping)
    *shown = *pointer;
}

/* The way of the pointer to here; TRUE when the stage shows another one. */
static gboolean
find_trail (PhCursor *cursor,
            guint32 window,
            PhTrail *trail)
{
  memset (trail, 0, sizeof *trail);

  if (cursor->wants_trail)
    ph_pointer_track_trail (ph_session_get_pointer (cursor->session, window), cursor->time, trail);

  return memcmp (trail, &cursor->shown_trail, sizeof *trail) != 0;
}

static const GArray *
get_media (const PhDom *dom)
{
  const PhPageState *page = dom != NULL ? ph_dom_get_page (dom) : NULL;

  return page != NULL && page->presence.media != NULL && page->presence.media->len > 0
           ? page->presence.media
           : NULL;
}

static gboolean
is_any_playing (const GArray *media)
{
  for (guint i = 0; i < media->len; i++)
    if (g_array_index (media, PhMedia, i).playing)
      return TRUE;

  return FALSE;
}

/* Whether the stage has to be told where sounds and films are; it lets them run meanwhile. */
static gboolean
needs_media (PhCursor *cursor,
             const PhDom *from,
             const PhDom *dom,
             gboolean jump)
{
  const GArray *old = get_media (from);
  const GArray *media = get_media (dom);
  PhTime step = cursor->time - cursor->media_time;

  if (media == NULL || old == NULL || ph_dom_get_epoch (from) != ph_dom_get_epoch (dom))
    return media != old;

  if (media->len != old->len || memcmp (media->data, old->data, media->len * sizeof (PhMedia)) != 0)
    return TRUE;

  if (step == 0 || !is_any_playing (media))
    return FALSE;

  return jump || cursor->stepping || step < 0 || step >= MEDIA_STEP;
}

GBytes *
ph_cursor_take_patch (PhCursor *cursor,
                      gboolean jump)
{
  guint32 window = ph_cursor_get_window (cursor);
  const PhDom *dom = bring_track (cursor, window)->dom;
  const PhDom *from = cursor->shown_window == window ? cursor->shown : NULL;
  gboolean is_other = from == NULL || ph_dom_get_serial (from) != ph_dom_get_serial (dom);
  gboolean is_fresh = from == NULL || ph_dom_get_epoch (from) != ph_dom_get_epoch (dom);
  PhPointer pointer;
  PhPointer shown;
  Aim aim;
  gboolean aims_elsewhere;
  gboolean tells_media;
  gboolean leaves_trail;
  PhTrail trail;
  g_autoptr (PhPatch) patch = NULL;

  ph_cursor_get_pointer (cursor, &pointer);
  find_shown_pointer (cursor, &pointer, &shown);
  aim = find_aim (dom, &pointer);
  aims_elsewhere =
    aim.hover != cursor->shown_aim.hover || aim.active != cursor->shown_aim.active;

  tells_media = needs_media (cursor, from, dom, jump);

  leaves_trail = find_trail (cursor, window, &trail);

  if (!is_other && !aims_elsewhere && !tells_media && !leaves_trail &&
      are_pointers_equal (&cursor->shown_pointer, &shown))
    return NULL;

  patch = ph_patch_new ();

  /* What is hovered over may move by a transition. */
  if (jump && (is_other || aims_elsewhere))
    ph_patch_jump (patch, cursor->time);

  if (is_other)
    {
      ph_patch_diff (patch, from, dom);
      ph_dom_free (cursor->shown);
      cursor->shown = ph_dom_copy (dom);
      cursor->shown_window = window;
    }

  if (is_fresh || !are_pointers_equal (&cursor->shown_pointer, &shown))
    ph_patch_pointer (patch, &shown);

  if (is_fresh || aims_elsewhere)
    ph_patch_hover (patch, aim.hover, aim.active);

  if (leaves_trail || (is_fresh && trail.n > 0))
    ph_patch_trail (patch, &trail);

  if (tells_media)
    {
      ph_patch_media (patch, dom, cursor->time);
      cursor->media_time = cursor->time;
    }

  cursor->shown_pointer = shown;
  cursor->shown_aim = aim;
  cursor->shown_trail = trail;

  if (ph_patch_is_empty (patch))
    return NULL;

  return ph_patch_finish (g_steal_pointer (&patch));
}

void
ph_cursor_lose_stage (PhCursor *cursor)
{
  g_clear_pointer (&cursor->shown, ph_dom_free);
}
