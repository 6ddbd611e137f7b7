/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pointer.h"

#include "ph-limits.h"
#include "ph-pointer-private.h"

#include <math.h>
#include <string.h>

/* Samples further apart than this are two movements: the pointer jumps. */
#define MOVE_GAP (200 * PH_MSEC)
/* So far the next and the last sample of one of several pointers are looked for. */
#define LOOK_AHEAD 64
#define LOOK_BACK 1024
/* A pointer that is down and says nothing for so long was lifted without a word. */
#define HELD_SPAN (10 * PH_SECOND)

PhPointerTrack *
ph_pointer_track_new (void)
{
  PhPointerTrack *track = g_new0 (PhPointerTrack, 1);

  track->samples = g_array_new (FALSE, FALSE, sizeof (PhPointerSample));
  track->clicks = g_array_new (FALSE, FALSE, sizeof (guint32));
  track->resets = g_array_new (FALSE, FALSE, sizeof (PhTime));

  return track;
}

void
ph_pointer_track_free (PhPointerTrack *track)
{
  if (track == NULL)
    return;

  g_array_unref (track->samples);
  g_array_unref (track->clicks);
  g_array_unref (track->resets);
  g_free (track);
}

static gboolean
read_point (PhJsonValue value,
            PhPointerSample *sample)
{
  double x;
  double y;

  if (!ph_json_member_double (value, "x", &x) || !ph_json_member_double (value, "y", &y))
    return FALSE;

  if (!(fabs (x) <= PH_LIMIT_PIXELS) || !(fabs (y) <= PH_LIMIT_PIXELS))
    return FALSE;

  sample->x = (float) x;
  sample->y = (float) y;

  return TRUE;
}

/* −1 and −2 are the recorder's own words for a node it does not record. */
static gint32
read_target (PhJsonValue value)
{
  gint64 id;

  return ph_json_member_int (value, "id", &id) && id > 0 && id <= G_MAXINT32 ? (gint32) id : 0;
}

/* Sentry's recorder says which of several fingers it was. */
static gint32
read_pointer (PhJsonValue value,
              gint32 otherwise)
{
  gint64 id;

  if (!ph_json_member_int (value, "pointerId", &id))
    return otherwise;

  return (gint32) CLAMP (id, G_MININT32, G_MAXINT32);
}

static void
add_sample (PhPointerTrack *track,
            PhPointerSample sample)
{
  sample.order = track->samples->len;
  g_array_append_val (track->samples, sample);
}

static void
add_moves (PhPointerTrack *track,
           const PhEvent *event,
           PhJsonValue data)
{
  gboolean is_touch = event->source == PH_SOURCE_TOUCH_MOVE;
  gint32 pointer = read_pointer (data, 0);
  PhJsonIter iter;
  PhJsonValue position;

  ph_json_iter_init (&iter, ph_json_member (data, "positions"));

  while (ph_json_next (&iter, NULL, &position))
    {
      PhPointerSample sample = {
        .time = event->time,
        .kind = is_touch ? PH_POINTER_TOUCH : PH_POINTER_MOUSE,
        .is_move = TRUE,
        .is_drag = event->source == PH_SOURCE_DRAG,
        .target = read_target (position),
        .pointer = read_pointer (position, pointer),
      };
      double offset;

      if (!read_point (position, &sample))
        continue;

      /* The offset is never positive and never longer than a batch; a day is generous. */
      if (ph_json_member_double (position, "timeOffset", &offset) && offset < 0 && offset > -864e5)
        sample.time += llround (offset * 1000);

      add_sample (track, sample);
    }
}

