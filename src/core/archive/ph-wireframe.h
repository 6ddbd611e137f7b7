/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * The screens of an app in one window. PostHog's mobile recorders write no page but
 * what is on the screen, as a tree of wireframes or as a picture; this makes pages of
 * it, so that all else need know of nothing but pages. Each wireframe has an id of its
 * own, which may be larger than a node's; the node it becomes keeps one id until the
 * next whole screen.
 */
typedef struct _PhWireframe PhWireframe;

PhWireframe *ph_wireframe_new (void);
void ph_wireframe_free (PhWireframe *self);

/* Whether the event is an app's: a screen, a change of one, or a keyboard. */
gboolean ph_wireframe_is_one (const PhEvent *event,
                              PhJsonValue root);

/*
 * Writes to @out, which is emptied first, the event of a page that stands for this one.
 * FALSE: it is to be taken as it is.
 */
gboolean ph_wireframe_translate (PhWireframe *self,
                                 const PhEvent *event,
                                 PhJsonValue root,
                                 GString *out);

/* How large a whole screen is; FALSE when it does not say so, or is none. */
gboolean ph_wireframe_get_size (PhJsonValue root,
                                gint64 *width,
                                gint64 *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhWireframe, ph_wireframe_free)

G_END_DECLS
