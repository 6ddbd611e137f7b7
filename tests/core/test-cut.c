/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cut.h"

#include <gio/gio.h>
#include <string.h>

#define LIMIT 40

typedef struct
{
  GString *out; /* path number, names, text and a bar for each value, then the findings */
  guint stop_after;
  guint n;
} Cut;

static gboolean
value_cb (guint path,
          const char *const *names,
          const char *text,
          gsize size,
          gpointer user_data,
          GError **error)
{
  Cut *cut = user_data;

  g_string_append_printf (cut->out, "%u", path);

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (cut->out, "(%s)", names[i]);

  g_string_append_c (cut->out, ' ');
  g_string_append_len (cut->out, text, (gssize) size);
  g_string_append_c (cut->out, '|');

  if (++cut->n == cut->stop_after)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "stop");
      return FALSE;
    }

  return TRUE;
}

/* Findings as letters: T truncated, D damaged, L too large. */
static void
append_findings (GString *out,
                 const PhHealth *health)
{
  static const struct
  {
    PhHealthKind kind;
    char letter;
  } kinds[] = {
    { PH_HEALTH_TRUNCATED, 'T' },
    { PH_HEALTH_DAMAGED, 'D' },
    { PH_HEALTH_EVENT_TOO_LARGE, 'L' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint64 n = ph_health_count (health, kinds[i].kind); n > 0; n--)
      g_string_append_c (out, kinds[i].letter);
}

static char *
cut_text (const char *const *paths,
          const char *text,
          gsize size,
          gsize chunk)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  Cut cut = { .out = g_string_new (NULL) };
  g_autoptr (PhCut) cutter = ph_cut_new (paths, LIMIT, value_cb, &cut, health);
  g_autoptr (GError) error = NULL;

  for (gsize at = 0; at < size; at += chunk)
    {
      /* A buffer of its own, so that what is read beyond it is seen by the sanitizers. */
      gsize n = MIN (chunk, size - at);
      g_autofree char *piece = g_memdup2 (text + at, n);

      g_assert_true (ph_cut_feed (cutter, piece, n, &error));
    }

  g_assert_true (ph_cut_end (cutter, &error));
  g_assert_no_error (error);
  append_findings (cut.out, health);

  return g_string_free (cut.out, FALSE);
}

