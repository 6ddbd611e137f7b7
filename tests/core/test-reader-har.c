/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-archive.h"
#include "ph-error.h"
#include "ph-flaky-stream.h"
#include "ph-json-write.h"
#include "ph-pack.h"

#include <string.h>

#define HEAD                                                                                      \
  "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"t\"},\"browser\":{\"name\":\"Firefox\"," \
  "\"version\":\"140\"},\"entries\":["
#define TAIL "]}}"

/* 2023-11-14T22:13:20Z is 1700000000 s. */
#define META "{\"type\":4,\"timestamp\":1700000001000,\"data\":{\"href\":\"https://a.example/\"}}"
#define PAGE                                                                         \
  "{\"type\":2,\"timestamp\":1700000001001,\"data\":{\"node\":{\"type\":0,\"id\":1," \
  "\"childNodes\":[]}}}"
#define MOVE "{\"type\":3,\"timestamp\":1700000009000,\"data\":{\"source\":1,\"positions\":[]}}"

#define POSTHOG                                                                          \
  "{\"event\":\"$snapshot\",\"properties\":{\"$session_id\":\"s\",\"$window_id\":\"w\"," \
  "\"$snapshot_data\":[" META "," PAGE "]}}"

typedef enum
{
  PLAIN,
  BASE64,     /* as a log marks bytes */
  CHARACTERS, /* gzip, a character a byte */
  GZIP64,     /* gzip in base64 */
  FORM,       /* data= and base64 */
} Form;

/* One request to @url at @second of the minute; NULL: without a body. */
static char *
make_entry (const char *url,
            guint second,
            const char *body,
            Form form,
            gboolean is_answer)
{
  const char *plain = body != NULL ? body : "";
  g_autoptr (GBytes) bytes = g_bytes_new (plain, strlen (plain));
  g_autoptr (GBytes) gzip = ph_pack_gzip (bytes);
  gsize size;
  gboolean is_packed = form == CHARACTERS || form == GZIP64;
  const guint8 *data = g_bytes_get_data (is_packed ? gzip : bytes, &size);
  g_autofree char *base64 = g_base64_encode (data, size);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) content = g_string_new ("{\"mimeType\":\"application/json\",\"text\":");

  if (form == PLAIN)
    g_string_append (text, body != NULL ? body : "");
  else if (form == BASE64 || form == GZIP64)
    g_string_append (text, base64);
  else if (form == FORM)
    g_string_append_printf (text, "data=%s", base64);
  else
    for (gsize i = 0; i < size; i++)
      g_string_append_unichar (text, data[i]);

  ph_json_write_string (content, text->str, (gssize) text->len);
  g_string_append (content, form == BASE64 ? ",\"encoding\":\"base64\"}" : "}");

  return g_strdup_printf ("{\"startedDateTime\":\"2023-11-14T22:13:%02u.500Z\",\"time\":12.5,"
                          "\"request\":{\"method\":\"POST\",\"url\":\"%s\"%s%s},"
                          "\"response\":{\"status\":200%s%s}}",
                          20 + second, url, body != NULL && !is_answer ? ",\"postData\":" : "",
                          body != NULL && !is_answer ? content->str : "",
                          body != NULL && is_answer ? ",\"content\":" : "",
                          body != NULL && is_answer ? content->str : "");
}

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  g_string_append_printf (user_data, "%s@%d/%u ", ph_event_kind (event),
                          (int) (event->timestamp / 1000 - 1700000000000), event->window);

  return TRUE;
}

static PhArchiveInfo *
read_text (const char *text,
           gsize size,
           gsize chunk,
           GString *events,
           PhHealth *health,
           GError **error)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, size);
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, chunk);

  return ph_archive_read_stream (stream, (goffset) size, &sink, events, health, NULL, error);
}

#define SESSION "meta@1000/0 full-snapshot@1001/0 mouse-move@9000/0 "

