/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-timeline.h"

#include "ph-timeline-draw.h"
#include "ph-timeline-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* How far from a mark the pointer still means it. */
#define MARK_RADIUS 9.0
#define HAIRLINE_RADIUS 3.0
/* How far the pointer may shake before a click on a mark becomes a drag. */
#define DRAG_THRESHOLD 5.0
#define MIN_WIDTH 160

struct _PhTimeline
{
  GtkWidget parent_instance;

  PhPlayer *player;
  GSignalGroup *player_signals;
  PhTrack *track;
  PhNotes *notes;
  GSignalGroup *notes_signals;

  /* While more of the session comes: how much is there, and where it may end. */
  gboolean importing;
  double progress;
  PhTime estimate;
  gboolean stale; /* there is more, but a drag goes on */

  /* Made again when the width, the track or the folding changes. */
  PhAxis axis;
  float *bars;
  guint n_bars;
  PhMarkGroup *errors;
  guint n_errors;
  PhMarkGroup *pages;
  guint n_pages;
  PhMarkGroup *note_groups;
  guint n_notes;
  GskRenderNode *rest;
  GskRenderNode *played;

  GtkWidget *popover;
  GtkLabel *heading;
  GtkLabel *detail;
  double hover_x; /* negative: the pointer is elsewhere */
  double hover_y;

  gint64 spoken_second;
  PhTime spoken_end;
  double press_x;
  gboolean pressed;
  gboolean on_mark;
  gboolean was_playing;

  PhClipMarks marks;
  PhClipSide dragged;   /* while on_handle */
  gboolean on_handle;   /* pressed on a handle of the marks */
  double handle_offset; /* from the pointer to where the mark is */
};

enum
{
  MARK_DRAGGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PhTimeline, ph_timeline, GTK_TYPE_WIDGET)

