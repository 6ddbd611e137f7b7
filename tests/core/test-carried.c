/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-carried.h"

#include "ph-limits.h"

#include <string.h>

typedef struct
{
  const char *data; /* of the event */
  const char *url;  /* NULL: none */
  const char *text; /* NULL: cannot be read */
} Case;

static const Case cases[] = {
  { "{\"url\":\"a\",\"payload\":{\"rr_type\":\"ArrayBuffer\",\"base64\":\"aGk=\"}}", "a", "hi" },
  { "{\"url\":\"a\",\"payload\":{\"rr_type\":\"Blob\",\"data\":[{\"rr_type\":\"ArrayBuffer\","
    "\"base64\":\"aGk=\"},{\"base64\":\"\"},\"!\"],\"type\":\"t\"}}",
    "a", "hi!" },
  { "{\"url\":\"a\",\"payload\":{\"rr_type\":\"CssText\",\"cssTexts\":[\"a{}\",\"b{}\"]}}", "a",
    "a{}b{}" },
  { "{\"url\":\"a\",\"failed\":{\"message\":\"no\"}}", NULL, NULL },
  { "{\"url\":\"\",\"payload\":{}}", NULL, NULL },
  { "{\"payload\":{\"rr_type\":\"Blob\"}}", NULL, NULL },
  { "{\"url\":\"a\",\"payload\":{\"rr_type\":\"Blob\",\"data\":[3]}}", "a", NULL },
  { "{\"url\":\"a\",\"payload\":{\"rr_type\":\"Uint8Array\",\"args\":[]}}", "a", NULL },
  { "3", NULL, NULL },
};

static void
test_read (void)
{
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"type\":7,\"data\":%s}", cases[i].data);
      g_autoptr (GBytes) bytes = NULL;
      PhJsonValue root;

      g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
      g_assert_cmpstr (ph_carried_get_url (root), ==, cases[i].url);
      bytes = ph_carried_read (root);
      g_assert_true ((bytes == NULL) == (cases[i].text == NULL));

      if (bytes != NULL)
        g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), cases[i].text,
                         strlen (cases[i].text));
    }
}

/* What is written is what is read. */
static void
test_round_trip (void)
{
  static const guint8 data[] = { 0, 1, 0xff, '"', '\n' };
  g_autoptr (PhJson) json = ph_json_new ();
  g_autofree char *text = ph_carried_write ("https://a.example/\"x\"", "image/png", data,
                                            sizeof data, 1700000000000.5);
  g_autoptr (GBytes) bytes = NULL;
  PhEvent event = { 0 };
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  g_assert_cmpint (event.type, ==, PH_EVENT_ASSET);
  g_assert_cmpint (event.timestamp, ==, G_GINT64_CONSTANT (1700000000000500));
  g_assert_cmpstr (ph_carried_get_url (root), ==, "https://a.example/\"x\"");
  bytes = ph_carried_read (root);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, sizeof data);
}

static void
test_too_large (void)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autofree char *data = g_malloc0 (PH_LIMIT_ASSET_BYTES + 1);
  g_autofree char *text = ph_carried_write ("a", "t", data, PH_LIMIT_ASSET_BYTES + 1, 1);
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
  g_assert_null (ph_carried_read (root));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/carried/read", test_read);
  g_test_add_func ("/carried/round-trip", test_round_trip);
  g_test_add_func ("/carried/too-large", test_too_large);

  return g_test_run ();
}
