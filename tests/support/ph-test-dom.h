/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-apply.h"
#include "ph-dom.h"

G_BEGIN_DECLS

/*
 * Pages for tests: events as JSON in, and a page that follows patches as the
 * applier of the stage does, but in C, so that patches can be tested without a
 * browser.
 */

/* JSON in which single quotes stand for double ones: tests are easier to read so. */
char *ph_test_json (const char *text);

/* Applies a JSON array of events, quoted so; times count from the first one's timestamp. */
void ph_test_apply (PhDom *dom,
                    PhHealth *health,
                    const char *events);

/* A page from one full snapshot whose <html> holds @body, a list of serialized nodes. */
PhDom *ph_test_page (const char *body);

/* The page as one line per node: what a stage must show of it. */
char *ph_test_dump_dom (const PhDom *dom);

typedef struct _PhTestStage PhTestStage;

/* More than there are operations of a patch. */
#define PH_TEST_N_OPS 64

PhTestStage *ph_test_stage_new (void);
void ph_test_stage_free (PhTestStage *stage);
/* Fails the test when an operation cannot be carried out. */
void ph_test_stage_apply (PhTestStage *stage,
                          GBytes *patch);
/* In the form of ph_test_dump_dom(). */
char *ph_test_stage_dump (PhTestStage *stage);
/* How many operations of a kind were carried out so far. */
guint ph_test_stage_count (PhTestStage *stage,
                           guint op);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhTestStage, ph_test_stage_free)

G_END_DECLS
