/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-timeline-draw.h"

#include <math.h>

#define TRACK_RADIUS 6.0
#define HATCH_STEP 6.0
#define BAR_INSET 4.0
#define IMPORTED_LINE 2.0
#define NOTE_LINE 3.0

static void
set_color (cairo_t *cr,
           const GdkRGBA *color,
           double alpha)
{
  cairo_set_source_rgba (cr, (double) color->red, (double) color->green, (double) color->blue,
                         (double) color->alpha * alpha);
}

static void
track_path (cairo_t *cr,
            const PhTimelineLook *look)
{
  double left = look->axis->left;
  double right = left + look->axis->width;
  double top = PH_TIMELINE_TRACK_Y;
  double bottom = top + PH_TIMELINE_TRACK_HEIGHT;
  double radius = MIN (TRACK_RADIUS, look->axis->width / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, top + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, left + radius, bottom - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, G_PI * 1.5);
  cairo_close_path (cr);
}

static void
draw_bars (cairo_t *cr,
           const PhTimelineLook *look)
{
  double pitch = look->n_bars > 0 ? look->axis->width / look->n_bars : 0;
  double bottom = PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT - BAR_INSET;
  double most = PH_TIMELINE_TRACK_HEIGHT - 2 * BAR_INSET;

  for (guint i = 0; i < look->n_bars; i++)
    {
      double height = round ((double) look->bars[i] * most);
      double x = look->axis->left + i * pitch;

      if (height < 1)
        continue;

      height = MAX (height, 2);
      cairo_rectangle (cr, x, bottom - height, MAX (pitch - 1, 1), height);
    }

  cairo_fill (cr);
}

static void
draw_idle (cairo_t *cr,
           const PhAxisPiece *piece,
           const GdkRGBA *color)
{
  double top = PH_TIMELINE_TRACK_Y;
  double bottom = top + PH_TIMELINE_TRACK_HEIGHT;
  double first = piece->begin - PH_TIMELINE_TRACK_HEIGHT;

  cairo_save (cr);
  cairo_rectangle (cr, piece->begin, top, piece->end - piece->begin, bottom - top);
  cairo_clip (cr);

  set_color (cr, color, 0.05);
  cairo_paint (cr);

  set_color (cr, color, 0.28);
  cairo_set_line_width (cr, 1);

  for (guint i = 0; i * HATCH_STEP < piece->end - first; i++)
    {
      double x = first + i * HATCH_STEP;

      cairo_move_to (cr, x, bottom);
      cairo_line_to (cr, x + (bottom - top), top);
    }
  cairo_stroke (cr);

  cairo_restore (cr);
}

static void
draw_count (cairo_t *cr,
            const PhTimelineLook *look,
            guint count,
            double x,
            double middle)
{
  g_autofree char *text = count > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", count);
  int height;

  pango_layout_set_text (look->layout, text, -1);
  pango_layout_get_pixel_size (look->layout, NULL, &height);
  cairo_move_to (cr, x, middle - height / 2.0);
  pango_cairo_show_layout (cr, look->layout);
}

static void
draw_hairline (cairo_t *cr,
               double x)
{
  cairo_rectangle (cr, round (x) - 0.5, PH_TIMELINE_TRACK_Y, 1, PH_TIMELINE_TRACK_HEIGHT);
  cairo_fill (cr);
}

/* A warning sign above the track. */
static void
draw_error (cairo_t *cr,
            const PhTimelineLook *look,
            const PhMarkGroup *group)
{
  double x = round (group->x);
  double top = 2;
  double bottom = PH_TIMELINE_TRACK_Y - 3;

  set_color (cr, &look->error, 0.5);
  draw_hairline (cr, x);

  set_color (cr, &look->error, 1);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, x, top + 1);
  cairo_line_to (cr, x + 5, bottom - 1);
  cairo_line_to (cr, x - 5, bottom - 1);
  cairo_close_path (cr);
  cairo_stroke_preserve (cr);
  cairo_fill (cr);

  /* The sign's exclamation mark is a hole: it works on every background. */
  cairo_save (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_rectangle (cr, x - 0.75, top + 3.5, 1.5, 3.5);
  cairo_rectangle (cr, x - 0.75, top + 8, 1.5, 1.5);
  cairo_fill (cr);
  cairo_restore (cr);

  if (group->count > 1)
    draw_count (cr, look, group->count, x + 8, (top + bottom) / 2);
}

/* A small page below the track. */
static void
draw_page (cairo_t *cr,
           const PhTimelineLook *look,
           const PhMarkGroup *group)
{
  double x = round (group->x);
  double top = PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT + 3;

  set_color (cr, &look->color, 0.4);
  draw_hairline (cr, x);

  set_color (cr, &look->color, 0.65);
  cairo_move_to (cr, x - 3.5, top);
  cairo_line_to (cr, x + 1, top);
  cairo_line_to (cr, x + 3.5, top + 2.5);
  cairo_line_to (cr, x + 3.5, top + 9);
  cairo_line_to (cr, x - 3.5, top + 9);
  cairo_close_path (cr);
  cairo_fill (cr);

  if (group->count > 1)
    draw_count (cr, look, group->count, x + 6, top + 4.5);
}