static void
forget_nodes (PhTimeline *self)
{
  g_clear_pointer (&self->rest, gsk_render_node_unref);
  g_clear_pointer (&self->played, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget_layout (PhTimeline *self)
{
  ph_axis_clear (&self->axis);
  g_clear_pointer (&self->bars, g_free);
  g_clear_pointer (&self->errors, g_free);
  g_clear_pointer (&self->pages, g_free);
  g_clear_pointer (&self->note_groups, g_free);
  self->n_bars = 0;
  self->n_errors = 0;
  self->n_pages = 0;
  self->n_notes = 0;
  forget_nodes (self);
}

static PhMarkGroup *
group_marks (PhTimeline *self,
             const PhMarks *marks,
             guint *n)
{
  PhMarkGroup *groups = g_new (PhMarkGroup, MAX (marks->n, 1));

  *n = ph_axis_group (&self->axis, marks->times, marks->n, PH_TIMELINE_MARK_REACH, groups);

  return groups;
}

/* The stretch of time that is laid out: while more is coming it has room for it. */
static PhSpan
laid_out (PhTimeline *self)
{
  PhSpan span = ph_session_get_span (ph_player_get_session (self->player));

  if (self->importing)
    {
      self->estimate = ph_axis_estimate_end (self->estimate, span.end, self->progress);
      span.end = MAX (span.end, self->estimate);
    }
  else
    {
      self->estimate = 0;
    }

  return span;
}

static void
update_layout (PhTimeline *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * PH_TIMELINE_MARGIN;
  PhSession *session;
  const PhSpan *idle;
  guint n_idle;

  forget_layout (self);
  if (self->track == NULL || width <= 0)
    return;

  session = ph_player_get_session (self->player);
  idle = ph_session_get_idle (session, &n_idle);
  ph_axis_init (&self->axis, laid_out (self), idle, n_idle, PH_TIMELINE_MARGIN, width,
                ph_player_get_skip_idle (self->player));

  self->n_bars = (guint) width / PH_TIMELINE_BAR_PITCH;
  self->bars = g_new (float, MAX (self->n_bars, 1));
  ph_axis_histogram (&self->axis, self->track->activity, self->track->n_activity, self->bars,
                     self->n_bars);
  self->errors = group_marks (self, &self->track->errors, &self->n_errors);
  self->pages = group_marks (self, &self->track->pages, &self->n_pages);
  self->note_groups = group_marks (self, &self->track->notes, &self->n_notes);
}

static void
update_accessible (PhTimeline *self,
                   gboolean force)
{
  PhTime position = self->player != NULL ? ph_player_get_position (self->player) : 0;
  PhSpan span = { 0, 0 };
  g_autofree char *now = NULL;
  g_autofree char *end = NULL;
  g_autofree char *text = NULL;
  g_autofree char *marked = ph_timeline_marks_text (&self->marks);

  if (self->player != NULL)
    span = ph_session_get_span (ph_player_get_session (self->player));

  if (!force && position / PH_SECOND == self->spoken_second && span.end == self->spoken_end)
    return;

  self->spoken_second = position / PH_SECOND;
  self->spoken_end = span.end;
  now = ph_time_format (position);
  end = ph_time_format (span.end);
  /* Translators: a time and the length of the recording, as in "0:12 of 1:31". */
  text = g_strdup_printf (_ ("%s of %s"), now, end);

  if (marked != NULL)
    {
      g_autofree char *place = g_steal_pointer (&text);

      text = g_strdup_printf ("%s, %s", place, marked);
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  (double) span.begin / (double) PH_SECOND,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double) span.end / (double) PH_SECOND,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) position / (double) PH_SECOND,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  /* GTK tells the value of its own sliders only. */
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
position_changed_cb (PhTimeline *self)
{
  update_accessible (self, FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
skip_idle_changed_cb (PhTimeline *self)
{
  update_layout (self);
}

/* Looking things up */

/* The mark meant by a point: errors stand above the track, notes and pages below, all cross it. */
static const PhMarkGroup *
find_mark (PhTimeline *self,
           double x,
           double y,
           PhMarkKind *kind)
{
  double track_end = PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT;
  gboolean above = y < PH_TIMELINE_TRACK_Y;
  gboolean below = y >= track_end;
  int index = -1;

  if (!below)
    {
      *kind = PH_MARK_ERROR;
      index = ph_axis_hit (self->errors, self->n_errors, x, above ? MARK_RADIUS : HAIRLINE_RADIUS);
      if (index >= 0)
        return &self->errors[index];
    }

  if (!above)
    {
      *kind = PH_MARK_NOTE;
      index = ph_axis_hit (self->note_groups, self->n_notes, x,
                           below ? MARK_RADIUS : HAIRLINE_RADIUS);
      if (index >= 0)
        return &self->note_groups[index];

      *kind = PH_MARK_PAGE;
      index = ph_axis_hit (self->pages, self->n_pages, x, below ? MARK_RADIUS : HAIRLINE_RADIUS);
      if (index >= 0)
        return &self->pages[index];
    }

  return NULL;
}

static const PhMarks *
get_marks (PhTimeline *self,
           PhMarkKind kind)
{
  switch (kind)
    {
    case PH_MARK_ERROR:
      return &self->track->errors;

    case PH_MARK_NOTE:
      return &self->track->notes;

    case PH_MARK_PAGE:
      break;
    }

  return &self->track->pages;
}

PhTime
ph_timeline_look_up (PhTimeline *self,
                     double x,
                     double y,
                     char **heading,
                     char **detail)
{
  g_autofree char *own_heading = NULL;
  g_autofree char *own_detail = NULL;
  const PhMarkGroup *group = NULL;
  PhTimelineMeaning what;
  PhTime time;

  g_return_val_if_fail (PH_IS_TIMELINE (self), 0);

  if (self->track == NULL)
    {
      own_heading = g_strdup ("");
      own_detail = g_strdup ("");
      time = 0;
    }
  else
    {
      PhSession *session = ph_player_get_session (self->player);
      PhTime there = ph_axis_from_x (&self->axis, x);
      const PhMarks *marks = NULL;
      PhMarkKind kind;

      group = find_mark (self, x, y, &kind);
      if (group != NULL)
        marks = get_marks (self, kind);
      time = group != NULL ? marks->times[group->first]
                           : ph_span_clamp (ph_session_get_span (session), there);
      what = (PhTimelineMeaning) { .session = session,
                                   .time = time,
                                   .is_missing = group == NULL && there > time,
                                   .marks = marks,
                                   .group = group,
                                   .kind = kind,
                                   .notes = self->notes,
                                   .piece = ph_axis_piece_at (&self->axis, x) };
      own_heading = ph_timeline_heading (&what);
      own_detail = ph_timeline_detail (&what);
    }

  if (heading != NULL)
    *heading = g_steal_pointer (&own_heading);
  if (detail != NULL)
    *detail = g_steal_pointer (&own_detail);

  return time;
}

double
ph_timeline_get_x (PhTimeline *self,
                   PhTime time)
{
  g_return_val_if_fail (PH_IS_TIMELINE (self), 0);

  return ph_axis_to_x (&self->axis, time);
}

/* The pointer */

/* Handles stand beside the track, above marks and below them it is theirs. */
static gboolean
find_handle (PhTimeline *self,
             double x,
             double y,
             PhClipSide *side)
{
  return y >= PH_TIMELINE_TRACK_Y - 2 &&
         y < PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT + 2 &&
         ph_clip_marks_hit (&self->marks, &self->axis, x, side);
}

static void
update_cursor (PhTimeline *self)
{
  PhClipSide side;
  gboolean on_handle = self->on_handle || (self->hover_x >= 0 && self->track != NULL &&
                                           find_handle (self, self->hover_x, self->hover_y, &side));

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), on_handle ? "col-resize" : NULL);
}

/* What is under the pointer, in words: a handle before what is behind it. */
static void
describe (PhTimeline *self,
          char **heading,
          char **detail)
{
  PhClipSide side = self->dragged;

  if (self->on_handle || find_handle (self, self->hover_x, self->hover_y, &side))
    {
      *heading = ph_timeline_mark_text (&self->marks, side);
      *detail = g_strdup ("");
    }
  else
    {
      ph_timeline_look_up (self, self->hover_x, self->hover_y, heading, detail);
    }
}

/* How far the time line is below the top of the bar it is in, with the controls between. */
static int
get_height_above (PhTimeline *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  graphene_point_t corner;

  if (parent == NULL || !gtk_widget_compute_point (GTK_WIDGET (self), parent,
                                                   &GRAPHENE_POINT_INIT (0, 0), &corner))
    return 0;

  return MAX ((int) corner.y, 0);
}

static void
update_hover (PhTimeline *self)
{
  g_autofree char *heading = NULL;
  g_autofree char *detail = NULL;
  int above = get_height_above (self);
  /* The card stands above the controls: it never hides the time or a button. */
  GdkRectangle at = { (int) self->hover_x, -above, 1, above + PH_TIMELINE_HEIGHT };

  update_cursor (self);

  if (self->hover_x < 0 || self->track == NULL)
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }

  describe (self, &heading, &detail);
  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail[0] != '\0');
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &at);
  if (!gtk_widget_get_visible (self->popover))
    gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (PhTimeline *self,
           double x,
           double y)
{
  double right = gtk_widget_get_width (GTK_WIDGET (self)) - PH_TIMELINE_MARGIN;

  self->hover_x = CLAMP (x, PH_TIMELINE_MARGIN, MAX (right, PH_TIMELINE_MARGIN));
  self->hover_y = y;
  update_hover (self);
}

