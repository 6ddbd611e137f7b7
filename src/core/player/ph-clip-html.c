/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-html.h"

#include "ph-clip-resources.h"
#include "ph-cursor.h"
#include "ph-json-write.h"
#include "ph-scratch.h"
#include "ph-text.h"

#include <math.h>
#include <string.h>

#define FOLDER "/io/github/playhead_viewer/Playhead/clip/"
/* Two scripts, and what the file itself holds. Frames have no address, so none is allowed. */
#define POLICY                                                                        \
  "default-src 'none'; script-src 'sha256-%s' 'sha256-%s'; "                          \
  "style-src 'unsafe-inline' data:; img-src data:; font-src data:; media-src data:; " \
  "connect-src 'none'; frame-src 'none'; worker-src 'none'; object-src 'none'; "      \
  "manifest-src 'none'; base-uri 'none'; form-action 'none'"
/* More changes than this are told together: then those of so many milliseconds' time. */
#define MAX_STEPS 30000
#define GZIP_LEVEL 9
#define BLOCK_BYTES ((gsize) 64 * 1024)
/* A title is cut behind so many characters. */
#define TITLE_CHARS 200
/* Sheets that name sheets that name … */
#define MAX_DEPTH 8

/* In an order in which each finds what it needs. */
static const char *const scripts[] = {
  "overlay.js",
  "applier.js",
  "sheets.js",
  "forms.js",
  "canvas.js",
  "top.js",
  "marks.js",
  "media.js",
  "time.js",
  "scroll.js",
  "selection.js",
  "assets.js",
  "clip-player.js",
};

typedef struct
{
  PhSession *session;
  const PhClipHtml *clip;
  PhSpan span;
  PhCursor *cursor;
  GOutputStream *out;
  GConverter *gzip;
  int base64_state, base64_save;

  GString *pointer; /* JSON, as the page goes by */
  GString *clicks;
  GString *pages;
  PhPointer last_pointer;
  PhTime last_time;
  char *last_href;
  gboolean has_patches;
  GHashTable *assets; /* numbers that patches name */

  PhSessionProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
} Maker;

/* ---- the scripts ---- */

static GBytes *
read_part (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  GBytes *bytes = g_resource_lookup_data (ph_clip_get_resource (), path,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);

  return bytes;
}

/* Without what only who reads the source needs: comments that have lines of their own, indents. */
static void
append_part (GString *out,
             const char *name)
{
  g_autoptr (GBytes) bytes = read_part (name);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean is_comment = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      is_comment |= g_str_has_prefix (line, "/*");

      if (!is_comment && *line != '\0')
        g_string_append_printf (out, "%s\n", line);

      if (is_comment && g_str_has_suffix (line, "*/"))
        is_comment = FALSE;
    }
}

static GString *
join_scripts (void)
{
  GString *code = g_string_new ("/* SPDX-License-Identifier: GPL-3.0-or-later */\n");

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    append_part (code, scripts[i]);

  return code;
}

/* As a Content-Security-Policy names a script. */
static char *
hash_script (const GString *code)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) code->str, (gssize) code->len);
  g_checksum_get_digest (checksum, digest, &size);

  return g_base64_encode (digest, size);
}

/* ---- packed text ---- */

static gboolean
write_base64 (Maker *maker,
              const guint8 *data,
              gsize size,
              GError **error)
{
  g_autofree char *text = g_malloc (size / 3 * 4 + 8);
  gsize n = g_base64_encode_step (data, size, FALSE, text, &maker->base64_state,
                                  &maker->base64_save);

  return g_output_stream_write_all (maker->out, text, n, NULL, maker->cancellable, error);
}

static gboolean
pack (Maker *maker,
      const char *text,
      gsize size,
      GConverterFlags flags,
      GError **error)
{
  g_autofree guint8 *buffer = g_malloc (BLOCK_BYTES);
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (size > 0 || (flags == G_CONVERTER_INPUT_AT_END && result != G_CONVERTER_FINISHED))
    {
      gsize n_read = 0;
      gsize n_written = 0;

      result = g_converter_convert (maker->gzip, text, size, buffer, BLOCK_BYTES, flags, &n_read,
                                    &n_written, error);

      if (result == G_CONVERTER_ERROR || !write_base64 (maker, buffer, n_written, error))
        return FALSE;

      text += n_read;
      size -= n_read;
    }

  return TRUE;
}

