/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The rules of style sheets as a browser counts them (CSSOM), over text: what
 * scripts do to a sheet is recorded with indexes into its rules. A list of rules
 * is a GPtrArray of GRefString, each the text of one rule, with every bracket of
 * it closed. Pure functions; texts are valid UTF-8.
 *
 * What no browser keeps is no rule: `@charset`, statements nobody knows, a
 * selector without a block. Nor are rules that name what only Firefox or the
 * old Microsoft browsers know (`::-moz-…`, `:-ms-…`): libraries write them beside
 * the others, and sheets are recorded in Chromium's or WebKit's families nearly
 * always. Of other rules that the recorded browser refused nothing is known here.
 */

/* The top-level rules of a sheet. Never more than PH_LIMIT_RULES; the caller unrefs the list. */
GPtrArray *ph_css_split_rules (const char *text);

/* Sheet text of rules, joined without separator, as rrweb writes `_cssText`. */
char *ph_css_join_rules (const GPtrArray *rules);

/*
 * A path is of indexes, from the top level down through rules that hold rules;
 * declarations between nested rules count as one of them. Each of these changes
 * @rules and gives TRUE, or gives FALSE where a browser would throw: @rules are
 * as before. Below the top level it costs what the outermost rule is long.
 */

/*
 * insertRule() of @text, which must be one rule. An index past the end of the
 * top level counts as the end, as rrweb has it.
 */
gboolean ph_css_insert_rule (GPtrArray *rules,
                             const guint *path,
                             guint n_path,
                             const char *text);
/* deleteRule() */
gboolean ph_css_delete_rule (GPtrArray *rules,
                             const guint *path,
                             guint n_path);
/*
 * setProperty() of the rule at @path, or removeProperty() when @value is NULL;
 * see ph_declarations_set().
 */
gboolean ph_css_declare (GPtrArray *rules,
                         const guint *path,
                         guint n_path,
                         const char *property,
                         const char *value,
                         gboolean important);

G_END_DECLS
