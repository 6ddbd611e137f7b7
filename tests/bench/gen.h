/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/*
 * Writes sessions that look recorded: rrweb events as a JSON array, streamed to
 * a file, the same bytes for the same kind, seed and size. The page the events
 * speak of is kept by whoever makes them, as far as ids are needed again.
 */
typedef struct
{
  FILE *file;
  GString *out;    /* not written yet */
  guint64 written; /* bytes, those in @out included as of the last event's end */
  gboolean failed; /* a write failed; nothing more is written */
  guint64 random;
  gint64 now; /* milliseconds since the Unix epoch */
  guint next_id;

  /* The parts of the mutation being made. */
  GString *texts;
  GString *attributes;
  GString *removes;
  GString *adds;

  /* What every page has: see gen_frame_write(). */
  guint document;
  guint search;
  guint main;
  GArray *targets; /* ids the pointer may be over */
  int x, y;        /* of the pointer */
} Gen;

typedef struct
{
  const char *name;
  gpointer (*start) (Gen *gen); /* writes the first page; the state is freed with g_free() */
  void (*step) (Gen *gen,
                gpointer state);
} GenKind;

extern const GenKind gen_table;
extern const GenKind gen_chat;
extern const GenKind gen_grid;
extern const GenKind gen_navigation;

void gen_init (Gen *gen,
               FILE *file,
               guint64 seed);
/* Ends the array. FALSE when not all could be written; errno says why. */
gboolean gen_finish (Gen *gen);
void gen_clear (Gen *gen);

/* 0 … n − 1 */
guint gen_random (Gen *gen,
                  guint n);
/* TRUE in @percent of a hundred cases. */
gboolean gen_chance (Gen *gen,
                     guint percent);
const char *gen_word (Gen *gen);
/* Appends some words as a sentence would have them. */
void gen_words (Gen *gen,
                GString *out,
                guint n);

/* Appends a number faster than printf does: most of a session is numbers. */
void gen_put (GString *out,
              guint64 number);

/* An event; between the two its `data` members are appended to @out. */
void gen_event_begin (Gen *gen,
                      guint type);
void gen_event_end (Gen *gen);

/*
 * A tree of new nodes: nested, as full snapshots have them, or flat, as
 * mutations have them, every node an addition of its own.
 */
typedef struct
{
  Gen *gen;
  GString *out;
  gboolean flat;
  guint next; /* the root's next sibling, 0 for none */
  guint depth;
  guint ids[16];
} GenTree;

/* Nested, into the event being written. */
GenTree gen_tree_nested (Gen *gen);
/* Flat, into the mutation being made: a child of @parent, before @next unless that is 0. */
GenTree gen_tree_flat (Gen *gen,
                       guint parent,
                       guint next);
/* @attributes are members of a JSON object. Gives the node's id. */
guint gen_open (GenTree *tree,
                const char *tag,
                const char *attributes);
void gen_close (GenTree *tree);
/* A text node; @text needs no escapes. */
guint gen_text (GenTree *tree,
                const char *text);
/* An element with nothing but a text; gives the text's id. */
guint gen_leaf (GenTree *tree,
                const char *tag,
                const char *attributes,
                const char *text);

/* The parts of a mutation, then the mutation. */
void gen_change_text (Gen *gen,
                      guint id,
                      const char *value);
void gen_change_attribute (Gen *gen,
                           guint id,
                           const char *name,
                           const char *value);
void gen_remove (Gen *gen,
                 guint parent,
                 guint id);
/* Nothing when nothing was changed. */
void gen_mutate (Gen *gen);

/* What somebody in front of the page does; time passes. */
void gen_user_move (Gen *gen);
void gen_user_click (Gen *gen,
                     guint id);
void gen_user_scroll (Gen *gen,
                      guint id,
                      guint from,
                      guint to);
void gen_user_type (Gen *gen,
                    guint id,
                    guint n_words);
/* One of these, as people do them between other things. */
void gen_user_idle (Gen *gen);

/*
 * The page around what differs: head with style sheet, bar, menu. Between the
 * two the content of `main` is to be written; gen_frame_end() ends the snapshot.
 */
GenTree gen_frame_begin (Gen *gen,
                         const char *title,
                         const char *path);
void gen_frame_end (Gen *gen,
                    GenTree *tree);

G_END_DECLS
