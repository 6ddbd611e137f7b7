/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clips that play in any browser. */

#include "ph-cli-clip.h"
#include "ph-cli-making.h"
#include "ph-clip-html.h"

/* What --caption said: begin and end in microseconds, words. */
static PhClipHtmlNote *
read_notes (const GPtrArray *captions)
{
  PhClipHtmlNote *notes = g_new0 (PhClipHtmlNote, captions->len);

  for (guint i = 0; i < captions->len; i++)
    {
      char *rest;

      notes[i].span.begin = g_ascii_strtoll (captions->pdata[i], &rest, 10);
      notes[i].span.end = g_ascii_strtoll (rest, &rest, 10);
      notes[i].text = rest + 1;
    }

  return notes;
}

PhCliStatus
ph_cli_clip_html (const PhCliClip *clip,
                  const char *name)
{
  g_autofree PhClipHtmlNote *notes = read_notes (clip->captions);
  g_autoptr (PhAssetShelf) assets = ph_cli_assets_gather (clip->given, clip->session);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (clip->output);
  g_autoptr (GError) error = NULL;
  const PhClipHtml wanted = {
    .span = clip->span,
    .window = clip->window,
    .speed = clip->speed,
    .cut_idle = clip->no_idle,
    .pointer = !clip->no_pointer,
    .clicks = !clip->no_clicks,
    .address = clip->address,
    .title = clip->title,
    .notes = notes,
    .n_notes = clip->captions->len,
    .assets = assets,
  };
  PhCliMaking making;
  gboolean done;

  if (assets == NULL)
    return PH_CLI_FAILED;

  ph_cli_making_begin (&making, file);
  done = ph_session_write_html (clip->session, &wanted, file, ph_cli_making_progress, &making,
                                making.cancellable, &error);
  ph_cli_making_end (&making);

  if (done)
    return PH_CLI_DONE;

  ph_cli_print_error (clip->output, "%s", error->message);

  return PH_CLI_FAILED;
}
