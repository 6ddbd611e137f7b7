/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-bundle.h"
#include "ph-input.h"
#include "ph-reading.h"

G_BEGIN_DECLS

/*
 * An archive of files, a folder or some files, and the sessions in it: which of its
 * members are one (ph-joining.h), and how those are read. Blocking; one thread.
 */
typedef struct _PhContainer PhContainer;

/*
 * Looks into all members. Fails when it is cancelled, when a file cannot be read, and
 * with PH_ERROR_UNKNOWN_FORMAT when there is no session in it: the message says
 * what there is instead, where that is known.
 */
PhContainer *ph_container_new (PhBundle *bundle,
                               GCancellable *cancellable,
                               GError **error);
void ph_container_free (PhContainer *container);

/* PhInputPart, by time; there is at least one. Owned by the container. */
GPtrArray *ph_container_get_parts (PhContainer *container);

/*
 * The part of that key; NULL is the only one: PH_ERROR_SEVERAL when there are more,
 * G_IO_ERROR_NOT_FOUND when there is none of that key.
 */
const PhInputPart *ph_container_find (PhContainer *container,
                                      const char *key,
                                      GError **error);

/* Reads a part to its end. What cannot be read of it is left out and told. */
gboolean ph_container_read (PhContainer *container,
                            const PhInputPart *part,
                            PhReading *reading,
                            GCancellable *cancellable,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhContainer, ph_container_free)

G_END_DECLS
