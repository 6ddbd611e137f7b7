/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"

G_BEGIN_DECLS

/*
 * What a person would call an element of the page: `button “Add to cart”`,
 * `input “E-mail”`. Made of names, labels and visible text only, never of what
 * was typed: form values, text areas, options and editable text are left out.
 * The work is bounded whatever the page looks like. One line of valid UTF-8, at
 * most PH_LIMIT_LABEL_CHARS characters; "" when the node is not there.
 */

/* Of the nearest thing at or above node @id that can be operated. */
char *ph_label_of_target (const PhDom *dom,
                          gint32 id);
/* Of a form field. */
char *ph_label_of_field (const PhDom *dom,
                         gint32 id);

G_END_DECLS
