/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-schema.h"

#include "ph-error.h"
#include "ph-test.h"

static PhDb *
make_db (void)
{
  g_autoptr (GError) error = NULL;
  PhDb *db = ph_db_open_memory (&error);

  g_assert_no_error (error);
  ph_schema_create (db, &error);
  g_assert_no_error (error);

  return db;
}

static void
test_create (void)
{
  g_autoptr (PhDb) db = make_db ();
  g_autoptr (GError) error = NULL;
  gint64 number;

  g_assert_true (ph_schema_check (db, &error));
  g_assert_no_error (error);
  g_assert_true (ph_db_get_int (db, "PRAGMA application_id", &number, &error));
  g_assert_cmpint (number, ==, PH_SCHEMA_APPLICATION_ID);
  g_assert_true (ph_db_get_int (db, "PRAGMA user_version", &number, &error));
  g_assert_cmpint (number, ==, PH_SCHEMA_VERSION);

  /* Not twice. */
  g_assert_false (ph_schema_create (db, NULL));
}

/* Anything that is not ours, or more than ours, is refused. */
static void
test_check (void)
{
  static const struct
  {
    const char *sql;
    int code;
  } cases[] = {
    { "PRAGMA user_version = 4", PH_ERROR_UNSUPPORTED },
    { "PRAGMA user_version = 2147483647", PH_ERROR_UNSUPPORTED },
    { "PRAGMA user_version = 0", PH_ERROR_CORRUPT },
    { "PRAGMA user_version = -2147483647", PH_ERROR_CORRUPT },
    { "PRAGMA application_id = 1", PH_ERROR_UNKNOWN_FORMAT },
    { "PRAGMA user_version = 1", PH_ERROR_CORRUPT },
    { "PRAGMA user_version = 2", PH_ERROR_CORRUPT },
    { "DROP TABLE note", PH_ERROR_CORRUPT },
    { "CREATE TABLE more (a)", PH_ERROR_CORRUPT },
    { "CREATE VIEW v AS SELECT 1", PH_ERROR_CORRUPT },
    { "CREATE VIEW moment_text_view AS SELECT 1", PH_ERROR_CORRUPT },
    { "CREATE TRIGGER g AFTER INSERT ON note BEGIN DELETE FROM chunk; END", PH_ERROR_CORRUPT },
    { "CREATE INDEX i ON note (text)", PH_ERROR_CORRUPT },
    { "ALTER TABLE page ADD COLUMN more", PH_ERROR_CORRUPT },
    { "DROP TABLE page; CREATE VIRTUAL TABLE page USING fts5 (a)", PH_ERROR_CORRUPT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhDb) db = make_db ();
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].sql);
      g_assert_true (ph_db_run (db, cases[i].sql, &error));
      g_assert_false (ph_schema_check (db, &error));
      g_assert_error (error, PH_ERROR, cases[i].code);
    }
}

/* A file of version 1: its list of assets had other columns, and was in no digest. */
static void
test_version_1 (void)
{
  g_autoptr (PhDb) db = make_db ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = ph_schema_digest (db, PH_DIGEST_LISTS, NULL);
  g_autofree char *after = NULL;

  g_assert_true (ph_db_run (db,
                            "PRAGMA user_version = 1; DROP TABLE asset; DROP TABLE note;"
                            "CREATE TABLE note (\n  number INTEGER PRIMARY KEY,\n"
                            "  begin INTEGER NOT NULL,\n  \"end\" INTEGER,\n  window INTEGER,\n"
                            "  text TEXT NOT NULL\n);"
                            "CREATE TABLE asset (\n  url TEXT PRIMARY KEY,\n  type TEXT NOT NULL,\n"
                            "  size INTEGER NOT NULL,\n  checksum INTEGER NOT NULL,\n"
                            "  data BLOB NOT NULL\n) WITHOUT ROWID",
                            &error));
  g_assert_no_error (error);
  g_assert_true (ph_schema_check (db, &error));
  g_assert_no_error (error);

  after = ph_schema_digest (db, PH_DIGEST_LISTS, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after, !=, before);
}

