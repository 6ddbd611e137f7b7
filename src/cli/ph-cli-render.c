/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-render.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define RENDER "playhead-render"

/* More than one line is no error message. */
#define MAX_MESSAGE_BYTES 2000

/* --- the helper ------------------------------------------------------------ */

/* Beside this program in the build tree, else where it is installed. */
static char *
find_render (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *built = NULL;

  if (folder != NULL)
    {
      built = g_build_filename (folder, "..", "render", RENDER, NULL);

      if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&built);
    }

  return g_build_filename (PH_LIBEXECDIR, RENDER, NULL);
}

/* The last line the helper wrote; what toolkits have to say comes before it. */
static char *
dup_last_line (const char *text)
{
  g_autofree char *copy = g_strndup (text, strlen (text));
  char *line;

  g_strchomp (copy);
  line = strrchr (copy, '\n');
  line = line != NULL ? line + 1 : copy;

  if (g_str_has_prefix (line, RENDER ": "))
    line += strlen (RENDER ": ");

  return g_strndup (line, MAX_MESSAGE_BYTES);
}

/* What the helper that failed had to say, or what happened to it. */
static void
set_failure (GSubprocess *process,
             const char *messages,
             GError **error)
{
  g_autofree char *line = dup_last_line (messages);

  if (line[0] == '\0' && g_subprocess_get_if_signaled (process))
    {
      g_free (line);
      line = g_strdup_printf ("The web view ended with signal %d",
                              g_subprocess_get_term_sig (process));
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       line[0] != '\0' ? line : "The web view could not show the page");
}

static PhCliStatus
run (GSubprocessLauncher *launcher,
     const char *const *argv,
     GError **error)
{
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, error);
  g_autofree char *messages = NULL;

  if (process == NULL ||
      !g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &messages, error))
    return PH_CLI_FAILED;

  if (g_subprocess_get_successful (process))
    return PH_CLI_DONE;

  set_failure (process, messages != NULL ? messages : "", error);

  return PH_CLI_FAILED;
}

static PhCliStatus
render (const char *file,
        const char *const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (PhCliDisplay) display = ph_cli_display_new ();
  g_autoptr (GError) error = NULL;
  PhCliStatus status = PH_CLI_FAILED;

  g_subprocess_launcher_set_child_setup (launcher, ph_cli_end_with_parent, NULL, NULL);

  if (ph_cli_display_join (display, launcher, &error))
    status = run (launcher, argv, &error);

  if (error != NULL)
    ph_cli_print_error (file, "%s", error->message);

  return status;
}

/* What both commands have in common; takes nothing, gives a NULL-terminated list to go on with. */
static GPtrArray *
make_arguments (const char *command,
                const char *file,
                PhTime at,
                guint32 window)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (arguments, find_render ());
  g_ptr_array_add (arguments, g_strdup (command));
  g_ptr_array_add (arguments, ph_cli_dup_input_argument (file));
  g_ptr_array_add (arguments, g_strdup ("--at"));
  g_ptr_array_add (arguments, g_strdup_printf ("%" G_GINT64_FORMAT, at));

  if (window != G_MAXUINT32)
    {
      g_ptr_array_add (arguments, g_strdup ("--window"));
      g_ptr_array_add (arguments, g_strdup_printf ("%u", window));
    }

  return arguments;
}

static PhCliStatus
render_to (GPtrArray *arguments,
           const char *file,
           const char *output)
{
  g_ptr_array_add (arguments, g_strdup ("-o"));
  g_ptr_array_add (arguments, ph_cli_dup_path (output));
  g_ptr_array_add (arguments, NULL);

  return render (file, (const char *const *) arguments->pdata);
}

/* A text, which standard output may be for: that is not the helper's to write to. */
static PhCliStatus
render_text (const char *command,
             const char *file,
             PhTime at,
             guint32 window,
             const PhCliAssets *given,
             const char *output)
{
  g_autoptr (GPtrArray) arguments = make_arguments (command, file, at, window);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  PhCliStatus status;
  gsize size;

  ph_cli_assets_append (given, arguments);

  if (output != NULL && !g_str_equal (output, "-"))
    return render_to (arguments, file, output);

  folder = g_dir_make_tmp ("playhead-XXXXXX", &error);

  if (folder == NULL)
    {
      ph_cli_print_error (NULL, "%s", error->message);
      return PH_CLI_FAILED;
    }

  path = g_build_filename (folder, "page", NULL);
  status = render_to (arguments, file, path);

  if (status == PH_CLI_DONE && !g_file_get_contents (path, &text, &size, &error))
    {
      ph_cli_print_error (NULL, "%s", error->message);
      status = PH_CLI_FAILED;
    }

  if (status == PH_CLI_DONE && !ph_cli_write (NULL, text, size))
    status = PH_CLI_FAILED;

  g_unlink (path);
  g_rmdir (folder);

  return status;
}

