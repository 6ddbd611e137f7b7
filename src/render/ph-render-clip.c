/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-render-clip.h"

#include "ph-clip.h"
#include "ph-error.h"
#include "ph-input.h"
#include "ph-render-assets.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  char *form;
  char *size;
  char *sheet;
  char *title;
  char *output;
  char **captions;
  char **assets;
  char **hosts;
  gint64 from, to;
  gint64 window; /* −1: the active one */
  int fps, speed;
  gboolean no_idle, no_pointer, no_clicks, address, clock;
} Options;

typedef struct
{
  PhClip *clip;
  GMainLoop *loop;
  int signal; /* that ended it, or 0 */
} Job;

static void
options_clear (Options *options)
{
  g_free (options->form);
  g_free (options->size);
  g_free (options->sheet);
  g_free (options->title);
  g_free (options->output);
  g_strfreev (options->captions);
  g_strfreev (options->assets);
  g_strfreev (options->hosts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* `1280x720`, `4x3`: two numbers. */
static gboolean
parse_pair (const char *text,
            int *first,
            int *second)
{
  g_auto (GStrv) sides = g_strsplit (text, "x", 3);
  guint64 a;
  guint64 b;

  if (g_strv_length (sides) != 2 ||
      !g_ascii_string_to_unsigned (sides[0], 10, 1, G_MAXUINT16, &a, NULL) ||
      !g_ascii_string_to_unsigned (sides[1], 10, 1, G_MAXUINT16, &b, NULL))
    return FALSE;

  *first = (int) a;
  *second = (int) b;

  return TRUE;
}

static PhClipOrder *
new_order (const char *name)
{
  for (guint i = 0; name != NULL && i < PH_CLIP_N_FORMS; i++)
    if (strcmp (ph_clip_form_get_info (i)->name, name) == 0)
      return ph_clip_order_new (i);

  return NULL;
}

/* `BEGIN END TEXT`, both in microseconds. */
static gboolean
add_caption (PhClipOrder *order,
             const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 3);
  PhSpan span;

  if (g_strv_length (parts) != 3 ||
      !g_ascii_string_to_signed (parts[0], 10, 0, G_MAXINT64, &span.begin, NULL) ||
      !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &span.end, NULL) ||
      !g_utf8_validate (parts[2], -1, NULL))
    return FALSE;

  ph_clip_order_add_caption (order, span, parts[2]);

  return TRUE;
}

/* NULL when the usage is wrong. */
static PhClipOrder *
make_order (const Options *options)
{
  g_autoptr (PhClipOrder) order = new_order (options->form);
  int columns = 0;
  int rows = 0;

  if (order == NULL || options->window < -1 || options->window >= G_MAXUINT32)
    return NULL;

  order->span = (PhSpan) { options->from, options->to };

  if (options->window >= 0)
    order->window = (guint32) options->window;

  if (options->size != NULL && !parse_pair (options->size, &order->width, &order->height))
    return NULL;

  if (options->sheet != NULL)
    {
      if (!parse_pair (options->sheet, &columns, &rows))
        return NULL;

      order->columns = (guint) columns;
      order->rows = (guint) rows;
    }

  if (options->fps > 0)
    order->fps = (guint) options->fps;

  if (options->speed > 0)
    order->speed = (guint) options->speed;

  order->cut_idle = options->no_idle;
  order->pointer = !options->no_pointer;
  order->clicks = !options->no_clicks;
  order->address = options->address;
  order->clock = options->clock;

  if (options->title != NULL && g_utf8_validate (options->title, -1, NULL))
    order->title = g_strdup (options->title);

  for (guint i = 0; options->captions != NULL && options->captions[i] != NULL; i++)
    if (!add_caption (order, options->captions[i]))
      return NULL;

  return g_steal_pointer (&order);
}

