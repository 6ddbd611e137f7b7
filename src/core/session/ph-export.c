/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-export.h"

#include "ph-squeeze.h"

#include <string.h>

/* So much text is packed and written at once. */
#define BLOCK_BYTES ((gsize) 4 * 1024 * 1024)
#define GZIP_LEVEL 6
#define ZSTD_LEVEL 9

typedef struct
{
  GOutputStream *stream;
  PhSqueezer *squeezer; /* NULL: the stream packs, or nothing does */
  GString *block;
  GCancellable *cancellable;
} Export;

/* White space between tokens goes, and with it every line break. */
static void
append_compact (GString *line,
                const char *text,
                gsize size)
{
  gboolean in_string = FALSE;

  for (gsize i = 0; i < size; i++)
    {
      char c = text[i];

      if (in_string)
        {
          g_string_append_c (line, c);

          if (c == '\\' && i + 1 < size)
            g_string_append_c (line, text[++i]);
          else if (c == '"')
            in_string = FALSE;
        }
      else if (strchr (" \t\r\n", c) == NULL || c == '\0')
        {
          g_string_append_c (line, c);
          in_string = c == '"';
        }
    }
}

void
ph_export_append_line (GString *line,
                       const char *text,
                       gsize size)
{
  if (memchr (text, '\n', size) != NULL || memchr (text, '\r', size) != NULL)
    append_compact (line, text, size);
  else
    g_string_append_len (line, text, (gssize) size);
}

/* zstd frames may stand one after the other. */
static gboolean
write_block (Export *export,
             GError **error)
{
  gboolean done;

  if (export->squeezer != NULL)
    {
      g_autoptr (GBytes) bytes =
        ph_squeeze (export->squeezer, export->block->str, export->block->len, NULL);

      done = g_output_stream_write_all (export->stream, g_bytes_get_data (bytes, NULL),
                                        g_bytes_get_size (bytes), NULL, export->cancellable, error);
    }
  else
    {
      done = g_output_stream_write_all (export->stream, export->block->str, export->block->len,
                                        NULL, export->cancellable, error);
    }

  g_string_truncate (export->block, 0);

  return done;
}

static gboolean
write_events (Export *export,
              PhSession *session,
              PhExportFormat format,
              guint *n_lost,
              GError **error)
{
  const char *separator = format == PH_EXPORT_JSON ? "[\n" : "";
  guint n = ph_session_get_n_events (session);

  *n_lost = 0;

  for (guint i = 0; i < n; i++)
    {
      const PhEvent *event = ph_session_get_event (session, i);

      if (ph_session_is_lost (session, event))
        {
          (*n_lost)++;
          continue;
        }

      g_string_append (export->block, separator);
      separator = format == PH_EXPORT_JSON ? ",\n" : "\n";

      if (format == PH_EXPORT_JSON)
        g_string_append_len (export->block, event->text, (gssize) event->size);
      else
        ph_export_append_line (export->block, event->text, event->size);

      if (export->block->len >= BLOCK_BYTES && !write_block (export, error))
        return FALSE;
    }

  if (format == PH_EXPORT_JSON)
    g_string_append (export->block, n > *n_lost ? "\n]\n" : "[]\n");
  else if (n > *n_lost)
    g_string_append_c (export->block, '\n');

  return write_block (export, error);
}

/* A file that is closed so does not take its place. */
static void
give_up (GOutputStream *stream)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
}

gboolean
ph_session_export (PhSession *session,
                   GFile *file,
                   PhExportFormat format,
                   PhExportPacking packing,
                   guint *n_lost,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GFileOutputStream) output = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GString) block = g_string_new (NULL);
  g_autoptr (PhSqueezer) squeezer = NULL;
  Export export = { .block = block, .cancellable = cancellable };

  g_return_val_if_fail (PH_IS_SESSION (session), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  output = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error);

  if (output == NULL)
    return FALSE;

  stream = G_OUTPUT_STREAM (g_object_ref (output));

  if (packing == PH_EXPORT_GZIP)
    {
      g_autoptr (GZlibCompressor) compressor =
        g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, GZIP_LEVEL);

      g_object_unref (stream);
      stream = g_converter_output_stream_new (G_OUTPUT_STREAM (output), G_CONVERTER (compressor));
      g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (stream), FALSE);
    }
  else if (packing == PH_EXPORT_ZSTD)
    {
      squeezer = ph_squeezer_new (ZSTD_LEVEL);
    }

  export.stream = stream;
  export.squeezer = squeezer;

  if (write_events (&export, session, format, n_lost, error) &&
      (packing != PH_EXPORT_GZIP || g_output_stream_close (stream, cancellable, error)) &&
      g_output_stream_close (G_OUTPUT_STREAM (output), cancellable, error))
    return TRUE;

  give_up (G_OUTPUT_STREAM (output));

  return FALSE;
}
