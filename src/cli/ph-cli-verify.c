/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli.h"
#include "ph-cursor.h"
#include "ph-dom-apply.h"
#include "ph-dom-pack.h"
#include "ph-verify.h"

#include <string.h>

/* Seeks that --deep makes, and what their times come from. */
#define N_SEEKS 200
#define SEED 12345

/* One seek: there from somewhere else, and what was seen. */
typedef struct
{
  PhTime from;
  PhTime to;
  guint32 window;
  char *sum; /* of the packed page */
} Seek;

static void
clear_seek (gpointer data)
{
  g_free (((Seek *) data)->sum);
}

static char *
sum_page (const PhDom *dom)
{
  g_autoptr (GBytes) bytes = ph_dom_pack (dom);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

/* A window that has a page, and a time at which it has it. */
static gboolean
choose_seek (PhSession *session,
             GRand *rand,
             Seek *seek)
{
  PhSpan span = ph_session_get_span (session);
  PhTime first;

  seek->window = (guint32) g_rand_int_range (rand, 0, (gint32) ph_session_get_n_windows (session));
  first = ph_session_get_window (session, seek->window)->first_picture;

  if (first == PH_TIME_NONE)
    return FALSE;

  seek->from =
    span.begin + (PhTime) (g_rand_double (rand) * (double) ph_span_length (span));
  seek->to = first + (PhTime) (g_rand_double (rand) * (double) (span.end - first));

  return TRUE;
}

static int
compare_seeks (gconstpointer a,
               gconstpointer b)
{
  PhTime x = ((const Seek *) a)->to;
  PhTime y = ((const Seek *) b)->to;

  return (x > y) - (x < y);
}

static GArray *
make_seeks (PhSession *session)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  GArray *seeks = g_array_new (FALSE, FALSE, sizeof (Seek));

  g_array_set_clear_func (seeks, clear_seek);

  for (guint i = 0; i < N_SEEKS; i++)
    {
      Seek seek = { 0 };

      if (!choose_seek (session, rand, &seek))
        continue;

      ph_cursor_set_window (cursor, seek.window);
      ph_cursor_seek (cursor, seek.from);
      ph_cursor_get_dom (cursor);
      ph_cursor_seek (cursor, seek.to);
      seek.sum = sum_page (ph_cursor_get_dom (cursor));
      g_array_append_val (seeks, seek);
    }

  g_array_sort (seeks, compare_seeks);

  return seeks;
}

/* Plays the events one after the other, with no keyframe, past all times sought. */
static guint
count_differences (PhSession *session,
                   const char *file,
                   GArray *seeks)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_dom_free);
  g_autoptr (PhJson) json = ph_json_new ();
  guint next = 0;
  guint n = 0;

  for (guint i = 0; i < ph_session_get_n_windows (session); i++)
    g_ptr_array_add (pages, ph_dom_new (ph_session_get_names (session)));

  for (guint i = 0; i < seeks->len; i++)
    {
      const Seek *seek = &g_array_index (seeks, Seek, i);
      guint end = ph_session_events_until (session, seek->to);
      g_autofree char *sum = NULL;
      PhJsonValue root;

      for (; next < end; next++)
        {
          const PhEvent *event = ph_session_get_event (session, next);

          if (ph_json_parse (json, event->text, event->size, &root, NULL))
            ph_dom_apply (pages->pdata[event->window], event, root, NULL);
        }

      sum = sum_page (pages->pdata[seek->window]);

      if (!g_str_equal (sum, seek->sum))
        {
          g_autofree char *to = ph_time_format_tenths (seek->to);
          g_autofree char *from = ph_time_format_tenths (seek->from);

          ph_cli_print_error (file, "Seeking to %s in window %u, from %s, shows another page than "
                                    "playing there",
                              to, seek->window + 1, from);
          n++;
        }
    }

  return n;
}

typedef struct
{
  const char *file;
} Report;

static void
damage_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  const Report *report = user_data;
  g_autofree char *at = time != PH_TIME_NONE ? ph_time_format_tenths (time) : NULL;

  if (at != NULL)
    ph_cli_print_error (report->file, "%s: %s", at, text);
  else
    ph_cli_print_error (report->file, "%s", text);
}

static void
print_sound (PhSession *session,
             const char *file,
             guint n_seeks)
{
  g_autofree char *name = g_filename_display_name (file);
  guint n_keyframes = ph_session_n_keyframes (session);

  g_print ("%s: sound, %u events", name, ph_session_get_n_events (session));

  if (n_keyframes > 0)
    g_print (", %u stored pages", n_keyframes);

  if (n_seeks > 0)
    g_print (", %u seeks", n_seeks);

  g_print ("\n");
}

PhCliStatus
ph_cli_verify (int argc,
               char **argv)
{
  gboolean deep = FALSE;
  g_auto (GStrv) files = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GArray) seeks = NULL;
  Report report;
  gboolean is_sound;
  const GOptionEntry entries[] = {
    { "deep", 0, 0, G_OPTION_ARG_NONE, &deep,
      "Also that seeking shows what playing shows, at many times", NULL },
    G_OPTION_ENTRY_NULL
  };
  const PhCliUsage usage = {
    .name = argv[0],
    .arguments = "FILE",
    .summary = "Whether a recording or archive is whole, and what of it is damaged.",
    .entries = entries,
  };

  files = ph_cli_parse (&usage, argc, argv);

  if (files == NULL)
    return PH_CLI_USAGE;

  session = ph_cli_open (files[0]);

  if (session == NULL)
    return PH_CLI_FAILED;

  report.file = files[0];
  is_sound = ph_session_verify (session, damage_cb, &report);

  if (deep)
    {
      seeks = make_seeks (session);
      is_sound = count_differences (session, files[0], seeks) == 0 && is_sound;
    }

  if (is_sound)
    print_sound (session, files[0], seeks != NULL ? seeks->len : 0);

  return is_sound ? PH_CLI_DONE : PH_CLI_FAILED;
}
