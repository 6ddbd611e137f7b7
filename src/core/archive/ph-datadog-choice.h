/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the options of a page stand for: Datadog's recorder tells which one is chosen now by
 * its number, and not that the one before no longer is. Numbers are those of nodes.
 */
typedef struct _PhDatadogChoice PhDatadogChoice;

PhDatadogChoice *ph_datadog_choice_new (void);
void ph_datadog_choice_free (PhDatadogChoice *choice);

/* Another page begins. */
void ph_datadog_choice_clear (PhDatadogChoice *choice);

/*
 * A node that comes to be in @parent. @value is that of its attribute, or the text of a text
 * node, or NULL. Nodes that have nothing to do with selects are left out.
 */
void ph_datadog_choice_add (PhDatadogChoice *choice,
                            gint32 number,
                            gint32 parent,
                            const char *name,
                            const char *value,
                            gboolean is_multiple);

/*
 * The select in which @option alone is chosen then, and in @value what that holds, which
 * belongs to @choice; -1 when there is no such select, or others may be chosen besides.
 */
gint32 ph_datadog_choice_find (const PhDatadogChoice *choice,
                               gint32 option,
                               const char **value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDatadogChoice, ph_datadog_choice_free)

G_END_DECLS
