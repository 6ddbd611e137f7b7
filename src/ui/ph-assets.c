/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-assets.h"

#include "ph-asset-groups.h"
#include "ph-visible.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of one host so many addresses are listed; a search finds the others. */
#define MAX_LISTED 200

struct _PhAssets
{
  AdwWindow parent_instance;

  PhSession *session;
  PhAssetShelf *shelf; /* or NULL */
  PhAssetGrants *grants;
  GPtrArray *groups;      /* PhAssetGroup */
  GPtrArray *host_rows;   /* HostRow, one for each of them */
  GPtrArray *source_rows; /* GtkWidget, of the group */
  gboolean updating;      /* switches are set, not switched */

  /* Template children */
  AdwWindowTitle *title;
  GtkSpinner *spinner;
  GtkStack *stack;
  AdwPreferencesGroup *sources;
  AdwPreferencesGroup *hosts;
  GtkSearchEntry *search;
};

/* What is shown of a PhAssetGroup. */
typedef struct
{
  PhAssets *panel;
  char *host;
  AdwExpanderRow *row;
  GtkSwitch *toggle;   /* NULL where there is nothing to allow */
  GPtrArray *children; /* GtkWidget; NULL while it was never unfolded */
} HostRow;

G_DEFINE_FINAL_TYPE (PhAssets, ph_assets, ADW_TYPE_WINDOW)

enum
{
  ALLOW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
allow (PhAssets *self,
       PhGrantKind kind,
       const char *value,
       gboolean allowed)
{
  g_signal_emit (self, signals[ALLOW], 0, (int) kind, value, allowed);
}

/* Addresses */

static GtkWidget *
new_asset_row (PhAssets *self,
               const PhAsset *asset)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *url = ph_visible_text (asset->url);
  g_autofree char *time = ph_time_format (asset->time);
  const char *status = ph_asset_status_title (ph_asset_shelf_get_status (self->shelf, asset));
  const char *problem =
    self->shelf != NULL ? ph_asset_shelf_get_problem (self->shelf, asset->url) : NULL;
  g_autofree char *why = problem != NULL ? ph_visible_text (problem) : NULL;
  g_autofree char *text =
    g_strdup_printf ("%s · %s · %s%s%s", status, ph_asset_kind_title (asset->kind), time,
                     why != NULL ? " · " : "", why != NULL ? why : "");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), url);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_widget_set_tooltip_text (row, url);

  return row;
}

static void
drop_children (HostRow *host)
{
  for (guint i = 0; host->children != NULL && i < host->children->len; i++)
    adw_expander_row_remove (host->row, host->children->pdata[i]);

  g_clear_pointer (&host->children, g_ptr_array_unref);
}

static const PhAssetGroup *
find_group (HostRow *host)
{
  for (guint i = 0; i < host->panel->groups->len; i++)
    {
      const PhAssetGroup *group = host->panel->groups->pdata[i];

      if (g_str_equal (group->host, host->host))
        return group;
    }

  return NULL;
}

static void
add_child (HostRow *host,
           GtkWidget *child)
{
  adw_expander_row_add_row (host->row, child);
  g_ptr_array_add (host->children, child);
}

static void
fill_children (HostRow *host)
{
  const PhAssetGroup *group = find_group (host);

  drop_children (host);
  host->children = g_ptr_array_new ();

  for (guint i = 0; i < MIN (group->assets->len, MAX_LISTED); i++)
    add_child (host, new_asset_row (host->panel, group->assets->pdata[i]));

  if (group->assets->len > MAX_LISTED)
    {
      GtkWidget *row = adw_action_row_new ();
      guint n = group->assets->len - MAX_LISTED;
      g_autofree char *text = g_strdup_printf (
        ngettext ("And %u more: search for it", "And %u more: search for them", n), n);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      add_child (host, row);
    }
}

/* Hosts */

static void
expanded_cb (HostRow *host)
{
  if (host->children == NULL && adw_expander_row_get_expanded (host->row))
    fill_children (host);
}

static void
switched_cb (HostRow *host)
{
  if (!host->panel->updating)
    allow (host->panel, PH_GRANT_HOST, host->host, gtk_switch_get_active (host->toggle));
}

