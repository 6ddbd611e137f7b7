/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX ".playhead-making-"
/* Sweepers and makers may meet: so often a name that was swept away is made again. */
#define ATTEMPTS 10

struct _PhScratch
{
  char *path;
  int fd; /* holds the lock */
  gboolean is_moved;
};

static gboolean
set_errno (GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));

  return FALSE;
}

/* Whether @path still names what @fd has open. */
static gboolean
is_there (const char *path,
          int fd)
{
  struct stat named;
  struct stat opened;

  return stat (path, &named) == 0 && fstat (fd, &opened) == 0 &&
         named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
}

static PhScratch *
make_one (const char *folder,
          int mode,
          GError **error)
{
  g_autofree char *path = g_strconcat (folder, "/", PREFIX, "XXXXXX", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, mode);
  PhScratch *scratch;

  if (fd < 0)
    {
      set_errno (error);
      return NULL;
    }

  /* A sweeper may hold it: wait, and see what it did. Without locks nothing is swept either. */
  while (flock (fd, LOCK_EX) < 0 && errno == EINTR)
    ;

  scratch = g_atomic_rc_box_new0 (PhScratch);
  scratch->path = g_steal_pointer (&path);
  scratch->fd = fd;

  return scratch;
}

PhScratch *
ph_scratch_new (const char *folder,
                int mode,
                GError **error)
{
  for (guint i = 0; i < ATTEMPTS; i++)
    {
      PhScratch *scratch = make_one (folder, mode, error);

      if (scratch == NULL || is_there (scratch->path, scratch->fd))
        return scratch;

      ph_scratch_unref (scratch);
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Files vanish while they are made");

  return NULL;
}

PhScratch *
ph_scratch_ref (PhScratch *scratch)
{
  return g_atomic_rc_box_acquire (scratch);
}

static void
clear_scratch (PhScratch *scratch)
{
  if (!scratch->is_moved)
    g_unlink (scratch->path);

  close (scratch->fd);
  g_free (scratch->path);
}

void
ph_scratch_unref (PhScratch *scratch)
{
  if (scratch != NULL)
    g_atomic_rc_box_release_full (scratch, (GDestroyNotify) clear_scratch);
}

const char *
ph_scratch_get_path (PhScratch *scratch)
{
  return scratch->path;
}

/* So that the name is on disk as well. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

gboolean
ph_scratch_move (PhScratch *scratch,
                 const char *path,
                 GError **error)
{
  g_return_val_if_fail (!scratch->is_moved, FALSE);

  if (fsync (scratch->fd) < 0 || g_rename (scratch->path, path) < 0)
    return set_errno (error);

  scratch->is_moved = TRUE;
  g_free (scratch->path);
  scratch->path = g_strdup (path);
  sync_folder (path);

  return TRUE;
}

/* What nobody has locked nobody is making. */
static void
sweep_one (const char *path)
{
  int fd = g_open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);

  if (fd < 0)
    return;

  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    g_unlink (path);

  close (fd);
}

void
ph_scratch_sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, PREFIX))
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          sweep_one (path);
        }
    }
}
