/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-application.h"

#include "ph-memory.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc,
      char **argv)
{
  g_autoptr (PhApplication) application = NULL;

  ph_memory_set_up ();
  setlocale (LC_ALL, "");
  bindtextdomain ("playhead", PH_LOCALE_DIR);
  bind_textdomain_codeset ("playhead", "UTF-8");
  textdomain ("playhead");

  g_set_prgname (PH_APP_ID);
  g_set_application_name (_ ("Playhead"));
  application = ph_application_new (G_APPLICATION_DEFAULT_FLAGS);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
