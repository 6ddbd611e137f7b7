/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-test-dom.h"

G_BEGIN_DECLS

/* What is drawn into a canvas, for ph-test-dom.c: as a stage would have it. */
typedef struct
{
  PhCanvasContext context;
  GString *commands; /* as dumped; NULL: nothing */
} PhTestCanvas;

void ph_test_canvas_clear (PhTestCanvas *canvas);
/* Carries out PH_OP_CANVAS, or PH_OP_CANVAS_MORE, behind the id. */
void ph_test_canvas_apply (PhTestCanvas *canvas,
                           PhTestStage *stage,
                           gboolean more);
/* The same of what the engine says, however the commands are grouped. */
void ph_test_canvas_dump_dom (GString *out,
                              const PhDom *dom,
                              PhSlot slot);

G_END_DECLS
