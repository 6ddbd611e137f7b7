/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Puts events in order that come nearly in it, as from a format whose lines are written
 * when something ended and tell of when it began. What is held is given on once
 * something came that is later by more than a span, or when more bytes are held than
 * may be. Equal times stay in the order they came in.
 */
typedef struct _PhReorder PhReorder;

/* @text is lent. FALSE with an error set stops. */
typedef gboolean (*PhReorderFunc) (const char *window,
                                   const char *text,
                                   gpointer user_data,
                                   GError **error);

/* @span in the unit of the times given later. */
PhReorder *ph_reorder_new (gint64 span,
                           gsize max_bytes,
                           PhReorderFunc func,
                           gpointer user_data);
void ph_reorder_free (PhReorder *reorder);

/*
 * Something that is known before its turn; nothing is given on. FALSE when there is no
 * room, half of @max_bytes. Takes @text; @window may be NULL.
 */
gboolean ph_reorder_put (PhReorder *reorder,
                         gint64 time,
                         const char *window,
                         char *text);
/* The next thing as it comes; FALSE when the function given said so. Takes @text. */
gboolean ph_reorder_add (PhReorder *reorder,
                         gint64 time,
                         const char *window,
                         char *text,
                         GError **error);
/* Gives on what is held. */
gboolean ph_reorder_flush (PhReorder *reorder,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhReorder, ph_reorder_free)

G_END_DECLS
