/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * What was drawn into a canvas, command by command (rrweb's CanvasMutation,
 * packages/types: canvasMutationCommand), and which of it may reach the stage.
 *
 * A command that may is written in a form of our own: `["fillRect",0,0,9,9]`,
 * a property that is set as `["=fillStyle","red"]`. An argument is a number, a
 * text, a boolean, null, a list of these, or an object with `rr_type`:
 *
 *   { rr_type: "ArrayBuffer" | "Float32Array" | …, base64 }      bytes, little-endian
 *   { rr_type: "ImageData", base64, width, height }              straight RGBA
 *   { rr_type: "ImageBitmap", base64, type }                     a picture's file
 *   { rr_type: "WebGLBuffer" | …, index }                        the index-th that was made
 *
 * No address is in it, so nothing it draws is ever loaded. What was written so is
 * read again, to the same text: a stored page passes here like a recorded one.
 */
typedef enum
{
  PH_CANVAS_2D = 0,
  PH_CANVAS_WEBGL = 1,
  PH_CANVAS_WEBGL2 = 2,
} PhCanvasContext;

typedef enum
{
  PH_CANVAS_KEPT,
  PH_CANVAS_SILENT,  /* it changes no picture */
  PH_CANVAS_REFUSED, /* not known, not whole, too large, or what it draws is not recorded */
} PhCanvasVerdict;

/* The properties of a 2D context that it matters to know; all of them are numbered. */
typedef enum
{
  PH_CANVAS_FILL_STYLE,
  PH_CANVAS_GLOBAL_ALPHA,
  PH_CANVAS_COMPOSITE,
  PH_CANVAS_SHADOW_COLOR,
  PH_CANVAS_FILTER,
  PH_CANVAS_N_PROPERTIES = 32,
} PhCanvasProperty;

/* What a command of a 2D context does to what later ones depend on. */
typedef enum
{
  PH_CANVAS_DRAWS, /* nothing; it paints at most */
  PH_CANVAS_SETS,  /* sets `property` */
  PH_CANVAS_TRANSFORMS,
  PH_CANVAS_SAVES,
  PH_CANVAS_RESTORES,
  PH_CANVAS_RESETS,
  PH_CANVAS_BEGINS_PATH,
  PH_CANVAS_ADDS_TO_PATH,
  PH_CANVAS_USES_PATH, /* paints it */
  PH_CANVAS_CLIPS,
  PH_CANVAS_CLEARS_RECT,
  PH_CANVAS_FILLS_RECT,
  PH_CANVAS_PUTS_DATA,
} PhCanvasEffect;

typedef struct
{
  const char *name; /* as in the table of commands; not owned */
  PhCanvasEffect effect;
  guint property;    /* of PH_CANVAS_SETS */
  double numbers[9]; /* the arguments that are numbers, until one is not */
  guint n_numbers;
  gboolean picture;    /* its first argument is the file of a picture */
  guint width, height; /* of the image data that it puts */
  guint64 memory;      /* bytes that a context of WebGL is made to hold by it, at most */
} PhCanvasCommand;

/*
 * Appends @value, as recorded or as this function wrote it, to @text and says in
 * @command what it is. Nothing is appended unless it is kept.
 */
PhCanvasVerdict ph_canvas_command_read (PhJsonValue value,
                                        PhCanvasContext context,
                                        PhCanvasCommand *command,
                                        GString *text);

/* The name of a property of a 2D context, below PH_CANVAS_N_PROPERTIES; NULL beyond the last. */
const char *ph_canvas_property_name (guint property);

G_END_DECLS
