/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-canvas.h"

#include "ph-canvas-arguments.h"
#include "ph-test-presence.h"

void
ph_test_canvas_clear (PhTestCanvas *canvas)
{
  if (canvas->commands != NULL)
    g_string_free (canvas->commands, TRUE);

  canvas->commands = NULL;
}

/* Every run in it is checked as the reader of a recording would. */
static void
take_runs (PhTestCanvas *canvas,
           PhTestStage *stage)
{
  for (gint64 n = ph_test_take_int (stage); n > 0; n--)
    {
      g_autoptr (GString) run = g_string_new (NULL);
      PhJsonValue value = ph_test_take_value (stage);
      PhJsonValue item;
      PhJsonIter iter;
      PhCanvasCommand command;

      g_assert_cmpint (ph_json_type (value), ==, PH_JSON_ARRAY);
      ph_json_iter_init (&iter, value);

      while (ph_json_next (&iter, NULL, &item))
        {
          g_string_append_c (run, run->len > 0 ? ',' : '[');
          g_assert_cmpint (ph_canvas_command_read (item, canvas->context, &command, run), ==,
                           PH_CANVAS_KEPT);
        }

      g_assert_cmpuint (run->len, >, 0);
      g_string_append_printf (canvas->commands, "%s]", run->str);
    }
}

void
ph_test_canvas_apply (PhTestCanvas *canvas,
                      PhTestStage *stage,
                      gboolean more)
{
  g_autofree char *head = NULL;
  int width;
  int height;

  if (more)
    {
      g_assert_nonnull (canvas->commands);
      take_runs (canvas, stage);
      return;
    }

  width = (int) ph_test_take_int (stage);
  height = (int) ph_test_take_int (stage);
  ph_test_canvas_clear (canvas);
  canvas->context = (PhCanvasContext) ph_test_take_int (stage);
  canvas->commands = g_string_new (NULL);
  take_runs (canvas, stage);

  if (canvas->commands->len == 0)
    {
      ph_test_canvas_clear (canvas);
      return;
    }

  head = g_strdup_printf (" canvas %d×%d %d ", width, height, (int) canvas->context);
  g_string_prepend (canvas->commands, head);
}

void
ph_test_canvas_dump_dom (GString *out,
                         const PhDom *dom,
                         PhSlot slot)
{
  const PhNodeState *state = ph_dom_node (dom, slot)->state;
  const PhCanvas *canvas = state != NULL ? state->canvas : NULL;
  const char *address = ph_dom_attribute (dom, slot, "rr_dataURL");
  g_autoptr (GPtrArray) runs = canvas != NULL ? ph_canvas_list_runs (canvas) : NULL;
  g_autoptr (GString) base = g_string_new ("[[\"drawImage\",");
  guint64 pixels = 0;
  guint width;
  guint height;

  if (!ph_dom_canvas_size (dom, slot, &width, &height))
    return;

  if (canvas != NULL)
    ph_canvas_get_size (canvas, &width, &height);

  if ((canvas != NULL && !ph_canvas_is_based (canvas)) || address == NULL ||
      !ph_canvas_put_address (base, address, &pixels))
    g_string_truncate (base, 0);
  else
    g_string_append (base, ",0,0]]");

  if (base->len == 0 && (runs == NULL || runs->len == 0))
    return;

  g_string_append_printf (out, " canvas %u×%u %d %s", width, height,
                          canvas != NULL ? ph_canvas_get_context (canvas) : 0, base->str);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    g_string_append (out, runs->pdata[i]);
}
