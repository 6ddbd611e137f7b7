/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack-brotli.h"

#include <brotli/encode.h>

GBytes *
ph_pack_brotli (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize n = BrotliEncoderMaxCompressedSize (size);
  guint8 *out = g_malloc (n);

  g_assert_true (BrotliEncoderCompress (5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, size, data, &n,
                                        out));

  return g_bytes_new_take (out, n);
}