PhCliStatus
ph_cli_render_html (const char *file,
                    PhTime at,
                    guint32 window,
                    const PhCliAssets *given,
                    const char *output)
{
  return render_text ("html", file, at, window, given, output);
}

PhCliStatus
ph_cli_render_state (const char *file,
                     PhTime at,
                     guint32 window,
                     const PhCliAssets *given,
                     const char *output)
{
  return render_text ("state", file, at, window, given, output);
}

PhCliStatus
ph_cli_render_shot (const char *file,
                    const PhCliShot *shot,
                    const PhCliAssets *given,
                    const char *output)
{
  g_autoptr (GPtrArray) arguments = make_arguments ("shot", file, shot->at, shot->window);

  if (shot->width > 0)
    {
      g_ptr_array_add (arguments, g_strdup ("--size"));
      g_ptr_array_add (arguments, g_strdup_printf ("%dx%d", shot->width, shot->height));
    }

  if (shot->plain)
    g_ptr_array_add (arguments, g_strdup ("--plain"));

  ph_cli_assets_append (given, arguments);

  return render_to (arguments, file, output);
}

/* --- work that takes its time ---------------------------------------------- */

/* The helper while it works, for interrupted_cb(). */
static volatile pid_t working;

/* Only what may be called at any instant. */
static void
interrupted_cb (int number)
{
  if (working > 0)
    kill (working, SIGTERM);
}

static void
catch_signals (struct sigaction *before)
{
  struct sigaction action = { .sa_handler = interrupted_cb, .sa_flags = SA_RESTART };

  sigemptyset (&action.sa_mask);
  sigaction (SIGINT, &action, &before[0]);
  sigaction (SIGTERM, &action, &before[1]);
}

/* The last line that is no progress. */
static char *
follow (GSubprocess *process,
        PhCliProgress *progress)
{
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *message = g_strdup ("");
  char *line;

  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      if (!g_str_has_prefix (line, "progress "))
        {
          g_free (message);
          message = g_steal_pointer (&line);
        }
      else if (progress->func != NULL)
        {
          progress->func (g_ascii_strtod (line + strlen ("progress "), NULL), progress);
        }

      g_free (line);
    }

  return g_steal_pointer (&message);
}

static gboolean
run_long (GSubprocessLauncher *launcher,
          const char *const *argv,
          const char *output,
          GError **error)
{
  g_autoptr (GFile) target = g_file_new_for_commandline_arg (output);
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, error);
  g_autofree char *message = NULL;
  const char *identifier;
  struct sigaction before[2];
  PhCliProgress progress;
  gboolean waited;

  if (process == NULL)
    return FALSE;

  /* NULL when it has ended already. */
  identifier = g_subprocess_get_identifier (process);
  working = identifier != NULL ? (pid_t) g_ascii_strtoll (identifier, NULL, 10) : 0;
  catch_signals (before);
  ph_cli_progress_begin (&progress, target);
  message = follow (process, &progress);
  ph_cli_progress_end (&progress);
  waited = g_subprocess_wait (process, NULL, error);
  working = 0;
  sigaction (SIGINT, &before[0], NULL);
  sigaction (SIGTERM, &before[1], NULL);

  if (!waited)
    return FALSE;

  if (g_subprocess_get_successful (process))
    return TRUE;

  set_failure (process, message, error);

  return FALSE;
}

