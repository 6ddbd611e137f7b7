/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-flaky-stream.h"
#include "ph-limits.h"
#include "ph-pack.h"
#include "ph-reading.h"

#include <string.h>

typedef struct
{
  GString *windows; /* the number of each event's window */
  PhHealth *health;
  PhUnpack *unpack;
  PhReading *reading;
  gboolean refuses; /* the sink does */
} Fixture;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->windows, "%u ", event->window);

  if (fixture->refuses)
    g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "the sink says no");

  return !fixture->refuses;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("0123456789", 10);
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, 3);

  fixture->windows = g_string_new (NULL);
  fixture->health = ph_health_new ();
  fixture->unpack = ph_unpack_new (stream);
  fixture->reading = ph_reading_new (fixture->unpack, 10, &sink, fixture, fixture->health, NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_reading_free (fixture->reading);
  ph_unpack_free (fixture->unpack);
  ph_health_free (fixture->health);
  g_string_free (fixture->windows, TRUE);
}

/* An event with these members beside type and timestamp. */
static gboolean
emit (Fixture *fixture,
      const char *members,
      const char *window)
{
  g_autofree char *text = g_strdup_printf ("{\"type\":0,\"timestamp\":5%s}", members);
  gboolean is_json = FALSE;

  g_assert_true (ph_reading_emit (fixture->reading, text, strlen (text), window, &is_json, NULL));

  return is_json;
}

/* What was peeked at is still to be pulled, whatever the sizes. */
static void
test_peek_pull (Fixture *fixture,
                gconstpointer data)
{
  gsize size = 0;
  const char *head = ph_reading_peek (fixture->reading, 4, &size, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  char buffer[4];
  gssize n;

  g_assert_cmpmem (head, size, "0123", 4);
  head = ph_reading_peek (fixture->reading, 5, &size, NULL);
  g_assert_cmpmem (head, size, "01234", 5);

  while ((n = ph_reading_pull (fixture->reading, buffer, 4, NULL)) > 0)
    g_string_append_len (out, buffer, n);

  g_assert_cmpint (n, ==, 0);
  g_assert_cmpstr (out->str, ==, "0123456789");
}

static void
test_peek_all (Fixture *fixture,
               gconstpointer data)
{
  gsize size = 0;
  const char *head = ph_reading_peek (fixture->reading, 100, &size, NULL);

  g_assert_cmpmem (head, size, "0123456789", 10);
}

static void
test_windows (Fixture *fixture,
              gconstpointer data)
{
  GPtrArray *names;

  /* Before any name, and the first name is for the same window. */
  emit (fixture, "", NULL);
  emit (fixture, ",\"windowId\":\"one\"", NULL);
  emit (fixture, ",\"window_id\":\"two\"", NULL);
  /* No name: where the last one was. */
  emit (fixture, "", NULL);
  emit (fixture, ",\"windowId\":null", NULL);
  emit (fixture, ",\"windowId\":\"\"", NULL);
  emit (fixture, ",\"windowId\":\"one\"", NULL);
  emit (fixture, ",\"windowId\":7", NULL);
  emit (fixture, ",\"windowId\":\"7\"", NULL);
  /* What stands outside the event counts. */
  emit (fixture, ",\"windowId\":\"one\"", "two");

  g_assert_cmpstr (fixture->windows->str, ==, "0 0 1 1 1 1 0 2 2 1 ");
  names = ph_reading_get_windows (fixture->reading);
  g_assert_cmpuint (names->len, ==, 3);
  g_assert_cmpstr (names->pdata[0], ==, "one");
  g_assert_cmpstr (names->pdata[1], ==, "two");
  g_assert_cmpstr (names->pdata[2], ==, "7");
  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
}

static void
test_too_many_windows (Fixture *fixture,
                       gconstpointer data)
{
  for (guint i = 0; i < PH_LIMIT_WINDOWS + 3; i++)
    {
      g_autofree char *member = g_strdup_printf (",\"windowId\":%u", i);

      emit (fixture, member, NULL);
    }

  g_assert_true (g_str_has_suffix (fixture->windows->str, " 254 255 0 0 0 "));
  g_assert_cmpuint (ph_reading_get_windows (fixture->reading)->len, ==, PH_LIMIT_WINDOWS);
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_LIMIT), ==, 3);
}

