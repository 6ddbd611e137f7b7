/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-listing.h"

#include "ph-archive.h"
#include "ph-limits.h"
#include "ph-session-private.h"

GPtrArray *
ph_listing_list (GFile *input,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GError) problem = NULL;
  GPtrArray *parts;

  g_return_val_if_fail (G_IS_FILE (input), NULL);

  parts = ph_archive_list (input, cancellable, &problem);

  if (parts == NULL)
    {
      ph_session_prefix_error (input, &problem);
      g_propagate_error (error, g_steal_pointer (&problem));
    }

  return parts;
}

GPtrArray *
ph_listing_arrange (GFile *const *files,
                    guint n_files,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFile) joined = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  g_return_val_if_fail (files != NULL && n_files > 0, NULL);

  if (n_files > 1 && n_files <= PH_LIMIT_INPUT_FILES)
    {
      joined = ph_input_new_for_files (files, n_files, NULL);
      parts = ph_archive_list (joined, cancellable, NULL);
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (parts != NULL && parts->len == 1 &&
      ((const PhInputPart *) parts->pdata[0])->n_files == n_files)
    {
      g_ptr_array_add (inputs, g_steal_pointer (&joined));
      return g_steal_pointer (&inputs);
    }

  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (inputs, g_object_ref (files[i]));

  return g_steal_pointer (&inputs);
}

/* --- on another thread ----------------------------------------------------- */

static void
return_array (GTask *task,
              GPtrArray *array,
              GError *error)
{
  if (array != NULL)
    g_task_return_pointer (task, array, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
list_in_thread (GTask *task,
                gpointer source_object,
                gpointer task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *parts = ph_listing_list (task_data, cancellable, &error);

  return_array (task, parts, error);
}

void
ph_listing_list_async (GFile *input,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (G_IS_FILE (input));

  g_task_set_source_tag (task, ph_listing_list_async);
  g_task_set_task_data (task, g_object_ref (input), g_object_unref);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
ph_listing_list_finish (GAsyncResult *result,
                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
arrange_in_thread (GTask *task,
                   gpointer source_object,
                   gpointer task_data,
                   GCancellable *cancellable)
{
  GPtrArray *files = task_data;
  GError *error = NULL;
  GPtrArray *inputs =
    ph_listing_arrange ((GFile *const *) files->pdata, files->len, cancellable, &error);

  return_array (task, inputs, error);
}

void
ph_listing_arrange_async (GFile *const *files,
                          guint n_files,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GPtrArray *copies = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (copies, g_object_ref (files[i]));

  g_task_set_source_tag (task, ph_listing_arrange_async);
  g_task_set_task_data (task, copies, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, arrange_in_thread);
}

GPtrArray *
ph_listing_arrange_finish (GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
