/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A web process that ends, for whoever shows a page. */

#include "stage-driver.h"

#include <signal.h>

#define PAGE                                                                                  \
  "0,1,false, 1,800,600, 5,10,1,\"html\",\"\",\"\", 2,2,1,0,\"html\",0, 2,3,2,0,\"head\",0, " \
  "2,4,2,0,\"body\",0"
#define SPIN_MSEC 500

static gboolean
late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
spin (void)
{
  gboolean late = FALSE;

  g_timeout_add (SPIN_MSEC, late_cb, &late);

  while (!late)
    g_main_context_iteration (NULL, TRUE);
}

/* As a fault in it would. */
static void
end_web_process (void)
{
  int pid = stage_driver_find_web_process ();

  g_assert_cmpint (pid, >, 0);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
}

static void
let_go_cb (StageDriver *driver)
{
  gtk_window_destroy (driver->window);
  g_clear_object (&driver->stage);
}

/* Who hears of it may let go of the stage at once: WebKit still has to do with the view then. */
static void
test_let_go (void)
{
  for (guint i = 0; i < 5; i++)
    {
      StageDriver *driver = stage_driver_new (400, 300);

      stage_driver_show (driver, "[" PAGE "]");
      g_signal_connect_swapped (driver->stage, "lost", G_CALLBACK (let_go_cb), driver);
      end_web_process ();
      stage_driver_wait_lost (driver, 1);
      g_assert_null (driver->stage);
      spin ();
      g_free (driver);
    }
}

/* And it may start another one at once. */
static void
test_restart (void)
{
  g_autoptr (StageDriver) driver = stage_driver_new (400, 300);

  g_signal_connect (driver->stage, "lost", G_CALLBACK (ph_web_stage_restart), NULL);

  for (guint i = 1; i <= 3; i++)
    {
      stage_driver_show (driver, "[" PAGE "]");
      end_web_process ();
      stage_driver_wait_lost (driver, i);
      stage_driver_wait_ready (driver, i + 1);
    }
}

int
main (int argc,
      char **argv)
{
  stage_driver_init (&argc, &argv);

  g_test_add_func ("/lost/let-go", test_let_go);
  g_test_add_func ("/lost/restart", test_restart);

  return g_test_run ();
}
