/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-clip.h"
#include "ph-cli-notes.h"
#include "ph-note.h"

#include <math.h>
#include <string.h>

#define MAX_SIDE 8192
#define MIN_SIDE 16
#define MAX_CELLS 20
#define MAX_FPS 60
#define MIN_SPEED 0.1
#define MAX_SPEED 100

/* A sheet is a PNG as well: it is chosen by --sheet, before the first row that fits. */
static const PhCliClipForm forms[] = {
  { "webm", ".webm", TRUE, ph_cli_clip_render },
  { "webm-vp9", ".webm", TRUE, ph_cli_clip_render },
  { "mp4", ".mp4", TRUE, ph_cli_clip_render },
  { "gif", ".gif", TRUE, ph_cli_clip_render },
  { "png", ".png", TRUE, ph_cli_clip_render },
  { "sheet", ".png", TRUE, ph_cli_clip_render },
  { "html", ".html", FALSE, ph_cli_clip_html },
  { "playhead", ".playhead", FALSE, ph_cli_clip_excerpt },
};

/* As they were given. */
typedef struct
{
  char *from;
  char *to;
  char *window;
  char *form;
  char *size;
  char *sheet;
  char *title;
  char *output;
  char **captions;
  gboolean notes;
  int fps;
  double speed;
  gboolean plain;
} Given;

