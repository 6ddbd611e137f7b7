/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-mob-page.h"

G_BEGIN_DECLS

/*
 * The style sheets of one tab's page that scripts make or change. OpenReplay
 * gives each a number and says later whose it is: that of a style element, or one
 * that a document or shadow root adopts. What is said of a sheet nobody owns yet
 * waits.
 */
typedef struct _PhMobSheets PhMobSheets;

/* @page must outlive them. */
PhMobSheets *ph_mob_sheets_new (PhMobPage *page);
void ph_mob_sheets_free (PhMobSheets *sheets);
/* Another page begins. */
void ph_mob_sheets_clear (PhMobSheets *sheets);

/* All give FALSE with an error set when reading must stop. @rule and @text need not be UTF-8. */
gboolean ph_mob_sheets_insert (PhMobSheets *sheets,
                               gint64 sheet,
                               const char *rule,
                               gsize size,
                               gint64 index,
                               GError **error);
gboolean ph_mob_sheets_delete (PhMobSheets *sheets,
                               gint64 sheet,
                               gint64 index,
                               GError **error);
gboolean ph_mob_sheets_replace (PhMobSheets *sheets,
                                gint64 sheet,
                                const char *text,
                                gsize size,
                                GError **error);
gboolean ph_mob_sheets_add_owner (PhMobSheets *sheets,
                                  gint64 sheet,
                                  gint64 owner,
                                  GError **error);
gboolean ph_mob_sheets_remove_owner (PhMobSheets *sheets,
                                     gint64 sheet,
                                     gint64 owner,
                                     GError **error);

/* Of old files, in which rules belong to elements. @rule NULL: the rule goes. */
gboolean ph_mob_sheets_edit_element (PhMobSheets *sheets,
                                     gint64 element,
                                     const char *rule,
                                     gsize size,
                                     gint64 index,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhMobSheets, ph_mob_sheets_free)

G_END_DECLS
