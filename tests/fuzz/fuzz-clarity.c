/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-clarity-session-private.h"
#include "ph-dom-apply.h"
#include "ph-dom-write.h"

#include <string.h>

/*
 * Bytes become payloads of Clarity, these become events, and these a page. However the
 * page came about, it must be the one that is told when all of it is told anew; and
 * nothing that is told may be about nodes the page does not have. Bytes that begin with
 * `{` are payloads, one a line; all others are decisions of a generator.
 */
#define MAX_PAYLOADS 40

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize pos;
} Bytes;

typedef struct
{
  PhDom *dom;
  PhJson *json;
  PhHealth *health;
  guint64 n_events;
} Page;

static guint
take (Bytes *bytes,
      guint below)
{
  return bytes->pos < bytes->size ? bytes->data[bytes->pos++] % below : 0;
}

static void
page_init (Page *page)
{
  g_autoptr (PhNames) names = ph_names_new ();

  page->dom = ph_dom_new (names);
  page->json = ph_json_new ();
  page->health = ph_health_new ();
  page->n_events = 0;
}

static void
page_clear (Page *page)
{
  ph_dom_free (page->dom);
  ph_json_free (page->json);
  ph_health_free (page->health);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static gboolean
event_cb (const char *text,
          gsize size,
          const char *window,
          gpointer user_data,
          GError **error)
{
  Page *page = user_data;
  PhEvent event = {};
  PhJsonValue root;

  g_assert_true (ph_json_parse (page->json, text, size, &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  event.text = text;
  event.size = size;
  event.order = page->n_events++;
  ph_dom_apply (page->dom, &event, root, page->health);
  ph_dom_check (page->dom);

  return TRUE;
}

static gboolean
changes_cb (const char *data,
            gsize size,
            gpointer user_data,
            GError **error)
{
  g_autofree char *text =
    g_strdup_printf ("{\"type\":3,\"timestamp\":1,\"data\":%.*s}", (int) size, data);

  return event_cb (text, strlen (text), NULL, user_data, error);
}

/* The same page, told as a whole. */
static char *
tell_anew (PhClaritySession *session)
{
  g_auto (Page) page;
  g_autoptr (GString) text = g_string_new ("{\"type\":2,\"timestamp\":1,\"data\":{\"node\":");
  g_autoptr (PhClarityTell) tell = NULL;
  GHashTableIter iter;
  gpointer item;

  page_init (&page);
  tell = ph_clarity_tell_new (session->tree, session->sheets, changes_cb, &page);
  g_hash_table_iter_init (&iter, session->tree->items);

  while (g_hash_table_iter_next (&iter, NULL, &item))
    ((PhClarityItem *) item)->sent = FALSE;

  ph_clarity_tell_page (tell, text);
  g_string_append (text, "}}");
  event_cb (text->str, text->len, NULL, &page, NULL);
  ph_clarity_tell_changes (tell, NULL);

  return ph_dom_write_html (page.dom, PH_WRITE_RECORDED);
}

/* rrweb has no word for a shadow root that comes to a known host: its first node brings it. */
static char *
without_empty_roots (char *html)
{
  g_auto (GStrv) parts = g_strsplit (html, "<template shadowrootmode=\"open\"></template>", -1);

  g_free (html);

  return g_strjoinv ("", parts);
}

static void
check (PhClaritySession *session,
       Page *page)
{
  static const PhHealthKind kinds[] = { PH_HEALTH_UNKNOWN_NODE, PH_HEALTH_DUPLICATE_NODE,
                                        PH_HEALTH_UNPLACED_NODE };
  g_autofree char *is = NULL;
  g_autofree char *must = NULL;

  if (!session->is_told)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpuint (ph_health_count (page->health, kinds[i]), ==, 0);

  is = without_empty_roots (ph_dom_write_html (page->dom, PH_WRITE_RECORDED));
  must = without_empty_roots (tell_anew (session));
  g_assert_cmpstr (is, ==, must);
}

/* ---- payloads ---- */

/* Few ids, so that they meet each other. */
static int
take_id (Bytes *bytes)
{
  return (int) take (bytes, 14) + 1;
}

static void
make_node (Bytes *bytes,
           GString *out)
{
  static const char *const tags[] = { "DIV", "*T", "P", "DIV", "*T", "IFRAME", "*S", "*P", "HTML",
                                      "iframe:HTML", "iframe:*D", "STYLE", "HEAD", "svg:path",
                                      "SCRIPT", "*D", "*M", "B~2" };
  static const char *const attributes[] = { "class=a", "class=b", "*O=true", "src=x", "id=i",
                                            "*B=http://a/", "#34.28", "on=" };
  guint tag = take (bytes, G_N_ELEMENTS (tags));
  guint form = take (bytes, 16);

  g_string_append_printf (out, ",%d", take_id (bytes));

  /* Without a parent it goes. */
  if (form > 1)
    g_string_append_printf (out, ",%d", take_id (bytes));

  if (form > 6)
    g_string_append_printf (out, ",%d", take_id (bytes));

  g_string_append_printf (out, ",\"%s\"", tags[tag]);

  for (guint n = take (bytes, 4); n > 0; n--)
    g_string_append_printf (out, ",\"%s\"",
                            attributes[take (bytes, G_N_ELEMENTS (attributes))]);
}

static char *
make_payload (Bytes *bytes,
              guint sequence)
{
  static const char *const frame[] = { "1,2,\"HTML\",2,1,\"HEAD\",3,1,2,\"BODY\",4,3,\"DIV\"",
                                       "5,\"*D\",\"name=html\",1,2,5,\"HTML\",3,1,\"BODY\"" };
  GString *out = g_string_new (NULL);

  g_string_printf (out, "{\"e\":[\"0.8.70\",%u,0,9,\"p\",\"u\",\"s\",1],\"a\":[],\"p\":[[%u,",
                   sequence, sequence);

  if (sequence == 1)
    {
      g_string_append_printf (out, "5,%s", frame[take (bytes, G_N_ELEMENTS (frame))]);
    }
  else
    {
      g_string_append (out, take (bytes, 32) == 0 ? "5" : "6");

      for (guint n = take (bytes, 6) + 1; n > 0; n--)
        make_node (bytes, out);
    }

  g_string_append (out, "]]}");

  return g_string_free (out, FALSE);
}

static void
feed (PhClaritySession *session,
      Page *page,
      const char *text,
      gsize size)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue payload;

  if (!ph_json_parse (json, text, size, &payload, NULL))
    return;

  g_assert_true (ph_clarity_session_feed (session, payload, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  g_auto (Page) page;
  g_autoptr (PhFacts) facts = ph_facts_new ();
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhClaritySession) session = NULL;
  Bytes bytes = { data, size, 0 };

  page_init (&page);
  session = ph_clarity_session_new (event_cb, &page, health, facts);

  if (size > 0 && data[0] == '{')
    {
      g_autofree char *text = g_strndup ((const char *) data, size);
      g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_PAYLOADS);

      for (guint i = 0; lines[i] != NULL; i++)
        feed (session, &page, lines[i], strlen (lines[i]));

      return 0;
    }

  for (guint i = 1; i <= MAX_PAYLOADS && bytes.pos < size; i++)
    {
      g_autofree char *payload = make_payload (&bytes, i);

      feed (session, &page, payload, strlen (payload));
      check (session, &page);
    }

  return 0;
}
