/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Whether WebKit should paint by the processor or by the graphics card.
 *
 * Where there is no card, a driver emulates one. Painting through that takes
 * several times as long, and the next patch waits for it (measured: chat.80M,
 * 8 pictures a second while scrubbing, 32 by the processor). By the processor
 * all is painted but what stands in a space of three dimensions, which comes
 * out flat, and what blurs its backdrop, which does not: a page that has such
 * things is worth the time.
 */

/* No device that draws is there, or the environment forbids to use it. */
gboolean ph_web_graphics_are_emulated (void);

/* The same for a folder of devices other than /dev, for tests. */
gboolean ph_web_graphics_are_missing (const char *devices);

/* Whether a patch brings what is painted right by the graphics card alone. */
gboolean ph_web_graphics_are_needed (GBytes *patch);

G_END_DECLS
