/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Brotli data of @bytes. */
GBytes *ph_pack_brotli (GBytes *bytes);

G_END_DECLS
