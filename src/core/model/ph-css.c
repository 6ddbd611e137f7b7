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

/* What the tokens stand in that are no declarations. */
typedef enum
{
  STATEMENT, /* a declaration or selectors: what ends it tells */
  SCOPE,     /* behind @scope: selectors */
  MEDIA,     /* behind @media and its like: conditions about the device */
  NAMESPACE, /* behind @namespace */
  AT_RULE,   /* behind any other at-keyword */
} Prelude;

typedef struct
{
  GString *out;
  const char *text;
  const char *copied; /* everything before it is in @out */
  guint depth;
  gboolean takes_strings[MAX_OPEN]; /* by open bracket: strings in it are addresses */
  gboolean was_pseudo[MAX_OPEN];    /* by open bracket: @is_pseudo before it */
  gboolean is_pseudo;               /* the selector names a pseudo-element by now */
  gboolean is_in_brackets;          /* nothing but white space stands behind a `(` of its own */
  Prelude prelude;
  const char *statement_end; /* where the statement at hand ends; NULL when nobody has looked */
  gboolean has_block;        /* it ends with a `{` */
  PhCssResolve resolve;      /* or NULL */
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

/* The names of namespaces are addresses that nobody loads. */
static gboolean
is_namespace (const Filter *filter,
              const char *url)
{
  static const char *const names[] = {
    "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg",
    "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/1999/xlink", NULL
  };

  return filter->prelude == NAMESPACE && g_strv_contains (names, url);
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

  if (ph_css_url_is_inline (url) || is_namespace (filter, url))
    return;

  address = resolve (filter, url);
  text = address != NULL ? g_strconcat (before, "\"", address, "\"", after, NULL)
                         : g_strconcat (before, NOTHING, after, NULL);
  replace (filter, token, text);
}

static gboolean
is_one_of (const PhCssToken *token,
           const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (ph_css_token_is_named (token, names[i]))
      return TRUE;

  return FALSE;
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
    {
      filter->takes_strings[filter->depth] = takes_strings;
      filter->was_pseudo[filter->depth] = filter->is_pseudo;
    }

  filter->depth++;
  filter->is_pseudo = FALSE;
}

static void
close_bracket (Filter *filter)
{
  if (filter->depth > 0 && --filter->depth < MAX_OPEN)
    filter->is_pseudo = filter->was_pseudo[filter->depth];
}

static void
filter_function (Filter *filter,
                 const PhCssToken *token)
{
  static const char *const addresses[] = { "url", "src", "image", "image-set", "-webkit-image-set",
                                           "cross-fade", "-webkit-cross-fade", "-webkit-image",
                                           NULL };
  static const char *const substitutions[] = { "var", "env", "attr", "if", NULL };

  /* What a variable holds is not known here, so it may not become an address. */
  if (in_address (filter) && is_one_of (token, substitutions))
    replace (filter, token, "ph-no-var(");

  open_bracket (filter, is_one_of (token, addresses) ||
                          (in_address (filter) && !ph_css_token_is_named (token, "type")));
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
  filter->prelude = STATEMENT;

  return statement.end;
}

/* ---- what only a person's pointer and keyboard would do ---- */

/*
 * Whether the statement that @at is in ends with a block: then it began with
 * selectors. What is found counts up to there, so that no text is gone over twice.
 */
static gboolean
is_in_selector (Filter *filter,
                const char *at)
{
  PhCssToken token;

  if (filter->prelude == SCOPE)
    return TRUE;

  if (filter->prelude != STATEMENT)
    return FALSE;

  if (filter->statement_end == NULL || at >= filter->statement_end)
    {
      for (token = ph_css_scan (at); token.kind != PH_CSS_END; token = ph_css_scan (token.end))
        if (token.kind == PH_CSS_OTHER && strchr ("{};", *token.begin) != NULL)
          break;

      filter->statement_end = token.begin;
      filter->has_block = ph_css_token_is (&token, '{');
    }

  return filter->has_block;
}

/*
 * What is selected is a highlight of the stage's own, so the page's word on how it
 * looks is to reach that. @second is the colon after @colon. Gives where to go on.
 */
static const char *
filter_selection (Filter *filter,
                  const PhCssToken *colon,
                  const PhCssToken *second)
{
  PhCssToken name = ph_css_scan (second->end);
  PhCssToken whole = { PH_CSS_OTHER, colon->begin, name.end };

  if (name.kind != PH_CSS_IDENT || !ph_css_token_is_named (&name, "selection") ||
      !is_in_selector (filter, colon->begin))
    return second->end;

  replace (filter, &whole, "::highlight(ph-selection)");

  return whole.end;
}

/*
 * A pseudo-class of the person's pointer or keyboard, of which the stage's page
 * has none, becomes an attribute that the stage alone sets; behind a
 * pseudo-element no attribute can stand. Gives where to go on.
 */
static const char *
filter_colon (Filter *filter,
              const PhCssToken *colon)
{
  static const char *const states[][2] = {
    { "hover", "[ph-hover]" },
    { "active", "[ph-active]" },
    { "focus", "[ph-focus]" },
    { "focus-within", "[ph-focus-within]" },
    { "focus-visible", "[ph-focus-visible]" },
    { "defined", ":not([ph-undefined])" },
  };
  static const char *const elements[] = { "before", "after", "first-line", "first-letter", NULL };
  PhCssToken name;
  PhCssToken whole;

  /* The colons of declarations are by far the most. */
  if (*colon->end == '\0' || strchr (":\\hHfFaAdDbB", *colon->end) == NULL)
    return colon->end;

  name = ph_css_scan (colon->end);
  whole = (PhCssToken) { PH_CSS_OTHER, colon->begin, name.end };

  if (ph_css_token_is (&name, ':'))
    {
      filter->is_pseudo = TRUE;
      return filter_selection (filter, colon, &name);
    }

  if (name.kind != PH_CSS_IDENT)
    return colon->end;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (ph_css_token_is_named (&name, states[i][0]))
      {
        if (filter->is_pseudo || !is_in_selector (filter, colon->begin))
          return name.end;

        replace (filter, &whole, states[i][1]);

        return whole.end;
      }

  if (is_one_of (&name, elements))
    {
      filter->is_pseudo = TRUE;
      return name.end;
    }

  return colon->end;
}

static const char *
filter_other (Filter *filter,
              const PhCssToken *token)
{
  switch (*token->begin)
    {
    case '{':
    case '}':
    case ';':
      filter->prelude = STATEMENT;
      break;
    default:
      break;
    }

  switch (*token->begin)
    {
    case ':':
      return filter_colon (filter, token);
    case '(':
    case '[':
    case '{':
      open_bracket (filter, *token->begin == '(' && in_address (filter));
      filter->is_in_brackets = *token->begin == '(';
      break;
    case ')':
    case ']':
      close_bracket (filter);
      break;
    case '}':
      close_bracket (filter);
      filter->is_pseudo = FALSE;
      break;
    case ';':
    case ',':
    case '>':
    case '+':
    case '~':
      filter->is_pseudo = FALSE;
      break;
    default:
      break;
    }

  return token->end;
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

/* A media feature that asks for what the viewer's machine is like is answered here. */
static const char *
answer_feature (Filter *filter,
                const PhCssToken *name,
                const char *answer,
                gboolean holds)
{
  PhCssToken whole = *name;
  PhCssToken value = scan_on (name->end);

  if (ph_css_token_is (&value, ':'))
    {
      value = scan_on (value.end);
      holds = value.kind == PH_CSS_IDENT && ph_css_token_is_named (&value, answer);
      whole.end = value.kind == PH_CSS_IDENT ? value.end : value.begin;
    }

  replace (filter, &whole, holds ? "min-width:0" : "max-width:0");

  return whole.end;
}

/* What is asked of the screen is answered by the window, as rrweb's player has it. */
static gboolean
filter_device (Filter *filter,
               const PhCssToken *token)
{
  static const char *const names[] = { "device-width", "device-height", "min-device-width",
                                       "max-device-width", "min-device-height",
                                       "max-device-height", NULL };
  PhCssToken device = *token;

  if ((filter->prelude != MEDIA && !filter->is_in_brackets) || !is_one_of (token, names))
    return FALSE;

  /* An escaped name is nobody's; it is left to the one who wrote it. */
  device.begin = g_strstr_len (token->begin, token->end - token->begin, "device-");
  device.end = device.begin + strlen ("device-");

  if (device.begin != NULL)
    replace (filter, &device, "");

  return TRUE;
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

/*
 * What each was for whoever was recorded is not known: the answers are those of
 * most people at a desk, with a mouse, in a browser.
 */
static const char *
filter_ident (Filter *filter,
              const PhCssToken *token)
{
  static const struct
  {
    const char *feature;
    const char *answer;
    gboolean holds; /* asked without a value */
  } features[] = {
    { "hover", "hover", TRUE },
    { "pointer", "fine", TRUE },
    { "any-hover", "hover", TRUE },
    { "any-pointer", "fine", TRUE },
    { "scripting", "enabled", TRUE },
    { "display-mode", "browser", TRUE },
    { "prefers-color-scheme", "light", TRUE },
    { "prefers-reduced-motion", "no-preference", FALSE },
    { "prefers-contrast", "no-preference", FALSE },
    { "prefers-reduced-transparency", "no-preference", FALSE },
    { "prefers-reduced-data", "no-preference", FALSE },
    { "inverted-colors", "none", FALSE },
    { "forced-colors", "none", FALSE },
  };

  gboolean is_media = filter->prelude == MEDIA || filter->is_in_brackets;

  /* Where nothing is asked, only this name is of interest. */
  if (!is_media && !ph_css_token_is_named (token, "color-scheme"))
    return token->end;

  if (!is_media)
    return follows_one_of (filter, token, "{};/") ? settle_scheme (filter, token) : token->end;

  if (filter_device (filter, token) || !filter->is_in_brackets ||
      (filter->prelude != MEDIA && filter->prelude != STATEMENT))
    return token->end;

  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    if (ph_css_token_is_named (token, features[i].feature))
      return answer_feature (filter, token, features[i].answer, features[i].holds);

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

  if (named.kind == PH_CSS_FUNCTION && ph_css_token_is_named (&named, "url"))
    named = scan_on (named.end);

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

static const char *
filter_at_keyword (Filter *filter,
                   const PhCssToken *token)
{
  static const char *const media[] = { "media", "custom-media", NULL };

  filter->prelude = AT_RULE;

  if (ph_css_token_is_named (token, "import"))
    {
      filter->prelude = MEDIA;
      return filter_import (filter, token);
    }

  if (is_one_of (token, media))
    filter->prelude = MEDIA;
  else if (ph_css_token_is_named (token, "scope"))
    filter->prelude = SCOPE;
  else if (ph_css_token_is_named (token, "namespace"))
    filter->prelude = NAMESPACE;

  return token->end;
}

/* Filters one token; gives where to go on. */
static const char *
filter_token (Filter *filter,
              const PhCssToken *token)
{
  const char *next = token->end;

  switch (token->kind)
    {
    case PH_CSS_SPACE:
      filter->is_pseudo = FALSE;
      return next;
    case PH_CSS_COMMENT:
      return next;
    case PH_CSS_OTHER:
      filter->is_in_brackets = FALSE;
      return filter_other (filter, token);
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
      next = filter_at_keyword (filter, token);
      break;
    case PH_CSS_IDENT:
      next = filter_ident (filter, token);
      break;
    case PH_CSS_END:
      break;
    }

  filter->is_in_brackets = FALSE;

  return next;
}

/* ---- whether there is anything to do ---- */

static gboolean
begins_with_one_of (const char *at,
                    const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if ((*at | 0x20) == *words[i] && g_ascii_strncasecmp (at, words[i], strlen (words[i])) == 0)
      return TRUE;

  return FALSE;
}

/* Whether the name before the bracket at @at is that of a function with an address. */
static gboolean
ends_address_function (const char *text,
                       const char *at)
{
  static const char *const names[] = { "url", "src", "image", "image-set", "cross-fade", NULL };

  /* What they end with. */
  if (at == text || strchr ("lLcCeEtT", at[-1]) == NULL)
    return FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      gssize n = (gssize) strlen (names[i]);

      if (at - text >= n && g_ascii_strncasecmp (at - n, names[i], (gsize) n) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What the character at @at may be the beginning of. */
static gboolean
may_matter (const char *text,
            const char *at)
{
  static const char *const states[] = { "hover", "focus", "active", "defined", ":selection",
                                        NULL };
  static const char *const features[] = { "prefers-", "hover", "pointer", "any-", "scripting",
                                          "display-mode", "inverted-", "forced-", NULL };

  switch (*at)
    {
    case '\\':
      return TRUE;
    case '@':
      return g_ascii_strncasecmp (at, "@import", 7) == 0;
    case ':':
      return begins_with_one_of (at + 1, states);
    case '(':
      if (ends_address_function (text, at))
        return TRUE;

      while (g_ascii_isspace (*++at))
        ;

      return *at == '/' || begins_with_one_of (at, features);
    case 'c':
    case 'C':
      return g_ascii_strncasecmp (at, "color-scheme", 12) == 0;
    case 'd':
    case 'D':
      return g_ascii_strncasecmp (at, "device-", 7) == 0;
    default:
      return FALSE;
    }
}

/* Most texts have nothing to load or to settle; a search for it is far cheaper than a scan. */
static gboolean
needs_filter (const char *text)
{
  /* By character; these two letters come up so often that the next one is looked at too. */
  static const char looks[256] = {
    ['\\'] = 1,
    ['@'] = 1,
    [':'] = 1,
    ['('] = 1,
    ['c'] = 'o',
    ['C'] = 'o',
    ['d'] = 'e',
    ['D'] = 'e',
  };

  for (const char *at = text; *at != '\0'; at++)
    {
      char look = looks[(guchar) *at];

      if (look != 0 && (look == 1 || (at[1] | 0x20) == look) && may_matter (text, at))
        return TRUE;
    }

  return FALSE;
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
