/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pointer.h"

#include "ph-error.h"

#include <string.h>

static PhPointerTrack *
make_track (const char *const *events)
{
  PhPointerTrack *track = ph_pointer_track_new ();
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; events[i] != NULL; i++)
    {
      PhEvent event = { .order = i };
      PhJsonValue root;

      g_assert_true (ph_json_parse (json, events[i], strlen (events[i]), &root, NULL));
      g_assert_true (ph_event_read (&event, root));
      event.time = event.timestamp;
      ph_pointer_track_add (track, &event, root);
    }

  ph_pointer_track_finish (track);

  return track;
}

#define MOVES(time, positions) \
  "{\"type\":3,\"timestamp\":" #time ",\"data\":{\"source\":1,\"positions\":[" positions "]}}"
#define AT(x, y, offset) "{\"x\":" #x ",\"y\":" #y ",\"id\":1,\"timeOffset\":" #offset "}"
#define MOUSE(time, type, x, y)                                                \
  "{\"type\":3,\"timestamp\":" #time ",\"data\":{\"source\":2,\"type\":" #type \
  ",\"id\":1,\"x\":" #x ",\"y\":" #y "}}"

static void
assert_at (PhPointerTrack *track,
           PhTime msec,
           double x,
           double y)
{
  PhPointer pointer;

  ph_pointer_track_at (track, msec * PH_MSEC, &pointer);
  g_assert_true (pointer.visible);
  g_assert_cmpfloat_with_epsilon (pointer.x, x, 0.01);
  g_assert_cmpfloat_with_epsilon (pointer.y, y, 0.01);
}

/* A batch is written when it is over: its points belong to the times before. */
static void
test_negative_offsets (void)
{
  static const char *const events[] = {
    MOVES (500, AT (10, 20, -400) "," AT (30, 40, -300) "," AT (50, 60, 0)), NULL
  };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 99 * PH_MSEC, &pointer);
  g_assert_false (pointer.visible);
  assert_at (track, 100, 10, 20);
  assert_at (track, 150, 20, 30);
  assert_at (track, 200, 30, 40);
  /* Too far apart to be one movement: the pointer waits. */
  assert_at (track, 499, 30, 40);
  assert_at (track, 500, 50, 60);
  assert_at (track, 5000, 50, 60);
}

static void
test_clicks (void)
{
  static const char *const events[] = { MOUSE (1000, 1, 5, 6), MOUSE (1100, 0, 5, 6),
                                        MOUSE (1100, 2, 5, 6), MOUSE (1400, 2, 7, 8), NULL };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 1050 * PH_MSEC, &pointer);
  g_assert_true (pointer.pressed);
  g_assert_cmpuint (pointer.n_clicks, ==, 0);

  ph_pointer_track_at (track, 1100 * PH_MSEC, &pointer);
  g_assert_false (pointer.pressed);
  g_assert_cmpuint (pointer.n_clicks, ==, 1);
  g_assert_cmpfloat_with_epsilon (pointer.clicks[0].progress, 0, 0.001);

  ph_pointer_track_at (track, 1400 * PH_MSEC, &pointer);
  g_assert_cmpuint (pointer.n_clicks, ==, 2);
  g_assert_cmpfloat_with_epsilon (pointer.clicks[0].x, 7, 0.001);
  g_assert_cmpfloat_with_epsilon (pointer.clicks[1].progress, 0.5, 0.001);

  ph_pointer_track_at (track, 2000 * PH_MSEC, &pointer);
  g_assert_cmpuint (pointer.n_clicks, ==, 0);
}

static void
test_kinds (void)
{
  static const char *const events[] = {
    "{\"type\":3,\"timestamp\":1,\"data\":{\"source\":2,\"type\":7,\"id\":1,\"x\":1,\"y\":1}}",
    "{\"type\":3,\"timestamp\":2,\"data\":{\"source\":2,\"type\":2,\"id\":1,\"x\":1,"
    "\"y\":1,\"pointerType\":1}}",
    NULL
  };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 1 * PH_MSEC, &pointer);
  g_assert_cmpint (pointer.kind, ==, PH_POINTER_TOUCH);
  g_assert_true (pointer.pressed);
  ph_pointer_track_at (track, 2 * PH_MSEC, &pointer);
  g_assert_cmpint (pointer.kind, ==, PH_POINTER_PEN);
}

/* Odd input is left out and does no harm. */
static void
test_odd (void)
{
  static const char *const events[] = {
    MOVES (10, "{\"x\":1},{\"y\":2},7,{\"x\":1e9,\"y\":1,\"timeOffset\":0},{\"x\":null,\"y\":1}"),
    "{\"type\":3,\"timestamp\":11,\"data\":{\"source\":1,\"positions\":5}}",
    "{\"type\":3,\"timestamp\":12,\"data\":{\"source\":2,\"type\":5,\"id\":1}}",
    "{\"type\":3,\"timestamp\":13,\"data\":{\"source\":3,\"id\":1,\"x\":1,\"y\":1}}",
    "{\"type\":4,\"timestamp\":14}",
    NULL
  };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 1000 * PH_MSEC, &pointer);
  g_assert_false (pointer.visible);
}

