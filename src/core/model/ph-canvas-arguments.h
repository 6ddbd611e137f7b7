/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * Arguments of canvas commands in the form of ph-canvas-commands.h, for that file
 * only. Each function appends to @text and says FALSE when the value is none that
 * may be given; what it has appended by then is the caller's to take away.
 */

/* A number, as scripts would read it. FALSE for what is none, NaN among it. */
gboolean ph_canvas_read_number (PhJsonValue value,
                                double *number);
void ph_canvas_put_number (GString *text,
                           double number);
void ph_canvas_put_string (GString *text,
                           const char *string);

/* Numbers, texts, booleans, null, and lists of these. */
gboolean ph_canvas_put_plain (GString *text,
                              PhJsonValue value);
/*
 * A picture that the archive carries: a bitmap, or an image element with a data:
 * address. Its size is added to @pixels.
 */
gboolean ph_canvas_put_picture (GString *text,
                                PhJsonValue value,
                                guint64 *pixels);
/* The same of a data: address alone. */
gboolean ph_canvas_put_address (GString *text,
                                const char *address,
                                guint64 *pixels);
gboolean ph_canvas_put_image_data (GString *text,
                                   PhJsonValue value,
                                   guint *width,
                                   guint *height);
/* Whatever may be given to a context of WebGL. */
gboolean ph_canvas_put_any (GString *text,
                            PhJsonValue value,
                            guint64 *pixels);

G_END_DECLS
