/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Files in an archive of files: a zip, a tar, either of them packed with gzip, zstd
 * or xz, or a folder. Its members are listed once and can then be opened by number
 * in any order, several at a time; in rising order the archive is gone through once,
 * going back begins it anew, which costs a seek per member, never unpacking.
 *
 * It may be hostile. A name is text to compare and to show, never a way to anywhere:
 * `../x` and `/x` are names like others. Links, devices and folders are no members.
 * How many members there are, how deep folders nest and how much is unpacked to get
 * at them is bounded (PH_LIMIT_BUNDLE_…); what a member says of its size is not
 * believed, so whoever reads one bounds it: ph_reading_enter() does.
 *
 * What is packed as a whole, and what can be read only once, is first written to a
 * temporary file without a name (ph-spool.h). Blocking; belongs to one thread,
 * together with its members' streams, which keep it alive.
 */
typedef struct _PhBundle PhBundle;

/* Enough of a file to tell a bundle by it, packed or not. */
#define PH_BUNDLE_HEAD_SIZE ((gsize) 64 * 1024)

/* Whether a file that begins like this is such an archive of files. */
gboolean ph_bundle_is_head (const void *head,
                            gsize size);

/*
 * A folder, or a file that ph_bundle_is_head() knows. PH_ERROR_CORRUPT when it
 * cannot be read as one, PH_ERROR_TOO_LARGE past a limit, or a G_IO_ERROR.
 */
PhBundle *ph_bundle_open (GFile *file,
                          GCancellable *cancellable,
                          GError **error);

/* The same for a stream that stands at the beginning; one that cannot seek is spooled. */
PhBundle *ph_bundle_open_stream (GInputStream *stream,
                                 GCancellable *cancellable,
                                 GError **error);

/* The files of an input (ph-input.h), by their names without folders. */
PhBundle *ph_bundle_open_files (GFile *input,
                                GCancellable *cancellable,
                                GError **error);

PhBundle *ph_bundle_ref (PhBundle *bundle);
void ph_bundle_unref (PhBundle *bundle);

guint ph_bundle_get_n_members (PhBundle *bundle);
/* Valid UTF-8, with `/` between folders; in a folder, below it. Owned by the bundle. */
const char *ph_bundle_get_name (PhBundle *bundle,
                                guint member);
/* Unpacked, as the archive says, which may be wrong; -1 when it does not say. */
goffset ph_bundle_get_size (PhBundle *bundle,
                            guint member);
/* When it was last changed, in seconds since 1970; 0 when that is not known. */
gint64 ph_bundle_get_mtime (PhBundle *bundle,
                            guint member);

/* The member of that very name; the first of several. FALSE: there is none. */
gboolean ph_bundle_find (PhBundle *bundle,
                         const char *name,
                         guint *member);

/* As people order names: `2.json` before `10.json`. What differs in zeros only is equal. */
int ph_bundle_compare_names (const char *a,
                             const char *b);

/* `zip`, `tar`, `folder` or `files`: stable. */
const char *ph_bundle_get_kind (PhBundle *bundle);

/* How many bytes the file, or all files of the folder, have as they lie there. */
goffset ph_bundle_get_bytes (PhBundle *bundle);

/* Whether the archive breaks off, or is damaged, behind the members that are listed. */
gboolean ph_bundle_is_damaged (PhBundle *bundle);

/*
 * A member's bytes, unpacked from the archive of files; packing of its own, such as
 * gzip, is left. Read errors are PH_ERROR_CORRUPT when the bytes are damaged,
 * PH_ERROR_UNSUPPORTED when they are locked with a password. NULL with such an
 * error when it cannot be opened. @cancellable ends reading as well.
 */
GInputStream *ph_bundle_open_member (PhBundle *bundle,
                                     guint member,
                                     GCancellable *cancellable,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhBundle, ph_bundle_unref)

G_END_DECLS
