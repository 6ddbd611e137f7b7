/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * rrweb's own Replayer in a WebKitGTK view and a window of its own, driven step
 * by step: each call runs the main loop until the page has answered, and fails
 * the test when it does not. It is painted as the stage is, and has no network.
 */
typedef struct _RefereePeer RefereePeer;

typedef struct
{
  int width; /* of the page as rrweb shows it, CSS pixels */
  int height;
  char *warnings; /* what rrweb said so far, a line each */
} RefereeShown;

/* @modules is a node_modules folder with rrweb in it. */
RefereePeer *referee_peer_new (const char *modules);
void referee_peer_free (RefereePeer *peer);

/* @events is the JSON text of an array. FALSE when rrweb takes them for none. */
gboolean referee_peer_open (RefereePeer *peer,
                            GBytes *events,
                            GError **error);
/*
 * What was recorded up to @stamp, milliseconds as recorded, is shown; @time, in
 * milliseconds, is where animations without an end are.
 */
gboolean referee_peer_seek (RefereePeer *peer,
                            double stamp,
                            double time,
                            RefereeShown *shown,
                            GError **error);
void referee_peer_resize (RefereePeer *peer,
                          int width,
                          int height);
GdkTexture *referee_peer_snapshot (RefereePeer *peer);
/* The page as HTML text, for people who look for what differs. */
char *referee_peer_html (RefereePeer *peer);

/* Gives a window the size of the one widget in it; it may be larger than the display. */
void referee_fit (GtkWindow *window,
                  GtkWidget *view,
                  int width,
                  int height);

void referee_shown_clear (RefereeShown *shown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefereePeer, referee_peer_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefereeShown, referee_shown_clear)

G_END_DECLS
