/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-css-rules.h"

#include "ph-css-scan.h"
#include "ph-declarations.h"
#include "ph-limits.h"

#include <string.h>

/* Brackets inside brackets; what has more of them is no rule. */
#define MAX_OPEN 256

/* ---- from one end of a rule to the other ---- */

/* The brackets that are open: what would close each. */
typedef struct
{
  guint n;
  char closers[MAX_OPEN];
  gboolean is_too_deep;
} Brackets;

static void
open_bracket (Brackets *brackets,
              char closer)
{
  if (brackets->n < MAX_OPEN)
    brackets->closers[brackets->n++] = closer;
  else
    brackets->is_too_deep = TRUE;
}

/* FALSE at a closer that closes nothing: it is no bracket, as CSS Syntax §5.4.8 has it. */
static gboolean
follow_brackets (Brackets *brackets,
                 const PhCssToken *token)
{
  char c = token->kind == PH_CSS_OTHER ? *token->begin : '\0';

  if (token->kind == PH_CSS_FUNCTION || c == '(')
    open_bracket (brackets, ')');
  else if (c == '[')
    open_bracket (brackets, ']');
  else if (c == '{')
    open_bracket (brackets, '}');
  else if (brackets->n > 0 && c != '\0' && c == brackets->closers[brackets->n - 1])
    brackets->n--;
  else
    return c == '\0' || strchr (")]}", c) == NULL;

  return TRUE;
}

typedef enum
{
  DECLARATIONS, /* `a: b; c: d;` */
  STATEMENT,    /* `@import …;` */
  BLOCK,        /* a rule with a block */
} PieceKind;

/* A part of a sheet or of a block's content. */
typedef struct
{
  PieceKind kind;
  const char *begin;
  const char *end;
  const char *block; /* behind its `{`; NULL without one */
  gboolean is_closed;
  gboolean is_nested; /* it stands in a style rule, near or far */
  gboolean is_odd;    /* a browser drops it */
} Piece;

static gboolean
is_blank (const PhCssToken *token)
{
  return token->kind == PH_CSS_SPACE || token->kind == PH_CSS_COMMENT;
}

/* Whether `--name:` begins here: a declaration, though it may have a block in it. */
static gboolean
is_custom_property (const PhCssToken *first)
{
  PhCssToken token = ph_css_scan (first->end);

  if (first->kind != PH_CSS_IDENT || first->begin[0] != '-' || first->begin[1] != '-')
    return FALSE;

  while (is_blank (&token))
    token = ph_css_scan (token.end);

  return ph_css_token_is (&token, ':');
}

/* Follows one token of a piece; FALSE when the piece ends with it. */
static gboolean
follow_piece (Piece *piece,
              Brackets *brackets,
              const PhCssToken *token,
              gboolean has_rules)
{
  if (brackets->n == 0 && ph_css_token_is (token, ';'))
    {
      /* Only among declarations, and behind an at-rule, does it end anything. */
      if (piece->kind == STATEMENT || piece->is_nested)
        return FALSE;

      piece->is_odd = TRUE;
    }

  if (brackets->n == 0 && ph_css_token_is (token, '{') && has_rules)
    {
      piece->kind = BLOCK;
      piece->block = token->end;
    }

  if (!follow_brackets (brackets, token) && brackets->n == 0)
    piece->is_odd = TRUE;

  return piece->block == NULL || brackets->n > 0;
}

/* The rule, statement or declaration that begins with @first. */
static Piece
read_piece (const PhCssToken *first,
            const char *end,
            gboolean is_nested)
{
  gboolean has_rules = !is_nested || !is_custom_property (first);
  Piece piece = { first->kind == PH_CSS_AT_KEYWORD ? STATEMENT : DECLARATIONS, first->begin, end };
  Brackets brackets = { 0 };

  piece.is_nested = is_nested;

  for (PhCssToken token = *first; token.kind != PH_CSS_END && token.begin < end;
       token = ph_css_scan (token.end))
    if (!follow_piece (&piece, &brackets, &token, has_rules))
      {
        piece.end = token.end;
        piece.is_closed = TRUE;
        break;
      }

  piece.is_odd |= brackets.is_too_deep;

  return piece;
}

/* Where the next piece may begin; NULL when one begins at @token. */
static const char *
skip_between (const PhCssToken *token,
              gboolean is_nested)
{
  if (is_blank (token) || (is_nested && ph_css_token_is (token, ';')))
    return token->end;

  /* Comments of HTML, in sheets of old pages. */
  if (strncmp (token->begin, "<!--", 4) == 0)
    return token->begin + 4;

  return strncmp (token->begin, "-->", 3) == 0 ? token->begin + 3 : NULL;
}

