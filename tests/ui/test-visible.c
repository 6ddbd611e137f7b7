/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-limits.h"
#include "ph-visible.h"

#include <string.h>

static void
test_label (void)
{
  static const struct
  {
    const char *text, *label;
  } cases[] = {
    { NULL, "" },
    { "", "" },
    { "plain", "plain" },
    { "Grüße 日本 🙂", "Grüße 日本 🙂" },
    { "<b>&amp;</b>", "<b>&amp;</b>" },
    { "two\nlines", "two↵lines" },
    { "two\r\nlines", "two↵lines" },
    { "tab\there", "tab⇥here" },
    { "bell\a\x1b[31m", "bell␇␛[31m" },
    { "\x7f", "␡" },
    { "\xc2\x85", "⟨U+0085⟩" },
    { "invoice\xe2\x80\xaegpj.exe", "invoice⟨U+202E⟩gpj.exe" },
    { "a\xe2\x81\xa6"
      "b\xe2\x81\xa9",
      "a⟨U+2066⟩b⟨U+2069⟩" },
    { "no\xe2\x80\x8bwidth", "no⟨U+200B⟩width" },
    { "\xf3\xa0\x81\x81", "⟨U+E0041⟩" },
    { "bad\xff"
      "bytes",
      "bad\xef\xbf\xbd"
      "bytes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = ph_visible_text (cases[i].text);

      g_test_message ("case %u", i);
      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

static void
test_cap (void)
{
  g_autofree char *exact = ph_visible_capped ("four", 4);
  g_autofree char *cut = ph_visible_capped ("five!", 4);
  g_autofree char *one = ph_visible_capped ("五五", 1);
  g_autofree char *grown = ph_visible_capped ("\xe2\x80\xae\xe2\x80\xae", 10);
  g_autofree char *huge = g_strnfill (20000000, 'x');
  g_autofree char *label = ph_visible_text (huge);

  g_assert_cmpstr (exact, ==, "four");
  g_assert_cmpstr (cut, ==, "fiv…");
  g_assert_cmpstr (one, ==, "…");
  g_assert_cmpstr (grown, ==, "⟨U+202E⟩⟨…");
  g_assert_cmpint (g_utf8_strlen (label, -1), ==, PH_LIMIT_LABEL_CHARS);
  g_assert_true (g_str_has_suffix (label, "x…"));
}

/* Whatever goes in: valid, one line, not too long, and the same when done twice. */
static void
test_any_bytes (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      char bytes[64];
      int n = g_test_rand_int_range (0, (int) sizeof bytes - 1);
      g_autofree char *label = NULL;
      g_autofree char *again = NULL;

      for (int i = 0; i < n; i++)
        bytes[i] = (char) g_test_rand_int_range (round % 2 ? 0x80 : 1, 256);
      bytes[n] = '\0';

      label = ph_visible_capped (bytes, 40);
      again = ph_visible_capped (label, 40);
      g_assert_true (g_utf8_validate (label, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (label, -1), <=, 40);
      g_assert_null (strpbrk (label, "\n\r\t\a\x1b\x7f"));
      g_assert_cmpstr (label, ==, again);
    }
}

static void
test_markup (void)
{
  g_autofree char *markup = ph_visible_markup ("<a href=\"x\">&\n</a>");
  g_autofree char *long_text = g_strnfill (1000, '<');
  g_autofree char *long_markup = ph_visible_markup (long_text);

  g_assert_cmpstr (markup, ==, "&lt;a href=&quot;x&quot;&gt;&amp;↵&lt;/a&gt;");
  /* Cut before it is escaped: an entity is never cut in half. */
  g_assert_true (g_str_has_suffix (long_markup, "&lt;…"));
}

static void
test_menu (void)
{
  g_autofree char *menu = ph_visible_menu ("check_out_2.json");

  g_assert_cmpstr (menu, ==, "check__out__2.json");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/visible/label", test_label);
  g_test_add_func ("/visible/cap", test_cap);
  g_test_add_func ("/visible/any-bytes", test_any_bytes);
  g_test_add_func ("/visible/markup", test_markup);
  g_test_add_func ("/visible/menu", test_menu);

  return g_test_run ();
}
