/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-mob-cut.h"

G_BEGIN_DECLS

/*
 * OpenReplay's messages as bytes, from a line of text each: its number, then its
 * fields. Texts with a space in them, and empty ones, stand in quotes. `header N`
 * is a header of version N; `raw HEX` are these bytes; `index N` is that of the
 * next message, which else is one more than that of the last.
 */
GBytes *ph_mob_make (PhMobFraming framing,
                     const char *script);

G_END_DECLS
