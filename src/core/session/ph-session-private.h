/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-outline.h"
#include "ph-scratch.h"
#include "ph-store.h"

G_BEGIN_DECLS

/* Shared by ph-session.c and what opens one (ph-opening.c), writes or checks it. */

struct _PhSession
{
  GObject parent_instance;

  GFile *file;
  gboolean is_recording; /* it is one itself */
  char *format;
  char *packing;
  char *recorder;
  PhFacts *facts;
  char *identity; /* or NULL: not known, or not yet */
  goffset bytes;

  PhNames *names;
  PhStore *store;     /* where the events are */
  PhScratch *scratch; /* the file of that when nobody keeps it, or NULL */
  gboolean is_kept;   /* the file of that is one that is kept */
  PhOutline *outline;

  gboolean is_importing;
  double progress;
  GError *import_error;
  guint generation;
  GCancellable *import; /* stops it, or NULL */
};

/* The identity of all its events, the caller's (ph-identify.c). */
char *ph_identify_store (PhStore *store,
                         GCancellable *cancellable,
                         GError **error);

/* All of a session: what it is shown from once it is whole. */
typedef struct
{
  PhStore *store;
  PhScratch *scratch; /* or NULL */
  gboolean is_kept;   /* the recording is one that is kept */
  PhOutline *outline;
} PhContents;

void ph_contents_clear (PhContents *contents);

/* Reads the recording at @path; @scratch is its file, or NULL. Any thread. */
gboolean ph_contents_read (PhContents *contents,
                           const char *path,
                           PhScratch *scratch,
                           GError **error);

/* An empty session of @file. */
PhSession *ph_session_new (GFile *file,
                           gboolean is_recording);
/* Moves @contents in; importing is over. */
void ph_session_take_contents (PhSession *self,
                               PhContents *contents);
/* Events are read from @store from now on; takes it. @scratch is its file. */
void ph_session_take_growing (PhSession *self,
                              PhStore *store,
                              PhScratch *scratch);
/* Shows @n_events of that file; takes @outline. */
gboolean ph_session_grow (PhSession *self,
                          guint n_events,
                          PhOutline *outline,
                          GError **error);
void ph_session_end_import (PhSession *self,
                            const GError *error);
void ph_session_emit_changed (PhSession *self);

/* Puts the file's name in front of *@error, and says it simply. */
void ph_session_prefix_error (GFile *file,
                              GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhContents, ph_contents_clear)

G_END_DECLS
