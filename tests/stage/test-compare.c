/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-allow.h"
#include "ph-cursor.h"

#include "ph-test.h"
#include "stage-driver.h"

#include <math.h>
#include <string.h>

/*
 * What the stage shows is what the engine says: at many times of the demo and of
 * each archive of the shared corpus, gone to in no order, the view's own tree is
 * compared node by node with the PhDom as ph-allow.h lets it out. Then the
 * referee: rrweb's own replayer, in Chromium, on the same files at the same
 * times (../shared/goldens). What may differ stands in differences.md, with the
 * reason; anything else fails, and so does a line there that is not needed.
 */

/* Random times of each archive, each from the one before; PH_COMPARE_TIMES says otherwise. */
#define N_RANDOM 8
#define SEED 20231123

static StageDriver *driver;
static guint n_times = N_RANDOM;
static GHashTable *allowed; /* "archive: what" → whether it was seen */
static JsonObject *goldens;

static GPtrArray *found; /* differences of the archive at hand, once each */
static const char *archive;

static void differ (const char *format,
                    ...) G_GNUC_PRINTF (1, 2);

static void
differ (const char *format,
        ...)
{
  va_list arguments;
  g_autofree char *what = NULL;
  g_autofree char *line = NULL;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  line = g_strdup_printf ("%s: %s", archive, what);
  if (g_hash_table_contains (allowed, line))
    g_hash_table_insert (allowed, g_steal_pointer (&line), GINT_TO_POINTER (TRUE));
  else if (!g_ptr_array_find_with_equal_func (found, line, g_str_equal, NULL))
    g_ptr_array_add (found, g_steal_pointer (&line));
}

/* Engine and stage */

static const char *
member_text (JsonObject *node,
             const char *name)
{
  return json_object_get_string_member_with_default (node, name, "");
}

static void
compare_attributes (const PhDom *dom,
                    PhSlot slot,
                    JsonObject *node)
{
  g_autoptr (GArray) wanted = ph_allow_attributes (dom, slot);
  JsonObject *shown = json_object_get_object_member (node, "attributes");
  int id = ph_dom_node (dom, slot)->id;
  guint n = 0;

  for (guint i = 0; i < wanted->len; i++)
    {
      const PhAllowedAttribute *attribute = &g_array_index (wanted, PhAllowedAttribute, i);

      /* For style sheets only: see dump.js. */
      if (strcmp (attribute->name, "ph-undefined") == 0)
        continue;

      n++;
      if (!json_object_has_member (shown, attribute->name))
        differ ("node %d lacks attribute %s", id, attribute->name);
      else if (strcmp (member_text (shown, attribute->name), attribute->value) != 0)
        differ ("node %d has another %s", id, attribute->name);
    }
  if (json_object_get_size (shown) > n)
    differ ("node %d has more attributes", id);
}

static gboolean
is_type (const PhDom *dom,
         PhSlot slot,
         const char *const *types)
{
  const char *type = ph_dom_attribute (dom, slot, "type");
  g_autofree char *lower = g_ascii_strdown (type != NULL ? type : "text", -1);

  return g_strv_contains (types, lower);
}

/* Of controls that hold text: what was typed, else the attribute. */
static void
compare_value (const PhDom *dom,
               PhSlot slot,
               JsonObject *node)
{
  /* WebKit, as any browser, lets these hold nothing that is no number, date or colour. */
  static const char *const strict[] = { "number", "range", "color", "date", "datetime-local",
                                        "month", "week", "time", "email", "url", NULL };
  const PhNodeState *state = ph_dom_node (dom, slot)->state;
  const char *value = state != NULL ? state->value : NULL;
  int id = ph_dom_node (dom, slot)->id;

  if (strcmp (member_text (node, "name"), "input") == 0)
    {
      if (value == NULL)
        value = ph_dom_attribute (dom, slot, "value");
      if (is_type (dom, slot, strict))
        return;
    }
  else if (value == NULL)
    {
      return;
    }

  /* Line ends are the browser's in a field of one line, and `\n` in one of many. */
  if (strcmp (member_text (node, "value"), value != NULL ? value : "") != 0)
    differ ("node %d holds another value", id);
}