static gboolean
put (Maker *maker,
     const char *text,
     GError **error)
{
  return pack (maker, text, strlen (text), G_CONVERTER_NO_FLAGS, error);
}

static gboolean
end_pack (Maker *maker,
          GError **error)
{
  char rest[8];
  gsize n;

  if (!pack (maker, "", 0, G_CONVERTER_INPUT_AT_END, error))
    return FALSE;

  n = g_base64_encode_close (FALSE, rest, &maker->base64_state, &maker->base64_save);

  return g_output_stream_write_all (maker->out, rest, n, NULL, maker->cancellable, error);
}

/* ---- times ---- */

/* Milliseconds from the begin. */
static void
append_time (GString *out,
             PhTime time)
{
  ph_json_write_number (out, (double) time / (double) PH_MSEC);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  PhTime x = *(const PhTime *) a;
  PhTime y = *(const PhTime *) b;

  return (x > y) - (x < y);
}

/* When the pointer of @window is somewhere else, and a little before the first time. */
static void
add_pointer_times (Maker *maker,
                   guint32 window,
                   GArray *times)
{
  const PhPointerTrack *track = ph_session_get_pointer (maker->session, window);
  PhTime first = PH_TIME_NONE;

  for (PhTime time = ph_pointer_track_seen (track, maker->span.end);
       time != PH_TIME_NONE && time > maker->span.begin;
       time = ph_pointer_track_seen (track, time - 1))
    {
      first = time;
      g_array_append_val (times, time);
    }

  /* Where it stood still until then it is not to glide. */
  first -= PH_MSEC;

  if (first > maker->span.begin && first < maker->span.end)
    g_array_append_val (times, first);
}

/* All times at which something may change, in order, each once. */
static GArray *
find_times (Maker *maker)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (PhTime));
  GArray *times = g_array_new (FALSE, FALSE, sizeof (PhTime));
  guint end = ph_session_events_until (maker->session, maker->span.end);
  PhTime apart;

  for (guint i = ph_session_events_until (maker->session, maker->span.begin); i < end; i++)
    g_array_append_val (all, ph_session_get_event (maker->session, i)->time);

  for (guint32 i = 0; i < ph_session_get_n_windows (maker->session); i++)
    add_pointer_times (maker, i, all);

  g_array_append_val (all, maker->span.begin);
  g_array_append_val (all, maker->span.end);
  g_array_sort (all, compare_times);
  apart = all->len > MAX_STEPS ? ph_span_length (maker->span) / MAX_STEPS : 0;

  /* Of those that lie together the last one counts. */
  for (guint i = 0; i < all->len; i++)
    {
      PhTime time = g_array_index (all, PhTime, i);
      PhTime before = times->len > 0 ? g_array_index (times, PhTime, times->len - 1) : 0;

      if (times->len > 1 && time - g_array_index (times, PhTime, times->len - 2) < apart)
        g_array_index (times, PhTime, times->len - 1) = time;
      else if (times->len == 0 || time > before)
        g_array_append_val (times, time);
    }

  return times;
}

/* ---- the way of the pointer ---- */

static void
append_place (GString *out,
              double x,
              double y,
              int kind,
              gboolean pressed)
{
  ph_json_write_number (out, round (x * 100) / 100);
  g_string_append_c (out, ',');
  ph_json_write_number (out, round (y * 100) / 100);
  g_string_append_printf (out, ",%d,%d", kind, pressed != 0);
}

