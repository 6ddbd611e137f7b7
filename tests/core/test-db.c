/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-db.h"

#include "ph-error.h"
#include "ph-test.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = ph_test_tmp_dir ();
  fixture->path = g_build_filename (fixture->folder, "a.db", NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_db_fail_step (0);
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static PhDb *
open_db (const char *path,
         PhDbMode mode)
{
  g_autoptr (GError) error = NULL;
  PhDb *db = ph_db_open (path, mode, &error);

  g_assert_no_error (error);

  return db;
}

static void
run (PhDb *db,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  ph_db_run (db, sql, &error);
  g_assert_no_error (error);
}

static void
test_values (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (PhDb) db = open_db (fixture->path, PH_DB_WRITE);
  g_autoptr (GBytes) blob = g_bytes_new_static ("a\0b", 3);
  g_autoptr (GBytes) empty = g_bytes_new_static (NULL, 0);
  g_autoptr (GError) error = NULL;
  gsize size;
  gboolean row;

  run (db, "CREATE TABLE t (a, b, c, d, e)");

  {
    g_autoptr (PhStatement) add =
      ph_db_prepare (db, "INSERT INTO t VALUES (?, ?, ?, ?, ?)", &error);

    g_assert_no_error (error);
    ph_statement_bind_int (add, 0, G_MININT64);
    ph_statement_bind_text (add, 1, "grün");
    ph_statement_bind_blob (add, 2, blob);
    ph_statement_bind_null (add, 3);
    ph_statement_bind_blob (add, 4, empty);
    g_assert_true (ph_statement_run (add, &error));

    /* Parameters do not stay from one row to the next. */
    ph_statement_bind_text (add, 1, NULL);
    g_assert_true (ph_statement_run (add, &error));
  }

  {
    g_autoptr (PhStatement) find = ph_db_prepare (db, "SELECT * FROM t ORDER BY rowid", &error);

    g_assert_true (ph_statement_step (find, &row, &error) && row);
    g_assert_cmpuint (ph_statement_n_columns (find), ==, 5);
    g_assert_cmpint (ph_statement_type (find, 0), ==, PH_DB_INT);
    g_assert_cmpint (ph_statement_int (find, 0), ==, G_MININT64);
    g_assert_cmpstr (ph_statement_text (find, 1), ==, "grün");
    g_assert_cmpmem (ph_statement_data (find, 2, &size), 3, "a\0b", 3);
    g_assert_cmpuint (size, ==, 3);
    g_assert_cmpint (ph_statement_type (find, 3), ==, PH_DB_NULL);
    g_assert_cmpint (ph_statement_type (find, 4), ==, PH_DB_BLOB);
    ph_statement_data (find, 4, &size);
    g_assert_cmpuint (size, ==, 0);

    /* What is of another type reads as nothing. */
    g_assert_cmpint (ph_statement_int (find, 1), ==, 0);
    g_assert_cmpstr (ph_statement_text (find, 0), ==, "");
    g_assert_null (ph_statement_data (find, 3, &size));

    g_assert_true (ph_statement_step (find, &row, &error) && row);
    g_assert_cmpint (ph_statement_type (find, 0), ==, PH_DB_NULL);
    g_assert_cmpint (ph_statement_type (find, 1), ==, PH_DB_NULL);
    g_assert_true (ph_statement_step (find, &row, &error));
    g_assert_false (row);
  }
}

/* Text out of a stranger's file is valid UTF-8 when it is read. */
static void
test_invalid_text (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (PhDb) db = open_db (fixture->path, PH_DB_WRITE);
  g_autoptr (PhStatement) find =
    ph_db_prepare (db, "SELECT CAST (x'61ff62' AS TEXT), CAST (x'610062' AS TEXT)", NULL);
  gboolean row;

  g_assert_true (ph_statement_step (find, &row, NULL) && row);
  g_assert_cmpstr (ph_statement_text (find, 0), ==, "a\357\277\275b");
  g_assert_cmpstr (ph_statement_text (find, 1), ==, "a");
}

static void
test_get_int (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (PhDb) db = open_db (fixture->path, PH_DB_WRITE);
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  run (db, "-- a comment\n; PRAGMA user_version = 7; ");
  g_assert_true (ph_db_get_int (db, "PRAGMA user_version", &number, &error));
  g_assert_cmpint (number, ==, 7);
  g_assert_false (ph_db_get_int (db, "SELECT 1 WHERE 0", &number, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
}

static void
test_errors (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhDb) db = NULL;
  g_autoptr (PhDb) second = NULL;
  g_autoptr (PhDb) reader = NULL;

  g_assert_null (ph_db_open (fixture->path, PH_DB_READ, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_STORE);
  g_assert_true (g_str_has_prefix (error->message, "The recording file failed: "));
  g_clear_error (&error);
  g_assert_null (ph_db_open_named (fixture->path, PH_DB_READ, "The library", &error));
  g_assert_true (g_str_has_prefix (error->message, "The library failed: "));
  g_clear_error (&error);

  db = open_db (fixture->path, PH_DB_WRITE);
  run (db, "CREATE TABLE t (a UNIQUE)");
  g_assert_null (ph_db_prepare (db, "SELEC", &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_STORE);
  g_clear_error (&error);
  g_assert_false (ph_db_run (db, "INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)", &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_STORE);
  g_clear_error (&error);

  reader = open_db (fixture->path, PH_DB_READ);
  g_assert_false (ph_db_run (reader, "DELETE FROM t", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);

  /* Somebody else is writing. */
  run (db, "BEGIN IMMEDIATE");
  second = open_db (fixture->path, PH_DB_WRITE);
  run (second, "PRAGMA busy_timeout = 1");
  g_assert_false (ph_db_run (second, "BEGIN IMMEDIATE", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  run (db, "ROLLBACK");

  run (db, "PRAGMA max_page_count = 3");
  g_assert_false (ph_db_run (db, "INSERT INTO t VALUES (zeroblob (100000))", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_not_a_database (Fixture *fixture,
                     gconstpointer data)
{
  g_autofree char *noise = g_strnfill (5000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, noise, -1, NULL));

  {
    g_autoptr (PhDb) db = ph_db_open (fixture->path, PH_DB_READ, &error);
    gint64 n;

    if (db != NULL)
      g_assert_false (ph_db_get_int (db, "SELECT count (*) FROM sqlite_schema", &n, &error));
  }

  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
}

/* A schema of a stranger's runs nothing. */
static void
test_hardened (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (PhDb) db = open_db (fixture->path, PH_DB_WRITE);
  gint64 n;

  run (db, "CREATE TABLE t (a)");
  g_assert_false (ph_db_get_int (db, "SELECT load_extension ('x')", &n, NULL));
  g_assert_false (ph_db_run (db, "ATTACH 'x' AS y", NULL));
  run (db, "CREATE VIEW v AS SELECT 1");
  g_assert_false (ph_db_get_int (db, "SELECT * FROM v", &n, NULL));
  run (db, "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END; INSERT INTO t VALUES (1)");
  g_assert_true (ph_db_get_int (db, "SELECT count (*) FROM t", &n, NULL));
  g_assert_cmpint (n, ==, 1);
  g_assert_false (ph_db_run (db, "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema", NULL));
}

static void
test_fail_step (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (PhDb) db = open_db (fixture->path, PH_DB_WRITE);

  ph_db_fail_step (0);
  run (db, "CREATE TABLE t (a); INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)");
  g_assert_cmpuint (ph_db_count_steps (), ==, 3);

  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (GError) error = NULL;

      ph_db_fail_step (n);
      g_assert_false (ph_db_run (db, "DELETE FROM t; DELETE FROM t; DELETE FROM t", &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_STORE);
      g_assert_cmpuint (ph_db_count_steps (), ==, n);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/db/values", test_values);
  ADD ("/db/invalid-text", test_invalid_text);
  ADD ("/db/get-int", test_get_int);
  ADD ("/db/errors", test_errors);
  ADD ("/db/not-a-database", test_not_a_database);
  ADD ("/db/hardened", test_hardened);
  ADD ("/db/fail-step", test_fail_step);

  return g_test_run ();
}
