/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-json.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <float.h>
#include <math.h>
#include <new>
#include <simdjson.h>
#include <string.h>

using namespace simdjson;
using internal::tape_ref;
using internal::tape_type;

/* Less than this is not worth a second allocation; more is given back after use. */
static const gsize MIN_CAPACITY = 64 * 1024;
static const gsize KEEP_CAPACITY = 8 * 1024 * 1024;

struct _PhJson
{
  dom::parser parser;
  dom::document document;
  char *buffer;   /* the text and SIMDJSON_PADDING bytes */
  gsize capacity; /* of all three, in bytes of text */
};

extern "C" PhJson *
ph_json_new (void)
{
  return new (g_malloc0 (sizeof (PhJson))) PhJson ();
}

extern "C" void
ph_json_free (PhJson *json)
{
  if (json == NULL)
    return;

  g_free (json->buffer);
  json->~PhJson ();
  g_free (json);
}

static error_code
set_capacity (PhJson *json,
              gsize capacity)
{
  error_code code;

  json->capacity = 0;
  g_clear_pointer (&json->buffer, g_free);
  json->buffer = (char *) g_try_malloc (capacity + SIMDJSON_PADDING);

  if (json->buffer == NULL)
    return MEMALLOC;

  if ((code = json->parser.allocate (capacity, PH_LIMIT_JSON_DEPTH)) != SUCCESS ||
      (code = json->document.allocate (capacity)) != SUCCESS)
    return code;

  json->capacity = capacity;

  return SUCCESS;
}

static error_code
parse_once (PhJson *json,
            const char *text,
            gsize size)
{
  gboolean wasteful = json->capacity > KEEP_CAPACITY && size < json->capacity / 8;

  if (json->buffer == NULL || size > json->capacity || wasteful)
    {
      error_code code = set_capacity (json, MAX (size + size / 4, MIN_CAPACITY));

      if (code != SUCCESS)
        return code;
    }

  if (size > 0)
    memcpy (json->buffer, text, size);

  memset (json->buffer + size, 0, SIMDJSON_PADDING);

  return json->parser.parse_into_document (json->document, json->buffer, size, false).error ();
}

/* The code unit of a `\uXXXX` at @at, or -1. */
static int
read_unicode_escape (const char *at,
                     const char *end)
{
  int unit = 0;

  if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
    return -1;

  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;

      unit = unit * 16 + g_ascii_xdigit_value (at[i]);
    }

  return unit;
}

/* Copies one escape, half of a surrogate pair as U+FFFD, and returns what follows it. */
static const char *
repair_escape (GString *out,
               const char *at,
               const char *end)
{
  int unit = read_unicode_escape (at, end);
  int next = unit >= 0 ? read_unicode_escape (at + 6, end) : -1;
  gsize size = 2;

  if (unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff)
    size = 12;
  else if (unit >= 0xd800 && unit <= 0xdfff)
    {
      g_string_append (out, "\\ufffd");
      return at + 6;
    }

  size = MIN (size, (gsize) (end - at));
  g_string_append_len (out, at, (gssize) size);

  return at + size;
}

/* Copies one number as JavaScript would read it: nothing but a double, and a finite one. */
static const char *
repair_number (GString *out,
               const char *at,
               const char *end)
{
  gsize size = strspn (at, "+-.0123456789eE");
  char *rest = NULL;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  size = MIN (size, (gsize) (end - at));
  value = g_ascii_strtod (at, &rest);

  if (rest != at + size || (size < 19 && fabs (value) <= DBL_MAX))
    g_string_append_len (out, at, (gssize) size);
  else
    g_string_append (out, g_ascii_dtostr (digits, sizeof digits, CLAMP (value, -DBL_MAX, DBL_MAX)));

  return at + size;
}

/*
 * What JSON.parse() in a browser takes and simdjson does not: half surrogate
 * pairs, bytes that are not UTF-8, numbers over 64 bits. Only called when
 * simdjson has refused a text.
 */
