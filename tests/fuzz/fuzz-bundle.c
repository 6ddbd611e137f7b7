/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-container.h"
#include "ph-error.h"
#include "ph-limits.h"

#include <string.h>

/* Of one member; the walk must be the same however often it is begun anew. */
#define MAX_MEMBER ((gsize) 1024 * 1024)

static gssize
read_some (PhBundle *bundle,
           guint member,
           guint8 *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = ph_bundle_open_member (bundle, member, NULL, &error);
  gsize size = 0;
  gssize n = -1;

  while (stream != NULL && size < MAX_MEMBER &&
         (n = g_input_stream_read (stream, out + size, MIN (MAX_MEMBER - size, 4096), NULL,
                                   &error)) > 0)
    size += (gsize) n;

  g_assert_true (n >= 0 || error->domain == PH_ERROR);

  return n < 0 ? -1 : (gssize) size;
}

static void
check_members (PhBundle *bundle)
{
  guint n = MIN (ph_bundle_get_n_members (bundle), 8);
  g_autofree guint8 *first = g_malloc (MAX_MEMBER);
  g_autofree guint8 *again = g_malloc (MAX_MEMBER);

  for (guint i = n; i-- > 0;)
    {
      gssize size = read_some (bundle, i, first);

      g_assert_true (g_utf8_validate (ph_bundle_get_name (bundle, i), -1, NULL));
      g_assert_cmpint (read_some (bundle, i, again), ==, size);
      g_assert_true (size <= 0 || memcmp (first, again, (gsize) size) == 0);
    }
}

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  return TRUE;
}

static void
check_parts (PhBundle *bundle)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhContainer) container = ph_container_new (bundle, NULL, &error);
  GPtrArray *parts;

  g_assert_true ((container == NULL) == (error != NULL));

  if (container == NULL)
    return;

  parts = ph_container_get_parts (container);
  g_assert_cmpuint (parts->len, >, 0);

  for (guint i = 0; i < MIN (parts->len, 8); i++)
    {
      const PhInputPart *part = parts->pdata[i];
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (PhReading) reading =
        ph_reading_new (NULL, ph_bundle_get_bytes (bundle) + 1, &sink, NULL, health, NULL);

      g_assert_true (ph_container_find (container, part->key, NULL) != NULL);
      ph_container_read (container, part, reading, NULL, NULL);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhBundle) bundle = ph_bundle_open_stream (stream, NULL, &error);

  g_assert_true ((bundle == NULL) == (error != NULL));

  if (bundle == NULL)
    return 0;

  check_members (bundle);
  check_parts (bundle);

  return 0;
}
