/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-render.h"
#include "ph-cli.h"
#include "ph-limits.h"

static gboolean
check_usage (const char *at,
             const char *output,
             const char *size,
             PhCliShot *shot)
{
  if (at == NULL)
    ph_cli_print_error (NULL, "shot: --at is missing");
  else if (output == NULL)
    ph_cli_print_error (NULL, "shot: -o is missing");
  else if (size != NULL &&
           !ph_cli_parse_pair (size, PH_LIMIT_VIEWPORT, &shot->width, &shot->height))
    ph_cli_print_error (NULL, "shot: “%s” is no size like 1280x720, at most %d a side", size,
                        PH_LIMIT_VIEWPORT);
  else
    return TRUE;

  return FALSE;
}

PhCliStatus
ph_cli_shot (int argc,
             char **argv)
{
  g_autofree char *at = NULL;
  g_autofree char *window = NULL;
  g_autofree char *size = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (PhSession) session = NULL;
  g_auto (PhCliAssets) given = { NULL };
  PhCliShot shot = { 0 };
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, "The time to show", "T" },
    { "window", 0, 0, G_OPTION_ARG_STRING, &window, "This window, not the active one", "W" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "Size of the picture in pixels", "WxH" },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &shot.plain,
      "The page alone at its recorded size: no pointer, no clicks", NULL },
    PH_CLI_ASSETS_ENTRIES (&given),
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write to this file", "FILE.png" },
    G_OPTION_ENTRY_NULL
  };
  const PhCliUsage usage = {
    .name = argv[0],
    .arguments = "FILE",
    .summary = "A picture of the page at a time, as PNG.",
    .entries = entries,
    .has_times = TRUE,
  };

  files = ph_cli_parse (&usage, argc, argv);

  if (files == NULL || !check_usage (at, output, size, &shot) ||
      !ph_cli_assets_check (&given, argv[0]))
    return PH_CLI_USAGE;

  session = ph_cli_open (files[0]);

  if (session == NULL)
    return PH_CLI_FAILED;

  if (!ph_cli_parse_time (session, files[0], "--at", at, &shot.at) ||
      !ph_cli_parse_window (session, files[0], window, &shot.window))
    return PH_CLI_USAGE;

  if (!ph_cli_check_page (session, files[0], shot.at, shot.window))
    return PH_CLI_FAILED;

  return ph_cli_render_shot (files[0], &shot, &given, output);
}
