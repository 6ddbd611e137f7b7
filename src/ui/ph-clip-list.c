/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-list.h"

#include "ph-clip-choices.h"
#include "ph-clip-row.h"
#include "ph-visible.h"

#include <glib/gi18n.h>

#define RING_SIZE 16
#define RING_LINE 2.5
/* Of the list behind the button, in pixels. */
#define LIST_WIDTH 340
#define LIST_HEIGHT 420

struct _PhClipList
{
  GtkWidget parent_instance;

  PhClipQueue *queue; /* or NULL */
  GSignalGroup *queue_signals;
  GPtrArray *clips; /* followed */
  GtkWidget *button;
  GtkWidget *ring;
  GtkWidget *image;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (PhClipList, ph_clip_list, GTK_TYPE_WIDGET)

static char *
describe_size (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? g_format_size ((guint64) g_file_info_get_size (info))
                      : g_strdup (_ ("The file is gone"));
}

char *
ph_clip_list_dup_status (PhClip *clip)
{
  g_autofree char *left = NULL;

  switch (ph_clip_get_state (clip))
    {
    case PH_CLIP_WAITING:
      return g_strdup (_ ("Waiting"));

    case PH_CLIP_RUNNING:
      left = ph_clip_time_left (ph_clip_get_time_left (clip));

      if (ph_session_get_importing (ph_clip_get_session (clip)))
        return g_strdup (_ ("Waiting until all of the recording is imported"));

      /* Nothing to count: one picture, or nobody knows yet. */
      if (left[0] == '\0')
        return g_strdup (_ ("Being made…"));

      return g_steal_pointer (&left);

    case PH_CLIP_DONE:
      return describe_size (ph_clip_get_file (clip));

    case PH_CLIP_FAILED:
      return ph_visible_text (ph_clip_get_error (clip)->message);

    case PH_CLIP_CANCELLED:
      return g_strdup (_ ("Cancelled"));
    }

  g_return_val_if_reached (NULL);
}

double
ph_clip_list_get_fraction (PhClipList *self)
{
  double sum = 0;

  g_return_val_if_fail (PH_IS_CLIP_LIST (self), 1);

  if (self->clips->len == 0)
    return 1;

  for (guint i = 0; i < self->clips->len; i++)
    {
      PhClip *clip = self->clips->pdata[i];

      sum += ph_clip_get_state (clip) > PH_CLIP_RUNNING ? 1 : ph_clip_get_fraction (clip);
    }

  return sum / self->clips->len;
}

static void
draw_ring (GtkDrawingArea *area,
           cairo_t *cr,
           int width,
           int height,
           gpointer user_data)
{
  double fraction = ph_clip_list_get_fraction (user_data);
  double radius = (MIN (width, height) - RING_LINE) / 2;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &color);
  cairo_set_line_width (cr, RING_LINE);
  cairo_set_source_rgba (cr, (double) color.red, (double) color.green, (double) color.blue,
                         (double) color.alpha * 0.25);
  cairo_arc (cr, width / 2.0, height / 2.0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_arc (cr, width / 2.0, height / 2.0, radius, -G_PI / 2,
             -G_PI / 2 + MAX (fraction, 0.02) * 2 * G_PI);
  cairo_stroke (cr);
}

static guint
count (PhClipList *self,
       PhClipState state)
{
  guint n = 0;

  for (guint i = 0; i < self->clips->len; i++)
    n += ph_clip_get_state (self->clips->pdata[i]) == state;

  return n;
}

/* Of all of them in one line: for the button. */
static char *
describe (PhClipList *self)
{
  guint n_left = count (self, PH_CLIP_WAITING) + count (self, PH_CLIP_RUNNING);
  guint n_failed = count (self, PH_CLIP_FAILED);

  if (n_left > 0)
    return g_strdup_printf (
      ngettext ("Clips: %u is being made", "Clips: %u are being made", n_left), n_left);

  if (n_failed > 0)
    return g_strdup_printf (ngettext ("Clips: %u could not be made",
                                      "Clips: %u could not be made", n_failed),
                            n_failed);

  return g_strdup (_ ("Clips: all are ready"));
}

static void
update (PhClipList *self)
{
  gboolean is_left = count (self, PH_CLIP_WAITING) + count (self, PH_CLIP_RUNNING) > 0;
  g_autofree char *text = describe (self);

  gtk_widget_set_visible (GTK_WIDGET (self), self->clips->len > 0);
  gtk_widget_set_visible (self->ring, is_left);
  gtk_widget_set_visible (self->image, !is_left);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), count (self, PH_CLIP_FAILED) > 0
                                                           ? "dialog-warning-symbolic"
                                                           : "emblem-ok-symbolic");
  gtk_widget_queue_draw (self->ring);
  gtk_widget_set_tooltip_text (self->button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

static void
forget_clips (PhClipList *self)
{
  for (guint i = 0; i < self->clips->len; i++)
    g_signal_handlers_disconnect_by_data (self->clips->pdata[i], self);

  g_ptr_array_set_size (self->clips, 0);
}

static void
clips_changed_cb (PhClipList *self)
{
  GListModel *model = G_LIST_MODEL (self->queue);

  forget_clips (self);

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    {
      PhClip *clip = g_list_model_get_item (model, i);

      g_signal_connect_swapped (clip, "notify", G_CALLBACK (update), self);
      g_ptr_array_add (self->clips, clip);
    }

  if (self->clips->len == 0)
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));

  update (self);
}

static GtkWidget *
new_row_cb (gpointer item,
            gpointer user_data)
{
  return ph_clip_row_new (PH_CLIP_LIST (user_data)->queue, item);
}

static void
ph_clip_list_dispose (GObject *object)
{
  PhClipList *self = PH_CLIP_LIST (object);

  if (self->button != NULL)
    ph_clip_list_set_queue (self, NULL);

  g_clear_object (&self->queue_signals);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (ph_clip_list_parent_class)->dispose (object);
}

static void
ph_clip_list_finalize (GObject *object)
{
  g_ptr_array_unref (PH_CLIP_LIST (object)->clips);

  G_OBJECT_CLASS (ph_clip_list_parent_class)->finalize (object);
}

static void
ph_clip_list_class_init (PhClipListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ph_clip_list_dispose;
  object_class->finalize = ph_clip_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_popover (PhClipList *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Clips"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (scrolled, LIST_WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_widget_add_css_class (popover, "clips");

  return popover;
}

static void
ph_clip_list_init (PhClipList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->clips = g_ptr_array_new_with_free_func (g_object_unref);
  self->ring = gtk_drawing_area_new ();
  self->image = gtk_image_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->ring), RING_SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->ring), RING_SIZE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->ring), draw_ring, self, NULL);
  gtk_widget_set_valign (self->ring, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->ring);
  gtk_box_append (GTK_BOX (box), self->image);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), new_popover (self));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));

  self->queue_signals = g_signal_group_new (PH_TYPE_CLIP_QUEUE);
  g_signal_group_connect_swapped (self->queue_signals, "items-changed",
                                  G_CALLBACK (clips_changed_cb), self);
  update (self);
}

GtkWidget *
ph_clip_list_new (void)
{
  return g_object_new (PH_TYPE_CLIP_LIST, NULL);
}

void
ph_clip_list_set_queue (PhClipList *self,
                        PhClipQueue *queue)
{
  g_return_if_fail (PH_IS_CLIP_LIST (self));

  g_set_object (&self->queue, queue);
  g_signal_group_set_target (self->queue_signals, queue);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (queue), new_row_cb, self, NULL);
  clips_changed_cb (self);
}
