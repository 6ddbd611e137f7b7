/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Which properties are set by others: the shorthands of CSS, and what becomes of
 * the value where that can be read off the text, which is so for those of one to
 * four values in a row (`margin`, `gap`, `overflow` …). Names in lower case.
 */

/* Called with each property a shorthand sets, shorthands among them. */
typedef void (*PhShorthandFunc) (const char *name,
                                 gpointer user_data);

void ph_shorthand_foreach (const char *shorthand,
                           PhShorthandFunc func,
                           gpointer user_data);

/* The @i-th shorthand that sets @name, NULL past the last. `all` is none of them. */
const char *ph_shorthand_of (const char *name,
                             guint i);

/*
 * The place of @name among the values of @shorthand, or −1 when they are not
 * simply in a row.
 */
int ph_shorthand_place (const char *shorthand,
                        const char *name);
/* The property at @place, NULL past the last. The caller frees it. */
char *ph_shorthand_dup_name (const char *shorthand,
                             guint place);
/*
 * What @value, given to @shorthand, says of the property at @place; NULL when
 * that cannot be told. The caller frees it.
 */
char *ph_shorthand_dup_value (const char *shorthand,
                              const char *value,
                              guint place);

G_END_DECLS