static void
compare_state (const PhDom *dom,
               PhSlot slot,
               JsonObject *node)
{
  const PhNodeState *state = ph_dom_node (dom, slot)->state;
  int id = ph_dom_node (dom, slot)->id;

  if (json_object_has_member (node, "value"))
    compare_value (dom, slot, node);
  if (json_object_has_member (node, "checked") && state != NULL && state->checked >= 0 &&
      json_object_get_boolean_member (node, "checked") != state->checked)
    differ ("node %d is checked otherwise", id);

  if (state != NULL && state->rules != NULL && ph_allow_is_style (dom, slot))
    {
      if (!json_object_has_member (node, "rules"))
        differ ("node %d lacks its rules", id);
      else if (json_array_get_length (json_object_get_array_member (node, "rules")) !=
               state->rules->len)
        differ ("node %d has another number of rules", id);
    }
}

static double
element_at (JsonObject *node,
            const char *member,
            guint index)
{
  return json_object_has_member (node, member)
           ? json_array_get_double_element (json_object_get_array_member (node, member), index)
           : 0;
}

/* Where the page, with this machine's fonts, is too short for a position, its end is shown. */
static void
compare_scroll (const PhDom *dom,
                PhSlot slot,
                JsonObject *node)
{
  const PhNodeState *state = ph_dom_node (dom, slot)->state;
  double wanted[2] = { 0, 0 };

  if (state == NULL || !state->scrolled)
    return;

  wanted[0] = state->scroll_x;
  wanted[1] = state->scroll_y;
  for (guint i = 0; i < 2; i++)
    {
      double reach = element_at (node, "reach", i);

      if (fabs (element_at (node, "scroll", i) - CLAMP (wanted[i], 0, reach)) > 1)
        differ ("node %d is scrolled otherwise", ph_dom_node (dom, slot)->id);
    }
}

static void compare_node (const PhDom *dom,
                          PhSlot slot,
                          JsonObject *node);

static void
compare_children (const PhDom *dom,
                  PhSlot slot,
                  JsonObject *node,
                  const char *member)
{
  JsonArray *shown = json_object_has_member (node, member)
                       ? json_object_get_array_member (node, member)
                       : NULL;
  guint n = shown != NULL ? json_array_get_length (shown) : 0;
  guint i = 0;

  for (PhSlot child = ph_dom_node (dom, slot)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next, i++)
    {
      if (i < n)
        compare_node (dom, child, json_array_get_object_element (shown, i));
    }
  if (i != n)
    differ ("node %d has %u %s, wanted %u", ph_dom_node (dom, slot)->id, n, member, i);
}

static void
compare_element (const PhDom *dom,
                 PhSlot slot,
                 JsonObject *node)
{
  PhAllowedElement wanted = ph_allow_element (dom, slot);
  PhSlot inner = ph_dom_node (dom, slot)->inner;
  int id = ph_dom_node (dom, slot)->id;

  if (g_ascii_strcasecmp (member_text (node, "name"), wanted.name) != 0 ||
      json_object_get_int_member_with_default (node, "ns", -1) != (int) wanted.ns)
    {
      differ ("node %d is another element", id);
      return;
    }

  compare_attributes (dom, slot, node);
  compare_state (dom, slot, node);
  compare_children (dom, slot, node, "children");

  if (inner != 0 && ph_dom_node (dom, inner)->type == PH_NODE_SHADOW_ROOT)
    {
      if (json_object_has_member (node, "shadow"))
        compare_children (dom, inner, node, "shadow");
      else
        differ ("node %d lacks its shadow", id);
    }
  else if (inner != 0)
    {
      if (json_object_has_member (node, "frame"))
        compare_node (dom, inner, json_object_get_object_member (node, "frame"));
      else
        differ ("node %d lacks its page", id);
    }
}

