/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-input.h"

G_BEGIN_DECLS

/*
 * Which sessions there are in what a person opens, before one of them is. The blocking
 * forms may be called on any thread; the others answer on the thread they are called
 * on.
 */

/*
 * The sessions of an input, by time: an array of PhInputPart with one at least. Errors
 * are those of ph_archive_list(), with the file's name in front.
 */
GPtrArray *ph_listing_list (GFile *input,
                            GCancellable *cancellable,
                            GError **error);
void ph_listing_list_async (GFile *input,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *ph_listing_list_finish (GAsyncResult *result,
                                   GError **error);

/*
 * What to open of files that were chosen together: one input when all of them are parts
 * of one session, else each for itself. An array of GFile; fails when it is cancelled.
 */
GPtrArray *ph_listing_arrange (GFile *const *files,
                               guint n_files,
                               GCancellable *cancellable,
                               GError **error);
void ph_listing_arrange_async (GFile *const *files,
                               guint n_files,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *ph_listing_arrange_finish (GAsyncResult *result,
                                      GError **error);

G_END_DECLS
