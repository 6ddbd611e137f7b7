/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas-cover.h"

#include "ph-canvas-arguments.h"
#include "ph-canvas-style.h"
#include "ph-limits.h"

#include <math.h>
#include <string.h>

/* Rounding of what was scaled and moved. */
#define EPSILON 1e-6

/* One of the states that save() puts aside. */
typedef struct
{
  double matrix[6];
  gboolean clipped;
  /* GRefString: the commands that set it, of which the last that is valid counts; NULL: none. */
  char *properties[PH_CANVAS_N_PROPERTIES];
} Level;

struct _PhCanvasCover
{
  double width, height;
  GArray *levels; /* Level: the last is the one that counts now */
  gboolean path;  /* one is begun */
  gboolean perhaps;
  gboolean lost; /* nothing is known any more */
  char *state;   /* before the last command that covers all, perhaps */
  guint n_state;
};

static const double identity[6] = { 1, 0, 0, 1, 0, 0 };

/* ---- levels ---- */

static void
clear_level (gpointer data)
{
  Level *level = data;

  for (guint i = 0; i < PH_CANVAS_N_PROPERTIES; i++)
    g_clear_pointer (&level->properties[i], g_ref_string_release);
}

static void
push_level (PhCanvasCover *cover,
            const Level *like)
{
  Level level = *like;

  for (guint i = 0; i < PH_CANVAS_N_PROPERTIES; i++)
    if (level.properties[i] != NULL)
      g_ref_string_acquire (level.properties[i]);

  g_array_append_val (cover->levels, level);
}

static Level *
top_level (const PhCanvasCover *cover)
{
  return &g_array_index (cover->levels, Level, cover->levels->len - 1);
}

static void
reset (PhCanvasCover *cover)
{
  Level level = { .clipped = FALSE };

  memcpy (level.matrix, identity, sizeof identity);
  g_array_set_size (cover->levels, 0);
  push_level (cover, &level);
  cover->path = FALSE;
  cover->perhaps = FALSE;
  cover->lost = FALSE;
}

PhCanvasCover *
ph_canvas_cover_new (guint width,
                     guint height)
{
  PhCanvasCover *cover = g_new0 (PhCanvasCover, 1);

  cover->width = width;
  cover->height = height;
  cover->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  g_array_set_clear_func (cover->levels, clear_level);
  reset (cover);

  return cover;
}

PhCanvasCover *
ph_canvas_cover_copy (const PhCanvasCover *cover)
{
  PhCanvasCover *copy = g_memdup2 (cover, sizeof *cover);

  copy->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  g_array_set_clear_func (copy->levels, clear_level);
  copy->state = g_strdup (cover->state);

  for (guint i = 0; i < cover->levels->len; i++)
    push_level (copy, &g_array_index (cover->levels, Level, i));

  return copy;
}

void
ph_canvas_cover_free (PhCanvasCover *cover)
{
  if (cover == NULL)
    return;

  g_array_unref (cover->levels);
  g_free (cover->state);
  g_free (cover);
}

/* ---- transformations ---- */

static void
multiply (double *matrix,
          const double *by)
{
  double product[6] = {
    matrix[0] * by[0] + matrix[2] * by[1],
    matrix[1] * by[0] + matrix[3] * by[1],
    matrix[0] * by[2] + matrix[2] * by[3],
    matrix[1] * by[2] + matrix[3] * by[3],
    matrix[0] * by[4] + matrix[2] * by[5] + matrix[4],
    matrix[1] * by[4] + matrix[3] * by[5] + matrix[5],
  };

  memcpy (matrix, product, sizeof product);
}

static void
transform (PhCanvasCover *cover,
           const PhCanvasCommand *command)
{
  double *matrix = top_level (cover)->matrix;
  const double *n = command->numbers;

  if (command->name[0] == 'r' && command->name[1] == 'e')
    memcpy (matrix, identity, sizeof identity);
  else if (strcmp (command->name, "setTransform") == 0)
    memcpy (matrix, n, sizeof identity);
  else if (strcmp (command->name, "transform") == 0)
    multiply (matrix, n);
  else if (strcmp (command->name, "translate") == 0)
    multiply (matrix, (const double[]) { 1, 0, 0, 1, n[0], n[1] });
  else if (strcmp (command->name, "scale") == 0)
    multiply (matrix, (const double[]) { n[0], 0, 0, n[1], 0, 0 });
  else
    multiply (matrix, (const double[]) { cos (n[0]), sin (n[0]), -sin (n[0]), cos (n[0]), 0, 0 });

  for (guint i = 0; i < 6; i++)
    cover->lost |= !isfinite (matrix[i]);
}

