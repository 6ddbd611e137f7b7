/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-notes.h"

#include "ph-cli-render.h"
#include "ph-cli.h"
#include "ph-identify.h"
#include "ph-notes-export.h"
#include "ph-text.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* Characters of a note's text in a list. */
#define LINE_CHARS 100

typedef struct
{
  gboolean json;
  gboolean csv;
  gboolean markdown;
  char *pictures;
  char *output;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->pictures);
  g_free (options->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

GPtrArray *
ph_cli_read_notes (PhSession *session,
                   const char *file)
{
  g_autoptr (PhLibrary) library = ph_library_new (NULL, PH_LIBRARY_READ);
  g_autoptr (PhNotes) notes = ph_notes_new (library);
  g_autoptr (GError) error = NULL;

  if (ph_session_load_identity (session, NULL, &error) == NULL)
    {
      ph_cli_print_error (file, "%s", error->message);
      return NULL;
    }

  ph_notes_set_session (notes, session);

  if (ph_notes_get_error (notes) != NULL)
    {
      ph_cli_print_error (file, "%s", ph_notes_get_error (notes)->message);
      return NULL;
    }

  return ph_notes_copy_all (notes);
}

/* --- as a list ------------------------------------------------------------- */

static char *
list_notes (const GPtrArray *notes)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      const PhNote *note = notes->pdata[i];
      g_autofree char *time = ph_time_format_tenths (note->begin);
      g_autofree char *line = ph_text_line (note->text, LINE_CHARS);
      g_autofree char *shown = ph_text_visible (line);
      g_autofree char *joined = g_strjoinv (", ", note->tags);
      g_autofree char *tags = ph_text_visible (joined);

      g_string_append_printf (out, "%9s  %-11s %-6s  %s", time,
                              note->is_recorded ? "annotation" : ph_note_kind_name (note->kind),
                              note->severity != PH_NOTE_NO_SEVERITY
                                ? ph_note_severity_name (note->severity)
                                : "",
                              shown);

      if (tags[0] != '\0')
        g_string_append_printf (out, "  [%s]", tags);

      g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}

/* --- pictures -------------------------------------------------------------- */

/* A picture of each note's page, but where there is none; NULL when one fails. */
static GPtrArray *
make_pictures (PhSession *session,
               const char *file,
               const GPtrArray *notes,
               const char *folder)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_free);
  g_auto (PhCliAssets) given = { NULL };

  if (!ph_cli_assets_check (&given, "notes"))
    return NULL;

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      ph_cli_print_error (folder, "%s", g_strerror (errno));
      return NULL;
    }

  for (guint i = 0; i < notes->len; i++)
    {
      const PhNote *note = notes->pdata[i];
      g_autofree char *name = ph_notes_picture_name (note, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      PhCliShot shot = { .at = ph_span_clamp (ph_session_get_span (session), note->begin),
                         .window = note->window < ph_session_get_n_windows (session)
                                     ? note->window
                                     : G_MAXUINT32 };

      if (!ph_cli_has_page (session, shot.at, shot.window))
        {
          g_ptr_array_add (pictures, NULL);
          continue;
        }

      if (ph_cli_render_shot (file, &shot, &given, path) != PH_CLI_DONE)
        return NULL;

      g_ptr_array_add (pictures, g_steal_pointer (&path));
    }

  g_ptr_array_add (pictures, NULL);

  return g_steal_pointer (&pictures);
}

/* --- the command ----------------------------------------------------------- */

static char *
write_notes (PhSession *session,
             const char *file,
             const GPtrArray *notes,
             const Options *options)
{
  g_autoptr (GPtrArray) pictures = NULL;
  PhNotesExport export = { session, notes, NULL };

  if (options->pictures != NULL)
    {
      pictures = make_pictures (session, file, notes, options->pictures);

      if (pictures == NULL)
        return NULL;

      export.pictures = (const char *const *) pictures->pdata;
    }

  if (options->json)
    {
      g_autofree char *json = ph_notes_to_json (&export);

      return g_strconcat (json, "\n", NULL);
    }

  if (options->csv)
    return ph_notes_to_csv (&export);

  return options->markdown ? ph_notes_to_markdown (&export) : list_notes (notes);
}

static gboolean
check_usage (const Options *options)
{
  if (options->json + options->csv + options->markdown > 1)
    ph_cli_print_error (NULL, "notes: --json, --csv and --markdown exclude each other");
  else if (options->pictures != NULL && !options->markdown)
    ph_cli_print_error (NULL, "notes: --pictures is for --markdown");
  else
    return TRUE;

  return FALSE;
}

PhCliStatus
ph_cli_notes (int argc,
              char **argv)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) files = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "As JSON", NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, "As a table for a spreadsheet", NULL },
    { "markdown", 0, 0, G_OPTION_ARG_NONE, &options.markdown, "As text for an issue tracker",
      NULL },
    { "pictures", 0, 0, G_OPTION_ARG_FILENAME, &options.pictures,
      "With --markdown: a picture of the page at each note, in this folder", "FOLDER" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Write to this file", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  const PhCliUsage usage = {
    .name = argv[0],
    .arguments = "FILE",
    .summary = "What was written down about a recording, and annotations in it.",
    .entries = entries,
  };

  files = ph_cli_parse (&usage, argc, argv);

  if (files == NULL || !check_usage (&options))
    return PH_CLI_USAGE;

  session = ph_cli_open (files[0]);

  if (session == NULL)
    return PH_CLI_FAILED;

  notes = ph_cli_read_notes (session, files[0]);

  if (notes != NULL)
    text = write_notes (session, files[0], notes, &options);

  return text != NULL && ph_cli_write (options.output, text, strlen (text)) ? PH_CLI_DONE
                                                                            : PH_CLI_FAILED;
}
