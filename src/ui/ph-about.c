/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
ph_about_present (GtkWindow *parent)
{
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "application-name", _ ("Playhead"),
                "application-icon", PH_APP_ID,
                "version", PH_VERSION,
                "developer-name", _ ("The Playhead authors"),
                "copyright", _ ("© The Playhead authors"),
                "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _ ("Watch recorded web sessions. Everything happens on this computer: "
                               "nothing is uploaded, nothing is loaded from the network."),
                /* Translators: your names, one a line. */
                "translator-credits", _ ("translator-credits"),
                "transient-for", parent,
                NULL);
  gtk_window_present (GTK_WINDOW (about));
}
