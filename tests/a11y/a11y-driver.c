/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "a11y-driver.h"

#include "ph-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define WAIT_SECONDS 60
#define POLL_MILLISECONDS 50
#define MAX_DEPTH 60

/* AtspiStateType */
#define STATE_SHOWING 30

struct _A11y
{
  GSubprocess *process;
  GDBusConnection *bus;
  char *owner; /* the program's name on the bus */
  char *folder;
};

static GTestDBus *session_bus;
static char *run_folder;

static void
free_item (gpointer data)
{
  A11yItem *item = data;

  g_free (item->path);
  g_free (item->role);
  g_free (item->name);
  g_free (item);
}

void
a11y_bus_up (void)
{
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));
  int output = dup (STDOUT_FILENO);

  run_folder = ph_test_tmp_dir ();
  g_assert_cmpint (g_chmod (run_folder, 0700), ==, 0);
  g_setenv ("XDG_RUNTIME_DIR", run_folder, TRUE);

  session_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_add_service_dir (session_bus, "/usr/share/dbus-1/services");
  /* What the bus starts must not write between the results. */
  fflush (stdout);
  dup2 (STDERR_FILENO, STDOUT_FILENO);
  g_test_dbus_up (session_bus);
  dup2 (output, STDOUT_FILENO);
  close (output);
  /* GTestDBus thinks of tests without one. */
  if (display != NULL)
    g_setenv ("DISPLAY", display, TRUE);
}

void
a11y_bus_down (void)
{
  g_test_dbus_stop (session_bus);
  g_clear_object (&session_bus);
  ph_test_remove_tree (run_folder);
  g_clear_pointer (&run_folder, g_free);
}

static GDBusConnection *
connect_bus (const char **why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) reply = NULL;
  const char *address;

  if (session == NULL)
    {
      *why = "there is no session bus";
      return NULL;
    }

  reply = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                       "GetAddress", NULL, G_VARIANT_TYPE ("(s)"),
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  if (reply == NULL)
    {
      *why = "there is no accessibility bus";
      return NULL;
    }

  g_variant_get (reply, "(&s)", &address);
  bus = g_dbus_connection_new_for_address_sync (address,
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&bus);
}

/* NULL when the item is gone in the meantime, or does not know the method. */
static GVariant *
call (A11y *self,
      const char *owner,
      const char *path,
      const char *iface,
      const char *method,
      GVariant *arguments)
{
  return g_dbus_connection_call_sync (self->bus, owner, path, iface, method, arguments, NULL,
                                      G_DBUS_CALL_FLAGS_NONE, 10000, NULL, NULL);
}

GVariant *
a11y_get (A11y *self,
          const char *path,
          const char *iface,
          const char *property)
{
  g_autofree char *full = g_strconcat ("org.a11y.atspi.", iface, NULL);
  g_autoptr (GVariant) reply =
    call (self, self->owner, path, "org.freedesktop.DBus.Properties", "Get",
          g_variant_new ("(ss)", full, property));
  GVariant *value = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(v)", &value);

  return value;
}

/* The bus name of the process that was started, once it has told the registry of itself. */
static char *
find_owner (A11y *self)
{
  g_autoptr (GVariant) reply =
    call (self, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root",
          "org.a11y.atspi.Accessible", "GetChildren", NULL);
  const char *wanted = g_subprocess_get_identifier (self->process);
  g_autoptr (GVariantIter) children = NULL;
  const char *owner;

  if (reply == NULL || wanted == NULL)
    return NULL;

  g_variant_get (reply, "(a(so))", &children);
  while (g_variant_iter_next (children, "(&s&o)", &owner, NULL))
    {
      g_autoptr (GVariant) answer =
        call (self, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
              "GetConnectionUnixProcessID", g_variant_new ("(s)", owner));
      guint32 id;

      if (answer == NULL)
        continue;

      g_variant_get (answer, "(u)", &id);
      if (id == g_ascii_strtoull (wanted, NULL, 10))
        return g_strdup (owner);
    }

  return NULL;
}

static void
wait_a_little (gint64 deadline)
{
  g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  g_usleep (POLL_MILLISECONDS * 1000);
}

/* A test that fails leaves nothing behind. */
static void
end_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