static void
note_pointer (Maker *maker,
              const PhPointer *pointer,
              PhTime time)
{
  if (!pointer->visible)
    return;

  g_string_append (maker->pointer, maker->pointer->len > 0 ? ",[" : "[");
  append_time (maker->pointer, time);
  g_string_append_c (maker->pointer, ',');
  append_place (maker->pointer, (double) pointer->x, (double) pointer->y, (int) pointer->kind,
                pointer->pressed);

  for (guint i = 0; i < pointer->n_others; i++)
    {
      const PhTouch *other = &pointer->others[i];

      g_string_append (maker->pointer, ",[");
      append_place (maker->pointer, (double) other->x, (double) other->y, (int) other->kind,
                    other->pressed);
      g_string_append_c (maker->pointer, ']');
    }

  g_string_append_c (maker->pointer, ']');
}

/* Clicks since the step before; the newest come first. */
static void
note_clicks (Maker *maker,
             const PhPointer *pointer,
             PhTime time)
{
  for (guint i = pointer->n_clicks; i > 0; i--)
    {
      const PhClick *click = &pointer->clicks[i - 1];
      PhTime ago = llround ((double) click->progress * (double) PH_CLICK_SPAN);

      /* A float holds that to a few microseconds. */
      if (time - ago <= maker->last_time + 10)
        continue;

      g_string_append (maker->clicks, maker->clicks->len > 0 ? ",[" : "[");
      append_time (maker->clicks, time - ago);
      g_string_append_c (maker->clicks, ',');
      append_place (maker->clicks, (double) click->x, (double) click->y, (int) click->kind, FALSE);
      g_string_append_c (maker->clicks, ']');
    }
}

/* ---- the page ---- */

/* Which of the things on the shelf @text names. */
static void
note_assets (GHashTable *assets,
             const char *text,
             gsize size)
{
  const char *at = text;
  const char *end = text + size;

  while ((at = memmem (at, (gsize) (end - at), PH_ASSET_ADDRESS, strlen (PH_ASSET_ADDRESS))) !=
         NULL)
    {
      at += strlen (PH_ASSET_ADDRESS);
      g_hash_table_add (assets, GUINT_TO_POINTER (g_ascii_strtoull (at, NULL, 10)));
    }
}

static void
note_page (Maker *maker,
           PhTime time)
{
  const char *href = ph_dom_get_href (ph_cursor_get_dom (maker->cursor));

  if (!maker->clip->address || g_strcmp0 (href, maker->last_href) == 0)
    return;

  g_free (maker->last_href);
  maker->last_href = g_strdup (href);
  g_string_append (maker->pages, maker->pages->len > 0 ? ",[" : "[");
  append_time (maker->pages, time);
  g_string_append_c (maker->pages, ',');

  {
    g_autofree char *shown = ph_text_visible (href);

    ph_json_write_string (maker->pages, shown, -1);
  }

  g_string_append_c (maker->pages, ']');
}

static gboolean
put_patch (Maker *maker,
           GBytes *patch,
           PhTime time,
           GError **error)
{
  g_autoptr (GString) head = g_string_new (maker->has_patches ? ",\n[" : "[");
  gsize size;
  const char *text = g_bytes_get_data (patch, &size);

  maker->has_patches = TRUE;
  append_time (head, time);
  g_string_append_c (head, ',');
  note_assets (maker->assets, text, size);

  return put (maker, head->str, error) && pack (maker, text, size, G_CONVERTER_NO_FLAGS, error) &&
         put (maker, "]", error);
}

static gboolean
put_step (Maker *maker,
          PhTime time,
          GError **error)
{
  PhTime at = time - maker->span.begin;
  g_autoptr (GBytes) patch = NULL;
  PhPointer pointer;

  ph_cursor_seek (maker->cursor, time);
  patch = ph_cursor_take_patch (maker->cursor, FALSE);
  ph_cursor_get_pointer (maker->cursor, &pointer);

  if (maker->clip->pointer)
    note_pointer (maker, &pointer, at);

  if (maker->clip->clicks)
    note_clicks (maker, &pointer, at);

  note_page (maker, at);
  maker->last_time = at;

  return patch == NULL || put_patch (maker, patch, at, error);
}

static gboolean
put_steps (Maker *maker,
           GError **error)
{
  g_autoptr (GArray) times = find_times (maker);

  for (guint i = 0; i < times->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (maker->cancellable, error) ||
          !put_step (maker, g_array_index (times, PhTime, i), error))
        return FALSE;

      if (maker->progress != NULL)
        maker->progress ((double) i / times->len, maker->user_data);
    }

  return TRUE;
}

