/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-build.h"

G_BEGIN_DECLS

/*
 * Applies the data of a mutation event: removes, adds, texts, attributes, in
 * this order, which is rrweb's (packages/rrweb/src/replay/index.ts). For
 * ph-dom-apply only.
 */
void ph_dom_mutate (PhBuild *build,
                    PhJsonValue data);

G_END_DECLS
