/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * What a Playwright trace says besides its snapshots, as rrweb events in JSON. Times are
 * milliseconds since the Unix epoch. Each returns a text the caller frees, or NULL when
 * @line says nothing of the kind. Source: microsoft/playwright packages/trace/src/trace.ts.
 */

/* A call that began, as a custom event `playwright` with a `title` that says what it does. */
char *ph_playwright_action (PhJsonValue line,
                            double timestamp);

/* A line of the console (`console`, or the initializer of an object of old traces). */
char *ph_playwright_console (PhJsonValue line,
                             double timestamp);

/* An error with `message`, `stack` and `name`, or another `value`, in @error. */
char *ph_playwright_error (PhJsonValue error,
                           const char *where,
                           double timestamp);

/* Text a program printed: `stdout` or `stderr`. */
char *ph_playwright_printed (PhJsonValue line,
                             double timestamp);

/* An entry of the network log, @snapshot of a `resource-snapshot`. */
char *ph_playwright_request (PhJsonValue snapshot,
                             double timestamp);

/* The page's viewport and address. */
char *ph_playwright_meta (const char *url,
                          int width,
                          int height,
                          double timestamp);

/* The page's viewport where it became another, the address being the same. */
char *ph_playwright_resize (int width,
                            int height,
                            double timestamp);

/* The page is what it was. */
char *ph_playwright_still (double timestamp);

/* A pointer at a place, of rrweb's mouse interaction @type; negative: it moved there. */
char *ph_playwright_pointer (int type,
                             guint node,
                             double x,
                             double y,
                             double timestamp);

/* @picture, a `data:` address, in place of a page: the first, or the next one. */
char *ph_playwright_first_picture (const char *picture,
                                   double timestamp);
char *ph_playwright_next_picture (const char *picture,
                                  double timestamp);

G_END_DECLS
