/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-address.h"
#include "ph-asset-shelf.h"
#include "ph-chrome.h"
#include "ph-clip-marks.h"
#include "ph-clip-queue.h"
#include "ph-health-bar.h"
#include "ph-notes-pane.h"
#include "ph-sessions.h"
#include "ph-web-pins.h"
#include "ph-web-stage.h"
#include "ph-window.h"

G_BEGIN_DECLS

struct _PhWindow
{
  AdwApplicationWindow parent_instance;

  PhWindowState state;

  /* What is shown, or was shown before something else is opened. */
  PhSession *session;
  PhWebStage *stage;
  PhPlayer *player;
  GSignalGroup *session_signals;
  GSignalGroup *player_signals;
  GSignalGroup *stage_signals;
  guint tick;
  gboolean stage_lost;

  /* What a person lets be taken for what its pages name, and what was. */
  PhAssetGrants *grants;
  PhAssetShelf *shelf;     /* or NULL */
  GCancellable *gathering; /* or NULL */
  guint assets_seen;       /* so many were known when it was gathered last */
  GtkWidget *assets_panel; /* while it is open */

  /* What people wrote down about it. */
  PhNotes *notes;
  PhWebPins *pins;
  PhClipQueue *pictures; /* of notes that were exported, or NULL */
  GPtrArray *unsaved;    /* of PhNotes: those of sessions before, while they are not written */
  guint notes_check;     /* source */
  char *pointing;        /* id of the note a place on the page is chosen for, or NULL */
  gboolean looking;      /* what is under the pointer was asked */
  gboolean may_lose;     /* the person said so */

  /* What is being opened. */
  GFile *file;
  GCancellable *opening;
  PhWebStage *next_stage;
  guint opening_delay; /* source: the wait before the opening page is shown */

  guint hint_delay; /* source: the time a hint is shown */
  guint hide_delay; /* source: the wait before the bars leave in full screen */
  guint room_idle;  /* source: the page's room changed */
  double pointer_x, pointer_y;

  PhClipMarks marks;
  guint marks_generation; /* of the session */
  PhTime loop_position;   /* where playing was last */

  /* Template children */
  PhChrome *chrome;
  AdwHeaderBar *header;
  GtkWidget *top_bars;
  AdwWindowTitle *title;
  AdwSplitButton *open_button;
  GtkMenuButton *menu_button;
  PhAddress *address;
  PhHealthBar *health;
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *opening_page;
  AdwStatusPage *error_page;
  GtkWidget *other_button;
  GtkButton *back_button;
  PhSessions *sessions;
  AdwFlap *flap;
  PhNotesPane *notes_pane;
  AdwBin *stage_bin;
  AdwStatusPage *no_page;
  GtkButton *no_page_button;
  AdwStatusPage *lost_page;
  GtkWidget *reload_button;
  GtkRevealer *hint;
  GtkLabel *hint_label;
  GtkRevealer *drop_hint;
  PhTransport *transport;
};

/* ph-window.c */
void ph_window_set_state (PhWindow *self,
                          PhWindowState state);
/* Shows what there is of the session by now, and whether more of it is coming. */
void ph_window_refresh (PhWindow *self);
/* Shows what stands between the person and the page: no page yet, no web process. */
void ph_window_update_cover (PhWindow *self);
/* Where a recording begins for people: the earliest picture of any window. */
PhTime ph_window_get_start (PhWindow *self);
/* A few words over the page, for two seconds. */
void ph_window_show_hint (PhWindow *self,
                          const char *text);
void ph_window_hide_hint (PhWindow *self);

/* ph-window-open.c */
void ph_window_init_open (PhWindow *self);
void ph_window_choose_file (PhWindow *self);
/* Stops opening; goes back to what was shown before. */
void ph_window_cancel (PhWindow *self);
/* From the error page back to the session that is still there. */
void ph_window_go_back (PhWindow *self);
/* Lets go of session, stage and player. */
void ph_window_close_session (PhWindow *self);
void ph_window_dispose_open (PhWindow *self);
/* In this window, unless @file is open in another one. */
void ph_window_open_here (PhWindow *self,
                          GFile *file);
/* What was to be opened is there, or something else is to be shown instead. */
void ph_window_end_opening (PhWindow *self);
void ph_window_show_error (PhWindow *self,
                           const GError *error);

/* ph-window-sessions.c */
void ph_window_init_sessions (PhWindow *self);
/* Asks which of the sessions of what is being opened is meant. */
void ph_window_list_sessions (PhWindow *self);
void ph_window_update_sessions (PhWindow *self);

/* ph-window-actions.c */
void ph_window_init_actions (PhWindow *self);
void ph_window_enable_action (PhWindow *self,
                              const char *name,
                              gboolean enabled);
/* Which actions make sense now. */
void ph_window_update_actions (PhWindow *self);

/* ph-window-assets.c */
void ph_window_begin_assets (PhWindow *self);
/* There may be more of the session than before. */
void ph_window_refresh_assets (PhWindow *self);
void ph_window_end_assets (PhWindow *self);
void ph_window_show_assets (PhWindow *self);

/* ph-window-notes.c */
void ph_window_init_notes (PhWindow *self);
void ph_window_begin_notes (PhWindow *self);
void ph_window_end_notes (PhWindow *self);
void ph_window_dispose_notes (PhWindow *self);
void ph_window_update_note_actions (PhWindow *self,
                                    gboolean ready);
/* Those of what is written about this moment. */
void ph_window_update_pins (PhWindow *self);
/* FALSE when nothing of a note was being done: no place chosen, no text typed. */
gboolean ph_window_leave_note (PhWindow *self);
/* TRUE when the person is asked first whether what could not be written may be lost. */
gboolean ph_window_ask_about_notes (PhWindow *self);

/* ph-window-export.c */
/* Asks where to. */
void ph_window_export_notes (PhWindow *self);
/* What the name ends with says in what form: `.md`, `.csv`, `.json`. */
gboolean ph_window_export_notes_to (PhWindow *self,
                                    GFile *file,
                                    GError **error);

/* ph-window-marks.c */
void ph_window_init_marks (PhWindow *self);
/* Which of its actions make sense now. */
void ph_window_update_marks (PhWindow *self,
                             gboolean ready);
/* Nothing of a session is marked when it is closed. */
void ph_window_end_marks (PhWindow *self);

/* ph-window-clip.c */
void ph_window_init_clip (PhWindow *self);
void ph_window_update_clip (PhWindow *self,
                            gboolean ready);

/* ph-window-fullscreen.c */
void ph_window_init_fullscreen (PhWindow *self);
void ph_window_dispose_fullscreen (PhWindow *self);
/* In full screen: shows the bars for a while. Elsewhere they are always there. */
void ph_window_show_bars (PhWindow *self);

G_END_DECLS
