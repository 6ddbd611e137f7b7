/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The nodes of Clarity's events, compared field by field with what the recorder's own
 * decoder makes of the same payloads: *.decoded.json, by tests/record/clarity/reference.js,
 * and the file of that decoder in the shared corpus.
 */
#include "ph-clarity.h"
#include "ph-test.h"

#include <math.h>
#include <string.h>

static void
test_unmask (void)
{
  static const struct
  {
    const char *masked;
    const char *shown;
  } cases[] = {
    { "1", "•" },
    { "5", "•••••" },
    { "6", "••••••" },
    { "7", "• •••••" },
    { "c", "•••••• •••••" },
    { "d", "• ••••• •••••" },
    { "\n  3\t", "•••" },
    { " 3 ", "•••" },
    { "0", "0" },
    { "", "" },
    { "  \n", "  \n" },
    { "two words", "two words" },
    { "•", "•" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      g_test_message ("case %u", i);
      ph_clarity_unmask (out, cases[i].masked, strlen (cases[i].masked));
      g_assert_cmpstr (out->str, ==, cases[i].shown);
    }
}

/* However long a text claims to be. */
static void
test_unmask_is_bounded (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *longest = g_strnfill (10000, 'z');

  ph_clarity_unmask (out, "zzzzzzzz", 8);
  ph_clarity_unmask (out, longest, 10000);
  g_assert_cmpuint (out->len, <, 40000);
}

static void
test_version (void)
{
  static const struct
  {
    const char *text;
    PhClarityVersion version;
  } cases[] = {
    { "0.8.70", PH_CLARITY_VERSION_KNOWN },
    { "0.6.25-b2", PH_CLARITY_VERSION_KNOWN },
    { "0.9.0", PH_CLARITY_VERSION_NEWER },
    { "1.0.0", PH_CLARITY_VERSION_NEWER },
    { "1.0", PH_CLARITY_VERSION_NONE },
    { "v1.0.0", PH_CLARITY_VERSION_NONE },
    { "", PH_CLARITY_VERSION_NONE },
    { NULL, PH_CLARITY_VERSION_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (ph_clarity_version (cases[i].text), ==, cases[i].version);
    }
}

/* ---- nodes ---- */

typedef struct
{
  PhJson *json;
  PhNames *names;
  PhClarityTokens tokens;
  PhClarityNodes nodes;
} Decoder;

static void
decoder_init (Decoder *decoder)
{
  decoder->json = ph_json_new ();
  decoder->names = ph_names_new ();
  ph_clarity_tokens_init (&decoder->tokens);
  ph_clarity_nodes_init (&decoder->nodes, decoder->names);
}

static void
decoder_clear (Decoder *decoder)
{
  ph_clarity_nodes_clear (&decoder->nodes);
  ph_clarity_tokens_clear (&decoder->tokens);
  ph_names_unref (decoder->names);
  ph_json_free (decoder->json);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decoder, decoder_clear)

static void
write_node (const Decoder *decoder,
            const PhClarityNode *node,
            GString *out)
{
  g_string_append_printf (out, "%d/%d/%d %.*s", (int) node->id, (int) node->parent,
                          (int) node->previous, (int) node->tag_size, node->tag);

  for (guint i = 0; i < node->attributes->len; i++)
    {
      const PhClarityAttribute *held =
        &g_array_index (node->attributes, PhClarityAttribute, i);

      g_string_append_printf (out, " %s=%.*s", ph_names_text (decoder->names, held->name),
                              (int) held->value_size, held->value);
    }

  if (node->has_box)
    g_string_append_printf (out, " #%.2f×%.2f", node->width, node->height);

  if (node->value != NULL)
    g_string_append_printf (out, " “%.*s”", (int) node->value_size, node->value);
}

static void
test_nodes (void)
{
  static const struct
  {
    const char *event;
    const char *nodes;
  } cases[] = {
    { "[0,5,2,\"*D\",\"name=html\"]", "2/0/0 *D name=html;" },
    { "[0,5,3,1,2,\"HTML\",4,3,\"HEAD\"]", "3/1/2 HTML;4/3/0 HEAD;" },
    /* removed */
    { "[0,6,9,\"DIV\",10,4,\"P\"]", "9/0/0 DIV;10/4/0 P;" },
    /* references to what was there before, several in one */
    { "[0,6,9,4,\"DIV\",\"a=b\",10,4,9,[4,5],11,4,10,[4],\"c\"]",
      "9/4/0 DIV a=b;10/4/9 DIV a=b;11/4/10 DIV;" },
    { "[0,6,9,4,[99],10,4,[-1],11,4,\"P\"]", "11/4/0 P;" },
    /* masked */
    { "[0,6,-9,4,\"*T\",\"7\"]", "9/4/0 *T “• •••••”;" },
    /* old versions: the place behind the tag, a selector at the end */
    { "[0,6,9,4,\"DIV~3\",\"id=x\",\"HTML>BODY>DIV\"]", "9/4/0 DIV id=x;" },
    /* a picture's box: base 36, hundredths */
    { "[0,6,9,4,\"IMG\",\"#34g.2bc\",\"src=\"]", "9/4/0 IMG src= #40.48×30.00;" },
    { "[0,6,9,4,\"IMG\",\"#1\"]", "9/4/0 IMG;" },
    /* the last of a style is its sheet, also where it has a `=` */
    { "[0,6,9,4,\"STYLE\",\"id=x\",\"a[b=c]{}\"]", "9/4/0 STYLE id=x “a[b=c]{}”;" },
    { "[0,6,9,4,\"STYLE\",\"id=x\",\"\"]", "9/4/0 STYLE id=x;" },
    { "[0,6,9,4,\"P\",\"a=1\",\"b==\",\"a=2\",\"=x\"]", "9/4/0 P a=2 b==;" },
    { "[0,6,9,4,\"*T\",\"a=b\"]", "9/4/0 *T “a=b”;" },
    { "[0,6]", "" },
    { "[0,6,9]", "" },
    { "[0,6,\"P\",9]", "" },
    { "[0,6,0,4,\"P\"]", "" },
    { "[0,6,9,4,null,{\"x\":1},true,\"P\"]", "9/4/0 P;" },
  };
  g_auto (Decoder) decoder;

  decoder_init (&decoder);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      PhClarityNode node;
      PhJsonValue event;

      g_test_message ("case %u", i);
      g_assert_true (ph_json_parse (decoder.json, cases[i].event, strlen (cases[i].event), &event,
                                    NULL));
      ph_clarity_tokens_read (&decoder.tokens, event);
      ph_clarity_nodes_start (&decoder.nodes, &decoder.tokens);

      while (ph_clarity_nodes_next (&decoder.nodes, &node))
        {
          write_node (&decoder, &node, out);
          g_string_append_c (out, ';');
        }

      g_assert_cmpstr (out->str, ==, cases[i].nodes);
    }
}

/* ---- against the recorder's decoder ---- */

static gint64
number_member (PhJsonValue object,
               const char *name)
{
  gint64 number = 0;

  ph_json_member_int (object, name, &number);

  return number;
}

static void
compare_text (PhJsonValue expected,
              const char *text,
              gsize size)
{
  const char *must = NULL;
  gsize must_size = 0;

  if (ph_json_get_string (expected, &must, &must_size))
    g_assert_cmpmem (text, size, must, must_size);
  else
    g_assert_null (text);
}

static void
compare_attributes (const Decoder *decoder,
                    const PhClarityNode *node,
                    PhJsonValue expected)
{
  g_assert_cmpuint (node->attributes->len, ==, ph_json_size (expected));

  for (guint i = 0; i < node->attributes->len; i++)
    {
      const PhClarityAttribute *held =
        &g_array_index (node->attributes, PhClarityAttribute, i);

      compare_text (ph_json_member (expected, ph_names_text (decoder->names, held->name)),
                    held->value, held->value_size);
    }
}

static void
compare_node (const Decoder *decoder,
              const PhClarityNode *node,
              PhJsonValue expected)
{
  double width = 0, height = 0;

  g_assert_cmpint (node->id, ==, number_member (expected, "id"));
  g_assert_cmpint (node->parent, ==, number_member (expected, "parent"));
  g_assert_cmpint (node->previous, ==, number_member (expected, "previous"));
  compare_text (ph_json_member (expected, "tag"), node->tag, node->tag_size);
  compare_text (ph_json_member (expected, "value"), node->value, node->value_size);
  compare_attributes (decoder, node, ph_json_member (expected, "attributes"));
  g_assert_cmpint (node->has_box, ==, ph_json_member_double (expected, "width", &width));
  ph_json_member_double (expected, "height", &height);
  g_assert_cmpfloat_with_epsilon (node->width, width, 0.001);
  g_assert_cmpfloat_with_epsilon (node->height, height, 0.001);
}

/* How many nodes there were. */
static guint
compare_event (Decoder *decoder,
               PhJsonValue event,
               PhJsonValue expected)
{
  PhJsonIter iter;
  PhJsonValue must;
  PhClarityNode node;
  guint n = 0;

  ph_clarity_tokens_read (&decoder->tokens, event);
  g_assert_cmpint (ph_clarity_token_int (&decoder->tokens, 0, -1), ==,
                   number_member (expected, "time"));
  g_assert_cmpint (ph_clarity_token_int (&decoder->tokens, 1, -1), ==,
                   number_member (expected, "event"));

  /* Of style sheets and animations the decoder only names the tokens. */
  if (ph_json_type (ph_json_member (expected, "data")) != PH_JSON_ARRAY)
    return 0;

  ph_clarity_nodes_start (&decoder->nodes, &decoder->tokens);
  ph_json_iter_init (&iter, ph_json_member (expected, "data"));

  for (; ph_json_next (&iter, NULL, &must); n++)
    {
      g_assert_true (ph_clarity_nodes_next (&decoder->nodes, &node));
      compare_node (decoder, &node, must);
    }

  g_assert_false (ph_clarity_nodes_next (&decoder->nodes, &node));

  return n;
}

typedef struct
{
  gint64 time;
  guint index;
  PhJsonValue event;
} Placed;

static int
compare_placed (gconstpointer a,
                gconstpointer b)
{
  const Placed *one = a, *other = b;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;

  return one->index < other->index ? -1 : 1;
}

/* The events of a payload that the decoder puts under `dom`, in its order. */
static GArray *
page_events (PhJsonValue payload)
{
  static const char *const members[] = { "a", "p" };
  GArray *events = g_array_new (FALSE, FALSE, sizeof (Placed));

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      PhJsonIter iter;
      PhJsonValue event;

      ph_json_iter_init (&iter, ph_json_member (payload, members[i]));

      while (ph_json_next (&iter, NULL, &event))
        {
          g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (PhJsonValue));
          PhClarityTokens tokens = { values };
          gint64 kind;

          ph_clarity_tokens_read (&tokens, event);
          kind = ph_clarity_token_int (&tokens, 1, -1);

          if (kind == PH_CLARITY_DISCOVER || kind == PH_CLARITY_MUTATION ||
              (kind >= PH_CLARITY_SNAPSHOT && kind <= PH_CLARITY_SHEET_UPDATE))
            {
              Placed placed = { ph_clarity_token_int (&tokens, 0, 0), events->len, event };

              g_array_append_val (events, placed);
            }
        }
    }

  g_array_sort (events, compare_placed);

  return events;
}

