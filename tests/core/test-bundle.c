/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-bundle.h"
#include "ph-error.h"
#include "ph-flaky-stream.h"
#include "ph-limits.h"
#include "ph-pack-files.h"
#include "ph-pack.h"
#include "ph-test.h"

#include <locale.h>
#include <string.h>
#include <unistd.h>

static const char *const forms[] = { "zip", "zip-stored", "tar", "tar.gz", "tar.zst", "tar.xz" };

static const PhPackFile files[] = {
  { "b.json", "the first file" },
  { "folder/", "" },
  { "folder/a.json", "another one, which is a bit longer" },
  { "empty", "" },
  { "../up", "a name that leads up" },
  { "/absolute", "a name that leads away" },
  { "ünïcode", "the last" },
  { "link -> ../../etc/passwd", "" },
  { NULL, NULL },
};

static const char *const names[] = { "b.json", "folder/a.json", "empty", "../up", "/absolute",
                                     "ünïcode" };

static PhBundle *
open_bytes (GBytes *bytes,
            GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return ph_bundle_open_stream (stream, NULL, error);
}

/* What a member says; NULL with an error. */
static char *
read_member (PhBundle *bundle,
             guint member,
             GError **error)
{
  g_autoptr (GInputStream) stream = ph_bundle_open_member (bundle, member, NULL, error);
  g_autoptr (GString) out = g_string_new (NULL);
  char piece[7];
  gssize n = -1;

  while (stream != NULL && (n = g_input_stream_read (stream, piece, sizeof piece, NULL, error)) > 0)
    g_string_append_len (out, piece, n);

  return n == 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static void
assert_member (PhBundle *bundle,
               guint member)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_member (bundle, member, &error);
  const char *name = ph_bundle_get_name (bundle, member);

  g_assert_no_error (error);

  for (guint i = 0; files[i].name != NULL; i++)
    if (g_str_equal (files[i].name, name))
      g_assert_cmpstr (text, ==, files[i].text);
}

static void
assert_bundle (PhBundle *bundle)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint member = 99;

  g_assert_cmpuint (ph_bundle_get_n_members (bundle), ==, G_N_ELEMENTS (names));
  g_assert_false (ph_bundle_is_damaged (bundle));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpstr (ph_bundle_get_name (bundle, i), ==, names[i]);
      g_assert_cmpint (ph_bundle_get_mtime (bundle, i), ==, 1700000000);
      g_assert_true (ph_bundle_find (bundle, names[i], &member));
      g_assert_cmpuint (member, ==, i);
      assert_member (bundle, i);
    }

  g_assert_false (ph_bundle_find (bundle, "folder/", &member));
  g_assert_false (ph_bundle_find (bundle, "link", &member));
  g_assert_cmpint (ph_bundle_get_size (bundle, 0), ==, strlen (files[0].text));

  for (guint i = 0; i < 50; i++)
    assert_member (bundle, (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (names)));
}

static void
test_forms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GBytes) bytes = ph_pack_texts (forms[i], files);
      g_autoptr (GInputStream) pipe = ph_flaky_stream_new (bytes, 100);
      g_autoptr (PhBundle) bundle = NULL;
      g_autoptr (PhBundle) piped = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", forms[i]);
      bundle = open_bytes (bytes, &error);
      g_assert_no_error (error);
      assert_bundle (bundle);
      g_assert_cmpint (ph_bundle_get_bytes (bundle), ==, g_bytes_get_size (bytes));
      g_assert_true (ph_bundle_is_head (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) ||
                     g_str_equal (forms[i], "tar.xz"));

      /* What cannot be read at random is, from a temporary file. */
      piped = ph_bundle_open_stream (pipe, NULL, &error);
      g_assert_no_error (error);
      assert_bundle (piped);
    }
}

/* Several at a time, each read a bit, and the bundle given up before its streams. */
static void
test_together (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GBytes) bytes = ph_pack_texts (forms[i], files);
      PhBundle *bundle = open_bytes (bytes, NULL);
      GInputStream *streams[G_N_ELEMENTS (names)];
      gsize n;

      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        {
          char first[1];

          streams[k] = ph_bundle_open_member (bundle, G_N_ELEMENTS (names) - 1 - k, NULL, NULL);
          g_assert_true (g_input_stream_read_all (streams[k], first, 1, &n, NULL, NULL));
        }

      ph_bundle_unref (bundle);

      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        {
          char rest[100];

          g_assert_true (g_input_stream_read_all (streams[k], rest, 99, &n, NULL, NULL));
          rest[n] = '\0';

          for (guint m = 0; files[m].name != NULL; m++)
            if (g_str_equal (files[m].name, names[G_N_ELEMENTS (names) - 1 - k]) &&
                files[m].text[0] != '\0')
              g_assert_cmpstr (rest, ==, files[m].text + 1);

          g_object_unref (streams[k]);
        }
    }
}

static void
test_head (void)
{
  static const char *const others[] = { "", "PK", "PK\003", "{\"type\":4}", "hello ustar" };
  g_autoptr (GBytes) text = g_bytes_new_static ("some text", 9);
  g_autoptr (GBytes) gzip = ph_pack_gzip (text);
  g_autoptr (GBytes) zip = ph_pack_texts ("zip", files);
  g_autoptr (GBytes) packed = ph_pack_gzip (zip);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (ph_bundle_is_head (others[i], strlen (others[i])));

  g_assert_false (ph_bundle_is_head (g_bytes_get_data (gzip, NULL), g_bytes_get_size (gzip)));
  g_assert_true (ph_bundle_is_head (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed)));
  g_assert_true (ph_bundle_is_head ("PK\005\006", 4));
}