static void
compare_node (const PhDom *dom,
              PhSlot slot,
              JsonObject *node)
{
  const PhNode *wanted = ph_dom_node (dom, slot);
  g_autofree char *text = NULL;

  if (json_object_get_int_member_with_default (node, "id", 0) != wanted->id)
    {
      differ ("node %d is another node", wanted->id);
      return;
    }

  compare_scroll (dom, slot, node);
  switch ((PhNodeType) wanted->type)
    {
    case PH_NODE_ELEMENT:
      compare_element (dom, slot, node);
      break;
    case PH_NODE_DOCUMENT:
      if (json_object_get_boolean_member_with_default (node, "quirks", FALSE) != wanted->quirks)
        differ ("document %d has another mode", wanted->id);
      compare_children (dom, slot, node, "children");
      break;
    case PH_NODE_TEXT:
    case PH_NODE_CDATA:
    case PH_NODE_COMMENT:
      text = ph_allow_text (dom, slot);
      if (strcmp (member_text (node, "text"), text) != 0)
        differ ("node %d has another text", wanted->id);
      break;
    case PH_NODE_DOCTYPE:
    case PH_NODE_SHADOW_ROOT:
    case PH_NODE_FREE:
      break;
    }
}

static void
compare_page (const PhDom *dom,
              JsonNode *tree)
{
  JsonObject *root = json_node_get_object (tree);
  JsonArray *viewport = json_object_get_array_member (root, "viewport");
  int width, height;

  if (ph_dom_get_root (dom) == 0)
    {
      g_assert_true (json_object_get_null_member (root, "tree"));
      return;
    }

  ph_dom_get_viewport (dom, &width, &height);
  if (width > 0)
    {
      g_assert_cmpint (json_array_get_int_element (viewport, 0), ==, width);
      g_assert_cmpint (json_array_get_int_element (viewport, 1), ==, height);
    }
  compare_node (dom, ph_dom_get_root (dom), json_object_get_object_member (root, "tree"));
}

/* Goes there and gives the tree; every operation must have been carried out. */
static JsonNode *
show_at (PhCursor *cursor,
         PhTime time)
{
  guint64 refused = ph_web_stage_get_refused (driver->stage);
  g_autoptr (GBytes) patch = NULL;

  ph_cursor_seek (cursor, time);
  patch = ph_cursor_take_patch (cursor, TRUE);
  if (patch != NULL)
    {
      g_autofree char *text =
        g_strndup (g_bytes_get_data (patch, NULL), g_bytes_get_size (patch));
      g_autoptr (GError) error = NULL;

      stage_driver_present (driver, text, &error);
      g_assert_no_error (error);
    }
  if (ph_web_stage_get_refused (driver->stage) != refused)
    {
      g_test_message ("refused: %s", ph_web_stage_get_refusal (driver->stage));
      differ ("operations refused");
    }

  return stage_driver_tree (driver);
}

/* The referee */

static void
count_elements (JsonObject *node,
                guint *n)
{
  JsonArray *children;

  if (json_object_has_member (node, "ns"))
    (*n)++;
  if (!json_object_has_member (node, "children"))
    return;

  children = json_object_get_array_member (node, "children");
  for (guint i = 0; i < json_array_get_length (children); i++)
    count_elements (json_array_get_object_element (children, i), n);
}

static JsonObject *
find_named (JsonObject *node,
            const char *name)
{
  JsonArray *children;
  JsonObject *result = NULL;

  if (strcmp (member_text (node, "name"), name) == 0)
    return node;
  if (!json_object_has_member (node, "children"))
    return NULL;

  children = json_object_get_array_member (node, "children");
  for (guint i = 0; i < json_array_get_length (children) && result == NULL; i++)
    result = find_named (json_array_get_object_element (children, i), name);

  return result;
}

/* As JavaScript's textContent. */
static void
add_text (JsonObject *node,
          GString *text)
{
  JsonArray *children;

  if (strcmp (member_text (node, "name"), "#text") == 0)
    g_string_append (text, member_text (node, "text"));
  if (!json_object_has_member (node, "children"))
    return;

  children = json_object_get_array_member (node, "children");
  for (guint i = 0; i < json_array_get_length (children); i++)
    add_text (json_array_get_object_element (children, i), text);
}

