/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-bundle.h"

G_BEGIN_DECLS

/*
 * Members of a bundle as one stream: each without its own packing, one after the
 * other, with @separator in between, "" for nothing. For formats that cut their
 * recordings anywhere, or whose parts cannot be read without those before. A part
 * that is packed and damaged ends early; the next follows all the same.
 */
#define PH_TYPE_CHAIN (ph_chain_get_type ())
G_DECLARE_FINAL_TYPE (PhChain, ph_chain, PH, CHAIN, GInputStream)

GInputStream *ph_chain_new (PhBundle *bundle,
                            const guint *members,
                            guint n_members,
                            const char *separator);

G_END_DECLS
