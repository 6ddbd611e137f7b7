/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-reason.h"

#include "ph-error.h"
#include "ph-session.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the system says names paths and calls; this names the matter. */
static const char *
explain_io (const GError *error)
{
  static const struct
  {
    GIOErrorEnum code;
    const char *text;
  } reasons[] = {
    { G_IO_ERROR_NOT_FOUND, N_ ("There is no such file") },
    { G_IO_ERROR_IS_DIRECTORY, N_ ("This is a folder, not a file") },
    { G_IO_ERROR_NOT_REGULAR_FILE, N_ ("This is a device or a pipe, not a file") },
    { G_IO_ERROR_PERMISSION_DENIED, N_ ("You may not read this file") },
    { G_IO_ERROR_NOT_SUPPORTED,
      N_ ("Playhead opens files on this computer only; save a copy here first") },
    { G_IO_ERROR_NOT_MOUNTED,
      N_ ("Playhead opens files on this computer only; save a copy here first") },
    { G_IO_ERROR_NO_SPACE, N_ ("There is no space left on this computer") },
  };

  if (error->domain != G_IO_ERROR)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if ((int) reasons[i].code == error->code)
        return gettext (reasons[i].text);
    }

  return NULL;
}

/* For messages the person's language has no words for: with numbers in them, or of SQLite's. */
static const char *
explain_ours (const GError *error)
{
  static const char *const texts[] = {
    [PH_ERROR_UNKNOWN_FORMAT] = N_ ("This file is not a session archive Playhead knows"),
    [PH_ERROR_CORRUPT] = N_ ("This file is damaged"),
    [PH_ERROR_UNSUPPORTED] = N_ ("This file needs a later version of Playhead"),
    [PH_ERROR_TOO_LARGE] = N_ ("Something in this file is larger than Playhead allows"),
    [PH_ERROR_STORE] = N_ ("The recording could not be read or written"),
  };
  /* The empty message stands for a catalogue's header: without one, English is spoken. */
  const char *header = "";
  gboolean is_translated = gettext (header)[0] != '\0';

  if (!is_translated || error->domain != PH_ERROR || error->code < 0 ||
      error->code >= (int) G_N_ELEMENTS (texts) || texts[error->code] == NULL)
    return NULL;

  return gettext (texts[error->code]);
}

char *
ph_reason_text (GFile *file,
                const GError *error)
{
  const char *known;
  const char *message;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error != NULL, NULL);

  known = explain_io (error);
  if (known != NULL)
    return g_strdup (known);

  /* "file: what is wrong with it" */
  message = error->message;
  name = ph_session_dup_file_name (file);
  if (g_str_has_prefix (message, name) && g_str_has_prefix (message + strlen (name), ": "))
    message += strlen (name) + 2;

  if (message[0] == '\0')
    return g_strdup (message);

  known = gettext (message);
  if (known == message)
    known = explain_ours (error);

  return g_strdup (known != NULL ? known : message);
}

GError *
ph_reason_against (GFileInfo *info)
{
  g_return_val_if_fail (G_IS_FILE_INFO (info), NULL);

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_SPECIAL)
    return NULL;

  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "This is not a file");
}
