/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas-commands.h"

#include "ph-canvas-arguments.h"
#include "ph-limits.h"

#include <stdlib.h>
#include <string.h>

/* Longer texts are no fonts, colours or lines to be written: a shader is. */
#define MAX_TEXT 4096
#define MAX_SHADER (256 * 1024)
#define MAX_LIST 4096
#define MAX_ARGUMENTS 16
/* What one call may draw: more would take a processor seconds. */
#define MAX_VERTICES 20000000.0

/* In the order of PhCanvasProperty. */
static const char *const properties[] = {
  "fillStyle",
  "globalAlpha",
  "globalCompositeOperation",
  "shadowColor",
  "filter",
  "direction",
  "font",
  "fontKerning",
  "fontStretch",
  "fontVariantCaps",
  "imageSmoothingEnabled",
  "imageSmoothingQuality",
  "letterSpacing",
  "lineCap",
  "lineDashOffset",
  "lineJoin",
  "lineWidth",
  "miterLimit",
  "shadowBlur",
  "shadowOffsetX",
  "shadowOffsetY",
  "strokeStyle",
  "textAlign",
  "textBaseline",
  "textRendering",
  "wordSpacing",
  "setLineDash",
};

G_STATIC_ASSERT (G_N_ELEMENTS (properties) <= PH_CANVAS_N_PROPERTIES);

/*
 * Of CanvasRenderingContext2D, sorted. Arguments: n a number, s a text, b a boolean,
 * r a fill rule, i a picture, d image data, l a list of numbers, x a radius or a list
 * of them. From a capital letter on they may be missing.
 */
static const struct
{
  const char *name;
  const char *arguments;
  PhCanvasEffect effect;
} methods[] = {
  { "arc", "nnnnnB", PH_CANVAS_ADDS_TO_PATH },
  { "arcTo", "nnnnn", PH_CANVAS_ADDS_TO_PATH },
  { "beginPath", "", PH_CANVAS_BEGINS_PATH },
  { "bezierCurveTo", "nnnnnn", PH_CANVAS_ADDS_TO_PATH },
  { "clearRect", "nnnn", PH_CANVAS_CLEARS_RECT },
  { "clip", "R", PH_CANVAS_CLIPS },
  { "closePath", "", PH_CANVAS_ADDS_TO_PATH },
  { "drawImage", "innNNNNNN", PH_CANVAS_DRAWS },
  { "ellipse", "nnnnnnnB", PH_CANVAS_ADDS_TO_PATH },
  { "fill", "R", PH_CANVAS_USES_PATH },
  { "fillRect", "nnnn", PH_CANVAS_FILLS_RECT },
  { "fillText", "snnN", PH_CANVAS_DRAWS },
  { "lineTo", "nn", PH_CANVAS_ADDS_TO_PATH },
  { "moveTo", "nn", PH_CANVAS_ADDS_TO_PATH },
  { "putImageData", "dnnNNNN", PH_CANVAS_PUTS_DATA },
  { "quadraticCurveTo", "nnnn", PH_CANVAS_ADDS_TO_PATH },
  { "rect", "nnnn", PH_CANVAS_ADDS_TO_PATH },
  { "reset", "", PH_CANVAS_RESETS },
  { "resetTransform", "", PH_CANVAS_TRANSFORMS },
  { "restore", "", PH_CANVAS_RESTORES },
  { "rotate", "n", PH_CANVAS_TRANSFORMS },
  { "roundRect", "nnnnX", PH_CANVAS_ADDS_TO_PATH },
  { "save", "", PH_CANVAS_SAVES },
  { "scale", "nn", PH_CANVAS_TRANSFORMS },
  { "setLineDash", "l", PH_CANVAS_SETS },
  { "setTransform", "nnnnnn", PH_CANVAS_TRANSFORMS },
  { "stroke", "", PH_CANVAS_USES_PATH },
  { "strokeRect", "nnnn", PH_CANVAS_DRAWS },
  { "strokeText", "snnN", PH_CANVAS_DRAWS },
  { "transform", "nnnnnn", PH_CANVAS_TRANSFORMS },
  { "translate", "nn", PH_CANVAS_TRANSFORMS },
};

