/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-db.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <errno.h>
#include <gio/gio.h>
#include <sqlite3.h>

/* How long another program's lock is waited for, milliseconds. */
#define BUSY_TIMEOUT 2000

#define RECORDING "The recording file"

struct _PhDb
{
  sqlite3 *handle;
  const char *name; /* what errors call it */
};

struct _PhStatement
{
  PhDb *db; /* borrowed */
  sqlite3_stmt *handle;
  int bind_result;  /* of the first bind that failed, or SQLITE_OK */
  GPtrArray *texts; /* that had to be made valid, for this row */
};

static __thread guint n_steps;
static __thread guint failing_step;

void
ph_db_fail_step (guint n)
{
  n_steps = 0;
  failing_step = n;
}

guint
ph_db_count_steps (void)
{
  return n_steps;
}

/* --- errors ---------------------------------------------------------------- */

static gboolean
is_no_room (int code)
{
  return code == ENOSPC || code == EDQUOT || code == EFBIG;
}

/* What the system said about a write that failed: SQLite knows one way of having no room only. */
static gboolean
is_without_room (PhDb *db,
                 int result)
{
  sqlite3_file *beside = NULL;
  int code = 0;
  int code_beside = 0;

  if ((result & 0xff) != SQLITE_IOERR || db->handle == NULL)
    return FALSE;

  sqlite3_file_control (db->handle, "main", SQLITE_FCNTL_LAST_ERRNO, &code);

  /* The one that is written ahead, or what is needed to go back. */
  sqlite3_file_control (db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &beside);

  if (beside != NULL && beside->pMethods != NULL)
    beside->pMethods->xFileControl (beside, SQLITE_FCNTL_LAST_ERRNO, &code_beside);

  return is_no_room (code) || is_no_room (code_beside);
}

static void
set_error (GError **error,
           PhDb *db,
           int result)
{
  if (is_without_room (db, result))
    result = SQLITE_FULL;

  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "%s is damaged", db->name);
      break;

    case SQLITE_FULL:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                           "There is no space left on the disk");
      break;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                           "Another program is writing to the file");
      break;

    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                           "The file may not be written");
      break;

    case SQLITE_TOOBIG:
      g_set_error_literal (error, PH_ERROR, PH_ERROR_TOO_LARGE, "A value is too large to be kept");
      break;

    default:
      g_set_error (error, PH_ERROR, PH_ERROR_STORE, "%s failed: %s", db->name,
                   db->handle != NULL ? sqlite3_errmsg (db->handle) : sqlite3_errstr (result));
      break;
    }
}

/* --- opening --------------------------------------------------------------- */

