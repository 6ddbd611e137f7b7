/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * Things of a page that the archive brings in events of their own: pictures,
 * sheets, fonts. Source: rrweb packages/types/src/index.ts, assetEvent:
 * `{url, payload}`, where the payload is a Blob or an ArrayBuffer as in canvas
 * commands, or `{rr_type: "CssText", cssTexts}`; or `{url, failed}`.
 */

/* The address it is brought for; NULL when there is nothing. It lives as long as @root. */
const char *ph_carried_get_url (PhJsonValue root);

/* What is brought, at most PH_LIMIT_ASSET_BYTES; NULL when that cannot be read. */
GBytes *ph_carried_read (PhJsonValue root);

/* Such an event for @size bytes of @data, as JSON; @timestamp in milliseconds. */
char *ph_carried_write (const char *url,
                        const char *type,
                        gconstpointer data,
                        gsize size,
                        double timestamp);

G_END_DECLS
