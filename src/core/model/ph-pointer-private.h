/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-pointer.h"

G_BEGIN_DECLS

/* What ph-pointer.c and ph-pointer-pack.c share. */

/* What pressed says after a sample. */
typedef enum
{
  PH_PRESS_SAME,
  PH_PRESS_DOWN,
  PH_PRESS_UP,
} PhPress;

typedef struct
{
  PhTime time;
  float x, y;
  guint32 order;  /* keeps the sort stable */
  gint32 target;  /* recorded node id, 0 when none was named */
  gint32 pointer; /* which of several, as recorded; 0 when none was named */
  guint8 kind;    /* PhPointerKind */
  guint8 press;   /* PhPress */
  guint is_click : 1;
  guint is_move : 1; /* no press, click or lift */
  guint is_drag : 1; /* a move while something is dragged */

  /* Derived by ph_pointer_track_derive(). */
  guint32 aimed;     /* 1 + the newest sample, of any pointer, that names a target; 0: none */
  guint32 down;      /* 1 + the sample this pointer was pressed with, 0 when it is not */
  guint32 n_pressed; /* pointers that are down */
} PhPointerSample;

struct _PhPointerTrack
{
  GArray *samples; /* PhPointerSample, by time once finished */
  GArray *clicks;  /* guint32: indexes of clicks in samples */
  GArray *resets;  /* PhTime: full snapshots, by time once finished */
};

/* Fills in the clicks and what samples say by those before them, once they are in order. */
void ph_pointer_track_derive (PhPointerTrack *track);

G_END_DECLS
