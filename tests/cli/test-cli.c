/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-db.h"
#include "ph-test.h"
#include "program.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define CONTROLS "cli/controls.json"
#define ASSETS "assets/page.json"
#define WINDOWS "rrweb/three-windows.ndjson"

/* What is printed when all is well. */
static void
test_golden (void)
{
  static const struct
  {
    const char *arguments;
    const char *golden;
  } cases[] = {
    { "--help", "help.txt" },
    { "info --help", "info-help.txt" },
    { "events --help", "events-help.txt" },
    { "html --help", "html-help.txt" },
    { "state --help", "state-help.txt" },
    { "shot --help", "shot-help.txt" },
    { "clip --help", "clip-help.txt" },
    { "notes --help", "notes-help.txt" },
    { "convert --help", "convert-help.txt" },
    { "verify --help", "verify-help.txt" },
    { "verify " PAGES, "verify-pages.txt" },
    { "verify --deep " WINDOWS, "verify-windows.txt" },
    { "bench --help", "bench-help.txt" },
    { "info " PAGES, "info-pages.txt" },
    { "info " WINDOWS, "info-windows.txt" },
    { "info --json " PAGES, "info-pages.json" },
    { "info " ASSETS, "info-assets.txt" },
    { "info --json --assets assets " ASSETS, "info-assets.json" },
    { "info --json " PAGES " " WINDOWS, "info-both.json" },
    { "events " PAGES, "events-pages.ndjson" },
    { "events " PAGES " --from 2 --to 0:02.2", "events-span.ndjson" },
    { "events " PAGES " --kind meta --kind plugin", "events-kinds.ndjson" },
    { "events " WINDOWS " --window second", "events-window.ndjson" },
    { "events " WINDOWS " --window 2", "events-window.ndjson" },
    { "events cli/spread-out.json", "events-compact.ndjson" },
    { "html " PAGES " --at 2.45", "html-list.html" },
    { "html " PAGES " --at 100%", "html-thanks.html" },
    { "html " WINDOWS " --at 2026-01-01T00:00:06Z --window 2", "html-window.html" },
    { "state " CONTROLS " --at 1.5", "state-controls.json" },
    { "state " CONTROLS " --at 100%", "state-controls-end.json" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Result) result = run (cases[i].arguments);
      g_autofree char *golden = g_strconcat ("cli/", cases[i].golden, NULL);

      g_assert_cmpstr (result.err, ==, "");
      g_assert_cmpint (result.status, ==, 0);
      ph_test_golden (golden, result.out);
    }
}

static void
test_version (void)
{
  g_auto (Result) result = run ("--version");

  g_assert_cmpint (result.status, ==, 0);
  g_assert_true (g_str_has_prefix (result.out, "playhead-cli "));
}

