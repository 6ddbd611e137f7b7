/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-body.h"

#include "ph-limits.h"
#include "ph-lz.h"

#include <string.h>

#define FORM "data="

/* Text or packed data as recorders send it, not noise. */
static gboolean
looks_good (const guint8 *data,
            gsize size)
{
  static const guint8 magics[][2] = {
    { 0x1f, 0x8b },
    { 0x28, 0xb5 },
    { 0x78, 0x01 },
    { 0x78, 0x5e },
    { 0x78, 0x9c },
    { 0x78, 0xda },
  };

  if (size < 2)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (memcmp (data, magics[i], 2) == 0)
      return TRUE;

  return data[0] == '{' || data[0] == '[';
}

/* NULL when it is no base64. */
static GBytes *
open_base64 (const char *text,
             gsize size)
{
  g_autofree char *copy = g_strndup (text, size);
  gsize length = 0;
  guint8 *data;

  if (strspn (copy, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n") <
      size)
    return NULL;

  data = g_base64_decode (copy, &length);

  return g_bytes_new_take (data, length);
}

/* Characters as bytes, when all of them are some; else NULL. */
static GBytes *
open_latin_1 (const char *text,
              gsize size)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint) size);
  const char *end = text + size;

  for (const char *at = text; at < end; at++)
    {
      guint8 byte = (guint8) *at;

      if (byte >= 0x80)
        {
          if ((byte != 0xc2 && byte != 0xc3) || at + 1 == end || ((guint8) at[1] & 0xc0) != 0x80)
            return NULL;

          byte = (guint8) (byte << 6 | ((guint8) * ++at & 0x3f));
        }

      g_byte_array_append (out, &byte, 1);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* As bytes where those are packed data, so that JSON keeps its characters. */
static GBytes *
open_characters (const char *text,
                 gsize size)
{
  g_autoptr (GBytes) bytes = NULL;

  if (text[0] == '{' || text[0] == '[')
    return NULL;

  bytes = open_latin_1 (text, size);

  if (bytes != NULL && looks_good (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
    return g_steal_pointer (&bytes);

  return NULL;
}

/* What is in it, and what is in that. */
static GBytes *
open_value (const char *text,
            gsize size)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GString) unpacked = NULL;

  if (looks_good ((const guint8 *) text, size))
    return g_bytes_new (text, size);

  bytes = open_base64 (text, size);

  if (bytes == NULL)
    return NULL;

  if (looks_good (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
    return g_steal_pointer (&bytes);

  unpacked = ph_lz_unpack (text, size, PH_LIMIT_EVENT_BYTES);

  if (unpacked != NULL && looks_good ((const guint8 *) unpacked->str, unpacked->len))
    return g_string_free_to_bytes (g_steal_pointer (&unpacked));

  return NULL;
}

static GBytes *
open_form (const char *text,
           gsize size)
{
  const char *end = memchr (text, '&', size);
  gsize length = end != NULL ? (gsize) (end - text) : size;
  g_autofree char *value = g_uri_unescape_segment (text, text + length, "");

  return value != NULL ? open_value (value, strlen (value)) : NULL;
}

GBytes *
ph_body_open (const char *text,
              gsize size,
              gboolean is_base64)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) inner = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (size == 0 || size > PH_LIMIT_EVENT_BYTES)
    return NULL;

  bytes = is_base64 ? open_base64 (text, size) : open_characters (text, size);

  if (bytes == NULL)
    bytes = g_bytes_new (text, size);

  text = g_bytes_get_data (bytes, &size);

  if (size > strlen (FORM) && memcmp (text, FORM, strlen (FORM)) == 0)
    inner = open_form (text + strlen (FORM), size - strlen (FORM));
  else if (!looks_good ((const guint8 *) text, size))
    inner = open_value (text, size);

  return inner != NULL ? g_steal_pointer (&inner) : g_steal_pointer (&bytes);
}
