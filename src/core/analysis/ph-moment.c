/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-moment.h"

#include "ph-console.h"
#include "ph-label.h"
#include "ph-limits.h"
#include "ph-moment-tool.h"
#include "ph-signal.h"
#include "ph-text.h"
#include "ph-whole-page.h"

#include <string.h>

#define NETWORK_PLUGIN "rrweb/network@"
/* Amplitude's: where the user is, whenever that changes. */
#define ADDRESS_PLUGIN "amplitude/url-tracking@"
/* Amplitude's, of a request: the members are those of rrweb's plugin, but for `url`. */
#define REQUEST_TAG "fetch-request"
/* Of a page that stands in its iframe's element. */
#define FRAME_URL "about:srcdoc"

/* A longer address is cut, so that what stands behind it is seen. */
#define MAX_URL_BYTES (PH_LIMIT_LABEL_CHARS - 64)
#define MAX_DURATION_MS 86400000

/* Calls of an error's stack that are told. */
#define MAX_CALLS 3

/* How far back a moment that is gone on with may lie. */
#define MAX_LOOK_BACK 16

/* Moments that no one sees happen: they do not end what the user is doing. */
#define IS_BACKGROUND(kind)                                                                   \
  ((kind) == PH_MOMENT_CONSOLE || (kind) == PH_MOMENT_REQUEST || (kind) == PH_MOMENT_ERROR || \
   (kind) == PH_MOMENT_ANNOTATION)

void
ph_moment_clear (PhMoment *moment)
{
  g_clear_pointer (&moment->text, g_free);
}

static const char *const kind_names[PH_MOMENT_N_KINDS] = {
  [PH_MOMENT_PAGE] = "page",
  [PH_MOMENT_CLICK] = "click",
  [PH_MOMENT_INPUT] = "input",
  [PH_MOMENT_RESIZE] = "resize",
  [PH_MOMENT_ERROR] = "error",
  [PH_MOMENT_CONSOLE] = "console",
  [PH_MOMENT_REQUEST] = "request",
  [PH_MOMENT_CUSTOM] = "custom",
  [PH_MOMENT_SIGNAL] = "signal",
  [PH_MOMENT_ANNOTATION] = "annotation",
};

const char *
ph_moment_kind_name (PhMomentKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), "unknown");

  return kind_names[kind];
}

gboolean
ph_moment_kind_from_name (const char *name,
                          PhMomentKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_str_equal (kind_names[i], name))
        {
          *kind = (PhMomentKind) i;
          return TRUE;
        }
    }

  return FALSE;
}

/* Takes @text. */
static PhMoment *
add_moment (GArray *moments,
            const PhEvent *event,
            PhMomentKind kind,
            PhSeverity severity,
            char *text)
{
  PhMoment moment = {
    .time = event->time,
    .window = event->window,
    .kind = kind,
    .severity = severity,
    .text = text,
  };

  g_array_append_val (moments, moment);

  return &g_array_index (moments, PhMoment, moments->len - 1);
}

/* The newest moment of the window that the user made, or NULL. */
static PhMoment *
find_last (GArray *moments,
           guint32 window)
{
  for (guint i = 0; i < MIN (moments->len, MAX_LOOK_BACK); i++)
    {
      PhMoment *moment = &g_array_index (moments, PhMoment, moments->len - 1 - i);

      if (moment->window == window && !IS_BACKGROUND (moment->kind))
        return moment;
    }

  return NULL;
}

const char *
ph_moment_page_url (const PhEvent *event,
                    PhJsonValue root)
{
  PhJsonValue data = ph_json_member (root, "data");
  const char *url = NULL;
  const char *plugin;

  if (event->type == PH_EVENT_META)
    ph_json_member_string (data, "href", &url, NULL);
  else if (event->type == PH_EVENT_CUSTOM)
    ph_json_member_string (ph_json_member (data, "payload"), "href", &url, NULL);
  else if (event->type == PH_EVENT_PLUGIN &&
           ph_json_member_string (data, "plugin", &plugin, NULL) &&
           g_str_has_prefix (plugin, ADDRESS_PLUGIN))
    ph_json_member_string (ph_json_member (data, "payload"), "href", &url, NULL);

  /* Amplitude tracks iframes too: theirs is no page of the window's. */
  if (g_strcmp0 (url, FRAME_URL) == 0)
    return NULL;

  return url;
}

