/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether what generate-session, given as the first argument, writes could have been recorded. */

#include "ph-session.h"
#include "ph-test.h"

#include <string.h>

#define SIZE "3M"
#define BYTES 3000000

static char *program;

static const char *const kinds[] = { "table", "chat", "grid", "navigation" };

/*
 * What real recordings have: shares of all events in per mille, medians in
 * bytes. tests/bench/README.md says which recordings, and what each of them has.
 */
static const struct
{
  const char *kind;
  guint min_share, max_share;
  guint min_median, max_median;
} ranges[] = {
  { "mutation", 61, 831, 192, 961 },
  { "mouse-move", 66, 224, 111, 336 },
  { "mouse-interaction", 10, 612, 75, 140 },
  { "scroll", 0, 669, 77, 128 },
  { "input", 0, 339, 90, 110 },
  { "full-snapshot", 0, 65, 7320, 856063 },
  { "meta", 0, 65, 102, 172 },
};

static char *
generate (const char *folder,
          const char *kind,
          const char *seed)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.json", kind, seed);
  char *path = g_build_filename (folder, name, NULL);
  const char *argv[] = { program, kind, SIZE, path, seed, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));

  return path;
}

static PhSession *
open_session (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  PhSession *session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return session;
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  gsize left = *(const gsize *) a;
  gsize right = *(const gsize *) b;

  return (left > right) - (left < right);
}

static void
check_ranges (PhSession *session)
{
  guint n = ph_session_get_n_events (session);

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
      gsize median;

      for (guint k = 0; k < n; k++)
        {
          const PhEvent *event = ph_session_get_event (session, k);

          if (g_str_equal (ph_event_kind (event), ranges[i].kind))
            g_array_append_val (sizes, event->size);
        }

      g_test_message ("%s: %u of %u", ranges[i].kind, sizes->len, n);
      g_assert_cmpuint ((guint64) sizes->len * 1000, >=, (guint64) ranges[i].min_share * n);
      g_assert_cmpuint ((guint64) sizes->len * 1000, <=, (guint64) ranges[i].max_share * n);

      if (sizes->len == 0)
        continue;

      g_array_sort (sizes, compare_sizes);
      median = g_array_index (sizes, gsize, sizes->len / 2);
      g_assert_cmpuint (median, >=, ranges[i].min_median);
      g_assert_cmpuint (median, <=, ranges[i].max_median);
    }
}

static void
test_looks_recorded (gconstpointer data)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = generate (folder, data, "1");
  g_autoptr (PhSession) session = open_session (path);

  g_assert_cmpuint (ph_health_total (ph_session_get_health (session)), ==, 0);
  g_assert_cmpint (ph_session_get_archive_bytes (session), >=, BYTES);
  g_assert_cmpint (ph_session_get_archive_bytes (session), <, BYTES + 200000);
  check_ranges (session);

  ph_test_remove_tree (folder);
}

static void
test_same_seed_same_bytes (gconstpointer data)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = generate (folder, data, "7");
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  g_autofree char *other_path = generate (folder, data, "8");

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_free (generate (folder, data, "7"));
  g_assert_true (g_file_get_contents (path, &again, NULL, NULL));
  g_assert_true (g_file_get_contents (other_path, &other, NULL, NULL));
  g_assert_true (g_str_equal (text, again));
  g_assert_false (g_str_equal (text, other));

  ph_test_remove_tree (folder);
}

/* A range that recordings are not in says nothing about what is. */
static void
test_demo (void)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (PhSession) session = open_session (path);

  check_ranges (session);
}

static void
test_corpus (void)
{
  g_autofree char *path = ph_test_shared ("corpus/rrweb/rrweb-player-demo.json");

  if (path == NULL)
    {
      g_test_skip ("no shared corpus beside the project");
      return;
    }

  {
    g_autoptr (PhSession) session = open_session (path);

    check_ranges (session);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *looks = g_strconcat ("/generate/looks-recorded/", kinds[i], NULL);
      g_autofree char *same = g_strconcat ("/generate/same-seed/", kinds[i], NULL);

      g_test_add_data_func (looks, kinds[i], test_looks_recorded);
      g_test_add_data_func (same, kinds[i], test_same_seed_same_bytes);
    }

  g_test_add_func ("/generate/demo", test_demo);
  g_test_add_func ("/generate/corpus", test_corpus);

  return g_test_run ();
}
