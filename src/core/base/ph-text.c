/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-text.h"

char *
ph_text_line (const char *text,
              guint max_chars)
{
  GString *line = g_string_new (NULL);
  gboolean gap = FALSE;
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          gap = line->len > 0;
          continue;
        }

      if (n + gap >= max_chars)
        {
          g_string_append (line, "…");
          break;
        }

      if (gap)
        g_string_append_c (line, ' ');

      g_string_append_unichar (line, c);
      n += 1 + gap;
      gap = FALSE;
    }

  return g_string_free (line, FALSE);
}

/* Explicit direction, invisible operators, line breaks that are no newline, the byte order mark. */
static gboolean
is_hidden_control (gunichar c)
{
  return (c >= 0x80 && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
         (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}

char *
ph_text_visible (const char *text)
{
  GString *visible = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x20)
        g_string_append_unichar (visible, 0x2400 + c);
      else if (c == 0x7f)
        g_string_append_unichar (visible, 0x2421);
      else if (is_hidden_control (c))
        g_string_append_printf (visible, "‹U+%04X›", c);
      else
        g_string_append_unichar (visible, c);
    }

  return g_string_free (visible, FALSE);
}