/* Goes through the expected events: a list of them, or of payloads that have them as `dom`. */
static gboolean
next_expected (PhJsonIter *outer,
               PhJsonIter *inner,
               PhJsonValue *expected)
{
  PhJsonValue value;

  if (inner->document != NULL && ph_json_next (inner, NULL, expected))
    return TRUE;

  while (ph_json_next (outer, NULL, &value))
    {
      if (ph_json_type (ph_json_member (value, "envelope")) == PH_JSON_NONE)
        {
          *expected = value;
          return TRUE;
        }

      ph_json_iter_init (inner, ph_json_member (value, "dom"));

      if (ph_json_next (inner, NULL, expected))
        return TRUE;
    }

  return FALSE;
}

static void
compare_files (const char *payloads_path,
               const char *decoded_path)
{
  g_autoptr (PhJson) decoded = ph_json_new ();
  g_autofree char *payloads = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (Decoder) decoder;
  PhJsonIter outer, inner = {};
  PhJsonValue root, expected;
  gsize size = 0;
  guint n = 0;

  decoder_init (&decoder);
  g_assert_true (g_file_get_contents (payloads_path, &payloads, NULL, NULL));
  g_assert_true (g_file_get_contents (decoded_path, &text, &size, NULL));
  g_assert_true (ph_json_parse (decoded, text, size, &root, NULL));
  ph_json_iter_init (&outer, root);
  lines = g_strsplit (g_strchomp (payloads), "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GArray) events = NULL;
      PhJsonValue payload;

      g_assert_true (ph_json_parse (decoder.json, lines[i], strlen (lines[i]), &payload, NULL));
      events = page_events (payload);

      for (guint k = 0; k < events->len; k++)
        {
          g_assert_true (next_expected (&outer, &inner, &expected));
          n += compare_event (&decoder, g_array_index (events, Placed, k).event, expected);
        }
    }

  g_assert_false (next_expected (&outer, &inner, &expected));
  g_assert_cmpuint (n, >, 40);
}

