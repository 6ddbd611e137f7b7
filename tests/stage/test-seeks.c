/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cursor.h"

#include "ph-test.h"
#include "stage-driver.h"

#include <string.h>

/*
 * Seeking there equals playing there, however much was sought before: one stage
 * is sent to and fro through an archive, another one, begun anew, goes forward
 * only. At the same times they show the same page, as a tree and as a picture.
 */

#define WIDTH 1000
#define HEIGHT 700
#define N_SEEKS 30
#define SEED 20261124
/* Of the way forward, besides the times that are compared. */
#define N_STEPS 10
/* After the seeks: the last of them, and two more. */
#define N_TARGETS 3
/* A picture may come before what is decoded or painted on its own time. */
#define TRIES 5

static StageDriver *wanderer;
static StageDriver *walker;

typedef struct
{
  PhTime time;
  char *tree;
  GdkTexture *picture;
} Target;

static void
target_clear (Target *target)
{
  g_clear_pointer (&target->tree, g_free);
  g_clear_object (&target->picture);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

static void
go (StageDriver *stage,
    PhCursor *cursor,
    PhTime time)
{
  g_autoptr (GBytes) patch = NULL;

  ph_cursor_seek (cursor, time);
  patch = ph_cursor_take_patch (cursor, TRUE);
  if (patch != NULL)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (patch, NULL), g_bytes_get_size (patch));

      stage_driver_show (stage, text);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

/*
 * A tree's lines. What depends on how the page came about and nobody sees is left
 * out: the order of attributes, and how far a node that was scrolled once could be.
 */
static void
write_node (JsonNode *node,
            const char *name,
            GString *out)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) names = g_list_sort (json_object_get_members (object), compare_names);

      g_string_append_printf (out, "%s {\n", name);
      for (GList *at = names; at != NULL; at = at->next)
        if (strcmp (at->data, "reach") != 0)
          write_node (json_object_get_member (object, at->data), at->data, out);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_string_append_printf (out, "%s [\n", name);
      for (guint i = 0; i < json_array_get_length (array); i++)
        write_node (json_array_get_element (array, i), name, out);
    }
  else
    {
      g_autofree char *value = json_to_string (node, FALSE);

      g_string_append_printf (out, "%s %s\n", name, value);
    }
}

static void
look (StageDriver *stage,
      Target *target)
{
  g_autoptr (JsonNode) tree = NULL;
  GString *lines = g_string_new (NULL);

  target_clear (target);
  stage_driver_settle (stage);
  tree = stage_driver_tree (stage);
  write_node (tree, "page", lines);
  target->tree = g_string_free (lines, FALSE);
  target->picture = stage_driver_snapshot (stage);
}

static gboolean
are_pictures_equal (GdkTexture *one,
                    GdkTexture *other)
{
  int width = gdk_texture_get_width (one);
  int height = gdk_texture_get_height (one);
  gsize stride = (gsize) width * 4;
  g_autofree guint8 *a = g_malloc0 (stride * (gsize) height);
  g_autofree guint8 *b = g_malloc0 (stride * (gsize) height);

  if (gdk_texture_get_width (other) != width || gdk_texture_get_height (other) != height)
    return FALSE;

  gdk_texture_download (one, a, stride);
  gdk_texture_download (other, b, stride);

  return memcmp (a, b, stride * (gsize) height) == 0;
}

/* The first line of two texts that differs, for whoever looks for the reason. */
static void
report_line (const char *one,
             const char *other)
{
  g_auto (GStrv) a = g_strsplit (one, "\n", -1);
  g_auto (GStrv) b = g_strsplit (other, "\n", -1);
  guint i = 0;

  while (a[i] != NULL && b[i] != NULL && g_str_equal (a[i], b[i]))
    i++;
  g_test_message ("sought: %s", a[i] != NULL ? a[i] : "(the end)");
  g_test_message ("played: %s", b[i] != NULL ? b[i] : "(the end)");
}

static void
save_picture (GdkTexture *texture,
              PhTime time,
              const char *which)
{
  const char *folder = g_getenv ("PH_OUT");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;

  path = g_strdup_printf ("%s/%" G_GINT64_FORMAT "-%s.png", folder, time, which);
  gdk_texture_save_to_png (texture, path);
}

