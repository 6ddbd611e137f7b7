/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-info.h"

#include "ph-cli-session.h"
#include "ph-cli.h"
#include "ph-error.h"
#include "ph-input.h"
#include "ph-limits.h"
#include "ph-listing.h"
#include "ph-text.h"

#include <string.h>

GHashTable *
ph_cli_count_kinds (PhSession *session,
                    GList **kinds)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ph_session_get_n_events (session); i++)
    {
      gpointer kind = (gpointer) ph_event_kind (ph_session_get_event (session, i));
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, kind));

      g_hash_table_insert (counts, kind, GUINT_TO_POINTER (count + 1));
    }

  *kinds = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) strcmp);

  return counts;
}

/* Text out of the archive: one line, nothing hidden in it. */
static void
append_foreign (GString *text,
                const char *foreign)
{
  g_autofree char *line = ph_text_line (foreign, PH_LIMIT_LABEL_CHARS);
  g_autofree char *visible = ph_text_visible (line);

  g_string_append (text, visible);
}

static void
append_field (GString *text,
              const char *name,
              const char *foreign)
{
  g_string_append_printf (text, "  %-10s", name);
  append_foreign (text, foreign);
  g_string_append_c (text, '\n');
}

static void
append_format (GString *text,
               PhSession *session)
{
  const char *packing = ph_session_get_packing (session);
  g_autofree char *size = g_format_size ((guint64) ph_session_get_archive_bytes (session));

  g_string_append_printf (text, "  %-10s%s%s%s, %s\n", "Format", ph_session_get_format (session),
                          packing != NULL ? ", " : "", packing != NULL ? packing : "", size);
}

static void
append_facts (GString *text,
              const PhFacts *facts,
              PhFactSection section,
              const char *title)
{
  guint n = ph_facts_get_n (facts, section);

  if (n > 0)
    g_string_append_printf (text, "  %s\n", title);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = ph_facts_dup_text (facts, section, i);

      g_string_append (text, "    ");
      append_foreign (text, ph_facts_get_name (facts, section, i));
      g_string_append (text, ": ");
      append_foreign (text, value);
      g_string_append_c (text, '\n');
    }
}

static void
append_times (GString *text,
              PhSession *session)
{
  gint64 start = ph_session_get_start_time (session);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (start / PH_SECOND);
  g_autofree char *began = date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M:%S UTC") : NULL;
  g_autofree char *duration = ph_time_format_tenths (ph_session_get_span (session).end);

  if (began != NULL)
    append_field (text, "Began", began);

  append_field (text, "Duration", duration);
}

static void
append_events (GString *text,
               PhSession *session)
{
  g_autoptr (GList) kinds = NULL;
  g_autoptr (GHashTable) counts = ph_cli_count_kinds (session, &kinds);

  g_string_append_printf (text, "  %-10s%u\n", "Events", ph_session_get_n_events (session));

  for (GList *l = kinds; l != NULL; l = l->next)
    g_string_append_printf (text, "    %7u %s\n",
                            GPOINTER_TO_UINT (g_hash_table_lookup (counts, l->data)),
                            (const char *) l->data);
}

static void
append_windows (GString *text,
                PhSession *session)
{
  guint n = ph_session_get_n_windows (session);

  g_string_append_printf (text, "  %-10s%u\n", "Windows", n);

  for (guint i = 0; n > 1 && i < n; i++)
    {
      const PhWindowInfo *window = ph_session_get_window (session, i);

      g_string_append_printf (text, "    %u  %u events  ", i + 1, window->n_events);
      append_foreign (text, window->name);
      g_string_append_c (text, '\n');
    }
}

static void
append_pages (GString *text,
              PhSession *session)
{
  guint n;
  const PhPage *pages = ph_session_get_pages (session, &n);

  g_string_append_printf (text, "  %-10s%u\n", "Pages", n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *begin = ph_time_format_tenths (pages[i].span.begin);

      g_string_append_printf (text, "    %s  ", begin);

      if (ph_session_get_n_windows (session) > 1)
        g_string_append_printf (text, "window %u  ", pages[i].window + 1);

      g_string_append_printf (text, "%d×%d  ", pages[i].width, pages[i].height);
      append_foreign (text, pages[i].url);

      if (pages[i].title[0] != '\0')
        {
          g_string_append (text, "  “");
          append_foreign (text, pages[i].title);
          g_string_append (text, "”");
        }

      g_string_append_c (text, '\n');
    }
}

void
ph_cli_count_assets (PhSession *session,
                     const PhAssetShelf *shelf,
                     guint *counts)
{
  guint n;
  guint n_more;
  const PhAsset *assets = ph_session_get_assets (session, &n);
  const PhAsset *more = ph_asset_shelf_get_more (shelf, &n_more);

  memset (counts, 0, PH_ASSET_N_STATUSES * sizeof *counts);

  for (guint i = 0; i < n; i++)
    counts[ph_asset_shelf_get_status (shelf, &assets[i])]++;

  for (guint i = 0; i < n_more; i++)
    counts[ph_asset_shelf_get_status (shelf, &more[i])]++;
}

static void
append_assets (GString *text,
               PhSession *session,
               const PhAssetShelf *shelf)
{
  guint counts[PH_ASSET_N_STATUSES];

  ph_cli_count_assets (session, shelf, counts);

  if (counts[PH_ASSET_PRESENT] + counts[PH_ASSET_MISSING] + counts[PH_ASSET_BLOCKED] == 0)
    append_field (text, "Assets", "the archive has all its pages need");
  else
    g_string_append_printf (text, "  %-10s%u present, %u missing, %u blocked\n", "Assets",
                            counts[PH_ASSET_PRESENT], counts[PH_ASSET_MISSING],
                            counts[PH_ASSET_BLOCKED]);
}

