/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * What the fault tests share: archives of several runs of events, other programs
 * that open them, and what must hold afterwards. All paths are newly allocated.
 */

/* g_test_init() with user folders of its own for each test; the programs' paths are arguments. */
void fault_init (int *argc,
                 char ***argv);
/* Those arguments: fault-opener, generate-session, playhead-cli. */
extern char *fault_opener;
extern char *fault_generator;
extern char *fault_cli;

/* A session of about @size (`8M`) that looks recorded, in @folder. */
char *fault_make_archive (const char *folder,
                          const char *kind,
                          const char *size);
/* The same events as lines, its second half first: it can only be sorted. */
char *fault_make_disordered (const char *archive);
/* The texts of an archive's events as GBytes, in order of time. */
GPtrArray *fault_read_events (const char *archive);

/* Blocking, until all of it is there; or an error of opening, or of importing. */
PhSession *fault_open (const char *path,
                       PhOpenFlags flags,
                       GError **error);
/* Verify finds nothing in it, and its events are these, byte for byte. */
void fault_assert_whole (PhSession *session,
                         GPtrArray *events);

/* Files in @folder whose names begin and end so. */
guint fault_count (const char *folder,
                   const char *prefix,
                   const char *suffix);
/* No file in the making is left in the library or in the cache folder. */
void fault_assert_swept (void);

/* Starts a program with this process's user folders; what it prints goes nowhere. */
GPid fault_spawn (const char *const *argv);
/* Until it has ended; the status is that of waitpid(). */
int fault_wait (GPid pid);
/* Runs it to its end; @output, which may be NULL, is what it printed, both streams. */
int fault_run (const char *const *argv,
               char **output);

G_END_DECLS
