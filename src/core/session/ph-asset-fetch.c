/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-fetch.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_REDIRECTS 5
/* Seconds: without a byte, and in all. */
#define QUIET_SECONDS 15
#define ALL_SECONDS 30
#define PIECE ((gsize) 65536)

struct _PhAssetFetch
{
  SoupSession *session;
  PhFetchAllow allow;
  gpointer user_data;
};

/* One request. */
typedef struct
{
  PhFetchLeave leave;
  GCancellable *cancellable; /* of its own */
  gboolean is_private;       /* it was, and that was not allowed */
} Request;

PhAssetFetch *
ph_asset_fetch_new (PhFetchAllow allow,
                    gpointer user_data)
{
  PhAssetFetch *fetch = g_new0 (PhAssetFetch, 1);

  fetch->session =
    soup_session_new_with_options ("timeout", QUIET_SECONDS, "idle-timeout", QUIET_SECONDS,
                                   "max-conns", 4, "user-agent", "Playhead", "proxy-resolver", NULL,
                                   NULL);
  fetch->allow = allow;
  fetch->user_data = user_data;

  return fetch;
}

void
ph_asset_fetch_free (PhAssetFetch *fetch)
{
  if (fetch == NULL)
    return;

  soup_session_abort (fetch->session);
  g_object_unref (fetch->session);
  g_free (fetch);
}

/* ---- private networks ---- */

/* Those GLib does not name: RFC 6598, 6890, 4193, and IPv4 inside of IPv6. */
static gboolean
is_private_range (const guint8 *bytes,
                  gboolean is_v6)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

  if (is_v6 && (memcmp (bytes, mapped, sizeof mapped) == 0 ||
                (bytes[0] == 0x00 && bytes[1] == 0x64 && bytes[2] == 0xff && bytes[3] == 0x9b)))
    {
      g_autoptr (GInetAddress) inside =
        g_inet_address_new_from_bytes (bytes + 12, G_SOCKET_FAMILY_IPV4);

      return ph_asset_fetch_is_private (inside);
    }

  if (is_v6)
    return (bytes[0] & 0xfe) == 0xfc || (bytes[0] == 0x20 && bytes[1] == 0x02);

  return bytes[0] == 0 || bytes[0] >= 240 || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64) ||
         (bytes[0] == 198 && (bytes[1] & 0xfe) == 18) ||
         (bytes[0] == 192 && bytes[1] == 0 && bytes[2] == 0);
}

gboolean
ph_asset_fetch_is_private (GInetAddress *address)
{
  return g_inet_address_get_is_any (address) || g_inet_address_get_is_loopback (address) ||
         g_inet_address_get_is_link_local (address) ||
         g_inet_address_get_is_site_local (address) || g_inet_address_get_is_multicast (address) ||
         is_private_range (g_inet_address_to_bytes (address),
                           g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6);
}

/* A name is only known to lead somewhere once the connection stands: nothing is sent before. */
static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *stream,
                  gpointer user_data)
{
  Request *request = user_data;
  g_autoptr (GSocketAddress) remote = NULL;
  GInetAddress *address = NULL;

  if (event != G_SOCKET_CLIENT_CONNECTED || request->leave == PH_FETCH_ANYWHERE)
    return;

  if (G_IS_SOCKET_CONNECTION (stream))
    remote = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (stream), NULL);

  if (G_IS_INET_SOCKET_ADDRESS (remote))
    address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));

  if (address != NULL && !ph_asset_fetch_is_private (address))
    return;

  request->is_private = TRUE;
  g_cancellable_cancel (request->cancellable);
}

/* ---- one request ---- */

static GBytes *
read_body (GInputStream *stream,
           gint64 deadline,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE);

  for (;;)
    {
      gssize n = g_input_stream_read (stream, piece, PIECE, cancellable, error);

      if (n < 0)
        return NULL;

      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&body));

      if (body->len + (gsize) n > PH_LIMIT_ASSET_BYTES)
        {
          g_set_error_literal (error, PH_ERROR, PH_ERROR_TOO_LARGE, "It is too large");
          return NULL;
        }

      if (g_get_monotonic_time () > deadline)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "It takes too long");
          return NULL;
        }

      g_byte_array_append (body, piece, (guint) n);
    }
}

/* Where a redirect leads; NULL when @message is none. */
static char *
dup_redirect (SoupMessage *message)
{
  g_autoptr (GUri) target = NULL;
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                       "Location");

  if (!SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (message)) || location == NULL)
    return NULL;

  target = g_uri_parse_relative (soup_message_get_uri (message), location, SOUP_HTTP_URI_FLAGS,
                                 NULL);

  return target != NULL ? g_uri_to_string (target) : NULL;
}

static GBytes *
send_request (PhAssetFetch *fetch,
              Request *request,
              SoupMessage *message,
              gint64 deadline,
              char **redirect,
              GError **error)
{
  g_autoptr (GInputStream) stream = NULL;

  soup_message_set_flags (message,
                          SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), request);
  stream = soup_session_send (fetch->session, message, request->cancellable, error);

  if (stream == NULL)
    return NULL;

  *redirect = dup_redirect (message);

  if (*redirect != NULL)
    return NULL;

  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The server answered %u %s",
                   soup_message_get_status (message), soup_message_get_reason_phrase (message));
      return NULL;
    }

  return read_body (stream, deadline, request->cancellable, error);
}

static void
cancelled_cb (GCancellable *cancellable,
              GCancellable *own)
{
  g_cancellable_cancel (own);
}

/* The body, or NULL with an error or a place to go on to. */
static GBytes *
get_once (PhAssetFetch *fetch,
          const char *url,
          gint64 deadline,
          char **redirect,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GCancellable) own = g_cancellable_new ();
  g_autoptr (SoupMessage) message = NULL;
  Request request = { fetch->allow (url, fetch->user_data), own, FALSE };
  GBytes *body;
  gulong id = 0;

  /* libsoup waits for ever for what was cancelled before it began. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (request.leave != PH_FETCH_REFUSE)
    message = soup_message_new (SOUP_METHOD_GET, url);

  if (message == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                           "It leads to a host that is not allowed");
      return NULL;
    }

  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), g_object_ref (own),
                                g_object_unref);

  body = send_request (fetch, &request, message, deadline, redirect, error);

  if (id != 0)
    g_cancellable_disconnect (cancellable, id);

  if (body == NULL && request.is_private)
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                           "The host lies in a private network");
    }

  return body;
}

GBytes *
ph_asset_fetch_get (PhAssetFetch *fetch,
                    const char *url,
                    GCancellable *cancellable,
                    GError **error)
{
  gint64 deadline = g_get_monotonic_time () + ALL_SECONDS * (gint64) G_USEC_PER_SEC;
  g_autofree char *at = g_strdup (url);

  for (guint i = 0; i <= MAX_REDIRECTS; i++)
    {
      g_autofree char *redirect = NULL;
      g_autoptr (GBytes) body = get_once (fetch, at, deadline, &redirect, cancellable, error);

      if (redirect == NULL)
        return g_steal_pointer (&body);

      g_free (at);
      at = g_steal_pointer (&redirect);
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS, "It leads on and on");

  return NULL;
}
