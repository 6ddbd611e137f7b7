/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * Fonts that scripts loaded, `new FontFace()`, as recorded (source 10, with
 * `collectFonts`): each becomes the text of an @font-face rule, the bytes of one
 * that was given as such in it. Pure.
 */

/*
 * The rule of a recorded font, to be released by the caller; NULL when it names
 * no font or is larger than PH_LIMIT_FONT_BYTES. What it asks to be loaded is as
 * recorded: ph_css_filter() is still to come.
 */
GRefString *ph_fonts_read (PhJsonValue data);

G_END_DECLS
