/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-marks.h"
#include "ph-clip.h"
#include "ph-notes.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Asks what a clip is to be: the span with its first and last picture, the form, how large
 * and fast, what is drawn into it. What was chosen is remembered for the next one. Signal
 * `export` (PhClip): one that waits to be started; the dialog is closed then.
 */
#define PH_TYPE_CLIP_DIALOG (ph_clip_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PhClipDialog, ph_clip_dialog, PH, CLIP_DIALOG, AdwWindow)

/* What it is a clip of. */
typedef struct
{
  PhSession *session;
  PhAssetShelf *assets; /* or NULL */
  PhNotes *notes;       /* captions, and what goes along with a recording; or NULL */
  guint32 window;       /* G_MAXUINT32: the active one */
  PhSpan span;
  gboolean is_marked; /* else it stands around the playhead, which is said */
} PhClipDialogInput;

GtkWidget *ph_clip_dialog_new (GtkWindow *parent,
                               const PhClipDialogInput *input);

/* What is chosen by now, or NULL when nothing can be made of it. */
PhClipOrder *ph_clip_dialog_dup_order (PhClipDialog *self);
/* What the file chooser leads to: a clip is to be made into @file. */
void ph_clip_dialog_export (PhClipDialog *self,
                            GFile *file);

G_END_DECLS
