/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "a11y-driver.h"

#include "ph-test.h"

#include <string.h>

typedef struct
{
  A11y *a11y;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  const char *why = NULL;
  g_autofree char *demo = ph_test_demo ("acme-shop.json.gz");

  fixture->a11y = a11y_start (demo, &why);
  if (fixture->a11y == NULL)
    {
      g_test_skip (why);
      return;
    }

  /* The window is named after what it shows once that is there. */
  g_free (a11y_wait_for (fixture->a11y, "window", "Acme shop"));
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_clear_pointer (&fixture->a11y, a11y_stop);
}

static gboolean
is_control (const A11yItem *item)
{
  static const char *const roles[] = { "button", "toggle button", "slider", "list item" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      if (g_strcmp0 (item->role, roles[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A name of the person's language: no type of ours or GTK's, no mnemonic, not said twice. */
static void
test_names (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  guint n_controls = 0;

  if (fixture->a11y == NULL)
    return;

  items = a11y_list (fixture->a11y);
  for (guint i = 0; i < items->len; i++)
    {
      const A11yItem *item = g_ptr_array_index (items, i);

      g_test_message ("%*s%s “%s”", (int) item->depth, "", item->role, item->name);
      g_assert_false (g_str_has_prefix (item->name, "Ph"));
      if (!is_control (item))
        continue;

      n_controls++;
      g_assert_cmpstr (item->name, !=, "");
      g_assert_false (g_str_has_prefix (item->name, "Gtk"));
      g_assert_false (g_str_has_prefix (item->name, "Adw"));
      g_assert_null (strchr (item->name, '_'));
    }

  /* Header bar, address strip, controls, time line. */
  g_assert_cmpuint (n_controls, >=, 15);
}

/* Where one is, is heard at the slider; pressing a button there moves on. */
static void
test_time_line (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *slider = NULL;
  g_autofree char *next = NULL;
  g_autofree char *previous = NULL;

  if (fixture->a11y == NULL)
    return;

  slider = a11y_wait_for (fixture->a11y, "slider", "Time line");
  next = a11y_wait_for (fixture->a11y, "button", "Next Error");
  previous = a11y_wait_for (fixture->a11y, "button", "Previous Marker");
  a11y_wait_text (fixture->a11y, slider, "Description", "0:00 of 1:27");

  a11y_press (fixture->a11y, next);
  a11y_wait_text (fixture->a11y, slider, "Description", "1:11 of 1:27");
  a11y_press (fixture->a11y, next);
  a11y_wait_text (fixture->a11y, slider, "Description", "1:22 of 1:27");
  a11y_press (fixture->a11y, previous);
  a11y_wait_text (fixture->a11y, slider, "Description", "1:11 of 1:27");
}

/* What a button does is what it is called. */
static void
test_play (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *play = NULL;

  if (fixture->a11y == NULL)
    return;

  play = a11y_wait_for (fixture->a11y, "button", "Play");
  a11y_press (fixture->a11y, play);
  a11y_wait_text (fixture->a11y, play, "Name", "Pause");
}

/* The last item that is showing, of @name, whatever it is; or NULL. */
static char *
find_last (A11y *a11y,
           const char *name)
{
  g_autoptr (GPtrArray) items = a11y_list (a11y);
  char *path = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const A11yItem *item = g_ptr_array_index (items, i);

      if (!item->showing || !g_str_equal (item->name, name))
        continue;

      g_free (path);
      path = g_strdup (item->path);
    }

  return path;
}

/* The dialog of clips: every control has a name, and what it is named after is there. */
static void
test_clip_dialog (Fixture *fixture,
                  gconstpointer data)
{
  static const char *const roles[] = { "button", "toggle button", "switch",
                                       "combo box", "text box", NULL };
  g_autofree char *menu = NULL;
  g_autofree char *export = NULL;
  g_autofree char *begin = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) items = NULL;
  guint n_controls = 0;

  if (fixture->a11y == NULL)
    return;

  g_free (a11y_wait_for (fixture->a11y, "button", "Main Menu"));
  /* The button inside of the button. */
  menu = find_last (fixture->a11y, "Main Menu");
  a11y_press (fixture->a11y, menu);
  export = a11y_wait_for (fixture->a11y, "menu item", "Export Clip…");
  a11y_press (fixture->a11y, export);
  begin = a11y_wait_for (fixture->a11y, "button", "Export…");
  items = a11y_list (fixture->a11y);

  for (guint i = 0; i < items->len; i++)
    {
      const A11yItem *item = g_ptr_array_index (items, i);

      g_test_message ("%*s%s “%s” %d", (int) item->depth, "", item->role, item->name,
                      item->showing);

      if (!item->showing || !g_strv_contains (roles, item->role))
        continue;

      n_controls++;
      g_assert_cmpstr (item->name, !=, "");
      g_assert_false (g_str_has_prefix (item->name, "Gtk"));
      g_assert_null (strchr (item->name, '_'));
    }

  /* Times, what is chosen, what is shown; and the pictures. */
  g_assert_cmpuint (n_controls, >=, 20);
  first = a11y_find (fixture->a11y, "image", "First picture");
  last = a11y_find (fixture->a11y, "image", "Last picture");
  g_assert_true (first != NULL && last != NULL);
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  a11y_bus_up ();

  g_test_add ("/a11y/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/a11y/time-line", Fixture, NULL, set_up, test_time_line, tear_down);
  g_test_add ("/a11y/play", Fixture, NULL, set_up, test_play, tear_down);
  g_test_add ("/a11y/clip-dialog", Fixture, NULL, set_up, test_clip_dialog, tear_down);

  status = g_test_run ();
  a11y_bus_down ();

  return status;
}
