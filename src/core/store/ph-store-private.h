/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-db.h"
#include "ph-store.h"

G_BEGIN_DECLS

/* Shared by ph-store.c and ph-store-lists.c. */

struct _PhStore
{
  PhDb *db;
  PhStatement *read_chunk;
  PhStatement *read_frame;

  guint n_events;
  guint n_windows;
  gint64 start_time;
  PhSpan span;

  GArray *chunks;  /* ChunkEntry */
  GArray *frames;  /* PhFrame, sorted */
  GArray *entries; /* FrameEntry of each */

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
