/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-labels.h"

static const char *
translate (const char *text)
{
  return g_str_equal (text, "Play") ? "Spiel \"<&" : text;
}

static void
test_labels (void)
{
  g_autofree char *english = ph_clip_labels_dup ("PLAY", NULL);
  g_autofree char *other = ph_clip_labels_dup ("PLAY", translate);
  g_autofree char *same = ph_clip_labels_dup ("LANGUAGE", translate);

  g_assert_cmpstr (english, ==, "Play");
  g_assert_cmpstr (other, ==, "Spiel &quot;&lt;&amp;");
  g_assert_cmpstr (same, ==, "en");
  g_assert_null (ph_clip_labels_dup ("DATA", NULL));
  g_assert_null (ph_clip_labels_dup ("", translate));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clip-labels/labels", test_labels);

  return g_test_run ();
}
