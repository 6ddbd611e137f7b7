/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-notes.h"
#include "ph-cli.h"
#include "ph-export.h"
#include "ph-save.h"

#include <string.h>

typedef struct
{
  gboolean is_recording;
  PhExportFormat format;
  PhExportPacking packing;
} Target;

/* What a name asks for; FALSE when it asks for nothing we write. */
static gboolean
parse_target (const char *name,
              Target *target)
{
  static const struct
  {
    const char *suffix;
    Target target;
  } targets[] = {
    { ".playhead", { .is_recording = TRUE } },
    { ".json", { .format = PH_EXPORT_JSON } },
    { ".json.gz", { .format = PH_EXPORT_JSON, .packing = PH_EXPORT_GZIP } },
    { ".json.zst", { .format = PH_EXPORT_JSON, .packing = PH_EXPORT_ZSTD } },
    { ".ndjson", { .format = PH_EXPORT_NDJSON } },
    { ".ndjson.gz", { .format = PH_EXPORT_NDJSON, .packing = PH_EXPORT_GZIP } },
    { ".ndjson.zst", { .format = PH_EXPORT_NDJSON, .packing = PH_EXPORT_ZSTD } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      if (g_str_has_suffix (name, targets[i].suffix))
        {
          *target = targets[i].target;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
convert (PhSession *session,
         GFile *file,
         const Target *target,
         const GPtrArray *notes,
         guint *n_lost,
         GError **error)
{
  PhCliProgress progress;
  gboolean done;

  if (!target->is_recording)
    return ph_session_export (session, file, target->format, target->packing, n_lost, NULL, error);

  ph_cli_progress_begin (&progress, file);
  done = ph_session_save (session, file, notes, progress.func, &progress, NULL, error);
  ph_cli_progress_end (&progress);

  return done;
}

static gboolean
check_usage (const char *output,
             Target *target)
{
  if (output == NULL)
    ph_cli_print_error (NULL, "convert: -o is missing");
  else if (!parse_target (output, target))
    ph_cli_print_error (NULL,
                        "convert: “%s” ends in none of .playhead, .json, .ndjson, "
                        "or one of the last two and .gz or .zst",
                        output);
  else
    return TRUE;

  return FALSE;
}

PhCliStatus
ph_cli_convert (int argc,
                char **argv)
{
  g_autofree char *output = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  guint n_lost = 0;
  gboolean lacks_notes = FALSE;
  Target target;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write to this file", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  const PhCliUsage usage = {
    .name = argv[0],
    .arguments = "FILE",
    .summary = "Writes a recording (.playhead), or its events as they were recorded "
               "(.json, .ndjson, and .gz or .zst).",
    .entries = entries,
  };

  files = ph_cli_parse (&usage, argc, argv);

  if (files == NULL || !check_usage (output, &target))
    return PH_CLI_USAGE;

  session = ph_cli_open (files[0]);

  if (session == NULL)
    return PH_CLI_FAILED;

  file = g_file_new_for_commandline_arg (output);

  /* The recording is worth having without them; that they are missing was said. */
  if (target.is_recording)
    {
      notes = ph_cli_read_notes (session, files[0]);
      lacks_notes = notes == NULL;
    }

  if (!convert (session, file, &target, notes, &n_lost, &error))
    {
      ph_cli_print_error (output, "%s", error->message);
      return PH_CLI_FAILED;
    }

  if (n_lost > 0)
    {
      ph_cli_print_error (files[0], "%u damaged events are left out", n_lost);
      return PH_CLI_FAILED;
    }

  return lacks_notes ? PH_CLI_FAILED : PH_CLI_DONE;
}
