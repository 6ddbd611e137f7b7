/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pointer.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <math.h>
#include <string.h>

/* Samples further apart than this are two movements: the pointer jumps. */
#define MOVE_GAP (200 * PH_MSEC)

/* What pressed says after a sample. */
typedef enum
{
  PRESS_SAME,
  PRESS_DOWN,
  PRESS_UP,
} Press;

typedef struct
{
  PhTime time;
  float x, y;
  guint32 order; /* keeps the sort stable */
  guint8 kind;   /* PhPointerKind */
  guint8 press;  /* Press */
  guint8 pressed;
  guint8 is_click;
} Sample;

struct _PhPointerTrack
{
  GArray *samples; /* Sample, by time once finished */
  GArray *clicks;  /* guint32: indexes of clicks in samples */
};

PhPointerTrack *
ph_pointer_track_new (void)
{
  PhPointerTrack *track = g_new0 (PhPointerTrack, 1);

  track->samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  track->clicks = g_array_new (FALSE, FALSE, sizeof (guint32));

  return track;
}

void
ph_pointer_track_free (PhPointerTrack *track)
{
  if (track == NULL)
    return;

  g_array_unref (track->samples);
  g_array_unref (track->clicks);
  g_free (track);
}

static gboolean
read_point (PhJsonValue value,
            Sample *sample)
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

static void
add_sample (PhPointerTrack *track,
            Sample sample)
{
  sample.order = track->samples->len;
  g_array_append_val (track->samples, sample);
}

