/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-cli-assets.h"
#include "ph-session.h"

G_BEGIN_DECLS

/*
 * The command line, one file per command. Exit status: 0 done, 1 failed, 2
 * wrong usage. An error is one line on standard error.
 */
typedef enum
{
  PH_CLI_DONE = 0,
  PH_CLI_FAILED = 1,
  PH_CLI_USAGE = 2,
} PhCliStatus;

/* Each gets its own name as argv[0]. */
PhCliStatus ph_cli_info (int argc,
                         char **argv);
PhCliStatus ph_cli_events (int argc,
                           char **argv);
PhCliStatus ph_cli_html (int argc,
                         char **argv);
PhCliStatus ph_cli_state (int argc,
                          char **argv);
PhCliStatus ph_cli_shot (int argc,
                         char **argv);
PhCliStatus ph_cli_state (int argc,
                          char **argv);
PhCliStatus ph_cli_clip (int argc,
                         char **argv);
PhCliStatus ph_cli_notes (int argc,
                          char **argv);
PhCliStatus ph_cli_convert (int argc,
                            char **argv);
PhCliStatus ph_cli_verify (int argc,
                           char **argv);
PhCliStatus ph_cli_bench (int argc,
                          char **argv);

/* What a command takes: its options, and how many files. */
typedef struct
{
  const char *name;
  const char *arguments; /* as shown by --help: `FILE…` */
  const char *summary;
  const GOptionEntry *entries;
  gboolean many_files;
  gboolean has_times; /* the help says how times are written */
} PhCliUsage;

/*
 * Reads the options into the variables their entries name, and gives the files.
 * NULL, and the error was printed, when the usage is wrong. Prints the help and
 * ends the program when that is asked for.
 */
char **ph_cli_parse (const PhCliUsage *usage,
                     int argc,
                     char **argv);

/* `playhead-cli: FILE: what is wrong`, on one line whatever is in it. */
void ph_cli_print_error (const char *file,
                         const char *format,
                         ...) G_GNUC_PRINTF (2, 3);

/* Progress of long work, shown on a terminal only. Not to be moved while work goes on. */
typedef struct
{
  PhSessionProgress func; /* NULL without a terminal; takes the struct as its data */
  char *name;
  gint64 start;
  int shown; /* per cent, −1 when nothing is shown yet */
} PhCliProgress;

void ph_cli_progress_begin (PhCliProgress *progress,
                            GFile *file);
void ph_cli_progress_end (PhCliProgress *progress);

/* The option of all commands that says which session of an archive that holds several is meant. */
extern char *ph_cli_session;

/*
 * What @file and that option name: the session with that key, or of that number, from 1.
 * NULL with an error when there is none.
 */
GFile *ph_cli_dup_input (const char *file,
                         GError **error);
/* A path as an argument for another program: one that begins with a dash is no option. */
char *ph_cli_dup_path (const char *path);
/* The same of the input. */
char *ph_cli_dup_input_argument (const char *file);

/* As ph_cli_open(), but that the error is given. */
PhSession *ph_cli_try_open (const char *file,
                            GError **error);
/* Prints such an error. */
void ph_cli_print_open_error (const char *file,
                              const GError *error);

/* Opens a recording, with progress on a terminal. NULL, and the error was printed, on failure. */
PhSession *ph_cli_open (const char *file);

/* Reads a time; FALSE, and the error was printed, when it is none. @option names it: `--at`. */
gboolean ph_cli_parse_time (PhSession *session,
                            const char *file,
                            const char *option,
                            const char *text,
                            PhTime *time);
/* Reads a window's number, from 1, or its name; G_MAXUINT32 when @text is NULL. */
gboolean ph_cli_parse_window (PhSession *session,
                              const char *file,
                              const char *text,
                              guint32 *window);

/* Two numbers from 1 to @max, as in `1280x720`. FALSE when @text is none; prints nothing. */
gboolean ph_cli_parse_pair (const char *text,
                            guint max,
                            int *first,
                            int *second);

/* Whether @window (G_MAXUINT32: the active one) shows anything. */
gboolean ph_cli_has_page (PhSession *session,
                          PhTime time,
                          guint32 window);
/* FALSE, and the error was printed, when @window (G_MAXUINT32: the active one) shows nothing. */
gboolean ph_cli_check_page (PhSession *session,
                            const char *file,
                            PhTime time,
                            guint32 window);

/* A command that writes the page at a time: its options, and what is done with them. */
typedef struct
{
  const char *summary;
  /* From the engine. */
  PhCliStatus (*write) (PhSession *session,
                        PhTime at,
                        guint32 window,
                        const char *output);
  /* As the web view shows it. */
  PhCliStatus (*render) (const char *file,
                         PhTime at,
                         guint32 window,
                         const PhCliAssets *given,
                         const char *output);
} PhCliPageCommand;

PhCliStatus ph_cli_run_page_command (const PhCliPageCommand *command,
                                     int argc,
                                     char **argv);

/* Writes all of it to @path, or to standard output when @path is NULL or `-`. */
gboolean ph_cli_write (const char *path,
                       const char *data,
                       gsize size);

G_END_DECLS