/* ---- what stands for addresses ---- */

static char *dup_data_address (const PhAssetShelf *shelf,
                               guint number,
                               guint depth);

/* A sheet on the shelf names things on the shelf; here there is none. */
static GString *
fill_sheet (const PhAssetShelf *shelf,
            const char *text,
            gsize size,
            guint depth)
{
  GString *filled = g_string_new (NULL);
  const char *end = text + size;

  while (text < end)
    {
      const char *found =
        memmem (text, (gsize) (end - text), PH_ASSET_ADDRESS, strlen (PH_ASSET_ADDRESS));
      g_autofree char *address = NULL;
      char *rest;

      if (found == NULL)
        break;

      g_string_append_len (filled, text, found - text);
      address = dup_data_address (
        shelf, (guint) g_ascii_strtoull (found + strlen (PH_ASSET_ADDRESS), &rest, 10), depth + 1);
      g_string_append (filled, address);
      text = rest;
    }

  g_string_append_len (filled, text, end - text);

  return filled;
}

/* The thing itself, as an address. */
static char *
dup_data_address (const PhAssetShelf *shelf,
                  guint number,
                  guint depth)
{
  const char *type = NULL;
  g_autoptr (GBytes) bytes = ph_asset_shelf_read (shelf, number, &type);
  g_autofree char *base64 = NULL;
  gconstpointer data;
  gsize size;

  if (bytes == NULL || depth > MAX_DEPTH)
    return g_strdup ("data:,");

  data = g_bytes_get_data (bytes, &size);

  if (g_str_has_prefix (type, "text/css"))
    {
      g_autoptr (GString) filled = fill_sheet (shelf, data, size, depth);

      base64 = g_base64_encode ((const guchar *) filled->str, filled->len);
    }
  else
    {
      base64 = g_base64_encode (data, size);
    }

  return g_strdup_printf ("data:%s;base64,%s", type, base64);
}

static gboolean
put_assets (Maker *maker,
            GError **error)
{
  gboolean has_some = FALSE;
  GHashTableIter iter;
  gpointer key;

  if (!put (maker, "],\"assets\":{", error))
    return FALSE;

  g_hash_table_iter_init (&iter, maker->assets);

  while (maker->clip->assets != NULL && g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *address = dup_data_address (maker->clip->assets, GPOINTER_TO_UINT (key), 0);
      g_autoptr (GString) text = g_string_new (has_some ? "," : "");

      has_some = TRUE;
      g_string_append_printf (text, "\"%u\":", GPOINTER_TO_UINT (key));
      ph_json_write_string (text, address, -1);

      if (!put (maker, text->str, error))
        return FALSE;
    }

  return put (maker, "}}", error);
}

/* ---- all of it ---- */

static void
append_notes (GString *out,
              Maker *maker)
{
  gboolean has_some = FALSE;

  g_string_append (out, ",\"captions\":[");

  for (guint i = 0; i < maker->clip->n_notes; i++)
    {
      const PhClipHtmlNote *note = &maker->clip->notes[i];
      g_autofree char *text = NULL;

      if (note->span.end < maker->span.begin || note->span.begin > maker->span.end)
        continue;

      text = g_utf8_make_valid (note->text, -1);
      g_string_append (out, has_some ? ",[" : "[");
      append_time (out, ph_span_clamp (maker->span, note->span.begin) - maker->span.begin);
      g_string_append_c (out, ',');
      append_time (out, ph_span_clamp (maker->span, note->span.end) - maker->span.begin);
      g_string_append_c (out, ',');
      ph_json_write_string (out, text, -1);
      g_string_append_c (out, ']');
      has_some = TRUE;
    }

  g_string_append_c (out, ']');
}

