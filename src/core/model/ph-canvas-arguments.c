/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas-arguments.h"

#include "ph-json-write.h"
#include "ph-limits.h"
#include "ph-patch-write.h"
#include "ph-picture.h"

#include <math.h>
#include <string.h>

/* As many bytes of a picture say how large it is, but for a photograph with a long preface. */
#define HEAD_BYTES 65536

/* Lists inside of lists, and buffers inside of views of them. */
#define MAX_DEPTH 4

typedef enum
{
  INT8,
  UINT8,
  UINT8_CLAMPED,
  INT16,
  UINT16,
  INT32,
  UINT32,
  FLOAT32,
  FLOAT64,
  BYTES, /* a view or a buffer without a type */
} Element;

static const struct
{
  const char *name;
  Element element;
  guint size;
} arrays[] = {
  { "ArrayBuffer", BYTES, 1 },
  { "DataView", BYTES, 1 },
  { "Float32Array", FLOAT32, 4 },
  { "Float64Array", FLOAT64, 8 },
  { "Int16Array", INT16, 2 },
  { "Int32Array", INT32, 4 },
  { "Int8Array", INT8, 1 },
  { "Uint16Array", UINT16, 2 },
  { "Uint32Array", UINT32, 4 },
  { "Uint8Array", UINT8, 1 },
  { "Uint8ClampedArray", UINT8_CLAMPED, 1 },
};

/* Of what a context of WebGL makes, that which it takes again. */
static const char *const objects[] = {
  "WebGLBuffer", "WebGLFramebuffer", "WebGLProgram", "WebGLQuery", "WebGLRenderbuffer",
  "WebGLSampler", "WebGLShader", "WebGLSync", "WebGLTexture", "WebGLTransformFeedback",
  "WebGLUniformLocation", "WebGLVertexArrayObject", "WebGLVertexArrayObjectOES"
};

/* Objects are refused where @pixels is NULL. */
static gboolean put_value (GString *text,
                           PhJsonValue value,
                           guint64 *pixels,
                           guint depth);

/* ---- plain values ---- */

gboolean
ph_canvas_read_number (PhJsonValue value,
                       double *number)
{
  const char *string;
  char *end;
  gboolean flag;

  switch (ph_json_type (value))
    {
    case PH_JSON_NUMBER:
      return ph_json_get_double (value, number) && isfinite (*number);
    case PH_JSON_BOOLEAN:
      ph_json_get_bool (value, &flag);
      *number = flag;
      return TRUE;
    case PH_JSON_STRING:
      ph_json_get_string (value, &string, NULL);
      *number = g_ascii_strtod (string, &end);
      return end != string && *end == '\0' && isfinite (*number);
    case PH_JSON_NONE:
    case PH_JSON_NULL: /* how JSON writes NaN */
    case PH_JSON_ARRAY:
    case PH_JSON_OBJECT:
      break;
    }

  return FALSE;
}

/* Up to six digits behind the point; what a division gives is what reading them gives. */
static gboolean
put_decimal (GString *text,
             double number)
{
  const double millionths = rint (fabs (number) * 1e6);
  const double again = millionths / 1e6;
  const double wanted = fabs (number);
  char digits[16];
  guint64 rest;
  guint n = 6;

  if (millionths > 1e15 || memcmp (&again, &wanted, sizeof again) != 0)
    return FALSE;

  if (number < 0)
    g_string_append_c (text, '-');

  rest = (guint64) millionths % 1000000;
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, (guint64) millionths / 1000000);

  if (rest == 0)
    return TRUE;

  for (; rest % 10 == 0; rest /= 10)
    n--;

  g_snprintf (digits, sizeof digits, ".%0*u", (int) n, (guint) rest);
  g_string_append (text, digits);

  return TRUE;
}

void
ph_canvas_put_number (GString *text,
                      double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!put_decimal (text, number))
    g_string_append (text, g_ascii_dtostr (buffer, sizeof buffer, number));
}

void
ph_canvas_put_string (GString *text,
                      const char *string)
{
  ph_json_write_string (text, string, -1);
}

