/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-web-stage.h"

#include "ph-error.h"
#include "ph-web-graphics.h"
#include "ph-web-policy.h"
#include "ph-web-stage-private.h"

/* A stage that is not ready by then never will be. */
#define LOAD_SECONDS 30
/* A web process that has not painted by then hangs: it is ended, which is `lost`. */
#define PRESENT_SECONDS 60
#define SETTLE_ROUNDS 8
#define SETTLE_MSEC 2000

struct _PhWebStage
{
  GObject parent_instance;

  WebKitWebView *view;
  WebKitUserContentManager *manager;
  GCancellable *closed; /* cancelled with the object */

  GTask *present; /* the patch in flight */
  guint watchdog; /* source: for the load, later for the patch in flight */
  guint life;     /* counts web processes: answers of an earlier one mean nothing */

  gboolean filtered; /* the content filter stands */
  gboolean loaded;
  gboolean ready;

  gboolean software;
  gboolean emulated;  /* painted by the processor, until a page needs more */
  gboolean switching; /* the web process ends for that */
  gboolean grounded;  /* no spot is clear */
  gboolean plain;
  gboolean enlarge;
  gboolean playing;
  double speed;

  guint64 refused;
  char *refusal;
};

enum
{
  PROP_0,
  PROP_SOFTWARE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void ph_web_stage_iface_init (PhStageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PhWebStage,
                               ph_web_stage,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PH_TYPE_STAGE, ph_web_stage_iface_init))

/* Calls into the applier's world */

void
ph_web_stage_call (PhWebStage *self,
                   const char *body,
                   GVariant *arguments,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  webkit_web_view_call_async_javascript_function (self->view, body, -1, arguments, PH_STAGE_WORLD,
                                                  "playhead", self->closed, callback, user_data);
}

/* Every error of WebKit's is one of ours: the view could not do it. */
JSCValue *
ph_web_stage_call_finish (GObject *view,
                          GAsyncResult *result,
                          GError **error)
{
  g_autoptr (GError) local = NULL;
  JSCValue *value;

  value = webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (view), result,
                                                                 &local);
  if (value == NULL)
    g_set_error (error, PH_ERROR, PH_ERROR_STAGE, "The page could not be shown: %s",
                 local->message);

  return value;
}

static void
called_cb (GObject *view,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = ph_web_stage_call_finish (view, result, &error);

  if (value == NULL)
    g_debug ("%s", error->message);
}

void
ph_web_stage_run (PhWebStage *self,
                  const char *body,
                  GVariant *arguments)
{
  ph_web_stage_call (self, body, arguments, called_cb, NULL);
}

static void
send_options (PhWebStage *self)
{
  g_autofree char *body = NULL;

  if (!self->ready)
    return;

  body = g_strdup_printf ("playhead.overlay.setOptions({ plain: %s, enlarge: %s }); return true;",
                          self->plain ? "true" : "false", self->enlarge ? "true" : "false");
  ph_web_stage_run (self, body, NULL);
}

static void
send_playing (PhWebStage *self)
{
  if (self->ready)
    ph_web_stage_run (self,
                      self->playing ? "playhead.time.setPlaying(true); return true;"
                                    : "playhead.time.setPlaying(false); return true;",
                      NULL);
}

static void
send_speed (PhWebStage *self)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *body = NULL;

  if (!self->ready)
    return;

  body = g_strdup_printf ("playhead.media.setSpeed(%s); return true;",
                          g_ascii_dtostr (number, sizeof number, self->speed));
  ph_web_stage_run (self, body, NULL);
}

/* Life and death of the web process */

/* @func NULL: none; 0 @seconds: as soon as there is time. */
static void
set_watchdog (PhWebStage *self,
              guint seconds,
              GSourceFunc func)
{
  g_clear_handle_id (&self->watchdog, g_source_remove);
  if (func != NULL)
    self->watchdog = seconds > 0 ? g_timeout_add_seconds (seconds, func, self)
                                 : g_idle_add (func, self);
}

