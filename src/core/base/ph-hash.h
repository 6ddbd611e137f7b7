/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Hashes for what an archive chooses: names and node ids. They differ from run
 * to run, so that nobody can write an archive whose names or ids all fall
 * together and turn a table into a list. Nothing may depend on their order.
 * Any thread.
 */

/* A GHashFunc for strings. */
guint ph_hash_text (gconstpointer text);

/* A GHashFunc for GINT_TO_POINTER(). */
guint ph_hash_int (gconstpointer value);

/* Its upper bits are as good as all of them. */
guint32 ph_hash_id (gint32 id);

G_END_DECLS