static gboolean
put_list (GString *text,
          PhJsonValue list,
          guint64 *pixels,
          guint depth)
{
  PhJsonIter iter;
  PhJsonValue item;
  gboolean first = TRUE;

  if (depth >= MAX_DEPTH)
    return FALSE;

  g_string_append_c (text, '[');
  ph_json_iter_init (&iter, list);

  while (ph_json_next (&iter, NULL, &item))
    {
      if (!first)
        g_string_append_c (text, ',');

      if (!put_value (text, item, pixels, depth + 1))
        return FALSE;

      first = FALSE;
    }

  g_string_append_c (text, ']');

  return TRUE;
}

gboolean
ph_canvas_put_plain (GString *text,
                     PhJsonValue value)
{
  return put_value (text, value, NULL, 0);
}

/* ---- bytes ---- */

/* Appends the bytes that a text in base64 stands for. */
static gboolean
take_base64 (GByteArray *bytes,
             PhJsonValue object)
{
  g_autofree guchar *decoded = NULL;
  const char *base64;
  gsize size;

  if (!ph_json_member_string (object, "base64", &base64, &size))
    return FALSE;

  if (base64[0] == '\0')
    return TRUE;

  decoded = g_base64_decode (base64, &size);

  if (size > PH_LIMIT_CANVAS_BYTES - MIN (bytes->len, PH_LIMIT_CANVAS_BYTES))
    return FALSE;

  g_byte_array_append (bytes, decoded, (guint) size);

  return TRUE;
}

static void
append_element (GByteArray *bytes,
                Element element,
                double number)
{
  /* As a typed array converts: modulo its width, or to the nearest of what it can hold. */
  double whole = isfinite (number) ? trunc (number) : 0;
  guint64 bits = (guint64) (gint64) fmod (whole, 4294967296.0);
  guint32 word = GUINT32_TO_LE ((guint32) bits);
  guint16 half = GUINT16_TO_LE ((guint16) bits);
  guint8 byte = (guint8) bits;
  float single = (float) number;

  switch (element)
    {
    case UINT8_CLAMPED:
      byte = (guint8) (isnan (number) ? 0 : nearbyint (CLAMP (number, 0, 255)));
      g_byte_array_append (bytes, &byte, 1);
      break;
    case INT8:
    case UINT8:
    case BYTES:
      g_byte_array_append (bytes, &byte, 1);
      break;
    case INT16:
    case UINT16:
      g_byte_array_append (bytes, (const guint8 *) &half, sizeof half);
      break;
    case INT32:
    case UINT32:
      g_byte_array_append (bytes, (const guint8 *) &word, sizeof word);
      break;
    case FLOAT32:
      g_byte_array_append (bytes, (const guint8 *) &single, sizeof single);
      break;
    case FLOAT64:
      g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
      break;
    }
}

static gboolean
take_numbers (GByteArray *bytes,
              Element element,
              guint size,
              PhJsonValue list)
{
  PhJsonIter iter;
  PhJsonValue item;

  if (ph_json_size (list) > PH_LIMIT_CANVAS_BYTES / size)
    return FALSE;

  ph_json_iter_init (&iter, list);

  while (ph_json_next (&iter, NULL, &item))
    {
      double number;

      if (!ph_canvas_read_number (item, &number))
        number = (double) NAN;

      append_element (bytes, element, number);
    }

  return TRUE;
}

/* `new Uint8Array (buffer, offset, length)`. */
static gboolean
take_view (GByteArray *bytes,
           guint size,
           PhJsonValue buffer,
           PhJsonIter *rest)
{
  PhJsonValue value;
  gint64 offset = 0;
  gint64 length;

  if (!take_base64 (bytes, buffer))
    return FALSE;

  if (ph_json_next (rest, NULL, &value))
    ph_json_get_int (value, &offset);

  if (offset < 0 || offset > bytes->len)
    return FALSE;

  length = ((gint64) bytes->len - offset) / size;

  if (ph_json_next (rest, NULL, &value))
    ph_json_get_int (value, &length);

  if (length < 0 || length > ((gint64) bytes->len - offset) / size)
    return FALSE;

  if (offset > 0)
    g_byte_array_remove_range (bytes, 0, (guint) offset);

  g_byte_array_set_size (bytes, (guint) length * size);

  return TRUE;
}

