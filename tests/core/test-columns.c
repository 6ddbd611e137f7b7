/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-columns.h"

#include "ph-columns-read.h"
#include "ph-test.h"

#include <string.h>

#define TIME 1767225600003

typedef struct
{
  GArray *events; /* PhEvent; their texts are lent */
  guint n_packed;
} Batch;

static void
add_text (GArray *events,
          const char *text,
          gsize size)
{
  PhEvent event = { .timestamp = TIME * 1000 + (gint64) events->len * 500,
                    .text = text,
                    .size = size };

  g_array_append_val (events, event);
}

static PhParts *
pack (const GArray *events,
      guint32 *firsts)
{
  PhParts *parts = ph_parts_new ();

  ph_columns_pack (parts, (const PhEvent *) (gconstpointer) events->data, events->len, firsts);

  return parts;
}

/* Every text must come back byte for byte. Gives the bytes it took. */
static guint
go_round (const GArray *events)
{
  g_autofree guint32 *firsts = g_new0 (guint32, events->len + 1);
  g_autofree guint32 *firsts_again = g_new0 (guint32, events->len + 1);
  g_autofree PhEvent *again = g_new0 (PhEvent, events->len + 1);
  g_autoptr (PhParts) parts = pack (events, firsts);
  PhPartsReader reader = { parts->bytes->data, parts->bytes->data + parts->bytes->len, FALSE };
  g_autofree char *texts = NULL;
  gsize size = 0;
  gsize sum = 0;

  for (guint i = 0; i < events->len; i++)
    again[i].timestamp = g_array_index (events, PhEvent, i).timestamp;

  texts = ph_columns_unpack (&reader, again, events->len, firsts_again, &size);
  g_assert_nonnull (texts);
  g_assert_false (reader.bad);
  g_assert_true (reader.at == reader.end);

  for (guint i = 0; i < events->len; i++)
    {
      const PhEvent *event = &g_array_index (events, PhEvent, i);

      g_assert_cmpmem (again[i].text, again[i].size, event->text, event->size);
      g_assert_cmpuint (firsts[i], ==, firsts_again[i]);
      sum += event->size;
    }

  g_assert_cmpuint (size, ==, sum);

  return parts->bytes->len;
}

static void
test_odd_texts (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "{}",
    "null",
    "{\"timestamp\":1767225600003}",
    "{\"timestamp\":1767225600003.0}",
    "{\"timestamp\":\"1767225600003\"}",
    "{\"timestamp\":01767225600003}",
    "{ \"type\" : 3 ,\t\"data\":{ } }\r\n",
    "[1,1.0,1.00,-1,-1.5,1e3,1E+3,-0,-0.0,0.10,00,123456789012345678901234567890]",
    "[\"1\",\"1.0\",\"-1\",\"-0\",\"01\",\"1e3\",\"\",\" 1\",\"1 \",\"0x1\"]",
    "[\"\\\"\",\"\\\\\",\"\\\\\\\"\",\"\\u0022\",\"a\\\\\"]",
    "{\"\":\"\",\"\\\"\":\"\\\"\"}",
    "{\"type\":\"div\",\"type\":true,\"source\":{\"type\":1},\"tagName\":[1,\"a\"]}",
    "{\"id\":1,\"id\":2,\"parentId\":1,\"nextId\":null,\"id\":-5}",
    "\"unfinished",
    "\"unfinished\\",
    "\"unfinished\\\"",
    "{\"a\":\"b\"\"c\"d\"e\":\"f\"}",
    "\xff\xfe{\"a\":\"\xc3\x28\"}",
    "[[[[[[[[[[1]]]]]]]]]]",
    "---1-2-3..4",
    "\"\"\"\"\"\"\"",
    "9223372036854775807,-9223372036854775808,999999999999999999,-999999999999999999",
  };
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (PhEvent));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (PhEvent));

      g_test_message ("text %u", i);
      add_text (one, texts[i], strlen (texts[i]));
      go_round (one);
      add_text (all, texts[i], strlen (texts[i]));
    }

  add_text (all, "a\0\"b\0\":\"\0\"", 10);
  add_text (all, NULL, 0);
  go_round (all);

  /* All again, as texts that were there before. */
  for (guint i = 0, n = all->len; i < n; i++)
    add_text (all, g_array_index (all, PhEvent, i).text, g_array_index (all, PhEvent, i).size);

  go_round (all);
}

/* --- anything -------------------------------------------------------------- */

static void
append_value (GString *out,
              GRand *rand,
              guint depth)
{
  static const char *const keys[] = { "id", "type", "x", "texts", "value", "parentId", "" };
  guint kind = (guint) g_rand_int_range (rand, 0, depth > 5 ? 5 : 8);
  guint n = (guint) g_rand_int_range (rand, 0, 5);

  if (kind == 0)
    g_string_append_printf (out, "%d", g_rand_int_range (rand, -100, 100000));
  else if (kind == 1)
    g_string_append_printf (out, "%.*f", (int) n, g_rand_double_range (rand, -10, 10000));
  else if (kind == 2)
    g_string_append_printf (out, "\"%.*f\"", (int) n, g_rand_double (rand));
  else if (kind == 3)
    g_string_append_printf (out, "\"word%d\\n\"", g_rand_int_range (rand, 0, 9));
  else if (kind == 4)
    g_string_append (out, g_rand_boolean (rand) ? "null" : "true");

  if (kind < 5)
    return;

  g_string_append_c (out, kind == 5 ? '[' : '{');

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (out, g_rand_int_range (rand, 0, 20) == 0 ? " , " : ",");

      if (kind != 5)
        g_string_append_printf (out, "\"%s\":",
                                keys[g_rand_int_range (rand, 0, G_N_ELEMENTS (keys))]);

      append_value (out, rand, depth + 1);
    }

  g_string_append_c (out, kind == 5 ? ']' : '}');
}

