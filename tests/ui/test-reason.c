/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-reason.h"
#include "ui-driver.h"

#include <libintl.h>
#include <locale.h>

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

/* What the language has no words for is at least said by its kind, in that language. */
static void
test_german (void)
{
  static const struct
  {
    int code;
    const char *message;
    const char *text;
  } cases[] = {
    { PH_ERROR_UNKNOWN_FORMAT, "The file is empty", "Die Datei ist leer" },
    { PH_ERROR_UNKNOWN_FORMAT, "odd", "Diese Datei ist keine Sitzungsaufzeichnung, die Playhead "
                                      "kennt" },
    { PH_ERROR_CORRUPT, "odd", "Diese Datei ist beschädigt" },
    { PH_ERROR_UNSUPPORTED, "odd (3)", "Für diese Datei wird ein neueres Playhead gebraucht" },
    { PH_ERROR_TOO_LARGE, "odd", "Etwas in dieser Datei ist größer, als Playhead erlaubt" },
    { PH_ERROR_STORE, "odd", "Die Aufzeichnung konnte nicht gelesen oder geschrieben werden" },
  };
  g_autofree char *catalogues = g_test_build_filename (G_TEST_BUILT, "..", "po", NULL);
  g_autoptr (GFile) file = g_file_new_for_path ("/tmp/a.json");

  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain ("playhead", catalogues);
  bind_textdomain_codeset ("playhead", "UTF-8");
  textdomain ("playhead");
  g_setenv ("LANGUAGE", "de", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
        g_error_new_literal (PH_ERROR, cases[i].code, cases[i].message);
      g_autofree char *text = ph_reason_text (file, error);

      g_test_message ("case %u", i);
      g_assert_cmpstr (text, ==, cases[i].text);
    }

  g_setenv ("LANGUAGE", "", TRUE);
  setlocale (LC_ALL, "C");
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
  g_test_add_func ("/reason/german", test_german);
  g_test_add_func ("/reason/against", test_against);

  return ui_driver_run ();
}
