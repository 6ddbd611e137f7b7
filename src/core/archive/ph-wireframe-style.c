/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-wireframe-style.h"

#include <string.h>

#define STRIPES \
  "background-image:repeating-linear-gradient(45deg,transparent 0 8px,rgba(0,0,0,.08) 8px 16px);"

static PhJsonValue
style_member (PhJsonValue wireframe,
              const char *name)
{
  return ph_json_member (ph_json_member (wireframe, "style"), name);
}

/* One value of one declaration: nothing that ends it, or begins something else. */
static gboolean
is_plain (const char *text)
{
  return *text != '\0' && strlen (text) <= 256 && strpbrk (text, ";{}\\<>\n\r") == NULL &&
         strstr (text, "/*") == NULL;
}

const char *
ph_wireframe_style_get (PhJsonValue wireframe,
                        const char *name)
{
  const char *text = NULL;

  if (ph_json_get_string (style_member (wireframe, name), &text, NULL) && is_plain (text))
    return text;

  return NULL;
}

static void
add_number (GString *out,
            const char *property,
            double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.6g", number);
  g_string_append_printf (out, "%s:%spx;", property, buffer);
}

/* A number is pixels, and so is a string of one; FALSE when it is neither. */
static gboolean
read_length (PhJsonValue value,
             double *number)
{
  const char *text = NULL;
  char *end = NULL;

  if (ph_json_get_double (value, number))
    return TRUE;

  if (!ph_json_get_string (value, &text, NULL) || *text == '\0')
    return FALSE;

  *number = g_ascii_strtod (text, &end);

  return *end == '\0' || strcmp (end, "px") == 0;
}

static gboolean
add_length (GString *out,
            const char *property,
            PhJsonValue value)
{
  double number;

  if (!read_length (value, &number))
    return FALSE;

  add_number (out, property, number);

  return TRUE;
}

static gboolean
add_text (GString *out,
          const char *property,
          const char *text)
{
  if (text == NULL)
    return FALSE;

  g_string_append_printf (out, "%s:%s;", property, text);

  return TRUE;
}

void
ph_wireframe_style_place (GString *out,
                          PhJsonValue wireframe,
                          gboolean at_bottom)
{
  const char *width = NULL;
  double x = 0;
  double y = 0;

  if (ph_json_member_string (wireframe, "width", &width, NULL) && strcmp (width, "100vw") == 0)
    g_string_append (out, "width:100vw;");
  else
    add_length (out, "width", ph_json_member (wireframe, "width"));

  add_length (out, "height", ph_json_member (wireframe, "height"));
  g_string_append (out, "position:fixed;");

  if (at_bottom)
    {
      g_string_append (out, "bottom:0;");
      return;
    }

  ph_json_member_double (wireframe, "x", &x);
  ph_json_member_double (wireframe, "y", &y);
  add_number (out, "left", x);
  add_number (out, "top", y);
}

gboolean
ph_wireframe_add_picture (GString *out,
                          const char *text,
                          gsize size)
{
  gsize begin = out->len;

  g_return_val_if_fail (out != NULL && text != NULL, FALSE);

  if (!g_str_has_prefix (text, "data:image/"))
    g_string_append (out, "data:image/png;base64,");

  for (gsize i = 0; i < size; i++)
    {
      if (g_ascii_isalnum (text[i]) || (text[i] != '\0' && strchr ("+/=:;,-._", text[i]) != NULL))
        g_string_append_c (out, text[i]);
      else if (!g_ascii_isspace (text[i]))
        {
          g_string_truncate (out, begin);
          return FALSE;
        }
    }

  return TRUE;
}

static void
add_background_image (GString *out,
                      PhJsonValue wireframe)
{
  const char *size_text = ph_wireframe_style_get (wireframe, "backgroundSize");
  const char *text = NULL;
  gsize begin = out->len;
  gsize size = 0;

  if (!ph_json_get_string (style_member (wireframe, "backgroundImage"), &text, &size) || size == 0)
    return;

  g_string_append (out, "background-image:url(");

  if (!ph_wireframe_add_picture (out, text, size))
    {
      g_string_truncate (out, begin);
      return;
    }

  g_string_append_printf (out, ");background-size:%s;background-repeat:no-repeat;",
                          size_text != NULL ? size_text : "auto");
}

