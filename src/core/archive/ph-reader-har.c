/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-body.h"
#include "ph-cut.h"
#include "ph-error.h"
#include "ph-json-write.h"
#include "ph-limits.h"
#include "ph-reader.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * A browser's network log (HAR 1.2): the session is in the bodies of requests that a
 * recorder sent, and of answers of tools that show recordings. Each is an archive for
 * itself, of whatever format; all other requests become requests of the session when
 * they were made during it. Source of the format: w3.org, HAR 1.2 draft.
 */

#define CHUNK ((gsize) 256 * 1024)
/* Other requests kept until it is known when the session was, and their texts in bytes. */
#define MAX_REQUESTS 50000
#define MAX_REQUEST_BYTES ((gsize) 32 * 1024 * 1024)
/* Bodies that can only be read together with those before. */
#define MAX_LINES_BYTES ((gsize) 256 * 1024 * 1024)

enum
{
  PATH_ENTRY,
  PATH_BROWSER,
};

static const char *const paths[] = { "log.entries[]", "log.browser", NULL };

typedef struct
{
  gint64 time; /* microseconds since the Unix epoch */
  guint32 offset;
  guint32 size;
} Request;

/* Bodies of a format whose parts are one text. */
typedef struct
{
  const PhReader *reader;
  GByteArray *text;
} Lines;

typedef struct
{
  PhReading *reading;
  PhJson *json;
  GArray *requests;  /* Request */
  GString *texts;    /* of them */
  GPtrArray *joined; /* Lines */
  guint n_entries;
} Read;

static void
free_lines (gpointer data)
{
  Lines *lines = data;

  g_byte_array_unref (lines->text);
  g_free (lines);
}

/* --- bodies ---------------------------------------------------------------- */

