/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-application.h"
#include "ph-window.h"

G_BEGIN_DECLS

/* What the tests of widgets share: a program, small recordings, waiting. */

/*
 * Instead of gtk_test_init(). The person's own folders are replaced by one of
 * the test; ui_driver_finish() removes it. @needs_display FALSE: for tests that
 * run without one.
 */
void ui_driver_init (int *argc,
                     char ***argv,
                     gboolean needs_display);
int ui_driver_run (void);

/* The program, registered; the same one each time. */
PhApplication *ui_driver_application (void);
/* A window of @application, on screen. */
PhWindow *ui_driver_window (PhApplication *application);
/* Closes every window and checks that nothing keeps it. */
void ui_driver_close_all (PhApplication *application);

/*
 * A minute of two pages, 800×600: `a.example/one` from 0, `a.example/two` from
 * 0:50; errors at 3 s and 3.2 s with hostile texts and at 55 s; clicks up to
 * 10 s and from 50 s on, nothing in between. The caller unrefs it.
 */
GFile *ui_driver_recording (const char *name);
/* A file with @text in the test's folder. */
GFile *ui_driver_file (const char *name,
                       const char *text);
/* A file of the demo. */
GFile *ui_driver_demo (void);
/* Opened, on this thread. */
PhSession *ui_driver_session (const char *name);

/* Runs the main context until @func says TRUE; fails the test after 60 seconds. */
typedef gboolean (*UiCondition) (gpointer data);
void ui_driver_wait (UiCondition func,
                     gpointer data);
void ui_driver_wait_state (PhWindow *window,
                           PhWindowState state);
/* Until the player stands at @position. */
void ui_driver_wait_position (PhPlayer *player,
                              PhTime position);
/* Lets things happen for a while. */
void ui_driver_spin (guint milliseconds);

/* The first descendant of @type below @widget whose buildable id is @id; NULL for any. */
GtkWidget *ui_driver_find (GtkWidget *widget,
                           GType type,
                           const char *id);

G_END_DECLS