static gboolean
take_array (GByteArray *bytes,
            PhJsonValue object,
            guint array)
{
  guint size = arrays[array].size;
  PhJsonIter iter;
  PhJsonValue first;
  gint64 length;

  if (ph_json_type (ph_json_member (object, "base64")) == PH_JSON_STRING)
    return take_base64 (bytes, object) && bytes->len % size == 0;

  ph_json_iter_init (&iter, ph_json_member (object, "args"));

  if (!ph_json_next (&iter, NULL, &first))
    return FALSE;

  if (ph_json_type (first) == PH_JSON_ARRAY)
    return take_numbers (bytes, arrays[array].element, size, first);

  if (ph_json_type (first) == PH_JSON_OBJECT)
    return take_view (bytes, size, first, &iter);

  if (!ph_json_get_int (first, &length) || length < 0 ||
      (guint64) length > PH_LIMIT_CANVAS_BYTES / size)
    return FALSE;

  g_byte_array_set_size (bytes, (guint) length * size);

  if (bytes->len > 0)
    memset (bytes->data, 0, bytes->len);

  return TRUE;
}

static void
put_bytes (GString *text,
           const char *type,
           const GByteArray *bytes)
{
  g_autofree char *base64 = g_base64_encode (bytes->data, bytes->len);

  g_string_append_printf (text, "{\"rr_type\":\"%s\",\"base64\":\"", type);
  g_string_append (text, base64);
  g_string_append_c (text, '"');
}

static gboolean
put_array (GString *text,
           PhJsonValue object,
           guint array)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!take_array (bytes, object, array))
    return FALSE;

  put_bytes (text, arrays[array].name, bytes);
  g_string_append_c (text, '}');

  return TRUE;
}

static gboolean
find_array (const char *type,
            guint *array)
{
  for (*array = 0; *array < G_N_ELEMENTS (arrays); ++*array)
    if (strcmp (arrays[*array].name, type) == 0)
      return TRUE;

  return FALSE;
}

gboolean
ph_canvas_put_image_data (GString *text,
                          PhJsonValue value,
                          guint *data_width,
                          guint *data_height)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  PhJsonIter iter;
  PhJsonValue data;
  const char *type;
  gint64 width = 0;
  gint64 height = 0;
  guint array;

  if (!ph_json_member_string (value, "rr_type", &type, NULL) || strcmp (type, "ImageData") != 0)
    return FALSE;

  if (ph_json_member_int (value, "width", &width))
    {
      ph_json_member_int (value, "height", &height);

      if (!take_base64 (bytes, value))
        return FALSE;
    }
  else
    {
      ph_json_iter_init (&iter, ph_json_member (value, "args"));

      if (!ph_json_next (&iter, NULL, &data) ||
          !ph_json_member_string (data, "rr_type", &type, NULL) || !find_array (type, &array) ||
          !take_array (bytes, data, array) || !ph_json_next (&iter, NULL, &data) ||
          !ph_json_get_int (data, &width) || width <= 0)
        return FALSE;

      height = bytes->len / 4 / width;
    }

  if (width <= 0 || height <= 0 || width > PH_LIMIT_CANVAS_PIXELS ||
      height > PH_LIMIT_CANVAS_PIXELS || width * height * 4 != bytes->len)
    return FALSE;

  *data_width = (guint) width;
  *data_height = (guint) height;
  put_bytes (text, "ImageData", bytes);
  g_string_append_printf (text, ",\"width\":%d,\"height\":%d}", (int) width, (int) height);

  return TRUE;
}

/* ---- pictures ---- */

