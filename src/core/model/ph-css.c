/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-css.h"

#include "ph-css-scan.h"
#include "ph-limits.h"

#include <string.h>

/* Brackets inside brackets that are told apart; deeper ones only count. */
#define MAX_OPEN 256

/* What an address that may not stay is replaced by: valid, and holds nothing. */
#define NOTHING "\"data:,\""

/* ---- addresses ---- */

gboolean
ph_css_url_is_inline (const char *url)
{
  static const char *const kinds[] = {
    "image/", "font/", "application/font", "application/x-font", "application/vnd.ms-fontobject",
    "application/octet-stream", "video/", "audio/", ","
  };

  if (url[0] == '\0' || url[0] == '#')
    return TRUE;

  if (g_ascii_strncasecmp (url, "data:", 5) != 0)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strncasecmp (url + 5, kinds[i], strlen (kinds[i])) == 0)
      return TRUE;

  return FALSE;
}

/* ---- filtering ---- */

typedef struct
{
  GString *out;
  const char *text;
  const char *copied; /* everything before it is in @out */
  guint depth;
  gboolean takes_strings[MAX_OPEN]; /* by open bracket: strings in it are addresses */
  PhCssResolve resolve;             /* or NULL */
  gpointer user_data;
} Filter;

static void
replace (Filter *filter,
         const PhCssToken *token,
         const char *text)
{
  g_string_append_len (filter->out, filter->copied, token->begin - filter->copied);
  g_string_append (filter->out, text);
  filter->copied = token->end;
}

/* What stands for an address that may not stay as it is, or NULL. */
static char *
resolve (Filter *filter,
         const char *url)
{
  return filter->resolve != NULL ? filter->resolve (url, filter->user_data) : NULL;
}

/* An address, unless it may stay; @before and @after stand around what it becomes. */
static void
replace_address (Filter *filter,
                 const PhCssToken *token,
                 const char *before,
                 const char *after)
{
  g_autofree char *url = ph_css_token_value (token);
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;

  if (ph_css_url_is_inline (url))
    return;

  address = resolve (filter, url);
  text = address != NULL ? g_strconcat (before, "\"", address, "\"", after, NULL)
                         : g_strconcat (before, NOTHING, after, NULL);
  replace (filter, token, text);
}

static gboolean
is_one_of (const char *name,
           const char *const *names)
{
  return g_strv_contains (names, name);
}

static gboolean
in_address (const Filter *filter)
{
  return filter->depth > 0 && filter->takes_strings[MIN (filter->depth, MAX_OPEN) - 1];
}

static void
open_bracket (Filter *filter,
              gboolean takes_strings)
{
  if (filter->depth < MAX_OPEN)
    filter->takes_strings[filter->depth] = takes_strings;

  filter->depth++;
}

static void
filter_function (Filter *filter,
                 const PhCssToken *token)
{
  static const char *const addresses[] = { "url", "src", "image", "image-set", "-webkit-image-set",
                                           "cross-fade", "-webkit-cross-fade", "-webkit-image",
                                           NULL };
  static const char *const substitutions[] = { "var", "env", "attr", "if", NULL };
  g_autofree char *name = ph_css_token_name (token);

  /* What a variable holds is not known here, so it may not become an address. */
  if (in_address (filter) && is_one_of (name, substitutions))
    replace (filter, token, "ph-no-var(");

  open_bracket (filter, is_one_of (name, addresses) ||
                          (in_address (filter) && strcmp (name, "type") != 0));
}

/* Drops a statement up to its semicolon; gives where to go on. */
static const char *
drop_statement (Filter *filter,
                const PhCssToken *at_keyword)
{
  PhCssToken statement = *at_keyword;
  PhCssToken token;

  for (token = ph_css_scan (at_keyword->end); token.kind != PH_CSS_END;
       token = ph_css_scan (token.end))
    {
      if (ph_css_token_is (&token, '{') || ph_css_token_is (&token, '}'))
        break;

      statement.end = token.end;

      if (ph_css_token_is (&token, ';'))
        break;
    }

  replace (filter, &statement, "");

  return statement.end;
}

static void
filter_other (Filter *filter,
              const PhCssToken *token)
{
  switch (*token->begin)
    {
    case '(':
    case '[':
    case '{':
      open_bracket (filter, *token->begin == '(' && in_address (filter));
      break;
    case ')':
    case ']':
    case '}':
      if (filter->depth > 0)
        filter->depth--;
      break;
    default:
      break;
    }
}

/* ---- what the viewer's desktop would decide ---- */

static PhCssToken
scan_on (const char *at)
{
  PhCssToken token = ph_css_scan (at);

  while (token.kind == PH_CSS_SPACE || token.kind == PH_CSS_COMMENT)
    token = ph_css_scan (token.end);

  return token;
}

static gboolean
follows_one_of (const Filter *filter,
                const PhCssToken *token,
                const char *characters)
{
  const char *at = token->begin;

  while (at > filter->text && g_ascii_isspace (at[-1]))
    at--;

  return at == filter->text || strchr (characters, at[-1]) != NULL;
}

/* A media feature that asks for the person's preference is answered here. */
static const char *
answer_preference (Filter *filter,
                   const PhCssToken *name,
                   const char *preferred)
{
  PhCssToken whole = *name;
  PhCssToken value = scan_on (name->end);
  gboolean holds = strcmp (preferred, "light") == 0;
  g_autofree char *asked = NULL;

  if (ph_css_token_is (&value, ':'))
    {
      value = scan_on (value.end);
      asked = value.kind == PH_CSS_IDENT ? ph_css_token_name (&value) : g_strdup ("");
      holds = strcmp (asked, preferred) == 0;
      whole.end = value.kind == PH_CSS_IDENT ? value.end : value.begin;
    }

  replace (filter, &whole, holds ? "min-width:0" : "max-width:0");

  return whole.end;
}

