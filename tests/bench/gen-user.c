/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gen.h"

static void
pass (Gen *gen,
      guint from,
      guint to)
{
  gen->now += from + gen_random (gen, to - from + 1);
}

static guint
pick_target (Gen *gen)
{
  return g_array_index (gen->targets, guint, gen_random (gen, gen->targets->len));
}

static void
put_member (GString *out,
            const char *name,
            guint64 value)
{
  g_string_append_c (out, ',');
  g_string_append_c (out, '"');
  g_string_append (out, name);
  g_string_append (out, "\":");
  gen_put (out, value);
}

/* Half a second of moving, a place every 50 ms, as recorders sample it. */
void
gen_user_move (Gen *gen)
{
  guint n = 1 + gen_random (gen, 9);
  int dx = (int) gen_random (gen, 61) - 30;
  int dy = (int) gen_random (gen, 41) - 20;

  gen->now += 50 * n + gen_random (gen, 20);
  gen_event_begin (gen, 3);
  g_string_append (gen->out, "\"source\":1,\"positions\":[");

  for (guint i = 0; i < n; i++)
    {
      gen->x = CLAMP (gen->x + dx, 4, 1270);
      gen->y = CLAMP (gen->y + dy, 4, 790);
      g_string_append (gen->out, i > 0 ? ",{\"x\":" : "{\"x\":");
      gen_put (gen->out, (guint64) gen->x);
      put_member (gen->out, "y", (guint64) gen->y);
      put_member (gen->out, "id", pick_target (gen));
      g_string_append (gen->out, i + 1 < n ? ",\"timeOffset\":-" : ",\"timeOffset\":");
      gen_put (gen->out, (guint64) 50 * (n - 1 - i));
      g_string_append_c (gen->out, '}');
    }

  g_string_append_c (gen->out, ']');
  gen_event_end (gen);
}

void
gen_user_click (Gen *gen,
                guint id)
{
  static const guint types[] = { 1, 0, 2 }; /* down, up, click */

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gen->now += i == 1 ? 60 + gen_random (gen, 60) : 0;
      gen_event_begin (gen, 3);
      g_string_append (gen->out, "\"source\":2");
      put_member (gen->out, "type", types[i]);
      put_member (gen->out, "id", id);
      put_member (gen->out, "x", (guint64) gen->x);
      put_member (gen->out, "y", (guint64) gen->y);
      put_member (gen->out, "pointerType", 0);
      gen_event_end (gen);
    }
}

void
gen_user_scroll (Gen *gen,
                 guint id,
                 guint from,
                 guint to)
{
  guint steps = 3;

  for (guint i = 1; i <= steps; i++)
    {
      guint y = (guint) ((gint64) from + ((gint64) to - from) * i / steps);

      pass (gen, 98, 106);
      gen_event_begin (gen, 3);
      g_string_append (gen->out, "\"source\":3");
      put_member (gen->out, "id", id);
      put_member (gen->out, "x", 0);
      put_member (gen->out, "y", y);
      gen_event_end (gen);
    }
}

void
gen_user_type (Gen *gen,
               guint id,
               guint n_words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  gen_words (gen, text, n_words);

  for (gsize i = 1; i <= text->len; i++)
    {
      pass (gen, 60, 260);
      gen_event_begin (gen, 3);
      g_string_append (gen->out, "\"source\":5,\"text\":\"");
      g_string_append_len (gen->out, text->str, (gssize) i);
      g_string_append (gen->out, "\",\"isChecked\":false");
      put_member (gen->out, "id", id);
      gen_event_end (gen);
    }
}

void
gen_user_idle (Gen *gen)
{
  guint what = gen_random (gen, 100);

  if (what < 62)
    gen_user_move (gen);
  else if (what < 78)
    gen_user_click (gen, pick_target (gen));
  else if (what < 93)
    gen_user_scroll (gen, gen->document, gen_random (gen, 400), gen_random (gen, 400));
  else
    gen_user_type (gen, gen->search, 1);
}