/* Looks again for as long as the pictures differ: a seek's may be the early one, too. */
static void
compare (Target *sought,
         PhCursor *there)
{
  g_auto (Target) played = { 0 };
  gboolean same = FALSE;

  go (walker, there, sought->time);
  for (guint i = 0; i < TRIES && !same; i++)
    {
      look (walker, &played);
      same = are_pictures_equal (sought->picture, played.picture);
    }

  if (strcmp (sought->tree, played.tree) != 0)
    {
      report_line (sought->tree, played.tree);
      g_test_fail_printf ("another page at %" G_GINT64_FORMAT " µs", sought->time);
    }
  else if (!same)
    {
      save_picture (sought->picture, sought->time, "sought");
      save_picture (played.picture, sought->time, "played");
      g_test_fail_printf ("another picture at %" G_GINT64_FORMAT " µs", sought->time);
    }
}

static int
compare_targets (gconstpointer a,
                 gconstpointer b)
{
  const Target *one = a;
  const Target *other = b;

  return one->time < other->time ? -1 : one->time > other->time;
}

static PhTime
pick (GRand *random,
      PhSpan span)
{
  return span.begin + (PhTime) (g_rand_double (random) * (double) ph_span_length (span));
}

/* To and fro, and what is seen at the end of it. */
static void
wander (PhSession *session,
        Target *targets)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  PhSpan span = ph_session_get_span (session);

  for (guint i = 0; i < N_SEEKS + N_TARGETS - 1; i++)
    {
      PhTime time = i == N_SEEKS ? span.end : pick (random, span);

      go (wanderer, cursor, time);
      if (i >= N_SEEKS - 1)
        {
          targets[i - N_SEEKS + 1].time = time;
          look (wanderer, &targets[i - N_SEEKS + 1]);
        }
    }
}

static void
walk (PhSession *session,
      Target *targets)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  PhSpan span = ph_session_get_span (session);
  guint n_done = 0;

  qsort (targets, N_TARGETS, sizeof *targets, compare_targets);
  for (guint i = 0; i <= N_STEPS; i++)
    {
      PhTime time = span.begin + ph_span_length (span) / N_STEPS * i;

      while (n_done < N_TARGETS && targets[n_done].time < time)
        compare (&targets[n_done++], cursor);
      go (walker, cursor, time);
    }
  while (n_done < N_TARGETS)
    compare (&targets[n_done++], cursor);
}

static void
test_archive (gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);
  Target targets[N_TARGETS] = { { 0 } };

  if (session == NULL)
    {
      g_test_skip (error->message);
      return;
    }

  wander (session, targets);

  /* Nothing is left in it of the archive before. */
  ph_web_stage_restart (walker->stage);
  stage_driver_wait_ready (walker, walker->n_ready + 1);
  walk (session, targets);

  for (guint i = 0; i < N_TARGETS; i++)
    target_clear (&targets[i]);
}

static void
add_archive (const char *path,
             gpointer user_data)
{
  const char *corpus = strstr (path, "/corpus/");
  g_autofree char *name =
    g_strconcat ("/seeks/", corpus != NULL ? corpus + 1 : strrchr (path, '/') + 1, NULL);

  g_test_add_data_func_full (name, g_strdup (path), test_archive, g_free);
}

static StageDriver *
make_stage (void)
{
  StageDriver *driver = stage_driver_new (WIDTH, HEIGHT);

  ph_web_stage_set_plain (driver->stage, TRUE);

  return driver;
}

int
main (int argc,
      char **argv)
{
  g_autofree char *demo = NULL;
  int status;

  stage_driver_init (&argc, &argv);
  demo = ph_test_demo ("acme-shop.json.gz");
  wanderer = make_stage ();
  walker = make_stage ();

  g_test_add_data_func ("/seeks/demo", demo, test_archive);
  ph_test_each_shared ("corpus", "", add_archive, NULL);

  status = g_test_run ();
  stage_driver_free (wanderer);
  stage_driver_free (walker);

  return status;
}
