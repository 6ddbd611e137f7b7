/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity.h"

#include "ph-json-write.h"
#include "ph-limits.h"

#include <math.h>
#include <string.h>

/* The newest clarity-js this was written for: 0.8; only the second number says more. */
#define KNOWN_MAJOR 0
#define KNOWN_MINOR 8

/* clarity-js types/data.d.ts: Mask, and layout.ts: AverageWordLength, BoxPrecision */
#define BULLET "•"
#define WORD_LENGTH 6
#define BOX_PRECISION 100.0

/* A masked text longer than that has its end left out: a few bytes must not become millions. */
#define MAX_MASKED 4096

/* How many references one node may have, in all. */
#define MAX_PARTS 4096

/* ---- tokens ---- */

void
ph_clarity_tokens_init (PhClarityTokens *tokens)
{
  tokens->values = g_array_new (FALSE, FALSE, sizeof (PhJsonValue));
}

void
ph_clarity_tokens_clear (PhClarityTokens *tokens)
{
  g_clear_pointer (&tokens->values, g_array_unref);
}

void
ph_clarity_tokens_read (PhClarityTokens *tokens,
                        PhJsonValue event)
{
  PhJsonIter iter;
  PhJsonValue *values;
  guint n = 0;

  g_array_set_size (tokens->values, 0);

  if (ph_json_type (event) != PH_JSON_ARRAY)
    return;

  /* There are many of them: they are put where they go, not appended one by one. */
  g_array_set_size (tokens->values, (guint) ph_json_size (event));
  values = (PhJsonValue *) tokens->values->data;
  ph_json_iter_init (&iter, event);

  while (n < tokens->values->len && ph_json_next (&iter, NULL, &values[n]))
    n++;

  g_array_set_size (tokens->values, n);
}

PhJsonValue
ph_clarity_token (const PhClarityTokens *tokens,
                  guint index)
{
  PhJsonValue none = {};

  return index < tokens->values->len ? g_array_index (tokens->values, PhJsonValue, index) : none;
}

gboolean
ph_clarity_token_double (const PhClarityTokens *tokens,
                         guint index,
                         double *number)
{
  return ph_json_get_double (ph_clarity_token (tokens, index), number);
}

gint64
ph_clarity_token_int (const PhClarityTokens *tokens,
                      guint index,
                      gint64 fallback)
{
  ph_json_get_int (ph_clarity_token (tokens, index), &fallback);

  return fallback;
}

const char *
ph_clarity_token_text (const PhClarityTokens *tokens,
                       guint index)
{
  const char *text = NULL;

  ph_json_get_string (ph_clarity_token (tokens, index), &text, NULL);

  return text;
}

/* ---- masked text ---- */

/* A number in base 36 as parseInt() has it: what follows the digits does not count. */
static double
parse_base36 (const char *text,
              gsize size)
{
  double number = 0;

  for (gsize i = 0; i < size; i++)
    {
      int digit = g_ascii_isdigit (text[i])   ? text[i] - '0'
                  : g_ascii_isalpha (text[i]) ? g_ascii_tolower (text[i]) - 'a' + 10
                                              : -1;

      if (digit < 0)
        break;

      number = number * 36 + digit;
    }

  return number;
}

static void
put_bullets (GString *out,
             guint n)
{
  while (n-- > 0)
    g_string_append (out, BULLET);
}

/* What JavaScript's trim() takes away. */
static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == '\v' || c == 0xfeff;
}

static void
trim (const char **begin,
      const char **end)
{
  while (*begin < *end && is_space (g_utf8_get_char (*begin)))
    *begin = g_utf8_next_char (*begin);

  while (*begin < *end)
    {
      const char *last = g_utf8_prev_char (*end);

      if (!is_space (g_utf8_get_char (last)))
        break;

      *end = last;
    }
}

void
ph_clarity_unmask (GString *out,
                   const char *text,
                   gsize size)
{
  const char *begin = text, *end = text + size;
  double number;
  guint length, rest;

  trim (&begin, &end);
  number = parse_base36 (begin, (gsize) (end - begin));

  if (memchr (begin, ' ', (gsize) (end - begin)) != NULL || number <= 0)
    {
      g_string_append_len (out, text, (gssize) size);
      return;
    }

  length = (guint) MIN (number, MAX_MASKED);
  rest = length % WORD_LENGTH;
  put_bullets (out, rest);

  for (guint i = 0; i < length / WORD_LENGTH; i++)
    {
      g_string_append (out, i == 0 && rest == 0 ? BULLET : " ");
      put_bullets (out, WORD_LENGTH - 1);
    }
}

/* ---- nodes ---- */

typedef struct
{
  guint64 serial;
  guint index;
} Place;

