/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-playwright-trace.h"

#include "ph-carried.h"
#include "ph-limits.h"

#include <math.h>
#include <string.h>

void
ph_trace_part_free (gpointer data)
{
  PhTracePart *part = data;

  g_free (part->prefix);
  g_free (part);
}

void
ph_trace_page_free (gpointer data)
{
  PhTracePage *page = data;

  g_free (page->id);
  ph_playwright_tree_free (page->tree);
  g_hash_table_unref (page->sheets);
  g_free (page->main_frame);
  g_free (page->group);
  g_free (page->url);
  g_free (page->written_url);
  g_free (page);
}

void
ph_trace_call_free (gpointer data)
{
  PhTraceCall *call = data;

  g_free (call->page);
  g_free (call->method);
  g_free (call->title);
  g_free (call);
}

PhTracePage *
ph_trace_page (PhTrace *read,
               const char *id)
{
  PhTracePage *page;

  if (id == NULL)
    return NULL;

  page = g_hash_table_lookup (read->pages, id);

  if (page != NULL || g_hash_table_size (read->pages) >= PH_LIMIT_WINDOWS)
    return page;

  page = g_new0 (PhTracePage, 1);
  page->id = g_strdup (id);
  page->tree = ph_playwright_tree_new (read->aside);
  page->sheets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  page->url = g_strdup ("");
  page->still_time = NAN;
  g_hash_table_insert (read->pages, page->id, page);

  return page;
}

const char *
ph_trace_text (PhJsonValue object,
               const char *name)
{
  const char *text = NULL;

  ph_json_member_string (object, name, &text, NULL);

  return text;
}

double
ph_trace_number (PhJsonValue object,
                 const char *name,
                 double missing)
{
  ph_json_member_double (object, name, &missing);

  return missing;
}

double
ph_trace_epoch (const PhTrace *read,
                double time)
{
  return read->part->offset + time;
}

/* --- files of the bundle --------------------------------------------------- */

/* Where `file`, or in older traces `sha1`, of @object lies. */
char *
ph_trace_dup_file_name (PhJsonValue object,
                        const char *file,
                        const char *sha1)
{
  const char *text = ph_trace_text (object, file);

  if (text != NULL)
    return g_strdup (text);

  text = ph_trace_text (object, sha1);

  return text != NULL ? g_strconcat ("resources/", text, NULL) : NULL;
}

GBytes *
ph_trace_read_file (PhTrace *read,
                    const char *name)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize size = 0;
  guint member;

  if (name == NULL || !ph_bundle_find (read->bundle, name, &member) ||
      ph_bundle_get_size (read->bundle, member) > (goffset) PH_LIMIT_ASSET_BYTES)
    return NULL;

  stream = ph_bundle_open_member (read->bundle, member, read->cancellable, NULL);

  if (stream == NULL)
    return NULL;

  /* What it says of its size may be wrong. */
  bytes = g_malloc (PH_LIMIT_ASSET_BYTES + 1);

  if (!g_input_stream_read_all (stream, bytes, PH_LIMIT_ASSET_BYTES + 1, &size, read->cancellable,
                                NULL) ||
      size > PH_LIMIT_ASSET_BYTES)
    return NULL;

  return g_bytes_new (bytes, size);
}

/* --- giving events --------------------------------------------------------- */

/* Pictures, sheets and fonts the pages loaded, behind the first page. */
static gboolean
emit_carried (PhTrace *read,
              GError **error)
{
  GHashTableIter iter;
  gpointer url;
  gpointer file;

  read->has_carried = TRUE;
  g_hash_table_iter_init (&iter, read->resources);

  while (g_hash_table_iter_next (&iter, &url, &file))
    {
      g_autoptr (GBytes) bytes = ph_trace_read_file (read, file);
      g_autofree char *text = NULL;
      gboolean is_json;

      if (bytes == NULL)
        continue;

      text = ph_carried_write (url, "", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                               read->first_time);

      if (!ph_reading_emit (read->reading, text, strlen (text), NULL, &is_json, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
ph_trace_ordered_cb (const char *window,
                     const char *text,
                     gpointer user_data,
                     GError **error)
{
  PhTrace *read = user_data;
  gboolean is_json;

  if (!ph_reading_emit (read->reading, text, strlen (text), window, &is_json, error))
    return FALSE;

  if (!read->has_carried && g_str_has_prefix (text, "{\"type\":2,"))
    return emit_carried (read, error);

  return TRUE;
}

/* Takes @text, which may be NULL; @time in milliseconds since the epoch. */
gboolean
ph_trace_give (PhTrace *read,
               double time,
               const char *window,
               char *text,
               GError **error)
{
  gint64 stamp;

  if (text == NULL)
    return TRUE;

  stamp = (gint64) CLAMP (time * 1000, -9e18, 9e18);

  if (!read->is_survey)
    return ph_reorder_add (read->reorder, stamp, window, text, error);

  if (!ph_reorder_put (read->reorder, stamp, window, text) && !read->is_full)
    {
      read->is_full = TRUE;
      ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_LIMIT, PH_TIME_NONE,
                     "Too many requests and steps of the test: the rest of them is left out");
    }

  return TRUE;
}
