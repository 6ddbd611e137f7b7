/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clips that are recordings. */

#include "ph-cli-clip.h"
#include "ph-cli-making.h"
#include "ph-cli-notes.h"
#include "ph-excerpt.h"

PhCliStatus
ph_cli_clip_excerpt (const PhCliClip *clip,
                     const char *name)
{
  g_autoptr (GPtrArray) notes = ph_cli_read_notes (clip->session, clip->file);
  g_autoptr (PhAssetShelf) assets = NULL;
  PhExcerpt excerpt = {
    .notes = notes,
    .span = clip->span,
    .window = clip->window,
    .without_facts = clip->no_facts,
  };
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (clip->output);
  g_autoptr (GError) error = NULL;
  PhCliMaking making;
  gboolean done;

  if (!ph_cli_assets_is_empty (clip->given))
    {
      assets = ph_cli_assets_gather (clip->given, clip->session);

      if (assets == NULL)
        return PH_CLI_FAILED;
    }

  excerpt.assets = assets;

  ph_cli_making_begin (&making, file);
  done = ph_session_excerpt (clip->session, &excerpt, file, ph_cli_making_progress, &making,
                             making.cancellable, &error);
  ph_cli_making_end (&making);

  /* The recording is worth having without them; that they are missing was said. */
  if (done)
    return notes != NULL ? PH_CLI_DONE : PH_CLI_FAILED;

  ph_cli_print_error (clip->output, "%s", error->message);

  return PH_CLI_FAILED;
}