static void
add_switch (HostRow *host,
            const char *name)
{
  /* Translators: the name of a host, as in "Allow loading from cdn.example". */
  g_autofree char *label = g_strdup_printf (_ ("Allow loading from %s"), name);

  host->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (host->toggle), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (host->toggle), _ ("Allow Loading"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (host->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_swapped (host->toggle, "notify::active", G_CALLBACK (switched_cb), host);
  adw_expander_row_add_action (host->row, GTK_WIDGET (host->toggle));
}

static HostRow *
host_row_new (PhAssets *self,
              const PhAssetGroup *group)
{
  HostRow *host = g_new0 (HostRow, 1);
  g_autofree char *name =
    group->host[0] != '\0' ? ph_visible_text (group->host) : g_strdup (_ ("Cannot be loaded"));

  host->panel = self;
  host->host = g_strdup (group->host);
  host->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (host->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (host->row), name);
  g_signal_connect_swapped (host->row, "notify::expanded", G_CALLBACK (expanded_cb), host);

  if (group->host[0] != '\0')
    add_switch (host, name);

  adw_preferences_group_add (self->hosts, GTK_WIDGET (host->row));

  return host;
}

static void
host_row_free (gpointer data)
{
  HostRow *host = data;

  g_signal_handlers_disconnect_by_data (host->row, host);

  if (host->toggle != NULL)
    g_signal_handlers_disconnect_by_data (host->toggle, host);

  g_clear_pointer (&host->children, g_ptr_array_unref);
  adw_preferences_group_remove (host->panel->hosts, GTK_WIDGET (host->row));
  g_free (host->host);
  g_free (host);
}

static void
update_host_row (HostRow *host,
                 const PhAssetGroup *group)
{
  g_autofree char *text = ph_asset_groups_describe (group->counts);

  adw_expander_row_set_subtitle (host->row, text);

  if (host->toggle != NULL)
    gtk_switch_set_active (host->toggle, ph_asset_grants_has (host->panel->grants, PH_GRANT_HOST,
                                                              group->host));

  if (adw_expander_row_get_expanded (host->row))
    fill_children (host);
  else
    drop_children (host);
}

static gboolean
has_same_hosts (PhAssets *self)
{
  if (self->host_rows->len != self->groups->len)
    return FALSE;

  for (guint i = 0; i < self->groups->len; i++)
    if (!g_str_equal (((const HostRow *) self->host_rows->pdata[i])->host,
                      ((const PhAssetGroup *) self->groups->pdata[i])->host))
      return FALSE;

  return TRUE;
}

static int
compare_with_rows (gconstpointer a,
                   gconstpointer b,
                   gpointer user_data)
{
  const PhAssetGroup *x = *(const PhAssetGroup *const *) a;
  const PhAssetGroup *y = *(const PhAssetGroup *const *) b;
  const GPtrArray *rows = user_data;
  guint at[2] = { rows->len, rows->len };

  for (guint i = 0; i < rows->len; i++)
    {
      const char *host = ((const HostRow *) rows->pdata[i])->host;

      if (g_str_equal (host, x->host))
        at[0] = i;

      if (g_str_equal (host, y->host))
        at[1] = i;
    }

  return at[0] < at[1] ? -1 : at[0] > at[1];
}

/* While the window is open nothing moves under the pointer: hosts keep their places. */
static void
update_hosts (PhAssets *self)
{
  guint counts[PH_ASSET_N_STATUSES];
  g_autofree char *text = NULL;

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  self->groups = ph_asset_groups_new (self->session, self->shelf,
                                      gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_ptr_array_sort_with_data (self->groups, compare_with_rows, self->host_rows);

  if (!has_same_hosts (self))
    {
      g_ptr_array_set_size (self->host_rows, 0);

      for (guint i = 0; i < self->groups->len; i++)
        g_ptr_array_add (self->host_rows, host_row_new (self, self->groups->pdata[i]));
    }

  self->updating = TRUE;

  for (guint i = 0; i < self->groups->len; i++)
    update_host_row (self->host_rows->pdata[i], self->groups->pdata[i]);

  self->updating = FALSE;
  ph_asset_groups_count (self->groups, counts);
  text = ph_asset_groups_describe (counts);
  adw_window_title_set_subtitle (self->title, text);
}

/* Places */

static void
take_back_cb (GtkWidget *button,
              PhAssets *self)
{
  PhGrantKind kind = (PhGrantKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kind"));
  g_autofree char *value = g_strdup (g_object_get_data (G_OBJECT (button), "value"));

  allow (self, kind, value, FALSE);
}

static void
add_source (PhAssets *self,
            const PhGrant *grant)
{
  static const char *const titles[PH_GRANT_N_KINDS] = {
    [PH_GRANT_FOLDER] = N_ ("Folder"),
    [PH_GRANT_ZIP] = N_ ("Zip file"),
    [PH_GRANT_ADDRESS] = N_ ("Address"),
    [PH_GRANT_HOST] = N_ ("Host"),
  };
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  g_autofree char *value = ph_visible_text (grant->value);
  /* Translators: a folder, file or address, as in "Take back https://a.example/". */
  g_autofree char *label = g_strdup_printf (_ ("Take back %s"), value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), value);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), gettext (titles[grant->kind]));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Take Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_name (button, "take-back");
  g_object_set_data (G_OBJECT (button), "kind", GINT_TO_POINTER ((int) grant->kind));
  g_object_set_data_full (G_OBJECT (button), "value", g_strdup (grant->value), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (take_back_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->sources, row);
  g_ptr_array_add (self->source_rows, row);
}

/* Whether one of the listed hosts has a switch for it. */
static gboolean
has_switch (PhAssets *self,
            const PhGrant *grant)
{
  guint n;
  const PhAsset *assets = ph_session_get_assets (self->session, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *host = ph_asset_dup_host (assets[i].url);

      if (g_strcmp0 (host, grant->value) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
update_sources (PhAssets *self)
{
  guint n;
  const PhGrant *grants = ph_asset_grants_get (self->grants, &n);

  for (guint i = 0; i < self->source_rows->len; i++)
    adw_preferences_group_remove (self->sources, self->source_rows->pdata[i]);

  g_ptr_array_set_size (self->source_rows, 0);

  for (guint i = 0; i < n; i++)
    if (grants[i].kind != PH_GRANT_HOST || !has_switch (self, &grants[i]))
      add_source (self, &grants[i]);
}

/* Adding a place */

static void
chosen_cb (GtkNativeDialog *dialog,
           int response,
           PhAssets *self)
{
  gboolean is_folder = gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) ==
                       GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        allow (self, is_folder ? PH_GRANT_FOLDER : PH_GRANT_ZIP, path, TRUE);
    }

  g_object_unref (dialog);
}

static void
choose (PhAssets *self,
        const char *title,
        GtkFileChooserAction action)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
folder_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  choose (PH_ASSETS (widget), _ ("Take Files From a Folder"),
          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
zip_action (GtkWidget *widget,
            const char *action_name,
            GVariant *parameter)
{
  choose (PH_ASSETS (widget), _ ("Take Files From a Zip File"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
address_response_cb (AdwMessageDialog *dialog,
                     const char *response,
                     PhAssets *self)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);

  if (g_str_equal (response, "use"))
    allow (self, PH_GRANT_ADDRESS, gtk_editable_get_text (GTK_EDITABLE (entry)), TRUE);
}

static void
address_changed_cb (GtkEditable *entry,
                    AdwMessageDialog *dialog)
{
  g_autofree char *host = ph_asset_dup_host (gtk_editable_get_text (entry));

  adw_message_dialog_set_response_enabled (dialog, "use", host != NULL);
}

static void
address_action (GtkWidget *widget,
                const char *action_name,
                GVariant *parameter)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (widget), _ ("Take Files From an Address"),
                            _ ("Files are asked for below this address, by the path they have."));
  GtkWidget *entry = gtk_entry_new ();

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "use",
                                    _ ("_Use"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "use",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "use");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "use", FALSE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "https://");
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_URL);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Address"), -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (address_changed_cb), dialog, 0);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  g_signal_connect_object (dialog, "response", G_CALLBACK (address_response_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
search_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PH_ASSETS (widget)->search));
}

