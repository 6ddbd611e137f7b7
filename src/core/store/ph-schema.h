/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-db.h"

G_BEGIN_DECLS

/*
 * The tables of a recording file (ph-schema.sql), and whether a file has them.
 */
#define PH_SCHEMA_APPLICATION_ID 0x50484431
#define PH_SCHEMA_VERSION 3
/* Small: most tables have few rows. */
#define PH_SCHEMA_PAGE_SIZE 1024

/* So many bytes at the start of a file tell whether it is a recording. */
#define PH_SCHEMA_HEAD 72

gboolean ph_schema_is_recording (const guint8 *head,
                                 gsize size);

/* How long a file that begins with these bytes should be, or 0 when they do not say. */
gint64 ph_schema_file_bytes (const guint8 *head,
                             gsize size);

/* Makes the tables in an empty database. */
gboolean ph_schema_create (PhDb *db,
                           GError **error);

/*
 * Version 2 lists what the pages name and the archive does not bring (table asset),
 * version 3 has annotations among its moments and notes with all that belongs to
 * them. Files of earlier versions are read all the same, without.
 */

/*
 * TRUE when @db has these tables and nothing else. PH_ERROR_UNKNOWN_FORMAT when
 * it is another program's, PH_ERROR_UNSUPPORTED when a later version of this
 * program made it, PH_ERROR_CORRUPT else.
 */
gboolean ph_schema_check (PhDb *db,
                          GError **error);

typedef enum
{
  PH_DIGEST_LISTS,  /* everything that is read when a recording is opened */
  PH_DIGEST_SEARCH, /* the index over the moments' texts */
} PhDigest;

/* SHA-256, as hex, over what these tables hold; the caller frees it. */
char *ph_schema_digest (PhDb *db,
                        PhDigest digest,
                        GError **error);
/* The key of table meta that has it. */
const char *ph_schema_digest_key (PhDigest digest);

G_END_DECLS
