/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-notes-export.h"

#include "ph-text.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Moments named before a note: the last ones. */
#define MAX_LEAD 12
/* Characters of a note's text in its heading. */
#define HEADING_CHARS 80

/* --- where a note is ------------------------------------------------------- */

static guint32
find_window (PhSession *session,
             const PhNote *note)
{
  return note->window < ph_session_get_n_windows (session)
           ? note->window
           : ph_session_active_window (session, note->begin);
}

/* The page the user saw then, or NULL. */
static const PhPage *
find_page (PhSession *session,
           const PhNote *note)
{
  guint32 window = find_window (session, note);
  const PhPage *found = NULL;
  guint n;
  const PhPage *pages = ph_session_get_pages (session, &n);

  for (guint i = 0; i < n && pages[i].span.begin <= note->begin; i++)
    if (pages[i].window == window)
      found = &pages[i];

  return found;
}

/* `1:02.5`, and the end of a span. */
static char *
format_time (const PhNote *note)
{
  g_autofree char *begin = ph_time_format_tenths (note->begin);
  g_autofree char *end = NULL;

  if (note->end == PH_TIME_NONE || note->end == note->begin)
    return g_steal_pointer (&begin);

  end = ph_time_format_tenths (note->end);

  return g_strdup_printf ("%s–%s", begin, end);
}

/* ISO 8601, of the day it was recorded. */
static char *
format_date (PhSession *session,
             PhTime time)
{
  gint64 at = ph_session_get_start_time (session) + time;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (at / PH_SECOND);
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S") : NULL;

  if (text == NULL)
    return g_strdup ("");

  return g_strdup_printf ("%s.%03dZ", text, (int) (at % PH_SECOND / PH_MSEC));
}

/* --- Markdown -------------------------------------------------------------- */

/* What means something anywhere in a line (CommonMark 2.4), and what a tracker makes links of. */
#define SPECIAL "\\`*_{}[]<>()#+!|~&@^$"

/* Stands at a line's begin for a list or a rule; the digits of “1.” may stay. */
static gboolean
begins_block (const char *line,
              const char *at)
{
  if (*at == '-' || *at == '=' || *at == ':')
    return at == line;

  if (*at != '.' || at == line)
    return FALSE;

  while (line < at && g_ascii_isdigit (*line))
    line++;

  return line == at;
}

/* One line of what somebody wrote, as text. */
static void
append_escaped (GString *out,
                const char *text)
{
  g_autofree char *shown = ph_text_visible (text);
  const char *line = shown + strspn (shown, " ");

  /* Four spaces would be code. */
  for (const char *at = line; *at != '\0'; at++)
    {
      /* A link is made of an address without any mark, too. */
      if (strchr (SPECIAL, *at) != NULL || begins_block (line, at))
        g_string_append_c (out, '\\');

      g_string_append_c (out, *at);
    }
}

/* Its lines, as they are; @prefix stands before each. */
static void
append_paragraph (GString *out,
                  const char *text)
{
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) even = g_string_new (text);

  g_string_replace (even, "\r\n", "\n", 0);
  g_string_replace (even, "\r", "\n", 0);
  lines = g_strsplit (even->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      append_escaped (out, lines[i]);

      /* A line end that stays one. */
      if (lines[i + 1] != NULL && lines[i][0] != '\0' && lines[i + 1][0] != '\0')
        g_string_append (out, "  ");

      g_string_append_c (out, '\n');
    }
}

static const char *
heading_of (const PhNote *note)
{
  static const char *const headings[] = {
    [PH_NOTE_OBSERVATION] = "Observation",
    [PH_NOTE_PROBLEM] = "Problem",
    [PH_NOTE_IDEA] = "Idea",
    [PH_NOTE_QUESTION] = "Question",
    [PH_NOTE_PRAISE] = "Praise",
  };

  return note->is_recorded ? "Annotation" : headings[note->kind];
}

