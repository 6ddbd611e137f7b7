/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Reading one JSON text, with simdjson behind a C face.
 *
 * A PhJson is a parser and the document it parsed last. It keeps its memory
 * between documents, so use one for many. Values and the strings in them belong
 * to it and live until the next ph_json_parse() or ph_json_free(). It belongs
 * to one thread at a time.
 *
 * Getters never fail loudly: a member that is missing or of another type gives
 * FALSE and leaves the out argument alone, so odd input cannot stop a reader.
 * Bytes that are not UTF-8 and lone surrogates, which JavaScript does write,
 * are read as U+FFFD; numbers beyond a double are clamped to it. Depth is
 * bounded by PH_LIMIT_JSON_DEPTH, length by PH_LIMIT_EVENT_BYTES.
 */
typedef struct _PhJson PhJson;

/* A value in the last document. All zero is "no value": every getter says no. */
typedef struct
{
  gconstpointer document;
  gsize index;
} PhJsonValue;

typedef enum
{
  PH_JSON_NONE,
  PH_JSON_NULL,
  PH_JSON_BOOLEAN,
  PH_JSON_NUMBER,
  PH_JSON_STRING,
  PH_JSON_ARRAY,
  PH_JSON_OBJECT,
} PhJsonType;

/* Walks an array or an object: `while (ph_json_next (&iter, &key, &value))`. */
typedef struct
{
  gconstpointer document;
  gsize index;
  gsize end;
  gboolean is_object;
} PhJsonIter;

PhJson *ph_json_new (void);
void ph_json_free (PhJson *json);

/*
 * Parses @size bytes of @text, which is copied. @root may be NULL. Fails with
 * PH_ERROR_CORRUPT or, past a limit, PH_ERROR_TOO_LARGE.
 */
gboolean ph_json_parse (PhJson *json,
                        const char *text,
                        gsize size,
                        PhJsonValue *root,
                        GError **error);

PhJsonType ph_json_type (PhJsonValue value);

/* The member of an object, the first of that name, or no value. */
PhJsonValue ph_json_member (PhJsonValue object,
                            const char *name);

/*
 * FALSE for anything that is not a string; @size may be NULL. The text is UTF-8
 * with a NUL behind it, but `\u0000` in the JSON is a NUL inside: where that
 * matters, go by @size.
 */
gboolean ph_json_get_string (PhJsonValue value,
                             const char **text,
                             gsize *size);
gboolean ph_json_get_bool (PhJsonValue value,
                           gboolean *out);
/* Numbers out of range are clamped, fractions are cut off. */
gboolean ph_json_get_int (PhJsonValue value,
                          gint64 *out);
gboolean ph_json_get_double (PhJsonValue value,
                             double *out);

/* Short forms over a member of @object. */
gboolean ph_json_member_int (PhJsonValue object,
                             const char *name,
                             gint64 *out);
gboolean ph_json_member_double (PhJsonValue object,
                                const char *name,
                                double *out);
gboolean ph_json_member_bool (PhJsonValue object,
                              const char *name,
                              gboolean *out);
gboolean ph_json_member_string (PhJsonValue object,
                                const char *name,
                                const char **text,
                                gsize *size);

void ph_json_iter_init (PhJsonIter *iter,
                        PhJsonValue container);
/* @key, NULL in arrays, and @value may both be passed as NULL. */
gboolean ph_json_next (PhJsonIter *iter,
                       const char **key,
                       PhJsonValue *value);
/* Members of a container; 0 for anything else. */
gsize ph_json_size (PhJsonValue container);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhJson, ph_json_free)

G_END_DECLS