/* The session in requests, however their bodies are kept; other requests made during it. */
static void
test_forms (void)
{
  for (guint i = 0; i <= FORM; i++)
    {
      g_autofree char *before = make_entry ("https://a.example/early", 0, NULL, PLAIN, FALSE);
      g_autofree char *first = make_entry ("https://eu.i.posthog.com/s/?c=1", 2, POSTHOG, (Form) i,
                                           FALSE);
      g_autofree char *during = make_entry ("https://a.example/api?x=\\\"", 5, "{\"a\":1}", PLAIN,
                                            i % 2 == 0);
      g_autofree char *second = make_entry ("https://b.example/rec", 9, "[" MOVE "]", (Form) i,
                                            i % 2 == 0);
      g_autofree char *after = make_entry ("https://a.example/late", 30, NULL, PLAIN, FALSE);
      g_autofree char *text = g_strdup_printf (HEAD "%s,%s,%s,%s,%s" TAIL, before, first, during,
                                               second, after);
      g_autoptr (GString) events = g_string_new (NULL);
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (PhArchiveInfo) info = NULL;

      g_test_message ("form %u", i);
      info = read_text (text, strlen (text), 0, events, health, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (info->format, ==, "har");
      g_assert_cmpstr (events->str, ==, SESSION "plugin@5500/0 ");
      g_assert_cmpuint (ph_health_total (health), ==, 0);
      g_assert_nonnull (strstr (info->facts, "\"browser\":\"Firefox\""));
    }
}

static char *
make_log (void)
{
  g_autofree char *first = make_entry ("https://a.example/s/", 2, POSTHOG, BASE64, FALSE);
  g_autofree char *other = make_entry ("https://a.example/x", 3, "text", PLAIN, TRUE);
  g_autofree char *second = make_entry ("https://a.example/s/", 9, "[" MOVE "]", GZIP64, FALSE);

  return g_strdup_printf (HEAD "%s,%s,%s" TAIL, first, other, second);
}

static void
test_any_chunk (void)
{
  g_autofree char *text = make_log ();

  for (gsize chunk = 1; chunk < 40; chunk++)
    {
      g_autoptr (GString) events = g_string_new (NULL);
      g_autoptr (PhArchiveInfo) info = read_text (text, strlen (text), chunk, events, NULL, NULL);

      g_assert_nonnull (info);
      g_assert_cmpstr (events->str, ==, SESSION "plugin@3500/0 ");
    }
}

/* Cut anywhere it plays up to there, and that is told. */
static void
test_cut (void)
{
  g_autofree char *text = make_log ();
  gsize size = strlen (text);

  for (guint tenth = 1; tenth < 10; tenth++)
    {
      g_autoptr (GString) events = g_string_new (NULL);
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (PhArchiveInfo) info =
        read_text (text, size * tenth / 10, 0, events, health, &error);

      g_assert_true ((info == NULL) == (events->len == 0));
      g_assert_true (g_str_has_prefix (SESSION "plugin@3500/0 ", events->str) || events->len == 0 ||
                     strstr (events->str, "plugin@") != NULL);

      if (info != NULL)
        g_assert_cmpuint (ph_health_count (health, PH_HEALTH_TRUNCATED), ==, 1);
    }
}

static void
test_refused (void)
{
  g_autofree char *other = make_entry ("https://a.example/x", 3, "{\"a\":1}", PLAIN, TRUE);
  g_autofree char *odd = g_strdup_printf (HEAD "1,null,{},{\"request\":7},%s" TAIL, other);
  const char *const texts[] = { odd, HEAD "{}" TAIL };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) events = g_string_new (NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (texts[i], strlen (texts[i]), 0, events, NULL, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED);
      g_assert_nonnull (strstr (error->message, "network log"));
    }
}

/* One body is damaged: it is left out, by its address, and the rest plays. */
static void
test_damaged_body (void)
{
  g_autofree char *first = make_entry ("https://a.example/s/", 2, POSTHOG, PLAIN, FALSE);
  g_autofree char *bad =
    make_entry ("https://a.example/bad?x", 3, "[{\"type\":4,\"timestamp\":1", PLAIN, FALSE);
  g_autofree char *text = g_strdup_printf (HEAD "%s,%s" TAIL, bad, first);
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PhArchiveInfo) info = read_text (text, strlen (text), 0, events, health, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (events->str, ==, "meta@1000/0 full-snapshot@1001/0 ");
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_DAMAGED), ==, 1);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-har/forms", test_forms);
  g_test_add_func ("/reader-har/any-chunk", test_any_chunk);
  g_test_add_func ("/reader-har/cut", test_cut);
  g_test_add_func ("/reader-har/refused", test_refused);
  g_test_add_func ("/reader-har/damaged-body", test_damaged_body);

  return g_test_run ();
}
