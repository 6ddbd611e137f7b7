/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-library-schema.h"

#include "ph-error.h"

#include <gio/gio.h>

static PhDb *
make_db (const char *sql)
{
  g_autoptr (GError) error = NULL;
  PhDb *db = ph_db_open_memory (&error);

  g_assert_no_error (error);
  ph_db_run (db, sql, &error);
  g_assert_no_error (error);

  return db;
}

static gint64
get_int (PhDb *db,
         const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = -1;

  ph_db_get_int (db, sql, &number, &error);
  g_assert_no_error (error);

  return number;
}

/* From nothing up, and once more. */
static void
test_update (void)
{
  g_autoptr (PhDb) db = make_db ("");
  g_autoptr (GError) error = NULL;
  gboolean is_empty = FALSE;

  g_assert_true (ph_library_schema_check (db, &is_empty, &error));
  g_assert_true (is_empty);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (ph_library_schema_update (db, &error));
      g_assert_no_error (error);
      g_assert_cmpint (get_int (db, "PRAGMA user_version"), ==, PH_LIBRARY_VERSION);
      g_assert_cmpint (get_int (db, "SELECT count (*) FROM sqlite_schema WHERE name IN "
                                    "('recording', 'note', 'tag', 'tag_name')"),
                       ==, 4);
    }

  g_assert_true (ph_library_schema_check (db, &is_empty, &error));
  g_assert_false (is_empty);
}

/* Whichever step of it fails, there is nothing or all of it. */
static void
test_fails (void)
{
  g_autoptr (PhDb) db = make_db ("");
  guint n = 1;

  for (gboolean done = FALSE; !done; n++)
    {
      g_autoptr (GError) error = NULL;

      ph_db_fail_step (n);
      done = ph_library_schema_update (db, &error);
      ph_db_fail_step (0);
      g_assert_cmpint (done, ==, error == NULL);
      g_assert_cmpint (get_int (db, "SELECT count (*) > 0 FROM sqlite_schema"), ==, done);
      g_assert_cmpint (get_int (db, "PRAGMA user_version"), ==, done ? PH_LIBRARY_VERSION : 0);
    }

  g_assert_cmpuint (n, >, 8);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *sql;
    int code;
    const char *message;
  } cases[] = {
    { "PRAGMA application_id = 1346915377; PRAGMA user_version = 2", PH_ERROR_UNSUPPORTED,
      "A later version of Playhead made the library (format 2; this one reads up to 1)" },
    { "PRAGMA application_id = 5; PRAGMA user_version = 1", PH_ERROR_CORRUPT,
      "This is a database, but no library of Playhead" },
    { "CREATE TABLE a (b)", PH_ERROR_CORRUPT, "This is a database, but no library of Playhead" },
    { "PRAGMA user_version = -1", PH_ERROR_CORRUPT,
      "This is a database, but no library of Playhead" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhDb) db = make_db (cases[i].sql);
      g_autoptr (GError) error = NULL;
      gboolean is_empty;

      g_assert_false (ph_library_schema_update (db, &error));
      g_assert_error (error, PH_ERROR, cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_false (ph_library_schema_check (db, &is_empty, NULL));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library-schema/update", test_update);
  g_test_add_func ("/library-schema/fails", test_fails);
  g_test_add_func ("/library-schema/refused", test_refused);

  return g_test_run ();
}
