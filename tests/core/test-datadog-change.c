/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-datadog-change.h"

#include <gio/gio.h>
#include <string.h>

static gboolean
take_cb (const char *text,
         gsize size,
         gpointer user_data,
         GError **error)
{
  const char *data = strstr (text, "\"data\":");

  g_string_append (user_data, data + strlen ("\"data\":"));
  g_string_append_c (user_data, '\n');

  return TRUE;
}

static gboolean
refuse_cb (const char *text,
           gsize size,
           gpointer user_data,
           GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no more");

  return FALSE;
}

static guint
read_data (PhDatadogChange *change,
           gboolean is_snapshot,
           const char *data)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GError) error = NULL;
  PhJsonValue root;
  guint n_unknown = 0;

  g_assert_true (ph_json_parse (json, data, strlen (data), &root, NULL));
  g_assert_true (ph_datadog_change_read (change, 5, is_snapshot, root, &n_unknown, &error));
  g_assert_no_error (error);

  return n_unknown;
}

#define ADDS "{\"source\":0,\"removes\":[],\"texts\":[],\"attributes\":[],\"adds\":["
#define ADD(parent, next, id, name)                                   \
  "{\"parentId\":" parent ",\"nextId\":" next ",\"node\":{\"id\":" id \
  ",\"type\":2,\"tagName\":\"" name "\",\"childNodes\":[],"           \
  "\"attributes\":{}}}"

/* The three places a node may be put to, on a page of a document and an element. */
static void
test_places (void)
{
  static const struct
  {
    const char *adds;
    const char *wanted;
    guint n_unknown;
  } cases[] = {
    { "[1,\"a\"]", ADD ("2", "null", "3", "a"), 0 },
    { "[0,\"a\"]", ADD ("1", "null", "3", "a"), 0 },
    { "[-1,\"a\"]", ADD ("1", "2", "3", "a"), 0 },
    { "[1,\"a\"],[0,\"b\"],[-2,\"c\"]",
      ADD ("2", "null", "3", "a") "," ADD ("2", "null", "4", "b") "," ADD ("2", "3", "5", "c"), 0 },
    { "[1,\"a\"],[-1,\"b\"],[0,\"c\"]",
      ADD ("2", "null", "3", "a") "," ADD ("2", "3", "4", "b") "," ADD ("2", "3", "5", "c"), 0 },
    { "[99,\"a\"]", "", 1 },
    { "[-99,\"a\"]", "", 1 },
    { "[null,\"a\"]", "", 1 },
    { "[-9e99,\"a\"]", "", 1 },
    { "[2,\"a\"],7", ADD ("1", "null", "3", "a"), 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (PhDatadogChange) change = ph_datadog_change_new (take_cb, out);
      g_autofree char *data = g_strdup_printf ("[[1,%s]]", cases[i].adds);
      g_autofree char *wanted = g_strdup_printf (ADDS "%s]}}\n", cases[i].wanted);

      g_test_message ("%s", cases[i].adds);
      g_assert_cmpuint (read_data (change, TRUE, "[[1,[null,\"#document\"],[1,\"p\"]]]"), ==, 0);
      g_string_truncate (out, 0);
      g_assert_cmpuint (read_data (change, FALSE, data), ==, cases[i].n_unknown);
      g_assert_cmpstr (out->str, ==, wanted);
    }
}

/* What is removed has no place any more, and the table ends with the page. */
static void
test_removed (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (PhDatadogChange) change = ph_datadog_change_new (take_cb, out);

  g_assert_cmpuint (
    read_data (change, TRUE, "[[0,\"p\"],[1,[null,\"#document\"],[1,0],[0,0]]]"), ==, 0);
  g_assert_cmpuint (read_data (change, FALSE, "[[2,1]]"), ==, 0);
  g_assert_cmpuint (read_data (change, FALSE, "[[2,1],[2,0],[2,\"x\"],[2,-1]]"), ==, 4);
  g_string_truncate (out, 0);
  g_assert_cmpuint (read_data (change, FALSE, "[[1,[-1,0]]]"), ==, 0);
  g_assert_cmpstr (out->str, ==, ADDS ADD ("1", "3", "4", "p") "]}}\n");
  g_assert_cmpuint (read_data (change, TRUE, "[]"), ==, 0);
  g_assert_cmpuint (read_data (change, FALSE, "[[2,1]]"), ==, 1);
}

/* An option that is chosen is what its select holds; where several may be, it is its own. */
static void
test_chosen (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (PhDatadogChange) change = ph_datadog_change_new (take_cb, out);

  g_assert_cmpuint (read_data (change, TRUE,
                               "[[1,[null,\"#document\"],[1,\"SELECT\"],"
                               "[1,\"OPTION\",[\"value\",\"a\"],[\"selected\",\"\"]],"
                               "[0,\"OPTION\",[\"value\",\"b\"]],"
                               "[0,\"SELECT\",[\"multiple\",\"\"]],"
                               "[1,\"OPTION\",[\"value\",\"c\"]]]]"),
                    ==, 0);
  g_string_truncate (out, 0);
  g_assert_cmpuint (read_data (change, FALSE, "[[13,[0,3]],[13,[0,5]],[13,[1,3]]]"), ==, 0);
  g_assert_cmpstr (
    out->str, ==,
    "{\"source\":5,\"isChecked\":false,\"id\":2,\"text\":\"b\"}}\n"
    "{\"source\":0,\"adds\":[],\"removes\":[],\"texts\":[],"
    "\"attributes\":[{\"id\":6,\"attributes\":{\"selected\":true}}]}}\n"
    "{\"source\":0,\"adds\":[],\"removes\":[],\"texts\":[],"
    "\"attributes\":[{\"id\":4,\"attributes\":{\"selected\":null}}]}}\n");
}

/* No list of changes makes it fail. */
static void
test_odd (void)
{
  static const char *const cases[] = {
    "7",
    "{}",
    "[7,[],[\"x\"],[-1],[15],[1e99]]",
    "[[1,[],{},\"x\",[1],[1,{\"string\":7}]]]",
    "[[3,[0,[\"a\"],[],7]],[4,[0]],[5,[0,1]],[6,[0]],[7,[],7,[[]]],[8,[0,0],[0,9],[9]]]",
    "[[9,[0]],[12,[0],[9]],[13,[],[0,0,9],[1]],[11,[],7],[14],[14,1]]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (PhDatadogChange) change = ph_datadog_change_new (take_cb, out);

      read_data (change, FALSE, cases[i]);
      read_data (change, TRUE, "[[1,[null,\"#document\"],[1,\"p\"]]]");
      read_data (change, FALSE, cases[i]);
      g_assert_true (g_utf8_validate (out->str, -1, NULL));
    }
}

static void
test_stop (void)
{
  g_autoptr (PhDatadogChange) change = ph_datadog_change_new (refuse_cb, NULL);
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GError) error = NULL;
  PhJsonValue root;
  guint n_unknown = 0;

  g_assert_true (ph_json_parse (json, "[]", 2, &root, NULL));
  g_assert_false (ph_datadog_change_read (change, 5, TRUE, root, &n_unknown, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datadog-change/chosen", test_chosen);
  g_test_add_func ("/datadog-change/places", test_places);
  g_test_add_func ("/datadog-change/removed", test_removed);
  g_test_add_func ("/datadog-change/odd", test_odd);
  g_test_add_func ("/datadog-change/stop", test_stop);

  return g_test_run ();
}
