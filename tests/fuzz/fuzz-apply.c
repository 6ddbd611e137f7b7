/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-dom-apply.h"
#include "ph-dom-write.h"
#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

/*
 * Bytes become events, events a page: its rules hold after each, the patch
 * from the page before is one a stage can carry out, and takes it to the same
 * page. Bytes that begin with `[` are taken for a JSON array of events; all
 * others are decisions of a generator, which gets to the depths much sooner.
 */
#define MAX_EVENTS 60

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize pos;
} Bytes;

typedef struct
{
  PhDom *dom;
  PhDom *shown; /* what the stage has */
  PhTestStage *stage;
  PhHealth *health;
  guint64 n_events;
} Run;

static guint
take (Bytes *bytes,
      guint below)
{
  return bytes->pos < bytes->size ? bytes->data[bytes->pos++] % below : 0;
}

static const char *
pick (Bytes *bytes,
      const char *const *words,
      guint n)
{
  return words[take (bytes, n)];
}

/* Never two of these among the arguments of one call: compilers order those as they like. */

/* Few ids, so that they meet each other. */
static int
take_id (Bytes *bytes)
{
  static const int odd[] = { 0, -1, -3, 2147483647 };
  guint n = take (bytes, 64);

  return n < G_N_ELEMENTS (odd) ? odd[n] : (int) n % 24 + 1;
}

static void
make_text (Bytes *bytes,
           GString *out)
{
  static const char *const texts[] = { "", "text", " ", "<b>", "é\\ud83d\\ude00", "\\u0000",
                                       "a{b:url(http://x/y)}", "@media x{a{b:c}}",
                                       "/* rr_split */", "\\\"'&amp;", "javascript:1", "]]>",
                                       "-->", "a:hover{b:c}", "a{b{c:d}e:f", "b:c" };

  g_string_append_printf (out, "\"%s\"", pick (bytes, texts, G_N_ELEMENTS (texts)));
}

static void
make_attributes (Bytes *bytes,
                 GString *out)
{
  static const char *const names[] = { "class", "style", "value", "checked", "selected",
                                       "_cssText", "rr_scrollTop", "rr_width", "onclick", "src",
                                       "href", "xlink:href", "type", "id", "srcdoc", "rr_dataURL",
                                       "a b", "" };
  static const char *const values[] = { "true", "false", "null", "7", "-1e9",
                                        "{\"color\":\"red\"}",
                                        "{\"a\":[\"b\",\"important\"],\"c\":false}" };
  guint name = take (bytes, G_N_ELEMENTS (names));

  g_string_append (out, "{");

  for (guint n = take (bytes, 5); n > 0; n--)
    {
      /* No name twice: no recorder can write that. */
      g_string_append_printf (out, "\"%s\":", names[name % G_N_ELEMENTS (names)]);
      name += take (bytes, 3) + 1;

      if (take (bytes, 2) == 0)
        make_text (bytes, out);
      else
        g_string_append (out, pick (bytes, values, G_N_ELEMENTS (values)));

      g_string_append (out, n > 1 ? "," : "");
    }

  g_string_append (out, "}");
}

static void
make_node (Bytes *bytes,
           GString *out,
           guint depth)
{
  static const char *const tags[] = { "div", "span", "input", "textarea", "select", "option",
                                      "style", "link", "iframe", "svg", "path", "canvas", "title",
                                      "head", "body", "html", "script", "template", "table", "tr",
                                      "x-element", "foreignObject", "noscript", "meta", "base",
                                      "video", "button", "a<b", "" };
  static const guint types[] = { 3, 2, 2, 2, 2, 5, 2, 2, 0, 4, 1, 6, 3, 2 };
  guint n = depth < 6 ? take (bytes, 4) : 0;
  guint type = types[take (bytes, G_N_ELEMENTS (types))];
  int id = take_id (bytes);

  g_string_append_printf (out, "{\"type\":%u,\"id\":%d,\"tagName\":\"%s\",\"name\":\"html\"",
                          type, id, pick (bytes, tags, G_N_ELEMENTS (tags)));

  if (take (bytes, 4) == 0)
    g_string_append_printf (out, ",\"isShadowHost\":true,\"isShadow\":%s",
                            take (bytes, 2) ? "true" : "false");

  if (take (bytes, 4) == 0)
    g_string_append (out, ",\"isShadow\":true,\"isSVG\":true");

  g_string_append (out, ",\"textContent\":");
  make_text (bytes, out);
  g_string_append (out, ",\"attributes\":");
  make_attributes (bytes, out);
  g_string_append (out, ",\"childNodes\":[");

  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      make_node (bytes, out, depth + 1);
    }

  g_string_append (out, "]}");
}

