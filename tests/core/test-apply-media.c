/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

static const char body[] =
  "{\"type\":2,\"tagName\":\"video\",\"attributes\":{\"rr_mediaState\":\"played\","
  "\"rr_mediaCurrentTime\":2.5,\"rr_mediaPlaybackRate\":2,\"rr_mediaVolume\":0.5,"
  "\"rr_mediaMuted\":true,\"rr_mediaLoop\":false,\"loop\":\"\"},\"id\":10,\"childNodes\":[]},"
  "{\"type\":2,\"tagName\":\"audio\",\"attributes\":{\"loop\":\"\"},\"id\":11,\"childNodes\":[]},"
  "{\"type\":2,\"tagName\":\"p\",\"attributes\":{\"rr_mediaState\":\"played\"},\"id\":12,"
  "\"childNodes\":[]},"
  "{\"type\":2,\"tagName\":\"video\",\"attributes\":{\"rr_mediaState\":\"paused\","
  "\"rr_mediaCurrentTime\":\"1e99\",\"rr_mediaPlaybackRate\":\"x\",\"rr_mediaVolume\":-4},"
  "\"id\":13,\"childNodes\":[]}";

/* The page is there at 1 ms. */
#define SAY(time, rest)                             \
  "[{'type':3,'timestamp':1,'data':{'source':11}}," \
  "{'type':3,'timestamp':" #time ",'data':{'source':7," rest "}}]"

static const PhMedia *
find (const PhDom *dom,
      gint32 id)
{
  return ph_presence_find_media (&ph_dom_get_page (dom)->presence, id);
}

static void
assert_media (const PhMedia *media,
              gboolean playing,
              double position,
              double rate,
              double volume)
{
  g_assert_nonnull (media);
  g_assert_cmpint (media->playing, ==, playing);
  g_assert_cmpfloat_with_epsilon (media->position, position, 1e-6);
  g_assert_cmpfloat_with_epsilon (media->rate, rate, 1e-6);
  g_assert_cmpfloat_with_epsilon (media->volume, volume, 1e-6);
}

static void
test_snapshot (void)
{
  g_autoptr (PhDom) dom = ph_test_page (body);

  assert_media (find (dom, 10), TRUE, 2.5, 2, 0.5);
  g_assert_true (find (dom, 10)->muted);
  g_assert_true (find (dom, 10)->loop);
  g_assert_cmpint (find (dom, 10)->since, ==, 1 * PH_MSEC);
  g_assert_null (find (dom, 11));
  g_assert_null (find (dom, 12));
  assert_media (find (dom, 13), FALSE, 1e7, 1, 0);
}

static void
test_events (void)
{
  static const struct
  {
    const char *events;
    gint32 id;
    gboolean playing;
    double position, rate, volume;
    guint n_odd;
  } rows[] = {
    { SAY (1002, "'type':1,'id':10,'currentTime':4.75"), 10, FALSE, 4.75, 2, 0.5, 0 },
    /* Without a time of its own it is where it had come to. */
    { SAY (1002, "'type':1,'id':10"), 10, FALSE, 4.5, 2, 0.5, 0 },
    { SAY (1002, "'type':3,'id':10,'volume':1"), 10, TRUE, 4.5, 2, 1, 0 },
    { SAY (1002, "'type':4,'id':10,'playbackRate':0.5"), 10, TRUE, 4.5, 0.5, 0.5, 0 },
    { SAY (1002, "'type':2,'id':10,'currentTime':0"), 10, TRUE, 0, 2, 0.5, 0 },
    { SAY (1002, "'type':0,'id':11"), 11, TRUE, 0, 1, 1, 0 },
    /* Odd ones. */
    { SAY (1002, "'type':0,'id':10,'currentTime':-5,'volume':9,'playbackRate':1e9"), 10, TRUE, 0,
      64, 1, 0 },
    { SAY (1002, "'type':7,'id':10"), 10, TRUE, 2.5, 2, 0.5, 1 },
    { SAY (1002, "'type':0,'id':12"), 10, TRUE, 2.5, 2, 0.5, 1 },
    { SAY (1002, "'type':0,'id':99"), 10, TRUE, 2.5, 2, 0.5, 1 },
    { SAY (1002, "'id':10"), 10, TRUE, 2.5, 2, 0.5, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhDom) dom = ph_test_page (body);
      PhHealth *health = ph_health_new ();

      g_test_message ("row %u", i);
      ph_test_apply (dom, health, rows[i].events);
      assert_media (find (dom, rows[i].id), rows[i].playing, rows[i].position, rows[i].rate,
                    rows[i].volume);
      g_assert_cmpuint (ph_health_total (health), ==, rows[i].n_odd);
      ph_health_free (health);
    }
}

static void
test_removed (void)
{
  g_autoptr (PhDom) dom = ph_test_page (body);

  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':5,'data':{'source':0,'texts':[],'attributes':[],"
                 "'adds':[],'removes':[{'parentId':3,'id':10}]}}]");
  g_assert_null (find (dom, 10));
  g_assert_nonnull (find (dom, 13));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply-media/snapshot", test_snapshot);
  g_test_add_func ("/apply-media/events", test_events);
  g_test_add_func ("/apply-media/removed", test_removed);

  return g_test_run ();
}
