/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "loopback.h"

#include <string.h>

struct _Loopback
{
  GSocketService *service;
  char *origin;

  GMutex mutex; /* what follows is of the service's threads too */
  char *html;
  char *csp;
  GHashTable *asked; /* paths */
  guint n_connections;
};

/* A request fits in here; what does not is cut off. */
#define REQUEST_BYTES 16384

static gboolean
read_request (GInputStream *stream,
              char *request)
{
  gsize size = 0;

  while (size < REQUEST_BYTES - 1)
    {
      gssize n = g_input_stream_read (stream, request + size, REQUEST_BYTES - 1 - size, NULL, NULL);

      if (n <= 0)
        return FALSE;

      size += n;
      request[size] = '\0';
      if (strstr (request, "\r\n\r\n") != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Each kind of resource gets something that its loader takes for a start. */
static const char *
type_of (const char *path)
{
  if (strstr (path, "sheet") != NULL || strstr (path, "import") != NULL)
    return "text/css";
  if (strstr (path, "script") != NULL)
    return "text/javascript";

  return "text/html";
}

static char *
answer (Loopback *loopback,
        const char *path)
{
  g_autofree char *csp = NULL;
  gboolean is_page = strcmp (path, "/") == 0;
  const char *body = is_page && loopback->html != NULL ? loopback->html : "";

  if (is_page && loopback->csp != NULL)
    csp = g_strdup_printf ("Content-Security-Policy: %s\r\n", loopback->csp);

  return g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                          "Connection: close\r\nCache-Control: no-store\r\n"
                          "Access-Control-Allow-Origin: *\r\n%s\r\n%s",
                          type_of (path), strlen (body), csp != NULL ? csp : "", body);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  Loopback *loopback = user_data;
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *request = g_malloc (REQUEST_BYTES);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), 5);
  g_mutex_lock (&loopback->mutex);
  loopback->n_connections++;
  g_mutex_unlock (&loopback->mutex);

  if (!read_request (in, request))
    return TRUE;

  words = g_strsplit (request, " ", 3);
  if (g_strv_length (words) < 3)
    return TRUE;

  g_mutex_lock (&loopback->mutex);
  g_hash_table_add (loopback->asked, g_strdup (words[1]));
  text = answer (loopback, words[1]);
  g_mutex_unlock (&loopback->mutex);

  g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);

  return TRUE;
}

Loopback *
loopback_new (void)
{
  Loopback *loopback = g_new0 (Loopback, 1);
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&loopback->mutex);
  loopback->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  loopback->service = g_threaded_socket_service_new (16);
  g_socket_listener_add_address (G_SOCKET_LISTENER (loopback->service), wanted,
                                 G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  loopback->origin =
    g_strdup_printf ("http://127.0.0.1:%u",
                     g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got)));
  g_signal_connect (loopback->service, "run", G_CALLBACK (run_cb), loopback);
  g_socket_service_start (loopback->service);

  return loopback;
}

/* Threads may still wait on a connection: what they use is left to the end of the program. */
void
loopback_free (Loopback *loopback)
{
  if (loopback == NULL)
    return;

  g_socket_service_stop (loopback->service);
  g_socket_listener_close (G_SOCKET_LISTENER (loopback->service));
}

const char *
loopback_get_origin (Loopback *loopback)
{
  return loopback->origin;
}

void
loopback_set_page (Loopback *loopback,
                   const char *html,
                   const char *csp)
{
  g_mutex_lock (&loopback->mutex);
  g_free (loopback->html);
  g_free (loopback->csp);
  loopback->html = g_strdup (html);
  loopback->csp = g_strdup (csp);
  g_mutex_unlock (&loopback->mutex);
}

guint
loopback_n_connections (Loopback *loopback)
{
  guint n;

  g_mutex_lock (&loopback->mutex);
  n = loopback->n_connections;
  g_mutex_unlock (&loopback->mutex);

  return n;
}

gboolean
loopback_was_asked (Loopback *loopback,
                    const char *path)
{
  gboolean asked;

  g_mutex_lock (&loopback->mutex);
  asked = g_hash_table_contains (loopback->asked, path);
  g_mutex_unlock (&loopback->mutex);

  return asked;
}

char *
loopback_dup_asked (Loopback *loopback)
{
  GList *paths;
  g_autoptr (GString) joined = g_string_new (NULL);

  g_mutex_lock (&loopback->mutex);
  paths = g_list_sort (g_hash_table_get_keys (loopback->asked), (GCompareFunc) strcmp);
  for (GList *l = paths; l != NULL; l = l->next)
    {
      if (strcmp (l->data, "/") != 0)
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", (char *) l->data);
    }
  g_mutex_unlock (&loopback->mutex);
  g_list_free (paths);

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

void
loopback_forget (Loopback *loopback)
{
  g_mutex_lock (&loopback->mutex);
  g_hash_table_remove_all (loopback->asked);
  loopback->n_connections = 0;
  g_mutex_unlock (&loopback->mutex);
}
