/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-notes.h"
#include "ph-transport.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A window: empty, opening a recording, saying why it could not, showing one, or
 * asking which of several. It owns the session, the stage and the player, and turns the frame clock
 * into ticks while the player wants them.
 */
#define PH_TYPE_WINDOW (ph_window_get_type ())
G_DECLARE_FINAL_TYPE (PhWindow, ph_window, PH, WINDOW, AdwApplicationWindow)

typedef enum
{
  PH_WINDOW_EMPTY,
  PH_WINDOW_OPENING,
  PH_WINDOW_ERROR,
  PH_WINDOW_SESSION,
  PH_WINDOW_SESSIONS, /* which one is asked */
} PhWindowState;

GtkWidget *ph_window_new (GtkApplication *application);

/* Opens @file in this window; what was being opened is cancelled. */
void ph_window_open (PhWindow *self,
                     GFile *file);
/* The file shown or being opened, or NULL. */
GFile *ph_window_get_file (PhWindow *self);

/*
 * Opens files that were chosen together: as one session when they are parts of one,
 * else the first here and each other in a window of its own.
 */
void ph_window_open_files (PhWindow *self,
                           GFile *const *files,
                           guint n_files);

/* Takes what was dropped: a GdkFileList or a GFile. FALSE when there is no file in it. */
gboolean ph_window_drop (PhWindow *self,
                         const GValue *value);

/* What the dialog shows at first: names recordings usually have. The caller's. */
GtkFileFilter *ph_window_new_file_filter (void);

PhWindowState ph_window_get_state (PhWindow *self);
/* NULL in all states but PH_WINDOW_SESSION. */
PhPlayer *ph_window_get_player (PhWindow *self);
/* What the error page says, as it is shown, or NULL. */
const char *ph_window_get_error (PhWindow *self);

/* The notes about its session, or NULL. */
PhNotes *ph_window_get_notes (PhWindow *self);

/*
 * Asks whether clips that are not finished may be given up, when closing this window, or
 * all of them, would. TRUE: it is asked, and nothing is to be closed now.
 */
gboolean ph_window_ask_about_clips (PhWindow *self,
                                    gboolean quits);

G_END_DECLS