/* Those of the pins on the page: see applier.css. */
static void
set_note_color (cairo_t *cr,
                const PhTimelineLook *look,
                PhNoteKind kind,
                double alpha)
{
  static const GdkRGBA on_light[] = {
    [PH_NOTE_OBSERVATION] = { 0.11f, 0.44f, 0.85f, 1 },
    [PH_NOTE_PROBLEM] = { 0.75f, 0.11f, 0.16f, 1 },
    [PH_NOTE_IDEA] = { 0.61f, 0.43f, 0.01f, 1 },
    [PH_NOTE_QUESTION] = { 0.51f, 0.24f, 0.61f, 1 },
    [PH_NOTE_PRAISE] = { 0.11f, 0.5f, 0.29f, 1 },
  };
  static const GdkRGBA on_dark[] = {
    [PH_NOTE_OBSERVATION] = { 0.47f, 0.68f, 0.93f, 1 },
    [PH_NOTE_PROBLEM] = { 1, 0.48f, 0.39f, 1 },
    [PH_NOTE_IDEA] = { 0.97f, 0.89f, 0.36f, 1 },
    [PH_NOTE_QUESTION] = { 0.86f, 0.54f, 0.87f, 1 },
    [PH_NOTE_PRAISE] = { 0.56f, 0.94f, 0.64f, 1 },
  };
  /* Light text stands on a dark ground. */
  gboolean dark = look->color.red + look->color.green + look->color.blue > 1.5f;

  set_color (cr, dark ? &on_dark[kind] : &on_light[kind], alpha);
}

/* How long a note goes on, at the track's lower edge. */
static void
draw_note_span (cairo_t *cr,
                const PhTimelineLook *look,
                const PhTrackNote *note)
{
  double begin = ph_axis_to_x (look->axis, note->span.begin);
  double end = ph_axis_to_x (look->axis, note->span.end);
  double bottom = PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT;

  if (end - begin < 1)
    return;

  set_note_color (cr, look, note->kind, 0.85);
  cairo_rectangle (cr, begin, bottom - NOTE_LINE, end - begin, NOTE_LINE);
  cairo_fill (cr);
}

/* A speech bubble below the track. */
static void
draw_note (cairo_t *cr,
           const PhTimelineLook *look,
           const PhMarkGroup *group)
{
  PhNoteKind kind = look->note_spans[group->first].kind;
  double x = round (group->x);
  double top = PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT + 1;

  set_note_color (cr, look, kind, 0.6);
  draw_hairline (cr, x);

  set_note_color (cr, look, kind, 1);
  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x + 3, top + 3);
  cairo_line_to (cr, x + 5.5, top + 3);
  cairo_line_to (cr, x + 5.5, top + 10.5);
  cairo_line_to (cr, x - 5.5, top + 10.5);
  cairo_line_to (cr, x - 5.5, top + 3);
  cairo_line_to (cr, x - 3, top + 3);
  cairo_close_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 1);
  cairo_stroke_preserve (cr);
  cairo_fill (cr);

  if (group->count > 1)
    draw_count (cr, look, group->count, x + 8, top + 6.5);
}

/* A thin line below all that is there; it grows to the right. */
static void
draw_imported (cairo_t *cr,
               const PhTimelineLook *look)
{
  double bottom = PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT;

  set_color (cr, &look->accent, 0.9);
  cairo_rectangle (cr, look->axis->left, bottom - IMPORTED_LINE,
                   look->imported - look->axis->left, IMPORTED_LINE);
  cairo_fill (cr);
}

void
ph_timeline_draw_rest (cairo_t *cr,
                       const PhTimelineLook *look)
{
  cairo_save (cr);
  track_path (cr, look);
  cairo_clip (cr);

  /* What is still to come is only hinted at. */
  set_color (cr, &look->color, 0.03);
  cairo_paint (cr);
  set_color (cr, &look->color, 0.07 - 0.03);
  cairo_rectangle (cr, 0, PH_TIMELINE_TRACK_Y, look->imported, PH_TIMELINE_TRACK_HEIGHT);
  cairo_fill (cr);

  for (guint i = 0; i < look->axis->n_pieces; i++)
    {
      if (look->axis->pieces[i].idle)
        draw_idle (cr, &look->axis->pieces[i], &look->color);
    }

  set_color (cr, &look->color, 0.25);
  draw_bars (cr, look);
  for (guint i = 0; i < look->n_note_spans; i++)
    draw_note_span (cr, look, &look->note_spans[i]);

  if (look->importing)
    draw_imported (cr, look);
  cairo_restore (cr);

  for (guint i = 0; i < look->n_pages; i++)
    draw_page (cr, look, &look->pages[i]);

  for (guint i = 0; i < look->n_errors; i++)
    draw_error (cr, look, &look->errors[i]);

  for (guint i = 0; i < look->n_notes; i++)
    draw_note (cr, look, &look->notes[i]);
}

