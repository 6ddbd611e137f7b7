/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-names.h"

#include "ph-hash.h"

struct _PhNames
{
  gatomicrefcount ref_count;
  GHashTable *by_text; /* text → PhName; the texts belong to `texts` */
  GPtrArray *texts;    /* PhName → text */
};

PhNames *
ph_names_new (void)
{
  PhNames *names = g_new0 (PhNames, 1);

  g_atomic_ref_count_init (&names->ref_count);
  names->by_text = g_hash_table_new (ph_hash_text, g_str_equal);
  names->texts = g_ptr_array_new_with_free_func (g_free);
  ph_names_intern (names, "");

  return names;
}

PhNames *
ph_names_ref (PhNames *names)
{
  g_atomic_ref_count_inc (&names->ref_count);

  return names;
}

void
ph_names_unref (PhNames *names)
{
  if (names == NULL || !g_atomic_ref_count_dec (&names->ref_count))
    return;

  g_hash_table_unref (names->by_text);
  g_ptr_array_unref (names->texts);
  g_free (names);
}

PhName
ph_names_intern (PhNames *names,
                 const char *text)
{
  gpointer found;
  char *own;

  if (g_hash_table_lookup_extended (names->by_text, text, NULL, &found))
    return GPOINTER_TO_UINT (found);

  own = g_strdup (text);
  g_hash_table_insert (names->by_text, own, GUINT_TO_POINTER (names->texts->len));
  g_ptr_array_add (names->texts, own);

  return names->texts->len - 1;
}

PhName
ph_names_find (PhNames *names,
               const char *text)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (names->by_text, text));
}

const char *
ph_names_text (PhNames *names,
               PhName name)
{
  g_return_val_if_fail (name < names->texts->len, "");

  return names->texts->pdata[name];
}