static void
leave_cb (PhTimeline *self)
{
  self->hover_x = -1;
  update_hover (self);
}

void
ph_timeline_press (PhTimeline *self,
                   double x,
                   double y)
{
  PhMarkKind kind;

  g_return_if_fail (PH_IS_TIMELINE (self));

  self->press_x = x;

  if (self->track == NULL)
    return;

  self->on_handle = find_handle (self, x, y, &self->dragged);

  if (self->on_handle)
    {
      self->handle_offset =
        ph_axis_to_x (&self->axis, ph_clip_marks_get (&self->marks, self->dragged)) - x;
      return;
    }

  self->pressed = TRUE;
  self->on_mark = find_mark (self, x, y, &kind) != NULL;
  self->was_playing = ph_player_get_playing (self->player);
  ph_player_set_playing (self->player, FALSE);
  ph_player_seek (self->player, ph_timeline_look_up (self, x, y, NULL, NULL));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ph_timeline_drag (PhTimeline *self,
                  double x)
{
  g_return_if_fail (PH_IS_TIMELINE (self));

  if (self->on_handle)
    {
      PhTime time = ph_clip_marks_snap (&self->axis, x + self->handle_offset,
                                        ph_player_get_position (self->player));

      g_signal_emit (self, signals[MARK_DRAGGED], 0, self->dragged, (gint64) time);
      return;
    }

  if (!self->pressed)
    return;

  if (self->on_mark && fabs (x - self->press_x) < DRAG_THRESHOLD)
    return;

  self->on_mark = FALSE;
  ph_player_seek (self->player, ph_axis_from_x (&self->axis, x));
}

void
ph_timeline_release (PhTimeline *self)
{
  g_return_if_fail (PH_IS_TIMELINE (self));

  if (self->on_handle)
    {
      self->on_handle = FALSE;
      update_cursor (self);

      if (self->stale)
        ph_timeline_refresh (self);

      return;
    }

  if (!self->pressed)
    return;

  self->pressed = FALSE;
  if (self->was_playing)
    ph_player_set_playing (self->player, TRUE);
  if (self->stale)
    ph_timeline_refresh (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (PhTimeline *self,
               double x,
               double y)
{
  ph_timeline_press (self, x, y);
}

static void
drag_update_cb (PhTimeline *self,
                double offset_x,
                double offset_y)
{
  ph_timeline_drag (self, self->press_x + offset_x);
}

/* Drawing */

/* Over a page the bars are dark in every style, and need the colours of a dark one. */
static gboolean
is_on_osd (PhTimeline *self)
{
  for (GtkWidget *w = GTK_WIDGET (self); w != NULL; w = gtk_widget_get_parent (w))
    {
      if (gtk_widget_has_css_class (w, "osd"))
        return TRUE;
    }

  return FALSE;
}

static PhTimelineLook
make_look (PhTimeline *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  gboolean osd = is_on_osd (self);
  PhTimelineLook look = {
    .axis = &self->axis,
    .bars = self->bars,
    .n_bars = self->n_bars,
    .errors = self->errors,
    .n_errors = self->n_errors,
    .pages = self->pages,
    .n_pages = self->n_pages,
    .notes = self->note_groups,
    .n_notes = self->n_notes,
    .note_spans = self->track != NULL ? self->track->spans : NULL,
    .n_note_spans = self->track != NULL ? self->track->notes.n : 0,
    .importing = self->importing,
    .imported = self->axis.left + self->axis.width,
  };

  if (self->importing)
    look.imported =
      ph_axis_to_x (&self->axis, ph_session_get_span (ph_player_get_session (self->player)).end);

  gtk_style_context_get_color (context, &look.color);
  if (!gtk_style_context_lookup_color (context, osd ? "osd_accent_color" : "accent_color",
                                       &look.accent))
    look.accent = look.color;
  if (!gtk_style_context_lookup_color (context, osd ? "osd_error_color" : "error_color",
                                       &look.error))
    look.error = look.color;
  if (!gtk_style_context_lookup_color (context, osd ? "osd_mark_color" : "warning_color",
                                       &look.mark))
    look.mark = look.color;

  return look;
}

/*
 * What does not move is kept: a frame of playing then costs two node
 * references, a clip and the playhead.
 */
static GskRenderNode *
record_node (PhTimeline *self,
             PhTimelineLook *look,
             void (*draw) (cairo_t *cr,
                           const PhTimelineLook *look))
{
  graphene_rect_t bounds =
    GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)), PH_TIMELINE_HEIGHT);
  GskRenderNode *node = gsk_cairo_node_new (&bounds);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_X_SMALL));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  look->layout = layout;
  draw (cr, look);
  look->layout = NULL;
  cairo_destroy (cr);

  return node;
}

