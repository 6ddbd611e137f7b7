/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Microseconds since the recording's first event. */
typedef gint64 PhTime;

#define PH_TIME_NONE G_MININT64
#define PH_SECOND ((PhTime) G_USEC_PER_SEC)
#define PH_MSEC ((PhTime) 1000)

/* A half-open range of time: begin is inside, end is not. */
typedef struct
{
  PhTime begin;
  PhTime end;
} PhSpan;

static inline PhTime
ph_span_length (PhSpan span)
{
  return span.end - span.begin;
}

static inline gboolean
ph_span_contains (PhSpan span,
                  PhTime time)
{
  return time >= span.begin && time < span.end;
}

/* Unlike ph_span_contains(), takes the end for inside: the last frame is shown there. */
PhTime ph_span_clamp (PhSpan span,
                      PhTime time);

/* Where @time stands on a line @width wide, and back; both clamp to the line. */
double ph_span_to_x (PhSpan span,
                     PhTime time,
                     double width);
PhTime ph_span_from_x (PhSpan span,
                       double x,
                       double width);

/* `0:05`, `1:02:03`; with tenths `0:05.5`. The caller frees it. */
char *ph_time_format (PhTime time);
char *ph_time_format_tenths (PhTime time);

/*
 * Reads a time as the command line takes it: `83.5` (seconds), `1:23.5`,
 * `1:02:03`, `50%` of @span, or an ISO 8601 date-time, taken relative to
 * @start_time (microseconds since the Unix epoch, UTC when no zone is given).
 * FALSE when the text is none of these or lies outside @span.
 */
gboolean ph_time_parse (const char *text,
                        PhSpan span,
                        gint64 start_time,
                        PhTime *time,
                        GError **error);

G_END_DECLS
