/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * What is known of a session besides its events: immutable once it is given
 * away, so a worker can make one and the main thread show it.
 */

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

/* Something of a page that an event brings (ph-carried.h). */
typedef struct
{
  char *url;
  guint event; /* its number */
} PhCarried;

typedef struct
{
  char *title; /* or NULL */
  PhSpan span;
  gint64 start_time;
  GPtrArray *windows; /* PhSessionWindow */
  GArray *active;     /* PhActiveWindow, sorted by time */
  GArray *pages;      /* PhPage */
  GArray *moments;    /* PhMoment */
  GArray *idle;       /* PhSpan */
  GArray *assets;     /* PhAsset */
  GArray *carried;    /* PhCarried, each address once */
  GArray *activity;   /* PhActivity */
  GPtrArray *notes;   /* PhNote: those the file brought */
  PhTime activity_step;
  PhHealth *health;
  gboolean is_old;     /* lists of it are missing that would be made today */
  gboolean is_damaged; /* something of it could not be read as it was written */
} PhOutline;

PhOutline *ph_outline_new (void);
void ph_outline_free (PhOutline *outline);
/* Its pointer tracks are finished, those of @outline need not be. */
PhOutline *ph_outline_copy (const PhOutline *outline);

/* A window without a pointer track, the last one now. */
PhSessionWindow *ph_outline_add_window (PhOutline *outline,
                                        const char *name);
/* The last event that brings something for an address counts. */
void ph_outline_add_carried (PhOutline *outline,
                             const char *url,
                             guint event);
/* As one JSON array of `[event, address]`; NULL when there are none. */
char *ph_outline_carried_to_json (const PhOutline *outline);
/* What is no such array adds nothing. */
void ph_outline_carried_add_json (PhOutline *outline,
                                  const char *text,
                                  gsize size);

/* Counts what happened at @time; times ascend. *@step, PH_ACTIVITY_STEP at first, may grow. */
void ph_activity_add (GArray *activity,
                      PhTime *step,
                      PhTime time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhOutline, ph_outline_free)

G_END_DECLS
