/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-bench-stats.h"
#include "ph-cli-render.h"
#include "ph-cli.h"
#include "ph-cursor.h"

#include <string.h>
#include <unistd.h>

#define DEFAULT_SEEKS 100
#define MB 1e6

/* Times in milliseconds, where the name says nothing else. */
typedef struct
{
  goffset archive_bytes;
  guint n_events;
  double import_seconds;
  guint n_seeks;
  PhBenchSpread engine_seek;
  double rss_mb;
  goffset recording_bytes;

  gboolean has_stage; /* what follows was measured */
  double first_picture;
  double cold_start;
  PhBenchSpread seek;
  double refused; /* operations of patches */
  double scrub;   /* pictures a second */
} Figures;

typedef struct
{
  const char *name;
  gboolean shown; /* progress is on the terminal */
  guint n_seeks;
  guint n_done;
  double *samples;
  Figures *figures;
} Bench;

static double
milliseconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static void
show_progress (Bench *bench,
               const char *what)
{
  if (!isatty (STDERR_FILENO))
    return;

  g_printerr ("\r\033[K%s: %s, %u of %u", bench->name, what, bench->n_done, bench->n_seeks);
  bench->shown = TRUE;
}

static void
clear_progress (Bench *bench)
{
  if (bench->shown)
    g_printerr ("\r\033[K");

  bench->shown = FALSE;
}

/* --- the engine ------------------------------------------------------------ */

static PhSession *
measure_import (const char *file,
                Figures *figures)
{
  gint64 start = g_get_monotonic_time ();
  PhSession *session = ph_cli_open (file);

  if (session == NULL)
    return NULL;

  figures->import_seconds = milliseconds_since (start) / 1000;
  figures->archive_bytes = ph_session_get_archive_bytes (session);
  figures->n_events = ph_session_get_n_events (session);
  figures->recording_bytes = ph_session_get_recording_bytes (session);

  return session;
}

/* From asking to having the patch that would go to the stage. */
static void
measure_engine (PhSession *session,
                const PhTime *times,
                Bench *bench)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autoptr (GBytes) first = ph_cursor_take_patch (cursor, TRUE);

  /* Only so that something is shown that the seeks can differ from. */
  g_clear_pointer (&first, g_bytes_unref);

  for (bench->n_done = 0; bench->n_done < bench->n_seeks; bench->n_done++)
    {
      gint64 start = g_get_monotonic_time ();
      GBytes *patch;

      ph_cursor_seek (cursor, times[bench->n_done]);
      patch = ph_cursor_take_patch (cursor, TRUE);
      bench->samples[bench->n_done] = milliseconds_since (start);
      g_clear_pointer (&patch, g_bytes_unref);

      if (bench->n_done % 16 == 0)
        show_progress (bench, "seeking in the engine");
    }

  bench->figures->engine_seek = ph_bench_spread (bench->samples, bench->n_seeks);
}

/* Resident memory, in MB, of the process that /proc calls @process. */
static double
read_rss (const char *process)
{
  g_autofree char *path = g_build_filename ("/proc", process, "statm", NULL);
  g_autofree char *text = NULL;
  const char *resident;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (resident = strchr (text, ' ')) == NULL)
    return 0;

  return (double) g_ascii_strtoull (resident, NULL, 10) * (double) sysconf (_SC_PAGESIZE) / MB;
}

/* --- the stage ------------------------------------------------------------- */

static void
measured_cb (PhCliMeasure measure,
             double value,
             const char *process,
             gpointer user_data)
{
  Bench *bench = user_data;

  switch (measure)
    {
    case PH_CLI_MEASURE_COLD_START:
      bench->figures->cold_start = value;
      break;

    case PH_CLI_MEASURE_FIRST_PICTURE:
      bench->figures->first_picture = value;
      break;

    case PH_CLI_MEASURE_SEEK:
      if (bench->n_done < bench->n_seeks)
        bench->samples[bench->n_done++] = value;
      break;

    case PH_CLI_MEASURE_REFUSED:
      bench->figures->refused = value;
      break;

    case PH_CLI_MEASURE_SCRUB:
      bench->figures->scrub = value;
      break;
    }

  show_progress (bench, "seeking on the stage");

  if (measure == PH_CLI_MEASURE_SEEK && bench->n_done == bench->n_seeks)
    bench->figures->rss_mb = read_rss (process);
}

