/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Tag and attribute names as small numbers. One table per session: a hostile
 * archive cannot fill memory that outlives it. Reference-counted; names may be
 * added from one thread at a time and are then read from that thread only.
 */
typedef struct _PhNames PhNames;
typedef guint32 PhName; /* 0 is the empty name */

PhNames *ph_names_new (void);
PhNames *ph_names_ref (PhNames *names);
void ph_names_unref (PhNames *names);

PhName ph_names_intern (PhNames *names,
                        const char *text);
/* 0 when @text was never interned. */
PhName ph_names_find (PhNames *names,
                      const char *text);
/* Never NULL; lives as long as the table. */
const char *ph_names_text (PhNames *names,
                           PhName name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhNames, ph_names_unref)

G_END_DECLS
