/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One page was recorded with other people's own recorders, and the live page saved at moments
 * at which nothing moved (tests/record/vendors). Each recording is opened as any file is, and
 * the engine must come to the same page, byte for byte. What a recorder leaves out or hides
 * is said in its file there. What the recorders know beyond the page must come out too.
 */
#include "ph-css-rules.h"
#include "ph-cursor.h"
#include "ph-dom-write.h"
#include "ph-json.h"
#include "ph-sheets.h"
#include "ph-test.h"

#include <string.h>

#define MILLISECOND (PH_SECOND / 1000)
/* How much is shown of two texts that differ. */
#define SHOWN 240
#define N_MOMENTS 11

typedef struct
{
  const char *archive;
  const char *truth;
  const char *format;
  const char *recorder;
  const char *const *facts;   /* section, name and value: `user id=s-1` */
  const char *const *moments; /* kind, and how the text begins: `error Uncaught` */
  gboolean is_late;           /* it writes some things down later than others that came after */
} Vendor;

/* What all say that record the console, requests and errors with rrweb's words. */
#define MOMENTS                                                                                    \
  "page http://garden.example/", "click input “who”", "input input “Name”", "input select #month", \
    "click button “Send”", "resize 800 × 500", "console log: asking {\"for\":\"rain\"}",           \
    "console warn: clouds", "error Error: no snow"

static const char *const no_facts[] = { NULL };

static const char *const posthog_moments[] = {
  MOMENTS,
  "error Uncaught Error: no water left",
  "request GET 200 http://garden.example/rain.json?day=1",
  "request POST 404 http://garden.example/snow.json",
  "page http://garden.example/pond",
  NULL,
};

static const char *const posthog_facts[] = {
  "properties project=phc_garden",
  "properties api_host=http://garden.example",
  NULL,
};

static const char *const posthog_sent_facts[] = {
  "properties project=phc_garden",
  "properties sdk=web",
  "properties sdk_version=1.449.2",
  NULL,
};

static const char *const posthog_export_facts[] = {
  "user id=s-1",
  "user name=Gardener",
  "user email=gardener@example.org",
  "device os=Linux",
  "device browser=Chrome",
  "device browser_version=142",
  "properties project=phc_garden",
  NULL,
};

static const char *const sentry_moments[] = {
  MOMENTS,
  "request GET 200 /rain.json?day=1",
  "request POST 404 /snow.json",
  "custom web-vital: largest-contentful-paint",
  "page http://garden.example/pond",
  NULL,
};

static const char *const sentry_sent_moments[] = {
  MOMENTS,
  "error Error: watered",
  "error Error: no water left",
  "request POST 404 /snow.json",
  "page http://garden.example/pond",
  NULL,
};

/* Names of fields are hidden too, and addresses say that it is so. */
static const char *const sentry_masked_moments[] = {
  "page http://garden.example/?masked",
  "input input “****”",
  "click button “****”",
  "resize 800 × 500",
  "error Error: no snow",
  "page http://garden.example/pond?masked",
  NULL,
};

static const char *const sentry_sent_facts[] = {
  "user id=s-1",
  "user name=Gardener",
  "user email=gardener@example.org",
  "device language=en-GB",
  "properties release=garden@1.0",
  "properties environment=test",
  "properties tags={\"plan\":\"yearly\"}",
  "properties sdk=sentry.javascript.browser",
  "properties sdk_version=11.12.0",
  NULL,
};

/* There is no event of typing: only what was called. */
static const char *const playwright_moments[] = {
  "page http://garden.example/",
  "custom goto http://garden.example/",
  "request GET 200 http://garden.example/leaf.svg",
  "custom keyboardType",
  "click input “who”",
  "click button “Send”",
  "click p “Spade and rake”",
  "resize 800 × 500",
  "console log: asking {for: rain}",
  "console warn: clouds",
  "request GET 200 http://garden.example/rain.json?day=1",
  "request POST 404 http://garden.example/snow.json",
  "error Error: no snow",
  "error Error: no water left",
  "page http://garden.example/pond",
  NULL,
};

static const char *const playwright_facts[] = {
  "device browser=chromium",
  "device os=linux",
  "device viewport={\"width\":900,\"height\":600}",
  "properties title=garden",
  "properties sdk=playwright",
  "properties sdk_version=1.65.1",
  NULL,
};

