/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-lines.h"

#include <string.h>

struct _PhLines
{
  GString *begun; /* of a line whose end has not come */
  gsize max_size;
  gboolean is_skipping; /* a line that is too long */
  PhLineFunc func;
  gpointer user_data;
  PhHealth *health;
};

PhLines *
ph_lines_new (gsize max_size,
              PhLineFunc func,
              gpointer user_data,
              PhHealth *health)
{
  PhLines *lines = g_new0 (PhLines, 1);

  lines->begun = g_string_new (NULL);
  lines->max_size = max_size;
  lines->func = func;
  lines->user_data = user_data;
  lines->health = health;

  return lines;
}

void
ph_lines_free (PhLines *lines)
{
  if (lines == NULL)
    return;

  g_string_free (lines->begun, TRUE);
  g_free (lines);
}

static gboolean
give (PhLines *lines,
      const char *text,
      gsize size,
      gboolean is_ended,
      GError **error)
{
  while (size > 0 && g_ascii_isspace (text[size - 1]))
    size--;

  while (size > 0 && g_ascii_isspace (*text))
    {
      text++;
      size--;
    }

  return size == 0 || lines->func (text, size, is_ended, lines->user_data, error);
}

/* FALSE where @size more bytes are too many: the line is left out. */
static gboolean
has_room (PhLines *lines,
          gsize size)
{
  if (lines->is_skipping)
    return FALSE;

  if (size <= lines->max_size - lines->begun->len)
    return TRUE;

  lines->is_skipping = TRUE;
  g_string_truncate (lines->begun, 0);
  ph_health_add (lines->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                 "a line of more than %" G_GSIZE_FORMAT " MB", lines->max_size >> 20);

  return FALSE;
}

/* The rest of a line, whose end has come. */
static gboolean
end_line (PhLines *lines,
          const char *text,
          gsize size,
          GError **error)
{
  gboolean is_whole = has_room (lines, size);
  gboolean goes_on;

  lines->is_skipping = FALSE;

  if (!is_whole)
    return TRUE;

  if (lines->begun->len == 0)
    return give (lines, text, size, TRUE, error);

  g_string_append_len (lines->begun, text, (gssize) size);
  goes_on = give (lines, lines->begun->str, lines->begun->len, TRUE, error);
  g_string_truncate (lines->begun, 0);

  return goes_on;
}

gboolean
ph_lines_feed (PhLines *lines,
               const char *data,
               gsize size,
               GError **error)
{
  g_return_val_if_fail (lines != NULL, FALSE);

  while (size > 0)
    {
      const char *end = memchr (data, '\n', size);
      gsize length = end != NULL ? (gsize) (end - data) : size;

      if (end == NULL)
        {
          if (has_room (lines, size))
            g_string_append_len (lines->begun, data, (gssize) size);

          return TRUE;
        }

      if (!end_line (lines, data, length, error))
        return FALSE;

      data += length + 1;
      size -= length + 1;
    }

  return TRUE;
}

gboolean
ph_lines_end (PhLines *lines,
              GError **error)
{
  g_return_val_if_fail (lines != NULL, FALSE);

  return lines->is_skipping ||
         give (lines, lines->begun->str, lines->begun->len, FALSE, error);
}