static gboolean
put_picture (GString *text,
             const char *type,
             const GByteArray *bytes,
             guint64 *pixels)
{
  guint64 width = 0;
  guint64 height = 0;

  if (strcmp (type, "image/svg+xml") != 0 &&
      (!ph_picture_size (bytes->data, bytes->len, &width, &height) ||
       width * height > PH_LIMIT_CANVAS_PIXELS))
    return FALSE;

  *pixels += width * height;
  put_bytes (text, "ImageBitmap", bytes);
  g_string_append (text, ",\"type\":");
  ph_canvas_put_string (text, type);
  g_string_append_c (text, '}');

  return TRUE;
}

static const char *
find_type (const char *type,
           gsize size)
{
  static const char *const types[] = {
    "image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/svg+xml"
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strlen (types[i]) == size && g_ascii_strncasecmp (types[i], type, size) == 0)
      return types[i];

  return NULL;
}

/* `data:image/png;base64,…`; what is not in base64 is percent-encoded text. */
gboolean
ph_canvas_put_address (GString *text,
                       const char *address,
                       guint64 *pixels)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *comma = strchr (address, ',');
  const char *type;
  gsize size;

  if (g_ascii_strncasecmp (address, "data:", 5) != 0 || comma == NULL)
    return FALSE;

  type = find_type (address + 5, strcspn (address + 5, ";,"));

  if (type == NULL)
    return FALSE;

  if (comma - address >= 7 && g_ascii_strncasecmp (comma - 7, ";base64", 7) == 0)
    {
      guchar *decoded = g_base64_decode (comma + 1, &size);

      g_byte_array_append (bytes, decoded, (guint) size);
      g_free (decoded);
    }
  else
    {
      g_autoptr (GBytes) plain = g_uri_unescape_bytes (comma + 1, -1, NULL, NULL);
      gconstpointer data = plain != NULL ? g_bytes_get_data (plain, &size) : NULL;

      if (data == NULL)
        return FALSE;

      g_byte_array_append (bytes, data, (guint) size);
    }

  return put_picture (text, type, bytes, pixels);
}

/* Whether what is decoded would be encoded to this again: before padding, bits may mean nothing. */
static gboolean
is_base64 (const char *text,
           gsize size)
{
  g_autofree guchar *bytes = NULL;
  g_autofree char *again = NULL;
  gsize n = 0;
  gsize n_bytes;

  while (n < size && (g_ascii_isalnum (text[n]) || text[n] == '+' || text[n] == '/'))
    n++;

  if (size == 0 || size % 4 != 0 || size - n > 2)
    return FALSE;

  bytes = g_base64_decode (text + size - 4, &n_bytes);
  again = g_base64_encode (bytes, n_bytes);

  return strcmp (again, text + size - 4) == 0;
}

/* Of what most recorders write no more is decoded than says how large the picture is. */
static gboolean
put_encoded (GString *text,
             const char *type,
             PhJsonValue part,
             guint64 *pixels)
{
  g_autofree guchar *head = NULL;
  g_autofree char *start = NULL;
  guint64 width = 0;
  guint64 height = 0;
  const char *base64;
  gsize size;

  if (strcmp (type, "image/svg+xml") == 0 ||
      !ph_json_member_string (part, "base64", &base64, &size) ||
      size / 4 * 3 > PH_LIMIT_CANVAS_BYTES || !is_base64 (base64, size))
    return FALSE;

  start = g_strndup (base64, MIN (size, HEAD_BYTES / 3 * 4));
  head = g_base64_decode (start, &size);

  if (!ph_picture_size (head, size, &width, &height) || width * height > PH_LIMIT_CANVAS_PIXELS)
    return FALSE;

  *pixels += width * height;
  g_string_append (text, "{\"rr_type\":\"ImageBitmap\",\"base64\":\"");
  g_string_append (text, base64);
  g_string_append (text, "\",\"type\":");
  ph_canvas_put_string (text, type);
  g_string_append_c (text, '}');

  return TRUE;
}

