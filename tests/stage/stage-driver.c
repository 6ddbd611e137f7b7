/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stage-driver.h"

#include "ph-test.h"

#include <string.h>
#include <unistd.h>

#define SECONDS 60

typedef struct
{
  GAsyncResult *result;
  gboolean done;
} Answer;

static void
answered_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  Answer *answer = user_data;

  answer->result = g_object_ref (result);
  answer->done = TRUE;
}

static void
answer_wait (Answer *answer)
{
  ph_test_wait (&answer->done, SECONDS);
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

/* A page with a video makes GStreamer warn in WebKit's processes. */
void
stage_driver_init (int *argc,
                   char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  ph_test_spare_children ();
}

/* Mesa's driver for virtual displays now and then ends the web process: not here. */
StageDriver *
stage_driver_new (int width,
                  int height)
{
  return stage_driver_new_for (ph_web_stage_new_software (), width, height);
}

StageDriver *
stage_driver_new_for (PhWebStage *stage,
                      int width,
                      int height)
{
  StageDriver *driver = g_new0 (StageDriver, 1);

  driver->stage = stage;
  g_signal_connect_swapped (driver->stage, "ready", G_CALLBACK (count_cb), &driver->n_ready);
  g_signal_connect_swapped (driver->stage, "lost", G_CALLBACK (count_cb), &driver->n_lost);

  driver->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_decorated (driver->window, FALSE);
  gtk_window_set_default_size (driver->window, width, height);
  gtk_window_set_child (driver->window, ph_web_stage_get_widget (driver->stage));
  gtk_window_present (driver->window);
  stage_driver_wait_ready (driver, 1);
  stage_driver_resize (driver, width, height);

  return driver;
}

void
stage_driver_free (StageDriver *driver)
{
  if (driver == NULL)
    return;

  gtk_window_destroy (driver->window);
  g_assert_finalize_object (driver->stage);
  g_free (driver);
}

static gboolean
late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_count (const guint *counter,
            guint wanted)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (SECONDS, late_cb, &late);

  while (*counter < wanted && !late)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (*counter, >=, wanted);
  g_source_remove (source);
}

void
stage_driver_wait_ready (StageDriver *driver,
                         guint n_ready)
{
  wait_count (&driver->n_ready, n_ready);
}

void
stage_driver_wait_lost (StageDriver *driver,
                        guint n_lost)
{
  wait_count (&driver->n_lost, n_lost);
}

void
stage_driver_resize (StageDriver *driver,
                     int width,
                     int height)
{
  GtkWidget *widget = ph_web_stage_get_widget (driver->stage);
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (SECONDS, late_cb, &late);

  gtk_window_set_default_size (driver->window, width, height);
  while ((gtk_widget_get_width (widget) != width || gtk_widget_get_height (widget) != height) &&
         !late)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (gtk_widget_get_width (widget), ==, width);
  g_assert_cmpint (gtk_widget_get_height (widget), ==, height);
  g_source_remove (source);
}

gboolean
stage_driver_present (StageDriver *driver,
                      const char *patch,
                      GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (patch, strlen (patch));
  Answer answer = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  ph_stage_present_async (PH_STAGE (driver->stage), bytes, NULL, answered_cb, &answer);
  answer_wait (&answer);
  result = answer.result;

  return ph_stage_present_finish (PH_STAGE (driver->stage), result, error);
}

void
stage_driver_show (StageDriver *driver,
                   const char *patch)
{
  guint64 refused = ph_web_stage_get_refused (driver->stage);
  g_autoptr (GError) error = NULL;

  stage_driver_present (driver, patch, &error);
  g_assert_no_error (error);
  if (ph_web_stage_get_refused (driver->stage) != refused)
    g_test_message ("refused: %s", ph_web_stage_get_refusal (driver->stage));
  g_assert_cmpuint (ph_web_stage_get_refused (driver->stage), ==, refused);
}

static char *
dump (StageDriver *driver,
      PhDumpKind kind)
{
  Answer answer = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  ph_web_stage_dump_async (driver->stage, kind, NULL, answered_cb, &answer);
  answer_wait (&answer);
  result = answer.result;
  text = ph_web_stage_dump_finish (driver->stage, result, &error);
  g_assert_no_error (error);

  return text;
}

char *
stage_driver_html (StageDriver *driver)
{
  return dump (driver, PH_DUMP_HTML);
}

JsonNode *
stage_driver_tree (StageDriver *driver)
{
  g_autofree char *text = dump (driver, PH_DUMP_TREE);
  g_autoptr (GError) error = NULL;
  JsonNode *tree = json_from_string (text, &error);

  g_assert_no_error (error);

  return tree;
}

void
stage_driver_settle (StageDriver *driver)
{
  Answer answer = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ph_web_stage_settle_async (driver->stage, NULL, answered_cb, &answer);
  answer_wait (&answer);
  result = answer.result;
  ph_web_stage_settle_finish (driver->stage, result, &error);
  g_assert_no_error (error);
}

GdkTexture *
stage_driver_snapshot (StageDriver *driver)
{
  Answer answer = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GdkTexture *texture;

  ph_web_stage_snapshot_async (driver->stage, NULL, answered_cb, &answer);
  answer_wait (&answer);
  result = answer.result;
  texture = ph_web_stage_snapshot_finish (driver->stage, result, &error);
  g_assert_no_error (error);

  return texture;
}

static JsonObject *find (JsonObject *node,
                         gint64 id);

static JsonObject *
find_in (JsonObject *node,
         const char *member,
         gint64 id)
{
  JsonArray *list;

  if (!json_object_has_member (node, member))
    return NULL;

  list = json_object_get_array_member (node, member);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *found = find (json_array_get_object_element (list, i), id);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static JsonObject *
find (JsonObject *node,
      gint64 id)
{
  JsonObject *found = NULL;

  if (json_object_get_int_member_with_default (node, "id", 0) == id)
    return node;

  found = find_in (node, "children", id);
  if (found == NULL)
    found = find_in (node, "shadow", id);
  if (found == NULL && json_object_has_member (node, "frame"))
    found = find (json_object_get_object_member (node, "frame"), id);

  return found;
}

JsonObject *
stage_tree_find (JsonNode *tree,
                 gint64 id)
{
  JsonObject *root = json_node_get_object (tree);

  return json_object_get_null_member (root, "tree")
           ? NULL
           : find (json_object_get_object_member (root, "tree"), id);
}

/* --- the web process ------------------------------------------------------- */

/* The parent of a process that still runs, else 0. */
static int
get_parent (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *stat = NULL;
  const char *after;

  if (!g_file_get_contents (path, &stat, NULL, NULL))
    return 0;

  /* After the name in brackets: one letter of state, then the parent. */
  after = strrchr (stat, ')');

  if (after == NULL || strlen (after) < 4 || after[2] == 'Z')
    return 0;

  return (int) g_ascii_strtoll (after + 3, NULL, 10);
}

static gboolean
descends_from_us (int pid)
{
  while (pid > 1 && pid != getpid ())
    pid = get_parent (pid);

  return pid == getpid ();
}

int
stage_driver_find_web_process (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "comm", NULL);
      g_autofree char *comm = NULL;
      int pid = (int) g_ascii_strtoll (name, NULL, 10);

      if (pid > 0 && g_file_get_contents (path, &comm, NULL, NULL) &&
          g_str_has_prefix (comm, "WebKitWebProces") && descends_from_us (pid))
        return pid;
    }

  return 0;
}
