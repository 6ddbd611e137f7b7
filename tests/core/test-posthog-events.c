/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-flaky-stream.h"
#include "ph-pack.h"
#include "ph-posthog-events.h"

#include <string.h>

typedef struct
{
  GString *taken; /* `window text` of each event */
  PhHealth *health;
  PhUnpack *unpack;
  PhReading *reading;
  PhPosthogEvents *events;
  PhJson *json;
} Fixture;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->taken, "%u %.*s\n", event->window, (int) event->size,
                          event->text);

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
  fixture->events = ph_posthog_events_new (fixture->reading);
  fixture->json = ph_json_new ();
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_json_free (fixture->json);
  ph_posthog_events_free (fixture->events);
  ph_reading_free (fixture->reading);
  ph_unpack_free (fixture->unpack);
  ph_health_free (fixture->health);
  g_string_free (fixture->taken, TRUE);
}

static void
take (Fixture *fixture,
      const char *text,
      const char *window)
{
  g_autoptr (GError) error = NULL;
  PhJsonValue root;

  g_assert_true (ph_json_parse (fixture->json, text, strlen (text), &root, NULL));
  ph_posthog_events_take (fixture->events, root, text, strlen (text), window, &error);
  g_assert_no_error (error);
}

#define MOVE(time) "{\"type\":3,\"data\":{\"source\":1},\"timestamp\":" time "}"
#define META(size) "{\"type\":4,\"data\":{\"href\":\"h\"," size "},\"timestamp\":1}"
#define FULL(more) "{\"type\":2,\"data\":{\"node\":{}},\"timestamp\":2" more "}"

/* Parts of a session that overlap. */
static void
test_twice (Fixture *fixture,
            gconstpointer data)
{
  take (fixture, MOVE ("1"), "a");
  take (fixture, MOVE ("2"), "a");
  take (fixture, MOVE ("1"), "a");
  take (fixture, MOVE ("1"), "b");
  take (fixture, "{\"a\":1}", "b");
  g_assert_cmpstr (fixture->taken->str, ==,
                   "0 " MOVE ("1") "\n0 " MOVE ("2") "\n1 " MOVE ("1") "\n");
  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
}

/* However many there are: an event is known again for a while, and none is taken for another. */
static void
test_many (Fixture *fixture,
           gconstpointer data)
{
  guint n_lines = 0;

  for (guint i = 0; i < 40000; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"type\":3,\"timestamp\":%u}", i);
      g_autofree char *again = g_strdup_printf ("{\"type\":3,\"timestamp\":%u}", i - MIN (i, 1000));

      take (fixture, text, NULL);
      take (fixture, again, NULL);
    }

  for (const char *at = fixture->taken->str; *at != '\0'; at++)
    n_lines += *at == '\n';

  g_assert_cmpuint (n_lines, ==, 40000);
}

/* A page whose size nobody told is as large as what was told last. */
static void
test_meta (Fixture *fixture,
           gconstpointer data)
{
  static const char told[] =
    "0 {\"type\":4,\"data\":{\"href\":\"h\",\"width\":800,\"height\":600},\"timestamp\":1}\n"
    "1 {\"type\":4,\"data\":{\"href\":\"\",\"width\":800,\"height\":600},\"timestamp\":2,"
    "\"windowId\":\"b\"}\n"
    "1 {\"type\":2,\"data\":{\"node\":{}},\"timestamp\":2,\"windowId\":\"b\"}\n"
    "1 {\"type\":2,\"data\":{\"node\":{}},\"timestamp\":2,\"windowId\":\"b\",\"x\":1}\n"
    "0 {\"type\":2,\"data\":{\"node\":{}},\"timestamp\":2,\"x\":2}\n";

  take (fixture, FULL (""), "a");
  g_assert_cmpstr (fixture->taken->str, ==, "0 " FULL ("") "\n");
  g_string_truncate (fixture->taken, 0);

  take (fixture, META ("\"width\":800,\"height\":600"), "a");
  take (fixture, FULL (",\"windowId\":\"b\""), NULL);
  take (fixture, FULL (",\"windowId\":\"b\",\"x\":1"), NULL);
  take (fixture, FULL (",\"x\":2"), "a");
  g_assert_cmpstr (fixture->taken->str, ==, told);
}

