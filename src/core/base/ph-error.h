/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The error domain of the whole program. A code says what the caller can do
 * differently; the message says what is wrong and where, as a sentence that
 * can be shown to a person. Input and output keep G_IO_ERROR.
 */
typedef enum
{
  PH_ERROR_UNKNOWN_FORMAT, /* no reader recognised the file */
  PH_ERROR_CORRUPT,        /* recognised, but the bytes are not valid */
  PH_ERROR_UNSUPPORTED,    /* valid, but a version or feature we do not play */
  PH_ERROR_TOO_LARGE,      /* a limit of ph-limits.h was reached */
  PH_ERROR_SEVERAL,        /* it holds several sessions: one of them has to be named */
  PH_ERROR_STAGE,          /* the web view could not show the page */
  PH_ERROR_STORE,          /* the recording file failed */
} PhError;

#define PH_ERROR (ph_error_quark ())
GQuark ph_error_quark (void);

G_END_DECLS
