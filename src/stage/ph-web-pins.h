/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-web-stage.h"

G_BEGIN_DECLS

/*
 * Pins above the page of a stage, where somebody's notes point at, and what of the page
 * is under a point of the stage's widget. They go along with scrolling and with what they
 * point at; one whose element is not there now is not shown. Main thread.
 */
#define PH_TYPE_WEB_PINS (ph_web_pins_get_type ())
G_DECLARE_FINAL_TYPE (PhWebPins, ph_web_pins, PH, WEB_PINS, GObject)

typedef struct
{
  gint32 node; /* an element, as recorded, with a frame around it; 0: none */
  gboolean has_spot;
  int x, y;         /* CSS pixels of the page's document */
  const char *text; /* a letter or a number; valid UTF-8 */
  const char *kind; /* `problem`, … : a class of applier.css */
  gboolean chosen;
} PhPin;

/* Holds @stage only weakly: it may go first. */
PhWebPins *ph_web_pins_new (PhWebStage *stage);

/* From now on, also after the stage's process was started anew. Copies them. */
void ph_web_pins_set (PhWebPins *self,
                      const PhPin *pins,
                      guint n);

typedef struct
{
  gint32 node; /* 0: none, though on the page */
  int x, y;    /* CSS pixels of the page's document */
} PhPick;

/*
 * What is at a point of the stage's widget, in its pixels. The element is framed until
 * another one is, or ph_web_pins_leave().
 */
void ph_web_pins_look_async (PhWebPins *self,
                             double x,
                             double y,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* FALSE without an error when the point is beside the page. */
gboolean ph_web_pins_look_finish (PhWebPins *self,
                                  GAsyncResult *result,
                                  PhPick *pick,
                                  GError **error);
void ph_web_pins_leave (PhWebPins *self);

G_END_DECLS
