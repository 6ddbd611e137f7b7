/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-health.h"

G_BEGIN_DECLS

/*
 * Cuts the bytes of OpenReplay files into messages. Feed it bytes in pieces of
 * any size. Source: mobs/, backend/pkg/messages and frontend/app/player/web/messages
 * of openreplay/openreplay.
 *
 * Several parts of one session are read as one when they are fed one after the
 * other: a part may end inside a message that the next one goes on with, and a
 * header before a message may change how what follows is framed.
 */
typedef enum
{
  PH_MOB_INDEXED, /* eight bytes of index before each message */
  PH_MOB_BARE,    /* one message right after the other */
  PH_MOB_SIZED,   /* each says how long it is: batches as trackers send them */
} PhMobFraming;

/* What the beginning of a file says. */
typedef struct
{
  PhMobFraming framing;
  gsize start;           /* of the first whole message, or of the header */
  gboolean has_header;   /* eight bytes that only such files begin with */
  gboolean is_mobile;    /* messages of a mobile app are among the first */
  gboolean has_document; /* a page begins in what was looked at */
} PhMobGuess;

/* FALSE when @data is not how such a file begins. */
gboolean ph_mob_guess (const guint8 *data,
                       gsize size,
                       PhMobGuess *guess);

/* @body is lent; its fields fit it. FALSE with an error set stops. */
typedef gboolean (*PhMobFunc) (guint type,
                               const guint8 *body,
                               gsize size,
                               gpointer user_data,
                               GError **error);

typedef struct _PhMobCut PhMobCut;

/* @health may be NULL and must outlive the cut. */
PhMobCut *ph_mob_cut_new (PhMobFraming framing,
                          PhMobFunc func,
                          gpointer user_data,
                          PhHealth *health);
void ph_mob_cut_free (PhMobCut *cut);

gboolean ph_mob_cut_feed (PhMobCut *cut,
                          const guint8 *data,
                          gsize size,
                          GError **error);
/* There are no more bytes. What is left over becomes a finding. */
void ph_mob_cut_end (PhMobCut *cut);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhMobCut, ph_mob_cut_free)

G_END_DECLS
