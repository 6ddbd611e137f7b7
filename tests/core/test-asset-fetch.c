/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-fetch.h"

#include "asset-server.h"

#include <string.h>

typedef struct
{
  AssetServer *server;
  PhAssetFetch *fetch;
  PhFetchLeave leave;
  GString *questions;
} Fixture;

static PhFetchLeave
allow_cb (const char *url,
          gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->questions, "%s%s", fixture->questions->len > 0 ? " " : "", url);

  return strstr (url, "127.0.0.1") != NULL ? fixture->leave : PH_FETCH_REFUSE;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->server = asset_server_new ();
  fixture->leave = PH_FETCH_ANYWHERE;
  fixture->questions = g_string_new (NULL);
  fixture->fetch = ph_asset_fetch_new (allow_cb, fixture);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_asset_fetch_free (fixture->fetch);
  asset_server_free (fixture->server);
  g_string_free (fixture->questions, TRUE);
}

static GBytes *
get (Fixture *fixture,
     const char *path,
     GError **error)
{
  g_autofree char *url = asset_server_dup_url (fixture->server, path);

  return ph_asset_fetch_get (fixture->fetch, url, NULL, error);
}

static void
test_get (Fixture *fixture,
          gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *headers = NULL;

  asset_server_add (fixture->server, "/a?b=c", "body", 4);
  bytes = get (fixture, "/a?b=c", &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "body", 4);

  /* Neither a cookie that was set before, nor where it comes from. */
  again = get (fixture, "/a?b=c", &error);
  g_assert_no_error (error);
  headers = asset_server_take_headers (fixture->server);
  g_assert_cmpstr (headers, ==, "");
  asked = asset_server_take_asked (fixture->server);
  g_assert_cmpstr (asked, ==, "/a?b=c /a?b=c");

  g_assert_null (get (fixture, "/none", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, "The server answered 404 Not Found");
}

static void
test_refused (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *asked = NULL;

  fixture->leave = PH_FETCH_REFUSE;
  g_assert_null (get (fixture, "/a", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  asked = asset_server_take_asked (fixture->server);
  g_assert_cmpstr (asked, ==, "");
}

/* This machine is not what an archive may reach by a name: it connects, and sends nothing. */
static void
test_private (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *asked = NULL;

  asset_server_add (fixture->server, "/a", "body", 4);
  fixture->leave = PH_FETCH_PUBLIC;
  g_assert_null (get (fixture, "/a", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_assert_cmpstr (error->message, ==, "The host lies in a private network");
  g_usleep (50 * 1000);
  asked = asset_server_take_asked (fixture->server);
  g_assert_cmpstr (asked, ==, "");
}

static void
test_redirects (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  asset_server_add (fixture->server, "/a", "body", 4);
  asset_server_redirect (fixture->server, "/1", "/2");
  asset_server_redirect (fixture->server, "/2", "/a");
  asset_server_redirect (fixture->server, "/out", "http://elsewhere.example/x");
  asset_server_redirect (fixture->server, "/file", "file:///etc/passwd");
  asset_server_redirect (fixture->server, "/round", "/round");
  bytes = get (fixture, "/1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 4);

  g_assert_null (get (fixture, "/out", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);
  g_assert_null (get (fixture, "/file", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);
  g_assert_null (get (fixture, "/round", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  g_assert_nonnull (strstr (fixture->questions->str, "http://elsewhere.example/x"));
}

static void
test_cancelled (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *url = asset_server_dup_url (fixture->server, "/a");
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ph_asset_fetch_get (fixture->fetch, url, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_is_private (void)
{
  static const struct
  {
    const char *address;
    gboolean is_private;
  } cases[] = {
    { "127.0.0.1", TRUE },
    { "127.9.9.9", TRUE },
    { "10.1.2.3", TRUE },
    { "172.16.0.1", TRUE },
    { "172.32.0.1", FALSE },
    { "192.168.1.1", TRUE },
    { "169.254.169.254", TRUE },
    { "100.64.0.1", TRUE },
    { "100.128.0.1", FALSE },
    { "0.0.0.0", TRUE },
    { "0.1.2.3", TRUE },
    { "224.0.0.1", TRUE },
    { "255.255.255.255", TRUE },
    { "198.18.0.1", TRUE },
    { "8.8.8.8", FALSE },
    { "::1", TRUE },
    { "::", TRUE },
    { "fe80::1", TRUE },
    { "fd00::1", TRUE },
    { "::ffff:10.0.0.1", TRUE },
    { "::ffff:8.8.8.8", FALSE },
    { "64:ff9b::a00:1", TRUE },
    { "2606:4700::1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (ph_asset_fetch_is_private (address), ==, cases[i].is_private);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/asset-fetch/get", test_get);
  ADD ("/asset-fetch/refused", test_refused);
  ADD ("/asset-fetch/private", test_private);
  ADD ("/asset-fetch/redirects", test_redirects);
  ADD ("/asset-fetch/cancelled", test_cancelled);
  g_test_add_func ("/asset-fetch/is-private", test_is_private);

  return g_test_run ();
}