static void
append_bytes (GString *out,
              GRand *rand)
{
  static const char letters[] = "\"\"\"\\:{}[],.0123456789-eE \n";
  guint n = (guint) g_rand_int_range (rand, 0, 80);
  gboolean any = g_rand_boolean (rand);

  for (guint i = 0; i < n; i++)
    g_string_append_c (out, any ? (char) g_rand_int (rand)
                                : letters[g_rand_int_range (rand, 0, sizeof letters - 1)]);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (PhEvent));
      guint n = (guint) g_rand_int_range (rand, 1, 200);

      for (guint i = 0; i < n; i++)
        {
          GString *text = g_string_new (NULL);
          gsize size;

          if (g_rand_int_range (rand, 0, 4) == 0)
            append_bytes (text, rand);
          else
            append_value (text, rand, 0);

          size = text->len;
          g_ptr_array_add (texts, g_string_free (text, FALSE));
          add_text (events, texts->pdata[i], size);
        }

      go_round (events);
    }
}

/* What is beyond the limits comes back as well: values, literals, keys. */
static void
test_limits (void)
{
  for (guint i = 0; i < 4; i++)
    {
      guint n = i == 0 ? PH_COLUMNS_VALUES + 10 : PH_COLUMNS_LITERALS + 1000;
      g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (PhEvent));
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint k = 0; k < n; k++)
        switch (i)
          {
          case 0: /* values */
            g_string_append (text, "1,");
            break;
          case 1: /* keys */
            g_string_append_printf (text, "{\"k%u\":%u}", k, k);
            break;
          case 2: /* literals */
            g_string_append_printf (text, "%u x%c%c%c", k, 'a' + k % 26, 'a' + k / 26 % 26,
                                    'a' + k / 676 % 26);
            break;
          default: /* strings */
            g_string_append_printf (text, "\"s%u\"", k);
          }

      g_test_message ("limit %u", i);
      add_text (events, text->str, text->len);
      add_text (events, text->str, text->len / 2);
      add_text (events, "{\"id\":5}", 8);
      go_round (events);
    }
}

static void
check_file_cb (const char *path,
               gpointer user_data)
{
  Batch *batch = user_data;
  g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (PhEvent));
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (PhEvent));
  g_autofree char *text = NULL;
  gsize size = 0;
  const char *at;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_test_message ("%s", path);
  at = text;
  add_text (whole, text, size);
  go_round (whole);

  while (at < text + size)
    {
      const char *end = memchr (at, '\n', (gsize) (text + size - at));

      end = end != NULL ? end + 1 : text + size;
      add_text (lines, at, (gsize) (end - at));
      at = end;
    }

  go_round (lines);
  batch->n_packed++;
}

/* Archives nobody here wrote, whole and line by line, those that are no JSON too. */
static void
test_corpus (void)
{
  g_autofree char *folder = ph_test_shared ("corpus");
  Batch batch = { 0 };

  if (folder == NULL)
    {
      g_test_skip ("no corpus");
      return;
    }

  ph_test_each_shared ("corpus", "", check_file_cb, &batch);
  g_assert_cmpuint (batch.n_packed, >, 100);
}

/* --- size ------------------------------------------------------------------ */

/* Elements that change in the order in which their texts did cost next to nothing. */
static void
test_following (void)
{
  guint sizes[2];

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (3);
      g_autoptr (GString) texts = g_string_new (NULL);
      g_autoptr (GString) elements = g_string_new (NULL);
      g_autoptr (GString) all = g_string_new (NULL);
      g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (PhEvent));

      /* The same one now and then twice; some numbers are those of other nodes. */
      for (guint i = 0; i < 1000; i++)
        {
          int id = g_rand_int_range (rand, 0, 9) == 0 ? 7 : g_rand_int_range (rand, 5, 9000) * 2;

          g_string_append_printf (texts, "{\"id\":%d,\"value\":\"\"},", id);

          if (g_rand_int_range (rand, 0, 3) > 0)
            g_string_append_printf (elements, "{\"id\":%d},", round == 0 ? id - 1 : 20000 - id);
        }

      g_string_append_printf (all, "\"texts\":[%s],\"attributes\":[%s]", texts->str,
                              elements->str);
      add_text (events, all->str, all->len);
      add_text (events, all->str, all->len);
      sizes[round] = go_round (events);
    }

  g_assert_cmpuint (sizes[0] + 1000, <, sizes[1]);
}

/* Prices that change are hardly more than what is random about them: 37 bits each. */
static void
test_size (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (GString) text = g_string_new ("{\"type\":3,\"data\":{\"source\":0,\"texts\":[");
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (PhEvent));

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "%s{\"id\":%d,\"value\":\"%d.%02d\"}", i > 0 ? "," : "",
                            1000 + g_rand_int_range (rand, 0, 600),
                            g_rand_int_range (rand, 10, 9000), g_rand_int_range (rand, 0, 100));

  g_string_append (text, "]},\"timestamp\":1767225600003}");
  add_text (events, text->str, text->len);
  g_assert_cmpuint (go_round (events), <, 10000 * 5 + 2000);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/columns/odd-texts", test_odd_texts);
  g_test_add_func ("/columns/random", test_random);
  g_test_add_func ("/columns/limits", test_limits);
  g_test_add_func ("/columns/corpus", test_corpus);
  g_test_add_func ("/columns/following", test_following);
  g_test_add_func ("/columns/size", test_size);

  return g_test_run ();
}
