/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Text out of an archive, made fit to stand between ours. An archive is
 * hostile: its text may hold line breaks, control characters, or marks that
 * turn the direction of everything after them. Both take valid UTF-8 and give
 * a new string.
 */

/* One line: runs of white space become one space; cut with “…” after @max_chars. */
char *ph_text_line (const char *text,
                    guint max_chars);

/*
 * Controls made visible: a line end as ↵, U+0007 as ␇, others such as U+202E as
 * ⟨U+202E⟩. Marks that emoji and scripts need, such as the zero width joiner, stay.
 */
char *ph_text_visible (const char *text);

/* The same of text that may have several lines: line ends, each as one \n, and tabs stay. */
char *ph_text_visible_lines (const char *text);

G_END_DECLS
