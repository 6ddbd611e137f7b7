/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Texts put aside to be read again at random, so that memory need not hold them: in a
 * temporary file without a name (ph-spool.h), made when the first one comes. Blocking, for
 * one thread.
 */
typedef struct _PhAside PhAside;

PhAside *ph_aside_new (void);
void ph_aside_free (PhAside *aside);

/*
 * Puts @size bytes of @text aside; @at is where they are from then on. FALSE when there is
 * no room for them on the disk, or more than PH_LIMIT_BUNDLE_SPOOL would be there.
 */
gboolean ph_aside_put (PhAside *aside,
                       const char *text,
                       gsize size,
                       guint64 *at);

/* What was put there, with a NUL behind it; NULL when it cannot be read. The caller frees it. */
char *ph_aside_get (PhAside *aside,
                    guint64 at,
                    gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAside, ph_aside_free)

G_END_DECLS
