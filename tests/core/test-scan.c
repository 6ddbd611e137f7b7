/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-scan.h"

#include <string.h>

/* The same by the book, a byte at a time: what the fast one must agree with. */
static PhScanResult
scan_slowly (const char *text,
             gsize size,
             PhScanLines *lines,
             gsize *used)
{
  gboolean in_string = FALSE;
  gboolean escaped = FALSE;
  int depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      char c = text[i];
      gboolean was_escaped = escaped;

      escaped = c == '\\' && !was_escaped;

      if (c == '\n' && (in_string || *lines == PH_SCAN_LINES_YES))
        {
          *used = i;
          return PH_SCAN_BROKEN;
        }

      if (c == '\n')
        *lines = PH_SCAN_LINES_NO;
      else if (c == '"' && !was_escaped)
        in_string = !in_string;
      else if (!in_string && (c == '{' || c == '['))
        depth++;
      else if (!in_string && (c == '}' || c == ']') && --depth <= 0)
        {
          *used = i + 1;
          return PH_SCAN_END;
        }
    }

  *used = size;

  return PH_SCAN_MORE;
}

static void
test_ends (void)
{
  static const struct
  {
    const char *text;
    PhScanLines lines;
    PhScanResult result;
    gsize used;
  } cases[] = {
    { "{}", PH_SCAN_LINES_NO, PH_SCAN_END, 2 },
    { "{}}", PH_SCAN_LINES_NO, PH_SCAN_END, 2 },
    { "[[]],", PH_SCAN_LINES_NO, PH_SCAN_END, 4 },
    { "{\"a\":\"}\"}", PH_SCAN_LINES_NO, PH_SCAN_END, 9 },
    { "{\"a\":\"\\\"}\"}", PH_SCAN_LINES_NO, PH_SCAN_END, 11 },
    { "{\"a\":\"\\\\\"}\"}", PH_SCAN_LINES_NO, PH_SCAN_END, 10 },
    { "{\"a\":[1,2", PH_SCAN_LINES_NO, PH_SCAN_MORE, 9 },
    { "{\n}", PH_SCAN_LINES_NO, PH_SCAN_END, 3 },
    { "{\n}", PH_SCAN_LINES_UNKNOWN, PH_SCAN_END, 3 },
    { "{\n}", PH_SCAN_LINES_YES, PH_SCAN_BROKEN, 1 },
    { "{}\n", PH_SCAN_LINES_YES, PH_SCAN_END, 2 },
    { "{\"a\n\"}", PH_SCAN_LINES_NO, PH_SCAN_BROKEN, 3 },
    /* Bytes whose lower bits are those of brackets. */
    { "{;=\xfb\xfd\xdb\xdd}", PH_SCAN_LINES_NO, PH_SCAN_END, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhScan scan = {};
      PhScanLines lines = cases[i].lines;
      gsize used = 0;

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_scan_value (&scan, &lines, (const guint8 *) cases[i].text,
                                      strlen (cases[i].text), &used),
                       ==, cases[i].result);
      g_assert_cmpuint (used, ==, cases[i].used);
    }
}

/* Random bytes that matter, in random pieces: always what the slow one says. */
static void
test_like_slow (void)
{
  static const char alphabet[] = "{}[]\"\"\\\\ \nabc:,";
  g_autoptr (GRand) random = g_rand_new_with_seed (20);
  guint n_ends = 0;

  for (guint round = 0; round < 20000; round++)
    {
      char text[400];
      gsize size = (gsize) g_rand_int_range (random, 1, sizeof text);
      /* Deep values, so that blocks without an end are common. */
      gsize opening = (gsize) g_rand_int_range (random, 1, 60);
      PhScanLines lines = (PhScanLines) g_rand_int_range (random, 0, 3);
      PhScanLines slow_lines = lines;
      PhScan scan = {};
      PhScanResult result = PH_SCAN_MORE;
      PhScanResult slow;
      gsize slow_used = 0;
      gsize at = 0;

      for (gsize i = 0; i < size; i++)
        text[i] = i < opening ? '[' : alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];

      if (g_rand_boolean (random))
        for (gsize i = 0; i < size; i++)
          text[i] = text[i] == '\n' ? ' ' : text[i];

      while (result == PH_SCAN_MORE && at < size)
        {
          gsize piece = (gsize) g_rand_int_range (random, 1, 130);
          gsize used = 0;

          result = ph_scan_value (&scan, &lines, (const guint8 *) text + at, MIN (piece, size - at),
                                  &used);
          at += used;
        }

      slow = scan_slowly (text, size, &slow_lines, &slow_used);
      g_assert_cmpint (result, ==, slow);
      g_assert_cmpuint (at, ==, slow_used);
      g_assert_cmpint (lines, ==, slow_lines);
      n_ends += slow == PH_SCAN_END;
    }

  /* The inputs are worth something. */
  g_assert_cmpuint (n_ends, >, 500);
}

