/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * Nodes of a page drawn after an app's screen, as rrweb serialises them: what
 * PostHog's player makes of each kind of wireframe (ee/frontend/mobile-replay/
 * transformer/transformers.ts and screen-chrome.ts).
 */

/* Ids that never change; those of wireframes and of what is made for them begin behind. */
enum
{
  PH_WIREFRAME_DOCUMENT = 1,
  PH_WIREFRAME_DOCTYPE = 2,
  PH_WIREFRAME_HTML = 3,
  PH_WIREFRAME_HEAD = 4,
  PH_WIREFRAME_BODY = 5,
  PH_WIREFRAME_NAVIGATION_PARENT = 7,
  PH_WIREFRAME_NAVIGATION = 8,
  PH_WIREFRAME_KEYBOARD_PARENT = 9,
  PH_WIREFRAME_KEYBOARD = 10,
  PH_WIREFRAME_STATUS_PARENT = 11,
  PH_WIREFRAME_STATUS = 12,
  PH_WIREFRAME_FIRST_ID = 100,
};

/* How deep wireframes may nest: a page's elements may, less what is around them. */
#define PH_WIREFRAME_MAX_DEPTH 400

typedef struct
{
  GString *out;
  GHashTable *ids; /* gint64 of a wireframe → its node's id */
  gint32 next_id;
  gboolean is_flat;    /* a list of added nodes, each with its parent; else a tree */
  GArray *parents;     /* gint32: of the nodes that are open */
  GHashTable *written; /* gint64 of wireframes that are there already, or NULL */
  gint64 time;         /* in milliseconds since the Unix epoch, for the clock */
  guint depth;

  /* Bars found on the way, to be drawn over all else; looked for while is_flat is FALSE. */
  PhJsonValue status_bar;
  PhJsonValue navigation_bar;
  /* What the bar at the bottom had last: the keyboard has the same. */
  char *bar_background;
  gboolean has_keyboard;
} PhWireframeWriter;

/* The id of the node of a wireframe: the one it has, or a new one. */
gint32 ph_wireframe_writer_id (PhWireframeWriter *writer,
                               gint64 wireframe);
/* The same, 0 when it has none. */
gint32 ph_wireframe_writer_find (PhWireframeWriter *writer,
                                 gint64 wireframe);

/* An element up to its attributes, then each of them, then its children, then its end. */
void ph_wireframe_writer_begin (PhWireframeWriter *writer,
                                gint32 id,
                                const char *tag);
void ph_wireframe_writer_attribute (PhWireframeWriter *writer,
                                    const char *name,
                                    const char *value);
void ph_wireframe_writer_children (PhWireframeWriter *writer);
void ph_wireframe_writer_end (PhWireframeWriter *writer);
void ph_wireframe_writer_text (PhWireframeWriter *writer,
                               const char *text);

/* A wireframe with all in it. */
void ph_wireframe_write (PhWireframeWriter *writer,
                         PhJsonValue wireframe);
void ph_wireframe_write_list (PhWireframeWriter *writer,
                              PhJsonValue wireframes);
/* Bars that were found on the way. */
void ph_wireframe_write_bar (PhWireframeWriter *writer,
                             PhJsonValue bar);
/* The box that stands for an open keyboard. */
void ph_wireframe_write_keyboard (PhWireframeWriter *writer,
                                  PhJsonValue payload);

G_END_DECLS