/* ---- properties ---- */

/*
 * A browser ignores a value that it does not understand. Where it is not certain
 * that it does, the values before stay too, each of them once.
 */
static void
set_property (PhCanvasCover *cover,
              guint property,
              const char *text)
{
  Level *level = top_level (cover);
  char *old = level->properties[property];
  g_auto (GStrv) kept = NULL;
  g_autoptr (GString) joined = g_string_new (NULL);

  if (old != NULL && !ph_canvas_style_is_valid (property, text))
    {
      kept = g_strsplit (old, "\n", -1);

      for (guint i = 0; kept[i] != NULL; i++)
        if (strcmp (kept[i], text) != 0)
          g_string_append_printf (joined, "%s\n", kept[i]);

      cover->lost |= g_strv_length (kept) > PH_LIMIT_CANVAS_DEPTH;
    }

  g_string_append (joined, text);

  if (old != NULL)
    g_ref_string_release (old);

  level->properties[property] = g_ref_string_new_len (joined->str, (gssize) joined->len);
}

/* ---- covering ---- */

static gboolean
covers_bitmap (const PhCanvasCover *cover,
               const double *rect)
{
  const double *m = top_level (cover)->matrix;
  double left = MIN (rect[0], rect[0] + rect[2]) * m[0] + m[4];
  double right = MAX (rect[0], rect[0] + rect[2]) * m[0] + m[4];
  double top = MIN (rect[1], rect[1] + rect[3]) * m[3] + m[5];
  double bottom = MAX (rect[1], rect[1] + rect[3]) * m[3] + m[5];

  return fabs (m[1]) < G_MINDOUBLE && fabs (m[2]) < G_MINDOUBLE && m[0] > 0 && m[3] > 0 &&
         left <= EPSILON && top <= EPSILON && right >= cover->width - EPSILON &&
         bottom >= cover->height - EPSILON && !top_level (cover)->clipped && !cover->lost;
}

/* Image data goes past transformation, clip and all properties (HTML, 4.12.5.1.16). */
static gboolean
puts_all (const PhCanvasCover *cover,
          const PhCanvasCommand *command)
{
  const double *n = command->numbers;

  return command->n_numbers == 2 && n[0] <= 0 && n[1] <= 0 &&
         trunc (n[0]) + command->width >= cover->width &&
         trunc (n[1]) + command->height >= cover->height && !top_level (cover)->clipped &&
         !cover->lost;
}

/* Whether what is filled now hides what is under it. */
static gboolean
fills_solidly (const PhCanvasCover *cover)
{
  char *const *properties = top_level (cover)->properties;

  const char *alpha = properties[PH_CANVAS_GLOBAL_ALPHA];
  const char *composite = properties[PH_CANVAS_COMPOSITE];

  return ph_canvas_style_is_solid (properties[PH_CANVAS_FILL_STYLE]) &&
         (alpha == NULL || strcmp (alpha, "[\"=globalAlpha\",1]") == 0) &&
         (composite == NULL ||
          strcmp (composite, "[\"=globalCompositeOperation\",\"source-over\"]") == 0) &&
         properties[PH_CANVAS_SHADOW_COLOR] == NULL && properties[PH_CANVAS_FILTER] == NULL;
}

static void put_state (const PhCanvasCover *cover,
                       GString *text,
                       guint *n);

static PhCover
mark (PhCanvasCover *cover)
{
  GString *text = g_string_new (NULL);

  cover->n_state = 0;
  put_state (cover, text, &cover->n_state);
  g_free (cover->state);
  cover->state = g_string_free (text, FALSE);
  cover->perhaps = cover->path;

  return cover->path ? PH_COVER_PERHAPS : PH_COVER_NOW;
}

