/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-container.h"

#include "ph-archive.h"
#include "ph-error.h"
#include "ph-input.h"
#include "ph-pack-files.h"
#include "ph-test.h"

#include <locale.h>
#include <string.h>

#define EVENT(type, time, data) "{\"type\":" #type ",\"timestamp\":" #time ",\"data\":{" data "}}"
#define META(time) EVENT (4, time, "\"href\":\"https://a.example/\"")
#define MOVE(time) EVENT (3, time, "\"source\":1")
#define NAMED(type, time, name) \
  "{\"type\":" #type ",\"timestamp\":" #time ",\"sessionId\":\"" name "\"}"

static const struct
{
  const char *what;
  PhPackFile files[7];
  const char *parts;  /* `key|title|files|begin;` of each */
  const char *events; /* of the first: timestamps in milliseconds, in the order they are read */
} cases[] = {
  { "one session in one file",
    { { "a.json", "[" META (1000) "," MOVE (2000) "]" } },
    "a.json|a.json|1|1000;",
    "1000 2000 " },
  { "parts, by time and not by place",
    { { "x/2.json", "[" MOVE (5000) "]" },
      { "x/readme.txt", "hello" },
      { "x/0.json", "[" META (1000) "]" },
      { "x/1.json", MOVE (3000) "\n" MOVE (4000) } },
    "x/0.json|x|3|1000;",
    "1000 3000 4000 5000 " },
  { "two sessions",
    { { "b.json", "[" META (2000) "]" }, { "a.json", "[" META (3000) "," MOVE (3001) "]" } },
    "b.json|b.json|1|2000;a.json|a.json|1|3000;",
    "2000 " },
  { "sessions that are named in the events",
    { { "1", "[" NAMED (4, 1000, "s") "]" },
      { "2", "[" NAMED (4, 2000, "t") "]" },
      { "3", "[" NAMED (4, 3000, "s") "]" } },
    "s|1|2|1000;t|2|1|2000;",
    "1000 3000 " },
  { "a damaged part among others",
    { { "0.json", "[" META (1000) "]" }, { "1.json", "[{\"type\":4,\"timest" } },
    "0.json|0.json|1|1000;",
    "1000 " },
};

static GFile *
write_bytes (const char *folder,
             const char *name,
             GBytes *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL),
                                           (gssize) g_bytes_get_size (bytes),
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));

  return g_file_new_for_path (path);
}

/* The files as an archive, or, for `folder`, as they are. */
static GFile *
make_input (const char *folder,
            const char *form,
            const PhPackFile *files)
{
  g_autofree char *below = g_build_filename (folder, "below", NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (!g_str_equal (form, "folder"))
    {
      bytes = ph_pack_texts (form, files);
      return write_bytes (folder, "archive", bytes);
    }

  for (; files->name != NULL; files++)
    {
      g_autoptr (GBytes) text = g_bytes_new (files->text, strlen (files->text));

      g_object_unref (write_bytes (below, files->name, text));
    }

  return g_file_new_for_path (below);
}

static char *
list_parts (GFile *input,
            GError **error)
{
  g_autoptr (GPtrArray) parts = ph_archive_list (input, NULL, error);
  GString *out;

  if (parts == NULL)
    return NULL;

  out = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const PhInputPart *part = parts->pdata[i];

      g_string_append_printf (out, "%s|%s|%u|%d;", part->key, part->title, part->n_files,
                              (int) (part->begin / 1000));
    }

  return g_string_free (out, FALSE);
}

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  g_string_append_printf (user_data, "%d ", (int) (event->timestamp / 1000));

  return TRUE;
}

static const PhSink sink = { event_cb, NULL };

static void
assert_case (GFile *input,
             guint i)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parts = list_parts (input, &error);
  g_auto (GStrv) words = NULL;
  g_auto (GStrv) keys = NULL;
  g_autoptr (GFile) part = NULL;
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (PhArchiveInfo) info = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (parts, ==, cases[i].parts);

  words = g_strsplit (cases[i].parts, "|", 2);
  part = ph_input_new (input, words[0]);
  info = ph_archive_read (part, &sink, events, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (events->str, ==, cases[i].events);
  ph_archive_info_free (g_steal_pointer (&info));

  /* Without saying which, where there are several, it is asked. */
  keys = g_strsplit (cases[i].parts, ";", 0);
  info = ph_archive_read (input, &sink, events, NULL, NULL, &error);

  if (g_strv_length (keys) > 2)
    {
      g_assert_error (error, PH_ERROR, PH_ERROR_SEVERAL);
      g_assert_cmpstr (error->message, ==, "This archive holds 2 sessions");
    }
  else
    {
      g_assert_no_error (error);
    }
}

/* In whatever kind of archive they are. */
static void
test_cases (void)
{
  static const char *const forms[] = { "zip", "tar", "tar.gz", "tar.zst", "folder" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (forms); k++)
      {
        g_autofree char *folder = ph_test_tmp_dir ();
        g_autoptr (GFile) input = make_input (folder, forms[k], cases[i].files);

        g_test_message ("%s, %s", cases[i].what, forms[k]);
        assert_case (input, i);
        ph_test_remove_tree (folder);
      }
}

/* Files that are opened together are parts as those of a folder are. */
static void
test_files (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autoptr (GBytes) first = g_bytes_new_static ("[" META (1000) "]", strlen ("[" META (1000) "]"));
  g_autoptr (GBytes) second = g_bytes_new_static (MOVE (2000), strlen (MOVE (2000)));
  g_autoptr (GFile) a = write_bytes (folder, "a", second);
  g_autoptr (GFile) b = write_bytes (folder, "b", first);
  GFile *files[] = { a, b };
  g_autoptr (GFile) input = ph_input_new_for_files (files, 2, NULL);
  g_autofree char *parts = list_parts (input, NULL);
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (PhArchiveInfo) info = ph_archive_read (input, &sink, events, NULL, NULL, NULL);

  g_assert_cmpstr (parts, ==, "b|b|2|1000;");
  g_assert_cmpstr (events->str, ==, "1000 2000 ");
  g_assert_cmpstr (info->packing, ==, "files");
  ph_test_remove_tree (folder);
}

static void
test_refused (void)
{
  static const struct
  {
    PhPackFile files[3];
    const char *message;
  } refused[] = {
    { { { NULL, NULL } }, "There are no files in it" },
    { { { "a", "[1]" } }, "This is JSON, but not a recorded session" },
    { { { "a", "[1]" }, { "b", "{}" } }, "This is JSON, but not a recorded session" },
    { { { "a", "hello" }, { "[Content_Types].xml", "<?xml?>" } },
      "This is a document of an office program, not a recorded session" },
    { { { "a", "[1]" }, { "b", "hello" } },
      "None of the 2 files in it is a session archive Playhead knows" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *folder = ph_test_tmp_dir ();
      g_autoptr (GFile) input = make_input (folder, "zip", refused[i].files);
      g_autoptr (GError) error = NULL;

      g_assert_null (list_parts (input, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT);
      g_assert_cmpstr (error->message, ==, refused[i].message);
      ph_test_remove_tree (folder);
    }
}

static void
test_no_such_part (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autoptr (GFile) input = make_input (folder, "zip", cases[0].files);
  g_autoptr (GFile) part = ph_input_new (input, "../../etc/passwd");
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ph_archive_read (part, &sink, events, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/container/cases", test_cases);
  g_test_add_func ("/container/files", test_files);
  g_test_add_func ("/container/refused", test_refused);
  g_test_add_func ("/container/no-such-part", test_no_such_part);

  return g_test_run ();
}
