/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Packed forms made in the tests: one gzip member, one zstd frame, one zlib stream. */
GBytes *ph_pack_gzip (GBytes *bytes);
GBytes *ph_pack_zlib (GBytes *bytes);
GBytes *ph_pack_zstd (GBytes *bytes);

/*
 * @text as rrweb's packer makes it a JSON string, quotes and all: zlib data, one
 * character for each byte, beyond ASCII as `\u00ff` when @is_ascii. Free it.
 */
char *ph_pack_string (const char *text,
                      gboolean is_ascii);

/* The same with gzip data, as posthog-js packs members of events. */
char *ph_pack_gzip_string (const char *text,
                           gboolean is_ascii);

/* One block of Snappy's raw format; with its length in front, as PostHog joins several. */
GBytes *ph_pack_snappy (const char *text,
                        gsize size);
GBytes *ph_pack_snappy_prefixed (const char *text,
                                 gsize size);

/* One after the other. */
GBytes *ph_pack_join (GBytes *a,
                      GBytes *b);

/* A zstd frame of @size times @byte, made without holding them. */
GBytes *ph_pack_zstd_run (char byte,
                          guint64 size);

G_END_DECLS