/* What a stranger's schema could do is off. */
static void
harden (PhDb *db)
{
  static const struct
  {
    int option;
    int value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    sqlite3_db_config (db->handle, options[i].option, options[i].value, NULL);

  sqlite3_limit (db->handle, SQLITE_LIMIT_LENGTH, (int) PH_LIMIT_STORE_VALUE);
  sqlite3_limit (db->handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_busy_timeout (db->handle, BUSY_TIMEOUT);
  sqlite3_extended_result_codes (db->handle, 1);
}

static PhDb *
open_database (const char *path,
               int flags,
               const char *name,
               GError **error)
{
  g_autoptr (PhDb) db = g_new0 (PhDb, 1);
  int result = sqlite3_open_v2 (path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);

  db->name = name;

  if (result != SQLITE_OK)
    {
      set_error (error, db, result);
      return NULL;
    }

  harden (db);

  if (!ph_db_run (db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;", error))
    return NULL;

  return g_steal_pointer (&db);
}

PhDb *
ph_db_open (const char *path,
            PhDbMode mode,
            GError **error)
{
  return ph_db_open_named (path, mode, RECORDING, error);
}

PhDb *
ph_db_open_named (const char *path,
                  PhDbMode mode,
                  const char *name,
                  GError **error)
{
  int flags =
    mode == PH_DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

  return open_database (path, flags, name, error);
}

PhDb *
ph_db_open_memory (GError **error)
{
  return open_database (":memory:", SQLITE_OPEN_READWRITE, RECORDING, error);
}

void
ph_db_free (PhDb *db)
{
  if (db == NULL)
    return;

  sqlite3_close_v2 (db->handle);
  g_free (db);
}

/* --- running --------------------------------------------------------------- */

static PhStatement *
prepare (PhDb *db,
         const char *sql,
         const char **rest,
         GError **error)
{
  PhStatement *statement;
  sqlite3_stmt *handle = NULL;
  int result = sqlite3_prepare_v2 (db->handle, sql, -1, &handle, rest);

  if (result != SQLITE_OK)
    {
      set_error (error, db, result);
      return NULL;
    }

  statement = g_new0 (PhStatement, 1);
  statement->db = db;
  statement->handle = handle;

  return statement;
}

gboolean
ph_db_run (PhDb *db,
           const char *sql,
           GError **error)
{
  while (*sql != '\0')
    {
      g_autoptr (PhStatement) statement = prepare (db, sql, &sql, error);
      gboolean row = TRUE;

      if (statement == NULL)
        return FALSE;

      /* White space or a comment. */
      if (statement->handle == NULL)
        continue;

      while (row)
        {
          if (!ph_statement_step (statement, &row, error))
            return FALSE;
        }
    }

  return TRUE;
}

gboolean
ph_db_get_int (PhDb *db,
               const char *sql,
               gint64 *out,
               GError **error)
{
  g_autoptr (PhStatement) statement = ph_db_prepare (db, sql, error);
  gboolean row;

  if (statement == NULL || !ph_statement_step (statement, &row, error))
    return FALSE;

  if (!row)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "%s is damaged", db->name);
      return FALSE;
    }

  *out = ph_statement_int (statement, 0);

  return TRUE;
}

PhStatement *
ph_db_prepare (PhDb *db,
               const char *sql,
               GError **error)
{
  return prepare (db, sql, NULL, error);
}

void
ph_statement_free (PhStatement *statement)
{
  if (statement == NULL)
    return;

  sqlite3_finalize (statement->handle);
  g_clear_pointer (&statement->texts, g_ptr_array_unref);
  g_free (statement);
}

/* --- parameters ------------------------------------------------------------ */

static void
note_bind (PhStatement *statement,
           int result)
{
  if (statement->bind_result == SQLITE_OK)
    statement->bind_result = result;
}

void
ph_statement_bind_int (PhStatement *statement,
                       guint index,
                       gint64 value)
{
  note_bind (statement, sqlite3_bind_int64 (statement->handle, (int) index + 1, value));
}

void
ph_statement_bind_text (PhStatement *statement,
                        guint index,
                        const char *text)
{
  note_bind (statement, sqlite3_bind_text (statement->handle, (int) index + 1, text, -1,
                                           SQLITE_TRANSIENT));
}

void
ph_statement_bind_blob (PhStatement *statement,
                        guint index,
                        GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  /* No data would be taken for NULL. */
  note_bind (statement,
             sqlite3_bind_blob64 (statement->handle, (int) index + 1, data != NULL ? data : "",
                                  size, SQLITE_TRANSIENT));
}

void
ph_statement_bind_null (PhStatement *statement,
                        guint index)
{
  note_bind (statement, sqlite3_bind_null (statement->handle, (int) index + 1));
}

/* --- steps ----------------------------------------------------------------- */

gboolean
ph_statement_step (PhStatement *statement,
                   gboolean *row,
                   GError **error)
{
  int result = statement->bind_result;

  g_clear_pointer (&statement->texts, g_ptr_array_unref);
  n_steps++;

  if (n_steps == failing_step)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_STORE, "%s failed: a test wants it",
                   statement->db->name);
      return FALSE;
    }

  if (result == SQLITE_OK)
    result = sqlite3_step (statement->handle);

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    {
      set_error (error, statement->db, result);
      return FALSE;
    }

  *row = result == SQLITE_ROW;

  return TRUE;
}

gboolean
ph_statement_run (PhStatement *statement,
                  GError **error)
{
  gboolean row;
  gboolean done = ph_statement_step (statement, &row, error);

  ph_statement_reset (statement);

  return done;
}

void
ph_statement_reset (PhStatement *statement)
{
  g_clear_pointer (&statement->texts, g_ptr_array_unref);
  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
  statement->bind_result = SQLITE_OK;
}

/* --- columns --------------------------------------------------------------- */

guint
ph_statement_n_columns (PhStatement *statement)
{
  return (guint) sqlite3_column_count (statement->handle);
}

PhDbType
ph_statement_type (PhStatement *statement,
                   guint column)
{
  switch (sqlite3_column_type (statement->handle, (int) column))
    {
    case SQLITE_INTEGER:
      return PH_DB_INT;

    case SQLITE_FLOAT:
      return PH_DB_REAL;

    case SQLITE_TEXT:
      return PH_DB_TEXT;

    case SQLITE_BLOB:
      return PH_DB_BLOB;

    default:
      return PH_DB_NULL;
    }
}

gint64
ph_statement_int (PhStatement *statement,
                  guint column)
{
  if (ph_statement_type (statement, column) != PH_DB_INT)
    return 0;

  return sqlite3_column_int64 (statement->handle, (int) column);
}

const char *
ph_statement_text (PhStatement *statement,
                   guint column)
{
  const char *text;

  if (ph_statement_type (statement, column) != PH_DB_TEXT)
    return "";

  text = (const char *) sqlite3_column_text (statement->handle, (int) column);

  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return text != NULL ? text : "";

  if (statement->texts == NULL)
    statement->texts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (statement->texts, g_utf8_make_valid (text, -1));

  return statement->texts->pdata[statement->texts->len - 1];
}

gconstpointer
ph_statement_data (PhStatement *statement,
                   guint column,
                   gsize *size)
{
  PhDbType type = ph_statement_type (statement, column);
  gconstpointer data = NULL;

  *size = 0;

  if (type == PH_DB_TEXT || type == PH_DB_BLOB)
    {
      data = sqlite3_column_blob (statement->handle, (int) column);
      *size = data != NULL ? (gsize) sqlite3_column_bytes (statement->handle, (int) column) : 0;
    }

  return data;
}
