/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "page-compare.h"

#include <math.h>
#include <string.h>

static void compare_node (PageCompare *compare,
                          JsonObject *wanted,
                          JsonObject *shown);

static const char *
text_member (JsonObject *node,
             const char *name)
{
  return json_object_get_string_member_with_default (node, name, "");
}

static gboolean
has_name (JsonObject *node,
          const char *name)
{
  return strcmp (text_member (node, "name"), name) == 0;
}

static gint64
id_of (JsonObject *node)
{
  return json_object_get_int_member_with_default (node, "id", 0);
}

/* ---- saying what differs ---- */

static void differ (PageCompare *compare,
                    gint64 id,
                    const char *wanted,
                    const char *got,
                    const char *what,
                    ...) G_GNUC_PRINTF (5, 6);

static void
differ (PageCompare *compare,
        gint64 id,
        const char *wanted,
        const char *got,
        const char *what,
        ...)
{
  g_autofree char *key = NULL;
  g_autofree char *detail =
    g_strdup_printf ("at %.1f s “%s”, node %" G_GINT64_FORMAT ": wanted %.200s, got %.200s",
                     compare->moment->time / (double) PH_SECOND, compare->moment->caption, id,
                     wanted != NULL ? wanted : "nothing", got != NULL ? got : "nothing");
  va_list arguments;

  va_start (arguments, what);
  key = g_strdup_vprintf (what, arguments);
  va_end (arguments);
  ph_differences_add (compare->differences, detail, "%s", key);
}

/* `div#id` or `div.class`, of the live node. */
static char *
label_of (PageCompare *compare,
          gint64 id)
{
  JsonObject *node = g_hash_table_lookup (compare->nodes, GINT_TO_POINTER ((int) id));
  JsonObject *attributes;
  g_auto (GStrv) classes = NULL;

  if (node == NULL || !json_object_has_member (node, "attributes"))
    return g_strdup ("?");

  attributes = json_object_get_object_member (node, "attributes");
  if (json_object_has_member (attributes, "id"))
    return g_strdup_printf ("%s#%s", text_member (node, "name"), text_member (attributes, "id"));

  classes = g_strsplit (text_member (attributes, "class"), " ", -1);
  if (classes[0] != NULL && classes[0][0] != '\0')
    return g_strdup_printf ("%s.%s", text_member (node, "name"), classes[0]);

  return g_strdup (text_member (node, "name"));
}

/* ---- attributes ---- */

/* Inline: nothing has to be fetched for it. */
static gboolean
is_inline (const char *address)
{
  return g_str_has_prefix (address, "data:") || address[0] == '#';
}

/*
 * Attributes the stage must not have, whatever they say: they act, lead or load (ph-allow.h). And
 * those that are said in another way: what a control holds, what a sheet says.
 */
static gboolean
is_kept_out (JsonObject *node,
             const char *name,
             const char *value)
{
  static const char *const names[] = { "autofocus", "autoplay", "crossorigin", "download",
                                       "integrity", "loading", "method", "nonce", "sandbox",
                                       "srcdoc", "target", NULL };
  static const char *const addresses[] = { "src", "href", "xlink:href", "srcset", "poster", NULL };
  gboolean is_link = has_name (node, "a") && strcmp (name, "href") == 0;

  if (g_str_has_prefix (name, "on") || g_str_has_prefix (name, "xmlns") ||
      g_strv_contains (names, name))
    return TRUE;
  if (g_strv_contains (addresses, name))
    return has_name (node, "link") || (!is_link && !is_inline (value));
  if (json_object_has_member (node, "sheet"))
    return strcmp (name, "rel") == 0;

  return FALSE;
}

