/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-reader.h"

#include "ph-error.h"
#include "ph-foreign.h"
#include "ph-scan.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of two that are as sure the first counts: those that know more of a file come first. */
static const PhReader *const readers[] = {
  &ph_reader_sentry,
  &ph_reader_clarity,
  &ph_reader_datadog,
  &ph_reader_faro,
  &ph_reader_har,
  &ph_reader_highlight,
  &ph_reader_highlight_object,
  &ph_reader_openreplay,
  &ph_reader_playwright,
  &ph_reader_posthog_api,
  &ph_reader_posthog_blob,
  &ph_reader_posthog_export,
  &ph_reader_posthog_snappy,
  &ph_reader_snapshot,
  &ph_reader_rrweb_array,
  &ph_reader_rrweb_object,
  &ph_reader_rrweb_ndjson,
  &ph_reader_script,
};

const PhReader *
ph_reader_find (const char *head,
                gsize size,
                gboolean whole,
                PhRank *rank)
{
  const PhReader *best = NULL;
  PhRank best_rank = PH_RANK_NONE;

  g_return_val_if_fail (head != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      PhRank found = PH_RANK_NONE;

      if (readers[i]->probe != NULL)
        found = readers[i]->probe (head, size, whole);

      if (found > best_rank)
        {
          best = readers[i];
          best_rank = found;
        }
    }

  if (rank != NULL)
    *rank = best_rank;

  return best;
}

const PhReader *
ph_reader_find_bundle (PhBundle *bundle,
                       GCancellable *cancellable)
{
  const PhReader *best = NULL;
  PhRank best_rank = PH_RANK_NONE;

  g_return_val_if_fail (bundle != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      PhRank found = PH_RANK_NONE;

      if (readers[i]->probe_bundle != NULL)
        found = readers[i]->probe_bundle (bundle, cancellable);

      if (found > best_rank)
        {
          best = readers[i];
          best_rank = found;
        }
    }

  return best;
}

/*
 * Steps over @pattern, in which a space stands for any amount of white space
 * and every other byte for itself. NULL when the text goes otherwise.
 */
static const char *
match (const char *at,
       const char *end,
       const char *pattern)
{
  for (; *pattern != '\0'; pattern++)
    {
      if (*pattern == ' ')
        {
          while (at < end && g_ascii_isspace (*at))
            at++;
        }
      else if (at == end || *at++ != *pattern)
        return NULL;
    }

  return at;
}

static gboolean
holds_packed (const char *head,
              const char *end)
{
  const char *at = match (head, end, " [ ");
  const char *member = g_strstr_len (head, end - head, "\"events\"");

  if (at == NULL && member != NULL)
    at = match (member, end, "\"events\" : [ ");

  return at != NULL && ph_scan_is_packed (at, (gsize) (end - at));
}

/* `["window",{event}]`, one per line: as PostHog stores it. */
static gboolean
is_pair (const char *head,
         const char *end)
{
  const char *at = match (head, end, " [ \"");

  while (at != NULL && at < end && *at != '"')
    at++;

  return at != NULL && match (at, end, "\" , {") != NULL;
}

/*
 * The record of a Sentry replay, the list of its segments, or of its errors: all that
 * belongs to one but its events.
 */
static gboolean
is_sentry_list (const char *head,
                const char *end)
{
  static const char *const members[] = {
    "\"replay_type\"",
    "\"count_segments\"",
    "\"replayId\"",
    "\"error.type\"",
  };

  if (match (head, end, " {") == NULL && match (head, end, " [ {") == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_strstr_len (head, end - head, members[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* Good enough to tell a JSON file from anything else, not to accept it. */
static gboolean
is_json (const char *head,
         const char *end)
{
  const char *at = match (head, end, " ");
  g_autoptr (PhJson) json = NULL;

  if (at == end)
    return FALSE;

  if (*at == '{' || *at == '[')
    {
      const char *next = match (at + 1, end, " ");

      if (next == end)
        return TRUE;

      return strchr (*at == '{' ? "\"}" : "\"{[]-0123456789tfn", *next) != NULL && *next != '\0';
    }

  if (*at == '"')
    return TRUE;

  json = ph_json_new ();

  return ph_json_parse (json, at, (gsize) (end - at), NULL, NULL);
}

/*
 * Whether all bytes are equally frequent, as in what is encrypted: chi-square with 255
 * degrees of freedom, which for random bytes is 255 ± 23. What is only packed is far off.
 */
static gboolean
is_random (const char *head,
           gsize size)
{
  double expected = (double) size / 256;
  guint counts[256] = {};
  double sum = 0;

  for (gsize i = 0; i < size; i++)
    counts[(guchar) head[i]]++;

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;

  return size >= 1024 && sum < 400;
}

GError *
ph_reader_explain (const char *head,
                   gsize size)
{
  const char *foreign;
  const char *end = head + size;

  g_return_val_if_fail (head != NULL, NULL);

  if (size == 0)
    return g_error_new_literal (PH_ERROR, PH_ERROR_UNKNOWN_FORMAT, N_ ("The file is empty"));

  foreign = ph_foreign_explain (head, size);

  if (foreign != NULL)
    return g_error_new_literal (PH_ERROR, PH_ERROR_UNSUPPORTED, foreign);

  if (size >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    head += 3;

  if (holds_packed (head, end))
    return g_error_new_literal (PH_ERROR, PH_ERROR_CORRUPT,
                                N_ ("Its events are packed one by one (rrweb's packer), "
                                    "and what is packed is damaged"));

  if (is_sentry_list (head, end))
    return g_error_new_literal (PH_ERROR, PH_ERROR_UNKNOWN_FORMAT,
                                N_ ("This is what Sentry says of a replay, without the recording; "
                                    "get it as recording-segments with ?download=true"));

  if (match (head, end, " { \"version\" : \"202") != NULL ||
      match (head, end, " { \"window_id\"") != NULL ||
      match (head, end, " { \"windowId\"") != NULL || is_pair (head, end))
    return g_error_new_literal (PH_ERROR, PH_ERROR_UNKNOWN_FORMAT,
                                N_ ("This looks like a PostHog recording, but there are no "
                                    "snapshots in it that can be read"));

  if (is_json (head, end))
    return g_error_new_literal (PH_ERROR, PH_ERROR_UNKNOWN_FORMAT,
                                N_ ("This is JSON, but not a recorded session"));

  if (is_random (head, (gsize) (end - head)))
    return g_error_new_literal (PH_ERROR, PH_ERROR_UNKNOWN_FORMAT,
                                N_ ("This file looks encrypted. If it is an OpenReplay session, "
                                    "what is missing is the session's fileKey: Playhead opens "
                                    "the file once it is decrypted"));

  return g_error_new_literal (PH_ERROR, PH_ERROR_UNKNOWN_FORMAT,
                              N_ ("This file is not a session archive Playhead knows"));
}