/* Of an error that is logged nothing is recorded but where it was. */
static const char *const highlight_moments[] = {
  "page http://garden.example/",
  "click input “who”",
  "input input “Name”",
  "click button “Send”",
  "resize 800 × 500",
  "custom Track: {\"times\":2,\"event\":\"watered\"}",
  "console log: asking {\"for\":\"rain\"}",
  "console warn: clouds",
  "request GET 200 http://garden.example/rain.json?day=1",
  "request POST 404 http://garden.example/snow.json",
  "error Uncaught Error: no water left",
  "page http://garden.example/pond",
  NULL,
};

/* The events alone: lines of the console, requests and errors are kept elsewhere. */
static const char *const highlight_stored_moments[] = {
  "page http://garden.example/",
  "click button “Send”",
  "custom Track: {\"times\":2,\"event\":\"watered\"}",
  "page http://garden.example/pond",
  NULL,
};

static const char *const highlight_facts[] = {
  "user id=s-1",
  "user email=gardener@example.org",
  "user plan=yearly",
  "properties session_id=garden-session",
  "properties environment=test",
  "properties release=1.0",
  "properties service=garden",
  "properties sdk_version=10.7.5",
  "properties project=1",
  NULL,
};

static const char *const highlight_stored_facts[] = {
  "user id=s-1",
  "user email=gardener@example.org",
  NULL,
};

/* Who it was is in the headers and the address of what is sent. */
static const char *const amplitude_moments[] = {
  MOMENTS,
  "error Uncaught Error: no water left",
  "request GET 200 /rain.json?day=1",
  "request POST 404 /snow.json",
  "page http://garden.example/pond",
  NULL,
};

/* Who it was is in the address of what is sent. */
static const char *const mixpanel_moments[] = {
  MOMENTS,
  "error Uncaught Error: no water left",
  "request GET 200 http://garden.example/rain.json?day=1",
  "request POST 404 http://garden.example/snow.json",
  "page http://garden.example/pond",
  NULL,
};

/* Errors, requests and who it was are sent apart from the pages. */
static const char *const datadog_moments[] = {
  "page http://garden.example/",
  "click input “who”",
  "input input “Name”",
  "input select #month",
  "click button “Send”",
  "resize 800 × 500",
  "page http://garden.example/pond",
  NULL,
};

static const char *const datadog_facts[] = { "properties project=a-1", NULL };

/* What is logged is a text, and a request has no method but in its trace. */
static const char *const faro_moments[] = {
  "page http://garden.example/",
  "click input “who”",
  "input input “Name”",
  "input select #month",
  "click button “Send”",
  "resize 800 × 500",
  "custom watered",
  "console log: asking [object Object]",
  "console warn: clouds",
  "request GET 200 http://garden.example/rain.json?day=1",
  "error Error: console.error: no snow",
  "error Error: no water left",
  "page http://garden.example/pond",
  NULL,
};

static const char *const faro_facts[] = {
  "user id=s-1",
  "user name=Gardener",
  "user email=gardener@example.org",
  "properties project=garden",
  "properties release=1.0",
  "properties environment=test",
  "properties sdk=faro-web",
  "properties sdk_version=2.12.1",
  NULL,
};

/* The network log of a browser in which such a recorder was at work. */
static const char *const log_moments[] = {
  "click input “who”",
  "input input “Name”",
  "click button “Send”",
  "resize 800 × 500",
  "console warn: clouds",
  NULL,
};