static PhCover
begin_path (PhCanvasCover *cover)
{
  gboolean so = cover->perhaps;

  cover->path = FALSE;
  cover->perhaps = FALSE;

  return so ? PH_COVER_SO : PH_COVER_NOTHING;
}

static void
save (PhCanvasCover *cover)
{
  Level level;

  if (cover->levels->len >= PH_LIMIT_CANVAS_DEPTH)
    {
      cover->lost = TRUE;
      return;
    }

  level = *top_level (cover);
  push_level (cover, &level);
}

PhCover
ph_canvas_cover_add (PhCanvasCover *cover,
                     const PhCanvasCommand *command,
                     const char *text)
{
  switch (command->effect)
    {
    case PH_CANVAS_DRAWS:
      break;
    case PH_CANVAS_SETS:
      set_property (cover, command->property, text);
      break;
    case PH_CANVAS_TRANSFORMS:
      transform (cover, command);
      break;
    case PH_CANVAS_SAVES:
      save (cover);
      break;
    case PH_CANVAS_RESTORES:
      if (cover->levels->len > 1)
        g_array_set_size (cover->levels, cover->levels->len - 1);
      break;
    case PH_CANVAS_RESETS:
      reset (cover);
      return mark (cover);
    case PH_CANVAS_BEGINS_PATH:
      return begin_path (cover);
    case PH_CANVAS_ADDS_TO_PATH:
      cover->path = TRUE;
      cover->perhaps = FALSE;
      break;
    case PH_CANVAS_USES_PATH:
      cover->perhaps = FALSE;
      break;
    case PH_CANVAS_CLIPS:
      top_level (cover)->clipped = TRUE;
      cover->perhaps = FALSE;
      break;
    case PH_CANVAS_CLEARS_RECT:
      if (covers_bitmap (cover, command->numbers))
        return mark (cover);
      break;
    case PH_CANVAS_PUTS_DATA:
      if (puts_all (cover, command))
        return mark (cover);
      break;
    case PH_CANVAS_FILLS_RECT:
      if (fills_solidly (cover) && covers_bitmap (cover, command->numbers))
        return mark (cover);
      break;
    }

  return PH_COVER_NOTHING;
}

/* ---- the state as commands ---- */

static void
put_command (GString *text,
             const char *command,
             guint *n)
{
  if (text->len > 0)
    g_string_append_c (text, ',');

  g_string_append (text, command);
  ++*n;
}

static void
put_level (GString *text,
           const Level *level,
           const Level *under,
           guint *n)
{
  for (guint i = 0; i < PH_CANVAS_N_PROPERTIES; i++)
    if (level->properties[i] != NULL && level->properties[i] != under->properties[i] &&
        g_strcmp0 (level->properties[i], under->properties[i]) != 0)
      {
        g_auto (GStrv) commands = g_strsplit (level->properties[i], "\n", -1);

        for (guint c = 0; commands[c] != NULL; c++)
          put_command (text, commands[c], n);
      }

  if (memcmp (level->matrix, under->matrix, sizeof level->matrix) != 0)
    {
      g_autoptr (GString) set = g_string_new ("[\"setTransform\"");

      for (guint i = 0; i < 6; i++)
        {
          g_string_append_c (set, ',');
          ph_canvas_put_number (set, level->matrix[i]);
        }

      g_string_append_c (set, ']');
      put_command (text, set->str, n);
    }
}

static void
put_state (const PhCanvasCover *cover,
           GString *text,
           guint *n)
{
  Level fresh = { .clipped = FALSE };
  const Level *under = &fresh;

  memcpy (fresh.matrix, identity, sizeof identity);

  for (guint i = 0; i < cover->levels->len; i++)
    {
      const Level *level = &g_array_index (cover->levels, Level, i);

      if (i > 0)
        put_command (text, "[\"save\"]", n);

      put_level (text, level, under, n);
      under = level;
    }
}

char *
ph_canvas_cover_write (const PhCanvasCover *cover,
                       guint *n)
{
  *n = cover->n_state;

  return g_strdup (cover->state != NULL ? cover->state : "");
}