/* Runs of white space, as JavaScript's `\s` has it, as one space; none at the ends. */
static char *
collapse (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || c == 0x0b || c == 0xa0 || c == 0xfeff || c == 0x2028 ||
          c == 0x2029)
        {
          space = TRUE;
          continue;
        }
      if (space && out->len > 0)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

/* Over UTF-16 code units, as the goldens were made. */
static guint32
hash31 (const char *text)
{
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
  guint32 hash = 0;

  for (guint i = 0; units[i] != 0; i++)
    hash = hash * 31 + units[i];

  return hash;
}

static void
judge_shot (JsonObject *page,
            JsonObject *shot)
{
  gint64 at = json_object_get_int_member (shot, "t");
  JsonObject *body = find_named (page, "body");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *collapsed = NULL;
  guint n = 0;

  count_elements (page, &n);
  if (body != NULL)
    add_text (body, text);
  collapsed = collapse (text->str);

  /* rrweb's replayer puts a style element of its own into the page. */
  if (n + 1 != json_object_get_int_member (shot, "elements"))
    differ ("%" G_GINT64_FORMAT " ms: %u elements, rrweb %" G_GINT64_FORMAT, at, n,
            json_object_get_int_member (shot, "elements") - 1);
  if (hash31 (collapsed) != json_object_get_int_member (shot, "bodyTextHash31"))
    differ ("%" G_GINT64_FORMAT " ms: another text", at);
}

static void
judge (PhSession *session,
       PhCursor *cursor,
       JsonObject *golden)
{
  JsonObject *meta;
  JsonArray *shots;
  gint64 start;

  if (!json_object_has_member (golden, "shots") || !json_object_has_member (golden, "meta"))
    return;

  meta = json_object_get_object_member (golden, "meta");
  shots = json_object_get_array_member (golden, "shots");
  start = json_object_get_int_member (meta, "startTime") * 1000;
  start -= ph_session_get_start_time (session);

  for (guint i = 0; i < json_array_get_length (shots); i++)
    {
      JsonObject *shot = json_array_get_object_element (shots, i);
      /* Told to go to t, rrweb shows what was before t. */
      PhTime time = start + json_object_get_int_member (shot, "t") * PH_MSEC - 1;
      g_autoptr (JsonNode) tree =
        show_at (cursor, ph_span_clamp (ph_session_get_span (session), time));
      JsonObject *root = json_node_get_object (tree);

      compare_page (ph_cursor_get_dom (cursor), tree);
      if (json_object_get_null_member (root, "tree"))
        differ ("%" G_GINT64_FORMAT " ms: no page", json_object_get_int_member (shot, "t"));
      else
        judge_shot (json_object_get_object_member (root, "tree"), shot);
    }
}

/* One archive */

static void
compare_session (PhSession *session)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  PhSpan span = ph_session_get_span (session);
  JsonObject *golden = goldens != NULL && json_object_has_member (goldens, archive)
                         ? json_object_get_object_member (goldens, archive)
                         : NULL;

  for (guint i = 0; i < n_times + 2; i++)
    {
      PhTime time = i == 0   ? span.end
                    : i == 1 ? span.begin
                             : span.begin + (PhTime) (g_rand_double (random) *
                                                      (double) ph_span_length (span));
      g_autoptr (JsonNode) tree = show_at (cursor, time);

      compare_page (ph_cursor_get_dom (cursor), tree);
    }

  for (guint32 window = 0; window < ph_session_get_n_windows (session); window++)
    {
      g_autoptr (JsonNode) tree = NULL;

      ph_cursor_set_window (cursor, window);
      tree = show_at (cursor, span.end);
      compare_page (ph_cursor_get_dom (cursor), tree);
    }

  if (golden != NULL)
    {
      ph_cursor_set_window (cursor, G_MAXUINT32);
      judge (session, cursor, golden);
    }
}

