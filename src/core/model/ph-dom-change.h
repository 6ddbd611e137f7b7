/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-build.h"

G_BEGIN_DECLS

/* Of a mutation what changes nodes where they are: `texts`, then `attributes`. */
void ph_dom_change (PhBuild *build,
                    PhJsonValue data);

/* Whether the text of the element is more than its text nodes: of a sheet, of a control. */
gboolean ph_dom_holds_text (const PhDom *dom,
                            PhSlot slot);

G_END_DECLS
