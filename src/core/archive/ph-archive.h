/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"
#include "ph-facts.h"
#include "ph-health.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Opens a file as some tool exported it and gives its events, one by one, in
 * the file's order. Read as a stream: memory does not grow with the file. What
 * a file is, is decided by its content, never by its name.
 *
 * Blocking; call it from a worker. The sink is called on the same thread.
 */
typedef struct
{
  /* @root is the parsed text of @event; both are lent. FALSE with an error set stops. */
  gboolean (*event) (const PhEvent *event,
                     PhJsonValue root,
                     gpointer user_data,
                     GError **error);
  /* How far the file has been read, in its own bytes; may be NULL. */
  void (*progress) (goffset done,
                    goffset total,
                    gpointer user_data);
} PhSink;

typedef struct
{
  const char *format;   /* `rrweb-array`, `rrweb-object`, `rrweb-ndjson` */
  const char *packing;  /* `gzip`, `zstd`, `zlib`, `zip`, `tar`, `folder`, `files`, or NULL */
  const char *recorder; /* what the content says wrote it, or NULL */
  goffset bytes;        /* of the file */
  guint64 n_events;
  char *sha256;       /* of the file, in hexadecimal, or NULL when it is none */
  GPtrArray *windows; /* names of the windows as the archive has them, "" for an only one */
  char *facts;        /* what it says besides (ph_facts_to_json()), or NULL */
} PhArchiveInfo;

/*
 * The sessions of an input (ph-input.h), by time: one for a file that is an archive
 * itself, which is not read further than its beginning. Fails as reading does. An
 * array of PhInputPart (ph-input.h).
 */
GPtrArray *ph_archive_list (GFile *input,
                            GCancellable *cancellable,
                            GError **error);

/*
 * Reads an input (ph-input.h): the part it names of an archive of files or a folder.
 * Members that are one session are read in the order of time, as one.
 * Fails with PH_ERROR_SEVERAL when it names none of several, G_IO_ERROR_NOT_FOUND
 * when there is none of that name, PH_ERROR_UNKNOWN_FORMAT when nothing recognises the file,
 * PH_ERROR_CORRUPT when it has no event that can be read, PH_ERROR_TOO_LARGE
 * when what there is passes a limit, or a G_IO_ERROR. Anything less becomes a
 * finding in @health.
 */
PhArchiveInfo *ph_archive_read (GFile *input,
                                const PhSink *sink,
                                gpointer user_data,
                                PhHealth *health,
                                GCancellable *cancellable,
                                GError **error);

/* The same for a stream; @bytes is how long it is, 0 when that is not known. */
PhArchiveInfo *ph_archive_read_stream (GInputStream *stream,
                                       goffset bytes,
                                       const PhSink *sink,
                                       gpointer user_data,
                                       PhHealth *health,
                                       GCancellable *cancellable,
                                       GError **error);
/* Of nothing yet; @format lives for ever. */
PhArchiveInfo *ph_archive_info_new (const char *format);
void ph_archive_info_free (PhArchiveInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhArchiveInfo, ph_archive_info_free)

G_END_DECLS
