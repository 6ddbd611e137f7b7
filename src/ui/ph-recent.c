/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-recent.h"

#include "ph-input.h"
#include "ph-visible.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the entries are marked with: must not depend on the language. */
#define APP_NAME "Playhead"

void
ph_recent_add (GFile *file)
{
  g_autofree char *uri = ph_input_dup_uri (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *mime = NULL;
  g_autofree char *type = NULL;
  char exec[] = "playhead %u";
  char app_name[] = APP_NAME;
  GtkRecentData data = { .app_name = app_name, .app_exec = exec };

  type = g_content_type_guess (name, NULL, 0, NULL);
  mime = g_content_type_get_mime_type (type);
  data.mime_type = mime != NULL ? mime : (char *) "application/octet-stream";

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

/* To be asked of items of ours only: of others GTK warns. */
static GDateTime *
last_used (gconstpointer info)
{
  const char *exec;
  guint count;
  GDateTime *stamp = NULL;

  gtk_recent_info_get_application_info ((GtkRecentInfo *) info, APP_NAME, &exec, &count, &stamp);

  return stamp;
}

static int
compare_infos (gconstpointer a,
               gconstpointer b)
{
  GDateTime *stamp_a = last_used (a);
  GDateTime *stamp_b = last_used (b);

  if (stamp_a == NULL || stamp_b == NULL)
    return (stamp_a == NULL) - (stamp_b == NULL);

  return g_date_time_compare (stamp_b, stamp_a);
}

/* GTK does not know that an address may say more than where a file lies. */
static gboolean
exists (GtkRecentInfo *info)
{
  g_autoptr (GFile) file = ph_input_new_for_uri (gtk_recent_info_get_uri (info));

  return g_file_query_exists (file, NULL);
}

GListModel *
ph_recent_list (void)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GListStore *store = g_list_store_new (G_TYPE_FILE);
  GList *ours = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    {
      /* Looking at a remote file could take as long as the network likes. */
      if (gtk_recent_info_has_application (l->data, APP_NAME) &&
          (!gtk_recent_info_is_local (l->data) || exists (l->data)))
        ours = g_list_prepend (ours, l->data);
    }

  ours = g_list_sort (ours, compare_infos);
  for (GList *l = ours;
       l != NULL && g_list_model_get_n_items (G_LIST_MODEL (store)) < PH_RECENT_MAX; l = l->next)
    {
      g_autoptr (GFile) file = ph_input_new_for_uri (gtk_recent_info_get_uri (l->data));

      g_list_store_append (store, file);
    }

  g_list_free (ours);
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);

  return G_LIST_MODEL (store);
}

GMenuModel *
ph_recent_menu (void)
{
  g_autoptr (GListModel) files = ph_recent_list ();
  g_autoptr (GMenu) section = g_menu_new ();
  GMenu *menu = g_menu_new ();
  guint n = g_list_model_get_n_items (files);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *name = ph_recent_file_name (file);
      g_autofree char *label = ph_visible_menu (name);
      g_autofree char *uri = ph_input_dup_uri (file);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.open-recent", "s", uri);
      g_menu_append_item (section, item);
    }

  /* An action that does not exist makes the item insensitive. */
  if (n == 0)
    g_menu_append (section, _ ("No Recent Recordings"), "win.no-recent");

  g_menu_append_section (menu, n > 0 ? _ ("Recent") : NULL, G_MENU_MODEL (section));

  return G_MENU_MODEL (menu);
}

char *
ph_recent_file_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : NULL;
  const char *part = ph_input_get_part (file);
  g_autofree char *both = NULL;

  if (part == NULL || *part == '\0' || name == NULL)
    return ph_visible_text (name);

  /* Which session of it. */
  both = g_strdup_printf ("%s: %s", name, part);

  return ph_visible_text (both);
}

char *
ph_recent_file_place (GFile *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char *path = parent != NULL ? g_file_get_parse_name (parent) : NULL;
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (path != NULL && length > 1 && g_str_has_prefix (path, home) &&
      (path[length] == '/' || path[length] == '\0'))
    {
      g_autofree char *shortened = g_strconcat ("~", path + length, NULL);

      return ph_visible_text (shortened);
    }

  return ph_visible_text (path);
}
