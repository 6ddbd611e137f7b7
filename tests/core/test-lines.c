/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-lines.h"

#include <string.h>

#define MAX_SIZE ((gsize) 1024 * 1024)

static gboolean
line_cb (const char *text,
         gsize size,
         gboolean is_ended,
         gpointer user_data,
         GError **error)
{
  g_string_append_printf (user_data, "[%.*s]%s", (int) size, text, is_ended ? "" : "…");

  if (strncmp (text, "stop", MIN (size, 4)) != 0)
    return TRUE;

  g_set_error_literal (error, PH_ERROR, PH_ERROR_UNSUPPORTED, "stopped");

  return FALSE;
}

static char *
cut (const char *text,
     gsize chunk)
{
  GString *out = g_string_new (NULL);
  g_autoptr (PhLines) lines = ph_lines_new (MAX_SIZE, line_cb, out, NULL);
  gsize size = strlen (text);

  for (gsize at = 0; at < size; at += chunk)
    g_assert_true (ph_lines_feed (lines, text + at, MIN (chunk, size - at), NULL));

  g_assert_true (ph_lines_end (lines, NULL));

  return g_string_free (out, FALSE);
}

static void
test_chunks (void)
{
  static const struct
  {
    const char *text;
    const char *cut;
  } cases[] = {
    { "", "" },
    { "\n\n", "" },
    { "one\n\ntwo, longer\r\n \nthree", "[one][two, longer][three]…" },
    { "  a b \nc\n", "[a b][c]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize chunk = 1; chunk < 30; chunk++)
      {
        g_autofree char *out = cut (cases[i].text, chunk);

        g_assert_cmpstr (out, ==, cases[i].cut);
      }
}

/* Too long a line is left out, whatever it comes in; those beside it are there. */
static void
test_long (void)
{
  g_autofree char *many = g_strnfill (MAX_SIZE + 1, 'x');
  g_autofree char *text = g_strconcat ("a\n", many, "\nb\n", many, NULL);

  for (gsize chunk = 700; chunk < 4 * MAX_SIZE; chunk *= 7)
    {
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (PhLines) lines = ph_lines_new (MAX_SIZE, line_cb, out, health);
      gsize size = strlen (text);

      for (gsize at = 0; at < size; at += chunk)
        g_assert_true (ph_lines_feed (lines, text + at, MIN (chunk, size - at), NULL));

      g_assert_true (ph_lines_end (lines, NULL));
      g_assert_cmpstr (out->str, ==, "[a][b]");
      g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 2);
    }
}

static void
test_stop (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (PhLines) lines = ph_lines_new (MAX_SIZE, line_cb, out, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ph_lines_feed (lines, "a\nstop\nb\n", 9, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED);
  g_assert_cmpstr (out->str, ==, "[a][stop]");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lines/chunks", test_chunks);
  g_test_add_func ("/lines/long", test_long);
  g_test_add_func ("/lines/stop", test_stop);

  return g_test_run ();
}
