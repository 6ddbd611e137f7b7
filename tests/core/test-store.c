/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-store.h"

#include "ph-db.h"
#include "ph-error.h"
#include "ph-store-maker.h"
#include "ph-test.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;
static char *path;  /* of a sound one */
static char *other; /* of one that is changed */

static PhStore *
open_store (const char *name)
{
  g_autoptr (GError) error = NULL;
  PhStore *store = ph_store_open (name, &error);

  g_assert_no_error (error);

  return store;
}

/* A copy of the sound one, changed. */
static void
make_other (const char *sql)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_true (g_file_set_contents (other, data, (gssize) size, NULL));

  if (sql != NULL)
    {
      g_autoptr (PhDb) db = ph_db_open (other, PH_DB_WRITE, &error);

      g_assert_true (ph_db_run (db, sql, &error));
    }

  g_assert_no_error (error);
}

static void
test_is_recording (void)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_true (ph_store_is_recording ((const guint8 *) data, PH_STORE_HEAD));
  g_assert_false (ph_store_is_recording ((const guint8 *) "[{\"type\":4}]", 12));
}

static void
test_events_until (void)
{
  g_autoptr (PhStore) store = open_store (path);

  g_assert_cmpuint (ph_store_events_until (store, -1), ==, 0);
  g_assert_cmpuint (ph_store_events_until (store, 0), ==, 2);
  g_assert_cmpuint (ph_store_events_until (store, PH_MSEC - 1), ==, 2);
  g_assert_cmpuint (ph_store_events_until (store, G_MAXINT64), ==, PH_SMALL_EVENTS);

  for (guint i = 0; i<PH_SMALL_EVENTS / 2; i += i> 32700 && i < 32800 ? 1 : 97)
    g_assert_cmpuint (ph_store_events_until (store, i * PH_MSEC), ==, 2 * i + 2);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *sql;
    int code;
  } cases[] = {
    { "PRAGMA user_version = 4", PH_ERROR_UNSUPPORTED },
    { "PRAGMA application_id = 3", PH_ERROR_UNKNOWN_FORMAT },
    { "DELETE FROM meta WHERE key = 'complete'", PH_ERROR_CORRUPT },
    { "UPDATE meta SET value = '1' WHERE key = 'complete'", PH_ERROR_CORRUPT },
    { "UPDATE meta SET value = -1 WHERE key = 'end'", PH_ERROR_CORRUPT },
    { "UPDATE meta SET value = -1 WHERE key = 'begin'", PH_ERROR_CORRUPT },
    { "UPDATE meta SET value = 9223372036854775807 WHERE key = 'end'", PH_ERROR_CORRUPT },
    { "UPDATE meta SET value = 5 WHERE key = 'events'", PH_ERROR_CORRUPT },
    { "DELETE FROM window", PH_ERROR_CORRUPT },
    { "DELETE FROM chunk", PH_ERROR_CORRUPT },
    { "DELETE FROM chunk WHERE number = 0", PH_ERROR_CORRUPT },
    { "DELETE FROM chunk WHERE number = 1", PH_ERROR_CORRUPT },
    { "UPDATE chunk SET first_event = 1 WHERE number = 0", PH_ERROR_CORRUPT },
    { "UPDATE chunk SET events = events + 1 WHERE number = 0", PH_ERROR_CORRUPT },
    { "UPDATE chunk SET events = 0", PH_ERROR_CORRUPT },
    { "UPDATE chunk SET events = -1", PH_ERROR_CORRUPT },
    { "UPDATE chunk SET events = 1e9", PH_ERROR_CORRUPT },
    { "UPDATE chunk SET begin = \"end\" + 1", PH_ERROR_CORRUPT },
    { "UPDATE chunk SET \"end\" = 0", PH_ERROR_CORRUPT },
    { "UPDATE chunk SET size = 1 << 50", PH_ERROR_CORRUPT },
    { "UPDATE keyframe SET window = 2", PH_ERROR_CORRUPT },
    { "UPDATE keyframe SET next_event = 2401", PH_ERROR_CORRUPT },
    { "UPDATE keyframe SET against = number WHERE against IS NOT NULL", PH_ERROR_CORRUPT },
    { "UPDATE keyframe SET size = 0", PH_ERROR_CORRUPT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].sql);
      make_other (cases[i].sql);
      g_assert_null (ph_store_open (other, &error));
      g_assert_error (error, PH_ERROR, cases[i].code);
    }
}