static void
ph_timeline_snapshot (GtkWidget *widget,
                      GtkSnapshot *snapshot)
{
  PhTimeline *self = PH_TIMELINE (widget);
  PhTimelineLook look = make_look (self);
  double x;

  if (self->track == NULL || self->axis.n_pieces == 0)
    return;

  if (self->rest == NULL)
    {
      self->rest = record_node (self, &look, ph_timeline_draw_rest);
      self->played = record_node (self, &look, ph_timeline_draw_played);
    }

  x = ph_axis_to_x (&self->axis, ph_player_get_position (self->player));
  gtk_snapshot_append_node (snapshot, self->rest);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) x, PH_TIMELINE_HEIGHT));
  gtk_snapshot_append_node (snapshot, self->played);
  gtk_snapshot_pop (snapshot);

  if (self->hover_x >= 0 && !self->pressed)
    {
      GdkRGBA faint = look.color;

      faint.alpha *= 0.45f;
      gtk_snapshot_append_color (snapshot, &faint,
                                 &GRAPHENE_RECT_INIT ((float) round (self->hover_x) - 0.5f,
                                                      PH_TIMELINE_TRACK_Y, 1,
                                                      PH_TIMELINE_TRACK_HEIGHT));
    }

  ph_timeline_draw_marks (snapshot, &self->marks, x, &look);
  ph_timeline_draw_playhead (snapshot, x, self->pressed, &look);
}

