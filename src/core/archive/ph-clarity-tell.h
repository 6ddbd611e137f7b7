/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clarity-sheets.h"
#include "ph-clarity-tree.h"

G_BEGIN_DECLS

/*
 * What Clarity's events made of a page, told in rrweb's words: the page as a whole, or
 * what changed since it was told last. Sheets that scripts made are told where the
 * document or shadow root that adopts them is.
 */
typedef struct _PhClarityTell PhClarityTell;

/* The `data` of one incremental event; lent. FALSE with an error set stops. */
typedef gboolean (*PhClarityTellFunc) (const char *data,
                                       gsize size,
                                       gpointer user_data,
                                       GError **error);

PhClarityTell *ph_clarity_tell_new (PhClarityTree *tree,
                                    PhClaritySheets *sheets,
                                    PhClarityTellFunc func,
                                    gpointer user_data);
void ph_clarity_tell_free (PhClarityTell *tell);

/*
 * Appends the main document as a serialized node. What is not in it, iframes and
 * adopted sheets, comes with ph_clarity_tell_changes().
 */
void ph_clarity_tell_page (PhClarityTell *tell,
                           GString *out);
gboolean ph_clarity_tell_changes (PhClarityTell *tell,
                                  GError **error);

/* The sheets that @item, a document or shadow root, adopts from now on. */
gboolean ph_clarity_tell_adopted (PhClarityTell *tell,
                                  PhClarityItem *item,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClarityTell, ph_clarity_tell_free)

G_END_DECLS
