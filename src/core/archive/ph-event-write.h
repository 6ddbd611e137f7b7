/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json-write.h"

G_BEGIN_DECLS

/*
 * Events in rrweb's vocabulary, as JSON text, of what other tools write down in
 * words of their own. Each replaces what @out holds. Times are in milliseconds since
 * the Unix epoch. @recorded is what the tool wrote, kept as `data.recorded`, or no
 * value. Strings are valid UTF-8.
 */

/* A line of the console. @stack is the lines of a stack, one in each; NULL for none. */
void ph_event_write_console (GString *out,
                             double time,
                             const char *level,
                             const char *text,
                             const char *stack,
                             PhJsonValue recorded);

/* A line of the console as it was called: each of @arguments that is no string is JSON. */
void ph_event_write_console_call (GString *out,
                                  double time,
                                  const char *level,
                                  PhJsonValue arguments,
                                  PhJsonValue recorded);

typedef struct
{
  const char *url;
  const char *method;    /* or NULL */
  const char *initiator; /* `fetch`, `xmlhttprequest`, `img` …, or NULL */
  gint64 status;         /* -1: not known */
  double time;           /* when it was sent */
  double duration;       /* in milliseconds; negative: not known */
  double size;           /* of the answer in bytes; negative: not known */
} PhRequest;

void ph_event_write_request (GString *out,
                             const PhRequest *request,
                             PhJsonValue recorded);

/* The user is at another address, without another page: `$pageview`. */
void ph_event_write_address (GString *out,
                             double time,
                             const char *url,
                             PhJsonValue recorded);

/* @payload as JSON text; NULL for none. */
void ph_event_write_custom (GString *out,
                            double time,
                            const char *tag,
                            const char *payload,
                            gssize size);

/* A signal that the recorder itself has given: one of ph-signal.h. */
void ph_event_write_signal (GString *out,
                            double time,
                            const char *name,
                            gint64 node,
                            gint64 count,
                            const char *label,
                            PhJsonValue recorded);

/*
 * A time that a tool wrote as a number, each @unit milliseconds long, or in ISO 8601;
 * without a zone it is UTC. FALSE without one after 1970.
 */
gboolean ph_event_time (PhJsonValue value,
                        double unit,
                        double *time);

/*
 * A list of calls as lines `at f (a.js:1:2)`, innermost first, for the stack of a console
 * line. Each is an object with `function`, `filename`, `lineno`, `colno`, or with
 * `functionName`, `fileName`, `lineNumber`, `columnNumber`. NULL when there are none.
 */
char *ph_event_stack (PhJsonValue frames,
                      gboolean outermost_first);

void ph_event_write_meta (GString *out,
                          double time,
                          const char *url,
                          double width,
                          double height);

G_END_DECLS
