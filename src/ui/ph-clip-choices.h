/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-order.h"

G_BEGIN_DECLS

/*
 * What a person chooses from when a clip is exported, and the words for it: all of it apart
 * from any widget.
 */
typedef enum
{
  PH_CLIP_SIZE_RECORDED,
  PH_CLIP_SIZE_LARGE,
  PH_CLIP_SIZE_MEDIUM,
  PH_CLIP_SIZE_SMALL,
} PhClipSize;

#define PH_CLIP_N_SIZES (PH_CLIP_SIZE_SMALL + 1)

/* For settings, never translated; and back, PH_CLIP_SIZE_MEDIUM for what is none. */
const char *ph_clip_size_get_name (PhClipSize size);
PhClipSize ph_clip_size_from_name (const char *name);
/*
 * Puts the size into @order, whose form, span and strip are set; @width and @height are
 * those of the page at its begin. Nothing is enlarged.
 */
void ph_clip_size_apply (PhClipSize size,
                         PhClipOrder *order,
                         int width,
                         int height);
/* What it is good for and how large it is, as in `Medium, for chats · 1280 × 720`. */
char *ph_clip_size_get_title (PhClipSize size,
                              const PhClipOrder *order,
                              int width,
                              int height);

/* Pictures a second that are offered, ascending. */
const guint *ph_clip_rates (guint *n);
/* Speeds that are offered, in thousandths, ascending. */
const guint *ph_clip_speeds (guint *n);
/* Columns and rows of sheets that are offered. */
typedef struct
{
  guint columns, rows;
} PhClipCells;
const PhClipCells *ph_clip_cells (guint *n);

/* Where in @list of @n the number nearest to @value is. */
guint ph_clip_find_nearest (const guint *list,
                            guint n,
                            guint value);

/* What of an order has a meaning for a form, and is asked for. */
typedef enum
{
  PH_CLIP_HAS_SIZE = 1 << 0,
  PH_CLIP_HAS_CELLS = 1 << 1,
  PH_CLIP_HAS_RATE = 1 << 2,
  PH_CLIP_HAS_SPEED = 1 << 3,
  PH_CLIP_HAS_END = 1 << 4, /* and not a moment only */
  PH_CLIP_HAS_IDLE = 1 << 5,
  PH_CLIP_HAS_DRAWN = 1 << 6, /* pointer, clicks, address, captions */
  PH_CLIP_HAS_CLOCK = 1 << 7,
  PH_CLIP_HAS_TITLE = 1 << 8,
  PH_CLIP_HAS_FACTS = 1 << 9, /* about the user */
} PhClipHas;

PhClipHas ph_clip_form_has (PhClipForm form);

/*
 * What will come of @order, as in `0:15 · 450 pictures · 1280 × 720`; @width and @height
 * as above, @idle what is idle in the session.
 */
char *ph_clip_estimate (const PhClipOrder *order,
                        int width,
                        int height,
                        const PhSpan *idle,
                        guint n_idle);

/* A name for its file: the session's title, where in it, the form's end. */
char *ph_clip_file_name (const PhClipOrder *order,
                         const char *title);

/* How long it may still take, as in `About 12 s left`; "" for PH_TIME_NONE. */
char *ph_clip_time_left (PhTime left);

G_END_DECLS