static void
damage_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  g_string_append_printf (user_data, "%" G_GINT64_FORMAT ": %s\n", time, text);
}

/* A run that is damaged is told once; events stand in for it, and the others are there. */
static void
test_damaged_run (void)
{
  static const char *const changes[] = {
    "UPDATE chunk SET data = zeroblob (length (data)) WHERE number = 0",
    "UPDATE chunk SET data = x'' WHERE number = 0",
    "UPDATE chunk SET data = substr (data, 1, 500) WHERE number = 0",
    "UPDATE chunk SET data = 7 WHERE number = 0",
    "UPDATE chunk SET checksum = checksum - 1 WHERE number = 0",
    "UPDATE chunk SET size = size + 1 WHERE number = 0",
    "UPDATE chunk SET data = (SELECT data FROM chunk WHERE number = 1) WHERE number = 0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GString) damage = g_string_new (NULL);
      g_autoptr (PhStore) store = NULL;
      g_autofree char *told = NULL;
      guint n_lost = 0;

      g_test_message ("%s", changes[i]);
      make_other (changes[i]);
      store = open_store (other);
      ph_store_set_damage_func (store, damage_cb, damage);

      for (guint k = 0; k < PH_SMALL_EVENTS; k++)
        {
          const PhEvent *event = ph_store_get_event (store, k);

          n_lost += ph_store_is_lost (event);
          g_assert_cmpint (ph_store_is_lost (event), ==, n_lost == k + 1);
          g_assert_cmpuint (event->window, <, 2);
          g_assert_true (ph_store_is_lost (event) || event->time == k / 2 * PH_MSEC);
        }

      /* The first run of two. */
      g_assert_cmpuint (n_lost, >, PH_SMALL_EVENTS / 2);
      g_assert_cmpuint (n_lost, <, PH_SMALL_EVENTS);
      told = g_strdup_printf ("0: Events 0 to %u cannot be read (", n_lost - 1);
      g_assert_true (g_str_has_prefix (damage->str, told));
      g_assert_null (strstr (strchr (damage->str, '\n') + 1, "Events"));
      g_assert_cmpuint (ph_store_events_until (store, 100 * PH_MSEC), <=, n_lost);
    }
}

/* What leans on a damaged page is lost with it; the rest is not. */
static void
test_damaged_page (void)
{
  g_autoptr (GString) damage = g_string_new (NULL);
  g_autoptr (PhStore) store = NULL;
  guint n_lost = 0;
  guint n;

  make_other ("UPDATE keyframe SET data = x'00' WHERE number = 16");
  store = open_store (other);
  ph_store_set_damage_func (store, damage_cb, damage);
  ph_store_get_frames (store, &n);

  for (guint i = n; i > 0; i--)
    {
      g_autoptr (GBytes) page = ph_store_read_frame (store, i - 1);

      g_assert_cmpint (page == NULL, ==, ph_store_is_frame_damaged (store, i - 1));
      n_lost += page == NULL;
    }

  /* Number 16 is the eighth of window 0: seven lean on it. */
  g_assert_cmpuint (n_lost, ==, 8);
  g_assert_nonnull (strstr (damage->str, "The stored page before event 900 cannot be read"));
  ph_store_set_frame_damaged (store, 0, "why not");
  g_assert_true (ph_store_is_frame_damaged (store, 0));
  g_assert_nonnull (strstr (damage->str, "(why not)"));
}

