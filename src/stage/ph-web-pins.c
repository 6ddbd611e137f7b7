/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-web-pins.h"

#include "ph-error.h"
#include "ph-web-stage-private.h"

struct _PhWebPins
{
  GObject parent_instance;

  PhWebStage *stage; /* weak */
  GVariant *pins;    /* a(ib(ii)ssb) */
};

G_DEFINE_FINAL_TYPE (PhWebPins, ph_web_pins, G_TYPE_OBJECT)

static gboolean
can_call (PhWebPins *self)
{
  return self->stage != NULL && ph_stage_is_ready (PH_STAGE (self->stage));
}

/* WebKit's calls take no lists: arguments that are numbers, truth and text, one by one. */
static void
send_pins (PhWebPins *self)
{
  g_autoptr (GString) body = g_string_new ("playhead.pins.set([");
  GVariantDict arguments;
  GVariantIter iter;
  const char *text;
  const char *kind;
  gboolean has_spot;
  gboolean chosen;
  gint32 node, x, y;
  guint i = 0;

  if (!can_call (self))
    return;

  g_variant_dict_init (&arguments, NULL);
  g_variant_iter_init (&iter, self->pins);

  while (g_variant_iter_next (&iter, "(ib(ii)&s&sb)", &node, &has_spot, &x, &y, &text, &kind,
                              &chosen))
    {
      g_autofree char *text_name = g_strdup_printf ("text%u", i);
      g_autofree char *kind_name = g_strdup_printf ("kind%u", i);
      g_autofree char *spot = has_spot ? g_strdup_printf ("[%d, %d]", x, y) : g_strdup ("null");

      g_string_append_printf (body, "{ node: %d, spot: %s, text: %s, kind: %s, chosen: %s },", node,
                              spot, text_name, kind_name, chosen ? "true" : "false");
      g_variant_dict_insert (&arguments, text_name, "s", text);
      g_variant_dict_insert (&arguments, kind_name, "s", kind);
      i++;
    }

  g_string_append (body, "]); return true;");
  ph_web_stage_run (self->stage, body->str, g_variant_dict_end (&arguments));
}

static void
ph_web_pins_finalize (GObject *object)
{
  PhWebPins *self = PH_WEB_PINS (object);

  g_clear_weak_pointer (&self->stage);
  g_clear_pointer (&self->pins, g_variant_unref);

  G_OBJECT_CLASS (ph_web_pins_parent_class)->finalize (object);
}

static void
ph_web_pins_class_init (PhWebPinsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_web_pins_finalize;
}

static void
ph_web_pins_init (PhWebPins *self)
{
  self->pins = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(ib(ii)ssb)"), NULL, 0));
}

PhWebPins *
ph_web_pins_new (PhWebStage *stage)
{
  PhWebPins *self = g_object_new (PH_TYPE_WEB_PINS, NULL);

  g_set_weak_pointer (&self->stage, stage);
  g_signal_connect_object (stage, "ready", G_CALLBACK (send_pins), self, G_CONNECT_SWAPPED);

  return self;
}

void
ph_web_pins_set (PhWebPins *self,
                 const PhPin *pins,
                 guint n)
{
  GVariantBuilder builder;
  GVariant *built;

  g_return_if_fail (PH_IS_WEB_PINS (self));

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ib(ii)ssb)"));

  for (guint i = 0; i < n; i++)
    g_variant_builder_add (&builder, "(ib(ii)ssb)", pins[i].node, pins[i].has_spot, pins[i].x,
                           pins[i].y, pins[i].text, pins[i].kind, pins[i].chosen);

  built = g_variant_ref_sink (g_variant_builder_end (&builder));

  if (g_variant_equal (built, self->pins))
    {
      g_variant_unref (built);
      return;
    }

  g_variant_unref (self->pins);
  self->pins = built;
  send_pins (self);
}

/* --- looking --------------------------------------------------------------- */

static void
looked_cb (GObject *view,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JSCValue) value = ph_web_stage_call_finish (view, result, &error);
  gint32 numbers[3];

  if (value == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (JSCValue) number = jsc_value_object_get_property_at_index (value, i);

      if (!jsc_value_is_number (number))
        {
          g_task_return_pointer (task, NULL, NULL);
          return;
        }

      numbers[i] = jsc_value_to_int32 (number);
    }

  g_task_return_pointer (
    task, g_memdup2 (&(PhPick) { numbers[0], numbers[1], numbers[2] }, sizeof (PhPick)), g_free);
}

void
ph_web_pins_look_async (PhWebPins *self,
                        double x,
                        double y,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;
  g_autofree char *body = NULL;

  g_return_if_fail (PH_IS_WEB_PINS (self));

  task = g_task_new (self, NULL, callback, user_data);

  if (!can_call (self))
    {
      g_task_return_new_error (task, PH_ERROR, PH_ERROR_STAGE, "The page is not there yet");
      g_object_unref (task);
      return;
    }

  body = g_strdup_printf ("return playhead.pins.look(%d, %d);", (int) x, (int) y);
  ph_web_stage_call (self->stage, body, NULL, looked_cb, task);
}

gboolean
ph_web_pins_look_finish (PhWebPins *self,
                         GAsyncResult *result,
                         PhPick *pick,
                         GError **error)
{
  g_autofree PhPick *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);

  if (found != NULL)
    *pick = *found;

  return found != NULL;
}

void
ph_web_pins_leave (PhWebPins *self)
{
  g_return_if_fail (PH_IS_WEB_PINS (self));

  if (can_call (self))
    ph_web_stage_run (self->stage, "playhead.pins.leave(); return true;", NULL);
}