static void
test_wrong_usage (void)
{
  static const struct
  {
    const char *arguments;
    const char *err;
  } cases[] = {
    { "", "no command given; see playhead-cli --help" },
    { "dance", "there is no command “dance”; see playhead-cli --help" },
    { "info", "info: no file given" },
    { "info --assets /nowhere/at/all x",
      "info: /nowhere/at/all is neither a folder nor a file nor a web address" },
    { "info --allow-host a/b x", "info: “a/b” is not the name of a host" },
    { "html --at 0 --allow-host a.example x",
      "html: --assets and --allow-host need --rendered" },
    { "info --yaml x", "info: Unknown option --yaml" },
    { "events a b", "events: more than one file given" },
    { "events " PAGES " --kind dance", "events: there is no kind of event “dance”" },
    { "events " PAGES " --kind incremental",
      "events: there is no kind of event “incremental”" },
    { "events " PAGES " --from x", PAGES ": --from: “x” is not a time" },
    { "events " PAGES " --to 9:00",
      PAGES ": --to: “9:00” is outside the recording, which ends at 0:35.0" },
    { "events " WINDOWS " --window 4",
      WINDOWS ": --window: there is no window “4”, but 3 of them" },
    { "events " WINDOWS " --window 0",
      WINDOWS ": --window: there is no window “0”, but 3 of them" },
    { "html " PAGES, "html: --at is missing" },
    { "html --at 1", "html: no file given" },
    { "state " PAGES, "state: --at is missing" },
    { "html --at 36 " PAGES,
      PAGES ": --at: “36” is outside the recording, which ends at 0:35.0" },
    { "shot " PAGES " -o x.png", "shot: --at is missing" },
    { "shot " PAGES " --at 1", "shot: -o is missing" },
    { "shot " PAGES " --at 1 -o x.png --size 10",
      "shot: “10” is no size like 1280x720, at most 16384 a side" },
    { "shot " PAGES " --at 1 -o x.png --size 0x10",
      "shot: “0x10” is no size like 1280x720, at most 16384 a side" },
    { "shot " PAGES " --at 1 -o x.png --size 10x20x30",
      "shot: “10x20x30” is no size like 1280x720, at most 16384 a side" },
    { "notes --json --csv " PAGES, "notes: --json, --csv and --markdown exclude each other" },
    { "notes --pictures x " PAGES, "notes: --pictures is for --markdown" },
    { "convert " PAGES, "convert: -o is missing" },
    { "convert " PAGES " -o x.txt",
      "convert: “x.txt” ends in none of .playhead, .json, .ndjson, or one of the last two and .gz "
      "or .zst" },
    { "convert " PAGES " -o x.playhead.gz",
      "convert: “x.playhead.gz” ends in none of .playhead, .json, .ndjson, or one of the last two "
      "and .gz or .zst" },
    { "verify", "verify: no file given" },
    { "verify a b", "verify: more than one file given" },
    { "clip " PAGES " --to 1 -o x.gif", "clip: --from is missing" },
    { "clip " PAGES " --from 1 -o x.gif", "clip: --to is missing" },
    { "clip " PAGES " --from 0 --to 1", "clip: -o is missing" },
    { "clip " PAGES " --from 0 --to 1 -o x.avi",
      "clip: the end of “x.avi” names no form: .webm, .mp4, .gif, .png, .html, .playhead" },
    { "clip " PAGES " --from 0 --to 1 --form avi -o x.gif",
      "clip: there is no form “avi”, but webm, webm-vp9, mp4, gif, png, sheet, html, playhead" },
    { "clip " PAGES " --from 0 --to 1 --form gif --sheet 2x2 -o x.gif",
      "clip: --sheet is for a contact sheet only" },
    { "clip " PAGES " --from 0 --to 1 --sheet 21x1 -o x.png",
      "clip: “21x1” is no sheet like 4x3, at most 20 columns and rows" },
    { "clip " PAGES " --from 0 --to 1 --size 10x100 -o x.gif",
      "clip: “10x100” is no size like 1280x720, from 16 to 8192 a side" },
    { "clip " PAGES " --from 0 --to 1 --fps 61 -o x.gif", "clip: --fps is from 1 to 60" },
    { "clip " PAGES " --from 0 --to 1 --speed 0 -o x.gif", "clip: --speed is from 0.1 to 100" },
    { "clip " PAGES " --from 0 --to 1 --speed nan -o x.gif", "clip: --speed is from 0.1 to 100" },
    { "shot " PAGES " --at 1 -o x.png --size 99999x1",
      "shot: “99999x1” is no size like 1280x720, at most 16384 a side" },
    { "bench --json", "bench: no file given" },
    { "bench " PAGES " --seeks 0", "bench: --seeks: from 1 to 2000" },
    { "bench " PAGES " --seeks 2001", "bench: --seeks: from 1 to 2000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Result) result = run (cases[i].arguments);
      g_autofree char *err = g_strdup_printf ("playhead-cli: %s\n", cases[i].err);

      g_assert_cmpstr (result.err, ==, err);
      g_assert_cmpstr (result.out, ==, "");
      g_assert_cmpint (result.status, ==, 2);
    }
}

/* Bad input: status 1, and one line that says what the matter is. */
static void
test_bad_input (void)
{
  static const struct
  {
    const char *name;
    const char *content; /* NULL: a folder */
    const char *message; /* what the line says, in part */
  } cases[] = {
    { "empty.json", "", "" },
    { "folder.json", NULL, "There are no files in it" },
    { "notes.txt", "Dear diary, nothing was recorded today.\n", "" },
    { "other.json", "{\"name\":\"playhead\",\"version\":3}", "" },
    { "list.json", "[1,2,3]", "" },
    { "still.json",
      "[{\"type\":4,\"data\":{\"href\":\"https://a.example/\",\"width\":1,\"height\":1},"
      "\"timestamp\":1},{\"type\":0,\"data\":{},\"timestamp\":2}]",
      "The recording has no full snapshot, so there is no page to show" },
  };
  g_autofree char *folder = ph_test_tmp_dir ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      static const char *const commands[] = { "info", "events", "html --at 0",
                                              "bench --no-stage" };
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      g_autofree char *prefix = g_strdup_printf ("playhead-cli: %s: ", cases[i].name);

      if (cases[i].content != NULL)
        g_assert_true (g_file_set_contents (path, cases[i].content, -1, NULL));
      else
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);

      for (guint k = 0; k < G_N_ELEMENTS (commands); k++)
        {
          g_autofree char *arguments = g_strdup_printf ("%s %s", commands[k], cases[i].name);
          g_auto (Result) result = run_in (folder, arguments);

          g_assert_cmpint (result.status, ==, 1);
          g_assert_cmpstr (result.out, ==, "");
          g_assert_true (g_str_has_prefix (result.err, prefix));
          g_assert_cmpuint (strlen (result.err), >, strlen (prefix) + 10);
          g_assert_nonnull (strstr (result.err, cases[i].message));
          g_assert_true (strchr (result.err, '\n') == result.err + strlen (result.err) - 1);
        }
    }

  {
    g_auto (Result) result = run_in (folder, "info nowhere.json");

    g_assert_cmpint (result.status, ==, 1);
    g_assert_cmpstr (result.err, ==, "playhead-cli: nowhere.json: There is no such file\n");
  }

  ph_test_remove_tree (folder);
}

