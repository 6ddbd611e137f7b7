/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-type.h"

#include <string.h>

/* So far into a text its first tag is looked for. */
#define TEXT_HEAD 1024

typedef struct
{
  guint offset;
  const char *bytes;
  guint size;
  const char *type;
} Magic;

#define MAGIC(offset, bytes, type)        \
  {                                       \
    offset, bytes, sizeof bytes - 1, type \
  }

static const Magic images[] = {
  MAGIC (0, "\x89PNG\r\n\x1a\n", "image/png"),
  MAGIC (0, "\xff\xd8\xff", "image/jpeg"),
  MAGIC (0, "GIF87a", "image/gif"),
  MAGIC (0, "GIF89a", "image/gif"),
  MAGIC (8, "WEBPVP8", "image/webp"),
  MAGIC (4, "ftypavif", "image/avif"),
  MAGIC (4, "ftypavis", "image/avif"),
  MAGIC (0, "BM", "image/bmp"),
  MAGIC (0, "\0\0\1\0", "image/x-icon"),
  MAGIC (0, "\0\0\2\0", "image/x-icon"),
};

static const Magic fonts[] = {
  MAGIC (0, "wOF2", "font/woff2"),
  MAGIC (0, "wOFF", "font/woff"),
  MAGIC (0, "OTTO", "font/otf"),
  MAGIC (0, "\0\1\0\0", "font/ttf"),
  MAGIC (0, "true", "font/ttf"),
  MAGIC (0, "ttcf", "font/collection"),
};

static const Magic media[] = {
  MAGIC (4, "ftyp", "video/mp4"),
  MAGIC (0, "\x1a\x45\xdf\xa3", "video/webm"),
  MAGIC (0, "OggS", "video/ogg"),
  MAGIC (0, "fLaC", "audio/flac"),
  MAGIC (0, "ID3", "audio/mpeg"),
  MAGIC (0, "\xff\xfb", "audio/mpeg"),
  MAGIC (0, "\xff\xf3", "audio/mpeg"),
  MAGIC (0, "\xff\xf1", "audio/aac"),
  MAGIC (8, "WAVE", "audio/wav"),
  MAGIC (0, "WEBVTT", "text/vtt"),
  MAGIC (0, "\xef\xbb\xbfWEBVTT", "text/vtt"),
};

static const char *
look_up (const Magic *magics,
         guint n,
         const guint8 *data,
         gsize size)
{
  for (guint i = 0; i < n; i++)
    if (size >= magics[i].offset + magics[i].size &&
        memcmp (data + magics[i].offset, magics[i].bytes, magics[i].size) == 0)
      return magics[i].type;

  return NULL;
}

/* The text without mark and white space in front, in @buffer; NULL when it is none. */
static const char *
read_head (const guint8 *data,
           gsize size,
           char *buffer)
{
  gsize n = MIN (size, TEXT_HEAD);
  const char *at = buffer;

  if (memchr (data, '\0', n) != NULL)
    return NULL;

  memcpy (buffer, data, n);
  buffer[n] = '\0';

  if (g_str_has_prefix (at, "\xef\xbb\xbf"))
    at += 3;

  while (g_ascii_isspace (*at))
    at++;

  return at;
}

static gboolean
is_drawing (const char *head)
{
  const char *tag = strstr (head, "<svg");

  return head[0] == '<' && tag != NULL && strcasestr (head, "<html") == NULL &&
         (g_ascii_isspace (tag[4]) || tag[4] == '>' || tag[4] == ':' || tag[4] == '/');
}

/* Servers answer with a page where a sheet is gone; style text never begins with a tag. */
static gboolean
is_sheet (const char *head)
{
  gboolean is_comment = g_str_has_prefix (head, "<!--");

  return head[0] != '<' || is_comment;
}

const char *
ph_asset_type (PhAssetKind kind,
               const guint8 *data,
               gsize size)
{
  char buffer[TEXT_HEAD + 1];
  const char *head = size > 0 ? read_head (data, size, buffer) : NULL;

  if (size == 0)
    return kind == PH_ASSET_STYLE ? "text/css" : NULL;

  switch (kind)
    {
    case PH_ASSET_IMAGE:
      if (head != NULL && is_drawing (head))
        return "image/svg+xml";
      return look_up (images, G_N_ELEMENTS (images), data, size);
    case PH_ASSET_FONT:
      return look_up (fonts, G_N_ELEMENTS (fonts), data, size);
    case PH_ASSET_MEDIA:
      return look_up (media, G_N_ELEMENTS (media), data, size);
    case PH_ASSET_STYLE:
      return head != NULL && is_sheet (head) ? "text/css" : NULL;
    case PH_ASSET_FRAME:
    case PH_ASSET_OTHER:
    case PH_ASSET_N_KINDS:
      break;
    }

  return NULL;
}
