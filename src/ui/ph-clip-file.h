/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What can be done with a file that is there. What goes wrong, where the file is gone or
 * nothing opens it, is told by the action `win.tell` (s: words, as AdwToast takes them) that
 * @widget or what it is in has.
 */

/* With the program for files of its kind. */
void ph_clip_file_open (GtkWidget *widget,
                        GFile *file);

/* In the file manager; by org.freedesktop.FileManager1, else its folder is opened. */
void ph_clip_file_show (GtkWidget *widget,
                        GFile *file);

/* As a file, and a picture as a picture as well. */
void ph_clip_file_copy (GtkWidget *widget,
                        GFile *file);

G_END_DECLS
