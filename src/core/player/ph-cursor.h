/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-pointer.h"
#include "ph-session.h"

G_BEGIN_DECLS

/*
 * A place in a session: the page of every window at a time, and the patch that
 * brings a stage there. Going back is the same as going forward. Main thread.
 */
typedef struct _PhCursor PhCursor;

PhCursor *ph_cursor_new (PhSession *session);
void ph_cursor_free (PhCursor *cursor);

/* Moves to @time, both ends of the session's span included. */
void ph_cursor_seek (PhCursor *cursor,
                     PhTime time);
PhTime ph_cursor_get_time (PhCursor *cursor);

/* The window shown; G_MAXUINT32, the default, follows the active one. */
void ph_cursor_set_window (PhCursor *cursor,
                           guint32 window);
/* Whether the stage is given the way of the pointer as well; FALSE, the default, for pictures. */
void ph_cursor_set_trail (PhCursor *cursor,
                          gboolean trail);
/*
 * For whoever takes one picture after the other, not in real time: patches leave
 * the pointer out, which is drawn by the caller (ph_cursor_get_pointer()), and say
 * at every place where sounds and films are. FALSE at first.
 */
void ph_cursor_set_stepping (PhCursor *cursor,
                             gboolean stepping);
/* The pointer and the clicks at this place, in the window shown. */
void ph_cursor_get_pointer (PhCursor *cursor,
                            PhPointer *pointer);
/* The window that is shown now. */
guint32 ph_cursor_get_window (PhCursor *cursor);
/*
 * Its page; empty (no root) before its first full snapshot. The session's very
 * first picture is shown from the start, though.
 */
const PhDom *ph_cursor_get_dom (PhCursor *cursor);

/* What a person gave for what the pages name (ph_dom_set_assets()); NULL: nothing. */
void ph_cursor_set_assets (PhCursor *cursor,
                           PhAssetTable *assets);

/*
 * What takes the stage from the last patch taken to here, or NULL when nothing
 * differs. @jump says this is no playing on. The caller owns the bytes and must
 * have them applied, or call ph_cursor_lose_stage().
 */
GBytes *ph_cursor_take_patch (PhCursor *cursor,
                              gboolean jump);
/* The stage shows nothing any more: the next patch builds from nothing. */
void ph_cursor_lose_stage (PhCursor *cursor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCursor, ph_cursor_free)

G_END_DECLS