static void
ph_timeline_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MIN_WIDTH;
  else
    *minimum = *natural = PH_TIMELINE_HEIGHT;
}

static void
ph_timeline_size_allocate (GtkWidget *widget,
                           int width,
                           int height,
                           int baseline)
{
  PhTimeline *self = PH_TIMELINE (widget);

  update_layout (self);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
ph_timeline_css_changed (GtkWidget *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ph_timeline_parent_class)->css_changed (widget, change);

  forget_nodes (PH_TIMELINE (widget));
}

static void
ph_timeline_dispose (GObject *object)
{
  PhTimeline *self = PH_TIMELINE (object);

  g_clear_object (&self->player_signals);
  g_clear_object (&self->notes_signals);
  g_clear_object (&self->notes);
  g_clear_object (&self->player);
  g_clear_pointer (&self->track, ph_track_free);
  forget_layout (self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (ph_timeline_parent_class)->dispose (object);
}

static void
ph_timeline_class_init (PhTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_timeline_dispose;
  widget_class->measure = ph_timeline_measure;
  widget_class->size_allocate = ph_timeline_size_allocate;
  widget_class->snapshot = ph_timeline_snapshot;
  widget_class->css_changed = ph_timeline_css_changed;

  signals[MARK_DRAGGED] =
    g_signal_new ("mark-dragged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT64);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static GtkLabel *
add_label (GtkBox *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_label_set_lines (GTK_LABEL (label), 6);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);

  return GTK_LABEL (label);
}

static void
init_popover (PhTimeline *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->heading = add_label (GTK_BOX (box), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "caption-heading");
  self->detail = add_label (GTK_BOX (box), "caption");

  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_TOP);
  /* It would point at a button of the bar between. */
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_set_can_target (self->popover, FALSE);
  gtk_widget_add_css_class (self->popover, "timeline-hover");
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

/* A key press of a note must not lay out the whole session anew. */
static void
notes_changed_cb (PhTimeline *self)
{
  if (self->track == NULL)
    return;

  ph_track_set_notes (self->track, self->notes);
  g_clear_pointer (&self->note_groups, g_free);
  self->n_notes = 0;
  if (self->axis.n_pieces > 0)
    self->note_groups = group_marks (self, &self->track->notes, &self->n_notes);
  forget_nodes (self);
}

static void
ph_timeline_init (PhTimeline *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->hover_x = -1;
  self->marks = PH_CLIP_MARKS_NONE;

  self->player_signals = g_signal_group_new (PH_TYPE_PLAYER);
  g_signal_group_connect_swapped (self->player_signals, "notify::position",
                                  G_CALLBACK (position_changed_cb), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::skip-idle",
                                  G_CALLBACK (skip_idle_changed_cb), self);

  self->notes_signals = g_signal_group_new (PH_TYPE_NOTES);
  g_signal_group_connect_swapped (self->notes_signals, "changed", G_CALLBACK (notes_changed_cb),
                                  self);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (ph_timeline_release), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (ph_timeline_release), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));

  gtk_widget_set_focusable (widget, TRUE);
  /* Time runs to the right in every language. */
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  init_popover (self);
}