/* One bad file among good ones does not hide them. */
static void
test_some_bad (void)
{
  g_auto (Result) result = run ("info --json nowhere.json " PAGES);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_cmpint (result.status, ==, 1);
  g_assert_cmpstr (result.err, ==, "playhead-cli: nowhere.json: There is no such file\n");
  g_assert_true (json_parser_load_from_data (parser, result.out, -1, NULL));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_parser_get_root (parser))), ==,
                    1);
}

/* A recording that was cut plays up to there and says so. */
static void
test_cut (void)
{
  g_autofree char *whole = ph_test_fixture (PAGES);
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "cut.json", NULL);
  g_autofree char *text = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (whole, &text, &size, NULL));
  g_assert_true (g_file_set_contents (path, text, (gssize) size / 2, NULL));

  {
    g_auto (Result) result = run_in (folder, "info --json cut.json");
    g_auto (Result) page = run_in (folder, "html cut.json --at 100%");

    g_assert_cmpint (result.status, ==, 0);
    g_assert_nonnull (strstr (result.out, "\"kind\" : \"truncated\""));
    g_assert_cmpint (page.status, ==, 0);
    g_assert_nonnull (strstr (page.out, "<title>The list</title>"));
  }

  ph_test_remove_tree (folder);
}

static void
test_no_page (void)
{
  static const char *const commands[] = { "html", "html --rendered", "state", "state --rendered",
                                          "shot -o /nowhere/x.png" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *arguments =
        g_strdup_printf ("%s %s --at 1 --window 2", commands[i], WINDOWS);
      g_auto (Result) result = run (arguments);

      g_assert_cmpint (result.status, ==, 1);
      g_assert_cmpstr (result.err, ==,
                       "playhead-cli: " WINDOWS ": Window 2 has no page at 0:01.0\n");
    }
}

static void
test_output_file (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "page.html", NULL);
  g_autofree char *arguments = g_strdup_printf ("html " PAGES " --at 100%% -o %s", path);
  g_autofree char *nowhere = g_strdup_printf ("html " PAGES " --at 0 -o %s/no/x.html", folder);
  g_autofree char *html = NULL;
  g_auto (Result) result = run (arguments);
  g_auto (Result) failed = run (nowhere);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (result.out, ==, "");
  g_assert_true (g_file_get_contents (path, &html, NULL, NULL));
  ph_test_golden ("cli/html-thanks.html", html);
  g_assert_cmpint (failed.status, ==, 1);

  ph_test_remove_tree (folder);
}

/* Names and texts out of an archive cannot write to the terminal. */
static void
test_hostile_text (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "hostile.json", NULL);
  const char *text =
    "[{\"type\":4,\"timestamp\":1,\"data\":{\"href\":\"https://a.example/\\u001b[2J\\u202eevil\","
    "\"width\":1,\"height\":1}},{\"type\":2,\"timestamp\":1,\"data\":{\"node\":{\"type\":0,"
    "\"id\":1,\"childNodes\":[{\"type\":2,\"id\":2,\"tagName\":\"html\",\"attributes\":{},"
    "\"childNodes\":[{\"type\":2,\"id\":3,\"tagName\":\"title\",\"attributes\":{},"
    "\"childNodes\":[{\"type\":3,\"id\":4,\"textContent\":\"a\\u0007b\\nc\"}]}]}]}}}]";

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  {
    g_auto (Result) result = run_in (folder, "info hostile.json");

    g_assert_cmpint (result.status, ==, 0);
    g_assert_nonnull (strstr (result.out, "example/␛[2J⟨U+202E⟩evil  “a␇b c”"));
    g_assert_null (strchr (result.out, '\033'));
  }

  ph_test_remove_tree (folder);
}