static const struct
{
  const char *paths[5];
  const char *text;
  const char *out;
} cases[] = {
  /* Arrays, objects, both, nothing. */
  { { "[]" }, "[{\"a\":1},2, \"x\" ,[3]]", "0 {\"a\":1}|0 2|0 \"x\"|0 [3]|" },
  { { "[][]" }, "[[1,[2]],3,[],[{}]]", "0 1|0 [2]|0 {}|" },
  { { "a.b" }, "{\"x\":{\"b\":1},\"a\":{\"x\":2,\"b\":[3]}}", "0 [3]|" },
  { { "a[]", "b" }, "{\"b\":true,\"a\":[1,2]}", "1 true|0 1|0 2|" },
  { { "a" }, "{}", "" },
  { { "a[]" }, "{\"a\":{\"a\":[1]}}", "" },
  { { "" }, "{\"a\":[1]} [2]\n3", "0 {\"a\":[1]}|0 [2]|0 3|" },
  /* Any member, with its name. */
  { { "w.*[]" }, "{\"w\":{\"a\":[1],\"t\\\"o\":[2],\"\":[4]}}", "0(a) 1|0(t\"o) 2|0() 4|" },
  { { "*.*" }, "{\"a\":{\"b\":1},\"c\":{\"d\":2}}", "0(a)(b) 1|0(c)(d) 2|" },
  { { "a.b", "*.c" }, "{\"a\":{\"b\":1,\"c\":2},\"d\":{\"b\":3,\"c\":4}}", "0 1|1(a) 2|1(d) 4|" },
  /* Brackets and quotes in strings are text. */
  { { "[].a" }, "[{\"b\":\"]}\\\"\",\"a\":\"[\\\\\"},{\"a\":5}]", "0 \"[\\\\\"|0 5|" },
  /* What programs write that is no JSON. */
  { { "p", "d[]" }, "{\"p\":undefined,\"d\":[NaN,1,]}", "0 undefined|1 NaN|1 1|" },
  { { "[]" }, "export default [1,2];\n", "0 1|0 2|" },
  { { "[]" }, "\xef\xbb\xbf[1]", "0 1|" },
  { { "a" }, "var x = {\"a\":1};", "0 1|" },
  /* One value a line. */
  { { "a" }, "{\"a\":1}\n{\"a\":2}\n\n{\"a\":3}", "0 1|0 2|0 3|" },
  { { "a" }, "{\"a\":1}{\"a\":2}", "0 1|0 2|" },
  { { "[]" }, "[1]\r\n[2]\r\n", "0 1|0 2|" },
  /* A line that was cut spoils no other. */
  { { "a" }, "{\"a\":1}\n{\"b\":{\"c\n{\"a\":3}\n{\"a\":4}", "0 1|0 3|0 4|D" },
  { { "a[]" }, "{\"a\":[1]}\n{\"a\":[2,\n{\"a\":[3]}\n", "0 1|0 2|0 3|D" },
  /* The end in the middle. */
  { { "a[]" }, "{\"a\":[1,{\"b\":2", "0 1|T" },
  { { "a[]" }, "{\"a\":[1,2", "0 1|0 2|T" },
  { { "a" }, "{\"a", "T" },
  { { "a" }, "{\"a\":\"x", "T" },
  /* What is too large is left out; what is stepped over may be large. */
  { { "[]" }, "[\"0123456789012345678901234567890123456789\",1]", "0 1|L" },
  { { "a" }, "{\"b\":\"0123456789012345678901234567890123456789\",\"a\":1}", "0 1|" },
  /* Brackets that do not match. */
  { { "[]" }, "[1]]2", "0 1|D" },
  { { "a" }, "{1,\"a\":2}", "0 2|D" },
  { { "a" }, "{\"b\" 1,\"a\":2}", "0 2|D" },
};

/* The chunks a stream comes in must never change what is cut from it. */
static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize chunk = 1; chunk < 64; chunk++)
      {
        g_autofree char *out =
          cut_text (cases[i].paths, cases[i].text, strlen (cases[i].text), chunk);

        g_test_message ("case %u, chunks of %u", i, (guint) chunk);
        g_assert_cmpstr (out, ==, cases[i].out);
      }
}

/* Any bytes at all end, and in the same way whatever the chunks. */
static void
test_any_bytes (void)
{
  static const char *const paths[] = { "a[]", "*.b", "[][]", "", NULL };
  static const char alphabet[] = "{}[]\",:\\ab1 \n\0";
  g_autoptr (GRand) random = g_rand_new_with_seed (17);

  for (guint n = 0; n < 4000; n++)
    {
      char text[48];
      g_autofree char *whole = NULL;

      for (guint i = 0; i < sizeof text; i++)
        text[i] = alphabet[g_rand_int_range (random, 0, sizeof alphabet)];

      whole = cut_text (paths + n % 4, text, sizeof text, sizeof text);

      for (gsize chunk = 1; chunk < 9; chunk++)
        {
          g_autofree char *pieces = cut_text (paths + n % 4, text, sizeof text, chunk);

          g_assert_cmpstr (pieces, ==, whole);
        }
    }
}

static void
test_stops (void)
{
  static const char *const paths[] = { "[]", NULL };
  Cut cut = { .out = g_string_new (NULL), .stop_after = 2 };
  g_autoptr (PhCut) cutter = ph_cut_new (paths, LIMIT, value_cb, &cut, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ph_cut_feed (cutter, "[1,2,3]", 7, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (cut.out->str, ==, "0 1|0 2|");
  g_string_free (cut.out, TRUE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cut/cases", test_cases);
  g_test_add_func ("/cut/any-bytes", test_any_bytes);
  g_test_add_func ("/cut/stops", test_stops);

  return g_test_run ();
}
