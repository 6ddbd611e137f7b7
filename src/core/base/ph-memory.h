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
/*
 * While large blocks of one size come and go all the time, as pictures of a film do, they are
 * kept: new memory from the system costs more than what is done with it (4 to 15 ms for each
 * 4 MB, depending on the machine). Once unkept as often, all goes back. Main thread.
 */
void ph_memory_keep (void);
void ph_memory_unkeep (void);
/* Everything that is free goes back now. Any thread; takes milliseconds. */
void ph_memory_give_back (void);

G_END_DECLS
