/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sentry-span.h"

#include "ph-event-write.h"

#include <string.h>

/* What made the request, in the words of the Resource Timing API; NULL for what is none. */
static const char *
find_initiator (const char *op)
{
  static const char *const kinds[][2] = {
    { "resource.fetch", "fetch" },
    { "resource.xhr", "xmlhttprequest" },
    { "resource.http", "fetch" },
    { "navigation.navigate", "navigation" },
    { "navigation.reload", "navigation" },
    { "navigation.back_forward", "navigation" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (op, kinds[i][0]) == 0)
      return kinds[i][1];

  return g_str_has_prefix (op, "resource.") ? op + strlen ("resource.") : NULL;
}

/* The first of the members that is a number. */
static double
get_number (PhJsonValue object,
            const char *const *names,
            double otherwise)
{
  double number;

  for (guint i = 0; names[i] != NULL; i++)
    if (ph_json_member_double (object, names[i], &number))
      return number;

  return otherwise;
}

gboolean
ph_sentry_span_write_request (GString *out,
                              double time,
                              PhJsonValue payload,
                              PhJsonValue recorded)
{
  /* Of the two kinds of recorder, for the web and for applications. */
  static const char *const statuses[] = { "statusCode", "status_code", NULL };
  static const char *const sizes[] = { "size", "responseBodySize", "response_body_size", NULL };
  PhJsonValue details = ph_json_member (payload, "data");
  PhRequest request = { .status = -1, .time = time, .duration = -1 };
  double begin = 0;
  double finish = 0;
  const char *op = "";

  ph_json_member_string (payload, "op", &op, NULL);
  request.initiator = find_initiator (op);

  if (request.initiator == NULL ||
      !ph_json_member_string (payload, "description", &request.url, NULL))
    return FALSE;

  ph_json_member_string (details, "method", &request.method, NULL);
  request.status = (gint64) CLAMP (get_number (details, statuses, -1), -1, 999);
  request.size = get_number (details, sizes, -1);

  if (request.size < 0)
    request.size = get_number (ph_json_member (details, "response"), sizes, -1);

  if (ph_json_member_double (payload, "startTimestamp", &begin) &&
      ph_json_member_double (payload, "endTimestamp", &finish) && finish >= begin)
    request.duration = (finish - begin) * 1000;

  ph_event_write_request (out, &request, recorded);

  return TRUE;
}
