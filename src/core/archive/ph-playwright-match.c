/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-playwright-match.h"

#include "ph-playwright-state.h"

/* How far a new node looks for one it may be. */
#define LOOK_AHEAD 64

PhPlaywrightNode *
ph_playwright_lists_old (const PhPlaywrightLists *lists,
                         guint i)
{
  return lists->tree->stack->pdata[lists->old_at + i];
}

PhPlaywrightNode *
ph_playwright_lists_now (const PhPlaywrightLists *lists,
                         guint i)
{
  return lists->tree->stack->pdata[lists->now_at + i];
}

static int *
match_of (const PhPlaywrightLists *lists,
          guint i)
{
  return &g_array_index (lists->tree->numbers, int, lists->match_at + i);
}

int
ph_playwright_lists_match (const PhPlaywrightLists *lists,
                           guint i)
{
  return *match_of (lists, i);
}

gboolean
ph_playwright_may_replace (const PhPlaywrightTree *tree,
                           const PhPlaywrightNode *node,
                           const PhPlaywrightNode *old)
{
  return old->seen != tree->round && !node->live && node->id == 0 &&
         ph_playwright_state_may_be_same (node, old);
}

/* Those of a list that stand where they stood, and new ones each for one that does not. */
static void
match_each (const PhPlaywrightLists *lists)
{
  guint stamp = ++lists->tree->stamp;
  guint from = 0;

  for (guint i = 0; i < lists->n_old; i++)
    {
      PhPlaywrightNode *old = ph_playwright_lists_old (lists, i);

      old->stamp = stamp;
      old->place = i;
    }

  for (guint i = 0; i < lists->n_now; i++)
    {
      PhPlaywrightNode *node = ph_playwright_lists_now (lists, i);
      guint end = MIN (from + LOOK_AHEAD, lists->n_old);
      guint k = from;

      *match_of (lists, i) = -1;

      if (node->stamp == stamp)
        {
          *match_of (lists, i) = (int) node->place;
          node->stamp = 0;
          from = MAX (from, node->place + 1);
          continue;
        }

      while (k < end &&
             !ph_playwright_may_replace (lists->tree, node, ph_playwright_lists_old (lists, k)))
        k++;

      if (k < end)
        {
          *match_of (lists, i) = (int) k;
          from = k + 1;
        }
    }
}

static gboolean
is_rising (const PhPlaywrightLists *lists)
{
  int last = -1;

  for (guint i = 0; i < lists->n_now; i++)
    {
      int match = *match_of (lists, i);

      if (match >= 0 && match < last)
        return FALSE;

      last = MAX (last, match);
    }

  return TRUE;
}

/*
 * As many as can be stay where they are: those of the longest series whose places rise
 * (patience sorting; Fredman 1975). The others are taken out and put in again.
 */
static void
keep_rising (const PhPlaywrightLists *lists)
{
  guint n = lists->n_now;
  int *match;
  g_autofree guint *tails = NULL; /* index of the smallest end of a series of each length */
  g_autofree int *before = NULL;
  guint length = 0;
  int at;

  if (is_rising (lists))
    return;

  match = match_of (lists, 0);
  tails = g_new (guint, n);
  before = g_new (int, n);

  for (guint i = 0; i < n; i++)
    {
      guint low = 0;
      guint high = length;

      if (match[i] < 0)
        continue;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (match[tails[middle]] < match[i])
            low = middle + 1;
          else
            high = middle;
        }

      before[i] = low > 0 ? (int) tails[low - 1] : -1;
      tails[low] = i;
      length = MAX (length, low + 1);
    }

  at = (int) tails[length - 1];

  for (guint i = n; i > 0; i--)
    {
      if ((int) (i - 1) == at)
        at = before[at];
      else
        match[i - 1] = -1;
    }
}

void
ph_playwright_match (const PhPlaywrightLists *lists)
{
  g_array_set_size (lists->tree->numbers, lists->match_at + lists->n_now);
  match_each (lists);
  keep_rising (lists);
}
