/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An application of one document: what is in `main` goes, something else comes. */

#include "gen.h"

#define CARDS 60

typedef struct
{
  guint content; /* the child of `main` */
  guint cards[CARDS];
  guint n_cards;
  guint field; /* an input, or 0 */
  guint visits;
} Site;

static void
write_cards (Gen *gen,
             GenTree *tree,
             Site *site)
{
  guint n = 20 + gen_random (gen, CARDS - 20);

  gen_open (tree, "div", "\"class\":\"cards\"");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      site->cards[i] = gen_open (tree, "article", "\"class\":\"card busy\"");
      gen_open (tree, "div", "\"class\":\"face\"");
      gen_close (tree);
      gen_leaf (tree, "h2", "\"class\":\"mt-1\"", gen_word (gen));
      gen_words (gen, text, 12 + gen_random (gen, 20));
      gen_leaf (tree, "p", "\"class\":\"mt-1 pb-1\"", text->str);
      gen_open (tree, "a", "\"href\":\"https://desk.example/item\",\"class\":\"px-2\"");
      gen_text (tree, gen_word (gen));
      gen_close (tree);
      gen_close (tree);
    }

  gen_close (tree);
  site->n_cards = n;
}

static void
write_form (Gen *gen,
            GenTree *tree,
            Site *site)
{
  guint n = 6 + gen_random (gen, 14);

  gen_open (tree, "form", "\"action\":\"https://desk.example/save\"");

  for (guint i = 0; i < n; i++)
    {
      gen_open (tree, "label", "\"class\":\"mt-2\"");
      gen_text (tree, gen_word (gen));
      site->field = gen_open (tree, "input", "\"type\":\"text\",\"value\":\"\",\"class\":\"ml-2\"");
      gen_close (tree);
      gen_close (tree);
    }

  gen_leaf (tree, "button", "\"type\":\"submit\"", "Save");
  gen_close (tree);
}

static void
write_article (Gen *gen,
               GenTree *tree)
{
  guint n = 20 + gen_random (gen, 60);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      gen_words (gen, text, 20 + gen_random (gen, 60));
      gen_open (tree, "p", "\"class\":\"mt-2\"");
      gen_text (tree, text->str);
      gen_leaf (tree, "a", "\"href\":\"https://desk.example/more\"", gen_word (gen));
      gen_text (tree, gen_word (gen));
      gen_close (tree);
    }
}

static void
write_content (Gen *gen,
               GenTree *tree,
               Site *site)
{
  site->n_cards = 0;
  site->field = 0;
  site->content = gen_open (tree, "section", "\"class\":\"busy\"");
  gen_leaf (tree, "h1", "", gen_word (gen));

  switch (gen_random (gen, 3))
    {
    case 0:
      write_cards (gen, tree, site);
      break;

    case 1:
      write_form (gen, tree, site);
      break;

    case 2:
      write_article (gen, tree);
      break;
    }

  gen_close (tree);
}

static void
load (Gen *gen,
      Site *site)
{
  GenTree tree = gen_frame_begin (gen, "Desk", "/desk");

  write_content (gen, &tree, site);
  gen_frame_end (gen, &tree);
}

static gpointer
start (Gen *gen)
{
  Site *site = g_new0 (Site, 1);

  load (gen, site);

  return site;
}

static void
visit (Gen *gen,
       Site *site)
{
  GenTree tree = gen_tree_flat (gen, gen->main, 0);

  gen_user_click (gen, g_array_index (gen->targets, guint, gen_random (gen, gen->targets->len)));
  gen->now += 20;
  gen_event_begin (gen, 5);
  g_string_append (gen->out, "\"tag\":\"$pageview\",\"payload\":{\"href\":\"https://desk.example/");
  g_string_append (gen->out, gen_word (gen));
  g_string_append_c (gen->out, '/');
  gen_put (gen->out, ++site->visits);
  g_string_append (gen->out, "\"}");
  gen_event_end (gen);

  gen_remove (gen, gen->main, site->content);
  write_content (gen, &tree, site);
  gen_mutate (gen);

  gen->now += 80 + gen_random (gen, 300);
  gen_change_attribute (gen, site->content, "class", "");
  gen_mutate (gen);
}

/* What an application changes while somebody looks at it. */
static void
change (Gen *gen,
        Site *site)
{
  guint n = 1 + gen_random (gen, 5);

  for (guint i = 0; i < n; i++)
    {
      if (site->n_cards > 0)
        gen_change_attribute (gen, site->cards[gen_random (gen, site->n_cards)], "class",
                              gen_chance (gen, 50) ? "card" : "card flash");
      else
        gen_change_attribute (gen, site->content, i % 2 == 0 ? "class" : "data-state",
                              gen_word (gen));
    }

  gen_mutate (gen);
}

static void
step (Gen *gen,
      gpointer state)
{
  Site *site = state;
  guint what = gen_random (gen, 1000);

  gen->now += 100 + gen_random (gen, 400);

  if (what < 3)
    load (gen, site);
  else if (what < 130)
    visit (gen, site);
  else if (what < 560)
    change (gen, site);
  else if (what < 580 && site->field != 0)
    gen_user_type (gen, site->field, 1 + gen_random (gen, 2));
  else
    gen_user_idle (gen);
}

const GenKind gen_navigation = { "navigation", start, step };
