/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-text.h"
#include "ph-archive.h"
#include "ph-json-write.h"
#include "ph-test.h"
#include "ph-trace-maker.h"

#include <sys/resource.h>
#include <time.h>

/*
 * How fast the archives of tools that wrap events, or have a form of their own, are
 * read: megabytes of what is unpacked a second of the processor, and the most memory
 * the program has had, of which @WANTED is the archive itself.
 */

#define WANTED ((gsize) 60 * 1024 * 1024)
#define PART 500
#define N_ROWS 400

/* An event every ten milliseconds, no two alike; a snapshot now and then. */
static char *
make_event (guint i)
{
  GString *text;

  if (i % PART > 0)
    return g_strdup_printf ("{\"type\":3,\"data\":{\"source\":1,\"positions\":[{\"x\":%u,\"y\":34,"
                            "\"id\":7,\"timeOffset\":0}]},\"timestamp\":%" G_GINT64_FORMAT "}",
                            i % 1000, G_GINT64_CONSTANT (1700000000000) + 10 * i);

  text = g_string_new (NULL);
  bench_append_snapshot (text);
  g_string_truncate (text, text->len - strlen (",\"timestamp\":1700000000000},"));
  g_string_append_printf (text, ",\"timestamp\":%" G_GINT64_FORMAT "}",
                          G_GINT64_CONSTANT (1700000000000) + 10 * i);

  return g_string_free (text, FALSE);
}

/* What stands around a part of the events, around each of them, and around all. */
typedef struct
{
  const char *kind;
  const char *begin, *end;
  const char *part_begin, *part_end;
  const char *before, *after;
  gboolean as_string; /* each is a JSON string that holds an event */
} Wrapper;

static const Wrapper wrappers[] = {
  { "sentry", "[", "[]]", "[", "],", "", "", FALSE },
  { "highlight", "", "",
    "{\"session_secure_id\":\"abc\",\"payload_id\":\"1\",\"events\":{\"events\":[", "]}}\n", "", "",
    FALSE },
  { "amplitude", "", "", "{\"version\":1,\"events\":[", "]}\n", "", "", TRUE },
  { "mixpanel", "", "", "[", "]\n", "", "", FALSE },
  { "faro", "", "",
    "{\"meta\":{\"app\":{\"name\":\"shop\"},\"session\":{\"id\":\"s1\"},\"sdk\":{\"name\":"
    "\"@grafana/faro-core\",\"version\":\"1.19.0\"}},\"events\":[",
    "]}\n", "{\"name\":\"faro.session_recording.event\",\"domain\":\"browser\",\"attributes\":"
            "{\"event\":",
    "},\"timestamp\":\"2023-11-14T22:13:20.010Z\"}", TRUE },
};

static GString *
wrap (const Wrapper *wrapper)
{
  GString *text = g_string_new (wrapper->begin);

  for (guint i = 0; text->len < WANTED; i++)
    {
      g_autofree char *event = make_event (i);

      if (i % PART == 0)
        g_string_append_printf (text, "%s%s", i > 0 ? wrapper->part_end : "", wrapper->part_begin);
      else
        g_string_append_c (text, ',');

      g_string_append (text, wrapper->before);

      if (wrapper->as_string)
        ph_json_write_string (text, event, -1);
      else
        g_string_append (text, event);

      g_string_append (text, wrapper->after);
    }

  g_string_append_printf (text, "%s%s", wrapper->part_end, wrapper->end);

  return text;
}

/* Records of Datadog in the form that says what changed: a page, then where the pointer is. */
static GString *
make_datadog (void)
{
  GString *text = g_string_new ("{\"records\":[");

  for (guint i = 0; text->len < WANTED; i++)
    {
      gint64 time = G_GINT64_CONSTANT (1700000000000) + 10 * i;

      if (i > 0)
        g_string_append_c (text, ',');

      if (i % PART > 0)
        {
          g_string_append_printf (text,
                                  "{\"type\":3,\"timestamp\":%" G_GINT64_FORMAT ",\"data\":{"
                                  "\"source\":1,\"positions\":[{\"x\":%u,\"y\":34,\"id\":1,"
                                  "\"timeOffset\":0}]}}",
                                  time, i % 1000);
          continue;
        }

      g_string_append_printf (text,
                              "{\"type\":2,\"format\":1,\"timestamp\":%" G_GINT64_FORMAT
                              ",\"data\":[[11,[1,\"#document\",\"#doctype\",\"html\",\"body\","
                              "\"div\",\"#text\",\"class\",\"row\"]],[1,[null,0],"
                              "[1,1,\"html\",\"\",\"\"],[0,2],[1,3]",
                              time);

      for (guint k = 0; k < 400; k++)
        g_string_append_printf (text, ",[%u,4,[6,7]],[1,5,\"Some text of a page, %u\"]", 1 + 2 * k,
                                k);

      g_string_append (text, "]]}");
    }

  g_string_append (text, "]}");

  return text;
}

