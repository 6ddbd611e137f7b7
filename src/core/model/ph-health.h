/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

G_BEGIN_DECLS

/*
 * What is wrong with an archive that plays all the same. Every finding is
 * counted; the first few of each kind keep their text. Not thread-safe: it is
 * filled by one worker and read-only afterwards.
 */
typedef enum
{
  PH_HEALTH_TRUNCATED,        /* the archive ends in the middle */
  PH_HEALTH_DAMAGED,          /* bytes that are no event were skipped */
  PH_HEALTH_EVENT_TOO_LARGE,  /* an event over PH_LIMIT_EVENT_BYTES was left out */
  PH_HEALTH_EVENT_INVALID,    /* JSON, but not an event */
  PH_HEALTH_EVENT_UNKNOWN,    /* a type or source we do not know: kept, not shown */
  PH_HEALTH_EVENT_NOT_SHOWN,  /* known, but not shown by this version */
  PH_HEALTH_OUT_OF_ORDER,     /* events not in the order of their times */
  PH_HEALTH_TIME_OUTLIER,     /* an event too far from the others to count */
  PH_HEALTH_NO_FULL_SNAPSHOT, /* a window that never shows a page */
  PH_HEALTH_EARLY_EVENT,      /* changes before the first full snapshot */
  PH_HEALTH_UNKNOWN_NODE,     /* a change of a node that is not there */
  PH_HEALTH_DUPLICATE_NODE,   /* an id given to two nodes */
  PH_HEALTH_UNPLACED_NODE,    /* an added node whose parent never came */
  PH_HEALTH_LIMIT,            /* a limit of ph-limits.h was reached */
  PH_HEALTH_ODD_VALUE,        /* a number or a rule out of range: ignored */
  PH_HEALTH_NEWER_VERSION,    /* the format has a later version than we know */
  PH_HEALTH_N_KINDS,
} PhHealthKind;

typedef struct _PhHealth PhHealth;

typedef struct
{
  PhTime time; /* PH_TIME_NONE when it belongs to no moment */
  char *text;
} PhFinding;

PhHealth *ph_health_new (void);
void ph_health_free (PhHealth *health);
PhHealth *ph_health_copy (const PhHealth *health);

/* Counts a finding. @health may be NULL: then nothing happens. */
void ph_health_add (PhHealth *health,
                    PhHealthKind kind,
                    PhTime time,
                    const char *format,
                    ...) G_GNUC_PRINTF (4, 5);

/* Counts @n findings that nobody has a text of. */
void ph_health_add_silent (PhHealth *health,
                           PhHealthKind kind,
                           guint64 n);

guint64 ph_health_count (const PhHealth *health,
                         PhHealthKind kind);
guint64 ph_health_total (const PhHealth *health);
/* The findings that kept their text, @n of them; owned by @health. */
const PhFinding *ph_health_examples (const PhHealth *health,
                                     PhHealthKind kind,
                                     guint *n);

/* `unknown-node`: stable, for JSON. */
const char *ph_health_kind_name (PhHealthKind kind);
/* FALSE when no kind has this name. */
gboolean ph_health_kind_from_name (const char *name,
                                   PhHealthKind *kind);
/* A sentence for people, untranslated; N_() marked. */
const char *ph_health_kind_title (PhHealthKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhHealth, ph_health_free)

G_END_DECLS
