/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The demo was recorded from a live page, and the live page itself was saved at moments at
 * which nothing moved (tests/record). Here the engine plays the recording and must come to
 * the same page, byte for byte. The rules of the text are in tests/record/canonical.js.
 */
#include "ph-cursor.h"
#include "ph-dom-write.h"
#include "ph-json.h"
#include "ph-test.h"

#include <string.h>

#define MILLISECOND (PH_SECOND / 1000)
/* How much is shown of two texts that differ. */
#define SHOWN 200

typedef struct
{
  char *file;
  char *caption;
  char *html; /* the live page */
  PhTime time;
  int width, height;
} Truth;

typedef struct
{
  PhSession *session;
  GArray *truths;
} Demo;

static void
clear_truth (gpointer data)
{
  Truth *truth = data;

  g_free (truth->file);
  g_free (truth->caption);
  g_free (truth->html);
}

static char *
read_truth_file (const char *name,
                 gsize *size)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "record", "truth", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, size, &error);
  g_assert_no_error (error);

  return text;
}

static void
add_truth (GArray *truths,
           PhJsonValue item)
{
  Truth truth = { NULL };
  const char *file = NULL, *caption = NULL;
  gint64 time = -1, width = 0, height = 0;

  g_assert_true (ph_json_member_string (item, "file", &file, NULL));
  g_assert_true (ph_json_member_string (item, "caption", &caption, NULL));
  g_assert_true (ph_json_member_int (item, "time_ms", &time));
  g_assert_true (ph_json_member_int (item, "width", &width));
  g_assert_true (ph_json_member_int (item, "height", &height));

  truth.file = g_strdup (file);
  truth.caption = g_strdup (caption);
  truth.html = read_truth_file (file, NULL);
  truth.time = time * MILLISECOND;
  truth.width = width;
  truth.height = height;
  g_array_append_val (truths, truth);
}

static void
demo_set_up (Demo *demo,
             gconstpointer data)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GFile) archive = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhJson) json = ph_json_new ();
  g_autofree char *index = NULL;
  PhJsonValue root, item;
  PhJsonIter iter;
  gsize size = 0;

  demo->session = ph_session_open (archive, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  demo->truths = g_array_new (FALSE, FALSE, sizeof (Truth));
  g_array_set_clear_func (demo->truths, clear_truth);
  index = read_truth_file ("index.json", &size);
  ph_json_parse (json, index, size, &root, &error);
  g_assert_no_error (error);
  ph_json_iter_init (&iter, root);

  while (ph_json_next (&iter, NULL, &item))
    add_truth (demo->truths, item);

  g_assert_cmpuint (demo->truths->len, >=, 12);
}

static void
demo_tear_down (Demo *demo,
                gconstpointer data)
{
  g_array_unref (demo->truths);
  g_assert_finalize_object (demo->session);
}

static char *
dup_part (const char *text,
          gsize from)
{
  g_autofree char *part = g_strndup (text + from, MIN (SHOWN, strlen (text + from)));

  return g_utf8_make_valid (part, -1);
}

/* FALSE, and both texts from a little before the first difference, when they are not equal. */
static gboolean
check_page (PhCursor *cursor,
            const Truth *truth)
{
  const PhDom *dom = ph_cursor_get_dom (cursor);
  g_autofree char *html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  g_autofree char *live = NULL, *engine = NULL;
  gsize at = 0, from;
  int width, height;

  ph_dom_check (dom);
  ph_dom_get_viewport (dom, &width, &height);
  g_assert_cmpint (width, ==, truth->width);
  g_assert_cmpint (height, ==, truth->height);

  while (html[at] != '\0' && html[at] == truth->html[at])
    at++;

  if (html[at] == truth->html[at])
    return TRUE;

  from = at > SHOWN / 4 ? at - SHOWN / 4 : 0;
  live = dup_part (truth->html, from);
  engine = dup_part (html, from);
  g_test_message ("%s (%s) differs at byte %" G_GSIZE_FORMAT, truth->file, truth->caption, at);
  g_test_message ("live page: %s", live);
  g_test_message ("engine:    %s", engine);

  return FALSE;
}

static void
test_forwards (Demo *demo,
               gconstpointer data)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (demo->session);
  guint n_wrong = 0;

  for (guint i = 0; i < demo->truths->len; i++)
    {
      const Truth *truth = &g_array_index (demo->truths, Truth, i);

      ph_cursor_seek (cursor, truth->time);
      n_wrong += !check_page (cursor, truth);
    }

  g_assert_cmpuint (n_wrong, ==, 0);
}

/* A seek comes to the same page whatever was shown before. */
static void
test_any_order (Demo *demo,
                gconstpointer data)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (demo->session);
  guint n = demo->truths->len;
  guint n_wrong = 0;

  for (guint i = 0; i < n; i++)
    {
      const Truth *back = &g_array_index (demo->truths, Truth, n - 1 - i);
      const Truth *jump = &g_array_index (demo->truths, Truth, (i * 7 + 3) % n);

      ph_cursor_seek (cursor, back->time);
      n_wrong += !check_page (cursor, back);
      ph_cursor_seek (cursor, jump->time);
      n_wrong += !check_page (cursor, jump);
    }

  g_assert_cmpuint (n_wrong, ==, 0);
}

/* Nothing in a recording of our own is odd. */
static void
test_health (Demo *demo,
             gconstpointer data)
{
  const PhHealth *health = ph_session_get_health (demo->session);

  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    {
      guint n = 0;
      const PhFinding *examples = ph_health_examples (health, kind, &n);

      for (guint i = 0; i < n; i++)
        g_test_message ("%s: %s", ph_health_kind_name (kind), examples[i].text);
    }

  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

/* What was typed into the form's private fields is in no page the engine can show. */
static void
test_secrets (Demo *demo,
              gconstpointer data)
{
  static const char *const secrets[] = { "Robin", "robin@", "Quiet Lane", "4242 4242",
                                         "not-a-secret" };
  guint n = ph_session_get_n_events (demo->session);

  for (guint i = 0; i < n; i++)
    {
      const PhEvent *event = ph_session_get_event (demo->session, i);

      for (guint s = 0; s < G_N_ELEMENTS (secrets); s++)
        g_assert_null (g_strstr_len (event->text, event->size, secrets[s]));
    }
}

static void
add (const char *path,
     void (*func) (Demo *demo,
                   gconstpointer data))
{
  g_test_add (path, Demo, NULL, demo_set_up, func, demo_tear_down);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/truth/forwards", test_forwards);
  add ("/truth/any-order", test_any_order);
  add ("/truth/health", test_health);
  add ("/truth/secrets", test_secrets);

  return g_test_run ();
}