/* Looks at everything there is; whatever is wrong shows as one of these. */
static gboolean
is_sound (const char *name)
{
  g_autoptr (GString) damage = g_string_new (NULL);
  g_autoptr (PhStore) store = ph_store_open (name, NULL);
  g_autoptr (GBytes) track = NULL;
  gboolean sound;
  guint n;

  if (store == NULL)
    return FALSE;

  ph_store_set_damage_func (store, damage_cb, damage);
  sound = ph_store_check_lists (store, NULL);
  sound &= ph_store_check_file (store, NULL);
  track = ph_store_read_pointer (store, 0, NULL);
  sound &= track != NULL;
  ph_store_get_frames (store, &n);

  for (guint i = 0; i < n; i++)
    g_bytes_unref (ph_store_read_frame (store, i));

  for (guint i = 0; i < ph_store_n_events (store); i++)
    ph_store_get_event (store, i);

  return sound && damage->len == 0;
}

/* Cut anywhere: it does not open. */
static void
test_cut (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));

  for (guint i = 0; i < 60; i++)
    {
      gsize cut = i < 5 ? i * 25 : (gsize) g_rand_int_range (rand, 0, (gint32) size);

      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (other, data, (gssize) cut, NULL));
      g_assert_false (is_sound (other));
      ph_store_free (ph_store_open (other, &error));

      /* SQLite does not mind that its last page is a part of one. */
      if (cut <= size - 1024)
        g_assert_nonnull (error);

      if (cut > PH_STORE_HEAD && error != NULL)
        g_assert_nonnull (strstr (error->message, "cut off"));
    }
}

/* A byte changed anywhere: it is found, or what is read is what was written. */
static void
test_flipped (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autofree char *data = NULL;
  guint n_found = 0;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));

  for (guint i = 0; i < 150; i++)
    {
      gsize at = i < 100 ? i : (gsize) g_rand_int_range (rand, 0, (gint32) size);
      char byte = data[at];

      data[at] = (char) (byte ^ (1 << g_rand_int_range (rand, 0, 8)));
      g_assert_true (g_file_set_contents (other, data, (gssize) size, NULL));
      data[at] = byte;

      if (!is_sound (other))
        {
          n_found++;
        }
      else
        {
          g_autoptr (PhStore) store = open_store (other);

          ph_assert_small_store (store);
        }
    }

  g_test_message ("%u of 150 found", n_found);
  g_assert_cmpuint (n_found, >, 60);
}

/* Each step of reading made to fail once: an error or damage, never a crash. */
static void
test_any_step_fails (void)
{
  guint n_steps;

  ph_db_fail_step (0);
  g_assert_true (is_sound (path));
  n_steps = ph_db_count_steps ();

  for (guint n = 1; n <= n_steps; n++)
    {
      ph_db_fail_step (n);
      g_assert_false (is_sound (path));
    }

  ph_db_fail_step (0);
}

int
main (int argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = ph_test_tmp_dir ();
  path = g_build_filename (folder, "a.playhead", NULL);
  other = g_build_filename (folder, "b.playhead", NULL);
  g_assert_true (ph_make_small_store (path, NULL));

  g_test_add_func ("/store/is-recording", test_is_recording);
  g_test_add_func ("/store/events-until", test_events_until);
  g_test_add_func ("/store/errors", test_errors);
  g_test_add_func ("/store/damaged-run", test_damaged_run);
  g_test_add_func ("/store/damaged-page", test_damaged_page);
  g_test_add_func ("/store/cut", test_cut);
  g_test_add_func ("/store/flipped", test_flipped);
  g_test_add_func ("/store/any-step-fails", test_any_step_fails);

  status = g_test_run ();
  ph_test_remove_tree (folder);
  g_free (folder);
  g_free (path);
  g_free (other);

  return status;
}
