/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-limits.h"
#include "ph-literal.h"
#include "ph-packed.h"
#include "ph-reader.h"
#include "ph-scan.h"
#include "ph-split.h"

#include <string.h>

/*
 * Events inside a program or a page: `export default […]`, `const events = […]`, a page
 * that replays the events in it, as JSON, as a literal or packed as base64 of gzip data.
 * The first list of events is read; what is around it is none of it.
 */

#define CHUNK ((gsize) 256 * 1024)

/* What is looked at to see whether a list of events begins at a bracket. */
#define LOOK_AHEAD ((gsize) 512)

/* How base64 of gzip data begins. */
#define GZIP_BASE64 "H4sI"

typedef enum
{
  FOUND_NONE,
  FOUND_LIST,   /* at its bracket */
  FOUND_PACKED, /* behind its quote */
} Found;

/* Whether the `[` at @text begins a list of events, plain or each packed. */
static gboolean
begins_list (const char *text,
             gsize size)
{
  g_autoptr (PhLiteral) literal = ph_literal_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  const char *at = text + 1;
  gsize left;

  while (at < text + size && g_ascii_isspace (*at))
    at++;

  if (at == text + size || strchr ("{\"'`/", *at) == NULL || *at == '\0')
    return FALSE;

  ph_literal_feed (literal, text, MIN (size, LOOK_AHEAD), json);

  at = json->str + 1;

  while (g_ascii_isspace (*at))
    at++;

  left = json->len - (gsize) (at - json->str);

  return (*at == '{' && ph_scan_is_event (at, left)) ||
         (*at == '"' && (ph_scan_is_packed (at, left) || ph_scan_is_quoted (at, left)));
}

/*
 * Looks for events in @text. @at is where they begin, or up to where there are none:
 * what is behind that is to be looked at again with more text, unless @is_end.
 */
static Found
find_events (const char *text,
             gsize size,
             gboolean is_end,
             gsize *at)
{
  for (*at = 0; *at < size; ++*at)
    {
      const char *rest = text + *at;
      gsize left = size - *at;

      if (*rest != '[' && *rest != '"' && *rest != '\'' && *rest != '`')
        continue;

      if (left < LOOK_AHEAD && !is_end)
        return FOUND_NONE;

      if (*rest == '[')
        {
          if (begins_list (rest, left))
            return FOUND_LIST;
        }
      else if (left > strlen (GZIP_BASE64) &&
               memcmp (rest + 1, GZIP_BASE64, strlen (GZIP_BASE64)) == 0)
        {
          ++*at;
          return FOUND_PACKED;
        }
    }

  return FOUND_NONE;
}

/* ---- reading ---- */

typedef struct
{
  PhReading *reading;
  PhSplit *split; /* what takes events now */
  gboolean has_found;

  PhLiteral *literal; /* the list being read, or NULL */
  GString *json;
  GString *base64; /* the packed text being read, or NULL */
  PhPacked *packed;
} Read;

