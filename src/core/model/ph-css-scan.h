/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Tokens of style text, as CSS Syntax Level 3 §4 cuts them, but only as many
 * kinds as ph-css.c needs. A token is a piece of the text; escapes are decoded
 * on demand. The scanner never fails and never reads past the end.
 */
typedef enum
{
  PH_CSS_END,
  PH_CSS_SPACE,      /* white space */
  PH_CSS_COMMENT,    /* also one that is never closed */
  PH_CSS_STRING,     /* with its quotes */
  PH_CSS_IDENT,      /* name, number or hash: whatever a name can contain */
  PH_CSS_FUNCTION,   /* name with its opening parenthesis */
  PH_CSS_URL,        /* url( without quotes, to its closing parenthesis */
  PH_CSS_AT_KEYWORD, /* with the @ */
  PH_CSS_OTHER,      /* one character */
} PhCssKind;

typedef struct
{
  PhCssKind kind;
  const char *begin;
  const char *end;
} PhCssToken;

PhCssToken ph_css_scan (const char *at);

/* The name of an ident, function or at-keyword, without escapes, in lower case. */
char *ph_css_token_name (const PhCssToken *token);
/* Whether that is its name, given in lower case. */
gboolean ph_css_token_is_named (const PhCssToken *token,
                                const char *name);
/* What a string or an unquoted url holds, without quotes and escapes. */
char *ph_css_token_value (const PhCssToken *token);
gboolean ph_css_token_is (const PhCssToken *token,
                          char character);

/* FALSE for a string, comment or url that the end of the text or line cut off. */
gboolean ph_css_token_is_closed (const PhCssToken *token);

/*
 * Whether the text can be the value of a declaration and nothing but that: it
 * has something in it, its brackets and strings are closed, and nothing outside
 * of them ends it.
 */
gboolean ph_css_is_value (const char *text);
/* Whether the text is one name, as that of a property. */
gboolean ph_css_is_name (const char *text);

G_END_DECLS