static void
append_idle (GString *out,
             Maker *maker)
{
  gboolean has_some = FALSE;
  guint n;
  const PhSpan *idle = ph_session_get_idle (maker->session, &n);

  g_string_append (out, ",\"idle\":[");

  for (guint i = 0; i < n; i++)
    {
      PhTime begin = ph_span_clamp (maker->span, idle[i].begin) - maker->span.begin;
      PhTime end = ph_span_clamp (maker->span, idle[i].end) - maker->span.begin;

      if (begin >= end)
        continue;

      g_string_append (out, has_some ? ",[" : "[");
      append_time (out, begin);
      g_string_append_c (out, ',');
      append_time (out, end);
      g_string_append_c (out, ']');
      has_some = TRUE;
    }

  g_string_append_c (out, ']');
}

static void
append_member (GString *out,
               const char *name,
               const char *text)
{
  g_string_append_c (out, ',');
  ph_json_write_key (out, name);
  ph_json_write_string (out, text, -1);
}

/* What is known before the page goes by. */
static gboolean
put_head (Maker *maker,
          const GString *code,
          const char *title,
          GError **error)
{
  g_autoptr (GString) out = g_string_new ("{\"version\":1,\"begin\":");
  g_autoptr (GString) frames = g_string_new (NULL);

  append_part (frames, "frames.css");
  append_time (out, maker->span.begin);
  g_string_append (out, ",\"length\":");
  append_time (out, ph_span_length (maker->span));
  g_string_append (out, ",\"speed\":");
  ph_json_write_number (out, maker->clip->speed / 1000.0);
  g_string_append_printf (out, ",\"skips\":%s,\"pointed\":%s",
                          maker->clip->cut_idle ? "true" : "false",
                          maker->clip->pointer ? "true" : "false");
  append_member (out, "title", title);
  append_member (out, "address", PH_ASSET_ADDRESS);
  append_member (out, "frames", frames->str);
  append_member (out, "code", code->str);
  append_notes (out, maker);
  append_idle (out, maker);
  g_string_append (out, ",\n\"patches\":[");

  return put (maker, out->str, error);
}

static gboolean
put_tracks (Maker *maker,
            GError **error)
{
  return put (maker, "],\n\"pointer\":[", error) && put (maker, maker->pointer->str, error) &&
         put (maker, "],\"clicks\":[", error) && put (maker, maker->clicks->str, error) &&
         put (maker, "],\"pages\":[", error) && put (maker, maker->pages->str, error);
}

static char *
dup_title (Maker *maker)
{
  g_autofree char *title = NULL;
  g_autofree char *valid = NULL;

  ph_cursor_seek (maker->cursor, maker->span.begin);
  title = maker->clip->title != NULL ? g_strdup (maker->clip->title)
                                     : ph_dom_dup_title (ph_cursor_get_dom (maker->cursor));
  valid = g_utf8_make_valid (title, -1);

  return ph_text_line (valid, TITLE_CHARS);
}

/* What is drawn above the page, as the stage has it: overlay.js asks for its parts. */
static char *
dup_overlay (void)
{
  g_autoptr (GBytes) bytes = read_part ("stage.html");
  g_autofree char *page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *begin = strstr (page, "<svg id=\"overlay\"");
  const char *end = begin != NULL ? strstr (begin, "</svg>") : NULL;

  g_assert (end != NULL);

  return g_strndup (begin, (gsize) (end - begin) + strlen ("</svg>"));
}

/* What stands for @name in the file's frame; NULL for the data, which is written then. */
static char *
dup_value (const Maker *maker,
           const char *name,
           const char *title,
           const GString *code,
           const GString *loader)
{
  if (g_str_equal (name, "POLICY"))
    {
      g_autofree char *first = hash_script (loader);
      g_autofree char *second = hash_script (code);

      return g_strdup_printf (POLICY, first, second);
    }

  if (g_str_equal (name, "TITLE"))
    return g_markup_escape_text (*title != '\0' ? title : "Clip", -1);

  if (g_str_equal (name, "STYLE"))
    {
      g_autoptr (GString) style = g_string_new (NULL);

      append_part (style, "applier.css");
      append_part (style, "clip-player.css");

      return g_string_free (g_steal_pointer (&style), FALSE);
    }

  if (g_str_equal (name, "OVERLAY"))
    return dup_overlay ();

  if (g_str_equal (name, "LOADER"))
    return g_strdup (loader->str);

  return ph_clip_labels_dup (name, maker->clip->translate);
}

