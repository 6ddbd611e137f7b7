/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-chain.h"

#include "ph-unpack.h"

#include <string.h>

struct _PhChain
{
  GInputStream parent_instance;

  PhBundle *bundle;
  GArray *members; /* guint */
  guint n_opened;
  PhUnpack *unpack; /* of the last that was opened, or NULL */
  char *separator;
  const char *between; /* what is left to say of it */
};

G_DEFINE_FINAL_TYPE (PhChain, ph_chain, G_TYPE_INPUT_STREAM)

static gboolean
open_next (PhChain *self,
           GCancellable *cancellable,
           GError **error)
{
  guint member = g_array_index (self->members, guint, self->n_opened);
  g_autoptr (GInputStream) stream =
    ph_bundle_open_member (self->bundle, member, cancellable, error);

  if (stream == NULL)
    return FALSE;

  self->between = self->n_opened > 0 ? self->separator : "";
  self->n_opened++;
  self->unpack = ph_unpack_new (stream);

  return TRUE;
}

static gssize
ph_chain_read (GInputStream *stream,
               void *buffer,
               gsize size,
               GCancellable *cancellable,
               GError **error)
{
  PhChain *self = PH_CHAIN (stream);

  for (;;)
    {
      gssize n;

      if (self->unpack == NULL && self->n_opened == self->members->len)
        return 0;

      if (self->unpack == NULL && !open_next (self, cancellable, error))
        return -1;

      if (*self->between != '\0')
        {
          n = (gssize) MIN (size, strlen (self->between));
          memcpy (buffer, self->between, (gsize) n);
          self->between += n;
          return n;
        }

      n = ph_unpack_read (self->unpack, buffer, size, cancellable, error);

      if (n != 0)
        return n;

      g_clear_pointer (&self->unpack, ph_unpack_free);
    }
}

static void
ph_chain_finalize (GObject *object)
{
  PhChain *self = PH_CHAIN (object);

  ph_unpack_free (self->unpack);
  g_free (self->separator);
  g_clear_pointer (&self->members, g_array_unref);
  ph_bundle_unref (self->bundle);

  G_OBJECT_CLASS (ph_chain_parent_class)->finalize (object);
}

static void
ph_chain_class_init (PhChainClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_chain_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = ph_chain_read;
}

static void
ph_chain_init (PhChain *self)
{
  self->members = g_array_new (FALSE, FALSE, sizeof (guint));
}

GInputStream *
ph_chain_new (PhBundle *bundle,
              const guint *members,
              guint n_members,
              const char *separator)
{
  PhChain *self;

  g_return_val_if_fail (bundle != NULL && members != NULL && separator != NULL, NULL);

  self = g_object_new (PH_TYPE_CHAIN, NULL);
  self->bundle = ph_bundle_ref (bundle);
  self->separator = g_strdup (separator);
  g_array_append_vals (self->members, members, n_members);

  return G_INPUT_STREAM (self);
}
