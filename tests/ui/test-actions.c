/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-actions.h"
#include "ph-shortcuts.h"
#include "ui-driver.h"

static void
test_table (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n;
  const PhAction *actions = ph_actions_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", actions[i].name);
      g_assert_true (g_action_parse_detailed_name (actions[i].name, &name, &target, &error));
      g_assert_no_error (error);
      g_assert_nonnull (actions[i].title);
      g_assert_cmpstr (actions[i].title, !=, "");
      g_assert_nonnull (ph_actions_group_title (actions[i].group));

      for (guint j = 0; actions[i].accels[j] != NULL; j++)
        {
          GdkModifierType modifiers;
          guint key;

          g_assert_true (gtk_accelerator_parse (actions[i].accels[j], &key, &modifiers));
          /* Alt belongs to mnemonics, Super to the desktop. */
          g_assert_cmpuint (modifiers & (GDK_ALT_MASK | GDK_SUPER_MASK), ==, 0);
          g_assert_true (g_hash_table_add (seen, gtk_accelerator_name (key, modifiers)));
        }

      /* Everything can be reached by a key, or else by the menu. */
      g_assert_true (actions[i].accels[0] != NULL || actions[i].menu != NULL);

      if (actions[i].pair != NULL)
        {
          g_assert_cmpuint (i + 1, <, n);
          g_assert_cmpint (actions[i + 1].group, ==, actions[i].group);
          g_assert_nonnull (actions[i + 1].accels[0]);
        }
    }
}

static void
test_bare (void)
{
  static const struct
  {
    const char *accel;
    gboolean bare;
  } cases[] = {
    { "space", TRUE },
    { "k", TRUE },
    { "<Shift>e", TRUE },
    { "Left", TRUE },
    { "<Ctrl>Left", TRUE },
    { "Escape", TRUE },
    { "<Ctrl>o", FALSE },
    { "<Ctrl>question", FALSE },
    { "F10", FALSE },
    { "F11", FALSE },
    { "no key at all", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].accel);
      g_assert_cmpint (ph_actions_accel_is_bare (cases[i].accel), ==, cases[i].bare);
    }
}

static gboolean
has_action (PhApplication *application,
            PhWindow *window,
            const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  const GVariantType *type;
  GActionGroup *group = G_ACTION_GROUP (window);

  g_action_parse_detailed_name (detailed, &name, &target, NULL);
  if (g_str_equal (name, "window.close"))
    return TRUE;

  if (g_str_has_prefix (name, "app."))
    group = G_ACTION_GROUP (application);

  if (!g_action_group_has_action (group, name + 4))
    return FALSE;

  type = g_action_group_get_action_parameter_type (group, name + 4);
  if (target == NULL)
    return type == NULL;

  return type != NULL && g_variant_is_of_type (target, type);
}

static void
test_live_window (void)
{
  PhApplication *application = ui_driver_application ();
  PhWindow *window = ui_driver_window (application);
  guint n;
  const PhAction *actions = ph_actions_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_test_message ("%s", actions[i].name);
      g_assert_true (has_action (application, window, actions[i].name));

      for (guint j = 0; actions[i].accels[j] != NULL; j++)
        {
          g_auto (GStrv) names = gtk_application_get_actions_for_accel (
            GTK_APPLICATION (application), actions[i].accels[j]);

          /* Bare keys are the window's, or they would be taken from a focused button. */
          if (ph_actions_accel_is_bare (actions[i].accels[j]))
            g_assert_cmpuint (g_strv_length (names), ==, 0);
          else
            g_assert_cmpuint (g_strv_length (names), ==, 1);
        }
    }

  ui_driver_close_all (application);
}

static guint
count_items (GMenuModel *model)
{
  guint count = 0;

  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autoptr (GMenuModel) section =
        g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);

      count += section != NULL ? count_items (section) : 1;
    }

  return count;
}

static void
test_menu (void)
{
  g_autoptr (GMenuModel) menu = ph_actions_new_menu ();
  guint wanted = 0;
  guint n;
  const PhAction *actions = ph_actions_get (&n);

  for (guint i = 0; i < n; i++)
    wanted += actions[i].menu != NULL;

  g_assert_cmpuint (count_items (menu), ==, wanted);
}

static guint
count_shortcuts (GtkWidget *widget)
{
  guint count = GTK_IS_SHORTCUTS_SHORTCUT (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_shortcuts (child);

  return count;
}

static void
test_shortcuts_window (void)
{
  /* With the program's own style. */
  PhApplication *application = ui_driver_application ();
  GtkShortcutsWindow *window = ph_shortcuts_window_new ();
  guint wanted = 0;
  guint n;
  const PhAction *actions = ph_actions_get (&n);

  for (guint i = 0; i < n; i++)
    wanted += actions[i].accels[0] != NULL && (i == 0 || actions[i - 1].pair == NULL);

  g_assert_true (PH_IS_APPLICATION (application));
  gtk_window_present (GTK_WINDOW (window));
  ui_driver_spin (50);
  /* It keeps a second copy of each for searching. */
  g_assert_cmpuint (count_shortcuts (GTK_WIDGET (window)), >=, wanted);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  g_test_add_func ("/actions/table", test_table);
  g_test_add_func ("/actions/bare", test_bare);
  g_test_add_func ("/actions/live-window", test_live_window);
  g_test_add_func ("/actions/menu", test_menu);
  g_test_add_func ("/actions/shortcuts-window", test_shortcuts_window);

  return ui_driver_run ();
}
