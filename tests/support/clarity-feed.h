/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clarity-session.h"

#include <string.h>

G_BEGIN_DECLS

/* For tests of what becomes of Clarity's events. */

static gboolean
clarity_feed_cb (const char *text,
                 gsize size,
                 const char *window,
                 gpointer user_data,
                 GError **error)
{
  g_string_append_len (user_data, text, (gssize) size);
  g_string_append_c (user_data, '\n');

  return TRUE;
}

/* The page that is there first: an h1 with a text in a body. Ids 3 html, 5 body, 6 h1, 7 text. */
#define CLARITY_PAGE                                                                              \
  "[2,5,2,\"*D\",\"name=html\",3,1,2,\"HTML\",4,3,\"HEAD\",5,3,4,\"BODY\",6,5,\"H1\",\"id=top\"," \
  "7,6,\"*T\",\"one\"]"

/*
 * What becomes of @events, a list of Clarity's in JSON, on a page of 800 by 600 that
 * began at the second 1000: rrweb's events, one a line. @facts may be NULL.
 */
static inline char *
clarity_feed (const char *events,
              PhHealth *health,
              PhFacts *facts)
{
  g_autoptr (PhFacts) own = ph_facts_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  GString *out = g_string_new (NULL);
  g_autoptr (PhClaritySession) session =
    ph_clarity_session_new (clarity_feed_cb, out, health, facts != NULL ? facts : own);
  g_autofree char *text =
    g_strdup_printf ("{\"e\":[\"0.8.70\",1,0,9,\"project\",\"user\",\"session\",1,0,0,0,"
                     "\"http://a.example/\"],\"a\":[[1,11,800,600],[1,0,0,1000000]%s%s]}",
                     *events != '\0' ? "," : "", events);
  g_autoptr (GError) error = NULL;
  PhJsonValue payload;

  g_assert_true (ph_json_parse (json, text, strlen (text), &payload, &error));
  g_assert_true (ph_clarity_session_feed (session, payload, &error));
  g_assert_no_error (error);

  return g_string_free (out, FALSE);
}

/* Events, and what one of those that come of them must have in it; NULL: none is to come. */
typedef struct
{
  const char *events;
  const char *expected;
} ClarityCase;

static inline void
clarity_check (const ClarityCase *cases,
               guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *all = g_strconcat (CLARITY_PAGE, ",", cases[i].events, NULL);
      g_autofree char *out = clarity_feed (all, NULL, NULL);
      g_autofree char *bare = clarity_feed (CLARITY_PAGE, NULL, NULL);

      g_test_message ("case %u", i);

      if (cases[i].expected == NULL)
        g_assert_cmpstr (out, ==, bare);
      else if (strstr (out, cases[i].expected) == NULL)
        g_error ("case %u: no “%s” in %s", i, cases[i].expected, out + strlen (bare));
    }
}

G_END_DECLS
