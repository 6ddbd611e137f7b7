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
 * Bytes, numbers being LEB128 and lists of them columns of numbers:
 *
 *   size of all texts; number of literals, of wrong guesses, of rests, of columns
 *   per literal its size × 64 + its type; then their texts. Literal 0 is not written:
 *     it is empty, and a rest comes after it
 *   list: right guesses before each wrong one; list: which literal it was
 *   list: size of each rest; then the rests: text that was not taken apart
 *   list: values in each column; list: bytes of strings in each column
 *   strings of columns with PH_COLUMNS_MANY_BYTES or more, then those of all others,
 *     each string ended by a quote
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
