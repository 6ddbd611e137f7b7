/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-input.h"

#include "ph-limits.h"

#include <string.h>

#define KEY "ph-input"
#define PART "part="
#define FILE_AGAIN "file="

typedef struct
{
  char *part;
  GPtrArray *others; /* GFile, those after the first; NULL: none */
} Input;

static void
free_input (gpointer data)
{
  Input *input = data;

  g_free (input->part);
  g_clear_pointer (&input->others, g_ptr_array_unref);
  g_free (input);
}

static Input *
get_input (GFile *file)
{
  return g_object_get_data (G_OBJECT (file), KEY);
}

GFile *
ph_input_new (GFile *file,
              const char *part)
{
  return ph_input_new_for_files (&file, 1, part);
}

GFile *
ph_input_new_for_files (GFile *const *files,
                        guint n_files,
                        const char *part)
{
  GFile *file;
  Input *input;

  g_return_val_if_fail (files != NULL && n_files > 0 && G_IS_FILE (files[0]), NULL);

  file = g_file_dup (files[0]);
  input = g_new0 (Input, 1);
  input->part = g_strdup (part);

  if (n_files > 1)
    input->others = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 1; i < n_files; i++)
    g_ptr_array_add (input->others, g_object_ref (files[i]));

  g_object_set_data_full (G_OBJECT (file), KEY, input, free_input);

  return file;
}

const char *
ph_input_get_part (GFile *file)
{
  const Input *input;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  input = get_input (file);

  return input != NULL ? input->part : NULL;
}

guint
ph_input_get_n_files (GFile *file)
{
  const Input *input;

  g_return_val_if_fail (G_IS_FILE (file), 0);

  input = get_input (file);

  return input != NULL && input->others != NULL ? 1 + input->others->len : 1;
}

GFile *
ph_input_get_file (GFile *file,
                   guint index)
{
  g_return_val_if_fail (index < ph_input_get_n_files (file), NULL);

  return index == 0 ? file : get_input (file)->others->pdata[index - 1];
}

GFile *
ph_input_with_part (GFile *input,
                    const char *part)
{
  guint n_files = ph_input_get_n_files (input);
  g_autofree GFile **files = g_new (GFile *, n_files);

  for (guint i = 0; i < n_files; i++)
    files[i] = ph_input_get_file (input, i);

  return ph_input_new_for_files (files, n_files, part);
}

char *
ph_input_dup_uri (GFile *input)
{
  const char *part = ph_input_get_part (input);
  g_autofree char *first = g_file_get_uri (input);
  GString *uri = g_string_new (first);
  char separator = '#';

  if (part != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (part, NULL, FALSE);

      g_string_append_printf (uri, "%c" PART "%s", separator, escaped);
      separator = '&';
    }

  for (guint i = 1; i < ph_input_get_n_files (input); i++)
    {
      g_autofree char *other = g_file_get_uri (ph_input_get_file (input, i));
      g_autofree char *escaped = g_uri_escape_string (other, NULL, FALSE);

      g_string_append_printf (uri, "%c" FILE_AGAIN "%s", separator, escaped);
      separator = '&';
    }

  return g_string_free (uri, FALSE);
}

GFile *
ph_input_new_for_uri (const char *uri)
{
  const char *mark;
  g_autofree char *first = NULL;
  g_autofree char *part = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  mark = strchr (uri, '#');
  first = mark != NULL ? g_strndup (uri, (gsize) (mark - uri)) : g_strdup (uri);
  words = g_strsplit (mark != NULL ? mark + 1 : "", "&", 1 + PH_LIMIT_INPUT_FILES);
  g_ptr_array_add (files, g_file_new_for_uri (first));

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *value = strchr (words[i], '=');
      g_autofree char *text = value != NULL ? g_uri_unescape_string (value + 1, NULL) : NULL;

      if (text == NULL)
        continue;

      if (g_str_has_prefix (words[i], PART) && part == NULL)
        part = g_steal_pointer (&text);
      else if (g_str_has_prefix (words[i], FILE_AGAIN))
        g_ptr_array_add (files, g_file_new_for_uri (text));
    }

  return ph_input_new_for_files ((GFile *const *) files->pdata, files->len, part);
}

GFile *
ph_input_new_for_argument (const char *argument)
{
  g_return_val_if_fail (argument != NULL, NULL);

  if (strstr (argument, "://") != NULL && strchr (argument, '#') != NULL &&
      g_uri_is_valid (argument, G_URI_FLAGS_NONE, NULL))
    return ph_input_new_for_uri (argument);

  return g_file_new_for_commandline_arg (argument);
}

PhInputPart *
ph_input_part_copy (const PhInputPart *part)
{
  PhInputPart *copy = g_memdup2 (part, sizeof *part);

  copy->key = g_strdup (part->key);
  copy->title = g_strdup (part->title);
  copy->address = g_strdup (part->address);

  return copy;
}

void
ph_input_part_free (PhInputPart *part)
{
  if (part == NULL)
    return;

  g_free (part->key);
  g_free (part->title);
  g_free (part->address);
  g_free (part);
}

gboolean
ph_input_equal (GFile *a,
                GFile *b)
{
  guint n_files = ph_input_get_n_files (a);

  if (n_files != ph_input_get_n_files (b) ||
      g_strcmp0 (ph_input_get_part (a), ph_input_get_part (b)) != 0)
    return FALSE;

  for (guint i = 0; i < n_files; i++)
    if (!g_file_equal (ph_input_get_file (a, i), ph_input_get_file (b, i)))
      return FALSE;

  return TRUE;
}
