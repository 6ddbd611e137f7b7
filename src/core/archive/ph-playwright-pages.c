/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages of a trace: from snapshots, or from pictures of the screen. */

#include "ph-limits.h"
#include "ph-playwright-events.h"
#include "ph-playwright-trace.h"

#include <math.h>
#include <string.h>

/* Bytes that the pages of a trace may take in memory beyond what has to be there. */
#define ROOM ((gsize) 24 * 1024 * 1024)

static char *
find_sheet_cb (const char *url,
               gpointer user_data)
{
  gpointer *both = user_data;
  PhTrace *read = both[0];
  PhTracePage *page = both[1];
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  bytes = ph_trace_read_file (read, g_hash_table_lookup (page->sheets, url));

  if (bytes == NULL)
    return NULL;

  data = g_bytes_get_data (bytes, &size);

  return g_utf8_make_valid (data != NULL ? data : "", (gssize) size);
}

/* Where the page is, or how large it is now, when that has changed. */
static gboolean
give_meta (PhTrace *read,
           PhTracePage *page,
           double time,
           GError **error)
{
  gboolean is_there = g_strcmp0 (page->url, page->written_url) == 0;

  if (is_there && page->width == page->written_width && page->height == page->written_height)
    return TRUE;

  g_free (page->written_url);
  page->written_url = g_strdup (page->url);
  page->written_width = page->width;
  page->written_height = page->height;

  return ph_trace_give (read, time, page->id,
                        is_there
                          ? ph_playwright_resize (page->width, page->height, time)
                          : ph_playwright_meta (page->url, page->width, page->height, time),
                        error);
}

/* All snapshots of one moment have come: the page as it then was. */
gboolean
ph_trace_end_group (PhTrace *read,
                    PhTracePage *page,
                    GError **error)
{
  gpointer both[] = { read, page };
  g_autoptr (GPtrArray) events = NULL;
  gboolean is_whole;

  if (page->group == NULL)
    return TRUE;

  g_clear_pointer (&page->group, g_free);

  if (page->main_frame == NULL)
    return TRUE;

  is_whole = page->has_new_sheets || g_strcmp0 (page->url, page->written_url) != 0;
  page->has_new_sheets = FALSE;
  page->is_shown = TRUE;

  if (!give_meta (read, page, page->group_time, error))
    return FALSE;

  events = ph_playwright_tree_write (page->tree, page->main_frame, is_whole, page->group_time,
                                     find_sheet_cb, both);

  ph_playwright_tree_trim (page->tree, ROOM / g_hash_table_size (read->pages));
  page->still_time = events->len == 0 ? page->group_time : NAN;

  for (guint i = 0; i < events->len; i++)
    if (!ph_trace_give (read, page->group_time, page->id, g_strdup (events->pdata[i]), error))
      return FALSE;

  return TRUE;
}

gboolean
ph_trace_end_page (PhTrace *read,
                   PhTracePage *page,
                   GError **error)
{
  if (!ph_trace_end_group (read, page, error))
    return FALSE;

  return isnan (page->still_time) || ph_trace_give (read, page->still_time, page->id,
                                                    ph_playwright_still (page->still_time), error);
}

static void
note_sheets (PhTracePage *page,
             PhJsonValue overrides)
{
  PhJsonIter iter;
  PhJsonValue value;

  if (ph_json_type (overrides) != PH_JSON_ARRAY)
    return;

  ph_json_iter_init (&iter, overrides);

  /* One with `ref` is as it was before. */
  while (ph_json_next (&iter, NULL, &value) && g_hash_table_size (page->sheets) < PH_LIMIT_CARRIED)
    {
      const char *url = ph_trace_text (value, "url");
      char *file = ph_trace_dup_file_name (value, "file", "sha1");

      if (url != NULL && file != NULL)
        {
          page->has_new_sheets = TRUE;
          g_hash_table_insert (page->sheets, g_strdup (url), file);
        }
      else
        g_free (file);
    }
}

static void
note_main_frame (PhTracePage *page,
                 PhJsonValue snapshot,
                 const char *frame)
{
  PhJsonValue viewport = ph_json_member (snapshot, "viewport");
  const char *url = ph_trace_text (snapshot, "frameUrl");
  gint64 width = 0;
  gint64 height = 0;

  g_free (page->main_frame);
  page->main_frame = g_strdup (frame);
  g_free (page->url);
  page->url = g_strdup (url != NULL ? url : "");
  ph_json_member_int (viewport, "width", &width);
  ph_json_member_int (viewport, "height", &height);
  page->width = (int) CLAMP (width, 1, PH_LIMIT_VIEWPORT);
  page->height = (int) CLAMP (height, 1, PH_LIMIT_VIEWPORT);
}

