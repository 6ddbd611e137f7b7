/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A stream over bytes in memory that gives at most so many at a time and fails
 * once, at the read of a given number. It is how tests choose chunk borders
 * and make every single read fail once.
 */
#define PH_TYPE_FLAKY_STREAM (ph_flaky_stream_get_type ())
G_DECLARE_FINAL_TYPE (PhFlakyStream, ph_flaky_stream, PH, FLAKY_STREAM, GInputStream)

/* @chunk 0: as much as is asked for. */
GInputStream *ph_flaky_stream_new (GBytes *bytes,
                                   gsize chunk);
/* The @n-th read, from 0, fails with G_IO_ERROR_FAILED. */
void ph_flaky_stream_fail_at (PhFlakyStream *self,
                              guint n);
/* Chunks of 1 … chunk bytes, by this generator. */
void ph_flaky_stream_set_random (PhFlakyStream *self,
                                 guint32 seed);
/* @n times @byte come in at @offset, which nobody has to hold in memory. */
void ph_flaky_stream_insert (PhFlakyStream *self,
                             gsize offset,
                             char byte,
                             guint64 n);
/* How many reads there were. */
guint ph_flaky_stream_get_n_reads (PhFlakyStream *self);

G_END_DECLS
