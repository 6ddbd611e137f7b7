/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Takes events out of a recording file that SQLite gives up, because it is cut
 * off or damaged where everything hangs together. The file is gone through page
 * by page (https://www.sqlite.org/fileformat2.html, §1.6): a row of the table of
 * runs is known by its shape, and by its checksum that nothing in it is changed.
 * What else is in the file follows from the events and can be made again.
 */
typedef struct
{
  guint64 n_events; /* that were given */
  guint64 n_lost;   /* missing between the first and the last of them, and before */
  goffset bytes;    /* of the file */
} PhSalvaged;

typedef struct
{
  /* In their order; times mean nothing. FALSE with an error set stops. */
  gboolean (*event) (const PhEvent *event,
                     gpointer user_data,
                     GError **error);
  /* How far it has come; may be NULL. */
  void (*progress) (goffset done,
                    goffset total,
                    gpointer user_data);
} PhSalvageFuncs;

/*
 * Gives each event that can be read. Blocking. FALSE with PH_ERROR_CORRUPT when
 * there is none, or with what @funcs or @cancellable say.
 */
gboolean ph_salvage (GFile *file,
                     const PhSalvageFuncs *funcs,
                     gpointer user_data,
                     PhSalvaged *salvaged,
                     GCancellable *cancellable,
                     GError **error);

G_END_DECLS