static void
make_mutation (Bytes *bytes,
               GString *out)
{
  g_string_append (out, "\"source\":0,\"adds\":[");

  for (guint n = take (bytes, 4); n > 0; n--)
    {
      g_string_append_printf (out, "{\"parentId\":%d,", take_id (bytes));

      if (take (bytes, 2))
        g_string_append_printf (out, "\"nextId\":%d,", take_id (bytes));
      else
        g_string_append (out, "\"nextId\":null,");

      if (take (bytes, 4) == 0)
        g_string_append_printf (out, "\"previousId\":%d,", take_id (bytes));

      g_string_append (out, "\"node\":");
      make_node (bytes, out, 3);
      g_string_append (out, n > 1 ? "}," : "}");
    }

  g_string_append (out, "],\"removes\":[");

  for (guint n = take (bytes, 3); n > 0; n--)
    {
      int parent = take_id (bytes);
      int id = take_id (bytes);

      g_string_append_printf (out, "{\"parentId\":%d,\"id\":%d,\"isShadow\":%s}%s", parent, id,
                              take (bytes, 3) ? "false" : "true", n > 1 ? "," : "");
    }

  g_string_append (out, "],\"texts\":[");

  for (guint n = take (bytes, 3); n > 0; n--)
    {
      g_string_append_printf (out, "{\"id\":%d,\"value\":", take_id (bytes));
      make_text (bytes, out);
      g_string_append (out, n > 1 ? "}," : "}");
    }

  g_string_append (out, "],\"attributes\":[");

  for (guint n = take (bytes, 3); n > 0; n--)
    {
      g_string_append_printf (out, "{\"id\":%d,\"attributes\":", take_id (bytes));
      make_attributes (bytes, out);
      g_string_append (out, n > 1 ? "}," : "}");
    }

  g_string_append (out, "]");
}

static void
make_rules (Bytes *bytes,
            GString *out)
{
  static const char *const members[] = { "id", "styleId" };
  static const char *const indexes[] = { "0", "1", "-1", "9", "null", "[0,0]", "[1]", "[]",
                                         "1e99" };

  g_string_append_printf (out, "\"source\":8,\"%s\":", pick (bytes, members, 2));
  g_string_append_printf (out, "%d", take_id (bytes));
  g_string_append_printf (out, ",\"removes\":[{\"index\":%s}]",
                          pick (bytes, indexes, G_N_ELEMENTS (indexes)));
  g_string_append (out, ",\"adds\":[{\"rule\":");
  make_text (bytes, out);
  g_string_append_printf (out, ",\"index\":%s}]", pick (bytes, indexes, G_N_ELEMENTS (indexes)));

  if (take (bytes, 4) == 0)
    {
      g_string_append (out, ",\"replaceSync\":");
      make_text (bytes, out);
    }
}

