/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What a person allows: where the things that pages name may be taken from.
 * Remembered in a file of the user's data folder, by what an archive is known by
 * (ph-recordings.h); the archive itself is never changed. Not thread-safe.
 */
typedef enum
{
  PH_GRANT_FOLDER,  /* files below a folder */
  PH_GRANT_ZIP,     /* files in an archive of files */
  PH_GRANT_ADDRESS, /* files below an http(s) address, whatever host the page named */
  PH_GRANT_HOST,    /* what lies at that host: `host` or `host:port` */
  PH_GRANT_N_KINDS,
} PhGrantKind;

typedef struct
{
  PhGrantKind kind;
  char *value;
} PhGrant;

typedef struct _PhAssetGrants PhAssetGrants;

PhAssetGrants *ph_asset_grants_new (void);
PhAssetGrants *ph_asset_grants_copy (const PhAssetGrants *grants);
void ph_asset_grants_free (PhAssetGrants *grants);

/* In the order they were added, or by kind when they were remembered; so they are asked. */
const PhGrant *ph_asset_grants_get (const PhAssetGrants *grants,
                                    guint *n);

/* Adds it, once. G_IO_ERROR_INVALID_ARGUMENT with a sentence for the person when it is none. */
gboolean ph_asset_grants_add (PhAssetGrants *grants,
                              PhGrantKind kind,
                              const char *value,
                              GError **error);
/*
 * What a person typed: a folder, an archive of files, or an address; relative
 * paths stand on @folder (NULL: the current one). G_IO_ERROR_NOT_FOUND too.
 */
gboolean ph_asset_grants_add_any (PhAssetGrants *grants,
                                  const char *text,
                                  const char *folder,
                                  GError **error);
/*
 * Of command lines: what ph_asset_grants_add_any() takes, and hosts, each a list
 * that ends with NULL, or NULL. NULL with an error when one of them is none.
 */
PhAssetGrants *ph_asset_grants_from_options (char **any,
                                             char **hosts,
                                             GError **error);
/* FALSE when it was not there. */
gboolean ph_asset_grants_remove (PhAssetGrants *grants,
                                 PhGrantKind kind,
                                 const char *value);
gboolean ph_asset_grants_has (const PhAssetGrants *grants,
                              PhGrantKind kind,
                              const char *value);

/* `host` or `host:port` of an http(s) address, the port when it is not the usual one; or NULL. */
char *ph_asset_dup_host (const char *url);

/* What is remembered with @archive: none when there is nothing, or it cannot be read. Blocking. */
PhAssetGrants *ph_asset_grants_load (GFile *archive);
gboolean ph_asset_grants_save (const PhAssetGrants *grants,
                               GFile *archive,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAssetGrants, ph_asset_grants_free)

G_END_DECLS