static gboolean
parse (Options *options,
       int *argc,
       char ***argv)
{
  const GOptionEntry entries[] = {
    { "form", 0, 0, G_OPTION_ARG_STRING, &options->form, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_INT64, &options->from, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_INT64, &options->to, NULL, NULL },
    { "window", 0, 0, G_OPTION_ARG_INT64, &options->window, NULL, NULL },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options->size, NULL, NULL },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &options->sheet, NULL, NULL },
    { "fps", 0, 0, G_OPTION_ARG_INT, &options->fps, NULL, NULL },
    { "speed", 0, 0, G_OPTION_ARG_INT, &options->speed, NULL, NULL },
    { "no-idle", 0, 0, G_OPTION_ARG_NONE, &options->no_idle, NULL, NULL },
    { "no-pointer", 0, 0, G_OPTION_ARG_NONE, &options->no_pointer, NULL, NULL },
    { "no-clicks", 0, 0, G_OPTION_ARG_NONE, &options->no_clicks, NULL, NULL },
    { "address", 0, 0, G_OPTION_ARG_NONE, &options->address, NULL, NULL },
    { "clock", 0, 0, G_OPTION_ARG_NONE, &options->clock, NULL, NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options->title, NULL, NULL },
    { "caption", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->captions, NULL, NULL },
    { "assets", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->assets, NULL, NULL },
    { "allow-host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->hosts, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);

  return g_option_context_parse (context, argc, argv, NULL) && *argc == 3 &&
         options->output != NULL;
}

static void
progress_cb (Job *job)
{
  PhTime left = ph_clip_get_time_left (job->clip);

  printf ("progress %.4f %" G_GINT64_FORMAT "\n", ph_clip_get_fraction (job->clip),
          left != PH_TIME_NONE ? left / PH_SECOND : -1);
  fflush (stdout);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  Job *job = user_data;

  job->signal = SIGINT;
  ph_clip_cancel (job->clip);

  return G_SOURCE_CONTINUE;
}

static PhClip *
open_clip (const Options *options,
           const PhClipOrder *order,
           const char *file,
           GError **error)
{
  g_autoptr (GFile) from = ph_input_new_for_argument (file);
  g_autoptr (GFile) to = g_file_new_for_commandline_arg (options->output);
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhAssetShelf) shelf = NULL;
  PhClip *clip;

  if (!ph_clip_form_check (order->form, error))
    return NULL;

  session = ph_session_open (from, NULL, NULL, NULL, error);

  if (session == NULL ||
      !ph_render_gather (session, options->assets, options->hosts, &shelf, error))
    return NULL;

  clip = ph_clip_new (session, order, to);
  ph_clip_set_assets (clip, shelf);

  return clip;
}

static gboolean
run (const Options *options,
     const PhClipOrder *order,
     const char *file,
     GError **error)
{
  g_autoptr (PhClip) clip = open_clip (options, order, file, error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Job job = { clip, loop, 0 };

  if (clip == NULL)
    return FALSE;

  g_signal_connect_swapped (clip, "notify::fraction", G_CALLBACK (progress_cb), &job);
  g_signal_connect_swapped (clip, "ended", G_CALLBACK (g_main_loop_quit), loop);
  g_unix_signal_add (SIGINT, interrupted_cb, &job);
  g_unix_signal_add (SIGTERM, interrupted_cb, &job);
  ph_clip_start (clip);
  g_main_loop_run (loop);

  if (ph_clip_get_state (clip) == PH_CLIP_DONE)
    {
      printf ("pictures %" G_GUINT64_FORMAT " painted %" G_GUINT64_FORMAT "\n",
              ph_clip_get_n_pictures (clip), ph_clip_get_n_painted (clip));
      return TRUE;
    }

  if (ph_clip_get_error (clip) != NULL)
    g_propagate_error (error, g_error_copy (ph_clip_get_error (clip)));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  return FALSE;
}

int
ph_render_clip (int argc,
                char **argv)
{
  g_auto (Options) options = { .window = -1 };
  g_autoptr (PhClipOrder) order = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse (&options, &argc, &argv) || (order = make_order (&options)) == NULL)
    {
      fputs ("playhead-render: usage: playhead-render clip FILE --form NAME --from MICROSECONDS "
             "--to MICROSECONDS [OPTION…] -o OUT\n",
             stderr);
      return 2;
    }

  if (!gtk_init_check ())
    {
      fputs ("playhead-render: there is no display to draw on\n", stderr);
      return 1;
    }

  if (run (&options, order, argv[2], &error))
    return 0;

  fprintf (stderr, "playhead-render: %s\n", error->message);

  return 1;
}
