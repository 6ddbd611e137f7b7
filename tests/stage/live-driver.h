/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"
#include "stage-driver.h"

G_BEGIN_DECLS

/* A recording on a real web stage, at any time of it. One stage serves all of a program's tests. */
typedef struct
{
  StageDriver *driver; /* not owned */
  PhSession *session;
  gpointer cursor; /* PhCursor */
  JsonNode *tree;  /* of the last look, see dump.js */
} Live;

/*
 * @body is a list of serialized nodes, what <html> (id 3 in document 1) holds; @events a
 * list of events or "". Single quotes stand for double ones. The page is 800 × 600 and
 * there from time stamp 1001 on.
 */
Live *live_new (const char *body,
                const char *events);
/* An archive of tests/fixtures/. */
Live *live_new_fixture (const char *name);
/* An archive of the shared corpus; NULL where that is not. */
Live *live_new_shared (const char *name);
void live_free (Live *live);

/* Shows the recording at a time stamp (ms), by a jump or by playing on, and looks at it. */
void live_seek (Live *live,
                gint64 timestamp);
void live_play (Live *live,
                gint64 timestamp);
JsonObject *live_node (Live *live,
                       gint64 id);

/* An array member of a node as text, joined by commas; "" when there is none. */
char *live_list (Live *live,
                 gint64 id,
                 const char *member);
/* What the stage says of itself besides the tree (dump.js), as JSON text. */
char *live_said (Live *live,
                 const char *member);
/* What a script in the stage's world answers, as text; for what dump.js does not say. */
char *live_evaluate (Live *live,
                     const char *script);
/* The colour of the page at a place of it, as 0xRRGGBB; the page is shown unscaled. */
guint live_colour (Live *live,
                   int x,
                   int y);

/* Writes a picture to $PH_LIVE_PICTURES/@name, for people who look; nothing without that. */
void live_save (Live *live,
                const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Live, live_free)

G_END_DECLS
