/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-cut.h"

#include "ph-mob-maker.h"

#include <gio/gio.h>
#include <string.h>

#define SCRIPT \
  "0 1700000000000\n7\n8 1 0 0 BODY 0\n12 1 class \"a b\"\n0 1700000000001\n20 300 400\n22 log x\n"

static gboolean
message_cb (guint type,
            const guint8 *body,
            gsize size,
            gpointer user_data,
            GError **error)
{
  g_string_append_printf (user_data, "%u/%d ", type, (int) size);

  return TRUE;
}

static char *
cut_bytes (PhMobFraming framing,
           GBytes *bytes,
           gsize chunk,
           PhHealth *health)
{
  GString *out = g_string_new (NULL);
  g_autoptr (PhMobCut) cut = ph_mob_cut_new (framing, message_cb, out, health);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize at = 0; at < size; at += chunk)
    g_assert_true (ph_mob_cut_feed (cut, data + at, MIN (chunk, size - at), NULL));

  ph_mob_cut_end (cut);

  return g_string_free (out, FALSE);
}

static char *
cut_script (PhMobFraming framing,
            const char *script,
            PhHealth *health)
{
  g_autoptr (GBytes) bytes = ph_mob_make (framing, script);

  return cut_bytes (framing, bytes, g_bytes_get_size (bytes), health);
}

static void
test_framings (void)
{
  for (PhMobFraming framing = PH_MOB_INDEXED; framing <= PH_MOB_SIZED; framing++)
    {
      g_autoptr (GBytes) bytes = ph_mob_make (framing, SCRIPT);

      for (gsize chunk = 1; chunk < 100; chunk += 3)
        {
          g_autoptr (PhHealth) health = ph_health_new ();
          g_autofree char *cut = cut_bytes (framing, bytes, chunk, health);

          g_assert_cmpstr (cut, ==, "0/6 7/0 8/9 12/11 0/6 20/4 22/6 ");
          g_assert_cmpuint (ph_health_total (health), ==, 0);
        }
    }
}

/* Cut anywhere, what is whole is given, and what is not is said. */
static void
test_truncated (void)
{
  for (PhMobFraming framing = PH_MOB_INDEXED; framing <= PH_MOB_SIZED; framing++)
    {
      g_autoptr (GBytes) bytes = ph_mob_make (framing, SCRIPT);
      gsize last = 0;

      for (gsize size = 0; size <= g_bytes_get_size (bytes); size++)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, size);
          g_autoptr (PhHealth) health = ph_health_new ();
          g_autofree char *cut = cut_bytes (framing, part, 4096, health);
          gboolean is_whole = size == 0 || strlen (cut) > last;

          g_assert_cmpuint (ph_health_count (health, PH_HEALTH_TRUNCATED), ==, is_whole ? 0 : 1);
          last = strlen (cut);
        }
    }
}

static void
test_duplicates (void)
{
  g_autofree char *cut = cut_script (PH_MOB_INDEXED,
                                     "0 1\nindex 9\n20 1 1\nindex 4\n20 2 200\nindex 9\n11 3\n",
                                     NULL);

  g_assert_cmpstr (cut, ==, "0/1 20/2 11/1 ");
}

/* A header says how what follows is framed, also in the middle. */
static void
test_headers (void)
{
  g_autoptr (GBytes) bare = ph_mob_make (PH_MOB_BARE, "header 1\n20 1 1\n");
  g_autoptr (GBytes) sized = ph_mob_make (PH_MOB_SIZED, "header 2\n20 1 1\nheader 3\n11 5\n");
  GByteArray *both = g_byte_array_new ();
  g_autoptr (GBytes) joined = NULL;
  g_autofree char *cut = NULL;

  g_byte_array_append (both, g_bytes_get_data (sized, NULL), (guint) g_bytes_get_size (sized));
  g_byte_array_append (both, g_bytes_get_data (bare, NULL), (guint) g_bytes_get_size (bare));
  joined = g_byte_array_free_to_bytes (both);
  cut = cut_bytes (PH_MOB_INDEXED, joined, 1, NULL);
  g_assert_cmpstr (cut, ==, "20/2 11/1 20/2 ");
}

