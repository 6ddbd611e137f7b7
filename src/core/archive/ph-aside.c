/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-aside.h"

#include "ph-limits.h"
#include "ph-spool.h"

struct _PhAside
{
  GInputStream *in; /* NULL while nothing was put aside */
  GOutputStream *out;
  guint64 size; /* of what can be read */
  gboolean is_full;
};

PhAside *
ph_aside_new (void)
{
  return g_new0 (PhAside, 1);
}

void
ph_aside_free (PhAside *aside)
{
  if (aside == NULL)
    return;

  g_clear_object (&aside->in);
  g_clear_object (&aside->out);
  g_free (aside);
}

gboolean
ph_aside_put (PhAside *aside,
              const char *text,
              gsize size,
              guint64 *at)
{
  if (aside->is_full || aside->size + size > PH_LIMIT_BUNDLE_SPOOL)
    return FALSE;

  /* A disk that was full is not asked again and again. */
  if ((aside->in == NULL && !ph_spool_open (&aside->in, &aside->out, NULL)) ||
      !g_output_stream_write_all (aside->out, text, size, NULL, NULL, NULL))
    {
      aside->is_full = TRUE;
      return FALSE;
    }

  *at = aside->size;
  aside->size += size;

  return TRUE;
}

char *
ph_aside_get (PhAside *aside,
              guint64 at,
              gsize size)
{
  g_autofree char *text = NULL;
  gsize n = 0;

  if (aside->in == NULL || at > aside->size || size > aside->size - at ||
      !g_seekable_seek (G_SEEKABLE (aside->in), (goffset) at, G_SEEK_SET, NULL, NULL))
    return NULL;

  text = g_malloc (size + 1);

  if (!g_input_stream_read_all (aside->in, text, size, &n, NULL, NULL) || n < size)
    return NULL;

  text[size] = '\0';

  return g_steal_pointer (&text);
}
