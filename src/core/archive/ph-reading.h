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

/*
 * @total is the size of the file, for progress. @unpack is NULL when the bytes
 * come from what is entered (below): members of a bundle. Then what comes out of
 * them is bounded by @total, which must not be 0. All but @cancellable must
 * outlive it.
 */
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
 * FALSE with an error set when reading must stop: that of the sink, or PH_ERROR_TOO_LARGE
 * once all events are more than PH_LIMIT_UNPACK_RATIO times what was read of the file.
 */
gboolean ph_reading_emit (PhReading *reading,
                          const char *text,
                          gsize size,
                          const char *window,
                          gboolean *is_json,
                          GError **error);

/*
 * Archives inside an archive: a body in a network log, a member of a bundle, the
 * parts of one session. What is read goes to the same sink, with the same numbers
 * of windows, the order and the health of the reading going on; unpacking is
 * bounded over all, and so is how deep they nest (PH_LIMIT_NESTED).
 */

/*
 * Unpacks @stream, recognises what it holds by content and lets the right reader
 * read it, to its end. Events that name no window themselves belong to @window;
 * NULL: to that of the outer archive, or the one before. Returns the reader's
 * name, static; NULL with an error: that of the sink, of the stream, or one of
 * PH_ERROR about what was in it, which ph_reading_excuse() tells apart.
 */
const char *ph_reading_read_nested (PhReading *reading,
                                    GInputStream *stream,
                                    const char *window,
                                    GError **error);

/*
 * Whether @error, of the function above, concerns only that part, so that the
 * rest can be read: then it becomes a finding that names @name, and is cleared.
 */
gboolean ph_reading_excuse (PhReading *reading,
                            const char *name,
                            GError **error);

/*
 * The same in steps, for a reader that knows itself what is in a part: until it
 * leaves, peeking and pulling give the unpacked bytes of @stream. It may leave
 * before their end. FALSE with PH_ERROR_TOO_LARGE when they nest too deep.
 */
gboolean ph_reading_enter (PhReading *reading,
                           GInputStream *stream,
                           const char *window,
                           GError **error);
void ph_reading_leave (PhReading *reading);

/*
 * Recognises what the reading is at, the archive itself or what was entered, and
 * reads it to its end. Returns and fails as ph_reading_read_nested() does; to
 * have no event is PH_ERROR_CORRUPT.
 */
const char *ph_reading_run (PhReading *reading,
                            GError **error);

/*
 * Whether @error says that all of it is more than PH_LIMIT_UNPACK_RATIO times the file,
 * and there is something to play: then that becomes a finding, and is cleared.
 */
gboolean ph_reading_cut (PhReading *reading,
                         GError **error);

/*
 * Counts bytes that a reader has unpacked itself. FALSE with PH_ERROR_TOO_LARGE once
 * they are more than PH_LIMIT_UNPACK_RATIO times those of the file.
 */
gboolean ph_reading_count_unpacked (PhReading *reading,
                                    gsize size,
                                    GError **error);

PhHealth *ph_reading_get_health (PhReading *reading);
guint64 ph_reading_get_n_events (PhReading *reading);
/* The earliest and the latest event so far, as recorded. FALSE when there is none. */
gboolean ph_reading_get_times (PhReading *reading,
                               gint64 *first,
                               gint64 *last);
/* What the content says wrote it, or NULL; static. */
const char *ph_reading_get_recorder (PhReading *reading);
/* What it says beyond its events, for the reader to fill; owned by the reading. */
PhFacts *ph_reading_get_facts (PhReading *reading);
/* Names of the windows, by number; owned by the reading. */
GPtrArray *ph_reading_get_windows (PhReading *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhReading, ph_reading_free)

G_END_DECLS
