/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas.h"

#include "ph-canvas-cover.h"
#include "ph-limits.h"

#include <string.h>

/* A run and what was drawn before it, which canvases that went apart share. */
typedef struct _Run Run;

struct _Run
{
  gatomicrefcount ref_count;
  Run *before;
  GRefString *text;
  guint n_commands;
};

struct _PhCanvas
{
  gatomicrefcount ref_count;
  PhCanvasContext context;
  guint flags;
  guint width, height;
  Run *last;
  guint n_runs;
  guint n_commands;
  gsize n_bytes;
  guint64 memory;
  guint mark; /* runs before the one that covers them, perhaps */
  PhCanvasCover *cover;
};

/* ---- runs ---- */

/* As long as a chain may be, it is not gone down by calls in calls. */
static void
run_unref (Run *run)
{
  while (run != NULL && g_atomic_ref_count_dec (&run->ref_count))
    {
      Run *before = run->before;

      g_ref_string_release (run->text);
      g_free (run);
      run = before;
    }
}

/* Takes @before and @text over. */
static Run *
run_new (Run *before,
         GRefString *text,
         guint n_commands)
{
  Run *run = g_new (Run, 1);

  g_atomic_ref_count_init (&run->ref_count);
  run->before = before;
  run->text = text;
  run->n_commands = n_commands;

  return run;
}

static void
append_run (PhCanvas *canvas,
            GRefString *text,
            guint n_commands)
{
  canvas->last = run_new (canvas->last, text, n_commands);
  canvas->n_runs++;
  canvas->n_commands += n_commands;
  canvas->n_bytes += g_ref_string_length (text);
}

static void
drop_runs (PhCanvas *canvas)
{
  g_clear_pointer (&canvas->last, run_unref);
  canvas->n_runs = 0;
  canvas->n_commands = 0;
  canvas->n_bytes = 0;
  canvas->memory = 0;
}

static GPtrArray *
list_cells (const PhCanvas *canvas)
{
  GPtrArray *cells = g_ptr_array_sized_new (canvas->n_runs);

  g_ptr_array_set_size (cells, (int) canvas->n_runs);

  for (Run *run = canvas->last; run != NULL; run = run->before)
    cells->pdata[--cells->len] = run;

  cells->len = canvas->n_runs;

  return cells;
}

/* ---- canvases ---- */

PhCanvas *
ph_canvas_new (guint width,
               guint height,
               gboolean based)
{
  PhCanvas *canvas = g_new0 (PhCanvas, 1);

  g_atomic_ref_count_init (&canvas->ref_count);
  canvas->width = width;
  canvas->height = height;
  canvas->flags = based ? PH_CANVAS_BASED : 0;
  canvas->cover = ph_canvas_cover_new (width, height);

  return canvas;
}

PhCanvas *
ph_canvas_ref (PhCanvas *canvas)
{
  g_atomic_ref_count_inc (&canvas->ref_count);

  return canvas;
}

void
ph_canvas_unref (PhCanvas *canvas)
{
  if (canvas == NULL || !g_atomic_ref_count_dec (&canvas->ref_count))
    return;

  run_unref (canvas->last);
  ph_canvas_cover_free (canvas->cover);
  g_free (canvas);
}

/* One that nobody else holds, to be written to. */
static PhCanvas *
make_own (PhCanvas *canvas)
{
  PhCanvas *copy;

  if (g_atomic_ref_count_compare (&canvas->ref_count, 1))
    return canvas;

  copy = g_memdup2 (canvas, sizeof *canvas);
  g_atomic_ref_count_init (&copy->ref_count);
  copy->cover = ph_canvas_cover_copy (canvas->cover);

  if (copy->last != NULL)
    g_atomic_ref_count_inc (&copy->last->ref_count);

  ph_canvas_unref (canvas);

  return copy;
}

PhCanvasContext
ph_canvas_get_context (const PhCanvas *canvas)
{
  return canvas->context;
}

gboolean
ph_canvas_is_based (const PhCanvas *canvas)
{
  return (canvas->flags & PH_CANVAS_BASED) != 0;
}

guint
ph_canvas_get_flags (const PhCanvas *canvas)
{
  return canvas->flags;
}

void
ph_canvas_get_size (const PhCanvas *canvas,
                    guint *width,
                    guint *height)
{
  *width = canvas->width;
  *height = canvas->height;
}

guint
ph_canvas_n_commands (const PhCanvas *canvas)
{
  return canvas->n_commands;
}

