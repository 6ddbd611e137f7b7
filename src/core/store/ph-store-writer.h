/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-store.h"

G_BEGIN_DECLS

/*
 * Writes a recording file: events in the order they are applied in, keyframes
 * on the way, the lists when they are known, then finish. Whatever happens
 * before that, the file left behind says that it is not whole, and may not be
 * sound. What is finished is not on disk yet: fsync() is the caller's. After an
 * error every call fails. One thread at a time; the writer packs events on one of its
 * own.
 */
typedef struct _PhStoreWriter PhStoreWriter;

/* @path must not exist or be empty: G_IO_ERROR_EXISTS. */
PhStoreWriter *ph_store_writer_new (const char *path,
                                    GError **error);
void ph_store_writer_free (PhStoreWriter *writer);
/* Before the first event: that the events' identity is to be made and kept (PH_STORE_IDENTITY). */
void ph_store_writer_identify (PhStoreWriter *writer);

/* @event's time is the session's time, its text is copied. */
gboolean ph_store_writer_add_event (PhStoreWriter *writer,
                                    const PhEvent *event,
                                    GError **error);
guint ph_store_writer_n_events (PhStoreWriter *writer);
/* Whether a run of events ends before @event, which comes next: a flush cuts none short. */
gboolean ph_store_writer_is_even (PhStoreWriter *writer,
                                  const PhEvent *event);
/* All events and keyframes added can be read now: ph_store_grow(). */
gboolean ph_store_writer_flush (PhStoreWriter *writer,
                                GError **error);

/* @packed: the page of ph_dom_pack(). Keyframes of one window come in order. */
gboolean ph_store_writer_add_frame (PhStoreWriter *writer,
                                    const PhFrame *frame,
                                    GBytes *packed,
                                    GError **error);

gboolean ph_store_writer_add_window (PhStoreWriter *writer,
                                     const PhStoreWindow *window,
                                     GError **error);
gboolean ph_store_writer_add_snapshot (PhStoreWriter *writer,
                                       const PhStoreSnapshot *snapshot,
                                       GError **error);
gboolean ph_store_writer_add_focus (PhStoreWriter *writer,
                                    const PhStoreFocus *focus,
                                    GError **error);
gboolean ph_store_writer_add_page (PhStoreWriter *writer,
                                   const PhStorePage *page,
                                   GError **error);
gboolean ph_store_writer_add_moment (PhStoreWriter *writer,
                                     const PhStoreMoment *moment,
                                     GError **error);
gboolean ph_store_writer_add_asset (PhStoreWriter *writer,
                                    const PhStoreAsset *asset,
                                    GError **error);
gboolean ph_store_writer_add_idle (PhStoreWriter *writer,
                                   const PhSpan *span,
                                   GError **error);
gboolean ph_store_writer_add_activity (PhStoreWriter *writer,
                                       const PhStoreActivity *activity,
                                       GError **error);
gboolean ph_store_writer_add_health (PhStoreWriter *writer,
                                     const PhHealth *health,
                                     GError **error);
gboolean ph_store_writer_add_pointer (PhStoreWriter *writer,
                                      guint32 window,
                                      GBytes *packed,
                                      GError **error);
/* Table meta; @text may be NULL: then nothing is written. */
gboolean ph_store_writer_set_text (PhStoreWriter *writer,
                                   const char *key,
                                   const char *text,
                                   GError **error);
gboolean ph_store_writer_set_number (PhStoreWriter *writer,
                                     const char *key,
                                     gint64 number,
                                     GError **error);

/* Needs the numbers `start_time`, `begin` and `end` to have been set. */
gboolean ph_store_writer_finish (PhStoreWriter *writer,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhStoreWriter, ph_store_writer_free)

G_END_DECLS
