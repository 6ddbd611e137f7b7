/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-identify.h"

#include "ph-identity.h"
#include "ph-session-private.h"

/* How often the cancellable is looked at: so many events. */
#define EVENTS_PER_STEP 256

char *
ph_identify_store (PhStore *store,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (PhIdentity) identity = ph_identity_new ();
  guint n = ph_store_n_events (store);

  for (guint i = 0; i < n; i++)
    {
      if (i % EVENTS_PER_STEP == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      ph_identity_add (identity, ph_store_get_event (store, i));
    }

  return ph_identity_finish (identity);
}

static gboolean
check_whole (PhSession *session,
             GError **error)
{
  if (session->is_importing)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PENDING, "It is still being read");
  else if (session->import_error != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                         "Only the first part of it was read");
  else
    return TRUE;

  return FALSE;
}

/* On any thread. */
static char *
identify_file (const char *path,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (PhStore) store = ph_store_open (path, error);

  return store != NULL ? ph_identify_store (store, cancellable, error) : NULL;
}

static const char *
take_identity (PhSession *session,
               char *identity)
{
  if (identity != NULL)
    {
      g_free (session->identity);
      session->identity = identity;
    }

  return identity;
}

const char *
ph_session_load_identity (PhSession *session,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (PH_IS_SESSION (session), NULL);

  if (session->identity != NULL)
    return session->identity;

  if (!check_whole (session, error))
    return NULL;

  return take_identity (session, identify_file (ph_store_get_path (session->store), cancellable,
                                                error));
}

/* --- on a worker ----------------------------------------------------------- */

static void
identify_in_thread (GTask *task,
                    gpointer source_object,
                    gpointer task_data,
                    GCancellable *cancellable)
{
  GError *error = NULL;
  char *identity = identify_file (task_data, cancellable, &error);

  if (identity != NULL)
    g_task_return_pointer (task, identity, g_free);
  else
    g_task_return_error (task, error);
}

void
ph_session_load_identity_async (PhSession *session,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (PH_IS_SESSION (session));

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, ph_session_load_identity_async);

  if (session->identity != NULL)
    {
      g_task_return_pointer (task, g_strdup (session->identity), g_free);
    }
  else if (!check_whole (session, &error))
    {
      g_task_return_error (task, error);
    }
  else
    {
      g_task_set_task_data (task, g_strdup (ph_store_get_path (session->store)), g_free);
      g_task_run_in_thread (task, identify_in_thread);
    }
}

const char *
ph_session_load_identity_finish (PhSession *session,
                                 GAsyncResult *result,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return take_identity (session, g_task_propagate_pointer (G_TASK (result), error));
}