static const Vendor vendors[] = {
  { "faro/recorded-plain.har.gz", "faro/recorded-plain.truth.json.gz",
    "har", NULL, faro_facts, log_moments, TRUE },
  { "highlight/recorded-plain.har.gz", "highlight/recorded-plain.truth.json.gz",
    "har", "highlight", highlight_facts, log_moments, TRUE },
  { "posthog/recorded-log.har.gz", "posthog/recorded-log.truth.json.gz",
    "har", "posthog-js", posthog_sent_facts, log_moments, TRUE },
  { "sentry/recorded-log.har.gz", "sentry/recorded-log.truth.json.gz",
    "har", "sentry", sentry_sent_facts, log_moments, TRUE },
  { "amplitude/recorded-plain.sent.jsonl.gz", "amplitude/recorded-plain.truth.json.gz",
    "rrweb-object", "amplitude", no_facts, amplitude_moments, FALSE },
  { "datadog/recorded-plain.segments.jsonl.gz", "datadog/recorded-plain.truth.json.gz",
    "datadog", NULL, datadog_facts, datadog_moments, FALSE },
  { "faro/recorded-plain.sent.jsonl.gz", "faro/recorded-plain.truth.json.gz",
    "faro", NULL, faro_facts, faro_moments, TRUE },
  { "highlight/recorded-plain.sent.jsonl.gz", "highlight/recorded-plain.truth.json.gz",
    "highlight", "highlight", highlight_facts, highlight_moments, TRUE },
  { "highlight/recorded-plain.br", "highlight/recorded-plain.truth.json.gz",
    "highlight-object", "highlight", highlight_stored_facts, highlight_stored_moments, FALSE },
  { "mixpanel/recorded-plain.sent.jsonl.gz", "mixpanel/recorded-plain.truth.json.gz",
    "rrweb-array", NULL, no_facts, mixpanel_moments, FALSE },
  { "playwright/recorded-plain.zip", "playwright/recorded-plain.truth.json.gz",
    "playwright", NULL, playwright_facts, playwright_moments, TRUE },
  { "posthog/recorded-plain.blob.jsonl.gz", "posthog/recorded-plain.truth.json.gz",
    "posthog-blob", "posthog-js", posthog_facts, posthog_moments, FALSE },
  { "posthog/recorded-plain.sent.jsonl.gz", "posthog/recorded-plain.truth.json.gz",
    "posthog-api", "posthog-js", posthog_sent_facts, posthog_moments, FALSE },
  { "posthog/recorded-plain.export.json.gz", "posthog/recorded-plain.truth.json.gz",
    "posthog-export", "posthog-js", posthog_export_facts, posthog_moments, FALSE },
  { "sentry/recorded-plain.segments.json.gz", "sentry/recorded-plain.truth.json.gz",
    "sentry", "sentry", no_facts, sentry_moments, TRUE },
  { "sentry/recorded-plain.envelopes", "sentry/recorded-plain.truth.json.gz",
    "sentry", "sentry", sentry_sent_facts, sentry_sent_moments, TRUE },
  { "sentry/recorded-masked.segments.json.gz", "sentry/recorded-masked.truth.json.gz",
    "sentry", "sentry", no_facts, sentry_masked_moments, TRUE },
  { "sentry/recorded-masked.envelopes", "sentry/recorded-masked.truth.json.gz",
    "sentry", "sentry", sentry_sent_facts, sentry_masked_moments, TRUE },
};

