/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Why @file could not be opened, in the person's language and without the
 * file's name, which the window shows beside it. The caller frees it; it is
 * plain text, and may hold text of the file.
 */
char *ph_reason_text (GFile *file,
                      const GError *error);

/*
 * What is no file and cannot be read to an end: a pipe nobody writes to, a
 * device. NULL when there is nothing against @info, else an error like those of
 * opening. The caller frees it.
 */
GError *ph_reason_against (GFileInfo *info);

G_END_DECLS
