/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack.h"
#include "ph-reader.h"
#include "ph-taken.h"

#include <string.h>

#define META "{\"type\":4,\"data\":{\"href\":\"h\"},\"timestamp\":1000}"
#define FULL "{\"type\":2,\"data\":{\"node\":{\"t\":\"}{][\\\"\"}},\"timestamp\":1001}"
#define LIST "[" META "," FULL "]"
#define KINDS "0/meta@1000 0/full-snapshot@1001 "

/* The same two events in everything that holds such. */
static void
test_shapes (void)
{
  static const char *const texts[] = {
    "export default " LIST ";\n",
    "var events = " LIST,
    "const events: eventWithTime[] = " LIST " as eventWithTime[];\nexport { events };",
    "\xef\xbb\xbfwindow.events = " LIST ";",
    "module.exports = { name: 'x', list: [1, 2], events: " LIST " };",
    "// a demo [\n'use strict';\nlet list = [], other = [{id: 1}], events = " LIST,
    "export default [\n  {\n    type: 4,\n    data: { href: 'h' },\n    timestamp: 1000,\n  },\n"
    "  { timestamp: 1001, type: EventType.FullSnapshot, data: { node: { t: '}{][\"' }, }, },\n];\n",
    "<!DOCTYPE html><html><head><script>x=[];y=[{type:'a'}]</script></head><body><script>\n"
    "const events = " LIST ";\nnew rrwebPlayer({ props: { events } });</script></body></html>",
    "<html><script type=\"application/json\" id=\"e\">" LIST "</script></html>",
    "<script type='application/json'>{\"a\":1,\"events\":" LIST "}</script>",
    "new rrwebPlayer({target:document.body,props:{events:" LIST "}})",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PhTaken) taken = ph_taken_read (texts[i], strlen (texts[i]), 0);

      g_test_message ("case %u", i);
      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, "rrweb-script");
      g_assert_cmpstr (taken->kinds->str, ==, KINDS);
      g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
      ph_taken_check_chunks (texts[i], strlen (texts[i]));
    }
}

static char *
pack_base64 (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) gzip = ph_pack_gzip (bytes);

  return g_base64_encode (g_bytes_get_data (gzip, NULL), g_bytes_get_size (gzip));
}

/* Packed as a whole, beside something else that is; packed event by event. */
static void
test_packed (void)
{
  g_autofree char *other = pack_base64 ("body { color: red }");
  g_autofree char *list = pack_base64 (LIST);
  g_autofree char *object = pack_base64 ("{\"events\":" LIST "}");
  g_autofree char *meta = ph_pack_string (META, TRUE);
  g_autofree char *full = ph_pack_string (FULL, TRUE);
  char *texts[] = {
    g_strdup_printf ("<html><script>const css = '%s', data = `%s`;</script>", other, list),
    g_strdup_printf ("<html><script>const data = \"%s\";</script></html>", object),
    g_strdup_printf ("var events = [%s, %s]", meta, full),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PhTaken) taken = ph_taken_read (texts[i], strlen (texts[i]), 0);

      g_test_message ("case %u", i);
      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, "rrweb-script");
      g_assert_cmpstr (taken->kinds->str, ==, KINDS);
      g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
      ph_taken_check_chunks (texts[i], strlen (texts[i]));
    }

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

/* A page whose player stands in front of the events, and one that ends too early. */
static void
test_long (void)
{
  g_autoptr (GString) page = g_string_new ("<html><script>");
  g_autoptr (PhTaken) taken = NULL;

  while (page->len < 3 * PH_READER_HEAD_SIZE)
    g_string_append (page, "var a=[[1,2],[{x:1}],'H4s'];/* [{type:4 */");

  g_string_append (page, "</script><script>var events=" LIST "</script></html>");
  taken = ph_taken_read (page->str, page->len, 0);
  g_assert_no_error (taken->error);
  g_assert_cmpstr (taken->kinds->str, ==, KINDS);
  g_clear_pointer (&taken, ph_taken_free);

  g_string_truncate (page, page->len - strlen ("]</script></html>") - 3);
  taken = ph_taken_read (page->str, page->len, 0);
  g_assert_no_error (taken->error);
  g_assert_cmpstr (taken->kinds->str, ==, "0/meta@1000 ");
  g_assert_cmpuint (ph_health_count (taken->health, PH_HEALTH_TRUNCATED), ==, 1);
}

/* What holds no events, and what others read. */
static void
test_others (void)
{
  static const struct
  {
    const char *text;
    gboolean whole;
    PhRank rank;
  } cases[] = {
    { "<!doctype html><p>hello</p>", TRUE, PH_RANK_NONE },
    { "<!doctype html><p>hello</p>", FALSE, PH_RANK_POSSIBLE },
    { "var x = [1, 2, {type: 'a', data: 1}];", TRUE, PH_RANK_NONE },
    { "function f() { return [] }", FALSE, PH_RANK_NONE },
    { "var events = " LIST, TRUE, PH_RANK_LIKELY },
    { LIST, TRUE, PH_RANK_NONE },
    { META, TRUE, PH_RANK_NONE },
    { "hello", TRUE, PH_RANK_NONE },
    { "\x7f"
      "ELF",
      TRUE, PH_RANK_NONE },
    { "", TRUE, PH_RANK_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].text);
      g_autofree char *head = g_memdup2 (size > 0 ? cases[i].text : "?", MAX (size, 1));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_reader_script.probe (head, size, cases[i].whole), ==, cases[i].rank);
    }
}

static void
test_cut (void)
{
  static const char text[] = "export default "
                             "[" META "," FULL "," META "," FULL "," META "," FULL "];";

  ph_taken_check_cut (text, strlen (text), 4);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-script/shapes", test_shapes);
  g_test_add_func ("/reader-script/packed", test_packed);
  g_test_add_func ("/reader-script/long", test_long);
  g_test_add_func ("/reader-script/others", test_others);
  g_test_add_func ("/reader-script/cut", test_cut);

  return g_test_run ();
}
