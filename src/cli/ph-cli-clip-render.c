/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clips that are made of pictures of the page: playhead-render makes them. */

#include "ph-cli-clip.h"
#include "ph-cli-render.h"

static void
add_text (GPtrArray *arguments,
          const char *option,
          const char *value)
{
  g_ptr_array_add (arguments, g_strdup (option));
  g_ptr_array_add (arguments, g_strdup (value));
}

static void G_GNUC_PRINTF (3, 4)
  add (GPtrArray *arguments,
       const char *option,
       const char *format,
       ...)
{
  va_list args;

  g_ptr_array_add (arguments, g_strdup (option));
  va_start (args, format);
  g_ptr_array_add (arguments, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
add_flag (GPtrArray *arguments,
          const char *option,
          gboolean wanted)
{
  if (wanted)
    g_ptr_array_add (arguments, g_strdup (option));
}

/* How the pictures are, where it is not as it always is. */
static void
add_pictures (GPtrArray *arguments,
              const PhCliClip *clip)
{
  if (clip->width > 0)
    add (arguments, "--size", "%dx%d", clip->width, clip->height);

  if (clip->columns > 0)
    add (arguments, "--sheet", "%dx%d", clip->columns, clip->rows);

  if (clip->fps > 0)
    add (arguments, "--fps", "%d", clip->fps);

  if (clip->speed != 1000)
    add (arguments, "--speed", "%u", clip->speed);

  add_flag (arguments, "--no-idle", clip->no_idle);
  add_flag (arguments, "--no-pointer", clip->no_pointer);
  add_flag (arguments, "--no-clicks", clip->no_clicks);
  add_flag (arguments, "--address", clip->address);
  add_flag (arguments, "--clock", clip->clock);

  if (clip->title != NULL)
    add_text (arguments, "--title", clip->title);

  for (guint i = 0; i < clip->captions->len; i++)
    add_text (arguments, "--caption", clip->captions->pdata[i]);
}

PhCliStatus
ph_cli_clip_render (const PhCliClip *clip,
                    const char *name)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (arguments, g_strdup ("clip"));
  g_ptr_array_add (arguments, ph_cli_dup_input_argument (clip->file));
  add_text (arguments, "--form", name);
  add (arguments, "--from", "%" G_GINT64_FORMAT, clip->span.begin);
  add (arguments, "--to", "%" G_GINT64_FORMAT, clip->span.end);

  if (clip->window != G_MAXUINT32)
    add (arguments, "--window", "%u", clip->window);

  add_pictures (arguments, clip);
  ph_cli_assets_append (clip->given, arguments);

  return ph_cli_render_long (clip->file, arguments, clip->display, clip->output);
}
