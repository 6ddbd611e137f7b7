/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* One target: must take any bytes without crashing, hanging or breaking what it asserts. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize size);
