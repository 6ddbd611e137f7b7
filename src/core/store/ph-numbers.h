/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-parts.h"

G_BEGIN_DECLS

/*
 * A column of whole numbers ⇄ few bytes. Of several ways to write it the one
 * is taken that costs least: the numbers above the least one, their differences
 * from the number before, their differences from another number that goes with
 * each, or their places among the different numbers there are. What comes of
 * that is written byte by byte of all numbers (planes), so that each plane has
 * its own statistic; a few numbers are LEB128.
 *
 * Bytes: a head, see ph-numbers.c; nothing at all for no numbers.
 */

/*
 * Appends @n numbers. @others may be NULL: for each number another one that
 * reading will know, such as the number before it in another column.
 */
void ph_numbers_put (PhParts *parts,
                     const gint64 *numbers,
                     const gint64 *others,
                     guint n);

/* Reads a column number by number; the bytes must stay. */
typedef struct
{
  const guint8 *data; /* planes, or LEB128 */
  const guint8 *end;
  guint n;
  guint i;
  guint8 way;
  guint8 n_planes;
  gint64 base;
  guint64 low; /* taken off what differences are written as */
  gint64 last;
  gint64 *table;
  guint n_table;
  gboolean bad;
} PhNumbers;

/* Takes a column of @n numbers off @reader, which is bad when it is damaged. */
void ph_numbers_take (PhNumbers *numbers,
                      PhPartsReader *reader,
                      guint n);
/* The next number; @other as when it was put. 0 and bad when there is none. */
gint64 ph_numbers_next (PhNumbers *numbers,
                        gint64 other);
void ph_numbers_clear (PhNumbers *numbers);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhNumbers, ph_numbers_clear)

G_END_DECLS
