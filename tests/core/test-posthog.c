/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-flaky-stream.h"
#include "ph-pack.h"
#include "ph-posthog.h"

#include <string.h>

#define A "{\"type\":4,\"data\":{},\"timestamp\":1}"
#define B "{\"type\":0,\"data\":{},\"timestamp\":2}"

typedef struct
{
  GString *taken; /* `window:type ` of each event */
  PhHealth *health;
  PhUnpack *unpack;
  PhReading *reading;
  PhPosthog *posthog;
} Fixture;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Fixture *fixture = user_data;

  GPtrArray *windows = ph_reading_get_windows (fixture->reading);
  const char *window = windows->pdata[event->window];

  g_string_append_printf (fixture->taken, "%s:%d ", window, event->type);

  return TRUE;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, 0);

  fixture->taken = g_string_new (NULL);
  fixture->health = ph_health_new ();
  fixture->unpack = ph_unpack_new (stream);
  fixture->reading = ph_reading_new (fixture->unpack, 1, &sink, fixture, fixture->health, NULL);
  fixture->posthog = ph_posthog_new (fixture->reading);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_posthog_free (fixture->posthog);
  ph_reading_free (fixture->reading);
  ph_unpack_free (fixture->unpack);
  ph_health_free (fixture->health);
  g_string_free (fixture->taken, TRUE);
}

static gboolean
take (Fixture *fixture,
      const char *text,
      const char *window)
{
  /* Exact, so that reading behind it is seen. */
  g_autofree char *exact = g_memdup2 (text, MAX (strlen (text), 1));
  g_autoptr (GError) error = NULL;
  gboolean is_json = FALSE;

  ph_posthog_take (fixture->posthog, exact, strlen (text), window, &is_json, &error);
  g_assert_no_error (error);

  return is_json;
}

/* Every wrapper there is. */
static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    const char *window;
    const char *taken;
    guint n_findings;
  } cases[] = {
    { A, "w", "w:4 ", 0 },
    { A, NULL, ":4 ", 0 },
    { "[\"w\"," A "]", NULL, "w:4 ", 0 },
    { "[ \"w\" , " A " ]\n", "v", "w:4 ", 0 },
    { "[" A "," B "]", "w", "w:4 w:0 ", 0 },
    { "[[\"v\"," A "],[\"w\"," B "]]", NULL, "v:4 w:0 ", 0 },
    { "{\"window_id\":\"w\",\"data\":[" A "," B "]}", NULL, "w:4 w:0 ", 0 },
    { "{\"data\":[" A "],\"windowId\":\"w\"}", NULL, "w:4 ", 0 },
    { "{\"data\":[" A "],\"windowId\":12}", NULL, "12:4 ", 0 },
    { "{\"event\":\"$snapshot\",\"properties\":{\"$window_id\":\"w\","
      "\"$snapshot_data\":[" A "," B "]}}",
      NULL, "w:4 w:0 ", 0 },
    { "{\"properties\":{\"$snapshot_data\":" A ",\"$window_id\":\"w\"}}", NULL, "w:4 ", 0 },
    { "{\"properties\":{\"$snapshot_data\":\"[{\\\"type\\\":4,"
      "\\\"timestamp\\\":1}]\"}}",
      "w", ":4 ", 0 },
    { "{\"event\":\"$pageview\",\"properties\":{\"$current_url\":\"x\"}}", NULL, "", 0 },
    { "[{\"event\":\"$snapshot\",\"properties\":{\"$window_id\":\"w\","
      "\"$snapshot_data\":[" A "]}}]",
      NULL,
      "w:4 ", 0 },
    { "{\"api_key\":\"k\",\"batch\":[{\"event\":\"$snapshot\",\"properties\":{\"$window_id\":\"w\","
      "\"$snapshot_data\":[" A "]}},{\"event\":\"x\",\"properties\":{}}]}",
      NULL, "w:4 ", 0 },
    { "{\"session_id\":\"s\",\"window_id\":\"w\",\"snapshot_data\":" A "}", NULL, "w:4 ", 0 },
    { "{\"snapshot_data\":\"{\\\"type\\\":4,\\\"timestamp\\\":1}\",\"window_id\":\"w\"}",
      NULL, "w:4 ", 0 },
    { "{\"$snapshot_data\":[" A "]}", "w", "w:4 ", 0 },
    { "{\"a\":1}", NULL, "", 1 },
    { "{\"snapshot_data\":7}", NULL, "", 0 },
    { "{\"snapshot_data\":\"x{\"}", NULL, "", 1 },
    { "{\"data\":[{\"a\":1},7," A "]}", NULL, ":4 ", 2 },
    { "[[[[[[[[" A "]]]]]]]]", NULL, "", 0 },
    { "[]", NULL, "", 0 },
    { "7", NULL, "", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture;

      g_test_message ("case %u", i);
      set_up (&fixture, NULL);
      g_assert_true (take (&fixture, cases[i].text, cases[i].window));
      g_assert_cmpstr (fixture.taken->str, ==, cases[i].taken);
      g_assert_cmpuint (ph_health_total (fixture.health), ==, cases[i].n_findings);
      tear_down (&fixture, NULL);
    }
}