static void
add_interaction (PhPointerTrack *track,
                 const PhEvent *event,
                 PhJsonValue data)
{
  PhPointerSample sample = {
    .time = event->time,
    .target = read_target (data),
    .pointer = read_pointer (data, 0),
  };
  gint64 type;
  gint64 kind = PH_POINTER_MOUSE;

  if (!ph_json_member_int (data, "type", &type) || !read_point (data, &sample))
    return;

  if (ph_json_member_int (data, "pointerType", &kind))
    kind = CLAMP (kind, PH_POINTER_MOUSE, PH_POINTER_TOUCH);
  else if (type >= PH_MOUSE_TOUCH_START && type <= PH_MOUSE_TOUCH_CANCEL)
    kind = PH_POINTER_TOUCH;

  sample.kind = (guint8) kind;
  sample.is_click = type == PH_MOUSE_CLICK;

  if (type == PH_MOUSE_DOWN || type == PH_MOUSE_TOUCH_START)
    sample.press = PH_PRESS_DOWN;
  else if (type == PH_MOUSE_UP || type == PH_MOUSE_CLICK || type == PH_MOUSE_TOUCH_END ||
           type == PH_MOUSE_TOUCH_CANCEL)
    sample.press = PH_PRESS_UP;

  add_sample (track, sample);
}

void
ph_pointer_track_add (PhPointerTrack *track,
                      const PhEvent *event,
                      PhJsonValue root)
{
  PhJsonValue data;

  if (event->type == PH_EVENT_FULL_SNAPSHOT)
    g_array_append_val (track->resets, event->time);

  if (event->type != PH_EVENT_INCREMENTAL)
    return;

  data = ph_json_member (root, "data");

  if (event->source == PH_SOURCE_MOUSE_MOVE || event->source == PH_SOURCE_TOUCH_MOVE ||
      event->source == PH_SOURCE_DRAG)
    add_moves (track, event, data);
  else if (event->source == PH_SOURCE_MOUSE_INTERACTION)
    add_interaction (track, event, data);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  PhTime ta = *(const PhTime *) a;
  PhTime tb = *(const PhTime *) b;

  return ta < tb ? -1 : ta > tb;
}

static int
compare_samples (gconstpointer a,
                 gconstpointer b)
{
  const PhPointerSample *sa = a;
  const PhPointerSample *sb = b;

  if (sa->time != sb->time)
    return sa->time < sb->time ? -1 : 1;

  return sa->order < sb->order ? -1 : sa->order > sb->order;
}

/* How one of several pointers is while the samples are gone through. */
typedef struct
{
  guint32 down;
  gboolean dragging;
  gboolean is_pen;
} Held;

/*
 * What is dragged takes the pointer's events: no `up` comes, but moves again once
 * it was dropped. And moves do not say whether a pen made them: the presses do.
 */
static void
follow (Held *held,
        PhPointerSample *sample,
        guint32 number)
{
  if (!sample->is_move)
    held->is_pen = sample->kind == PH_POINTER_PEN;
  else if (held->is_pen && sample->kind == PH_POINTER_MOUSE)
    sample->kind = PH_POINTER_PEN;

  if (sample->press == PH_PRESS_DOWN)
    held->down = number;
  else if (sample->press == PH_PRESS_UP || (held->dragging && sample->is_move && !sample->is_drag))
    held->down = 0;

  held->dragging = sample->is_drag;
  sample->down = held->down;
}

void
ph_pointer_track_derive (PhPointerTrack *track)
{
  g_autoptr (GHashTable) pointers = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  guint32 n_pressed = 0;
  guint32 aimed = 0;

  for (guint32 i = 0; i < track->samples->len; i++)
    {
      PhPointerSample *sample = &g_array_index (track->samples, PhPointerSample, i);
      gpointer key = GINT_TO_POINTER (sample->pointer);
      Held *held = g_hash_table_lookup (pointers, key);

      if (held == NULL)
        {
          held = g_new0 (Held, 1);
          g_hash_table_insert (pointers, key, held);
        }

      n_pressed -= held->down != 0;
      follow (held, sample, i + 1);
      n_pressed += held->down != 0;
      sample->n_pressed = n_pressed;
      aimed = sample->target != 0 ? i + 1 : aimed;
      sample->aimed = aimed;

      if (sample->is_click)
        g_array_append_val (track->clicks, i);
    }
}

