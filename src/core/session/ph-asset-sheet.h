/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-scan.h"

G_BEGIN_DECLS

/* A style sheet as it came, and what it names in turn. Pure functions, of any thread. */

/* Style text as the engine has text: valid UTF-8 without a mark in front. */
char *ph_asset_sheet_dup_text (GBytes *bytes);

/* @url lives for the length of the call. */
typedef void (*PhAssetSheetFunc) (const char *url,
                                  PhAssetKind kind,
                                  gpointer user_data);

/*
 * The addresses that the sheet which lies at @address names, whole, of at most
 * PH_LIMIT_URL_BYTES; one as often as it is named.
 */
void ph_asset_sheet_each (const char *address,
                          GBytes *bytes,
                          PhAssetSheetFunc func,
                          gpointer user_data);

G_END_DECLS
