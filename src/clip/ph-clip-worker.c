/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-worker.h"

/* Pictures that wait; a page is 3.7 MB at 1280 × 720. */
#define MAX_WAITING 4

typedef enum
{
  ADD,
  ADD_AGAIN,
  ADD_CARD,
  FINISH,
} JobKind;

typedef struct
{
  JobKind kind;
  GdkTexture *snapshot;  /* or NULL */
  cairo_surface_t *page; /* or NULL */
  PhClipLook *look;      /* of ADD */
  PhTime time;
} Job;

struct _PhClipWorker
{
  GThread *thread;
  GMainContext *context;
  PhClipWorkerWatch watch;

  /* Of the thread alone. */
  PhClipPainter *painter;
  PhClipEncoder *encoder;

  GMutex mutex;
  GCond changed;
  /* Below the mutex. */
  GQueue jobs;
  guint64 n_written;
  gboolean stopped;
  gboolean done;
  GError *error;
  GSource *wake; /* on its way to the watch, or NULL */
};

static void
free_job (Job *job)
{
  g_clear_object (&job->snapshot);
  g_clear_pointer (&job->page, cairo_surface_destroy);
  g_clear_pointer (&job->look, ph_clip_look_free);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, free_job)

static gboolean
wake_cb (gpointer user_data)
{
  PhClipWorker *worker = user_data;

  g_mutex_lock (&worker->mutex);
  g_clear_pointer (&worker->wake, g_source_unref);
  g_mutex_unlock (&worker->mutex);

  worker->watch.changed (worker->watch.user_data);

  return G_SOURCE_REMOVE;
}

/* Below the mutex, on the worker's thread. */
static void
wake (PhClipWorker *worker)
{
  if (worker->wake != NULL)
    return;

  worker->wake = g_idle_source_new ();
  g_source_set_priority (worker->wake, G_PRIORITY_DEFAULT);
  g_source_set_callback (worker->wake, wake_cb, worker, NULL);
  g_source_attach (worker->wake, worker->context);
}

static Job *
take_job (PhClipWorker *worker)
{
  Job *job;

  g_mutex_lock (&worker->mutex);

  while (worker->jobs.length == 0 && !worker->stopped)
    g_cond_wait (&worker->changed, &worker->mutex);

  job = worker->stopped ? NULL : g_queue_peek_head (&worker->jobs);
  g_mutex_unlock (&worker->mutex);

  return job;
}

static gboolean
carry_out (PhClipWorker *worker,
           const Job *job,
           GError **error)
{
  cairo_surface_t *picture = NULL;

  switch (job->kind)
    {
    case ADD:
      if (job->page != NULL)
        ph_clip_painter_set_page (worker->painter, job->page);
      else if (job->snapshot != NULL)
        ph_clip_painter_set_snapshot (worker->painter, job->snapshot);

      picture = ph_clip_painter_draw (worker->painter, job->look);
      break;

    case ADD_CARD:
      picture = ph_clip_painter_draw_card (worker->painter);
      break;

    case ADD_AGAIN:
      break;

    case FINISH:
      return ph_clip_encoder_finish (worker->encoder, error);
    }

  return ph_clip_encoder_add (worker->encoder, picture, job->time, error);
}

/* TRUE while there may be more to do. */
static gboolean
end_job (PhClipWorker *worker,
         GError *error)
{
  g_autoptr (Job) job = NULL;
  gboolean go_on;

  g_mutex_lock (&worker->mutex);
  job = g_queue_pop_head (&worker->jobs);
  go_on = error == NULL && job->kind != FINISH;
  worker->done = !go_on;
  worker->error = error;

  if (go_on)
    worker->n_written++;

  wake (worker);
  g_mutex_unlock (&worker->mutex);

  return go_on;
}

static gpointer
run (gpointer user_data)
{
  PhClipWorker *worker = user_data;
  Job *job;
  gboolean go_on = TRUE;

  while (go_on && (job = take_job (worker)) != NULL)
    {
      GError *error = NULL;

      carry_out (worker, job, &error);
      go_on = end_job (worker, error);
    }

  return NULL;
}

