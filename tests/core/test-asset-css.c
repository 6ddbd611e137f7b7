/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-css.h"

static void
note_cb (const char *url,
         PhAssetCssPlace place,
         gpointer user_data)
{
  static const char *const places[] = { "image", "font", "sheet" };
  GString *out = user_data;

  g_string_append_printf (out, "%s%s:%s", out->len > 0 ? " " : "", places[place], url);
}

static char *
read_all (const char *text)
{
  GString *out = g_string_new (NULL);

  ph_asset_css_each (text, note_cb, out);

  return g_string_free (out, FALSE);
}

static void
test_places (void)
{
  static const struct
  {
    const char *text;
    const char *found;
  } cases[] = {
    { "", "" },
    { "a{color:red}", "" },
    { "background: url(a.png)", "image:a.png" },
    { "a{background:URL( 'b.png' ) , url(\"c.png\")}", "image:b.png image:c.png" },
    { "a{background:u\\72l(d.png)}", "image:d.png" },
    { "a{background:url(e\\)f.png)}", "image:e)f.png" },
    { "a{content:'url(no.png)'}", "" },
    { "/* url(no.png) */ a{}", "" },
    { "a{mask:url(#inside)}", "image:#inside" },
    { "a{background:image-set('1.png' 1x, url(2.png) 2x, '3.avif' type('image/avif'))}",
      "image:1.png image:2.png image:3.avif" },
    { "a{background:-webkit-cross-fade(url(4.png), url(5.png), 50%)}", "image:4.png image:5.png" },
    { "@font-face{font-family:'Not A File';src:local('x'),url(f.woff2) format('woff2')} "
      "a{background:url(g.png)}",
      "font:f.woff2 image:g.png" },
    { "@media print{@font-face{src:url(f.ttf)} a{background:url(h.png)}}",
      "font:f.ttf image:h.png" },
    { "@import 'one.css'; @import url(two.css) screen; @import url(\"three.css\"); a{}",
      "sheet:one.css sheet:two.css sheet:three.css" },
    { "@import 'one.css' supports(background: url(x.png));", "sheet:one.css image:x.png" },
    { "@namespace svg url(http://www.w3.org/2000/svg); @charset 'utf-8'; a{cursor:url(c.cur)}",
      "image:c.cur" },
    { "@import; a{content:'no.css';background:url(i.png)}", "image:i.png" },
    { "a{background:url(unclosed.png", "image:unclosed.png" },
    { ")}]) a{background:url(after.png)}", "image:after.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = read_all (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

/* More brackets than are told apart: it goes on, and knows where it is when they are closed. */
static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("a{b:image(");
  g_autofree char *found = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "(");

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, ")");

  g_string_append (text, "); c:'no.png'; d:url(yes.png)}");
  found = read_all (text->str);
  g_assert_cmpstr (found, ==, "image:yes.png");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asset-css/places", test_places);
  g_test_add_func ("/asset-css/depth", test_depth);

  return g_test_run ();
}
