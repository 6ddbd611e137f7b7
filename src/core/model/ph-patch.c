/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-patch.h"

#include "ph-json-write.h"
#include "ph-patch-write.h"

#include <math.h>
#include <string.h>

struct _PhPatch
{
  GString *text;
  gboolean is_jump;
};

PhPatch *
ph_patch_new (void)
{
  PhPatch *patch = g_new0 (PhPatch, 1);

  patch->text = g_string_new ("[");

  return patch;
}

void
ph_patch_free (PhPatch *patch)
{
  if (patch == NULL)
    return;

  g_string_free (patch->text, TRUE);
  g_free (patch);
}

void
ph_patch_put_int (PhPatch *patch,
                  gint64 value)
{
  if (patch->text->len > 1)
    g_string_append_c (patch->text, ',');

  ph_json_write_int (patch->text, value);
}

void
ph_patch_put_number (PhPatch *patch,
                     double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (fabs (value) < 1e15 && fabs (value - rint (value)) < 1e-9)
    {
      ph_patch_put_int (patch, (gint64) rint (value));
      return;
    }

  g_string_append_c (patch->text, ',');
  g_string_append (patch->text, g_ascii_formatd (buffer, sizeof buffer, "%.4f", value));
}

void
ph_patch_put_op (PhPatch *patch,
                 PhOp op)
{
  ph_patch_put_int (patch, op);
}

void
ph_patch_put_null (PhPatch *patch)
{
  g_string_append (patch->text, ",null");
}

void
ph_patch_put_json (PhPatch *patch,
                   const char *json)
{
  g_string_append_c (patch->text, ',');
  g_string_append (patch->text, json);
}

void
ph_patch_put_string (PhPatch *patch,
                     const char *value)
{
  g_string_append_c (patch->text, ',');
  ph_json_write_string (patch->text, value, -1);
}

static void
put_touch (PhPatch *patch,
           const PhTouch *touch)
{
  ph_patch_put_number (patch, (double) touch->x);
  ph_patch_put_number (patch, (double) touch->y);
  ph_patch_put_int (patch, touch->kind);
  ph_patch_put_int (patch, touch->pressed);
}

void
ph_patch_trail (PhPatch *patch,
                const PhTrail *trail)
{
  ph_patch_put_op (patch, PH_OP_TRAIL);
  ph_patch_put_int (patch, trail->n);

  for (guint i = 0; i < trail->n; i++)
    {
      ph_patch_put_number (patch, (double) trail->points[i].x);
      ph_patch_put_number (patch, (double) trail->points[i].y);
      ph_patch_put_number (patch, (double) trail->points[i].age);
      ph_patch_put_int (patch, trail->points[i].begins);
    }
}

void
ph_patch_pointer (PhPatch *patch,
                  const PhPointer *pointer)
{
  const PhTouch first = { pointer->x, pointer->y, pointer->kind, pointer->pressed };

  ph_patch_put_op (patch, PH_OP_POINTER);
  ph_patch_put_int (patch, pointer->visible ? 1 + pointer->n_others : 0);

  if (pointer->visible)
    put_touch (patch, &first);

  for (guint i = 0; pointer->visible && i < pointer->n_others; i++)
    put_touch (patch, &pointer->others[i]);

  ph_patch_put_op (patch, PH_OP_CLICKS);
  ph_patch_put_int (patch, pointer->n_clicks);

  for (guint i = 0; i < pointer->n_clicks; i++)
    {
      ph_patch_put_number (patch, (double) pointer->clicks[i].x);
      ph_patch_put_number (patch, (double) pointer->clicks[i].y);
      ph_patch_put_number (patch, (double) pointer->clicks[i].progress);
      ph_patch_put_int (patch, pointer->clicks[i].kind);
    }
}

void
ph_patch_hover (PhPatch *patch,
                gint32 hover,
                gint32 active)
{
  ph_patch_put_op (patch, PH_OP_HOVER);
  ph_patch_put_int (patch, hover);
  ph_patch_put_int (patch, active);
}

void
ph_patch_jump (PhPatch *patch,
               PhTime time)
{
  patch->is_jump = TRUE;
  ph_patch_put_op (patch, PH_OP_JUMP);
  ph_patch_put_int (patch, time / PH_MSEC);
}

gboolean
ph_patch_is_jump (const PhPatch *patch)
{
  return patch->is_jump;
}

gboolean
ph_patch_is_empty (const PhPatch *patch)
{
  return patch->text->len == 1;
}

GBytes *
ph_patch_finish (PhPatch *patch)
{
  GString *text = g_steal_pointer (&patch->text);

  g_free (patch);
  g_string_append_c (text, ']');

  return g_string_free_to_bytes (text);
}
