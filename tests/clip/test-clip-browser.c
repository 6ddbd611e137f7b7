/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * HTML clips in a browser that is not ours: headless Chromium, where it is installed. It
 * shows what the engine says the page is, at times there and back; it plays; no script of
 * the recorded page runs; it asks for nothing.
 */

#include "ph-state-compare.h"
#include "ph-test.h"

#include <string.h>

#define BROWSER "chromium"
#define MAX_TIMES 10

static char *program;
static char *dump;
static char *probe_file;
static char *browser;

/* --- running --------------------------------------------------------------- */

static char *
run_any (const char *const *argv,
         GSubprocessFlags flags,
         gboolean *done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | flags, &error);
  char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);

  if (done != NULL)
    *done = g_subprocess_get_successful (process);

  return output;
}

static char *
run (const char *const *argv,
     GSubprocessFlags flags)
{
  gboolean done;
  char *output = run_any (argv, flags, &done);

  if (!done)
    g_error ("%s failed: %s", argv[0], output);

  return output;
}

static JsonObject *
parse (JsonParser *parser,
       const char *text,
       gssize size)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, size, &error);
  g_assert_no_error (error);

  return json_node_get_object (json_parser_get_root (parser));
}

/* --- the clip, with the probe in it ---------------------------------------- */

static char *
hash (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, digest, &size);

  return g_base64_encode (digest, size);
}

static void
replace (GString *text,
         const char *word,
         const char *with)
{
  const char *found = strstr (text->str, word);

  g_assert_nonnull (found);
  g_string_replace (text, word, with, 1);
}

static GString *
read_text (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return g_string_new (text);
}

static void
add_probe (const char *path,
           const char *times)
{
  g_autoptr (GString) text = read_text (path);
  g_autoptr (GString) script = read_text (dump);
  g_autoptr (GString) probe = read_text (probe_file);
  g_autofree char *sum = NULL;
  g_autofree char *source = NULL;
  g_autofree char *tag = NULL;

  replace (probe, "/* @DUMP@ */", script->str);
  replace (probe, "/* @TIMES@ */", times);
  sum = hash (probe->str);
  source = g_strdup_printf ("script-src 'sha256-%s' ", sum);
  tag = g_strdup_printf ("<script>%s</script></body>", probe->str);
  replace (text, "script-src ", source);
  replace (text, "</body>", tag);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
}

/* What the probe found. */
static JsonObject *
show (const char *folder,
      const char *path,
      JsonParser *parser)
{
  g_autofree char *profile = g_strdup_printf ("--user-data-dir=%s/profile", folder);
  g_autofree char *log = g_strdup_printf ("--log-net-log=%s/net.json", folder);
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  /* A browser that never comes to its end is seen now and then: it is asked again. */
  const char *const argv[] = {
    "timeout", "--kill-after=5", "120", browser, "--headless", "--no-sandbox", "--disable-gpu",
    "--disable-background-networking", "--disable-component-update", "--no-first-run",
    "--window-size=1280,900",
    "--dump-dom", profile, log, address, NULL
  };
  g_autofree char *output = NULL;
  const char *begin = NULL;
  g_autofree char *base64 = NULL;
  g_autofree guchar *data = NULL;
  gsize size;

  for (guint attempt = 0; attempt < 3 && begin == NULL; attempt++)
    {
      g_free (output);
      output = run_any (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
      begin = strstr (output, "id=\"found\">");
    }

  if (begin == NULL)
    g_error ("the browser did not come to its end: %s", output);

  begin += strlen ("id=\"found\">");
  base64 = g_strndup (begin, strcspn (begin, "<"));
  data = g_base64_decode (base64, &size);

  return parse (parser, (const char *) data, (gssize) size);
}

/* --- comparing ------------------------------------------------------------- */

static guint
compare_at (const char *file,
            double seconds,
            JsonObject *shown,
            gboolean scrolls)
{
  char at[G_ASCII_DTOSTR_BUF_SIZE];
  const char *const argv[] = { program, "state", file, "--at", at, NULL };
  g_autofree char *output = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_ascii_formatd (at, sizeof at, "%.6f", seconds);
  output = run (argv, G_SUBPROCESS_FLAGS_NONE);

  return ph_state_compare (parse (parser, output, -1), shown, scrolls);
}

/* No request leads out of the file: the browser's own log of its network has no such host. */
static void
assert_no_request (const char *folder,
                   JsonObject *found)
{
  g_autofree char *path = g_build_filename (folder, "net.json", NULL);
  g_autofree char *log = NULL;

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (found, "loaded")), ==, 0);
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "\"constants\""));
  g_assert_null (strstr (log, ".example"));
}

