/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What is remembered between runs: `speed` (double), `skip-idle`, `trail` (boolean),
 * `style` (`default`, `light`, `dark`), `window-width`, `window-height` (int),
 * `window-maximized`, `show-notes` (boolean), and what was chosen for a clip:
 * ph-clip-settings.h.
 *
 * The program also runs where its schema is not installed: then reading gives
 * the defaults and writing does nothing. Main thread only.
 */
double ph_settings_get_double (const char *key);
gboolean ph_settings_get_boolean (const char *key);
int ph_settings_get_int (const char *key);
char *ph_settings_get_string (const char *key);

void ph_settings_set_double (const char *key,
                             double value);
void ph_settings_set_boolean (const char *key,
                              gboolean value);
void ph_settings_set_int (const char *key,
                          int value);
void ph_settings_set_string (const char *key,
                             const char *value);

G_END_DECLS
