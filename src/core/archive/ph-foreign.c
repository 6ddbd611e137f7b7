/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-foreign.h"

#include <glib/gi18n.h>
#include <string.h>

static const char video[] =
  N_ ("This is a video: a video player shows it. To open the page itself, export the session as "
      "JSON from the tool that recorded it");
static const char picture[] =
  N_ ("This is a picture. To open the page it shows, export the session as JSON from the tool "
      "that recorded it");
static const char document[] =
  N_ ("This is a document of an office program, not a recorded session");
static const char packed[] =
  N_ ("This file is packed in a way Playhead does not know. Unpack it and open what was in it, a "
      "file or a folder");
static const char trace_part[] =
  N_ ("This is one file of a Playwright trace, which needs those beside it: open the trace.zip it "
      "came in, or the folder it is in");
static const char utf_16[] = N_ ("This is UTF-16 text; save it as UTF-8");

/* By bytes at a place that no text has. */
static const struct
{
  gsize at;
  const char *bytes;
  gsize size;
  const char *message;
} magics[] = {
  { 0, "\xff\xfe", 2, utf_16 },
  { 0, "\xfe\xff", 2, utf_16 },
  { 0, "{\0", 2, utf_16 },
  { 0, "[\0", 2, utf_16 },
  { 0, "\0{", 2, utf_16 },
  { 0, "\0[", 2, utf_16 },
  { 4, "ftyp", 4, video },
  { 0, "\x1a\x45\xdf\xa3", 4, video },
  { 8, "AVI ", 4, video },
  { 0, "\x89PNG", 4, picture },
  { 0, "\xff\xd8\xff", 3, picture },
  { 0, "GIF8", 4, picture },
  { 8, "WEBP", 4, picture },
  { 0, "<svg", 4, picture },
  { 0, "%PDF-", 5, N_ ("This is a PDF document, not a recorded session") },
  { 0, "\xd0\xcf\x11\xe0", 4, document },
  { 0, "{\\rtf", 5, document },
  { 0, "Rar!", 4, packed },
  { 0, "7z\xbc\xaf", 4, packed },
  { 0, "BZh", 3, packed },
  { 0, "\xfd"
       "7zXZ",
    5, packed },
  { 0, "SQLite format 3", 15, N_ ("This is a database, but not a recording of Playhead") },
};

/*
 * Exports of tools that replay sessions but let nobody take them out, and parts of what
 * can be opened whole: by two words, names of members or columns, that the beginning has
 * both. Sources: the tools' own pages about their exports; for Playwright see
 * ph-reader-playwright.c.
 */
static const struct
{
  const char *words[2];
  const char *message;
} exports[] = {
  { { "EventStart", "IndvId" },
    N_ ("This is a list of events from FullStory: it says what people did and holds none of the "
        "pages they saw, so it cannot be replayed. FullStory exports no pages; watch the session "
        "there") },
  { { "hotjar", "ecording" },
    N_ ("This is a list from Hotjar that holds none of the pages people saw, so it cannot be "
        "replayed. Hotjar exports no pages; watch the recording there") },
  { { "logrocket.com", "ession" },
    N_ ("This is a list of events from LogRocket: it says what people did and holds none of the "
        "pages they saw, so it cannot be replayed. LogRocket exports no pages; watch the session "
        "there") },
  { { "mouseflow", "ecording" },
    N_ ("This is a list from Mouseflow that holds none of the pages people saw, so it cannot be "
        "replayed. Mouseflow exports no pages; watch the recording there") },
  { { "idSite", "idVisit" },
    N_ ("This is a list of visits from Matomo: it says what people did and holds none of the pages "
        "they saw, so it cannot be replayed. Matomo keeps its session recordings in its own "
        "database and exports none of them; watch them there") },
  { { "\"context-options\"", "\"wallTime\"" }, trace_part },
  { { "\"resource-snapshot\"", "\"startedDateTime\"" }, trace_part },
};

static const char *
skip_space (const char *at,
            const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;

  return at;
}

static gboolean
begins_with (const char *at,
             const char *end,
             const char *word)
{
  gsize size = strlen (word);

  return (gsize) (end - at) >= size && g_ascii_strncasecmp (at, word, size) == 0;
}

/*
 * A table has the same separator in its first two lines, equally often, and no brackets.
 * A comma is in many a sentence.
 */
static gboolean
is_table (const char *head,
          const char *end)
{
  static const guint minimum[] = { 2, 1, 1 };
  guint counts[2][3] = { { 0 } };
  guint line = 0;

  for (const char *at = head; at < end && line < 2; at++)
    {
      static const char separators[] = ",;\t";
      const char *found = *at != '\0' ? strchr (separators, *at) : NULL;

      if (*at == '\0' || (line == 0 && strchr ("{}<>[]", *at) != NULL))
        return FALSE;

      if (*at == '\n')
        line++;
      else if (found != NULL)
        counts[line][found - separators]++;
    }

  for (guint i = 0; i < 3; i++)
    if (line > 0 && counts[0][i] >= minimum[i] && counts[0][i] == counts[1][i])
      return TRUE;

  return FALSE;
}

static const char *
explain_text (const char *head,
              const char *end)
{
  const char *at = skip_space (head, end);

  for (guint i = 0; i < G_N_ELEMENTS (exports); i++)
    if (g_strstr_len (head, end - head, exports[i].words[0]) != NULL &&
        g_strstr_len (head, end - head, exports[i].words[1]) != NULL)
      return exports[i].message;

  if (begins_with (at, end, "<!doctype html") || begins_with (at, end, "<html"))
    return N_ ("This is a web page with no recorded session in it. A page as it was saved is not a "
               "recording: export the session as JSON from the tool that recorded it");

  if (begins_with (at, end, "<?xml"))
    return N_ ("This is XML, and no recorder writes sessions as that");

  if (is_table (at, end))
    return N_ ("This is a table (CSV), which lists things and holds no pages. Export the session "
               "itself, as JSON, from the tool that recorded it");

  return NULL;
}

const char *
ph_foreign_explain (const char *head,
                    gsize size)
{
  g_return_val_if_fail (head != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (size >= magics[i].at + magics[i].size &&
        memcmp (head + magics[i].at, magics[i].bytes, magics[i].size) == 0)
      return magics[i].message;

  if (size >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    {
      head += 3;
      size -= 3;
    }

  return explain_text (head, head + size);
}

const char *
ph_foreign_explain_member (const char *name)
{
  static const char *const members[] = { "[Content_Types].xml", "META-INF/manifest.xml",
                                         "META-INF/container.xml" };

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (name, members[i]) == 0)
      return document;

  return NULL;
}