/* The clip of @file from @from to @from + @length seconds, looked at there and back. */
static void
check (const char *file,
       double from,
       double length,
       guint least,
       gboolean scrolls)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.html", NULL);
  char begin[G_ASCII_DTOSTR_BUF_SIZE];
  char end[G_ASCII_DTOSTR_BUF_SIZE];
  const char *const argv[] = { program, "clip", file, "--from", begin, "--to",
                               end, "--address", "-o", path, NULL };
  g_autoptr (GString) times = g_string_new (NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *found;
  JsonArray *states;
  double at[MAX_TIMES + 1];

  g_ascii_formatd (begin, sizeof begin, "%.6f", from);
  g_ascii_formatd (end, sizeof end, "%.6f", from + length);
  g_free (run (argv, G_SUBPROCESS_FLAGS_NONE));

  for (guint i = 0; i < MAX_TIMES; i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      at[i] = length * ((i * 7) % MAX_TIMES) / (MAX_TIMES - 1);
      g_ascii_formatd (number, sizeof number, "%.3f", at[i] * 1000);
      g_string_append_printf (times, "%s%s", i > 0 ? "," : "", number);
    }

  add_probe (path, times->str);
  found = show (folder, path, parser);
  g_assert_true (json_object_get_null_member (found, "ran"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (found, "refused")), ==, 0);
  assert_no_request (folder, found);

  at[MAX_TIMES] = json_object_get_double_member (found, "played") / 1000;
  g_assert_cmpfloat (at[MAX_TIMES], >, 0);
  states = json_object_get_array_member (found, "states");
  g_assert_cmpuint (json_array_get_length (states), ==, MAX_TIMES + 1);

  for (guint i = 0; i <= MAX_TIMES; i++)
    {
      g_test_message ("at %.3f s", from + at[i]);
      g_assert_cmpuint (compare_at (file, from + at[i], json_array_get_object_element (states, i),
                                    scrolls),
                        >=, least);
    }

  ph_test_remove_tree (folder);
}

static gboolean
has_browser (void)
{
  if (browser != NULL)
    return TRUE;

  g_test_skip ("there is no " BROWSER);

  return FALSE;
}

static void
test_demo (void)
{
  g_autofree char *demo = ph_test_demo ("acme-shop.json.gz");

  if (!has_browser ())
    return;

  check (demo, 20, 30, 200, TRUE);
}

static void
test_fixtures (void)
{
  g_autofree char *pages = ph_test_fixture ("rrweb/two-pages.json");
  g_autofree char *windows = ph_test_fixture ("rrweb/three-windows.ndjson");
  g_autofree char *controls = ph_test_fixture ("cli/controls.json");

  if (!has_browser ())
    return;

  check (pages, 0.5, 30, 5, FALSE);
  check (windows, 0, 6.9, 4, FALSE);
  check (controls, 0, 1.9, 20, FALSE);
}

/* Everything in it says `top.ran`, or asks for something. */
static void
test_hostile (void)
{
  g_autofree char *file = ph_test_fixture ("clip/hostile.ndjson");

  if (!has_browser ())
    return;

  check (file, 0, 2, 12, FALSE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 4);
  program = argv[1];
  dump = argv[2];
  probe_file = argv[3];
  browser = g_find_program_in_path (BROWSER);

  g_test_add_func ("/clip-browser/demo", test_demo);
  g_test_add_func ("/clip-browser/fixtures", test_fixtures);
  g_test_add_func ("/clip-browser/hostile", test_hostile);

  return g_test_run ();
}
