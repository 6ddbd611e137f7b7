/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-health.h"

#include "ph-limits.h"

#include <glib/gi18n.h>

typedef struct
{
  guint64 count;
  guint n_examples;
  PhFinding examples[PH_LIMIT_FINDING_EXAMPLES];
} Kind;

struct _PhHealth
{
  Kind kinds[PH_HEALTH_N_KINDS];
};

static const struct
{
  const char *name;
  const char *title;
} kind_texts[PH_HEALTH_N_KINDS] = {
  [PH_HEALTH_TRUNCATED] = { "truncated", N_ ("The archive ends in the middle") },
  [PH_HEALTH_DAMAGED] = { "damaged", N_ ("Damaged parts of the archive were skipped") },
  [PH_HEALTH_EVENT_TOO_LARGE] = { "event-too-large", N_ ("Oversized events were left out") },
  [PH_HEALTH_EVENT_INVALID] = { "event-invalid", N_ ("Entries that are no events were left out") },
  [PH_HEALTH_EVENT_UNKNOWN] = { "event-unknown", N_ ("Events of an unknown kind are not shown") },
  [PH_HEALTH_EVENT_NOT_SHOWN] = { "event-not-shown", N_ ("Events that cannot be shown yet") },
  [PH_HEALTH_OUT_OF_ORDER] = { "out-of-order", N_ ("Events were not in the order of their times") },
  [PH_HEALTH_TIME_OUTLIER] = { "time-outlier", N_ ("Events far away in time were set aside") },
  [PH_HEALTH_NO_FULL_SNAPSHOT] = { "no-full-snapshot", N_ ("A window never shows a page") },
  [PH_HEALTH_EARLY_EVENT] = { "early-event", N_ ("Changes were recorded before any page") },
  [PH_HEALTH_UNKNOWN_NODE] = { "unknown-node", N_ ("Changes name elements that are not there") },
  [PH_HEALTH_DUPLICATE_NODE] = { "duplicate-node", N_ ("Two elements share one id") },
  [PH_HEALTH_UNPLACED_NODE] = { "unplaced-node", N_ ("Added elements have no place in the page") },
  [PH_HEALTH_LIMIT] = { "limit", N_ ("A limit was reached, so something is missing") },
  [PH_HEALTH_ODD_VALUE] = { "odd-value", N_ ("Values out of range were ignored") },
  [PH_HEALTH_NEWER_VERSION] = { "newer-version", N_ ("Its format is newer than Playhead knows") },
};

PhHealth *
ph_health_new (void)
{
  return g_new0 (PhHealth, 1);
}

void
ph_health_free (PhHealth *health)
{
  if (health == NULL)
    return;

  for (guint i = 0; i < PH_HEALTH_N_KINDS; i++)
    for (guint k = 0; k < health->kinds[i].n_examples; k++)
      g_free (health->kinds[i].examples[k].text);

  g_free (health);
}

PhHealth *
ph_health_copy (const PhHealth *health)
{
  PhHealth *copy = g_memdup2 (health, sizeof *health);

  for (guint i = 0; i < PH_HEALTH_N_KINDS; i++)
    for (guint k = 0; k < copy->kinds[i].n_examples; k++)
      copy->kinds[i].examples[k].text = g_strdup (copy->kinds[i].examples[k].text);

  return copy;
}

void
ph_health_add (PhHealth *health,
               PhHealthKind kind,
               PhTime time,
               const char *format,
               ...)
{
  PhFinding *example;
  Kind *k;
  va_list args;

  g_return_if_fail (kind < PH_HEALTH_N_KINDS);

  if (health == NULL)
    return;

  k = &health->kinds[kind];
  k->count++;

  if (k->n_examples == PH_LIMIT_FINDING_EXAMPLES)
    return;

  example = &k->examples[k->n_examples++];
  example->time = time;
  va_start (args, format);
  example->text = g_strdup_vprintf (format, args);
  va_end (args);
}

void
ph_health_add_silent (PhHealth *health,
                      PhHealthKind kind,
                      guint64 n)
{
  g_return_if_fail (kind < PH_HEALTH_N_KINDS);

  if (health != NULL)
    health->kinds[kind].count += n;
}

guint64
ph_health_count (const PhHealth *health,
                 PhHealthKind kind)
{
  g_return_val_if_fail (kind < PH_HEALTH_N_KINDS, 0);

  return health->kinds[kind].count;
}

guint64
ph_health_total (const PhHealth *health)
{
  guint64 total = 0;

  for (guint i = 0; i < PH_HEALTH_N_KINDS; i++)
    total += health->kinds[i].count;

  return total;
}

const PhFinding *
ph_health_examples (const PhHealth *health,
                    PhHealthKind kind,
                    guint *n)
{
  g_return_val_if_fail (kind < PH_HEALTH_N_KINDS, NULL);

  *n = health->kinds[kind].n_examples;

  return health->kinds[kind].examples;
}

const char *
ph_health_kind_name (PhHealthKind kind)
{
  g_return_val_if_fail (kind < PH_HEALTH_N_KINDS, "");

  return kind_texts[kind].name;
}

gboolean
ph_health_kind_from_name (const char *name,
                          PhHealthKind *kind)
{
  for (guint i = 0; i < PH_HEALTH_N_KINDS; i++)
    {
      if (g_str_equal (kind_texts[i].name, name))
        {
          *kind = (PhHealthKind) i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
ph_health_kind_title (PhHealthKind kind)
{
  g_return_val_if_fail (kind < PH_HEALTH_N_KINDS, "");

  return kind_texts[kind].title;
}
