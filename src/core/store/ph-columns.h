/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"
#include "ph-parts.h"

G_BEGIN_DECLS

/*
 * The texts of events ⇄ columns, which squeeze to a fraction of what the texts
 * do. A text is taken apart into literals and values (ph-tokens.h). Literals are
 * kept once each; their order mostly follows from what was there before
 * (ph-grammar.h), so only where it does not is it written down. Values go to the
 * column of their key: numbers as ph-numbers.h has them, strings once per column
 * and as the number of their first place after that.
 *
 * The numbers of nodes (`id`) that one event names are mostly near each other in a
 * way of their own: elements come in the order in which their texts did, and a text
 * that is its element's first child has the number after it. So in columns of them a
 * value may follow: it is one less than another one the same event has named before.
 *
 * Bytes, numbers being LEB128 and lists of them columns of numbers:
 *
 *   size of all texts; number of literals, of wrong guesses, of rests, of columns
 *   per literal its size × 64 + its type; then their texts. Literal 0 is not written:
 *     it is empty, and a rest comes after it
 *   list: right guesses before each wrong one; list: which literal it was
 *   list: size of each rest; then the rests: text that was not taken apart
 *   list: values in each column, but those that follow; list: bytes of strings in
 *     each column; list: values that follow in each column
 *   strings of columns with PH_COLUMNS_MANY_BYTES or more, then those of all others,
 *     each string ended by a quote
 *   per column with values that follow, a list of all its values: 0 for one that does
 *     not, else 1 + zigzag of how many nodes behind the one after that followed last the
 *     one followed stands among those the event has named
 *   numbers of columns with PH_COLUMNS_MANY or more, then those of all others; in
 *     columns of strings 0 is a new one and n the nth that was new
 */
#define PH_COLUMNS_MANY 96
#define PH_COLUMNS_MANY_BYTES 512
/* Values taken apart; what comes after so many is a rest. */
#define PH_COLUMNS_VALUES ((guint) 2 * 1024 * 1024)

/* Literals are numbered below this. */
#define PH_COLUMNS_LITERALS 65535

/*
 * Appends the texts of @n events. For each of them the number of its first
 * literal is put into @firsts, which says much about what kind of event it is.
 */
void ph_columns_pack (PhParts *parts,
                      const PhEvent *events,
                      guint n,
                      guint32 *firsts);

G_END_DECLS