/* --- the helper ------------------------------------------------------------ */

static void
test_helper_arguments (void)
{
  static const struct
  {
    const char *arguments;
    const char *passed;
  } cases[] = {
    { "shot " PAGES " --at 1.5 -o OUT", "shot " PAGES " --at 1500000 -o OUT" },
    { "shot " PAGES " --at 50% --plain --size 800x600 --output OUT",
      "shot " PAGES " --at 17500000 --size 800x600 --plain -o OUT" },
    { "shot " WINDOWS " --at 5 --window second -o OUT",
      "shot " WINDOWS " --at 5000000 --window 1 -o OUT" },
    { "shot " PAGES " --at 1.5 --allow-host B.example --assets http://a.example/x -o OUT",
      "shot " PAGES " --at 1500000 --assets http://a.example/x --allow-host b.example -o OUT" },
    { "clip " PAGES " --from 1 --to 50% -o OUT.webm",
      "clip " PAGES " --form webm --from 1000000 --to 17500000 -o OUT.webm" },
    { "clip " PAGES " --from 1 --to 2 --form webm-vp9 --fps 60 --speed 1.5 --no-idle -o OUT",
      "clip " PAGES " --form webm-vp9 --from 1000000 --to 2000000 --fps 60 --speed 1500 --no-idle"
      " -o OUT" },
    { "clip " PAGES " --from 1 --to 2 --sheet 4x3 --size 320x200 --plain -o OUT.PNG",
      "clip " PAGES " --form sheet --from 1000000 --to 2000000 --size 320x200 --sheet 4x3"
      " --no-pointer --no-clicks -o OUT.PNG" },
    { "clip " WINDOWS " --from 5 --to 6 --window second --address --clock --title a"
      " --no-pointer --allow-host b.example -o OUT.Mp4",
      "clip " WINDOWS " --form mp4 --from 5000000 --to 6000000 --window 1 --no-pointer --address"
      " --clock --title a --allow-host b.example -o OUT.Mp4" },
    { "clip " PAGES " --from 1 --to 1 -o OUT.png",
      "clip " PAGES " --form png --from 1000000 --to 1000000 -o OUT.png" },
    { "html " PAGES " --rendered --at 0:02 -o OUT", "html " PAGES " --at 2000000 -o OUT" },
    { "state " PAGES " --rendered --at 0:02 -o OUT", "state " PAGES " --at 2000000 -o OUT" },
  };
  g_autofree char *fixtures = ph_test_fixture ("");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path =
    install_helper (folder, "#!/bin/sh\nfor last; do :; done\necho \"$@\" >\"$last\"\n");
  g_autofree char *output = g_build_filename (folder, "out", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
      g_autoptr (GString) arguments = g_string_new (cases[i].arguments);
      g_autoptr (GString) passed = g_string_new (cases[i].passed);
      g_autofree char *written = NULL;
      g_autofree char *text = NULL;

      g_string_replace (arguments, "OUT", output, 0);
      g_string_replace (passed, "OUT", output, 0);
      g_string_append_c (passed, '\n');
      g_subprocess_launcher_setenv (launcher, "DISPLAY", ":no", TRUE);

      {
        g_auto (Result) result = run_program (path, fixtures, launcher, arguments->str);

        g_assert_cmpstr (result.err, ==, "");
        g_assert_cmpint (result.status, ==, 0);
      }

      written = g_strndup (strrchr (passed->str, ' ') + 1,
                           strlen (strrchr (passed->str, ' ') + 1) - 1);
      g_assert_true (g_file_get_contents (written, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, passed->str);
    }

  ph_test_remove_tree (folder);
}

static void
test_helper_to_standard_output (void)
{
  g_autofree char *fixtures = ph_test_fixture ("");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path =
    install_helper (folder, "#!/bin/sh\nfor last; do :; done\necho '<p>seen' >\"$last\"\n");
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();

  g_subprocess_launcher_setenv (launcher, "DISPLAY", ":no", TRUE);

  {
    g_auto (Result) result =
      run_program (path, fixtures, launcher, "html " PAGES " --rendered --at 1");

    g_assert_cmpint (result.status, ==, 0);
    g_assert_cmpstr (result.out, ==, "<p>seen\n");
  }

  ph_test_remove_tree (folder);
}

static void
test_helper_fails (void)
{
  static const struct
  {
    const char *script;
    const char *message;
  } cases[] = {
    { "#!/bin/sh\necho 'Gtk-WARNING: noise' >&2\necho 'playhead-render: no luck' >&2\nexit 1\n",
      "no luck" },
    { "#!/bin/sh\nexit 3\n", "The web view could not show the page" },
    { "#!/bin/sh\nkill -9 $$\n", "The web view ended with signal 9" },
  };
  static const char *const commands[] = {
    "shot " PAGES " --at 1 -o x.png",
    "bench " PAGES,
    "clip " PAGES " --from 1 --to 2 -o x.webm",
  };
  g_autofree char *fixtures = ph_test_fixture ("");
  g_autofree char *folder = ph_test_tmp_dir ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = install_helper (folder, cases[i].script);
      g_autofree char *message =
        g_strdup_printf ("playhead-cli: %s: %s\n", PAGES, cases[i].message);

      for (guint k = 0; k < G_N_ELEMENTS (commands); k++)
        {
          g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
          g_auto (Result) result = { 0 };

          g_subprocess_launcher_setenv (launcher, "DISPLAY", ":no", TRUE);
          result = run_program (path, fixtures, launcher, commands[k]);
          g_assert_cmpint (result.status, ==, 1);
          g_assert_cmpstr (result.err, ==, message);
        }
    }

  ph_test_remove_tree (folder);
}

