/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-flaky-stream.h"

#include <string.h>

struct _PhFlakyStream
{
  GInputStream parent_instance;

  GBytes *bytes;
  gsize pos;
  gsize chunk;
  GRand *random;
  gsize insert_at;
  char insert_byte;
  guint64 n_insert; /* still to come */
  guint n_reads;
  guint fail_at; /* G_MAXUINT: never */
};

G_DEFINE_FINAL_TYPE (PhFlakyStream, ph_flaky_stream, G_TYPE_INPUT_STREAM)

static gssize
ph_flaky_stream_read (GInputStream *stream,
                      void *buffer,
                      gsize count,
                      GCancellable *cancellable,
                      GError **error)
{
  PhFlakyStream *self = PH_FLAKY_STREAM (stream);
  gsize size = g_bytes_get_size (self->bytes) - self->pos;

  if (self->n_reads++ == self->fail_at)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "read %u was made to fail", self->fail_at);
      return -1;
    }

  if (self->n_insert > 0)
    size = self->pos < self->insert_at ? self->insert_at - self->pos : (gsize) self->n_insert;

  size = MIN (size, count);

  if (self->chunk > 0)
    size = MIN (size, self->chunk);

  if (self->random != NULL && size > 1)
    size = (gsize) g_rand_int_range (self->random, 1, (gint32) size + 1);

  if (self->n_insert > 0 && self->pos == self->insert_at)
    {
      memset (buffer, self->insert_byte, size);
      self->n_insert -= size;
      return (gssize) size;
    }

  if (size > 0)
    memcpy (buffer, (const char *) g_bytes_get_data (self->bytes, NULL) + self->pos, size);

  self->pos += size;

  return (gssize) size;
}

static void
ph_flaky_stream_finalize (GObject *object)
{
  PhFlakyStream *self = PH_FLAKY_STREAM (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->random, g_rand_free);

  G_OBJECT_CLASS (ph_flaky_stream_parent_class)->finalize (object);
}

static void
ph_flaky_stream_class_init (PhFlakyStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_flaky_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = ph_flaky_stream_read;
}

static void
ph_flaky_stream_init (PhFlakyStream *self)
{
  self->fail_at = G_MAXUINT;
}

GInputStream *
ph_flaky_stream_new (GBytes *bytes,
                     gsize chunk)
{
  PhFlakyStream *self = g_object_new (PH_TYPE_FLAKY_STREAM, NULL);

  self->bytes = g_bytes_ref (bytes);
  self->chunk = chunk;

  return G_INPUT_STREAM (self);
}

void
ph_flaky_stream_fail_at (PhFlakyStream *self,
                         guint n)
{
  g_return_if_fail (PH_IS_FLAKY_STREAM (self));

  self->fail_at = n;
}

void
ph_flaky_stream_set_random (PhFlakyStream *self,
                            guint32 seed)
{
  g_return_if_fail (PH_IS_FLAKY_STREAM (self));

  g_clear_pointer (&self->random, g_rand_free);
  self->random = g_rand_new_with_seed (seed);
}

void
ph_flaky_stream_insert (PhFlakyStream *self,
                        gsize offset,
                        char byte,
                        guint64 n)
{
  g_return_if_fail (PH_IS_FLAKY_STREAM (self));
  g_return_if_fail (offset <= g_bytes_get_size (self->bytes));

  self->insert_at = offset;
  self->insert_byte = byte;
  self->n_insert = n;
}

guint
ph_flaky_stream_get_n_reads (PhFlakyStream *self)
{
  g_return_val_if_fail (PH_IS_FLAKY_STREAM (self), 0);

  return self->n_reads;
}