static gboolean
put_data (Maker *maker,
          const char *title,
          const GString *code,
          GError **error)
{
  return put_head (maker, code, title, error) && put_steps (maker, error) &&
         put_tracks (maker, error) && put_assets (maker, error) && end_pack (maker, error);
}

/* The frame has names between @ signs, and no other @ outside of what stands for them. */
static gboolean
put_file (Maker *maker,
          GError **error)
{
  g_autoptr (GBytes) bytes = read_part ("clip-player.html");
  g_autofree char *frame = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) pieces = g_strsplit (frame, "@", -1);
  g_autofree char *title = dup_title (maker);
  g_autoptr (GString) code = join_scripts ();
  g_autoptr (GString) loader = g_string_new (NULL);

  append_part (loader, "clip-loader.js");

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_autofree char *value =
        i % 2 == 1 ? dup_value (maker, pieces[i], title, code, loader) : NULL;
      const char *text = i % 2 == 0 ? pieces[i] : value;

      if (text == NULL ? !put_data (maker, title, code, error)
                       : !g_output_stream_write_all (maker->out, text, strlen (text), NULL,
                                                     maker->cancellable, error))
        return FALSE;
    }

  return g_output_stream_close (maker->out, maker->cancellable, error);
}

static gboolean
make (Maker *maker,
      const char *path,
      GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream =
    g_file_append_to (file, G_FILE_CREATE_NONE, maker->cancellable, error);
  g_autoptr (GOutputStream) out = NULL;
  g_autoptr (GZlibCompressor) gzip =
    g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, GZIP_LEVEL);
  g_autoptr (PhCursor) cursor = ph_cursor_new (maker->session);
  g_autoptr (GString) pointer = g_string_new (NULL);
  g_autoptr (GString) clicks = g_string_new (NULL);
  g_autoptr (GString) pages = g_string_new (NULL);
  g_autoptr (GHashTable) assets = g_hash_table_new (NULL, NULL);
  gboolean done;

  if (stream == NULL)
    return FALSE;

  out = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), BLOCK_BYTES);
  maker->out = out;
  maker->gzip = G_CONVERTER (gzip);
  maker->cursor = cursor;
  maker->pointer = pointer;
  maker->clicks = clicks;
  maker->pages = pages;
  maker->assets = assets;
  maker->last_time = -1;
  ph_cursor_set_window (cursor, maker->clip->window);
  ph_cursor_set_stepping (cursor, TRUE);

  if (maker->clip->assets != NULL)
    ph_cursor_set_assets (cursor, ph_asset_shelf_get_table (maker->clip->assets));

  done = put_file (maker, error);
  g_free (maker->last_href);

  return done;
}

gboolean
ph_session_write_html (PhSession *session,
                       const PhClipHtml *clip,
                       GFile *file,
                       PhSessionProgress progress,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  Maker maker = {
    .session = session,
    .clip = clip,
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
  };
  PhSpan all;
  const char *path;
  g_autofree char *folder = NULL;
  g_autoptr (PhScratch) scratch = NULL;

  g_return_val_if_fail (PH_IS_SESSION (session), FALSE);
  g_return_val_if_fail (clip->span.begin <= clip->span.end, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  path = g_file_peek_path (file);

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "A clip can be written on this machine only");
      return FALSE;
    }

  all = ph_session_get_span (session);
  maker.span.begin = ph_span_clamp (all, clip->span.begin);
  maker.span.end = ph_span_clamp (all, clip->span.end);
  folder = g_path_get_dirname (path);
  ph_scratch_sweep (folder);
  scratch = ph_scratch_new (folder, 0666, error);

  if (scratch == NULL || !make (&maker, ph_scratch_get_path (scratch), error) ||
      !ph_scratch_move (scratch, path, error))
    return FALSE;

  if (progress != NULL)
    progress (1, user_data);

  return TRUE;
}
