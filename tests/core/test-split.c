/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-split.h"

#include <gio/gio.h>

#include <string.h>

#define LIMIT 400
/* Things that look like events, so that the way back to them is found. */
#define A "{\"type\":1,\"data\":{\"a\":[1,\"}]\"]}}"
#define B "{\"type\":2,\"data\":{\"b\":\"\\\"{\"}}"
#define C "{\"type\":3,\"data\":{\"c\":{}}}"

typedef struct
{
  PhSplit *split;
  GString *out;       /* each element with a bar behind it, then the findings */
  const char *reject; /* an element that has this in it is no JSON */
  guint stop_after;
  guint n;
} Cut;

static gboolean
element_cb (const char *text,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Cut *cut = user_data;

  g_string_append_len (cut->out, text, (gssize) size);
  g_string_append_c (cut->out, '|');
  cut->n++;

  if (cut->reject != NULL && g_strstr_len (text, (gssize) size, cut->reject) != NULL)
    ph_split_reject (cut->split);

  if (cut->n == cut->stop_after)
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

/* @chunk 0: random sizes. */
static char *
cut_text (PhSplitShape shape,
          const char *text,
          gsize size,
          gsize chunk,
          const char *reject)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) size);
  Cut cut = { .out = g_string_new (NULL), .reject = reject };
  gsize at = 0;

  cut.split = ph_split_new (shape, shape == PH_SPLIT_MEMBER ? "events" : NULL, LIMIT, element_cb,
                            &cut, health);

  while (at < size)
    {
      gsize wanted = chunk > 0 ? chunk : (gsize) g_rand_int_range (random, 1, 90);
      gsize n = MIN (wanted, size - at);
      /* A copy of its own, so that reading behind it is seen. */
      g_autofree char *piece = g_memdup2 (text + at, n);

      g_assert_true (ph_split_feed (cut.split, piece, n, NULL));
      at += n;
    }

  g_assert_true (ph_split_end (cut.split, NULL));
  ph_split_free (cut.split);
  append_findings (cut.out, health);

  return g_string_free (cut.out, FALSE);
}

/* The chunks a text comes in must never change what is cut from it. */
static void
assert_cut (PhSplitShape shape,
            const char *text,
            const char *reject,
            const char *expected)
{
  gsize size = strlen (text);

  for (gsize chunk = 0; chunk <= size + 1; chunk += chunk < 70 ? 1 : 13)
    {
      g_autofree char *out = cut_text (shape, text, size, chunk, reject);

      if (g_strcmp0 (out, expected) != 0)
        g_test_message ("chunks of %d", (int) chunk);

      g_assert_cmpstr (out, ==, expected);
    }
}

static void
test_array (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "" },
    { " \n", "" },
    { "[]", "" },
    { "[" A "]", A "|" },
    { "[" A "," B "," C "]", A "|" B "|" C "|" },
    { "\xef\xbb\xbf \n[\n" A " ,\n\t" B ",]\n ", A "|" B "|" },
    { "[[1,[2]],{}]", "[1,[2]]|{}|" },
    { "[{\n\"a\":\n1}]", "{\n\"a\":\n1}|" },
    /* Two files in one. */
    { "[" A "]\n[" B "]", A "|" B "|" },
    /* The end is missing. */
    { "[", "T" },
    { "[" A, A "|T" },
    { "[" A ",", A "|T" },
    { "[" A ","
      "{\"type\":2,\"da",
      A "|T" },
    { "[" A ",{\"x\":\"[", A "|T" },
    /* Things that are no elements. */
    { "[" A ",null," B "]", A "|" B "|D" },
    { "[" A ",1,2,true,\"{\"," B "]", A "|" B "|D" },
    { "[" A "," B "];", A "|" B "|D" },
    { "[" A "]xyz", A "|D" },
    { "[" A "}," B "]", A "|" B "|D" },
    { "[" A " lost \"," B "," C "]", A "|" B "|" C "|D" },
    { "junk[" A "]", A "|D" },
    { "[" A ",undefined", A "|D" },
    /* A newline cannot be in a string: one was not closed. */
    { "[{\"a\":\"b},\n" A "," B "]", A "|" B "|D" },
    /* Bytes are missing: too many brackets, and what comes after is swallowed. */
    { "[" A ",{\"type\":2,\"data\":{\"node\":{\"x\":[" B "," C "]", A "|" B "|" C "|D" },
    /* Too few: pieces of a page between events. */
    { "[" A ",{\"type\":2,\"x\":1}]}}]}}," B "," C "]", A "|{\"type\":2,\"x\":1}|" B "|" C "|D" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      assert_cut (PH_SPLIT_ARRAY, cases[i].text, NULL, cases[i].expected);
    }
}

