/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas-style.h"

#include "ph-canvas-commands.h"

#include <string.h>

/* The value of a command that sets a property: a text without escapes, or a number. */
static char *
dup_value (const char *command,
           gboolean *is_text)
{
  const char *comma = strchr (command, ',');
  gsize length;

  if (comma == NULL || strchr (comma, '\\') != NULL)
    return NULL;

  length = strlen (comma + 1);
  *is_text = comma[1] == '"';

  if (length < 2 || (*is_text && (length < 4 || comma[length - 1] != '"')))
    return NULL;

  return *is_text ? g_strndup (comma + 2, length - 3) : g_strndup (comma + 1, length - 1);
}

/* ---- colours ---- */

static gboolean
is_hex (const char *value,
        gboolean *solid)
{
  gsize n = strspn (value + 1, "0123456789abcdefABCDEF");

  *solid = n == 3 || n == 6;

  return value[0] == '#' && value[1 + n] == '\0' && (n == 3 || n == 4 || n == 6 || n == 8);
}

/* `rgb(1, 2, 3)`, `rgba(1,2,3,.5)`: the form with commas, in plain numbers. */
static gboolean
is_rgb (const char *value,
        gboolean *solid)
{
  gboolean has_alpha = g_str_has_prefix (value, "rgba(");
  const char *at = value + (has_alpha ? 5 : 4);
  guint n = 0;
  double number = 0;

  if (!has_alpha && !g_str_has_prefix (value, "rgb("))
    return FALSE;

  do
    {
      char *end;

      at += strspn (at, " ");

      if (!g_ascii_isdigit (*at) && *at != '.')
        return FALSE;

      number = g_ascii_strtod (at, &end);

      if (end == at || end - at > 16 || (gsize) (end - at) != strspn (at, "0123456789."))
        return FALSE;

      at = end + strspn (end, " ");
      n++;
    }
  while (*at++ == ',');

  *solid = n == 3 || number >= 1;

  return at[-1] == ')' && *at == '\0' && (n == 3 || n == 4);
}

static gboolean
is_named (const char *value,
          gboolean *solid)
{
  static const char *const names[] = {
    "aqua", "beige", "black", "blue", "brown", "coral", "crimson", "cyan", "darkblue", "darkgray",
    "darkgreen", "darkgrey", "darkred", "fuchsia", "gold", "gray", "green", "grey", "indigo",
    "ivory", "khaki", "lavender", "lightblue", "lightgray", "lightgreen", "lightgrey", "lime",
    "magenta", "maroon", "navy", "olive", "orange", "orchid", "pink", "plum", "purple", "red",
    "salmon", "silver", "skyblue", "snow", "steelblue", "tan", "teal", "tomato", "turquoise",
    "violet", "wheat", "white", "whitesmoke", "yellow", NULL
  };

  *solid = g_strv_contains (names, value);

  return *solid || strcmp (value, "transparent") == 0;
}

static gboolean
is_colour (const char *value,
           gboolean *solid)
{
  return is_hex (value, solid) || is_rgb (value, solid) || is_named (value, solid);
}

gboolean
ph_canvas_style_is_solid (const char *command)
{
  g_autofree char *value = NULL;
  gboolean is_text = FALSE;
  gboolean solid = FALSE;

  /* Several commands in a row: which of them counts is not certain. */
  if (command != NULL && strchr (command, '\n') != NULL)
    return FALSE;

  value = command != NULL ? dup_value (command, &is_text) : NULL;

  return command == NULL ||
         (value != NULL && is_text && is_colour (value, &solid) && solid);
}

/* ---- the other properties ---- */

