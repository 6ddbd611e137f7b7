/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cursor.h"
#include "ph-web-policy.h"

#include "page-compare.h"
#include "ph-test.h"
#include "stage-driver.h"

#include <string.h>
#include <webkit/webkit.h>

/*
 * Pages built with other people's components were recorded in Chromium, and at twenty moments
 * each the live page itself was saved (tests/record/pages). Here the stage shows those moments,
 * in their order and in any other, and is asked what there is: structure, texts, attributes,
 * what controls hold, scroll positions; computed styles and boxes of some forty elements; and
 * the picture, in coarse fields. What may differ stands in differences.md with the reason; a
 * line there that is not needed fails.
 */

#define SEED 20251124

static StageDriver *driver;
static PhDifferences *differences;
static char *script; /* looks.js */

typedef struct
{
  gboolean done;
  char *text;
} Answer;

static void
answered_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = webkit_web_view_call_async_javascript_function_finish (
    WEBKIT_WEB_VIEW (source), result, &error);

  g_assert_no_error (error);
  answer->text = jsc_value_to_string (value);
  answer->done = TRUE;
}

static JsonNode *
ask_looks (PageCompare *compare)
{
  WebKitWebView *view = WEBKIT_WEB_VIEW (ph_web_stage_get_widget (driver->stage));
  g_autofree char *question = page_compare_question (compare);
  g_autoptr (GError) error = NULL;
  Answer answer = { FALSE, NULL };
  GVariantDict arguments;
  JsonNode *node;

  g_variant_dict_init (&arguments, NULL);
  g_variant_dict_insert (&arguments, "asked", "s", question);
  webkit_web_view_call_async_javascript_function (view, script, -1,
                                                  g_variant_dict_end (&arguments), PH_STAGE_WORLD,
                                                  NULL, NULL, answered_cb, &answer);
  ph_test_wait (&answer.done, 60);
  node = json_from_string (answer.text, &error);
  g_assert_no_error (error);
  g_free (answer.text);

  return node;
}

static void
show (PhCursor *cursor,
      PhTime time)
{
  guint64 refused = ph_web_stage_get_refused (driver->stage);
  g_autoptr (GBytes) patch = NULL;
  g_autoptr (GError) error = NULL;

  ph_cursor_seek (cursor, time);
  patch = ph_cursor_take_patch (cursor, TRUE);
  if (patch != NULL)
    {
      g_autofree char *text =
        g_strndup (g_bytes_get_data (patch, NULL), g_bytes_get_size (patch));

      stage_driver_present (driver, text, &error);
      g_assert_no_error (error);
    }
  if (ph_web_stage_get_refused (driver->stage) != refused)
    ph_differences_add (differences, ph_web_stage_get_refusal (driver->stage),
                        "operations refused");
  stage_driver_settle (driver);
}

static void
compare_picture (PageCompare *compare)
{
  g_autoptr (GdkTexture) texture = stage_driver_snapshot (driver);
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  gsize stride = (gsize) width * 4;
  g_autofree guchar *pixels = g_malloc (stride * (gsize) height);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_cmpint (width, ==, compare->moment->width);
  g_assert_cmpint (height, ==, compare->moment->height);
  gdk_texture_download (texture, pixels, stride);
  bytes = g_bytes_new_static (pixels, stride * (gsize) height);
  page_compare_picture (compare, bytes, stride);
}

static void
compare_moment (PhCursor *cursor,
                PhTruth *truth,
                guint index)
{
  const PhTruthMoment *moment = ph_truth_get_moment (truth, index);
  g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
  PageCompare compare = { differences, truth, moment, NULL, nodes };
  g_autoptr (JsonNode) tree = NULL;
  g_autoptr (JsonNode) answer = NULL;

  stage_driver_resize (driver, moment->width, moment->height);
  show (cursor, moment->time);
  tree = stage_driver_tree (driver);
  answer = ask_looks (&compare);
  compare.states = json_object_get_object_member (json_node_get_object (answer), "states");
  page_compare_tree (&compare, json_object_get_object_member (json_node_get_object (tree), "tree"));
  page_compare_looks (&compare, json_node_get_object (answer));
  compare_picture (&compare);
}

static void
test_page (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = ph_truth_archive (name);
  g_autoptr (GFile) archive = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (archive, NULL, NULL, NULL, &error);
  g_autoptr (PhTruth) truth = ph_truth_load (name);
  g_autoptr (PhCursor) cursor = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n = ph_truth_get_n_moments (truth);

  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, 20);
  cursor = ph_cursor_new (session);
  ph_differences_begin (differences, name);
  stage_driver_show (driver, "[0,1,false, 2,2,1,0,\"html\",0]");
  for (guint i = 0; i < n; i++)
    compare_moment (cursor, truth, i);
  for (guint i = 0; i < n; i++)
    compare_moment (cursor, truth, (guint) g_rand_int_range (random, 0, (gint32) n));
  ph_differences_end (differences);
}

static void
test_needed (void)
{
  ph_differences_check_needed (differences);
}

int
main (int argc,
      char **argv)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *path = NULL;
  int result;

  stage_driver_init (&argc, &argv);
  path = g_test_build_filename (G_TEST_DIST, "stage", "looks.js", NULL);
  g_assert_true (g_file_get_contents (path, &script, NULL, NULL));
  names = ph_truth_list ();
  differences = ph_differences_new ("pages/");
  driver = stage_driver_new (1000, 700);
  g_assert_cmpuint (g_strv_length (names), >=, 12);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *test = g_strconcat ("/pages/", names[i], NULL);

      g_test_add_data_func (test, names[i], test_page);
    }
  g_test_add_func ("/pages/needed", test_needed);
  result = g_test_run ();

  stage_driver_free (driver);
  ph_differences_free (differences);
  g_free (script);

  return result;
}
