/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * Collects what a session's pages name and the archive does not bring, on the
 * way through its events: only nodes an event touches are looked at. Each
 * address is listed once; never more than PH_LIMIT_ASSETS of them.
 */
typedef struct _PhAssetList PhAssetList;

/* @health may be NULL; it outlives the list. */
PhAssetList *ph_asset_list_new (PhNames *names,
                                PhHealth *health);
void ph_asset_list_free (PhAssetList *list);

/* The page of a window, whose events come. It may not be applied to once the list is gone. */
void ph_asset_list_watch (PhAssetList *list,
                          PhDom *dom);
/* @event has just been applied to @dom, which is watched; @root is its parsed text. */
void ph_asset_list_add (PhAssetList *list,
                        const PhDom *dom,
                        const PhEvent *event,
                        PhJsonValue root);
/* Appends what is known by now (PhAsset), in order of time. */
void ph_asset_list_copy (const PhAssetList *list,
                         GArray *assets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAssetList, ph_asset_list_free)

G_END_DECLS
