/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A recording that is cut, or in which a byte is another one. Opening it and
 * seeking all over it neither crashes nor takes long, verify finds the damage,
 * and events that are given are right. Where verify finds nothing, nothing is
 * there to be found: every row of every table is what it was. `-m slow`: at some
 * thousand places, each page of the file among them.
 */

#include "fault-driver.h"

#include "ph-cursor.h"
#include "ph-db.h"
#include "ph-dom-pack.h"
#include "ph-save.h"
#include "ph-test.h"
#include "ph-verify.h"

#include <stdio.h>
#include <string.h>

#define N_SEEKS 9
/* Of PRAGMA page_size. */
#define PAGE 1024
/* Longer than anything may take, microseconds. */
#define LONG (10 * G_USEC_PER_SEC)

#define FLIPS 150
#define CUTS 40
#define SLOW_FLIPS_PER_PAGE 8
#define SLOW_CUTS 400

typedef struct
{
  char *folder;
  GPtrArray *events;
  GPtrArray *pages; /* of N_SEEKS times, packed */
  char *path;       /* of the damaged one */
  char *bytes;      /* the sound one */
  gsize size;
  char *rows;
  guint n_refused, n_found, n_meaningless;
  guint n_salvaged; /* of those found */
} Fixture;

/* --- what is there --------------------------------------------------------- */

static GPtrArray *
read_pages (PhSession *session)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);

  /* There and back. */
  for (guint i = 0; i < N_SEEKS; i++)
    {
      ph_cursor_seek (cursor, ph_session_get_span (session).end * ((i * 4) % N_SEEKS) /
                                (N_SEEKS - 1));
      g_ptr_array_add (pages, ph_dom_pack (ph_cursor_get_dom (cursor)));
    }

  return pages;
}

static void
add_rows (GString *out,
          PhDb *db,
          const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStatement) statement = ph_db_prepare (db, sql, &error);
  gboolean row = TRUE;

  g_assert_no_error (error);
  g_string_append_printf (out, "%s\n", sql);

  while (row)
    {
      ph_statement_step (statement, &row, &error);
      g_assert_no_error (error);

      for (guint i = 0; row && i < ph_statement_n_columns (statement); i++)
        {
          gsize size;
          gconstpointer data = ph_statement_data (statement, i, &size);
          g_autofree char *sum =
            g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, data != NULL ? size : 0);

          g_string_append_printf (out, "%d %" G_GINT64_FORMAT " %s\n",
                                  ph_statement_type (statement, i),
                                  ph_statement_int (statement, i), sum);
        }
    }
}

/* Every row of every table, those of the search index too, and the tables themselves. */
static char *
read_rows (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhDb) db = ph_db_open (path, PH_DB_READ, &error);
  g_autoptr (PhStatement) tables = NULL;
  GString *out = g_string_new (NULL);
  gboolean row;

  g_assert_no_error (error);
  add_rows (out, db, "PRAGMA application_id");
  add_rows (out, db, "PRAGMA user_version");
  add_rows (out, db, "SELECT type, name, tbl_name, sql FROM sqlite_schema");
  tables = ph_db_prepare (db, "SELECT name FROM sqlite_schema WHERE type = 'table'", &error);
  g_assert_no_error (error);

  while (ph_statement_step (tables, &row, NULL) && row)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT * FROM \"%s\"", ph_statement_text (tables, 0));

      add_rows (out, db, sql);
    }

  return g_string_free (out, FALSE);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *archive = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) target = NULL;
  g_autoptr (PhSession) session = NULL;

  fixture->folder = ph_test_tmp_dir ();
  archive = fault_make_archive (fixture->folder, data, "3M");
  fixture->events = fault_read_events (archive);
  fixture->path = g_build_filename (fixture->folder, "a.playhead", NULL);
  file = g_file_new_for_path (archive);
  target = g_file_new_for_path (fixture->path);
  session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (ph_session_n_keyframes (session), >=, 2);
  g_assert_true (ph_session_save (session, target, NULL, NULL, NULL, NULL, NULL));
  g_assert_true (g_file_get_contents (fixture->path, &fixture->bytes, &fixture->size, NULL));
  g_assert_cmpuint (fixture->size % PAGE, ==, 0);
  fixture->pages = read_pages (session);
  fixture->rows = read_rows (fixture->path);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->bytes);
  g_free (fixture->rows);
  g_ptr_array_unref (fixture->events);
  g_ptr_array_unref (fixture->pages);
}

