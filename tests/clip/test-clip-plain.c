/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-plain.h"

#include "ph-test.h"

#include <string.h>

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
  PhSession *session;
  PhClipOrder *order;

  gboolean ended;
  GError *error;
  double fraction;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *demo = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GFile) file = g_file_new_for_path (demo);

  fixture->session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_assert_nonnull (fixture->session);
  fixture->folder = ph_test_tmp_dir ();
  fixture->path = g_build_filename (fixture->folder, "a", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
  fixture->order = ph_clip_order_new (GPOINTER_TO_UINT (data));
  fixture->order->span = (PhSpan) { 20 * PH_SECOND, 40 * PH_SECOND };
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_object_unref (fixture->file);
  g_object_unref (fixture->session);
  ph_clip_order_free (fixture->order);
  g_clear_error (&fixture->error);
}

static void
told_cb (double fraction,
         gboolean ended,
         GError *error,
         gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->ended);
  g_assert_cmpfloat (fraction, >=, fixture->fraction);
  fixture->fraction = fraction;
  fixture->ended = ended;
  fixture->error = error;
}

static PhClipPlain *
start (Fixture *fixture,
       GError **error)
{
  return ph_clip_plain_start (fixture->session, fixture->order, NULL, fixture->file, told_cb,
                              fixture, error);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_made (Fixture *fixture,
           gconstpointer data)
{
  const char *wanted =
    GPOINTER_TO_UINT (data) == PH_CLIP_HTML ? "<!DOCTYPE html>" : "SQLite format 3";
  PhClipPlain *plain = start (fixture, NULL);
  g_autofree char *text = NULL;
  gsize size;

  g_assert_nonnull (plain);
  ph_test_wait (&fixture->ended, 30);
  g_assert_no_error (fixture->error);
  ph_clip_plain_free (g_steal_pointer (&plain));
  g_assert_true (g_file_get_contents (fixture->path, &text, &size, NULL));
  g_assert_cmpuint (size, >, 10000);
  g_assert_true (g_str_has_prefix (text, wanted));
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* Nothing more is told, and after a while nothing is there. */
static void
test_cancelled (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (PhSession) session = g_object_ref (fixture->session);
  gint64 end = g_get_monotonic_time () + 2 * PH_SECOND;
  PhClipPlain *plain = start (fixture, NULL);

  g_assert_nonnull (plain);
  ph_clip_plain_free (plain);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);

  g_assert_false (fixture->ended);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_failed (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "none", "a", NULL);
  PhClipPlain *plain;

  g_object_unref (fixture->file);
  fixture->file = g_file_new_for_path (nowhere);
  plain = start (fixture, NULL);
  g_assert_nonnull (plain);
  ph_test_wait (&fixture->ended, 30);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  ph_clip_plain_free (plain);
}

/* What cannot be carried out is said at once; what is made of pictures is no business of this. */
static void
test_refused (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->order->span.end = G_MAXINT64;
  g_assert_null (start (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  fixture->order->form = PH_CLIP_PNG;
  g_assert_null (start (fixture, &error));
  g_assert_no_error (error);
}

int
main (int argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *fixture,
                  gconstpointer data);
  } tests[] = {
    { "made", test_made },
    { "cancelled", test_cancelled },
    { "failed", test_failed },
    { "refused", test_refused },
  };
  static const PhClipForm forms[] = { PH_CLIP_HTML, PH_CLIP_RECORDING };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    for (guint k = 0; k < G_N_ELEMENTS (forms); k++)
      {
        g_autofree char *path = g_strdup_printf (
          "/clip-plain/%s/%s", tests[i].name, ph_clip_form_get_info (forms[k])->name);

        g_test_add (path, Fixture, GUINT_TO_POINTER (forms[k]), set_up, tests[i].func, tear_down);
      }

  return g_test_run ();
}