/* --- bench ----------------------------------------------------------------- */

static JsonObject *
parse_object (const Result *result,
              JsonParser *parser)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (result->err, ==, "");
  g_assert_cmpint (result->status, ==, 0);
  json_parser_load_from_data (parser, result->out, -1, &error);
  g_assert_no_error (error);

  return json_node_get_object (json_parser_get_root (parser));
}

static void
check_members (JsonObject *object,
               const char *const *names)
{
  g_assert_cmpuint (json_object_get_size (object), ==, g_strv_length ((char **) names));

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_test_message ("%s", names[i]);
      g_assert_true (json_object_has_member (object, names[i]));
    }
}

/* 0 ≤ median ≤ 95 in 100 ≤ the largest */
static void
check_spread (JsonObject *object,
              const char *name)
{
  static const char *const names[] = { "p50", "p95", "max", NULL };
  JsonObject *spread = json_object_get_object_member (object, name);
  double p50 = json_object_get_double_member (spread, "p50");
  double p95 = json_object_get_double_member (spread, "p95");

  check_members (spread, names);
  g_assert_cmpfloat (p50, >, 0);
  g_assert_cmpfloat (p50, <=, p95);
  g_assert_cmpfloat (p95, <=, json_object_get_double_member (spread, "max"));
}

/* The shape of what is printed: how long things take is another matter. */
static void
test_bench_without_stage (void)
{
  static const char *const names[] = {
    "archive_bytes", "events", "import_s", "import_mb_per_s", "seeks",
    "engine_seek_ms", "rss_mb", "recording_bytes", NULL
  };
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_autofree char *fixtures = ph_test_fixture ("");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (Result) result = { 0 };
  g_auto (Result) text = { 0 };
  JsonObject *object;

  /* No display, and none that could be started. */
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_setenv (launcher, "PATH", "/nowhere", TRUE);
  result = run_program (NULL, fixtures, launcher, "bench " PAGES " --json --no-stage --seeks 7");

  object = parse_object (&result, parser);
  check_members (object, names);
  g_assert_cmpint (json_object_get_int_member (object, "archive_bytes"), ==, 5510);
  g_assert_cmpint (json_object_get_int_member (object, "events"), ==, 26);
  g_assert_cmpint (json_object_get_int_member (object, "seeks"), ==, 7);
  g_assert_cmpfloat (json_object_get_double_member (object, "import_s"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (object, "import_mb_per_s"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (object, "rss_mb"), >, 1);
  check_spread (object, "engine_seek_ms");

  text = run ("bench " PAGES " --no-stage --seeks 3");
  g_assert_cmpint (text.status, ==, 0);
  g_assert_true (g_str_has_prefix (text.out, "two-pages.json\n  Archive "));
  g_assert_nonnull (strstr (text.out, ", 26 events\n"));
  g_assert_null (strstr (text.out, "First picture"));
}

/* What the helper measures is taken over, and it is asked for the right times. */
static void
test_bench_with_stage (void)
{
  static const char *const names[] = {
    "archive_bytes", "events", "import_s", "import_mb_per_s", "first_picture_ms", "cold_start_ms",
    "seeks", "engine_seek_ms", "seek_ms", "scrub_pictures_per_s", "rss_mb",
    "recording_bytes",
    "refused", NULL
  };
  static const char script[] =
    "#!/bin/sh\n"
    "if [ \"$3\" = --since ] && [ \"$4\" -gt 0 ]; then echo cold-start 750.5; exit 0; fi\n"
    "[ \"$*\" = 'bench " PAGES "' ] || exit 1\n"
    "echo 'Gtk-WARNING: noise' >&2\n"
    "echo refused 3\n"
    "echo first-picture 80.25\n"
    "while read -r time\n"
    "do echo \"$time\" >>\"$TIMES\"\n"
    "if [ \"$time\" = scrub ]; then echo scrub 42.5\n"
    "else echo \"seek $((time / 1000000)).5\"; fi; done\n";
  g_autofree char *fixtures = ph_test_fixture ("");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = install_helper (folder, script);
  g_autofree char *times = g_build_filename (folder, "times", NULL);
  g_autofree char *asked = NULL;
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (Result) result = { 0 };
  JsonObject *object;

  g_subprocess_launcher_setenv (launcher, "DISPLAY", ":no", TRUE);
  g_subprocess_launcher_setenv (launcher, "TIMES", times, TRUE);
  result = run_program (path, fixtures, launcher, "bench --seeks 3 --json " PAGES);

  object = parse_object (&result, parser);
  check_members (object, names);
  check_spread (object, "seek_ms");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "cold_start_ms"), 750.5,
                                  1e-6);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "first_picture_ms"), 80.25,
                                  1e-6);
  g_assert_cmpfloat_with_epsilon (
    json_object_get_double_member (json_object_get_object_member (object, "seek_ms"), "max"),
    23.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "scrub_pictures_per_s"),
                                  42.5, 1e-6);
  g_assert_cmpfloat (json_object_get_double_member (object, "rss_mb"), >, 0);
  g_assert_cmpint (json_object_get_int_member (object, "refused"), ==, 3);
  g_assert_true (g_file_get_contents (times, &asked, NULL, NULL));
  g_assert_cmpstr (asked, ==, "22930391\n10668501\n23623622\nscrub\n");

  ph_test_remove_tree (folder);
}

