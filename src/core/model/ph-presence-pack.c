/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-presence-pack.h"

#include "ph-limits.h"
#include "ph-varint.h"

#include <math.h>

enum
{
  FOCUS_VISIBLE = 1 << 0,
  WAS_VISIBLE = 1 << 1,
  WAS_FOCUS = 1 << 2,
  PRESSED = 1 << 3,
  DISMISSED = 1 << 4,
  ALL = (1 << 5) - 1,
};

enum
{
  MEDIA_PLAYING = 1 << 0,
  MEDIA_MUTED = 1 << 1,
  MEDIA_LOOP = 1 << 2,
  MEDIA_ALL = (1 << 3) - 1,
};

/* No session is so long; times nearer than this can be subtracted. */
#define FAR_TIME (G_MAXINT64 / 4)

static guint
length (const GArray *array)
{
  return array != NULL ? array->len : 0;
}

gboolean
ph_presence_is_said (const PhPresence *presence)
{
  return presence->focus_visible || presence->was_focus != 0 ||
         presence->pressed != PH_TIME_NONE || presence->dismissed != PH_TIME_NONE ||
         length (presence->ranges) + length (presence->top) + length (presence->media) > 0;
}

static void
put_time (PhPackOut *out,
          PhTime time)
{
  ph_pack_put_number (out, ph_varint_zigzag (time));
}

static PhTime
take_time (PhPackIn *in)
{
  PhTime time = ph_varint_unzigzag (ph_pack_take_number (in));

  if (time > -FAR_TIME && time < FAR_TIME)
    return time;

  in->bad = TRUE;

  return 0;
}

static double
take_finite (PhPackIn *in,
             double limit)
{
  double number = ph_pack_take_double (in);

  if (fabs (number) <= limit)
    return number;

  in->bad = TRUE;

  return 0;
}

static void
put_media (PhPackOut *out,
           const PhMedia *media)
{
  guint flags = 0;

  flags |= media->playing ? MEDIA_PLAYING : 0;
  flags |= media->muted ? MEDIA_MUTED : 0;
  flags |= media->loop ? MEDIA_LOOP : 0;
  ph_pack_put_id (out, media->id);
  ph_pack_put_number (out, flags);
  put_time (out, media->since);
  ph_pack_put_double (out, media->position);
  ph_pack_put_double (out, media->rate);
  ph_pack_put_double (out, media->volume);
}

static PhMedia
take_media (PhPackIn *in)
{
  gint32 id = ph_pack_take_id (in);
  guint64 flags = ph_pack_take_bounded (in, MEDIA_ALL);
  PhMedia media = {
    .id = id,
    .playing = (flags & MEDIA_PLAYING) != 0,
    .muted = (flags & MEDIA_MUTED) != 0,
    .loop = (flags & MEDIA_LOOP) != 0,
  };

  media.since = take_time (in);
  media.position = take_finite (in, PH_LIMIT_MEDIA_SECONDS);
  media.rate = take_finite (in, PH_LIMIT_MEDIA_RATE);
  media.volume = take_finite (in, 1);

  return media;
}

void
ph_presence_pack (const PhPresence *presence,
                  PhPackOut *out)
{
  guint flags = 0;

  flags |= presence->focus_visible ? FOCUS_VISIBLE : 0;
  flags |= presence->was_visible ? WAS_VISIBLE : 0;
  flags |= presence->was_focus != 0 ? WAS_FOCUS : 0;
  flags |= presence->pressed != PH_TIME_NONE ? PRESSED : 0;
  flags |= presence->dismissed != PH_TIME_NONE ? DISMISSED : 0;
  ph_pack_put_number (out, flags);

  if ((flags & WAS_FOCUS) != 0)
    ph_pack_put_id (out, presence->was_focus);

  if ((flags & PRESSED) != 0)
    put_time (out, presence->pressed);

  if ((flags & DISMISSED) != 0)
    put_time (out, presence->dismissed);

  ph_pack_put_number (out, length (presence->ranges));

  for (guint i = 0; i < length (presence->ranges); i++)
    {
      const PhRange *range = &g_array_index (presence->ranges, PhRange, i);

      ph_pack_put_id (out, range->start);
      ph_pack_put_number (out, range->start_offset);
      ph_pack_put_id (out, range->end);
      ph_pack_put_number (out, range->end_offset);
    }

  ph_pack_put_number (out, length (presence->top));

  for (guint i = 0; i < length (presence->top); i++)
    {
      const PhTop *top = &g_array_index (presence->top, PhTop, i);

      ph_pack_put_id (out, top->id);
      ph_pack_put_id (out, top->opener);
      ph_pack_put_number (out, top->is_popover != 0);
    }

  ph_pack_put_number (out, length (presence->media));

  for (guint i = 0; i < length (presence->media); i++)
    put_media (out, &g_array_index (presence->media, PhMedia, i));
}

static void
take_lists (PhPresence *presence,
            PhPackIn *in)
{
  for (guint64 n = ph_pack_take_bounded (in, PH_LIMIT_RANGES); n > 0 && !in->bad; n--)
    {
      PhRange range = { .start = ph_pack_take_id (in) };

      range.start_offset = (guint) ph_pack_take_bounded (in, G_MAXINT32);
      range.end = ph_pack_take_id (in);
      range.end_offset = (guint) ph_pack_take_bounded (in, G_MAXINT32);
      ph_presence_add_range (presence, &range);
    }

  for (guint64 n = ph_pack_take_bounded (in, PH_LIMIT_TOP); n > 0 && !in->bad; n--)
    {
      PhTop top = { .id = ph_pack_take_id (in) };

      top.opener = ph_pack_take_id (in);
      top.is_popover = ph_pack_take_bounded (in, 1) != 0;
      ph_presence_add_top (presence, &top);
    }

  for (guint64 n = ph_pack_take_bounded (in, PH_LIMIT_MEDIA); n > 0 && !in->bad; n--)
    {
      PhMedia media = take_media (in);

      ph_presence_add_media (presence, &media);
    }
}

void
ph_presence_unpack (PhPresence *presence,
                    PhPackIn *in)
{
  guint64 flags = ph_pack_take_bounded (in, ALL);

  presence->focus_visible = (flags & FOCUS_VISIBLE) != 0;
  presence->was_visible = (flags & WAS_VISIBLE) != 0;

  if ((flags & WAS_FOCUS) != 0)
    presence->was_focus = ph_pack_take_id (in);

  if ((flags & PRESSED) != 0)
    presence->pressed = take_time (in);

  if ((flags & DISMISSED) != 0)
    presence->dismissed = take_time (in);

  take_lists (presence, in);
}
