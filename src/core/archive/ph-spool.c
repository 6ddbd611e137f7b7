/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-spool.h"

#include "ph-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#define PIECE ((gsize) 256 * 1024)

/* In the cache rather than among temporary files, which may lie in memory. */
gboolean
ph_spool_open (GInputStream **in,
               GOutputStream **out,
               GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "playhead", NULL);
  g_autofree char *path = g_build_filename (folder, ".spool-XXXXXX", NULL);
  g_autoptr (GFile) file = NULL;
  int fd;
  int code;

  g_mkdir_with_parents (folder, 0700);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  code = errno;

  if (fd < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
      return FALSE;
    }

  g_close (fd, NULL);
  file = g_file_new_for_path (path);
  *out = G_OUTPUT_STREAM (g_file_append_to (file, G_FILE_CREATE_NONE, NULL, error));

  if (*out != NULL)
    *in = G_INPUT_STREAM (g_file_read (file, NULL, error));

  g_unlink (path);

  return *in != NULL;
}

static gboolean
copy_all (GOutputStream *out,
          PhSpoolFunc read,
          gpointer user_data,
          guint64 limit,
          GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  guint64 sum = 0;
  gssize n;

  while ((n = read (piece, PIECE, user_data, error)) > 0)
    {
      sum += (guint64) n;

      if (sum > limit)
        {
          g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE,
                       "There is more in it than %" G_GUINT64_FORMAT " MB", limit >> 20);
          return FALSE;
        }

      if (!g_output_stream_write_all (out, piece, (gsize) n, NULL, NULL, error))
        return FALSE;
    }

  return n == 0;
}

GInputStream *
ph_spool_fill (PhSpoolFunc read,
               gpointer user_data,
               guint64 limit,
               GError **error)
{
  g_autoptr (GInputStream) in = NULL;
  g_autoptr (GOutputStream) out = NULL;

  g_return_val_if_fail (read != NULL, NULL);

  if (!ph_spool_open (&in, &out, error) || !copy_all (out, read, user_data, limit, error) ||
      !g_output_stream_close (out, NULL, error))
    return NULL;

  return g_steal_pointer (&in);
}