static PhCliStatus
measure_stage (const char *file,
               const PhTime *times,
               Bench *bench)
{
  PhCliStatus status;

  bench->n_done = 0;
  status = ph_cli_render_bench (file, times, bench->n_seeks, measured_cb, bench);
  clear_progress (bench);
  bench->figures->seek = ph_bench_spread (bench->samples, bench->n_done);
  bench->figures->has_stage = TRUE;

  return status;
}

/* --- what is printed ------------------------------------------------------- */

static void
put_number (GString *out,
            const char *format,
            double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, format, number));
}

static void
put_member (GString *out,
            const char *name,
            double number)
{
  g_string_append_printf (out, ",\n  \"%s\" : ", name);
  put_number (out, "%.3f", number);
}

static void
put_spread (GString *out,
            const char *name,
            const PhBenchSpread *spread)
{
  g_string_append_printf (out, ",\n  \"%s\" : { \"p50\" : ", name);
  put_number (out, "%.3f", spread->p50);
  g_string_append (out, ", \"p95\" : ");
  put_number (out, "%.3f", spread->p95);
  g_string_append (out, ", \"max\" : ");
  put_number (out, "%.3f", spread->max);
  g_string_append (out, " }");
}

static double
megabytes_per_second (const Figures *figures)
{
  return (double) figures->archive_bytes / MB / MAX (figures->import_seconds, 1e-6);
}

static char *
format_json (const Figures *figures)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "{\n  \"archive_bytes\" : %" G_GOFFSET_FORMAT ",\n  \"events\" : %u",
                          figures->archive_bytes, figures->n_events);
  put_member (out, "import_s", figures->import_seconds);
  put_member (out, "import_mb_per_s", megabytes_per_second (figures));

  if (figures->has_stage)
    {
      put_member (out, "first_picture_ms", figures->first_picture);
      put_member (out, "cold_start_ms", figures->cold_start);
    }

  g_string_append_printf (out, ",\n  \"seeks\" : %u", figures->n_seeks);
  put_spread (out, "engine_seek_ms", &figures->engine_seek);

  if (figures->has_stage)
    {
      put_spread (out, "seek_ms", &figures->seek);
      put_member (out, "scrub_pictures_per_s", figures->scrub);
    }

  put_member (out, "rss_mb", figures->rss_mb);
  g_string_append_printf (out, ",\n  \"recording_bytes\" : %" G_GOFFSET_FORMAT,
                          figures->recording_bytes);

  if (figures->has_stage)
    g_string_append_printf (out, ",\n  \"refused\" : %.0f", figures->refused);

  g_string_append (out, "\n}\n");

  return g_string_free (out, FALSE);
}

static void
put_seek_line (GString *out,
               const char *name,
               const PhBenchSpread *spread)
{
  g_string_append_printf (out, "  %-15s %.1f ms at the median, %.1f ms at p95, %.1f ms at most\n",
                          name, spread->p50, spread->p95, spread->max);
}

