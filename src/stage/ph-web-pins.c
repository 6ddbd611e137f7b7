/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-web-pins.h"

#include "ph-error.h"
#include "ph-json-write.h"
#include "ph-web-stage-private.h"

struct _PhWebPins
{
  GObject parent_instance;

  PhWebStage *stage; /* weak */
  char *pins;        /* as pins.js takes them: JSON */
};

G_DEFINE_FINAL_TYPE (PhWebPins, ph_web_pins, G_TYPE_OBJECT)

static gboolean
can_call (PhWebPins *self)
{
  return self->stage != NULL && ph_stage_is_ready (PH_STAGE (self->stage));
}

static void
send_pins (PhWebPins *self)
{
  GVariantDict arguments;

  if (!can_call (self))
    return;

  g_variant_dict_init (&arguments, NULL);
  g_variant_dict_insert (&arguments, "pins", "s", self->pins);
  ph_web_stage_run (self->stage, "playhead.pins.set(JSON.parse(pins)); return true;",
                    g_variant_dict_end (&arguments));
}

static void
ph_web_pins_finalize (GObject *object)
{
  PhWebPins *self = PH_WEB_PINS (object);

  g_clear_weak_pointer (&self->stage);
  g_clear_pointer (&self->pins, g_free);

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
  self->pins = g_strdup ("[]");
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
  g_autoptr (GString) text = g_string_new ("[");

  g_return_if_fail (PH_IS_WEB_PINS (self));

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s{\"node\":%d,\"chosen\":%s,\"text\":", i > 0 ? "," : "",
                              pins[i].node, pins[i].chosen ? "true" : "false");
      ph_json_write_string (text, pins[i].text, -1);
      g_string_append (text, ",\"kind\":");
      ph_json_write_string (text, pins[i].kind, -1);

      if (pins[i].has_spot)
        g_string_append_printf (text, ",\"spot\":[%d,%d]", pins[i].x, pins[i].y);

      g_string_append_c (text, '}');
    }

  g_string_append_c (text, ']');

  if (g_str_equal (text->str, self->pins))
    return;

  g_free (self->pins);
  self->pins = g_strdup (text->str);
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