/* A control's value is what it holds, and is compared as that; of a button it is its text. */
static gboolean
is_held (JsonObject *node,
         const char *name)
{
  if (strcmp (name, "value") == 0)
    return has_name (node, "input") || has_name (node, "select") || has_name (node, "textarea");

  return strcmp (name, "checked") == 0 || strcmp (name, "selected") == 0;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Declarations in the order of their names. */
static char *
sort_style (const char *style)
{
  g_auto (GStrv) parts = g_strsplit (style, ";", -1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (parts[i][0] != '\0')
        g_ptr_array_add (sorted, parts[i]);
    }
  g_ptr_array_sort (sorted, compare_texts);
  g_ptr_array_add (sorted, NULL);

  return g_strjoinv ("; ", (char **) sorted->pdata);
}

static gboolean
is_same_value (const char *name,
               const char *wanted,
               const char *got)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (strcmp (wanted, got) == 0 || strcmp (name, "style") != 0)
    return strcmp (wanted, got) == 0;

  a = sort_style (wanted);
  b = sort_style (got);

  return strcmp (a, b) == 0;
}

static void
compare_attributes (PageCompare *compare,
                    JsonObject *wanted,
                    JsonObject *shown)
{
  JsonObject *live = json_object_get_object_member (wanted, "attributes");
  JsonObject *here = json_object_get_object_member (shown, "attributes");
  const char *tag = text_member (wanted, "name");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, live);
  while (json_object_iter_next (&iter, &name, &value))
    {
      const char *must = json_node_get_string (value);
      gboolean there = json_object_has_member (here, name);

      if (is_held (wanted, name))
        continue;
      if (is_kept_out (wanted, name, must))
        {
          if (there)
            differ (compare, id_of (wanted), NULL, text_member (here, name),
                    "attribute %s of %s passed", name, tag);
        }
      else if (!there)
        differ (compare, id_of (wanted), must, NULL, "no attribute %s of %s", name, tag);
      else if (!is_same_value (name, must, text_member (here, name)))
        differ (compare, id_of (wanted), must, text_member (here, name), "attribute %s of %s",
                name, tag);
    }

  json_object_iter_init (&iter, here);
  while (json_object_iter_next (&iter, &name, &value))
    {
      /* The stage's own marks: where the pointer is, what is empty. */
      if (!json_object_has_member (live, name) && !is_held (wanted, name) &&
          !g_str_has_prefix (name, "ph-"))
        differ (compare, id_of (wanted), NULL, json_node_get_string (value),
                "attribute %s of %s besides", name, tag);
    }
}

/* ---- what a node holds ---- */

static gboolean
flag (JsonObject *object,
      const char *name)
{
  return object != NULL && json_object_get_boolean_member_with_default (object, name, FALSE);
}

static void
compare_media (PageCompare *compare,
               JsonObject *wanted,
               JsonObject *state)
{
  static const char *const names[] = { "paused", "time", "muted", "volume", "rate" };
  JsonArray *must = json_object_get_array_member (wanted, "media");
  JsonArray *is = state != NULL && json_object_has_member (state, "media")
                    ? json_object_get_array_member (state, "media")
                    : NULL;
  gboolean paused = json_array_get_boolean_element (must, 0);

  if (is == NULL)
    {
      differ (compare, id_of (wanted), "a film", NULL, "film of %s", text_member (wanted, "name"));
      return;
    }
  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    {
      gboolean is_truth = JSON_NODE_HOLDS_VALUE (json_array_get_element (must, i)) &&
                          json_node_get_value_type (json_array_get_element (must, i)) ==
                            G_TYPE_BOOLEAN;
      double a = is_truth ? json_array_get_boolean_element (must, i)
                          : json_array_get_double_element (must, i);
      double b = is_truth ? json_array_get_boolean_element (is, i)
                          : json_array_get_double_element (is, i);
      g_autofree char *wanted_text = g_strdup_printf ("%g", a);
      g_autofree char *got_text = g_strdup_printf ("%g", b);

      /* While a film plays, the recorder and we look at it at slightly different times. */
      if (fabs (a - b) > (paused || i != 1 ? 0.02 : 0.4))
        differ (compare, id_of (wanted), wanted_text, got_text, "%s of %s", names[i],
                text_member (wanted, "name"));
    }
}