static void
test_archive (gconstpointer data)
{
  const char *path = data;
  const char *corpus = strstr (path, "/corpus/");
  g_autofree char *base = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);

  if (session == NULL)
    {
      g_test_skip (error->message);
      return;
    }

  base = g_path_get_basename (path);
  archive = corpus != NULL ? corpus + strlen ("/corpus/") : base;
  found = g_ptr_array_new_with_free_func (g_free);
  stage_driver_show (driver, "[0,1,false, 2,2,1,0,\"html\",0]");
  compare_session (session);

  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s", (char *) found->pdata[i]);
  if (found->len > 0)
    g_test_fail_printf ("%u differences that are not in differences.md", found->len);
  g_clear_pointer (&found, g_ptr_array_unref);
}

/* Lines of test-pages and of the engine's own comparison with the same pages. */
static gboolean
is_of_others (const char *cell)
{
  return g_str_has_prefix (cell, "pages/") || g_str_has_prefix (cell, "engine/");
}

/* Lines `| archive | what | why |`; the first two cells are the key. */
static void
read_allowed (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "stage", "differences.md", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);

      if (g_strv_length (cells) == 5 && strchr (cells[1], '/') != NULL &&
          !is_of_others (g_strstrip (cells[1])))
        g_hash_table_insert (allowed,
                             g_strdup_printf ("%s: %s", g_strstrip (cells[1]),
                                              g_strstrip (cells[2])),
                             NULL);
    }
}

static void
test_no_stale_lines (void)
{
  GHashTableIter iter;
  gpointer line, seen;
  guint n = 0;

  if (goldens == NULL)
    {
      g_test_skip ("the shared corpus is not here");
      return;
    }

  g_hash_table_iter_init (&iter, allowed);
  while (g_hash_table_iter_next (&iter, &line, &seen))
    {
      if (seen == NULL)
        {
          g_test_message ("not seen: %s", (char *) line);
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 0);
}

static void
add_archive (const char *path,
             gpointer user_data)
{
  const char *corpus = strstr (path, "/corpus/");
  g_autofree char *name =
    g_strconcat ("/compare/", corpus != NULL ? corpus + 1 : strrchr (path, '/') + 1, NULL);

  g_test_add_data_func_full (name, g_strdup (path), test_archive, g_free);
}

/* Whole paths, for those who want others compared: PH_COMPARE_ARCHIVES=/one:/other. */
static void
add_others (void)
{
  const char *times = g_getenv ("PH_COMPARE_TIMES");
  const char *given = g_getenv ("PH_COMPARE_ARCHIVES");
  g_auto (GStrv) paths = g_strsplit (given != NULL ? given : "", ":", -1);

  if (times != NULL)
    n_times = (guint) g_ascii_strtoull (times, NULL, 10);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_assert_true (g_path_is_absolute (paths[i]));
      add_archive (paths[i], NULL);
    }
}

static void
test_nothing (void)
{
  g_test_skip ("the shared corpus is not here");
}

int
main (int argc,
      char **argv)
{
  g_autofree char *golden_path = NULL;
  g_autofree char *demo = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  int status;

  stage_driver_init (&argc, &argv);
  read_allowed ();

  demo = ph_test_demo ("acme-shop.json.gz");
  golden_path = ph_test_shared ("goldens/goldens.json");
  if (golden_path != NULL && json_parser_load_from_file (parser, golden_path, NULL))
    goldens = json_node_get_object (json_parser_get_root (parser));

  driver = stage_driver_new (1280, 900);
  g_test_add_data_func ("/compare/demo", demo, test_archive);
  ph_test_each_shared ("corpus", "", add_archive, NULL);
  add_others ();
  if (goldens == NULL)
    g_test_add_func ("/compare/corpus/all", test_nothing);
  g_test_add_func ("/compare/differences/all-needed", test_no_stale_lines);

  status = g_test_run ();
  stage_driver_free (driver);
  g_hash_table_unref (allowed);

  return status;
}
