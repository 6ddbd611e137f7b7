/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-plain.h"

#include "ph-clip-html.h"
#include "ph-excerpt.h"

/* How often progress is told, milliseconds. */
#define TELL_SPAN 100

struct _PhClipPlain
{
  PhClipPlainFunc func; /* NULL: nobody listens any more */
  gpointer user_data;
  GCancellable *cancellable;
  guint source; /* that tells progress */

  /* The worker's, but for the last. */
  PhSession *session;
  PhClipOrder *order;
  PhAssetShelf *assets;
  GFile *file;
  int thousandths; /* atomic */
};

/* The caller has one reference, the task the other, which may end on either thread. */
static void
clear_plain (gpointer data)
{
  PhClipPlain *plain = data;

  g_object_unref (plain->cancellable);
  g_object_unref (plain->session);
  ph_clip_order_free (plain->order);
  g_clear_pointer (&plain->assets, ph_asset_shelf_unref);
  g_object_unref (plain->file);
}

static void
unref_plain (gpointer plain)
{
  g_atomic_rc_box_release_full (plain, clear_plain);
}

/* --- on the worker --------------------------------------------------------- */

static void
progress_cb (double fraction,
             gpointer user_data)
{
  PhClipPlain *plain = user_data;

  g_atomic_int_set (&plain->thousandths, (int) (fraction * 1000));
}

static gboolean
write_recording (PhClipPlain *plain,
                 GError **error)
{
  const PhExcerpt excerpt = {
    .span = plain->order->span,
    .window = plain->order->window,
    .notes = plain->order->notes,
    .without_facts = plain->order->no_facts,
    .assets = plain->assets,
  };

  return ph_session_excerpt (plain->session, &excerpt, plain->file, progress_cb, plain,
                             plain->cancellable, error);
}

static const char *
translate (const char *text)
{
  return g_dgettext (NULL, text);
}

static gboolean
write_html (PhClipPlain *plain,
            GError **error)
{
  const PhClipOrder *order = plain->order;
  g_autofree PhClipHtmlNote *notes = g_new0 (PhClipHtmlNote, order->captions->len);
  const PhClipHtml wanted = {
    .span = order->span,
    .window = order->window,
    .speed = order->speed,
    .cut_idle = order->cut_idle,
    .pointer = order->pointer,
    .clicks = order->clicks,
    .address = order->address,
    .title = order->title,
    .notes = notes,
    .n_notes = order->captions->len,
    .assets = plain->assets,
    .translate = translate,
  };

  for (guint i = 0; i < order->captions->len; i++)
    {
      const PhClipCaption *caption = order->captions->pdata[i];

      notes[i] = (PhClipHtmlNote) { caption->span, caption->text };
    }

  return ph_session_write_html (plain->session, &wanted, plain->file, progress_cb, plain,
                                plain->cancellable, error);
}

static void
write_in_thread (GTask *task,
                 gpointer source,
                 gpointer task_data,
                 GCancellable *cancellable)
{
  PhClipPlain *plain = task_data;
  GError *error = NULL;
  gboolean done = plain->order->form == PH_CLIP_HTML ? write_html (plain, &error)
                                                     : write_recording (plain, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- on the main thread ---------------------------------------------------- */

static gboolean
tell_cb (gpointer user_data)
{
  PhClipPlain *plain = user_data;

  plain->func (g_atomic_int_get (&plain->thousandths) / 1000.0, FALSE, NULL, plain->user_data);

  return G_SOURCE_CONTINUE;
}

/* Cancelled at the very end it is there, and whole: as with other clips. */
static void
written_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  GTask *task = G_TASK (result);
  PhClipPlain *plain = g_task_get_task_data (task);
  GError *error = NULL;

  g_task_propagate_boolean (task, &error);
  g_clear_handle_id (&plain->source, g_source_remove);

  if (plain->func != NULL)
    plain->func (1, TRUE, error, plain->user_data);
  else
    g_clear_error (&error);
}

PhClipPlain *
ph_clip_plain_start (PhSession *session,
                     const PhClipOrder *order,
                     PhAssetShelf *assets,
                     GFile *file,
                     PhClipPlainFunc func,
                     gpointer user_data,
                     GError **error)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (PhSession) other = NULL;
  PhClipPlain *plain;

  if (ph_clip_form_get_info (order->form)->is_pictures)
    return NULL;

  if (!ph_clip_order_check (order, session, error))
    return NULL;

  other = ph_session_open_again (session, error);

  if (other == NULL)
    return NULL;

  plain = g_atomic_rc_box_new0 (PhClipPlain);
  plain->func = func;
  plain->user_data = user_data;
  plain->cancellable = g_cancellable_new ();
  plain->session = g_steal_pointer (&other);
  plain->order = ph_clip_order_copy (order);
  plain->assets = assets != NULL ? ph_asset_shelf_ref (assets) : NULL;
  plain->file = g_object_ref (file);
  plain->source = g_timeout_add (TELL_SPAN, tell_cb, plain);
  task = g_task_new (NULL, NULL, written_cb, NULL);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (plain), unref_plain);
  g_task_run_in_thread (task, write_in_thread);

  return plain;
}

void
ph_clip_plain_free (PhClipPlain *plain)
{
  if (plain == NULL)
    return;

  plain->func = NULL;
  g_clear_handle_id (&plain->source, g_source_remove);
  g_cancellable_cancel (plain->cancellable);
  unref_plain (plain);
}
