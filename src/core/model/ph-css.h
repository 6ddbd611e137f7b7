/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * As much of CSS Syntax Level 3 as replaying needs: finding the rules of a
 * sheet, the declarations of a block, and every place where style text can
 * name something to load. Pure functions over text; texts are valid UTF-8.
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

/*
 * The top-level rules of a sheet, each trimmed, as GRefString; comments between
 * rules are dropped. Never more than PH_LIMIT_RULES.
 */
GPtrArray *ph_css_split_rules (const char *text);

/* Sheet text of rules, joined without separator, as rrweb writes `_cssText`. */
char *ph_css_join_rules (const GPtrArray *rules);

/*
 * Inserts @text (or removes when NULL) at @path, indexes from the top level
 * down through grouping rules; the last index is clamped when inserting, as
 * rrweb does. FALSE when the path leads nowhere or there are too many rules;
 * then @rules are as before. Below the top level it costs what the rule is long.
 */
gboolean ph_css_edit_rules (GPtrArray *rules,
                            const guint *path,
                            guint n_path,
                            const char *text);

G_END_DECLS
