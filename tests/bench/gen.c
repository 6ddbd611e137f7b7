/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gen.h"

#include <string.h>

#define START G_GINT64_CONSTANT (1767225600000)
#define FLUSH_BYTES ((gsize) 1024 * 1024)

static const char *const words[] = {
  "account", "after", "again", "answer", "before", "bell", "blue", "bring", "carry",
  "change", "city", "clear", "close", "cold", "corner", "could", "count", "cross",
  "delivery", "door", "early", "east", "enough", "evening", "every", "field", "find",
  "first", "follow", "friend", "garden", "good", "green", "harbour", "hold", "house",
  "invoice", "item", "kind", "late", "leave", "letter", "light", "little", "long",
  "market", "meet", "minute", "morning", "music", "never", "night", "north", "number",
  "offer", "often", "open", "order", "other", "paper", "people", "place", "plan",
  "point", "price", "quick", "quiet", "rain", "ready", "report", "right", "river",
  "round", "school", "second", "share", "short", "small", "south", "spring", "stand",
  "start", "station", "still", "street", "summer", "table", "there", "thing", "three",
  "ticket", "today", "travel", "under", "until", "water", "week", "white", "window",
  "year"
};

void
gen_init (Gen *gen,
          FILE *file,
          guint64 seed)
{
  *gen = (Gen) {
    .file = file,
    .out = g_string_sized_new (2 * FLUSH_BYTES),
    .random = seed * 2 + 1,
    .now = START,
    .next_id = 1,
    .texts = g_string_new (NULL),
    .attributes = g_string_new (NULL),
    .removes = g_string_new (NULL),
    .adds = g_string_new (NULL),
    .targets = g_array_new (FALSE, FALSE, sizeof (guint)),
    .x = 400,
    .y = 300,
  };

  g_string_append_c (gen->out, '[');
}

static void
flush (Gen *gen)
{
  if (!gen->failed && fwrite (gen->out->str, 1, gen->out->len, gen->file) != gen->out->len)
    gen->failed = TRUE;

  g_string_truncate (gen->out, 0);
}

gboolean
gen_finish (Gen *gen)
{
  g_string_append (gen->out, "]\n");
  flush (gen);

  return !gen->failed && fflush (gen->file) == 0;
}

void
gen_clear (Gen *gen)
{
  g_string_free (gen->out, TRUE);
  g_string_free (gen->texts, TRUE);
  g_string_free (gen->attributes, TRUE);
  g_string_free (gen->removes, TRUE);
  g_string_free (gen->adds, TRUE);
  g_array_unref (gen->targets);
}

/* --- chance ---------------------------------------------------------------- */

/* splitmix64 */
guint
gen_random (Gen *gen,
            guint n)
{
  guint64 z = gen->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  z ^= z >> 31;

  return (guint) (((z >> 32) * n) >> 32);
}

gboolean
gen_chance (Gen *gen,
            guint percent)
{
  return gen_random (gen, 100) < percent;
}

const char *
gen_word (Gen *gen)
{
  return words[gen_random (gen, G_N_ELEMENTS (words))];
}

void
gen_words (Gen *gen,
           GString *out,
           guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');

      g_string_append (out, gen_word (gen));
    }
}

/* --- events ---------------------------------------------------------------- */

void
gen_put (GString *out,
         guint64 number)
{
  char digits[20];
  gsize at = sizeof digits;

  do
    {
      digits[--at] = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number > 0);

  g_string_append_len (out, digits + at, (gssize) (sizeof digits - at));
}

/* Between the members of an array, before the next. */
static void
put_comma (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');
}

