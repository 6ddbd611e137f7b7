/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"

G_BEGIN_DECLS

typedef enum
{
  /* What the stage is given, as a whole document: only what ph-allow.h lets in. */
  PH_WRITE_SAFE = 0,
  /* As recorded, attributes sorted by name: for comparison with a live page. */
  PH_WRITE_RECORDED = 1,
} PhWriteMode;

/*
 * The page as HTML text. Form controls carry what they hold now as `value`,
 * `checked` and `selected`; a sheet changed by script is written as its rules
 * now are; shadow roots as <template shadowrootmode="open">; an iframe's page
 * as `srcdoc` (safe) or as children of <iframe> (recorded); a scroll position
 * other than 0, 0 as `data-ph-scroll="x,y"`.
 */
char *ph_dom_write_html (const PhDom *dom,
                         PhWriteMode mode);

G_END_DECLS
