/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-packed.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <gio/gio.h>
#include <string.h>

/* What an unpacked event is taken to need for each packed byte, at first. */
#define FIRST_RATIO 6
#define MIN_ROOM ((gsize) 16 * 1024)
/* Memory over this is given back by the next event that needs less. */
#define KEEP_BYTES ((gsize) 8 * 1024 * 1024)

struct _PhPacked
{
  GConverter *zlib;
  GConverter *gzip;  /* NULL while none was met */
  GByteArray *bytes; /* what the string stands for */
  GByteArray *out;
  PhJson *json; /* for what is only quoted */
};

PhPacked *
ph_packed_new (void)
{
  PhPacked *packed = g_new0 (PhPacked, 1);

  packed->zlib = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  packed->bytes = g_byte_array_new ();
  packed->out = g_byte_array_new ();

  return packed;
}

void
ph_packed_free (PhPacked *packed)
{
  if (packed == NULL)
    return;

  g_object_unref (packed->zlib);
  g_clear_object (&packed->gzip);
  g_byte_array_unref (packed->bytes);
  g_byte_array_unref (packed->out);
  ph_json_free (packed->json);
  g_free (packed);
}

/* Gives @array room for @size bytes, and back what an unusually long event took. */
static void
set_room (GByteArray **array,
          gsize size)
{
  if ((*array)->len > KEEP_BYTES && size < KEEP_BYTES)
    {
      g_byte_array_unref (*array);
      *array = g_byte_array_new ();
    }

  g_byte_array_set_size (*array, (guint) size);
}

static const char *
set_corrupt (GError **error,
             const char *what)
{
  g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "The packed event is not valid: %s", what);

  return NULL;
}

/* What a backslash and @at stand for, or -1; @used is how long that is. */
static int
read_escape (const char *at,
             const char *end,
             gsize *used)
{
  static const char names[] = "nrtbf\"\\/";
  static const char bytes[] = "\n\r\t\b\f\"\\/";
  const char *found;
  int value = 0;

  *used = 1;

  if (at == end)
    return -1;

  if (*at != 'u')
    {
      found = *at != '\0' ? strchr (names, *at) : NULL;
      return found != NULL ? bytes[found - names] : -1;
    }

  if (end - at < 5)
    return -1;

  for (guint i = 1; i < 5; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;

      value = value * 16 + g_ascii_xdigit_value (at[i]);
    }

  *used = 5;

  return value <= 0xff ? value : -1;
}

/*
 * Characters up to U+00FF as bytes, in JSON's writing or as they are. FALSE when there are others.
 */
static gboolean
read_bytes (PhPacked *packed,
            const char *at,
            const char *end,
            gboolean is_json)
{
  guint8 *out;

  set_room (&packed->bytes, (gsize) (end - at));
  out = packed->bytes->data;

  while (at < end)
    {
      guint8 c = (guint8) *at++;

      if (c == '\\' && is_json)
        {
          gsize used = 0;
          int value = read_escape (at, end, &used);

          if (value < 0)
            return FALSE;

          *out++ = (guint8) value;
          at += used;
        }
      else if (c < 0x80)
        {
          *out++ = c;
        }
      else if ((c == 0xc2 || c == 0xc3) && at < end && ((guint8) *at & 0xc0) == 0x80)
        {
          *out++ = (guint8) (c << 6 | ((guint8) *at++ & 0x3f));
        }
      else
        {
          return FALSE;
        }
    }

  g_byte_array_set_size (packed->bytes, (guint) (out - packed->bytes->data));

  return TRUE;
}

static const char *
set_too_large (GError **error)
{
  g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "The packed event is longer than %d MB",
               (int) (PH_LIMIT_EVENT_BYTES >> 20));

  return NULL;
}

/* What its first bytes say it is. */
static GConverter *
choose_converter (PhPacked *packed)
{
  const guint8 *bytes = packed->bytes->data;

  if (packed->bytes->len < 2 || bytes[0] != 0x1f || bytes[1] != 0x8b)
    return packed->zlib;

  if (packed->gzip == NULL)
    packed->gzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));

  return packed->gzip;
}

