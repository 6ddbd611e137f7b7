/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A talk of many people: messages come in, somebody types, the oldest ones go. */

#include "gen.h"

#include <string.h>

#define MESSAGES 200
#define PEOPLE 24

typedef struct
{
  guint id;
  guint bubble;
} Message;

typedef struct
{
  guint list; /* of messages; it scrolls */
  guint typing;
  guint box;
  Message messages[MESSAGES];
  guint first; /* the oldest, in a ring */
  guint rows[PEOPLE];
  guint dots[PEOPLE];
  guint previews[PEOPLE]; /* texts */
} Chat;

static void
write_message (Gen *gen,
               GenTree *tree,
               gboolean mine,
               Message *message)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char when[16];

  g_snprintf (when, sizeof when, "%02u:%02u", (guint) (gen->now / 3600000 % 24),
              (guint) (gen->now / 60000 % 60));

  message->id = gen_open (tree, "li", mine ? "\"class\":\"msg mine\"" : "\"class\":\"msg\"");
  gen_open (tree, "div", "\"class\":\"face\"");
  gen_close (tree);
  gen_open (tree, "div", "\"class\":\"ml-2\"");
  gen_leaf (tree, "strong", "", gen_word (gen));
  gen_leaf (tree, "time", "\"class\":\"ml-2\"", when);
  gen_words (gen, text, 3 + gen_random (gen, 22));
  message->bubble = gen_open (tree, "div", "\"class\":\"bubble\"");
  gen_text (tree, text->str);
  gen_close (tree);
  gen_close (tree);
  gen_close (tree);
}

static void
write_people (Gen *gen,
              GenTree *tree,
              Chat *chat)
{
  gen_open (tree, "ul", "\"class\":\"cards\"");

  for (guint i = 0; i < PEOPLE; i++)
    {
      chat->rows[i] = gen_open (tree, "li", "\"class\":\"card\"");
      chat->dots[i] = gen_open (tree, "span", "\"class\":\"dot\"");
      gen_close (tree);
      gen_leaf (tree, "strong", "", gen_word (gen));
      chat->previews[i] = gen_leaf (tree, "p", "\"class\":\"mt-1\"", gen_word (gen));
      gen_close (tree);
    }

  gen_close (tree);
}

static gpointer
start (Gen *gen)
{
  Chat *chat = g_new0 (Chat, 1);
  GenTree tree = gen_frame_begin (gen, "Talk", "/talk");

  chat->list = gen_open (&tree, "ul", "\"class\":\"talk\"");

  for (guint i = 0; i < MESSAGES; i++)
    write_message (gen, &tree, i % 7 == 0, &chat->messages[i]);

  gen_close (&tree);
  chat->typing = gen_open (&tree, "p", "\"class\":\"px-2 busy\"");
  gen_text (&tree, "Somebody is typing");
  gen_close (&tree);
  chat->box = gen_open (&tree, "textarea", "\"rows\":\"2\",\"class\":\"px-2\",\"value\":\"\"");
  gen_close (&tree);
  write_people (gen, &tree, chat);
  gen_frame_end (gen, &tree);

  return chat;
}

static void
add_message (Gen *gen,
             Chat *chat,
             gboolean mine)
{
  Message *oldest = &chat->messages[chat->first];
  GenTree tree = gen_tree_flat (gen, chat->list, 0);
  guint who = gen_random (gen, PEOPLE);
  g_autoptr (GString) preview = g_string_new (NULL);

  gen_remove (gen, chat->list, oldest->id);
  write_message (gen, &tree, mine, oldest);
  chat->first = (chat->first + 1) % MESSAGES;

  gen_words (gen, preview, 4);
  gen_change_text (gen, chat->previews[who], preview->str);
  gen_change_attribute (gen, chat->rows[who], "class", mine ? "card" : "card flash");
  gen_mutate (gen);
  gen_user_scroll (gen, chat->list, 11800, 12000);
}

static void
react (Gen *gen,
       Chat *chat)
{
  const Message *message = &chat->messages[gen_random (gen, MESSAGES)];
  GenTree tree = gen_tree_flat (gen, message->bubble, 0);

  gen_leaf (&tree, "small", "\"class\":\"ml-2 flash\"", "+1");
  gen_mutate (gen);
}

static void
step (Gen *gen,
      gpointer state)
{
  Chat *chat = state;
  guint what = gen_random (gen, 100);
  guint who = gen_random (gen, PEOPLE);

  gen->now += 80 + gen_random (gen, 500);

  if (what < 18)
    add_message (gen, chat, FALSE);
  else if (what < 22)
    react (gen, chat);
  else if (what < 25)
    {
      gen_user_type (gen, chat->box, 1 + gen_random (gen, 3));
      add_message (gen, chat, TRUE);
    }
  else if (what < 60)
    {
      gen_change_attribute (gen, chat->typing, "class",
                            gen_chance (gen, 50) ? "px-2 busy" : "px-2");
      gen_change_attribute (gen, chat->dots[who], "class",
                            gen_chance (gen, 50) ? "dot here" : "dot");

      if (gen_chance (gen, 30))
        gen_change_attribute (gen, chat->rows[who], "class", "card");

      gen_mutate (gen);
    }
  else
    gen_user_idle (gen);
}

const GenKind gen_chat = { "chat", start, step };