/* The pieces between @at and @end; declarations that follow each other are one. */
static GArray *
read_pieces (const char *at,
             const char *end,
             gboolean is_nested)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));

  while (at < end && pieces->len < PH_LIMIT_RULES)
    {
      PhCssToken token = ph_css_scan (at);
      Piece *last = pieces->len > 0 ? &g_array_index (pieces, Piece, pieces->len - 1) : NULL;
      const char *behind = skip_between (&token, is_nested);
      Piece piece;

      if (token.kind == PH_CSS_END || token.begin >= end)
        break;

      if (behind != NULL)
        {
          at = behind;
          continue;
        }

      piece = read_piece (&token, end, is_nested);
      at = piece.end;

      if (last != NULL && last->kind == DECLARATIONS && piece.kind == DECLARATIONS)
        last->end = piece.end;
      else
        g_array_append_val (pieces, piece);
    }

  return pieces;
}

/* ---- what counts as a rule ---- */

/* The name of an at-rule, "" of others. The caller frees it. */
static char *
dup_at_name (const Piece *piece)
{
  PhCssToken token = ph_css_scan (piece->begin);

  return token.kind == PH_CSS_AT_KEYWORD ? ph_css_token_name (&token) : g_strdup ("");
}

/* Prefixes of names that most browsers refuse. WebKit's are taken by all, for what was written. */
static gboolean
is_foreign (const PhCssToken *token)
{
  static const char *const prefixes[] = { "-moz-", "-ms-", "-o-", "-khtml-" };
  const char *at = token->begin + (token->kind == PH_CSS_AT_KEYWORD ? 1 : 0);

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_ascii_strncasecmp (at, prefixes[i], strlen (prefixes[i])) == 0)
      return TRUE;

  return FALSE;
}

/* In a list that forgives, as that of `:is()`, an odd selector spoils nothing. */
static gboolean
has_foreign_selector (const Piece *piece)
{
  gboolean after_colon = FALSE;
  Brackets brackets = { 0 };

  for (PhCssToken token = ph_css_scan (piece->begin); token.end < piece->block;
       token = ph_css_scan (token.end))
    {
      if (after_colon && brackets.n == 0 &&
          (token.kind == PH_CSS_IDENT || token.kind == PH_CSS_FUNCTION) && is_foreign (&token))
        return TRUE;

      follow_brackets (&brackets, &token);
      after_colon = ph_css_token_is (&token, ':');
    }

  return FALSE;
}

static gboolean
is_rule (const Piece *piece)
{
  static const char *const statements[] = { "import", "namespace", "layer", NULL };
  PhCssToken first = ph_css_scan (piece->begin);
  g_autofree char *name = NULL;

  if (piece->is_odd || piece->kind == DECLARATIONS)
    return FALSE;

  if (first.kind == PH_CSS_AT_KEYWORD)
    {
      name = dup_at_name (piece);

      return piece->kind == STATEMENT ? g_strv_contains (statements, name)
                                      : !is_foreign (&first) && strcmp (name, "charset") != 0;
    }

  return first.begin + 1 < piece->block && !has_foreign_selector (piece);
}

/* Closes what the end of the text cut off. */
static void
close_token (GString *text,
             const PhCssToken *last)
{
  gsize n = 0;

  while (n < text->len && text->str[text->len - 1 - n] == '\\')
    n++;

  /* An escape of nothing would be one of what comes now. */
  if (n % 2 == 1 && last->kind != PH_CSS_COMMENT)
    g_string_truncate (text, text->len - 1);

  if (ph_css_token_is_closed (last))
    return;

  if (last->kind == PH_CSS_COMMENT)
    g_string_append (text, "*/");
  else if (last->kind == PH_CSS_STRING)
    g_string_append_c (text, *last->begin);
  else if (last->kind == PH_CSS_URL)
    g_string_append_c (text, ')');
}

/* Text with all that it leaves open closed, and without white space at its end. */
static GRefString *
close_rule (const Piece *piece)
{
  g_autoptr (GString) text = NULL;
  Brackets brackets = { 0 };
  PhCssToken last = { PH_CSS_END, piece->begin, piece->begin };
  const char *end = piece->end;

  if (piece->is_closed)
    return g_ref_string_new_len (piece->begin, end - piece->begin);

  for (PhCssToken token = ph_css_scan (piece->begin);
       token.kind != PH_CSS_END && token.begin < piece->end; token = ph_css_scan (token.end))
    {
      follow_brackets (&brackets, &token);
      last = token;
    }

  while (end > piece->begin && last.kind == PH_CSS_SPACE && g_ascii_isspace (end[-1]))
    end--;

  text = g_string_new_len (piece->begin, end - piece->begin);
  close_token (text, &last);

  while (brackets.n > 0)
    g_string_append_c (text, brackets.closers[--brackets.n]);

  if (piece->kind == STATEMENT)
    g_string_append_c (text, ';');

  return g_ref_string_new_len (text->str, (gssize) text->len);
}

