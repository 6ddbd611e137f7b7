/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-note.h"

G_BEGIN_DECLS

/* What kinds and severities of notes are called, in the person's language. Static. */
const char *ph_note_words_kind (PhNoteKind kind);
const char *ph_note_words_severity (PhNoteSeverity severity);

#define PH_NOTE_N_KINDS (PH_NOTE_PRAISE + 1)
#define PH_NOTE_N_SEVERITIES (PH_NOTE_HIGH + 1)

/* What stands in its pin on the page: one letter. */
const char *ph_note_words_letter (PhNoteKind kind);

/* `0:02.4`, or `0:02.4 – 0:05.0` of a span. The caller frees it. */
char *ph_note_words_time (const PhNote *note);

G_END_DECLS
