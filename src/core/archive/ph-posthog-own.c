/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-posthog-own.h"

#include "ph-event.h"
#include "ph-limits.h"
#include "ph-scan.h"

#include <string.h>

static const char *
skip_space (const char *at,
            const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;

  return at;
}

gboolean
ph_posthog_read_pair (const char *text,
                      gsize size,
                      char **name,
                      const char **rest,
                      gsize *rest_size)
{
  const char *end = text + size;
  const char *at = size > 0 && *text == '[' ? skip_space (text + 1, end) : end;
  const char *begin = at + 1;

  if (at == end || *at != '"')
    return FALSE;

  for (at = begin; at < end && *at != '"'; at++)
    if (*at == '\\')
      return FALSE;

  *name = g_strndup (begin, MIN ((gsize) (at - begin), PH_LIMIT_NAME_BYTES));
  at = at < end ? skip_space (at + 1, end) : end;

  if (at == end || *at != ',')
    return FALSE;

  at = skip_space (at + 1, end);

  while (end > at && end[-1] != ']')
    end--;

  *rest = at;
  *rest_size = end > at ? (gsize) (end - 1 - at) : 0;

  return *rest_size > 0 && **rest == '{';
}

char *
ph_posthog_dup_window (const char *text,
                       gsize size)
{
  static const char *const names[] = { "\"window_id\"", "\"windowId\"" };
  const char *end = text + size;
  char *window = NULL;
  const char *rest;
  gsize rest_size;

  g_return_val_if_fail (text != NULL, NULL);

  /* Only where it stands first: further in it may be a page's. */
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *at = size > 0 && *text == '{' ? skip_space (text + 1, end) : end;
      gsize length = strlen (names[i]);
      const char *begin;
      const char *stop;

      if ((gsize) (end - at) <= length || memcmp (at, names[i], length) != 0)
        continue;

      begin = memchr (at + length, '"', (gsize) (end - at) - length);
      stop = begin != NULL ? memchr (begin + 1, '"', (gsize) (end - begin) - 1) : NULL;

      if (stop != NULL)
        return g_strndup (begin + 1, MIN ((gsize) (stop - begin) - 1, PH_LIMIT_NAME_BYTES));
    }

  ph_posthog_read_pair (text, size, &window, &rest, &rest_size);

  return window;
}

static gboolean
has_packed_or_wireframes (PhJsonValue root)
{
  PhJsonValue data = ph_json_member (root, "data");
  PhJsonIter iter;
  PhJsonValue add;
  const char *version;

  if (ph_json_member_string (root, "cv", &version, NULL) ||
      ph_json_type (ph_json_member (data, "wireframes")) == PH_JSON_ARRAY ||
      ph_json_type (ph_json_member (data, "updates")) == PH_JSON_ARRAY)
    return TRUE;

  ph_json_iter_init (&iter, ph_json_member (data, "adds"));

  return ph_json_next (&iter, NULL, &add) &&
         ph_json_type (ph_json_member (add, "wireframe")) == PH_JSON_OBJECT;
}

static gboolean
is_own_object (PhJsonValue root)
{
  static const char *const names[] = { "window_id", "windowId" };
  PhJsonValue properties = ph_json_member (root, "properties");
  PhJsonValue list = ph_json_member (root, "data");
  PhEvent event;
  PhJsonIter iter;
  PhJsonValue first;

  if (ph_event_read (&event, root))
    return has_packed_or_wireframes (root);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (ph_json_type (ph_json_member (root, names[i])) != PH_JSON_NONE &&
        ph_json_type (list) == PH_JSON_ARRAY)
      return TRUE;

  if (ph_json_type (ph_json_member (root, "batch")) == PH_JSON_ARRAY)
    list = ph_json_member (root, "batch");

  ph_json_iter_init (&iter, list);

  if (ph_json_type (list) == PH_JSON_ARRAY && ph_json_next (&iter, NULL, &first))
    properties = ph_json_member (first, "properties");

  return ph_json_type (ph_json_member (properties, "$snapshot_data")) != PH_JSON_NONE ||
         ph_json_type (ph_json_member (root, "snapshot_data")) != PH_JSON_NONE ||
         ph_json_type (ph_json_member (root, "$snapshot_data")) != PH_JSON_NONE;
}

gboolean
ph_posthog_is_own (PhJson *json,
                   const char *text,
                   gsize size)
{
  g_autofree char *name = NULL;
  const char *rest = NULL;
  gsize rest_size = 0;
  PhEvent event;
  PhJsonValue root;

  g_return_val_if_fail (json != NULL && text != NULL, FALSE);

  if (ph_posthog_read_pair (text, size, &name, &rest, &rest_size))
    return ph_json_parse (json, rest, rest_size, &root, NULL) && ph_event_read (&event, root);

  return size > 0 && text[0] == '{' && ph_json_parse (json, text, size, &root, NULL) &&
         is_own_object (root);
}

gboolean
ph_posthog_begins_own (const char *text,
                       gsize size)
{
  static const char *const marks[] = { "\"cv\":\"20", "\"wireframes\":[", "\"wireframe\":{",
                                       "\"$snapshot_data\":" };
  const char *end = text + size;
  const char *at;
  g_autofree char *name = NULL;
  const char *rest = NULL;
  gsize rest_size = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (size > 0 && text[0] == '[')
    {
      /* As if it ended here. */
      g_autofree char *closed = g_strndup (text, MIN (size, 1024));
      g_autofree char *whole = g_strconcat (closed, "]", NULL);

      return ph_posthog_read_pair (whole, strlen (whole), &name, &rest, &rest_size) &&
             ph_scan_is_event (rest, rest_size);
    }

  at = skip_space (size > 0 ? text + 1 : end, end);

  if ((gsize) (end - at) > 12 &&
      (memcmp (at, "\"window_id\"", 11) == 0 || memcmp (at, "\"windowId\":", 11) == 0) &&
      g_strstr_len (at, MIN (end - at, 512), "\"data\":[") != NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_strstr_len (text, (gssize) size, marks[i]) != NULL)
      return TRUE;

  return FALSE;
}
