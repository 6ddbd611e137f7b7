/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Where recordings of archives that were opened before are kept, so that they
 * need not be imported again: `recordings` in the user's data folder of Playhead.
 */
char *ph_recordings_dup_folder (void);
/* And where those are made that nobody keeps: in the user's cache folder. */
char *ph_recordings_dup_scratch_folder (void);

/*
 * Where the recording of @archive is, if there is one yet. An archive is known
 * by its size, the time of its last change and its two ends, wherever it lies
 * and whatever it is called; a folder, and files opened together, by the names, sizes
 * and times of all files; and each by the part that is opened of it (ph-input.h).
 * Blocking. NULL when it is no file of a known size
 * that can be read at random.
 */
char *ph_recordings_dup_path (GFile *archive,
                              GCancellable *cancellable);

/* So that ph_recordings_tidy() takes it for the last one used. */
void ph_recordings_touch (const char *path);

/* A recording that turned out to be damaged: the archive is imported anew the next time. */
void ph_recordings_forget (const char *path);

/*
 * Removes recordings from @folder, those not opened for longest first, until the
 * rest takes no more than @bytes: they can be made again. The last one opened
 * stays in any case. Blocking.
 */
#define PH_RECORDINGS_BYTES ((goffset) 4 * 1000 * 1000 * 1000)

void ph_recordings_tidy (const char *folder,
                         goffset bytes);

G_END_DECLS
