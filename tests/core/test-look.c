/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-look.h"

#include "ph-error.h"
#include "ph-flaky-stream.h"
#include "ph-pack.h"
#include "ph-span.h"

#include <string.h>

#define META "{\"type\":4,\"timestamp\":2000,\"data\":{\"href\":\"https://a.example/x\"}}"
#define SNAPSHOT "{\"type\":2,\"timestamp\":2001,\"data\":{}}"
#define MOVE "{\"type\":3,\"timestamp\":1500,\"data\":{\"source\":1}}"
#define CUSTOM "{\"type\":5,\"timestamp\":1000,\"session_id\":\"s\",\"data\":{\"tag\":\"x\"}}"

static void
test_look (void)
{
  static const struct
  {
    const char *text;
    const char *reader;
    int begin;
    gboolean has_page;
    const char *session;
    const char *address;
  } cases[] = {
    { "[" META "," SNAPSHOT "," MOVE "]", "rrweb-array", 2000, TRUE, NULL, "https://a.example/x" },
    { SNAPSHOT "\n" CUSTOM, "rrweb-ndjson", 2001, TRUE, NULL, NULL },
    { CUSTOM "\n" MOVE "\n" SNAPSHOT, "rrweb-ndjson", 1000, FALSE, "s", NULL },
    { "{\"events\":[" MOVE "," META "]}", "rrweb-object", 1500, FALSE, NULL,
      "https://a.example/x" },
    { "[" META, "rrweb-array", 2000, TRUE, NULL, "https://a.example/x" },
    { "hello", NULL, 0, FALSE, NULL, NULL },
    { "", NULL, 0, FALSE, NULL, NULL },
    { "[{\"type\":4,\"timest", NULL, 0, FALSE, NULL, NULL },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      const char *text = cases[i / 2].text;
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
      g_autoptr (GBytes) packed = ph_pack_gzip (bytes);
      g_autoptr (GInputStream) stream = ph_flaky_stream_new (i % 2 == 0 ? bytes : packed, i);
      g_autoptr (GError) error = NULL;
      g_auto (PhLook) look = {};

      g_test_message ("case %u", i / 2);
      g_assert_true (ph_look_at (&look, stream, 0, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (look.reader != NULL ? look.reader->name : NULL, ==, cases[i / 2].reader);
      g_assert_true ((look.reader == NULL) == (look.problem != NULL));
      g_assert_cmpint (look.begin == PH_TIME_NONE ? 0 : look.begin / 1000, ==, cases[i / 2].begin);
      g_assert_cmpint (look.has_page, ==, cases[i / 2].has_page);
      g_assert_cmpstr (look.session, ==, cases[i / 2].session);
      g_assert_cmpstr (look.address, ==, cases[i / 2].address);
    }
}

/* However long the file is, only its beginning is read. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (META "\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_auto (PhLook) look = {};

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, MOVE "\n");

  bytes = g_bytes_new_static (text->str, text->len);
  stream = ph_flaky_stream_new (bytes, 4096);
  g_assert_true (ph_look_at (&look, stream, 0, NULL, NULL));
  g_assert_cmpstr (look.reader->name, ==, "rrweb-ndjson");
  g_assert_cmpuint (ph_flaky_stream_get_n_reads (PH_FLAKY_STREAM (stream)), <, 500);
}

static void
test_errors (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("[" META "]", strlen ("[" META "]"));
  g_autoptr (GInputStream) failing = ph_flaky_stream_new (bytes, 0);
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (PhLook) look = {};
  g_auto (PhLook) other = {};

  ph_flaky_stream_fail_at (PH_FLAKY_STREAM (failing), 0);
  g_assert_false (ph_look_at (&look, failing, 0, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (ph_look_at (&other, stream, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/look/look", test_look);
  g_test_add_func ("/look/long", test_long);
  g_test_add_func ("/look/errors", test_errors);

  return g_test_run ();
}
