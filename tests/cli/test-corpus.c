/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every file of the shared corpus is opened, or refused with the sentence that is right
 * for it: one line of a table for each, which is compared with the one under fixtures.
 */
#include "ph-session.h"
#include "ph-test.h"

#include <string.h>

#define TABLE "cli/corpus.txt"

/* `unknown-node 3, limit 1` */
static void
add_health (GString *table,
            const PhHealth *health)
{
  gboolean has_some = FALSE;

  for (guint i = 0; i < PH_HEALTH_N_KINDS; i++)
    {
      guint64 n = ph_health_count (health, (PhHealthKind) i);

      if (n == 0)
        continue;

      g_string_append_printf (table, "%s%s %" G_GUINT64_FORMAT, has_some ? ", " : "",
                              ph_health_kind_name ((PhHealthKind) i), n);
      has_some = TRUE;
    }

  if (!has_some)
    g_string_append (table, "-");
}

static void
add_session (GString *table,
             PhSession *session)
{
  double seconds = (double) ph_span_length (ph_session_get_span (session)) / (double) PH_SECOND;
  guint n_pages = 0;

  ph_session_get_pages (session, &n_pages);
  g_string_append_printf (table, " | %s | %u | %u | %.3f s | ", ph_session_get_format (session),
                          ph_session_get_n_events (session), n_pages, seconds);
  add_health (table, ph_session_get_health (session));
}

/* The sentence alone: its file is in the line already. */
static void
add_refusal (GString *table,
             const GError *error,
             GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *prefix = g_strconcat (name, ": ", NULL);
  const char *message = error->message;

  if (g_str_has_prefix (message, prefix))
    message += strlen (prefix);

  g_string_append_printf (table, " | refused: %s", message);
}

static void
add_file (const char *path,
          gpointer user_data)
{
  GString *table = user_data;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_string_append (table, strstr (path, "/corpus/") + strlen ("/corpus/"));

  if (session != NULL)
    add_session (table, session);
  else
    add_refusal (table, error, file);

  g_string_append_c (table, '\n');
}

static void
test_table (void)
{
  g_autoptr (GString) table = g_string_new ("file | format | events | pages | duration | health\n");
  gsize head = table->len;

  ph_test_each_shared ("corpus", "", add_file, table);

  if (table->len == head)
    {
      g_test_skip ("the shared corpus is not here");
      return;
    }

  ph_test_golden (TABLE, table->str);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/corpus/table", test_table);

  return g_test_run ();
}
