/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-chrome.h"

#include <adwaita.h>

#define SLIDE_MILLISECONDS 200

struct _PhChrome
{
  GtkWidget parent_instance;

  GtkWidget *top;
  GtkWidget *content;
  GtkWidget *bottom;

  AdwAnimation *slide;
  double shown; /* 0: the bars are out of sight, 1: they are there */
  gboolean overlaid;
  gboolean revealed;
};

enum
{
  PROP_0,
  PROP_TOP,
  PROP_CONTENT,
  PROP_BOTTOM,
  PROP_OVERLAID,
  PROP_REVEALED,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PhChrome, ph_chrome, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
slide_cb (double value,
          gpointer user_data)
{
  PhChrome *self = PH_CHROME (user_data);

  self->shown = value;
  /* Out of sight is out of reach, for the pointer, the keyboard and screen readers. */
  gtk_widget_set_child_visible (self->top, value > 0);
  gtk_widget_set_child_visible (self->bottom, value > 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
update_slide (PhChrome *self)
{
  double target = !self->overlaid || self->revealed ? 1 : 0;

  adw_animation_pause (self->slide);
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->slide), self->shown);
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->slide), target);
  adw_animation_play (self->slide);
  if (!self->overlaid)
    adw_animation_skip (self->slide);
}

static int
preferred (GtkWidget *widget,
           GtkOrientation orientation,
           int for_size,
           int *natural)
{
  int minimum;

  if (!gtk_widget_get_visible (widget))
    {
      *natural = 0;
      return 0;
    }

  gtk_widget_measure (widget, orientation, for_size, &minimum, natural, NULL, NULL);

  return minimum;
}

static void
ph_chrome_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  PhChrome *self = PH_CHROME (widget);
  GtkWidget *children[] = { self->top, self->content, self->bottom };

  *minimum = 0;
  *natural = 0;

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int child_natural;
      int child_minimum = preferred (children[i], orientation,
                                     orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1,
                                     &child_natural);

      if (orientation == GTK_ORIENTATION_HORIZONTAL || self->overlaid)
        {
          *minimum = MAX (*minimum, child_minimum);
          *natural = MAX (*natural, child_natural);
        }
      else
        {
          *minimum += child_minimum;
          *natural += child_natural;
        }
    }
}

static void
allocate_at (GtkWidget *child,
             int width,
             int height,
             double y)
{
  if (!gtk_widget_get_visible (child) || !gtk_widget_get_child_visible (child))
    return;

  gtk_widget_allocate (child, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) y)));
}

static void
ph_chrome_size_allocate (GtkWidget *widget,
                         int width,
                         int height,
                         int baseline)
{
  PhChrome *self = PH_CHROME (widget);
  int natural;
  int top = preferred (self->top, GTK_ORIENTATION_VERTICAL, width, &natural);
  int bottom = preferred (self->bottom, GTK_ORIENTATION_VERTICAL, width, &natural);

  if (self->overlaid)
    allocate_at (self->content, width, height, 0);
  else
    allocate_at (self->content, width, MAX (height - top - bottom, 0), top);

  allocate_at (self->top, width, top, -top * (1 - self->shown));
  allocate_at (self->bottom, width, bottom, height - bottom * self->shown);
}

static void
ph_chrome_dispose (GObject *object)
{
  PhChrome *self = PH_CHROME (object);

  g_clear_object (&self->slide);
  g_clear_pointer (&self->top, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->bottom, gtk_widget_unparent);

  G_OBJECT_CLASS (ph_chrome_parent_class)->dispose (object);
}

