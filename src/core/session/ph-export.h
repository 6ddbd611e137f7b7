/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * Gives the events of a session back as an archive that any tool of rrweb
 * reads: each as the text it was recorded as, in the order they are applied in.
 */
typedef enum
{
  PH_EXPORT_JSON,   /* one array */
  PH_EXPORT_NDJSON, /* one event a line */
} PhExportFormat;

typedef enum
{
  PH_EXPORT_PLAIN,
  PH_EXPORT_GZIP,
  PH_EXPORT_ZSTD,
} PhExportPacking;

/*
 * Blocking. What was at @file before stays when this fails. @n_lost: events that
 * are left out because the session's own file is damaged.
 */
gboolean ph_session_export (PhSession *session,
                            GFile *file,
                            PhExportFormat format,
                            PhExportPacking packing,
                            guint *n_lost,
                            GCancellable *cancellable,
                            GError **error);

/* Appends one event's text so that it is on one line. */
void ph_export_append_line (GString *line,
                            const char *text,
                            gsize size);

G_END_DECLS