static GBytes *
load (const char *name)
{
  g_autofree char *path = ph_test_fixture (name);
  g_autoptr (GConverter) converter =
    G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, converter);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (out, data, size, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (out, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* ---- the page ---- */

static void
show (const char *what,
      const char *text)
{
  g_autofree char *part = g_strndup (text, MIN (SHOWN, strlen (text)));
  g_autofree char *valid = g_utf8_make_valid (part, -1);

  g_test_message ("%s: %s", what, g_strdelimit (valid, "\n", ' '));
}

/* FALSE, and both from a little before the first difference, when they are not equal. */
static gboolean
is_same (const char *caption,
         const char *live,
         const char *engine)
{
  gsize at = 0;

  while (engine[at] != '\0' && engine[at] == live[at])
    at++;

  if (engine[at] == live[at])
    return TRUE;

  at = at > SHOWN / 4 ? at - SHOWN / 4 : 0;
  g_test_message ("“%s” differs", caption);
  show ("live page", live + at);
  show ("engine", engine + at);

  return FALSE;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A line for each adopter of sheets made by script, sorted: the rules of all it adopts. */
static char *
dup_adopted (const PhDom *dom)
{
  const PhPageState *page = ph_dom_get_page (dom);
  const PhSheets *sheets = page != NULL ? page->sheets : NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; sheets != NULL && i < ph_sheets_n_adopters (sheets); i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);
      gint32 node = ph_sheets_adopter (sheets, i);
      guint n = 0;
      const gint32 *ids = ph_sheets_adopted (sheets, node, &n);

      for (guint j = 0; j < n; j++)
        {
          const GPtrArray *rules = ph_sheets_find (sheets, ids[j]);

          for (guint k = 0; rules != NULL && k < rules->len; k++)
            g_string_append (line, rules->pdata[k]);
        }

      if (n > 0 && ph_dom_find (dom, node) != 0)
        g_ptr_array_add (lines, g_string_free (g_steal_pointer (&line), FALSE));
    }

  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static gboolean
check_page (const PhDom *dom,
            PhJsonValue moment)
{
  g_autofree char *engine = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  g_autofree char *engine_adopted = dup_adopted (dom);
  const char *caption = "", *live = "", *adopted = "";
  gint64 width = 0, height = 0;
  int is_width, is_height;

  g_assert_true (ph_json_member_string (moment, "caption", &caption, NULL));
  g_assert_true (ph_json_member_string (moment, "html", &live, NULL));
  g_assert_true (ph_json_member_string (moment, "adopted", &adopted, NULL));
  g_assert_true (ph_json_member_int (moment, "width", &width));
  g_assert_true (ph_json_member_int (moment, "height", &height));
  ph_dom_check (dom);
  ph_dom_get_viewport (dom, &is_width, &is_height);
  g_assert_cmpint (is_width, ==, width);
  g_assert_cmpint (is_height, ==, height);

  return is_same (caption, live, engine) && is_same (caption, adopted, engine_adopted);
}

/* Every moment, forwards and then backwards, is the page as it was. */
static void
check_truth (PhSession *session,
             const char *name)
{
  g_autoptr (GBytes) bytes = load (name);
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (PhJsonValue));
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  PhJsonValue root, moment;
  PhJsonIter iter;
  guint n_wrong = 0;

  g_assert_true (ph_json_parse (json, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                &root, NULL));
  ph_json_iter_init (&iter, ph_json_member (root, "moments"));

  while (ph_json_next (&iter, NULL, &moment))
    g_array_append_val (moments, moment);

  g_assert_cmpuint (moments->len, ==, N_MOMENTS);

  for (guint i = 0; i < 2 * moments->len; i++)
    {
      guint at = i < moments->len ? i : 2 * moments->len - 1 - i;
      gint64 time = 0;

      moment = g_array_index (moments, PhJsonValue, at);
      g_assert_true (ph_json_member_int (moment, "time_ms", &time));
      ph_cursor_seek (cursor, time * MILLISECOND - ph_session_get_start_time (session));
      n_wrong += !check_page (ph_cursor_get_dom (cursor), moment);
    }

  g_assert_cmpuint (n_wrong, ==, 0);
}

/* ---- what is known beyond it ---- */

static gboolean
has_fact (const PhFacts *facts,
          const char *wanted)
{
  for (guint section = 0; section < PH_FACT_N_SECTIONS; section++)
    for (guint i = 0; i < ph_facts_get_n (facts, section); i++)
      {
        g_autofree char *text = ph_facts_dup_text (facts, section, i);
        g_autofree char *is = g_strdup_printf ("%s %s=%s", ph_facts_section_name (section),
                                               ph_facts_get_name (facts, section, i), text);

        if (strcmp (is, wanted) == 0)
          return TRUE;
      }

  return FALSE;
}

static gboolean
has_moment (PhSession *session,
            const char *wanted)
{
  guint n = 0;
  const PhMoment *moments = ph_session_get_moments (session, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *is =
        g_strdup_printf ("%s %s", ph_moment_kind_name (moments[i].kind), moments[i].text);

      if (g_str_has_prefix (is, wanted))
        return TRUE;
    }

  g_test_message ("no moment: %s, of:", wanted);
  for (guint i = 0; i < n; i++)
    g_test_message ("%s %s", ph_moment_kind_name (moments[i].kind), moments[i].text);

  return FALSE;
}

static void
check_known (PhSession *session,
             const Vendor *vendor)
{
  const PhHealth *health = ph_session_get_health (session);
  guint n_missing = 0;

  for (guint i = 0; vendor->facts[i] != NULL; i++)
    if (!has_fact (ph_session_get_facts (session), vendor->facts[i]))
      {
        g_autofree char *all = ph_facts_to_json (ph_session_get_facts (session));

        g_test_message ("no fact: %s, of: %s", vendor->facts[i], all);
        n_missing++;
      }

  for (guint i = 0; vendor->moments[i] != NULL; i++)
    n_missing += !has_moment (session, vendor->moments[i]);

  g_assert_cmpuint (n_missing, ==, 0);

  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    {
      guint n = 0;
      const PhFinding *findings = ph_health_examples (health, kind, &n);

      if (kind == PH_HEALTH_OUT_OF_ORDER && vendor->is_late)
        continue;

      for (guint i = 0; i < n; i++)
        g_test_message ("finding: %s: %s", ph_health_kind_name (kind), findings[i].text);

      g_assert_cmpuint (n, ==, 0);
    }
}

static void
test_vendor (gconstpointer data)
{
  const Vendor *vendor = data;
  g_autofree char *path = ph_test_fixture (vendor->archive);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ph_session_get_format (session), ==, vendor->format);
  g_assert_cmpstr (ph_session_get_recorder (session), ==, vendor->recorder);
  check_truth (session, vendor->truth);
  check_known (session, vendor);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (vendors); i++)
    {
      g_autofree char *path = g_strdup_printf ("/truth-vendors/%s", vendors[i].archive);

      g_test_add_data_func (path, &vendors[i], test_vendor);
    }

  return g_test_run ();
}