/* --- what is made of it ---------------------------------------------------- */

static void
finding_cb (PhTime time,
            const char *text,
            gpointer user_data)
{
  g_assert_cmpstr (text, !=, "");
  (*(guint *) user_data)++;
}

/* What was left of it was made into another one: each event is one that was, in their order. */
static guint
check_salvaged (Fixture *fixture,
                PhSession *session)
{
  guint n = ph_session_get_n_events (session);
  guint at = 0;

  for (guint i = 0; i < n; i++, at++)
    {
      const PhEvent *event = ph_session_get_event (session, i);
      gsize size = 0;

      while (at < fixture->events->len)
        {
          gconstpointer text = g_bytes_get_data (fixture->events->pdata[at], &size);

          if (size == event->size && memcmp (text, event->text, size) == 0)
            break;

          at++;
        }

      g_assert_cmpuint (at, <, fixture->events->len);
    }

  fixture->n_salvaged++;

  return fixture->events->len - n;
}

/* Events given are right; how many are not given. */
static guint
check_events (Fixture *fixture,
              PhSession *session)
{
  guint n_lost = 0;

  if (ph_session_get_n_events (session) != fixture->events->len)
    return check_salvaged (fixture, session);

  for (guint i = 0; i < fixture->events->len; i++)
    {
      const PhEvent *event = ph_session_get_event (session, i);
      gsize size;
      gconstpointer text = g_bytes_get_data (fixture->events->pdata[i], &size);

      if (ph_session_is_lost (session, event))
        n_lost++;
      else
        g_assert_cmpmem (event->text, event->size, text, size);
    }

  return n_lost;
}

