/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-words.h"

static const char *
translate (const char *text)
{
  return g_str_equal (text, "Play") ? "Spiel \"<&" : text;
}

static void
test_words (void)
{
  g_autofree char *english = ph_clip_words_dup ("PLAY", NULL);
  g_autofree char *other = ph_clip_words_dup ("PLAY", translate);
  g_autofree char *same = ph_clip_words_dup ("LANGUAGE", translate);

  g_assert_cmpstr (english, ==, "Play");
  g_assert_cmpstr (other, ==, "Spiel &quot;&lt;&amp;");
  g_assert_cmpstr (same, ==, "en");
  g_assert_null (ph_clip_words_dup ("DATA", NULL));
  g_assert_null (ph_clip_words_dup ("", translate));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clip-words/words", test_words);

  return g_test_run ();
}