static void
compare_state (PageCompare *compare,
               JsonObject *wanted,
               JsonObject *shown)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, id_of (shown));
  JsonObject *state = json_object_has_member (compare->states, id)
                        ? json_object_get_object_member (compare->states, id)
                        : NULL;
  JsonObject *attributes = json_object_get_object_member (wanted, "attributes");
  const char *tag = text_member (wanted, "name");
  const char *type = text_member (attributes, "type");

  if (json_object_has_member (wanted, "checked"))
    {
      if (flag (wanted, "checked") != flag (shown, "checked"))
        differ (compare, id_of (wanted), flag (wanted, "checked") ? "checked" : "not",
                flag (shown, "checked") ? "checked" : "not", "checked of %s", type);
    }
  else if (json_object_has_member (wanted, "value"))
    {
      JsonObject *holder = json_object_has_member (shown, "value")
                             ? shown
                             : json_object_get_object_member (shown, "attributes");
      const char *value = text_member (holder, "value");

      if (strcmp (text_member (wanted, "value"), value) != 0)
        differ (compare, id_of (wanted), text_member (wanted, "value"), value, "value of %s%s%s",
                tag, type[0] != '\0' ? " " : "", type);
    }

  if (json_object_has_member (wanted, "selected") &&
      flag (wanted, "selected") != flag (state, "selected"))
    differ (compare, id_of (wanted), flag (wanted, "selected") ? "selected" : "not",
            flag (state, "selected") ? "selected" : "not", "selected of option");
  if (flag (wanted, "modal") != flag (state, "modal"))
    differ (compare, id_of (wanted), flag (wanted, "modal") ? "modal" : "not", NULL, "modal of %s",
            tag);
  if (flag (wanted, "popover") != flag (state, "popover"))
    differ (compare, id_of (wanted), flag (wanted, "popover") ? "open" : "not", NULL,
            "popover of %s", tag);
  if (json_object_has_member (wanted, "media"))
    compare_media (compare, wanted, state);
}

static void
compare_scroll (PageCompare *compare,
                JsonObject *wanted,
                JsonObject *shown)
{
  double must[2] = { 0, 0 }, is[2] = { 0, 0 };

  for (guint i = 0; i < 2; i++)
    {
      if (json_object_has_member (wanted, "scroll"))
        must[i] = json_array_get_double_element (json_object_get_array_member (wanted, "scroll"),
                                                 i);
      if (json_object_has_member (shown, "scroll"))
        is[i] = json_array_get_double_element (json_object_get_array_member (shown, "scroll"), i);
    }
  if (fabs (must[0] - is[0]) > 1 || fabs (must[1] - is[1]) > 1)
    {
      g_autofree char *wanted_text = g_strdup_printf ("%g,%g", must[0], must[1]);
      g_autofree char *got_text = g_strdup_printf ("%g,%g", is[0], is[1]);
      g_autofree char *label = label_of (compare, id_of (wanted));

      differ (compare, id_of (wanted), wanted_text, got_text, "scroll of %s",
              has_name (wanted, "#document") ? "document" : label);
    }
}

/* ---- structure ---- */

static void
compare_children (PageCompare *compare,
                  JsonObject *wanted,
                  JsonArray *must,
                  JsonArray *is,
                  const char *what)
{
  guint n = json_array_get_length (must), m = is != NULL ? json_array_get_length (is) : 0;

  if (n != m)
    {
      g_autofree char *wanted_text = g_strdup_printf ("%u", n);
      g_autofree char *got_text = g_strdup_printf ("%u", m);

      differ (compare, id_of (wanted), wanted_text, got_text, "%s of %s", what,
              text_member (wanted, "name"));
    }
  for (guint i = 0; i < MIN (n, m); i++)
    compare_node (compare, ph_truth_get_node (compare->truth, json_array_get_int_element (must, i)),
                  json_array_get_object_element (is, i));
}

static JsonArray *
array_member (JsonObject *node,
              const char *name)
{
  return json_object_has_member (node, name) ? json_object_get_array_member (node, name) : NULL;
}

static void
compare_inner (PageCompare *compare,
               JsonObject *wanted,
               JsonObject *shown)
{
  const char *tag = text_member (wanted, "name");

  if (json_object_has_member (wanted, "shadow") != json_object_has_member (shown, "shadow"))
    differ (compare, id_of (wanted), NULL, NULL, "shadow of %s", tag);
  else if (json_object_has_member (wanted, "shadow"))
    compare_children (compare, wanted,
                      json_object_get_array_member (
                        json_object_get_object_member (wanted, "shadow"), "children"),
                      array_member (shown, "shadow"), "shadow children");

  if (json_object_has_member (wanted, "frame") != json_object_has_member (shown, "frame"))
    differ (compare, id_of (wanted), NULL, NULL, "page of %s", tag);
  else if (json_object_has_member (wanted, "frame"))
    compare_node (compare,
                  ph_truth_get_node (compare->truth, json_object_get_int_member (wanted, "frame")),
                  json_object_get_object_member (shown, "frame"));
}

