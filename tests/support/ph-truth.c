/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-truth.h"

#include <gio/gio.h>
#include <string.h>

struct _PhTruth
{
  JsonParser *parser;
  JsonArray *nodes, *styles, *looks;
  GArray *moments;
};

static char *
build_path (const char *name,
            const char *file)
{
  return g_test_build_filename (G_TEST_DIST, "record", "pages", name, file, NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
ph_truth_list (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "record", "pages", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *truth = build_path (name, "truth.json.gz");

      if (g_file_test (truth, G_FILE_TEST_EXISTS))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (GStrv) g_ptr_array_steal (names, NULL);
}

char *
ph_truth_archive (const char *name)
{
  return build_path (name, "archive.json.gz");
}

static void
add_moment (PhTruth *truth,
            JsonObject *moment)
{
  PhTruthMoment added = {
    .time = json_object_get_int_member (moment, "time_ms") * (PH_SECOND / 1000),
    .caption = json_object_get_string_member (moment, "caption"),
    .width = json_object_get_int_member (moment, "width"),
    .height = json_object_get_int_member (moment, "height"),
    .focus = json_object_get_int_member (moment, "focus"),
    .root = ph_truth_get_node (truth, json_object_get_int_member (moment, "tree")),
    .looks = json_object_get_array_member (moment, "looks"),
    .pictures = json_object_get_array_member (moment, "pictures"),
    .fields = json_object_get_string_member (moment, "fields"),
  };

  g_array_append_val (truth->moments, added);
}

PhTruth *
ph_truth_load (const char *name)
{
  g_autofree char *path = build_path (name, "truth.json.gz");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) packed = g_file_read (file, NULL, &error);
  g_autoptr (GConverter) unpack =
    G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) stream = NULL;
  PhTruth *truth = g_new0 (PhTruth, 1);
  JsonArray *moments;
  JsonObject *root;

  g_assert_no_error (error);
  stream = g_converter_input_stream_new (G_INPUT_STREAM (packed), unpack);
  truth->parser = json_parser_new_immutable ();
  json_parser_load_from_stream (truth->parser, stream, NULL, &error);
  g_assert_no_error (error);

  root = json_node_get_object (json_parser_get_root (truth->parser));
  truth->nodes = json_object_get_array_member (root, "nodes");
  truth->styles = json_object_get_array_member (root, "styles");
  truth->looks = json_object_get_array_member (root, "looks");
  truth->moments = g_array_new (FALSE, FALSE, sizeof (PhTruthMoment));
  moments = json_object_get_array_member (root, "moments");
  for (guint i = 0; i < json_array_get_length (moments); i++)
    add_moment (truth, json_array_get_object_element (moments, i));

  return truth;
}

void
ph_truth_free (PhTruth *truth)
{
  if (truth == NULL)
    return;

  g_array_unref (truth->moments);
  g_object_unref (truth->parser);
  g_free (truth);
}

guint
ph_truth_get_n_moments (PhTruth *truth)
{
  return truth->moments->len;
}

const PhTruthMoment *
ph_truth_get_moment (PhTruth *truth,
                     guint index)
{
  g_assert_cmpuint (index, <, truth->moments->len);

  return &g_array_index (truth->moments, PhTruthMoment, index);
}

JsonObject *
ph_truth_get_node (PhTruth *truth,
                   gint64 place)
{
  g_assert_cmpint (place, <, json_array_get_length (truth->nodes));

  return json_array_get_object_element (truth->nodes, place);
}

JsonArray *
ph_truth_get_looks (PhTruth *truth)
{
  return truth->looks;
}

JsonArray *
ph_truth_get_styles (PhTruth *truth,
                     gint64 place)
{
  return json_array_get_array_element (truth->styles, place);
}