/* A name is bounded, and cut between characters. */
static void
test_long_window (Fixture *fixture,
                  gconstpointer data)
{
  g_autoptr (GString) member = g_string_new (",\"windowId\":\"x");
  const char *name;

  for (guint i = 0; i < PH_LIMIT_NAME_BYTES; i++)
    g_string_append (member, "é");

  g_string_append (member, "\"");
  emit (fixture, member->str, NULL);
  name = ph_reading_get_windows (fixture->reading)->pdata[0];
  g_assert_cmpuint (strlen (name), ==, PH_LIMIT_NAME_BYTES - 1);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

static void
test_not_events (Fixture *fixture,
                 gconstpointer data)
{
  static const char *const invalid[] = { "{}", "[]", "{\"type\":3}", "{\"timestamp\":3}",
                                         "{\"type\":\"3\",\"timestamp\":3}", "7" };
  gboolean is_json = TRUE;
  g_autofree char *open = g_strnfill (PH_LIMIT_JSON_DEPTH + 10, '[');
  g_autofree char *close = g_strnfill (PH_LIMIT_JSON_DEPTH + 10, ']');
  g_autofree char *deep = g_strconcat (open, close, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_assert_true (ph_reading_emit (fixture->reading, invalid[i], strlen (invalid[i]), NULL,
                                      &is_json, NULL));
      g_assert_true (is_json);
    }

  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_EVENT_INVALID), ==,
                    G_N_ELEMENTS (invalid));

  /* Not JSON: for the reader, no finding yet. */
  g_assert_false (emit (fixture, ",", NULL));
  g_assert_cmpuint (ph_health_total (fixture->health), ==, G_N_ELEMENTS (invalid));

  g_assert_true (ph_reading_emit (fixture->reading, deep, strlen (deep), NULL, &is_json, NULL));
  g_assert_true (is_json);
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_LIMIT), ==, 1);
  g_assert_cmpuint (ph_reading_get_n_events (fixture->reading), ==, 0);
}

static void
test_recorder (Fixture *fixture,
               gconstpointer data)
{
  const char *sentry = "{\"type\":5,\"timestamp\":1,\"data\":{\"tag\":\"breadcrumb\","
                       "\"payload\":{\"category\":\"console\"}}}";
  const char *posthog = "{\"type\":5,\"timestamp\":1,\"data\":{\"tag\":\"$pageview\"}}";
  gboolean is_json;

  emit (fixture, "", NULL);
  g_assert_null (ph_reading_get_recorder (fixture->reading));
  ph_reading_emit (fixture->reading, sentry, strlen (sentry), NULL, &is_json, NULL);
  ph_reading_emit (fixture->reading, posthog, strlen (posthog), NULL, &is_json, NULL);
  g_assert_cmpstr (ph_reading_get_recorder (fixture->reading), ==, "sentry");
}

#define EVENT(window) "{\"type\":0,\"timestamp\":5" window "}"

/* @packing: 0 none, 1 gzip, 2 zlib in gzip. */
static GInputStream *
make_stream (const char *text,
             guint packing,
             gsize chunk)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) zlib = ph_pack_zlib (bytes);
  g_autoptr (GBytes) gzip = ph_pack_gzip (packing == 2 ? zlib : bytes);

  return ph_flaky_stream_new (packing == 0 ? bytes : gzip, chunk);
}

/* Archives inside: each recognised for itself, one order and one numbering of windows for all. */
static void
test_nested (Fixture *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *window;
    const char *format;
  } cases[] = {
    { "[" EVENT (",\"windowId\":\"a\"") "," EVENT ("") "]", NULL, "rrweb-array" },
    { EVENT ("") "\n" EVENT (",\"windowId\":\"c\"") "\n", "b", "rrweb-ndjson" },
    { "{\"events\":[" EVENT (",\"windowId\":\"a\"") "]}", "b", "rrweb-object" },
    { "[" EVENT ("") "]", NULL, "rrweb-array" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInputStream) stream = make_stream (cases[i].text, i % 3, i * 5);
      g_autoptr (GError) error = NULL;
      const char *format;

      format = ph_reading_read_nested (fixture->reading, stream, cases[i].window, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (format, ==, cases[i].format);
    }

  g_assert_cmpstr (fixture->windows->str, ==, "0 0 1 2 0 0 ");
  g_assert_cmpuint (ph_reading_get_n_events (fixture->reading), ==, 6);
  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);

  /* The outer archive is where it was. */
  test_peek_pull (fixture, NULL);
}

