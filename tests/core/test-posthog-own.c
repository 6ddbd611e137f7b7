/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-posthog-own.h"

#include <string.h>

#define EVENT "{\"type\":4,\"data\":{},\"timestamp\":1}"

static void
test_own (void)
{
  static const struct
  {
    const char *text;
    gboolean is_own;
  } cases[] = {
    { "[\"w\"," EVENT "]", TRUE },
    { " [\"w\"," EVENT "]", FALSE },
    { "[ \"w\" , " EVENT " ]", TRUE },
    { "[\"w\",{\"a\":1}]", FALSE },
    { "[\"w\",\"x\"]", FALSE },
    { "[" EVENT "]", FALSE },
    { EVENT, FALSE },
    { "{\"type\":2,\"data\":\"x\",\"timestamp\":1,\"cv\":\"2024-10\"}", TRUE },
    { "{\"type\":2,\"data\":{\"wireframes\":[]},\"timestamp\":1}", TRUE },
    { "{\"type\":3,\"data\":{\"adds\":[{\"wireframe\":{}}]},\"timestamp\":1}", TRUE },
    { "{\"type\":3,\"data\":{\"updates\":[]},\"timestamp\":1}", TRUE },
    { "{\"type\":3,\"data\":{\"adds\":[{\"node\":{}}]},\"timestamp\":1}", FALSE },
    { "{\"window_id\":\"w\",\"data\":[" EVENT "]}", TRUE },
    { "{\"data\":[],\"windowId\":1}", TRUE },
    { "{\"data\":[" EVENT "]}", FALSE },
    { "{\"event\":\"$snapshot\",\"properties\":{\"$snapshot_data\":[]}}", TRUE },
    { "{\"event\":\"$pageview\",\"properties\":{}}", FALSE },
    { "{\"api_key\":\"k\",\"batch\":[{\"event\":\"$snapshot\","
      "\"properties\":{\"$snapshot_data\":{}}}]}",
      TRUE },
    { "{\"data\":[{\"properties\":{\"$snapshot_data\":{}}}]}", TRUE },
    { "{\"session_id\":\"s\",\"snapshot_data\":{}}", TRUE },
    { "{\"$snapshot_data\":\"\"}", TRUE },
    { "{\"a\":1}", FALSE },
    { "{", FALSE },
    { "[", FALSE },
    { "[\"w\",", FALSE },
    { "", FALSE },
    { "7", FALSE },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].text);
      g_autofree char *text = g_memdup2 (size > 0 ? cases[i].text : "?", MAX (size, 1));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_posthog_is_own (json, text, size), ==, cases[i].is_own);
    }
}

static void
test_begins (void)
{
  static const struct
  {
    const char *text;
    gboolean is_own;
  } cases[] = {
    { "[\"w\",{\"timestamp\":1,\"data\":{\"node\":", TRUE },
    { "[\"w\",{\"id\":1,\"childNodes\":[", FALSE },
    { "[\"w\"", FALSE },
    { "{\"window_id\":\"w\",\"data\":[{\"type\":2", TRUE },
    { "{\"windowId\":\"w\",\"data\":{\"payload\":", FALSE },
    { "{\"type\":2,\"cv\":\"2024-10\",\"data\":\"\\u001f", TRUE },
    { "{\"type\":2,\"data\":{\"wireframes\":[{\"base64\":\"", TRUE },
    { "{\"type\":2,\"data\":{\"node\":", FALSE },
    { "{\"properties\":{\"$snapshot_data\":[", TRUE },
    { "{", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].text);
      g_autofree char *text = g_memdup2 (size > 0 ? cases[i].text : "?", MAX (size, 1));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_posthog_begins_own (text, size), ==, cases[i].is_own);
    }
}

static void
test_window (void)
{
  static const char *const cases[][2] = {
    { "{\"window_id\":\"w\",\"data\":[", "w" },
    { "{ \"windowId\" : \"w\" ", "w" },
    { "{\"data\":[],\"window_id\":\"w\"", NULL },
    { "{\"window_id\":\"w", NULL },
    { "{\"window_id\":7", NULL },
    { "{\"window_id\"", NULL },
    { "[\"w\",{\"type\"", "w" },
    { "[ \"w\"", "w" },
    { "[\"\\u0041\"", NULL },
    { "[{", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i][0]);
      g_autofree char *text = g_memdup2 (size > 0 ? cases[i][0] : "?", MAX (size, 1));
      g_autofree char *window = ph_posthog_dup_window (text, size);

      g_test_message ("case %u", i);
      g_assert_cmpstr (window, ==, cases[i][1]);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/posthog-own/own", test_own);
  g_test_add_func ("/posthog-own/begins", test_begins);
  g_test_add_func ("/posthog-own/window", test_window);

  return g_test_run ();
}
