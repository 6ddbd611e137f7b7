/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-console.h"

#include "ph-limits.h"
#include "ph-text.h"

#include <string.h>

#define CONSOLE_PLUGIN "rrweb/console@"

/* Arguments of one call that are looked at, and bytes of one that are unquoted. */
#define MAX_ARGUMENTS 32
#define MAX_ARGUMENT_BYTES 65536

/* Of a stack, calls and bytes that are kept. */
#define MAX_CALLS 32
#define MAX_STACK_BYTES 8192

#define STACK_MARK "\n    at "

static gboolean
find_line (const PhEvent *event,
           PhJsonValue root,
           PhJsonValue *line)
{
  PhJsonValue data = ph_json_member (root, "data");
  const char *plugin;

  if (event->type == PH_EVENT_PLUGIN)
    {
      *line = ph_json_member (data, "payload");

      return ph_json_member_string (data, "plugin", &plugin, NULL) &&
             g_str_has_prefix (plugin, CONSOLE_PLUGIN);
    }

  *line = data;

  return event->type == PH_EVENT_INCREMENTAL && event->source == PH_SOURCE_LOG;
}

/* Where the stack of an error begins; it is of no use in one line. */
static gsize
size_without_stack (const char *text)
{
  static const char *const marks[] = { STACK_MARK, "\nEnd of stack for Error object", NULL };
  gsize size = strlen (text);

  for (guint i = 0; marks[i] != NULL; i++)
    {
      const char *mark = strstr (text, marks[i]);

      if (mark != NULL)
        size = MIN (size, (gsize) (mark - text));
    }

  return size;
}

/* The first error among the arguments brings its stack with it. */
static void
take_stack (GString *stack,
            const char *text)
{
  const char *mark = strstr (text, STACK_MARK);
  const char *end = mark != NULL ? strstr (mark, "\nEnd of stack") : NULL;

  if (mark == NULL || stack->len > 0)
    return;

  g_string_append_len (stack, mark + 1,
                       end != NULL ? end - mark - 1
                                   : (gssize) strnlen (mark + 1, MAX_STACK_BYTES));
}

/* An error that a recorder took apart, as its browser writes it; NULL when it is none. */
static char *
dup_error (PhJsonValue value)
{
  const char *name, *message, *stack;

  if (!ph_json_member_string (value, "name", &name, NULL) ||
      !ph_json_member_string (value, "message", &message, NULL) ||
      !ph_json_member_string (value, "stack", &stack, NULL))
    return NULL;

  return g_str_has_prefix (stack, name) ? g_strdup (stack)
                                        : g_strdup_printf ("%s: %s", name, message);
}

static void
append_argument (GString *text,
                 GString *stack,
                 PhJson *json,
                 const char *argument,
                 gsize size)
{
  const char *string = argument;
  g_autofree char *error = NULL;
  PhJsonValue value;

  if (text->len > 0)
    g_string_append_c (text, ' ');

  if ((argument[0] == '"' || argument[0] == '{') && size <= MAX_ARGUMENT_BYTES &&
      ph_json_parse (json, argument, size, &value, NULL) &&
      !ph_json_get_string (value, &string, NULL))
    error = dup_error (value);

  if (error != NULL)
    string = error;

  take_stack (stack, string);
  size = MIN (size_without_stack (string), MAX_ARGUMENT_BYTES);
  g_string_append_len (text, string, (gssize) size);
}

/* `%c` styles the rest of a line; its argument is CSS. */
static guint
remove_styles (GString *text)
{
  guint n = 0;
  char *mark;

  while (n < MAX_ARGUMENTS && (mark = strstr (text->str, "%c")) != NULL)
    {
      g_string_erase (text, mark - text->str, 2);
      n++;
    }

  return n;
}

static char *
join_arguments (PhJsonValue payload,
                GString *stack)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *valid = NULL;
  PhJsonIter iter;
  PhJsonValue item;
  guint n_styles = 0;

  ph_json_iter_init (&iter, payload);

  for (guint i = 0; i < MAX_ARGUMENTS && text->len < MAX_ARGUMENT_BYTES; i++)
    {
      const char *argument;
      gsize size;

      if (!ph_json_next (&iter, NULL, &item))
        break;

      if (!ph_json_get_string (item, &argument, &size) || (i > 0 && i <= n_styles))
        continue;

      append_argument (text, stack, json, argument, size);

      if (i == 0)
        n_styles = remove_styles (text);
    }

  /* A long argument may have been cut inside a character. */
  valid = g_utf8_make_valid (text->str, (gssize) text->len);

  return ph_text_line (valid, PH_LIMIT_LABEL_CHARS);
}

/* Where the console was called, which recorders write down beside the arguments. */
static void
join_trace (GString *stack,
            PhJsonValue trace)
{
  PhJsonIter iter;
  PhJsonValue call;
  const char *text;

  ph_json_iter_init (&iter, trace);

  for (guint i = 0; i < MAX_CALLS && stack->len < MAX_STACK_BYTES; i++)
    {
      if (!ph_json_next (&iter, NULL, &call))
        break;

      if (ph_json_get_string (call, &text, NULL))
        g_string_append_printf (stack, "%.*s\n", MAX_STACK_BYTES, text);
    }
}

/* Bounded, a line for each call, without white space around; NULL when there is none. */
static char *
tidy_stack (GString *stack)
{
  g_autofree char *valid = g_utf8_make_valid (stack->str, (gssize) MIN (stack->len,
                                                                        MAX_STACK_BYTES));
  g_auto (GStrv) lines = g_strsplit (valid, "\n", MAX_CALLS + 1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < MAX_CALLS && lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line != '\0')
        g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", line);
    }

  return g_string_free (out, out->len == 0);
}

gboolean
ph_console_read (const PhEvent *event,
                 PhJsonValue root,
                 PhConsoleLine *line)
{
  PhJsonValue value;
  const char *level = "log";
  g_autoptr (GString) stack = NULL;

  if (!find_line (event, root, &value) || ph_json_type (value) != PH_JSON_OBJECT)
    return FALSE;

  ph_json_member_string (value, "level", &level, NULL);

  line->level = level;
  stack = g_string_new (NULL);
  line->text = join_arguments (ph_json_member (value, "payload"), stack);

  if (stack->len == 0)
    join_trace (stack, ph_json_member (value, "trace"));

  line->stack = tidy_stack (stack);

  return TRUE;
}

void
ph_console_clear (PhConsoleLine *line)
{
  g_clear_pointer (&line->text, g_free);
  g_clear_pointer (&line->stack, g_free);
}
