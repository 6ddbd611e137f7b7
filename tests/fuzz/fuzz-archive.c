/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-archive.h"
#include "ph-error.h"
#include "ph-flaky-stream.h"

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  GString *out = user_data;

  g_assert_cmpint (ph_json_type (root), ==, PH_JSON_OBJECT);
  g_string_append_printf (out, "%d/%u/%s/%d ", (int) event->order, event->window,
                          ph_event_kind (event), (int) event->size);

  return TRUE;
}

static char *
read_bytes (GBytes *bytes,
            gsize chunk)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, chunk);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  info = ph_archive_read_stream (stream, (goffset) g_bytes_get_size (bytes), &sink, out, health,
                                 NULL, &error);
  g_assert_cmpint (info == NULL, ==, error != NULL);

  if (info != NULL)
    {
      g_assert_cmpuint (info->n_events, >, 0);
      g_assert_cmpuint (info->windows->len, >, 0);
      g_string_append_printf (out, "%s %s", info->format, info->packing);
    }
  else
    {
      g_assert_true (error->domain == PH_ERROR);
      g_string_append (out, error->message);
    }

  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    g_string_append_printf (out, " %d", (int) ph_health_count (health, (PhHealthKind) kind));

  return g_string_free (out, FALSE);
}

/* The first byte picks the size of the chunks, which must not matter. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *pieces = NULL;

  if (size == 0)
    return 0;

  bytes = g_bytes_new (data + 1, size - 1);
  whole = read_bytes (bytes, 0);
  pieces = read_bytes (bytes, data[0] + 1);
  g_assert_cmpstr (whole, ==, pieces);

  return 0;
}
