/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The one table of what a person can do: keys, menus, the shortcuts window and
 * the tests are made from it.
 */
typedef enum
{
  PH_ACTION_PLAYING,
  PH_ACTION_VIEW,
  PH_ACTION_MOVING,
  PH_ACTION_MARKERS,
  PH_ACTION_NOTES,
  PH_ACTION_CLIPS,
  PH_ACTION_GENERAL,
  PH_ACTION_N_GROUPS,
} PhActionGroup;

typedef struct
{
  const char *name;  /* detailed action name, with its target */
  const char *title; /* translatable; for the shortcuts window */
  PhActionGroup group;
  const char *accels[3]; /* as gtk_accelerator_parse() reads them, ended by NULL */
  const char *menu;      /* translatable label in the main menu, or NULL */
  guint section;         /* of the main menu */
  const char *pair;      /* translatable title for this and the next row together, or NULL */
} PhAction;

const PhAction *ph_actions_get (guint *n);
/* A heading for a group, untranslated. */
const char *ph_actions_group_title (PhActionGroup group);

/*
 * Keys that mean something to a focused widget (a bare letter, space, arrows)
 * are offered to that widget first; the others go to the application at once.
 */
gboolean ph_actions_accel_is_bare (const char *accel);

/* Gives @application the accelerators that are not bare. */
void ph_actions_install_accels (GtkApplication *application);
/* The rest, to be added to a window. It runs after the focused widget. */
GtkEventController *ph_actions_new_controller (void);
/* The main menu: the `menu` entries of the table in sections. */
GMenuModel *ph_actions_new_menu (void);

G_END_DECLS
