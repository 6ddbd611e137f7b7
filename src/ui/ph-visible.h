/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Archive text made fit to be shown in the program's own widgets. An archive is
 * hostile: its text may hold control characters, direction overrides that turn
 * a line around, characters that cannot be seen, and megabytes of it.
 *
 * What comes out is valid UTF-8 on one line in which all of these are visible
 * symbols, of at most PH_LIMIT_LABEL_CHARS characters. NULL is read as "".
 * Callers free the result.
 */

/* For gtk_label_set_text() and everything else that takes plain text. */
char *ph_visible_text (const char *text);
/* The same with a limit of its own, in characters; 1 or more. */
char *ph_visible_capped (const char *text,
                         guint max_chars);
/* For what is always read as markup: AdwStatusPage:description, AdwToast:title. */
char *ph_visible_markup (const char *text);
/* For menu items, in which an underscore would mark a mnemonic. */
char *ph_visible_menu (const char *text);

G_END_DECLS