static void
fail_present (PhWebStage *self)
{
  GTask *task = g_steal_pointer (&self->present);

  if (task == NULL)
    return;

  g_task_return_new_error (task, PH_ERROR, PH_ERROR_STAGE, "The page's web process ended");
  g_object_unref (task);
}

/* Also when it never came up: a stage that is not ready says so. */
static void
lose (PhWebStage *self,
      const char *reason)
{
  g_debug ("lost: %s", reason);

  self->life++;
  self->loaded = FALSE;
  self->ready = FALSE;
  set_watchdog (self, 0, NULL);

  g_object_ref (self);
  fail_present (self);
  ph_stage_emit_lost (PH_STAGE (self));
  g_object_unref (self);
}

static gboolean
lose_cb (gpointer user_data)
{
  PhWebStage *self = user_data;

  self->watchdog = 0;
  lose (self, "the web process ended, or was not ready in time");

  return G_SOURCE_REMOVE;
}

static gboolean
present_late_cb (gpointer user_data)
{
  PhWebStage *self = user_data;

  self->watchdog = 0;
  /* Perhaps it was a driver, or what a recorded shader asks of it: the next one has none. */
  webkit_settings_set_enable_webgl (webkit_web_view_get_settings (self->view), FALSE);
  webkit_web_view_terminate_web_process (self->view);

  return G_SOURCE_REMOVE;
}

typedef struct
{
  PhWebStage *stage; /* a reference */
  guint life;
} Call;

static Call *
call_new (PhWebStage *self)
{
  Call *state = g_new (Call, 1);

  state->stage = g_object_ref (self);
  state->life = self->life;

  return state;
}