GPtrArray *
ph_canvas_list_runs (const PhCanvas *canvas)
{
  GPtrArray *runs = list_cells (canvas);

  for (guint i = 0; i < runs->len; i++)
    runs->pdata[i] = ((Run *) runs->pdata[i])->text;

  return runs;
}

/* ---- comparing ---- */

static gboolean
is_like (const PhCanvas *a,
         const PhCanvas *b)
{
  return a->context == b->context && a->width == b->width && a->height == b->height &&
         (a->flags & PH_CANVAS_BASED) == (b->flags & PH_CANVAS_BASED);
}

gboolean
ph_canvas_continues (const PhCanvas *canvas,
                     const PhCanvas *old,
                     guint *n)
{
  const Run *run = canvas->last;
  const Run *other = old->last;

  if (!is_like (canvas, old) || canvas->n_runs < old->n_runs)
    return FALSE;

  *n = old->n_runs;

  for (guint i = old->n_runs; i < canvas->n_runs; i++)
    run = run->before;

  for (; run != other; run = run->before, other = other->before)
    if (run->n_commands != other->n_commands || strcmp (run->text, other->text) != 0)
      return FALSE;

  return TRUE;
}

gboolean
ph_canvas_equal (const PhCanvas *a,
                 const PhCanvas *b)
{
  guint n;

  return a == b || (a != NULL && b != NULL && a->n_runs == b->n_runs &&
                    ph_canvas_continues (a, b, &n));
}

/* ---- drawing ---- */

typedef struct
{
  PhCanvas *canvas;
  GString *text; /* the run that is being written, without its brackets */
  guint n_commands;
  GString *command;
  guint n_refused;
  const char *refused; /* the first of them */
} Writer;

static void
end_run (Writer *writer)
{
  if (writer->n_commands == 0)
    return;

  g_string_prepend_c (writer->text, '[');
  g_string_append_c (writer->text, ']');
  append_run (writer->canvas,
              g_ref_string_new_len (writer->text->str, (gssize) writer->text->len),
              writer->n_commands);
  g_string_truncate (writer->text, 0);
  writer->n_commands = 0;
}

/* The state that outlives what is dropped comes first. */
static void
begin_with_state (Writer *writer)
{
  guint n;
  g_autofree char *state = ph_canvas_cover_write (writer->canvas->cover, &n);

  g_string_assign (writer->text, state);
  writer->n_commands = n;
  writer->canvas->flags &= ~(guint) PH_CANVAS_BASED;
}

/* What lies before the run at `mark` turned out to be needless. */
static void
drop_before_mark (Writer *writer)
{
  PhCanvas *canvas = writer->canvas;
  g_autoptr (GPtrArray) cells = NULL;
  Run *kept = canvas->last;
  guint mark = canvas->mark;

  end_run (writer);
  cells = list_cells (canvas);
  kept = g_steal_pointer (&canvas->last);
  drop_runs (canvas);
  begin_with_state (writer);
  end_run (writer);

  for (guint i = mark; i < cells->len; i++)
    {
      const Run *run = cells->pdata[i];

      append_run (canvas, g_ref_string_acquire (run->text), run->n_commands);
    }

  run_unref (kept);
}

static gboolean
is_full (Writer *writer)
{
  const PhCanvas *canvas = writer->canvas;

  return canvas->n_commands + writer->n_commands >= PH_LIMIT_CANVAS_COMMANDS ||
         canvas->n_bytes + writer->text->len + writer->command->len > PH_LIMIT_CANVAS_BYTES ||
         canvas->memory > PH_LIMIT_CANVAS_MEMORY;
}

static void
put_command (Writer *writer)
{
  if (writer->n_commands > 0)
    g_string_append_c (writer->text, ',');

  g_string_append_len (writer->text, writer->command->str, (gssize) writer->command->len);
  writer->n_commands++;
}

static void
follow (Writer *writer,
        const PhCanvasCommand *command)
{
  PhCanvas *canvas = writer->canvas;

  canvas->memory += command->memory;

  if (canvas->context != PH_CANVAS_2D)
    return;

  switch (ph_canvas_cover_add (canvas->cover, command, writer->command->str))
    {
    case PH_COVER_NOTHING:
      break;
    case PH_COVER_PERHAPS:
      end_run (writer);
      canvas->mark = canvas->n_runs;
      break;
    case PH_COVER_NOW:
      drop_runs (canvas);
      begin_with_state (writer);
      break;
    case PH_COVER_SO:
      drop_before_mark (writer);
      break;
    }
}

