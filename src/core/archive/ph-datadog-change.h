/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json-write.h"

G_BEGIN_DECLS

/*
 * The change format of Datadog's recorder (DataDog/browser-sdk packages/browser-rum/src/
 * types/sessionReplay.ts, format 1 and records of type 12): lists of changes to nodes
 * that are numbered as they come, with strings in a table. Each becomes an event of
 * rrweb's. Numbers begin at 0 there and at 1 here.
 */
typedef struct _PhDatadogChange PhDatadogChange;

/* An event as JSON text, lent. FALSE with an error set stops. */
typedef gboolean (*PhDatadogChangeFunc) (const char *text,
                                         gsize size,
                                         gpointer user_data,
                                         GError **error);

PhDatadogChange *ph_datadog_change_new (PhDatadogChangeFunc func,
                                        gpointer user_data);
void ph_datadog_change_free (PhDatadogChange *self);

/*
 * @data is the list of changes of a record at @time, in milliseconds; a full snapshot
 * begins anew. What it does not know is counted in @n_unknown.
 */
gboolean ph_datadog_change_read (PhDatadogChange *self,
                                 double time,
                                 gboolean is_snapshot,
                                 PhJsonValue data,
                                 guint *n_unknown,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDatadogChange, ph_datadog_change_free)

G_END_DECLS