/* Only ask, or make what later commands are not recorded with. Sorted. */
static const char *const silent_methods[] = {
  "createConicGradient", "createImageData", "createLinearGradient", "createPattern",
  "createRadialGradient", "drawFocusIfNeeded", "getContextAttributes", "getImageData",
  "getLineDash", "getTransform", "isContextLost", "isPointInPath", "isPointInStroke",
  "measureText", "scrollPathIntoView"
};

/* Of WebGLRenderingContext and WebGL2RenderingContext, sorted: what pictures depend on. */
static const char *const gl_methods[] = {
  "activeTexture", "attachShader", "beginQuery", "beginTransformFeedback", "bindAttribLocation",
  "bindBuffer", "bindBufferBase", "bindBufferRange", "bindFramebuffer", "bindRenderbuffer",
  "bindSampler", "bindTexture", "bindTransformFeedback", "bindVertexArray", "blendColor",
  "blendEquation", "blendEquationSeparate", "blendFunc", "blendFuncSeparate", "blitFramebuffer",
  "bufferData", "bufferSubData", "clear", "clearBufferfi", "clearBufferfv", "clearBufferiv",
  "clearBufferuiv", "clearColor", "clearDepth", "clearStencil", "colorMask", "compileShader",
  "compressedTexImage2D", "compressedTexImage3D", "compressedTexSubImage2D",
  "compressedTexSubImage3D", "copyBufferSubData", "copyTexImage2D", "copyTexSubImage2D",
  "copyTexSubImage3D", "createBuffer", "createFramebuffer", "createProgram", "createQuery",
  "createRenderbuffer", "createSampler", "createShader", "createTexture",
  "createTransformFeedback", "createVertexArray", "cullFace", "deleteBuffer",
  "deleteFramebuffer", "deleteProgram", "deleteQuery", "deleteRenderbuffer", "deleteSampler",
  "deleteShader", "deleteTexture", "deleteTransformFeedback", "deleteVertexArray", "depthFunc",
  "depthMask", "depthRange", "detachShader", "disable", "disableVertexAttribArray", "drawArrays",
  "drawArraysInstanced", "drawBuffers", "drawElements", "drawElementsInstanced",
  "drawRangeElements", "enable", "enableVertexAttribArray", "endQuery", "endTransformFeedback",
  "framebufferRenderbuffer", "framebufferTexture2D", "framebufferTextureLayer", "frontFace",
  "generateMipmap", "getExtension", "getUniformLocation", "hint", "invalidateFramebuffer",
  "invalidateSubFramebuffer", "lineWidth", "linkProgram", "pauseTransformFeedback", "pixelStorei",
  "polygonOffset", "readBuffer", "renderbufferStorage", "renderbufferStorageMultisample",
  "resumeTransformFeedback", "sampleCoverage", "samplerParameterf", "samplerParameteri", "scissor",
  "shaderSource", "stencilFunc", "stencilFuncSeparate", "stencilMask", "stencilMaskSeparate",
  "stencilOp", "stencilOpSeparate", "texImage2D", "texImage3D", "texParameterf", "texParameteri",
  "texStorage2D", "texStorage3D", "texSubImage2D", "texSubImage3D", "transformFeedbackVaryings",
  "uniform1f", "uniform1fv", "uniform1i", "uniform1iv", "uniform1ui", "uniform1uiv", "uniform2f",
  "uniform2fv", "uniform2i", "uniform2iv", "uniform2ui", "uniform2uiv", "uniform3f", "uniform3fv",
  "uniform3i", "uniform3iv", "uniform3ui", "uniform3uiv", "uniform4f", "uniform4fv", "uniform4i",
  "uniform4iv", "uniform4ui", "uniform4uiv", "uniformBlockBinding", "uniformMatrix2fv",
  "uniformMatrix2x3fv", "uniformMatrix2x4fv", "uniformMatrix3fv", "uniformMatrix3x2fv",
  "uniformMatrix3x4fv", "uniformMatrix4fv", "uniformMatrix4x2fv", "uniformMatrix4x3fv",
  "useProgram", "validateProgram", "vertexAttrib1f", "vertexAttrib1fv", "vertexAttrib2f",
  "vertexAttrib2fv", "vertexAttrib3f", "vertexAttrib3fv", "vertexAttrib4f", "vertexAttrib4fv",
  "vertexAttribDivisor", "vertexAttribI4i", "vertexAttribI4iv", "vertexAttribI4ui",
  "vertexAttribI4uiv", "vertexAttribIPointer", "vertexAttribPointer", "viewport"
};

