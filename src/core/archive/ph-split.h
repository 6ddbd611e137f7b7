/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-health.h"

G_BEGIN_DECLS

/*
 * Cuts a stream of JSON into the texts of its elements, so that an archive of
 * any size is read one event at a time. It knows strings and brackets, nothing
 * else: whether a text is JSON is for the parser to say.
 *
 * The chunks a stream comes in never change what is cut from it. Memory is one
 * unfinished element of at most @max_size bytes; a longer one is left out.
 * What belongs to nothing is stepped over up to the next thing that looks like
 * the start of an rrweb event. All of this is told to @health.
 *
 * An element is an object or an array, or a string that begins as a packed or
 * quoted event does (ph-packed.h).
 */
typedef struct _PhSplit PhSplit;

typedef enum
{
  PH_SPLIT_ARRAY,  /* the elements of an array: [{…},{…}] */
  PH_SPLIT_MEMBER, /* the same, of the array that is a member of an object */
  PH_SPLIT_VALUES, /* one value after the other, on lines of their own or not */
} PhSplitShape;

/* One element; @text is lent. FALSE with an error set stops. */
typedef gboolean (*PhSplitFunc) (const char *text,
                                 gsize size,
                                 gpointer user_data,
                                 GError **error);

/* @member names the member for PH_SPLIT_MEMBER; it must outlive the splitter. */
PhSplit *ph_split_new (PhSplitShape shape,
                       const char *member,
                       gsize max_size,
                       PhSplitFunc func,
                       gpointer user_data,
                       PhHealth *health);
void ph_split_free (PhSplit *split);

/* FALSE when the function given said so; then nothing more may be fed. */
gboolean ph_split_feed (PhSplit *split,
                        const char *data,
                        gsize size,
                        GError **error);
/* Tells what the end of the stream leaves unfinished. */
gboolean ph_split_end (PhSplit *split,
                       GError **error);

/*
 * Called by the function about the text it was given: this is no JSON. Bytes
 * are missing then, and events that come after them may have been swallowed:
 * they are looked for inside.
 */
void ph_split_reject (PhSplit *split);

/* The unfinished element, or NULL. */
const char *ph_split_peek (PhSplit *split,
                           gsize *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSplit, ph_split_free)

G_END_DECLS
