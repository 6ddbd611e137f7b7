/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-session.h"

#include "ph-dom-pack.h"
#include "ph-identity.h"
#include "ph-recording.h"
#include "ph-recordings.h"
#include "ph-session-private.h"
#include "ph-text.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (PhSession, ph_session, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
ph_session_dispose (GObject *object)
{
  PhSession *self = PH_SESSION (object);

  g_cancellable_cancel (self->import);

  G_OBJECT_CLASS (ph_session_parent_class)->dispose (object);
}

static void
ph_session_finalize (GObject *object)
{
  PhSession *self = PH_SESSION (object);

  g_clear_object (&self->file);
  g_free (self->format);
  g_free (self->packing);
  g_free (self->recorder);
  g_clear_pointer (&self->facts, ph_facts_free);
  g_free (self->identity);
  g_clear_pointer (&self->store, ph_store_free);
  g_clear_pointer (&self->scratch, ph_scratch_unref);
  g_clear_pointer (&self->outline, ph_outline_free);
  g_clear_pointer (&self->names, ph_names_unref);
  g_clear_error (&self->import_error);
  g_clear_object (&self->import);

  G_OBJECT_CLASS (ph_session_parent_class)->finalize (object);
}

static void
ph_session_class_init (PhSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ph_session_dispose;
  object_class->finalize = ph_session_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
ph_session_init (PhSession *self)
{
  self->names = ph_names_new ();
  self->facts = ph_facts_new ();
  self->outline = ph_outline_new ();
}

/* --- filling --------------------------------------------------------------- */

PhSession *
ph_session_new (GFile *file,
                gboolean is_recording)
{
  PhSession *self = g_object_new (PH_TYPE_SESSION, NULL);

  self->file = g_object_ref (file);
  self->is_recording = is_recording;

  return self;
}

void
ph_contents_clear (PhContents *contents)
{
  g_clear_pointer (&contents->store, ph_store_free);
  g_clear_pointer (&contents->scratch, ph_scratch_unref);
  g_clear_pointer (&contents->outline, ph_outline_free);
}

gboolean
ph_contents_read (PhContents *contents,
                  const char *path,
                  PhScratch *scratch,
                  GError **error)
{
  contents->store = ph_store_open (path, error);

  if (contents->store != NULL)
    contents->outline = ph_recording_read (contents->store, error);

  if (contents->outline == NULL)
    {
      ph_contents_clear (contents);
      return FALSE;
    }

  contents->scratch = scratch != NULL ? ph_scratch_ref (scratch) : NULL;

  return TRUE;
}

static void
damage_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  PhSession *self = user_data;

  ph_health_add (self->outline->health, PH_HEALTH_DAMAGED, time, "%s", text);

  if (self->is_kept)
    ph_recordings_forget (ph_store_get_path (self->store));
}

static void
set_store (PhSession *self,
           PhStore *store,
           PhScratch *scratch)
{
  g_clear_pointer (&self->store, ph_store_free);
  g_clear_pointer (&self->scratch, ph_scratch_unref);
  self->store = store;
  self->scratch = scratch;
  ph_store_set_damage_func (store, damage_cb, self);
}

static void
set_outline (PhSession *self,
             PhOutline *outline)
{
  ph_outline_free (self->outline);
  self->outline = outline;

  if (outline->title == NULL || outline->title[0] == '\0')
    {
      g_free (outline->title);
      outline->title = ph_session_dup_file_name (self->file);
    }
}

/* A stranger may have written anything there. */
static void
set_identity (PhSession *self)
{
  g_autofree char *identity = ph_store_dup_text (self->store, PH_STORE_IDENTITY);

  if (identity != NULL && ph_identity_is_valid (identity))
    self->identity = g_steal_pointer (&identity);
}

static void
set_origin (PhSession *self)
{
  g_autofree char *facts = ph_store_dup_text (self->store, "facts");

  self->recorder = ph_store_dup_text (self->store, "recorder");
  set_identity (self);

  if (facts != NULL)
    ph_facts_add_json (self->facts, facts, strlen (facts));

  if (self->is_recording)
    {
      g_autoptr (GFileInfo) info = g_file_query_info (self->file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                      G_FILE_QUERY_INFO_NONE, NULL, NULL);

      self->format = g_strdup ("playhead");
      self->bytes = info != NULL ? g_file_info_get_size (info) : 0;
      return;
    }

  self->format = ph_store_dup_text (self->store, "archive_format");
  self->packing = ph_store_dup_text (self->store, "archive_packing");
  self->bytes = ph_store_get_number (self->store, "archive_bytes", 0);
}

void
ph_session_take_contents (PhSession *self,
                          PhContents *contents)
{
  /* What was shown on the way came from another file: it was put in order since. */
  if (self->scratch != NULL && self->scratch != contents->scratch)
    self->generation++;

  set_store (self, g_steal_pointer (&contents->store), g_steal_pointer (&contents->scratch));
  set_outline (self, g_steal_pointer (&contents->outline));
  set_origin (self);
  self->is_kept = contents->is_kept;
  self->is_importing = FALSE;
  self->progress = 1;
}