/* What begins so only asks, waits, or reads back. */
static const char *const gl_silent_prefixes[] = {
  "get", "is", "check", "fenceSync", "finish", "flush", "clientWaitSync", "waitSync", "deleteSync",
  "readPixels", "makeXRCompatible"
};

/* What begins so changes what pictures can be, and nothing else. */
static const char *const gl_extensions[] = {
  "OES_", "EXT_", "ANGLE_instanced_arrays", "WEBGL_color_buffer_float", "WEBGL_depth_texture",
  "WEBGL_draw_buffers", "WEBGL_compressed_texture_", "WEBGL_multi_draw"
};

static int
compare_names (gconstpointer key,
               gconstpointer element)
{
  return strcmp (key, *(const char *const *) element);
}

/* A table's rows begin with their name. */
static gconstpointer
find_row (const char *name,
          gconstpointer rows,
          gsize n,
          gsize size)
{
  return bsearch (name, rows, n, size, compare_names);
}

#define FIND(name, rows) find_row (name, rows, G_N_ELEMENTS (rows), sizeof *(rows))

static gboolean
has_prefix (const char *name,
            const char *const *prefixes,
            guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_str_has_prefix (name, prefixes[i]))
      return TRUE;

  return FALSE;
}

const char *
ph_canvas_property_name (guint property)
{
  return property < G_N_ELEMENTS (properties) ? properties[property] : NULL;
}

/* ---- one command, in either form ---- */

typedef struct
{
  const char *name;
  gboolean setter;
  PhJsonIter arguments;
  guint n_arguments;
} Call;

static gboolean
open_call (PhJsonValue value,
           Call *call)
{
  PhJsonValue first;

  call->setter = FALSE;

  if (ph_json_type (value) != PH_JSON_ARRAY)
    {
      PhJsonValue arguments = ph_json_member (value, "args");

      ph_json_member_bool (value, "setter", &call->setter);
      ph_json_iter_init (&call->arguments, arguments);
      call->n_arguments = (guint) MIN (ph_json_size (arguments), MAX_ARGUMENTS);

      return ph_json_member_string (value, "property", &call->name, NULL);
    }

  ph_json_iter_init (&call->arguments, value);

  if (!ph_json_next (&call->arguments, NULL, &first) ||
      !ph_json_get_string (first, &call->name, NULL))
    return FALSE;

  call->n_arguments = (guint) MIN (ph_json_size (value) - 1, MAX_ARGUMENTS);

  if (call->name[0] == '=')
    {
      call->setter = TRUE;
      call->name++;
    }

  return TRUE;
}

static gboolean
is_short (PhJsonValue value,
          gsize limit)
{
  const char *string;
  gsize size;

  return !ph_json_get_string (value, &string, &size) || size <= limit;
}

/* ---- 2D ---- */

static gboolean
find_property (const char *name,
               guint *property)
{
  for (*property = 0; *property < G_N_ELEMENTS (properties); ++*property)
    if (strcmp (properties[*property], name) == 0)
      return TRUE;

  return FALSE;
}

