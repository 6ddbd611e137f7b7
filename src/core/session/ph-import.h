/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-outline.h"
#include "ph-scratch.h"

G_BEGIN_DECLS

/*
 * Makes a recording of an archive. Most archives have their events nearly in
 * order: those are read once, and what has been read can be played on the way.
 * Where events turn out to be far out of order, or so far away from the others
 * in time that they do not count, the archive is read once more and sorted.
 * Memory does not grow with the archive, but for what the outline lists, and 16
 * bytes for each event that has to be sorted.
 */
typedef struct
{
  /* 0 … 1, ascending; may be NULL. */
  void (*progress) (double fraction,
                    gpointer user_data);
  /*
   * @n_events can be played now, from @file, which may grow; @outline, which
   * @news takes, is as if the session ended there. May be NULL.
   */
  void (*news) (PhScratch *file,
                guint n_events,
                PhOutline *outline,
                gpointer user_data);
} PhImportFuncs;

/*
 * Blocking; both functions are called on the same thread. The recording is made
 * in @folder, whole when this returns it: another one than news spoke of, if
 * there had to be sorting. Errors: those of ph_archive_read(), of ph-scratch.h
 * and ph-db.h, and PH_ERROR_CORRUPT when there is no page to show in it.
 */
PhScratch *ph_import (GFile *archive,
                      const char *folder,
                      const PhImportFuncs *funcs,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error);

typedef PhScratch *(*PhImporter) (GFile *file,
                                  const char *folder,
                                  const PhImportFuncs *funcs,
                                  gpointer user_data,
                                  GCancellable *cancellable,
                                  GError **error);

/* The same of a recording file that cannot be opened: what can still be read (ph-salvage.h). */
PhScratch *ph_import_salvaged (GFile *recording,
                               const char *folder,
                               const PhImportFuncs *funcs,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
