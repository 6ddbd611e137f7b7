/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli.h"

#include "ph-cursor.h"
#include "ph-error.h"
#include "ph-input.h"
#include "ph-text.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct
{
  const char *name;
  PhCliStatus (*run) (int argc,
                      char **argv);
  const char *summary;
} commands[] = {
  { "info", ph_cli_info, "What a recording is and what is in it" },
  { "events", ph_cli_events, "Its events in order of time, one JSON object a line" },
  { "html", ph_cli_html, "The page at a time, as HTML" },
  { "state", ph_cli_state, "The page’s whole state at a time, as JSON" },
  { "shot", ph_cli_shot, "A picture of the page at a time, as PNG" },
  { "clip", ph_cli_clip, "A span as a film, pictures, a page or a recording" },
  { "notes", ph_cli_notes, "What was written down about it, and annotations in it" },
  { "convert", ph_cli_convert, "Writes it as a recording, or its events as an archive" },
  { "verify", ph_cli_verify, "Whether a file is whole, and what of it is damaged" },
  { "bench", ph_cli_bench, "How long opening and seeking take, and how much memory" },
};

static const char *const times_help =
  "T is seconds (83.5), a clock (1:23.5), a share (50%) or an ISO 8601 date-time.\n"
  "W is a window’s number, from 1, or its name; see playhead-cli info.";

/* --- for all commands ------------------------------------------------------ */

void
ph_cli_print_error (const char *file,
                    const char *format,
                    ...)
{
  g_autofree char *message = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *shown = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  valid = g_utf8_make_valid (message, -1);
  shown = ph_text_visible (valid);

  if (file != NULL)
    {
      g_autofree char *name = g_filename_display_name (file);
      g_autofree char *shown_name = ph_text_visible (name);

      g_printerr ("playhead-cli: %s: %s\n", shown_name, shown);
    }
  else
    {
      g_printerr ("playhead-cli: %s\n", shown);
    }
}

char **
ph_cli_parse (const PhCliUsage *usage,
              int argc,
              char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage->arguments);
  g_autofree char *program = g_strdup_printf ("playhead-cli %s", usage->name);
  g_autoptr (GError) error = NULL;
  char **files = NULL;
  GOptionEntry rest[] = {
    { "session", 0, 0, G_OPTION_ARG_STRING, &ph_cli_session,
      "Which session of an archive that holds several: its number, or its key", "KEY|N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };

  g_set_prgname (program);
  g_option_context_set_summary (context, usage->summary);
  g_option_context_add_main_entries (context, usage->entries, NULL);

  if (usage->has_times)
    g_option_context_set_description (context, times_help);

  g_option_context_add_main_entries (context, rest, NULL);

  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      ph_cli_print_error (NULL, "%s: %s", usage->name, error->message);
      g_strfreev (files);
      return NULL;
    }

  if (files == NULL)
    ph_cli_print_error (NULL, "%s: no file given", usage->name);
  else if (!usage->many_files && files[1] != NULL)
    {
      ph_cli_print_error (NULL, "%s: more than one file given", usage->name);
      g_clear_pointer (&files, g_strfreev);
    }

  return files;
}

/* Short work needs no progress. */
static void
progress_cb (double fraction,
             gpointer user_data)
{
  PhCliProgress *progress = user_data;
  int percent = (int) (fraction * 100);

  if (percent == progress->shown || g_get_monotonic_time () - progress->start < PH_SECOND / 2)
    return;

  g_printerr ("\r%s: %d %%", progress->name, percent);
  progress->shown = percent;
}

void
ph_cli_progress_begin (PhCliProgress *progress,
                       GFile *file)
{
  progress->func = isatty (STDERR_FILENO) ? progress_cb : NULL;
  progress->name = ph_session_dup_file_name (file);
  progress->start = g_get_monotonic_time ();
  progress->shown = -1;
}

void
ph_cli_progress_end (PhCliProgress *progress)
{
  if (progress->shown >= 0)
    g_printerr ("\r\033[K");

  g_clear_pointer (&progress->name, g_free);
}

PhSession *
ph_cli_try_open (const char *file,
                 GError **error)
{
  g_autoptr (GFile) input = ph_cli_dup_input (file, error);
  PhCliProgress progress;
  PhSession *session;

  if (input == NULL)
    return NULL;

  ph_cli_progress_begin (&progress, input);
  session = ph_session_open (input, progress.func, &progress, NULL, error);
  ph_cli_progress_end (&progress);

  return session;
}

void
ph_cli_print_open_error (const char *file,
                         const GError *error)
{
  g_autoptr (GFile) input = ph_input_new_for_argument (file);
  g_autofree char *name = ph_session_dup_file_name (input);
  g_autofree char *prefix = g_strdup_printf ("%s: ", name);
  const char *message = error->message;

  /* The session's message names the file; here it is named as it was given. */
  if (g_str_has_prefix (message, prefix))
    message += strlen (prefix);

  if (g_error_matches (error, PH_ERROR, PH_ERROR_SEVERAL))
    ph_cli_print_error (file, "%s; --session says which, and info lists them", message);
  else
    ph_cli_print_error (file, "%s", message);
}

