/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a file is that holds no session, where its beginning tells: videos, pictures,
 * documents, tables, lists of events of tools that keep the pages to themselves.
 * The answer is a whole sentence for a person: what this is, why it cannot be
 * replayed, what would do instead. NULL when it is nothing of that kind. It is never
 * asked about what a reader takes.
 */
const char *ph_foreign_explain (const char *head,
                                gsize size);

/*
 * The same of an archive of files, by the name of one of its files: documents that
 * are made of files.
 */
const char *ph_foreign_explain_member (const char *name);

G_END_DECLS