/* Sheets made by script, declarations of rules, fonts, custom elements. */
static void
make_sheets (Bytes *bytes,
             GString *out)
{
  static const char *const members[] = { "id", "styleId" };
  static const char *const indexes[] = { "[0]", "[1]", "[0,0]", "[0,0,1]", "[]", "-1", "[-1]" };
  static const char *const sets[] = {
    "\"set\":{\"property\":\"margin\",\"value\":\"1px 2px\",\"priority\":\"important\"}",
    "\"set\":{\"property\":\"margin-left\",\"value\":\"3px\"}",
    "\"set\":{\"property\":\"--x\",\"value\":\"}{\"}",
    "\"remove\":{\"property\":\"margin-top\"}",
    "\"set\":{\"property\":\"all\",\"value\":null}",
  };
  static const char *const fonts[] = {
    "\"family\":\"a\\\"b\",\"fontSource\":\"[119,79,70,50,1]\",\"buffer\":true",
    "\"family\":\"x\",\"fontSource\":\"url(http://x/y)\",\"buffer\":false",
    "\"family\":\"x\",\"fontSource\":\"[1,2\",\"buffer\":true",
  };
  guint kind = take (bytes, 8);
  const char *member = pick (bytes, members, 2);
  const char *index = pick (bytes, indexes, G_N_ELEMENTS (indexes));
  int id = take_id (bytes);

  if (kind == 0)
    g_string_append_printf (out, "\"source\":10,%s", pick (bytes, fonts, G_N_ELEMENTS (fonts)));
  else if (kind == 1)
    g_string_append_printf (out, "\"source\":16,\"define\":{\"name\":\"x-element\"}");
  else if (kind < 4)
    g_string_append_printf (out, "\"source\":13,\"%s\":%d,%s,\"index\":%s", member, id,
                            pick (bytes, sets, G_N_ELEMENTS (sets)), index);
  else
    {
      g_string_append_printf (out, "\"source\":15,\"id\":%d,\"styles\":[", id);

      for (guint n = take (bytes, 3); n > 0; n--)
        {
          g_string_append_printf (out, "{\"styleId\":%d,\"rules\":[{\"rule\":", take_id (bytes));
          make_text (bytes, out);
          g_string_append (out, n > 1 ? "}]}," : "}]}");
        }

      g_string_append (out, "],\"styleIds\":[");

      for (guint n = take (bytes, 4); n > 0; n--)
        g_string_append_printf (out, "%d%s", take_id (bytes), n > 1 ? "," : "");

      g_string_append_c (out, ']');
    }
}

static void
make_commands (Bytes *bytes,
               GString *out)
{
  static const char *const commands[] = {
    "[\"save\"]", "[\"restore\"]", "[\"scale\",2,2]", "[\"=fillStyle\",\"red\"]",
    "[\"=fillStyle\",\"?\"]", "[\"fillRect\",0,0,300,150]", "[\"clearRect\",0,0,999,999]",
    "[\"beginPath\"]", "[\"rect\",0,0,9,9]", "[\"fill\"]", "[\"clip\"]", "[\"reset\"]",
    "[\"eval\",1]", "{\"property\":\"lineWidth\",\"args\":[2],\"setter\":true}",
    "[\"createBuffer\"]", "[\"clear\",16384]", "5"
  };

  g_string_append (out, ",\"commands\":[");

  for (guint n = take (bytes, 8); n > 0; n--)
    g_string_append_printf (out, "%s%s", pick (bytes, commands, G_N_ELEMENTS (commands)),
                            n > 1 ? "," : "");

  g_string_append_printf (out, "],\"type\":%u", take (bytes, 8) > 5 ? 1 : 0);
}

static void
make_small (Bytes *bytes,
            GString *out)
{
  static const char *const numbers[] = { "0", "10", "-5", "1.5", "1e9", "-1e99", "\"x\"",
                                         "null" };
  const char *x = pick (bytes, numbers, G_N_ELEMENTS (numbers));
  const char *y = pick (bytes, numbers, G_N_ELEMENTS (numbers));
  guint kind = take (bytes, 4);
  int id = take_id (bytes);

  switch (kind)
    {
    case 0:
      g_string_append_printf (out, "\"source\":5,\"id\":%d,\"isChecked\":%s,\"text\":", id,
                              take (bytes, 2) ? "true" : "false");
      make_text (bytes, out);
      break;
    case 1:
      g_string_append_printf (out, "\"source\":3,\"id\":%d,\"x\":%s,\"y\":%s", id, x, y);
      break;
    case 2:
      g_string_append_printf (out, "\"source\":4,\"width\":%s,\"height\":%s", x, y);
      break;
    default:
      kind = take (bytes, 20);
      g_string_append_printf (out, "\"source\":%u,\"id\":%d", kind, id);

      if (kind == 9)
        make_commands (bytes, out);
    }
}

