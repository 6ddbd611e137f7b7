/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-words.h"

#include "ph-text.h"

#include <glib/gi18n.h>

const char *
ph_clip_find_address (PhSession *session,
                      guint32 window,
                      PhTime time)
{
  guint n;
  const PhPage *pages = ph_session_get_pages (session, &n);
  const char *found = NULL;

  for (guint i = 0; i < n && pages[i].span.begin <= time; i++)
    if (pages[i].window == window)
      found = pages[i].url;

  return found;
}

char *
ph_clip_describe (PhSession *session,
                  const PhClipOrder *order,
                  guint32 window)
{
  g_autoptr (GDateTime) start =
    g_date_time_new_from_unix_local (ph_session_get_start_time (session) / PH_SECOND);
  g_autoptr (GDateTime) begin =
    start != NULL ? g_date_time_add (start, order->span.begin) : NULL;
  const char *address = ph_clip_find_address (session, window, order->span.begin);
  g_autoptr (GUri) uri =
    address != NULL ? g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  g_autofree char *from = ph_time_format (order->span.begin);
  g_autofree char *to = ph_time_format (order->span.end);
  g_autofree char *date = NULL;
  g_autofree char *host = NULL;
  GString *text = g_string_new (NULL);

  if (uri != NULL && g_uri_get_host (uri) != NULL)
    host = ph_text_visible (g_uri_get_host (uri));

  if (begin != NULL)
    /* Translators: a date and a time, as for strftime(). */
    date = g_date_time_format (begin, _ ("%-d %B %Y, %H:%M"));

  if (host != NULL && host[0] != '\0')
    g_string_append_printf (text, "%s\n", host);

  if (date != NULL)
    g_string_append_printf (text, "%s · ", date);

  g_string_append_printf (text, "%s – %s", from, to);

  return g_string_free (text, FALSE);
}
