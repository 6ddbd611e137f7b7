/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * What a session is known by, wherever it lies and whatever it is packed in: the
 * SHA-256 of its events. Only what is the same in every form of an archive counts,
 * so an array, lines, a wrapper that names a window or adds members beside `data`,
 * white space, and how strings are escaped make no difference; an event more or
 * less, another order or another time do.
 *
 * Format 1, which may never change, as notes are kept under what it gives. Hashed
 * are the bytes `playhead-identity 1` and a line end, and then of each event, in
 * the order events are applied in:
 *
 *   its type, its timestamp in microseconds since the epoch, its window (counted
 *     from 0 in the order in which windows come here), and the size of what
 *     follows: four 64-bit numbers, low byte first
 *   the text of its member `data`, the first of that name; nothing when it has none
 *
 * White space outside strings is left out of that text, and strings are written as
 * JSON.stringify() writes them: escaped are the quote, the backslash and what is
 * below U+0020 (\b \t \n \f \r, else \u00xx), and lone surrogates (\udxxx); all other
 * characters stand for themselves. Numbers and the order of members stay as they are.
 */
typedef struct _PhIdentity PhIdentity;

/* Hex digits of one. */
#define PH_IDENTITY_CHARS 64

PhIdentity *ph_identity_new (void);
void ph_identity_free (PhIdentity *identity);

/* The next event in order. */
void ph_identity_add (PhIdentity *identity,
                      const PhEvent *event);
/* Of all events added: PH_IDENTITY_CHARS lower-case hex digits. To be called once. */
char *ph_identity_finish (PhIdentity *identity);

/* Whether @text may be one. */
gboolean ph_identity_is_valid (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhIdentity, ph_identity_free)

G_END_DECLS
