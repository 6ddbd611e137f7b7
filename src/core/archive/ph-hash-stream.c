/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-hash-stream.h"

#include <nettle/sha2.h>

#define BLOCK 65536

/* Nettle's, because it uses what the processor has for it: five times as fast as GChecksum. */
struct _PhHashStream
{
  GFilterInputStream parent_instance;

  struct sha256_ctx context;
};

G_DEFINE_FINAL_TYPE (PhHashStream, ph_hash_stream, G_TYPE_FILTER_INPUT_STREAM)

static gssize
ph_hash_stream_read (GInputStream *stream,
                     void *buffer,
                     gsize size,
                     GCancellable *cancellable,
                     GError **error)
{
  PhHashStream *self = PH_HASH_STREAM (stream);
  GInputStream *base =
    g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
  gssize n = g_input_stream_read (base, buffer, size, cancellable, error);

  if (n > 0)
    sha256_update (&self->context, (size_t) n, buffer);

  return n;
}

static void
ph_hash_stream_class_init (PhHashStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = ph_hash_stream_read;
}

static void
ph_hash_stream_init (PhHashStream *self)
{
  sha256_init (&self->context);
}

PhHashStream *
ph_hash_stream_new (GInputStream *base)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (base), NULL);

  return g_object_new (PH_TYPE_HASH_STREAM, "base-stream", base, NULL);
}

char *
ph_hash_stream_finish (PhHashStream *self,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree guint8 *rest = g_malloc (BLOCK);
  guint8 digest[SHA256_DIGEST_SIZE];
  GString *text;
  gssize n;

  g_return_val_if_fail (PH_IS_HASH_STREAM (self), NULL);

  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      n = g_input_stream_read (G_INPUT_STREAM (self), rest, BLOCK, cancellable, error);
    }
  while (n > 0);

  if (n < 0)
    return NULL;

  sha256_digest (&self->context, sizeof digest, digest);
  text = g_string_sized_new (2 * sizeof digest);

  for (guint i = 0; i < sizeof digest; i++)
    g_string_append_printf (text, "%02x", digest[i]);

  return g_string_free (text, FALSE);
}
