/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-text.h"

#include "ph-text.h"

#define FONT "Cantarell, Sans"
#define MAX_CHARS 600

PangoLayout *
ph_clip_text_new (cairo_t *cr,
                  const char *text,
                  double size,
                  PangoWeight weight)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

char *
ph_clip_text_lines (const char *text)
{
  g_autofree char *cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_CHARS));
  g_auto (GStrv) lines = NULL;

  g_strstrip (cut);
  lines = g_strsplit (cut, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *shown = ph_text_visible (lines[i]);

      g_free (lines[i]);
      lines[i] = shown;
    }

  return g_strjoinv ("\n", lines);
}
