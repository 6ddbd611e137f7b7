/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-reason.h"
#include "ui-driver.h"

/* The name stands beside the reason and is not said again; what the system says is made plain. */
static void
test_text (void)
{
  const struct
  {
    GQuark domain;
    int code;
    const char *message;
    const char *text;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "a: b.json: open(2): ENOENT", "There is no such file" },
    { G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "no", "You may not read this file" },
    { G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Operation not supported",
      "Playhead opens files on this computer only; save a copy here first" },
    { G_IO_ERROR, G_IO_ERROR_FAILED, "a: b.json: the disk burns", "the disk burns" },
    { PH_ERROR, PH_ERROR_UNKNOWN_FORMAT, "a: b.json: The file is empty", "The file is empty" },
    { PH_ERROR, PH_ERROR_UNKNOWN_FORMAT, "The file is empty", "The file is empty" },
    { PH_ERROR, PH_ERROR_CORRUPT, "a: b.jsonl: odd", "a: b.jsonl: odd" },
    { PH_ERROR, PH_ERROR_CORRUPT, "a: b.json: ", "" },
  };
  g_autoptr (GFile) file = g_file_new_for_path ("/tmp/a: b.json");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
        g_error_new_literal (cases[i].domain, cases[i].code, cases[i].message);
      g_autofree char *text = ph_reason_text (file, error);

      g_test_message ("case %u", i);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_against (void)
{
  for (int type = G_FILE_TYPE_UNKNOWN; type <= G_FILE_TYPE_MOUNTABLE; type++)
    {
      g_autoptr (GFileInfo) info = g_file_info_new ();
      g_autoptr (GError) error = NULL;

      g_file_info_set_file_type (info, (GFileType) type);
      error = ph_reason_against (info);
      g_test_message ("type %d", type);
      if (type == G_FILE_TYPE_SPECIAL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
      else
        g_assert_no_error (error);
    }
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, FALSE);

  g_test_add_func ("/reason/text", test_text);
  g_test_add_func ("/reason/against", test_against);

  return ui_driver_run ();
}