static void
search_changed_cb (PhAssets *self)
{
  if (self->session != NULL)
    update_hosts (self);
}

/* Making and ending */

static void
ph_assets_dispose (GObject *object)
{
  PhAssets *self = PH_ASSETS (object);

  if (self->host_rows != NULL)
    g_ptr_array_set_size (self->host_rows, 0);

  g_clear_pointer (&self->host_rows, g_ptr_array_unref);
  g_clear_pointer (&self->source_rows, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->grants, ph_asset_grants_free);
  g_clear_pointer (&self->shelf, ph_asset_shelf_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_assets_parent_class)->dispose (object);
}

static void
ph_assets_class_init (PhAssetsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_assets_dispose;

  signals[ALLOW] = g_signal_new ("allow", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_STRING,
                                 G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/playhead_viewer/Playhead/ph-assets.ui");
  gtk_widget_class_bind_template_child (widget_class, PhAssets, title);
  gtk_widget_class_bind_template_child (widget_class, PhAssets, spinner);
  gtk_widget_class_bind_template_child (widget_class, PhAssets, stack);
  gtk_widget_class_bind_template_child (widget_class, PhAssets, sources);
  gtk_widget_class_bind_template_child (widget_class, PhAssets, hosts);
  gtk_widget_class_bind_template_child (widget_class, PhAssets, search);

  gtk_widget_class_install_action (widget_class, "assets.folder", NULL, folder_action);
  gtk_widget_class_install_action (widget_class, "assets.zip", NULL, zip_action);
  gtk_widget_class_install_action (widget_class, "assets.address", NULL, address_action);
  gtk_widget_class_install_action (widget_class, "assets.search", NULL, search_action);
}

static void
ph_assets_init (PhAssets *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->host_rows = g_ptr_array_new_with_free_func (host_row_free);
  self->source_rows = g_ptr_array_new ();
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
ph_assets_new (GtkWindow *parent)
{
  return g_object_new (PH_TYPE_ASSETS, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
}

void
ph_assets_update (PhAssets *self,
                  PhSession *session,
                  PhAssetShelf *shelf,
                  const PhAssetGrants *grants,
                  gboolean busy)
{
  PhAssetShelf *old = self->shelf;
  guint n;

  g_return_if_fail (PH_IS_ASSETS (self));
  g_return_if_fail (PH_IS_SESSION (session));

  g_set_object (&self->session, session);
  self->shelf = shelf != NULL ? ph_asset_shelf_ref (shelf) : NULL;
  g_clear_pointer (&self->grants, ph_asset_grants_free);
  self->grants = ph_asset_grants_copy (grants);
  ph_session_get_assets (session, &n);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nothing");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  update_sources (self);
  update_hosts (self);
  ph_asset_shelf_unref (old);
}