/* Without a display one is started, and is gone afterwards; without Xvfb that is said. */
static void
test_own_display (void)
{
  g_autofree char *xvfb = g_find_program_in_path ("Xvfb");
  g_autofree char *fixtures = ph_test_fixture ("");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path =
    install_helper (folder, "#!/bin/sh\nfor last; do :; done\nprintf %s \"$DISPLAY\" >\"$last\"\n");

  {
    g_autoptr (GSubprocessLauncher) launcher = new_launcher ();

    g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
    g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
    g_subprocess_launcher_setenv (launcher, "PATH", "/nowhere", TRUE);

    {
      g_auto (Result) result =
        run_program (path, fixtures, launcher, "html " PAGES " --rendered --at 1");

      g_assert_cmpint (result.status, ==, 1);
      g_assert_nonnull (strstr (result.err, "There is no display, and Xvfb"));
    }
  }

  if (xvfb != NULL)
    {
      g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
      g_autofree char *socket = NULL;

      g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
      g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");

      {
        g_auto (Result) result =
          run_program (path, fixtures, launcher, "html " PAGES " --rendered --at 1");

        g_assert_cmpstr (result.err, ==, "");
        g_assert_cmpint (result.status, ==, 0);
        g_assert_true (result.out[0] == ':');
        g_assert_true (result.out[1] >= '0');
        socket = g_strconcat ("/tmp/.X11-unix/X", result.out + 1, NULL);
        g_assert_false (g_file_test (socket, G_FILE_TEST_EXISTS));
      }
    }

  ph_test_remove_tree (folder);
}

/* What `events` prints is an archive again, and prints the same. */
static void
test_round_trip (void)
{
  g_autofree char *demo = ph_test_demo ("acme-shop.json.gz");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "again.ndjson", NULL);
  g_autofree char *arguments = g_strconcat ("events ", demo, NULL);
  g_auto (Result) first = run (arguments);
  g_auto (Result) again = { 0 };

  g_assert_cmpint (first.status, ==, 0);
  g_assert_true (g_file_set_contents (path, first.out, -1, NULL));
  again = run_in (folder, "events again.ndjson");
  g_assert_cmpint (again.status, ==, 0);
  g_assert_true (g_str_equal (first.out, again.out));

  ph_test_remove_tree (folder);
}

