/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-visible.h"

#include "ph-limits.h"
#include "ph-text.h"

#include <string.h>

#define ELLIPSIS "…"

/* More bytes than any shown text can use: what follows is not looked at. */
#define BYTES_PER_CHAR 6

char *
ph_visible_capped (const char *text,
                   guint max_chars)
{
  g_autofree char *valid = NULL;
  g_autofree char *visible = NULL;
  g_autofree char *start = NULL;

  g_return_val_if_fail (max_chars > 0, NULL);

  if (text == NULL)
    return g_strdup ("");

  valid = g_utf8_make_valid (text, (gssize) strnlen (text, (gsize) max_chars * BYTES_PER_CHAR + 1));
  visible = ph_text_visible (valid);

  if (g_utf8_strlen (visible, -1) <= (long) max_chars)
    return g_steal_pointer (&visible);

  start = g_utf8_substring (visible, 0, (long) max_chars - 1);

  return g_strconcat (start, ELLIPSIS, NULL);
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