static gboolean
are_same (GPtrArray *a,
          GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    {
      if (!g_bytes_equal (a->pdata[i], b->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

static void
check_session (Fixture *fixture,
               PhSession *session,
               const char *what)
{
  g_autoptr (GPtrArray) pages = read_pages (session);
  guint n_lost = check_events (fixture, session);
  gboolean is_same = are_same (pages, fixture->pages);
  guint64 n_told = ph_health_count (ph_session_get_health (session), PH_HEALTH_DAMAGED) +
                   ph_health_count (ph_session_get_health (session), PH_HEALTH_TRUNCATED);
  guint n_findings = 0;

  /* What is shown and is not what it was has been told of without verify. */
  if (n_lost > 0 || !is_same)
    g_assert_cmpuint (n_told, >, 0);

  if (!ph_session_verify (session, finding_cb, &n_findings))
    {
      g_assert_cmpuint (n_findings, >, 0);
      fixture->n_found++;
    }
  else
    {
      g_autofree char *rows = read_rows (fixture->path);

      g_assert_cmpuint (n_told, ==, 0);

      if (!g_str_equal (rows, fixture->rows))
        g_error ("%s: verify finds nothing, but something is another", what);

      fixture->n_meaningless++;
    }
}

/* With @bytes as the file. */
static void
check (Fixture *fixture,
       const char *bytes,
       gsize size,
       const char *what)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;
  FILE *out = fopen (fixture->path, "we");

  g_assert_cmpuint (fwrite (bytes, 1, size, out), ==, size);
  g_assert_cmpint (fclose (out), ==, 0);
  session = ph_session_open (file, NULL, NULL, NULL, &error);

  if (session != NULL)
    {
      check_session (fixture, session, what);
    }
  else
    {
      g_assert_cmpstr (error->message, !=, "");

      if (size < fixture->size && size > PAGE)
        g_assert_nonnull (strstr (error->message, "cut off"));

      fixture->n_refused++;
    }

  g_assert_cmpint (g_get_monotonic_time () - begin, <, LONG);
}

static void
flip (Fixture *fixture,
      gsize at,
      guint8 bits)
{
  g_autofree char *what = g_strdup_printf ("byte %" G_GSIZE_FORMAT " ^ %u", at, bits);

  fixture->bytes[at] = (char) ((guint8) fixture->bytes[at] ^ bits);
  check (fixture, fixture->bytes, fixture->size, what);
  fixture->bytes[at] = (char) ((guint8) fixture->bytes[at] ^ bits);
}

static void
tell (Fixture *fixture,
      const char *what)
{
  g_test_message ("%u %s of a file of %u pages: %u refused, %u found (%u made anew), %u without "
                  "meaning",
                  fixture->n_refused + fixture->n_found + fixture->n_meaningless, what,
                  (guint) (fixture->size / PAGE), fixture->n_refused, fixture->n_found,
                  fixture->n_salvaged, fixture->n_meaningless);
}

/* --- tests ----------------------------------------------------------------- */

static void
test_sound (Fixture *fixture,
            gconstpointer data)
{
  check (fixture, fixture->bytes, fixture->size, "nothing");
  g_assert_cmpuint (fixture->n_meaningless, ==, 1);
}

static guint8
random_bits (void)
{
  /* One bit, or any. */
  return (guint8) (g_test_rand_bit () ? 1 << g_test_rand_int_range (0, 8)
                                      : g_test_rand_int_range (1, 256));
}

static void
test_flipped (Fixture *fixture,
              gconstpointer data)
{
  guint n_pages = (guint) (fixture->size / PAGE);
  guint n = g_test_slow () ? MAX (n_pages * SLOW_FLIPS_PER_PAGE, 2000) : FLIPS;

  for (guint i = 0; i < n; i++)
    {
      guint page = g_test_slow () ? i % n_pages : (guint) g_test_rand_int_range (0, (int) n_pages);
      /* Headers of pages are small, and what they say matters most. */
      int range = i % 4 == 0 ? 16 : PAGE;

      flip (fixture, (gsize) page * PAGE + (gsize) g_test_rand_int_range (0, range),
            random_bits ());
    }

  tell (fixture, "flips");
  g_assert_cmpuint (fixture->n_found, >, n / 3);
  g_assert_cmpuint (fixture->n_refused, <, n / 20);
}

/* Each byte of the file's own header. */
static void
test_flipped_header (Fixture *fixture,
                     gconstpointer data)
{
  for (gsize i = 0; i < 108; i += g_test_slow () ? 1 : 3)
    flip (fixture, i, random_bits ());

  tell (fixture, "flips in the header");
  g_assert_cmpuint (fixture->n_refused, >, 0);
}

/* What is left plays; without the first page nobody can tell that it was a recording. */
static void
test_cut (Fixture *fixture,
          gconstpointer data)
{
  guint n = g_test_slow () ? SLOW_CUTS : CUTS;
  guint n_salvaged = 0;

  for (guint i = 0; i < n; i++)
    {
      gsize size = fixture->size * i / n;

      if (i % 3 == 0)
        size -= size % PAGE;
      else if (i % 3 == 1)
        size += (gsize) g_test_rand_int_range (0, PAGE);

      check (fixture, fixture->bytes, MIN (size, fixture->size - 1), "cut");

      /* A file as short as this one has three runs, and where they begin is known late. */
      if (size > fixture->size * 3 / 4)
        g_assert_cmpuint (fixture->n_salvaged, ==, ++n_salvaged);
      else
        n_salvaged = fixture->n_salvaged;
    }

  check (fixture, fixture->bytes, fixture->size - 1, "cut by one byte");
  check (fixture, fixture->bytes, fixture->size - PAGE, "cut by one page");
  tell (fixture, "cuts");
  g_assert_cmpuint (fixture->n_meaningless, ==, 0);
}

int
main (int argc,
      char **argv)
{
  fault_init (&argc, &argv);

#define ADD(name, data, func) g_test_add (name, Fixture, data, set_up, func, tear_down)
  ADD ("/damage/sound", "table", test_sound);
  ADD ("/damage/flipped", "table", test_flipped);
  ADD ("/damage/flipped-header", "table", test_flipped_header);
  ADD ("/damage/cut", "table", test_cut);

  if (g_test_slow ())
    {
      ADD ("/damage/flipped-chat", "chat", test_flipped);
      ADD ("/damage/cut-chat", "chat", test_cut);
    }
#undef ADD

  return g_test_run ();
}
