/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-declarations.h"

#include "ph-css-scan.h"
#include "ph-hash.h"
#include "ph-shorthand.h"

#include <string.h>

typedef struct
{
  char *name;
  char *text;     /* with name and value, without semicolon; NULL once it is gone */
  guint previous; /* index + 1 of the one before it with the same name */
  guint gone;     /* bits, by place: what of a shorthand does not count any more */
} Declaration;

struct _PhDeclarations
{
  GArray *items;      /* Declaration, in their order */
  GHashTable *newest; /* name, owned by items → index + 1 */
  guint n_custom;     /* items before this one are gone, or of custom properties */
};

/* The end of the declaration that starts at @at, without its semicolon. */
static const char *
skip_declaration (const char *at)
{
  guint depth = 0;
  PhCssToken token;

  for (token = ph_css_scan (at); token.kind != PH_CSS_END; token = ph_css_scan (token.end))
    {
      if (token.kind == PH_CSS_FUNCTION || ph_css_token_is (&token, '(') ||
          ph_css_token_is (&token, '[') || ph_css_token_is (&token, '{'))
        depth++;
      else if (depth > 0 && (ph_css_token_is (&token, ')') || ph_css_token_is (&token, ']') ||
                             ph_css_token_is (&token, '}')))
        depth--;
      else if (depth == 0 && ph_css_token_is (&token, ';'))
        return token.begin;
    }

  return token.end;
}

/* What of a declaration is behind comments and white space. */
static const char *
skip_blank (const char *at)
{
  PhCssToken token = ph_css_scan (at);

  while (token.kind == PH_CSS_SPACE || token.kind == PH_CSS_COMMENT)
    token = ph_css_scan (token.end);

  return token.begin;
}

/* The property name of the declaration at @at, in lower case unless it is a custom one. */
static char *
read_name (const char *at,
           const char *end)
{
  const char *begin = MIN (skip_blank (at), end);
  PhCssToken token = ph_css_scan (begin);
  const char *stop = MIN (ph_css_token_is (&token, ':') ? begin : token.end, end);
  char *name;

  /* What does not go on with a colon is no declaration: all of it is its name. */
  if (*skip_blank (stop) != ':')
    stop = end;

  name = g_strstrip (g_strndup (begin, (gsize) (stop - begin)));

  if (!g_str_has_prefix (name, "--"))
    for (char *c = name; *c != '\0'; c++)
      *c = g_ascii_tolower (*c);

  return name;
}

/* Takes @name and @text. */
static void
add (PhDeclarations *declarations,
     char *name,
     char *text)
{
  Declaration item = { name, text, 0, 0 };

  item.previous = GPOINTER_TO_UINT (g_hash_table_lookup (declarations->newest, name));
  g_array_append_val (declarations->items, item);
  g_hash_table_insert (declarations->newest, name, GUINT_TO_POINTER (declarations->items->len));
}

static void
clear_declaration (gpointer data)
{
  g_free (((Declaration *) data)->name);
  g_free (((Declaration *) data)->text);
}

PhDeclarations *
ph_declarations_new (const char *text)
{
  PhDeclarations *declarations = g_new0 (PhDeclarations, 1);
  const char *at = text;

  declarations->items = g_array_new (FALSE, FALSE, sizeof (Declaration));
  g_array_set_clear_func (declarations->items, clear_declaration);
  declarations->newest = g_hash_table_new (ph_hash_text, g_str_equal);

  while (*at != '\0')
    {
      const char *end = skip_declaration (at);
      g_autofree char *item = g_strstrip (g_strndup (at, (gsize) (end - at)));

      if (*item != '\0')
        add (declarations, read_name (at, end), g_steal_pointer (&item));

      at = *end == ';' ? end + 1 : end;
    }

  return declarations;
}

void
ph_declarations_free (PhDeclarations *declarations)
{
  if (declarations == NULL)
    return;

  g_hash_table_unref (declarations->newest);
  g_array_unref (declarations->items);
  g_free (declarations);
}

static void
drop (PhDeclarations *declarations,
      const char *name)
{
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (declarations->newest, name));

  g_hash_table_remove (declarations->newest, name);

  while (at > 0)
    {
      Declaration *item = &g_array_index (declarations->items, Declaration, at - 1);

      g_clear_pointer (&item->text, g_free);
      at = item->previous;
    }
}

static void
drop_part (const char *name,
           gpointer declarations)
{
  drop (declarations, name);
}

/* ---- shorthands ---- */

static gboolean
is_important (const char *text)
{
  const char *mark = strrchr (text, '!');

  return mark != NULL && g_ascii_strncasecmp (skip_blank (mark + 1), "important", 9) == 0;
}

/* What the declaration @text says. The caller frees it. */
static char *
dup_value (const char *text)
{
  const char *colon = strchr (text, ':');
  char *value = g_strdup (colon != NULL ? colon + 1 : "");

  if (is_important (text))
    *strrchr (value, '!') = '\0';

  return g_strstrip (value);
}

