/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-archive.h"
#include "ph-error.h"
#include "ph-flaky-stream.h"
#include "ph-limits.h"
#include "ph-pack.h"
#include "ph-test.h"

#include <string.h>
#include <sys/resource.h>

#define EVENT_1 "{\"type\":4,\"data\":{\"href\":\"a\"},\"timestamp\":1000}"
#define EVENT_2 "{\"type\":2,\"data\":{\"node\":{\"t\":\"}{][\\\"\"}},\"timestamp\":1001.5}"
#define EVENT_3 "{\"timestamp\":900,\"type\":3,\"data\":{\"source\":1}}"
#define ARRAY "[" EVENT_1 "," EVENT_2 "," EVENT_3 "]"
#define SUMMARY "0/0/meta@1000000 1/0/full-snapshot@1001500 2/0/mouse-move@900000 "

typedef struct
{
  GString *events; /* `order/window/kind@timestamp ` of each */
  guint stop_after;
  GCancellable *cancellable;
  goffset done, total;
  gboolean went_back;
} Taken;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Taken *taken = user_data;

  g_assert_cmpint (ph_json_type (root), ==, PH_JSON_OBJECT);
  g_assert_true (event->text[0] == '{');
  g_assert_true (event->text[event->size - 1] == '}');
  g_string_append_printf (taken->events, "%d/%u/%s@%" G_GINT64_FORMAT " ", (int) event->order,
                          event->window, ph_event_kind (event), event->timestamp);

  if (taken->stop_after > 0 && event->order + 1 == taken->stop_after)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no more");
      return FALSE;
    }

  if (taken->cancellable != NULL)
    g_cancellable_cancel (taken->cancellable);

  return TRUE;
}

static void
progress_cb (goffset done,
             goffset total,
             gpointer user_data)
{
  Taken *taken = user_data;

  taken->went_back |= done < taken->done || done > total;
  taken->done = done;
  taken->total = total;
}

static const PhSink sink = { event_cb, progress_cb };

static void
clear_taken (Taken *taken)
{
  g_string_free (taken->events, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taken, clear_taken)

static PhArchiveInfo *
read_bytes (const char *data,
            gsize size,
            Taken *taken,
            PhHealth *health,
            GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, 0);

  return ph_archive_read_stream (stream, (goffset) size, &sink, taken, health, NULL, error);
}

/* Every shape an archive of bare rrweb events comes in. */
static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    const char *format;
    gboolean healthy;
  } cases[] = {
    { ARRAY, "rrweb-array", TRUE },
    { "\xef\xbb\xbf " ARRAY "\n\n", "rrweb-array", TRUE },
    { "[\n  " EVENT_1 ",\n  " EVENT_2 ",\n " EVENT_3 ",\n]\n", "rrweb-array", TRUE },
    { "{\"events\":" ARRAY "}", "rrweb-object", TRUE },
    { "{\"a\":{\"events\":[1]},\"b\":\"]}\\\"\",\"n\":-1.5,\"t\":null,\"events\" : " ARRAY
      ",\"z\":[{}]}",
      "rrweb-object", TRUE },
    { EVENT_1 "\n" EVENT_2 "\n" EVENT_3 "\n", "rrweb-ndjson", TRUE },
    { EVENT_1 "\r\n" EVENT_2 "\r\n\r\n" EVENT_3, "rrweb-ndjson", TRUE },
    { EVENT_1 EVENT_2 EVENT_3, "rrweb-ndjson", TRUE },
    { "{\"type\":4,\n\"timestamp\":1000}\n" EVENT_2 "\n" EVENT_3, "rrweb-ndjson", TRUE },
    /* Not whole, but all there. */
    { "[" EVENT_1 "," EVENT_2 "," EVENT_3, "rrweb-array", FALSE },
    { "[" EVENT_1 "," EVENT_2 "," EVENT_3 ",", "rrweb-array", FALSE },
    { "{\"events\":[" EVENT_1 "," EVENT_2 "," EVENT_3, "rrweb-object", FALSE },
    { ARRAY ";", "rrweb-array", FALSE },
    { "[" EVENT_1 ",null," EVENT_2 ",{}," EVENT_3 "]", "rrweb-array", FALSE },
    { EVENT_1 "\n{\"type\":3,\"da\n" EVENT_2 "\n" EVENT_3 "\n", "rrweb-ndjson", FALSE },
    { EVENT_1 "\n# \"note\"\n" EVENT_2 "\n" EVENT_3 "\n", "rrweb-ndjson", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Taken) taken = { .events = g_string_new (NULL) };
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (PhArchiveInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      info = read_bytes (cases[i].text, strlen (cases[i].text), &taken, health, &error);
      g_assert_no_error (error);
      g_assert_nonnull (info);
      g_assert_cmpstr (taken.events->str, ==, SUMMARY);
      g_assert_cmpstr (info->format, ==, cases[i].format);
      g_assert_null (info->packing);
      g_assert_null (info->recorder);
      g_assert_cmpuint (info->n_events, ==, 3);
      g_assert_cmpint (info->bytes, ==, strlen (cases[i].text));
      g_assert_cmpuint (info->windows->len, ==, 1);
      g_assert_cmpstr (info->windows->pdata[0], ==, "");
      g_assert_cmpint (ph_health_total (health) == 0, ==, cases[i].healthy);
    }
}

