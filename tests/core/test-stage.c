/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-stage.h"
#include "ph-error.h"

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
presented_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  GError **error = user_data;
  gboolean ok = ph_stage_present_finish (PH_STAGE (source), result, error);

  g_assert_cmpint (ok, ==, *error == NULL);
}

static void
test_signals (void)
{
  g_autoptr (PhFakeStage) stage = ph_fake_stage_new (FALSE);
  guint n_ready = 0;
  guint n_lost = 0;

  g_signal_connect_swapped (stage, "ready", G_CALLBACK (count_cb), &n_ready);
  g_signal_connect_swapped (stage, "lost", G_CALLBACK (count_cb), &n_lost);

  g_assert_false (ph_stage_is_ready (PH_STAGE (stage)));
  ph_fake_stage_become_ready (stage);
  g_assert_true (ph_stage_is_ready (PH_STAGE (stage)));
  ph_fake_stage_lose (stage);
  g_assert_false (ph_stage_is_ready (PH_STAGE (stage)));

  g_assert_cmpuint (n_ready, ==, 1);
  g_assert_cmpuint (n_lost, ==, 1);
}

static void
test_present (void)
{
  g_autoptr (PhFakeStage) stage = ph_fake_stage_new (TRUE);
  g_autoptr (GBytes) patch = g_bytes_new_static ("[]", 2);
  g_autoptr (GError) error = NULL;

  ph_stage_present_async (PH_STAGE (stage), patch, NULL, presented_cb, &error);
  ph_fake_stage_settle ();
  g_assert_no_error (error);
  g_assert_cmpuint (ph_fake_stage_get_patches (stage)->len, ==, 1);

  ph_fake_stage_fail (stage, 1);
  ph_stage_present_async (PH_STAGE (stage), patch, NULL, presented_cb, &error);
  ph_fake_stage_settle ();
  g_assert_error (error, PH_ERROR, PH_ERROR_STAGE);
}

static void
test_set_playing (void)
{
  g_autoptr (PhFakeStage) stage = ph_fake_stage_new (TRUE);

  ph_stage_set_playing (PH_STAGE (stage), 7);
  g_assert_cmpint (ph_fake_stage_is_playing (stage), ==, TRUE);
  ph_stage_set_playing (PH_STAGE (stage), FALSE);
  g_assert_false (ph_fake_stage_is_playing (stage));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stage/signals", test_signals);
  g_test_add_func ("/stage/present", test_present);
  g_test_add_func ("/stage/set-playing", test_set_playing);

  return g_test_run ();
}