static void
test_reference (gconstpointer data)
{
  g_autofree char *payloads = g_strdup_printf ("clarity/%s.jsonl", (const char *) data);
  g_autofree char *decoded = g_strdup_printf ("clarity/%s.decoded.json", (const char *) data);
  g_autofree char *payloads_path = ph_test_fixture (payloads);
  g_autofree char *decoded_path = ph_test_fixture (decoded);

  compare_files (payloads_path, decoded_path);
}

static void
test_corpus (void)
{
  g_autofree char *payloads = ph_test_shared ("corpus/clarity/core-page.payloads.jsonl");
  g_autofree char *decoded = ph_test_shared ("corpus/clarity/core-page.decoded.json");

  if (payloads == NULL || decoded == NULL)
    g_test_skip ("the shared corpus is not here");
  else
    compare_files (payloads, decoded);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity/unmask", test_unmask);
  g_test_add_func ("/clarity/unmask-is-bounded", test_unmask_is_bounded);
  g_test_add_func ("/clarity/version", test_version);
  g_test_add_func ("/clarity/nodes", test_nodes);
  g_test_add_data_func ("/clarity/reference/plain", "plain", test_reference);
  g_test_add_data_func ("/clarity/reference/masked", "masked", test_reference);
  g_test_add_func ("/clarity/reference/corpus", test_corpus);

  return g_test_run ();
}
