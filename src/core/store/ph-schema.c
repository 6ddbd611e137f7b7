/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-schema.h"

#include "ph-error.h"
#include "ph-store-resources.h"

#include <string.h>

#define SCHEMA "/io/github/playhead_viewer/Playhead/store/ph-schema.sql"
#define MAGIC "SQLite format 3"
/* Where SQLite's header has what, high byte first. */
#define PAGE_SIZE_AT 16
#define N_PAGES_AT 28
#define APPLICATION_ID_AT 68

static guint32
read_number (const guint8 *bytes,
             guint n)
{
  guint32 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | bytes[i];

  return number;
}

gboolean
ph_schema_is_recording (const guint8 *head,
                        gsize size)
{
  /* The NUL behind it is part of the magic. */
  return size >= PH_SCHEMA_HEAD && memcmp (head, MAGIC, sizeof MAGIC) == 0 &&
         read_number (head + APPLICATION_ID_AT, 4) == PH_SCHEMA_APPLICATION_ID;
}

gint64
ph_schema_file_bytes (const guint8 *head,
                      gsize size)
{
  if (!ph_schema_is_recording (head, size))
    return 0;

  return (gint64) read_number (head + PAGE_SIZE_AT, 2) * read_number (head + N_PAGES_AT, 4);
}

gboolean
ph_schema_create (PhDb *db,
                  GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (ph_store_get_resource (), SCHEMA,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  /* A resource ends with a NUL that does not count. */
  return ph_db_run (db, g_bytes_get_data (bytes, NULL), error);
}

/* --- checking -------------------------------------------------------------- */

/* The tables behind the search index are SQLite's to name and make. */
#define OBJECTS                                                                                  \
  "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull (sql, '') FROM sqlite_schema " \
  "WHERE name NOT GLOB 'moment_text_*' OR type <> 'table' ORDER BY 1"

static char *
dup_objects (PhDb *db,
             GError **error)
{
  g_autoptr (PhStatement) statement = ph_db_prepare (db, OBJECTS, error);
  g_autoptr (GString) objects = g_string_new (NULL);
  gboolean row;

  if (statement == NULL || !ph_statement_step (statement, &row, error))
    return NULL;

  while (row)
    {
      g_string_append (objects, ph_statement_text (statement, 0));
      g_string_append_c (objects, '\n');

      if (!ph_statement_step (statement, &row, error))
        return NULL;
    }

  return g_string_free (g_steal_pointer (&objects), FALSE);
}

/* What version 1 had for this version's list of assets; it was always empty. */
#define ASSETS_OF_VERSION_1        \
  "DROP TABLE asset;"              \
  "CREATE TABLE asset (\n"         \
  "  url TEXT PRIMARY KEY,\n"      \
  "  type TEXT NOT NULL,\n"        \
  "  size INTEGER NOT NULL,\n"     \
  "  checksum INTEGER NOT NULL,\n" \
  "  data BLOB NOT NULL\n"         \
  ") WITHOUT ROWID"

/* And what versions 1 and 2 had for this version's notes: always empty, too. */
#define NOTES_OF_VERSION_2          \
  "DROP TABLE note;"                \
  "CREATE TABLE note (\n"           \
  "  number INTEGER PRIMARY KEY,\n" \
  "  begin INTEGER NOT NULL,\n"     \
  "  \"end\" INTEGER,\n"            \
  "  window INTEGER,\n"             \
  "  text TEXT NOT NULL\n"          \
  ")"

/* A database with the tables of that version. */
static PhDb *
make_model (gint64 version,
            GError **error)
{
  g_autoptr (PhDb) model = ph_db_open_memory (error);

  if (model == NULL || !ph_schema_create (model, error) ||
      (version < 2 && !ph_db_run (model, ASSETS_OF_VERSION_1, error)) ||
      (version < 3 && !ph_db_run (model, NOTES_OF_VERSION_2, error)))
    return NULL;

  return g_steal_pointer (&model);
}

static gboolean
check_objects (PhDb *db,
               gint64 version,
               GError **error)
{
  g_autoptr (PhDb) model = make_model (version, error);
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;

  if (model == NULL)
    return FALSE;

  wanted = dup_objects (model, error);
  found = wanted != NULL ? dup_objects (db, error) : NULL;

  if (found == NULL)
    return FALSE;

  if (g_str_equal (wanted, found))
    return TRUE;

  g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                       "The recording does not have the tables it should have");

  return FALSE;
}

