/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs playhead-cli, the program's first argument, and says how it ended. */

/* A small recording of two pages, among the fixtures. */
#define PAGES "rrweb/two-pages.json"

typedef struct
{
  int status;
  char *out;
  char *err;
} Result;

void clear_result (Result *result);

/* Like g_test_init(); the only argument that is left says which program is run. */
void program_init (int *argc,
                   char ***argv);

GSubprocessLauncher *new_launcher (void);

/* @executable NULL: the program. @arguments are separated by single spaces. */
Result run_program (const char *executable,
                    const char *folder,
                    GSubprocessLauncher *launcher,
                    const char *arguments);
Result run_in (const char *folder,
               const char *arguments);

/* Among the fixtures. */
Result run (const char *arguments);

/*
 * A copy of the program in @folder, with a script beside it where the helper is looked
 * for. Gives the copy's path.
 */
char *install_helper (const char *folder,
                      const char *script);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, clear_result)

G_END_DECLS
