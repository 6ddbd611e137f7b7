/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-health.h"

G_BEGIN_DECLS

/*
 * Cuts a stream of JSON into the values that stand at given paths, for the
 * wrappers tools put around their events. Like PhSplit it knows strings and
 * brackets, nothing else, and memory is one unfinished value of at most
 * @max_size bytes; a longer one is left out. What is on no path is stepped over.
 * The chunks a stream comes in never change what is cut from it.
 *
 * A path is names of members with dots between, `*` for a member of any name,
 * and `[]` for the elements of an array:
 *
 *   data.snapshots[]      data.byWindow.*[]      [][]      log.entries[]      version
 *
 * The empty path is a whole value. Several values one after the other, on lines
 * of their own or not, are each walked through; so are the words in front of one,
 * as in `export default […]`. Where two paths end at the same value the first counts.
 */
typedef struct _PhCut PhCut;

/* Steps of one path, and how many paths there may be. */
#define PH_CUT_MAX_DEPTH 8
#define PH_CUT_MAX_PATHS 32

/*
 * The text of a value at path number @path: JSON, or a word such as `undefined`
 * where a program wrote that. @names are what stood for each `*`. All lent; the text
 * has no NUL behind it. FALSE with an error set stops.
 */
typedef gboolean (*PhCutFunc) (guint path,
                               const char *const *names,
                               const char *text,
                               gsize size,
                               gpointer user_data,
                               GError **error);

/* @paths ends with NULL. @health may be NULL. */
PhCut *ph_cut_new (const char *const *paths,
                   gsize max_size,
                   PhCutFunc func,
                   gpointer user_data,
                   PhHealth *health);
void ph_cut_free (PhCut *cut);

/* FALSE when the function given said so; then nothing more may be fed. */
gboolean ph_cut_feed (PhCut *cut,
                      const char *data,
                      gsize size,
                      GError **error);
/* Tells what the end of the stream leaves unfinished. */
gboolean ph_cut_end (PhCut *cut,
                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCut, ph_cut_free)

G_END_DECLS
