/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"

G_BEGIN_DECLS

/*
 * A stretch of a session as a recording of its own (`.playhead`), for others: what
 * happened in it and what it starts from, and nothing else.
 *
 * What it starts from is kept as events: the page of each window told anew as it stood
 * when the stretch begins (ph-retell.h, ph-whole-page.h). A stored page (keyframe) alone
 * would be smaller, but a recording is its events: saving it anew, mending it when it is
 * damaged, searching it, turning it into JSON and what it is known by all go by these,
 * and stored pages are only made of them. So what comes of any of that still begins
 * with a full snapshot of the same page.
 *
 * Events within keep their text and their timestamps; time 0 is where the stretch
 * begins. Windows in which there is nothing are left out, and the others numbered anew.
 * What the archive brings of what these pages name (ph-carried.h) comes along wherever it
 * stood, and what a person allowed to be taken for them as if the archive had brought it,
 * each with what sheets among it name. Of a movement of the pointer that was recorded later,
 * what falls into the stretch comes along. Moments, pages and idle time are found anew. Notes
 * keep their ids and begin and end within; what is said of a window that is left out is left
 * out. What it is known by (ph-identity.h) is another thing than the session, unless all of
 * that is in it.
 */
typedef struct
{
  PhSpan span;    /* both ends are inside */
  guint32 window; /* this one alone; G_MAXUINT32: all of them */
  /* PhNote of the session: those within go along. NULL: those that came with its file. */
  const GPtrArray *notes;
  /* Not to say who the user was and what else the archive says (ph_session_get_facts()). */
  gboolean without_facts;
  const PhAssetShelf *assets; /* what the pages are shown with; NULL: what the archive brings */
} PhExcerpt;

/*
 * As ph_session_save(): whole, or what was at @file before is still there. The span is
 * clamped to the session's. PH_ERROR_CORRUPT when an event that matters is damaged,
 * PH_ERROR_TOO_LARGE when the page at its begin is too large to be told. Blocking.
 */
gboolean ph_session_excerpt (PhSession *session,
                             const PhExcerpt *excerpt,
                             GFile *file,
                             PhSessionProgress progress,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
