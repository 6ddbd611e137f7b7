/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-css-scan.h"

#include <string.h>

static const char *const letters = "e_/'ifu@."; /* by PhCssKind */

static char *
scan_kinds (const char *text)
{
  GString *kinds = g_string_new (NULL);
  PhCssToken token;

  for (token = ph_css_scan (text); token.kind != PH_CSS_END; token = ph_css_scan (token.end))
    g_string_append_c (kinds, letters[token.kind]);

  return g_string_free (kinds, FALSE);
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *text;
    const char *kinds;
  } cases[] = {
    { "", "" },
    { "a { b: c }", "i_._i._i_." },
    { "/* a */b", "/i" },
    { "/* never closed", "/" },
    { "'a\\'b' \"c\"", "'_'" },
    { "'line\nend", "'_i" },
    { "url(a b) url( 'x' )", "u_f_'_." },
    { "URL(x)", "u" },
    { "u\\72 l(x)", "u" },
    { "url(never closed", "u" },
    { "@import 'a';", "@_'." },
    { "@\\69 mport", "@" },
    { "calc(1px)", "fi." },
    { "\\", "." },
    { "ü\\2603 x", "i" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *kinds = scan_kinds (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (kinds, ==, cases[i].kinds);
    }
}

static void
test_names_and_values (void)
{
  PhCssToken token = ph_css_scan ("\\49 MPort-x(");
  g_autofree char *name = ph_css_token_name (&token);
  PhCssToken at = ph_css_scan ("@IM\\50ort");
  g_autofree char *at_name = ph_css_token_name (&at);
  PhCssToken string = ph_css_scan ("'a\\27 b\\\nc'");
  g_autofree char *value = ph_css_token_value (&string);
  PhCssToken url = ph_css_scan ("url(  a\\29 b  )");
  g_autofree char *address = ph_css_token_value (&url);

  g_assert_cmpint (token.kind, ==, PH_CSS_FUNCTION);
  g_assert_cmpstr (name, ==, "import-x");
  g_assert_cmpstr (at_name, ==, "import");
  g_assert_cmpstr (value, ==, "a'bc");
  g_assert_cmpstr (address, ==, "a)b");
}

/* Tokens follow each other without gap or overlap, whatever the text. */
static void
test_tokens_cover_the_text (void)
{
  static const char alphabet[] = "a1-_\\ \n(){}[]'\"@/*u r l;:,.ü\r\f0x";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      const char *at;
      PhCssToken token;

      for (int n = g_rand_int_range (rand, 0, 40); n > 0; n--)
        {
          char c = alphabet[g_rand_int_range (rand, 0, (gint32) strlen (alphabet))];

          if ((guchar) c < 0x80)
            g_string_append_c (text, c);
          else
            g_string_append (text, "ü");
        }

      at = text->str;

      for (token = ph_css_scan (at); token.kind != PH_CSS_END; token = ph_css_scan (at))
        {
          g_assert_true (token.begin == at);
          g_assert_true (token.end > at);
          at = token.end;
        }

      g_assert_true (at == text->str + text->len);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/css-scan/kinds", test_kinds);
  g_test_add_func ("/css-scan/names-and-values", test_names_and_values);
  g_test_add_func ("/css-scan/tokens-cover-the-text", test_tokens_cover_the_text);

  return g_test_run ();
}
