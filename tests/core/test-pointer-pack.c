/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pointer.h"

#include "ph-error.h"

#include <string.h>

/* Bytes before the samples of the track below, which has two full snapshots; bytes of a sample. */
#define HEAD (1 + 4 + 2 * 8)
#define SAMPLE 29

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
#define DRAGS(time, positions)                                                    \
  "{\"type\":3,\"timestamp\":" #time ",\"data\":{\"source\":12,\"pointerId\":-7," \
  "\"positions\":[" positions "]}}"
#define AT(x, y, offset) "{\"x\":" #x ",\"y\":" #y ",\"id\":1,\"timeOffset\":" #offset "}"
#define MOUSE(time, type, x, y)                                                \
  "{\"type\":3,\"timestamp\":" #time ",\"data\":{\"source\":2,\"type\":" #type \
  ",\"id\":1,\"x\":" #x ",\"y\":" #y "}}"

static const char *const packed_events[] = {
  MOVES (500, AT (1, 2, -10) "," AT (3, 4, 0) "," AT (3.25, -4.5, 0)), MOUSE (3000, 1, 9, 9),
  MOUSE (3000, 2, 9, 9), MOUSE (3100, 7, 9, 9), MOVES (9000, AT (8, 8, -8900)),
  "{\"type\":2,\"timestamp\":2500,\"data\":{}}", "{\"type\":2,\"timestamp\":400,\"data\":{}}",
  DRAGS (3200, AT (2, 2, 0)), NULL
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

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhPointerTrack) again = ph_pointer_track_unpack (cut, &error);

      /* Fewer samples are read from other places, which fit by chance at most. */
      if (i < HEAD || (i - HEAD) % SAMPLE != 0)
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

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pointer-pack/pack", test_pack);
  g_test_add_func ("/pointer-pack/unpack-damaged", test_unpack_damaged);

  return g_test_run ();
}
