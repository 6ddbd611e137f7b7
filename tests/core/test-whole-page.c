/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-whole-page.h"

#include "ph-dom-apply.h"
#include "ph-dom-write.h"
#include "ph-test-dom.h"

#include <string.h>

/* Control characters, quotes and other scripts, in texts as in numbers of its form. */
static PhDom *
make_page (void)
{
  PhDom *dom = ph_test_page (
    "{'type':2,'tagName':'style','attributes':{'_cssText':'a {}'},'id':9,'childNodes':[]},"
    "{'type':3,'textContent':'\\u0001 \\\\ ü \\ud83d\\ude00','id':10},"
    "{'type':2,'tagName':'input','attributes':{},'id':14,'childNodes':[]},"
    "{'type':2,'tagName':'video','attributes':{},'id':15,'childNodes':[]}");

  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':1,'data':{'source':5,'id':14,'text':'x','isChecked':false}"
                 "},{'type':3,'timestamp':2,'data':{'source':8,'id':9,'adds':[{'rule':'b {}'}]}},"
                 "{'type':3,'timestamp':3,'data':{'source':7,'id':15,'type':0,'currentTime':4}}]");

  return dom;
}

/* Applies an event with this `data` at @time. */
static void
apply (PhDom *dom,
       const char *data,
       PhTime time,
       PhHealth *health)
{
  g_autofree char *text = g_strdup_printf ("{\"type\":5,\"timestamp\":1,\"data\":%s}", data);
  g_autoptr (PhJson) json = ph_json_new ();
  PhEvent event = { .text = text, .size = strlen (text) };
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, text, event.size, &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  event.time = time;
  ph_dom_apply (dom, &event, root, health);
  ph_dom_check (dom);
}

/* On another page, at another time: the same page, that far on. */
static void
test_round_trip (void)
{
  g_autoptr (PhDom) dom = make_page ();
  g_autoptr (PhDom) other = ph_test_page ("{'type':3,'textContent':'other','id':7}");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *data = ph_whole_page_write (dom, PH_SECOND);
  g_autofree char *again = NULL;
  guint64 epoch = ph_dom_get_epoch (other);

  apply (other, data, 60 * PH_SECOND, health);
  again = ph_whole_page_write (other, 60 * PH_SECOND);
  g_assert_cmpstr (again, ==, data);
  g_assert_cmpuint (ph_dom_get_epoch (other), ==, epoch);
  g_assert_cmpuint (ph_dom_find (other, 7), ==, 0);
  g_assert_cmpint (ph_presence_find_media (&ph_dom_get_page (other)->presence, 15)->since, ==,
                   ph_presence_find_media (&ph_dom_get_page (dom)->presence, 15)->since +
                     59 * PH_SECOND);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_ODD_VALUE), ==, 0);
}

/* Every node that is there now is one to look at. */
static void
test_journal (void)
{
  g_autoptr (PhDom) dom = make_page ();
  g_autoptr (PhDom) other = ph_test_page ("{'type':3,'textContent':'other','id':7}");
  g_autoptr (GArray) journal = g_array_new (FALSE, FALSE, sizeof (PhSlot));
  g_autofree char *data = ph_whole_page_write (dom, 0);

  ph_dom_set_journal (other, journal);
  apply (other, data, 0, NULL);
  g_assert_cmpuint (journal->len, ==, ph_dom_n_nodes (dom));
}

/* What is no such page changes nothing, and is said. */
static void
test_odd (void)
{
  static const char *const cases[] = {
    "{\"tag\":\"playhead-page\"}",
    "{\"tag\":\"playhead-page\",\"payload\":{\"format\":1}}",
    "{\"tag\":\"playhead-page\",\"payload\":{\"format\":1,\"page\":\"\"}}",
    "{\"tag\":\"playhead-page\",\"payload\":{\"format\":1,\"page\":\"\\u0103\"}}",
    "{\"tag\":\"playhead-page\",\"payload\":{\"format\":1,\"page\":\"\\u0120\"}}",
    "{\"tag\":\"playhead-page\",\"payload\":{\"format\":1,\"page\":\"\xe2\x82\xac\"}}",
    "{\"tag\":\"playhead-page\",\"payload\":{\"format\":1,\"page\":[1]}}",
  };
  g_autoptr (PhDom) dom = make_page ();
  g_autofree char *before = ph_whole_page_write (dom, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *after = NULL;

      apply (dom, cases[i], 0, health);
      after = ph_whole_page_write (dom, 0);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpuint (ph_health_count (health, PH_HEALTH_ODD_VALUE), ==, 1);
    }
}

/* Cut or bent anywhere, it is refused or a page whose rules hold. */
static void
test_damaged (void)
{
  g_autoptr (PhDom) dom = make_page ();
  g_autofree char *data = ph_whole_page_write (dom, 0);
  gsize size = strlen (data);
  gsize begin = (gsize) (strstr (data, "\"page\":\"") - data) + 8;

  for (gsize i = begin; i < size - 4; i++)
    {
      g_autoptr (PhDom) other = ph_test_page ("{'type':3,'textContent':'other','id':7}");
      g_autofree char *bent = g_strdup (data);

      if ((bent[i] & 0x80) != 0 || bent[i] == '\\' || bent[i - 1] == '\\')
        continue;

      bent[i] = bent[i] == 'a' ? 'b' : 'a';
      apply (other, bent, 0, NULL);
    }
}

/* Others are nobody's business; without a page it is nothing. */
static void
test_ignored (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) nothing = ph_dom_new (names);
  g_autoptr (PhDom) dom = make_page ();
  g_autofree char *data = ph_whole_page_write (dom, 0);
  g_autofree char *after = NULL;

  apply (nothing, data, 0, NULL);
  g_assert_cmpuint (ph_dom_get_root (nothing), ==, 0);
  apply (dom, "{\"tag\":\"other\",\"payload\":{\"format\":1,\"page\":\"\"}}", 0, NULL);
  after = ph_whole_page_write (dom, 0);
  g_assert_cmpstr (after, ==, data);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/whole-page/round-trip", test_round_trip);
  g_test_add_func ("/whole-page/journal", test_journal);
  g_test_add_func ("/whole-page/odd", test_odd);
  g_test_add_func ("/whole-page/damaged", test_damaged);
  g_test_add_func ("/whole-page/ignored", test_ignored);

  return g_test_run ();
}
