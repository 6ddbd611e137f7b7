/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-aside.h"

#include "ph-limits.h"
#include "ph-spool.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _PhAside
{
  int fd;       /* −1 while nothing was put aside */
  guint64 size; /* of the file */
  gboolean is_full;
};

PhAside *
ph_aside_new (void)
{
  PhAside *aside = g_new0 (PhAside, 1);

  aside->fd = -1;

  return aside;
}

void
ph_aside_free (PhAside *aside)
{
  if (aside == NULL)
    return;

  if (aside->fd >= 0)
    close (aside->fd);

  g_free (aside);
}

static gboolean
open_file (PhAside *aside)
{
  g_autofree char *path = NULL;

  if (aside->fd >= 0)
    return TRUE;

  aside->fd = ph_spool_create (&path, NULL);

  if (aside->fd >= 0)
    g_unlink (path);

  return aside->fd >= 0;
}

static gboolean
write_all (int fd,
           const char *text,
           gsize size,
           guint64 at)
{
  while (size > 0)
    {
      gssize n = pwrite (fd, text, size, (off_t) at);

      if (n < 0 && errno == EINTR)
        continue;

      if (n <= 0)
        return FALSE;

      text += n;
      size -= (gsize) n;
      at += (guint64) n;
    }

  return TRUE;
}

gboolean
ph_aside_put (PhAside *aside,
              const char *text,
              gsize size,
              guint64 *at)
{
  /* A disk that was full is not asked again and again. */
  if (aside->is_full || aside->size + size > PH_LIMIT_BUNDLE_SPOOL)
    return FALSE;

  if (!open_file (aside) || !write_all (aside->fd, text, size, aside->size))
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
  gsize got = 0;

  if (aside->fd < 0 || at > aside->size || size > aside->size - at)
    return NULL;

  text = g_malloc (size + 1);

  while (got < size)
    {
      gssize n = pread (aside->fd, text + got, size - got, (off_t) (at + got));

      if (n < 0 && errno == EINTR)
        continue;

      if (n <= 0)
        return NULL;

      got += (gsize) n;
    }

  text[size] = '\0';

  return g_steal_pointer (&text);
}