static void
test_is_recording (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a", NULL);
  g_autofree char *head = NULL;
  gsize size;

  {
    g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, NULL);

    g_assert_true (ph_schema_create (db, NULL));
  }

  g_assert_true (g_file_get_contents (path, &head, &size, NULL));
  g_assert_true (ph_schema_is_recording ((const guint8 *) head, size));
  g_assert_true (ph_schema_is_recording ((const guint8 *) head, PH_SCHEMA_HEAD));
  g_assert_false (ph_schema_is_recording ((const guint8 *) head, PH_SCHEMA_HEAD - 1));
  g_assert_cmpint (ph_schema_file_bytes ((const guint8 *) head, PH_SCHEMA_HEAD), ==, size);
  g_assert_cmpint (ph_schema_file_bytes ((const guint8 *) head, PH_SCHEMA_HEAD - 1), ==, 0);
  head[71] ^= 1;
  g_assert_false (ph_schema_is_recording ((const guint8 *) head, size));
  head[71] ^= 1;
  head[15] = ' ';
  g_assert_false (ph_schema_is_recording ((const guint8 *) head, size));

  ph_test_remove_tree (folder);
}

/* Every list is in it, each value by its type. */
static void
test_digest (void)
{
  static const char *const changes[] = {
    "INSERT INTO meta VALUES ('a', '1')",
    "UPDATE meta SET value = 1",
    "INSERT INTO window VALUES (0, '', NULL, 1)",
    "UPDATE window SET first_picture = 0",
    "INSERT INTO chunk VALUES (0, 0, 1, 0, 0, 1, 1, x'')",
    "INSERT INTO keyframe VALUES (0, 0, 0, 1, 0, NULL, 1, 1, x'')",
    "UPDATE keyframe SET against = 0",
    "INSERT INTO snapshot VALUES (0, 0, NULL, NULL)",
    "INSERT INTO focus VALUES (0, 0, 0)",
    "INSERT INTO page VALUES (0, 0, 0, 0, 'a', 'bc', 1, 1)",
    "UPDATE page SET url = 'ab', title = 'c'",
    "INSERT INTO moment VALUES (0, 0, 0, 'page', 0, NULL, 'x')",
    "INSERT INTO idle VALUES (0, 1)",
    "INSERT INTO activity VALUES (0, 1)",
    "INSERT INTO finding VALUES (0, 'limit', NULL, NULL, 1)",
    "INSERT INTO pointer VALUES (0, 1, 1, x'01')",
    "INSERT INTO asset VALUES (1, 'https://a.example/b', 'image', 0, 0)",
    "UPDATE asset SET kind = 'font'",
  };
  g_autoptr (PhDb) db = make_db ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *search = ph_schema_digest (db, PH_DIGEST_SEARCH, NULL);
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_test_message ("%s", changes[i]);
      g_assert_true (ph_db_run (db, changes[i], NULL));
      g_assert_true (g_hash_table_add (seen, ph_schema_digest (db, PH_DIGEST_LISTS, NULL)));
    }

  /* Notes are written later, and digests are not in themselves. */
  g_assert_true (ph_db_run (db,
                            "INSERT INTO note VALUES (0, 'a', 0, NULL, NULL, NULL, NULL, NULL, "
                            "'idea', "
                            "'none', 'x', '', 0, 0);"
                            "INSERT INTO meta VALUES ('digest_lists', 'x')",
                            NULL));
  last = ph_schema_digest (db, PH_DIGEST_LISTS, NULL);
  g_assert_true (g_hash_table_contains (seen, last));

  again = ph_schema_digest (db, PH_DIGEST_SEARCH, NULL);
  g_assert_cmpstr (search, ==, again);
  g_assert_true (
    ph_db_run (db, "INSERT INTO moment_text (moment_text) VALUES ('rebuild')", NULL));
  other = ph_schema_digest (db, PH_DIGEST_SEARCH, NULL);
  g_assert_cmpstr (search, !=, other);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/create", test_create);
  g_test_add_func ("/schema/check", test_check);
  g_test_add_func ("/schema/version-1", test_version_1);
  g_test_add_func ("/schema/is-recording", test_is_recording);
  g_test_add_func ("/schema/digest", test_digest);

  return g_test_run ();
}
