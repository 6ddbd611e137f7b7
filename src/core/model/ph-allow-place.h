/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-allow.h"

G_BEGIN_DECLS

/*
 * What stands in the place of what a recording does not hold: an element that
 * was blocked, a picture that was not kept, a frame of another site, a plugin.
 * Each keeps its size, and is drawn quietly by frames.css, by attributes that no
 * page can be surprised by:
 *
 *   ph-hidden     blocked by the recorder; `rr_width` and `rr_height` say its size
 *   ph-missing    a picture whose file is not there; --ph-label says its `alt`
 *   ph-elsewhere  a frame or plugin that was not recorded; --ph-label says its host
 *
 * Adds them to the attributes of ph_allow_attributes(); for ph-allow.c only.
 */
void ph_allow_add_place (const PhDom *dom,
                         PhSlot slot,
                         PhAllowedElement element,
                         GArray *attributes);

/*
 * Whether all that is to be made of the element is its place: a plugin, or what was
 * blocked and would draw something of a browser's own. Its name is PH_ALLOW_PLACE.
 */
#define PH_ALLOW_PLACE "ph-place"
gboolean ph_allow_is_place (const PhDom *dom,
                            PhSlot slot);

G_END_DECLS
