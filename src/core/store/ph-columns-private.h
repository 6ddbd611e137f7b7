/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-columns.h"
#include "ph-grammar.h"
#include "ph-tokens.h"

G_BEGIN_DECLS

/* What packing (ph-columns.c) and unpacking (ph-columns-read.c) have in common. */
#define PH_REST_LITERAL 0
#define PH_TYPE_BITS 6

G_STATIC_ASSERT (PH_COLUMNS_LITERALS == PH_GRAMMAR_LITERALS);
G_STATIC_ASSERT (PH_TOKEN_N_TYPES <= 1 << PH_TYPE_BITS);

/* What its time would be as a number in it; one that no token has when there is none. */
static inline gint64
ph_columns_time (const PhEvent *event)
{
  return event->timestamp % 1000 == 0 ? event->timestamp / 1000 : G_MAXINT64;
}

static inline gboolean
ph_columns_is_text (guint type)
{
  return type == PH_TOKEN_STRING || type == PH_TOKEN_ODD_NUMBER;
}

G_END_DECLS
