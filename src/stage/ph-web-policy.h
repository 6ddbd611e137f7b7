/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"

#include <webkit/webkit.h>

G_BEGIN_DECLS

/*
 * The walls around a recorded page, which is hostile: nothing in it may run,
 * fetch or escape. Each stands alone, so that a hole in one is no way out:
 *
 *   1 WebKit's process sandbox is on (WebKitGTK 6.0 knows no other way)
 *   2 `enable-javascript-markup` is off: the parser drops scripts and handlers
 *   3 the page lives in an iframe with `sandbox="allow-same-origin"` (applier.js)
 *   4 a Content-Security-Policy allows only what the archive itself carries
 *   5 an allow-list in C picks elements, attributes and URLs (ph-allow.h, not here)
 *   6 no network: the session's proxy leads nowhere, a content filter blocks all
 *     but our own scheme and data URLs, and no navigation, window or download is
 *     let through
 *
 * Everything here is of the main thread. Nothing is cached between views.
 */

/* Of our own scheme, which serves this document and what a person gave, and nothing else. */
#define PH_STAGE_URI "playhead-stage:///stage.html"

/* The script world of the applier: the page's own world, were it to run, sees none of it. */
#define PH_STAGE_WORLD "playhead"

/*
 * Wall 4. What an archive carries reaches the page as data URLs and as inline
 * style, what a person gave under addresses of our own scheme. about:blank frames
 * need no `frame-src`. The page inherits it from stage.html, which has it as a
 * response header.
 */
#define PH_STAGE_CSP                                                                   \
  "default-src 'none'; script-src 'none'; style-src 'unsafe-inline' playhead-stage:; " \
  "img-src data: playhead-stage:; font-src data: playhead-stage:; "                    \
  "media-src data: playhead-stage:; "                                                  \
  "connect-src 'none'; frame-src 'none'; child-src 'none'; "                           \
  "worker-src 'none'; object-src 'none'; manifest-src 'none'; "                        \
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/* Serves PH_STAGE_URI, with wall 4 as a header. */
WebKitWebContext *ph_web_policy_context_new (void);
/* Serves what is on @shelf too, or nothing but the stage's own document when it is NULL. */
void ph_web_policy_set_assets (WebKitWebContext *context,
                               PhAssetShelf *shelf);
/* How often something on a shelf was asked for and given so far. */
guint ph_web_policy_get_answers (WebKitWebContext *context);
/* Wall 6: keeps nothing, reaches nothing. */
WebKitNetworkSession *ph_web_policy_session_new (void);
/* Wall 2, and every power a page has by default and a recorded one does not need. */
WebKitSettings *ph_web_policy_settings_new (void);
/* Images are in the first picture that is painted, however long they take to decode. */
void ph_web_policy_decode_at_once (WebKitSettings *settings);

/* Wall 6: refuses navigation, windows, downloads; also dialogs, permissions, menus. */
void ph_web_policy_guard (WebKitWebView *view);
/* Loads the stage: the only navigation that a guarded view lets through. */
void ph_web_policy_load_stage (WebKitWebView *view);

/* Wall 6: adds the content filter. FALSE: the wall does not stand, show nothing. */
void ph_web_policy_add_filter_async (WebKitUserContentManager *manager,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean ph_web_policy_add_filter_finish (WebKitUserContentManager *manager,
                                          GAsyncResult *result,
                                          GError **error);

/* Adds the applier's scripts and style sheets: WebKit asks no wall about these. */
void ph_web_policy_add_scripts (WebKitUserContentManager *manager);

G_END_DECLS
