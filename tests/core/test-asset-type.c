/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-type.h"

#include <string.h>

#define CASE(kind, bytes, type)                    \
  {                                                \
    PH_ASSET_##kind, bytes, sizeof bytes - 1, type \
  }

static void
test_types (void)
{
  static const struct
  {
    PhAssetKind kind;
    const char *bytes;
    gsize size;
    const char *type;
  } cases[] = {
    CASE (IMAGE, "\x89PNG\r\n\x1a\n....", "image/png"),
    CASE (IMAGE, "\xff\xd8\xff\xe0", "image/jpeg"),
    CASE (IMAGE, "GIF89a", "image/gif"),
    CASE (IMAGE, "RIFF....WEBPVP8 ", "image/webp"),
    CASE (IMAGE, "\0\0\0\x1c"
                 "ftypavif",
          "image/avif"),
    CASE (IMAGE, "\0\0\1\0\1", "image/x-icon"),
    CASE (IMAGE, "<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    CASE (IMAGE, "\xef\xbb\xbf <?xml version='1.0'?><!-- a --><svg>", "image/svg+xml"),
    CASE (IMAGE, "<!DOCTYPE html><html><svg>", NULL),
    CASE (IMAGE, "<svgx>", NULL),
    CASE (IMAGE, "plain text", NULL),
    CASE (IMAGE, "", NULL),
    CASE (IMAGE, "G", NULL),
    CASE (IMAGE, "wOF2....", NULL),
    CASE (FONT, "wOF2....", "font/woff2"),
    CASE (FONT, "wOFF....", "font/woff"),
    CASE (FONT, "OTTO", "font/otf"),
    CASE (FONT, "\0\1\0\0", "font/ttf"),
    CASE (FONT, "GIF89a", NULL),
    CASE (MEDIA, "\0\0\0\x20"
                 "ftypisom",
          "video/mp4"),
    CASE (MEDIA, "\x1a\x45\xdf\xa3", "video/webm"),
    CASE (MEDIA, "ID3\3", "audio/mpeg"),
    CASE (MEDIA, "RIFF....WAVEfmt ", "audio/wav"),
    CASE (MEDIA, "WEBVTT\n", "text/vtt"),
    CASE (MEDIA, "<html>", NULL),
    CASE (STYLE, "a { color: red }", "text/css"),
    CASE (STYLE, "", "text/css"),
    CASE (STYLE, "<!-- a{} -->", "text/css"),
    CASE (STYLE, "  <!DOCTYPE html>", NULL),
    CASE (STYLE, "<html>", NULL),
    CASE (STYLE, "a{} \xff", "text/css"),
    CASE (STYLE, "a\0b", NULL),
    CASE (FRAME, "<html>", NULL),
    CASE (OTHER, "\x89PNG\r\n\x1a\n", NULL),
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const guint8 *data = (const guint8 *) cases[i].bytes;

      g_test_message ("%u", i);
      g_assert_cmpstr (ph_asset_type (cases[i].kind, data, cases[i].size), ==, cases[i].type);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asset-type/types", test_types);

  return g_test_run ();
}
