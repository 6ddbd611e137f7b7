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

/* Characters that direct or hide others without being seen (Unicode UAX 9 and the Cf class). */
static gboolean
is_invisible (gunichar c)
{
  return (c >= 0x80 && c <= 0x9f) || c == 0xad || c == 0x34f || c == 0x61c || c == 0x115f ||
         c == 0x1160 || c == 0x17b4 || c == 0x17b5 || (c >= 0x180b && c <= 0x180f) ||
         c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0x3164 || c == 0xfeff || c == 0xffa0 ||
         (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}

static void
append_visible (GString *visible,
                gunichar c)
{
  if (c == '\n' || c == 0x2028 || c == 0x2029)
    g_string_append (visible, "↵");
  else if (c == '\t')
    g_string_append (visible, "⇥");
  else if (c < 0x20)
    g_string_append_unichar (visible, 0x2400 + c);
  else if (c == 0x7f)
    g_string_append_unichar (visible, 0x2421);
  else if (is_invisible (c))
    g_string_append_printf (visible, "⟨U+%04X⟩", c);
  else
    g_string_append_unichar (visible, c);
}

char *
ph_text_visible_lines (const char *text)
{
  GString *visible = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] == '\n')
        continue;

      if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
        g_string_append_c (visible, '\n');
      else if (c == '\t')
        g_string_append_c (visible, '\t');
      else
        append_visible (visible, c);
    }

  return g_string_free (visible, FALSE);
}

char *
ph_text_visible (const char *text)
{
  GString *visible = g_string_new (NULL);

  /* One line end, however it was written. */
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (p[0] != '\r' || p[1] != '\n')
      append_visible (visible, g_utf8_get_char (p));

  return g_string_free (visible, FALSE);
}
