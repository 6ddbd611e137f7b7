/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-canvas.h"
#include "ph-pack-io.h"

G_BEGIN_DECLS

/* A canvas in the streams of a packed page: for ph-dom-pack.c only. */
void ph_pack_put_canvas (PhPackOut *out,
                         const PhCanvas *canvas);
/* NULL, and @in is bad, when it is none. */
PhCanvas *ph_pack_take_canvas (PhPackIn *in);

G_END_DECLS
