/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * Something a person wrote down about a session: at a moment or over a span, in
 * one window or of the whole, of an element, a spot on the page or neither. A note
 * may come from a stranger's file: ph_note_bound() makes any note one of ours, and
 * its text is shown with ph_text_visible() or ph_text_visible_lines() only.
 */
typedef enum
{
  PH_NOTE_OBSERVATION,
  PH_NOTE_PROBLEM,
  PH_NOTE_IDEA,
  PH_NOTE_QUESTION,
  PH_NOTE_PRAISE,
} PhNoteKind;

typedef enum
{
  PH_NOTE_NO_SEVERITY,
  PH_NOTE_LOW,
  PH_NOTE_MEDIUM,
  PH_NOTE_HIGH,
} PhNoteSeverity;

#define PH_NOTE_NO_WINDOW G_MAXUINT32
/* A note about a moment is shown for so long while playing. */
#define PH_NOTE_SHOWN (3 * PH_SECOND)

typedef struct
{
  char *id;       /* UUID in lower case; of one that is recorded another name */
  PhTime begin;   /* since the session's start */
  PhTime end;     /* PH_TIME_NONE: a moment, no span */
  guint32 window; /* PH_NOTE_NO_WINDOW: of no window in particular */
  gint32 node;    /* the element it points at, as recorded; 0 for none */
  gboolean has_spot;
  int x, y; /* the spot it points at, CSS pixels of the page, when it has one */
  PhNoteKind kind;
  PhNoteSeverity severity;
  gboolean is_recorded; /* an annotation among the events: read-only */
  char *text;           /* valid UTF-8, never NULL */
  char **tags;          /* never NULL; each once, one line */
  gint64 created;       /* microseconds since the Unix epoch */
  gint64 changed;
} PhNote;

#define PH_TYPE_NOTE (ph_note_get_type ())
GType ph_note_get_type (void);

/* An empty one at @begin, with an id of its own, made now. */
PhNote *ph_note_new (PhTime begin);
PhNote *ph_note_copy (const PhNote *note);
void ph_note_free (PhNote *note);

/* Takes a copy. */
void ph_note_set_text (PhNote *note,
                       const char *text);
void ph_note_set_tags (PhNote *note,
                       const char *const *tags);
/* What a person typed: tags between commas or line ends. */
void ph_note_parse_tags (PhNote *note,
                         const char *text);

/*
 * Brings all of it into its bounds: valid UTF-8, no longer than ph-limits.h says,
 * times from 0 on and in order, numbers that mean something, tags on one line and
 * each once. FALSE when something had to be cut or changed that somebody may miss.
 */
gboolean ph_note_bound (PhNote *note);

/* Whether @text is a UUID as notes have them. */
gboolean ph_note_is_id (const char *text);

/* When it is not shown any more. */
PhTime ph_note_get_shown_end (const PhNote *note);

/* By time; a total order, so that a list looks the same everywhere. */
int ph_note_compare (const PhNote *a,
                     const PhNote *b);
/* Whether they say the same, whenever they were changed. */
gboolean ph_note_equal (const PhNote *a,
                        const PhNote *b);

/*
 * @theirs with what was changed from @base to @mine: two people may change different
 * things of one note. Where both changed the same, @mine stays.
 */
PhNote *ph_note_merge (const PhNote *base,
                       const PhNote *mine,
                       const PhNote *theirs);

/* `problem`, `high`: stable, for files; `none` for no severity. */
const char *ph_note_kind_name (PhNoteKind kind);
const char *ph_note_severity_name (PhNoteSeverity severity);
/* FALSE when there is none of this name. */
gboolean ph_note_kind_from_name (const char *name,
                                 PhNoteKind *kind);
gboolean ph_note_severity_from_name (const char *name,
                                     PhNoteSeverity *severity);

/* Its tags as one text, a line each, and back. */
char *ph_note_join_tags (const PhNote *note);
void ph_note_split_tags (PhNote *note,
                         const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhNote, ph_note_free)

G_END_DECLS
