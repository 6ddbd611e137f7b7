/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-render.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define RENDER "playhead-render"

/* How long the display server may take to start. */
#define DISPLAY_TIMEOUT (20 * PH_SECOND)
/* More than one line is no error message. */
#define MAX_MESSAGE_BYTES 2000

/* What we start ends with us, also when we are killed. */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* A display outlives what is on it: Ctrl+C in a terminal is not for it. */
static void
end_with_parent_only (gpointer user_data)
{
  end_with_parent (user_data);
  setpgid (0, 0);
}

/* --- a display ------------------------------------------------------------- */

/* The number Xvfb writes when it is ready, or NULL. */
static char *
read_display (int fd)
{
  g_autoptr (GString) text = g_string_new (":");
  gint64 end = g_get_monotonic_time () + DISPLAY_TIMEOUT;

  for (;;)
    {
      struct pollfd wait = { .fd = fd, .events = POLLIN };
      gint64 left = (end - g_get_monotonic_time ()) / 1000;
      char c;

      if (left <= 0 || text->len > 20)
        return NULL;

      if (poll (&wait, 1, (int) left) < 0 && errno != EINTR)
        return NULL;

      if (wait.revents == 0)
        continue;

      if (read (fd, &c, 1) != 1)
        return NULL;

      if (c == '\n')
        return text->len > 1 ? g_strdup (text->str) : NULL;

      if (!g_ascii_isdigit (c))
        return NULL;

      g_string_append_c (text, c);
    }
}

/* Starts a display of our own and puts its name into @launcher's environment. */
static GSubprocess *
start_display (GSubprocessLauncher *launcher,
               GError **error)
{
  g_autofree char *program = g_find_program_in_path ("Xvfb");
  g_autoptr (GSubprocessLauncher) own =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) server = NULL;
  g_autofree char *display = NULL;
  int fds[2];

  if (program == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           "There is no display, and Xvfb, which would be one, is not installed");
      return NULL;
    }

  if (!g_unix_open_pipe (fds, FD_CLOEXEC, error))
    return NULL;

  g_subprocess_launcher_set_child_setup (own, end_with_parent_only, NULL, NULL);
  g_subprocess_launcher_take_fd (own, fds[1], 3);
  server = g_subprocess_launcher_spawn (own, error, program, "-displayfd", "3", "-screen", "0",
                                        "1600x1200x24", "-nolisten", "tcp", NULL);
  g_clear_object (&own);

  if (server != NULL)
    display = read_display (fds[0]);

  close (fds[0]);

  if (server == NULL)
    return NULL;

  if (display == NULL)
    {
      g_subprocess_force_exit (server);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "There is no display, and Xvfb did not start");
      return NULL;
    }

  g_subprocess_launcher_setenv (launcher, "DISPLAY", display, TRUE);
  g_subprocess_launcher_setenv (launcher, "GDK_BACKEND", "x11", TRUE);
  g_subprocess_launcher_setenv (launcher, "GSK_RENDERER", "cairo", TRUE);
  g_subprocess_launcher_setenv (launcher, "LIBGL_ALWAYS_SOFTWARE", "1", FALSE);

  return g_steal_pointer (&server);
}

static gboolean
has_display (void)
{
  const char *x11 = g_getenv ("DISPLAY");
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");

  return (x11 != NULL && x11[0] != '\0') || (wayland != NULL && wayland[0] != '\0');
}

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

/* Ends what start_display() started, if it did, and prints the error, if there is one. */
static void
finish (const char *file,
        GSubprocess *display,
        const GError *error)
{
  if (display != NULL)
    {
      g_subprocess_send_signal (display, SIGTERM);
      g_subprocess_wait (display, NULL, NULL);
    }

  if (error != NULL)
    ph_cli_print_error (file, "%s", error->message);
}

static PhCliStatus
render (const char *file,
        const char *const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) display = NULL;
  g_autoptr (GError) error = NULL;
  PhCliStatus status = PH_CLI_FAILED;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);

  if (has_display () || (display = start_display (launcher, &error)) != NULL)
    status = run (launcher, argv, &error);

  finish (file, display, error);

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
                    const char *output)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) display = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  PhCliStatus status = PH_CLI_FAILED;

  g_ptr_array_add (argv, find_render ());

  for (guint i = 0; i < arguments->len; i++)
    g_ptr_array_add (argv, g_strdup (arguments->pdata[i]));

  g_ptr_array_add (argv, g_strdup ("-o"));
  g_ptr_array_add (argv, ph_cli_dup_path (output));
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);

  if ((has_display () || (display = start_display (launcher, &error)) != NULL) &&
      run_long (launcher, (const char *const *) argv->pdata, output, &error))
    status = PH_CLI_DONE;

  finish (file, display, error);

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
  g_autoptr (GSubprocess) display = NULL;
  g_autofree char *since = NULL;
  g_autoptr (GError) error = NULL;
  PhCliStatus status = PH_CLI_FAILED;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);

  if (has_display () || (display = start_display (launcher, &error)) != NULL)
    {
      since = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());

      if (run_bench (launcher, file, since, &cold, &error) &&
          run_bench (launcher, file, NULL, &warm, &error))
        status = PH_CLI_DONE;
    }

  finish (file, display, error);

  return status;
}
