/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * One walk over a zip or a tar, entry by entry, with libarchive; for ph-bundle.c.
 * Only files are told of. Nothing that starts another program, and none of the
 * formats nobody uses.
 */
typedef struct _PhEntries PhEntries;

typedef struct
{
  const char *name; /* valid UTF-8; the walk's own, until the next entry */
  goffset size;     /* as it says; -1 when it does not */
  gint64 mtime;     /* seconds since 1970, or 0 */
} PhEntry;

/*
 * @stream can seek and holds @size bytes; several walks may share it on one
 * thread. @is_xz: it is no archive of files, its only entry is what xz unpacks.
 * NULL with PH_ERROR_CORRUPT, PH_ERROR_TOO_LARGE or a G_IO_ERROR.
 */
PhEntries *ph_entries_new (GInputStream *stream,
                           goffset size,
                           gboolean is_xz,
                           GError **error);
void ph_entries_free (PhEntries *entries);

/* Ends what comes next when it is cancelled; NULL takes it back. */
void ph_entries_set_cancellable (PhEntries *entries,
                                 GCancellable *cancellable);

/* FALSE at the end, or with an error. */
gboolean ph_entries_next (PhEntries *entries,
                          PhEntry *entry,
                          GError **error);
/* How many entries there were so far, the one it stands at among them. */
guint ph_entries_get_n (PhEntries *entries);

/* The next bytes of the entry: how many, 0 at its end, -1 with an error. */
gssize ph_entries_read (PhEntries *entries,
                        void *buffer,
                        gsize size,
                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhEntries, ph_entries_free)

G_END_DECLS
