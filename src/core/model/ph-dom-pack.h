/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"

G_BEGIN_DECLS

/*
 * A page as bytes, for keyframes: everything a PhDom holds, in document order.
 * Equal pages give equal bytes however they came to be, and pages that differ
 * little give bytes that differ little, so that one compresses well against the
 * other.
 */
GBytes *ph_dom_pack (const PhDom *dom);

/*
 * The page that was packed, with names from @names. The bytes may come from a
 * damaged file: PH_ERROR_CORRUPT when they are not what ph_dom_pack() wrote.
 */
PhDom *ph_dom_unpack (GBytes *bytes,
                      PhNames *names,
                      GError **error);

G_END_DECLS
