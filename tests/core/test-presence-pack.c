/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-presence-pack.h"

#include <string.h>

#define FORMAT 7

static GBytes *
pack (const PhPresence *presence,
      PhNames *names)
{
  PhPackOut out = ph_pack_out_begin (names);

  ph_presence_pack (presence, &out);

  return ph_pack_out_finish (&out, FORMAT);
}

static gboolean
unpack (GBytes *bytes,
        PhNames *names,
        PhPresence *presence)
{
  PhPackIn in = ph_pack_in_begin (bytes, FORMAT, names);

  ph_presence_init (presence);
  ph_presence_unpack (presence, &in);

  return ph_pack_in_finish (&in);
}

static void
fill (PhPresence *presence)
{
  static const PhRange range = { 1, 2, 2147483647, 4 };
  static const PhTop tops[] = { { 10, 0, FALSE }, { 11, 12, TRUE } };
  static const PhMedia media = {
    .id = 20,
    .playing = TRUE,
    .loop = TRUE,
    .since = -5,
    .position = 1.25,
    .rate = 2,
    .volume = 0.5,
  };

  ph_presence_init (presence);
  presence->was_focus = 30;
  presence->focus_visible = presence->was_visible = TRUE;
  presence->pressed = 123456789;
  ph_presence_add_range (presence, &range);
  ph_presence_add_top (presence, &tops[0]);
  ph_presence_add_top (presence, &tops[1]);
  ph_presence_add_media (presence, &media);
}

static void
assert_equal (const GArray *a,
              const GArray *b,
              gsize size)
{
  g_assert_cmpmem (a->data, a->len * size, b->data, b->len * size);
}

static void
test_round (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  PhPresence presence;
  PhPresence again;
  g_autoptr (GBytes) bytes = NULL;

  ph_presence_init (&presence);
  g_assert_false (ph_presence_is_said (&presence));
  fill (&presence);
  g_assert_true (ph_presence_is_said (&presence));
  bytes = pack (&presence, names);
  g_assert_true (unpack (bytes, names, &again));
  g_assert_cmpint (again.was_focus, ==, 30);
  g_assert_true (again.focus_visible && again.was_visible);
  g_assert_cmpint (again.pressed, ==, 123456789);
  g_assert_cmpint (again.dismissed, ==, PH_TIME_NONE);
  assert_equal (again.ranges, presence.ranges, sizeof (PhRange));
  assert_equal (again.top, presence.top, sizeof (PhTop));
  assert_equal (again.media, presence.media, sizeof (PhMedia));
  ph_presence_clear (&presence);
  ph_presence_clear (&again);
}

/* A byte changed or bytes missing: refused, or something that could have been written. */
static void
test_damaged (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  PhPresence presence;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;

  fill (&presence);
  bytes = pack (&presence, names);
  size = g_bytes_get_size (bytes);

  for (gsize i = 1; i < size; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, i);
      PhPresence again;

      g_assert_false (unpack (cut, names, &again));
      ph_presence_clear (&again);
    }

  for (gsize i = 0; i < size * 256; i++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);
      PhPresence again;

      copy[i / 256] = (guint8) i;

      if (unpack (changed, names, &again) && again.media != NULL)
        {
          double position =
            ph_media_position (&g_array_index (again.media, PhMedia, 0), 1000 * PH_SECOND);

          g_assert_true (position >= 0 && position < 1e18);
        }

      ph_presence_clear (&again);
    }

  ph_presence_clear (&presence);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/presence-pack/round", test_round);
  g_test_add_func ("/presence-pack/damaged", test_damaged);

  return g_test_run ();
}
