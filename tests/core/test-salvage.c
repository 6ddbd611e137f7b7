/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-salvage.h"

#include "ph-error.h"
#include "ph-schema.h"
#include "ph-store-maker.h"
#include "ph-test.h"

#include <string.h>

typedef struct
{
  char *folder;
  char *path;
  char *bytes;
  gsize size;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = ph_test_tmp_dir ();
  fixture->path = g_build_filename (fixture->folder, "a.playhead", NULL);
  ph_make_small_store (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &fixture->bytes, &fixture->size, NULL));
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->bytes);
}

/* Which events came: each is one that was written, and later than the one before. */
typedef struct
{
  guint n;
  guint next;
  guint stop_at; /* 0: never */
} Taken;

static gboolean
event_cb (const PhEvent *event,
          gpointer user_data,
          GError **error)
{
  Taken *taken = user_data;

  if (taken->stop_at > 0 && taken->n == taken->stop_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
      return FALSE;
    }

  for (;; taken->next++)
    {
      PhEvent wanted;

      g_assert_cmpuint (taken->next, <, PH_SMALL_EVENTS);
      wanted = ph_small_event (taken->next);

      if (wanted.order != event->order)
        continue;

      g_assert_cmpmem (event->text, event->size, wanted.text, wanted.size);
      g_assert_cmpint (event->timestamp, ==, wanted.timestamp);
      g_assert_cmpuint (event->window, ==, wanted.window);
      g_assert_cmpint (event->type, ==, wanted.type);
      g_assert_cmpint (event->source, ==, wanted.source);
      break;
    }

  taken->n++;
  taken->next++;

  return TRUE;
}

static const PhSalvageFuncs funcs = { .event = event_cb };

static gboolean
salvage (const char *path,
         Taken *taken,
         PhSalvaged *salvaged,
         GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return ph_salvage (file, &funcs, taken, salvaged, NULL, error);
}

static gboolean
salvage_bytes (Fixture *fixture,
               gsize size,
               Taken *taken,
               PhSalvaged *salvaged)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  g_assert_true (g_file_set_contents (fixture->path, fixture->bytes, (gssize) size, NULL));
  *taken = (Taken) { 0 };
  done = salvage (fixture->path, taken, salvaged, &error);

  if (!done)
    g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);

  g_assert_cmpuint (salvaged->n_events, ==, taken->n);
  g_assert_cmpint (done, ==, taken->n > 0);

  return done;
}

static void
test_whole (Fixture *fixture,
            gconstpointer data)
{
  Taken taken;
  PhSalvaged salvaged;

  g_assert_true (salvage_bytes (fixture, fixture->size, &taken, &salvaged));
  g_assert_cmpuint (taken.n, ==, PH_SMALL_EVENTS);
  g_assert_cmpuint (salvaged.n_lost, ==, 0);
  g_assert_cmpint (salvaged.bytes, ==, (goffset) fixture->size);
}

/* The head says what the file is; the events are found without it. */
static void
test_no_head (Fixture *fixture,
              gconstpointer data)
{
  Taken taken;
  PhSalvaged salvaged;

  memset (fixture->bytes, 0, PH_SCHEMA_PAGE_SIZE);
  g_assert_true (salvage_bytes (fixture, fixture->size, &taken, &salvaged));
  g_assert_cmpuint (taken.n, ==, PH_SMALL_EVENTS);
}

/* The longer the rest, the more is in it. */
static void
test_cut (Fixture *fixture,
          gconstpointer data)
{
  guint least = 0;
  guint n_amounts = 0;

  for (gsize size = 0; size < fixture->size; size += 311)
    {
      Taken taken;
      PhSalvaged salvaged;

      salvage_bytes (fixture, size, &taken, &salvaged);
      g_assert_cmpuint (taken.n, >=, least);
      n_amounts += taken.n > least;
      least = taken.n;
    }

  g_assert_cmpuint (n_amounts, >=, 1);
}

/* A small recording is one run of events: the few bytes that say where it is may lose it all. */
static void
test_flipped (Fixture *fixture,
              gconstpointer data)
{
  guint n_less = 0;
  guint n_nothing = 0;

  for (guint i = 0; i < 300; i++)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) fixture->size);
      guint8 bits = (guint8) g_test_rand_int_range (1, 256);
      Taken taken;
      PhSalvaged salvaged;

      fixture->bytes[at] = (char) ((guint8) fixture->bytes[at] ^ bits);
      n_nothing += !salvage_bytes (fixture, fixture->size, &taken, &salvaged);
      fixture->bytes[at] = (char) ((guint8) fixture->bytes[at] ^ bits);
      g_assert_cmpuint (taken.n + salvaged.n_lost, <=, PH_SMALL_EVENTS);
      n_less += taken.n < PH_SMALL_EVENTS;
    }

  g_assert_cmpuint (n_less, >, 0);
  g_assert_cmpuint (n_nothing, <, 10);
}

/* What was never a recording gives nothing, and soon. */
static void
test_nonsense (Fixture *fixture,
               gconstpointer data)
{
  Taken taken;
  PhSalvaged salvaged;

  for (gsize i = 0; i < fixture->size; i++)
    fixture->bytes[i] = (char) g_test_rand_int_range (0, 256);

  /* Pages that claim to be rows of a table, five hundred times the same. */
  for (gsize page = 0; page + PH_SCHEMA_PAGE_SIZE <= fixture->size; page += PH_SCHEMA_PAGE_SIZE)
    {
      fixture->bytes[page] = 0x0d;
      fixture->bytes[page + 3] = 1;
      fixture->bytes[page + 4] = (char) 0xf0;
    }

  g_assert_false (salvage_bytes (fixture, fixture->size, &taken, &salvaged));
}

static void
test_told_to_stop (Fixture *fixture,
                   gconstpointer data)
{
  Taken taken = { .stop_at = 7 };
  PhSalvaged salvaged;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);

  g_assert_false (salvage (fixture->path, &taken, &salvaged, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (taken.n, ==, 7);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (ph_salvage (file, &funcs, &taken, &salvaged, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_assert_false (salvage ("/nowhere/x.playhead", &taken, &salvaged, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/salvage/whole", test_whole);
  ADD ("/salvage/no-head", test_no_head);
  ADD ("/salvage/cut", test_cut);
  ADD ("/salvage/flipped", test_flipped);
  ADD ("/salvage/nonsense", test_nonsense);
  ADD ("/salvage/told-to-stop", test_told_to_stop);
#undef ADD

  return g_test_run ();
}
