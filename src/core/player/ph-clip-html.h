/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"
#include "ph-clip-labels.h"

G_BEGIN_DECLS

/*
 * A stretch of a session as one HTML file, for a browser without this program: the real
 * page, played. The file has the patches that the stage would be given (ph-patch.h), one
 * for each time at which something changes, the way of the pointer, and the stage's own
 * scripts that carry them out, beside a small one that is the clock (clip-player.js). All
 * of it is one gzip stream in base64. So what it shows is what the stage shows, and every
 * wall in C stands in front of it: no address in it leads anywhere, nothing of the recorded
 * page's code is in it. What the archive brings, or a person gave, is in it as data.
 *
 * Walls of its own: the page is in a frame without scripts, and a Content-Security-Policy
 * allows two scripts, by their hash, and nothing but data otherwise. It stores nothing and
 * asks nobody for anything.
 *
 * There are no keyframes in it: a place is reached from the last patch that makes the page
 * anew, which takes a browser less than reading a stored page would, and weighs nothing.
 */

/* Words shown while the time is in @span, and listed. */
typedef struct
{
  PhSpan span;
  const char *text; /* valid UTF-8 */
} PhClipHtmlNote;

typedef struct
{
  PhSpan span;    /* both ends are inside */
  guint32 window; /* G_MAXUINT32: the active one */
  guint speed;    /* how fast it plays at first: thousandths */
  gboolean cut_idle, pointer, clicks, address;
  const char *title; /* NULL: the page's */
  const PhClipHtmlNote *notes;
  guint n_notes;
  const PhAssetShelf *assets; /* what stands for addresses, or NULL */
  PhClipTranslate translate;  /* of the player's own words; NULL: they are English */
} PhClipHtml;

/*
 * As ph_session_save(): whole, or what was at @file before is still there. The span is
 * clamped to the session's. G_IO_ERROR_CANCELLED and other errors of writing; memory does
 * not grow with the span. Blocking.
 */
gboolean ph_session_write_html (PhSession *session,
                                const PhClipHtml *clip,
                                GFile *file,
                                PhSessionProgress progress,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
