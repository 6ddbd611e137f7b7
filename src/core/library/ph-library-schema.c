/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-library-schema.h"

#include "ph-error.h"

/* SQLite's application_id: “PHL1”. */
#define APPLICATION_ID 0x50484c31

static const char *const steps[] = {
  /* 1 */
  "CREATE TABLE recording ("
  "  identity TEXT PRIMARY KEY,"
  "  title TEXT NOT NULL,"
  "  path TEXT NOT NULL,"
  "  opened INTEGER NOT NULL"
  ") WITHOUT ROWID;"
  "CREATE TABLE note ("
  "  recording TEXT NOT NULL,"
  "  id TEXT NOT NULL,"
  "  begin INTEGER NOT NULL,"
  "  \"end\" INTEGER,"
  "  window INTEGER,"
  "  node INTEGER,"
  "  x INTEGER,"
  "  y INTEGER,"
  "  kind TEXT NOT NULL,"
  "  severity TEXT NOT NULL,"
  "  text TEXT NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  changed INTEGER NOT NULL,"
  "  deleted INTEGER,"
  "  PRIMARY KEY (recording, id)"
  ") WITHOUT ROWID;"
  "CREATE TABLE tag ("
  "  recording TEXT NOT NULL,"
  "  note TEXT NOT NULL,"
  "  number INTEGER NOT NULL,"
  "  name TEXT NOT NULL,"
  "  PRIMARY KEY (recording, note, number)"
  ") WITHOUT ROWID;"
  "CREATE INDEX tag_name ON tag (name)",
};

G_STATIC_ASSERT (G_N_ELEMENTS (steps) == PH_LIBRARY_VERSION);

/* How many steps were taken; −1 with an error. */
static int
read_version (PhDb *db,
              GError **error)
{
  gint64 id;
  gint64 version;
  gint64 n_objects;

  if (!ph_db_get_int (db, "PRAGMA application_id", &id, error) ||
      !ph_db_get_int (db, "PRAGMA user_version", &version, error) ||
      !ph_db_get_int (db, "SELECT count (*) FROM sqlite_schema", &n_objects, error))
    return -1;

  if (id == 0 && version == 0 && n_objects == 0)
    return 0;

  if (id != APPLICATION_ID || version < 1)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                           "This is a database, but no library of Playhead");
      return -1;
    }

  if (version > PH_LIBRARY_VERSION)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                   "A later version of Playhead made the library (format %" G_GINT64_FORMAT
                   "; this one reads up to %d)",
                   version, PH_LIBRARY_VERSION);
      return -1;
    }

  return (int) version;
}

static gboolean
take_steps (PhDb *db,
            GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                            APPLICATION_ID, PH_LIBRARY_VERSION);
  /* Again, now that nobody else can take any. */
  int version = read_version (db, error);

  if (version < 0)
    return FALSE;

  for (guint i = (guint) version; i < G_N_ELEMENTS (steps); i++)
    if (!ph_db_run (db, steps[i], error))
      return FALSE;

  return ph_db_run (db, stamp, error);
}

gboolean
ph_library_schema_update (PhDb *db,
                          GError **error)
{
  int version = read_version (db, error);

  if (version < 0)
    return FALSE;

  if (version == PH_LIBRARY_VERSION)
    return TRUE;

  if (!ph_db_run (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (take_steps (db, error) && ph_db_run (db, "COMMIT", error))
    return TRUE;

  ph_db_run (db, "ROLLBACK", NULL);

  return FALSE;
}

gboolean
ph_library_schema_check (PhDb *db,
                         gboolean *is_empty,
                         GError **error)
{
  int version = read_version (db, error);

  *is_empty = version == 0;

  return version >= 0;
}