static GString *
repair (const char *text,
        gsize size)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) size);
  const char *end = valid + strlen (valid);
  GString *out = g_string_sized_new (size + 64);
  const char *at = valid;
  gboolean in_string = FALSE;

  while (at < end)
    {
      gsize plain = strcspn (at, in_string ? "\"\\" : "\"-0123456789");

      g_string_append_len (out, at, (gssize) plain);
      at += plain;

      if (*at == '\\')
        at = repair_escape (out, at, end);
      else if (*at == '"')
        {
          in_string = !in_string;
          g_string_append_c (out, *at++);
        }
      else if (at < end)
        at = repair_number (out, at, end);
    }

  return out;
}

static const char *
describe (error_code code)
{
  if (code == STRING_ERROR)
    return "it has a string with a wrong escape";
  if (code == UNCLOSED_STRING)
    return "it ends inside a string";
  if (code == UNESCAPED_CHARS)
    return "it has a string with a control character";
  if (code == NUMBER_ERROR)
    return "it has a number that is none";
  if (code == T_ATOM_ERROR || code == F_ATOM_ERROR || code == N_ATOM_ERROR)
    return "it has a word that is not true, false or null";
  if (code == EMPTY)
    return "it is empty";

  return "its brackets, commas or colons are wrong";
}

static void
set_parse_error (GError **error,
                 error_code code)
{
  if (code == DEPTH_ERROR)
    g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "The JSON nests deeper than %d levels",
                 PH_LIMIT_JSON_DEPTH);
  else if (code == CAPACITY || code == MEMALLOC)
    g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "The JSON is too large for the memory");
  else
    g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "The JSON is not valid: %s", describe (code));
}

extern "C" gboolean
ph_json_parse (PhJson *json,
               const char *text,
               gsize size,
               PhJsonValue *root,
               GError **error)
{
  error_code code;

  g_return_val_if_fail (json != NULL, FALSE);
  g_return_val_if_fail (text != NULL || size == 0, FALSE);

  if (size > PH_LIMIT_EVENT_BYTES)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "The JSON is longer than %d MB",
                   (int) (PH_LIMIT_EVENT_BYTES >> 20));
      return FALSE;
    }

  code = parse_once (json, text, size);

  if (code == STRING_ERROR || code == UTF8_ERROR || code == NUMBER_ERROR)
    {
      GString *repaired = repair (text, size);

      code = parse_once (json, repaired->str, repaired->len);
      g_string_free (repaired, TRUE);
    }

  if (code != SUCCESS)
    {
      set_parse_error (error, code);
      return FALSE;
    }

  if (root != NULL)
    *root = PhJsonValue { &json->document, 1 };

  return TRUE;
}

static tape_ref
get_ref (PhJsonValue value)
{
  return tape_ref ((const dom::document *) value.document, value.index);
}

extern "C" PhJsonType
ph_json_type (PhJsonValue value)
{
  if (value.document == NULL)
    return PH_JSON_NONE;

  switch (get_ref (value).tape_ref_type ())
    {
    case tape_type::START_ARRAY:
      return PH_JSON_ARRAY;
    case tape_type::START_OBJECT:
      return PH_JSON_OBJECT;
    case tape_type::STRING:
      return PH_JSON_STRING;
    case tape_type::INT64:
    case tape_type::UINT64:
    case tape_type::DOUBLE:
      return PH_JSON_NUMBER;
    case tape_type::TRUE_VALUE:
    case tape_type::FALSE_VALUE:
      return PH_JSON_BOOLEAN;
    case tape_type::NULL_VALUE:
      return PH_JSON_NULL;
    case tape_type::ROOT:
    case tape_type::END_ARRAY:
    case tape_type::END_OBJECT:
      break;
    }

  return PH_JSON_NONE;
}

extern "C" PhJsonValue
ph_json_member (PhJsonValue object,
                const char *name)
{
  PhJsonIter iter;
  gsize length = strlen (name);

  ph_json_iter_init (&iter, object);

  while (iter.is_object && iter.index < iter.end)
    {
      tape_ref key ((const dom::document *) iter.document, iter.index);
      PhJsonValue value = { iter.document, iter.index + 1 };

      if (key.get_string_length () == length && memcmp (key.get_c_str (), name, length) == 0)
        return value;

      iter.index = get_ref (value).after_element ();
    }

  return PhJsonValue {};
}

