/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-patch-write.h"

#include <string.h>

G_BEGIN_DECLS

/* What the parts of ph_patch_diff() share. */
typedef struct
{
  PhPatch *patch;
  const PhDom *from; /* NULL when everything is new */
  const PhDom *to;
  PhSlot *old_of;     /* by slot of @to: the matched slot of @from, or 0 */
  PhSlot *new_of;     /* by slot of @from, the other way round */
  guint32 *place_of;  /* by slot of @from: index among its siblings, while they are compared */
  guint8 *moved;      /* by slot of @to: it or something above it was made or placed anew */
  GArray *frames;     /* PhSlot of @to: iframes whose page is to be made */
  gboolean structure; /* something was made, placed, taken out or restyled */
} PhDiff;

static inline gboolean
ph_diff_same_string (const char *a,
                     const char *b)
{
  return a == b || (a != NULL && b != NULL && strcmp (a, b) == 0);
}

/* As recorded: then what may be shown of them is the same too, where the elements match. */
gboolean ph_diff_same_attributes (const PhNode *a,
                                  const PhNode *b);

/* Whether an element of the browser can stand for both. */
gboolean ph_diff_is_compatible (const PhDiff *diff,
                                PhSlot old_slot,
                                PhSlot slot);

/* Fills in old_of and new_of. */
void ph_diff_match (PhDiff *diff);

/*
 * Fills in more of them: old nodes that can become new ones. What it gives are
 * the slots of these, which ph_diff_rename() writes; the caller unrefs it.
 */
GArray *ph_diff_reuse (PhDiff *diff);
void ph_diff_rename (PhDiff *diff,
                     const GArray *reused);

/* What is drawn into a canvas. */
void ph_diff_canvas (PhDiff *diff,
                     PhSlot slot);

/* Step 4 of ph_patch_diff(): sheets, form controls and scroll positions. */
void ph_diff_state (PhDiff *diff);

/* Of those, the sheet of a style element; sheets made by script, who adopts them, fonts. */
void ph_diff_rules (PhDiff *diff,
                    PhSlot slot);
void ph_diff_sheets (PhDiff *diff);

/* What belongs to no node; after all that does. */
void ph_diff_presence (PhDiff *diff);

G_END_DECLS
