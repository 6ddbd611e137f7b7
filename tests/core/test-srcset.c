/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-srcset.h"

static void
test_candidates (void)
{
  static const struct
  {
    const char *srcset;
    const char *candidates; /* address|descriptor, one after the other */
  } cases[] = {
    { "", "" },
    { " , ,", "" },
    { "a.png", "a.png|" },
    { "a.png 1x, b.png 2x", "a.png|1x b.png|2x" },
    { "a.png, b.png 640w ", "a.png| b.png|640w" },
    { "a.png,,b.png 2x", "a.png,,b.png|2x" },
    { "a.png,, b.png 2x", "a.png| b.png|2x" },
    { "data:image/png;base64,AA== 1x, b,c.png 2x", "data:image/png;base64,AA==|1x b,c.png|2x" },
    { "a.png (1x,2x), b.png", "a.png|(1x,2x) b.png|" },
    { "a.png 100w 50h , b.png", "a.png|100w 50h b.png|" },
    { "\n\ta.png\t3x\n,\nb.png", "a.png|3x b.png|" },
    { "a.png (((", "a.png|(((" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      const char *at = cases[i].srcset;
      PhCandidate candidate;

      while (ph_srcset_next (&at, &candidate))
        g_string_append_printf (out, "%s%.*s|%.*s", out->len > 0 ? " " : "",
                                (int) candidate.url_size, candidate.url,
                                (int) candidate.descriptor_size, candidate.descriptor);

      g_test_message ("%s", cases[i].srcset);
      g_assert_cmpstr (out->str, ==, cases[i].candidates);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/srcset/candidates", test_candidates);

  return g_test_run ();
}
