/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The program in a process of its own, asked over the accessibility bus as a
 * screen reader asks. Everything here waits, and fails the test after a while.
 */
typedef struct _A11y A11y;

/* A thing a screen reader can come to. */
typedef struct
{
  char *path;
  char *role; /* "push button", "slider" … */
  char *name; /* what is read out */
  gboolean showing;
  guint depth;
} A11yItem;

/*
 * Session and accessibility bus of the test's own: what others run on this
 * machine has no part in it. Up before anything else, down after the last test.
 */
void a11y_bus_up (void);
void a11y_bus_down (void);

/* NULL when there is no accessibility bus; the reason is then in @why. */
A11y *a11y_start (const char *file,
                  const char **why);
void a11y_stop (A11y *self);

/* All items of the program's own windows, from the outside in; free with g_ptr_array_unref(). */
GPtrArray *a11y_list (A11y *self);
/* The path of the first item that is showing, of the @role and @name; NULL: any name. */
char *a11y_find (A11y *self,
                 const char *role,
                 const char *name);
/* The same when it is there, or comes to be. */
char *a11y_wait_for (A11y *self,
                     const char *role,
                     const char *name);
/* Activates the item, as a screen reader's "press" does. */
void a11y_press (A11y *self,
                 const char *path);
/* Returns once the @property of the item, its name or description, is @wanted. */
void a11y_wait_text (A11y *self,
                     const char *path,
                     const char *property,
                     const char *wanted);
/* A property of org.a11y.atspi.@iface; NULL when it has none. */
GVariant *a11y_get (A11y *self,
                    const char *path,
                    const char *iface,
                    const char *property);

G_END_DECLS
