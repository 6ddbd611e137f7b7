/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-sheets.h"

#include "ph-limits.h"

typedef struct
{
  PhReading *reading;
  PhMobPage *page;
  PhMobSheets *sheets;
  PhUnpack *unpack;
  PhHealth *health;
  GString *events;
} Fixture;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  if (event->source == PH_SOURCE_STYLE_SHEET_RULE ||
      event->source == PH_SOURCE_ADOPTED_STYLE_SHEET)
    g_string_append_printf (user_data, "%.*s\n",
                            (int) event->size - 8 - (int) sizeof ",\"timestamp\":0}" + 1 -
                              (int) sizeof "{\"type\":3," + 1,
                            event->text + 8 + sizeof "{\"type\":3," - 1);

  return TRUE;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  static const PhSink sink = { event_cb, NULL };
  static const PhMobField style = { .text = "STYLE", .size = 5 };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();

  fixture->unpack = ph_unpack_new (stream);
  fixture->health = ph_health_new ();
  fixture->events = g_string_new (NULL);
  fixture->reading =
    ph_reading_new (fixture->unpack, 1000, &sink, fixture->events, fixture->health, NULL);
  fixture->page = ph_mob_page_new (fixture->reading, NULL, "");
  fixture->sheets = ph_mob_sheets_new (fixture->page);
  ph_mob_page_begin_document (fixture->page, NULL);
  ph_mob_page_create (fixture->page, 9, 0, 0, &style, FALSE);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_mob_sheets_free (fixture->sheets);
  ph_mob_page_free (fixture->page);
  ph_reading_free (fixture->reading);
  ph_unpack_free (fixture->unpack);
  ph_health_free (fixture->health);
  g_string_free (fixture->events, TRUE);
}

/* Rules wait until it is known whose they are, in their order. */
static void
test_waiting (Fixture *fixture,
              gconstpointer data)
{
  PhMobSheets *sheets = fixture->sheets;

  ph_mob_sheets_insert (sheets, 4, "a{}", 3, 0, NULL);
  ph_mob_sheets_delete (sheets, 4, 1, NULL);
  ph_mob_sheets_replace (sheets, 5, "b{}", 3, NULL);
  g_assert_cmpstr (fixture->events->str, ==, "");
  g_assert_true (ph_mob_sheets_add_owner (sheets, 4, 9, NULL));
  g_assert_cmpstr (fixture->events->str, ==,
                   "\"source\":8,\"id\":12,\"adds\":[{\"rule\":\"a{}\",\"index\":0}]}\n"
                   "\"source\":8,\"id\":12,\"removes\":[{\"index\":1}]}\n");
  g_string_truncate (fixture->events, 0);
  g_assert_true (ph_mob_sheets_add_owner (sheets, 5, 0, NULL));
  g_assert_true (ph_mob_sheets_add_owner (sheets, 6, 0, NULL));
  g_assert_true (ph_mob_sheets_add_owner (sheets, 5, 0, NULL));
  g_assert_cmpstr (fixture->events->str, ==,
                   "\"source\":15,\"id\":1,\"styles\":[{\"styleId\":6,\"rules\":[]}],"
                   "\"styleIds\":[6]}\n"
                   "\"source\":8,\"styleId\":6,\"replaceSync\":\"b{}\"}\n"
                   "\"source\":15,\"id\":1,\"styles\":[{\"styleId\":7,\"rules\":[]}],"
                   "\"styleIds\":[6,7]}\n");
}

static void
test_given_up (Fixture *fixture,
               gconstpointer data)
{
  PhMobSheets *sheets = fixture->sheets;

  ph_mob_sheets_add_owner (sheets, 5, 0, NULL);
  ph_mob_sheets_add_owner (sheets, 6, 0, NULL);
  g_string_truncate (fixture->events, 0);
  g_assert_true (ph_mob_sheets_remove_owner (sheets, 5, 0, NULL));
  g_assert_true (ph_mob_sheets_remove_owner (sheets, 5, 0, NULL));
  g_assert_cmpstr (fixture->events->str, ==, "\"source\":15,\"id\":1,\"styleIds\":[7]}\n");

  /* Another page knows none of them. */
  ph_mob_sheets_clear (sheets);
  g_string_truncate (fixture->events, 0);
  g_assert_true (ph_mob_sheets_insert (sheets, 6, "a{}", 3, 0, NULL));
  g_assert_cmpstr (fixture->events->str, ==, "");
}

static void
test_limits (Fixture *fixture,
             gconstpointer data)
{
  PhMobSheets *sheets = fixture->sheets;
  g_autofree char *rule = g_strnfill (1024 * 1024, 'x');

  for (guint i = 0; i < 40; i++)
    g_assert_true (ph_mob_sheets_insert (sheets, 1, rule, 1024 * 1024, 0, NULL));

  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_LIMIT), ==, 9);

  for (gint64 i = 2; i < PH_LIMIT_SHEETS + 10; i++)
    g_assert_true (ph_mob_sheets_insert (sheets, i, "", 0, 0, NULL));

  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_LIMIT), >, 9);
  g_assert_true (ph_mob_sheets_insert (sheets, -1, "", 0, 0, NULL));
  g_assert_true (ph_mob_sheets_insert (sheets, G_MAXINT64, "", 0, 0, NULL));
  g_assert_true (ph_mob_sheets_add_owner (sheets, 1, 77, NULL));
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_ODD_VALUE), ==, 2);
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_UNKNOWN_NODE), ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/mob-sheets/waiting", Fixture, NULL, set_up, test_waiting, tear_down);
  g_test_add ("/mob-sheets/given-up", Fixture, NULL, set_up, test_given_up, tear_down);
  g_test_add ("/mob-sheets/limits", Fixture, NULL, set_up, test_limits, tear_down);

  return g_test_run ();
}
