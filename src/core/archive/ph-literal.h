/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A literal of JavaScript, an array or an object as programs write one, made JSON as
 * it comes: names without quotes, strings in any quotes, commas at the end, comments,
 * `undefined`, `!0`, hexadecimal numbers, and the names rrweb has for its numbers
 * (`EventType.Meta`). JSON stays what it is. What cannot be a value becomes a string;
 * whether the result is right is for a parser to say.
 *
 * The chunks it comes in never matter. Memory is one name.
 */
typedef struct _PhLiteral PhLiteral;

PhLiteral *ph_literal_new (void);
void ph_literal_free (PhLiteral *literal);

/* Appends JSON to @out. How many bytes it took: fewer only where the literal ends. */
gsize ph_literal_feed (PhLiteral *literal,
                       const char *data,
                       gsize size,
                       GString *out);
/* Whether its last bracket has come. */
gboolean ph_literal_has_ended (const PhLiteral *literal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLiteral, ph_literal_free)

G_END_DECLS
