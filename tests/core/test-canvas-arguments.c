/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas-arguments.h"
#include "ph-test-dom.h"

#include <string.h>

/* A picture of 1 × 1 in a PNG; its head is what counts here. */
#define PNG                                                      \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNg" \
  "YPgPAAEDAQA2dBFAAAAAAElFTkSuQmCC"

#define GIF "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADsAAAAA"

static char *
write_any (const char *text)
{
  g_autofree char *json = ph_test_json (text);
  g_autoptr (PhJson) parser = ph_json_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  PhJsonValue root;
  guint64 pixels = 0;

  ph_json_parse (parser, json, strlen (json), &root, &error);
  g_assert_no_error (error);

  if (!ph_canvas_put_any (out, root, &pixels))
    return NULL;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What is written is read again to the same text. */
static void
test_values (void)
{
  static const struct
  {
    const char *value;
    const char *written; /* NULL: refused */
  } rows[] = {
    { "1", "1" },
    { "-0.5", "-0.5" },
    { "0.1", "0.1" },
    { "1e300", "1.0000000000000001e+300" },
    { "0.3333333333333333", "0.33333333333333331" },
    { "123456.789", "123456.789" },
    { "true", "true" },
    { "null", "null" },
    { "'a\\u0007'", "'a\\u0007'" },
    { "[1,[2,'x']]", "[1,[2,'x']]" },
    { "[[[[[1]]]]]", NULL },
    /* Bytes, however they were recorded. */
    { "{'rr_type':'ArrayBuffer','base64':'AAEC'}", "{'rr_type':'ArrayBuffer','base64':'AAEC'}" },
    { "{'rr_type':'Uint8Array','args':[[0,1,2]]}", "{'rr_type':'Uint8Array','base64':'AAEC'}" },
    { "{'rr_type':'Uint8Array','args':[[256,-1,2.9]]}",
      "{'rr_type':'Uint8Array','base64':'AP8C'}" },
    { "{'rr_type':'Uint8ClampedArray','args':[[256,-1,2.9,null]]}",
      "{'rr_type':'Uint8ClampedArray','base64':'/wADAA=='}" },
    { "{'rr_type':'Int16Array','args':[[1,-1]]}", "{'rr_type':'Int16Array','base64':'AQD//w=='}" },
    { "{'rr_type':'Float32Array','args':[[1]]}", "{'rr_type':'Float32Array','base64':'AACAPw=='}" },
    { "{'rr_type':'Float64Array','args':[1]}",
      "{'rr_type':'Float64Array','base64':'AAAAAAAAAAA='}" },
    { "{'rr_type':'DataView','args':[{'rr_type':'ArrayBuffer','base64':'AAECAw=='},1,2]}",
      "{'rr_type':'DataView','base64':'AQI='}" },
    { "{'rr_type':'DataView','args':[{'rr_type':'ArrayBuffer','base64':'AAEC'},1,3]}", NULL },
    { "{'rr_type':'DataView','args':[{'rr_type':'ArrayBuffer','base64':'AAEC'},-1]}", NULL },
    { "{'rr_type':'Uint8Array','args':[1e12]}", NULL },
    { "{'rr_type':'Float32Array','base64':'AAEC'}", NULL },
    { "{'rr_type':'Uint8Array'}", NULL },
    { "{'rr_type':'ImageData','args':[{'rr_type':'Uint8ClampedArray','args':[[1,2,3,4]]},1]}",
      "{'rr_type':'ImageData','base64':'AQIDBA==','width':1,'height':1}" },
    { "{'rr_type':'ImageData','args':[{'rr_type':'Uint8ClampedArray','args':[[1,2,3]]},1]}", NULL },
    { "{'rr_type':'ImageData','base64':'AQIDBA==','width':1,'height':2}", NULL },
    /* Pictures the archive carries. */
    { "{'rr_type':'HTMLImageElement','src':'data:image/png;base64," PNG "'}",
      "{'rr_type':'ImageBitmap','base64':'" PNG "','type':'image/png'}" },
    { "{'rr_type':'ImageBitmap','args':[{'rr_type':'Blob','data':[{'rr_type':'ArrayBuffer',"
      "'base64':'" PNG "'}],'type':'image/png'}]}",
      "{'rr_type':'ImageBitmap','base64':'" PNG "','type':'image/png'}" },
    /* Bits before padding that mean nothing, spaces, what is no letter of it. */
    { "{'rr_type':'ImageBitmap','base64':'" GIF "AB==','type':'image/gif'}",
      "{'rr_type':'ImageBitmap','base64':'" GIF "AA==','type':'image/gif'}" },
    { "{'rr_type':'ImageBitmap','base64':' " GIF "AA==','type':'image/gif'}",
      "{'rr_type':'ImageBitmap','base64':'" GIF "AA==','type':'image/gif'}" },
    { "{'rr_type':'ImageBitmap','base64':'" GIF "\\\"==','type':'image/gif'}",
      "{'rr_type':'ImageBitmap','base64':'" GIF "','type':'image/gif'}" },
    { "{'rr_type':'HTMLImageElement','src':'data:image/svg+xml,%3Csvg/%3E'}",
      "{'rr_type':'ImageBitmap','base64':'PHN2Zy8+','type':'image/svg+xml'}" },
    { "{'rr_type':'HTMLImageElement','src':'https://a.example/x.png'}", NULL },
    { "{'rr_type':'HTMLImageElement','src':'blob:https://a.example/1'}", NULL },
    { "{'rr_type':'HTMLImageElement','src':'javascript:1'}", NULL },
    { "{'rr_type':'HTMLImageElement','src':'data:text/html,<p>'}", NULL },
    { "{'rr_type':'HTMLImageElement','src':'data:image/png;base64,AAAA'}", NULL },
    { "{'rr_type':'ImageBitmap','index':0}", NULL },
    { "{'rr_type':'ImageBitmap','args':['https://a.example/x.png']}", NULL },
    /* A PNG that says it is of 65536 × 65536. */
    { "{'rr_type':'HTMLImageElement','src':'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgABAAAAAQAA"
      "CAIAAACQd1Pe'}",
      NULL },
    /* Objects that a context made. */
    { "{'rr_type':'WebGLBuffer','index':2}", "{'rr_type':'WebGLBuffer','index':2}" },
    { "{'rr_type':'WebGLBuffer','index':-1}", NULL },
    { "{'rr_type':'Function','args':['alert(1)']}", NULL },
    { "{'rr_type':'Image','index':0}", NULL },
    { "{'a':1}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *written = write_any (rows[i].value);
      g_autofree char *expected =
        rows[i].written != NULL ? ph_test_json (rows[i].written) : NULL;

      g_test_message ("%s", rows[i].value);
      g_assert_cmpstr (written, ==, expected);

      if (written != NULL)
        {
          g_autofree char *again = write_any (written);

          g_assert_cmpstr (again, ==, written);
        }
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *value;
    gboolean is_number;
    double number;
  } rows[] = {
    { "[5]", TRUE, 5 },
    { "[true]", TRUE, 1 },
    { "['5.5']", TRUE, 5.5 },
    { "['5px']", FALSE, 0 },
    { "['']", FALSE, 0 },
    { "[null]", FALSE, 0 },
    { "[[1]]", FALSE, 0 },
    { "[{}]", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = ph_test_json (rows[i].value);
      g_autoptr (PhJson) parser = ph_json_new ();
      PhJsonValue root;
      PhJsonValue value;
      PhJsonIter iter;
      double number = 0;

      g_assert_true (ph_json_parse (parser, json, strlen (json), &root, NULL));
      ph_json_iter_init (&iter, root);
      g_assert_true (ph_json_next (&iter, NULL, &value));
      g_assert_cmpint (ph_canvas_read_number (value, &number), ==, rows[i].is_number);

      if (rows[i].is_number)
        g_assert_cmpfloat_with_epsilon (number, rows[i].number, 1e-12);
    }
}

/* Any number is read again as it was. */
static void
test_any_number (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      double number = g_test_rand_double_range (-1e4, 1e4);
      double again;

      if (i % 3 == 0)
        number = (double) (gint64) (number * 1000) / 1000;

      if (i % 7 == 0)
        number *= 1e-9;

      ph_canvas_put_number (text, number);
      again = g_ascii_strtod (text->str, NULL);
      g_assert_cmpint (memcmp (&again, &number, sizeof number), ==, 0);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas-arguments/values", test_values);
  g_test_add_func ("/canvas-arguments/numbers", test_numbers);
  g_test_add_func ("/canvas-arguments/any-number", test_any_number);

  return g_test_run ();
}
