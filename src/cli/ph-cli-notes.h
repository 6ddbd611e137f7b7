/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-notes.h"

G_BEGIN_DECLS

/*
 * The notes of @session: what the person's library has, what came with the file, and
 * annotations among its events. Nothing is written. @file names it in the message that
 * is printed when they cannot be read: NULL then; else the caller unrefs the array.
 */
GPtrArray *ph_cli_read_notes (PhSession *session,
                              const char *file);

G_END_DECLS