/* `italic bold 12px "Open Sans", sans-serif`: words, a size, names of fonts. */
static gboolean
is_font (const char *value)
{
  static const char *const words[] = { "normal", "italic", "bold", "100", "200", "300", "400",
                                       "500", "600", "700", "800", "900", NULL };
  g_auto (GStrv) parts = g_strsplit (value, " ", 4);
  const char *family;
  gsize digits;
  guint n = 0;

  while (n < 2 && parts[n] != NULL && g_strv_contains (words, parts[n]))
    n++;

  /* The same word twice would be a fault. */
  if (parts[n] == NULL || parts[n + 1] == NULL || (n == 2 && strcmp (parts[0], parts[1]) == 0) ||
      (n == 2 && g_ascii_isdigit (parts[0][0]) && parts[1][0] != 'n' && parts[1][0] != 'i') ||
      (n == 2 && parts[0][0] == 'b' && parts[1][0] != 'n' && parts[1][0] != 'i'))
    return FALSE;

  digits = strspn (parts[n], "0123456789.");

  if (digits == 0 || !g_ascii_isdigit (parts[n][0]) || !g_ascii_isdigit (parts[n][digits - 1]) ||
      strcmp (parts[n] + digits, "px") != 0 ||
      (strchr (parts[n], '.') != NULL && strchr (parts[n], '.') != strrchr (parts[n], '.')))
    return FALSE;

  family = strstr (value, parts[n]) + strlen (parts[n]) + 1;

  /* Names of letters, with one comma between each two of them. */
  return g_ascii_isalpha (family[0]) &&
         strspn (family, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-, ") ==
           strlen (family) &&
         strstr (family, ",,") == NULL && strstr (family, ", ,") == NULL &&
         strstr (family, " ,") == NULL && strstr (family, "--") == NULL &&
         strstr (family, ",-") == NULL && !g_str_has_suffix (family, ",") &&
         !g_str_has_suffix (family, ", ");
}

static gboolean
is_word (const char *property,
         const char *value)
{
  static const struct
  {
    const char *property;
    const char *words; /* with a space around each */
  } rows[] = {
    { "globalCompositeOperation", " source-over copy lighter multiply screen destination-over "
                                  "source-in source-out source-atop destination-in "
                                  "destination-out destination-atop xor " },
    { "imageSmoothingQuality", " low medium high " },
    { "lineCap", " butt round square " },
    { "lineJoin", " bevel miter round " },
    { "textAlign", " start end left right center " },
    { "textBaseline", " top hanging middle alphabetic ideographic bottom " },
    { "direction", " ltr rtl inherit " },
  };
  g_autofree char *wanted = g_strdup_printf (" %s ", value);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].property, property) == 0)
      return strchr (value, ' ') == NULL && strstr (rows[i].words, wanted) != NULL;

  return FALSE;
}

static gboolean
is_number (const char *property,
           double value)
{
  static const char *const any[] = { "lineDashOffset", "shadowOffsetX", "shadowOffsetY", NULL };
  static const char *const positive[] = { "lineWidth", "miterLimit", NULL };

  return g_strv_contains (any, property) || (g_strv_contains (positive, property) && value > 0) ||
         (strcmp (property, "globalAlpha") == 0 && value >= 0 && value <= 1) ||
         (strcmp (property, "shadowBlur") == 0 && value >= 0);
}

gboolean
ph_canvas_style_is_valid (guint property,
                          const char *command)
{
  const char *name = ph_canvas_property_name (property);
  g_autofree char *value = NULL;
  gboolean is_text = FALSE;
  gboolean solid;

  /* Checked when it was read. */
  if (g_str_has_prefix (command, "[\"setLineDash\""))
    return strchr (command, '-') == NULL;

  value = dup_value (command, &is_text);

  if (value == NULL)
    return FALSE;

  if (strcmp (name, "fillStyle") == 0 || strcmp (name, "strokeStyle") == 0 ||
      strcmp (name, "shadowColor") == 0)
    return is_text && is_colour (value, &solid);

  if (strcmp (name, "font") == 0)
    return is_text && is_font (value);

  if (strcmp (name, "imageSmoothingEnabled") == 0)
    return TRUE;

  return is_text ? is_word (name, value) : is_number (name, g_ascii_strtod (value, NULL));
}
