/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-hash-stream.h"

#include "ph-sha256.h"

#define BLOCK 65536

struct _PhHashStream
{
  GFilterInputStream parent_instance;

  PhSha256 *sum;
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
    ph_sha256_add (self->sum, buffer, (gsize) n);

  return n;
}

static void
ph_hash_stream_finalize (GObject *object)
{
  ph_sha256_free (PH_HASH_STREAM (object)->sum);

  G_OBJECT_CLASS (ph_hash_stream_parent_class)->finalize (object);
}

static void
ph_hash_stream_class_init (PhHashStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_hash_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = ph_hash_stream_read;
}

static void
ph_hash_stream_init (PhHashStream *self)
{
  self->sum = ph_sha256_new ();
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

  return ph_sha256_finish (self->sum);
}