/* Colours may be gradients and patterns, which are not recorded: only a text is one. */
static PhCanvasVerdict
read_property (Call *call,
               PhCanvasCommand *command,
               GString *text)
{
  PhJsonValue value;
  PhJsonType type;
  const char *string;

  if (!find_property (call->name, &command->property) ||
      strcmp (call->name, "setLineDash") == 0 || !ph_json_next (&call->arguments, NULL, &value))
    return PH_CANVAS_REFUSED;

  type = ph_json_type (value);

  if ((type != PH_JSON_STRING && type != PH_JSON_NUMBER && type != PH_JSON_BOOLEAN) ||
      !is_short (value, MAX_TEXT))
    return PH_CANVAS_REFUSED;

  /* A filter may be an address. */
  if (command->property == PH_CANVAS_FILTER && ph_json_get_string (value, &string, NULL) &&
      (strpbrk (string, "\\:/") != NULL || strcasestr (string, "url") != NULL))
    return PH_CANVAS_REFUSED;

  command->name = properties[command->property];
  command->effect = PH_CANVAS_SETS;
  g_string_append_printf (text, "[\"=%s\",", command->name);
  ph_canvas_put_plain (text, value);
  g_string_append_c (text, ']');

  return PH_CANVAS_KEPT;
}

static gboolean
put_numbers (GString *text,
             PhJsonValue value)
{
  PhJsonIter iter;
  PhJsonValue item;
  double number;

  if (ph_json_type (value) != PH_JSON_ARRAY)
    {
      if (!ph_canvas_read_number (value, &number))
        return FALSE;

      ph_canvas_put_number (text, number);
      return TRUE;
    }

  if (ph_json_size (value) > MAX_LIST)
    return FALSE;

  ph_json_iter_init (&iter, value);

  while (ph_json_next (&iter, NULL, &item))
    if (!ph_canvas_read_number (item, &number))
      return FALSE;

  return ph_canvas_put_plain (text, value);
}

static gboolean
put_rule (GString *text,
          PhJsonValue value)
{
  const char *rule;

  if (!ph_json_get_string (value, &rule, NULL) ||
      (strcmp (rule, "evenodd") != 0 && strcmp (rule, "nonzero") != 0))
    return FALSE;

  ph_canvas_put_string (text, rule);

  return TRUE;
}

static gboolean
put_text (GString *text,
          PhJsonValue value)
{
  PhJsonType type = ph_json_type (value);

  return type != PH_JSON_ARRAY && type != PH_JSON_OBJECT && is_short (value, MAX_TEXT) &&
         ph_canvas_put_plain (text, value);
}

static gboolean
put_flag (GString *text,
          PhJsonValue value)
{
  double number = 0;

  g_string_append (text, ph_canvas_read_number (value, &number) && (number < 0 || number > 0)
                           ? "true"
                           : "false");

  return TRUE;
}

static gboolean
put_argument (GString *text,
              char kind,
              PhJsonValue value,
              PhCanvasCommand *command)
{
  double number;
  guint64 pixels = 0;

  switch (g_ascii_tolower (kind))
    {
    case 'n':
      if (!ph_canvas_read_number (value, &number))
        return FALSE;

      if (command->n_numbers < G_N_ELEMENTS (command->numbers))
        command->numbers[command->n_numbers++] = number;

      ph_canvas_put_number (text, number);
      return TRUE;
    case 's':
      return put_text (text, value);
    case 'b':
      return put_flag (text, value);
    case 'r':
      return put_rule (text, value);
    case 'i':
      command->picture = TRUE;
      return ph_canvas_put_picture (text, value, &pixels);
    case 'd':
      return ph_canvas_put_image_data (text, value, &command->width, &command->height);
    default:
      return put_numbers (text, value);
    }
}

