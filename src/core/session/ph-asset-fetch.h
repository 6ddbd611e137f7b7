/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Fetches what a person allowed, over HTTP(S), in this process: never the web
 * process, which has no network. Only GET; no cookies, no referrer, no
 * credentials, no proxy, no cache. Each address on the way, a redirect's too, is
 * asked for with the allow function first. PH_LIMIT_ASSET_BYTES and 30 seconds at
 * most. A host that turns out to lie in a private network (or is this machine)
 * is refused after connecting and before anything is sent, unless the allow
 * function said it may: an archive must not reach what only this machine can.
 * Blocking; of one thread.
 */
typedef struct _PhAssetFetch PhAssetFetch;

typedef enum
{
  PH_FETCH_REFUSE,
  PH_FETCH_PUBLIC, /* not in a private network */
  PH_FETCH_ANYWHERE,
} PhFetchLeave;

typedef PhFetchLeave (*PhFetchAllow) (const char *url,
                                      gpointer user_data);

PhAssetFetch *ph_asset_fetch_new (PhFetchAllow allow,
                                  gpointer user_data);
void ph_asset_fetch_free (PhAssetFetch *fetch);

/* The body of an answer of 200; else an error with a sentence for people. */
GBytes *ph_asset_fetch_get (PhAssetFetch *fetch,
                            const char *url,
                            GCancellable *cancellable,
                            GError **error);

/* Whether an address is this machine's or of a private network. */
gboolean ph_asset_fetch_is_private (GInetAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAssetFetch, ph_asset_fetch_free)

G_END_DECLS