static void
test_is_event (void)
{
  static const struct
  {
    const char *text;
    gboolean is_event;
  } cases[] = {
    { "{\"type\":3,\"data\":{", TRUE },
    { "{ \"type\" : 12 ,\n \"timestamp\" : 5", TRUE },
    { "{\"timestamp\":1,", TRUE },
    { "{\"data\":{\"source\":1", TRUE },
    { "{\"windowId\":\"a\"", TRUE },
    { "{\"type\":3,\"windowId\":1", TRUE },
    { "{\"type\":2,\"tagName\":\"div\"", FALSE },
    { "{\"type\":3,\"textContent\":\"", FALSE },
    { "{\"type\":\"a\",\"data\":{", FALSE },
    { "{\"data\":\"text\"", FALSE },
    { "{\"id\":1,\"type\":3", FALSE },
    { "{\\\"type\\\":3,\\\"data\\\":{", FALSE },
    { "{\"type\":3,\"da", FALSE },
    { "{\"type\":3", FALSE },
    { "{", FALSE },
    { "[\"type\":3,\"data\":{", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *exact = g_memdup2 (cases[i].text, MAX (strlen (cases[i].text), 1));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_scan_is_event (exact, strlen (cases[i].text)), ==, cases[i].is_event);
    }
}

static void
test_is_packed (void)
{
  static const struct
  {
    const char *text;
    gboolean is_packed;
    gboolean is_quoted;
  } cases[] = {
    { "\"x\\u009c", TRUE, FALSE },
    { "\"x\\u009C", TRUE, FALSE },
    { "\"x\\u00da", TRUE, FALSE },
    { "\"x\\u0001", TRUE, FALSE },
    { "\"x\xc2\x9c", TRUE, FALSE },
    { "\"x\xc3\x9a", TRUE, FALSE },
    { "\"x^", TRUE, FALSE },
    { "\"x\001", TRUE, FALSE },
    { "\"x\xc2", FALSE, FALSE },
    { "\"x\\u009", FALSE, FALSE },
    { "\"x\\u0020", FALSE, FALSE },
    { "\"xylophone", FALSE, FALSE },
    { "\"x", FALSE, FALSE },
    { "\"", FALSE, FALSE },
    { "", FALSE, FALSE },
    { "x\\u009c", FALSE, FALSE },
    { "\"{\\\"type", FALSE, TRUE },
    { "\"{\"", FALSE, FALSE },
    { "\"{\\", FALSE, FALSE },
    { "\"[\\\"", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].text);
      g_autofree char *exact = g_memdup2 (cases[i].text, MAX (size, 1));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_scan_is_packed (exact, size), ==, cases[i].is_packed);
      g_assert_cmpint (ph_scan_is_quoted (exact, size), ==, cases[i].is_quoted);
    }
}

static void
test_find_event (void)
{
  static const char text[] = "{\"type\":2,\"tagName\":\"a\"},{\"type\":3,\"data\":{}}";

  g_assert_cmpint (ph_scan_find_event (text, strlen (text)), ==, 25);
  g_assert_cmpint (ph_scan_find_event (text, 30), ==, -1);
  g_assert_cmpint (ph_scan_find_event (text + 25, strlen (text) - 25), ==, 0);
  g_assert_cmpint (ph_scan_find_event ("", 0), ==, -1);
  g_assert_cmpint (ph_scan_find_event ("{\"a\":1},\"x\\u009c", 16), ==, 8);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scan/ends", test_ends);
  g_test_add_func ("/scan/like-slow", test_like_slow);
  g_test_add_func ("/scan/is-event", test_is_event);
  g_test_add_func ("/scan/is-packed", test_is_packed);
  g_test_add_func ("/scan/find-event", test_find_event);

  return g_test_run ();
}
