/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * What rrweb's own player shows of the archives of the shared corpus
 * (../shared/goldens): how many elements there are and what the text of the body is, at
 * a quarter, half, three quarters and the end.
 */

/*
 * Compares @session with what is noted of corpus file @name. FALSE: nothing is. Each
 * difference is added to @differences (char *) as `50%: 7 elements, rrweb 8`.
 */
gboolean ph_golden_compare (PhSession *session,
                            const char *name,
                            GPtrArray *differences);

/*
 * Opens it, and fails the test unless there are so many differences, which the caller
 * gives the reason of. Skips it without the corpus.
 */
void ph_golden_check_file (const char *name,
                           guint n_wanted);

G_END_DECLS
