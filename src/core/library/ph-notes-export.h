/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-note.h"
#include "ph-session.h"

G_BEGIN_DECLS

/*
 * Notes as text for others. Whatever stands in a note stays text there: Markdown is
 * escaped, a spreadsheet calculates nothing, and controls and marks that turn the
 * direction of text are shown as such, in JSON kept as they are.
 */
typedef struct
{
  PhSession *session;
  const GPtrArray *notes; /* PhNote, sorted by time */
  /* File names of pictures, as many as notes, NULL for one without; or NULL. Markdown only. */
  const char *const *pictures;
} PhNotesExport;

/*
 * Ready for an issue tracker: a heading for each note, when and where, its text, what
 * led there (moments of up to PH_NOTES_LEAD before it), its picture.
 */
char *ph_notes_to_markdown (const PhNotesExport *export);
#define PH_NOTES_LEAD (15 * PH_SECOND)

/* What the picture of the note at @position of a list is called; the caller frees it. */
char *ph_notes_picture_name (const PhNote *note,
                             guint position);

/*
 * RFC 4180, one row a note after a row of names, lines ended by CR LF. A field that a
 * spreadsheet would take for a formula has an apostrophe in front.
 */
char *ph_notes_to_csv (const PhNotesExport *export);

/* An array, one object a note; its members are described in playhead-cli(1). */
char *ph_notes_to_json (const PhNotesExport *export);

G_END_DECLS
