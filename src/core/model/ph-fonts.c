/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-fonts.h"

#include "ph-css-scan.h"
#include "ph-limits.h"

#include <string.h>

/* By FontFaceDescriptors' members: the names in a rule. */
static const char *const descriptors[][2] = {
  { "style", "font-style" },
  { "weight", "font-weight" },
  { "stretch", "font-stretch" },
  { "unicodeRange", "unicode-range" },
  { "variant", "font-variant" },
  { "featureSettings", "font-feature-settings" },
  { "variationSettings", "font-variation-settings" },
  { "display", "font-display" },
  { "ascentOverride", "ascent-override" },
  { "descentOverride", "descent-override" },
  { "lineGapOverride", "line-gap-override" },
  { "sizeAdjust", "size-adjust" },
};

/* What the bytes of a font file begin with (OpenType 1.9, WOFF 1 and 2). */
static const char *
find_type (const guint8 *bytes,
           gsize n)
{
  static const struct
  {
    const char *magic;
    const char *type;
  } types[] = {
    { "wOF2", "font/woff2" },
    { "wOFF", "font/woff" },
    { "OTTO", "font/otf" },
    { "ttcf", "font/collection" },
  };

  for (guint i = 0; n >= 4 && i < G_N_ELEMENTS (types); i++)
    if (memcmp (bytes, types[i].magic, 4) == 0)
      return types[i].type;

  return "font/ttf";
}

/* The text of a JSON array of numbers, as bytes; NULL when it is not that. */
static GByteArray *
read_bytes (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  text += strspn (text, " \t\r\n");

  if (*text++ != '[')
    return NULL;

  for (;;)
    {
      guint number = 0;
      guint8 byte;

      text += strspn (text, " \t\r\n,");

      if (*text == ']')
        return g_steal_pointer (&bytes);

      if (!g_ascii_isdigit (*text))
        return NULL;

      while (g_ascii_isdigit (*text) && number < 256)
        number = number * 10 + (guint) (*text++ - '0');

      if (number > 255)
        return NULL;

      byte = (guint8) number;
      g_byte_array_append (bytes, &byte, 1);
    }
}

/* The `src` of a font; NULL when there is none. The caller frees it. */
static char *
read_source (PhJsonValue data)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *encoded = NULL;
  gboolean is_buffer = FALSE;
  const char *text;
  gsize size;

  if (!ph_json_member_string (data, "fontSource", &text, &size) || strlen (text) != size)
    return NULL;

  ph_json_member_bool (data, "buffer", &is_buffer);

  if (!is_buffer)
    return size < PH_LIMIT_FONT_BYTES && ph_css_is_value (text) ? g_strdup (text) : NULL;

  bytes = read_bytes (text);

  if (bytes == NULL || bytes->len == 0 || bytes->len > PH_LIMIT_FONT_BYTES / 2)
    return NULL;

  encoded = g_base64_encode (bytes->data, bytes->len);

  return g_strdup_printf ("url(\"data:%s;base64,%s\")", find_type (bytes->data, bytes->len),
                          encoded);
}

/* A family name as a string of CSS, whatever is in it. */
static void
put_family (GString *rule,
            const char *family)
{
  gsize n = strlen (family);

  /* Scripts may give it with quotes. */
  if (n >= 2 && (*family == '"' || *family == '\'') && family[n - 1] == *family)
    {
      family++;
      n -= 2;
    }

  g_string_append (rule, "@font-face { font-family: \"");

  for (gsize i = 0; i < n; i++)
    if (family[i] == '"' || family[i] == '\\' || (guchar) family[i] < 0x20)
      g_string_append_printf (rule, "\\%x ", (guint) (guchar) family[i]);
    else
      g_string_append_c (rule, family[i]);

  g_string_append (rule, "\"; ");
}

GRefString *
ph_fonts_read (PhJsonValue data)
{
  g_autofree char *source = read_source (data);
  g_autoptr (GString) rule = NULL;
  PhJsonValue given = ph_json_member (data, "descriptors");
  const char *family;
  gsize size;

  if (source == NULL || !ph_json_member_string (data, "family", &family, &size) || size == 0 ||
      size > PH_LIMIT_NAME_BYTES || strlen (family) != size)
    return NULL;

  rule = g_string_new (NULL);
  put_family (rule, family);
  g_string_append_printf (rule, "src: %s; ", source);

  for (guint i = 0; i < G_N_ELEMENTS (descriptors); i++)
    {
      const char *value;

      if (ph_json_member_string (given, descriptors[i][0], &value, &size) &&
          size <= PH_LIMIT_NAME_BYTES * 16 && strlen (value) == size && ph_css_is_value (value))
        g_string_append_printf (rule, "%s: %s; ", descriptors[i][1], value);
    }

  g_string_append_c (rule, '}');

  return g_ref_string_new_len (rule->str, (gssize) rule->len);
}