/* The name the stage has for it: scripts are made inert, sheets are all styles. */
static const char *
expected_name (JsonObject *wanted)
{
  if (has_name (wanted, "script"))
    return "noscript";
  if (has_name (wanted, "link") && json_object_has_member (wanted, "sheet"))
    return "style";
  if (has_name (wanted, "#doctype"))
    return "!doctype";

  return text_member (wanted, "name");
}

static void
compare_element (PageCompare *compare,
                 JsonObject *wanted,
                 JsonObject *shown)
{
  if (json_object_get_int_member (wanted, "ns") != json_object_get_int_member (shown, "ns"))
    differ (compare, id_of (wanted), NULL, NULL, "namespace of %s", text_member (wanted, "name"));

  compare_attributes (compare, wanted, shown);
  compare_state (compare, wanted, shown);
  compare_scroll (compare, wanted, shown);
  compare_inner (compare, wanted, shown);

  /* Of a sheet the effect is compared, and of a large field the value. */
  if (!json_object_has_member (wanted, "sheet") && !has_name (wanted, "textarea"))
    compare_children (compare, wanted, json_object_get_array_member (wanted, "children"),
                      array_member (shown, "children"), "children");
}

static void
compare_node (PageCompare *compare,
              JsonObject *wanted,
              JsonObject *shown)
{
  const char *must = expected_name (wanted);

  if (g_ascii_strcasecmp (must, text_member (shown, "name")) != 0)
    {
      differ (compare, id_of (wanted), must, text_member (shown, "name"), "another node than %s",
              must);
      return;
    }
  if (id_of (wanted) > 0)
    {
      g_hash_table_insert (compare->nodes, GINT_TO_POINTER ((int) id_of (wanted)), wanted);
      if (id_of (wanted) != id_of (shown))
        differ (compare, id_of (wanted), NULL, NULL, "another id of %s", must);
    }

  if (json_object_has_member (wanted, "attributes"))
    {
      compare_element (compare, wanted, shown);
    }
  else if (json_object_has_member (wanted, "children"))
    {
      if (flag (wanted, "quirks") != flag (shown, "quirks"))
        differ (compare, id_of (wanted), NULL, NULL, "mode of document");
      compare_scroll (compare, wanted, shown);
      compare_children (compare, wanted, json_object_get_array_member (wanted, "children"),
                        array_member (shown, "children"), "children");
    }
  else if (!has_name (wanted, "#doctype") &&
           strcmp (text_member (wanted, "text"), text_member (shown, "text")) != 0)
    {
      differ (compare, id_of (wanted), text_member (wanted, "text"), text_member (shown, "text"),
              "text");
    }
}

void
page_compare_tree (PageCompare *compare,
                   JsonObject *shown)
{
  g_hash_table_remove_all (compare->nodes);
  compare_node (compare, compare->moment->root, shown);
}

/* ---- looks ---- */

char *
page_compare_question (PageCompare *compare)
{
  JsonArray *looks = compare->moment->looks;
  g_autoptr (JsonNode) names = json_node_init_array (json_node_alloc (),
                                                     ph_truth_get_looks (compare->truth));
  g_autofree char *names_text = json_to_string (names, FALSE);
  GString *question = g_string_new (NULL);

  g_string_append_printf (question, "{\"names\":%s,\"looks\":[", names_text);
  for (guint i = 0; i < json_array_get_length (looks); i++)
    {
      JsonArray *look = json_array_get_array_element (looks, i);
      JsonArray *values =
        ph_truth_get_styles (compare->truth, json_array_get_int_element (look, 1));
      g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), values);
      g_autofree char *text = json_to_string (node, FALSE);

      g_string_append_printf (question, "%s[%" G_GINT64_FORMAT ",%s]", i > 0 ? "," : "",
                              json_array_get_int_element (look, 0), text);
    }
  g_string_append (question, "]}");

  return g_string_free (question, FALSE);
}

