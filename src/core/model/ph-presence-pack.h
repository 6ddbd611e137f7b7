/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-pack-io.h"
#include "ph-presence.h"

G_BEGIN_DECLS

/* A PhPresence in the streams of a packed page, and back; for ph-dom-pack.c. */

/* FALSE when there is nothing to say: then it need not be written. */
gboolean ph_presence_is_said (const PhPresence *presence);
void ph_presence_pack (const PhPresence *presence,
                       PhPackOut *out);
/* @presence is one that was initialised; `bad` of @in says whether it is what was written. */
void ph_presence_unpack (PhPresence *presence,
                         PhPackIn *in);

G_END_DECLS
