/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-archive.h"
#include "ph-arena.h"
#include "ph-session.h"
#include "ph-store.h"

G_BEGIN_DECLS

/* Shared by ph-session.c, what fills it (ph-load.c, ph-recording.c) and ph-record.c. */

/* A full snapshot, and what stands before it that it does not bring itself. */
typedef struct
{
  guint index;  /* of the event */
  guint meta;   /* of the last meta event before it, or G_MAXUINT */
  guint resize; /* of the last viewport resize since that, or G_MAXUINT */
} PhSnapshot;

typedef struct
{
  PhWindowInfo info;
  PhPointerTrack *pointer;
  GArray *snapshots; /* PhSnapshot, in order */
} PhSessionWindow;

/* From @time on the user is in @window. */
typedef struct
{
  PhTime time;
  guint32 window;
} PhActiveWindow;

struct _PhSession
{
  GObject parent_instance;

  GFile *file;
  char *title;
  PhArchiveInfo *info;
  char *recorder; /* what info names, when it is not the reader's */

  PhSpan span;
  gint64 start_time;
  PhNames *names;

  PhStore *store; /* where the events are, or NULL: */
  PhArena *texts;
  GArray *events;     /* PhEvent, in the order they are applied in */
  GPtrArray *windows; /* PhSessionWindow */
  GArray *active;     /* PhActiveWindow, sorted by time */
  GArray *pages;      /* PhPage */
  GArray *moments;    /* PhMoment */
  GArray *idle;       /* PhSpan */
  PhHealth *health;
};

G_END_DECLS
