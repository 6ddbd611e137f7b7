/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What may differ: the lines `| case | what | why |` of tests/stage/differences.md whose
 * case begins with a prefix; `prefix*` stands for every case, and `… of div` for what is of
 * any `div#id` and `div.class`. Anything else that differs
 * fails the case at hand, and a line that nothing needed fails the last one, unless it says
 * “not yet” of what is still being built.
 */
typedef struct _PhDifferences PhDifferences;

PhDifferences *ph_differences_new (const char *prefix);
void ph_differences_free (PhDifferences *differences);

/* A case begins: `prefix` and this name. */
void ph_differences_begin (PhDifferences *differences,
                           const char *name);
/* @what is looked up; @detail is printed with the first of its kind in a case. */
void ph_differences_add (PhDifferences *differences,
                         const char *detail,
                         const char *what,
                         ...) G_GNUC_PRINTF (3, 4);
/*
 * Whether @got is no more than the number in the line `… | WHAT within N | …`, or @usual when
 * there is none. Such a line is needed when @got is more than the usual and near to N.
 */
gboolean ph_differences_within (PhDifferences *differences,
                                const char *what,
                                double usual,
                                double got);
/* The case ends: fails the running test when something differed that may not. */
void ph_differences_end (PhDifferences *differences);

/* Fails the running test when a line was needed by no case. */
void ph_differences_check_needed (PhDifferences *differences);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDifferences, ph_differences_free)

G_END_DECLS
