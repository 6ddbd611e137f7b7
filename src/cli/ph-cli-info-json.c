/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-info.h"

static void
add_string (JsonBuilder *builder,
            const char *name,
            const char *value)
{
  json_builder_set_member_name (builder, name);

  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder,
         const char *name,
         gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_time (JsonBuilder *builder,
          const char *name,
          PhTime time)
{
  json_builder_set_member_name (builder, name);

  if (time != PH_TIME_NONE)
    json_builder_add_int_value (builder, time);
  else
    json_builder_add_null_value (builder);
}

static void
add_start_time (JsonBuilder *builder,
                gint64 start_time)
{
  gint64 seconds = start_time / PH_SECOND - (start_time % PH_SECOND < 0);
  int milliseconds = (int) ((start_time - seconds * PH_SECOND) / PH_MSEC);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S") : NULL;
  g_autofree char *full = text != NULL ? g_strdup_printf ("%s.%03dZ", text, milliseconds) : NULL;

  add_string (builder, "start_time", full);
}

static void
add_events (JsonBuilder *builder,
            PhSession *session)
{
  g_autoptr (GList) kinds = NULL;
  g_autoptr (GHashTable) counts = ph_cli_count_kinds (session, &kinds);

  json_builder_set_member_name (builder, "events");
  json_builder_begin_object (builder);
  add_int (builder, "total", ph_session_get_n_events (session));
  json_builder_set_member_name (builder, "by_kind");
  json_builder_begin_object (builder);

  for (GList *l = kinds; l != NULL; l = l->next)
    add_int (builder, l->data, GPOINTER_TO_UINT (g_hash_table_lookup (counts, l->data)));

  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_windows (JsonBuilder *builder,
             PhSession *session)
{
  json_builder_set_member_name (builder, "windows");
  json_builder_begin_array (builder);

  for (guint i = 0; i < ph_session_get_n_windows (session); i++)
    {
      const PhWindowInfo *window = ph_session_get_window (session, i);

      json_builder_begin_object (builder);
      add_int (builder, "number", i + 1);
      add_string (builder, "name", window->name);
      add_int (builder, "events", window->n_events);
      add_time (builder, "first_picture_us", window->first_picture);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
}

static void
add_pages (JsonBuilder *builder,
           PhSession *session)
{
  guint n;
  const PhPage *pages = ph_session_get_pages (session, &n);

  json_builder_set_member_name (builder, "pages");
  json_builder_begin_array (builder);

  for (guint i = 0; i < n; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "url", pages[i].url);
      add_string (builder, "title", pages[i].title);
      add_int (builder, "window", pages[i].window + 1);
      add_time (builder, "begin_us", pages[i].span.begin);
      add_time (builder, "end_us", pages[i].span.end);
      add_int (builder, "width", pages[i].width);
      add_int (builder, "height", pages[i].height);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
}

static void
add_finding_kind (JsonBuilder *builder,
                  const PhHealth *health,
                  PhHealthKind kind)
{
  guint n;
  const PhFinding *examples = ph_health_examples (health, kind, &n);

  json_builder_begin_object (builder);
  add_string (builder, "kind", ph_health_kind_name (kind));
  add_string (builder, "title", ph_health_kind_title (kind));
  add_int (builder, "count", (gint64) ph_health_count (health, kind));
  json_builder_set_member_name (builder, "examples");
  json_builder_begin_array (builder);

  for (guint i = 0; i < n; i++)
    {
      json_builder_begin_object (builder);
      add_time (builder, "time_us", examples[i].time);
      add_string (builder, "text", examples[i].text);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_health (JsonBuilder *builder,
            PhSession *session)
{
  const PhHealth *health = ph_session_get_health (session);

  json_builder_set_member_name (builder, "health");
  json_builder_begin_array (builder);

  for (int kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    {
      if (ph_health_count (health, (PhHealthKind) kind) > 0)
        add_finding_kind (builder, health, (PhHealthKind) kind);
    }

  json_builder_end_array (builder);
}

static void
add_asset (JsonBuilder *builder,
           const PhAssetShelf *shelf,
           const PhAsset *asset)
{
  PhAssetStatus status = ph_asset_shelf_get_status (shelf, asset);
  const char *problem = ph_asset_shelf_get_problem (shelf, asset->url);

  json_builder_begin_object (builder);
  add_string (builder, "url", asset->url);
  add_string (builder, "kind", ph_asset_kind_name (asset->kind));
  add_string (builder, "status", ph_asset_status_name (status));
  add_time (builder, "first_us", asset->time);
  add_int (builder, "window", asset->window + 1);

  if (problem != NULL)
    add_string (builder, "problem", problem);

  json_builder_end_object (builder);
}

static void
add_assets (JsonBuilder *builder,
            PhSession *session,
            const PhAssetShelf *shelf)
{
  guint counts[PH_ASSET_N_STATUSES];
  guint n;
  guint n_more;
  const PhAsset *assets = ph_session_get_assets (session, &n);
  const PhAsset *more = ph_asset_shelf_get_more (shelf, &n_more);

  ph_cli_count_assets (session, shelf, counts);
  json_builder_set_member_name (builder, "assets");
  json_builder_begin_object (builder);

  for (guint i = 0; i < PH_ASSET_N_STATUSES; i++)
    add_int (builder, ph_asset_status_name ((PhAssetStatus) i), counts[i]);

  json_builder_set_member_name (builder, "list");
  json_builder_begin_array (builder);

  for (guint i = 0; i < n; i++)
    add_asset (builder, shelf, &assets[i]);

  for (guint i = 0; i < n_more; i++)
    add_asset (builder, shelf, &more[i]);

  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_facts (JsonBuilder *builder,
           const PhFacts *facts,
           PhFactSection section)
{
  json_builder_set_member_name (builder, ph_facts_section_name (section));
  json_builder_begin_object (builder);

  for (guint i = 0; i < ph_facts_get_n (facts, section); i++)
    {
      const char *json = ph_facts_get_json (facts, section, i);
      g_autoptr (JsonNode) node = json_from_string (json, NULL);

      if (node == NULL)
        continue;

      json_builder_set_member_name (builder, ph_facts_get_name (facts, section, i));
      json_builder_add_value (builder, g_steal_pointer (&node));
    }

  json_builder_end_object (builder);
}

JsonNode *
ph_cli_info_to_json (PhSession *session,
                     const PhAssetShelf *shelf,
                     const char *file)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = g_filename_display_name (file);
  PhSpan span = ph_session_get_span (session);

  json_builder_begin_object (builder);
  add_string (builder, "file", name);
  add_int (builder, "bytes", ph_session_get_archive_bytes (session));
  add_string (builder, "format", ph_session_get_format (session));
  add_string (builder, "packing", ph_session_get_packing (session));
  add_string (builder, "recorder", ph_session_get_recorder (session));
  add_string (builder, "title", ph_session_get_title (session));
  add_start_time (builder, ph_session_get_start_time (session));
  add_int (builder, "duration_us", ph_span_length (span));

  for (guint i = 0; i < PH_FACT_N_SECTIONS; i++)
    add_facts (builder, ph_session_get_facts (session), (PhFactSection) i);

  add_events (builder, session);
  add_windows (builder, session);
  add_pages (builder, session);
  add_assets (builder, session, shelf);
  add_health (builder, session);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