/* An archive, its recording, and the archive made from that give the same everywhere. */
static void
test_convert (void)
{
  static const char *const chain[] = { "a.playhead", "b.playhead", "c.json.gz", "d.playhead",
                                       "e.ndjson.zst", "f.json", "g.ndjson", "h.json.zst" };
  g_autofree char *demo = ph_test_demo ("acme-shop.json.gz");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *first = g_strconcat ("events ", demo, NULL);
  g_autofree char *page = g_strconcat ("html --at 50% ", demo, NULL);
  g_auto (Result) events = run (first);
  g_auto (Result) html = run (page);
  const char *from = demo;

  for (guint i = 0; i < G_N_ELEMENTS (chain); i++)
    {
      g_autofree char *convert = g_strdup_printf ("convert %s -o %s", from, chain[i]);
      g_autofree char *list = g_strconcat ("events ", chain[i], NULL);
      g_autofree char *show = g_strconcat ("html --at 50% ", chain[i], NULL);
      g_autofree char *verify = g_strconcat ("verify --deep ", chain[i], NULL);
      g_auto (Result) done = run_in (folder, convert);
      g_auto (Result) events_again = run_in (folder, list);
      g_auto (Result) html_again = run_in (folder, show);
      g_auto (Result) verified = run_in (folder, verify);
      g_autofree char *sound = g_strconcat (chain[i], ": sound, 622 events, 200 seeks\n", NULL);

      g_assert_cmpstr (done.err, ==, "");
      g_assert_cmpint (done.status, ==, 0);
      g_assert_true (g_str_equal (events.out, events_again.out));
      g_assert_true (g_str_equal (html.out, html_again.out));
      g_assert_cmpstr (verified.err, ==, "");
      g_assert_cmpstr (verified.out, ==, sound);
      from = chain[i];
    }

  ph_test_remove_tree (folder);
}

/* Clips that are no pictures need no display: a recording shows what the archive does. */
static void
test_clip (void)
{
  static const char *const files[] = { "a.playhead", "b.json.gz", "c.playhead" };
  g_autofree char *demo = ph_test_demo ("acme-shop.json.gz");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *page = g_strconcat ("html --at 30 ", demo, NULL);
  g_autofree char *clip = g_strconcat ("clip --from 20 --to 50 -o a.playhead ", demo, NULL);
  g_autofree char *other = g_strconcat ("clip --from 20 --to 50 -o d.HTML ", demo, NULL);
  g_autofree char *written = g_build_filename (folder, "d.HTML", NULL);
  g_autofree char *text = NULL;
  g_auto (Result) html = run (page);
  g_auto (Result) made = run_in (folder, clip);
  g_auto (Result) exported = run_in (folder, "convert a.playhead -o b.json.gz");
  g_auto (Result) imported = run_in (folder, "convert b.json.gz -o c.playhead");
  g_auto (Result) browsed = run_in (folder, other);

  g_assert_cmpstr (made.err, ==, "");
  g_assert_cmpint (made.status | exported.status | imported.status | browsed.status, ==, 0);
  g_assert_true (g_file_get_contents (written, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "<!DOCTYPE html>\n"));

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *show = g_strconcat ("html --at 10 ", files[i], NULL);
      g_autofree char *verify = g_strconcat ("verify --deep ", files[i], NULL);
      g_auto (Result) again = run_in (folder, show);
      g_auto (Result) verified = run_in (folder, verify);

      g_assert_cmpstr (again.out, ==, html.out);
      g_assert_cmpint (verified.status, ==, 0);
    }

  ph_test_remove_tree (folder);
}

/* A recording with a byte changed, or cut, anywhere: said in a line, and no harm done. */
static void
test_verify_damaged (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autofree char *fixture = ph_test_fixture (PAGES);
  g_autofree char *convert = g_strdup_printf ("convert %s -o a.playhead", fixture);
  g_auto (Result) made = run_in (folder, convert);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autofree char *data = NULL;
  guint n_found = 0;
  gsize size;

  g_assert_cmpint (made.status, ==, 0);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));

  for (guint i = 0; i < 40; i++)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) size);
      g_auto (Result) result = { 0 };
      char byte = data[at];

      data[at] ^= 0x10;
      g_assert_true (
        g_file_set_contents (path, data, i % 4 == 0 ? (gssize) at : (gssize) size, NULL));
      data[at] = byte;
      result = run_in (folder, "verify a.playhead");
      g_assert_cmpint (result.status, <=, 1);
      g_assert_cmpint (result.status, ==, result.out[0] == '\0');
      g_assert_cmpint (result.status, ==,
                       g_str_has_prefix (result.err, "playhead-cli: a.playhead: "));
      g_assert_true (i % 4 != 0 || result.status == 1);
      n_found += (guint) result.status;
    }

  g_assert_cmpuint (n_found, >=, 15);
  ph_test_remove_tree (folder);
}