void
ph_clarity_nodes_init (PhClarityNodes *nodes,
                       PhNames *names)
{
  nodes->tokens = NULL;
  nodes->next = 0;
  nodes->serial = 0;
  memset (nodes->known, 0, sizeof nodes->known);
  nodes->names = ph_names_ref (names);
  nodes->places = g_array_new (FALSE, TRUE, sizeof (Place));
  nodes->parts = g_array_new (FALSE, FALSE, sizeof (PhJsonValue));
  nodes->attributes = g_array_new (FALSE, FALSE, sizeof (PhClarityAttribute));
  nodes->text = g_string_new (NULL);
}

void
ph_clarity_nodes_clear (PhClarityNodes *nodes)
{
  g_clear_pointer (&nodes->parts, g_array_unref);
  g_clear_pointer (&nodes->attributes, g_array_unref);
  g_clear_pointer (&nodes->places, g_array_unref);
  g_clear_pointer (&nodes->names, ph_names_unref);
  g_string_free (nodes->text, TRUE);
  nodes->text = NULL;
}

void
ph_clarity_nodes_start (PhClarityNodes *nodes,
                        const PhClarityTokens *tokens)
{
  nodes->tokens = tokens;
  nodes->next = 2;
}

/* `[12, 40]` stands for the tokens 12 and 40 of the event: strings that were there before. */
static void
follow (PhClarityNodes *nodes,
        PhJsonValue references)
{
  PhJsonIter iter;
  PhJsonValue value;
  gint64 index;

  ph_json_iter_init (&iter, references);

  while (nodes->parts->len < MAX_PARTS && ph_json_next (&iter, NULL, &value))
    {
      PhJsonValue meant = {};

      if (ph_json_get_int (value, &index) && index >= 0 && index < G_MAXINT32)
        meant = ph_clarity_token (nodes->tokens, (guint) index);

      if (ph_json_type (meant) == PH_JSON_STRING)
        g_array_append_val (nodes->parts, meant);
    }
}

/*
 * Gathers the tokens of the next node and gives how many numbers it begins with: a
 * number that comes after anything else begins another node.
 */
static guint
gather (PhClarityNodes *nodes)
{
  guint n_numbers = 0;
  gboolean after_number = TRUE;

  g_array_set_size (nodes->parts, 0);

  for (; nodes->next < nodes->tokens->values->len; nodes->next++)
    {
      PhJsonValue value = ph_clarity_token (nodes->tokens, nodes->next);
      PhJsonType type = ph_json_type (value);

      if (type == PH_JSON_NUMBER)
        {
          if (!after_number)
            break;

          n_numbers++;
          g_array_append_val (nodes->parts, value);
          continue;
        }

      after_number = FALSE;

      if (type == PH_JSON_STRING && nodes->parts->len < MAX_PARTS)
        g_array_append_val (nodes->parts, value);
      else if (type == PH_JSON_ARRAY)
        follow (nodes, value);
    }

  return n_numbers;
}

static gint64
part_int (const PhClarityNodes *nodes,
          guint index)
{
  gint64 number = 0;

  ph_json_get_int (g_array_index (nodes->parts, PhJsonValue, index), &number);

  return CLAMP (number, -G_MAXINT32, G_MAXINT32);
}

/* One that is there twice counts as the second says. */
static void
put_attribute (PhClarityNodes *nodes,
               PhClarityAttribute attribute)
{
  Place *place;

  if (nodes->places->len <= attribute.name)
    g_array_set_size (nodes->places, attribute.name + 1);

  place = &g_array_index (nodes->places, Place, attribute.name);

  if (place->serial == nodes->serial)
    {
      g_array_index (nodes->attributes, PhClarityAttribute, place->index) = attribute;
    }
  else if (nodes->attributes->len < PH_LIMIT_ATTRIBUTES)
    {
      place->serial = nodes->serial;
      place->index = nodes->attributes->len;
      g_array_append_val (nodes->attributes, attribute);
    }
}

/* A page has few names, again and again: those met last are found without a hash. */
static PhName
find_name (PhClarityNodes *nodes,
           const char *text,
           gsize size)
{
  guint at = ((guint) size * 31 + (guint8) text[0] * 7 + (guint8) text[size - 1]) %
             PH_CLARITY_N_KNOWN;
  PhClarityKnown *known = &nodes->known[at];
  char name[PH_LIMIT_NAME_BYTES + 1];

  if (known->size == size && memcmp (known->text, text, size) == 0)
    return known->name;

  memcpy (name, text, size);
  name[size] = '\0';

  if (size > sizeof known->text)
    return ph_names_intern (nodes->names, name);

  memcpy (known->text, text, size);
  known->size = (guint) size;
  known->name = ph_names_intern (nodes->names, name);

  return known->name;
}

/* `name=value`; @equals is where they part. */
static void
read_attribute (PhClarityNodes *nodes,
                const char *text,
                gsize size,
                const char *equals)
{
  PhClarityAttribute attribute = {
    .value = equals + 1,
    .value_size = size - (gsize) (equals + 1 - text),
  };
  gsize length = (gsize) (equals - text);

  if (length == 0 || length > PH_LIMIT_NAME_BYTES || memchr (text, '\0', length) != NULL)
    return;

  attribute.name = find_name (nodes, text, length);
  put_attribute (nodes, attribute);
}