/* What no tool answers a recording as. */
static gboolean
is_other (PhJsonValue content)
{
  static const char *const types[] = { "image/", "font/", "audio/", "video/", "css", "javascript",
                                       "html", "wasm" };
  const char *type;

  if (!ph_json_member_string (content, "mimeType", &type, NULL))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strstr (type, types[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* What reads @bytes, or NULL. Only what is sure: most requests are something else. */
static const PhReader *
find_reader (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (PhUnpack) unpack = ph_unpack_new (stream);
  g_autofree char *head = g_malloc (PH_READER_HEAD_SIZE);
  const PhReader *reader;
  PhRank rank = PH_RANK_NONE;
  gsize size = 0;
  gssize n;

  while (size < PH_READER_HEAD_SIZE &&
         (n = ph_unpack_read (unpack, head + size, PH_READER_HEAD_SIZE - size, NULL, NULL)) > 0)
    size += (gsize) n;

  reader = ph_reader_find (head, size, size < PH_READER_HEAD_SIZE, &rank);

  return rank >= PH_RANK_LIKELY && reader != &ph_reader_har ? reader : NULL;
}

/* Unpacked, as nothing is that has a line end in between. FALSE: there is no room for it. */
static gboolean
add_lines (Read *read,
           const PhReader *reader,
           GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (PhUnpack) unpack = ph_unpack_new (stream);
  g_autofree guint8 *piece = g_malloc (CHUNK);
  Lines *lines = NULL;
  gssize n;

  for (guint i = 0; i < read->joined->len; i++)
    if (((Lines *) read->joined->pdata[i])->reader == reader)
      lines = read->joined->pdata[i];

  if (lines == NULL)
    {
      lines = g_new0 (Lines, 1);
      lines->reader = reader;
      lines->text = g_byte_array_new ();
      g_ptr_array_add (read->joined, lines);
    }

  while ((n = ph_unpack_read (unpack, piece, CHUNK, NULL, NULL)) > 0)
    {
      if (lines->text->len + (gsize) n > MAX_LINES_BYTES)
        return FALSE;

      g_byte_array_append (lines->text, piece, (guint) n);
    }

  g_byte_array_append (lines->text, (const guint8 *) "\n", 1);

  return TRUE;
}

static gboolean
read_nested (Read *read,
             GBytes *bytes,
             const char *name,
             GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) problem = NULL;

  if (ph_reading_read_nested (read->reading, stream, NULL, &problem) != NULL ||
      ph_reading_excuse (read->reading, name, &problem))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

/*
 * @is_session becomes TRUE when the body is a part of one. @content is `postData` or
 * `response.content`. FALSE when reading must stop.
 */
static gboolean
read_body (Read *read,
           PhJsonValue content,
           const char *name,
           gboolean *is_session,
           GError **error)
{
  static const char *const members[] = { "encoding", "_encoding" };
  g_autoptr (GBytes) bytes = NULL;
  const PhReader *reader;
  const char *text;
  gboolean is_base64 = FALSE;
  gsize size;

  if (is_other (content) || !ph_json_member_string (content, "text", &text, &size))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *encoding;

      if (ph_json_member_string (content, members[i], &encoding, NULL))
        is_base64 |= strcmp (encoding, "base64") == 0;
    }

  bytes = ph_body_open (text, size, is_base64);
  reader = bytes != NULL ? find_reader (bytes) : NULL;

  if (reader == NULL)
    return TRUE;

  *is_session = TRUE;

  if (reader->join == PH_JOIN_EACH)
    return read_nested (read, bytes, name, error);

  if (!add_lines (read, reader, bytes))
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_LIMIT, PH_TIME_NONE,
                   "%s was left out: there is too much of it", name);

  return TRUE;
}

/* --- other requests -------------------------------------------------------- */

static gboolean
read_time (PhJsonValue entry,
           gint64 *time)
{
  const char *text;
  g_autoptr (GDateTime) date = NULL;

  if (!ph_json_member_string (entry, "startedDateTime", &text, NULL))
    return FALSE;

  date = g_date_time_new_from_iso8601 (text, NULL);

  if (date == NULL)
    return FALSE;

  *time = g_date_time_to_unix (date) * G_USEC_PER_SEC + g_date_time_get_microsecond (date);

  return TRUE;
}

static void
write_number (GString *out,
              const char *name,
              PhJsonValue object,
              const char *member)
{
  double number;

  if (!ph_json_member_double (object, member, &number) || number < 0)
    return;

  g_string_append_c (out, ',');
  ph_json_write_key (out, name);
  ph_json_write_number (out, number);
}

static void
write_text (GString *out,
            const char *name,
            PhJsonValue object,
            const char *member)
{
  const char *text;

  if (!ph_json_member_string (object, member, &text, NULL) || *text == '\0')
    return;

  g_string_append_c (out, ',');
  ph_json_write_key (out, name);
  ph_json_write_string (out, text, (gssize) strnlen (text, PH_LIMIT_NAME_BYTES));
}

/* A plugin event as PostHog's recorder writes it, which has the times of requests. */
static void
add_request (Read *read,
             PhJsonValue entry,
             const char *url)
{
  PhJsonValue request = ph_json_member (entry, "request");
  PhJsonValue response = ph_json_member (entry, "response");
  Request kept = { .offset = (guint32) read->texts->len };
  gsize size = strlen (url);

  if (read->requests->len == MAX_REQUESTS || read->texts->len > MAX_REQUEST_BYTES ||
      !read_time (entry, &kept.time) || size > PH_LIMIT_URL_BYTES)
    return;

  g_string_append (read->texts, "{\"type\":6,\"timestamp\":");
  ph_json_write_number (read->texts, (double) kept.time / 1000);
  g_string_append (read->texts, ",\"data\":{\"plugin\":\"rrweb/network@1\",\"payload\":"
                                "{\"requests\":[{\"name\":");
  ph_json_write_string (read->texts, url, (gssize) size);
  write_text (read->texts, "method", request, "method");
  write_text (read->texts, "initiatorType", entry, "_resourceType");
  write_number (read->texts, "status", response, "status");
  write_number (read->texts, "duration", entry, "time");
  write_number (read->texts, "transferSize", response, "bodySize");
  g_string_append (read->texts, ",\"timestamp\":");
  ph_json_write_number (read->texts, (double) kept.time / 1000);
  g_string_append (read->texts, "}]}}}");

  kept.size = (guint32) (read->texts->len - kept.offset);
  g_array_append_val (read->requests, kept);
}

static gboolean
emit_requests (Read *read,
               GError **error)
{
  gint64 first;
  gint64 last;
  gboolean is_json;

  if (!ph_reading_get_times (read->reading, &first, &last))
    return TRUE;

  for (guint i = 0; i < read->requests->len; i++)
    {
      const Request *request = &g_array_index (read->requests, Request, i);

      if (request->time >= first && request->time <= last &&
          !ph_reading_emit (read->reading, read->texts->str + request->offset, request->size, NULL,
                            &is_json, error))
        return FALSE;
    }

  return TRUE;
}

/* --- the log --------------------------------------------------------------- */

static gboolean
read_entry (Read *read,
            PhJsonValue entry,
            GError **error)
{
  PhJsonValue request = ph_json_member (entry, "request");
  PhJsonValue content = ph_json_member (ph_json_member (entry, "response"), "content");
  g_autofree char *name = NULL;
  const char *url;
  gboolean is_session = FALSE;

  read->n_entries++;

  if (!ph_json_member_string (request, "url", &url, NULL))
    return TRUE;

  name = g_strndup (url, strcspn (url, "?#"));

  if (!read_body (read, ph_json_member (request, "postData"), name, &is_session, error) ||
      !read_body (read, content, name, &is_session, error))
    return FALSE;

  if (!is_session)
    add_request (read, entry, url);

  return TRUE;
}

static void
read_browser (Read *read,
              PhJsonValue browser)
{
  PhFacts *facts = ph_reading_get_facts (read->reading);
  const char *text;

  if (ph_json_member_string (browser, "name", &text, NULL))
    ph_facts_set_text (facts, PH_FACT_DEVICE, "browser", text);

  if (ph_json_member_string (browser, "version", &text, NULL))
    ph_facts_set_text (facts, PH_FACT_DEVICE, "browser_version", text);
}

static gboolean
value_cb (guint path,
          const char *const *names,
          const char *text,
          gsize size,
          gpointer user_data,
          GError **error)
{
  Read *read = user_data;
  PhJsonValue root;

  if (!ph_json_parse (read->json, text, size, &root, NULL))
    {
      ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                     "a request of the network log");
      return TRUE;
    }

  if (path == PATH_ENTRY)
    return read_entry (read, root, error);

  read_browser (read, root);

  return TRUE;
}