static void
make_event (Bytes *bytes,
            GString *out,
            guint64 order)
{
  guint kind = order == 0 ? 0 : take (bytes, 20);

  g_string_append_printf (out, "{\"timestamp\":%d,\"type\":%d,\"data\":{", (int) order + 1,
                          kind == 0 ? 2 : kind == 1 ? 4
                                                    : 3);

  if (kind == 0)
    {
      g_string_append_printf (out, "\"node\":{\"type\":0,\"id\":%d,\"childNodes\":[",
                              take_id (bytes));
      make_node (bytes, out, 0);
      g_string_append (out, ",");
      make_node (bytes, out, 0);
      g_string_append (out, "]},\"initialOffset\":{\"left\":0,\"top\":10}");
    }
  else if (kind == 1)
    g_string_append (out, "\"href\":\"http://a/\",\"width\":800,\"height\":600");
  else if (kind < 10)
    make_mutation (bytes, out);
  else if (kind < 13)
    make_rules (bytes, out);
  else if (kind >= 16)
    make_sheets (bytes, out);
  else
    make_small (bytes, out);

  g_string_append (out, "}}");
}

static void
check_html (const PhDom *dom)
{
  g_autofree char *safe = ph_dom_write_html (dom, PH_WRITE_SAFE);
  g_autofree char *recorded = ph_dom_write_html (dom, PH_WRITE_RECORDED);

  g_assert_true (g_utf8_validate (safe, -1, NULL));
  g_assert_true (g_utf8_validate (recorded, -1, NULL));
  g_assert_null (strstr (safe, "<script"));
  g_assert_null (strstr (safe, " onclick="));
}

static void
check_patch (Run *run)
{
  PhPatch *patch = ph_patch_new ();
  g_autoptr (GBytes) text = NULL;
  g_autofree char *wanted = ph_test_dump_dom (run->dom);
  g_autofree char *got = NULL;

  /* Every other time nodes may be made into others. */
  if (run->n_events % 2 == 0)
    ph_patch_jump (patch, 0);

  ph_patch_diff (patch, run->shown, run->dom);
  text = ph_patch_finish (patch);
  ph_test_stage_apply (run->stage, text);
  got = ph_test_stage_dump (run->stage);
  g_assert_cmpstr (got, ==, wanted);

  ph_dom_free (run->shown);
  run->shown = ph_dom_copy (run->dom);
}

static void
apply (Run *run,
       PhJsonValue root)
{
  PhEvent event = {};

  if (!ph_event_read (&event, root))
    return;

  event.order = run->n_events++;
  ph_dom_apply (run->dom, &event, root, run->health);
  ph_dom_check (run->dom);
}

static void
run_json (Run *run,
          PhJson *json,
          const char *text,
          gsize size)
{
  PhJsonValue value;
  PhJsonValue root;
  PhJsonIter iter;

  if (!ph_json_parse (json, text, size, &root, NULL))
    return;

  ph_json_iter_init (&iter, root);

  while (run->n_events < MAX_EVENTS && ph_json_next (&iter, NULL, &value))
    {
      apply (run, value);
      check_patch (run);
    }
}

static void
run_made (Run *run,
          PhJson *json,
          Bytes *bytes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PhJsonValue root;

  while (bytes->pos < bytes->size && run->n_events < MAX_EVENTS)
    {
      g_string_truncate (text, 0);
      make_event (bytes, text, run->n_events);
      g_assert_true (ph_json_parse (json, text->str, text->len, &root, NULL));
      apply (run, root);

      if (take (bytes, 2) == 0)
        check_patch (run);
    }

  check_patch (run);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhDom) dom = ph_dom_new (names);
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  Run run = { .dom = dom, .shown = ph_dom_copy (dom), .stage = stage, .health = health };
  Bytes bytes = { data, size, 0 };

  if (size > 0 && data[0] == '[')
    run_json (&run, json, (const char *) data, size);
  else
    run_made (&run, json, &bytes);

  check_html (run.dom);
  ph_dom_free (run.shown);

  return 0;
}