void
ph_timeline_draw_played (cairo_t *cr,
                         const PhTimelineLook *look)
{
  cairo_save (cr);
  track_path (cr, look);
  cairo_clip (cr);

  set_color (cr, &look->accent, 0.14);
  cairo_paint (cr);

  set_color (cr, &look->accent, 0.75);
  draw_bars (cr, look);
  cairo_restore (cr);
}

static void
append_rounded (GtkSnapshot *snapshot,
                const graphene_rect_t *bounds,
                double radius,
                const GdkRGBA *color)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, bounds, (float) radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, color, bounds);
  gtk_snapshot_pop (snapshot);
}

#define FRAME 2.0f
#define GRIP_HEIGHT 10.0f

/* A grip outside of the span, rounded where it ends, with a notch that shows where to hold. */
static void
append_handle (GtkSnapshot *snapshot,
               float x,
               PhClipSide side,
               gboolean held,
               const PhTimelineLook *look)
{
  const float width = (float) PH_CLIP_HANDLE_WIDTH;
  const float height = PH_TIMELINE_TRACK_HEIGHT + 2 * FRAME;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (side == PH_CLIP_IN ? x - width : x,
                                               PH_TIMELINE_TRACK_Y - FRAME, width, height);
  graphene_size_t round = GRAPHENE_SIZE_INIT (4, 4);
  graphene_size_t none = GRAPHENE_SIZE_INIT (0, 0);
  GdkRGBA notch = { 0, 0, 0, held ? 0.75f : 0.45f };
  GskRoundedRect shape;

  if (side == PH_CLIP_IN)
    gsk_rounded_rect_init (&shape, &bounds, &round, &none, &none, &round);
  else
    gsk_rounded_rect_init (&shape, &bounds, &none, &round, &round, &none);

  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &look->mark, &bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_color (snapshot, &notch,
                             &GRAPHENE_RECT_INIT (bounds.origin.x + width / 2 - 1,
                                                  bounds.origin.y + (height - GRIP_HEIGHT) / 2, 2,
                                                  GRIP_HEIGHT));
}

void
ph_timeline_draw_marks (GtkSnapshot *snapshot,
                        const PhClipMarks *marks,
                        double playhead,
                        const PhTimelineLook *look)
{
  gboolean has_in = marks->in != PH_TIME_NONE;
  gboolean has_out = marks->out != PH_TIME_NONE;
  double in = has_in ? ph_axis_to_x (look->axis, marks->in) : playhead;
  double out = has_out ? ph_axis_to_x (look->axis, marks->out) : playhead;
  float left = (float) round (in);
  float width = (float) round (out) - left;
  GdkRGBA faint = look->mark;

  if (!has_in && !has_out)
    return;

  faint.alpha *= 0.2f;

  if (width > 0)
    {
      gtk_snapshot_append_color (
        snapshot, &faint,
        &GRAPHENE_RECT_INIT (left, PH_TIMELINE_TRACK_Y, width, PH_TIMELINE_TRACK_HEIGHT));
      gtk_snapshot_append_color (
        snapshot, &look->mark,
        &GRAPHENE_RECT_INIT (left, PH_TIMELINE_TRACK_Y - FRAME, width, FRAME));
      gtk_snapshot_append_color (
        snapshot, &look->mark,
        &GRAPHENE_RECT_INIT (left, PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT, width, FRAME));
    }

  if (has_in)
    append_handle (snapshot, left, PH_CLIP_IN, marks->held == PH_CLIP_IN, look);

  if (has_out)
    append_handle (snapshot, (float) round (out), PH_CLIP_OUT, marks->held == PH_CLIP_OUT, look);
}

void
ph_timeline_draw_playhead (GtkSnapshot *snapshot,
                           double x,
                           gboolean grabbed,
                           const PhTimelineLook *look)
{
  float middle = (float) round (x);
  float top = PH_TIMELINE_TRACK_Y - 3;
  float height = PH_TIMELINE_TRACK_HEIGHT + 6;
  float radius = grabbed ? 7 : 5.5f;

  append_rounded (snapshot, &GRAPHENE_RECT_INIT (middle - 1, top, 2, height), 1, &look->accent);
  append_rounded (snapshot,
                  &GRAPHENE_RECT_INIT (middle - radius, top + height - radius,
                                       2 * radius, 2 * radius),
                  (double) radius, &look->accent);
}