gboolean
ph_schema_check (PhDb *db,
                 GError **error)
{
  gint64 id;
  gint64 version;

  if (!ph_db_get_int (db, "PRAGMA application_id", &id, error) ||
      !ph_db_get_int (db, "PRAGMA user_version", &version, error))
    return FALSE;

  if (id != PH_SCHEMA_APPLICATION_ID)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT,
                           "This is a database, but no recording");
      return FALSE;
    }

  if (version > PH_SCHEMA_VERSION)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                   "A later version of Playhead made this recording (format %" G_GINT64_FORMAT
                   "; this one reads up to %d)",
                   version, PH_SCHEMA_VERSION);
      return FALSE;
    }

  if (version < 1)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                           "The recording does not say which version it is");
      return FALSE;
    }

  return check_objects (db, version, error);
}

/* --- digests --------------------------------------------------------------- */

static const char *const list_queries[] = {
  "SELECT * FROM meta WHERE key NOT GLOB 'digest_*' ORDER BY key",
  "SELECT * FROM window ORDER BY number",
  "SELECT number, first_event, events, begin, \"end\", size, checksum FROM chunk ORDER BY number",
  "SELECT number, window, snapshot, next_event, time, against, size, checksum FROM keyframe "
  "ORDER BY number",
  "SELECT * FROM snapshot ORDER BY event",
  "SELECT * FROM focus ORDER BY number",
  "SELECT * FROM page ORDER BY number",
  "SELECT * FROM moment ORDER BY number",
  "SELECT * FROM idle ORDER BY begin",
  "SELECT * FROM activity ORDER BY step",
  "SELECT * FROM finding ORDER BY number",
  "SELECT * FROM pointer ORDER BY window",
  "SELECT * FROM asset ORDER BY number",
  NULL,
};

/* Version 1 had all but the last of them. */
#define N_LISTS_OF_VERSION_1 (G_N_ELEMENTS (list_queries) - 2)

static const char *const search_queries[] = {
  "SELECT id, block FROM moment_text_data ORDER BY id",
  "SELECT segid, term, pgno FROM moment_text_idx ORDER BY segid, term",
  "SELECT id, sz FROM moment_text_docsize ORDER BY id",
  "SELECT k, v FROM moment_text_config ORDER BY k",
  NULL,
};

static void
add_number (GChecksum *sum,
            gint64 number)
{
  guint64 bits = GUINT64_TO_LE ((guint64) number);

  g_checksum_update (sum, (const guchar *) &bits, sizeof bits);
}

static void
add_row (GChecksum *sum,
         PhStatement *statement)
{
  for (guint i = 0; i < ph_statement_n_columns (statement); i++)
    {
      PhDbType type = ph_statement_type (statement, i);
      gsize size;
      gconstpointer data;

      add_number (sum, type);

      if (type == PH_DB_INT)
        {
          add_number (sum, ph_statement_int (statement, i));
          continue;
        }

      data = ph_statement_data (statement, i, &size);
      add_number (sum, (gint64) size);

      if (size > 0)
        g_checksum_update (sum, data, (gssize) size);
    }
}

char *
ph_schema_digest (PhDb *db,
                  PhDigest digest,
                  GError **error)
{
  const char *const *queries = digest == PH_DIGEST_LISTS ? list_queries : search_queries;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize end = G_MAXSIZE;
  gint64 version;

  if (!ph_db_get_int (db, "PRAGMA user_version", &version, error))
    return NULL;

  if (version == 1 && digest == PH_DIGEST_LISTS)
    end = N_LISTS_OF_VERSION_1;

  for (guint i = 0; i < end && queries[i] != NULL; i++)
    {
      g_autoptr (PhStatement) statement = ph_db_prepare (db, queries[i], error);
      gboolean row;

      if (statement == NULL || !ph_statement_step (statement, &row, error))
        return NULL;

      add_number (sum, i);

      while (row)
        {
          add_row (sum, statement);

          if (!ph_statement_step (statement, &row, error))
            return NULL;
        }
    }

  return g_strdup (g_checksum_get_string (sum));
}

const char *
ph_schema_digest_key (PhDigest digest)
{
  return digest == PH_DIGEST_LISTS ? "digest_lists" : "digest_search";
}
