/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-mob-order.h"
#include "ph-mob-page.h"

G_BEGIN_DECLS

/*
 * Carries out the messages of one tab of an OpenReplay session, in their order:
 * its page, its style sheets, what the user does and what the application says.
 */
typedef struct _PhMobTab PhMobTab;

/* @dict, text → text, belongs to the whole session; it and @reading must outlive the tab. */
PhMobTab *ph_mob_tab_new (PhReading *reading,
                          GHashTable *dict,
                          const char *name,
                          const char *href);
void ph_mob_tab_free (PhMobTab *tab);

/* FALSE with an error set when reading must stop. */
gboolean ph_mob_tab_apply (PhMobTab *tab,
                           const PhMobItem *item,
                           GError **error);
/* What is gathered goes out. */
gboolean ph_mob_tab_flush (PhMobTab *tab,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhMobTab, ph_mob_tab_free)

G_END_DECLS
