/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Brotli data (RFC 7932), unpacked as it comes. It has no mark to know it by: that it
 * unpacks to something sensible is all there is. Memory is one window of at most
 * 16 MB; whoever takes the bytes bounds them (ph_reading_count_unpacked()). The
 * chunks never matter.
 */
typedef struct _PhUnbrotli PhUnbrotli;

/* Unpacked bytes, lent. FALSE with an error set stops. */
typedef gboolean (*PhUnbrotliFunc) (const char *data,
                                    gsize size,
                                    gpointer user_data,
                                    GError **error);

PhUnbrotli *ph_unbrotli_new (PhUnbrotliFunc func,
                             gpointer user_data);
void ph_unbrotli_free (PhUnbrotli *self);

/* FALSE with the function's error. Behind its end, and behind damage, nothing comes any more. */
gboolean ph_unbrotli_feed (PhUnbrotli *self,
                           const char *data,
                           gsize size,
                           GError **error);

gboolean ph_unbrotli_has_ended (const PhUnbrotli *self);
gboolean ph_unbrotli_is_damaged (const PhUnbrotli *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhUnbrotli, ph_unbrotli_free)

G_END_DECLS
