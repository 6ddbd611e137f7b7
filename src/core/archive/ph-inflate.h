/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Zlib or gzip data that stands between other bytes, unpacked as they come: where it ends
 * is only known by reading it. What comes out is at most 1032 times what goes in;
 * whoever takes it bounds that over the whole file (ph_reading_count_unpacked()). The
 * chunks never matter.
 */
typedef struct _PhInflate PhInflate;

/* Unpacked bytes, lent. FALSE with an error set stops. */
typedef gboolean (*PhInflateFunc) (const char *data,
                                   gsize size,
                                   gpointer user_data,
                                   GError **error);

PhInflate *ph_inflate_new (PhInflateFunc func,
                           gpointer user_data);
void ph_inflate_free (PhInflate *self);

/* Whether two bytes may begin zlib data. */
gboolean ph_inflate_is_head (guint8 first,
                             guint8 second);

/*
 * How many of @size bytes belong to the stream: fewer only where it ends, or where
 * it is damaged. -1 with the function's error.
 */
gssize ph_inflate_feed (PhInflate *self,
                        const char *data,
                        gsize size,
                        GError **error);

/* What has become of the stream; after either the next bytes begin another one. */
gboolean ph_inflate_has_ended (const PhInflate *self);
gboolean ph_inflate_is_damaged (const PhInflate *self);
void ph_inflate_begin (PhInflate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhInflate, ph_inflate_free)

G_END_DECLS
