/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli.h"
#include "ph-export.h"

#include <errno.h>
#include <stdio.h>

typedef struct
{
  PhTime from;
  PhTime to;
  char **kinds; /* NULL: all */
  guint32 window;
} Filter;

static gboolean
is_kind (const char *text)
{
  PhEvent event = { .source = PH_SOURCE_NONE };

  for (event.type = 0; event.type <= PH_EVENT_ANNOTATION; event.type++)
    {
      if (event.type != PH_EVENT_INCREMENTAL && g_str_equal (ph_event_kind (&event), text))
        return TRUE;
    }

  event.type = PH_EVENT_INCREMENTAL;

  for (event.source = 0; event.source <= PH_SOURCE_CUSTOM_ELEMENT; event.source++)
    {
      if (g_str_equal (ph_event_kind (&event), text))
        return TRUE;
    }

  return g_str_equal (text, "unknown");
}

static gboolean
passes (const Filter *filter,
        const PhEvent *event)
{
  if (event->time < filter->from || event->time > filter->to)
    return FALSE;

  if (filter->window != G_MAXUINT32 && event->window != filter->window)
    return FALSE;

  return filter->kinds == NULL ||
         g_strv_contains ((const char *const *) filter->kinds, ph_event_kind (event));
}

static gboolean
print_events (PhSession *session,
              const Filter *filter)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < ph_session_get_n_events (session); i++)
    {
      const PhEvent *event = ph_session_get_event (session, i);

      if (!passes (filter, event))
        continue;

      g_string_truncate (line, 0);

      ph_export_append_line (line, event->text, event->size);
      g_string_append_c (line, '\n');

      if (fwrite (line->str, 1, line->len, stdout) != line->len)
        return FALSE;
    }

  return fflush (stdout) == 0;
}

static gboolean
check_kinds (char **kinds)
{
  for (guint i = 0; kinds != NULL && kinds[i] != NULL; i++)
    {
      if (!is_kind (kinds[i]))
        {
          ph_cli_print_error (NULL, "events: there is no kind of event “%s”", kinds[i]);
          return FALSE;
        }
    }

  return TRUE;
}

PhCliStatus
ph_cli_events (int argc,
               char **argv)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *window = NULL;
  g_auto (GStrv) kinds = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (PhSession) session = NULL;
  Filter filter;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "Only events from this time on", "T" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Only events up to this time", "T" },
    { "kind", 0, 0, G_OPTION_ARG_STRING_ARRAY, &kinds, "Only events of this kind; may be repeated",
      "KIND" },
    { "window", 0, 0, G_OPTION_ARG_STRING, &window, "Only events of this window", "W" },
    G_OPTION_ENTRY_NULL
  };
  const PhCliUsage usage = {
    .name = argv[0],
    .arguments = "FILE",
    .summary = "The events of a recording in order of time, one JSON object a line.",
    .entries = entries,
    .has_times = TRUE,
  };

  files = ph_cli_parse (&usage, argc, argv);

  if (files == NULL || !check_kinds (kinds))
    return PH_CLI_USAGE;

  session = ph_cli_open (files[0]);

  if (session == NULL)
    return PH_CLI_FAILED;

  filter = (Filter) { .from = G_MININT64, .to = G_MAXINT64, .kinds = kinds };

  if ((from != NULL && !ph_cli_parse_time (session, files[0], "--from", from, &filter.from)) ||
      (to != NULL && !ph_cli_parse_time (session, files[0], "--to", to, &filter.to)) ||
      !ph_cli_parse_window (session, files[0], window, &filter.window))
    return PH_CLI_USAGE;

  if (!print_events (session, &filter))
    {
      ph_cli_print_error (NULL, "Could not write to standard output: %s", g_strerror (errno));
      return PH_CLI_FAILED;
    }

  return PH_CLI_DONE;
}
