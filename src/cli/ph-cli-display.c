/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-display.h"

#include "ph-span.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* How long the display server may take to start. */
#define TIMEOUT (20 * PH_SECOND)

struct PhCliDisplay
{
  GSubprocess *server; /* NULL: there is a display */
  int number;          /* where the server writes what it is called, or −1 */
  GError *error;       /* why there is none, or NULL */
};

void
ph_cli_end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* A display outlives what is on it: Ctrl+C in a terminal is not for it. */
static void
end_with_parent_only (gpointer user_data)
{
  ph_cli_end_with_parent (user_data);
  setpgid (0, 0);
}

static gboolean
has_display (void)
{
  const char *x11 = g_getenv ("DISPLAY");
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");

  return (x11 != NULL && x11[0] != '\0') || (wayland != NULL && wayland[0] != '\0');
}

static void
start (PhCliDisplay *self)
{
  g_autofree char *program = g_find_program_in_path ("Xvfb");
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  int fds[2];

  if (program == NULL)
    {
      g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           "There is no display, and Xvfb, which would be one, is not installed");
      return;
    }

  if (!g_unix_open_pipe (fds, FD_CLOEXEC, &self->error))
    return;

  self->number = fds[0];
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_only, NULL, NULL);
  g_subprocess_launcher_take_fd (launcher, fds[1], 3);
  /* Without the last, the server starts anew when the helper has gone, just before it is ended. */
  self->server = g_subprocess_launcher_spawn (launcher, &self->error, program, "-displayfd", "3",
                                              "-screen", "0", "1600x1200x24", "-nolisten", "tcp",
                                              "-noreset", NULL);
}

PhCliDisplay *
ph_cli_display_new (void)
{
  PhCliDisplay *self = g_new0 (PhCliDisplay, 1);

  self->number = -1;

  if (!has_display ())
    start (self);

  return self;
}

/* The number Xvfb writes when it is ready, as a display's name, or NULL. */
static char *
read_name (int fd)
{
  g_autoptr (GString) text = g_string_new (":");
  gint64 end = g_get_monotonic_time () + TIMEOUT;

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

gboolean
ph_cli_display_join (PhCliDisplay *self,
                     GSubprocessLauncher *launcher,
                     GError **error)
{
  g_autofree char *name = NULL;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  if (self->server == NULL)
    return TRUE;

  name = read_name (self->number);

  if (name == NULL)
    {
      /* It may not hear of being asked to end. */
      g_subprocess_force_exit (self->server);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "There is no display, and Xvfb did not start");
      return FALSE;
    }

  g_subprocess_launcher_setenv (launcher, "DISPLAY", name, TRUE);
  g_subprocess_launcher_setenv (launcher, "GDK_BACKEND", "x11", TRUE);
  g_subprocess_launcher_setenv (launcher, "GSK_RENDERER", "cairo", TRUE);
  g_subprocess_launcher_setenv (launcher, "LIBGL_ALWAYS_SOFTWARE", "1", FALSE);

  return TRUE;
}

void
ph_cli_display_free (PhCliDisplay *self)
{
  if (self->server != NULL)
    {
      g_subprocess_send_signal (self->server, SIGTERM);
      g_subprocess_wait (self->server, NULL, NULL);
      g_object_unref (self->server);
    }

  if (self->number >= 0)
    close (self->number);

  g_clear_error (&self->error);
  g_free (self);
}
