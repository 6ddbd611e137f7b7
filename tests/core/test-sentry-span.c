/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sentry-span.h"

#include <string.h>

#define REQUEST(members)                                                     \
  "{\"type\":6,\"timestamp\":1000,\"data\":{\"plugin\":\"rrweb/network@1\"," \
  "\"payload\":{\"requests\":[{\"name\":\"/a\"," members "}]}}}"

static void
test_table (void)
{
  static const struct
  {
    const char *op;
    const char *rest; /* behind the times */
    const char *wanted;
  } cases[] = {
    { "resource.xhr", ",\"endTimestamp\":1.25,\"data\":{\"method\":\"GET\",\"statusCode\":404,"
                      "\"response\":{\"size\":12}}",
      REQUEST ("\"method\":\"GET\",\"initiatorType\":\"xmlhttprequest\",\"status\":404,"
               "\"timestamp\":1000,\"duration\":250,\"transferSize\":12") },
    { "resource.http",
      ",\"endTimestamp\":1,\"data\":{\"status_code\":200,\"response_body_size\":3}",
      REQUEST ("\"initiatorType\":\"fetch\",\"status\":200,\"timestamp\":1000,\"duration\":0,"
               "\"transferSize\":3") },
    { "resource.img", ",\"endTimestamp\":0.5,\"data\":{\"size\":7,\"statusCode\":-5}",
      REQUEST ("\"initiatorType\":\"img\",\"timestamp\":1000,\"transferSize\":7") },
    { "navigation.reload", "", REQUEST ("\"initiatorType\":\"navigation\",\"timestamp\":1000") },
    { "resource.css", ",\"data\":\"odd\"",
      REQUEST ("\"initiatorType\":\"css\",\"timestamp\":1000") },
    { "paint", ",\"endTimestamp\":1", NULL },
    { "", "", NULL },
  };
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"op\":\"%s\",\"description\":\"/a\",\"startTimestamp\":1%s}",
                         cases[i].op, cases[i].rest);
      PhJsonValue root;
      gboolean is_request;

      g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
      is_request = ph_sentry_span_write_request (out, 1000, root, (PhJsonValue) {});
      g_assert_cmpint (is_request, ==, cases[i].wanted != NULL);

      if (is_request)
        g_assert_cmpstr (out->str, ==, cases[i].wanted);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sentry-span/table", test_table);

  return g_test_run ();
}