static void
add_page (const PhEvent *event,
          const char *url,
          const PhDom *dom,
          GArray *moments)
{
  if (dom == NULL || !g_str_equal (ph_dom_get_href (dom), url))
    add_moment (moments, event, PH_MOMENT_PAGE, PH_SEVERITY_INFO,
                ph_text_line (url, PH_LIMIT_LABEL_CHARS));
}

/*
 * Status 0 is a request that never got an answer. Pictures and the like have it
 * whenever another site served them (its answer is not told), so only calls
 * made by script count.
 */
static gboolean
has_failed (PhJsonValue request,
            gint64 status)
{
  const char *initiator;

  if (status != 0)
    return status >= 400;

  return !ph_json_member_string (request, "initiatorType", &initiator, NULL) ||
         g_str_equal (initiator, "fetch") || g_str_equal (initiator, "xmlhttprequest");
}

/* ` (35 ms)`, or nothing when it was not told. */
static char *
describe_duration (PhJsonValue request)
{
  double ms;

  if (!ph_json_member_double (request, "duration", &ms) || ms < 0 || ms > MAX_DURATION_MS)
    return g_strdup ("");

  return g_strdup_printf (" (%.0f ms)", ms);
}

/* Browsers tell it of what they load themselves as well, as 0 where they may not. */
static gint64
get_status (PhJsonValue request)
{
  gint64 status = -1;

  if (!ph_json_member_int (request, "status", &status) &&
      ph_json_member_int (request, "responseStatus", &status) && status == 0)
    status = -1;

  return status;
}

static void
add_request (const PhEvent *event,
             PhJsonValue request,
             GArray *moments)
{
  const char *url;
  const char *method = "GET";
  gint64 status = -1;
  double epoch_ms;
  gboolean failed;
  g_autofree char *text = NULL;
  g_autofree char *duration = describe_duration (request);
  PhMoment *moment;

  if (!ph_json_member_string (request, "name", &url, NULL) &&
      !ph_json_member_string (request, "url", &url, NULL))
    return;

  ph_json_member_string (request, "method", &method, NULL);
  status = get_status (request);
  failed = status >= 0 && has_failed (request, status);

  if (status > 0)
    text = g_strdup_printf ("%.16s %" G_GINT64_FORMAT " %.*s%s", method, status, MAX_URL_BYTES,
                            url, duration);
  else
    text = g_strdup_printf ("%.16s %.*s%s", method, MAX_URL_BYTES, url, duration);

  moment = add_moment (moments, event, PH_MOMENT_REQUEST,
                       failed ? PH_SEVERITY_ERROR : PH_SEVERITY_INFO, NULL);

  {
    /* A character may have been cut. */
    g_autofree char *valid = g_utf8_make_valid (text, -1);

    moment->text = ph_text_line (valid, PH_LIMIT_LABEL_CHARS);
  }

  /* PostHog says when it was sent, which is before it was written down. */
  if (ph_json_member_double (request, "timestamp", &epoch_ms))
    {
      double late = (double) event->timestamp - epoch_ms * 1000;

      if (late > 0 && late <= (double) event->time)
        moment->time -= (PhTime) late;
    }
}

/* What a recorder has told of behaviour (ph-signal.h). */
static void
add_signal (const PhEvent *event,
            PhJsonValue payload,
            const PhDom *dom,
            GArray *moments)
{
  const char *signal;
  const char *label = "";
  gint64 node = 0;
  gint64 count = 0;
  PhSeverity severity = PH_SEVERITY_WARNING;
  g_autofree char *target = NULL;
  g_autofree char *times = NULL;
  g_autofree char *text = NULL;

  if (!ph_json_member_string (payload, "signal", &signal, NULL))
    return;

  ph_json_member_string (payload, "label", &label, NULL);
  ph_json_member_int (payload, "node", &node);
  ph_json_member_int (payload, "count", &count);
  node = CLAMP (node, 0, G_MAXINT32);

  if (strcmp (signal, PH_SIGNAL_SLOW_CLICK) == 0)
    severity = PH_SEVERITY_INFO;

  if (node > 0)
    target = ph_label_of_target (dom, (gint32) node);

  if (target != NULL && *target != '\0')
    label = target;

  times = count > 1 ? g_strdup_printf (" (%" G_GINT64_FORMAT ")", count) : g_strdup ("");
  text = g_strconcat (signal, times, *label != '\0' ? ": " : "", label, NULL);
  add_moment (moments, event, PH_MOMENT_SIGNAL, severity,
              ph_text_line (text, PH_LIMIT_LABEL_CHARS))
    ->node = (gint32) node;
}

