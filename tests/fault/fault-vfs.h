/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Between SQLite and the system: any read or write of any database file of this
 * process can be made to fail, below everything SQLite knows. Any thread.
 */
typedef enum
{
  FAULT_READ,
  FAULT_WRITE,
  FAULT_FULL, /* a write: there is no space left */
} FaultKind;

void fault_vfs_install (void);

/*
 * The @n-th from now, counted from 1, fails, and all after it when @for_good;
 * 0: none does. Counting begins anew.
 */
void fault_vfs_fail (FaultKind kind,
                     guint n,
                     gboolean for_good);
/* Reads, or writes, since then. */
guint fault_vfs_count (FaultKind kind);

G_END_DECLS
