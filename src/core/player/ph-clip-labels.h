/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a word is in the language of who makes a clip; lent. */
typedef const char *(*PhClipTranslate) (const char *text);

/*
 * What stands for @name (`PAUSE`, `SPEED`…) in clip-player.html: a word the person who
 * watches sees or hears, escaped for HTML; with @translate, which may be NULL, in its
 * language. NULL for another name; else the caller frees it. Any thread.
 */
char *ph_clip_labels_dup (const char *name,
                          PhClipTranslate translate);

G_END_DECLS