/* A page in whole, then what changed of it: each twentieth row. */
static GString *
make_trace (void)
{
  g_autofree char *context = g_strdup_printf (PH_TRACE_CONTEXT, 8);
  GString *text = g_string_new (context);
  struct
  {
    guint picture, node;
  } last[N_ROWS];

  for (guint i = 0; text->len < WANTED; i++)
    {
      guint n_nodes = 0;

      g_string_append_printf (text,
                              "{'type':'frame-snapshot','snapshot':{'callId':'c%u','phase':"
                              "'after','pageId':'page@1','frameId':'frame@1','frameUrl':"
                              "'https://a.example/','html':['HTML',{},['BODY',{}",
                              i);

      for (guint k = 0; k < N_ROWS; k++)
        {
          /* What did not change is said by how many pictures ago it was, and which node there. */
          if (i > 0 && (i + k) % 20 > 0)
            {
              g_string_append_printf (text, ",[[%u,%u]]", i - last[k].picture, last[k].node);
              continue;
            }

          g_string_append_printf (text, ",['DIV',{'class':'row item-%u'},'Some text, %u']", k,
                                  i + k);
          last[k].picture = i;
          last[k].node = n_nodes + 1;
          n_nodes += 2;
        }

      g_string_append_printf (text,
                              "]],'doctype':'html','viewport':{'width':640,'height':480},"
                              "'timestamp':%u,'resourceOverrides':[],'isMainFrame':true}}\n",
                              1050 + 10 * i);
    }

  for (char *p = text->str; *p != '\0'; p++)
    {
      if (*p == '\'')
        *p = '"';
    }

  return text;
}

static gboolean
count_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  return TRUE;
}

static void
tell (const char *kind,
      gsize bytes,
      const PhArchiveInfo *info,
      clock_t begin)
{
  double seconds = (double) (clock () - begin) / CLOCKS_PER_SEC;
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  g_print ("{\"bench\":\"wrapped\",\"kind\":\"%s\",\"format\":\"%s\",\"mb_per_s\":%.0f,"
           "\"events\":%d,\"archive_mb\":%.0f,\"max_rss_mb\":%.0f}\n",
           kind, info->format, (double) bytes / 1e6 / seconds, (int) info->n_events,
           (double) bytes / 1e6, (double) usage.ru_maxrss / 1024);
}

static void
run_text (const char *kind,
          GString *text)
{
  static const PhSink sink = { count_cb, NULL };
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (text);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  clock_t begin = clock ();

  info = ph_archive_read_stream (stream, 0, &sink, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  tell (kind, g_bytes_get_size (bytes), info, begin);
}

/* A trace is a folder, or a zip. */
static void
run_trace (void)
{
  static const PhSink sink = { count_cb, NULL };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  GString *text = make_trace ();
  gsize size = text->len;
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  clock_t begin;

  ph_trace_write_file (folder, "trace.trace", text->str);
  g_string_free (text, TRUE);
  begin = clock ();
  info = ph_archive_read (file, &sink, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  tell ("playwright", size, info, begin);
  ph_test_remove_tree (folder);
}

/* Each kind in a process of its own, so that memory is its own: the name is the argument. */
int
main (int argc,
      char **argv)
{
  const char *wanted = argc > 1 ? argv[1] : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrappers); i++)
    {
      if (wanted == NULL || g_str_equal (wanted, wrappers[i].kind))
        run_text (wrappers[i].kind, wrap (&wrappers[i]));
    }

  if (wanted == NULL || g_str_equal (wanted, "datadog"))
    run_text ("datadog", make_datadog ());

  if (wanted == NULL || g_str_equal (wanted, "playwright"))
    run_trace ();

  return 0;
}
