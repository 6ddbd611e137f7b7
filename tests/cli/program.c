/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "program.h"

#include "ph-test.h"

#include <glib/gstdio.h>

static char *program;

void
program_init (int *argc,
              char ***argv)
{
  g_test_init (argc, argv, NULL);
  g_assert_cmpint (*argc, ==, 2);
  program = g_canonicalize_filename ((*argv)[1], NULL);
}

void
clear_result (Result *result)
{
  g_free (result->out);
  g_free (result->err);
}

/* @arguments are separated by single spaces. */
Result
run_program (const char *executable,
             const char *folder,
             GSubprocessLauncher *launcher,
             const char *arguments)
{
  g_autofree char *line = g_strdup_printf ("%s%s%s", executable != NULL ? executable : program,
                                           arguments[0] != '\0' ? " " : "", arguments);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Result result = { 0 };

  g_test_message ("playhead-cli %s", arguments);
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &result.out, &result.err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result.status = g_subprocess_get_exit_status (process);

  return result;
}

GSubprocessLauncher *
new_launcher (void)
{
  return g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                    G_SUBPROCESS_FLAGS_STDERR_PIPE);
}

Result
run_in (const char *folder,
        const char *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();

  return run_program (NULL, folder, launcher, arguments);
}

Result
run (const char *arguments)
{
  g_autofree char *folder = ph_test_fixture ("");

  return run_in (folder, arguments);
}

char *
install_helper (const char *folder,
                const char *script)
{
  g_autofree char *cli = g_build_filename (folder, "cli", NULL);
  g_autofree char *render = g_build_filename (folder, "render", NULL);
  g_autofree char *helper = g_build_filename (render, "playhead-render", NULL);
  g_autofree char *path = g_build_filename (cli, "playhead-cli", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (program);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_mkdir (cli, 0700);
  g_mkdir (render, 0700);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (helper, script, -1, NULL));
  g_assert_cmpint (g_chmod (helper, 0700), ==, 0);

  return g_steal_pointer (&path);
}