/* The parts of a blob, one after the other. */
static gboolean
put_blob (GString *text,
          PhJsonValue blob,
          guint64 *pixels)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  PhJsonIter iter;
  PhJsonValue part;
  const char *type = "image/png";

  /* A recorder may leave it out: the bytes say themselves of what they are. */
  if (ph_json_member_string (blob, "type", &type, NULL) && type[0] == '\0')
    type = "image/png";

  type = find_type (type, strlen (type));

  if (type == NULL)
    return FALSE;

  /* Written by this file: the bytes are of the bitmap itself. */
  if (ph_json_type (ph_json_member (blob, "base64")) == PH_JSON_STRING)
    return put_encoded (text, type, blob, pixels) ||
           (take_base64 (bytes, blob) && put_picture (text, type, bytes, pixels));

  ph_json_iter_init (&iter, ph_json_member (blob, "data"));

  if (ph_json_size (ph_json_member (blob, "data")) == 1 && ph_json_next (&iter, NULL, &part) &&
      put_encoded (text, type, part, pixels))
    return TRUE;

  ph_json_iter_init (&iter, ph_json_member (blob, "data"));

  while (ph_json_next (&iter, NULL, &part))
    if (!take_base64 (bytes, part))
      return FALSE;

  return put_picture (text, type, bytes, pixels);
}

gboolean
ph_canvas_put_picture (GString *text,
                       PhJsonValue value,
                       guint64 *pixels)
{
  PhJsonIter iter;
  PhJsonValue blob;
  const char *type;
  const char *source;

  if (!ph_json_member_string (value, "rr_type", &type, NULL))
    return FALSE;

  if (strcmp (type, "HTMLImageElement") == 0)
    return ph_json_member_string (value, "src", &source, NULL) &&
           ph_canvas_put_address (text, source, pixels);

  if (strcmp (type, "ImageBitmap") != 0)
    return FALSE;

  if (ph_json_type (ph_json_member (value, "base64")) == PH_JSON_STRING)
    return put_blob (text, value, pixels);

  ph_json_iter_init (&iter, ph_json_member (value, "args"));

  return ph_json_next (&iter, NULL, &blob) && put_blob (text, blob, pixels);
}

/* ---- anything ---- */

static gboolean
put_object (GString *text,
            PhJsonValue value,
            guint64 *pixels)
{
  const char *type;
  gint64 index;
  guint array;
  guint width;
  guint height;

  if (!ph_json_member_string (value, "rr_type", &type, NULL))
    return FALSE;

  if (find_array (type, &array))
    return put_array (text, value, array);

  if (ph_json_member_int (value, "index", &index))
    {
      if (!g_strv_contains (objects, type) || index < 0 || index > PH_LIMIT_CANVAS_COMMANDS)
        return FALSE;

      g_string_append_printf (text, "{\"rr_type\":\"%s\",\"index\":%d}", type, (int) index);
      return TRUE;
    }

  return strcmp (type, "ImageData") == 0 ? ph_canvas_put_image_data (text, value, &width, &height)
                                         : ph_canvas_put_picture (text, value, pixels);
}

static gboolean
put_value (GString *text,
           PhJsonValue value,
           guint64 *pixels,
           guint depth)
{
  const char *string;
  gboolean flag;
  double number;

  switch (ph_json_type (value))
    {
    case PH_JSON_NULL:
      g_string_append (text, "null");
      return TRUE;
    case PH_JSON_BOOLEAN:
      ph_json_get_bool (value, &flag);
      g_string_append (text, flag ? "true" : "false");
      return TRUE;
    case PH_JSON_NUMBER:
      ph_json_get_double (value, &number);
      ph_canvas_put_number (text, number);
      return TRUE;
    case PH_JSON_STRING:
      ph_json_get_string (value, &string, NULL);
      ph_canvas_put_string (text, string);
      return TRUE;
    case PH_JSON_ARRAY:
      return put_list (text, value, pixels, depth);
    case PH_JSON_OBJECT:
      return pixels != NULL && put_object (text, value, pixels);
    case PH_JSON_NONE:
      break;
    }

  return FALSE;
}

gboolean
ph_canvas_put_any (GString *text,
                   PhJsonValue value,
                   guint64 *pixels)
{
  return put_value (text, value, pixels, 0);
}