static void
call_free (Call *state)
{
  g_object_unref (state->stage);
  g_free (state);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static gboolean
call_is_stale (const Call *state)
{
  return state->life != state->stage->life || g_cancellable_is_cancelled (state->stage->closed);
}

static void
probed_cb (GObject *view,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (Call) state = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = ph_web_stage_call_finish (view, result, &error);
  PhWebStage *self = state->stage;

  if (call_is_stale (state) || self->ready)
    return;

  if (value == NULL)
    {
      lose (self, error->message);
      return;
    }

  set_watchdog (self, 0, NULL);
  self->ready = TRUE;
  send_options (self);
  send_speed (self);
  send_playing (self);
  ph_stage_emit_ready (PH_STAGE (self));
}

/* No page before every wall stands and the applier answers. */
static void
probe (PhWebStage *self)
{
  if (self->filtered && self->loaded)
    ph_web_stage_call (self,
                       "return Boolean(playhead.overlay && playhead.applier && playhead.dump);",
                       NULL, probed_cb, call_new (self));
}

static void
filter_added_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (PhWebStage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean added;

  added = ph_web_policy_add_filter_finish (WEBKIT_USER_CONTENT_MANAGER (source), result, &error);
  if (g_cancellable_is_cancelled (self->closed))
    return;

  if (!added)
    {
      lose (self, error->message);
      return;
    }

  self->filtered = TRUE;
  probe (self);
}

static void
load (PhWebStage *self)
{
  self->life++;
  self->loaded = FALSE;
  self->ready = FALSE;
  set_watchdog (self, LOAD_SECONDS, lose_cb);
  ph_web_policy_load_stage (self->view);
  if (!self->filtered)
    ph_web_policy_add_filter_async (self->manager, self->closed, filter_added_cb,
                                    g_object_ref (self));
}

static void
load_changed_cb (WebKitWebView *view,
                 WebKitLoadEvent event,
                 PhWebStage *self)
{
  if (event != WEBKIT_LOAD_FINISHED || self->loaded)
    return;

  self->loaded = TRUE;
  probe (self);
}

static gboolean
load_failed_cb (WebKitWebView *view,
                WebKitLoadEvent event,
                const char *uri,
                GError *error,
                PhWebStage *self)
{
  if (!self->ready)
    lose (self, error->message);

  return TRUE;
}

static void
set_acceleration (PhWebStage *self,
                  gboolean wanted)
{
  webkit_settings_set_hardware_acceleration_policy (
    webkit_web_view_get_settings (self->view),
    wanted ? WEBKIT_HARDWARE_ACCELERATION_POLICY_ALWAYS
           : WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
}

/* Told a little later: who hears of it may let go of the view, which WebKit still works on. */
static void
web_process_terminated_cb (WebKitWebView *view,
                           WebKitWebProcessTerminationReason reason,
                           PhWebStage *self)
{
  if (self->switching)
    {
      self->switching = FALSE;
      set_acceleration (self, TRUE);
      load (self);
      return;
    }

  /* Often it was the graphics driver. WebKit minds the change while a process runs. */
  self->emulated = FALSE;
  set_acceleration (self, FALSE);
  self->life++;
  self->ready = FALSE;
  set_watchdog (self, 0, lose_cb);
}

/*
 * Another web process takes the page: this one could not paint it right. What is
 * in flight fails, and `ready` follows, as the first time.
 */
static void
switch_to_acceleration (PhWebStage *self)
{
  self->emulated = FALSE;
  self->switching = TRUE;
  self->ready = FALSE;
  self->life++;
  set_watchdog (self, LOAD_SECONDS, lose_cb);
  webkit_web_view_terminate_web_process (self->view);
}

/* PhStage */

static void
count_refused (PhWebStage *self,
               JSCValue *answer)
{
  g_autoptr (JSCValue) refused = jsc_value_object_get_property (answer, "refused");
  g_autoptr (JSCValue) message = jsc_value_object_get_property (answer, "message");
  double n = jsc_value_to_double (refused);

  if (n > 0 && self->refusal == NULL)
    self->refusal = jsc_value_to_string (message);
  self->refused += (guint64) n;
}

/* The task of the patch that @result answers, or NULL when nobody waits for it any more. */
static GTask *
take_present (Call *state,
              GObject *view,
              GAsyncResult *result,
              JSCValue **answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = ph_web_stage_call_finish (view, result, &error);
  PhWebStage *self = state->stage;
  g_autoptr (GTask) task = NULL;

  if (state->life != self->life || self->present == NULL)
    return NULL;

  task = g_steal_pointer (&self->present);
  set_watchdog (self, 0, NULL);

  if (value == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return NULL;
    }

  count_refused (self, value);
  *answer = g_steal_pointer (&value);

  return g_steal_pointer (&task);
}

static void
presented_cb (GObject *view,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (Call) state = user_data;
  g_autoptr (JSCValue) answer = NULL;
  g_autoptr (GTask) task = take_present (state, view, result, &answer);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

/* @task is taken; @arguments are what @body takes beside the patch. */
static void
send_patch (PhWebStage *self,
            GTask *wanted,
            GBytes *patch,
            const char *body,
            GVariantDict *arguments,
            GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = wanted;
  gsize size;
  const char *text = g_bytes_get_data (patch, &size);

  if (!self->ready)
    {
      g_task_return_new_error (task, PH_ERROR, PH_ERROR_STAGE, "The page's view is not ready");
      return;
    }
  if (!g_utf8_validate_len (text, size, NULL))
    {
      g_task_return_new_error (task, PH_ERROR, PH_ERROR_STAGE, "The patch is not UTF-8 text");
      return;
    }
  if (self->emulated && ph_web_graphics_are_needed (patch))
    {
      g_task_return_new_error (task, PH_ERROR, PH_ERROR_STAGE, "The page needs another view");
      switch_to_acceleration (self);
      return;
    }

  self->present = g_steal_pointer (&task);
  set_watchdog (self, PRESENT_SECONDS, present_late_cb);

  g_variant_dict_insert_value (arguments, "patch",
                               g_variant_new_take_string (g_strndup (size > 0 ? text : "", size)));
  ph_web_stage_call (self, body, g_variant_dict_end (arguments), callback, call_new (self));
}

static void
ph_web_stage_present_async (PhStage *stage,
                            GBytes *patch,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  PhWebStage *self = PH_WEB_STAGE (stage);
  g_auto (GVariantDict) arguments = G_VARIANT_DICT_INIT (NULL);
  GTask *task;

  g_return_if_fail (self->present == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ph_web_stage_present_async);
  send_patch (self, task, patch, "return playhead.applier.apply(patch);", &arguments,
              presented_cb);
}

static gboolean
ph_web_stage_present_finish (PhStage *stage,
                             GAsyncResult *result,
                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stage), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
ph_web_stage_is_ready (PhStage *stage)
{
  return PH_WEB_STAGE (stage)->ready;
}

static void
ph_web_stage_set_playing (PhStage *stage,
                          gboolean playing)
{
  PhWebStage *self = PH_WEB_STAGE (stage);

  if (self->playing == playing)
    return;

  self->playing = playing;
  send_playing (self);
}

static void
ph_web_stage_set_speed (PhStage *stage,
                        double speed)
{
  PhWebStage *self = PH_WEB_STAGE (stage);

  self->speed = speed;
  send_speed (self);
}

static void
ph_web_stage_iface_init (PhStageInterface *iface)
{
  iface->set_speed = ph_web_stage_set_speed;
  iface->present_async = ph_web_stage_present_async;
  iface->present_finish = ph_web_stage_present_finish;
  iface->is_ready = ph_web_stage_is_ready;
  iface->set_playing = ph_web_stage_set_playing;
}

static void
ph_web_stage_dispose (GObject *object)
{
  PhWebStage *self = PH_WEB_STAGE (object);

  g_cancellable_cancel (self->closed);
  set_watchdog (self, 0, NULL);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_object (&self->view);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (ph_web_stage_parent_class)->dispose (object);
}

static void
ph_web_stage_finalize (GObject *object)
{
  PhWebStage *self = PH_WEB_STAGE (object);

  g_clear_object (&self->closed);
  g_free (self->refusal);

  G_OBJECT_CLASS (ph_web_stage_parent_class)->finalize (object);
}

/* The recorded page is only shown: no pointer, key, drop or focus ever reaches the view. */
static void
take_no_input (GtkWidget *widget)
{
  gtk_widget_set_can_target (widget, FALSE);
  gtk_widget_set_can_focus (widget, FALSE);
  gtk_widget_set_focusable (widget, FALSE);
}

static void
ph_web_stage_constructed (GObject *object)
{
  PhWebStage *self = PH_WEB_STAGE (object);
  g_autoptr (WebKitWebContext) context = ph_web_policy_context_new ();
  g_autoptr (WebKitNetworkSession) session = ph_web_policy_session_new ();
  g_autoptr (WebKitSettings) settings = ph_web_policy_settings_new ();
  const GdkRGBA clear = { 0, 0, 0, 0 };

  G_OBJECT_CLASS (ph_web_stage_parent_class)->constructed (object);

  self->emulated = !self->software && ph_web_graphics_are_emulated ();
  if (self->software || self->emulated)
    webkit_settings_set_hardware_acceleration_policy (settings,
                                                      WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);

  if (self->software)
    ph_web_policy_decode_at_once (settings);

  self->manager = webkit_user_content_manager_new ();
  ph_web_policy_add_scripts (self->manager);

  self->view = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                             "web-context", context,
                             "network-session", session,
                             "settings", settings,
                             "user-content-manager", self->manager,
                             "default-content-security-policy", PH_STAGE_CSP,
                             "hexpand", TRUE,
                             "vexpand", TRUE,
                             NULL);
  g_object_ref_sink (self->view);
  ph_web_policy_guard (self->view);
  take_no_input (GTK_WIDGET (self->view));
  webkit_web_view_set_background_color (self->view, &clear);
  webkit_web_view_set_is_muted (self->view, TRUE);

  g_signal_connect (self->view, "load-changed", G_CALLBACK (load_changed_cb), self);
  g_signal_connect (self->view, "load-failed", G_CALLBACK (load_failed_cb), self);
  g_signal_connect (self->view, "web-process-terminated", G_CALLBACK (web_process_terminated_cb),
                    self);
  load (self);
}

static void
ph_web_stage_set_property (GObject *object,
                           guint property_id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  PhWebStage *self = PH_WEB_STAGE (object);

  switch (property_id)
    {
    case PROP_SOFTWARE:
      self->software = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ph_web_stage_class_init (PhWebStageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = ph_web_stage_constructed;
  object_class->set_property = ph_web_stage_set_property;
  object_class->dispose = ph_web_stage_dispose;
  object_class->finalize = ph_web_stage_finalize;

  properties[PROP_SOFTWARE] =
    g_param_spec_boolean ("software", NULL, NULL, FALSE,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ph_web_stage_init (PhWebStage *self)
{
  self->closed = g_cancellable_new ();
  self->speed = 1;
}

/* Public */

PhWebStage *
ph_web_stage_new (void)
{
  return g_object_new (PH_TYPE_WEB_STAGE, NULL);
}

PhWebStage *
ph_web_stage_new_software (void)
{
  return g_object_new (PH_TYPE_WEB_STAGE, "software", TRUE, NULL);
}

GtkWidget *
ph_web_stage_get_widget (PhWebStage *self)
{
  g_return_val_if_fail (PH_IS_WEB_STAGE (self), NULL);

  return GTK_WIDGET (self->view);
}

void
ph_web_stage_set_plain (PhWebStage *self,
                        gboolean plain)
{
  g_return_if_fail (PH_IS_WEB_STAGE (self));

  self->plain = !!plain;
  send_options (self);
}

void
ph_web_stage_set_enlarge (PhWebStage *self,
                          gboolean enlarge)
{
  g_return_if_fail (PH_IS_WEB_STAGE (self));

  self->enlarge = !!enlarge;
  send_options (self);
}

void
ph_web_stage_set_ground (PhWebStage *self,
                         const GdkRGBA *colour)
{
  g_return_if_fail (PH_IS_WEB_STAGE (self));

  self->grounded = gdk_rgba_is_opaque (colour);
  webkit_web_view_set_background_color (self->view, colour);
}

void
ph_web_stage_restart (PhWebStage *self)
{
  g_return_if_fail (PH_IS_WEB_STAGE (self));

  fail_present (self);
  load (self);
}

guint64
ph_web_stage_get_refused (PhWebStage *self)
{
  g_return_val_if_fail (PH_IS_WEB_STAGE (self), 0);

  return self->refused;
}

void
ph_web_stage_set_assets (PhWebStage *self,
                         PhAssetShelf *shelf)
{
  g_return_if_fail (PH_IS_WEB_STAGE (self));

  ph_web_policy_set_assets (webkit_web_view_get_context (self->view), shelf);
}

const char *
ph_web_stage_get_refusal (PhWebStage *self)
{
  g_return_val_if_fail (PH_IS_WEB_STAGE (self), NULL);

  return self->refusal;
}

/* A settling on its way: once there are no more answers it has settled. */
typedef struct
{
  guint n_answers; /* ph_web_policy_get_answers() */
  guint n_rounds;
} Settling;

static void settle (GTask *task);

/* What was asked for meanwhile may name more: a sheet a font, a rule a picture. */
static void
settled_cb (GObject *view,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = ph_web_stage_call_finish (view, result, &error);
  Settling *settling = g_task_get_task_data (task);
  WebKitWebContext *context = webkit_web_view_get_context (WEBKIT_WEB_VIEW (view));
  guint n_answers = ph_web_policy_get_answers (context);

  if (value == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else if (n_answers != settling->n_answers && settling->n_rounds < SETTLE_ROUNDS)
    {
      settling->n_answers = n_answers;
      settle (g_steal_pointer (&task));
    }
  else
    {
      g_task_return_boolean (task, TRUE);
    }
}

static void
settle (GTask *task)
{
  PhWebStage *self = g_task_get_source_object (task);
  Settling *settling = g_task_get_task_data (task);
  g_autofree char *body = g_strdup_printf ("return playhead.applier.settle(%d);", SETTLE_MSEC);

  settling->n_rounds++;
  ph_web_stage_call (self, body, NULL, settled_cb, task);
}

void
ph_web_stage_settle_async (PhWebStage *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (PH_IS_WEB_STAGE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ph_web_stage_settle_async);
  g_task_set_task_data (task, g_new0 (Settling, 1), g_free);
  settle (task);
}

gboolean
ph_web_stage_settle_finish (PhWebStage *self,
                            GAsyncResult *result,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_true (JSCValue *answer,
         const char *name)
{
  g_autoptr (JSCValue) value = jsc_value_object_get_property (answer, name);

  return jsc_value_to_boolean (value);
}

static void
stepped_cb (GObject *view,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Call) state = user_data;
  g_autoptr (JSCValue) answer = NULL;
  g_autoptr (GTask) task = take_present (state, view, result, &answer);

  if (task != NULL)
    g_task_return_int (task, (is_true (answer, "moving") ? PH_STEP_MOVING : 0) |
                               (is_true (answer, "unsettled") ? PH_STEP_UNSETTLED : 0) |
                               (is_true (answer, "shown") ? PH_STEP_SHOWN : 0));
}

void
ph_web_stage_step_async (PhWebStage *self,
                         GBytes *patch,
                         PhTime time,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("[]", 2);
  g_auto (GVariantDict) arguments = G_VARIANT_DICT_INIT (NULL);
  GTask *task;

  g_return_if_fail (PH_IS_WEB_STAGE (self));
  g_return_if_fail (self->present == NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, ph_web_stage_step_async);
  g_variant_dict_insert (&arguments, "time", "d", (double) time / PH_MSEC);
  /* Only without a graphics driver the page is painted when it says so. */
  send_patch (self, task, patch != NULL ? patch : nothing,
              self->software && self->grounded ? "return playhead.applier.step(patch, time, true);"
                                               : "return playhead.applier.step(patch, time);",
              &arguments, stepped_cb);
}

gboolean
ph_web_stage_step_finish (PhWebStage *self,
                          GAsyncResult *result,
                          PhStepFlags *flags,
                          GError **error)
{
  gssize answer;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  answer = g_task_propagate_int (G_TASK (result), error);
  *flags = answer >= 0 ? (PhStepFlags) answer : PH_STEP_DONE;

  return answer >= 0;
}

static void
snapshot_cb (GObject *view,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GdkTexture *texture;

  texture = webkit_web_view_get_snapshot_finish (WEBKIT_WEB_VIEW (view), result, &error);
  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_new_error (task, PH_ERROR, PH_ERROR_STAGE, "No picture could be taken: %s",
                             error->message);
}

void
ph_web_stage_snapshot_async (PhWebStage *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (PH_IS_WEB_STAGE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ph_web_stage_snapshot_async);
  webkit_web_view_get_snapshot (self->view, WEBKIT_SNAPSHOT_REGION_VISIBLE,
                                self->grounded ? WEBKIT_SNAPSHOT_OPTIONS_NONE
                                               : WEBKIT_SNAPSHOT_OPTIONS_TRANSPARENT_BACKGROUND,
                                self->closed, snapshot_cb, task);
}

GdkTexture *
ph_web_stage_snapshot_finish (PhWebStage *self,
                              GAsyncResult *result,
                              GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dumped_cb (GObject *view,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = ph_web_stage_call_finish (view, result, &error);

  if (value != NULL)
    g_task_return_pointer (task, jsc_value_to_string (value), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
ph_web_stage_dump_async (PhWebStage *self,
                         PhDumpKind kind,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  static const char *const scripts[] = {
    [PH_DUMP_HTML] = "return playhead.dump('html');",
    [PH_DUMP_TREE] = "return playhead.dump('tree');",
    [PH_DUMP_STATE] = "return playhead.dump('state');",
  };
  GTask *task;

  g_return_if_fail (PH_IS_WEB_STAGE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ph_web_stage_dump_async);
  ph_web_stage_call (self, scripts[kind], NULL, dumped_cb, task);
}

char *
ph_web_stage_dump_finish (PhWebStage *self,
                          GAsyncResult *result,
                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
