/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-build.h"

G_BEGIN_DECLS

/*
 * The parts of ph_dom_apply(), one for each kind of event: what is odd is
 * ignored and counted in the health of @build. For ph-dom-apply.c only.
 */

/* The node that `id` of @data names; 0 with a finding when it is not in the page. */
PhSlot ph_apply_find_target (PhBuild *build,
                             const PhEvent *event,
                             PhJsonValue data);

/* Source 8, StyleSheetRule. */
void ph_apply_style_sheet_rule (PhBuild *build,
                                const PhEvent *event,
                                PhJsonValue data);

/* Source 13, StyleDeclaration. */
void ph_apply_style_declaration (PhBuild *build,
                                 const PhEvent *event,
                                 PhJsonValue data);

/* Source 15, AdoptedStyleSheet. */
void ph_apply_adopted_style_sheet (PhBuild *build,
                                   const PhEvent *event,
                                   PhJsonValue data);
/* `adoptedStyleSheets` of a serialized node, @value, made as @slot. */
void ph_apply_node_sheets (PhBuild *build,
                           PhSlot slot,
                           PhJsonValue value);

/* Source 10, Font. */
void ph_apply_font (PhBuild *build,
                    PhJsonValue data);

/* Source 16, CustomElement. */
void ph_apply_custom_element (PhBuild *build,
                              PhJsonValue data);
/* Source 3, Scroll. */
void ph_apply_scroll (PhBuild *build,
                      const PhEvent *event,
                      PhJsonValue data);
/* Of an element, or of a document: then of its window. CSS pixels. */
void ph_apply_set_scroll (PhBuild *build,
                          PhSlot slot,
                          double x,
                          double y);

/* Source 2, MouseInteraction: Focus and Blur, and when a pointer was used last. */
void ph_apply_focus (PhBuild *build,
                     const PhEvent *event,
                     PhJsonValue data);

/* Source 2 as well, and moves of the pointer: popovers that this shows or hides. */
void ph_apply_popover (PhBuild *build,
                       PhJsonValue data);
void ph_apply_popover_moves (PhBuild *build,
                             PhJsonValue data);

/* Source 7, MediaInteraction. */
void ph_apply_media (PhBuild *build,
                     const PhEvent *event,
                     PhJsonValue data);

/* Source 14, Selection. */
void ph_apply_selection (PhBuild *build,
                         PhJsonValue data);

/* Source 9, CanvasMutation. */
void ph_apply_canvas (PhBuild *build,
                      const PhEvent *event,
                      PhJsonValue data);
/* After the attribute @name of an element was set or taken away. */
void ph_apply_canvas_attribute (PhBuild *build,
                                PhSlot slot,
                                const char *name);
/* After an element that was there already was recorded again. */
void ph_apply_canvas_again (PhBuild *build,
                            PhSlot slot);

G_END_DECLS
