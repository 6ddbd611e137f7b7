/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack-brotli.h"
#include "ph-reader.h"
#include "ph-taken.h"
#include "ph-test.h"

#include <string.h>

static GBytes *
load_packed (const char *name)
{
  g_autofree char *path = ph_test_fixture (name);
  g_autoptr (GBytes) plain = NULL;
  char *text = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  plain = g_bytes_new_take (text, size);

  return ph_pack_brotli (plain);
}

static void
test_objects (void)
{
  static const struct
  {
    const char *name;
    const char *kinds;
  } cases[] = {
    { "highlight/events.json", "0/meta@1700000000000 0/full-snapshot@1700000000010 "
                               "0/custom@1700000000500 0/custom@1700000000600 "
                               "0/mutation@1700000001000 " },
    { "highlight/resources.json", "0/plugin@1700000000020 0/plugin@1700000000400 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) packed = load_packed (cases[i].name);
      gsize size;
      const char *data = g_bytes_get_data (packed, &size);
      g_autoptr (PhTaken) taken = ph_taken_read (data, size, 0);

      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, "highlight-object");
      g_assert_cmpstr (taken->kinds->str, ==, cases[i].kinds);
      g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
      ph_taken_check_chunks (data, size);

      /* Short brotli data gives its bytes late: less is there, and it is told. */
      for (gsize cut = size / 10; cut < size; cut += size / 10)
        {
          g_autoptr (PhTaken) part = ph_taken_read (data, cut, 0);

          g_assert_true (part->error != NULL || ph_health_total (part->health) > 0);
          g_assert_cmpuint (part->events->len, <=, taken->events->len);
          ph_taken_check_chunks (data, cut);
        }
    }
}

/* Nothing else is taken for it: not text, not other packed data, not noise. */
static void
test_others (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (GBytes) plain = g_bytes_new_static ("{\"hello\":1}", 11);
  g_autoptr (GBytes) packed = ph_pack_brotli (plain);
  char noise[4096];
  gsize size;
  const char *data = g_bytes_get_data (packed, &size);

  g_assert_cmpint (ph_reader_highlight_object.probe (data, size, TRUE), ==, PH_RANK_NONE);
  g_assert_cmpint (ph_reader_highlight_object.probe ("{}", 2, TRUE), ==, PH_RANK_NONE);
  g_assert_cmpint (ph_reader_highlight_object.probe ("", 0, TRUE), ==, PH_RANK_NONE);

  for (guint i = 0; i < 2000; i++)
    {
      for (guint k = 0; k < sizeof noise; k++)
        noise[k] = (char) g_rand_int_range (random, 0, 256);

      g_assert_cmpint (ph_reader_highlight_object.probe (noise, sizeof noise, TRUE), ==,
                       PH_RANK_NONE);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-highlight-object/objects", test_objects);
  g_test_add_func ("/reader-highlight-object/others", test_others);

  return g_test_run ();
}
