/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-health.h"

G_BEGIN_DECLS

/*
 * The style sheets a recorded page made by script. Clarity gives each a name and its
 * whole text; rrweb defines a sheet once, under a number, where it is first adopted.
 */
typedef struct _PhClaritySheets PhClaritySheets;

PhClaritySheets *ph_clarity_sheets_new (PhHealth *health);
void ph_clarity_sheets_free (PhClaritySheets *sheets);

/* Forgets all of them. */
void ph_clarity_sheets_reset (PhClaritySheets *sheets);
/* The page is told anew: nothing is defined there yet. */
void ph_clarity_sheets_untell (PhClaritySheets *sheets);

/* The number of the sheet of that name, or 0. */
gint32 ph_clarity_sheets_find (PhClaritySheets *sheets,
                               const char *name);
/* The same; makes an empty one if there is none. 0 past PH_LIMIT_SHEETS. */
gint32 ph_clarity_sheets_add (PhClaritySheets *sheets,
                              const char *name);

/* Sets its text. TRUE when the page has it already, so that the change is to be told. */
gboolean ph_clarity_sheets_set (PhClaritySheets *sheets,
                                gint32 number,
                                const char *text);

/* `"styles":[…],"styleIds":[…]`: defines those that are not yet, and names all. */
void ph_clarity_sheets_write (PhClaritySheets *sheets,
                              const GArray *numbers,
                              GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClaritySheets, ph_clarity_sheets_free)

G_END_DECLS