/* A coordinate that is no number makes the whole call do nothing, as in a browser. */
static PhCanvasVerdict
judge_failure (char kind,
               PhJsonValue value)
{
  PhJsonType type = ph_json_type (value);

  return g_ascii_tolower (kind) == 'n' && type != PH_JSON_ARRAY && type != PH_JSON_OBJECT
           ? PH_CANVAS_SILENT
           : PH_CANVAS_REFUSED;
}

static PhCanvasVerdict
read_method (Call *call,
             guint row,
             PhCanvasCommand *command,
             GString *text)
{
  const char *kinds = methods[row].arguments;
  PhJsonValue value;
  guint n = 0;

  command->name = methods[row].name;
  command->effect = methods[row].effect;
  g_string_append_printf (text, "[\"%s\"", command->name);

  for (; kinds[n] != '\0' && ph_json_next (&call->arguments, NULL, &value); n++)
    {
      /* JSON has no undefined: what may be missing and is null was passed as that. */
      if (g_ascii_isupper (kinds[n]) && ph_json_type (value) == PH_JSON_NULL)
        break;

      g_string_append_c (text, ',');

      if (!put_argument (text, kinds[n], value, command))
        return judge_failure (kinds[n], value);
    }

  g_string_append_c (text, ']');

  /* A Path2D, which is not recorded, in place of the path that is begun. */
  if (command->effect == PH_CANVAS_USES_PATH && ph_json_next (&call->arguments, NULL, &value) &&
      ph_json_type (value) == PH_JSON_OBJECT)
    return PH_CANVAS_REFUSED;

  if (g_ascii_islower (kinds[n]) ||
      (command->picture && n != 3 && n != 5 && n != 9))
    return PH_CANVAS_REFUSED;

  if (command->effect == PH_CANVAS_SETS)
    find_property (command->name, &command->property);

  return PH_CANVAS_KEPT;
}

static PhCanvasVerdict
read_2d (Call *call,
         PhCanvasCommand *command,
         GString *text)
{
  const char *const *row;

  if (call->setter)
    return read_property (call, command, text);

  row = find_row (call->name, methods, G_N_ELEMENTS (methods), sizeof *methods);

  if (row != NULL)
    return read_method (call,
                        (guint) (((const char *) row - (const char *) methods) /
                                 (gssize) sizeof *methods),
                        command, text);

  return FIND (call->name, silent_methods) != NULL ? PH_CANVAS_SILENT : PH_CANVAS_REFUSED;
}

/* ---- WebGL ---- */

/* Bytes of a texture or buffer that a command makes: as many as the format may take. */
static double
measure_memory (const PhCanvasCommand *command,
                guint64 pixels)
{
  static const struct
  {
    const char *name;
    guint n_numbers, first, n; /* which of them are multiplied */
    double bytes;
  } rows[] = {
    { "bufferData", 2, 1, 1, 1 },
    { "compressedTexImage2D", 5, 3, 2, 1 },
    { "compressedTexImage3D", 6, 3, 3, 1 },
    { "copyTexImage2D", 7, 5, 2, 4 },
    { "renderbufferStorage", 4, 2, 2, 4 },
    { "renderbufferStorageMultisample", 5, 1, 1, 0 },
    { "texImage2D", 6, 3, 2, 4 },
    { "texImage3D", 6, 3, 3, 4 },
    { "texStorage2D", 5, 3, 2, 8 },
    { "texStorage3D", 6, 3, 3, 8 },
  };
  double memory = (double) pixels * 4;
  const double *numbers = command->numbers;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].name, command->name) == 0 && command->n_numbers >= rows[i].n_numbers)
      {
        double product = rows[i].bytes;

        for (guint n = 0; n < rows[i].n; n++)
          product *= MAX (numbers[rows[i].first + n], 0);

        memory += product;
      }

  if (strcmp (command->name, "renderbufferStorageMultisample") == 0 && command->n_numbers >= 5)
    memory += MAX (numbers[1], 1) * MAX (numbers[3], 0) * MAX (numbers[4], 0) * 4;

  return memory;
}