static void
draw_command (Writer *writer,
              PhJsonValue value)
{
  PhCanvas *canvas = writer->canvas;
  PhCanvasCommand command;

  g_string_truncate (writer->command, 0);

  switch (ph_canvas_command_read (value, canvas->context, &command, writer->command))
    {
    case PH_CANVAS_SILENT:
      return;
    case PH_CANVAS_REFUSED:
      if (writer->n_refused++ == 0 &&
          !ph_json_member_string (value, "property", &writer->refused, NULL))
        writer->refused = "";
      return;
    case PH_CANVAS_KEPT:
      break;
    }

  follow (writer, &command);

  if (is_full (writer))
    canvas->flags |= PH_CANVAS_FULL;
  else
    put_command (writer);
}

static void
draw_commands (Writer *writer,
               PhJsonValue commands)
{
  PhJsonIter iter;
  PhJsonValue value;

  ph_json_iter_init (&iter, commands);

  while ((writer->canvas->flags & PH_CANVAS_FULL) == 0 && ph_json_next (&iter, NULL, &value))
    draw_command (writer, value);
}

/* ---- frames ---- */

/*
 * What `sampling.canvas` records, a few times a second: everything cleared, then one
 * picture. PostHog's recorder takes it in the size in which the element is shown and
 * says so; the bitmap has that size then.
 */
static gboolean
is_frame (PhJsonValue data,
          guint *width,
          guint *height)
{
  PhJsonValue commands = ph_json_member (data, "commands");
  PhJsonValue clear;
  PhJsonValue draw;
  PhJsonValue picture;
  PhJsonIter iter;
  const char *name;
  gint64 numbers[4] = { 0, 0, 0, 0 };

  ph_json_iter_init (&iter, commands);

  if (ph_json_size (commands) != 2 || !ph_json_next (&iter, NULL, &clear) ||
      !ph_json_next (&iter, NULL, &draw) ||
      !ph_json_member_string (clear, "property", &name, NULL) || strcmp (name, "clearRect") != 0 ||
      !ph_json_member_string (draw, "property", &name, NULL) || strcmp (name, "drawImage") != 0)
    return FALSE;

  ph_json_iter_init (&iter, ph_json_member (draw, "args"));

  if (!ph_json_next (&iter, NULL, &picture) ||
      !ph_json_member_string (picture, "rr_type", &name, NULL) ||
      strcmp (name, "ImageBitmap") != 0)
    return FALSE;

  ph_json_iter_init (&iter, ph_json_member (clear, "args"));

  for (guint i = 0; i < G_N_ELEMENTS (numbers) && ph_json_next (&iter, NULL, &picture); i++)
    ph_json_get_int (picture, &numbers[i]);

  ph_json_member_int (data, "displayWidth", &numbers[2]);
  ph_json_member_int (data, "displayHeight", &numbers[3]);

  if (numbers[0] != 0 || numbers[1] != 0 || numbers[2] <= 0 || numbers[3] <= 0 ||
      numbers[2] > PH_LIMIT_VIEWPORT || numbers[3] > PH_LIMIT_VIEWPORT ||
      numbers[2] * numbers[3] > PH_LIMIT_CANVAS_PIXELS)
    return FALSE;

  *width = (guint) numbers[2];
  *height = (guint) numbers[3];

  return TRUE;
}

/* A frame leaves nothing of what was there, unless a script has drawn there as well. */
static void
begin_frame (PhCanvas *canvas,
             guint width,
             guint height)
{
  if (canvas->n_commands > 0 && (canvas->flags & PH_CANVAS_FRAMED) == 0)
    return;

  drop_runs (canvas);
  ph_canvas_cover_free (canvas->cover);
  canvas->cover = ph_canvas_cover_new (width, height);
  canvas->flags = PH_CANVAS_FRAMED;
  canvas->context = PH_CANVAS_2D;
  canvas->width = width;
  canvas->height = height;
}

/* ---- events ---- */

static void
report (const Writer *writer,
        gboolean was_full,
        PhHealth *health,
        PhTime time)
{
  if (writer->n_refused > 0)
    {
      ph_health_add (health, PH_HEALTH_EVENT_NOT_SHOWN, time, "canvas command %.40s",
                     writer->refused);
      ph_health_add_silent (health, PH_HEALTH_EVENT_NOT_SHOWN, writer->n_refused - 1);
    }

  if (!was_full && (writer->canvas->flags & PH_CANVAS_FULL) != 0)
    ph_health_add (health, PH_HEALTH_LIMIT, time, "more than can be kept is drawn into a canvas");
}

