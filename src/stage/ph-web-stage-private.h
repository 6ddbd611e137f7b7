/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-web-stage.h"

#include <webkit/webkit.h>

G_BEGIN_DECLS

/*
 * Calls a script in the stage's own world; @arguments is a floating a{sv} of what it may
 * name, or NULL. To be called when the stage is ready; cancelled when it goes. @callback's
 * source is a view: ph_web_stage_call_finish().
 */
void ph_web_stage_call (PhWebStage *self,
                        const char *body,
                        GVariant *arguments,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
/* The answer, to be unref'd, or NULL with PH_ERROR_STAGE. */
JSCValue *ph_web_stage_call_finish (GObject *view,
                                    GAsyncResult *result,
                                    GError **error);
/* The same, for what nobody waits for. */
void ph_web_stage_run (PhWebStage *self,
                       const char *body,
                       GVariant *arguments);

G_END_DECLS