A11y *
a11y_start (const char *file,
            const char **why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  gint64 deadline = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  GDBusConnection *bus = connect_bus (why);
  A11y *self;

  if (bus == NULL)
    return NULL;

  self = g_new0 (A11y, 1);
  self->bus = bus;
  self->folder = ph_test_tmp_dir ();
  /* Nothing of the person's is touched. */
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", self->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", self->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", self->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", self->folder, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_PERTURB_");
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_cb, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("PLAYHEAD"), file, NULL);
  g_assert_no_error (error);

  while ((self->owner = find_owner (self)) == NULL)
    {
      /* It has ended: there is nothing to wait for. */
      g_assert_nonnull (g_subprocess_get_identifier (self->process));
      wait_a_little (deadline);
    }

  return self;
}

void
a11y_stop (A11y *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_object_unref (self->bus);
  ph_test_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->owner);
  g_free (self);
}

static gboolean
is_showing (A11y *self,
            const char *path)
{
  g_autoptr (GVariant) reply =
    call (self, self->owner, path, "org.a11y.atspi.Accessible", "GetState", NULL);
  g_autoptr (GVariant) states = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  guint32 low = 0;

  if (states != NULL && g_variant_n_children (states) > 0)
    g_variant_get_child (states, 0, "u", &low);

  return (low >> STATE_SHOWING) & 1;
}

static char *
get_role (A11y *self,
          const char *path)
{
  g_autoptr (GVariant) reply =
    call (self, self->owner, path, "org.a11y.atspi.Accessible", "GetRoleName", NULL);
  char *role = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(s)", &role);

  return role;
}

static void
collect (A11y *self,
         const char *path,
         guint depth,
         GPtrArray *items)
{
  g_autoptr (GVariant) name = a11y_get (self, path, "Accessible", "Name");
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariantIter) children = NULL;
  A11yItem *item;
  const char *owner;
  const char *child;

  g_assert_cmpuint (depth, <, MAX_DEPTH);

  item = g_new0 (A11yItem, 1);
  item->path = g_strdup (path);
  item->role = get_role (self, path);
  item->name = name != NULL ? g_variant_dup_string (name, NULL) : g_strdup ("");
  item->showing = is_showing (self, path);
  item->depth = depth;
  g_ptr_array_add (items, item);

  reply = call (self, self->owner, path, "org.a11y.atspi.Accessible", "GetChildren", NULL);
  if (reply == NULL)
    return;

  g_variant_get (reply, "(a(so))", &children);
  while (g_variant_iter_next (children, "(&s&o)", &owner, &child))
    {
      /* What another process answers for is the recorded page. */
      if (g_str_equal (owner, self->owner))
        collect (self, child, depth + 1, items);
    }
}

GPtrArray *
a11y_list (A11y *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (free_item);

  collect (self, "/org/a11y/atspi/accessible/root", 0, items);

  return items;
}

char *
a11y_find (A11y *self,
           const char *role,
           const char *name)
{
  g_autoptr (GPtrArray) items = a11y_list (self);

  for (guint i = 0; i < items->len; i++)
    {
      const A11yItem *item = g_ptr_array_index (items, i);

      if (item->showing && g_strcmp0 (item->role, role) == 0 &&
          (name == NULL || g_str_equal (item->name, name)))
        return g_strdup (item->path);
    }

  return NULL;
}

char *
a11y_wait_for (A11y *self,
               const char *role,
               const char *name)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  char *path;

  while ((path = a11y_find (self, role, name)) == NULL)
    wait_a_little (deadline);

  return path;
}

void
a11y_wait_text (A11y *self,
                const char *path,
                const char *property,
                const char *wanted)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;

  for (;;)
    {
      g_autoptr (GVariant) value = a11y_get (self, path, "Accessible", property);
      const char *text = value != NULL ? g_variant_get_string (value, NULL) : "";

      if (g_str_equal (text, wanted))
        return;

      g_test_message ("%s “%s”, waiting for “%s”", property, text, wanted);
      wait_a_little (deadline);
    }
}

void
a11y_press (A11y *self,
            const char *path)
{
  g_autoptr (GVariant) reply = call (self, self->owner, path, "org.a11y.atspi.Action", "DoAction",
                                     g_variant_new ("(i)", 0));

  g_assert_nonnull (reply);
}
