/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a test did: calls that begin, aim at something, and end. */

#include "ph-playwright-events.h"
#include "ph-playwright-trace.h"

#include <string.h>

#define MAX_CALLS 100000

/* Newer traces do not say with a call in which page it is; its snapshots do. */
void
ph_trace_note_page (PhTrace *read,
                    PhJsonValue snapshot,
                    const PhTracePage *page)
{
  const char *id = ph_trace_text (snapshot, "callId");
  PhTraceCall *call = id != NULL ? g_hash_table_lookup (read->calls, id) : NULL;

  if (call != NULL && call->page == NULL)
    call->page = g_strdup (page->id);
}

static gboolean
is_one_of (const char *text,
           const char *const *list)
{
  return text != NULL && g_strv_contains (list, text);
}

gboolean
ph_trace_begin_call (PhTrace *read,
                     PhJsonValue line,
                     GError **error)
{
  const char *id = ph_trace_text (line, "callId");
  const char *page = ph_trace_text (line, "pageId");
  const char *method = ph_trace_text (line, "method");
  const char *title = ph_trace_text (line, "title");
  double time = ph_trace_epoch (read, ph_trace_number (line, "startTime", read->last_time));
  PhTraceCall *call;

  if (id == NULL)
    return TRUE;

  if (title == NULL)
    title = ph_trace_text (line, "apiName");

  if (g_hash_table_size (read->calls) < MAX_CALLS)
    {
      call = g_new0 (PhTraceCall, 1);
      call->page = g_strdup (page);
      call->method = g_strdup (method);
      call->title = g_strdup (title != NULL ? title : method);
      call->start = time;
      g_hash_table_insert (read->calls, g_strdup (id), call);
    }

  return ph_trace_give (read, time, page, ph_playwright_action (line, time), error);
}

void
ph_trace_note_input (PhTrace *read,
                     PhJsonValue line)
{
  const char *id = ph_trace_text (line, "callId");
  PhTraceCall *call = id != NULL ? g_hash_table_lookup (read->calls, id) : NULL;
  PhJsonValue point = ph_json_member (line, "point");

  if (call == NULL || ph_json_type (point) != PH_JSON_OBJECT)
    return;

  call->has_point = TRUE;
  call->x = ph_trace_number (point, "x", 0);
  call->y = ph_trace_number (point, "y", 0);
}

/*
 * What a call was aimed at. From version 10 on the element is marked without the call's name:
 * in the snapshots of a call that has an element, it is that one.
 */
static guint
find_target (const PhTracePage *page,
             const char *id,
             const PhTraceCall *call)
{
  guint node = ph_playwright_tree_find_target (page->tree, id);

  if (node == 0 && call->method != NULL && !g_str_has_prefix (call->method, "mouse") &&
      !g_str_has_prefix (call->method, "touchscreen"))
    node = ph_playwright_tree_find_target (page->tree, "");

  return MAX (node, 1);
}

/* The pointer goes where it was aimed at; what a click is has to be told apart. */
static gboolean
give_pointer (PhTrace *read,
              const char *id,
              const PhTraceCall *call,
              GError **error)
{
  static const char *const clicks[] = { "click", "dblclick", "tap", "check", "uncheck", NULL };
  static const int types[] = { -1, 1, 0, 2 };
  PhTracePage *page = ph_trace_page (read, call->page);
  guint n = is_one_of (call->method, clicks) ? G_N_ELEMENTS (types) : 1;
  guint node;

  if (page == NULL || !ph_trace_end_group (read, page, error))
    return page == NULL;

  node = find_target (page, id, call);

  for (guint i = 0; i < n; i++)
    if (!ph_trace_give (read, call->start, page->id,
                        ph_playwright_pointer (types[i], node, call->x, call->y, call->start),
                        error))
      return FALSE;

  return TRUE;
}

gboolean
ph_trace_end_call (PhTrace *read,
                   PhJsonValue line,
                   GError **error)
{
  const char *id = ph_trace_text (line, "callId");
  const PhTraceCall *call = id != NULL ? g_hash_table_lookup (read->calls, id) : NULL;
  double time = ph_trace_epoch (read, ph_trace_number (line, "endTime", read->last_time));
  gboolean done = TRUE;

  if (call != NULL && call->has_point && !read->is_survey)
    done = give_pointer (read, id, call, error);

  done = done && ph_trace_give (read, time, call != NULL ? call->page : NULL,
                                ph_playwright_error (ph_json_member (line, "error"),
                                                     call != NULL ? call->title : NULL, time),
                                error);

  if (call != NULL)
    g_hash_table_remove (read->calls, id);

  return done;
}

/* Up to version 3 a call is one line, with what it was in `metadata`. */
gboolean
ph_trace_take_action (PhTrace *read,
                      PhJsonValue line,
                      GError **error)
{
  PhJsonValue metadata = ph_json_member (line, "metadata");

  if (ph_json_type (metadata) == PH_JSON_OBJECT)
    line = metadata;

  return ph_trace_begin_call (read, line, error) && ph_trace_end_call (read, line, error);
}
