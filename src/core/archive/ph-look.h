/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-reader.h"

G_BEGIN_DECLS

/*
 * A look into the beginning of a file that may be an archive, or a part of one: what
 * reads it, and what its first events say. So much is read as that takes, and no more
 * than some megabytes.
 */
typedef struct
{
  const PhReader *reader; /* NULL: no reader knows it */
  GError *problem;        /* then: what it seems to be instead, or why it cannot be read */
  gboolean is_bundle;     /* it is an archive of files itself */
  gint64 begin;           /* the earliest of its first events, PH_TIME_NONE when it has none */
  gboolean has_page;      /* it begins with a meta event or a full snapshot */
  char *session;          /* what it calls its session, or NULL */
  char *address;          /* of its first page, or NULL */
} PhLook;

/*
 * @bytes is how much there is, 0 when that is not known. FALSE when it is cancelled, or
 * @stream failed.
 */
gboolean ph_look_at (PhLook *look,
                     GInputStream *stream,
                     goffset bytes,
                     GCancellable *cancellable,
                     GError **error);
void ph_look_clear (PhLook *look);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhLook, ph_look_clear)

G_END_DECLS