static const char *const packed_events[] = {
  MOVES (500, AT (1, 2, -10) "," AT (3, 4, 0) "," AT (3.25, -4.5, 0)), MOUSE (3000, 1, 9, 9),
  MOUSE (3000, 2, 9, 9), MOUSE (3100, 7, 9, 9), MOVES (9000, AT (8, 8, -8900)), NULL
};

/* What comes back looks the same at any time, and packs to the same bytes. */
static void
test_pack (void)
{
  g_autoptr (PhPointerTrack) track = make_track (packed_events);
  g_autoptr (PhPointerTrack) again = NULL;
  g_autoptr (PhPointerTrack) empty = ph_pointer_track_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ph_pointer_track_pack (track);
  g_autoptr (GBytes) bytes_again = NULL;
  g_autoptr (GBytes) nothing = ph_pointer_track_pack (empty);
  g_autoptr (PhPointerTrack) empty_again = ph_pointer_track_unpack (nothing, &error);
  PhPointer pointer;

  g_assert_no_error (error);
  ph_pointer_track_at (empty_again, G_MAXINT64, &pointer);
  g_assert_false (pointer.visible);
  again = ph_pointer_track_unpack (bytes, &error);
  g_assert_no_error (error);
  bytes_again = ph_pointer_track_pack (again);
  g_assert_true (g_bytes_equal (bytes, bytes_again));

  for (PhTime time = 0; time < 10000 * PH_MSEC; time += 7 * PH_MSEC)
    {
      PhPointer a;
      PhPointer b;

      ph_pointer_track_at (track, time, &a);
      ph_pointer_track_at (again, time, &b);
      g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
    }
}

/* Cut anywhere it is refused; a byte changed anywhere, it is refused or a track like any. */
static void
test_unpack_damaged (void)
{
  g_autoptr (PhPointerTrack) track = make_track (packed_events);
  g_autoptr (GBytes) bytes = ph_pointer_track_pack (track);
  gsize size = g_bytes_get_size (bytes);
  gsize sample = (size - 1) / 7;

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhPointerTrack) again = ph_pointer_track_unpack (cut, &error);

      /* Fewer samples are read from other places, which fit by chance at most. */
      if (i == 0 || (i - 1) % sample != 0)
        g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);

      g_assert_cmpint (again == NULL, ==, error != NULL);
    }

  for (gsize i = 0; i < size * 256; i++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);
      g_autoptr (PhPointerTrack) again = NULL;
      PhPointer pointer;

      copy[i / 256] = (guint8) i;
      again = ph_pointer_track_unpack (changed, NULL);

      if (again == NULL)
        continue;

      ph_pointer_track_at (again, 3100 * PH_MSEC, &pointer);
      g_assert_true (pointer.x >= -1000000 && pointer.x <= 1000000);
      g_assert_cmpuint (pointer.kind, <=, PH_POINTER_TOUCH);
    }
}

/* A look on the way sees what was there, and does not disturb what comes. */
static void
test_finished (void)
{
  static const char *const texts[] = {
    MOVES (100, AT (10, 20, 0)), MOVES (500, AT (30, 40, -50) "," AT (50, 60, 0)), NULL
  };
  g_autoptr (PhPointerTrack) track = ph_pointer_track_new ();
  g_autoptr (PhPointerTrack) whole = make_track (texts);
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      PhEvent event = { .order = i };
      PhJsonValue root;
      g_autoptr (PhPointerTrack) early = NULL;

      g_assert_true (ph_json_parse (json, texts[i], strlen (texts[i]), &root, NULL));
      g_assert_true (ph_event_read (&event, root));
      event.time = event.timestamp;
      ph_pointer_track_add (track, &event, root);
      early = ph_pointer_track_finished (track);
      assert_at (early, 1000, i == 0 ? 10 : 50, i == 0 ? 20 : 60);
    }

  ph_pointer_track_finish (track);
  a = ph_pointer_track_pack (track);
  b = ph_pointer_track_pack (whole);
  g_assert_true (g_bytes_equal (a, b));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pointer/negative-offsets", test_negative_offsets);
  g_test_add_func ("/pointer/clicks", test_clicks);
  g_test_add_func ("/pointer/kinds", test_kinds);
  g_test_add_func ("/pointer/odd", test_odd);
  g_test_add_func ("/pointer/pack", test_pack);
  g_test_add_func ("/pointer/unpack-damaged", test_unpack_damaged);
  g_test_add_func ("/pointer/finished", test_finished);

  return g_test_run ();
}
