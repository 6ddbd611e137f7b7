/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-render-assets.h"

gboolean
ph_render_gather (PhSession *session,
                  char **given,
                  char **hosts,
                  PhAssetShelf **shelf,
                  GError **error)
{
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_from_options (given, hosts, error);
  g_autoptr (PhAssetCarried) carried = NULL;
  g_autoptr (PhAssetShelf) gathered = NULL;
  const PhAsset *assets;
  guint n;

  *shelf = NULL;

  if (grants == NULL)
    return FALSE;

  if (!ph_asset_shelf_is_wanted (session, grants))
    return TRUE;

  carried = ph_asset_carried_new (session);
  assets = ph_session_get_assets (session, &n);
  gathered = ph_asset_shelf_gather (assets, n, carried, grants, NULL);

  if (ph_asset_shelf_get_failures (gathered)[0] != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           ph_asset_shelf_get_failures (gathered)[0]);
      return FALSE;
    }

  *shelf = g_steal_pointer (&gathered);

  return TRUE;
}
