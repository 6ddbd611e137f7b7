/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What `info` says of an archive that holds several sessions (PhInputPart), for people
 * and for programs: the latter is API. @file is named as it was given.
 */
char *ph_cli_session_to_text (GPtrArray *parts,
                              const char *file);
JsonNode *ph_cli_session_to_json (GPtrArray *parts,
                                  const char *file);

G_END_DECLS