static void
append_finding_kind (GString *text,
                     const PhHealth *health,
                     PhHealthKind kind)
{
  guint n;
  const PhFinding *examples = ph_health_examples (health, kind, &n);

  g_string_append_printf (text, "    %" G_GUINT64_FORMAT " × %s\n", ph_health_count (health, kind),
                          ph_health_kind_title (kind));

  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, "        ");

      if (examples[i].time != PH_TIME_NONE)
        {
          g_autofree char *time = ph_time_format_tenths (examples[i].time);

          g_string_append_printf (text, "%s  ", time);
        }

      append_foreign (text, examples[i].text);
      g_string_append_c (text, '\n');
    }
}

static void
append_health (GString *text,
               PhSession *session)
{
  const PhHealth *health = ph_session_get_health (session);

  if (ph_health_total (health) == 0)
    {
      append_field (text, "Health", "nothing is wrong");
      return;
    }

  g_string_append (text, "  Health\n");

  for (int kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    {
      if (ph_health_count (health, (PhHealthKind) kind) > 0)
        append_finding_kind (text, health, (PhHealthKind) kind);
    }
}

char *
ph_cli_info_to_text (PhSession *session,
                     const PhAssetShelf *shelf,
                     const char *file)
{
  GString *text = g_string_new (NULL);
  g_autofree char *name = g_filename_display_name (file);
  const char *recorder = ph_session_get_recorder (session);

  append_foreign (text, name);
  g_string_append_c (text, '\n');
  append_field (text, "Title", ph_session_get_title (session));
  append_format (text, session);

  if (recorder != NULL)
    append_field (text, "Recorder", recorder);

  append_times (text, session);
  append_facts (text, ph_session_get_facts (session), PH_FACT_USER, "User");
  append_facts (text, ph_session_get_facts (session), PH_FACT_DEVICE, "Device");
  append_facts (text, ph_session_get_facts (session), PH_FACT_PROPERTY, "Properties");
  append_events (text, session);
  append_windows (text, session);
  append_pages (text, session);
  append_assets (text, session, shelf);
  append_health (text, session);

  return g_string_free (text, FALSE);
}

/* One file is an object, several are an array of objects. */
static char *
generate_json (GPtrArray *nodes,
               gboolean as_array)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  if (as_array)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < nodes->len; i++)
        json_array_add_element (array, json_node_ref (nodes->pdata[i]));

      root = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (root, array);
    }
  else if (nodes->len > 0)
    {
      root = json_node_ref (nodes->pdata[0]);
    }

  if (root == NULL)
    return NULL;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);

  return json_generator_to_data (generator, NULL);
}

static gboolean
print_json (GPtrArray *nodes,
            gboolean as_array)
{
  g_autofree char *text = generate_json (nodes, as_array);
  g_autofree char *line = text != NULL ? g_strconcat (text, "\n", NULL) : NULL;

  return line == NULL || ph_cli_write (NULL, line, strlen (line));
}

/* An archive that holds several sessions is told of by their list. */
static gboolean
list_sessions (const char *file,
               GPtrArray *nodes)
{
  g_autoptr (GFile) input = ph_input_new_for_argument (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = ph_listing_list (input, NULL, &error);
  g_autofree char *text = NULL;

  if (parts == NULL)
    {
      ph_cli_print_open_error (file, error);
      return FALSE;
    }

  if (nodes != NULL)
    {
      g_ptr_array_add (nodes, ph_cli_session_to_json (parts, file));
      return TRUE;
    }

  text = ph_cli_session_to_text (parts, file);

  return ph_cli_write (NULL, text, strlen (text));
}

/* Adds to @nodes, or prints when that is NULL. */
static gboolean
inform (const char *file,
        const PhCliAssets *given,
        GPtrArray *nodes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_cli_try_open (file, &error);
  g_autoptr (PhAssetShelf) shelf = NULL;
  g_autofree char *text = NULL;

  if (g_error_matches (error, PH_ERROR, PH_ERROR_SEVERAL))
    return list_sessions (file, nodes);

  if (session == NULL)
    {
      ph_cli_print_open_error (file, error);
      return FALSE;
    }

  shelf = ph_cli_assets_gather (given, session);

  if (shelf == NULL)
    return FALSE;

  if (nodes != NULL)
    {
      g_ptr_array_add (nodes, ph_cli_info_to_json (session, shelf, file));
      return TRUE;
    }

  text = ph_cli_info_to_text (session, shelf, file);

  return ph_cli_write (NULL, text, strlen (text));
}

PhCliStatus
ph_cli_info (int argc,
             char **argv)
{
  gboolean as_json = FALSE;
  g_auto (PhCliAssets) given = { NULL };
  g_auto (GStrv) files = NULL;
  g_autoptr (GPtrArray) nodes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  PhCliStatus status = PH_CLI_DONE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "For programs; several files make an array",
      NULL },
    PH_CLI_ASSETS_ENTRIES (&given),
    G_OPTION_ENTRY_NULL
  };
  const PhCliUsage usage = {
    .name = argv[0],
    .arguments = "FILE…",
    .summary = "What a recording is and what is in it.",
    .entries = entries,
    .many_files = TRUE,
  };

  files = ph_cli_parse (&usage, argc, argv);

  if (files == NULL || !ph_cli_assets_check (&given, argv[0]))
    return PH_CLI_USAGE;

  for (guint i = 0; files[i] != NULL; i++)
    if (!inform (files[i], &given, as_json ? nodes : NULL))
      status = PH_CLI_FAILED;

  if (as_json && !print_json (nodes, files[1] != NULL))
    return PH_CLI_FAILED;

  return status;
}
