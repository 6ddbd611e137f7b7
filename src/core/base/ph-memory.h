/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The C library keeps what was freed for later. Large blocks come and go here
 * for as long as a session is open (runs of events, pages), and leave the heap
 * full of holes: 27 MB of 240, measured after some hundred seeks.
 */

/* For a program to call first: large blocks go back to the system when they are freed. */
void ph_memory_set_up (void);
/* Everything that is free goes back now. Any thread; takes milliseconds. */
void ph_memory_give_back (void);

G_END_DECLS