static void
test_member (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "{}", "" },
    { "{\"events\":[]}", "" },
    { "{\"events\":[" A "," B "]}", A "|" B "|" },
    { "\xef\xbb\xbf{ \"events\" : [ " A " ] } \n", A "|" },
    { "{\"a\":1,\"b\":-1.5e+3,\"c\":null,\"d\":true,\"events\":[" A "],\"z\":\"x\"}", A "|" },
    { "{\"a\":\"\\\"{[\",\"b\":[[" A "]],\"c\":{\"events\":[" B "]},\"events\":[" C "]}", C "|" },
    { "{\"Events\":[" A "],\"event\":[" A "],\"eventsx\":[" A "],\"events\":{\"e\":[" A "]}}", "" },
    { "{\"\\u0065vents\":[" A "]}", "" },
    { "{\"events\":[" A "],\"more\":{},\"events\":[" B "]}", A "|" B "|" },
    { "{\"events\":[" A "]}\n{\"events\":[" B "]}", A "|" B "|" },
    { "{\"n\":undefined,\"events\":[" A "]}", A "|" },
    { "{\"events\":[" A ",\"x\"," B "],\"z\":1}", A "|" B "|D" },
    { "{", "T" },
    { "{\"eve", "T" },
    { "{\"events\"", "T" },
    { "{\"events\":", "T" },
    { "{\"a\":[1,", "T" },
    { "{\"a\":\"", "T" },
    { "{\"a\":tr", "T" },
    { "{\"events\":[" A, A "|T" },
    { "{\"events\":[" A "]", A "|T" },
    { "{\"events\":[" A "],", A "|T" },
    { "{\"events\" [" A "," B "]}", A "|" B "|D" },
    { "{events:[" A "]}", A "|D" },
    { "[" A "]", A "|D" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      assert_cut (PH_SPLIT_MEMBER, cases[i].text, NULL, cases[i].expected);
    }
}

static void
test_values (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "" },
    { A, A "|" },
    { A "\n" B "\n", A "|" B "|" },
    { "\n\n" A "\r\n\r\n" B, A "|" B "|" },
    { A B "," C, A "|" B "|" C "|" },
    { "[\"w\"," A "]\n[\"w\"," B "]", "[\"w\"," A "]|[\"w\"," B "]|" },
    /* Not one per line: then a newline says nothing. */
    { "{\n\"a\":1\n}\n{\n\"b\":2\n}\n", "{\n\"a\":1\n}|{\n\"b\":2\n}|" },
    /* A line that was not written to its end costs that line. */
    { A "\n{\"type\":2,\"da\n" C "\n", A "|" C "|D" },
    { A "\n{\"type\":2,\"data\":{\n{}\n" C "\n", A "|{}|" C "|D" },
    { A "\n{\"x\":\"\n{\"y\":\"\n" C "\n", A "|" C "|DD" },
    { A "\nnothing here\n{}\n", A "|{}|D" },
    { "# \"comment\n{}\n{}\n", "{}|{}|D" },
    { A "\n" B "\n{\"type\"", A "|" B "|T" },
    { A "\n]\n" B, A "|" B "|D" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      assert_cut (PH_SPLIT_VALUES, cases[i].text, NULL, cases[i].expected);
    }
}