PhCliStatus
ph_cli_render_long (const char *file,
                    GPtrArray *arguments,
                    PhCliDisplay *display,
                    const char *output)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  PhCliStatus status = PH_CLI_FAILED;

  g_ptr_array_add (argv, find_render ());

  for (guint i = 0; i < arguments->len; i++)
    g_ptr_array_add (argv, g_strdup (arguments->pdata[i]));

  g_ptr_array_add (argv, g_strdup ("-o"));
  g_ptr_array_add (argv, ph_cli_dup_path (output));
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_child_setup (launcher, ph_cli_end_with_parent, NULL, NULL);

  if (ph_cli_display_join (display, launcher, &error) &&
      run_long (launcher, (const char *const *) argv->pdata, output, &error))
    status = PH_CLI_DONE;

  if (error != NULL)
    ph_cli_print_error (file, "%s", error->message);

  return status;
}

/* --- measuring ------------------------------------------------------------- */

typedef struct
{
  PhCliMeasured measured;
  gpointer user_data;
  const PhTime *times;
  guint n_left; /* questions: each of the times, and how scrubbing goes; 0: none */
} Measuring;

/* FALSE when @line is none of the helper's answers. */
static gboolean
read_measure (Measuring *measuring,
              GSubprocess *process,
              const char *line)
{
  static const char *const names[] = { "cold-start ", "first-picture ", "seek ", "refused ",
                                       "scrub " };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!g_str_has_prefix (line, names[i]))
        continue;

      measuring->measured ((PhCliMeasure) i, g_ascii_strtod (line + strlen (names[i]), NULL),
                           g_subprocess_get_identifier (process), measuring->user_data);

      if ((i == PH_CLI_MEASURE_SEEK || i == PH_CLI_MEASURE_SCRUB) && measuring->n_left > 0)
        measuring->n_left--;

      return TRUE;
    }

  return FALSE;
}

static gboolean
write_times (GSubprocess *process,
             const Measuring *measuring,
             GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i + 1 < measuring->n_left; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", measuring->times[i]);

  if (measuring->n_left > 0)
    g_string_append (text, "scrub\n");

  return g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), text->str, text->len,
                                    NULL, NULL, error);
}

/*
 * The helper waits at the end of the times until its input is closed: so it is
 * still there, with all it holds, when the last of them is measured.
 */
static char *
converse (GSubprocess *process,
          Measuring *measuring)
{
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *message = g_strdup ("");
  char *line;

  if (measuring->n_left == 0)
    g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);

  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      if (!read_measure (measuring, process, line))
        {
          g_free (message);
          message = g_steal_pointer (&line);
        }
      else if (measuring->n_left == 0)
        {
          g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
        }

      g_free (line);
    }

  return g_steal_pointer (&message);
}

static gboolean
run_bench (GSubprocessLauncher *launcher,
           const char *file,
           const char *since,
           Measuring *measuring,
           GError **error)
{
  g_autofree char *program = find_render ();
  g_autofree char *path = ph_cli_dup_input_argument (file);
  const char *argv[] = { program, "bench", path, since != NULL ? "--since" : NULL, since, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, error);
  g_autofree char *message = NULL;

  if (process == NULL)
    return FALSE;

  /* A helper that ended says why on its other end, so that is no end for us. */
  signal (SIGPIPE, SIG_IGN);
  write_times (process, measuring, NULL);
  message = converse (process, measuring);

  if (!g_subprocess_wait (process, NULL, error))
    return FALSE;

  if (g_subprocess_get_successful (process) && measuring->n_left == 0)
    return TRUE;

  set_failure (process, message, error);

  return FALSE;
}

PhCliStatus
ph_cli_render_bench (const char *file,
                     const PhTime *times,
                     guint n_times,
                     PhCliMeasured measured,
                     gpointer user_data)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_MERGE);
  Measuring cold = { .measured = measured, .user_data = user_data };
  Measuring warm = { measured, user_data, times, n_times + 1 };
  g_autoptr (PhCliDisplay) display = ph_cli_display_new ();
  g_autofree char *since = NULL;
  g_autoptr (GError) error = NULL;
  PhCliStatus status = PH_CLI_FAILED;

  g_subprocess_launcher_set_child_setup (launcher, ph_cli_end_with_parent, NULL, NULL);

  if (ph_cli_display_join (display, launcher, &error))
    {
      since = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());

      if (run_bench (launcher, file, since, &cold, &error) &&
          run_bench (launcher, file, NULL, &warm, &error))
        status = PH_CLI_DONE;
    }

  if (error != NULL)
    ph_cli_print_error (file, "%s", error->message);

  return status;
}
