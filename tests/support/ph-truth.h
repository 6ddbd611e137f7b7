/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What a recorded page was while it was recorded: tests/record/pages/NAME/truth.json.gz.
 * Its nodes, and the rules they are written by, are in tests/record/pages-truth.js; the
 * file has each different node once, and names it by its place. Everything returned
 * belongs to the truth.
 */
typedef struct _PhTruth PhTruth;

typedef struct
{
  PhTime time;
  const char *caption;
  int width, height;
  gint64 focus; /* id of the focused element, 0 for none */
  JsonObject *root;
  JsonArray *looks;    /* of [id, place of its styles, x, y, width, height] */
  JsonArray *pictures; /* of [id, colours of 12 by 8 fields …], of each canvas and film */
  const char *fields;  /* base64: mean colours of the fields of the whole picture */
} PhTruthMoment;

/* Names of the recorded pages, sorted. */
GStrv ph_truth_list (void);

PhTruth *ph_truth_load (const char *name);
void ph_truth_free (PhTruth *truth);

/* The page's recording. The caller frees it. */
char *ph_truth_archive (const char *name);

guint ph_truth_get_n_moments (PhTruth *truth);
const PhTruthMoment *ph_truth_get_moment (PhTruth *truth,
                                          guint index);
/* A node by its place: an element of `children`, or a `frame`. */
JsonObject *ph_truth_get_node (PhTruth *truth,
                               gint64 place);
/* The names of the computed styles, and the values of one row of them. */
JsonArray *ph_truth_get_looks (PhTruth *truth);
JsonArray *ph_truth_get_styles (PhTruth *truth,
                                gint64 place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhTruth, ph_truth_free)

G_END_DECLS
