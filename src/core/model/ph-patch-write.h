/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-patch.h"

G_BEGIN_DECLS

/* Writing the JSON of a patch, member by member: for the parts of ph-patch only. */
void ph_patch_put_op (PhPatch *patch,
                      PhOp op);
void ph_patch_put_int (PhPatch *patch,
                       gint64 value);
void ph_patch_put_number (PhPatch *patch,
                          double value);
/* @value is valid UTF-8. */
void ph_patch_put_string (PhPatch *patch,
                          const char *value);
void ph_patch_put_null (PhPatch *patch);

/* JSON text as it is. */
void ph_patch_put_json (PhPatch *patch,
                        const char *json);

gboolean ph_patch_is_jump (const PhPatch *patch);

G_END_DECLS
