/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-unbrotli.h"

#include <brotli/decode.h>

#define ROOM ((gsize) 64 * 1024)

struct _PhUnbrotli
{
  PhUnbrotliFunc func;
  gpointer user_data;
  BrotliDecoderState *state;
  guint8 *room;
  gboolean has_ended;
  gboolean is_damaged;
};

PhUnbrotli *
ph_unbrotli_new (PhUnbrotliFunc func,
                 gpointer user_data)
{
  PhUnbrotli *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (PhUnbrotli, 1);
  self->func = func;
  self->user_data = user_data;
  self->state = BrotliDecoderCreateInstance (NULL, NULL, NULL);
  /* Without memory for it everything counts as damaged. */
  self->is_damaged = self->state == NULL;
  self->room = g_malloc (ROOM);

  return self;
}

void
ph_unbrotli_free (PhUnbrotli *self)
{
  if (self == NULL)
    return;

  if (self->state != NULL)
    BrotliDecoderDestroyInstance (self->state);

  g_free (self->room);
  g_free (self);
}

gboolean
ph_unbrotli_feed (PhUnbrotli *self,
                  const char *data,
                  gsize size,
                  GError **error)
{
  const guint8 *in = (const guint8 *) data;
  gsize n_left = size;
  gsize n_room = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  while ((n_left > 0 || n_room == 0) && !self->has_ended && !self->is_damaged)
    {
      guint8 *out = self->room;
      BrotliDecoderResult result;

      n_room = ROOM;
      result = BrotliDecoderDecompressStream (self->state, &n_left, &in, &n_room, &out, NULL);
      self->has_ended = result == BROTLI_DECODER_RESULT_SUCCESS;
      self->is_damaged = result == BROTLI_DECODER_RESULT_ERROR;

      if (n_room < ROOM &&
          !self->func ((const char *) self->room, ROOM - n_room, self->user_data, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
ph_unbrotli_has_ended (const PhUnbrotli *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_ended;
}

gboolean
ph_unbrotli_is_damaged (const PhUnbrotli *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_damaged;
}
