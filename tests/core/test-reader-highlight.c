/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack.h"
#include "ph-reader.h"
#include "ph-taken.h"
#include "ph-test.h"

#include <string.h>

static char *
load (const char *name)
{
  g_autofree char *fixture = g_strconcat ("highlight/", name, NULL);
  g_autofree char *path = ph_test_fixture (fixture);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
test_rank (void)
{
  static const struct
  {
    const char *head;
    PhRank rank;
  } cases[] = {
    { "{\"session_secure_id\":\"a\",\"events\":{\"events\":[{}", PH_RANK_OWN },
    { " {\"variables\":{\"session_secure_id\":\"a\",\"events\":{\"events\":[{}]}}}",
      PH_RANK_OWN },
    { "{\"session_secure_id\":\"a\",\"messages\":\"", PH_RANK_LIKELY },
    { "{\"events\":{\"events\":[{}]}}", PH_RANK_LIKELY },
    { "{\"events\":[{}]}", PH_RANK_NONE },
    { "[{\"session_secure_id\":\"a\"}]", PH_RANK_NONE },
    { "{", PH_RANK_NONE },
    { "", PH_RANK_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].head);
      g_autofree char *head = g_memdup2 (size > 0 ? cases[i].head : "?", MAX (size, 1));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_reader_highlight.probe (head, size, TRUE), ==, cases[i].rank);
    }
}

static char *
wrap_packed (const char *text)
{
  g_autoptr (GBytes) plain = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) packed = ph_pack_gzip (plain);
  gsize size;
  const guchar *data = g_bytes_get_data (packed, &size);
  g_autofree char *base64 = g_base64_encode (data, size);

  return g_strdup_printf ("{\"operationName\":\"PushPayloadCompressed\",\"variables\":{"
                          "\"session_secure_id\":\"abc\",\"data\":\"%s\"}}",
                          base64);
}

/* The body as such, as the variables of a call, and packed in one. */
static void
test_forms (void)
{
  g_autofree char *body = load ("body.json");
  g_autofree char *call = g_strdup_printf ("{\"query\":\"mutation\",\"variables\":%s}", body);
  g_autofree char *packed = wrap_packed (body);
  const char *const forms[] = { body, call, packed };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (PhTaken) taken = ph_taken_read (forms[i], strlen (forms[i]), 0);
      g_autofree char *text = ph_taken_to_text (taken);

      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, "highlight");
      g_assert_cmpstr (taken->info->facts, ==, "{\"properties\":{\"session_id\":\"abc\"}}");
      g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
      ph_test_golden ("highlight/body.txt", text);
      ph_taken_check_chunks (forms[i], strlen (forms[i]));
    }

  ph_taken_check_cut (body, strlen (body), 5);
}

/* Calls one after the other: what those that push nothing say of the session and its user. */
static void
test_calls (void)
{
  static const char text[] =
    "{\"variables\":{\"session_secure_id\":\"a\",\"environment\":\"test\",\"appVersion\":\"1.0\","
    "\"serviceName\":\"shop\",\"clientVersion\":\"10.7.5\",\"organization_verbose_id\":\"7\"}}\n"
    "{\"variables\":{\"session_secure_id\":\"a\",\"user_identifier\":\"ann@a.example\","
    "\"user_object\":{\"id\":\"s-1\",\"plan\":\"pro\"}}}\n"
    "{\"variables\":{\"session_secure_id\":\"a\",\"events\":{\"events\":["
    "{\"type\":4,\"timestamp\":1,\"data\":{}},"
    "{\"type\":5,\"data\":{\"tag\":\"Identify\",\"payload\":"
    "\"{\\\"userIdentifier\\\":\\\"Ann\\\",\\\"beds\\\":2}\"},\"timestamp\":2}]}}}\n";
  g_autoptr (PhTaken) taken = ph_taken_read (text, strlen (text), 0);

  g_assert_no_error (taken->error);
  g_assert_cmpuint (taken->events->len, ==, 2);
  g_assert_cmpstr (taken->info->facts, ==,
                   "{\"user\":{\"email\":\"ann@a.example\",\"id\":\"s-1\",\"plan\":\"pro\","
                   "\"name\":\"Ann\",\"beds\":2},\"properties\":{\"session_id\":\"a\","
                   "\"environment\":\"test\",\"release\":\"1.0\",\"service\":\"shop\","
                   "\"sdk_version\":\"10.7.5\",\"project\":\"7\"}}");
  ph_taken_check_chunks (text, strlen (text));
}

/* What is packed in it may be damaged, or packed once more for ever. */
static void
test_odd (void)
{
  static const char head[] = "{\"session_secure_id\":\"a\",\"events\":{\"events\":["
                             "{\"type\":4,\"timestamp\":1,\"data\":{}}]},";
  static const char *const cases[] = {
    "\"data\":\"H4sIAAAAAAAAA6tWyk\"}",
    "\"data\":\"####\"}",
    "\"data\":7}",
    "\"messages\":\"{no\"}",
    "\"messages\":[{\"time\":\"x\"},7,{\"time\":5,\"value\":\"a\"}]}",
    "\"resources\":"
    "\"{\\\"resources\\\":[{\\\"name\\\":\\\"a\\\",\\\"initiatorType\\\":\\\"b\\\"}]}\"}",
    "\"errors\":[7,{},{\"timestamp\":\"x\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (head, cases[i], NULL);
      g_autoptr (PhTaken) taken = ph_taken_read (text, strlen (text), 0);

      g_test_message ("%s", cases[i]);
      g_assert_no_error (taken->error);
      g_assert_cmpuint (taken->events->len, >=, 1);
      ph_taken_check_chunks (text, strlen (text));
    }
}

static void
test_corpus (void)
{
  g_autofree char *path = ph_test_shared ("corpus/highlight/dom-with-scripts.json");
  g_autoptr (PhTaken) taken = NULL;

  if (path == NULL)
    {
      g_test_skip ("no shared corpus");
      return;
    }

  taken = ph_taken_read_file (path);
  g_assert_no_error (taken->error);
  g_assert_cmpstr (taken->info->format, ==, "highlight");
  g_assert_cmpuint (taken->events->len, ==, 3);
  g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-highlight/rank", test_rank);
  g_test_add_func ("/reader-highlight/forms", test_forms);
  g_test_add_func ("/reader-highlight/calls", test_calls);
  g_test_add_func ("/reader-highlight/odd", test_odd);
  g_test_add_func ("/reader-highlight/corpus", test_corpus);

  return g_test_run ();
}
