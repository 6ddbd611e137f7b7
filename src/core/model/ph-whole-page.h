/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-build.h"

G_BEGIN_DECLS

/*
 * An event of our own that has a page as a whole: all that a PhDom holds, which
 * rrweb's events have no words for where it has come about (drawn canvases, sheets
 * changed by script, what plays). It stands at the begin of what was cut out of a
 * session (ph-excerpt.h), behind events that tell the same page as well as rrweb can
 * (ph-retell.h), and changes nothing for other programs, as a custom event:
 *
 *   { "tag": "playhead-page", "payload": { "format": 1, "page": … } }
 *
 * `page` is what ph_dom_pack() gives, byte by byte as the characters U+0000 … U+00FF,
 * those below U+0020 as U+0100 … U+011F. Plain texts in it stay readable, and lie in
 * the same run of events as those it repeats: so it packs well. Times in it count
 * from the event.
 */

/*
 * `data` of the event that says at @time what @dom is; the caller's. Equal for equal
 * pages, of whatever epoch and in whatever session.
 */
char *ph_whole_page_write (const PhDom *dom,
                           PhTime time);

/* Whether the custom event with this `data` is one; others are nobody's business. */
gboolean ph_whole_page_is (PhJsonValue data);

/*
 * Makes the page what the event says, in the epoch it is in. What cannot be read
 * changes nothing and is a finding; without a page (ph_dom_get_root()) nothing is done.
 */
void ph_whole_page_apply (PhBuild *build,
                          PhJsonValue data);

G_END_DECLS