/* What could not be read before the last of it was there. */
static gboolean
read_joined (Read *read,
             GError **error)
{
  for (guint i = 0; i < read->joined->len; i++)
    {
      Lines *lines = read->joined->pdata[i];
      g_autoptr (GBytes) bytes = g_bytes_new (lines->text->data, lines->text->len);

      if (!read_nested (read, bytes, lines->reader->title, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_no_session (Read *read,
                GError **error)
{
  if (read->n_entries > 0 && ph_reading_get_n_events (read->reading) == 0)
    {
      g_set_error_literal (
        error, PH_ERROR, PH_ERROR_UNSUPPORTED,
        N_ ("This is a network log (HAR), and none of its requests carries a recorded session. "
            "Save it again, with contents, while a recorder is at work on the page"));
      return TRUE;
    }

  return FALSE;
}

static gboolean
read_log (PhReading *reading,
          GError **error)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GArray) requests = g_array_new (FALSE, FALSE, sizeof (Request));
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autoptr (GPtrArray) joined = g_ptr_array_new_with_free_func (free_lines);
  Read read = { reading, json, requests, texts, joined, 0 };
  g_autoptr (PhCut) cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, value_cb, &read,
                                      ph_reading_get_health (reading));
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_cut_feed (cut, chunk, (gsize) n, error))
      return FALSE;

  return n == 0 && ph_cut_end (cut, error) && read_joined (&read, error) &&
         !set_no_session (&read, error) && emit_requests (&read, error);
}

/* `{"log":{` and one of what every log has. */
static PhRank
probe_log (const char *head,
           gsize size,
           gboolean whole)
{
  static const char *const members[] = { "\"creator\"", "\"entries\"", "\"browser\"", "\"pages\"" };
  const char *end = head + size;
  const char *at = size >= 3 && (guint8) head[0] == 0xef ? head + 3 : head;
  const char *const words[] = { "{", "\"log\"", ":", "{" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      while (at < end && g_ascii_isspace (*at))
        at++;

      if ((gsize) (end - at) < length || memcmp (at, words[i], length) != 0)
        return PH_RANK_NONE;

      at += length;
    }

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_strstr_len (at, end - at, members[i]) != NULL)
      return PH_RANK_CERTAIN;

  return whole ? PH_RANK_NONE : PH_RANK_POSSIBLE;
}

const PhReader ph_reader_har = {
  .name = "har",
  .title = "Network log of a browser (HAR)",
  .probe = probe_log,
  .read = read_log,
};
