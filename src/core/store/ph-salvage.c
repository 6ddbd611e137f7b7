/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-salvage.h"

#include "ph-chunk.h"
#include "ph-error.h"
#include "ph-limits.h"
#include "ph-schema.h"
#include "ph-squeeze.h"

#include <string.h>

/* The table's columns, but for the number, which is the row's own. */
#define N_NUMBERS 6
/* A page of rows of a table, in the first byte of it. */
#define LEAF 0x0d
#define LEAF_HEAD 8
/* The file's own header stands before that of page 1. */
#define FILE_HEAD 100
/* Where the size of a page is, high byte first. */
#define PAGE_SIZE_AT 16
/* What a row says of its columns: nine numbers of at most nine bytes. */
#define ROW_HEAD 81
/* Runs are long: so many of them to a page are none, and as many times the file is not read. */
#define ROWS_PER_PAGE 8

/* A row of the table of runs, as far as its shape tells. */
typedef struct
{
  gint64 number;
  gint64 numbers[N_NUMBERS]; /* first event, events, begin, end, size, checksum */
  gsize data_at;             /* in the row */
  gsize data_size;
  gsize row_size;
  guint page; /* from 0 */
  guint at;   /* of the row in it */
} Row;

typedef struct
{
  GFile *file;
  GInputStream *stream;
  GCancellable *cancellable;
  guint page_size;
  guint n_pages; /* with one that is not whole, the rest of which is taken for zeros */
  GArray *rows;
  guint64 n_read; /* bytes of rows */
} Salvage;

/* --- pages ----------------------------------------------------------------- */

static guint32
read_number (const guint8 *bytes,
             guint n)
{
  guint32 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | bytes[i];

  return number;
}

static gboolean
read_page (Salvage *salvage,
           guint page,
           guint8 *bytes,
           GError **error)
{
  gsize n;

  if (!g_seekable_seek (G_SEEKABLE (salvage->stream), (goffset) page * salvage->page_size,
                        G_SEEK_SET, salvage->cancellable, error) ||
      !g_input_stream_read_all (salvage->stream, bytes, salvage->page_size, &n,
                                salvage->cancellable, error))
    return FALSE;

  memset (bytes + n, 0, salvage->page_size - n);

  return TRUE;
}

/* SQLite's numbers of 1 to 9 bytes, high bits first; FALSE when they go past @end. */
static gboolean
take_varint (const guint8 **at,
             const guint8 *end,
             guint64 *number)
{
  *number = 0;

  for (guint i = 0; i < 9 && *at < end; i++)
    {
      guint8 byte = *(*at)++;

      if (i == 8)
        {
          *number = *number << 8 | byte;
          return TRUE;
        }

      *number = *number << 7 | (byte & 0x7f);

      if ((byte & 0x80) == 0)
        return TRUE;
    }

  return FALSE;
}

/* How much of a row of @size bytes is in the page itself (§1.6). */
static gsize
count_local (const Salvage *salvage,
             gsize size)
{
  gsize usable = salvage->page_size;
  gsize least = (usable - 12) * 32 / 255 - 23;
  gsize local;

  if (size <= usable - 35)
    return size;

  local = least + (size - least) % (usable - 4);

  return local <= usable - 35 ? local : least;
}

/* --- rows ------------------------------------------------------------------ */

/* An integer of a row (§2.1); FALSE when @type is none or it goes past @end. */
static gboolean
take_integer (guint64 type,
              const guint8 **at,
              const guint8 *end,
              gint64 *number)
{
  static const guint8 sizes[] = { 0, 1, 2, 3, 4, 6, 8 };
  guint64 bits;
  guint n;

  if (type == 8 || type == 9)
    {
      *number = type == 9;
      return TRUE;
    }

  if (type == 0 || type >= G_N_ELEMENTS (sizes) || end - *at < sizes[type])
    return FALSE;

  n = sizes[type];
  bits = ((*at)[0] & 0x80) != 0 ? G_MAXUINT64 : 0;

  for (guint i = 0; i < n; i++)
    bits = bits << 8 | (*at)[i];

  *at += n;
  *number = (gint64) bits;

  return TRUE;
}