static void
compare_box (PageCompare *compare,
             JsonArray *wanted,
             JsonArray *got)
{
  gint64 id = json_array_get_int_element (wanted, 0);
  g_autofree char *label = label_of (compare, id);
  double most = 0;
  double a[4], b[4];

  for (guint i = 0; i < 4; i++)
    {
      a[i] = json_array_get_double_element (wanted, i + 2);
      b[i] = json_array_get_double_element (got, i + 1);
      most = MAX (most, fabs (a[i] - b[i]));
    }
  if (!ph_differences_within (compare->differences, "boxes", 1.5, most))
    {
      g_autofree char *wanted_text = g_strdup_printf ("%g,%g %gx%g", a[0], a[1], a[2], a[3]);
      g_autofree char *got_text = g_strdup_printf ("%g,%g %gx%g", b[0], b[1], b[2], b[3]);

      differ (compare, id, wanted_text, got_text, "box of %s", label);
    }
}

void
page_compare_looks (PageCompare *compare,
                    JsonObject *answer)
{
  JsonArray *styles = json_object_get_array_member (answer, "styles");
  JsonArray *boxes = json_object_get_array_member (answer, "boxes");
  JsonArray *looks = compare->moment->looks;

  for (guint i = 0; i < json_array_get_length (styles); i++)
    {
      JsonArray *style = json_array_get_array_element (styles, i);
      gint64 id = json_array_get_int_element (style, 0);
      g_autofree char *label = label_of (compare, id);

      differ (compare, id, json_array_get_string_element (style, 2),
              json_array_get_string_element (style, 3), "%s of %s",
              json_array_get_string_element (style, 1), label);
    }

  for (guint i = 0, k = 0; i < json_array_get_length (looks); i++)
    {
      JsonArray *look = json_array_get_array_element (looks, i);
      JsonArray *box = k < json_array_get_length (boxes) ? json_array_get_array_element (boxes, k)
                                                         : NULL;

      if (box != NULL &&
          json_array_get_int_element (box, 0) == json_array_get_int_element (look, 0))
        {
          compare_box (compare, look, box);
          k++;
        }
    }
}

/* ---- the picture ---- */

/* Fields are 25 by 25 pixels of a page of 1000 by 700, and as many of any other. */
#define COLUMNS 40
#define ROWS 28
/* A field differs when its mean colour does by so much in one of red, green and blue. */
#define MUCH 40

void
page_compare_picture (PageCompare *compare,
                      GBytes *pixels,
                      gsize stride)
{
  const guint8 *data = g_bytes_get_data (pixels, NULL);
  int width = compare->moment->width, height = compare->moment->height;
  g_autofree double *sums = g_new0 (double, COLUMNS *ROWS * 4);
  gsize n = 0;
  g_autofree guchar *wanted = g_base64_decode (compare->moment->fields, &n);
  guint n_wrong = 0, first = 0;

  g_assert_cmpuint (n, ==, COLUMNS * ROWS * 3);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *pixel = data + (gsize) y * stride + (gsize) x * 4;
        double *sum = sums + 4 * ((gsize) (y * ROWS / height) * COLUMNS + x * COLUMNS / width);

        /* Blue, green, red; over white where nothing is shown. */
        for (guint i = 0; i < 3; i++)
          sum[i] += pixel[2 - i] + 255 - pixel[3];
        sum[3]++;
      }

  for (guint field = 0; field < COLUMNS * ROWS; field++)
    {
      gboolean wrong = FALSE;

      for (guint i = 0; i < 3; i++)
        wrong |= fabs (sums[4 * field + i] / sums[4 * field + 3] - wanted[3 * field + i]) > MUCH;
      if (wrong && n_wrong++ == 0)
        first = field;
    }

  if (!ph_differences_within (compare->differences, "fields", 2, n_wrong))
    {
      g_autofree char *got =
        g_strdup_printf ("%u others, first at %u,%u", n_wrong, first % COLUMNS * width / COLUMNS,
                         first / COLUMNS * height / ROWS);

      differ (compare, 0, "the same picture", got, "fields of the picture");
    }
}
