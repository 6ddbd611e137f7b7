/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a property of a 2D canvas is set to, as far as one can be certain of it:
 * what looks unusual is neither valid nor solid, though a browser may know better.
 * @command is as ph-canvas-commands.h writes it: `["=fillStyle","red"]`.
 */

/* A browser takes this value, whatever the one before it. */
gboolean ph_canvas_style_is_valid (guint property,
                                   const char *command);

/* A colour that lets nothing through. NULL, which is what a new context has, is one. */
gboolean ph_canvas_style_is_solid (const char *command);

G_END_DECLS