static char *
format_text (const Figures *figures,
             const char *name)
{
  GString *out = g_string_new (name);

  g_string_append_printf (out, "\n  %-15s %.1f MB, %u events\n", "Archive",
                          (double) figures->archive_bytes / MB, figures->n_events);
  g_string_append_printf (out, "  %-15s %.2f s, %.0f MB/s\n", "Import", figures->import_seconds,
                          megabytes_per_second (figures));

  if (figures->has_stage)
    {
      g_string_append_printf (out, "  %-15s %.0f ms\n", "First picture", figures->first_picture);
      g_string_append_printf (out, "  %-15s %.0f ms\n", "Cold start", figures->cold_start);
    }

  g_string_append_printf (out, "  %-15s %u\n", "Seeks", figures->n_seeks);
  put_seek_line (out, "Engine", &figures->engine_seek);

  if (figures->has_stage)
    {
      put_seek_line (out, "Painted", &figures->seek);
      g_string_append_printf (out, "  %-15s %.0f pictures a second\n", "Scrubbing",
                              figures->scrub);
    }

  g_string_append_printf (out, "  %-15s %.0f MB\n", "Memory", figures->rss_mb);
  g_string_append_printf (out, "  %-15s %.1f MB, %.1f %% of the archive\n", "Recording",
                          (double) figures->recording_bytes / MB,
                          100 * (double) figures->recording_bytes /
                            (double) MAX (figures->archive_bytes, 1));

  if (figures->refused > 0)
    g_string_append_printf (out, "  %-15s %.0f operations\n", "Refused", figures->refused);

  return g_string_free (out, FALSE);
}

/* --- the command ----------------------------------------------------------- */

/* The session is closed before the stage opens it again: two of them are no measure of memory. */
static PhCliStatus
measure (const char *file,
         const char *name,
         guint n_seeks,
         gboolean no_stage,
         Figures *figures)
{
  PhTime times[PH_CLI_MAX_SEEKS];
  double samples[PH_CLI_MAX_SEEKS];
  Bench bench = { .name = name, .n_seeks = n_seeks, .samples = samples, .figures = figures };
  g_autoptr (PhSession) session = measure_import (file, figures);
  PhSpan span;

  if (session == NULL)
    return PH_CLI_FAILED;

  if (!ph_cli_check_page (session, file, 0, G_MAXUINT32))
    return PH_CLI_FAILED;

  span = ph_session_get_span (session);
  ph_bench_times (span.end - span.begin, times, n_seeks);
  figures->n_seeks = n_seeks;
  measure_engine (session, times, &bench);
  clear_progress (&bench);
  figures->rss_mb = read_rss ("self");
  g_clear_object (&session);

  return no_stage ? PH_CLI_DONE : measure_stage (file, times, &bench);
}

PhCliStatus
ph_cli_bench (int argc,
              char **argv)
{
  int n_seeks = DEFAULT_SEEKS;
  gboolean no_stage = FALSE;
  gboolean json = FALSE;
  g_auto (GStrv) files = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  Figures figures = { 0 };
  PhCliStatus status;
  const GOptionEntry entries[] = {
    { "seeks", 0, 0, G_OPTION_ARG_INT, &n_seeks, "How many times to seek; 100 if not given", "N" },
    { "no-stage", 0, 0, G_OPTION_ARG_NONE, &no_stage,
      "Only what needs no web view and no display", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "As JSON", NULL },
    G_OPTION_ENTRY_NULL
  };
  const PhCliUsage usage = {
    .name = argv[0],
    .arguments = "FILE",
    .summary = "How long opening and seeking take, and how much memory.",
    .entries = entries,
  };

  files = ph_cli_parse (&usage, argc, argv);

  if (files == NULL)
    return PH_CLI_USAGE;

  if (n_seeks < 1 || n_seeks > PH_CLI_MAX_SEEKS)
    {
      ph_cli_print_error (NULL, "bench: --seeks: from 1 to %d", PH_CLI_MAX_SEEKS);
      return PH_CLI_USAGE;
    }

  {
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (files[0]);

    name = ph_session_dup_file_name (file);
  }

  status = measure (files[0], name, (guint) n_seeks, no_stage, &figures);

  if (status != PH_CLI_DONE)
    return status;

  text = json ? format_json (&figures) : format_text (&figures, name);

  return ph_cli_write (NULL, text, strlen (text)) ? PH_CLI_DONE : PH_CLI_FAILED;
}
