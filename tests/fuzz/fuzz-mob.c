/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-archive.h"
#include "ph-dom-apply.h"
#include "ph-error.h"
#include "ph-flaky-stream.h"
#include "ph-limits.h"

#include <string.h>

typedef struct
{
  GString *out;
  PhNames *names;
  PhDom *pages[PH_LIMIT_WINDOWS];
} Taken;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Taken *taken = user_data;

  g_assert_cmpuint (event->window, <, PH_LIMIT_WINDOWS);
  g_string_append_len (taken->out, event->text, (gssize) event->size);
  g_string_append_printf (taken->out, "/%u\n", event->window);

  if (taken->names == NULL)
    return TRUE;

  if (taken->pages[event->window] == NULL)
    taken->pages[event->window] = ph_dom_new (taken->names);

  ph_dom_apply (taken->pages[event->window], event, root, NULL);

  return TRUE;
}

/* Whatever is in a message, what becomes of it is an event. */
static void
check_health (const PhHealth *health)
{
  guint n;
  const PhFinding *examples = ph_health_examples (health, PH_HEALTH_DAMAGED, &n);

  for (guint i = 0; i < n; i++)
    g_assert_null (strstr (examples[i].text, "cannot be said"));
}

/* With @names, the pages are made, too. */
static char *
read_bytes (GBytes *bytes,
            gsize chunk,
            PhNames *names)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, chunk);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree Taken *taken = g_new0 (Taken, 1);

  taken->out = g_string_new (NULL);
  taken->names = names;
  info = ph_archive_read_stream (stream, (goffset) g_bytes_get_size (bytes), &sink, taken, health,
                                 NULL, &error);
  g_assert_cmpint (info == NULL, ==, error != NULL);
  check_health (health);

  if (error != NULL)
    {
      g_assert_true (error->domain == PH_ERROR);
      g_string_append (taken->out, error->message);
    }

  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    g_string_append_printf (taken->out, " %d", (int) ph_health_count (health, (PhHealthKind) kind));

  for (guint i = 0; i < PH_LIMIT_WINDOWS; i++)
    if (taken->pages[i] != NULL)
      {
        ph_dom_check (taken->pages[i]);
        ph_dom_free (taken->pages[i]);
      }

  return g_string_free (taken->out, FALSE);
}

/* The first byte picks the size of the chunks, which must not matter, and the header. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  static const guint8 last[] = { 0xff, 0xfe, 0xfd };
  g_autoptr (PhNames) names = ph_names_new ();
  GByteArray *made;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *pieces = NULL;

  if (size == 0)
    return 0;

  made = g_byte_array_new ();

  if ((data[0] & 3) > 0)
    {
      g_byte_array_set_size (made, 7);
      memset (made->data, 0xff, 7);
      g_byte_array_append (made, &last[(data[0] & 3) - 1], 1);
    }

  g_byte_array_append (made, data + 1, (guint) size - 1);
  bytes = g_byte_array_free_to_bytes (made);
  whole = read_bytes (bytes, 0, names);
  pieces = read_bytes (bytes, (gsize) (data[0] >> 2) + 1, NULL);
  g_assert_cmpstr (whole, ==, pieces);

  return 0;
}