/* Odd sizes are none; those of a captured event and of a resize count. */
static void
test_viewport (Fixture *fixture,
               gconstpointer data)
{
  PhJsonValue properties;
  const char *text = "{\"$viewport_width\":320,\"$viewport_height\":480}";

  take (fixture, META ("\"width\":-1,\"height\":600"), "a");
  take (fixture, META ("\"width\":99999999,\"height\":600"), "a");
  take (fixture, FULL (""), "a");
  g_assert_null (strstr (fixture->taken->str, "\"href\":\"\""));

  g_assert_true (ph_json_parse (fixture->json, text, strlen (text), &properties, NULL));
  ph_posthog_events_note_viewport (fixture->events, properties);
  take (fixture, FULL (",\"x\":1"), "b");
  g_assert_nonnull (strstr (fixture->taken->str, "\"width\":320,\"height\":480"));

  take (fixture, "{\"type\":3,\"data\":{\"source\":4,\"width\":500,\"height\":400},"
                 "\"timestamp\":1}",
        "a");
  take (fixture, FULL (",\"x\":2"), "c");
  g_assert_nonnull (strstr (fixture->taken->str, "\"href\":\"\",\"width\":500,\"height\":400"));
}

static void
test_packed (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *good = ph_pack_gzip_string ("{\"node\":{}}", TRUE);
  g_autofree char *bad = ph_pack_gzip_string ("{\"node\":", TRUE);
  const char *const packed[] = { good, bad, "\"\\u001f\\u008b?\"" };

  for (guint i = 0; i < G_N_ELEMENTS (packed); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"type\":2,\"data\":%s,\"timestamp\":2,"
                                               "\"cv\":\"2024-10\"}",
                                               packed[i]);

      take (fixture, text, "a");
    }

  g_assert_cmpstr (fixture->taken->str, ==, "0 " FULL ("") "\n");
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_DAMAGED), ==, 2);
}

/* Screens of apps become pages, in their window alone. */
static void
test_app (Fixture *fixture,
          gconstpointer data)
{
  take (fixture,
        "{\"type\":2,\"data\":{\"wireframes\":[{\"id\":7,\"type\":\"text\",\"text\":\"Hi\","
        "\"width\":390,"
        "\"height\":844}]},\"timestamp\":1}",
        "a");
  take (fixture, "{\"type\":3,\"data\":{\"source\":2,\"type\":7,\"id\":0},\"timestamp\":2}", "a");
  take (fixture, "{\"type\":3,\"data\":{\"source\":2,\"type\":7,\"id\":0},\"timestamp\":2}", "b");
  g_assert_nonnull (strstr (fixture->taken->str, "0 {\"type\":4,\"data\":{\"href\":\"\","
                                                 "\"width\":390,"));
  g_assert_nonnull (strstr (fixture->taken->str, "\"textContent\":\"Hi\""));
  g_assert_nonnull (strstr (fixture->taken->str,
                            "\n0 {\"type\":3,\"data\":{\"source\":2,\"type\":7,\"id\":5},"
                            "\"timestamp\":2}"));
  g_assert_nonnull (strstr (fixture->taken->str,
                            "\n1 {\"type\":3,\"data\":{\"source\":2,\"type\":7,\"id\":0},"
                            "\"timestamp\":2}"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/posthog-events/twice", Fixture, NULL, set_up, test_twice, tear_down);
  g_test_add ("/posthog-events/many", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/posthog-events/meta", Fixture, NULL, set_up, test_meta, tear_down);
  g_test_add ("/posthog-events/viewport", Fixture, NULL, set_up, test_viewport, tear_down);
  g_test_add ("/posthog-events/packed", Fixture, NULL, set_up, test_packed, tear_down);
  g_test_add ("/posthog-events/app", Fixture, NULL, set_up, test_app, tear_down);

  return g_test_run ();
}