static gboolean
read_element (const char *text,
              gsize size,
              gpointer user_data,
              GError **error)
{
  Read *read = user_data;
  gboolean is_json;

  if (!ph_reading_emit (read->reading, text, size, NULL, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_split_reject (read->split);

  return TRUE;
}

static PhSplit *
new_split (Read *read,
           PhSplitShape shape)
{
  return ph_split_new (shape, shape == PH_SPLIT_MEMBER ? "events" : NULL, PH_LIMIT_EVENT_BYTES,
                       read_element, read, ph_reading_get_health (read->reading));
}

/* Events in a text of their own: a list, or an object around one. */
static gboolean
read_text (Read *read,
           const char *text,
           gsize size,
           GError **error)
{
  gboolean is_list = size > 0 && text[0] == '[';
  g_autoptr (PhSplit) split = new_split (read, is_list ? PH_SPLIT_ARRAY : PH_SPLIT_MEMBER);

  read->split = split;

  return ph_split_feed (split, text, size, error) && ph_split_end (split, error);
}

/* What is packed and no recording is a file of another kind in the page: passed over. */
static gboolean
end_packed (Read *read,
            GError **error)
{
  g_autoptr (GString) base64 = g_steal_pointer (&read->base64);
  g_autofree guint8 *bytes = NULL;
  guint64 before = ph_reading_get_n_events (read->reading);
  const char *text;
  gsize size = 0;

  bytes = g_base64_decode (base64->str, &size);
  text = ph_packed_open_bytes (read->packed, bytes, size, &size, NULL);

  if (text == NULL || size == 0 || (text[0] != '[' && text[0] != '{'))
    return TRUE;

  if (!ph_reading_count_unpacked (read->reading, size, error) ||
      !read_text (read, text, size, error))
    return FALSE;

  read->has_found = ph_reading_get_n_events (read->reading) > before;

  return TRUE;
}

static gsize
take_packed (Read *read,
             const char *text,
             gsize size,
             gboolean *has_ended)
{
  gsize n = 0;

  while (n < size && text[n] != '"' && text[n] != '\'' && text[n] != '`' && text[n] != '<')
    n++;

  if (read->base64->len + n <= PH_LIMIT_EVENT_BYTES)
    g_string_append_len (read->base64, text, (gssize) n);

  *has_ended = n < size;

  return n + *has_ended;
}

static gssize
take_list (Read *read,
           const char *text,
           gsize size,
           GError **error)
{
  gsize used;

  g_string_truncate (read->json, 0);
  used = ph_literal_feed (read->literal, text, size, read->json);

  if (!ph_split_feed (read->split, read->json->str, read->json->len, error))
    return -1;

  read->has_found = ph_literal_has_ended (read->literal);

  return (gssize) used;
}

/* As much of @text as can be understood: how much that is, -1 with an error. */
static gssize
take_some (Read *read,
           const char *text,
           gsize size,
           gboolean is_end,
           GError **error)
{
  gboolean has_ended = FALSE;
  gssize more;
  gsize at = 0;

  if (read->literal != NULL)
    return take_list (read, text, size, error);

  if (read->base64 != NULL)
    {
      at = take_packed (read, text, size, &has_ended);

      return !has_ended || end_packed (read, error) ? (gssize) at : -1;
    }

  switch (find_events (text, size, is_end, &at))
    {
    case FOUND_NONE:
      return (gssize) at;
    case FOUND_LIST:
      read->literal = ph_literal_new ();
      read->split = new_split (read, PH_SPLIT_ARRAY);
      break;
    case FOUND_PACKED:
      read->base64 = g_string_new (NULL);
      break;
    }

  more = take_some (read, text + at, size - at, is_end, error);

  return more >= 0 ? (gssize) at + more : -1;
}

static gboolean
read_all (Read *read,
          GError **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  gboolean is_end = FALSE;

  while (!is_end && !read->has_found)
    {
      guint had = text->len;
      gssize n;
      gssize used = 0;

      g_byte_array_set_size (text, had + (guint) CHUNK);
      n = ph_reading_pull (read->reading, text->data + had, CHUNK, error);
      g_byte_array_set_size (text, had + (guint) MAX (n, 0));

      if (n < 0)
        return FALSE;

      is_end = n == 0;

      do
        {
          g_byte_array_remove_range (text, 0, (guint) used);
          used = take_some (read, (const char *) text->data, text->len, is_end, error);
        }
      while (used > 0 && !read->has_found && (gsize) used < text->len);

      if (used < 0)
        return FALSE;

      g_byte_array_remove_range (text, 0, (guint) used);
    }

  if (read->literal != NULL)
    return ph_split_end (read->split, error);

  if (read->base64 != NULL)
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                   "it ends in the middle of packed events");

  return read->base64 == NULL || end_packed (read, error);
}

static gboolean
read_script (PhReading *reading,
             GError **error)
{
  g_autoptr (PhPacked) packed = ph_packed_new ();
  Read read = { .reading = reading, .json = g_string_new (NULL), .packed = packed };
  gboolean done = read_all (&read, error);

  if (read.literal != NULL)
    ph_split_free (read.split);

  ph_literal_free (read.literal);
  g_string_free (read.json, TRUE);

  if (read.base64 != NULL)
    g_string_free (read.base64, TRUE);

  return done;
}

static PhRank
probe_script (const char *head,
              gsize size,
              gboolean whole)
{
  const char *end = head + size;
  const char *at = size >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? head + 3 : head;
  gsize found;

  while (at < end && g_ascii_isspace (*at))
    at++;

  /* What is JSON, or binary, is for others. */
  if (at == end || (!g_ascii_isalpha (*at) && strchr ("</_$(;!'", *at) == NULL) || *at == '\0')
    return PH_RANK_NONE;

  if (memchr (at, '\0', (gsize) (end - at)) != NULL)
    return PH_RANK_NONE;

  if (find_events (at, (gsize) (end - at), TRUE, &found) != FOUND_NONE)
    return PH_RANK_LIKELY;

  /* A page may have its player in front of the events, longer than the head. */
  return *at == '<' && !whole ? PH_RANK_POSSIBLE : PH_RANK_NONE;
}

const PhReader ph_reader_script = {
  .name = "rrweb-script",
  .title = "rrweb events in a program or a page",
  .probe = probe_script,
  .read = read_script,
};
