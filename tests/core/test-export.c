/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-export.h"

#include "ph-db.h"
#include "ph-save.h"
#include "ph-test.h"
#include "session-maker.h"

#include <string.h>

static PhSession *
open_path (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  PhSession *session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return session;
}

/* The same texts in the same order, white space apart in lines. */
static void
assert_same_texts (PhSession *a,
                   PhSession *b,
                   gboolean in_lines)
{
  guint n = ph_session_get_n_events (a);

  g_assert_cmpuint (n, ==, ph_session_get_n_events (b));

  for (guint i = 0; i < n; i++)
    {
      const PhEvent *x = ph_session_get_event (a, i);
      const PhEvent *y = ph_session_get_event (b, i);
      g_autoptr (GString) line = g_string_new (NULL);

      g_assert_cmpuint (x->window, ==, y->window);

      if (in_lines)
        ph_export_append_line (line, x->text, x->size);
      else
        g_string_append_len (line, x->text, (gssize) x->size);

      g_assert_cmpmem (line->str, line->len, y->text, y->size);
    }
}

static void
check_session (PhSession *session)
{
  static const struct
  {
    PhExportFormat format;
    PhExportPacking packing;
    const char *name;
    const char *packing_name;
  } cases[] = {
    { PH_EXPORT_JSON, PH_EXPORT_PLAIN, "rrweb-array", NULL },
    { PH_EXPORT_JSON, PH_EXPORT_GZIP, "rrweb-array", "gzip" },
    { PH_EXPORT_JSON, PH_EXPORT_ZSTD, "rrweb-array", "zstd" },
    { PH_EXPORT_NDJSON, PH_EXPORT_PLAIN, "rrweb-ndjson", NULL },
    { PH_EXPORT_NDJSON, PH_EXPORT_GZIP, "rrweb-ndjson", "gzip" },
    { PH_EXPORT_NDJSON, PH_EXPORT_ZSTD, "rrweb-ndjson", "zstd" },
  };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhSession) again = NULL;
      g_autoptr (GError) error = NULL;
      guint n_lost = 1;

      ph_session_export (session, file, cases[i].format, cases[i].packing, &n_lost, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_lost, ==, 0);
      again = open_path (path);
      g_assert_cmpstr (ph_session_get_format (again), ==, cases[i].name);
      g_assert_cmpstr (ph_session_get_packing (again), ==, cases[i].packing_name);
      assert_same_texts (session, again, cases[i].format == PH_EXPORT_NDJSON);
    }

  ph_test_remove_tree (folder);
}

static void
test_fixtures (void)
{
  static const char *const names[] = { "rrweb/two-pages.json", "rrweb/three-windows.ndjson",
                                       "cli/spread-out.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PhSession) session = ph_make_session_from_fixture (names[i]);

      check_session (session);
    }
}

/* More than one block. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autofree char *page = ph_make_snapshot ("start");
  g_autofree char *snapshot = ph_make_event (2, 1000, page);
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GError) error = NULL;

  g_string_append (text, snapshot);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *data = g_strdup_printf ("{\"tag\":\"%u%s\",\"payload\":null}", i, filler);
      g_autofree char *event = ph_make_event (5, 1000 + i, data);

      g_string_append_printf (text, ",%s", event);
    }

  g_string_append_c (text, ']');
  session = ph_make_session_from_text (text->str, &error);
  g_assert_no_error (error);
  check_session (session);
}

static void
test_line (void)
{
  static const struct
  {
    const char *text;
    const char *line;
  } cases[] = {
    { "{ \"a\": 1 }", "{ \"a\": 1 }" },
    { "{\n  \"a b\" : \"c\\\" d\"\r\n}", "{\"a b\":\"c\\\" d\"}" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      ph_export_append_line (line, cases[i].text, strlen (cases[i].text));
      g_assert_cmpstr (line->str, ==, cases[i].line);
    }
}

/* What there was before stays when it cannot be done. */
static void
test_errors (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.json", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) bad = g_file_new_for_path (nowhere);
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_lost;

  g_assert_false (
    ph_session_export (session, bad, PH_EXPORT_JSON, PH_EXPORT_GZIP, &n_lost, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (ph_session_export (session, file, PH_EXPORT_JSON, PH_EXPORT_PLAIN, &n_lost,
                                     cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");

  ph_test_remove_tree (folder);
}

/* What is damaged is left out, and counted. */
static void
test_lost (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autofree char *output = g_build_filename (folder, "a.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) target = g_file_new_for_path (output);
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhSession) again = NULL;
  g_autofree char *text = NULL;
  guint n_lost;

  g_assert_true (ph_session_save (session, file, NULL, NULL, NULL, NULL, NULL));

  {
    g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, NULL);

    g_assert_true (ph_db_run (db, "UPDATE chunk SET data = x''", NULL));
  }

  again = open_path (path);
  g_assert_true (
    ph_session_export (again, target, PH_EXPORT_JSON, PH_EXPORT_PLAIN, &n_lost, NULL, NULL));
  g_assert_cmpuint (n_lost, ==, ph_session_get_n_events (session));
  g_assert_true (g_file_get_contents (output, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "[]\n");
  g_assert_false (ph_session_save (again, target, NULL, NULL, NULL, NULL, NULL));

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/fixtures", test_fixtures);
  g_test_add_func ("/export/long", test_long);
  g_test_add_func ("/export/line", test_line);
  g_test_add_func ("/export/errors", test_errors);
  g_test_add_func ("/export/lost", test_lost);

  return g_test_run ();
}
