/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-listing.h"

#include "ph-error.h"
#include "ph-pack-files.h"
#include "ph-test.h"

#include <locale.h>
#include <string.h>

#define META(time) "{\"type\":4,\"timestamp\":" #time ",\"data\":{\"href\":\"https://a.example/\"}}"
#define MOVE(time) "{\"type\":3,\"timestamp\":" #time ",\"data\":{\"source\":1}}"

typedef struct
{
  char *folder;
  GPtrArray *result;
  GError *error;
  gboolean is_done;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = ph_test_tmp_dir ();
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_clear_pointer (&fixture->result, g_ptr_array_unref);
  g_clear_error (&fixture->error);
}

static GFile *
write_bytes (Fixture *fixture,
             const char *name,
             const void *data,
             gsize size)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));

  return g_file_new_for_path (path);
}

static GFile *
write_text (Fixture *fixture,
            const char *name,
            const char *text)
{
  return write_bytes (fixture, name, text, strlen (text));
}

static void
listed_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = ph_listing_list_finish (result, &fixture->error);
  fixture->is_done = TRUE;
}

static void
test_list (Fixture *fixture,
           gconstpointer data)
{
  static const PhPackFile files[] = { { "b", META (2000) }, { "a", META (1000) }, { NULL, NULL } };
  g_autoptr (GBytes) zip = ph_pack_texts ("zip", files);
  g_autoptr (GFile) input =
    write_bytes (fixture, "two.zip", g_bytes_get_data (zip, NULL), g_bytes_get_size (zip));

  ph_listing_list_async (input, NULL, listed_cb, fixture);
  ph_test_wait (&fixture->is_done, 10);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->result->len, ==, 2);
  g_assert_cmpstr (((PhInputPart *) fixture->result->pdata[0])->key, ==, "a");
  g_assert_cmpstr (((PhInputPart *) fixture->result->pdata[1])->key, ==, "b");
}

static void
test_list_fails (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GFile) input = write_text (fixture, "a.txt", "hello");

  ph_listing_list_async (input, NULL, listed_cb, fixture);
  ph_test_wait (&fixture->is_done, 10);
  g_assert_null (fixture->result);
  g_assert_error (fixture->error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT);
  g_assert_true (g_str_has_prefix (fixture->error->message, "a.txt: "));
}

static void
arranged_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_pointer (&fixture->result, g_ptr_array_unref);
  fixture->result = ph_listing_arrange_finish (result, &fixture->error);
  fixture->is_done = TRUE;
}

/* Parts are opened as one; sessions, and what is none, each for itself. */
static void
test_arrange (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GFile) first = write_text (fixture, "0.json", META (1000));
  g_autoptr (GFile) second = write_text (fixture, "1.json", MOVE (2000));
  g_autoptr (GFile) other = write_text (fixture, "other.json", META (500));
  g_autoptr (GFile) none = write_text (fixture, "none", "hello");
  const struct
  {
    GFile *files[3];
    guint n_files;
    guint n_inputs;
  } cases[] = {
    { { first }, 1, 1 },
    { { second, first }, 2, 1 },
    { { first, other }, 2, 2 },
    { { first, second, none }, 3, 3 },
    { { none, none }, 2, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      fixture->is_done = FALSE;
      ph_listing_arrange_async (cases[i].files, cases[i].n_files, NULL, arranged_cb, fixture);
      ph_test_wait (&fixture->is_done, 10);
      g_assert_no_error (fixture->error);
      g_assert_cmpuint (fixture->result->len, ==, cases[i].n_inputs);
      g_assert_true (g_file_equal (fixture->result->pdata[0], cases[i].files[0]));
      g_assert_cmpuint (ph_input_get_n_files (fixture->result->pdata[0]), ==,
                        cases[i].n_files / cases[i].n_inputs);
    }
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/listing/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/listing/list-fails", Fixture, NULL, set_up, test_list_fails, tear_down);
  g_test_add ("/listing/arrange", Fixture, NULL, set_up, test_arrange, tear_down);

  return g_test_run ();
}
