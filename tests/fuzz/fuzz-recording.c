/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-cursor.h"
#include "ph-db.h"
#include "ph-dom-pack.h"
#include "ph-hash.h"
#include "ph-save.h"
#include "ph-schema.h"
#include "ph-squeeze.h"
#include "ph-test.h"
#include "ph-verify.h"
#include "session-maker.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * A whole recording as somebody may send it. Bytes that begin as SQLite's files do
 * are the file; all others are decisions: rows of a sound recording are changed,
 * and its checksums made to fit, as they do who mean harm. It may be refused, or
 * played, but what is saved of it is a sound recording.
 */
#define N_SEEKS 5
#define MAX_EDITS 12

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize pos;
} Bytes;

static char *path;
static char *saved_path;
static char *sound; /* a recording */
static gsize sound_size;

/* Never two of these among the arguments of one call: compilers order those as they like. */
static guint
take (Bytes *bytes,
      guint below)
{
  return bytes->pos < bytes->size ? bytes->data[bytes->pos++] % below : 0;
}

/* --- the sound one --------------------------------------------------------- */

static char *
make_archive (void)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autofree char *page = ph_make_snapshot ("start");
  g_autofree char *snapshot = ph_make_event (2, 1000, page);
  g_autofree char *later = ph_make_event (2, 30000, page);

  g_string_append_printf (
    text, "{\"type\":4,\"timestamp\":999,\"data\":{\"href\":\"https://a/\",\"width\":9,"
          "\"height\":9}},%s,%s",
    snapshot, later);

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text,
                            ",{\"type\":3,\"timestamp\":%u,\"data\":{\"source\":0,\"texts\":[{"
                            "\"id\":6,\"value\":\"%u\"}],\"attributes\":[],\"removes\":[],"
                            "\"adds\":[]}},{\"type\":3,\"timestamp\":%u,\"data\":{\"source\":2,"
                            "\"type\":2,\"id\":5,\"x\":%u,\"y\":4}}",
                            1100 + 1000 * i, i, 1150 + 1000 * i, i);

  g_string_append_c (text, ']');

  return g_strdup (text->str);
}

static PhDb *
open_db (void)
{
  PhDb *db = ph_db_open (path, PH_DB_WRITE, NULL);

  g_assert_nonnull (db);

  return db;
}

static void
run (PhDb *db,
     const char *sql)
{
  /* Some break a table's own rules. */
  ph_db_run (db, sql, NULL);
}

static void
damage_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  g_error ("%s", text);
}

static void mend (PhDb *db);

static char *made_folder;

static void
clean_up (void)
{
  ph_test_remove_tree (made_folder);
}

/* With a stored page, which so short a session would not have. */
static void
make_sound (void)
{
  g_autofree char *archive = make_archive ();
  g_autoptr (PhSession) session = ph_make_session_from_text (archive, NULL);
  char *folder = ph_test_tmp_dir ();
  g_autoptr (GFile) file = NULL;

  made_folder = folder;
  atexit (clean_up);
  path = g_build_filename (folder, "a.playhead", NULL);
  saved_path = g_build_filename (folder, "b.playhead", NULL);
  file = g_file_new_for_path (path);
  g_assert_nonnull (session);
  g_assert_true (ph_session_save (session, file, NULL, NULL, NULL, NULL, NULL));

  {
    g_autoptr (PhDb) db = open_db ();
    g_autoptr (PhCursor) cursor = ph_cursor_new (session);
    g_autoptr (PhSqueezer) squeezer = ph_squeezer_new (3);
    g_autoptr (PhStatement) add = NULL;

    add = ph_db_prepare (db, "INSERT INTO keyframe VALUES (?, 0, 1, ?, ?, ?, ?, 0, ?)", NULL);

    for (guint i = 0; i < 3; i++)
      {
        guint end = 5 + 10 * i;
        PhTime time = ph_session_get_event (session, end - 1)->time;
        g_autoptr (GBytes) page = NULL;
        g_autoptr (GBytes) squeezed = NULL;

        ph_cursor_seek (cursor, time);
        page = ph_dom_pack (ph_cursor_get_dom (cursor));
        squeezed =
          ph_squeeze (squeezer, g_bytes_get_data (page, NULL), g_bytes_get_size (page), NULL);
        ph_statement_bind_int (add, 0, i);
        ph_statement_bind_int (add, 1, end);
        ph_statement_bind_int (add, 2, time);
        ph_statement_bind_null (add, 3);
        ph_statement_bind_int (add, 4, (gint64) g_bytes_get_size (page));
        ph_statement_bind_blob (add, 5, squeezed);
        g_assert_true (ph_statement_run (add, NULL));
      }

    mend (db);
  }

  g_assert_true (g_file_get_contents (path, &sound, &sound_size, NULL));

  {
    g_autoptr (PhSession) again = ph_session_open (file, NULL, NULL, NULL, NULL);

    g_assert_true (ph_session_verify (again, damage_cb, NULL));
    g_assert_cmpuint (ph_session_n_keyframes (again), ==, 3);
  }
}

