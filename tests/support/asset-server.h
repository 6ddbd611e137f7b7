/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What stands for the web where things pages name are taken from: a server on
 * 127.0.0.1, on a thread of its own, that remembers what it was asked for; and
 * archives of files.
 */
typedef struct _AssetServer AssetServer;

AssetServer *asset_server_new (void);
void asset_server_free (AssetServer *server);

/* `127.0.0.1:PORT`. */
const char *asset_server_get_host (AssetServer *server);
/* `http://127.0.0.1:PORT` and @path; the caller frees it. */
char *asset_server_dup_url (AssetServer *server,
                            const char *path);
/* @path is what is asked for, with its query. Anything else is answered 404. */
void asset_server_add (AssetServer *server,
                       const char *path,
                       gconstpointer data,
                       gsize size);
void asset_server_redirect (AssetServer *server,
                            const char *path,
                            const char *target);
/* What was asked for so far, in order, joined by spaces, and is forgotten; the caller frees it. */
char *asset_server_take_asked (AssetServer *server);
/* The headers of the last request that no client has to send, `name: value` in lines; or "". */
char *asset_server_take_headers (AssetServer *server);

/* A picture of one pixel, 67 bytes of PNG. */
extern const guint8 asset_pixel[];
extern const gsize asset_pixel_size;

/* Writes a zip file with @n files; names are taken as they are. */
void asset_zip_write (const char *path,
                      const char *const *names,
                      GBytes *const *contents,
                      guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssetServer, asset_server_free)

G_END_DECLS
