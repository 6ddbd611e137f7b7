/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * Puts events that come nearly in order into order: each is held back until
 * everything that may still come before it has come. Events
 * further apart than PH_HOLD_SPAN, or with more than PH_HOLD_BYTES between them,
 * are not exchanged any more.
 */
typedef struct _PhHold PhHold;

#define PH_HOLD_SPAN (10 * PH_SECOND)
#define PH_HOLD_BYTES ((gsize) 4 * 1024 * 1024)

PhHold *ph_hold_new (void);
void ph_hold_free (PhHold *hold);

/* Takes a copy of @event. FALSE when it belongs before one that was taken out: too late. */
gboolean ph_hold_add (PhHold *hold,
                      const PhEvent *event);

/* Bytes of text held. */
gsize ph_hold_get_bytes (const PhHold *hold);

/* Whether the next event in order is there and has waited long enough. */
gboolean ph_hold_is_due (const PhHold *hold);
/* That event, due or not; NULL when nothing is held. It is valid until the next call. */
const PhEvent *ph_hold_take (PhHold *hold);

/* Calls @func for all that is held, in any order. */
void ph_hold_each (PhHold *hold,
                   void (*func) (const PhEvent *event,
                                 gpointer user_data),
                   gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhHold, ph_hold_free)

G_END_DECLS
