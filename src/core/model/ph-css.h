/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Style text as the stage may have it: every place where it can name something
 * to load is found, as CSS Syntax Level 3 cuts it. Pure functions over text;
 * texts are valid UTF-8. Rules and their indexes are in ph-css-rules.h.
 */

/*
 * The text with everything that could load something taken out: `url()`,
 * `src()` and the strings in `image-set()` and the like keep `data:` addresses
 * of pictures and fonts and `#fragments` only, others become `data:,`;
 * `@import` statements vanish. And what would make a page depend on the desktop
 * of whoever looks at it is settled: light, motion, ordinary contrast. NULL when
 * the text can stay as it is; otherwise the caller frees it.
 */
char *ph_css_filter (const char *text);

/*
 * The same, but an address that would have to be loaded becomes what @resolve
 * gives for it (the caller of which frees that), and only where that is NULL
 * nothing; an `@import` whose address is resolved stays. @resolve may be NULL.
 */
typedef char *(*PhCssResolve) (const char *url,
                               gpointer user_data);

char *ph_css_filter_with (const char *text,
                          PhCssResolve resolve,
                          gpointer user_data);

/* Whether an address may stay in style text or as a picture: see above. */
gboolean ph_css_url_is_inline (const char *url);

G_END_DECLS
