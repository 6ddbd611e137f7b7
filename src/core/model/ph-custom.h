/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-edit.h"

G_BEGIN_DECLS

/*
 * Which custom elements are defined, for `:defined`. Recorders say so of each
 * element (`isCustom`) and of each name that is defined later (source 16); older
 * ones never do. Where nothing was said of any, all count as defined: pages are
 * far more often recorded after their scripts have run than before.
 */

/* Notes that elements of that name are defined from now on. */
void ph_custom_define (PhDom *dom,
                       PhName name);

/* TRUE for all that no custom element can be. @slot must be an element. */
gboolean ph_custom_is_defined (const PhDom *dom,
                               PhSlot slot);

G_END_DECLS
