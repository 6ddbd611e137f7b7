/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

G_BEGIN_DECLS

/*
 * What somebody was doing to a page, as far as no attribute says it: where the
 * focus is, what is selected, which dialogs and popovers are on top, what plays.
 * Part of PhPageState. All of it is about nodes of the page: when one goes, what
 * is said of it goes too. The lists are in one order only, so that equal states
 * compare equal; they belong to one state alone, or are NULL when empty.
 */

/* One range of the selection. Offsets are DOM offsets: UTF-16 units in texts, else children. */
typedef struct
{
  gint32 start, end;
  guint start_offset, end_offset;
} PhRange;

/* What is in the top layer: modal dialogs and shown popovers, the lowest first. */
typedef struct
{
  gint32 id;
  gint32 opener; /* of a popover: the button that opened it, 0 for none */
  gboolean is_popover;
} PhTop;

/* An audio or video element. */
typedef struct
{
  gint32 id;
  gboolean playing, muted, loop;
  PhTime since;    /* when it was at @position */
  double position; /* seconds into the medium */
  double rate, volume;
} PhMedia;

typedef struct
{
  gboolean focus_visible; /* the focus is shown as it is for those who use keys */
  gint32 was_focus;       /* what had the focus last and lost it, */
  gboolean was_visible;   /* and how it was shown */
  PhTime pressed;         /* when a pointer was pressed or lifted last */
  PhTime dismissed;       /* when a popover was hidden last */
  GArray *ranges;         /* PhRange */
  GArray *top;            /* PhTop */
  GArray *media;          /* PhMedia */
} PhPresence;

/* Nothing is done yet. */
void ph_presence_init (PhPresence *presence);
void ph_presence_copy (PhPresence *to,
                       const PhPresence *from);
void ph_presence_clear (PhPresence *presence);

/* Whether anything is said of node @id; then forgetting it does something. */
gboolean ph_presence_names (const PhPresence *presence,
                            gint32 id);
void ph_presence_forget (PhPresence *presence,
                         gint32 id);

/* The entry of a node, or NULL; it may be changed when the state may be. */
PhTop *ph_presence_find_top (const PhPresence *presence,
                             gint32 id);
PhMedia *ph_presence_find_media (const PhPresence *presence,
                                 gint32 id);
/* FALSE when there are as many as there may be. */
gboolean ph_presence_add_top (PhPresence *presence,
                              const PhTop *top);
gboolean ph_presence_add_media (PhPresence *presence,
                                const PhMedia *media);
gboolean ph_presence_add_range (PhPresence *presence,
                                const PhRange *range);

/*
 * Where a medium is at @time, in seconds: never below 0. How long it is nobody
 * recorded, so where it ends or begins anew is for the stage to say.
 */
double ph_media_position (const PhMedia *media,
                          PhTime time);

G_END_DECLS
