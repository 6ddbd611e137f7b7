/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-pack-io.h"

G_BEGIN_DECLS

/*
 * The style sheets of a page that scripts constructed, by the ids the recorder
 * gave them, and who adopts them: documents and shadow hosts, by node id. Either
 * may be recorded first: who adopts what is not there yet gets it when it comes.
 *
 * Shared between the copies of a page and copied when it is written to, as is
 * each sheet; whoever writes has made sure with ph_sheets_own() that nobody else
 * sees it. Ids are more than 0.
 */
typedef struct _PhSheets PhSheets;

PhSheets *ph_sheets_ref (PhSheets *sheets);
void ph_sheets_unref (PhSheets *sheets);

/* Takes the reference, which may be NULL, and gives one to what is nobody else's. */
PhSheets *ph_sheets_own (PhSheets *sheets);

/* ---- sheets, in the order of their ids ---- */

guint ph_sheets_n (const PhSheets *sheets);
gint32 ph_sheets_id (const PhSheets *sheets,
                     guint index);
/* The rules (GRefString) of a sheet, as in ph-css-rules.h; NULL when it is not there. */
const GPtrArray *ph_sheets_find (const PhSheets *sheets,
                                 gint32 id);

/* Takes @rules. FALSE when there are too many sheets. */
gboolean ph_sheets_define (PhSheets *sheets,
                           gint32 id,
                           GPtrArray *rules);
/* The rules, to be written to; NULL when the sheet is not there. */
GPtrArray *ph_sheets_edit (PhSheets *sheets,
                           gint32 id);

/* ---- who adopts them, in the order of their ids ---- */

guint ph_sheets_n_adopters (const PhSheets *sheets);
gint32 ph_sheets_adopter (const PhSheets *sheets,
                          guint index);
/* What a node adopts, in the order that counts; NULL and 0 for nothing. */
const gint32 *ph_sheets_adopted (const PhSheets *sheets,
                                 gint32 node,
                                 guint *n);
/* @n sheets may be 0: then it adopts nothing. FALSE when there are too many. */
gboolean ph_sheets_adopt (PhSheets *sheets,
                          gint32 node,
                          const gint32 *ids,
                          guint n);

/* ---- in a packed page ---- */

void ph_sheets_pack (const PhSheets *sheets,
                     PhPackOut *out);
/* Never NULL; what is not as it was written sets @in->bad. */
PhSheets *ph_sheets_unpack (PhPackIn *in);

G_END_DECLS
