/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cv.h"
#include "ph-pack.h"

#include <string.h>

typedef struct
{
  PhJson *json;
  PhPacked *packed;
  PhHealth *health;
  GString *out;
  gsize unpacked;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->json = ph_json_new ();
  fixture->packed = ph_packed_new ();
  fixture->health = ph_health_new ();
  fixture->out = g_string_new ("left over");
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_json_free (fixture->json);
  ph_packed_free (fixture->packed);
  ph_health_free (fixture->health);
  g_string_free (fixture->out, TRUE);
}

static PhCvResult
open_event (Fixture *fixture,
            const char *text)
{
  g_autoptr (GError) error = NULL;
  PhJsonValue root;

  ph_json_parse (fixture->json, text, strlen (text), &root, &error);
  g_assert_no_error (error);

  return ph_cv_open (fixture->packed, root, fixture->out, &fixture->unpacked, fixture->health);
}

static void
test_snapshot (Fixture *fixture,
               gconstpointer data)
{
  const char *inner = "{\"node\":{\"id\":1,\"text\":\"ä€\\n\"}}";

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *packed = ph_pack_gzip_string (inner, i == 0);
      g_autofree char *text = g_strdup_printf ("{\"timestamp\":5.5,\"cv\":\"2024-10\",\"data\":%s,"
                                               "\"windowId\":\"w\",\"type\":2}",
                                               packed);

      g_assert_cmpint (open_event (fixture, text), ==, PH_CV_OPENED);
      g_assert_cmpstr (fixture->out->str, ==,
                       "{\"timestamp\":5.5,\"data\":{\"node\":{\"id\":1,\"text\":\"ä€\\n\"}},"
                       "\"windowId\":\"w\",\"type\":2}");
      g_assert_cmpuint (fixture->unpacked, ==, strlen (inner));
    }

  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
}

/* Each list for itself; an empty one is none. */
static void
test_lists (Fixture *fixture,
            gconstpointer data)
{
  g_autofree char *adds = ph_pack_gzip_string ("[{\"parentId\":1}]", TRUE);
  g_autofree char *texts = ph_pack_gzip_string ("[]", TRUE);
  g_autofree char *text = g_strdup_printf (
    "{\"type\":3,\"data\":{\"source\":0,\"texts\":%s,\"removes\":\"\",\"attributes\":[{\"id\":1}],"
    "\"adds\":%s},\"timestamp\":1,\"cv\":\"2024-10\"}",
    texts, adds);

  g_assert_cmpint (open_event (fixture, text), ==, PH_CV_OPENED);
  g_assert_cmpstr (fixture->out->str, ==,
                   "{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"attributes\":[{\"id\":1}],"
                   "\"adds\":[{\"parentId\":1}]},\"timestamp\":1}");
  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
}

/* One list that is damaged does not take the others with it. */
static void
test_damaged (Fixture *fixture,
              gconstpointer data)
{
  g_autofree char *adds = ph_pack_gzip_string ("[1]", TRUE);
  g_autofree char *text = g_strdup_printf (
    "{\"type\":3,\"data\":{\"source\":0,\"texts\":\"\\u001f\\u008bxx\",\"adds\":%s,"
    "\"removes\":\"€\"},\"timestamp\":1,\"cv\":\"2024-10\"}",
    adds);

  g_assert_cmpint (open_event (fixture, text), ==, PH_CV_OPENED);
  g_assert_cmpstr (fixture->out->str, ==,
                   "{\"type\":3,\"data\":{\"source\":0,\"adds\":[1]},\"timestamp\":1}");
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_DAMAGED), ==, 2);

  g_assert_cmpint (open_event (fixture, "{\"type\":2,\"data\":\"\\u001f\\u008bx\","
                                        "\"cv\":\"2024-10\"}"),
                   ==, PH_CV_LOST);
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_DAMAGED), ==, 3);
}

/* Exported events keep the mark, and a string elsewhere is no packing. */
static void
test_plain (Fixture *fixture,
            gconstpointer data)
{
  static const char *const texts[] = {
    "{\"type\":2,\"data\":{\"node\":{}},\"timestamp\":1,\"cv\":\"2024-10\"}",
    "{\"type\":3,\"data\":{\"source\":0,\"adds\":[]},\"timestamp\":1,\"cv\":\"2024-10\"}",
    "{\"type\":3,\"data\":{\"source\":5,\"text\":\"x\"},\"timestamp\":1,\"cv\":\"2024-10\"}",
    "{\"type\":2,\"data\":\"text\",\"timestamp\":1}",
    "{\"type\":2}",
    "[]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (open_event (fixture, texts[i]), ==, PH_CV_PLAIN);

  g_assert_cmpuint (ph_health_total (fixture->health), ==, 0);
}

/* A later way of packing that is still gzip is opened, and said. */
static void
test_version (Fixture *fixture,
              gconstpointer data)
{
  g_autofree char *packed = ph_pack_gzip_string ("{}", FALSE);
  g_autofree char *text = g_strdup_printf ("{\"type\":2,\"data\":%s,\"cv\":\"2031-01\"}", packed);

  g_assert_cmpint (open_event (fixture, text), ==, PH_CV_OPENED);
  g_assert_cmpstr (fixture->out->str, ==, "{\"type\":2,\"data\":{}}");
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_NEWER_VERSION), ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/cv/snapshot", Fixture, NULL, set_up, test_snapshot, tear_down);
  g_test_add ("/cv/lists", Fixture, NULL, set_up, test_lists, tear_down);
  g_test_add ("/cv/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/cv/plain", Fixture, NULL, set_up, test_plain, tear_down);
  g_test_add ("/cv/version", Fixture, NULL, set_up, test_version, tear_down);

  return g_test_run ();
}