static void
add_custom (const PhEvent *event,
            PhJsonValue data,
            const PhDom *dom,
            GArray *moments)
{
  PhJsonValue payload = ph_json_member (data, "payload");
  PhMomentTool told = { PH_MOMENT_CUSTOM, PH_SEVERITY_INFO, NULL };
  const char *tag;
  const char *text;

  if (!ph_json_member_string (data, "tag", &tag, NULL) || ph_whole_page_is (data))
    return;

  text = tag;

  /* What a test did is told by its title (ph-playwright-events.h). */
  if (g_str_equal (tag, "playwright"))
    ph_json_member_string (payload, "title", &text, NULL);

  if (strcmp (tag, PH_SIGNAL_TAG) == 0)
    add_signal (event, payload, dom, moments);
  else if (strcmp (tag, REQUEST_TAG) == 0)
    add_request (event, payload, moments);
  else if (!ph_moment_tool_read (tag, payload, dom != NULL && ph_dom_get_root (dom) != 0, &told))
    add_moment (moments, event, PH_MOMENT_CUSTOM, PH_SEVERITY_INFO,
                ph_text_line (text, PH_LIMIT_LABEL_CHARS));
  else if (told.text != NULL)
    add_moment (moments, event, told.kind, told.severity, told.text);
}

/* An error with the calls that led to it, innermost first. */
static char *
describe_error (const PhConsoleLine *line)
{
  g_autoptr (GString) text = g_string_new (line->text);
  g_auto (GStrv) calls = g_strsplit (line->stack != NULL ? line->stack : "", "\n", MAX_CALLS + 1);

  for (guint i = 0; i < MAX_CALLS && calls[i] != NULL; i++)
    g_string_append_printf (text, " · %s", calls[i]);

  return ph_text_line (text->str, PH_LIMIT_LABEL_CHARS);
}

/* A caption whose text is null or false only ends the one before it. */
static void
add_annotation (const PhEvent *event,
                PhJsonValue data,
                GArray *moments)
{
  const char *type;
  const char *text;

  if (!ph_json_member_string (data, "type", &type, NULL) ||
      !ph_json_member_string (data, "text", &text, NULL) || text[0] == '\0' ||
      (!g_str_equal (type, "caption") && !g_str_equal (type, "timelineMarker")))
    return;

  add_moment (moments, event, PH_MOMENT_ANNOTATION, PH_SEVERITY_INFO,
              ph_text_line (text, PH_LIMIT_LABEL_CHARS));
}

static void
add_console (const PhEvent *event,
             PhJsonValue root,
             GArray *moments)
{
  PhConsoleLine line;

  if (!ph_console_read (event, root, &line))
    return;

  if (g_str_equal (line.level, "error") || g_str_equal (line.level, "assert"))
    {
      add_moment (moments, event, PH_MOMENT_ERROR, PH_SEVERITY_ERROR, describe_error (&line));
    }
  else
    {
      gboolean is_warning = g_str_equal (line.level, "warn");
      g_autofree char *joined = g_strdup_printf ("%s: %s", line.level, line.text);

      add_moment (moments, event, PH_MOMENT_CONSOLE,
                  is_warning ? PH_SEVERITY_WARNING : PH_SEVERITY_INFO,
                  ph_text_line (joined, PH_LIMIT_LABEL_CHARS));
    }

  ph_console_clear (&line);
}

static void
add_requests (const PhEvent *event,
              PhJsonValue data,
              GArray *moments)
{
  PhJsonIter iter;
  PhJsonValue request;
  const char *plugin;

  if (!ph_json_member_string (data, "plugin", &plugin, NULL) ||
      !g_str_has_prefix (plugin, NETWORK_PLUGIN))
    return;

  ph_json_iter_init (&iter, ph_json_member (ph_json_member (data, "payload"), "requests"));

  while (ph_json_next (&iter, NULL, &request))
    add_request (event, request, moments);
}

