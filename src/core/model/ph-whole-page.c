/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-whole-page.h"

#include "ph-dom-pack.h"
#include "ph-json-write.h"

#include <string.h>

#define TAG "playhead-page"
#define FORMAT 1
/* Bytes below 0x20 are written as characters from here on. */
#define CONTROLS 0x100

/* ---- times count from the event ---- */

static void
move_time (PhTime *time,
           PhTime by)
{
  if (*time != PH_TIME_NONE)
    *time += by;
}

static void
move_times (PhDom *dom,
            PhTime by)
{
  const PhPageState *page = ph_dom_get_page (dom);
  PhPresence *presence;

  if (page == NULL || by == 0)
    return;

  presence = &ph_dom_edit_page (dom)->presence;
  move_time (&presence->pressed, by);
  move_time (&presence->dismissed, by);

  for (guint i = 0; presence->media != NULL && i < presence->media->len; i++)
    move_time (&g_array_index (presence->media, PhMedia, i).since, by);
}

/* ---- writing ---- */

static void
append_bytes (GString *out,
              GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    {
      guint8 byte = data[i];

      if (byte == '"' || byte == '\\')
        g_string_append_c (out, '\\');

      if (byte >= 0x20 && byte < 0x80)
        g_string_append_c (out, (char) byte);
      else
        g_string_append_unichar (out, byte < 0x20 ? (gunichar) CONTROLS + byte : byte);
    }
}

char *
ph_whole_page_write (const PhDom *dom,
                     PhTime time)
{
  g_autoptr (PhDom) copy = ph_dom_new (ph_dom_get_names (dom));
  g_autoptr (GBytes) packed = NULL;
  GString *out = g_string_new ("{\"tag\":\"" TAG "\",\"payload\":{\"format\":");

  /* Which event it grew from is no part of it. */
  ph_dom_take_over (copy, ph_dom_copy (dom));
  move_times (copy, -time);
  packed = ph_dom_pack (copy);
  g_string_append_printf (out, "%d,\"page\":\"", FORMAT);
  append_bytes (out, packed);
  g_string_append (out, "\"}}");

  return g_string_free (out, FALSE);
}

/* ---- reading ---- */

gboolean
ph_whole_page_is (PhJsonValue data)
{
  const char *tag;

  return ph_json_member_string (data, "tag", &tag, NULL) && strcmp (tag, TAG) == 0;
}

/* NULL when a character is none of ours. */
static GBytes *
read_bytes (const char *text,
            gsize size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) size);

  for (const char *at = text; at < text + size; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      guint8 byte = (guint8) (c & 0xff);

      if (c >= CONTROLS + 0x20)
        return NULL;

      g_byte_array_append (bytes, &byte, 1);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static PhDom *
read_page (PhBuild *build,
           PhJsonValue data)
{
  PhJsonValue payload = ph_json_member (data, "payload");
  g_autoptr (GBytes) packed = NULL;
  gint64 format = 0;
  const char *text;
  gsize size;

  if (!ph_json_member_int (payload, "format", &format) || format != FORMAT ||
      !ph_json_member_string (payload, "page", &text, &size))
    return NULL;

  packed = read_bytes (text, size);

  return packed != NULL ? ph_dom_unpack (packed, ph_dom_get_names (build->dom), NULL) : NULL;
}

void
ph_whole_page_apply (PhBuild *build,
                     PhJsonValue data)
{
  g_autoptr (PhDom) page = NULL;

  if (ph_dom_get_root (build->dom) == 0)
    return;

  page = read_page (build, data);

  /* A page of a later version, perhaps: what rrweb can say of it was said before. */
  if (page == NULL || ph_dom_get_root (page) == 0)
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                     "a whole page that cannot be read");
      return;
    }

  move_times (page, build->time);
  ph_dom_take_over (build->dom, g_steal_pointer (&page));
}
