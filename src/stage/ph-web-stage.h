/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"
#include "ph-span.h"
#include "ph-stage.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A PhStage over a WebKit view. The page is built inside a sandboxed iframe of
 * the recorded viewport's size and scaled to fit the widget; pointer and clicks
 * are drawn above it. Nothing recorded runs, loads or navigates: see
 * ph-web-policy.h for the walls. Main thread only.
 */
#define PH_TYPE_WEB_STAGE (ph_web_stage_get_type ())
G_DECLARE_FINAL_TYPE (PhWebStage, ph_web_stage, PH, WEB_STAGE, GObject)

/*
 * Starts WebKit's process at once; `ready` follows when patches can be taken. It
 * follows again, without `lost`, when a patch failed as only a graphics card, or
 * its emulation, paints what is in it: see ph-web-graphics.h.
 */
PhWebStage *ph_web_stage_new (void);
/*
 * The same, drawn without the graphics driver: slower, and without the little
 * that needs one (3D, blurred backdrops), but nothing in a driver can end the
 * web process. So is every stage once a web process of it was lost.
 */
PhWebStage *ph_web_stage_new_software (void);
/* The widget to show. It takes no input: nothing recorded can be clicked. */
GtkWidget *ph_web_stage_get_widget (PhWebStage *self);

/* TRUE shows the page alone: no pointer, no clicks, unscaled at the top left. */
void ph_web_stage_set_plain (PhWebStage *self,
                             gboolean plain);
/* Whether the page is enlarged where there is room; FALSE, the default, stops at 100 %. */
void ph_web_stage_set_enlarge (PhWebStage *self,
                               gboolean enlarge);
/*
 * What is behind and around the page; by default that is clear. ph_web_stage_draw() needs one
 * without clear spots: WebKit without a graphics card paints over what was there before.
 */
void ph_web_stage_set_ground (PhWebStage *self,
                              const GdkRGBA *colour);
/* Starts a new web process after `lost`; `ready` follows. */
void ph_web_stage_restart (PhWebStage *self);

/*
 * What a person gave, which pages ask for by the numbers of its table
 * (ph_player_set_assets()); NULL: nothing. To be set before a patch names any.
 */
void ph_web_stage_set_assets (PhWebStage *self,
                              PhAssetShelf *shelf);

/* Operations of patches that WebKit refused so far; 0 unless something is wrong. */
guint64 ph_web_stage_get_refused (PhWebStage *self);
/* The first of them, for people who mend it, or NULL. */
const char *ph_web_stage_get_refusal (PhWebStage *self);

/*
 * For pictures taken one after the other, however long each takes: like
 * ph_stage_present_async(), @patch may be NULL, but what moves by itself in the page
 * is put to @time, and nothing waits for the screen.
 */
typedef enum
{
  PH_STEP_DONE = 0,
  /* The picture of a later time differs even without a patch. */
  PH_STEP_MOVING = 1 << 0,
  /* To be settled before a picture is taken, with the view mapped: that takes frames. */
  PH_STEP_UNSETTLED = 1 << 1,
  /*
   * What the view shows is the page as it is now: ph_web_stage_draw(). So it may be where the
   * stage is drawn without the graphics driver, has a ground, and is mapped.
   */
  PH_STEP_SHOWN = 1 << 2,
} PhStepFlags;

void ph_web_stage_step_async (PhWebStage *self,
                              GBytes *patch,
                              PhTime time,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean ph_web_stage_step_finish (PhWebStage *self,
                                   GAsyncResult *result,
                                   PhStepFlags *flags,
                                   GError **error);

/* Answers when images and fonts are decoded and painted; after two seconds in any case. */
void ph_web_stage_settle_async (PhWebStage *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean ph_web_stage_settle_finish (PhWebStage *self,
                                     GAsyncResult *result,
                                     GError **error);

/* A picture of what the widget shows, in device pixels. */
void ph_web_stage_snapshot_async (PhWebStage *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GdkTexture *ph_web_stage_snapshot_finish (PhWebStage *self,
                                          GAsyncResult *result,
                                          GError **error);

/*
 * What the widget shows, drawn by it: far cheaper than a snapshot, which paints all of the
 * page and takes memory for it, as only what changed was painted. Right after a step only,
 * and when that said so. FALSE when there is nothing.
 */
gboolean ph_web_stage_draw (PhWebStage *self,
                            cairo_t *cr);

typedef enum
{
  PH_DUMP_HTML,  /* the page as HTML text */
  PH_DUMP_TREE,  /* JSON: what a test compares with a PhDom (see dump.js) */
  PH_DUMP_STATE, /* JSON: what playhead-cli state prints */
} PhDumpKind;

/* What the stage shows, asked of the stage. */
void ph_web_stage_dump_async (PhWebStage *self,
                              PhDumpKind kind,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
char *ph_web_stage_dump_finish (PhWebStage *self,
                                GAsyncResult *result,
                                GError **error);

G_END_DECLS
