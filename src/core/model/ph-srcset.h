/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The candidates of a `srcset` attribute, as HTML cuts them ("parse a srcset attribute"). */
typedef struct
{
  const char *url;
  gsize url_size;
  const char *descriptor; /* `2x`, `640w`; trimmed, perhaps empty */
  gsize descriptor_size;
} PhCandidate;

/* The candidate at *@at, which goes on behind it; FALSE at the end. */
gboolean ph_srcset_next (const char **at,
                         PhCandidate *candidate);

G_END_DECLS
