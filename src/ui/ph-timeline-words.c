/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-timeline-words.h"

#include <glib/gi18n.h>

/* Texts of a group that are shown. */
#define GROUP_TEXTS 3

static char *
describe_kind (PhMarkKind kind,
               guint count)
{
  switch (kind)
    {
    case PH_MARK_ERROR:
      return count == 1 ? g_strdup (_ ("Error"))
                        : g_strdup_printf (ngettext ("%u error", "%u errors", count), count);

    case PH_MARK_NOTE:
      return count == 1 ? g_strdup (_ ("Note"))
                        : g_strdup_printf (ngettext ("%u note", "%u notes", count), count);

    case PH_MARK_PAGE:
      break;
    }

  return count == 1 ? g_strdup (_ ("New page"))
                    : g_strdup_printf (ngettext ("%u page", "%u pages", count), count);
}

char *
ph_timeline_heading (const PhTimelineMeaning *what)
{
  g_autofree char *clock = ph_time_format_tenths (what->time);
  g_autofree char *kind = NULL;

  if (what->group == NULL)
    return g_steal_pointer (&clock);

  kind = describe_kind (what->kind, what->group->count);

  return g_strdup_printf ("%s · %s", clock, kind);
}

static char *
describe_texts (const PhTimelineMeaning *what)
{
  const PhMarkGroup *group = what->group;
  GString *text = g_string_new (NULL);
  guint shown = MIN (group->count, GROUP_TEXTS);

  for (guint i = 0; i < shown; i++)
    {
      guint at = group->first + i;
      g_autofree char *line = what->kind == PH_MARK_NOTE
                                ? ph_marks_dup_note (what->marks, what->notes, at)
                                : ph_marks_dup_text (what->marks, what->session, at);

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, line);
    }

  if (group->count > shown)
    g_string_append (text, "\n…");

  return g_string_free (text, FALSE);
}

char *
ph_timeline_detail (const PhTimelineMeaning *what)
{
  g_autofree char *length = NULL;

  if (what->group != NULL)
    return describe_texts (what);

  if (what->is_missing)
    return g_strdup (_ ("Not imported yet"));

  if (what->piece == NULL || !what->piece->idle)
    return g_strdup ("");

  length = ph_time_format (ph_span_length (what->piece->span));

  /* Translators: nothing was done for this long, as in "Idle for 0:42". */
  return g_strdup_printf (_ ("Idle for %s"), length);
}

char *
ph_timeline_marks_text (const PhClipMarks *marks)
{
  g_autofree char *in = ph_time_format_tenths (marks->in);
  g_autofree char *out = ph_time_format_tenths (marks->out);

  if (marks->in == PH_TIME_NONE && marks->out == PH_TIME_NONE)
    return NULL;

  /* Translators: what is marked on the time line; a time each, as in "0:12.5". */
  if (marks->out == PH_TIME_NONE)
    return g_strdup_printf (_ ("clip from %s on"), in);

  if (marks->in == PH_TIME_NONE)
    return g_strdup_printf (_ ("clip up to %s"), out);

  return g_strdup_printf (_ ("clip from %s to %s"), in, out);
}

char *
ph_timeline_mark_text (const PhClipMarks *marks,
                       PhClipSide side)
{
  g_autofree char *time = ph_time_format_tenths (ph_clip_marks_get (marks, side));

  if (side == PH_CLIP_IN)
    return g_strdup_printf (_ ("Clip begins at %s"), time);

  return g_strdup_printf (_ ("Clip ends at %s"), time);
}