static void
given_clear (Given *given)
{
  g_free (given->from);
  g_free (given->to);
  g_free (given->window);
  g_free (given->form);
  g_free (given->size);
  g_free (given->sheet);
  g_free (given->title);
  g_free (given->output);
  g_strfreev (given->captions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

static void
clip_clear (PhCliClip *clip)
{
  g_clear_object (&clip->session);
  g_clear_pointer (&clip->captions, g_ptr_array_unref);
  g_clear_pointer (&clip->display, ph_cli_display_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhCliClip, clip_clear)

/* All of @what of the forms, in one line: for messages. */
static char *
list_forms (gboolean extensions)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *last = "";

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      const char *word = extensions ? forms[i].extension : forms[i].name;

      if (!g_str_equal (word, last))
        g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", word);

      last = word;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const PhCliClipForm *
find_form (const Given *given)
{
  g_autofree char *name = g_ascii_strdown (given->output, -1);
  const char *wanted = given->form;

  if (wanted == NULL && given->sheet != NULL)
    wanted = "sheet";

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (wanted != NULL ? g_str_equal (forms[i].name, wanted)
                       : g_str_has_suffix (name, forms[i].extension))
      return &forms[i];

  return NULL;
}

static gboolean
check_numbers (const Given *given,
               PhCliClip *clip)
{
  if (given->size != NULL &&
      (!ph_cli_parse_pair (given->size, MAX_SIDE, &clip->width, &clip->height) ||
       MIN (clip->width, clip->height) < MIN_SIDE))
    ph_cli_print_error (NULL, "clip: “%s” is no size like 1280x720, from %d to %d a side",
                        given->size, MIN_SIDE, MAX_SIDE);
  else if (given->sheet != NULL &&
           !ph_cli_parse_pair (given->sheet, MAX_CELLS, &clip->columns, &clip->rows))
    ph_cli_print_error (NULL, "clip: “%s” is no sheet like 4x3, at most %d columns and rows",
                        given->sheet, MAX_CELLS);
  else if (given->fps < 0 || given->fps > MAX_FPS)
    ph_cli_print_error (NULL, "clip: --fps is from 1 to %d", MAX_FPS);
  else if (!(given->speed >= MIN_SPEED && given->speed <= MAX_SPEED))
    ph_cli_print_error (NULL, "clip: --speed is from 0.1 to 100");
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_usage (const Given *given,
             PhCliClip *clip,
             const PhCliClipForm **form)
{
  g_autofree char *names = list_forms (FALSE);
  g_autofree char *extensions = list_forms (TRUE);

  if (given->from == NULL || given->to == NULL)
    ph_cli_print_error (NULL, "clip: %s is missing", given->from == NULL ? "--from" : "--to");
  else if (given->output == NULL)
    ph_cli_print_error (NULL, "clip: -o is missing");
  else if ((*form = find_form (given)) == NULL && given->form != NULL)
    ph_cli_print_error (NULL, "clip: there is no form “%s”, but %s", given->form, names);
  else if (*form == NULL)
    ph_cli_print_error (NULL, "clip: the end of “%s” names no form: %s", given->output,
                        extensions);
  else if (given->sheet != NULL && !g_str_equal ((*form)->name, "sheet"))
    ph_cli_print_error (NULL, "clip: --sheet is for a contact sheet only");
  else
    return check_numbers (given, clip);

  return FALSE;
}

/* `T T TEXT`: two times and words, for the helper. */
static char *
read_caption (const PhCliClip *clip,
              const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 3);
  PhTime begin;
  PhTime end;

  if (g_strv_length (parts) != 3 || !g_utf8_validate (parts[2], -1, NULL))
    {
      ph_cli_print_error (NULL, "clip: “%s” is no caption like “0:12 0:15 Words”", text);
      return NULL;
    }

  if (!ph_cli_parse_time (clip->session, clip->file, "--caption", parts[0], &begin) ||
      !ph_cli_parse_time (clip->session, clip->file, "--caption", parts[1], &end))
    return NULL;

  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", begin, end, parts[2]);
}

/* What was written down as words below the page; a note about a moment for a while. */
static gboolean
add_notes (PhCliClip *clip)
{
  g_autoptr (GPtrArray) notes = ph_cli_read_notes (clip->session, clip->file);

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      const PhNote *note = notes->pdata[i];
      PhTime end = ph_note_get_shown_end (note);

      g_ptr_array_add (clip->captions,
                       g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", note->begin,
                                        ph_span_clamp (ph_session_get_span (clip->session), end),
                                        note->text));
    }

  return notes != NULL;
}

/* What can be understood only with the recording. */
static PhCliStatus
look_up (const Given *given,
         PhCliClip *clip)
{
  if (!ph_cli_parse_time (clip->session, clip->file, "--from", given->from, &clip->span.begin) ||
      !ph_cli_parse_time (clip->session, clip->file, "--to", given->to, &clip->span.end) ||
      !ph_cli_parse_window (clip->session, clip->file, given->window, &clip->window))
    return PH_CLI_USAGE;

  if (clip->span.begin > clip->span.end)
    {
      ph_cli_print_error (clip->file, "--to: the clip would end before it begins");
      return PH_CLI_USAGE;
    }

  for (guint i = 0; given->captions != NULL && given->captions[i] != NULL; i++)
    {
      char *caption = read_caption (clip, given->captions[i]);

      if (caption == NULL)
        return PH_CLI_USAGE;

      g_ptr_array_add (clip->captions, caption);
    }

  if (given->notes && !add_notes (clip))
    return PH_CLI_FAILED;

  if (!ph_cli_check_page (clip->session, clip->file, clip->span.begin, clip->window))
    return PH_CLI_FAILED;

  return PH_CLI_DONE;
}

static PhCliStatus
make (const Given *given,
      const PhCliAssets *assets,
      PhCliClip *clip,
      const PhCliClipForm *form)
{
  PhCliStatus status;

  /* It starts while the recording is read. */
  if (form->is_picture)
    clip->display = ph_cli_display_new ();

  clip->session = ph_cli_open (clip->file);

  if (clip->session == NULL)
    return PH_CLI_FAILED;

  clip->output = given->output;
  clip->given = assets;
  clip->fps = given->fps;
  clip->speed = (guint) lround (given->speed * 1000);
  clip->title = given->title;
  clip->no_pointer |= given->plain;
  clip->no_clicks |= given->plain;
  clip->captions = g_ptr_array_new_with_free_func (g_free);
  status = look_up (given, clip);

  return status == PH_CLI_DONE ? form->make (clip, form->name) : status;
}

PhCliStatus
ph_cli_clip (int argc,
             char **argv)
{
  g_auto (Given) given = { .speed = 1 };
  g_auto (PhCliAssets) assets = { NULL };
  g_auto (PhCliClip) clip = { 0 };
  g_auto (GStrv) files = NULL;
  const PhCliClipForm *form = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &given.from, "Where it begins", "T" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &given.to, "Where it ends", "T" },
    { "window", 0, 0, G_OPTION_ARG_STRING, &given.window, "This window, not the active one", "W" },
    { "form", 0, 0, G_OPTION_ARG_STRING, &given.form,
      "webm, webm-vp9, mp4, gif, png, sheet, html or playhead; else by the file’s name", "FORM" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &given.size, "Size of a picture in pixels", "WxH" },
    { "fps", 0, 0, G_OPTION_ARG_INT, &given.fps, "Pictures a second, at most 60", "N" },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &given.speed, "So many times as fast", "X" },
    { "no-idle", 0, 0, G_OPTION_ARG_NONE, &clip.no_idle,
      "Leave out the time in which nothing was done", NULL },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &given.sheet,
      "A contact sheet of so many columns and rows", "NxM" },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &given.plain, "No pointer and no clicks", NULL },
    { "no-pointer", 0, 0, G_OPTION_ARG_NONE, &clip.no_pointer, "No pointer", NULL },
    { "no-clicks", 0, 0, G_OPTION_ARG_NONE, &clip.no_clicks, "No clicks", NULL },
    { "address", 0, 0, G_OPTION_ARG_NONE, &clip.address, "The page’s address above it", NULL },
    { "clock", 0, 0, G_OPTION_ARG_NONE, &clip.clock, "The time in the recording", NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &given.title,
      "A card before a film, a heading of a sheet", "TEXT" },
    { "caption", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.captions,
      "Words from one time to another, below", "‘T T TEXT’" },
    { "captions", 0, 0, G_OPTION_ARG_NONE, &given.notes, "Notes as words below", NULL },
    { "no-facts", 0, 0, G_OPTION_ARG_NONE, &clip.no_facts,
      "Do not say who the user was (.playhead)", NULL },
    PH_CLI_ASSETS_ENTRIES (&assets),
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &given.output,
      "Write to this file: .webm, .mp4, .gif, .png, .html, .playhead", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  const PhCliUsage usage = {
    .name = argv[0],
    .arguments = "FILE",
    .summary = "A span as a film, an animation, a picture, a contact sheet, a page for any "
               "browser, or a recording.",
    .entries = entries,
    .has_times = TRUE,
  };

  files = ph_cli_parse (&usage, argc, argv);

  if (files == NULL || !check_usage (&given, &clip, &form) ||
      !ph_cli_assets_check (&assets, argv[0]))
    return PH_CLI_USAGE;

  clip.file = files[0];

  return make (&given, &assets, &clip, form);
}