PhSession *
ph_cli_open (const char *file)
{
  g_autoptr (GError) error = NULL;
  PhSession *session = ph_cli_try_open (file, &error);

  if (session == NULL)
    ph_cli_print_open_error (file, error);

  return session;
}

gboolean
ph_cli_parse_time (PhSession *session,
                   const char *file,
                   const char *option,
                   const char *text,
                   PhTime *time)
{
  g_autoptr (GError) error = NULL;

  if (ph_time_parse (text, ph_session_get_span (session), ph_session_get_start_time (session), time,
                     &error))
    return TRUE;

  ph_cli_print_error (file, "%s: %s", option, error->message);

  return FALSE;
}

gboolean
ph_cli_parse_window (PhSession *session,
                     const char *file,
                     const char *text,
                     guint32 *window)
{
  guint n = ph_session_get_n_windows (session);
  guint64 number;

  *window = G_MAXUINT32;

  if (text == NULL)
    return TRUE;

  for (guint i = 0; i < n && *window == G_MAXUINT32; i++)
    {
      const char *name = ph_session_get_window (session, i)->name;

      if (name[0] != '\0' && g_str_equal (name, text))
        *window = i;
    }

  if (*window == G_MAXUINT32 && g_ascii_string_to_unsigned (text, 10, 1, n, &number, NULL))
    *window = (guint32) number - 1;

  if (*window == G_MAXUINT32)
    ph_cli_print_error (file, "--window: there is no window “%s”, but %u of them", text, n);

  return *window != G_MAXUINT32;
}

/* *@shown: the window that is shown then. */
static gboolean
find_page (PhSession *session,
           PhTime time,
           guint32 window,
           guint32 *shown)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);

  ph_cursor_set_window (cursor, window);
  ph_cursor_seek (cursor, time);
  *shown = ph_cursor_get_window (cursor);

  return ph_dom_get_root (ph_cursor_get_dom (cursor)) != 0;
}

gboolean
ph_cli_has_page (PhSession *session,
                 PhTime time,
                 guint32 window)
{
  guint32 shown;

  return find_page (session, time, window, &shown);
}

gboolean
ph_cli_parse_pair (const char *text,
                   guint max,
                   int *first,
                   int *second)
{
  g_auto (GStrv) sides = g_strsplit (text, "x", 3);
  guint64 numbers[2];

  if (g_strv_length (sides) != 2)
    return FALSE;

  for (guint i = 0; i < 2; i++)
    if (!g_ascii_string_to_unsigned (sides[i], 10, 1, max, &numbers[i], NULL))
      return FALSE;

  *first = (int) numbers[0];
  *second = (int) numbers[1];

  return TRUE;
}

gboolean
ph_cli_check_page (PhSession *session,
                   const char *file,
                   PhTime time,
                   guint32 window)
{
  g_autofree char *text = NULL;
  guint32 shown;

  if (find_page (session, time, window, &shown))
    return TRUE;

  text = ph_time_format_tenths (time);
  ph_cli_print_error (file, "Window %u has no page at %s", shown + 1, text);

  return FALSE;
}

gboolean
ph_cli_write (const char *path,
              const char *data,
              gsize size)
{
  g_autoptr (GError) error = NULL;

  if (path != NULL && !g_str_equal (path, "-"))
    {
      if (g_file_set_contents (path, data, (gssize) size, &error))
        return TRUE;

      ph_cli_print_error (path, "%s", error->message);
      return FALSE;
    }

  if (fwrite (data, 1, size, stdout) == size && fflush (stdout) == 0)
    return TRUE;

  ph_cli_print_error (NULL, "Could not write to standard output: %s", g_strerror (errno));

  return FALSE;
}

/* --- the program ----------------------------------------------------------- */

static void
print_help (void)
{
  g_print ("Usage:\n  playhead-cli COMMAND [OPTION…] FILE…\n\nCommands:\n");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-8s %s\n", commands[i].name, commands[i].summary);

  g_print ("\nOptions:\n  --help     This text; after a command, what it takes\n"
           "  --version  The version\n");
}

int
main (int argc,
      char **argv)
{
  const char *name = argc > 1 ? argv[1] : NULL;

  setlocale (LC_ALL, "");
  g_set_prgname ("playhead-cli");

  if (name == NULL)
    {
      ph_cli_print_error (NULL, "no command given; see playhead-cli --help");
      return PH_CLI_USAGE;
    }

  if (g_str_equal (name, "--help") || g_str_equal (name, "-h") || g_str_equal (name, "help"))
    {
      print_help ();
      return PH_CLI_DONE;
    }

  if (g_str_equal (name, "--version"))
    {
      g_print ("playhead-cli %s\n", PH_VERSION);
      return PH_CLI_DONE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return (int) commands[i].run (argc - 1, argv + 1);
    }

  ph_cli_print_error (NULL, "there is no command “%s”; see playhead-cli --help", name);

  return PH_CLI_USAGE;
}
