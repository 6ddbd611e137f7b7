/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-archive.h"

#include <time.h>

/*
 * How fast payloads of Clarity are read: a page of some thousand elements, then changes of
 * it, pointers and fields, payload by payload, as one session of 100 pages. MB a second of the
 * processor.
 */

#define N_PAGES 100
#define N_PAYLOADS 20
#define N_ROWS 1500

static gboolean
count_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  return TRUE;
}

static void
put_page (GString *out)
{
  guint id = 6;

  g_string_append (out, "[2,5,2,\"*D\",\"name=html\",\"publicId=\",\"systemId=\",3,1,2,\"HTML\",4,"
                        "3,\"HEAD\",\"*B=http://shop.example/list\",5,3,4,\"BODY\"");

  for (guint row = 0; row < N_ROWS; row++, id += 4)
    g_string_append_printf (out,
                            ",%u,5,%u,\"DIV\",\"class=row row-%u\",\"data-key=item-%u\","
                            "\"style=top: %upx; height: 32px;\",%u,%u,\"SPAN\",\"class=cell name\","
                            "%u,%u,\"*T\",\"The name of the thing in row %u\",%u,%u,%u,[18],"
                            "\"class=cell price\"",
                            id, row == 0 ? 0 : id - 4, row % 2, row, row * 32, id + 1, id, id + 2,
                            id + 1, row, id + 3, id, id + 1);

  g_string_append_c (out, ']');
}

static void
put_changes (GString *out,
             guint sequence)
{
  for (guint i = 0; i < 100; i++)
    {
      guint row = (i * 37 + sequence) % N_ROWS;
      guint id = 6 + 4 * row;

      g_string_append_printf (out,
                              "%s[%u,6,%u,5,%u,\"DIV\",\"class=row row-%u hover\","
                              "\"data-key=item-%u\",\"style=top: %upx; height: 40px;\",%u,%u,"
                              "\"*T\",\"A new name for the thing in row %u\"]",
                              i > 0 ? "," : "", sequence * 1000 + i * 8, id,
                              row == 0 ? 0 : id - 4, row % 2, row, row * 32 + i, id + 2, id + 1,
                              row);
    }
}

static void
put_payload (GString *out,
             guint page,
             guint sequence)
{
  g_string_append_printf (out,
                          "{\"e\":[\"0.8.70\",%u,%u,1000,\"shop\",\"u\",\"s\",%u,0,%d,0,"
                          "\"http://shop.example/list\"],\"a\":[[1,11,1280,720]",
                          sequence, (sequence - 1) * 1000, page, sequence == N_PAYLOADS);

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (out, ",[%u,12,%u,%u,%u,\"\",\"true\"]", sequence * 1000 + i * 16,
                            7 + 4 * i, 100 + i * 9 % 700, 80 + i * 7 % 500);

  g_string_append (out, "],\"p\":[");

  if (sequence == 1)
    put_page (out);
  else
    put_changes (out, sequence);

  g_string_append (out, "]}\n");
}

int
main (void)
{
  static const PhSink sink = { count_cb, NULL };
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  gsize size;
  clock_t begin;
  double seconds;

  for (guint page = 1; page <= N_PAGES; page++)
    for (guint sequence = 1; sequence <= N_PAYLOADS; sequence++)
      put_payload (out, page, sequence);

  size = out->len;
  stream = g_memory_input_stream_new_from_data (g_string_free (out, FALSE), (gssize) size, g_free);
  begin = clock ();
  info = ph_archive_read_stream (stream, 0, &sink, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  seconds = (double) (clock () - begin) / CLOCKS_PER_SEC;
  g_print ("{\"bench\":\"clarity\",\"mb_per_s\":%.0f,\"events\":%d}\n",
           (double) info->bytes / 1e6 / seconds, (int) info->n_events);

  return 0;
}