/* The same events, each packed for itself, all of them or some, and lost ones found again. */
static void
test_packed_events (void)
{
  static const struct
  {
    /* 1 to 3: an event packed; aa to cc: plain; q: the first quoted; L: its end is lost. */
    const char *form;
    const char *format;
    gboolean healthy;
  } cases[] = {
    { "[1,2,3]", "rrweb-array", TRUE },
    { "\xef\xbb\xbf[ 1 ,\n 2 ,\n 3 ]\n", "rrweb-array", TRUE },
    { "[1,bb,3]", "rrweb-array", TRUE },
    { "[aa,2,cc]", "rrweb-array", TRUE },
    { "[q,2,cc]", "rrweb-array", TRUE },
    { "{\"v\":null,\"events\":[1,2,3],\"z\":[]}", "rrweb-object", TRUE },
    { "{\"events\":[aa,2,3]}", "rrweb-object", TRUE },
    { "1\n2\n3\n", "rrweb-ndjson", TRUE },
    { "1\r\nbb\r\n3", "rrweb-ndjson", TRUE },
    { "q\n2\ncc", "rrweb-ndjson", TRUE },
    { "[1,L\",2,3]", "rrweb-array", FALSE },
    /* What begins at the next quote cannot be told from the lost end. */
    { "[1,L,1,2,3]", "rrweb-array", FALSE },
    { "1\nL\n2\n3", "rrweb-ndjson", FALSE },
    { "[1,2,3,L", "rrweb-array", FALSE },
    { "[1,2,}3]", "rrweb-array", FALSE },
  };
  static const char *const events[] = { EVENT_1, EVENT_2, EVENT_3 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_auto (Taken) taken = { .events = g_string_new (NULL) };
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (PhArchiveInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      for (const char *c = cases[i / 2].form; *c != '\0'; c++)
        {
          g_autofree char *packed = NULL;

          if (*c >= '1' && *c <= '3')
            g_string_append (text, packed = ph_pack_string (events[*c - '1'], i % 2 == 0));
          else if (*c == 'L')
            g_string_append (text, "\"x\\u009cxyz");
          else if (*c == 'q')
            g_string_append (text, "\"{\\\"type\\\":4,\\\"timestamp\\\":1000}\"");
          else if (c[0] == c[1] && *c >= 'a' && *c <= 'c')
            g_string_append (text, events[*c++ - 'a']);
          else
            g_string_append_c (text, *c);
        }

      g_test_message ("case %u: %s", i / 2, text->str);
      info = read_bytes (text->str, text->len, &taken, health, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (info->format, ==, cases[i / 2].format);
      g_assert_cmpstr (taken.events->str, ==, SUMMARY);
      g_assert_cmpint (ph_health_total (health) == 0, ==, cases[i / 2].healthy);
    }
}

/* Packed events inside a packed file: what comes out is bounded by what the file is, and plays. */
static void
test_packed_bomb (void)
{
  g_autofree char *spaces = g_strnfill (8UL * 1024 * 1024, ' ');
  g_autofree char *event = g_strconcat ("{\"type\":4,", spaces, "\"timestamp\":1000}", NULL);
  g_autofree char *packed = ph_pack_string (event, FALSE);
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) bomb = NULL;
  g_auto (Taken) taken = { .events = g_string_new (NULL) };
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "%s,", packed);

  bytes = g_bytes_new_static (text->str, text->len);
  bomb = ph_pack_zstd (bytes);
  info = read_bytes (g_bytes_get_data (bomb, NULL), g_bytes_get_size (bomb), &taken, health,
                     &error);
  g_assert_no_error (error);
  g_assert_nonnull (info);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 1);
  g_assert_true (g_str_has_prefix (taken.events->str, "0/0/meta@1000000 "));
  g_assert_null (strstr (taken.events->str, "99/"));
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    PhError code;
    const char *message;
  } cases[] = {
    { "", PH_ERROR_UNKNOWN_FORMAT, "The file is empty" },
    { " \n", PH_ERROR_UNKNOWN_FORMAT, "This file is not a session archive Playhead knows" },
    { "hello", PH_ERROR_UNKNOWN_FORMAT, "This file is not a session archive Playhead knows" },
    { "<!doctype html>", PH_ERROR_UNSUPPORTED, NULL },
    { "{foo", PH_ERROR_UNKNOWN_FORMAT, "This file is not a session archive Playhead knows" },
    { "\x89PNG\r\n", PH_ERROR_UNSUPPORTED, NULL },
    { "[]", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "{}", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "42", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "null", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "\"text\"", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "[1,2,3]", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "[{\"a\":1}]", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "[{\"type\":\"click\",\"timestamp\":5}]", PH_ERROR_UNKNOWN_FORMAT,
      "This is JSON, but not a recorded session" },
    { "{\"events\":{}}", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "{\"name\":\"x\",\"version\":1}", PH_ERROR_UNKNOWN_FORMAT,
      "This is JSON, but not a recorded session" },
    { "{\"a\":1}\n{\"a\":2}\n", PH_ERROR_UNKNOWN_FORMAT,
      "This is JSON, but not a recorded session" },
    { "[\"x\\u009c\\u0001\"]", PH_ERROR_CORRUPT, NULL },
    { "{\"version\":2,\"events\":[\"x\xc2\x9c\"]}", PH_ERROR_CORRUPT, NULL },
    { "\xff\xfe[\x01", PH_ERROR_UNSUPPORTED, NULL },
    { "PK\003\004zip", PH_ERROR_UNKNOWN_FORMAT, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Taken) taken = { .events = g_string_new (NULL) };
      g_autoptr (PhArchiveInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      info = read_bytes (cases[i].text, strlen (cases[i].text), &taken, NULL, &error);
      g_assert_error (error, PH_ERROR, (int) cases[i].code);
      g_assert_null (info);
      g_assert_cmpstr (taken.events->str, ==, "");

      if (cases[i].message != NULL)
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_files (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "recording.txt.png", NULL);
  g_autoptr (GFile) dir = g_file_new_for_path (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (Taken) taken = { .events = g_string_new (NULL) };
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (ph_archive_read (dir, &sink, &taken, NULL, NULL, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT);
  g_assert_cmpstr (error->message, ==, "There are no files in it");
  g_clear_error (&error);

  g_assert_null (ph_archive_read (file, &sink, &taken, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* The name says nothing. */
  g_assert_true (g_file_set_contents (path, ARRAY, -1, NULL));
  info = ph_archive_read (file, &sink, &taken, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (taken.events->str, ==, SUMMARY);
  g_assert_cmpint (info->bytes, ==, strlen (ARRAY));
  g_assert_cmpint (taken.done, ==, strlen (ARRAY));
  g_assert_cmpint (taken.total, ==, strlen (ARRAY));

  ph_test_remove_tree (folder);
}

/* How many of the three events lie before @cut in @text. */
static guint
count_whole (const char *text,
             gsize cut)
{
  static const char *const events[] = { EVENT_1, EVENT_2, EVENT_3 };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    n += strstr (text, events[i]) + strlen (events[i]) <= text + cut;

  return n;
}

/* Cut anywhere, an archive plays up to there and says so. */
static void
test_cut (void)
{
  static const char *const shapes[] = {
    ARRAY,
    "{\"v\":1,\"events\":" ARRAY "}",
    EVENT_1 "\n" EVENT_2 "\n" EVENT_3,
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      gsize size = strlen (shapes[i]);

      for (gsize cut = 0; cut < size; cut++)
        {
          g_auto (Taken) taken = { .events = g_string_new (NULL) };
          g_autoptr (PhHealth) health = ph_health_new ();
          g_autoptr (PhArchiveInfo) info = NULL;
          g_autoptr (GError) error = NULL;
          guint n_events = count_whole (shapes[i], cut);

          info = read_bytes (shapes[i], cut, &taken, health, &error);

          if (n_events == 0)
            {
              g_assert_null (info);
              g_assert_true (g_error_matches (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT) ||
                             g_error_matches (error, PH_ERROR, PH_ERROR_CORRUPT));
              continue;
            }

          g_assert_no_error (error);
          g_assert_cmpuint (info->n_events, ==, n_events);
          g_assert_true (g_str_has_prefix (SUMMARY, taken.events->str));
          g_assert_cmpuint (ph_health_total (health), ==,
                            ph_health_count (health, PH_HEALTH_TRUNCATED));

          /* Between two lines there is nothing to see it by. */
          if (cut > 0 && shapes[i][cut - 1] != '}' && shapes[i][cut - 1] != '\n')
            g_assert_cmpuint (ph_health_count (health, PH_HEALTH_TRUNCATED), ==, 1);
        }
    }
}

/* The same events whatever the packing and the chunks it comes in. */
static void
test_any_chunks (void)
{
  static const char *const shapes[] = {
    ARRAY,
    "{\"v\":1,\"events\":" ARRAY "}",
    EVENT_1 "\n{\"broken\":\n" EVENT_2 "\n" EVENT_3,
  };

  for (guint i = 0; i < 3 * G_N_ELEMENTS (shapes); i++)
    {
      static const char *const packings[] = { NULL, "gzip", "zstd" };
      g_autoptr (GBytes) text = g_bytes_new_static (shapes[i / 3], strlen (shapes[i / 3]));
      g_autoptr (GBytes) bytes = NULL;

      if (i % 3 == 0)
        bytes = g_bytes_ref (text);
      else
        bytes = i % 3 == 1 ? ph_pack_gzip (text) : ph_pack_zstd (text);

      for (gsize chunk = 0; chunk <= g_bytes_get_size (bytes);
           chunk += chunk < 40 ? 1 : 11)
        {
          g_auto (Taken) taken = { .events = g_string_new (NULL) };
          g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, chunk);
          g_autoptr (PhHealth) health = ph_health_new ();
          g_autoptr (PhArchiveInfo) info = NULL;
          goffset size = (goffset) g_bytes_get_size (bytes);

          if (chunk == 0)
            ph_flaky_stream_set_random (PH_FLAKY_STREAM (stream), i);

          info = ph_archive_read_stream (stream, size, &sink, &taken, health, NULL, NULL);
          g_assert_nonnull (info);
          g_assert_cmpstr (taken.events->str, ==, SUMMARY);
          g_assert_cmpstr (info->packing, ==, packings[i % 3]);
          g_assert_cmpint (info->bytes, ==, size);
          g_assert_cmpint (taken.done, ==, size);
          g_assert_false (taken.went_back);
          g_assert_cmpuint (ph_health_total (health), ==, i / 3 == 2 ? 1 : 0);
        }
    }
}

/* Every read made to fail once is that error, after the events that came before. */
static void
test_flaky (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static (ARRAY, strlen (ARRAY));
  g_autoptr (GBytes) gzip = ph_pack_gzip (text);
  GBytes *forms[] = { text, gzip };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      gboolean failed = TRUE;

      for (guint n = 0; failed; n++)
        {
          g_auto (Taken) taken = { .events = g_string_new (NULL) };
          g_autoptr (GInputStream) stream = ph_flaky_stream_new (forms[i], 16);
          g_autoptr (PhArchiveInfo) info = NULL;
          g_autoptr (GError) error = NULL;

          ph_flaky_stream_fail_at (PH_FLAKY_STREAM (stream), n);
          info = ph_archive_read_stream (stream, 0, &sink, &taken, NULL, NULL, &error);
          failed = n < ph_flaky_stream_get_n_reads (PH_FLAKY_STREAM (stream));
          g_assert_cmpint (info == NULL, ==, failed);
          g_assert_true (g_str_has_prefix (SUMMARY, taken.events->str));

          if (failed)
            g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
          else
            g_assert_cmpuint (n, >, 5);
        }
    }
}

static void
test_stop (void)
{
  g_auto (Taken) taken = { .events = g_string_new (NULL), .stop_after = 2 };
  g_autoptr (GError) error = NULL;

  g_assert_null (read_bytes (ARRAY, strlen (ARRAY), &taken, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_true (g_str_has_suffix (taken.events->str, "1/0/full-snapshot@1001500 "));
}

/* Cancelled by the first event, it stops at the next chunk. */
static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Taken) taken = { .events = g_string_new (NULL), .cancellable = cancellable };
  g_autoptr (GBytes) bytes = g_bytes_new_static (ARRAY, strlen (ARRAY));
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, 0);
  g_autoptr (GError) error = NULL;

  ph_flaky_stream_insert (PH_FLAKY_STREAM (stream), strlen (EVENT_1) + 2, ' ', 100000000);
  g_assert_null (ph_archive_read_stream (stream, 0, &sink, &taken, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (taken.events->str, ==, "0/0/meta@1000000 ");
  g_assert_cmpuint (ph_flaky_stream_get_n_reads (PH_FLAKY_STREAM (stream)), <, 10);
}

static void
test_packing (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static (ARRAY, strlen (ARRAY));
  g_autoptr (GBytes) junk = g_bytes_new_static ("junk", 4);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) gzip = ph_pack_gzip (text);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (gzip, 0, g_bytes_get_size (gzip) - 20);
  g_autoptr (GBytes) trailing = ph_pack_join (gzip, junk);
  g_autoptr (GBytes) empty = ph_pack_gzip (none);
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (gzip, 0, 12);
  const struct
  {
    GBytes *bytes;
    guint n_truncated, n_damaged;
    const char *error;
  } cases[] = {
    { gzip, 0, 0, NULL },
    { half, 1, 0, NULL },
    { trailing, 0, 1, NULL },
    { empty, 0, 0, "The file is empty" },
    { head, 0, 0, "Its gzip data is cut off near the beginning" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Taken) taken = { .events = g_string_new (NULL) };
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (PhArchiveInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      info = read_bytes (g_bytes_get_data (cases[i].bytes, NULL), g_bytes_get_size (cases[i].bytes),
                         &taken, health, &error);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].error);
      g_assert_cmpint (info != NULL, ==, cases[i].error == NULL);
      g_assert_cmpuint (ph_health_count (health, PH_HEALTH_TRUNCATED), ==, cases[i].n_truncated);
      g_assert_cmpuint (ph_health_count (health, PH_HEALTH_DAMAGED), ==, cases[i].n_damaged);
      g_assert_cmpuint (ph_health_total (health), ==, cases[i].n_truncated + cases[i].n_damaged);
    }
}

/* Peak memory of the process in bytes. */
static gsize
get_peak (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);

  return (gsize) usage.ru_maxrss * 1024;
}

/* @text with @n times x where it has an @, read as a stream that nobody holds. */
static PhArchiveInfo *
read_inserted (const char *text,
               guint64 n,
               char byte,
               PhHealth *health,
               GError **error)
{
  g_auto (Taken) taken = { .events = g_string_new (NULL) };
  g_autofree char *around = g_strdup (text);
  char *place = strchr (around, '@');
  gsize at = (gsize) (place - around);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;

  memmove (place, place + 1, strlen (place));
  bytes = g_bytes_new (around, strlen (around));
  stream = ph_flaky_stream_new (bytes, 0);
  ph_flaky_stream_insert (PH_FLAKY_STREAM (stream), at, byte, n);

  return ph_archive_read_stream (stream, 0, &sink, &taken, health, NULL, error);
}

/* Refused, or stepped over, by limit and not by memory. */
static void
test_huge (void)
{
  const guint64 megabyte = 1024UL * 1024;
  static const struct
  {
    const char *text;
    char byte;
    guint megabytes;
    int code; /* PhError, or -1 when it is read */
  } cases[] = {
    { "\"@\"", 'x', 200, PH_ERROR_UNKNOWN_FORMAT },
    { "[\"@\"]", 'x', 200, PH_ERROR_UNKNOWN_FORMAT },
    { "[" EVENT_1 ",\"@\"," EVENT_2 "]", 'x', 200, -1 },
    { "{\"note\":\"@\",\"events\":[" EVENT_1 "]}", 'x', 200, -1 },
    { "[" EVENT_1 ",@" EVENT_2 "]", ' ', 60, -1 },
    { "[" EVENT_1 ",@" EVENT_2 "]", '"', 60, -1 },
    { "{\"@\":1,\"events\":[" EVENT_1 "]}", 'x', 60, -1 },
    { "{\"events\":[" EVENT_1 "]}@", ']', 60, -1 },
  };
  gsize before = get_peak ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (PhArchiveInfo) info = NULL;

      g_test_message ("case %u", i);
      info = read_inserted (cases[i].text, cases[i].megabytes * megabyte, cases[i].byte, health,
                            &error);
      g_assert_cmpint (error != NULL ? error->code : -1, ==, cases[i].code);
      g_assert_cmpint (info != NULL, ==, cases[i].code == -1);
      g_assert_cmpuint (get_peak (), <, before + 40 * megabyte);
    }
}

/* One event may be large; one that is larger than that is left out, and is told. */
static void
test_huge_event (void)
{
  const guint64 huge = PH_LIMIT_EVENT_BYTES + 1000;
  const char *alone = "[{\"type\":2,\"timestamp\":1,\"data\":\"@\"}]";
  const char *first = "[{\"type\":2,\"timestamp\":1,\"data\":\"@\"}," EVENT_1 "]";
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (read_inserted (alone, huge, 'x', NULL, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
  g_clear_error (&error);

  info = read_inserted (first, huge, '[', health, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info->n_events, ==, 1);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_EVENT_TOO_LARGE), ==, 1);
  g_assert_cmpuint (ph_health_total (health), ==, 1);
}

static void
test_bomb (void)
{
  g_autoptr (GBytes) begin = g_bytes_new_static ("[" EVENT_1 ",", strlen (EVENT_1) + 2);
  g_autoptr (GBytes) packed_begin = ph_pack_zstd (begin);
  g_autoptr (GBytes) spaces = ph_pack_zstd_run (' ', G_GUINT64_CONSTANT (1) << 30);
  g_autoptr (GBytes) bomb = ph_pack_join (packed_begin, spaces);
  g_auto (Taken) taken = { .events = g_string_new (NULL) };
  g_autoptr (GError) error = NULL;

  g_assert_null (read_bytes (g_bytes_get_data (bomb, NULL), g_bytes_get_size (bomb), &taken, NULL,
                             &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
  g_assert_cmpstr (taken.events->str, ==, "0/0/meta@1000000 ");
}

typedef struct
{
  guint n_files;
  guint n_read;
} Corpus;

static gboolean
count_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  guint64 *n = user_data;

  ++*n;

  return TRUE;
}

/* An array of the corpus is read to the last event, as a parser of the whole sees it. */
static void
check_array (const char *path,
             guint64 n_events,
             const PhHealth *health)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autofree char *text = NULL;
  PhJsonValue root;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_assert_true (ph_json_parse (json, text, size, &root, NULL));
  g_assert_cmpuint (ph_json_size (root), ==, n_events);
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

static void
read_corpus_file (const char *path,
                  gpointer user_data)
{
  static const PhSink counting = { count_cb, NULL };
  Corpus *corpus = user_data;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n = 0;

  info = ph_archive_read (file, &counting, &n, health, NULL, &error);
  corpus->n_files++;

  if (info == NULL)
    {
      g_test_message ("%s: %s", path, error->message);
      g_assert_true (error->domain == PH_ERROR);

      /* That there is no page in what is recorded is only known at its end. */
      if (!g_error_matches (error, PH_ERROR, PH_ERROR_UNSUPPORTED))
        g_assert_cmpuint (n, ==, 0);

      /* The rrweb folder is what this reads. */
      g_assert_null (strstr (path, "/corpus/rrweb/"));
      return;
    }

  g_assert_cmpuint (info->n_events, ==, n);
  corpus->n_read++;

  if (strcmp (info->format, "rrweb-array") == 0)
    check_array (path, n, health);
}

static void
test_corpus (void)
{
  Corpus corpus = {};

  ph_test_each_shared ("corpus", "", read_corpus_file, &corpus);

  if (corpus.n_files == 0)
    {
      g_test_skip ("the shared corpus is not here");
      return;
    }

  g_test_message ("%u files, %u read", corpus.n_files, corpus.n_read);
  g_assert_cmpuint (corpus.n_read, >, 100);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  /* First, while the peak of memory is low. */
  g_test_add_func ("/archive/huge", test_huge);
  g_test_add_func ("/archive/huge-event", test_huge_event);
  g_test_add_func ("/archive/shapes", test_shapes);
  g_test_add_func ("/archive/packed-events", test_packed_events);
  g_test_add_func ("/archive/packed-bomb", test_packed_bomb);
  g_test_add_func ("/archive/refused", test_refused);
  g_test_add_func ("/archive/files", test_files);
  g_test_add_func ("/archive/cut", test_cut);
  g_test_add_func ("/archive/any-chunks", test_any_chunks);
  g_test_add_func ("/archive/flaky", test_flaky);
  g_test_add_func ("/archive/stop", test_stop);
  g_test_add_func ("/archive/cancel", test_cancel);
  g_test_add_func ("/archive/packing", test_packing);
  g_test_add_func ("/archive/bomb", test_bomb);
  g_test_add_func ("/archive/corpus", test_corpus);

  return g_test_run ();
}
