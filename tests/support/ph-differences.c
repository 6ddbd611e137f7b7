/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-differences.h"

#include <string.h>

/* How many kinds of difference a case prints before it only counts them. */
#define SHOWN 400
/* How much of a limit must be used up for it to be needed. */
#define NEAR 0.6

typedef struct
{
  guint count;
  char *detail;
} Found;

struct _PhDifferences
{
  char *prefix;
  char *name;          /* of the case at hand */
  GHashTable *allowed; /* `case: what` → whether it was needed */
  GHashTable *found;   /* of this case: what → Found */
};

static void
free_found (gpointer data)
{
  Found *found = data;

  g_free (found->detail);
  g_free (found);
}

static void
read_line (PhDifferences *differences,
           const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "|", -1);

  if (g_strv_length (cells) != 5)
    return;

  g_strstrip (cells[1]);
  g_strstrip (cells[2]);
  if (g_str_has_prefix (cells[1], differences->prefix))
    g_hash_table_insert (differences->allowed, g_strdup_printf ("%s: %s", cells[1], cells[2]),
                         strstr (cells[3], "not yet") != NULL ? GINT_TO_POINTER (TRUE) : NULL);
}

PhDifferences *
ph_differences_new (const char *prefix)
{
  PhDifferences *differences = g_new0 (PhDifferences, 1);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "stage", "differences.md", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  differences->prefix = g_strdup (prefix);
  differences->allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  differences->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_found);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (differences, lines[i]);

  return differences;
}

void
ph_differences_free (PhDifferences *differences)
{
  if (differences == NULL)
    return;

  g_hash_table_unref (differences->allowed);
  g_hash_table_unref (differences->found);
  g_free (differences->prefix);
  g_free (differences->name);
  g_free (differences);
}

void
ph_differences_begin (PhDifferences *differences,
                      const char *name)
{
  g_free (differences->name);
  differences->name = g_strdup (name);
  g_hash_table_remove_all (differences->found);
}

/* Whether @what may differ, here or everywhere; then it was needed. */
static gboolean
is_listed (PhDifferences *differences,
           const char *what)
{
  const char *const names[] = { differences->name, "*" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *line = g_strdup_printf ("%s%s: %s", differences->prefix, names[i], what);

      if (g_hash_table_contains (differences->allowed, line))
        {
          g_hash_table_insert (differences->allowed, g_steal_pointer (&line),
                               GINT_TO_POINTER (TRUE));
          return TRUE;
        }
    }

  return FALSE;
}

/* `… of div#id` and `… of div.class` also as `… of div`. */
static gboolean
is_allowed (PhDifferences *differences,
            const char *what)
{
  const char *label = strstr (what, " of ");
  const char *end = label != NULL ? strpbrk (label, "#.") : NULL;
  g_autofree char *general = end != NULL ? g_strndup (what, end - what) : NULL;

  return is_listed (differences, what) || (general != NULL && is_listed (differences, general));
}

void
ph_differences_add (PhDifferences *differences,
                    const char *detail,
                    const char *what,
                    ...)
{
  g_autofree char *key = NULL;
  va_list arguments;
  Found *found;

  va_start (arguments, what);
  key = g_strdup_vprintf (what, arguments);
  va_end (arguments);

  if (is_allowed (differences, key))
    return;

  found = g_hash_table_lookup (differences->found, key);
  if (found == NULL)
    {
      found = g_new0 (Found, 1);
      found->detail = g_strdup (detail);
      g_hash_table_insert (differences->found, g_steal_pointer (&key), found);
    }
  found->count++;
}

gboolean
ph_differences_within (PhDifferences *differences,
                       const char *what,
                       double usual,
                       double got)
{
  g_autofree char *start =
    g_strdup_printf ("%s%s: %s within ", differences->prefix, differences->name, what);
  GHashTableIter iter;
  gpointer line;

  if (got <= usual)
    return TRUE;

  g_hash_table_iter_init (&iter, differences->allowed);
  while (g_hash_table_iter_next (&iter, &line, NULL))
    {
      double limit = g_str_has_prefix (line, start)
                       ? g_ascii_strtod ((const char *) line + strlen (start), NULL)
                       : 0;

      if (got > limit * NEAR && got <= limit)
        g_hash_table_iter_replace (&iter, GINT_TO_POINTER (TRUE));
      if (limit > 0)
        return got <= limit;
    }

  return FALSE;
}

void
ph_differences_end (PhDifferences *differences)
{
  g_autoptr (GList) kinds = g_list_sort (g_hash_table_get_keys (differences->found),
                                         (GCompareFunc) strcmp);
  guint n = 0;

  for (GList *kind = kinds; kind != NULL; kind = kind->next, n++)
    {
      const Found *found = g_hash_table_lookup (differences->found, kind->data);

      if (n < SHOWN)
        g_test_message ("| %s%s | %s | %u times, first %s", differences->prefix,
                        differences->name, (const char *) kind->data, found->count,
                        found->detail);
    }
  if (n > 0)
    g_test_fail_printf ("%u differences that are not in differences.md", n);
}

void
ph_differences_check_needed (PhDifferences *differences)
{
  GHashTableIter iter;
  gpointer line, needed;
  guint n = 0;

  g_hash_table_iter_init (&iter, differences->allowed);
  while (g_hash_table_iter_next (&iter, &line, &needed))
    {
      if (needed == NULL)
        {
          g_test_message ("not needed: %s", (const char *) line);
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 0);
}
