/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-health.h"

G_BEGIN_DECLS

/*
 * Cuts a stream into its lines, for formats that are lines of JSON and nothing else: what
 * is wrong with one then touches no other. The chunks a stream comes in never change
 * what is cut from it. Memory is one unfinished line of at most @max_size bytes; a longer
 * one is left out and told to @health. Empty lines are stepped over.
 */
typedef struct _PhLines PhLines;

/*
 * One line without its end; @text is lent and has no NUL behind it. @is_ended is FALSE
 * for what the stream ends with where no line end came. FALSE with an error set stops.
 */
typedef gboolean (*PhLineFunc) (const char *text,
                                gsize size,
                                gboolean is_ended,
                                gpointer user_data,
                                GError **error);

/* @health may be NULL. */
PhLines *ph_lines_new (gsize max_size,
                       PhLineFunc func,
                       gpointer user_data,
                       PhHealth *health);
void ph_lines_free (PhLines *lines);

/* FALSE when the function given said so; then nothing more may be fed. */
gboolean ph_lines_feed (PhLines *lines,
                        const char *data,
                        gsize size,
                        GError **error);
gboolean ph_lines_end (PhLines *lines,
                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLines, ph_lines_free)

G_END_DECLS
