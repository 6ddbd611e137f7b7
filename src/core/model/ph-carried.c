/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-carried.h"

#include "ph-json-write.h"
#include "ph-limits.h"

#include <string.h>

/* Buffers in a blob. */
#define MAX_PARTS 64

static PhJsonValue
get_payload (PhJsonValue root)
{
  return ph_json_member (ph_json_member (root, "data"), "payload");
}

const char *
ph_carried_get_url (PhJsonValue root)
{
  const char *url = NULL;

  if (ph_json_type (get_payload (root)) != PH_JSON_OBJECT ||
      !ph_json_member_string (ph_json_member (root, "data"), "url", &url, NULL) || *url == '\0' ||
      strlen (url) > PH_LIMIT_URL_BYTES)
    return NULL;

  return url;
}

static gboolean
take_bytes (GByteArray *bytes,
            gconstpointer data,
            gsize size)
{
  if (bytes->len + size > PH_LIMIT_ASSET_BYTES)
    return FALSE;

  g_byte_array_append (bytes, data, (guint) size);

  return TRUE;
}

static gboolean
take_buffer (GByteArray *bytes,
             PhJsonValue buffer)
{
  g_autofree guchar *data = NULL;
  const char *base64;
  gsize size;

  if (!ph_json_member_string (buffer, "base64", &base64, &size))
    return FALSE;

  if (size == 0)
    return TRUE;

  data = g_base64_decode (base64, &size);

  return take_bytes (bytes, data, size);
}

static gboolean
take_parts (GByteArray *bytes,
            PhJsonValue parts)
{
  PhJsonIter iter;
  PhJsonValue part;
  guint n = 0;

  if (ph_json_type (parts) != PH_JSON_ARRAY)
    return FALSE;

  ph_json_iter_init (&iter, parts);

  while (ph_json_next (&iter, NULL, &part))
    {
      const char *text;
      gsize size;

      if (++n > MAX_PARTS)
        return FALSE;

      if (ph_json_get_string (part, &text, &size) ? !take_bytes (bytes, text, size)
                                                  : !take_buffer (bytes, part))
        return FALSE;
    }

  return TRUE;
}

GBytes *
ph_carried_read (PhJsonValue root)
{
  PhJsonValue payload = get_payload (root);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *type = "";
  gboolean good;

  ph_json_member_string (payload, "rr_type", &type, NULL);

  if (strcmp (type, "Blob") == 0)
    good = take_parts (bytes, ph_json_member (payload, "data"));
  else if (strcmp (type, "CssText") == 0)
    good = take_parts (bytes, ph_json_member (payload, "cssTexts"));
  else
    good = strcmp (type, "ArrayBuffer") == 0 && take_buffer (bytes, payload);

  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

char *
ph_carried_write (const char *url,
                  const char *type,
                  gconstpointer data,
                  gsize size,
                  double timestamp)
{
  g_autofree char *base64 = g_base64_encode (data, size);
  GString *text = g_string_sized_new (strlen (base64) + 256);

  g_string_append (text, "{\"type\":7,\"data\":{\"url\":");
  ph_json_write_string (text, url, -1);
  g_string_append (text, ",\"payload\":{\"rr_type\":\"Blob\",\"type\":");
  ph_json_write_string (text, type, -1);
  g_string_append (text, ",\"data\":[{\"rr_type\":\"ArrayBuffer\",\"base64\":\"");
  g_string_append (text, base64);
  g_string_append (text, "\"}]}},\"timestamp\":");
  ph_json_write_number (text, timestamp);
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}
