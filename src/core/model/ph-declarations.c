/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-declarations.h"

#include "ph-css-scan.h"
#include "ph-hash.h"

#include <string.h>

typedef struct
{
  char *name;
  char *text;     /* with name and value, without semicolon; NULL once it is gone */
  guint previous; /* index + 1 of the one before it with the same name */
} Declaration;

struct _PhDeclarations
{
  GArray *items;      /* Declaration, in their order */
  GHashTable *newest; /* name, owned by items → index + 1 */
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

/* The property name of the declaration at @at, in lower case unless it is a custom one. */
static char *
read_name (const char *at,
           const char *end)
{
  const char *colon = memchr (at, ':', (gsize) (end - at));
  char *name = g_strstrip (g_strndup (at, (gsize) ((colon != NULL ? colon : end) - at)));

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
  Declaration item = { name, text, 0 };

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

/* Whether `all` or, for `border-left-width`, `border-left` or `border` is set. */
static gboolean
has_shorthand (const PhDeclarations *declarations,
               char *name)
{
  if (g_hash_table_contains (declarations->newest, "all"))
    return TRUE;

  if (g_str_has_prefix (name, "--"))
    return FALSE;

  for (char *dash = strchr (name, '-'); dash != NULL; dash = strchr (dash + 1, '-'))
    {
      gboolean found;

      *dash = '\0';
      found = g_hash_table_contains (declarations->newest, name);
      *dash = '-';

      if (found)
        return TRUE;
    }

  return FALSE;
}

void
ph_declarations_set (PhDeclarations *declarations,
                     const char *property,
                     const char *value,
                     gboolean important)
{
  g_autofree char *name = read_name (property, property + strlen (property));

  drop (declarations, name);

  if (value == NULL && has_shorthand (declarations, name))
    value = "revert-layer";

  if (value != NULL)
    add (declarations, g_steal_pointer (&name),
         g_strdup_printf ("%s: %s%s", property, value, important ? " !important" : ""));
}

char *
ph_declarations_write (const PhDeclarations *declarations)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < declarations->items->len; i++)
    {
      const char *item = g_array_index (declarations->items, Declaration, i).text;

      if (item == NULL)
        continue;

      if (text->len > 0)
        g_string_append_c (text, ' ');

      g_string_append (text, item);
      g_string_append_c (text, ';');
    }

  return g_string_free (text, FALSE);
}
