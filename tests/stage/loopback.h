/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A web server on 127.0.0.1 that answers everything and remembers what it was
 * asked for. It stands for the world that a recorded page must not reach.
 */
typedef struct _Loopback Loopback;

Loopback *loopback_new (void);
void loopback_free (Loopback *loopback);

/* `http://127.0.0.1:PORT`. */
const char *loopback_get_origin (Loopback *loopback);
/* What it answers for `/`, and the policy sent with it, or NULL. */
void loopback_set_page (Loopback *loopback,
                        const char *html,
                        const char *csp);

/* Connections, with or without a request on them. */
guint loopback_n_connections (Loopback *loopback);
gboolean loopback_was_asked (Loopback *loopback,
                             const char *path);
/* All paths but `/`, sorted, joined by spaces. The caller frees it. */
char *loopback_dup_asked (Loopback *loopback);
void loopback_forget (Loopback *loopback);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loopback, loopback_free)

G_END_DECLS
