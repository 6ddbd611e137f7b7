/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-span.h"

#include "ph-error.h"

#include <math.h>
#include <string.h>

PhTime
ph_span_clamp (PhSpan span,
               PhTime time)
{
  if (time > span.end)
    return span.end;

  return MAX (time, span.begin);
}

double
ph_span_to_x (PhSpan span,
              PhTime time,
              double width)
{
  if (ph_span_length (span) <= 0)
    return 0;

  return (double) (ph_span_clamp (span, time) - span.begin) * width /
         (double) ph_span_length (span);
}

PhTime
ph_span_from_x (PhSpan span,
                double x,
                double width)
{
  if (width <= 0)
    return span.begin;

  x = CLAMP (x, 0, width);

  return span.begin + (PhTime) llround (x / width * (double) ph_span_length (span));
}

static char *
format (gint64 seconds,
        const char *fraction)
{
  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d%s", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                            (int) (seconds % 60), fraction);

  return g_strdup_printf ("%d:%02d%s", (int) (seconds / 60), (int) (seconds % 60), fraction);
}

char *
ph_time_format (PhTime time)
{
  return format (MAX (time, 0) / PH_SECOND, "");
}

char *
ph_time_format_tenths (PhTime time)
{
  gint64 tenths = MAX (time, 0) / (PH_SECOND / 10);
  char fraction[8];

  g_snprintf (fraction, sizeof fraction, ".%d", (int) (tenths % 10));

  return format (tenths / 10, fraction);
}

/* `12`, `1:23.5`, `1:02:03`: only the last field has a fraction, only the first may pass 59. */
static gboolean
parse_clock (const char *text,
             PhTime *time)
{
  g_auto (GStrv) fields = g_strsplit (text, ":", -1);
  guint n = g_strv_length (fields);
  double seconds = 0;

  if (n < 1 || n > 3)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const char *allowed = i + 1 == n ? "0123456789." : "0123456789";
      char *end;
      double value;

      if (fields[i][0] == '\0' || strspn (fields[i], allowed) != strlen (fields[i]))
        return FALSE;

      value = g_ascii_strtod (fields[i], &end);

      if (*end != '\0' || (i > 0 && value >= 60) || value > 1e9)
        return FALSE;

      seconds = seconds * 60 + value;
    }

  *time = (PhTime) llround (seconds * (double) PH_SECOND);

  return TRUE;
}

static gboolean
parse_percent (const char *text,
               PhSpan span,
               PhTime *time)
{
  char *end;
  double value = g_ascii_strtod (text, &end);

  if (end == text || strcmp (end, "%") != 0 || !(value >= 0 && value <= 100))
    return FALSE;

  *time = span.begin + (PhTime) llround ((double) ph_span_length (span) * value / 100);

  return TRUE;
}

static gboolean
parse_date (const char *text,
            gint64 start_time,
            PhTime *time)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, utc);

  if (date == NULL)
    return FALSE;

  *time = g_date_time_to_unix (date) * PH_SECOND + g_date_time_get_microsecond (date) - start_time;

  return TRUE;
}

gboolean
ph_time_parse (const char *text,
               PhSpan span,
               gint64 start_time,
               PhTime *time,
               GError **error)
{
  PhTime result = 0;

  if (!parse_clock (text, &result) && !parse_percent (text, span, &result) &&
      !parse_date (text, start_time, &result))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED, "“%s” is not a time", text);
      return FALSE;
    }

  if (result < span.begin || result > span.end)
    {
      g_autofree char *end = ph_time_format_tenths (span.end);

      g_set_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                   "“%s” is outside the recording, which ends at %s", text, end);
      return FALSE;
    }

  *time = result;

  return TRUE;
}