static double
measure_vertices (const PhCanvasCommand *command)
{
  const double *numbers = command->numbers;
  guint n = command->n_numbers;

  if (strcmp (command->name, "drawArrays") == 0)
    return n >= 3 ? numbers[2] : 0;

  if (strcmp (command->name, "drawElements") == 0)
    return n >= 2 ? numbers[1] : 0;

  if (strcmp (command->name, "drawRangeElements") == 0)
    return n >= 4 ? numbers[3] : 0;

  if (strcmp (command->name, "drawArraysInstanced") == 0)
    return n >= 4 ? numbers[2] * MAX (numbers[3], 0) : 0;

  if (strcmp (command->name, "drawElementsInstanced") == 0)
    return n >= 5 ? numbers[1] * MAX (numbers[4], 0) : 0;

  return 0;
}

static gboolean
put_gl_argument (GString *text,
                 PhJsonValue value,
                 PhCanvasCommand *command,
                 guint64 *pixels)
{
  gsize limit = strcmp (command->name, "shaderSource") == 0 ? MAX_SHADER : MAX_TEXT;
  double number;

  if (command->n_numbers < G_N_ELEMENTS (command->numbers) &&
      ph_canvas_read_number (value, &number))
    command->numbers[command->n_numbers++] = number;

  return is_short (value, limit) && ph_canvas_put_any (text, value, pixels);
}

/* Which extension is asked for matters, as it then can be used. */
static gboolean
is_silent_extension (const Call *call)
{
  PhJsonIter iter = call->arguments;
  PhJsonValue value;
  const char *name;

  return !ph_json_next (&iter, NULL, &value) || !ph_json_get_string (value, &name, NULL) ||
         !has_prefix (name, gl_extensions, G_N_ELEMENTS (gl_extensions));
}

static PhCanvasVerdict
read_gl (Call *call,
         PhCanvasCommand *command,
         GString *text)
{
  const char *const *name = FIND (call->name, gl_methods);
  guint64 pixels = 0;
  PhJsonValue value;
  double memory;

  if (call->setter)
    return PH_CANVAS_REFUSED;

  if (name == NULL)
    return has_prefix (call->name, gl_silent_prefixes, G_N_ELEMENTS (gl_silent_prefixes))
             ? PH_CANVAS_SILENT
             : PH_CANVAS_REFUSED;

  if (strcmp (*name, "getExtension") == 0 && is_silent_extension (call))
    return PH_CANVAS_SILENT;

  command->name = *name;
  command->effect = PH_CANVAS_DRAWS;
  g_string_append_printf (text, "[\"%s\"", *name);

  for (guint n = 0; n < call->n_arguments && ph_json_next (&call->arguments, NULL, &value); n++)
    {
      g_string_append_c (text, ',');

      if (!put_gl_argument (text, value, command, &pixels))
        return PH_CANVAS_REFUSED;
    }

  g_string_append_c (text, ']');
  memory = measure_memory (command, pixels);

  if (measure_vertices (command) > MAX_VERTICES || memory > (double) PH_LIMIT_CANVAS_MEMORY)
    return PH_CANVAS_REFUSED;

  command->memory = (guint64) memory;

  return PH_CANVAS_KEPT;
}

PhCanvasVerdict
ph_canvas_command_read (PhJsonValue value,
                        PhCanvasContext context,
                        PhCanvasCommand *command,
                        GString *text)
{
  gsize length = text->len;
  PhCanvasVerdict verdict = PH_CANVAS_REFUSED;
  Call call;

  *command = (PhCanvasCommand) { .effect = PH_CANVAS_DRAWS };

  if (open_call (value, &call))
    verdict = context == PH_CANVAS_2D ? read_2d (&call, command, text)
                                      : read_gl (&call, command, text);

  if (verdict != PH_CANVAS_KEPT)
    g_string_truncate (text, length);

  return verdict;
}