static void
add_moves (PhPointerTrack *track,
           const PhEvent *event,
           PhJsonValue data)
{
  PhPointerKind kind =
    event->source == PH_SOURCE_TOUCH_MOVE ? PH_POINTER_TOUCH : PH_POINTER_MOUSE;
  PhJsonIter iter;
  PhJsonValue position;

  ph_json_iter_init (&iter, ph_json_member (data, "positions"));

  while (ph_json_next (&iter, NULL, &position))
    {
      Sample sample = { .time = event->time, .kind = kind };
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
  Sample sample = { .time = event->time };
  gint64 type;
  gint64 pointer = PH_POINTER_MOUSE;

  if (!ph_json_member_int (data, "type", &type) || !read_point (data, &sample))
    return;

  if (ph_json_member_int (data, "pointerType", &pointer))
    pointer = CLAMP (pointer, PH_POINTER_MOUSE, PH_POINTER_TOUCH);
  else if (type >= PH_MOUSE_TOUCH_START && type <= PH_MOUSE_TOUCH_CANCEL)
    pointer = PH_POINTER_TOUCH;

  sample.kind = (guint8) pointer;
  sample.is_click = type == PH_MOUSE_CLICK;

  if (type == PH_MOUSE_DOWN || type == PH_MOUSE_TOUCH_START)
    sample.press = PRESS_DOWN;
  else if (type == PH_MOUSE_UP || type == PH_MOUSE_CLICK || type == PH_MOUSE_TOUCH_END ||
           type == PH_MOUSE_TOUCH_CANCEL)
    sample.press = PRESS_UP;

  add_sample (track, sample);
}

void
ph_pointer_track_add (PhPointerTrack *track,
                      const PhEvent *event,
                      PhJsonValue root)
{
  PhJsonValue data;

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
compare_samples (gconstpointer a,
                 gconstpointer b)
{
  const Sample *sa = a;
  const Sample *sb = b;

  if (sa->time != sb->time)
    return sa->time < sb->time ? -1 : 1;

  return sa->order < sb->order ? -1 : sa->order > sb->order;
}

void
ph_pointer_track_finish (PhPointerTrack *track)
{
  guint8 pressed = FALSE;

  g_array_sort (track->samples, compare_samples);

  for (guint32 i = 0; i < track->samples->len; i++)
    {
      Sample *sample = &g_array_index (track->samples, Sample, i);

      if (sample->press != PRESS_SAME)
        pressed = sample->press == PRESS_DOWN;

      sample->pressed = pressed;

      if (sample->is_click)
        g_array_append_val (track->clicks, i);
    }
}

PhPointerTrack *
ph_pointer_track_finished (const PhPointerTrack *track)
{
  PhPointerTrack *copy = ph_pointer_track_new ();

  if (track->samples->len > 0)
    g_array_append_vals (copy->samples, track->samples->data, track->samples->len);

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

      if (g_array_index (track->samples, Sample, middle).time <= time)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
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
      const Sample *sample = &g_array_index (track->samples, Sample, index);

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

void
ph_pointer_track_at (const PhPointerTrack *track,
                     PhTime time,
                     PhPointer *pointer)
{
  guint end = samples_until (track, time);
  const Sample *last;

  memset (pointer, 0, sizeof *pointer);

  if (end == 0)
    return;

  last = &g_array_index (track->samples, Sample, end - 1);
  pointer->visible = TRUE;
  pointer->pressed = last->pressed;
  pointer->kind = last->kind;
  pointer->x = last->x;
  pointer->y = last->y;

  if (end < track->samples->len)
    {
      const Sample *next = &g_array_index (track->samples, Sample, end);
      PhTime gap = next->time - last->time;

      if (gap > 0 && gap <= MOVE_GAP && next->kind == last->kind)
        {
          float share = (float) (time - last->time) / (float) gap;

          pointer->x += (next->x - last->x) * share;
          pointer->y += (next->y - last->y) * share;
        }
    }

  collect_clicks (track, end, time, pointer);
}

/* ---- as bytes: a format byte, then one column after the other ---- */

#define FORMAT 1
/* No session is so long; times nearer than this can be subtracted. */
#define FAR_TIME (G_MAXINT64 / 4)

/* A column of 8, 4 or 1 byte numbers, low bytes first. */
static void
put_column (GByteArray *out,
            guint64 number,
            guint size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (number >> (8 * i));

      g_byte_array_append (out, &byte, 1);
    }
}

static guint64
take_column (const guint8 *at,
             guint size)
{
  guint64 number = 0;

  for (guint i = 0; i < size; i++)
    number |= (guint64) at[i] << (8 * i);

  return number;
}

static guint32
float_to_bits (float number)
{
  guint32 bits;

  memcpy (&bits, &number, sizeof bits);

  return bits;
}

static float
float_from_bits (guint32 bits)
{
  float number;

  memcpy (&number, &bits, sizeof number);

  return number;
}

/* What a sample takes: time, x, y, order, and four small ones. */
#define SAMPLE_BYTES (8 + 4 + 4 + 4 + 1)

static guint8
pack_flags (const Sample *sample)
{
  return (guint8) (sample->kind | sample->press << 2 | sample->pressed << 4 |
                   sample->is_click << 5);
}

GBytes *
ph_pointer_track_pack (const PhPointerTrack *track)
{
  const Sample *samples = (const Sample *) (gpointer) track->samples->data;
  guint n = track->samples->len;
  GByteArray *out = g_byte_array_sized_new (1 + n * SAMPLE_BYTES);
  PhTime before = 0;

  put_column (out, FORMAT, 1);

  for (guint i = 0; i < n; i++)
    {
      put_column (out, (guint64) samples[i].time - (guint64) before, 8);
      before = samples[i].time;
    }

  for (guint i = 0; i < n; i++)
    put_column (out, float_to_bits (samples[i].x), 4);

  for (guint i = 0; i < n; i++)
    put_column (out, float_to_bits (samples[i].y), 4);

  for (guint i = 0; i < n; i++)
    put_column (out, samples[i].order - i, 4);

  for (guint i = 0; i < n; i++)
    put_column (out, pack_flags (&samples[i]), 1);

  return g_byte_array_free_to_bytes (out);
}

/* FALSE when nothing that was added could look so. */
static gboolean
unpack_sample (const guint8 *columns,
               guint n,
               guint i,
               PhTime before,
               Sample *sample)
{
  const guint8 *xs = columns + (gsize) n * 8;
  const guint8 *ys = xs + (gsize) n * 4;
  const guint8 *orders = ys + (gsize) n * 4;
  guint8 flags = orders[(gsize) n * 4 + i];

  sample->time = (PhTime) ((guint64) before + take_column (columns + (gsize) i * 8, 8));
  sample->x = float_from_bits ((guint32) take_column (xs + (gsize) i * 4, 4));
  sample->y = float_from_bits ((guint32) take_column (ys + (gsize) i * 4, 4));
  sample->order = (guint32) take_column (orders + (gsize) i * 4, 4) + i;
  sample->kind = flags & 3;
  sample->press = (flags >> 2) & 3;
  sample->pressed = (flags >> 4) & 1;
  sample->is_click = (flags >> 5) & 1;

  return (i == 0 || sample->time >= before) && sample->time > -FAR_TIME &&
         sample->time < FAR_TIME && fabsf (sample->x) <= PH_LIMIT_PIXELS &&
         fabsf (sample->y) <= PH_LIMIT_PIXELS && sample->kind <= PH_POINTER_TOUCH &&
         sample->press <= PRESS_UP && flags >> 6 == 0;
}

PhPointerTrack *
ph_pointer_track_unpack (GBytes *bytes,
                         GError **error)
{
  g_autoptr (PhPointerTrack) track = ph_pointer_track_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint n = size > 0 ? (guint) ((size - 1) / SAMPLE_BYTES) : 0;
  gboolean good = size > 0 && data[0] == FORMAT && (size - 1) % SAMPLE_BYTES == 0;
  PhTime before = 0;

  for (guint i = 0; good && i < n; i++)
    {
      Sample sample = { 0 };

      good = unpack_sample (data + 1, n, i, before, &sample);
      before = sample.time;
      g_array_append_val (track->samples, sample);

      if (sample.is_click)
        g_array_append_val (track->clicks, i);
    }

  if (!good)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "A stored pointer track is damaged");
      return NULL;
    }

  return g_steal_pointer (&track);
}
