/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-record.h"

#include "ph-recording.h"
#include "ph-store.h"
#include "ph-test.h"
#include "session-maker.h"

#include <string.h>

typedef struct
{
  char *folder;
  char *path;
  PhWalk *walk;
  PhRecord *record;
  guint n;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = ph_test_tmp_dir ();
  fixture->path = g_build_filename (fixture->folder, "a.playhead", NULL);
  fixture->walk = ph_walk_new (0, NULL);
  fixture->record = ph_record_new (fixture->path, NULL);
  g_assert_nonnull (fixture->record);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_record_free (fixture->record);
  ph_walk_free (fixture->walk);
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
add (Fixture *fixture,
     int type,
     const char *data)
{
  g_autofree char *text = ph_make_event (type, fixture->n, data);
  const PhEvent event = {
    .timestamp = fixture->n * PH_MSEC,
    .time = fixture->n * PH_MSEC,
    .order = fixture->n,
    .type = (gint16) type,
    .source = type == PH_EVENT_INCREMENTAL ? PH_SOURCE_MUTATION : PH_SOURCE_NONE,
    .text = text,
    .size = strlen (text),
  };

  fixture->n++;
  ph_walk_add (fixture->walk, &event);
  g_assert_true (ph_record_add (fixture->record, &event, fixture->walk, NULL));
}

static void
add_page (Fixture *fixture)
{
  g_autofree char *snapshot = ph_make_snapshot ("text");

  add (fixture, PH_EVENT_FULL_SNAPSHOT, snapshot);
}

/* Events of 100 kB. */
static void
add_changes (Fixture *fixture,
             guint n)
{
  g_autofree char *filler = g_strnfill (100000, 'x');

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *data = g_strdup_printf (
        "{\"source\":0,\"texts\":[{\"id\":6,\"value\":\"%u %s\"}],\"attributes\":[],"
        "\"removes\":[],\"adds\":[]}",
        i, filler);

      add (fixture, PH_EVENT_INCREMENTAL, data);
    }
}

static PhStore *
finish (Fixture *fixture)
{
  g_autoptr (PhOutline) outline =
    ph_walk_get_outline (fixture->walk, fixture->n * PH_MSEC, "a title");
  const PhOrigin origin = { .name = (char *) "archive.json", .bytes = 5 };
  g_autoptr (GError) error = NULL;
  PhStore *store;

  g_assert_true (ph_record_finish (fixture->record, outline, &origin, &error));
  g_assert_no_error (error);
  store = ph_store_open (fixture->path, &error);
  g_assert_no_error (error);

  return store;
}

/* Pages stand where reaching an event from the one before would take too much work. */
static void
test_pages (Fixture *fixture,
            gconstpointer data)
{
  gsize spacing = ph_frames_spacing (0);
  g_autoptr (PhStore) store = NULL;
  const PhFrame *frames;
  guint n;

  /* Before there is a page there is nothing to keep. */
  add_changes (fixture, (guint) (spacing / 100000) + 5);
  add_page (fixture);
  add_changes (fixture, 40);
  add_page (fixture);
  add_changes (fixture, 40);
  store = finish (fixture);
  frames = ph_store_get_frames (store, &n);
  g_assert_cmpuint (n, >, 2);

  for (guint i = 0; i < n; i++)
    {
      guint base = frames[i].snapshot;
      guint from = i > 0 && frames[i - 1].snapshot == base ? frames[i - 1].next : base + 1;

      g_assert_cmpint (ph_store_get_event (store, base)->type, ==, PH_EVENT_FULL_SNAPSHOT);
      g_assert_cmpuint ((frames[i].next - from) * 100000, >=, spacing - 100000);
      g_assert_cmpuint ((frames[i].next - from) * 100000, <=, spacing + 2 * 100000 + 100000);
    }
}

/* What it says of itself and of what it was made from. */
static void
test_facts (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (PhStore) store = NULL;
  g_autoptr (PhOutline) outline = NULL;
  g_autofree char *origin = NULL;

  add_page (fixture);
  add_changes (fixture, 3);
  store = finish (fixture);
  outline = ph_recording_read (store, NULL);
  origin = ph_store_dup_text (store, "origin");
  g_assert_cmpstr (origin, ==, "archive.json");
  g_assert_cmpint (ph_store_get_number (store, "archive_bytes", 0), ==, 5);
  g_assert_null (ph_store_dup_text (store, "archive_sha256"));
  g_assert_cmpstr (outline->title, ==, "a title");
  g_assert_cmpint (outline->span.end, ==, 4 * PH_MSEC);
  g_assert_cmpuint (outline->activity->len, ==, 1);
}

/* What the page names comes back as it was found. */
static void
test_assets (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (PhStore) store = NULL;
  g_autoptr (PhOutline) outline = NULL;
  const PhAsset *asset;

  add_page (fixture);
  add (fixture, PH_EVENT_INCREMENTAL,
       "{\"source\":0,\"texts\":[],\"removes\":[],\"adds\":[],\"attributes\":[{\"id\":5,"
       "\"attributes\":{\"style\":\"background:url(https://a.example/ü.png)\"}}]}");
  store = finish (fixture);
  outline = ph_recording_read (store, NULL);
  g_assert_cmpuint (outline->assets->len, ==, 1);
  asset = &g_array_index (outline->assets, PhAsset, 0);
  g_assert_cmpstr (asset->url, ==, "https://a.example/ü.png");
  g_assert_cmpint (asset->kind, ==, PH_ASSET_IMAGE);
  g_assert_cmpint (asset->time, ==, 1 * PH_MSEC);
  g_assert_cmpuint (asset->window, ==, 0);
  g_assert_false (outline->is_old);
}

/* Nobody takes one that was not finished for a recording. */
static void
test_unfinished (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add_page (fixture);
  g_assert_true (ph_record_flush (fixture->record, NULL));
  g_assert_null (ph_store_open (fixture->path, &error));
  g_assert_nonnull (error);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/record/pages", test_pages);
  ADD ("/record/facts", test_facts);
  ADD ("/record/assets", test_assets);
  ADD ("/record/unfinished", test_unfinished);
#undef ADD

  return g_test_run ();
}
