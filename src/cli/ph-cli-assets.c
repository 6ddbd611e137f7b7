/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-assets.h"

#include "ph-cli.h"

void
ph_cli_assets_clear (PhCliAssets *given)
{
  g_clear_pointer (&given->places, g_strfreev);
  g_clear_pointer (&given->hosts, g_strfreev);
  g_clear_pointer (&given->grants, ph_asset_grants_free);
}

gboolean
ph_cli_assets_check (PhCliAssets *given,
                     const char *command)
{
  g_autoptr (GError) error = NULL;

  given->grants = ph_asset_grants_from_options (given->places, given->hosts, &error);

  if (given->grants == NULL)
    ph_cli_print_error (NULL, "%s: %s", command, error->message);

  return given->grants != NULL;
}

gboolean
ph_cli_assets_is_empty (const PhCliAssets *given)
{
  return given->places == NULL && given->hosts == NULL;
}

void
ph_cli_assets_append (const PhCliAssets *given,
                      GPtrArray *arguments)
{
  guint n;
  const PhGrant *grants = ph_asset_grants_get (given->grants, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *option = grants[i].kind == PH_GRANT_HOST ? "--allow-host" : "--assets";

      g_ptr_array_add (arguments, g_strdup (option));
      g_ptr_array_add (arguments, g_strdup (grants[i].value));
    }
}

PhAssetShelf *
ph_cli_assets_gather (const PhCliAssets *given,
                      PhSession *session)
{
  guint n;
  const PhAsset *assets = ph_session_get_assets (session, &n);
  g_autoptr (PhAssetCarried) carried = ph_asset_carried_new (session);
  g_autoptr (PhAssetShelf) shelf = ph_asset_shelf_gather (assets, n, carried, given->grants, NULL);
  const char *failure = ph_asset_shelf_get_failures (shelf)[0];

  if (failure == NULL)
    return g_steal_pointer (&shelf);

  ph_cli_print_error (NULL, "%s", failure);

  return NULL;
}
