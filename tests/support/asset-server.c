/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "asset-server.h"

#include "ph-pack-files.h"

#include <libsoup/soup.h>
#include <string.h>

const guint8 asset_pixel[] = {
  0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0,
  1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78, 0x9c, 0x63, 0, 1,
  0, 0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82
};
const gsize asset_pixel_size = sizeof asset_pixel;

struct _AssetServer
{
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  SoupServer *soup;
  char *host;

  GMutex mutex;
  GHashTable *files;   /* path → GBytes */
  GHashTable *targets; /* path → address */
  GString *asked;
  GString *headers;
};

static void
note_header_cb (const char *name,
                const char *value,
                gpointer user_data)
{
  static const char *const usual[] = { "Host", "Accept-Encoding", "Connection", "User-Agent",
                                       NULL };

  if (!g_strv_contains (usual, name))
    g_string_append_printf (user_data, "%s: %s\n", name, value);
}

static void
request_cb (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  AssetServer *server = user_data;
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *whole = g_strconcat (path, g_uri_get_query (uri) != NULL ? "?" : "",
                                        g_uri_get_query (uri), NULL);
  GBytes *bytes;
  const char *target;

  g_mutex_lock (&server->mutex);
  bytes = g_hash_table_lookup (server->files, whole);
  target = g_hash_table_lookup (server->targets, whole);
  g_string_append_printf (server->asked, "%s%s", server->asked->len > 0 ? " " : "", whole);
  g_string_truncate (server->headers, 0);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), note_header_cb,
                                server->headers);

  if (target != NULL)
    {
      soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, target);
    }
  else if (bytes != NULL)
    {
      soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie",
                                   "a=b");
      soup_message_body_append_bytes (soup_server_message_get_response_body (message), bytes);
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
    }
  else
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
    }

  g_mutex_unlock (&server->mutex);
}

static gpointer
serve (gpointer data)
{
  AssetServer *server = data;

  g_main_context_push_thread_default (server->context);
  g_main_loop_run (server->loop);
  g_main_context_pop_thread_default (server->context);

  return NULL;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

AssetServer *
asset_server_new (void)
{
  AssetServer *server = g_new0 (AssetServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  g_mutex_init (&server->mutex);
  server->files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  server->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  server->asked = g_string_new (NULL);
  server->headers = g_string_new (NULL);

  /* What it listens with belongs to the context that is the default here. */
  g_main_context_push_thread_default (server->context);
  server->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (server->soup, NULL, request_cb, server, NULL);
  soup_server_listen_local (server->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_main_context_pop_thread_default (server->context);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server->soup);
  server->host = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  server->thread = g_thread_new ("asset-server", serve, server);

  return server;
}

void
asset_server_free (AssetServer *server)
{
  if (server == NULL)
    return;

  /* From inside: the loop may not have begun to run. */
  g_main_context_invoke (server->context, quit_cb, server->loop);
  g_thread_join (server->thread);
  soup_server_disconnect (server->soup);
  g_object_unref (server->soup);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  g_hash_table_unref (server->files);
  g_hash_table_unref (server->targets);
  g_string_free (server->asked, TRUE);
  g_string_free (server->headers, TRUE);
  g_mutex_clear (&server->mutex);
  g_free (server->host);
  g_free (server);
}

const char *
asset_server_get_host (AssetServer *server)
{
  return server->host;
}

char *
asset_server_dup_url (AssetServer *server,
                      const char *path)
{
  return g_strconcat ("http://", server->host, path, NULL);
}

void
asset_server_add (AssetServer *server,
                  const char *path,
                  gconstpointer data,
                  gsize size)
{
  g_mutex_lock (&server->mutex);
  g_hash_table_insert (server->files, g_strdup (path), g_bytes_new (data, size));
  g_mutex_unlock (&server->mutex);
}

void
asset_server_redirect (AssetServer *server,
                       const char *path,
                       const char *target)
{
  g_mutex_lock (&server->mutex);
  g_hash_table_insert (server->targets, g_strdup (path), g_strdup (target));
  g_mutex_unlock (&server->mutex);
}

static char *
take (AssetServer *server,
      GString *text)
{
  char *taken;

  g_mutex_lock (&server->mutex);
  taken = g_strdup (text->str);
  g_string_truncate (text, 0);
  g_mutex_unlock (&server->mutex);

  return taken;
}

char *
asset_server_take_asked (AssetServer *server)
{
  return take (server, server->asked);
}

char *
asset_server_take_headers (AssetServer *server)
{
  return take (server, server->headers);
}

void
asset_zip_write (const char *path,
                 const char *const *names,
                 GBytes *const *contents,
                 guint n)
{
  g_autoptr (GBytes) bytes = ph_pack_files ("zip", names, contents, n);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}