PhSession *
ph_session_open_again (PhSession *self,
                       GError **error)
{
  g_auto (PhContents) contents = { NULL };
  PhSession *again;

  g_return_val_if_fail (PH_IS_SESSION (self) && !self->is_importing, NULL);

  if (!ph_contents_read (&contents, ph_store_get_path (self->store), self->scratch, error))
    return NULL;

  contents.is_kept = self->is_kept;
  again = ph_session_new (self->file, self->is_recording);
  ph_session_take_contents (again, &contents);

  return again;
}

void
ph_session_take_growing (PhSession *self,
                         PhStore *store,
                         PhScratch *scratch)
{
  self->is_importing = TRUE;
  set_store (self, store, ph_scratch_ref (scratch));
}

gboolean
ph_session_grow (PhSession *self,
                 guint n_events,
                 PhOutline *outline,
                 GError **error)
{
  if (!ph_store_grow (self->store, n_events, outline->windows->len, outline->start_time,
                      outline->span, error))
    {
      ph_outline_free (outline);
      return FALSE;
    }

  set_outline (self, outline);

  return TRUE;
}

void
ph_session_end_import (PhSession *self,
                       const GError *error)
{
  self->is_importing = FALSE;
  g_clear_error (&self->import_error);
  self->import_error = g_error_copy (error);
}

void
ph_session_emit_changed (PhSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GLib's messages name the whole path once more; ours say what the matter is. */
static void
simplify_error (GError **error)
{
  const char *message = NULL;

  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    message = "There is no such file";
  else if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    message = "This is a folder, not a file";
  else if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    message = "You may not read this file";

  if (message != NULL)
    {
      g_free ((*error)->message);
      (*error)->message = g_strdup (message);
    }
}

char *
ph_session_dup_file_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_file_get_uri (file);

  return ph_text_visible (name);
}

void
ph_session_prefix_error (GFile *file,
                         GError **error)
{
  g_autofree char *name = NULL;

  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  name = ph_session_dup_file_name (file);
  simplify_error (error);
  g_prefix_error (error, "%s: ", name);
}

/* --- importing ------------------------------------------------------------- */

gboolean
ph_session_get_importing (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), FALSE);

  return self->is_importing;
}

double
ph_session_get_progress (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return self->progress;
}

void
ph_session_stop_import (PhSession *self)
{
  g_return_if_fail (PH_IS_SESSION (self));

  g_cancellable_cancel (self->import);
}

const GError *
ph_session_get_import_error (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->import_error;
}

guint
ph_session_get_generation (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return self->generation;
}

/* --- what is known --------------------------------------------------------- */

GFile *
ph_session_get_file (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->file;
}

const char *
ph_session_get_title (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->outline->title;
}

const char *
ph_session_get_format (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->format;
}

const char *
ph_session_get_packing (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->packing;
}

const char *
ph_session_get_recorder (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->recorder;
}

const PhFacts *
ph_session_get_facts (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->facts;
}

goffset
ph_session_get_archive_bytes (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return self->bytes;
}

goffset
ph_session_get_recording_bytes (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return ph_store_get_file_bytes (self->store);
}

const char *
ph_session_get_identity (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->identity;
}

PhSpan
ph_session_get_span (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), (PhSpan) { 0 });

  return self->outline->span;
}

gint64
ph_session_get_start_time (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return self->outline->start_time;
}

PhNames *
ph_session_get_names (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->names;
}

guint
ph_session_get_n_events (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return ph_store_n_events (self->store);
}

const PhEvent *
ph_session_get_event (PhSession *self,
                      guint index)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);
  g_return_val_if_fail (index < ph_session_get_n_events (self), NULL);

  return ph_store_get_event (self->store, index);
}

gboolean
ph_session_is_lost (PhSession *self,
                    const PhEvent *event)
{
  g_return_val_if_fail (PH_IS_SESSION (self), FALSE);

  return ph_store_is_lost (event);
}

guint
ph_session_events_until (PhSession *self,
                         PhTime time)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return ph_store_events_until (self->store, time);
}

/* The index of the stored page to start from, or -1. */
static int
find_frame (PhSession *self,
            guint32 window,
            guint snapshot,
            guint end)
{
  const PhFrame *frames;
  guint n;
  int i;

  if (snapshot == G_MAXUINT)
    return -1;

  frames = ph_store_get_frames (self->store, &n);
  i = ph_frames_find (frames, n, window, snapshot, end);

  while (i >= 0 && ph_store_is_frame_damaged (self->store, (guint) i))
    {
      i--;

      if (i >= 0 && (frames[i].window != window || frames[i].snapshot != snapshot))
        i = -1;
    }

  return i;
}