extern "C" gboolean
ph_json_get_string (PhJsonValue value,
                    const char **text,
                    gsize *size)
{
  if (ph_json_type (value) != PH_JSON_STRING)
    return FALSE;

  *text = get_ref (value).get_c_str ();

  if (size != NULL)
    *size = get_ref (value).get_string_length ();

  return TRUE;
}

extern "C" gboolean
ph_json_get_bool (PhJsonValue value,
                  gboolean *out)
{
  if (ph_json_type (value) != PH_JSON_BOOLEAN)
    return FALSE;

  *out = get_ref (value).is_true ();

  return TRUE;
}

extern "C" gboolean
ph_json_get_int (PhJsonValue value,
                 gint64 *out)
{
  double number;

  if (ph_json_type (value) != PH_JSON_NUMBER)
    return FALSE;

  if (get_ref (value).is_int64 ())
    {
      *out = get_ref (value).next_tape_value<int64_t> ();
      return TRUE;
    }

  ph_json_get_double (value, &number);

  if (number >= (double) G_MAXINT64)
    *out = G_MAXINT64;
  else if (number <= (double) G_MININT64)
    *out = G_MININT64;
  else
    *out = (gint64) number;

  return TRUE;
}

extern "C" gboolean
ph_json_get_double (PhJsonValue value,
                    double *out)
{
  if (ph_json_type (value) != PH_JSON_NUMBER)
    return FALSE;

  if (get_ref (value).is_double ())
    *out = get_ref (value).next_tape_value<double> ();
  else if (get_ref (value).is_uint64 ())
    *out = (double) get_ref (value).next_tape_value<uint64_t> ();
  else
    *out = (double) get_ref (value).next_tape_value<int64_t> ();

  return TRUE;
}

extern "C" gboolean
ph_json_member_int (PhJsonValue object,
                    const char *name,
                    gint64 *out)
{
  return ph_json_get_int (ph_json_member (object, name), out);
}

extern "C" gboolean
ph_json_member_double (PhJsonValue object,
                       const char *name,
                       double *out)
{
  return ph_json_get_double (ph_json_member (object, name), out);
}

extern "C" gboolean
ph_json_member_bool (PhJsonValue object,
                     const char *name,
                     gboolean *out)
{
  return ph_json_get_bool (ph_json_member (object, name), out);
}

extern "C" gboolean
ph_json_member_string (PhJsonValue object,
                       const char *name,
                       const char **text,
                       gsize *size)
{
  return ph_json_get_string (ph_json_member (object, name), text, size);
}

extern "C" void
ph_json_iter_init (PhJsonIter *iter,
                   PhJsonValue container)
{
  PhJsonType type = ph_json_type (container);

  *iter = PhJsonIter {};

  if (type != PH_JSON_ARRAY && type != PH_JSON_OBJECT)
    return;

  iter->document = container.document;
  iter->index = container.index + 1;
  iter->end = get_ref (container).matching_brace_index () - 1;
  iter->is_object = type == PH_JSON_OBJECT;
}

extern "C" gboolean
ph_json_next (PhJsonIter *iter,
              const char **key,
              PhJsonValue *value)
{
  PhJsonValue found = { iter->document, iter->index };

  if (iter->index >= iter->end)
    return FALSE;

  if (key != NULL)
    *key = iter->is_object ? get_ref (found).get_c_str () : NULL;

  if (iter->is_object)
    found.index++;

  if (value != NULL)
    *value = found;

  iter->index = get_ref (found).after_element ();

  return TRUE;
}

extern "C" gsize
ph_json_size (PhJsonValue container)
{
  PhJsonIter iter;
  gsize n = 0;

  ph_json_iter_init (&iter, container);

  if (iter.document == NULL)
    return 0;

  /* The tape's own count stops at 24 bits. */
  if (get_ref (container).scope_count () < internal::JSON_COUNT_MASK)
    return get_ref (container).scope_count ();

  while (ph_json_next (&iter, NULL, NULL))
    n++;

  return n;
}