static void
ph_chrome_get_property (GObject *object,
                        guint prop_id,
                        GValue *value,
                        GParamSpec *pspec)
{
  PhChrome *self = PH_CHROME (object);

  switch (prop_id)
    {
    case PROP_TOP:
      g_value_set_object (value, self->top);
      break;

    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;

    case PROP_BOTTOM:
      g_value_set_object (value, self->bottom);
      break;

    case PROP_OVERLAID:
      g_value_set_boolean (value, self->overlaid);
      break;

    case PROP_REVEALED:
      g_value_set_boolean (value, self->revealed);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Before the first bar, so that bars are drawn and picked above the content. */
static void
set_child (PhChrome *self,
           GtkWidget **place,
           GtkWidget *child)
{
  if (child == NULL)
    return;

  g_return_if_fail (*place == NULL);

  *place = child;
  if (place == &self->content)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  else
    gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

static void
ph_chrome_set_property (GObject *object,
                        guint prop_id,
                        const GValue *value,
                        GParamSpec *pspec)
{
  PhChrome *self = PH_CHROME (object);

  switch (prop_id)
    {
    case PROP_TOP:
      set_child (self, &self->top, g_value_get_object (value));
      break;

    case PROP_CONTENT:
      set_child (self, &self->content, g_value_get_object (value));
      break;

    case PROP_BOTTOM:
      set_child (self, &self->bottom, g_value_get_object (value));
      break;

    case PROP_OVERLAID:
      ph_chrome_set_overlaid (self, g_value_get_boolean (value));
      break;

    case PROP_REVEALED:
      ph_chrome_set_revealed (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ph_chrome_class_init (PhChromeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ph_chrome_dispose;
  object_class->get_property = ph_chrome_get_property;
  object_class->set_property = ph_chrome_set_property;
  widget_class->measure = ph_chrome_measure;
  widget_class->size_allocate = ph_chrome_size_allocate;

  properties[PROP_TOP] = g_param_spec_object ("top", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_BOTTOM] = g_param_spec_object ("bottom", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_OVERLAID] =
    g_param_spec_boolean ("overlaid", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_REVEALED] =
    g_param_spec_boolean ("revealed", NULL, NULL, TRUE, flags | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "chrome");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_chrome_init (PhChrome *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (slide_cb, self, NULL);

  self->slide = adw_timed_animation_new (GTK_WIDGET (self), 1, 1, SLIDE_MILLISECONDS, target);
  self->shown = 1;
  self->revealed = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
ph_chrome_set_overlaid (PhChrome *self,
                        gboolean overlaid)
{
  g_return_if_fail (PH_IS_CHROME (self));

  overlaid = !!overlaid;

  if (self->overlaid == overlaid)
    return;

  self->overlaid = overlaid;
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *bar = i == 0 ? self->top : self->bottom;

      if (overlaid)
        gtk_widget_add_css_class (bar, "osd");
      else
        gtk_widget_remove_css_class (bar, "osd");
    }

  update_slide (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OVERLAID]);
}

gboolean
ph_chrome_get_overlaid (PhChrome *self)
{
  g_return_val_if_fail (PH_IS_CHROME (self), FALSE);

  return self->overlaid;
}

void
ph_chrome_set_revealed (PhChrome *self,
                        gboolean revealed)
{
  g_return_if_fail (PH_IS_CHROME (self));

  revealed = !!revealed;

  if (self->revealed == revealed)
    return;

  self->revealed = revealed;
  /* Within reach at once: a Tab that asked for the bars goes to them. */
  if (revealed)
    {
      gtk_widget_set_child_visible (self->top, TRUE);
      gtk_widget_set_child_visible (self->bottom, TRUE);
    }
  if (self->overlaid)
    update_slide (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

gboolean
ph_chrome_is_settled (PhChrome *self)
{
  graphene_rect_t bounds;

  g_return_val_if_fail (PH_IS_CHROME (self), FALSE);

  return self->shown >= 1 &&
         gtk_widget_compute_bounds (self->top, GTK_WIDGET (self), &bounds) &&
         bounds.origin.y >= 0;
}

gboolean
ph_chrome_is_on_bar (PhChrome *self,
                     double x,
                     double y)
{
  double top;
  double bottom;

  g_return_val_if_fail (PH_IS_CHROME (self), FALSE);

  if (!gtk_widget_contains (GTK_WIDGET (self), x, y) || (self->overlaid && !self->revealed))
    return FALSE;

  top = gtk_widget_get_allocated_height (self->top);
  bottom = gtk_widget_get_allocated_height (self->bottom);

  return y < top || y >= gtk_widget_get_height (GTK_WIDGET (self)) - bottom;
}