/* The head of a row: eight columns, of which the first is the row's number and says nothing. */
static gboolean
take_columns (Row *row,
              const guint8 *bytes,
              const guint8 *end)
{
  const guint8 *at = bytes;
  guint64 types[N_NUMBERS + 2];
  guint64 size;

  if (!take_varint (&at, end, &size) || size > ROW_HEAD || size > (gsize) (end - bytes))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (!take_varint (&at, bytes + size, &types[i]))
      return FALSE;

  if (at != bytes + size || types[0] != 0 || types[N_NUMBERS + 1] < 12 ||
      types[N_NUMBERS + 1] % 2 != 0)
    return FALSE;

  for (guint i = 0; i < N_NUMBERS; i++)
    if (!take_integer (types[i + 1], &at, end, &row->numbers[i]))
      return FALSE;

  row->data_at = (gsize) (at - bytes);
  row->data_size = (types[N_NUMBERS + 1] - 12) / 2;

  return row->data_size > 0 && row->data_at + row->data_size == row->row_size;
}

static gboolean
take_row (Salvage *salvage,
          Row *row,
          const guint8 *bytes)
{
  const guint8 *end = bytes + salvage->page_size;
  const guint8 *at = bytes + row->at;
  guint64 size;
  guint64 number;

  if (!take_varint (&at, end, &size) || !take_varint (&at, end, &number) ||
      size > (guint64) salvage->n_pages * salvage->page_size || number > G_MAXINT32)
    return FALSE;

  row->number = (gint64) number;
  row->row_size = (gsize) size;
  row->at = (guint) (at - bytes);

  return count_local (salvage, row->row_size) <= (gsize) (end - at) &&
         take_columns (row, at, at + count_local (salvage, row->row_size)) &&
         row->numbers[1] >= 1 && row->numbers[1] <= PH_CHUNK_EVENTS && row->numbers[0] >= 0 &&
         row->numbers[0] <= G_MAXINT32 && row->numbers[4] >= 1 &&
         row->numbers[4] <= (gint64) (2 * PH_LIMIT_EVENT_BYTES);
}

static void
take_page (Salvage *salvage,
           guint page,
           const guint8 *bytes)
{
  gsize head = page == 0 ? FILE_HEAD : 0;
  guint n = read_number (bytes + head + 3, 2);

  if (bytes[head] != LEAF || head + LEAF_HEAD + 2 * (gsize) n > salvage->page_size)
    return;

  for (guint i = 0; i < n; i++)
    {
      Row row = { .page = page, .at = read_number (bytes + head + LEAF_HEAD + 2 * i, 2) };

      if (salvage->rows->len < salvage->n_pages * (guint64) ROWS_PER_PAGE &&
          row.at < salvage->page_size && take_row (salvage, &row, bytes))
        g_array_append_val (salvage->rows, row);
    }
}

/* --- data ------------------------------------------------------------------ */

/* All of a row: what is in its page, then a chain of pages that begin with the next's number. */
static GBytes *
read_row (Salvage *salvage,
          const Row *row,
          GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint) row->row_size);
  g_autofree guint8 *page = g_malloc (salvage->page_size);
  gsize local = count_local (salvage, row->row_size);
  guint32 next;

  if (!read_page (salvage, row->page, page, error))
    return NULL;

  g_byte_array_append (out, page + row->at, (guint) local);
  next = local < row->row_size && row->at + local + 4 <= salvage->page_size
           ? read_number (page + row->at + local, 4)
           : 0;

  while (out->len < row->row_size)
    {
      gsize n = MIN (row->row_size - out->len, salvage->page_size - 4);

      if (next == 0 || next > salvage->n_pages)
        {
          g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "A run of events is cut off");
          return NULL;
        }

      if (!read_page (salvage, next - 1, page, error))
        return NULL;

      g_byte_array_append (out, page + 4, (guint) n);
      next = read_number (page, 4);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* NULL, without a word, when the row is not what was written. */