static const char *
inflate_bytes (PhPacked *packed,
               gsize *out_size,
               GError **error)
{
  GConverter *converter = choose_converter (packed);
  gsize taken = 0;
  gsize written = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;

  g_converter_reset (converter);
  set_room (&packed->out, MIN (MIN_ROOM + FIRST_RATIO * packed->bytes->len, PH_LIMIT_EVENT_BYTES));

  while (result != G_CONVERTER_FINISHED)
    {
      g_autoptr (GError) problem = NULL;
      gsize n_in = 0;
      gsize n_out = 0;

      if (written == packed->out->len && written >= PH_LIMIT_EVENT_BYTES)
        return set_too_large (error);

      if (written == packed->out->len)
        g_byte_array_set_size (packed->out, (guint) MIN (2 * written, PH_LIMIT_EVENT_BYTES));

      result = g_converter_convert (converter, packed->bytes->data + taken,
                                    packed->bytes->len - taken, packed->out->data + written,
                                    packed->out->len - written, G_CONVERTER_INPUT_AT_END, &n_in,
                                    &n_out, &problem);

      if (result == G_CONVERTER_ERROR)
        return set_corrupt (error, g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
                                     ? "it ends in the middle"
                                     : "its bytes are damaged");

      taken += n_in;
      written += n_out;
    }

  *out_size = written;

  return (const char *) packed->out->data;
}

/* A string that says the event in JSON, without packing. */
static const char *
read_quoted (PhPacked *packed,
             const char *text,
             gsize size,
             gsize *out_size,
             GError **error)
{
  PhJsonValue root;
  const char *inner;

  if (packed->json == NULL)
    packed->json = ph_json_new ();

  if (!ph_json_parse (packed->json, text, size, &root, error))
    return NULL;

  if (!ph_json_get_string (root, &inner, out_size))
    return set_corrupt (error, "it is no string");

  return inner;
}

/* Elements that are no strings have no white space around them either. */
static const char *
trim (const char *text,
      gsize *size)
{
  while (*size > 0 && g_ascii_isspace (text[*size - 1]))
    --*size;

  while (*size > 0 && g_ascii_isspace (*text))
    {
      text++;
      --*size;
    }

  return text;
}

const char *
ph_packed_open (PhPacked *packed,
                const char *text,
                gsize size,
                gsize *out_size,
                GError **error)
{
  const char *out;

  g_return_val_if_fail (packed != NULL && text != NULL && out_size != NULL, NULL);

  if (size < 2 || text[0] != '"' || text[size - 1] != '"')
    return set_corrupt (error, "it is no string");

  if (size > PH_LIMIT_EVENT_BYTES)
    return set_too_large (error);

  if (text[1] == '{')
    out = read_quoted (packed, text, size, out_size, error);
  else if (read_bytes (packed, text + 1, text + size - 1, TRUE))
    out = inflate_bytes (packed, out_size, error);
  else
    out = set_corrupt (error, "its characters are no bytes");

  return out != NULL ? trim (out, out_size) : NULL;
}

const char *
ph_packed_open_text (PhPacked *packed,
                     const char *text,
                     gsize size,
                     gsize *out_size,
                     GError **error)
{
  g_return_val_if_fail (packed != NULL && text != NULL && out_size != NULL, NULL);

  if (size > PH_LIMIT_EVENT_BYTES)
    return set_too_large (error);

  if (!read_bytes (packed, text, text + size, FALSE))
    return set_corrupt (error, "its characters are no bytes");

  return inflate_bytes (packed, out_size, error);
}

const char *
ph_packed_open_bytes (PhPacked *packed,
                      const guint8 *bytes,
                      gsize size,
                      gsize *out_size,
                      GError **error)
{
  g_return_val_if_fail (packed != NULL && out_size != NULL, NULL);

  if (size > PH_LIMIT_EVENT_BYTES)
    return set_too_large (error);

  set_room (&packed->bytes, size);

  if (size > 0)
    memcpy (packed->bytes->data, bytes, size);

  return inflate_bytes (packed, out_size, error);
}