GPtrArray *
ph_css_split_rules (const char *text)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  g_autoptr (GArray) pieces = read_pieces (text, text + strlen (text), FALSE);

  for (guint i = 0; i < pieces->len; i++)
    if (is_rule (&g_array_index (pieces, Piece, i)))
      g_ptr_array_add (rules, close_rule (&g_array_index (pieces, Piece, i)));

  return rules;
}

char *
ph_css_join_rules (const GPtrArray *rules)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rules->len; i++)
    g_string_append (text, rules->pdata[i]);

  return g_string_free (text, FALSE);
}

/* The one rule that @text is, or NULL. */
static GRefString *
read_rule (const char *text)
{
  g_autoptr (GArray) pieces = read_pieces (text, text + strlen (text), FALSE);

  if (pieces->len != 1 || !is_rule (&g_array_index (pieces, Piece, 0)))
    return NULL;

  return close_rule (&g_array_index (pieces, Piece, 0));
}

/* ---- rules in rules ---- */

/* Whether the block of an at-rule holds declarations and no rules. */
static gboolean
holds_declarations_only (const Piece *piece)
{
  static const char *const names[] = { "font-face", "property", "counter-style",
                                       "font-palette-values", "position-try", "view-transition",
                                       "color-profile", "viewport", NULL };
  g_autofree char *name = dup_at_name (piece);

  return g_strv_contains (names, name);
}

/* Where the content of a rule's block ends. */
static const char *
content_end (const Piece *piece)
{
  return piece->is_closed ? piece->end - 1 : piece->end;
}

static gboolean
is_page (const Piece *piece)
{
  return g_ascii_strncasecmp (piece->begin, "@page", 5) == 0;
}

/* Whether declarations can stand in the block of @piece. */
static gboolean
has_nested (const Piece *piece)
{
  return piece->is_nested || *piece->begin != '@' || is_page (piece) ||
         holds_declarations_only (piece);
}

/*
 * The rules in @piece's block, as cssRules has them: of a style rule, the
 * declarations it begins with are its own and no rule. NULL when it holds none.
 */
static GArray *
read_inner_rules (const Piece *piece)
{
  GArray *pieces;
  GArray *rules;

  if (piece->kind != BLOCK || holds_declarations_only (piece))
    return NULL;

  pieces = read_pieces (piece->block, content_end (piece), has_nested (piece));
  rules = g_array_new (FALSE, FALSE, sizeof (Piece));

  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *inner = &g_array_index (pieces, Piece, i);
      gboolean is_own = i == 0 && (*piece->begin != '@' || is_page (piece));

      if (is_rule (inner) || (inner->kind == DECLARATIONS && inner->is_nested && !is_own))
        g_array_append_val (rules, *inner);
    }

  g_array_unref (pieces);

  return rules;
}

/* Goes down @path from the rule @top; FALSE when it leads nowhere. */
static gboolean
find_inner (const Piece *top,
            const guint *path,
            guint n_path,
            Piece *found)
{
  *found = *top;

  for (guint i = 0; i < n_path; i++)
    {
      g_autoptr (GArray) inner = read_inner_rules (found);

      if (inner == NULL || path[i] >= inner->len)
        return FALSE;

      *found = g_array_index (inner, Piece, path[i]);
    }

  return TRUE;
}

static gboolean
read_top (const GPtrArray *rules,
          guint at,
          Piece *top)
{
  const char *text = at < rules->len ? rules->pdata[at] : NULL;
  PhCssToken first;

  if (text == NULL)
    return FALSE;

  first = ph_css_scan (text);
  *top = read_piece (&first, text + g_ref_string_length (rules->pdata[at]), FALSE);

  return TRUE;
}

/* Puts @text in the place of what is from @begin to @end in the rule at @at. */
static void
splice_text (GPtrArray *rules,
             guint at,
             const char *begin,
             const char *end,
             const char *text)
{
  GRefString *old = rules->pdata[at];
  g_autoptr (GString) joined = g_string_new_len (old, begin - old);

  g_string_append (joined, text);
  g_string_append (joined, end);
  rules->pdata[at] = g_ref_string_new_len (joined->str, (gssize) joined->len);
  g_ref_string_release (old);
}

