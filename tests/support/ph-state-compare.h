/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Compares what `playhead-cli state` prints of the engine with what was printed of a
 * browser that shows the page: the same nodes with the same ids, texts, values and
 * checks, and with @scrolls, where the recorded page's layout is known to be had, scroll
 * positions. Attributes may be kept from the browser, and style text is
 * filtered. The test fails where they differ. How many nodes there are.
 */
guint ph_state_compare (JsonObject *engine,
                        JsonObject *shown,
                        gboolean scrolls);

G_END_DECLS
