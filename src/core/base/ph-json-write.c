/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-json-write.h"

#include <math.h>
#include <string.h>

/* Beyond it a double holds no whole number exactly. */
#define MAX_WHOLE 9007199254740992.0

/* GLib before 2.76 goes a long way for a few bytes, and events are made of such. */
static inline void
append (GString *out,
        const char *text,
        gsize size)
{
  if (size >= out->allocated_len - out->len)
    {
      g_string_append_len (out, text, (gssize) size);
      return;
    }

  memcpy (out->str + out->len, text, size);
  out->len += size;
  out->str[out->len] = '\0';
}

void
ph_json_write_string (GString *out,
                      const char *text,
                      gssize size)
{
  static const char hex[] = "0123456789abcdef";
  const char *end = text + (size >= 0 ? (gsize) size : strlen (text));

  g_string_append_c (out, '"');

  while (text < end)
    {
      const char *plain = text;

      while (text < end && (guchar) *text >= 0x20 && *text != '"' && *text != '\\')
        text++;

      append (out, plain, (gsize) (text - plain));

      if (text == end)
        break;

      if (*text == '"' || *text == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *text++);
        }
      else
        {
          g_string_append (out, "\\u00");
          g_string_append_c (out, hex[(guchar) *text >> 4]);
          g_string_append_c (out, hex[(guchar) *text++ & 15]);
        }
    }

  g_string_append_c (out, '"');
}

void
ph_json_write_key (GString *out,
                   const char *name)
{
  ph_json_write_string (out, name, -1);
  g_string_append_c (out, ':');
}

void
ph_json_write_int (GString *out,
                   gint64 number)
{
  char buffer[24];
  char *at = buffer + sizeof buffer;
  guint64 rest = number < 0 ? 0 - (guint64) number : (guint64) number;

  do
    *--at = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);

  if (number < 0)
    *--at = '-';

  append (out, at, (gsize) (buffer + sizeof buffer - at));
}

/* With as few digits as give the same number again. */
static void
write_fraction (GString *out,
                double number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], number);

      if (!(fabs (g_ascii_strtod (buffer, NULL) - number) > 0))
        break;
    }

  g_string_append (out, buffer);
}

void
ph_json_write_number (GString *out,
                      double number)
{
  if (!isfinite (number))
    g_string_append (out, "null");
  else if (fabs (number) <= MAX_WHOLE && fabs (number - rint (number)) <= 0)
    ph_json_write_int (out, (gint64) number);
  else
    write_fraction (out, number);
}

static void
write_number (GString *out,
              PhJsonValue value)
{
  double number = 0;

  ph_json_get_double (value, &number);
  ph_json_write_number (out, number);
}

static void
write_members (GString *out,
               PhJsonValue value)
{
  gboolean is_object = ph_json_type (value) == PH_JSON_OBJECT;
  gboolean has_some = FALSE;
  PhJsonIter iter;
  PhJsonValue member;
  const char *key;

  g_string_append_c (out, is_object ? '{' : '[');
  ph_json_iter_init (&iter, value);

  while (ph_json_next (&iter, &key, &member))
    {
      if (has_some)
        g_string_append_c (out, ',');

      has_some = TRUE;

      if (is_object)
        ph_json_write_key (out, key);

      ph_json_write_value (out, member);
    }

  g_string_append_c (out, is_object ? '}' : ']');
}

/* As deep as PH_LIMIT_JSON_DEPTH, which the parser sees to. */
void
ph_json_write_value (GString *out,
                     PhJsonValue value)
{
  const char *text = "";
  gboolean truth = FALSE;
  gsize size = 0;

  switch (ph_json_type (value))
    {
    case PH_JSON_NONE:
    case PH_JSON_NULL:
      g_string_append (out, "null");
      break;
    case PH_JSON_BOOLEAN:
      ph_json_get_bool (value, &truth);
      g_string_append (out, truth ? "true" : "false");
      break;
    case PH_JSON_NUMBER:
      write_number (out, value);
      break;
    case PH_JSON_STRING:
      ph_json_get_string (value, &text, &size);
      ph_json_write_string (out, text, (gssize) size);
      break;
    case PH_JSON_ARRAY:
    case PH_JSON_OBJECT:
      write_members (out, value);
      break;
    }
}
