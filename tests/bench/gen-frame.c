/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gen.h"

/* What the pages are styled with; utility rules as frameworks have them follow. */
static const char style[] =
  "*{box-sizing:border-box}body{margin:0;font:14px/1.4 system-ui,sans-serif;color:#1d2330;"
  "background:#f6f7f9}a{color:#1c5fd4;text-decoration:none}.bar{position:sticky;top:0;"
  "z-index:2;display:flex;gap:16px;align-items:center;height:52px;padding:0 20px;"
  "background:#fff;border-bottom:1px solid #dde1e7}.bar .name{font-weight:700}"
  ".bar input{flex:1;padding:6px 12px;border:1px solid #c9ced6;border-radius:6px}"
  ".shell{display:grid;grid-template-columns:220px 1fr}.menu{padding:16px;background:#fff;"
  "border-right:1px solid #dde1e7;min-height:800px}.menu li{list-style:none;padding:6px 8px;"
  "border-radius:6px}.menu li:hover,.menu .on{background:#e8effc}main{padding:20px;min-width:0}"
  "table{width:100%;border-collapse:collapse;background:#fff}th,td{padding:3px 8px;"
  "border-bottom:1px solid #e8ebef;text-align:right;white-space:nowrap}.up{color:#0a7d3e}"
  ".down{color:#c0262d}.flash{background:#fff6d6}.card{padding:16px;background:#fff;"
  "border:1px solid #e1e4ea;border-radius:8px;box-shadow:0 1px 2px rgba(0,0,0,.06)}"
  ".cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:16px}"
  ".talk{height:640px;overflow:auto;background:#fff}.msg{display:flex;gap:10px;"
  "padding:8px 16px}.face{width:32px;height:32px;border-radius:50%;background:#9db8e8}"
  ".bubble{padding:8px 12px;border-radius:12px;background:#eef1f6;max-width:480px}"
  ".mine .bubble{background:#d9e7ff}.dot{display:inline-block;width:8px;height:8px;"
  "border-radius:50%;background:#aab}.dot.here{background:#19a556}.view{height:680px;"
  "overflow:auto;position:relative;background:#fff}.row{position:absolute;left:0;display:flex;"
  "height:28px}.cell{width:110px;padding:4px 8px;border:1px solid #eceff3;overflow:hidden}"
  ".picked{outline:2px solid #1c5fd4}.busy{opacity:.5}form{display:grid;gap:10px;"
  "max-width:520px}";

static void
put_style (GString *out)
{
  static const char *const sides[] = { "t", "r", "b", "l", "x", "y" };
  static const char *const names[] = { "top", "right", "bottom", "left", "inline", "block" };

  g_string_append (out, style);

  for (guint i = 0; i < 240; i++)
    {
      guint side = i % G_N_ELEMENTS (sides);
      guint step = i / G_N_ELEMENTS (sides);

      g_string_append_printf (out, ".m%s-%u{margin-%s:%upx!important}", sides[side], step,
                              names[side], step * 4);
      g_string_append_printf (out, ".p%s-%u{padding-%s:%upx!important}", sides[side], step,
                              names[side], step * 4);
    }
}

static void
write_head (GenTree *tree,
            const char *title)
{
  g_autoptr (GString) css = g_string_new ("\"_cssText\":\"");

  put_style (css);
  g_string_append_c (css, '"');

  gen_open (tree, "head", "");
  gen_open (tree, "meta", "\"charset\":\"utf-8\"");
  gen_close (tree);
  gen_leaf (tree, "title", "", title);
  gen_open (tree, "style", css->str);
  gen_close (tree);
  gen_close (tree);
}

static void
remember (Gen *gen,
          guint id)
{
  g_array_append_val (gen->targets, id);
}

static void
write_bar (Gen *gen,
           GenTree *tree)
{
  gen_open (tree, "header", "\"class\":\"bar\"");
  gen_leaf (tree, "span", "\"class\":\"name\"", "Northwind desk");
  gen->search =
    gen_open (tree, "input", "\"type\":\"search\",\"placeholder\":\"Search\",\"value\":\"\"");
  gen_close (tree);
  remember (gen, gen->search);

  for (guint i = 0; i < 4; i++)
    {
      remember (gen, gen_open (tree, "button", "\"type\":\"button\",\"class\":\"px-2 py-1\""));
      gen_text (tree, gen_word (gen));
      gen_close (tree);
    }

  gen_close (tree);
}

static void
write_menu (Gen *gen,
            GenTree *tree)
{
  const char *on = "\"class\":\"on mt-1\"";

  gen_open (tree, "nav", "\"class\":\"menu\"");
  gen_open (tree, "ul", "\"class\":\"pl-0 mt-0\"");

  for (guint i = 0; i < 16; i++)
    {
      g_autofree char *link = g_strdup_printf ("\"href\":\"https://desk.example/%u\"", i);
      g_autoptr (GString) text = g_string_new (NULL);

      gen_words (gen, text, 2);
      remember (gen, gen_open (tree, "li", i == 0 ? on : "\"class\":\"mt-1\""));
      gen_open (tree, "a", link);
      gen_open (tree, "i", "\"class\":\"dot mr-1\"");
      gen_close (tree);
      gen_leaf (tree, "span", "\"class\":\"ml-2\"", text->str);
      gen_close (tree);
      gen_close (tree);
    }

  gen_close (tree);
  gen_close (tree);
}

GenTree
gen_frame_begin (Gen *gen,
                 const char *title,
                 const char *path)
{
  GenTree tree;

  g_array_set_size (gen->targets, 0);
  gen->next_id = 1;

  gen_event_begin (gen, 0);
  gen_event_end (gen);
  gen->now += 3;
  gen_event_begin (gen, 4);
  g_string_append_printf (gen->out,
                          "\"href\":\"https://desk.example%s\",\"width\":1280,\"height\":800",
                          path);
  gen_event_end (gen);
  gen->now += 12;

  gen_event_begin (gen, 2);
  gen->document = gen->next_id++;
  g_string_append (gen->out, "\"node\":{\"type\":0,\"childNodes\":[{\"type\":1,\"name\":\"html\","
                             "\"publicId\":\"\",\"systemId\":\"\",\"id\":");
  gen_put (gen->out, gen->next_id++);
  g_string_append_c (gen->out, '}');

  tree = gen_tree_nested (gen);
  gen_open (&tree, "html", "\"lang\":\"en\"");
  write_head (&tree, title);
  gen_open (&tree, "body", "");
  write_bar (gen, &tree);
  gen_open (&tree, "div", "\"class\":\"shell\"");
  write_menu (gen, &tree);
  gen->main = gen_open (&tree, "main", "");

  return tree;
}

void
gen_frame_end (Gen *gen,
               GenTree *tree)
{
  while (tree->depth > 0)
    gen_close (tree);

  g_string_append (gen->out, "],\"id\":");
  gen_put (gen->out, gen->document);
  g_string_append (gen->out, "},\"initialOffset\":{\"left\":0,\"top\":0}");
  gen_event_end (gen);

  gen->now += 180;
  gen_event_begin (gen, 1);
  gen_event_end (gen);
}