static void
add_click (const PhEvent *event,
           PhJsonValue data,
           const PhDom *dom,
           GArray *moments)
{
  gint64 type;
  gint64 id = 0;

  if (!ph_json_member_int (data, "type", &type) || type != PH_MOUSE_CLICK)
    return;

  ph_json_member_int (data, "id", &id);
  id = CLAMP (id, 0, G_MAXINT32);
  add_moment (moments, event, PH_MOMENT_CLICK, PH_SEVERITY_INFO,
              ph_label_of_target (dom, (gint32) id))
    ->node = (gint32) id;
}

/* Choosing one radio button is written down for the others of its group, too. */
static gboolean
is_deselected_radio (PhJsonValue data,
                     const PhDom *dom,
                     gint32 id)
{
  PhSlot slot = dom != NULL ? ph_dom_find (dom, id) : 0;
  const char *type = slot != 0 ? ph_dom_attribute (dom, slot, "type") : NULL;
  gboolean checked = TRUE;

  return type != NULL && g_ascii_strcasecmp (type, "radio") == 0 &&
         ph_json_member_bool (data, "isChecked", &checked) && !checked;
}

static void
add_input (const PhEvent *event,
           PhJsonValue data,
           const PhDom *dom,
           GArray *moments)
{
  PhMoment *last = find_last (moments, event->window);
  gint64 number = 0;
  gint32 id;

  ph_json_member_int (data, "id", &number);
  id = (gint32) CLAMP (number, 0, G_MAXINT32);

  if (last != NULL && last->kind == PH_MOMENT_INPUT && last->node == id)
    return;

  if (is_deselected_radio (data, dom, id))
    return;

  add_moment (moments, event, PH_MOMENT_INPUT, PH_SEVERITY_INFO, ph_label_of_field (dom, id))
    ->node = id;
}

static void
add_resize (const PhEvent *event,
            PhJsonValue data,
            const PhDom *dom,
            GArray *moments)
{
  PhMoment *last = find_last (moments, event->window);
  gint64 width = 0;
  gint64 height = 0;
  int old_width = 0;
  int old_height = 0;
  char *text;

  ph_json_member_int (data, "width", &width);
  ph_json_member_int (data, "height", &height);

  if (dom != NULL)
    ph_dom_get_viewport (dom, &old_width, &old_height);

  if (width <= 0 || height <= 0 || width > PH_LIMIT_VIEWPORT || height > PH_LIMIT_VIEWPORT ||
      (width == old_width && height == old_height))
    return;

  text = g_strdup_printf ("%d × %d", (int) width, (int) height);

  if (last != NULL && last->kind == PH_MOMENT_RESIZE)
    {
      g_free (last->text);
      last->text = text;
    }
  else
    {
      add_moment (moments, event, PH_MOMENT_RESIZE, PH_SEVERITY_INFO, text);
    }
}

static void
extract_incremental (const PhEvent *event,
                     PhJsonValue root,
                     const PhDom *dom,
                     GArray *moments)
{
  PhJsonValue data = ph_json_member (root, "data");

  if (event->source == PH_SOURCE_MOUSE_INTERACTION)
    add_click (event, data, dom, moments);
  else if (event->source == PH_SOURCE_INPUT)
    add_input (event, data, dom, moments);
  else if (event->source == PH_SOURCE_VIEWPORT_RESIZE)
    add_resize (event, data, dom, moments);
  else if (event->source == PH_SOURCE_LOG)
    add_console (event, root, moments);
}

void
ph_moments_extract (const PhEvent *event,
                    PhJsonValue root,
                    const PhDom *dom,
                    GArray *moments)
{
  const char *url = ph_moment_page_url (event, root);

  if (event->type == PH_EVENT_INCREMENTAL)
    {
      extract_incremental (event, root, dom, moments);
    }
  else if (url == NULL && event->type == PH_EVENT_PLUGIN)
    {
      add_console (event, root, moments);
      add_requests (event, ph_json_member (root, "data"), moments);
    }
  else if (url != NULL)
    {
      add_page (event, url, dom, moments);
    }
  else if (event->type == PH_EVENT_CUSTOM)
    {
      add_custom (event, ph_json_member (root, "data"), dom, moments);
    }
  else if (event->type == PH_EVENT_ANNOTATION)
    {
      add_annotation (event, ph_json_member (root, "data"), moments);
    }
}
