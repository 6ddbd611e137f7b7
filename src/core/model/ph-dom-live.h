/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-build.h"

G_BEGIN_DECLS

/*
 * What elements have as PhPresence because of what they are: dialogs that are
 * modal, popovers that are shown, sound and pictures that play. Called by what
 * makes and changes nodes.
 */

/* An element that was just made, or was written anew, with its attributes. */
void ph_live_made (PhBuild *build,
                   PhSlot slot);
/* The same, once it has its place in the page. */
void ph_live_placed (PhBuild *build,
                     PhSlot slot);
/* An attribute was set, changed or removed. */
void ph_live_changed (PhBuild *build,
                      PhSlot slot,
                      const char *name);
/* A node with all in it was taken out and put in elsewhere. */
void ph_live_moved (PhBuild *build,
                    PhSlot slot);

/* Sound and pictures (ph-apply-media.c): what the recorder said of an element. */
void ph_media_made (PhBuild *build,
                    PhSlot slot);

/* The top layer (ph-dom-top.c). What is there already stays where it is. */
void ph_top_show_popover (PhBuild *build,
                          PhSlot slot,
                          PhSlot opener);
void ph_top_hide_popover (PhBuild *build,
                          PhSlot slot);
/* Hides what a press outside of it hides; @slot is what was pressed. */
void ph_top_dismiss (PhBuild *build,
                     PhSlot slot);
/* A <dialog> may have come to be modal, or ceased to be. */
void ph_top_update_dialog (PhBuild *build,
                           PhSlot slot);

gboolean ph_top_is_popover (const PhDom *dom,
                            PhSlot slot);
gboolean ph_top_is_shown (const PhDom *dom,
                          PhSlot slot);

G_END_DECLS
