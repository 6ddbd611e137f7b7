/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-visible.h"

#include "ph-limits.h"

#include <string.h>

#define ELLIPSIS "…"

/* More bytes than any shown text can use: what follows is not looked at. */
#define BYTES_PER_CHAR 6

/* Characters that direct or hide others without being seen (Unicode UAX 9 and the Cf class). */
static gboolean
is_invisible (gunichar c)
{
  return c == 0x00ad || c == 0x034f || c == 0x061c || c == 0x115f || c == 0x1160 || c == 0x17b4 ||
         c == 0x17b5 || (c >= 0x180b && c <= 0x180f) || c == 0x200b || c == 0x200e || c == 0x200f ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0x3164 ||
         c == 0xfeff || c == 0xffa0 || (c >= 0xfff9 && c <= 0xfffb) ||
         (c >= 0xe0000 && c <= 0xe0fff);
}

static void
append_visible (GString *out,
                gunichar c)
{
  if (c == '\n' || c == 0x2028 || c == 0x2029)
    g_string_append (out, "↵");
  else if (c == '\t')
    g_string_append (out, "⇥");
  else if (c < 0x20)
    g_string_append_unichar (out, 0x2400 + c);
  else if (c == 0x7f)
    g_string_append_unichar (out, 0x2421);
  else if ((c >= 0x80 && c < 0xa0) || is_invisible (c))
    g_string_append_printf (out, "⟨U+%04X⟩", c);
  else
    g_string_append_unichar (out, c);
}

char *
ph_visible_capped (const char *text,
                   guint max_chars)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  gsize size;
  guint n = 0;

  g_return_val_if_fail (max_chars > 0, NULL);

  if (text == NULL)
    return g_strdup ("");

  size = strnlen (text, (gsize) max_chars * BYTES_PER_CHAR + 1);
  valid = g_utf8_make_valid (text, (gssize) size);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* One line end, however it was written. */
      if (c == '\r' && p[1] == '\n')
        continue;

      append_visible (out, c);
      n++;
      if (n > max_chars)
        break;
    }

  if (g_utf8_strlen (out->str, (gssize) out->len) > (long) max_chars)
    {
      char *cut = g_utf8_offset_to_pointer (out->str, (long) max_chars - 1);

      g_string_truncate (out, (gsize) (cut - out->str));
      g_string_append (out, ELLIPSIS);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
ph_visible_text (const char *text)
{
  return ph_visible_capped (text, PH_LIMIT_LABEL_CHARS);
}

char *
ph_visible_markup (const char *text)
{
  g_autofree char *label = ph_visible_text (text);

  return g_markup_escape_text (label, -1);
}

char *
ph_visible_menu (const char *text)
{
  g_autofree char *label = ph_visible_capped (text, 60);
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("__", parts);
}
