/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * What a clip is to be: a plain value that says everything its pictures depend on.
 * The same order of the same session gives the same pictures. Forms that are not made of
 * pictures need no display, and take what has a meaning for them.
 */
typedef enum
{
  PH_CLIP_WEBM,     /* VP8 */
  PH_CLIP_WEBM_VP9, /* smaller, slower to make */
  PH_CLIP_MP4,      /* H.264 */
  PH_CLIP_GIF,
  PH_CLIP_PNG,       /* one picture, of the span's begin */
  PH_CLIP_SHEET,     /* one picture of many, spread over the span */
  PH_CLIP_HTML,      /* the page itself, for a browser: ph-clip-html.h */
  PH_CLIP_RECORDING, /* ph-excerpt.h */
} PhClipForm;

#define PH_CLIP_N_FORMS (PH_CLIP_RECORDING + 1)

typedef struct
{
  const char *name;      /* for command lines and settings: `webm`; never translated */
  const char *extension; /* of files, without a dot */
  const char *title;     /* for people, not translated yet: N_() */
  const char *mime_type;
  gboolean is_pictures; /* made of pictures: size and looks count, and a display is needed */
  gboolean is_film;     /* goes through the span: rate, speed and title card count */
  guint fps;            /* what it has when nothing else is asked for */
  guint max_fps;
} PhClipFormInfo;

const PhClipFormInfo *ph_clip_form_get_info (PhClipForm form);

/*
 * FALSE with an error for people when a part that makes it is missing here: it names
 * the Debian package that brings it, and a form that works. Loads the parts.
 */
gboolean ph_clip_form_check (PhClipForm form,
                             GError **error);

/* A text shown while the time is in @span. */
typedef struct
{
  PhSpan span;
  char *text;
} PhClipCaption;

typedef struct
{
  PhClipForm form;
  PhSpan span;
  guint32 window; /* G_MAXUINT32: the active one */
  /* Of the picture, of one of a sheet's; 0 × 0: as recorded at the begin, plus the strip. */
  int width, height;
  guint fps;
  guint speed; /* thousandths, see ph-steps.h */
  gboolean cut_idle;

  gboolean pointer;
  gboolean clicks;
  gboolean address; /* a strip above the page */
  gboolean clock;
  char *title;         /* of a card before the film, a heading of a sheet; NULL: none */
  GPtrArray *captions; /* of PhClipCaption, in the order they lie above each other */

  guint columns, rows; /* of a sheet */

  /* Of a recording. */
  GPtrArray *notes;  /* of PhNote, never changed; NULL: those that came with it */
  gboolean no_facts; /* not who the user was */
} PhClipOrder;

/* Bounds of what can be asked for. */
#define PH_CLIP_MAX_SIDE 8192
#define PH_CLIP_MIN_SIDE 16
#define PH_CLIP_MAX_PIXELS (36 * 1024 * 1024)
#define PH_CLIP_MAX_CELLS 20 /* columns, and rows */
#define PH_CLIP_MAX_FRAMES 5000000

/* With pointer and clicks, at the form's rate, in real time; the span is to be set. */
PhClipOrder *ph_clip_order_new (PhClipForm form);
PhClipOrder *ph_clip_order_copy (const PhClipOrder *order);
void ph_clip_order_free (PhClipOrder *order);

/* @text is any valid UTF-8; what is too long is cut when it is drawn. */
void ph_clip_order_add_caption (PhClipOrder *order,
                                PhSpan span,
                                const char *text);
/* What is said at @time, or NULL; the last one of several lies above the others. */
const char *ph_clip_order_find_caption (const PhClipOrder *order,
                                        PhTime time);

/*
 * FALSE with an error for people when @order cannot be carried out on @session. The
 * form's parts are not looked at: ph_clip_form_check().
 */
gboolean ph_clip_order_check (const PhClipOrder *order,
                              PhSession *session,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClipOrder, ph_clip_order_free)

G_END_DECLS
