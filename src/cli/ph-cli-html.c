/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-render.h"
#include "ph-cli.h"
#include "ph-cursor.h"
#include "ph-dom-write.h"

#include <string.h>

static PhCliStatus
write_page (PhSession *session,
            PhTime at,
            guint32 window,
            const char *output)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autofree char *html = NULL;

  ph_cursor_set_window (cursor, window);
  ph_cursor_seek (cursor, at);

  html = ph_dom_write_html (ph_cursor_get_dom (cursor), PH_WRITE_SAFE);

  return ph_cli_write (output, html, strlen (html)) ? PH_CLI_DONE : PH_CLI_FAILED;
}

PhCliStatus
ph_cli_run_page_command (const PhCliPageCommand *command,
                         int argc,
                         char **argv)
{
  g_autofree char *at = NULL;
  g_autofree char *window = NULL;
  g_autofree char *output = NULL;
  gboolean rendered = FALSE;
  g_auto (PhCliAssets) given = { NULL };
  g_auto (GStrv) files = NULL;
  g_autoptr (PhSession) session = NULL;
  PhTime time;
  guint32 number;
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, "The time to show", "T" },
    { "window", 0, 0, G_OPTION_ARG_STRING, &window, "This window, not the active one", "W" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write to this file", "FILE" },
    { "rendered", 0, 0, G_OPTION_ARG_NONE, &rendered, "As the web view shows it", NULL },
    PH_CLI_ASSETS_ENTRIES (&given),
    G_OPTION_ENTRY_NULL
  };
  const PhCliUsage usage = {
    .name = argv[0],
    .arguments = "FILE",
    .summary = command->summary,
    .entries = entries,
    .has_times = TRUE,
  };

  files = ph_cli_parse (&usage, argc, argv);

  if (files == NULL)
    return PH_CLI_USAGE;

  if (at == NULL)
    {
      ph_cli_print_error (NULL, "%s: --at is missing", argv[0]);
      return PH_CLI_USAGE;
    }

  if (!rendered && !ph_cli_assets_is_empty (&given))
    {
      ph_cli_print_error (NULL, "%s: --assets and --allow-host need --rendered", argv[0]);
      return PH_CLI_USAGE;
    }

  if (!ph_cli_assets_check (&given, argv[0]))
    return PH_CLI_USAGE;

  session = ph_cli_open (files[0]);

  if (session == NULL)
    return PH_CLI_FAILED;

  if (!ph_cli_parse_time (session, files[0], "--at", at, &time) ||
      !ph_cli_parse_window (session, files[0], window, &number))
    return PH_CLI_USAGE;

  if (!ph_cli_check_page (session, files[0], time, number))
    return PH_CLI_FAILED;

  if (rendered)
    return command->render (files[0], time, number, &given, output);

  return command->write (session, time, number, output);
}

PhCliStatus
ph_cli_html (int argc,
             char **argv)
{
  static const PhCliPageCommand command = {
    .summary = "The page at a time, as HTML.",
    .write = write_page,
    .render = ph_cli_render_html,
  };

  return ph_cli_run_page_command (&command, argc, argv);
}
