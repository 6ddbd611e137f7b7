/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-patch-write.h"
#include "ph-test-dom.h"

static void
test_writing (void)
{
  PhPatch *patch = ph_patch_new ();
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (ph_patch_is_empty (patch));
  ph_patch_put_int (patch, 0);
  g_assert_false (ph_patch_is_empty (patch));
  ph_patch_put_int (patch, -12);
  ph_patch_put_int (patch, G_MININT64);
  ph_patch_put_number (patch, 3);
  ph_patch_put_number (patch, -0.25);
  ph_patch_put_number (patch, 1e14);
  ph_patch_put_null (patch);
  ph_patch_put_string (patch, "a\"\\\n\x01ü\xe2\x80\xa8");
  ph_patch_put_string (patch, "");
  bytes = ph_patch_finish (patch);

  g_assert_cmpstr (g_bytes_get_data (bytes, NULL), ==,
                   "[0,-12,-9223372036854775808,3,-0.2500,100000000000000,null,"
                   "\"a\\\"\\\\\\u000a\\u0001ü\xe2\x80\xa8\",\"\"]");
}

/* Numbers are written for JSON whatever the person's language writes. */
static void
test_pointer_and_jump (void)
{
  PhPatch *patch = ph_patch_new ();
  PhPointer pointer = { .visible = TRUE, .x = 1.5f, .y = 2, .kind = PH_POINTER_TOUCH };
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();
  g_autoptr (GBytes) bytes = NULL;

  pointer.n_clicks = 1;
  pointer.clicks[0] = (PhClick) { .x = 3, .y = 4, .progress = 0.5f };
  ph_patch_jump (patch, 1500 * PH_MSEC);
  ph_patch_pointer (patch, &pointer);
  bytes = ph_patch_finish (patch);

  g_assert_cmpstr (g_bytes_get_data (bytes, NULL), ==,
                   "[22,1500,20,1,1.5000,2,2,0,21,1,3,4,0.5000,0]");
  ph_test_stage_apply (stage, bytes);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/patch/writing", test_writing);
  g_test_add_func ("/patch/pointer-and-jump", test_pointer_and_jump);

  return g_test_run ();
}