/* Cut anywhere: an error, or what is left and the word that it is damaged. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GBytes) bytes = ph_pack_texts (forms[i], files);
      gsize step = MAX (g_bytes_get_size (bytes) / 200, 1);

      for (gsize cut = 0; cut < g_bytes_get_size (bytes); cut += step)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, cut);
          g_autoptr (GError) error = NULL;
          g_autoptr (PhBundle) bundle = open_bytes (part, &error);

          g_assert_true ((bundle == NULL) == (error != NULL));

          if (bundle == NULL)
            {
              g_assert_true (error->domain == PH_ERROR);
              continue;
            }

          for (guint k = 0; k < ph_bundle_get_n_members (bundle); k++)
            {
              g_autoptr (GError) problem = NULL;
              g_autofree char *out = read_member (bundle, k, &problem);

              g_assert_true ((out == NULL) == (problem != NULL));

              /* Without the list at its end a zip does not say that the last is a link. */
              if (k < G_N_ELEMENTS (names))
                g_assert_cmpstr (ph_bundle_get_name (bundle, k), ==, names[k]);
            }
        }
    }
}

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_folder (void)
{
  static const char *const sorted[] = { "2.json", "10.json", "a/x", "b" };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *loop = g_build_filename (folder, "a", "loop", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (PhBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  write_file (folder, "10.json", "ten");
  write_file (folder, "2.json", "two");
  write_file (folder, "a/x", "below");
  write_file (folder, "b", "last");
  write_file (folder, ".hidden/y", "not this");
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_cmpint (symlink ("..", loop), ==, 0);

  bundle = ph_bundle_open (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_bundle_get_n_members (bundle), ==, G_N_ELEMENTS (sorted));
  g_assert_cmpint (ph_bundle_get_bytes (bundle), ==, 15);
  g_assert_false (ph_bundle_is_damaged (bundle));

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    g_assert_cmpstr (ph_bundle_get_name (bundle, i), ==, sorted[i]);

  {
    g_autofree char *text = read_member (bundle, 1, NULL);

    g_assert_cmpstr (text, ==, "ten");
  }

  /* Deeper than anybody keeps files is left out, and it is told. */
  for (guint i = 0; i < PH_LIMIT_BUNDLE_DEPTH + 2; i++)
    g_string_append (deep, "d/");

  g_string_append (deep, "file");
  write_file (folder, deep->str, "deep");
  ph_bundle_unref (bundle);
  bundle = ph_bundle_open (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_bundle_get_n_members (bundle), ==, G_N_ELEMENTS (sorted));
  g_assert_true (ph_bundle_is_damaged (bundle));

  ph_test_remove_tree (folder);
}

static void
test_compare_names (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    int order;
  } cases[] = {
    { "", "", 0 },
    { "a", "b", -1 },
    { "a", "a1", -1 },
    { "2.json", "10.json", -1 },
    { "x9y", "x10a", -1 },
    { "007", "7", 0 },
    { "7a", "07b", -1 },
    { "part-99999999999999999999998", "part-99999999999999999999999", -1 },
    { "1.2", "1.10", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int there = ph_bundle_compare_names (cases[i].a, cases[i].b);
      int back = ph_bundle_compare_names (cases[i].b, cases[i].a);

      g_test_message ("case %u", i);
      g_assert_cmpint ((there > 0) - (there < 0), ==, cases[i].order);
      g_assert_cmpint ((back > 0) - (back < 0), ==, -cases[i].order);
    }
}

/* Zeros packed a thousand times over do not fill the disk. */
static void
test_bomb (void)
{
  g_autoptr (GBytes) zeros = ph_pack_zstd_run ('\0', 1024UL * 1024 * 1024);
  g_autoptr (PhBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  bundle = open_bytes (zeros, &error);
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
}

/* Whichever read fails, that is an error of the stream. */
static void
test_flaky (void)
{
  g_autoptr (GBytes) bytes = ph_pack_texts ("tar.gz", files);

  for (guint n = 0;; n++)
    {
      g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, 50);
      g_autoptr (PhBundle) bundle = NULL;
      g_autoptr (GError) error = NULL;

      ph_flaky_stream_fail_at (PH_FLAKY_STREAM (stream), n);
      bundle = ph_bundle_open_stream (stream, NULL, &error);

      if (bundle != NULL)
        break;

      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes = ph_pack_texts ("zip", files);
  g_autoptr (PhBundle) bundle = open_bytes (bytes, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GInputStream) stream = ph_bundle_open_member (bundle, 0, cancellable, NULL);
  g_autoptr (GError) error = NULL;
  char piece[4];

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (g_input_stream_read (stream, piece, 4, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&stream);

  /* It does not concern who comes later. */
  assert_member (bundle, 1);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/bundle/forms", test_forms);
  g_test_add_func ("/bundle/together", test_together);
  g_test_add_func ("/bundle/head", test_head);
  g_test_add_func ("/bundle/cut", test_cut);
  g_test_add_func ("/bundle/folder", test_folder);
  g_test_add_func ("/bundle/compare-names", test_compare_names);
  g_test_add_func ("/bundle/bomb", test_bomb);
  g_test_add_func ("/bundle/flaky", test_flaky);
  g_test_add_func ("/bundle/cancelled", test_cancelled);

  return g_test_run ();
}