GtkWidget *
ph_timeline_new (void)
{
  return g_object_new (PH_TYPE_TIMELINE, NULL);
}

void
ph_timeline_set_player (PhTimeline *self,
                        PhPlayer *player)
{
  g_return_if_fail (PH_IS_TIMELINE (self));
  g_return_if_fail (player == NULL || PH_IS_PLAYER (player));

  if (!g_set_object (&self->player, player))
    return;

  self->pressed = FALSE;
  self->on_handle = FALSE;
  self->importing = FALSE;
  self->estimate = 0;
  g_signal_group_set_target (self->player_signals, player);
  ph_timeline_refresh (self);
  update_accessible (self, TRUE);
}

void
ph_timeline_set_importing (PhTimeline *self,
                           gboolean importing,
                           double progress)
{
  g_return_if_fail (PH_IS_TIMELINE (self));

  self->importing = !!importing;
  self->progress = progress;
}

void
ph_timeline_refresh (PhTimeline *self)
{
  g_return_if_fail (PH_IS_TIMELINE (self));

  /* What is held does not move away under the pointer. */
  self->stale = self->pressed || self->on_handle;
  if (self->stale)
    return;

  g_clear_pointer (&self->track, ph_track_free);
  if (self->player != NULL)
    {
      self->track = ph_track_new (ph_player_get_session (self->player));
      ph_track_set_notes (self->track, self->notes);
    }

  update_layout (self);
  update_accessible (self, FALSE);
  if (self->hover_x >= 0)
    update_hover (self);
}

void
ph_timeline_set_notes (PhTimeline *self,
                       PhNotes *notes)
{
  g_return_if_fail (PH_IS_TIMELINE (self));

  if (!g_set_object (&self->notes, notes))
    return;

  g_signal_group_set_target (self->notes_signals, notes);
  notes_changed_cb (self);
}

const PhTrack *
ph_timeline_get_track (PhTimeline *self)
{
  g_return_val_if_fail (PH_IS_TIMELINE (self), NULL);

  return self->track;
}

void
ph_timeline_set_marks (PhTimeline *self,
                       const PhClipMarks *marks)
{
  g_return_if_fail (PH_IS_TIMELINE (self));

  self->marks = *marks;
  update_accessible (self, TRUE);

  if (self->hover_x >= 0)
    update_hover (self);

  gtk_widget_queue_draw (GTK_WIDGET (self));
}
