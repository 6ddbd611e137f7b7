/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"
#include "ph-session.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Number of events of each kind (char * → guint as pointer), and the kinds sorted by name. */
GHashTable *ph_cli_count_kinds (PhSession *session,
                                GList **kinds);

/* What `info` says, for programs: the form is API. @file is named as it was given. */
JsonNode *ph_cli_info_to_json (PhSession *session,
                               const PhAssetShelf *shelf,
                               const char *file);
/* The same for people. Text of the archive is made visible. */
char *ph_cli_info_to_text (PhSession *session,
                           const PhAssetShelf *shelf,
                           const char *file);

/* How many addresses are in which state: @counts has room for PH_ASSET_N_STATUSES. */
void ph_cli_count_assets (PhSession *session,
                          const PhAssetShelf *shelf,
                          guint *counts);

G_END_DECLS