/* What all frames of one moment share: a name, or in newer traces a call and its phase. */
static char *
dup_group (PhJsonValue snapshot)
{
  const char *name = ph_trace_text (snapshot, "snapshotName");
  const char *call = ph_trace_text (snapshot, "callId");
  const char *phase = ph_trace_text (snapshot, "phase");

  if (name != NULL)
    return g_strdup (name);

  return g_strdup_printf ("%s %s", call != NULL ? call : "", phase != NULL ? phase : "");
}

gboolean
ph_trace_take_snapshot (PhTrace *read,
                        PhJsonValue snapshot,
                        GError **error)
{
  PhTracePage *page = ph_trace_page (read, ph_trace_text (snapshot, "pageId"));
  const char *frame = ph_trace_text (snapshot, "frameId");
  const char *url = ph_trace_text (snapshot, "frameUrl");
  double time = ph_trace_epoch (read, ph_trace_number (snapshot, "timestamp", read->last_time));
  g_autofree char *group = dup_group (snapshot);
  const PhPlaywrightFrameSnapshot added = {
    .frame = frame,
    .html = ph_json_member (snapshot, "html"),
    .doctype = ph_trace_text (snapshot, "doctype"),
    .url = url != NULL ? url : "",
    .line = read->line,
    .line_size = read->line_size,
  };
  gboolean is_main = FALSE;

  if (page == NULL || frame == NULL)
    return TRUE;

  ph_json_member_bool (snapshot, "isMainFrame", &is_main);

  if (read->is_survey)
    {
      page->has_snapshots = page->has_snapshots || is_main;

      if (is_main && !(time >= read->first_time))
        read->first_time = time;

      if (is_main)
        {
          g_free (read->surveyed);
          read->surveyed = g_strdup_printf ("\"pageId\":\"%s\"", page->id);
        }

      return TRUE;
    }

  ph_trace_note_page (read, snapshot, page);

  if (g_strcmp0 (group, page->group) != 0 && !ph_trace_end_group (read, page, error))
    return FALSE;

  if (page->group == NULL || is_main)
    page->group_time = time;

  g_free (page->group);
  page->group = g_steal_pointer (&group);
  note_sheets (page, ph_json_member (snapshot, "resourceOverrides"));

  if (!ph_playwright_tree_add (page->tree, &added))
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_EVENT_INVALID, PH_TIME_NONE,
                   "a snapshot without a page in it, or with too much");

  if (is_main)
    note_main_frame (page, snapshot, frame);

  return TRUE;
}

/* Pictures stand in for a page that was not recorded otherwise. */
gboolean
ph_trace_take_picture (PhTrace *read,
                       PhJsonValue line,
                       GError **error)
{
  PhTracePage *page = ph_trace_page (read, ph_trace_text (line, "pageId"));
  double time = ph_trace_epoch (read, ph_trace_number (line, "timestamp", read->last_time));
  g_autofree char *name = ph_trace_dup_file_name (line, "file", "sha1");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *base64 = NULL;
  g_autofree char *url = NULL;
  gboolean is_first;

  if (page == NULL || page->has_snapshots)
    return TRUE;

  if (read->is_survey)
    {
      guint member;

      page->has_pictures =
        page->has_pictures || (name != NULL && ph_bundle_find (read->bundle, name, &member));

      if (page->has_pictures && !(time >= read->first_time))
        read->first_time = time;

      return TRUE;
    }

  bytes = ph_trace_read_file (read, name);

  if (bytes == NULL)
    return TRUE;

  base64 = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  url = g_strconcat ("data:image/jpeg;base64,", base64, NULL);
  is_first = !page->is_shown;
  page->is_shown = TRUE;
  page->width = (int) CLAMP (ph_trace_number (line, "width", 1280), 1, PH_LIMIT_VIEWPORT);
  page->height = (int) CLAMP (ph_trace_number (line, "height", 720), 1, PH_LIMIT_VIEWPORT);

  return give_meta (read, page, time, error) &&
         ph_trace_give (read, time, page->id,
                        is_first ? ph_playwright_first_picture (url, time)
                                 : ph_playwright_next_picture (url, time),
                        error);
}
