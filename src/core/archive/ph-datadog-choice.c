/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-datadog-choice.h"

#include "ph-hash.h"

#include <string.h>

/* Of all options of a page. Those that come then are told as attributes. */
#define MAX_BYTES ((gsize) 64 * 1024 * 1024)

typedef struct
{
  gint32 select;
  char *value; /* NULL until its text comes */
} Option;

struct _PhDatadogChoice
{
  GHashTable *selects; /* number of a select, or of a group in it → that of the select, + 1 */
  GHashTable *options; /* number → Option */
  gsize n_bytes;
};

static void
free_option (gpointer data)
{
  Option *option = data;

  g_free (option->value);
  g_free (option);
}

PhDatadogChoice *
ph_datadog_choice_new (void)
{
  PhDatadogChoice *choice = g_new0 (PhDatadogChoice, 1);

  choice->selects = g_hash_table_new (ph_hash_int, NULL);
  choice->options = g_hash_table_new_full (ph_hash_int, NULL, NULL, free_option);

  return choice;
}

void
ph_datadog_choice_free (PhDatadogChoice *choice)
{
  if (choice == NULL)
    return;

  g_hash_table_unref (choice->selects);
  g_hash_table_unref (choice->options);
  g_free (choice);
}

void
ph_datadog_choice_clear (PhDatadogChoice *choice)
{
  g_return_if_fail (choice != NULL);

  g_hash_table_remove_all (choice->selects);
  g_hash_table_remove_all (choice->options);
  choice->n_bytes = 0;
}

static gint32
find_select (const PhDatadogChoice *choice,
             gint32 number)
{
  return (gint32) GPOINTER_TO_INT (
           g_hash_table_lookup (choice->selects, GINT_TO_POINTER (number))) -
         1;
}

static void
set_value (PhDatadogChoice *choice,
           Option *option,
           const char *value)
{
  if (value == NULL || option->value != NULL)
    return;

  choice->n_bytes += strlen (value);

  if (choice->n_bytes <= MAX_BYTES)
    option->value = g_strdup (value);
}

void
ph_datadog_choice_add (PhDatadogChoice *choice,
                       gint32 number,
                       gint32 parent,
                       const char *name,
                       const char *value,
                       gboolean is_multiple)
{
  Option *option;

  g_return_if_fail (choice != NULL);
  g_return_if_fail (name != NULL);

  if (g_ascii_strcasecmp (name, "select") == 0 && !is_multiple)
    {
      g_hash_table_insert (choice->selects, GINT_TO_POINTER (number),
                           GINT_TO_POINTER (number + 1));
    }
  else if (g_ascii_strcasecmp (name, "optgroup") == 0 && find_select (choice, parent) >= 0)
    {
      g_hash_table_insert (choice->selects, GINT_TO_POINTER (number),
                           GINT_TO_POINTER (find_select (choice, parent) + 1));
    }
  else if (g_ascii_strcasecmp (name, "option") == 0 && find_select (choice, parent) >= 0)
    {
      option = g_new0 (Option, 1);
      option->select = find_select (choice, parent);
      set_value (choice, option, value);
      g_hash_table_insert (choice->options, GINT_TO_POINTER (number), option);
    }
  else if (strcmp (name, "#text") == 0 && value != NULL)
    {
      option = g_hash_table_lookup (choice->options, GINT_TO_POINTER (parent));

      if (option != NULL)
        {
          g_autofree char *text = g_strstrip (g_strdup (value));

          set_value (choice, option, text);
        }
    }
}

gint32
ph_datadog_choice_find (const PhDatadogChoice *choice,
                        gint32 option,
                        const char **value)
{
  const Option *found;

  g_return_val_if_fail (choice != NULL, -1);
  g_return_val_if_fail (value != NULL, -1);

  found = g_hash_table_lookup (choice->options, GINT_TO_POINTER (option));

  if (found == NULL || found->value == NULL)
    return -1;

  *value = found->value;

  return found->select;
}
