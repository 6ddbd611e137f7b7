/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * The inline style of a piece of an app's screen, as PostHog's player gives it
 * (ee/frontend/mobile-replay/transformer/wireframeStyle.ts). Each function adds
 * declarations to @out, each with its `;`.
 */

/* What stands in the place of what the wireframe's `style` says, or where it says nothing. */
typedef struct
{
  const char *color;
  const char *background_color;
  const char *vertical_align;
  const char *horizontal_align;
  gboolean at_bottom;
  gboolean is_striped; /* as what is not shown is */
} PhWireframeOverride;

/* All of it; @override may be NULL. */
void ph_wireframe_style_all (GString *out,
                             PhJsonValue wireframe,
                             const PhWireframeOverride *override);
/* Colours, background and border only. */
void ph_wireframe_style_colors (GString *out,
                                PhJsonValue wireframe,
                                const PhWireframeOverride *override);
/* Place, layout and font without colours. */
void ph_wireframe_style_plain (GString *out,
                               PhJsonValue wireframe,
                               const PhWireframeOverride *override);
/* Size and place only. */
void ph_wireframe_style_place (GString *out,
                               PhJsonValue wireframe,
                               gboolean at_bottom);

/*
 * A string of the wireframe's `style`, or NULL. What could end the declaration it
 * is put into is none.
 */
const char *ph_wireframe_style_get (PhJsonValue wireframe,
                                    const char *name);

/*
 * The address of a picture that is given as base64 text or as such an address. FALSE
 * when it is neither; then nothing is added.
 */
gboolean ph_wireframe_add_picture (GString *out,
                                   const char *text,
                                   gsize size);

/* Whether black is read on it better than white; what is no colour is light. */
gboolean ph_wireframe_is_light (const char *color);

G_END_DECLS