/* --- changes --------------------------------------------------------------- */

static const struct
{
  const char *name;
  const char *columns[9];
} tables[] = {
  { "meta", { "key", "value" } },
  { "window", { "number", "name", "first_picture", "events" } },
  { "chunk", { "number", "first_event", "events", "begin", "\"end\"", "size", "data" } },
  { "keyframe",
    { "number", "window", "snapshot", "next_event", "time", "against", "size", "data" } },
  { "snapshot", { "event", "window", "meta", "resize" } },
  { "focus", { "number", "time", "window" } },
  { "page", { "number", "window", "begin", "\"end\"", "url", "title", "width", "height" } },
  { "moment", { "number", "time", "window", "kind", "severity", "node", "text" } },
  { "idle", { "begin", "\"end\"" } },
  { "activity", { "step", "events" } },
  { "finding", { "number", "kind", "time", "text", "events" } },
  { "pointer", { "window", "size", "data" } },
};

static const char *const values[] = {
  "0",
  "1",
  "2",
  "-1",
  "3",
  "40",
  "82",
  "83",
  "84",
  "1000000",
  "31000000",
  "2147483647",
  "4294967295",
  "4294967296",
  "9223372036854775807",
  "-9223372036854775808",
  "NULL",
  "1.5",
  "''",
  "'1'",
  "'a' || char (10) || 'b'",
  "x'ff00fe'",
  "CAST (x'fffe' AS TEXT)",
  "zeroblob (65536)",
};

/* Content of the caller's choice, squeezed as it should be. */
static void
set_data (PhDb *db,
          Bytes *bytes,
          const char *table,
          guint row)
{
  g_autofree char *sql = NULL;
  g_autoptr (PhStatement) statement = NULL;
  g_autoptr (PhSqueezer) squeezer = ph_squeezer_new (1);
  g_autoptr (GBytes) squeezed = NULL;
  gsize wanted = take (bytes, 200) + 1;
  gsize size = MIN (wanted, bytes->size - bytes->pos);

  if (size == 0)
    return;

  squeezed = ph_squeeze (squeezer, bytes->data + bytes->pos, size, NULL);
  bytes->pos += size;
  sql = g_strdup_printf ("UPDATE %s SET size = ?, data = ? WHERE rowid = %u", table, row);
  statement = ph_db_prepare (db, sql, NULL);
  ph_statement_bind_int (statement, 0, (gint64) size);
  ph_statement_bind_blob (statement, 1, squeezed);
  ph_statement_run (statement, NULL);
}

static void
edit (PhDb *db,
      Bytes *bytes)
{
  guint table = take (bytes, G_N_ELEMENTS (tables));
  const char *name = tables[table].name;
  const char *key = tables[table].columns[0];
  guint n_columns = 0;
  guint action = take (bytes, 8);
  guint row = take (bytes, 6);
  guint column;
  guint value = take (bytes, G_N_ELEMENTS (values));
  g_autofree char *sql = NULL;

  while (n_columns < G_N_ELEMENTS (tables[table].columns) &&
         tables[table].columns[n_columns] != NULL)
    n_columns++;

  column = take (bytes, n_columns);

  if (action == 0)
    sql = g_strdup_printf ("DELETE FROM %s WHERE %s IN (SELECT %s FROM %s ORDER BY 1 "
                           "LIMIT 1 OFFSET %u)",
                           name, key, key, name, row);
  else if (action == 1 && strcmp (name, "meta") != 0)
    {
      /* One more, like this one. */
      sql = g_strdup_printf ("CREATE TEMP TABLE t AS SELECT * FROM %s LIMIT 1 OFFSET %u; "
                             "UPDATE t SET %s = %s; INSERT INTO %s SELECT * FROM t; DROP TABLE t",
                             name, row, key, values[value], name);
    }
  else if (action == 2 && g_str_equal (tables[table].columns[n_columns - 1], "data"))
    {
      set_data (db, bytes, name, row);
      return;
    }
  else
    sql = g_strdup_printf ("UPDATE %s SET %s = %s WHERE %s IN (SELECT %s FROM %s ORDER BY 1 "
                           "LIMIT 1 OFFSET %u)",
                           name, tables[table].columns[column], values[value], key, key, name, row);

  run (db, sql);
}

