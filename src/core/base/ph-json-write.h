/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/* Writing JSON piece by piece; commas and brackets are the caller's. */

/* @size bytes of @text, which is valid UTF-8, as a string; -1 up to its NUL. */
void ph_json_write_string (GString *out,
                           const char *text,
                           gssize size);

/* `"name":` */
void ph_json_write_key (GString *out,
                        const char *name);

/* Whole numbers without a point; what JSON has no number for as null. */
void ph_json_write_number (GString *out,
                           double number);
/* A whole number; for what is written a million times, where a format is too slow. */
void ph_json_write_int (GString *out,
                        gint64 number);

/* A value as it was read, without white space; null for no value. */
void ph_json_write_value (GString *out,
                          PhJsonValue value);

G_END_DECLS