/* A recording of a later version. */
static void
test_later_version (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autofree char *fixture = ph_test_fixture (PAGES);
  g_autofree char *convert = g_strdup_printf ("convert %s -o a.playhead", fixture);
  g_auto (Result) made = run_in (folder, convert);
  g_auto (Result) result = { 0 };
  g_autofree char *data = NULL;
  gsize size;

  g_assert_cmpint (made.status, ==, 0);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  data[63] = 9; /* the low byte of SQLite's user_version */
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  result = run_in (folder, "info a.playhead");
  g_assert_cmpint (result.status, ==, 1);
  g_assert_cmpstr (result.err, ==,
                   "playhead-cli: a.playhead: A later version of Playhead made this recording "
                   "(format 9; this one reads up to 3)\n");

  ph_test_remove_tree (folder);
}

/* A folder with two sessions: they are listed, and one of them is named. */
static void
test_several (void)
{
  static const struct
  {
    const char *arguments;
    int status;
    const char *out; /* a part of it */
    const char *err;
  } cases[] = {
    { "info two", 0,
      "  Sessions  2\n    1  1970-01-01 00:00:01 UTC  b.json  rrweb-ndjson, 1 file, ",
      "" },
    { "info --json two", 0, "\"key\" : \"a.json\"", "" },
    { "info --json two", 0, "\"url\" : \"https://b.example/\"", "" },
    { "info two --session 2", 0, "https://a.example/", "" },
    { "events two --session a.json --kind meta", 0, "https://a.example/", "" },
    { "events two --session 1 --kind meta", 0, "https://b.example/", "" },
    { "events two", 1, "",
      "playhead-cli: two: This archive holds 2 sessions; --session says which, and info lists "
      "them\n" },
    { "events two --session 3", 1, "",
      "playhead-cli: two: --session: it holds 2, and none that is “3”\n" },
    { "info two/a.json --session 1", 0, "https://a.example/", "" },
  };
  static const char *const names[] = { "a", "b" };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *below = g_build_filename (folder, "two", NULL);

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.json", below, names[i]);
      g_autofree char *text = g_strdup_printf (
        "{\"type\":4,\"timestamp\":%u,\"data\":{\"href\":\"https://%s.example/\",\"width\":9,"
        "\"height\":9}}\n{\"type\":2,\"timestamp\":%u,\"data\":{\"node\":{\"type\":0,\"id\":1,"
        "\"childNodes\":[]},\"initialOffset\":{\"top\":0,\"left\":0}}}\n",
        2000 - 1000 * i, names[i], 2001 - 1000 * i);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
    }

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Result) result = run_in (folder, cases[i].arguments);

      g_test_message ("%s", cases[i].arguments);
      g_assert_cmpstr (result.err, ==, cases[i].err);
      g_assert_cmpint (result.status, ==, cases[i].status);
      g_assert_nonnull (strstr (result.out, cases[i].out));
    }

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  program_init (&argc, &argv);

  g_test_add_func ("/cli/several", test_several);
  g_test_add_func ("/cli/golden", test_golden);
  g_test_add_func ("/cli/version", test_version);
  g_test_add_func ("/cli/wrong-usage", test_wrong_usage);
  g_test_add_func ("/cli/bad-input", test_bad_input);
  g_test_add_func ("/cli/some-bad", test_some_bad);
  g_test_add_func ("/cli/cut", test_cut);
  g_test_add_func ("/cli/no-page", test_no_page);
  g_test_add_func ("/cli/output-file", test_output_file);
  g_test_add_func ("/cli/hostile-text", test_hostile_text);
  g_test_add_func ("/cli/helper-arguments", test_helper_arguments);
  g_test_add_func ("/cli/helper-to-standard-output", test_helper_to_standard_output);
  g_test_add_func ("/cli/helper-fails", test_helper_fails);
  g_test_add_func ("/cli/bench-without-stage", test_bench_without_stage);
  g_test_add_func ("/cli/bench-with-stage", test_bench_with_stage);
  g_test_add_func ("/cli/own-display", test_own_display);
  g_test_add_func ("/cli/round-trip", test_round_trip);
  g_test_add_func ("/cli/convert", test_convert);
  g_test_add_func ("/cli/clip", test_clip);
  g_test_add_func ("/cli/verify-damaged", test_verify_damaged);
  g_test_add_func ("/cli/later-version", test_later_version);

  return g_test_run ();
}
