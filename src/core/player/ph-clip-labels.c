/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-labels.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *text;
} labels[] = {
  /* Translators: the code of the language you translate to, as in <html lang="en">. */
  { "LANGUAGE", N_ ("en") },
  { "PLAY", N_ ("Play") },
  { "PAUSE", N_ ("Pause") },
  { "PLAY_OR_PAUSE", N_ ("Play or pause (Space)") },
  { "NOTES", N_ ("Notes") },
  { "NOTES_SWITCH", N_ ("Show or hide the notes (N)") },
  { "POSITION", N_ ("Position") },
  { "SPEED", N_ ("Speed") },
  { "SKIP_IDLE", N_ ("Skip idle") },
  { "SKIP_IDLE_SWITCH", N_ ("Leave out the time in which nothing was done") },
  { "NEEDS_NEWER", N_ ("This clip needs a newer browser.") },
  { "NEEDS_SCRIPT", N_ ("This clip needs JavaScript to play. Nothing of the recorded page’s own "
                        "code is run.") },
};

char *
ph_clip_labels_dup (const char *name,
                    PhClipTranslate translate)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (name, labels[i].name))
      return g_markup_escape_text (translate != NULL ? translate (labels[i].text) : labels[i].text,
                                   -1);

  return NULL;
}
