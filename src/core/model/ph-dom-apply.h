/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"
#include "ph-event.h"

G_BEGIN_DECLS

/*
 * Applies one event to the page it belongs to: the heart of the engine. A pure
 * function of @dom and the event; never fails. What cannot be applied is left
 * out and becomes a finding in @health, which may be NULL. @root is the parsed
 * text of @event.
 *
 * Shown so far: full snapshot, meta, mutation, input, scroll, viewport resize,
 * style sheet rule. Pointer events change no page (ph-pointer.h).
 */
void ph_dom_apply (PhDom *dom,
                   const PhEvent *event,
                   PhJsonValue root,
                   PhHealth *health);

G_END_DECLS
