/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-css.h"

#include "ph-css-scan.h"

#include <string.h>

/* Brackets inside brackets that are told apart; deeper ones only count. */
#define MAX_OPEN 64

typedef struct
{
  PhAssetCssFunc func;
  gpointer user_data;
  guint depth;
  gboolean takes_strings[MAX_OPEN]; /* by open bracket: strings in it are addresses */
  guint font_depth;                 /* of the block of @font-face, 0 outside of one */
  gboolean is_font;                 /* @font-face was read, its block is to come */
  gboolean is_import;               /* the address of @import is to come */
} Reader;

static gboolean
in_address (const Reader *reader)
{
  return reader->depth > 0 && reader->takes_strings[MIN (reader->depth, MAX_OPEN) - 1];
}

static void
open_bracket (Reader *reader,
              gboolean takes_strings)
{
  if (reader->depth < MAX_OPEN)
    reader->takes_strings[reader->depth] = takes_strings;

  reader->depth++;
}

static void
close_bracket (Reader *reader)
{
  if (reader->depth == reader->font_depth)
    reader->font_depth = 0;

  if (reader->depth > 0)
    reader->depth--;
}

static void
tell (Reader *reader,
      const PhCssToken *token)
{
  g_autofree char *url = ph_css_token_value (token);
  PhAssetCssPlace place = PH_ASSET_CSS_IMAGE;

  if (reader->is_import)
    place = PH_ASSET_CSS_SHEET;
  else if (reader->font_depth > 0)
    place = PH_ASSET_CSS_FONT;

  reader->is_import = FALSE;
  reader->func (url, place, reader->user_data);
}

static void
read_function (Reader *reader,
               const PhCssToken *token)
{
  static const char *const addresses[] = { "url", "src", "image", "image-set", "-webkit-image-set",
                                           "cross-fade", "-webkit-cross-fade", "-webkit-image",
                                           NULL };
  g_autofree char *name = ph_css_token_name (token);
  gboolean is_address = g_strv_contains (addresses, name);

  open_bracket (reader, is_address || (in_address (reader) && strcmp (name, "type") != 0));
}

static const char *
skip_statement (const char *at)
{
  PhCssToken token = ph_css_scan (at);

  while (token.kind != PH_CSS_END && !ph_css_token_is (&token, ';') &&
         !ph_css_token_is (&token, '{') && !ph_css_token_is (&token, '}'))
    token = ph_css_scan (token.end);

  return token.kind == PH_CSS_END ? token.end : token.begin;
}

static const char *
read_at_keyword (Reader *reader,
                 const PhCssToken *token)
{
  g_autofree char *name = ph_css_token_name (token);

  if (strcmp (name, "namespace") == 0 || strcmp (name, "charset") == 0)
    return skip_statement (token->end);

  reader->is_import = strcmp (name, "import") == 0;
  reader->is_font = strcmp (name, "font-face") == 0;

  return token->end;
}

static void
read_other (Reader *reader,
            const PhCssToken *token)
{
  switch (*token->begin)
    {
    case '{':
      open_bracket (reader, FALSE);

      if (reader->is_font)
        reader->font_depth = reader->depth;

      reader->is_font = FALSE;
      break;
    case '(':
    case '[':
      open_bracket (reader, *token->begin == '(' && in_address (reader));
      break;
    case ')':
    case ']':
    case '}':
      close_bracket (reader);
      break;
    case ';':
      reader->is_import = FALSE;
      break;
    default:
      break;
    }
}

/* Reads one token; gives where to go on. */
static const char *
read_token (Reader *reader,
            const PhCssToken *token)
{
  switch (token->kind)
    {
    case PH_CSS_URL:
      tell (reader, token);
      break;
    case PH_CSS_STRING:
      if (reader->is_import || in_address (reader))
        tell (reader, token);
      break;
    case PH_CSS_FUNCTION:
      read_function (reader, token);
      break;
    case PH_CSS_AT_KEYWORD:
      return read_at_keyword (reader, token);
    case PH_CSS_OTHER:
      read_other (reader, token);
      break;
    case PH_CSS_IDENT:
    case PH_CSS_SPACE:
    case PH_CSS_COMMENT:
    case PH_CSS_END:
      break;
    }

  return token->end;
}

/* Most texts name nothing; a search for it is far cheaper than a scan. */
static gboolean
may_name_something (const char *text)
{
  if (strpbrk (text, "(@") == NULL)
    return FALSE;

  return strchr (text, '\\') != NULL || strcasestr (text, "url") != NULL ||
         strcasestr (text, "@import") != NULL || strcasestr (text, "src(") != NULL ||
         strcasestr (text, "image") != NULL || strcasestr (text, "cross-fade") != NULL;
}

void
ph_asset_css_each (const char *text,
                   PhAssetCssFunc func,
                   gpointer user_data)
{
  Reader reader = { .func = func, .user_data = user_data };
  PhCssToken token;

  if (!may_name_something (text))
    return;

  for (token = ph_css_scan (text); token.kind != PH_CSS_END;)
    token = ph_css_scan (read_token (&reader, &token));
}