/* A canvas has the context that was asked for first; under a picture it is of 2D. */
static gboolean
take_context (PhCanvas *canvas,
              gint64 context)
{
  if (canvas->n_runs == 0 && !ph_canvas_is_based (canvas))
    canvas->context = (PhCanvasContext) context;

  return canvas->context == (PhCanvasContext) context;
}

PhCanvas *
ph_canvas_draw (PhCanvas *canvas,
                PhJsonValue data,
                PhHealth *health,
                PhTime time)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) command = g_string_new (NULL);
  PhJsonValue commands = ph_json_member (data, "commands");
  Writer writer = { .text = text, .command = command };
  gint64 context = PH_CANVAS_2D;
  gboolean was_full;
  guint width;
  guint height;

  canvas = make_own (canvas);
  writer.canvas = canvas;
  ph_json_member_int (data, "type", &context);

  if (context < PH_CANVAS_2D || context > PH_CANVAS_WEBGL2 ||
      !take_context (canvas, context))
    {
      ph_health_add (health, PH_HEALTH_EVENT_NOT_SHOWN, time,
                     "drawing into a canvas in two ways at once");
      return canvas;
    }

  if (context == PH_CANVAS_2D && is_frame (data, &width, &height))
    begin_frame (canvas, width, height);
  else
    canvas->flags &= ~(guint) PH_CANVAS_FRAMED;

  was_full = (canvas->flags & PH_CANVAS_FULL) != 0;

  if (ph_json_type (commands) == PH_JSON_ARRAY)
    draw_commands (&writer, commands);
  else if (!was_full)
    draw_command (&writer, data);

  end_run (&writer);
  report (&writer, was_full, health, time);

  return canvas;
}

/* ---- stored pages ---- */

/* Reads one command of a stored run and puts it behind the others. */
static gboolean
restore_command (PhCanvas *canvas,
                 PhJsonValue value,
                 GString *again)
{
  gsize begin;
  PhCanvasCommand command;

  g_string_append_c (again, again->len > 0 ? ',' : '[');
  begin = again->len;

  if (ph_json_type (value) != PH_JSON_ARRAY ||
      ph_canvas_command_read (value, canvas->context, &command, again) != PH_CANVAS_KEPT)
    return FALSE;

  /* What is covered was dropped before it was stored. */
  if (canvas->context == PH_CANVAS_2D &&
      ph_canvas_cover_add (canvas->cover, &command, again->str + begin) == PH_COVER_PERHAPS)
    canvas->mark = canvas->n_runs;

  canvas->memory += command.memory;

  return TRUE;
}

/* What was stored must be what would have been: nothing goes past the reading of commands. */
static gboolean
restore_run (PhCanvas *canvas,
             PhJson *json,
             GRefString *run)
{
  g_autoptr (GString) again = g_string_sized_new (g_ref_string_length (run));
  PhJsonValue root;
  PhJsonValue value;
  PhJsonIter iter;
  guint n = 0;

  if (!ph_json_parse (json, run, g_ref_string_length (run), &root, NULL) ||
      ph_json_type (root) != PH_JSON_ARRAY || ph_json_size (root) > PH_LIMIT_CANVAS_COMMANDS)
    return FALSE;

  ph_json_iter_init (&iter, root);

  for (; ph_json_next (&iter, NULL, &value); n++)
    if (!restore_command (canvas, value, again))
      return FALSE;

  g_string_append_c (again, ']');
  append_run (canvas, g_ref_string_acquire (run), n);

  return n > 0 && strcmp (again->str, run) == 0;
}

PhCanvas *
ph_canvas_restore (guint flags,
                   PhCanvasContext context,
                   guint width,
                   guint height,
                   const GPtrArray *runs)
{
  g_autoptr (PhCanvas) canvas = NULL;
  g_autoptr (PhJson) json = NULL;

  if (flags > PH_CANVAS_FLAGS || context > PH_CANVAS_WEBGL2 ||
      (guint64) width * height > PH_LIMIT_CANVAS_PIXELS)
    return NULL;

  canvas = ph_canvas_new (width, height, FALSE);
  canvas->flags = flags;
  canvas->context = context;
  json = ph_json_new ();

  for (guint i = 0; i < runs->len; i++)
    if (!restore_run (canvas, json, runs->pdata[i]) ||
        canvas->n_commands > PH_LIMIT_CANVAS_COMMANDS ||
        canvas->n_bytes > 2 * PH_LIMIT_CANVAS_BYTES)
      return NULL;

  return g_steal_pointer (&canvas);
}
