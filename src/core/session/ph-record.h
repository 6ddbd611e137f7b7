/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-walk.h"

G_BEGIN_DECLS

/*
 * Writes a recording (`.playhead`) on the way through a session's events: the
 * events, a page every so often to start from, and at last its lists. Until
 * ph_record_finish() the file says that it is not whole. One thread at a time.
 */
typedef struct _PhRecord PhRecord;

/* What a recording was made from; texts may be NULL. */
typedef struct
{
  char *name; /* the file's, without its folder: those are nobody else's business */
  char *format;
  char *packing;
  char *recorder;
  char *sha256;
  char *facts;  /* ph_facts_to_json() */
  gint64 bytes; /* −1: not known */
} PhOrigin;

void ph_origin_clear (PhOrigin *origin);
/* What the file of @session says; @origin is empty, and cleared by the caller in any case. */
gboolean ph_origin_read (PhOrigin *origin,
                         PhSession *session,
                         GError **error);

/* @path is an empty file or none. */
PhRecord *ph_record_new (const char *path,
                         GError **error);
void ph_record_free (PhRecord *record);

/* @event, which was the last one added to @walk. */
gboolean ph_record_add (PhRecord *record,
                        const PhEvent *event,
                        const PhWalk *walk,
                        GError **error);
/* Whether a flush before @event, which comes next, makes the file no larger. */
gboolean ph_record_is_even (PhRecord *record,
                            const PhEvent *event);
/* After this, all that was added can be read: ph_store_open_growing(). */
gboolean ph_record_flush (PhRecord *record,
                          GError **error);
gboolean ph_record_finish (PhRecord *record,
                           const PhOutline *outline,
                           const PhOrigin *origin,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhRecord, ph_record_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhOrigin, ph_origin_clear)

G_END_DECLS