/* `#3k.28`: width and height of a picture, in base 36 and hundredths. */
static void
read_box (PhClarityNode *node,
          const char *text,
          gsize size)
{
  const char *dot = memchr (text, '.', size);

  if (dot == NULL || memchr (dot + 1, '.', size - (gsize) (dot + 1 - text)) != NULL)
    return;

  node->has_box = TRUE;
  node->width = parse_base36 (text + 1, (gsize) (dot - text) - 1) / BOX_PRECISION;
  node->height = parse_base36 (dot + 1, size - (gsize) (dot + 1 - text)) / BOX_PRECISION;
}

/* One token behind the tag; the order of the questions is the recorder's own decoder's. */
static void
read_part (PhClarityNodes *nodes,
           PhClarityNode *node,
           PhJsonValue part,
           gboolean is_masked,
           gboolean is_last)
{
  gboolean is_text = node->tag_size == 2 && memcmp (node->tag, "*T", 2) == 0;
  const char *text, *equals;
  gsize size;

  if (!ph_json_get_string (part, &text, &size))
    return;

  if (is_text)
    {
      g_string_truncate (nodes->text, 0);

      if (is_masked)
        ph_clarity_unmask (nodes->text, text, size);

      node->value = is_masked ? nodes->text->str : text;
      node->value_size = is_masked ? nodes->text->len : size;
      return;
    }

  if (is_last && node->tag_size == 5 && memcmp (node->tag, "STYLE", 5) == 0)
    {
      node->value = text;
      node->value_size = size;
      return;
    }

  equals = memchr (text, '=', size);

  if (equals == NULL)
    {
      /* A selector at the end was written up to 0.6.24. */
      if (size > 0 && text[0] == '#' && text[size - 1] != '>')
        read_box (node, text, size);
    }
  else
    {
      read_attribute (nodes, text, size, equals);
    }
}

static gboolean
read_node (PhClarityNodes *nodes,
           guint n_numbers,
           PhClarityNode *node)
{
  const char *tilde;
  gint64 id;

  if (n_numbers == 0 || nodes->parts->len <= n_numbers)
    return FALSE;

  id = part_int (nodes, 0);
  memset (node, 0, sizeof *node);
  node->id = ABS (id);
  node->parent = n_numbers > 1 ? MAX (part_int (nodes, 1), 0) : 0;
  node->previous = n_numbers > 2 ? MAX (part_int (nodes, 2), 0) : 0;
  node->attributes = nodes->attributes;
  nodes->serial++;
  g_array_set_size (nodes->attributes, 0);

  if (node->id == 0 || !ph_json_get_string (g_array_index (nodes->parts, PhJsonValue, n_numbers),
                                            &node->tag, &node->tag_size))
    return FALSE;

  /* Old versions write the place among the siblings behind it. */
  tilde = memchr (node->tag, '~', node->tag_size);

  if (tilde != NULL)
    node->tag_size = (gsize) (tilde - node->tag);

  for (guint i = n_numbers + 1; i < nodes->parts->len; i++)
    read_part (nodes, node, g_array_index (nodes->parts, PhJsonValue, i), id < 0,
               i == nodes->parts->len - 1);

  /* As the recorder's decoder has it, an empty value is none. */
  if (node->value_size == 0)
    node->value = NULL;

  return node->tag_size > 0 && node->tag_size <= PH_LIMIT_NAME_BYTES;
}

gboolean
ph_clarity_nodes_next (PhClarityNodes *nodes,
                       PhClarityNode *node)
{
  while (nodes->next < nodes->tokens->values->len)
    {
      guint n_numbers = gather (nodes);

      if (read_node (nodes, n_numbers, node))
        return TRUE;
    }

  return FALSE;
}

/* ---- numbers and versions ---- */

void
ph_clarity_put_number (GString *out,
                       const char *before,
                       gint64 number)
{
  g_string_append (out, before);
  ph_json_write_int (out, MAX (number, 0));
}

PhClarityVersion
ph_clarity_version (const char *text)
{
  const char *end;
  guint64 major, minor;

  if (text == NULL || !g_ascii_isdigit (text[0]))
    return PH_CLARITY_VERSION_NONE;

  major = g_ascii_strtoull (text, (char **) &end, 10);

  if (end[0] != '.' || !g_ascii_isdigit (end[1]))
    return PH_CLARITY_VERSION_NONE;

  minor = g_ascii_strtoull (end + 1, (char **) &end, 10);

  if (end[0] != '.' || !g_ascii_isdigit (end[1]))
    return PH_CLARITY_VERSION_NONE;

  return major > KNOWN_MAJOR || (major == KNOWN_MAJOR && minor > KNOWN_MINOR)
           ? PH_CLARITY_VERSION_NEWER
           : PH_CLARITY_VERSION_KNOWN;
}