static PhChunk *
read_chunk (Salvage *salvage,
            const Row *row)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) content = NULL;
  gint64 numbers[N_NUMBERS];
  const guint8 *data;

  salvage->n_read += row->row_size;

  if (salvage->n_read > (guint64) salvage->n_pages * salvage->page_size * ROWS_PER_PAGE)
    return NULL;

  bytes = read_row (salvage, row, NULL);

  if (bytes == NULL)
    return NULL;

  numbers[0] = row->number;
  memcpy (numbers + 1, row->numbers, (N_NUMBERS - 1) * sizeof (gint64));
  data = (const guint8 *) g_bytes_get_data (bytes, NULL) + row->data_at;

  if (ph_checksum (numbers, N_NUMBERS, data, row->data_size) != (guint32) row->numbers[5])
    return NULL;

  content = ph_unsqueeze (data, row->data_size, (gsize) row->numbers[4], NULL, NULL);

  if (content == NULL)
    return NULL;

  return ph_chunk_new (content, (guint) row->numbers[1], 0, (PhSpan) { 0, G_MAXINT64 / 4 }, NULL);
}

/* --- all of it ------------------------------------------------------------- */

static gboolean
open_file (Salvage *salvage,
           PhSalvaged *salvaged,
           GError **error)
{
  guint8 head[PH_SCHEMA_HEAD];
  gsize size;
  g_autoptr (GFileInfo) info = NULL;

  salvage->stream = G_INPUT_STREAM (g_file_read (salvage->file, salvage->cancellable, error));

  if (salvage->stream == NULL ||
      !g_input_stream_read_all (salvage->stream, head, sizeof head, &size, salvage->cancellable,
                                error))
    return FALSE;

  info = g_file_input_stream_query_info (G_FILE_INPUT_STREAM (salvage->stream),
                                         G_FILE_ATTRIBUTE_STANDARD_SIZE, salvage->cancellable,
                                         error);

  if (info == NULL)
    return FALSE;

  salvaged->bytes = g_file_info_get_size (info);
  salvage->page_size = size == sizeof head ? read_number (head + PAGE_SIZE_AT, 2) : 0;

  if (salvage->page_size < 512 || (salvage->page_size & (salvage->page_size - 1)) != 0)
    salvage->page_size = PH_SCHEMA_PAGE_SIZE;

  salvage->n_pages =
    (guint) MIN ((salvaged->bytes + salvage->page_size - 1) / salvage->page_size, G_MAXINT32);

  return TRUE;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *x = a;
  const Row *y = b;

  if (x->numbers[0] != y->numbers[0])
    return x->numbers[0] < y->numbers[0] ? -1 : 1;

  return (x->page > y->page) - (x->page < y->page);
}

static gboolean
find_rows (Salvage *salvage,
           GError **error)
{
  g_autofree guint8 *bytes = g_malloc (salvage->page_size);

  for (guint i = 0; i < salvage->n_pages; i++)
    {
      if (!read_page (salvage, i, bytes, error))
        return FALSE;

      take_page (salvage, i, bytes);
    }

  g_array_sort (salvage->rows, compare_rows);

  return TRUE;
}

gboolean
ph_salvage (GFile *file,
            const PhSalvageFuncs *funcs,
            gpointer user_data,
            PhSalvaged *salvaged,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  Salvage salvage = { .file = file, .cancellable = cancellable, .rows = rows };
  g_autoptr (GInputStream) stream = NULL;
  gint64 next = 0;
  gboolean is_open;

  *salvaged = (PhSalvaged) { 0 };
  is_open = open_file (&salvage, salvaged, error);
  stream = salvage.stream;

  if (!is_open || !find_rows (&salvage, error))
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      g_autoptr (PhChunk) chunk = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      /* An older copy of a page may still be about. */
      if (row->numbers[0] >= next)
        chunk = read_chunk (&salvage, row);

      for (guint n = 0; chunk != NULL && n < ph_chunk_n_events (chunk); n++)
        if (!funcs->event (ph_chunk_get_event (chunk, n), user_data, error))
          return FALSE;

      if (chunk != NULL)
        {
          salvaged->n_lost += (guint64) (row->numbers[0] - next);
          salvaged->n_events += ph_chunk_n_events (chunk);
          next = row->numbers[0] + row->numbers[1];
        }

      if (funcs->progress != NULL)
        funcs->progress ((goffset) i + 1, rows->len, user_data);
    }

  if (salvaged->n_events > 0)
    return TRUE;

  g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                       "Nothing of the recording can be read any more");

  return FALSE;
}