void
ph_pointer_track_finish (PhPointerTrack *track)
{
  g_array_sort (track->samples, compare_samples);
  g_array_sort (track->resets, compare_times);
  ph_pointer_track_derive (track);
}

PhPointerTrack *
ph_pointer_track_finished (const PhPointerTrack *track)
{
  PhPointerTrack *copy = ph_pointer_track_new ();

  if (track->samples->len > 0)
    g_array_append_vals (copy->samples, track->samples->data, track->samples->len);

  if (track->resets->len > 0)
    g_array_append_vals (copy->resets, track->resets->data, track->resets->len);

  ph_pointer_track_finish (copy);

  return copy;
}

/* How many samples have a time ≤ @time. */
static guint
samples_until (const PhPointerTrack *track,
               PhTime time)
{
  guint low = 0;
  guint high = track->samples->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (track->samples, PhPointerSample, middle).time <= time)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

PhTime
ph_pointer_track_seen (const PhPointerTrack *track,
                       PhTime time)
{
  guint n = samples_until (track, time);

  return n > 0 ? g_array_index (track->samples, PhPointerSample, n - 1).time : PH_TIME_NONE;
}

/* How many clicks stand before sample @end. */
static guint
clicks_until (const PhPointerTrack *track,
              guint end)
{
  guint low = 0;
  guint high = track->clicks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (track->clicks, guint32, middle) < end)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
collect_clicks (const PhPointerTrack *track,
                guint end,
                PhTime time,
                PhPointer *pointer)
{
  for (guint i = clicks_until (track, end); i > 0 && pointer->n_clicks < PH_CLICKS_SHOWN; i--)
    {
      guint index = g_array_index (track->clicks, guint32, i - 1);
      const PhPointerSample *sample = &g_array_index (track->samples, PhPointerSample, index);

      if (time - sample->time >= PH_CLICK_SPAN)
        return;

      pointer->clicks[pointer->n_clicks++] = (PhClick) {
        .x = sample->x,
        .y = sample->y,
        .progress = (float) (time - sample->time) / (float) PH_CLICK_SPAN,
        .kind = sample->kind,
      };
    }
}

static const PhPointerSample *
get_sample (const PhPointerTrack *track,
            guint index)
{
  return &g_array_index (track->samples, PhPointerSample, index);
}

/* Where the pointer of sample @index is at @time: between it and its next one. */
static PhTouch
place_between (const PhPointerTrack *track,
               guint index,
               PhTime time)
{
  const PhPointerSample *last = get_sample (track, index);
  PhTouch touch = { .x = last->x, .y = last->y, .kind = last->kind, .pressed = last->down != 0 };

  for (guint i = index + 1; i < track->samples->len && i - index <= LOOK_AHEAD; i++)
    {
      const PhPointerSample *next = get_sample (track, i);
      PhTime gap = next->time - last->time;
      float share;

      if (gap > MOVE_GAP)
        break;

      if (next->pointer != last->pointer)
        continue;

      if (gap > 0 && next->kind == last->kind)
        {
          share = (float) (time - last->time) / (float) gap;
          touch.x += (next->x - last->x) * share;
          touch.y += (next->y - last->y) * share;
        }

      break;
    }

  return touch;
}

