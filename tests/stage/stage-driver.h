/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-web-stage.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * A real web stage in a window, driven step by step: each call runs the main
 * loop until the stage has answered, and fails the test when it does not.
 */
typedef struct
{
  PhWebStage *stage;
  GtkWindow *window;
  guint n_ready; /* signals seen */
  guint n_lost;
} StageDriver;

/* In place of gtk_test_init(). */
void stage_driver_init (int *argc,
                        char ***argv);

StageDriver *stage_driver_new (int width,
                               int height);
/* Takes the reference. */
StageDriver *stage_driver_new_for (PhWebStage *stage,
                                   int width,
                                   int height);
void stage_driver_free (StageDriver *driver);

void stage_driver_resize (StageDriver *driver,
                          int width,
                          int height);
void stage_driver_wait_ready (StageDriver *driver,
                              guint n_ready);
void stage_driver_wait_lost (StageDriver *driver,
                             guint n_lost);

/* @patch is JSON text; FALSE sets @error. */
gboolean stage_driver_present (StageDriver *driver,
                               const char *patch,
                               GError **error);
/* The same, where every operation must be carried out. */
void stage_driver_show (StageDriver *driver,
                        const char *patch);

char *stage_driver_html (StageDriver *driver);
/* See dump.js. */
JsonNode *stage_driver_tree (StageDriver *driver);
void stage_driver_settle (StageDriver *driver);
GdkTexture *stage_driver_snapshot (StageDriver *driver);

/* The node with this id in a tree, its shadow trees and frames, or NULL. */
JsonObject *stage_tree_find (JsonNode *tree,
                             gint64 id);

/* A web process of this program that runs, or 0. */
int stage_driver_find_web_process (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StageDriver, stage_driver_free)

G_END_DECLS
