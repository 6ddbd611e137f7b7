/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-apply.h"

#include "ph-dom-live.h"
#include "ph-limits.h"

#include <math.h>
#include <string.h>

/*
 * Sound and pictures (rrweb packages/rrweb/src/replay/media): a snapshot says how an
 * element was with `rr_media…` attributes, an event what has changed. Where it is at
 * a time follows from where it was when that was said (ph_media_position()).
 */

static gboolean
is_media (const PhDom *dom,
          PhSlot slot)
{
  const char *name = ph_dom_node_name (dom, slot);

  return !ph_dom_node (dom, slot)->is_svg &&
         (strcmp (name, "video") == 0 || strcmp (name, "audio") == 0);
}

static double
bounded (double number,
         double low,
         double high)
{
  return number >= low && number <= high ? number : CLAMP (number, low, high);
}

/* What is odd leaves @out alone. */
static void
read_attribute (const PhDom *dom,
                PhSlot slot,
                const char *name,
                double *out)
{
  const char *text = ph_dom_attribute (dom, slot, name);
  char *end = NULL;
  double number = text != NULL ? g_ascii_strtod (text, &end) : 0;

  if (end != text && isfinite (number))
    *out = number;
}

static gboolean
read_flag (const PhDom *dom,
           PhSlot slot,
           const char *name,
           const char *otherwise)
{
  const char *text = ph_dom_attribute (dom, slot, name);

  if (text == NULL)
    return ph_dom_attribute (dom, slot, otherwise) != NULL;

  return strcmp (text, "false") != 0;
}

static void
put (PhBuild *build,
     PhMedia *media)
{
  PhPresence *presence = &ph_dom_edit_page (build->dom)->presence;
  PhMedia *old = ph_presence_find_media (presence, media->id);

  media->position = bounded (media->position, 0, PH_LIMIT_MEDIA_SECONDS);
  media->rate = bounded (media->rate, -PH_LIMIT_MEDIA_RATE, PH_LIMIT_MEDIA_RATE);
  media->volume = bounded (media->volume, 0, 1);
  media->since = build->time;

  if (old != NULL)
    *old = *media;
  else if (!ph_presence_add_media (presence, media))
    ph_health_add (build->health, PH_HEALTH_LIMIT, build->time,
                   "more than %d sounds and films in one page", PH_LIMIT_MEDIA);
}

/* As an element is before anything is said of it. */
static PhMedia
begin (const PhDom *dom,
       PhSlot slot)
{
  return (PhMedia) {
    .id = ph_dom_node (dom, slot)->id,
    .rate = 1,
    .volume = 1,
    .muted = ph_dom_attribute (dom, slot, "muted") != NULL,
    .loop = ph_dom_attribute (dom, slot, "loop") != NULL,
  };
}

void
ph_media_made (PhBuild *build,
               PhSlot slot)
{
  const char *state = ph_dom_attribute (build->dom, slot, "rr_mediaState");
  PhMedia media;

  if (state == NULL || !is_media (build->dom, slot))
    return;

  media = begin (build->dom, slot);
  media.playing = strcmp (state, "played") == 0;
  media.muted = read_flag (build->dom, slot, "rr_mediaMuted", "muted");
  media.loop = read_flag (build->dom, slot, "rr_mediaLoop", "loop");
  read_attribute (build->dom, slot, "rr_mediaCurrentTime", &media.position);
  read_attribute (build->dom, slot, "rr_mediaPlaybackRate", &media.rate);
  read_attribute (build->dom, slot, "rr_mediaVolume", &media.volume);
  put (build, &media);
}

void
ph_apply_media (PhBuild *build,
                const PhEvent *event,
                PhJsonValue data)
{
  PhSlot slot = ph_apply_find_target (build, event, data);
  const PhPageState *page = ph_dom_get_page (build->dom);
  const PhMedia *old;
  PhMedia media;
  gint64 type = -1;
  gboolean flag;

  if (slot == 0)
    return;

  if (!ph_json_member_int (data, "type", &type) || type < PH_MEDIA_PLAY ||
      type > PH_MEDIA_RATE_CHANGE || !is_media (build->dom, slot))
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                     "something else than a film or sound is played");
      return;
    }

  old = page != NULL ? ph_presence_find_media (&page->presence, ph_dom_node (build->dom, slot)->id)
                     : NULL;
  media = old != NULL ? *old : begin (build->dom, slot);
  media.position = ph_media_position (&media, build->time);
  ph_json_member_double (data, "currentTime", &media.position);
  ph_json_member_double (data, "playbackRate", &media.rate);
  ph_json_member_double (data, "volume", &media.volume);

  if (ph_json_member_bool (data, "muted", &flag))
    media.muted = flag;

  if (ph_json_member_bool (data, "loop", &flag))
    media.loop = flag;

  if (type == PH_MEDIA_PLAY || type == PH_MEDIA_PAUSE)
    media.playing = type == PH_MEDIA_PLAY;

  put (build, &media);
}