void
ph_wireframe_style_colors (GString *out,
                           PhJsonValue wireframe,
                           const PhWireframeOverride *override)
{
  const char *color = ph_wireframe_style_get (wireframe, "color");
  const char *background = ph_wireframe_style_get (wireframe, "backgroundColor");
  gboolean has_border = FALSE;

  if (override != NULL && override->color != NULL)
    color = override->color;

  if (override != NULL && override->background_color != NULL)
    background = override->background_color;

  add_text (out, "background-color", background);

  if (override != NULL && override->is_striped)
    g_string_append (out, STRIPES);
  else
    add_background_image (out, wireframe);

  has_border |= add_length (out, "border-width", style_member (wireframe, "borderWidth"));
  has_border |= add_length (out, "border-radius", style_member (wireframe, "borderRadius"));
  has_border |= add_text (out, "border-color", ph_wireframe_style_get (wireframe, "borderColor"));

  if (has_border)
    g_string_append (out, "border-style:solid;");

  add_text (out, "color", color);
}

static void
add_alignment (GString *out,
               PhJsonValue wireframe,
               const PhWireframeOverride *override)
{
  static const char *const values[][2] = { { "top", "flex-start" },
                                           { "left", "flex-start" },
                                           { "center", "center" },
                                           { "bottom", "flex-end" },
                                           { "right", "flex-end" } };
  const char *given[] = { ph_wireframe_style_get (wireframe, "verticalAlign"),
                          ph_wireframe_style_get (wireframe, "horizontalAlign") };
  static const char *const properties[] = { "align-items", "justify-content" };
  gboolean has_some = FALSE;

  if (override != NULL && override->vertical_align != NULL)
    given[0] = override->vertical_align;

  if (override != NULL && override->horizontal_align != NULL)
    given[1] = override->horizontal_align;

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    for (guint k = 0; given[i] != NULL && k < G_N_ELEMENTS (values); k++)
      if (strcmp (values[k][0], given[i]) == 0)
        has_some = add_text (out, properties[i], values[k][1]);

  if (has_some)
    g_string_append (out, "display:flex;");
}

void
ph_wireframe_style_plain (GString *out,
                          PhJsonValue wireframe,
                          const PhWireframeOverride *override)
{
  static const char *const paddings[][2] = { { "paddingTop", "padding-top" },
                                             { "paddingRight", "padding-right" },
                                             { "paddingBottom", "padding-bottom" },
                                             { "paddingLeft", "padding-left" } };
  double number;

  ph_wireframe_style_place (out, wireframe, override != NULL && override->at_bottom);
  add_alignment (out, wireframe, override);
  add_length (out, "font-size", style_member (wireframe, "fontSize"));
  add_text (out, "font-family", ph_wireframe_style_get (wireframe, "fontFamily"));

  /* PostHog leaves them out; the size given has them in it. */
  for (guint i = 0; i < G_N_ELEMENTS (paddings); i++)
    if (read_length (style_member (wireframe, paddings[i][0]), &number) && number > 0)
      add_number (out, paddings[i][1], number);

  g_string_append (out, "box-sizing:border-box;");
}

void
ph_wireframe_style_all (GString *out,
                        PhJsonValue wireframe,
                        const PhWireframeOverride *override)
{
  g_return_if_fail (out != NULL);

  ph_wireframe_style_colors (out, wireframe, override);
  ph_wireframe_style_plain (out, wireframe, override);
}

gboolean
ph_wireframe_is_light (const char *color)
{
  guint parts[3] = { 0 };
  gsize length = color != NULL && *color == '#' ? strlen (color) - 1 : 0;

  if (length != 3 && length != 4 && length != 6 && length != 8)
    return color == NULL || strcmp (color, "black") != 0;

  for (guint i = 0; i < length; i++)
    if (!g_ascii_isxdigit (color[1 + i]))
      return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      guint first = (guint) g_ascii_xdigit_value (length < 6 ? color[1 + i] : color[1 + 2 * i]);
      guint second = (guint) g_ascii_xdigit_value (length < 6 ? color[1 + i] : color[2 + 2 * i]);

      parts[i] = first * 16 + second;
    }

  /* YIQ, as PostHog weighs it. */
  return parts[0] * 299 + parts[1] * 587 + parts[2] * 114 >= 128000;
}