static Declaration *
find (PhDeclarations *declarations,
      const char *name)
{
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (declarations->newest, name));

  return at > 0 ? &g_array_index (declarations->items, Declaration, at - 1) : NULL;
}

/* Of several of one name the newest counts; the others go. */
static void
keep_newest (PhDeclarations *declarations,
             Declaration *item)
{
  for (guint at = item->previous; at > 0;)
    {
      Declaration *older = &g_array_index (declarations->items, Declaration, at - 1);

      g_clear_pointer (&older->text, g_free);
      at = older->previous;
    }

  item->previous = 0;
}

/* Makes @item say nothing of @name; FALSE where its value cannot be told apart. */
static gboolean
leave_out (Declaration *item,
           const char *name)
{
  int place = ph_shorthand_place (item->name, name);
  g_autofree char *value = place >= 0 ? dup_value (item->text) : NULL;
  g_autofree char *part = place >= 0 ? ph_shorthand_dup_value (item->name, value, (guint) place)
                                     : NULL;

  if (part == NULL)
    return FALSE;

  item->gone |= 1U << place;

  return TRUE;
}

typedef enum
{
  NOT_SET,
  SET,
  SET_IMPORTANT,
} Cover;

/*
 * Sees to it that no shorthand sets @name, or only no important one; gives how it
 * is still set by one.
 */
static Cover
leave_out_of_all (PhDeclarations *declarations,
                  const char *name,
                  gboolean important_only)
{
  const char *shorthand = "all";
  Cover cover = NOT_SET;

  if (g_str_has_prefix (name, "--"))
    return NOT_SET;

  for (guint i = 0; shorthand != NULL; shorthand = ph_shorthand_of (name, i++))
    {
      Declaration *item = find (declarations, shorthand);
      Cover by = item == NULL ? NOT_SET : is_important (item->text) ? SET_IMPORTANT
                                                                    : SET;

      /* One that was taken apart is written as its parts: these give way as others do. */
      if (by == NOT_SET || (important_only && by == SET && item->gone == 0))
        continue;

      keep_newest (declarations, item);

      if (!leave_out (item, name))
        cover = MAX (cover, by);
    }

  return cover;
}

static void
drop_all (PhDeclarations *declarations)
{
  for (guint i = declarations->n_custom; i < declarations->items->len; i++)
    {
      const char *name = g_array_index (declarations->items, Declaration, i).name;

      if (!g_str_has_prefix (name, "--"))
        drop (declarations, name);
    }

  declarations->n_custom = declarations->items->len;
}

gboolean
ph_declarations_set (PhDeclarations *declarations,
                     const char *property,
                     const char *value,
                     gboolean important)
{
  g_autofree char *name = read_name (property, property + strlen (property));
  gboolean is_set = value != NULL && *value != '\0';
  Cover cover;

  if (!ph_css_is_name (property) || (is_set && !ph_css_is_value (value)))
    return FALSE;

  if (strcmp (name, "all") == 0)
    drop_all (declarations);

  drop (declarations, name);
  ph_shorthand_foreach (name, drop_part, declarations);
  cover = strcmp (name, "all") != 0 ? leave_out_of_all (declarations, name, is_set) : NOT_SET;

  if (!is_set && cover == NOT_SET)
    return TRUE;

  if (!is_set)
    value = "revert-layer";

  important = (important && is_set) || cover == SET_IMPORTANT;
  add (declarations, g_strdup (name),
       g_strdup_printf ("%s: %s%s", name, value, important ? " !important" : ""));

  return TRUE;
}

/* ---- writing ---- */

static void
write_text (GString *out,
            const char *text)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');

  g_string_append (out, text);
  g_string_append_c (out, ';');
}

/* Of a shorthand, what is left of it. */
static void
write_parts (GString *out,
             const Declaration *item)
{
  g_autofree char *value = dup_value (item->text);
  char *name;

  for (guint place = 0; (name = ph_shorthand_dup_name (item->name, place)) != NULL; place++)
    {
      g_autofree char *part = ph_shorthand_dup_value (item->name, value, place);
      g_autofree char *text = g_strdup_printf ("%s: %s%s", name, part != NULL ? part : "",
                                               is_important (item->text) ? " !important" : "");

      if ((item->gone & 1U << place) == 0)
        write_text (out, text);

      g_free (name);
    }
}

char *
ph_declarations_write (const PhDeclarations *declarations)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < declarations->items->len; i++)
    {
      const Declaration *item = &g_array_index (declarations->items, Declaration, i);

      if (item->text != NULL && item->gone != 0)
        write_parts (out, item);
      else if (item->text != NULL)
        write_text (out, item->text);
    }

  return g_string_free (out, FALSE);
}
