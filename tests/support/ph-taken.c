/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-taken.h"

#include "ph-error.h"
#include "ph-flaky-stream.h"

#include <string.h>

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  PhTaken *taken = user_data;

  g_assert_cmpint (ph_json_type (root), ==, PH_JSON_OBJECT);
  g_ptr_array_add (taken->events, g_strndup (event->text, event->size));
  g_string_append_printf (taken->kinds, "%u/%s@%" G_GINT64_FORMAT " ", event->window,
                          ph_event_kind (event), event->timestamp / 1000);

  return TRUE;
}

PhTaken *
ph_taken_read (const void *data,
               gsize size,
               gsize chunk)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, chunk);
  PhTaken *taken = g_new0 (PhTaken, 1);

  taken->health = ph_health_new ();
  taken->events = g_ptr_array_new_with_free_func (g_free);
  taken->kinds = g_string_new (NULL);
  taken->info = ph_archive_read_stream (stream, (goffset) size, &sink, taken, taken->health, NULL,
                                        &taken->error);
  g_assert_cmpint (taken->info == NULL, ==, taken->error != NULL);

  if (taken->error != NULL)
    g_assert_true (taken->error->domain == PH_ERROR);

  return taken;
}

PhTaken *
ph_taken_read_file (const char *path)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  return ph_taken_read (data, size, 0);
}

void
ph_taken_free (PhTaken *taken)
{
  if (taken == NULL)
    return;

  g_clear_pointer (&taken->info, ph_archive_info_free);
  g_clear_error (&taken->error);
  ph_health_free (taken->health);
  g_ptr_array_unref (taken->events);
  g_string_free (taken->kinds, TRUE);
  g_free (taken);
}

char *
ph_taken_to_text (PhTaken *taken)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < taken->events->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) taken->events->pdata[i]);

  return g_string_free (text, FALSE);
}

static char *
describe (PhTaken *taken)
{
  g_autofree char *events = ph_taken_to_text (taken);
  GString *text = g_string_new (taken->kinds->str);

  g_string_append_printf (text, "\n%s", events);

  if (taken->error != NULL)
    g_string_append (text, taken->error->message);
  else
    g_string_append_printf (text, "%s %s", taken->info->format, taken->info->facts);

  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    g_string_append_printf (text, " %d", (int) ph_health_count (taken->health, kind));

  return g_string_free (text, FALSE);
}

void
ph_taken_check_chunks (const void *data,
                       gsize size)
{
  static const gsize chunks[] = { 1, 2, 3, 5, 7, 64, 100, 1000, 4093 };
  g_autoptr (PhTaken) whole = ph_taken_read (data, size, 0);
  g_autofree char *wanted = describe (whole);

  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      g_autoptr (PhTaken) taken = ph_taken_read (data, size, chunks[i]);
      g_autofree char *got = describe (taken);

      g_assert_cmpstr (got, ==, wanted);
    }
}

void
ph_taken_check_cut (const void *data,
                    gsize size,
                    guint n_wanted)
{
  g_autoptr (PhTaken) whole = ph_taken_read (data, size, 0);
  guint n_before = 0;
  guint n_told = 0;

  g_assert_no_error (whole->error);

  for (guint tenth = 1; tenth < 10; tenth++)
    {
      g_autoptr (PhTaken) taken = ph_taken_read (data, size * tenth / 10, 0);

      g_assert_cmpuint (taken->events->len, >=, n_before);
      g_assert_cmpuint (taken->events->len, <=, whole->events->len);

      for (guint i = 0; i < taken->events->len; i++)
        g_assert_cmpstr (taken->events->pdata[i], ==, whole->events->pdata[i]);

      n_told += taken->error != NULL ||
                ph_health_total (taken->health) > ph_health_total (whole->health);
      n_before = taken->events->len;
    }

  g_assert_cmpuint (n_before, >=, n_wanted);
  /* Between two values nothing tells that it was cut. */
  g_assert_cmpuint (n_told, >, 5);
}
