/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-patch.h"
#include "ph-test-dom.h"

G_BEGIN_DECLS

/* What of a page belongs to no node, for ph-test-dom.c: as a stage would have it. */
typedef struct
{
  gint64 hover, active;
  gint64 focus;
  gboolean focus_visible;
  GString *selection; /* as dumped, and so on */
  GString *dialogs;
  GString *popovers;
} PhTestPresence;

void ph_test_presence_init (PhTestPresence *presence);
void ph_test_presence_clear (PhTestPresence *presence);
/* The page is made anew. */
void ph_test_presence_reset (PhTestPresence *presence);
/* Carries out one of the operations about it. */
void ph_test_presence_apply (PhTestPresence *presence,
                             PhTestStage *stage,
                             PhOp op);
void ph_test_presence_dump (const PhTestPresence *presence,
                            GString *out);
/* The same of what the engine says. */
void ph_test_presence_dump_dom (const PhDom *dom,
                                GString *out);

/* The next argument of the patch at hand; of ph-test-dom.c. */
gint64 ph_test_take_int (PhTestStage *stage);
double ph_test_take_number (PhTestStage *stage);
PhJsonValue ph_test_take_value (PhTestStage *stage);
/* An id of the page, or 0. */
gint64 ph_test_take_known (PhTestStage *stage);

G_END_DECLS
