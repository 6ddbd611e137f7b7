/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cut.h"
#include "ph-highlight.h"
#include "ph-inflate.h"
#include "ph-limits.h"
#include "ph-reader.h"

#include <string.h>

/*
 * What Highlight's recorder sends: `{"session_secure_id", "events":{"events":[…]},
 * "messages", "resources", "errors"}`, alone, as the variables of a GraphQL call, or
 * packed in one (`"data"`: base64 of gzip data). Calls that begin a session, or tell who
 * the user is, say so in variables of their own.
 */

#define CHUNK ((gsize) 256 * 1024)

typedef enum
{
  PATH_EVENT,
  PATH_MESSAGES,
  PATH_RESOURCES,
  PATH_ERROR,
  PATH_SESSION,
  PATH_DATA,
  PATH_IDENTIFIER,
  PATH_USER,
  PATH_ENVIRONMENT,
  PATH_RELEASE,
  PATH_SERVICE,
  PATH_VERSION,
  PATH_PROJECT,
  N_PATHS,
} Path;

/* As such, then as the variables of a call. */
static const char *const paths[] = {
  "events.events[]",
  "messages",
  "resources",
  "errors[]",
  "session_secure_id",
  "data",
  "user_identifier",
  "user_object",
  "environment",
  "appVersion",
  "serviceName",
  "clientVersion",
  "organization_verbose_id",
  "variables.events.events[]",
  "variables.messages",
  "variables.resources",
  "variables.errors[]",
  "variables.session_secure_id",
  "variables.data",
  "variables.user_identifier",
  "variables.user_object",
  "variables.environment",
  "variables.appVersion",
  "variables.serviceName",
  "variables.clientVersion",
  "variables.organization_verbose_id",
  NULL,
};

typedef struct
{
  PhReading *reading;
  PhHighlight *highlight;
  PhCut *inner; /* of packed data; NULL outside */
} Read;

static gboolean
read_unpacked (const char *data,
               gsize size,
               gpointer user_data,
               GError **error)
{
  Read *read = user_data;

  return ph_reading_count_unpacked (read->reading, size, error) &&
         ph_cut_feed (read->inner, data, size, error);
}

static gboolean read_value (guint path,
                            const char *const *names,
                            const char *text,
                            gsize size,
                            gpointer user_data,
                            GError **error);

static gboolean
read_packed (Read *read,
             const char *text,
             gsize size,
             GError **error)
{
  g_autofree char *base64 = NULL;
  g_autofree guchar *data = NULL;
  g_autoptr (PhCut) cut = NULL;
  g_autoptr (PhInflate) inflate = NULL;
  gsize n = 0;
  gboolean goes_on;

  if (read->inner != NULL || size < 2 || text[0] != '"')
    return TRUE;

  base64 = g_strndup (text + 1, size - 2);
  data = g_base64_decode (base64, &n);
  cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, read_value, read,
                    ph_reading_get_health (read->reading));
  inflate = ph_inflate_new (read_unpacked, read);
  read->inner = cut;
  goes_on = ph_inflate_feed (inflate, (const char *) data, n, error) >= 0;
  read->inner = NULL;

  if (goes_on && !ph_inflate_has_ended (inflate))
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "its packed data is damaged");

  return goes_on && ph_cut_end (cut, error);
}

static void
set_property (Read *read,
              const char *name,
              const char *text,
              gsize size)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue root;

  if (ph_json_parse (json, text, size, &root, NULL))
    ph_facts_set_json (ph_reading_get_facts (read->reading), PH_FACT_PROPERTY, name, root);
}

static void
set_user (Read *read,
          Path path,
          const char *text,
          gsize size)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue none = {};
  PhJsonValue root;

  if (ph_json_parse (json, text, size, &root, NULL))
    ph_highlight_take_user (read->highlight, path == PATH_IDENTIFIER ? root : none,
                            path == PATH_USER ? root : none);
}

static gboolean
read_value (guint path,
            const char *const *names,
            const char *text,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Read *read = user_data;

  switch ((Path) (path % N_PATHS))
    {
    case PATH_EVENT:
      return ph_highlight_take (read->highlight, text, size, error);
    case PATH_MESSAGES:
      return ph_highlight_take_messages (read->highlight, text, size, error);
    case PATH_RESOURCES:
      return ph_highlight_take_resources (read->highlight, text, size, error);
    case PATH_ERROR:
      return ph_highlight_take_error (read->highlight, text, size, error);
    case PATH_SESSION:
      set_property (read, "session_id", text, size);
      return TRUE;
    case PATH_DATA:
      return read_packed (read, text, size, error);
    case PATH_IDENTIFIER:
    case PATH_USER:
      set_user (read, (Path) (path % N_PATHS), text, size);
      return TRUE;
    case PATH_ENVIRONMENT:
      set_property (read, "environment", text, size);
      return TRUE;
    case PATH_RELEASE:
      set_property (read, "release", text, size);
      return TRUE;
    case PATH_SERVICE:
      set_property (read, "service", text, size);
      return TRUE;
    case PATH_VERSION:
      set_property (read, "sdk_version", text, size);
      return TRUE;
    case PATH_PROJECT:
      set_property (read, "project", text, size);
      return TRUE;
    case N_PATHS:
      break;
    }

  g_assert_not_reached ();
}

static gboolean
read_highlight (PhReading *reading,
                GError **error)
{
  g_autoptr (PhHighlight) highlight = ph_highlight_new (reading);
  Read read = { .reading = reading, .highlight = highlight };
  g_autoptr (PhCut) cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, read_value, &read,
                                      ph_reading_get_health (reading));
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_cut_feed (cut, chunk, (gsize) n, error))
      return FALSE;

  return n == 0 && ph_cut_end (cut, error);
}

static gboolean
probe_value (guint path,
             const char *const *names,
             const char *text,
             gsize size,
             gpointer user_data,
             GError **error)
{
  *(guint *) user_data |= 1u << path;

  return TRUE;
}

/* Either may stand behind a page that is longer than the head. */
static PhRank
probe_highlight (const char *head,
                 gsize size,
                 gboolean whole)
{
  guint found = 0;
  gboolean has_session;
  gboolean has_events;
  g_autoptr (PhCut) cut = NULL;

  for (gsize i = 0; i < size && head[i] != '{'; i++)
    if (!g_ascii_isspace (head[i]) && (guint8) head[i] < 0x80)
      return PH_RANK_NONE;

  cut = ph_cut_new (paths, PH_READER_HEAD_SIZE, probe_value, &found, NULL);
  ph_cut_feed (cut, head, size, NULL);

  has_session = (found & (1u << PATH_SESSION | 1u << (PATH_SESSION + N_PATHS))) != 0;
  has_events = (found & (1u << PATH_EVENT | 1u << (PATH_EVENT + N_PATHS))) != 0;

  if (has_session && has_events)
    return PH_RANK_OWN;

  return has_session || has_events ? PH_RANK_LIKELY : PH_RANK_NONE;
}

const PhReader ph_reader_highlight = {
  .name = "highlight",
  .title = "Highlight session",
  .probe = probe_highlight,
  .read = read_highlight,
  /* Calls that only tell who it is are no recording of their own. */
  .join = PH_JOIN_LINES,
};