static gboolean
insert_inner (GPtrArray *rules,
              const guint *path,
              guint n_path,
              const char *text)
{
  g_autoptr (GArray) inner = NULL;
  g_autofree char *spaced = NULL;
  guint at = path[n_path - 1];
  const char *place;
  Piece top;
  Piece owner;

  if (!read_top (rules, path[0], &top) || !find_inner (&top, path + 1, n_path - 2, &owner))
    return FALSE;

  inner = read_inner_rules (&owner);

  if (inner == NULL || at > inner->len || inner->len >= PH_LIMIT_RULES)
    return FALSE;

  place = at < inner->len ? g_array_index (inner, Piece, at).begin : content_end (&owner);
  spaced = g_strdup_printf ("%s%s ", g_ascii_isspace (place[-1]) ? "" : " ", text);
  splice_text (rules, path[0], place, place, spaced);

  return TRUE;
}

gboolean
ph_css_insert_rule (GPtrArray *rules,
                    const guint *path,
                    guint n_path,
                    const char *text)
{
  GRefString *rule;
  gboolean done;

  g_return_val_if_fail (n_path > 0, FALSE);

  if (n_path > PH_LIMIT_RULE_DEPTH || (rule = read_rule (text)) == NULL)
    return FALSE;

  if (n_path > 1)
    {
      done = insert_inner (rules, path, n_path, rule);
      g_ref_string_release (rule);

      return done;
    }

  if (rules->len >= PH_LIMIT_RULES)
    {
      g_ref_string_release (rule);
      return FALSE;
    }

  g_ptr_array_insert (rules, (int) MIN (path[0], rules->len), rule);

  return TRUE;
}

gboolean
ph_css_delete_rule (GPtrArray *rules,
                    const guint *path,
                    guint n_path)
{
  Piece top;
  Piece found;
  const char *end;

  g_return_val_if_fail (n_path > 0, FALSE);

  if (n_path > PH_LIMIT_RULE_DEPTH || path[0] >= rules->len)
    return FALSE;

  if (n_path == 1)
    {
      g_ptr_array_remove_index (rules, path[0]);
      return TRUE;
    }

  if (!read_top (rules, path[0], &top) || !find_inner (&top, path + 1, n_path - 1, &found))
    return FALSE;

  for (end = found.end; g_ascii_isspace (*end);)
    end++;

  splice_text (rules, path[0], found.begin, end, "");

  return TRUE;
}

/* The declarations that are the rule's own: to be replaced from @begin to @end. */
static gboolean
find_declarations (const Piece *rule,
                   const char **begin,
                   const char **end)
{
  g_autoptr (GArray) pieces = NULL;
  const char *stop = rule->kind == BLOCK ? content_end (rule) : rule->end;

  if (rule->kind == STATEMENT || (rule->kind == BLOCK && !has_nested (rule)) ||
      (rule->kind == BLOCK && *rule->begin == '@' && rule->is_nested))
    return FALSE;

  /* Declarations between nested rules are a rule of nothing else. */
  *begin = rule->kind == BLOCK ? rule->block : rule->begin;
  pieces = read_pieces (*begin, stop, TRUE);
  *end = *begin;

  if (pieces->len > 0 && g_array_index (pieces, Piece, 0).kind == DECLARATIONS)
    *end = g_array_index (pieces, Piece, 0).end;

  while (g_ascii_isspace (**end))
    (*end)++;

  return TRUE;
}

gboolean
ph_css_declare (GPtrArray *rules,
                const guint *path,
                guint n_path,
                const char *property,
                const char *value,
                gboolean important)
{
  g_autoptr (PhDeclarations) declarations = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *spaced = NULL;
  const char *begin;
  const char *end;
  Piece top;
  Piece found;

  g_return_val_if_fail (n_path > 0, FALSE);

  if (n_path > PH_LIMIT_RULE_DEPTH || !read_top (rules, path[0], &top) || top.kind != BLOCK ||
      !find_inner (&top, path + 1, n_path - 1, &found) || !find_declarations (&found, &begin, &end))
    return FALSE;

  before = g_strndup (begin, (gsize) (end - begin));
  declarations = ph_declarations_new (before);

  if (!ph_declarations_set (declarations, property, value, important))
    return FALSE;

  after = ph_declarations_write (declarations);
  spaced = g_strdup_printf ("%s%s ", found.kind == BLOCK ? " " : "", after);
  splice_text (rules, path[0], begin, end, spaced);

  return TRUE;
}