guint
ph_session_find_keyframe (PhSession *self,
                          guint32 window,
                          guint snapshot,
                          guint end)
{
  guint n;
  int i;

  g_return_val_if_fail (PH_IS_SESSION (self), G_MAXUINT);

  i = find_frame (self, window, snapshot, end);

  return i >= 0 ? ph_store_get_frames (self->store, &n)[i].next : G_MAXUINT;
}

PhDom *
ph_session_read_keyframe (PhSession *self,
                          guint32 window,
                          guint snapshot,
                          guint end,
                          guint *next)
{
  int i;

  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  while ((i = find_frame (self, window, snapshot, end)) >= 0)
    {
      g_autoptr (GBytes) bytes = ph_store_read_frame (self->store, (guint) i);
      g_autoptr (GError) error = NULL;
      PhDom *dom = bytes != NULL ? ph_dom_unpack (bytes, self->names, &error) : NULL;
      guint n;

      if (dom != NULL)
        {
          *next = ph_store_get_frames (self->store, &n)[i].next;
          return dom;
        }

      if (bytes != NULL)
        ph_store_set_frame_damaged (self->store, (guint) i, error->message);
    }

  return NULL;
}

/* The last snapshot of @window before event @end, or NULL. */
static const PhSnapshot *
find_snapshot (PhSession *self,
               guint32 window,
               guint end)
{
  GArray *snapshots = ((PhSessionWindow *) self->outline->windows->pdata[window])->snapshots;
  guint low = 0;
  guint high = snapshots->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (snapshots, PhSnapshot, middle).index < end)
        low = middle + 1;
      else
        high = middle;
    }

  return low > 0 ? &g_array_index (snapshots, PhSnapshot, low - 1) : NULL;
}

guint
ph_session_last_snapshot (PhSession *self,
                          guint32 window,
                          guint end)
{
  const PhSnapshot *snapshot;

  g_return_val_if_fail (PH_IS_SESSION (self), G_MAXUINT);
  g_return_val_if_fail (window < self->outline->windows->len, G_MAXUINT);

  snapshot = find_snapshot (self, window, end);

  return snapshot != NULL ? snapshot->index : G_MAXUINT;
}

void
ph_session_get_lead (PhSession *self,
                     guint32 window,
                     guint index,
                     guint *meta,
                     guint *resize)
{
  const PhSnapshot *snapshot;

  g_return_if_fail (PH_IS_SESSION (self));
  g_return_if_fail (window < self->outline->windows->len);

  snapshot = find_snapshot (self, window, index + 1);
  g_return_if_fail (snapshot != NULL && snapshot->index == index);

  *meta = snapshot->meta;
  *resize = snapshot->resize;
}

guint
ph_session_get_n_windows (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return self->outline->windows->len;
}

const PhWindowInfo *
ph_session_get_window (PhSession *self,
                       guint32 window)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);
  g_return_val_if_fail (window < self->outline->windows->len, NULL);

  return &((PhSessionWindow *) self->outline->windows->pdata[window])->info;
}

guint32
ph_session_active_window (PhSession *self,
                          PhTime time)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  high = self->outline->active->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->outline->active, PhActiveWindow, middle).time <= time)
        low = middle + 1;
      else
        high = middle;
    }

  return low > 0 ? g_array_index (self->outline->active, PhActiveWindow, low - 1).window : 0;
}

const PhPointerTrack *
ph_session_get_pointer (PhSession *self,
                        guint32 window)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);
  g_return_val_if_fail (window < self->outline->windows->len, NULL);

  return ((PhSessionWindow *) self->outline->windows->pdata[window])->pointer;
}

const PhPage *
ph_session_get_pages (PhSession *self,
                      guint *n)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  *n = self->outline->pages->len;

  return (const PhPage *) (gpointer) self->outline->pages->data;
}

const PhMoment *
ph_session_get_moments (PhSession *self,
                        guint *n)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  *n = self->outline->moments->len;

  return (const PhMoment *) (gpointer) self->outline->moments->data;
}

const PhSpan *
ph_session_get_idle (PhSession *self,
                     guint *n)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  *n = self->outline->idle->len;

  return (const PhSpan *) (gpointer) self->outline->idle->data;
}

const PhActivity *
ph_session_get_activity (PhSession *self,
                         PhTime *step,
                         guint *n)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  *step = self->outline->activity_step;
  *n = self->outline->activity->len;

  return (const PhActivity *) (gpointer) self->outline->activity->data;
}

const PhAsset *
ph_session_get_assets (PhSession *self,
                       guint *n)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  *n = self->outline->assets->len;

  return (const PhAsset *) (gpointer) self->outline->assets->data;
}

const PhHealth *
ph_session_get_health (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->outline->health;
}

const GPtrArray *
ph_session_get_notes (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->outline->notes;
}
