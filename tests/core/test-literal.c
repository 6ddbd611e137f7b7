/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-json.h"
#include "ph-literal.h"

#include <string.h>

/* In pieces of @chunk bytes; what follows its end is put behind a `|`. */
static char *
convert (const char *text,
         gsize chunk)
{
  g_autoptr (PhLiteral) literal = ph_literal_new ();
  GString *out = g_string_new (NULL);
  gsize size = strlen (text);
  gsize at = 0;

  while (at < size && !ph_literal_has_ended (literal))
    {
      /* Exact, so that reading behind it is seen. */
      gsize n = MIN (chunk, size - at);
      g_autofree char *piece = g_memdup2 (text + at, n);

      at += ph_literal_feed (literal, piece, n, out);
    }

  if (at < size)
    g_string_append_printf (out, "|%s", text + at);

  return g_string_free (out, FALSE);
}

static void
test_table (void)
{
  static const char *const cases[][2] = {
    { "[{\"type\":4,\"a\":[true,null,-1.5e3,\"x\\n\\\"\"]}]", NULL },
    { "[ { type : 4 , data : { href : 'a' } , } , ]", "[{\"type\":4,\"data\":{\"href\":\"a\"}}]" },
    { "['it\\'s', \"it's\", `a\nb`, 'say \"x\"', '\\x41\\u0042\\u{43}\\u{1F600}\\0\\v\\q']",
      "[\"it's\",\"it's\",\"a\\u000ab\",\"say \\\"x\\\"\","
      "\"A\\u0042\\u0043\\ud83d\\ude00\\u0000\\u000bq\"]" },
    { "[undefined, void 0, !0, !1, NaN, 0x1F, .5, 5., +3, -.25, 1e3]",
      "[null,null,true,false,null,31,0.5,5,3,-0.25,1e3]" },
    { "[EventType.Meta, IncrementalSource.Scroll, NodeType.Element, MouseInteractions.Click]",
      "[4,3,2,2]" },
    { "[// one, [\n1, /* two, * ] **/ 2 /**/]", "[1,2]" },
    { "{a:1,'b-c':2,$d_:Other.Thing}", "{\"a\":1,\"b-c\":2,\"$d_\":\"Other.Thing\"}" },
    { "[1]; more()", "[1]|; more()" },
    { "[{}] as eventWithTime[]", "[{}]| as eventWithTime[]" },
    { "[\"http://a/b\",'/*']", "[\"http://a/b\",\"/*\"]" },
    { "[\"a\\\nb\"]", "[\"ab\"]" },
    { "[\"\\u12\"]", "[\"\\u0012\"]" },
    { "[\"ä€😀\",'ä']", "[\"ä€😀\",\"ä\"]" },
    { "[]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *wanted = cases[i][1] != NULL ? cases[i][1] : cases[i][0];
      g_autofree char *expected = NULL;

      g_test_message ("case %u", i);

      for (gsize chunk = 1; chunk < 9; chunk++)
        {
          g_autofree char *out = convert (cases[i][0], chunk == 8 ? 1000 : chunk);
          g_autoptr (GString) compact = g_string_new (out);

          g_string_replace (compact, "\n", "", 0);
          g_string_replace (compact, "\\u0041", "A", 0);
          g_assert_cmpstr (compact->str, ==, wanted);
        }
    }
}

/* Whatever comes in, it ends, and every chunking gives the same. */
static void
test_noise (void)
{
  static const char alphabet[] = "[]{}\"'`\\/*,:!uxn0a.\n -";
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 3000; i++)
    {
      char text[60] = { 0 };
      g_autofree char *whole = NULL;
      g_autofree char *pieces = NULL;

      for (guint k = 0; k < sizeof text - 1; k++)
        text[k] = alphabet[g_rand_int_range (random, 0, (int) sizeof alphabet - 1)];

      whole = convert (text, sizeof text);
      pieces = convert (text, 1 + i % 5);
      g_assert_cmpstr (whole, ==, pieces);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/literal/table", test_table);
  g_test_add_func ("/literal/noise", test_noise);

  return g_test_run ();
}