static void
put_string (GString *out,
            const char *text)
{
  g_string_append_c (out, '"');
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

void
gen_event_begin (Gen *gen,
                 guint type)
{
  if (gen->written > 0)
    g_string_append (gen->out, ",\n");

  g_string_append (gen->out, "{\"type\":");
  gen_put (gen->out, type);
  g_string_append (gen->out, ",\"data\":{");
}

void
gen_event_end (Gen *gen)
{
  g_string_append (gen->out, "},\"timestamp\":");
  gen_put (gen->out, (guint64) gen->now);
  g_string_append_c (gen->out, '}');

  if (gen->out->len < FLUSH_BYTES && gen->written > 0)
    return;

  gen->written += gen->out->len;
  flush (gen);
}

/* --- nodes ----------------------------------------------------------------- */

GenTree
gen_tree_nested (Gen *gen)
{
  return (GenTree) { .gen = gen, .out = gen->out };
}

GenTree
gen_tree_flat (Gen *gen,
               guint parent,
               guint next)
{
  return (GenTree) {
    .gen = gen,
    .out = gen->adds,
    .flat = TRUE,
    .next = next,
    .depth = 1,
    .ids = { parent },
  };
}

static void
put_place (GenTree *tree)
{
  if (!tree->flat)
    return;

  g_string_append (tree->out, "{\"parentId\":");
  gen_put (tree->out, tree->ids[tree->depth - 1]);
  g_string_append (tree->out, ",\"nextId\":");

  if (tree->depth == 1 && tree->next != 0)
    gen_put (tree->out, tree->next);
  else
    g_string_append (tree->out, "null");

  g_string_append (tree->out, ",\"node\":");
}

static void
put_id (GenTree *tree,
        guint id)
{
  g_string_append (tree->out, ",\"id\":");
  gen_put (tree->out, id);
  g_string_append (tree->out, tree->flat ? "}}" : "}");
}

guint
gen_open (GenTree *tree,
          const char *tag,
          const char *attributes)
{
  guint id = tree->gen->next_id++;

  g_assert (tree->depth < G_N_ELEMENTS (tree->ids));

  put_comma (tree->out);
  put_place (tree);
  g_string_append (tree->out, "{\"type\":2,\"tagName\":");
  put_string (tree->out, tag);
  g_string_append (tree->out, ",\"attributes\":{");
  g_string_append (tree->out, attributes);
  g_string_append (tree->out, "},\"childNodes\":[");

  if (tree->flat)
    {
      g_string_append_c (tree->out, ']');
      put_id (tree, id);
    }

  tree->ids[tree->depth++] = id;

  return id;
}

void
gen_close (GenTree *tree)
{
  guint id = tree->ids[--tree->depth];

  if (tree->flat)
    return;

  g_string_append_c (tree->out, ']');
  put_id (tree, id);
}

guint
gen_text (GenTree *tree,
          const char *text)
{
  guint id = tree->gen->next_id++;

  put_comma (tree->out);
  put_place (tree);
  g_string_append (tree->out, "{\"type\":3,\"textContent\":");
  put_string (tree->out, text);
  put_id (tree, id);

  return id;
}

guint
gen_leaf (GenTree *tree,
          const char *tag,
          const char *attributes,
          const char *text)
{
  guint id;

  gen_open (tree, tag, attributes);
  id = gen_text (tree, text);
  gen_close (tree);

  return id;
}

/* --- mutations ------------------------------------------------------------- */

void
gen_change_text (Gen *gen,
                 guint id,
                 const char *value)
{
  put_comma (gen->texts);
  g_string_append (gen->texts, "{\"id\":");
  gen_put (gen->texts, id);
  g_string_append (gen->texts, ",\"value\":");
  put_string (gen->texts, value);
  g_string_append_c (gen->texts, '}');
}

void
gen_change_attribute (Gen *gen,
                      guint id,
                      const char *name,
                      const char *value)
{
  put_comma (gen->attributes);
  g_string_append (gen->attributes, "{\"id\":");
  gen_put (gen->attributes, id);
  g_string_append (gen->attributes, ",\"attributes\":{");
  put_string (gen->attributes, name);
  g_string_append_c (gen->attributes, ':');
  put_string (gen->attributes, value);
  g_string_append (gen->attributes, "}}");
}

void
gen_remove (Gen *gen,
            guint parent,
            guint id)
{
  put_comma (gen->removes);
  g_string_append (gen->removes, "{\"parentId\":");
  gen_put (gen->removes, parent);
  g_string_append (gen->removes, ",\"id\":");
  gen_put (gen->removes, id);
  g_string_append_c (gen->removes, '}');
}

static void
put_part (Gen *gen,
          const char *name,
          GString *part)
{
  g_string_append_c (gen->out, ',');
  put_string (gen->out, name);
  g_string_append (gen->out, ":[");
  g_string_append_len (gen->out, part->str, (gssize) part->len);
  g_string_append_c (gen->out, ']');
  g_string_truncate (part, 0);
}

void
gen_mutate (Gen *gen)
{
  if (gen->texts->len + gen->attributes->len + gen->removes->len + gen->adds->len == 0)
    return;

  gen_event_begin (gen, 3);
  g_string_append (gen->out, "\"source\":0");
  put_part (gen, "texts", gen->texts);
  put_part (gen, "attributes", gen->attributes);
  put_part (gen, "removes", gen->removes);
  put_part (gen, "adds", gen->adds);
  gen_event_end (gen);
}