/* What the parser refuses may hide events behind the place where bytes are missing. */
static void
test_reject (void)
{
  assert_cut (PH_SPLIT_ARRAY, "[" A ",{\"bad\"}," B "]", "bad", A "|{\"bad\"}|" B "|D");
  assert_cut (PH_SPLIT_ARRAY, "[{\"x\":\"bad}," A "," B "]", "bad",
              "{\"x\":\"bad},{\"type\":1,\"data\":{\"a\":[1,\"}|" A "|" B "|D");
  assert_cut (PH_SPLIT_VALUES, "{\"bad\"" A "}\n" B "\n", "bad",
              "{\"bad\"" A "}|" A "|" B "|DD");
}

/* Strings that begin as packed events do are elements too; others are not. */
static void
test_strings (void)
{
  static const char p[] = "\"x\\u009c\\\" {[\"";
  static const char q[] = "\"{\\\"type\\\":1}\"";
  g_autofree char *array = g_strconcat ("[", p, ",", A, " , ", q, ",", p, "]", NULL);
  g_autofree char *array_out = g_strconcat (p, "|" A "|", q, "|", p, "|", NULL);
  g_autofree char *lines = g_strconcat (p, "\n", "\"x^ cut\n", q, "\r\n", B, "\n", NULL);
  g_autofree char *lines_out = g_strconcat (p, "|", q, "|" B "|D", NULL);
  g_autofree char *others = g_strconcat ("[\"word\",", A, ",\"x\",", p, ",7]", NULL);
  g_autofree char *others_out = g_strconcat (A "|", p, "|DDD", NULL);
  g_autofree char *back = g_strconcat ("[{\"bad\",", p, ",", A, "}]", NULL);
  g_autofree char *back_out = g_strconcat ("{\"bad\",", p, "," A "}|", p, "|" A "|DD", NULL);
  g_autofree char *long_one = g_strnfill (LIMIT - 6, 'a');
  g_autofree char *fits = g_strconcat ("[\"x^a", long_one, "a\",", A, "]", NULL);
  g_autofree char *fits_out = g_strconcat ("\"x^a", long_one, "a\"|" A "|", NULL);
  g_autofree char *over = g_strconcat ("[\"x^aa", long_one, "a\",", A, "]", NULL);
  g_autofree char *cut = g_strconcat ("[", p, ",\"x\xc2\x9c", NULL);
  g_autofree char *cut_out = g_strconcat (p, "|T", NULL);

  assert_cut (PH_SPLIT_ARRAY, array, NULL, array_out);
  assert_cut (PH_SPLIT_VALUES, lines, NULL, lines_out);
  assert_cut (PH_SPLIT_ARRAY, others, NULL, others_out);
  assert_cut (PH_SPLIT_ARRAY, back, "bad", back_out);
  assert_cut (PH_SPLIT_ARRAY, fits, NULL, fits_out);
  assert_cut (PH_SPLIT_ARRAY, over, NULL, A "|L");
  assert_cut (PH_SPLIT_ARRAY, cut, NULL, cut_out);
}

static char *
make_long (gsize size)
{
  GString *text = g_string_new ("{\"type\":9,\"data\":{\"long\":\"");

  while (text->len < size - 3)
    g_string_append_c (text, '[');

  g_string_append (text, "\"}}");

  return g_string_free (text, FALSE);
}

