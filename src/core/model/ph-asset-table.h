/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a person gave for addresses a page names: address → number, under which
 * the stage asks for it, and the text of style sheets. It is filled once and
 * then shared and never changed, so that what the stage is told stays a function
 * of page and table (ph-allow.h). Reference-counted; any thread once it is shared.
 */
typedef struct _PhAssetTable PhAssetTable;

/* What the stage asks for: this and a number. The scheme is ours and leads to no network. */
#define PH_ASSET_ADDRESS "playhead-stage:///asset/"

/*
 * Numbers count from @first: tables of one program share none, for a browser may
 * still hold what it was given under a number before.
 */
PhAssetTable *ph_asset_table_new (guint first);
PhAssetTable *ph_asset_table_ref (PhAssetTable *table);
void ph_asset_table_unref (PhAssetTable *table);

/*
 * Its number; an address keeps the one it has. @sheet is the text of a style
 * sheet, valid UTF-8, or NULL when it is anything else.
 */
guint ph_asset_table_add (PhAssetTable *table,
                          const char *url,
                          const char *sheet);

/* 0 when nothing was given for @url, which is as ph_asset_resolve() gives it. */
guint ph_asset_table_find (const PhAssetTable *table,
                           const char *url);
/* The address of @number, or NULL when it is none of this table. */
const char *ph_asset_table_get_url (const PhAssetTable *table,
                                    guint number);
gboolean ph_asset_table_is_sheet (const PhAssetTable *table,
                                  guint number);
/*
 * A sheet as the stage may have it (ph_css_filter_with()): what it names is what
 * was given for that, or nothing. NULL when @number is no sheet. The caller's.
 */
char *ph_asset_table_dup_sheet (const PhAssetTable *table,
                                guint number);

/*
 * What stands for @url, which a thing at address @base names: an address of ours
 * with @url's fragment, or NULL when nothing was given for it. The caller's.
 */
char *ph_asset_table_dup_address (const PhAssetTable *table,
                                  const char *base,
                                  const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAssetTable, ph_asset_table_unref)

G_END_DECLS
