/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

G_BEGIN_DECLS

/*
 * Which files of an archive of files are one session. The rules, in this order; each
 * is about files of one family (readers whose names begin alike: `rrweb-array` and
 * `rrweb-ndjson` are both `rrweb`), but for the last:
 *
 * 1. Files that name the same session are of that session, wherever they lie.
 * 2. In one folder, files whose names are numbered parts of one name are of one
 *    session: `blob_key_0` and `blob_key_1`, `0.json` and `1.json`, `a-0001` and
 *    `a-0002`, `dom1.mobs` and `dom2.mobe`, two times with a dash between. So are
 *    `dom.mobs`, `dom.mobe` and `devtools.mob`. A number behind `session`,
 *    `recording`, `replay`, `trace`, `test`, `user` or `visit` counts sessions, not
 *    parts; files that name different sessions are different ones; and so are all
 *    files of a name when their times do not rise with their numbers.
 * 3. In one folder, a file that does not begin with a page of its own (a meta event or
 *    a full snapshot) continues the one before it, by time, or by name where there is
 *    no time. The first of all has none before it and stands for itself.
 * 4. Any other file is a session of its own.
 * 5. A file no reader knows that rule 2 makes a part of a file whose parts are joined
 *    as bytes is a part too: it may begin in the middle of a message.
 *
 * A trace of Playwright, which is an archive of files itself, is always a session.
 *
 * Pure; order and contents of the archive do not matter, only what is said here.
 */
typedef struct
{
  const char *name;     /* with folders */
  const char *reader;   /* the reader's name, or NULL when there is none */
  const char *session;  /* what it calls its session itself, or NULL */
  gint64 begin;         /* microseconds since the Unix epoch, or PH_TIME_NONE */
  gboolean has_page;    /* it begins with a page */
  gboolean joins_bytes; /* parts of its format are joined as bytes */
  gboolean is_whole;    /* a file of its format is always a session of its own */
} PhPiece;

/*
 * Writes the number of its session for each piece to @sessions, -1 for those that are
 * of none; returns how many sessions there are. They are numbered by the order of
 * their first pieces.
 */
guint ph_joining_group (const PhPiece *pieces,
                        guint n_pieces,
                        int *sessions);

/*
 * The order in which pieces of one session are read: by time, those without one last,
 * and by name.
 */
int ph_joining_compare (const PhPiece *a,
                        const PhPiece *b);

/*
 * What a name is a numbered part of, or NULL when it is none: the folder and the
 * name without number and endings. The caller frees it.
 */
char *ph_joining_dup_stem (const char *name);

G_END_DECLS