/* Checksums of rows whose @n first columns they are over; @sql gives rowid, those, and data. */
static void
mend_rows (PhDb *db,
           const char *select,
           const char *update)
{
  g_autoptr (PhStatement) rows = ph_db_prepare (db, select, NULL);
  g_autoptr (PhStatement) set = ph_db_prepare (db, update, NULL);
  gboolean row;

  while (ph_statement_step (rows, &row, NULL) && row)
    {
      guint n = ph_statement_n_columns (rows) - 2;
      gint64 numbers[8];
      gsize size;
      gconstpointer data = ph_statement_data (rows, n + 1, &size);

      for (guint i = 0; i < n; i++)
        numbers[i] = ph_statement_int (rows, i + 1);

      ph_statement_bind_int (set, 0, ph_checksum (numbers, n, data, size));
      ph_statement_bind_int (set, 1, ph_statement_int (rows, 0));
      ph_statement_run (set, NULL);
    }
}

static void
mend (PhDb *db)
{
  static const PhDigest digests[] = { PH_DIGEST_SEARCH, PH_DIGEST_LISTS };

  mend_rows (db,
             "SELECT rowid, number, first_event, events, begin, \"end\", size, data FROM chunk",
             "UPDATE chunk SET checksum = ? WHERE rowid = ?");
  mend_rows (db,
             "SELECT rowid, number, window, snapshot, next_event, time, ifnull (against, -1), "
             "size, data FROM keyframe",
             "UPDATE keyframe SET checksum = ? WHERE rowid = ?");
  mend_rows (db, "SELECT rowid, window, size, data FROM pointer",
             "UPDATE pointer SET checksum = ? WHERE rowid = ?");

  for (guint i = 0; i < G_N_ELEMENTS (digests); i++)
    {
      g_autofree char *digest = ph_schema_digest (db, digests[i], NULL);
      g_autoptr (PhStatement) set =
        ph_db_prepare (db, "INSERT OR REPLACE INTO meta VALUES (?, ?)", NULL);

      ph_statement_bind_text (set, 0, ph_schema_digest_key (digests[i]));
      ph_statement_bind_text (set, 1, digest);
      ph_statement_run (set, NULL);
    }
}

static void
change (Bytes *bytes)
{
  g_autoptr (PhDb) db = open_db ();

  ph_db_run (db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN", NULL);

  for (guint n = 0; n < MAX_EDITS && bytes->pos < bytes->size; n++)
    edit (db, bytes);

  mend (db);
  ph_db_run (db, "COMMIT", NULL);
}

/* --- use ------------------------------------------------------------------- */

static void
finding_cb (PhTime time,
            const char *text,
            gpointer user_data)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
seek (PhSession *session)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  PhSpan span = ph_session_get_span (session);

  for (guint i = 0; i < N_SEEKS * 2; i++)
    {
      g_autoptr (GBytes) patch = NULL;

      ph_cursor_set_window (cursor, i % 2 == 0 ? G_MAXUINT32
                                               : i / 2 % ph_session_get_n_windows (session));
      ph_cursor_seek (cursor, span.begin + (span.end - span.begin) / N_SEEKS * (i * 3 % N_SEEKS));
      ph_dom_check (ph_cursor_get_dom (cursor));
      patch = ph_cursor_take_patch (cursor, TRUE);
    }
}

/* Sound, whatever it comes from. */
static void
save (PhSession *session)
{
  g_autoptr (GFile) file = g_file_new_for_path (saved_path);
  g_autoptr (PhSession) again = NULL;
  g_autoptr (GError) error = NULL;

  if (!ph_session_save (session, file, NULL, NULL, NULL, NULL, &error))
    return;

  again = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ph_session_verify (again, damage_cb, NULL));
  g_unlink (saved_path);
}

static void
use (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_assert_cmpint (session == NULL, ==, error != NULL);

  if (session == NULL)
    return;

  seek (session);
  ph_session_verify (session, finding_cb, NULL);
  save (session);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  Bytes bytes = { data, size, 0 };
  gboolean is_file = size >= 6 && memcmp (data, "SQLite", 6) == 0;
  FILE *out;

  if (path == NULL)
    make_sound ();

  out = fopen (path, "we");
  fwrite (is_file ? (const char *) data : sound, 1, is_file ? size : sound_size, out);
  fclose (out);

  if (!is_file)
    change (&bytes);

  use ();

  return 0;
}