static char *
pack_base64 (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) gzip = ph_pack_gzip (bytes);

  return g_base64_encode (g_bytes_get_data (gzip, NULL), g_bytes_get_size (gzip));
}

static void
take_piece (Fixture *fixture,
            const char *id,
            guint index,
            guint n,
            const char *data)
{
  g_autofree char *text = g_strdup_printf (
    "{\"event\":\"$snapshot\",\"properties\":{\"$window_id\":\"w\","
    "\"$snapshot_data\":{\"chunk_id\":\"%s\","
    "\"chunk_index\":%u,\"chunk_count\":%u,\"data\":\"%s\",\"compression\":\"gzip-base64\","
    "\"has_full_snapshot\":false}}}",
    id, index, n, data);

  g_assert_true (take (fixture, text, NULL));
}

/* Snapshots that came in pieces, those of two among each other, out of order. */
static void
test_pieces (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *one = pack_base64 ("[" A "," B "]");
  g_autofree char *two = pack_base64 ("[{\"type\":1,\"timestamp\":3}]");
  g_autofree char *begin = g_strndup (one, 20);

  take_piece (fixture, "x", 1, 2, one + 20);
  take_piece (fixture, "y", 0, 1, two);
  take_piece (fixture, "z", 0, 2, two);
  g_assert_cmpstr (fixture->taken->str, ==, "w:1 ");
  take_piece (fixture, "x", 0, 2, begin);
  g_assert_cmpstr (fixture->taken->str, ==, "w:1 w:4 w:0 ");
  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);

  take_piece (fixture, "q", 0, 1, "AAAA");
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_DAMAGED), ==, 1);
  ph_posthog_end (fixture->posthog);
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_TRUNCATED), ==, 1);
}

/* A line that is cut off: what is found in it is of its window. */
static void
test_rest (Fixture *fixture,
           gconstpointer data)
{
  g_assert_true (take (fixture, "{\"window_id\":\"v\",\"data\":[" A "]}", NULL));
  g_assert_false (take (fixture, "{\"window_id\":\"w\",\"data\":[" A ",{\"ty", NULL));
  g_assert_true (take (fixture, B, NULL));
  g_assert_cmpstr (fixture->taken->str, ==, "v:4 w:0 ");
}

static void
test_person (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *facts = NULL;

  ph_posthog_take_person (fixture->posthog, "undefined", 9);
  ph_posthog_take_person (fixture->posthog, "{\"name\":\"Ann\"}", 14);
  g_assert_true (take (fixture, "{\"properties\":{\"$lib\":\"web\",\"$snapshot_data\":[]}}", NULL));
  facts = ph_facts_to_json (ph_reading_get_facts (fixture->reading));
  g_assert_cmpstr (facts, ==, "{\"user\":{\"name\":\"Ann\"},\"properties\":{\"sdk\":\"web\"}}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/posthog/shapes", test_shapes);
  g_test_add ("/posthog/pieces", Fixture, NULL, set_up, test_pieces, tear_down);
  g_test_add ("/posthog/rest", Fixture, NULL, set_up, test_rest, tear_down);
  g_test_add ("/posthog/person", Fixture, NULL, set_up, test_person, tear_down);

  return g_test_run ();
}
