/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cv.h"

#include "ph-json-write.h"

#include <string.h>

#define KNOWN_VERSION "2024-10"

typedef struct
{
  PhPacked *packed;
  GString *out;
  gsize unpacked;
  PhHealth *health;
  gboolean has_opened;
} Opening;

static gboolean
is_list_name (const char *name)
{
  static const char *const names[] = { "texts", "attributes", "removes", "adds", NULL };

  return g_strv_contains (names, name);
}

/* The packed string @value as JSON text; FALSE when it cannot be opened. */
static gboolean
write_opened (Opening *opening,
              const char *name,
              PhJsonValue value)
{
  g_autoptr (GError) error = NULL;
  const char *packed = NULL;
  const char *text;
  gsize size = 0;

  ph_json_get_string (value, &packed, &size);
  text = ph_packed_open_text (opening->packed, packed, size, &size, &error);

  if (text == NULL)
    {
      ph_health_add (opening->health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "“%s” of an event: %s",
                     name, error->message);
      return FALSE;
    }

  ph_json_write_key (opening->out, name);
  g_string_append_len (opening->out, text, (gssize) size);
  opening->unpacked += size;
  opening->has_opened = TRUE;

  return TRUE;
}

static gboolean
is_packed (PhJsonValue value)
{
  return ph_json_type (value) == PH_JSON_STRING;
}

static void
write_data (Opening *opening,
            PhJsonValue data)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *name;

  g_string_append (opening->out, "\"data\":{");
  ph_json_iter_init (&iter, data);

  while (ph_json_next (&iter, &name, &value))
    {
      const char *text;
      gsize size = 0;

      if (is_packed (value) && is_list_name (name))
        {
          ph_json_get_string (value, &text, &size);

          if (size == 0 || !write_opened (opening, name, value))
            continue;
        }
      else
        {
          ph_json_write_key (opening->out, name);
          ph_json_write_value (opening->out, value);
        }

      g_string_append_c (opening->out, ',');
    }

  if (opening->out->str[opening->out->len - 1] == ',')
    g_string_truncate (opening->out, opening->out->len - 1);

  g_string_append_c (opening->out, '}');
}

static gboolean
has_packed (PhJsonValue data)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *name;

  if (ph_json_type (data) != PH_JSON_OBJECT)
    return is_packed (data);

  ph_json_iter_init (&iter, data);

  while (ph_json_next (&iter, &name, &value))
    if (is_packed (value) && is_list_name (name))
      return TRUE;

  return FALSE;
}

static void
note_version (PhJsonValue root,
              PhHealth *health)
{
  const char *version = NULL;

  if (ph_json_member_string (root, "cv", &version, NULL) && strcmp (version, KNOWN_VERSION) != 0)
    ph_health_add (health, PH_HEALTH_NEWER_VERSION, PH_TIME_NONE, "events packed as “%.32s”",
                   version);
}

static gboolean
write_event (Opening *opening,
             PhJsonValue root)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *name;
  gboolean is_whole = TRUE;

  g_string_assign (opening->out, "{");
  ph_json_iter_init (&iter, root);

  while (ph_json_next (&iter, &name, &value))
    {
      if (strcmp (name, "cv") == 0)
        continue;

      if (opening->out->len > 1)
        g_string_append_c (opening->out, ',');

      if (strcmp (name, "data") != 0)
        {
          ph_json_write_key (opening->out, name);
          ph_json_write_value (opening->out, value);
        }
      else if (is_packed (value))
        is_whole = write_opened (opening, name, value) && is_whole;
      else
        write_data (opening, value);
    }

  g_string_append_c (opening->out, '}');

  return is_whole;
}

PhCvResult
ph_cv_open (PhPacked *packed,
            PhJsonValue root,
            GString *out,
            gsize *unpacked,
            PhHealth *health)
{
  Opening opening = { .packed = packed, .out = out, .health = health };
  PhJsonValue data = ph_json_member (root, "data");
  gboolean is_whole;

  g_return_val_if_fail (packed != NULL && out != NULL && unpacked != NULL, PH_CV_PLAIN);

  *unpacked = 0;

  if (ph_json_type (ph_json_member (root, "cv")) == PH_JSON_NONE || !has_packed (data))
    return PH_CV_PLAIN;

  note_version (root, health);

  is_whole = write_event (&opening, root);
  *unpacked = opening.unpacked;

  return is_whole ? PH_CV_OPENED : PH_CV_LOST;
}
