/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"
#include "ph-frames.h"
#include "ph-health.h"

G_BEGIN_DECLS

/*
 * A recording file, read at random. Opening reads the index of events and pages
 * into memory; events come in runs that are unpacked when they are asked for,
 * the last few are kept.
 *
 * The file may be damaged or made by a stranger. What is wrong with it as a
 * whole is an error of ph_store_open(); a run of events or a page that is
 * damaged is found when it is read, told to the damage function, and the rest
 * stays readable. One handle belongs to one thread at a time.
 */
typedef struct _PhStore PhStore;

/* Called once for each damaged part, with a sentence about it. */
typedef void (*PhStoreDamage) (PhTime time,
                               const char *text,
                               gpointer user_data);

/* The rows of the lists; texts are lent. */
typedef struct
{
  const char *name;
  PhTime first_picture; /* or PH_TIME_NONE */
  guint n_events;
} PhStoreWindow;

typedef struct
{
  guint event;
  guint32 window;
  guint meta;   /* event, or G_MAXUINT */
  guint resize; /* event, or G_MAXUINT */
} PhStoreSnapshot;

typedef struct
{
  PhTime time;
  guint32 window;
} PhStoreFocus;

typedef struct
{
  guint32 window;
  PhSpan span;
  const char *url;
  const char *title;
  int width, height;
} PhStorePage;

typedef struct
{
  PhTime time;
  guint32 window;
  const char *kind;
  guint severity; /* 0 … 2 */
  gint32 node;    /* 0 for none */
  const char *text;
} PhStoreMoment;

typedef struct
{
  const char *url;
  const char *kind;
  PhTime time;
  guint32 window;
} PhStoreAsset;

typedef struct
{
  gint64 step;
  guint n_events;
} PhStoreActivity;

/* Whether a file that begins with these bytes is to be opened with ph_store_open(). */
#define PH_STORE_HEAD 72
gboolean ph_store_is_recording (const guint8 *head,
                                gsize size);

/*
 * PH_ERROR_CORRUPT when it is damaged as a whole or was never finished,
 * PH_ERROR_UNSUPPORTED when a later version made it, or an error of ph-db.h.
 */
PhStore *ph_store_open (const char *path,
                        GError **error);
void ph_store_free (PhStore *store);

/*
 * A file that is still being written, by this program: nothing is in it until
 * ph_store_grow() says how much. Its lists cannot be read yet.
 */
PhStore *ph_store_open_growing (const char *path,
                                GError **error);
/*
 * Events up to @n_events, which ph_store_writer_flush() has made readable, are
 * there now; no fewer than before. Their times lie in @span.
 */
gboolean ph_store_grow (PhStore *store,
                        guint n_events,
                        guint n_windows,
                        gint64 start_time,
                        PhSpan span,
                        GError **error);

void ph_store_set_damage_func (PhStore *store,
                               PhStoreDamage func,
                               gpointer user_data);

/* Whether an earlier version of this program made it: lists it did not know are empty. */
gboolean ph_store_is_old (PhStore *store);

guint ph_store_n_events (PhStore *store);
/* Where the file was when it was opened. */
const char *ph_store_get_path (PhStore *store);
/* Size of the file. */
gint64 ph_store_get_file_bytes (PhStore *store);
guint ph_store_n_windows (PhStore *store);
PhSpan ph_store_get_span (PhStore *store);
gint64 ph_store_get_start_time (PhStore *store);
/* The text that says what the session is known by (ph-identity.h); earlier files have none. */
#define PH_STORE_IDENTITY "identity"
/* *@text is NULL when there is no such text, else the caller's. */
gboolean ph_store_read_text (PhStore *store,
                             const char *key,
                             char **text,
                             GError **error);
/* *@number is left alone when there is no such number. */
gboolean ph_store_read_number (PhStore *store,
                               const char *key,
                               gint64 *number,
                               GError **error);
/* The same; NULL when it cannot be read as well. */
char *ph_store_dup_text (PhStore *store,
                         const char *key);
/* @fallback when there is no such number, or it cannot be read. */
gint64 ph_store_get_number (PhStore *store,
                            const char *key,
                            gint64 fallback);

/*
 * Event @index < n, valid until the next call with this store. Where a run is
 * damaged, an event stands in that changes nothing: ph_store_is_lost().
 */
const PhEvent *ph_store_get_event (PhStore *store,
                                   guint index);
gboolean ph_store_is_lost (const PhEvent *event);
/* How many events have a time ≤ @time. */
guint ph_store_events_until (PhStore *store,
                             PhTime time);

/* Stored pages, sorted by window and next event; they belong to the store. */
const PhFrame *ph_store_get_frames (PhStore *store,
                                    guint *n);
/* The packed page (ph-dom-pack.h) of keyframe @index, or NULL when it is damaged. */
GBytes *ph_store_read_frame (PhStore *store,
                             guint index);
/* Whether it has been found damaged so far; and for who finds that it is no page. */
gboolean ph_store_is_frame_damaged (PhStore *store,
                                    guint index);
void ph_store_set_frame_damaged (PhStore *store,
                                 guint index,
                                 const char *why);

/* The lists, in order. FALSE when one is damaged; what was read by then was given. */
gboolean ph_store_read_windows (PhStore *store,
                                void (*func) (const PhStoreWindow *window,
                                              gpointer user_data),
                                gpointer user_data,
                                GError **error);
gboolean ph_store_read_snapshots (PhStore *store,
                                  void (*func) (const PhStoreSnapshot *snapshot,
                                                gpointer user_data),
                                  gpointer user_data,
                                  GError **error);
gboolean ph_store_read_focus (PhStore *store,
                              void (*func) (const PhStoreFocus *focus,
                                            gpointer user_data),
                              gpointer user_data,
                              GError **error);
gboolean ph_store_read_pages (PhStore *store,
                              void (*func) (const PhStorePage *page,
                                            gpointer user_data),
                              gpointer user_data,
                              GError **error);
gboolean ph_store_read_moments (PhStore *store,
                                void (*func) (const PhStoreMoment *moment,
                                              gpointer user_data),
                                gpointer user_data,
                                GError **error);
gboolean ph_store_read_assets (PhStore *store,
                               void (*func) (const PhStoreAsset *asset,
                                             gpointer user_data),
                               gpointer user_data,
                               GError **error);
gboolean ph_store_read_idle (PhStore *store,
                             void (*func) (const PhSpan *span,
                                           gpointer user_data),
                             gpointer user_data,
                             GError **error);
gboolean ph_store_read_activity (PhStore *store,
                                 void (*func) (const PhStoreActivity *activity,
                                               gpointer user_data),
                                 gpointer user_data,
                                 GError **error);
/* Adds the findings to @health. */
gboolean ph_store_read_health (PhStore *store,
                               PhHealth *health,
                               GError **error);
/* The packed pointer track of a window (ph-pointer.h). */
GBytes *ph_store_read_pointer (PhStore *store,
                               guint32 window,
                               GError **error);

/* FALSE when the lists are not as they were written: quick, to be done at opening. */
gboolean ph_store_check_lists (PhStore *store,
                               GError **error);
/* FALSE when the file itself or its search index is not sound; reads all of it. */
gboolean ph_store_check_file (PhStore *store,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhStore, ph_store_free)

G_END_DECLS
