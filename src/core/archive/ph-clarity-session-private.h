/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clarity-session.h"
#include "ph-clarity-tell.h"

G_BEGIN_DECLS

/* How far the window was scrolled from a time on: ms since the page began. */
typedef struct
{
  gint64 time;
  double x, y;
} PhClarityScroll;

#define PH_CLARITY_N_SCROLLS 64

struct _PhClaritySession
{
  PhClarityEventFunc func;
  gpointer user_data;
  PhHealth *health;
  PhFacts *facts;

  PhClarityTree *tree;
  PhClaritySheets *sheets;
  PhClarityTell *tell;
  PhClarityTokens tokens;
  GString *out;
  GArray *events; /* of the payload at hand, in the order of their times */
  gboolean said_newer;

  /* The page. */
  char *session;
  gint64 page;
  char *url;
  char *tab;
  gint64 begin;    /* ms since 1970 */
  gint64 end;      /* the same, of its last event */
  gint64 dom_time; /* ms since it began, of what changed last */
  gboolean is_told;
  int width, height;
  PhClarityScroll scrolls[PH_CLARITY_N_SCROLLS]; /* a ring, in the order they came */
  guint n_scrolls;
  GArray *moves; /* pointer positions that are not told yet */
  gboolean are_touches;
  GHashTable *radios; /* group → id of the button that is on */
};

/* The event at hand: its tokens are in the session. */
typedef struct
{
  gint64 time; /* ms since the page began */
  gint64 kind;
  PhJsonValue value;
} PhClarityMoment;

/* ---- ph-clarity-session.c ---- */

/* `{"type":…,"timestamp":…,"data":`, in the session's `out`. */
gboolean ph_clarity_begin (PhClaritySession *session,
                           int type,
                           gint64 time,
                           GError **error);
/* Closes it and hands it over. */
gboolean ph_clarity_end (PhClaritySession *session,
                         GError **error);
/* The pointer at a time: held back, as rrweb tells of several at once. */
gboolean ph_clarity_add_move (PhClaritySession *session,
                              gint64 time,
                              double x,
                              double y,
                              gint32 id,
                              gboolean is_touch,
                              GError **error);
/* Positions of the pointer that were held back. */
gboolean ph_clarity_flush_moves (PhClaritySession *session,
                                 GError **error);
/* How far the window was scrolled at a time. */
PhClarityScroll ph_clarity_scroll_at (const PhClaritySession *session,
                                      gint64 time);

/* ---- what people did: ph-clarity-interact.c ---- */

gboolean ph_clarity_interact (PhClaritySession *session,
                              const PhClarityMoment *moment,
                              GError **error);

/* Which radio buttons are on in what was just changed. */
void ph_clarity_see_radios (PhClaritySession *session);

/* ---- all else that is no page: ph-clarity-note.c ---- */

gboolean ph_clarity_note (PhClaritySession *session,
                          const PhClarityMoment *moment,
                          GError **error);

G_END_DECLS
