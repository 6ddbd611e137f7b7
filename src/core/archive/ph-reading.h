/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-archive.h"
#include "ph-unpack.h"

G_BEGIN_DECLS

/*
 * One archive being read: where a reader gets its bytes and gives its events.
 * It parses them, numbers their windows, notices who recorded them and hands
 * them on to the sink. Belongs to one thread.
 */
typedef struct _PhReading PhReading;

/* @total is the size of the file, for progress. All but @cancellable must outlive it. */
PhReading *ph_reading_new (PhUnpack *unpack,
                           goffset total,
                           const PhSink *sink,
                           gpointer user_data,
                           PhHealth *health,
                           GCancellable *cancellable);
void ph_reading_free (PhReading *reading);

/* The first @wanted bytes, or fewer when there are no more; they stay to be pulled. */
const char *ph_reading_peek (PhReading *reading,
                             gsize wanted,
                             gsize *size,
                             GError **error);

/* The next bytes: how many, 0 at the end, -1 with an error. */
gssize ph_reading_pull (PhReading *reading,
                        void *buffer,
                        gsize size,
                        GError **error);

/*
 * An event as JSON text, or as a string that holds one (ph-packed.h). @window is
 * what the archive calls its window where that stands outside the event, else
 * NULL. What is no event becomes a finding; what is no JSON sets @is_json to
 * FALSE instead, for the reader to deal with.
 * FALSE with an error set when reading must stop.
 */
gboolean ph_reading_emit (PhReading *reading,
                          const char *text,
                          gsize size,
                          const char *window,
                          gboolean *is_json,
                          GError **error);

PhHealth *ph_reading_get_health (PhReading *reading);
guint64 ph_reading_get_n_events (PhReading *reading);
/* What the content says wrote it, or NULL; static. */
const char *ph_reading_get_recorder (PhReading *reading);
/* What it says beyond its events, for the reader to fill; owned by the reading. */
PhFacts *ph_reading_get_facts (PhReading *reading);
/* Names of the windows, by number; owned by the reading. */
GPtrArray *ph_reading_get_windows (PhReading *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhReading, ph_reading_free)

G_END_DECLS
