/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * Where the pointer of one window was, and its clicks. Recorders write moves
 * in batches after they happened (`timeOffset` ≤ 0), so a pointer at time t
 * needs events later than t: the track is built once, before playing, and is
 * read-only then. One track per window.
 */
typedef struct _PhPointerTrack PhPointerTrack;

/* How long a click is seen after it, microseconds. */
#define PH_CLICK_SPAN (600 * PH_MSEC)
/* At most so many clicks, and so many pointers, are seen at once. */
#define PH_CLICKS_SHOWN 8
#define PH_POINTERS_SHOWN 10
/* How long the way of the pointer is seen behind it, and of how many points it is. */
#define PH_TRAIL_SPAN (1000 * PH_MSEC)
#define PH_TRAIL_POINTS 64

typedef enum
{
  PH_POINTER_MOUSE,
  PH_POINTER_PEN,
  PH_POINTER_TOUCH,
} PhPointerKind;

typedef struct
{
  float x, y;     /* CSS pixels in the top viewport */
  float progress; /* 0 when it happened … 1 when it is gone */
  PhPointerKind kind;
} PhClick;

/* A pointer beside the one that moved last: another finger that is down. */
typedef struct
{
  float x, y; /* CSS pixels in the top viewport */
  PhPointerKind kind;
  gboolean pressed;
} PhTouch;

typedef struct
{
  gboolean visible; /* FALSE before the first sample */
  gboolean pressed;
  float x, y; /* CSS pixels in the top viewport */
  PhPointerKind kind;
  /* Ids as recorded since the last full snapshot, 0 for none: of the node it was over last, */
  gint32 hover;
  gint32 active; /* and of the one it is pressed on */
  guint n_others;
  PhTouch others[PH_POINTERS_SHOWN - 1];
  guint n_clicks;
  PhClick clicks[PH_CLICKS_SHOWN];
} PhPointer;

/* A place the pointer came by. */
typedef struct
{
  float x, y;      /* CSS pixels in the top viewport */
  float age;       /* 0 now … 1 when it is gone */
  gboolean begins; /* it came from nowhere: no line leads here */
} PhTrailPoint;

/* The way of the pointer up to where it is, the oldest point first. */
typedef struct
{
  guint n;
  PhTrailPoint points[PH_TRAIL_POINTS];
} PhTrail;

PhPointerTrack *ph_pointer_track_new (void);
void ph_pointer_track_free (PhPointerTrack *track);

/*
 * Takes mouse moves, touch moves, drags and mouse interactions, and of full
 * snapshots that they were: ids mean other nodes from then on. Ignores the rest.
 */
void ph_pointer_track_add (PhPointerTrack *track,
                           const PhEvent *event,
                           PhJsonValue root);
/* To be called once, after the last add. */
void ph_pointer_track_finish (PhPointerTrack *track);
/* A finished track of what was added so far to one that is not finished. */
PhPointerTrack *ph_pointer_track_finished (const PhPointerTrack *track);

/*
 * A finished track as bytes, and back. The bytes may come from a damaged file:
 * PH_ERROR_CORRUPT when they are not what ph_pointer_track_pack() wrote.
 */
GBytes *ph_pointer_track_pack (const PhPointerTrack *track);
PhPointerTrack *ph_pointer_track_unpack (GBytes *bytes,
                                         GError **error);

/* The pointer at @time, a pure function of the track; interpolates within a movement. */
void ph_pointer_track_at (const PhPointerTrack *track,
                          PhTime time,
                          PhPointer *pointer);

/* When it was last seen to be somewhere, @time or before; PH_TIME_NONE for never. */
PhTime ph_pointer_track_seen (const PhPointerTrack *track,
                              PhTime time);

/* Its way to there, a pure function too; of no points when it has stood for a while. */
void ph_pointer_track_trail (const PhPointerTrack *track,
                             PhTime time,
                             PhTrail *trail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPointerTrack, ph_pointer_track_free)

G_END_DECLS
