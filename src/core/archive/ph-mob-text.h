/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * Text out of OpenReplay's messages, written as JSON, and addresses in it made
 * whole. Texts need not be UTF-8 and may hold NUL: whoever reads the JSON puts
 * U+FFFD for what is no character.
 */

/* A string of JSON, quotes and all. */
void ph_mob_put_string (GString *out,
                        const char *text,
                        gsize size);
/* @before, then the number in digits. */
void ph_mob_put_number (GString *out,
                        const char *before,
                        gint64 number);
/* The value that the text is as JSON, else the text as a string. */
void ph_mob_put_value (GString *out,
                       PhJson *json,
                       const char *text,
                       gsize size);

/* What @url, as it was seen from @base, means; one that is whole stays. The caller frees it. */
char *ph_mob_resolve (const char *base,
                      const char *url);

/*
 * Style text with the addresses in it made whole: relative ones were seen from
 * @base. Without a NUL in it. The caller frees it.
 */
char *ph_mob_resolve_css (const char *base,
                          const char *text,
                          gsize size);

G_END_DECLS
