/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-scan.h"
#include "ph-dom.h"
#include "ph-event.h"
#include "ph-facts.h"
#include "ph-health.h"
#include "ph-moment.h"
#include "ph-names.h"
#include "ph-note.h"
#include "ph-pointer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * An opened archive or recording: its events in order of time and what was found
 * in them. Events are read from a recording file when they are asked for: that of
 * a recording (`.playhead`) itself, or the one an archive is imported into. What
 * is found damaged then is added to its health. Everything returned belongs to
 * the session unless said otherwise. It belongs to one thread at a time.
 *
 * A session may be shown while its archive is still being imported. Signal
 * `changed`, on the thread it was opened on: there is more of it, or importing
 * ended. Events that were there keep their numbers, unless
 * ph_session_get_generation() changes; lists got before are gone.
 */
#define PH_TYPE_SESSION (ph_session_get_type ())
G_DECLARE_FINAL_TYPE (PhSession, ph_session, PH, SESSION, GObject)

/* What stands between two navigations. */
typedef struct
{
  char *url;   /* as recorded, valid UTF-8 */
  char *title; /* the first it had; "" when the page has none */
  guint32 window;
  PhSpan span;
  int width, height; /* viewport when it began, CSS pixels */
} PhPage;

/* One browser tab or window of the session. */
typedef struct
{
  char *name;           /* as the archive names it, "" for an only one */
  PhTime first_picture; /* its first full snapshot, or PH_TIME_NONE */
  guint n_events;
} PhWindowInfo;

/* Something a page names that the archive does not bring. */
typedef struct
{
  char *url; /* absolute, without fragment, valid UTF-8 */
  PhAssetKind kind;
  guint32 window;
  PhTime time; /* of the first event that named it */
} PhAsset;

/* How much went on in one step of time. */
typedef struct
{
  gint64 step; /* from step × the length of a step on */
  guint n_events;
} PhActivity;

/* How long a step is at first; it is doubled as often as there are too many. */
#define PH_ACTIVITY_STEP (PH_SECOND / 4)
#define PH_ACTIVITY_STEPS 4096

/* 0 … 1 while opening. */
typedef void (*PhSessionProgress) (double fraction,
                                   gpointer user_data);

typedef enum
{
  PH_OPEN_DEFAULT = 0,
  /* An archive that was opened before is not imported again, and this import is kept. */
  PH_OPEN_KEEP = 1 << 0,
} PhOpenFlags;

/*
 * Blocking, until all of it is there; @progress is called on this thread. Errors
 * are those of ph_archive_read() and of opening a recording, with the file's name
 * in front: PH_ERROR_UNSUPPORTED for one of a later version, PH_ERROR_CORRUPT for
 * one that was never finished.
 */
PhSession *ph_session_open (GFile *file,
                            PhSessionProgress progress,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error);

/*
 * Answers as soon as there is a first picture to show; more comes from then on.
 * After that @cancellable is of no interest any more. @progress, which may be
 * NULL, is called on this thread, not after the answer, and not after
 * cancelling.
 */
