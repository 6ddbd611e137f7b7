/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-note-words.h"

#include <glib/gi18n.h>

const char *
ph_note_words_kind (PhNoteKind kind)
{
  static const char *const names[PH_NOTE_N_KINDS] = {
    [PH_NOTE_OBSERVATION] = N_ ("Observation"),
    [PH_NOTE_PROBLEM] = N_ ("Problem"),
    [PH_NOTE_IDEA] = N_ ("Idea"),
    [PH_NOTE_QUESTION] = N_ ("Question"),
    [PH_NOTE_PRAISE] = N_ ("Praise"),
  };

  g_return_val_if_fail (kind < PH_NOTE_N_KINDS, "");

  return _ (names[kind]);
}

const char *
ph_note_words_severity (PhNoteSeverity severity)
{
  static const char *const names[PH_NOTE_N_SEVERITIES] = {
    [PH_NOTE_NO_SEVERITY] = N_ ("No severity"),
    [PH_NOTE_LOW] = N_ ("Low"),
    [PH_NOTE_MEDIUM] = N_ ("Medium"),
    [PH_NOTE_HIGH] = N_ ("High"),
  };

  g_return_val_if_fail (severity < PH_NOTE_N_SEVERITIES, "");

  return _ (names[severity]);
}

const char *
ph_note_words_letter (PhNoteKind kind)
{
  static const char *const letters[PH_NOTE_N_KINDS] = {
    [PH_NOTE_OBSERVATION] = "i",
    [PH_NOTE_PROBLEM] = "!",
    [PH_NOTE_IDEA] = "★",
    [PH_NOTE_QUESTION] = "?",
    [PH_NOTE_PRAISE] = "♥",
  };

  g_return_val_if_fail (kind < PH_NOTE_N_KINDS, "");

  return letters[kind];
}

char *
ph_note_words_time (const PhNote *note)
{
  g_autofree char *begin = ph_time_format_tenths (note->begin);
  g_autofree char *end = NULL;

  if (note->end == PH_TIME_NONE || note->end <= note->begin)
    return g_steal_pointer (&begin);

  end = ph_time_format_tenths (note->end);

  return g_strdup_printf ("%s – %s", begin, end);
}
