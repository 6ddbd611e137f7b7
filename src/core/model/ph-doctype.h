/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"

G_BEGIN_DECLS

/* How a browser lays a document out (DOM Standard, “mode”). */
typedef enum
{
  PH_MODE_NONE = 0,    /* no quirks */
  PH_MODE_QUIRKS = 1,  /* recorded as BackCompat */
  PH_MODE_LIMITED = 2, /* the doctype says so: only lines in table cells differ */
} PhMode;

/* @document must be a document. */
PhMode ph_doctype_get_mode (const PhDom *dom,
                            PhSlot document);

G_END_DECLS