static void
append_heading (GString *out,
                const PhNote *note)
{
  g_autofree char *line = ph_text_line (note->text, HEADING_CHARS);
  g_autofree char *time = format_time (note);

  g_string_append_printf (out, "## %s", heading_of (note));

  if (line[0] != '\0')
    {
      g_string_append (out, ": ");
      append_escaped (out, line);
    }

  g_string_append_printf (out, "\n\n- Time: %s", time);
}

static void
append_facts (GString *out,
              PhSession *session,
              const PhNote *note)
{
  g_autofree char *date = format_date (session, note->begin);
  const PhPage *page = find_page (session, note);

  g_string_append_printf (out, " (%s)\n", date);

  if (page != NULL && page->url[0] != '\0')
    {
      g_string_append (out, "- Page: ");
      append_escaped (out, page->url);
      g_string_append_c (out, '\n');
    }

  if (ph_session_get_n_windows (session) > 1)
    g_string_append_printf (out, "- Window: %u\n", find_window (session, note) + 1);

  if (note->severity != PH_NOTE_NO_SEVERITY)
    g_string_append_printf (out, "- Severity: %s\n", ph_note_severity_name (note->severity));

  if (note->has_spot)
    g_string_append_printf (out, "- Spot: %d × %d\n", note->x, note->y);

  if (note->tags[0] != NULL)
    {
      g_autofree char *tags = g_strjoinv (", ", note->tags);

      g_string_append (out, "- Tags: ");
      append_escaped (out, tags);
      g_string_append_c (out, '\n');
    }
}

/* Moments that are ours: annotations are notes themselves. */
static void
append_lead (GString *out,
             PhSession *session,
             const PhNote *note)
{
  guint n;
  const PhMoment *moments = ph_session_get_moments (session, &n);
  guint end = 0;
  guint begin;
  guint left = MAX_LEAD;

  while (end < n && moments[end].time <= note->begin)
    end++;

  for (begin = end; begin > 0 && left > 0; begin--)
    {
      if (moments[begin - 1].time < note->begin - PH_NOTES_LEAD)
        break;

      left -= moments[begin - 1].kind != PH_MOMENT_ANNOTATION;
    }

  if (left == MAX_LEAD)
    return;

  g_string_append (out, "\nWhat led there:\n\n");

  for (guint i = begin; i < end; i++)
    {
      g_autofree char *time = ph_time_format_tenths (moments[i].time);

      if (moments[i].kind == PH_MOMENT_ANNOTATION)
        continue;

      g_string_append_printf (out, "1. %s %s: ", time, ph_moment_kind_name (moments[i].kind));
      append_escaped (out, moments[i].text);
      g_string_append_c (out, '\n');
    }
}

static void
append_note (GString *out,
             const PhNotesExport *export,
             guint i)
{
  const PhNote *note = export->notes->pdata[i];
  const char *picture = export->pictures != NULL ? export->pictures[i] : NULL;

  g_string_append_c (out, '\n');
  append_heading (out, note);
  append_facts (out, export->session, note);

  if (note->text[0] != '\0')
    {
      g_string_append_c (out, '\n');
      append_paragraph (out, note->text);
    }

  append_lead (out, export->session, note);

  if (picture != NULL)
    {
      g_autofree char *address = g_uri_escape_string (picture, "/", FALSE);
      g_autofree char *time = ph_time_format_tenths (note->begin);

      g_string_append_printf (out, "\n![The page at %s](%s)\n", time, address);
    }
}

char *
ph_notes_picture_name (const PhNote *note,
                       guint position)
{
  return g_strdup_printf ("note-%03u-%" G_GINT64_FORMAT "ms.png", position + 1,
                          note->begin / PH_MSEC);
}

char *
ph_notes_to_markdown (const PhNotesExport *export)
{
  GString *out = g_string_new ("# ");

  append_escaped (out, ph_session_get_title (export->session));
  g_string_append_c (out, '\n');

  for (guint i = 0; i < export->notes->len; i++)
    append_note (out, export, i);

  return g_string_free (out, FALSE);
}

/* --- CSV ------------------------------------------------------------------- */

/*
 * What spreadsheets take for the begin of a formula, behind white space too (OWASP,
 * “CSV injection”), full-width forms included.
 */
