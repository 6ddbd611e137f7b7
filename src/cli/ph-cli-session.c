/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-session.h"

#include "ph-cli.h"
#include "ph-limits.h"
#include "ph-listing.h"
#include "ph-text.h"

#include <string.h>

char *ph_cli_session;

/* The part with that key; else, when it is a number, the one of that number. */
static const PhInputPart *
find_part (GPtrArray *parts,
           const char *wanted)
{
  guint64 number;

  for (guint i = 0; i < parts->len; i++)
    {
      const PhInputPart *part = parts->pdata[i];

      if (strcmp (part->key, wanted) == 0)
        return part;
    }

  if (g_ascii_string_to_unsigned (wanted, 10, 1, parts->len, &number, NULL))
    return parts->pdata[number - 1];

  return NULL;
}

GFile *
ph_cli_dup_input (const char *file,
                  GError **error)
{
  g_autoptr (GFile) input = ph_input_new_for_argument (file);
  g_autoptr (GPtrArray) parts = NULL;
  const PhInputPart *part;

  if (ph_cli_session == NULL)
    return g_steal_pointer (&input);

  parts = ph_listing_list (input, NULL, error);

  if (parts == NULL)
    return NULL;

  part = find_part (parts, ph_cli_session);

  if (part == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   "--session: it holds %u, and none that is “%s”", parts->len, ph_cli_session);
      return NULL;
    }

  return part->key[0] != '\0' ? ph_input_with_part (input, part->key) : g_steal_pointer (&input);
}

char *
ph_cli_dup_path (const char *path)
{
  return path[0] == '-' ? g_strconcat ("./", path, NULL) : g_strdup (path);
}

char *
ph_cli_dup_input_argument (const char *file)
{
  g_autoptr (GFile) input = ph_cli_session != NULL ? ph_cli_dup_input (file, NULL) : NULL;

  if (input != NULL && ph_input_get_part (input) != NULL)
    return ph_input_dup_uri (input);

  return ph_cli_dup_path (file);
}

/* --- what info says of several --------------------------------------------- */

static char *
format_time (gint64 begin,
             const char *format)
{
  g_autoptr (GDateTime) date = NULL;

  if (begin != 0)
    date = g_date_time_new_from_unix_utc (begin / PH_SECOND);

  return date != NULL ? g_date_time_format (date, format) : NULL;
}

static void
append_foreign (GString *text,
                const char *foreign)
{
  g_autofree char *line = ph_text_line (foreign, PH_LIMIT_LABEL_CHARS);
  g_autofree char *visible = ph_text_visible (line);

  g_string_append (text, visible);
}

char *
ph_cli_session_to_text (GPtrArray *parts,
                        const char *file)
{
  g_autofree char *name = g_filename_display_name (file);
  GString *text = g_string_new (NULL);

  append_foreign (text, name);
  g_string_append_printf (text, "\n  %-10s%u\n", "Sessions", parts->len);

  for (guint i = 0; i < parts->len; i++)
    {
      const PhInputPart *part = parts->pdata[i];
      g_autofree char *began = format_time (part->begin, "%Y-%m-%d %H:%M:%S UTC");
      g_autofree char *size = g_format_size ((guint64) part->bytes);

      g_string_append_printf (text, "  %3u  %s  ", i + 1,
                              began != NULL ? began : "                       ");
      append_foreign (text, part->key);
      g_string_append_printf (text, "  %s, %u %s, %s\n", part->format, part->n_files,
                              part->n_files == 1 ? "file" : "files", size);

      if (part->address == NULL)
        continue;

      g_string_append (text, "       ");
      append_foreign (text, part->address);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static void
add_string (JsonBuilder *builder,
            const char *name,
            const char *value)
{
  json_builder_set_member_name (builder, name);

  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_part (JsonBuilder *builder,
          const PhInputPart *part)
{
  g_autofree char *began = format_time (part->begin, "%Y-%m-%dT%H:%M:%SZ");

  json_builder_begin_object (builder);
  add_string (builder, "key", part->key);
  add_string (builder, "title", part->title);
  add_string (builder, "format", part->format);
  add_string (builder, "start_time", began);
  add_string (builder, "url", part->address);
  json_builder_set_member_name (builder, "files");
  json_builder_add_int_value (builder, part->n_files);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, part->bytes);
  json_builder_end_object (builder);
}

JsonNode *
ph_cli_session_to_json (GPtrArray *parts,
                        const char *file)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = g_filename_display_name (file);

  json_builder_begin_object (builder);
  add_string (builder, "file", name);
  json_builder_set_member_name (builder, "sessions");
  json_builder_begin_array (builder);

  for (guint i = 0; i < parts->len; i++)
    add_part (builder, parts->pdata[i]);

  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
