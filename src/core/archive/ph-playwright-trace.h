/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-bundle.h"
#include "ph-playwright-tree.h"
#include "ph-reading.h"
#include "ph-reorder.h"

G_BEGIN_DECLS

/*
 * One Playwright trace being read: what ph-reader-playwright.c, which reads its lines,
 * shares with what understands them. It is gone through twice; `is_survey` says that it
 * is the first time.
 */

/* One `*.trace` and the `*.network` beside it. */
typedef struct
{
  char *prefix;
  guint member;
  gboolean has_clock;
  double offset; /* from its clock to milliseconds since the Unix epoch */
  gboolean is_runner;
} PhTracePart;

/* A tab of the browser: a window of ours. */
typedef struct
{
  char *id;
  PhPlaywrightTree *tree;
  GHashTable *sheets; /* address → file, of sheets that scripts changed */
  char *main_frame;
  char *group; /* the snapshots of all frames that belong together, or NULL */
  double group_time;
  double still_time; /* of the newest moment that found it as it was; NAN: it has changed since */
  char *url;
  int width, height;
  char *written_url; /* of the meta event */
  int written_width, written_height;
  gboolean has_new_sheets; /* since it was written */
  gboolean has_snapshots;
  gboolean has_pictures;
  gboolean is_shown; /* something of it was written */
} PhTracePage;

/* A call whose end has not come. */
typedef struct
{
  char *page;
  char *method;
  char *title;
  double start;
  double x, y;
  gboolean has_point;
} PhTraceCall;

typedef struct
{
  PhReading *reading;
  PhBundle *bundle;
  GCancellable *cancellable;
  GPtrArray *parts;
  GHashTable *pages;     /* id → PhTracePage */
  GHashTable *calls;     /* id → PhTraceCall */
  GHashTable *resources; /* address → file */
  PhReorder *reorder;
  PhJson *json;
  PhAside *aside;   /* lines with snapshots */
  const char *line; /* the one that is read */
  gsize line_size;
  gint64 version;
  double first_time; /* of the first page, milliseconds since the epoch; NAN: none */
  double last_time;  /* of the line before, on its part's clock */
  char *surveyed;    /* how the snapshots name a page known to have some, or NULL */
  gboolean is_survey;
  gboolean has_carried;
  gboolean is_full;
  PhTracePart *part;
} PhTrace;

void ph_trace_part_free (gpointer part);
void ph_trace_page_free (gpointer page);
void ph_trace_call_free (gpointer call);

/* The page of that id, made when it is new; NULL for none, and when there are too many. */
PhTracePage *ph_trace_page (PhTrace *read,
                            const char *id);

/* Of a member; NULL, or @missing, when it is none. */
const char *ph_trace_text (PhJsonValue object,
                           const char *name);
double ph_trace_number (PhJsonValue object,
                        const char *name,
                        double missing);

/* A time on the clock of the part that is being read, as milliseconds since the Unix epoch. */
double ph_trace_epoch (const PhTrace *read,
                       double time);

/* Where `file`, or in older traces `sha1`, of @object lies, or NULL. */
char *ph_trace_dup_file_name (PhJsonValue object,
                              const char *file,
                              const char *sha1);
/* At most PH_LIMIT_ASSET_BYTES; NULL for no name, no such file, and a larger one. */
GBytes *ph_trace_read_file (PhTrace *read,
                            const char *name);

/* Takes @text, which may be NULL; @time in milliseconds since the epoch. */
gboolean ph_trace_give (PhTrace *read,
                        double time,
                        const char *window,
                        char *text,
                        GError **error);
/* For PhReorder: gives it on; behind the first page comes what pages loaded. */
gboolean ph_trace_ordered_cb (const char *window,
                              const char *text,
                              gpointer user_data,
                              GError **error);

/* ph-playwright-pages.c */

/* A line with a snapshot, and one with a picture of the screen. */
gboolean ph_trace_take_snapshot (PhTrace *read,
                                 PhJsonValue snapshot,
                                 GError **error);
gboolean ph_trace_take_picture (PhTrace *read,
                                PhJsonValue line,
                                GError **error);
/* All snapshots of one moment have come: the page as it then was. */
gboolean ph_trace_end_group (PhTrace *read,
                             PhTracePage *page,
                             GError **error);

/* No snapshots come any more: as long as the page was seen it is in the recording. */
gboolean ph_trace_end_page (PhTrace *read,
                            PhTracePage *page,
                            GError **error);

/* ph-playwright-calls.c */

/* Newer traces do not say with a call in which page it is; its snapshots do. */
void ph_trace_note_page (PhTrace *read,
                         PhJsonValue snapshot,
                         const PhTracePage *page);
gboolean ph_trace_begin_call (PhTrace *read,
                              PhJsonValue line,
                              GError **error);
void ph_trace_note_input (PhTrace *read,
                          PhJsonValue line);
gboolean ph_trace_end_call (PhTrace *read,
                            PhJsonValue line,
                            GError **error);
/* Up to version 3 a call is one line, with what it was in `metadata`. */
gboolean ph_trace_take_action (PhTrace *read,
                               PhJsonValue line,
                               GError **error);

G_END_DECLS