static gboolean
is_formula (const char *text)
{
  static const char *const begins[] = { "=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠" };

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    if (g_str_has_prefix (text, begins[i]))
      return TRUE;

  return FALSE;
}

/* Always quoted, so that a row is what it looks like. */
static void
append_field (GString *out,
              const char *text,
              gboolean is_last)
{
  g_autofree char *shown = ph_text_visible_lines (text);

  g_string_append (out, is_formula (shown) ? "\"'" : "\"");

  for (const char *at = shown; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (out, '"');

      g_string_append_c (out, *at);
    }

  g_string_append (out, is_last ? "\"\r\n" : "\",");
}

static char *
format_seconds (PhTime time)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (digits, sizeof digits, "%.3f", (double) time / PH_SECOND));
}

static void
append_row (GString *out,
            PhSession *session,
            const PhNote *note)
{
  g_autofree char *begin = format_seconds (note->begin);
  g_autofree char *end = note->end != PH_TIME_NONE ? format_seconds (note->end) : g_strdup ("");
  g_autofree char *date = format_date (session, note->begin);
  g_autofree char *window = g_strdup_printf ("%u", find_window (session, note) + 1);
  g_autofree char *tags = g_strjoinv (", ", note->tags);
  const PhPage *page = find_page (session, note);

  append_field (out, begin, FALSE);
  append_field (out, end, FALSE);
  append_field (out, date, FALSE);
  append_field (out, window, FALSE);
  append_field (out, page != NULL ? page->url : "", FALSE);
  append_field (out, note->is_recorded ? "annotation" : ph_note_kind_name (note->kind), FALSE);
  append_field (out, ph_note_severity_name (note->severity), FALSE);
  append_field (out, tags, FALSE);
  append_field (out, note->text, TRUE);
}

char *
ph_notes_to_csv (const PhNotesExport *export)
{
  GString *out =
    g_string_new ("\"begin\",\"end\",\"date\",\"window\",\"page\",\"kind\",\"severity\","
                  "\"tags\",\"text\"\r\n");

  for (guint i = 0; i < export->notes->len; i++)
    append_row (out, export->session, export->notes->pdata[i]);

  return g_string_free (out, FALSE);
}

/* --- JSON ------------------------------------------------------------------ */

static void
add_string (JsonBuilder *builder,
            const char *name,
            const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_int (JsonBuilder *builder,
         const char *name,
         gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_place (JsonBuilder *builder,
           PhSession *session,
           const PhNote *note)
{
  const PhPage *page = find_page (session, note);

  add_int (builder, "window", find_window (session, note) + 1);

  if (page != NULL)
    add_string (builder, "page", page->url);

  if (note->node != 0)
    add_int (builder, "node", note->node);

  if (note->has_spot)
    {
      json_builder_set_member_name (builder, "spot");
      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, note->x);
      json_builder_add_int_value (builder, note->y);
      json_builder_end_array (builder);
    }
}

static void
add_note (JsonBuilder *builder,
          PhSession *session,
          const PhNote *note)
{
  g_autofree char *date = format_date (session, note->begin);

  json_builder_begin_object (builder);

  if (!note->is_recorded)
    add_string (builder, "id", note->id);

  add_int (builder, "begin_us", note->begin);

  if (note->end != PH_TIME_NONE)
    add_int (builder, "end_us", note->end);

  add_string (builder, "date", date);
  add_place (builder, session, note);
  add_string (builder, "kind", note->is_recorded ? "annotation" : ph_note_kind_name (note->kind));
  add_string (builder, "severity", ph_note_severity_name (note->severity));
  json_builder_set_member_name (builder, "tags");
  json_builder_begin_array (builder);

  for (guint i = 0; note->tags[i] != NULL; i++)
    json_builder_add_string_value (builder, note->tags[i]);

  json_builder_end_array (builder);
  add_string (builder, "text", note->text);
  json_builder_end_object (builder);
}

char *
ph_notes_to_json (const PhNotesExport *export)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);

  for (guint i = 0; i < export->notes->len; i++)
    add_note (builder, export->session, export->notes->pdata[i]);

  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);

  return json_generator_to_data (generator, NULL);
}