PhClipWorker *
ph_clip_worker_new (PhClipPainter *painter,
                    PhClipEncoder *encoder,
                    const PhClipWorkerWatch *watch)
{
  PhClipWorker *worker = g_new0 (PhClipWorker, 1);

  worker->painter = painter;
  worker->encoder = encoder;
  worker->watch = *watch;
  worker->context = g_main_context_ref_thread_default ();
  g_mutex_init (&worker->mutex);
  g_cond_init (&worker->changed);
  g_queue_init (&worker->jobs);
  worker->thread = g_thread_new ("clip", run, worker);

  return worker;
}

void
ph_clip_worker_free (PhClipWorker *worker)
{
  if (worker == NULL)
    return;

  g_mutex_lock (&worker->mutex);
  worker->stopped = TRUE;
  g_cond_signal (&worker->changed);
  g_mutex_unlock (&worker->mutex);

  ph_clip_encoder_cancel (worker->encoder);
  g_thread_join (worker->thread);

  if (worker->wake != NULL)
    {
      g_source_destroy (worker->wake);
      g_source_unref (worker->wake);
    }

  g_queue_clear_full (&worker->jobs, (GDestroyNotify) free_job);
  ph_clip_encoder_free (worker->encoder);
  ph_clip_painter_free (worker->painter);
  g_clear_error (&worker->error);
  g_main_context_unref (worker->context);
  g_mutex_clear (&worker->mutex);
  g_cond_clear (&worker->changed);
  g_free (worker);
}

gboolean
ph_clip_worker_has_room (PhClipWorker *worker)
{
  gboolean has_room;

  g_mutex_lock (&worker->mutex);
  has_room = worker->jobs.length < MAX_WAITING;
  g_mutex_unlock (&worker->mutex);

  return has_room;
}

guint64
ph_clip_worker_get_written (PhClipWorker *worker)
{
  guint64 n_written;

  g_mutex_lock (&worker->mutex);
  n_written = worker->n_written;
  g_mutex_unlock (&worker->mutex);

  return n_written;
}

static Job *
job_new (JobKind kind,
         const PhClipLook *look,
         PhTime time)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->look = look != NULL ? ph_clip_look_copy (look) : NULL;
  job->time = time;

  return job;
}

/* Takes @job. */
static void
add_job (PhClipWorker *worker,
         Job *job)
{
  g_mutex_lock (&worker->mutex);
  g_queue_push_tail (&worker->jobs, job);
  g_cond_signal (&worker->changed);
  g_mutex_unlock (&worker->mutex);
}

void
ph_clip_worker_add (PhClipWorker *worker,
                    cairo_surface_t *page,
                    const PhClipLook *look)
{
  Job *job = job_new (ADD, look, look->time);

  job->page = page != NULL ? cairo_surface_reference (page) : NULL;
  add_job (worker, job);
}

void
ph_clip_worker_add_snapshot (PhClipWorker *worker,
                             GdkTexture *snapshot,
                             const PhClipLook *look)
{
  Job *job = job_new (ADD, look, look->time);

  job->snapshot = g_object_ref (snapshot);
  add_job (worker, job);
}

void
ph_clip_worker_add_again (PhClipWorker *worker,
                          PhTime time)
{
  add_job (worker, job_new (ADD_AGAIN, NULL, time));
}

void
ph_clip_worker_add_card (PhClipWorker *worker)
{
  add_job (worker, job_new (ADD_CARD, NULL, 0));
}

void
ph_clip_worker_finish (PhClipWorker *worker)
{
  add_job (worker, job_new (FINISH, NULL, 0));
}

gboolean
ph_clip_worker_get_done (PhClipWorker *worker,
                         GError **error)
{
  gboolean done;

  g_mutex_lock (&worker->mutex);
  done = worker->done;

  if (worker->error != NULL)
    g_propagate_error (error, g_error_copy (worker->error));

  g_mutex_unlock (&worker->mutex);

  return done;
}