static void
test_stops (void)
{
  static const struct
  {
    PhMobFraming framing;
    const char *script;
    const char *cut;
    PhHealthKind kind;
  } cases[] = {
    { PH_MOB_BARE, "11 1\nraw 56\n11 2\n", "11/1 ", PH_HEALTH_EVENT_UNKNOWN },
    { PH_MOB_INDEXED, "11 1\nraw 020000000000000056\n11 2\n", "11/1 ", PH_HEALTH_EVENT_UNKNOWN },
    { PH_MOB_INDEXED, "11 1\nraw 0200000000000100\n11 2\n", "11/1 ", PH_HEALTH_DAMAGED },
    { PH_MOB_SIZED, "11 1\nraw 56020000aabb\n11 2\n", "11/1 11/1 ", PH_HEALTH_EVENT_UNKNOWN },
    { PH_MOB_SIZED, "11 1\nraw 0b000000\n11 2\n", "11/1 11/1 ", PH_HEALTH_EVENT_INVALID },
    { PH_MOB_SIZED, "11 1\nraw ffff7f000000\n11 2\n", "11/1 ", PH_HEALTH_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *cut = cut_script (cases[i].framing, cases[i].script, health);

      g_test_message ("case %u", i);
      g_assert_cmpstr (cut, ==, cases[i].cut);
      g_assert_cmpuint (ph_health_count (health, cases[i].kind), ==, 1);
      g_assert_cmpuint (ph_health_total (health), ==, 1);
    }
}

static gboolean
fail_cb (guint type,
         const guint8 *body,
         gsize size,
         gpointer user_data,
         GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no more");

  return FALSE;
}

static void
test_error (void)
{
  g_autoptr (GBytes) bytes = ph_mob_make (PH_MOB_BARE, SCRIPT);
  g_autoptr (PhMobCut) cut = ph_mob_cut_new (PH_MOB_BARE, fail_cb, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ph_mob_cut_feed (cut, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                   &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* A part that begins in the middle of a message: where the next one is. */
static void
test_guess (void)
{
  g_autoptr (GString) script = g_string_new (NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (script, "0 %" G_GINT64_FORMAT "\n12 %u class \"some words\"\n20 %u 7\n",
                            G_GINT64_CONSTANT (1700000000000) + i, i, i);

  for (PhMobFraming framing = PH_MOB_INDEXED; framing <= PH_MOB_SIZED; framing++)
    {
      g_autoptr (GBytes) bytes = ph_mob_make (framing, script->str);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);
      PhMobGuess guess;

      g_assert_true (ph_mob_guess (data, size, &guess));
      g_assert_cmpint (guess.framing, ==, framing);
      g_assert_cmpuint (guess.start, ==, 0);
      g_assert_false (guess.is_mobile);

      for (gsize from = 1; from < 60; from++)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, from, size - from);

          g_assert_true (ph_mob_guess (data + from, size - from, &guess));
          g_assert_cmpint (guess.framing, ==, framing);
          g_assert_cmpuint (guess.start, <, 40);
        }
    }
}

static void
test_no_guess (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  PhMobGuess guess;
  guint8 data[65536];

  for (guint round = 0; round < 8; round++)
    {
      for (guint i = 0; i < sizeof data; i++)
        data[i] = (guint8) (g_rand_int (random) & (round % 2 == 0 ? 0xff : 0x1f));

      g_assert_false (ph_mob_guess (data, sizeof data, &guess));
    }

  memset (data, 0, sizeof data);
  g_assert_false (ph_mob_guess (data, sizeof data, &guess));
  g_assert_false (ph_mob_guess (data, 0, &guess));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mob-cut/framings", test_framings);
  g_test_add_func ("/mob-cut/truncated", test_truncated);
  g_test_add_func ("/mob-cut/duplicates", test_duplicates);
  g_test_add_func ("/mob-cut/headers", test_headers);
  g_test_add_func ("/mob-cut/stops", test_stops);
  g_test_add_func ("/mob-cut/error", test_error);
  g_test_add_func ("/mob-cut/guess", test_guess);
  g_test_add_func ("/mob-cut/no-guess", test_no_guess);

  return g_test_run ();
}