void ph_session_open_async (GFile *file,
                            PhOpenFlags flags,
                            PhSessionProgress progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
PhSession *ph_session_open_finish (GAsyncResult *result,
                                   GError **error);

/*
 * The same session once more, which may go to another thread: it reads the file of @self's
 * events by a handle of its own. Not while importing. An error when that file cannot be
 * read any more.
 */
PhSession *ph_session_open_again (PhSession *self,
                                  GError **error);

/* Whether more of it may come. */
gboolean ph_session_get_importing (PhSession *self);
/* How much of the archive has been read, 0 … 1. */
double ph_session_get_progress (PhSession *self);
/* What is there by now is all there will be. */
void ph_session_stop_import (PhSession *self);
/*
 * Why only the first part of it is there: G_IO_ERROR_CANCELLED when it was
 * stopped. NULL when all is there, or may still come.
 */
const GError *ph_session_get_import_error (PhSession *self);
/* Another number: its events have other numbers and times than before. */
guint ph_session_get_generation (PhSession *self);

/* A file's name fit to be shown, as it stands in front of error messages. */
char *ph_session_dup_file_name (GFile *file);

/* The file it was read from. */
GFile *ph_session_get_file (PhSession *self);
/* For people: the first page's title or host, else the file's name. */
const char *ph_session_get_title (PhSession *self);
/* What it was read from; NULL while that is not known, or there is none. */
const char *ph_session_get_format (PhSession *self);
const char *ph_session_get_packing (PhSession *self);
const char *ph_session_get_recorder (PhSession *self);
/* What it says besides, known when importing has ended; empty until then. */
const PhFacts *ph_session_get_facts (PhSession *self);
goffset ph_session_get_archive_bytes (PhSession *self);
/*
 * What it is known by in whatever file and form it comes (ph-identity.h). NULL while
 * it is being imported, when only part of it is there, and when its recording was
 * made by an earlier version: ph_session_load_identity() finds it out.
 */
const char *ph_session_get_identity (PhSession *self);
/* Size of the recording file that events are read from. */
goffset ph_session_get_recording_bytes (PhSession *self);

/* From 0 to the last event that counts; outliers in time do not stretch it. */
PhSpan ph_session_get_span (PhSession *self);
/* Microseconds since the Unix epoch of time 0. */
gint64 ph_session_get_start_time (PhSession *self);
/* Names for the pages of this session. */
PhNames *ph_session_get_names (PhSession *self);

/*
 * Events in the order they are applied in; @index < n. An event is valid until
 * the next call of ph_session_get_event() or ph_session_events_until(). Where a
 * recording is damaged, an event stands in that changes nothing.
 */
guint ph_session_get_n_events (PhSession *self);
const PhEvent *ph_session_get_event (PhSession *self,
                                     guint index);
/* Whether @event only stands in for one that is damaged. */
gboolean ph_session_is_lost (PhSession *self,
                             const PhEvent *event);
/* How many events have a time ≤ @time: the index to stop before. */
guint ph_session_events_until (PhSession *self,
                               PhTime time);
/* The last full snapshot of @window before event @end, as an index, or G_MAXUINT. */
guint ph_session_last_snapshot (PhSession *self,
                                guint32 window,
                                guint end);
/*
 * What full snapshot @index stands on: the last meta event of its window before
 * it, and the last viewport resize since that; G_MAXUINT for none. Applied to an
 * empty page they give what all events up to there would have given.
 */
void ph_session_get_lead (PhSession *self,
                          guint32 window,
                          guint index,
                          guint *meta,
                          guint *resize);

/*
 * The last page of @window that is stored in the file, grew from full snapshot
 * @snapshot and is not after event @end: which event to apply next to it, or
 * G_MAXUINT when there is none.
 */
guint ph_session_find_keyframe (PhSession *self,
                                guint32 window,
                                guint snapshot,
                                guint end);
/* That page, which is the caller's; one that is damaged is passed over. */
PhDom *ph_session_read_keyframe (PhSession *self,
                                 guint32 window,
                                 guint snapshot,
                                 guint end,
                                 guint *next);

guint ph_session_get_n_windows (PhSession *self);
const PhWindowInfo *ph_session_get_window (PhSession *self,
                                           guint32 window);
/* The window the user was in at @time: the one with the newest activity. */
guint32 ph_session_active_window (PhSession *self,
                                  PhTime time);
const PhPointerTrack *ph_session_get_pointer (PhSession *self,
                                              guint32 window);

/* Sorted by time. */
const PhPage *ph_session_get_pages (PhSession *self,
                                    guint *n);
const PhMoment *ph_session_get_moments (PhSession *self,
                                        guint *n);
/* Stretches in which the user did nothing for long; sorted, apart from each other. */
const PhSpan *ph_session_get_idle (PhSession *self,
                                   guint *n);
/*
 * How much the user did, sorted by step, @step being how long one is; how much
 * happened at all when nobody did anything.
 */
const PhActivity *ph_session_get_activity (PhSession *self,
                                           PhTime *step,
                                           guint *n);
/* What the pages name and the archive does not bring, each address once, sorted by time. */
const PhAsset *ph_session_get_assets (PhSession *self,
                                      guint *n);
const PhHealth *ph_session_get_health (PhSession *self);
/* Notes (PhNote) that came with a `.playhead` file, each within its bounds; in no order. */
const GPtrArray *ph_session_get_notes (PhSession *self);

G_END_DECLS