/* A part that is nothing is left out, with its name; what the sink says is not. */
static void
test_excuse (Fixture *fixture,
             gconstpointer data)
{
  static const char *const parts[] = { "", "hello", "[]", "{\"a\":1}", "PK\003\004" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GInputStream) stream = make_stream (parts[i], i % 3, 0);

      g_assert_null (ph_reading_read_nested (fixture->reading, stream, NULL, &error));
      g_assert_true (ph_reading_excuse (fixture->reading, "part", &error));
      g_assert_no_error (error);
    }

  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_DAMAGED), ==,
                    G_N_ELEMENTS (parts));

  {
    g_autoptr (GInputStream) stream = make_stream ("[" EVENT ("") "]", 0, 0);

    fixture->refuses = TRUE;
    g_assert_null (ph_reading_read_nested (fixture->reading, stream, NULL, &error));
    g_assert_false (ph_reading_excuse (fixture->reading, "part", &error));
    g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
  }
}

static void
test_too_deep (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (GInputStream) stream = make_stream ("x", 0, 0);
  g_autoptr (GError) error = NULL;
  gsize size;

  for (guint i = 0; i < PH_LIMIT_NESTED; i++)
    g_assert_true (ph_reading_enter (fixture->reading, stream, NULL, NULL));

  g_assert_false (ph_reading_enter (fixture->reading, stream, NULL, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
  g_assert_cmpmem (ph_reading_peek (fixture->reading, 9, &size, NULL), size, "x", 1);

  for (guint i = 0; i < PH_LIMIT_NESTED; i++)
    ph_reading_leave (fixture->reading);

  g_assert_cmpmem (ph_reading_peek (fixture->reading, 1, &size, NULL), size, "0", 1);
}

/* However it is spread over parts, what comes out is bounded by the size of the file. */
static void
test_nested_bomb (Fixture *fixture,
                  gconstpointer data)
{
  g_autoptr (GBytes) run = ph_pack_zstd_run (' ', 32UL * 1024 * 1024);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  while (error == NULL)
    {
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (run);

      ph_reading_read_nested (fixture->reading, stream, NULL, &error);

      if (error != NULL && ph_reading_excuse (fixture->reading, "bomb", &error))
        n++;

      g_assert_cmpuint (n, <, 5000);
    }

  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
}

/* What a reader makes of few bytes is bounded as well as what is unpacked. */
static void
test_growing (Fixture *fixture,
              gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (1024 * 1024, 'x');
  g_autofree char *text =
    g_strdup_printf ("{\"type\":0,\"timestamp\":5,\"data\":\"%s\"}", long_name);
  g_autoptr (GError) error = NULL;
  gboolean is_json;
  guint n = 0;

  while (ph_reading_emit (fixture->reading, text, strlen (text), NULL, &is_json, &error))
    {
      n++;
      g_assert_cmpuint (n, <=, PH_LIMIT_UNPACK_FREE / (1024 * 1024));
    }

  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
  g_assert_cmpuint (n, >, 50);
  g_assert_false (ph_reading_excuse (fixture->reading, "part", &error));
  g_assert_true (ph_reading_cut (fixture->reading, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_LIMIT), ==, 1);
}

int
main (int argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture,
                  gconstpointer data);
  } tests[] = {
    { "/reading/peek-pull", test_peek_pull },
    { "/reading/peek-all", test_peek_all },
    { "/reading/windows", test_windows },
    { "/reading/too-many-windows", test_too_many_windows },
    { "/reading/long-window", test_long_window },
    { "/reading/not-events", test_not_events },
    { "/reading/recorder", test_recorder },
    { "/reading/nested", test_nested },
    { "/reading/excuse", test_excuse },
    { "/reading/too-deep", test_too_deep },
    { "/reading/growing", test_growing },
    { "/reading/nested-bomb", test_nested_bomb },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