static void
test_limit (void)
{
  g_autofree char *fits = make_long (LIMIT);
  g_autofree char *over = make_long (LIMIT + 1);
  g_autofree char *far_over = make_long (10UL * LIMIT);
  g_autofree char *swallowed = NULL;
  g_autofree char *expected = NULL;

  expected = g_strdup_printf (A "|%s|" B "|", fits);
  swallowed = g_strdup_printf ("[" A ",%s," B "]", fits);
  assert_cut (PH_SPLIT_ARRAY, swallowed, NULL, expected);

  g_free (swallowed);
  swallowed = g_strdup_printf ("[" A ",%s," B "]", over);
  assert_cut (PH_SPLIT_ARRAY, swallowed, NULL, A "|" B "|L");

  g_free (swallowed);
  swallowed = g_strdup_printf ("{\"x\":%s,\"events\":[" A ",%s," B "]}", far_over, far_over);
  assert_cut (PH_SPLIT_MEMBER, swallowed, NULL, A "|" B "|L");

  g_free (swallowed);
  swallowed = g_strdup_printf (A "\n%s\n" B "\n", far_over);
  assert_cut (PH_SPLIT_VALUES, swallowed, NULL, A "|" B "|L");

  /* An event that lost its end grows by what follows it until the limit: they are found again. */
  g_free (swallowed);
  swallowed = g_strdup_printf ("[{\"type\":2,\"data\":{\"x\":[" B "," C ",%s,%s]", fits, over);
  g_free (expected);
  expected = g_strdup_printf (B "|" C "|%s|DL", fits);
  assert_cut (PH_SPLIT_ARRAY, swallowed, NULL, expected);
}

/* However much comes, what is held stays an element and a chunk. */
static void
test_held (void)
{
  Cut cut = { .out = g_string_new (NULL) };
  g_autoptr (PhSplit) split = ph_split_new (PH_SPLIT_ARRAY, NULL, LIMIT, element_cb, &cut, NULL);
  g_autofree char *chunk = g_malloc (100000);
  gsize size = 0;
  const char *held;

  memset (chunk, 'x', 100000);
  g_assert_true (ph_split_feed (split, "[{\"a\":\"", 7, NULL));
  held = ph_split_peek (split, &size);
  g_assert_cmpmem (held, size, "{\"a\":\"", 6);

  for (guint i = 0; i < 2000; i++)
    {
      g_assert_true (ph_split_feed (split, chunk, 100000, NULL));
      g_assert_null (ph_split_peek (split, &size));
    }

  g_assert_true (ph_split_feed (split, "\"}," A "]", 4 + strlen (A), NULL));
  g_assert_true (ph_split_end (split, NULL));
  g_assert_cmpstr (cut.out->str, ==, A "|");
  g_string_free (cut.out, TRUE);
}

static void
test_stop (void)
{
  Cut cut = { .out = g_string_new (NULL), .stop_after = 2 };
  g_autoptr (PhSplit) split = ph_split_new (PH_SPLIT_ARRAY, NULL, LIMIT, element_cb, &cut, NULL);
  g_autoptr (GError) error = NULL;
  const char text[] = "[" A "," B "," C "]";

  g_assert_false (ph_split_feed (split, text, strlen (text), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (cut.out->str, ==, A "|" B "|");
  g_string_free (cut.out, TRUE);
}

/* Whatever the bytes: any chunking gives the same, and it ends. */
static void
test_random (void)
{
  static const char *const pieces[] = { "{", "}", "[", "]", "\"", "\\", "\n", ",", ":", " ", "x", A,
                                        B, "\"x^", "\"{\\\"",
                                        "\"events\":", "{\"type\":1,\"data\":{", "1" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 1500; round++)
    {
      PhSplitShape shape = (PhSplitShape) (round % 3);
      g_autoptr (GString) text = g_string_new (shape == PH_SPLIT_MEMBER ? "{\"events\":[" : "[");
      g_autofree char *once = NULL;

      for (gint32 n = g_rand_int_range (random, 1, 60); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);

      once = cut_text (shape, text->str, text->len, text->len, "\\");

      for (guint i = 0; i < 8; i++)
        {
          g_autofree char *out = cut_text (shape, text->str, text->len, i, "\\");

          g_assert_cmpstr (out, ==, once);
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/split/array", test_array);
  g_test_add_func ("/split/member", test_member);
  g_test_add_func ("/split/values", test_values);
  g_test_add_func ("/split/reject", test_reject);
  g_test_add_func ("/split/strings", test_strings);
  g_test_add_func ("/split/limit", test_limit);
  g_test_add_func ("/split/held", test_held);
  g_test_add_func ("/split/stop", test_stop);
  g_test_add_func ("/split/random", test_random);

  return g_test_run ();
}
