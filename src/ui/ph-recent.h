/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Recordings opened lately, as the desktop remembers them. */
#define PH_RECENT_MAX 6

/* To be called when a recording was opened well. */
void ph_recent_add (GFile *file);
/* Those opened with this program that still exist, newest first, at most PH_RECENT_MAX. */
GListModel *ph_recent_list (void);
/* The same as a menu whose items activate `win.open-recent`; never empty. */
GMenuModel *ph_recent_menu (void);

/* A file's name for people, fit to be shown. The caller frees it. */
char *ph_recent_file_name (GFile *file);
/* The folder it is in, `~` for the person's own, fit to be shown; "" when it has none. */
char *ph_recent_file_place (GFile *file);

G_END_DECLS
