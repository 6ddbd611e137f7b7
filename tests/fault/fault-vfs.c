/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fault-vfs.h"

#include <sqlite3.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* right behind this */
} File;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs vfs;

static int n_calls[2]; /* reads, writes */
static int failing_kind;
static int failing_call;
static int is_for_good;

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((File *) (gpointer) file)->real;
}

/* Whether this call is to fail. */
static gboolean
fails (FaultKind call)
{
  int n = g_atomic_int_add (&n_calls[call], 1) + 1;
  int at = g_atomic_int_get (&failing_call);
  FaultKind kind = (FaultKind) g_atomic_int_get (&failing_kind);

  if (at == 0 || (kind == FAULT_READ) != (call == FAULT_READ))
    return FALSE;

  return n == at || (n > at && g_atomic_int_get (&is_for_good));
}

static int
read_file (sqlite3_file *file,
           void *buffer,
           int size,
           sqlite3_int64 offset)
{
  if (fails (FAULT_READ))
    return SQLITE_IOERR_READ;

  return get_real (file)->pMethods->xRead (get_real (file), buffer, size, offset);
}

static int
write_file (sqlite3_file *file,
            const void *buffer,
            int size,
            sqlite3_int64 offset)
{
  if (fails (FAULT_WRITE))
    return g_atomic_int_get (&failing_kind) == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;

  return get_real (file)->pMethods->xWrite (get_real (file), buffer, size, offset);
}

static int
close_file (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
truncate_file (sqlite3_file *file,
               sqlite3_int64 size)
{
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
sync_file (sqlite3_file *file,
           int flags)
{
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
size_file (sqlite3_file *file,
           sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
lock_file (sqlite3_file *file,
           int level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
unlock_file (sqlite3_file *file,
             int level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
check_lock (sqlite3_file *file,
            int *is_locked)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), is_locked);
}

static int
control_file (sqlite3_file *file,
              int op,
              void *arg)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), op, arg);
}

static int
get_sector (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
get_device (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = size_file,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector,
  .xDeviceCharacteristics = get_device,
};

static int
open_file (sqlite3_vfs *self,
           const char *name,
           sqlite3_file *file,
           int flags,
           int *out_flags)
{
  File *own = (File *) (gpointer) file;
  int result;

  own->real = (sqlite3_file *) (gpointer) (own + 1);
  result = real_vfs->xOpen (real_vfs, name, own->real, flags, out_flags);
  /* What could not be opened is closed all the same when it has methods. */
  own->base.pMethods = own->real->pMethods != NULL ? &methods : NULL;

  return result;
}

void
fault_vfs_install (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs;
  vfs.zName = "fault";
  vfs.szOsFile = (int) sizeof (File) + real_vfs->szOsFile;
  vfs.xOpen = open_file;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, TRUE), ==, SQLITE_OK);
}

void
fault_vfs_fail (FaultKind kind,
                guint n,
                gboolean for_good)
{
  g_atomic_int_set (&n_calls[FAULT_READ], 0);
  g_atomic_int_set (&n_calls[FAULT_WRITE], 0);
  g_atomic_int_set (&failing_kind, (int) kind);
  g_atomic_int_set (&is_for_good, for_good);
  g_atomic_int_set (&failing_call, (int) n);
}

guint
fault_vfs_count (FaultKind kind)
{
  return (guint) g_atomic_int_get (&n_calls[kind == FAULT_READ ? FAULT_READ : FAULT_WRITE]);
}
