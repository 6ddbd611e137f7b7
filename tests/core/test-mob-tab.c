/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each message by itself is in test-reader-openreplay.c; here is what a tab remembers. */
#include "ph-mob-tab.h"

#include "ph-hash.h"
#include "ph-mob-maker.h"

#include <string.h>

typedef struct
{
  GString *events;
  guint n;
} Taken;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Taken *taken = user_data;

  taken->n++;
  g_string_append_len (taken->events, event->text, (gssize) event->size);
  g_string_append_c (taken->events, '\n');

  return TRUE;
}

typedef struct
{
  PhMobTab *tab;
  gint64 time;
} Feed;

static gboolean
message_cb (guint type,
            const guint8 *body,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Feed *feed = user_data;
  const PhMobItem item = { feed->time, 0, type, body, size };

  if (type == PH_MOB_TIMESTAMP)
    {
      feed->time++;
      return TRUE;
    }

  return ph_mob_tab_apply (feed->tab, &item, error);
}

static char *
run (const char *script,
     PhHealth *health)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GHashTable) dict = g_hash_table_new (ph_hash_text, g_str_equal);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (PhUnpack) unpack = ph_unpack_new (stream);
  Taken taken = { .events = g_string_new (NULL) };
  g_autoptr (PhReading) reading = ph_reading_new (unpack, 1000, &sink, &taken, health, NULL);
  g_autoptr (PhMobTab) tab = ph_mob_tab_new (reading, dict, "one", "https://a.example/");
  Feed feed = { .tab = tab, .time = 1 };
  g_autoptr (PhMobCut) cut = ph_mob_cut_new (PH_MOB_BARE, message_cb, &feed, health);
  g_autoptr (GBytes) bytes = ph_mob_make (PH_MOB_BARE, script);

  g_assert_true (ph_mob_cut_feed (cut, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  NULL));
  g_assert_true (ph_mob_tab_flush (tab, NULL));
  g_assert_cmpstr (ph_reading_get_windows (reading)->pdata[0], ==, "one");

  return g_string_free (taken.events, FALSE);
}

static guint
count (const char *text,
       const char *what)
{
  guint n = 0;

  for (; (text = strstr (text, what)) != NULL; text++)
    n++;

  return n;
}

/* What has the focus may be removed; then there is nothing to blur. */
static void
test_focus (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *events = run ("7\n8 1 0 0 INPUT 0\n58 1\n0 1\n11 1\n0 1\n58 -1\n7\n58 -1\n",
                                 health);

  g_assert_cmpuint (count (events, "\"source\":2,\"type\":5"), ==, 1);
  g_assert_cmpuint (count (events, "\"source\":2,\"type\":6"), ==, 0);
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

/* A tab is where its batches say until it says so itself; each page is a new one. */
static void
test_pages (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *events =
    run ("7\n8 1 0 0 P 0\n0 1\n4 https://a.example/2 \"\" 0\n7\n8 1 0 0 B 0\n", health);

  g_assert_cmpuint (count (events, "\"href\":\"https://a.example/\""), ==, 1);
  g_assert_cmpuint (count (events, "\"href\":\"https://a.example/2\""), ==, 2);
  g_assert_cmpuint (count (events, "\"type\":2,\"data\":"), ==, 2);
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

/* A word may come to mean something else. */
static void
test_words (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *events =
    run ("7\n8 1 0 0 P 0\n50 1 id\n50 2 a\n51 1 1 2\n0 1\n50 2 b\n51 1 1 2\n51 1 1 3\n", health);

  g_assert_nonnull (strstr (events, "{\"id\":\"a\"}"));
  g_assert_nonnull (strstr (events, "{\"id\":\"b\"}"));
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_ODD_VALUE), ==, 1);
}

/* Nobody clicks at −1. */
static void
test_pointer (void)
{
  g_autofree char *events = run ("7\n8 1 0 0 P 0\n69 1 0 a b\n20 3 4\n69 1 0 a b\n", NULL);

  g_assert_nonnull (strstr (events, "\"x\":0,\"y\":0,\"hes"));
  g_assert_nonnull (strstr (events, "\"x\":3,\"y\":4,\"hes"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mob-tab/focus", test_focus);
  g_test_add_func ("/mob-tab/pages", test_pages);
  g_test_add_func ("/mob-tab/words", test_words);
  g_test_add_func ("/mob-tab/pointer", test_pointer);

  return g_test_run ();
}
