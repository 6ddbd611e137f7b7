/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-db.h"
#include "ph-store.h"

G_BEGIN_DECLS

/* Shared by ph-store.c, ph-store-index.c and ph-store-lists.c. */

/* What is known of a run of events without unpacking it. */
typedef struct
{
  guint first;
  guint n;
  PhTime begin, end;
  gsize size;
  guint32 checksum;
  gboolean is_damaged; /* found so, and told */
} PhChunkEntry;

/* What a keyframe needs besides its PhFrame. */
typedef struct
{
  gint64 number;
  gint64 leans_on; /* the number of another one, or -1 */
  int against;     /* its index, or -1 */
  gsize size;
  guint32 checksum;
  gboolean is_damaged;
} PhFrameEntry;

struct _PhStore
{
  char *path;
  PhDb *db;
  PhStatement *read_chunk;
  PhStatement *read_frame;

  gint64 version;
  gboolean is_growing; /* more may be in the file than is to be seen */
  guint n_events;
  guint n_windows;
  gint64 start_time;
  PhSpan span;

  GArray *chunks;  /* PhChunkEntry */
  GArray *frames;  /* PhFrame, sorted */
  GArray *entries; /* PhFrameEntry of each */

  GArray *kept_chunks; /* Kept, the last used first */
  GArray *kept_pages;  /* the same */
  PhEvent lost;        /* stands in for what is damaged */

  PhStoreDamage damage;
  gpointer damage_data;
};

/* A number of the row; @is_bad is set when it is none, or out of bounds. */
gint64 ph_store_take_int (PhStatement *row,
                          guint column,
                          gint64 min,
                          gint64 max,
                          gboolean *is_bad);
gboolean ph_store_is_null (PhStatement *row,
                           guint column);
guint ph_store_take_event (PhStore *store,
                           PhStatement *row,
                           guint column,
                           gboolean *is_bad);
guint32 ph_store_take_window (PhStore *store,
                              PhStatement *row,
                              guint column,
                              gboolean *is_bad);
PhTime ph_store_take_time (PhStore *store,
                           PhStatement *row,
                           guint column,
                           gboolean *is_bad);

/*
 * Reads the index of the events from the last one known up to @n_events, and of
 * the keyframes among them. TRUE even when a keyframe leans on one that is not
 * there: it is damaged then.
 */
gboolean ph_store_read_index (PhStore *store,
                              guint n_events,
                              GError **error);

/* FALSE, and PH_ERROR_CORRUPT. */
gboolean ph_store_set_damaged (GError **error,
                               const char *what);

typedef void (*PhStoreTakeRow) (PhStore *store,
                                PhStatement *row,
                                gboolean *is_bad,
                                gpointer user_data);

/* Calls @take for each row of @sql until it says that one is bad. */
gboolean ph_store_each_row (PhStore *store,
                            const char *sql,
                            const char *what,
                            PhStoreTakeRow take,
                            gpointer user_data,
                            GError **error);

G_END_DECLS
