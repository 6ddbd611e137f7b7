/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/*
 * A layout in the letters of clips; @size is that of the letters, pixels. Digits are all
 * as wide as each other. @text is shown as it is: what is out of archives is made visible
 * before (ph-text.h).
 */
PangoLayout *ph_clip_text_new (cairo_t *cr,
                               const char *text,
                               double size,
                               PangoWeight weight);

/* Lines that people broke stay, the rest is made visible; cut when it is very long. */
char *ph_clip_text_lines (const char *text);

G_END_DECLS