/* Other pointers that are down: their last samples, going back. */
static void
collect_others (const PhPointerTrack *track,
                guint end,
                PhTime time,
                PhPointer *pointer)
{
  gint32 seen[LOOK_BACK];
  guint n_seen = 0;
  const PhPointerSample *last = get_sample (track, end - 1);
  guint wanted = last->n_pressed - (last->down != 0);

  wanted = MIN (wanted, PH_POINTERS_SHOWN - 1);

  for (guint i = end; i > 0 && pointer->n_others < wanted && end - i < LOOK_BACK; i--)
    {
      const PhPointerSample *sample = get_sample (track, i - 1);
      gboolean known = FALSE;

      if (time - sample->time > HELD_SPAN)
        return;

      for (guint j = 0; j < n_seen && !known; j++)
        known = seen[j] == sample->pointer;

      if (known)
        continue;

      seen[n_seen++] = sample->pointer;

      if (i < end && sample->down != 0)
        pointer->others[pointer->n_others++] = place_between (track, i - 1, time);
    }
}

/* When ids came to mean what they mean at @time. */
static PhTime
last_reset (const PhPointerTrack *track,
            PhTime time)
{
  guint low = 0;
  guint high = track->resets->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (track->resets, PhTime, middle) <= time)
        low = middle + 1;
      else
        high = middle;
    }

  return low > 0 ? g_array_index (track->resets, PhTime, low - 1) : G_MININT64;
}

/* The target of sample @number − 1, when it was named since @reset. */
static gint32
find_target (const PhPointerTrack *track,
             guint32 number,
             PhTime reset)
{
  const PhPointerSample *sample;

  if (number == 0)
    return 0;

  sample = get_sample (track, number - 1);

  return sample->time >= reset ? sample->target : 0;
}

void
ph_pointer_track_at (const PhPointerTrack *track,
                     PhTime time,
                     PhPointer *pointer)
{
  guint end = samples_until (track, time);
  PhTime reset = last_reset (track, time);
  const PhPointerSample *last;
  PhTouch touch;

  memset (pointer, 0, sizeof *pointer);

  if (end == 0)
    return;

  last = get_sample (track, end - 1);
  touch = place_between (track, end - 1, time);
  pointer->visible = TRUE;
  pointer->pressed = touch.pressed;
  pointer->kind = touch.kind;
  pointer->x = touch.x;
  pointer->y = touch.y;
  pointer->hover = find_target (track, last->aimed, reset);
  pointer->active = find_target (track, last->down, reset);
  collect_others (track, end, time, pointer);
  collect_clicks (track, end, time, pointer);
}

/* Of the newest PH_TRAIL_POINTS − 1 samples of the pointer that moved last: where they begin. */
static guint
find_trail (const PhPointerTrack *track,
            guint end,
            PhTime time)
{
  gint32 pointer = get_sample (track, end - 1)->pointer;
  guint begin = end;
  guint n = 0;

  for (guint i = end; i > 0 && end - i < LOOK_BACK && n < PH_TRAIL_POINTS - 1; i--)
    {
      const PhPointerSample *sample = get_sample (track, i - 1);

      if (time - sample->time >= PH_TRAIL_SPAN)
        break;

      if (sample->pointer != pointer)
        continue;

      begin = i - 1;
      n++;
    }

  return begin;
}

void
ph_pointer_track_trail (const PhPointerTrack *track,
                        PhTime time,
                        PhTrail *trail)
{
  guint end = samples_until (track, time);
  const PhPointerSample *before = NULL;
  PhTouch now;

  memset (trail, 0, sizeof *trail);

  if (end == 0)
    return;

  for (guint i = find_trail (track, end, time); i < end; i++)
    {
      const PhPointerSample *sample = get_sample (track, i);

      if (sample->pointer != get_sample (track, end - 1)->pointer)
        continue;

      trail->points[trail->n++] = (PhTrailPoint) {
        .x = sample->x,
        .y = sample->y,
        .age = (float) (time - sample->time) / (float) PH_TRAIL_SPAN,
        .begins = before == NULL || sample->time - before->time > MOVE_GAP ||
                  before->kind != sample->kind,
      };
      before = sample;
    }

  if (trail->n == 0)
    return;

  now = place_between (track, end - 1, time);
  trail->points[trail->n++] = (PhTrailPoint) { .x = now.x, .y = now.y };
}
