/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person lets be taken for what the pages name: remembered, gathered, shown. */

#include "ph-assets.h"
#include "ph-visible.h"
#include "ph-window-private.h"

static void
update_panel (PhWindow *self)
{
  if (self->assets_panel != NULL)
    ph_assets_update (PH_ASSETS (self->assets_panel), self->session, self->shelf, self->grants,
                      self->gathering != NULL);
}

static void
show_shelf (PhWindow *self,
            PhAssetShelf *shelf)
{
  g_clear_pointer (&self->shelf, ph_asset_shelf_unref);
  self->shelf = shelf;
  ph_web_stage_set_assets (self->stage, shelf);
  ph_player_set_assets (self->player, shelf != NULL ? ph_asset_shelf_get_table (shelf) : NULL);
}

static void
gathered_cb (GObject *object,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PhAssetShelf *shelf = ph_asset_shelf_gather_finish (PH_SESSION (object), result, &error);
  PhWindow *self;

  /* Cancelled: something else is allowed now, or another recording is open. */
  if (shelf == NULL)
    return;

  self = PH_WINDOW (user_data);
  g_clear_object (&self->gathering);
  show_shelf (self, shelf);

  if (ph_asset_shelf_get_failures (shelf)[0] != NULL)
    {
      g_autofree char *text = ph_visible_text (ph_asset_shelf_get_failures (shelf)[0]);

      ph_window_show_hint (self, text);
    }

  update_panel (self);
}

/* Without anything allowed nobody is asked. */
static void
gather (PhWindow *self)
{
  g_cancellable_cancel (self->gathering);
  g_clear_object (&self->gathering);

  if (!ph_asset_shelf_is_wanted (self->session, self->grants))
    {
      if (self->shelf != NULL)
        show_shelf (self, NULL);

      return;
    }

  self->gathering = g_cancellable_new ();
  ph_asset_shelf_gather_async (self->session, self->grants, self->gathering, gathered_cb, self);
}

void
ph_window_begin_assets (PhWindow *self)
{
  self->grants = ph_asset_grants_load (ph_session_get_file (self->session));
  self->assets_seen = G_MAXUINT;
  ph_window_refresh_assets (self);
}

void
ph_window_refresh_assets (PhWindow *self)
{
  guint n;

  /* While it is imported what is needed comes to be known: once at the end will do. */
  if (self->grants == NULL || ph_session_get_importing (self->session))
    return;

  ph_session_get_assets (self->session, &n);

  if (n == self->assets_seen)
    return;

  self->assets_seen = n;
  gather (self);
  update_panel (self);
}

void
ph_window_end_assets (PhWindow *self)
{
  g_cancellable_cancel (self->gathering);
  g_clear_object (&self->gathering);
  g_clear_pointer (&self->shelf, ph_asset_shelf_unref);
  g_clear_pointer (&self->grants, ph_asset_grants_free);

  if (self->assets_panel != NULL)
    gtk_window_destroy (GTK_WINDOW (self->assets_panel));
}

static void
allow_cb (PhWindow *self,
          int kind,
          const char *value,
          gboolean allowed)
{
  g_autoptr (GError) error = NULL;
  gboolean done = allowed;

  if (!allowed)
    ph_asset_grants_remove (self->grants, (PhGrantKind) kind, value);
  else
    done = ph_asset_grants_add (self->grants, (PhGrantKind) kind, value, &error);

  if (error == NULL)
    ph_asset_grants_save (self->grants, ph_session_get_file (self->session), &error);

  /* It holds for now, but is not remembered. */
  if (error != NULL)
    {
      g_autofree char *text = ph_visible_text (error->message);

      ph_window_show_hint (self, text);
    }

  if (done || !allowed)
    gather (self);

  update_panel (self);
}

void
ph_window_show_assets (PhWindow *self)
{
  if (self->assets_panel == NULL)
    {
      self->assets_panel = ph_assets_new (GTK_WINDOW (self));
      g_object_add_weak_pointer (G_OBJECT (self->assets_panel), (gpointer *) &self->assets_panel);
      g_signal_connect_object (self->assets_panel, "allow", G_CALLBACK (allow_cb), self,
                               G_CONNECT_SWAPPED);
      update_panel (self);
    }

  gtk_window_present (GTK_WINDOW (self->assets_panel));
}
