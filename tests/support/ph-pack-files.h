/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * An archive of files. @form is `zip`, `zip-stored`, `tar`, `tar.gz`, `tar.zst` or
 * `tar.xz`. A name that ends in `/` is a folder; one with ` -> ` is a link to what follows.
 */
GBytes *ph_pack_files (const char *form,
                       const char *const *names,
                       GBytes *const *contents,
                       guint n);

/* The same of texts; the last name is NULL. */
typedef struct
{
  const char *name;
  const char *text;
} PhPackFile;

GBytes *ph_pack_texts (const char *form,
                       const PhPackFile *files);

G_END_DECLS
