/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"

G_BEGIN_DECLS

/*
 * What is given on the command line for what pages name: `--assets`, `--allow-host`.
 * What a person allowed in the window is not asked here: what a command does
 * depends on its arguments alone.
 */
typedef struct
{
  char **places;
  char **hosts;
  PhAssetGrants *grants; /* of these */
} PhCliAssets;

#define PH_CLI_ASSETS_ENTRIES(given)                                                      \
  { "assets", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(given)->places,                        \
    "Take what the archive lacks from here: a folder, a zip file, an address", "PLACE" }, \
  {                                                                                       \
    "allow-host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(given)->hosts,                       \
      "Load what the archive lacks from this host", "HOST"                                \
  }

void ph_cli_assets_clear (PhCliAssets *given);

/* Fills in the grants; FALSE, and the error was printed, when what was given is none. */
gboolean ph_cli_assets_check (PhCliAssets *given,
                              const char *command);
gboolean ph_cli_assets_is_empty (const PhCliAssets *given);
/* The same as arguments of playhead-render, whose folder is another one. */
void ph_cli_assets_append (const PhCliAssets *given,
                           GPtrArray *arguments);
/*
 * What is there of what @session's pages name; without anything given nobody is
 * asked. NULL, and the error was printed, when a place cannot be used. The caller
 * unrefs it.
 */
PhAssetShelf *ph_cli_assets_gather (const PhCliAssets *given,
                                    PhSession *session);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhCliAssets, ph_cli_assets_clear)

G_END_DECLS
