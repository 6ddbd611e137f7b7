/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-text.h"

static void
test_line (void)
{
  static const struct
  {
    const char *text;
    guint max_chars;
    const char *line;
  } cases[] = {
    { "", 10, "" },
    { " \n\t ", 10, "" },
    { "  one\n\n two\u00a0three ", 100, "one two three" },
    { "abcdef", 6, "abcdef" },
    { "abcdef", 5, "abcde…" },
    { "ab cdef", 3, "ab…" },
    { "ab cdef", 4, "ab c…" },
    { "äöü€", 3, "äöü…" },
    { "abc   ", 3, "abc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = ph_text_line (cases[i].text, cases[i].max_chars);

      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

static void
test_visible (void)
{
  static const struct
  {
    const char *text;
    const char *visible;
  } cases[] = {
    { "plain <b>&amp;</b> äöü", "plain <b>&amp;</b> äöü" },
    { "a\nb\tc\a\x1b[31m", "a↵b⇥c␇␛[31m" },
    { "x\x7f", "x␡" },
    { "two\r\nlines", "two↵lines" },
    { "exe.\u202egnp", "exe.⟨U+202E⟩gnp" },
    { "\u2066a\u2069\u200f", "⟨U+2066⟩a⟨U+2069⟩⟨U+200F⟩" },
    { "\u061c\ufeff", "⟨U+061C⟩⟨U+FEFF⟩" },
    { "a\u2028b\xc2\x85", "a↵b⟨U+0085⟩" },
    /* A family: joined by U+200D, which must stay. */
    { "👩\u200d👧", "👩\u200d👧" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *visible = ph_text_visible (cases[i].text);

      g_assert_cmpstr (visible, ==, cases[i].visible);
    }
}

/* No character that is left can move the cursor or turn the direction. */
static void
test_nothing_hidden_is_left (void)
{
  for (gunichar c = 1; c < 0x110000; c++)
    {
      char text[8] = { 0 };
      GUnicodeType type = g_unichar_type (c);

      if (type != G_UNICODE_CONTROL && type != G_UNICODE_LINE_SEPARATOR &&
          type != G_UNICODE_PARAGRAPH_SEPARATOR && c != 0x202e && c != 0x2067)
        continue;

      {
        g_autofree char *visible = NULL;

        text[g_unichar_to_utf8 (c, text)] = '\0';
        visible = ph_text_visible (text);
        g_assert_cmpstr (visible, !=, text);
      }
    }
}

/* Text of several lines stays so; nothing else hides in it. */
static void
test_visible_lines (void)
{
  static const struct
  {
    const char *text;
    const char *visible;
  } cases[] = {
    { "", "" },
    { "one\ntwo\tthree", "one\ntwo\tthree" },
    { "one\r\ntwo\rthree\xe2\x80\xa8", "one\ntwo\nthree\n" },
    { "a\007\xe2\x80\xaez", "a␇⟨U+202E⟩z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *visible = ph_text_visible_lines (cases[i].text);

      g_assert_cmpstr (visible, ==, cases[i].visible);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/line", test_line);
  g_test_add_func ("/text/visible", test_visible);
  g_test_add_func ("/text/visible-lines", test_visible_lines);
  g_test_add_func ("/text/nothing-hidden-is-left", test_nothing_hidden_is_left);

  return g_test_run ();
}
