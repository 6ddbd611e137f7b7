/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files the tests read. All paths are newly allocated. */

/* A file under tests/fixtures/; it must exist. */
char *ph_test_fixture (const char *name);
/* A file under data/demo/. */
char *ph_test_demo (const char *name);
/* A file of the shared corpus or goldens beside the project, or NULL when they are not there. */
char *ph_test_shared (const char *name);

/* Calls @func for each file below a shared folder whose name ends in @suffix, sorted. */
void ph_test_each_shared (const char *folder,
                          const char *suffix,
                          void (*func) (const char *path,
                                        gpointer user_data),
                          gpointer user_data);

/* Compares @actual with a fixture; PH_GOLDEN_UPDATE=1 in the environment writes it instead. */
void ph_test_golden (const char *fixture,
                     const char *actual);

/* Runs the main context until @done is TRUE; fails the test after @seconds. */
void ph_test_wait (const gboolean *done,
                   guint seconds);

/* A folder of its own for the test, removed with ph_test_remove_tree(). */
char *ph_test_tmp_dir (void);
void ph_test_remove_tree (const char *path);

/*
 * Takes out of the environment what makes a test stricter, before WebKit's processes inherit
 * it: their warnings, and what Mesa's driver for virtual displays does with freed memory, are
 * not ours. This process stays as strict.
 */
void ph_test_spare_children (void);

G_END_DECLS
