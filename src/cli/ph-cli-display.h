/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What playhead-render draws on: the display that is there, else one of our own (Xvfb),
 * which ends with this program. For one thread.
 */
typedef struct PhCliDisplay PhCliDisplay;

/* Begins to start one where there is none, and waits for nothing. */
PhCliDisplay *ph_cli_display_new (void);

/*
 * Waits until it is there, 20 seconds at most, and has what @launcher starts use it. FALSE
 * with G_IO_ERROR_NOT_FOUND when Xvfb is not installed, or another error when it does not start.
 */
gboolean ph_cli_display_join (PhCliDisplay *self,
                              GSubprocessLauncher *launcher,
                              GError **error);

/* Ends it, when it is ours. */
void ph_cli_display_free (PhCliDisplay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCliDisplay, ph_cli_display_free)

/* To be called in a process to be: it ends with this one, also when this one is killed. */
void ph_cli_end_with_parent (gpointer user_data);

G_END_DECLS
