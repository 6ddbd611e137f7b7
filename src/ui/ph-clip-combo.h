/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Choices of texts in a row. Unlike libadwaita's own list, this one shows them to their ends. */
void ph_clip_combo_init (AdwComboRow *row);

/* The choices from now on, and the one chosen. A list that is the same already is left alone. */
void ph_clip_combo_set (AdwComboRow *row,
                        GPtrArray *texts,
                        guint selected);

G_END_DECLS
