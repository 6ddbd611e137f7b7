/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-chunk.h"
#include "ph-dom-pack.h"
#include "ph-dom-write.h"
#include "ph-error.h"
#include "ph-patch.h"
#include "ph-pointer.h"

/* What a recording file holds, as a damaged one might have it. The first byte picks the kind. */

/* A page that is taken is one that can be shown, and packs to the same bytes from then on. */
static void
read_page (GBytes *bytes)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PhDom) dom = ph_dom_unpack (bytes, names, &error);
  g_autoptr (PhDom) again = NULL;
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) packed_again = NULL;
  g_autoptr (PhPatch) patch = NULL;
  g_autofree char *html = NULL;

  if (dom == NULL)
    {
      g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
      return;
    }

  ph_dom_check (dom);
  packed = ph_dom_pack (dom);
  again = ph_dom_unpack (packed, names, &error);
  g_assert_no_error (error);
  packed_again = ph_dom_pack (again);
  g_assert_true (g_bytes_equal (packed, packed_again));

  html = ph_dom_write_html (dom, PH_WRITE_SAFE);
  g_assert_true (g_utf8_validate (html, -1, NULL));
  patch = ph_patch_new ();
  ph_patch_diff (patch, NULL, dom);
}

static void
read_pointer (GBytes *bytes)
{
  static const PhTime times[] = { 0, PH_SECOND, 3600 * PH_SECOND };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPointerTrack) track = ph_pointer_track_unpack (bytes, &error);

  g_assert_cmpint (track == NULL, ==, error != NULL);

  for (guint i = 0; track != NULL && i < G_N_ELEMENTS (times); i++)
    {
      PhPointer pointer;

      ph_pointer_track_at (track, times[i], &pointer);
      g_assert_cmpuint (pointer.n_clicks, <=, PH_CLICKS_SHOWN);
    }
}

static void
read_chunk (GBytes *bytes,
            guint n)
{
  const PhSpan span = { 0, 1000 * PH_SECOND };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhChunk) chunk = ph_chunk_new (bytes, n, 1000, span, &error);
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);
  volatile int sum = 0; /* so that the texts are read */

  g_assert_cmpint (chunk == NULL, ==, error != NULL);

  for (guint i = 0; chunk != NULL && i < n; i++)
    {
      const PhEvent *event = ph_chunk_get_event (chunk, i);

      g_assert_cmpint (ph_span_clamp (span, event->time), ==, event->time);
      g_assert_true (data[0] != 1 ||
                     (event->text >= data && event->text + event->size <= data + n_bytes));
      sum = event->size > 0 ? sum + event->text[0] + event->text[event->size - 1] : sum;
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  g_autoptr (GBytes) bytes = NULL;

  if (size < 2)
    return 0;

  /* A copy that ends where the bytes do, so that one too many is seen. */
  bytes = g_bytes_new (data + 1, size - 1);

  if (data[0] % 4 < 2)
    read_page (bytes);
  else if (data[0] % 4 == 2)
    read_pointer (bytes);
  else
    read_chunk (bytes, data[0] / 4 + 1U);

  return 0;
}