/* Of `color-scheme: light dark` the desktop would choose: light is what nearly all saw. */
static const char *
settle_scheme (Filter *filter,
               const PhCssToken *name)
{
  PhCssToken dark = { PH_CSS_END };
  PhCssToken token = scan_on (name->end);
  gboolean has_light = FALSE;

  if (!ph_css_token_is (&token, ':'))
    return name->end;

  for (token = scan_on (token.end); token.kind == PH_CSS_IDENT; token = scan_on (token.end))
    {
      g_autofree char *scheme = ph_css_token_name (&token);

      has_light = has_light || strcmp (scheme, "light") == 0;
      if (strcmp (scheme, "dark") == 0)
        dark = token;
    }

  if (!has_light || dark.kind == PH_CSS_END)
    return name->end;

  replace (filter, &dark, "");

  return dark.end;
}

static const char *
filter_ident (Filter *filter,
              const PhCssToken *token)
{
  static const struct
  {
    const char *feature;
    const char *preferred;
  } preferences[] = {
    { "prefers-color-scheme", "light" },
    { "prefers-reduced-motion", "no-preference" },
    { "prefers-contrast", "no-preference" },
  };
  g_autofree char *name = NULL;

  if (token->end - token->begin < (gssize) strlen ("color-scheme"))
    return token->end;

  name = ph_css_token_name (token);

  if (strcmp (name, "color-scheme") == 0 && follows_one_of (filter, token, "{};/"))
    return settle_scheme (filter, token);

  for (guint i = 0; i < G_N_ELEMENTS (preferences); i++)
    if (strcmp (name, preferences[i].feature) == 0 && follows_one_of (filter, token, "("))
      return answer_preference (filter, token, preferences[i].preferred);

  return token->end;
}

/* An @import stays when what it names was given; gives where to go on. */
static const char *
filter_import (Filter *filter,
               const PhCssToken *at_keyword)
{
  PhCssToken named = scan_on (at_keyword->end);
  PhCssToken first = named;
  g_autofree char *url = NULL;
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;

  if (named.kind == PH_CSS_FUNCTION)
    {
      g_autofree char *name = ph_css_token_name (&named);

      named = strcmp (name, "url") == 0 ? scan_on (named.end) : named;
    }

  if (named.kind == PH_CSS_STRING || named.kind == PH_CSS_URL)
    {
      url = ph_css_token_value (&named);
      address = resolve (filter, url);
    }

  if (address == NULL)
    return drop_statement (filter, at_keyword);

  text = g_strconcat ("url(\"", address, "\")", NULL);

  /* The bracket of `url("…")` goes with what is in it. */
  if (first.kind == PH_CSS_FUNCTION)
    {
      PhCssToken closing = scan_on (named.end);

      if (!ph_css_token_is (&closing, ')'))
        return drop_statement (filter, at_keyword);

      named.end = closing.end;
    }

  named.begin = first.begin;
  replace (filter, &named, text);

  return named.end;
}

/* Filters one token; gives where to go on. */
static const char *
filter_token (Filter *filter,
              const PhCssToken *token)
{
  g_autofree char *value = NULL;

  switch (token->kind)
    {
    case PH_CSS_STRING:
      if (in_address (filter))
        replace_address (filter, token, "", "");
      break;
    case PH_CSS_URL:
      replace_address (filter, token, "url(", ")");
      break;
    case PH_CSS_FUNCTION:
      filter_function (filter, token);
      break;
    case PH_CSS_AT_KEYWORD:
      value = ph_css_token_name (token);

      if (strcmp (value, "import") == 0)
        return filter_import (filter, token);
      break;
    case PH_CSS_OTHER:
      filter_other (filter, token);
      break;
    case PH_CSS_IDENT:
      return filter_ident (filter, token);
    case PH_CSS_SPACE:
    case PH_CSS_COMMENT:
    case PH_CSS_END:
      break;
    }

  return token->end;
}

/* Most texts have nothing to load or to settle; a search for it is far cheaper than a scan. */
static gboolean
needs_filter (const char *text)
{
  if (strcasestr (text, "color-scheme") != NULL)
    return TRUE;

  return strpbrk (text, "(@\\") != NULL &&
         (strchr (text, '\\') != NULL || strchr (text, '@') != NULL ||
          strcasestr (text, "url") != NULL || strcasestr (text, "src") != NULL ||
          strcasestr (text, "prefers-") != NULL || strcasestr (text, "image") != NULL ||
          strcasestr (text, "cross-fade") != NULL);
}

char *
ph_css_filter (const char *text)
{
  return ph_css_filter_with (text, NULL, NULL);
}

char *
ph_css_filter_with (const char *text,
                    PhCssResolve resolve_func,
                    gpointer user_data)
{
  Filter filter = {
    .text = text,
    .copied = text,
    .resolve = resolve_func,
    .user_data = user_data,
  };
  PhCssToken token;

  if (!needs_filter (text))
    return NULL;

  filter.out = g_string_new (NULL);

  for (token = ph_css_scan (text); token.kind != PH_CSS_END;)
    token = ph_css_scan (filter_token (&filter, &token));

  if (filter.copied == text)
    {
      g_string_free (filter.out, TRUE);
      return NULL;
    }

  g_string_append (filter.out, filter.copied);

  return g_string_free (filter.out, FALSE);
}
