/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-archive.h"
#include "ph-mob-maker.h"

#include <time.h>

/*
 * How fast an OpenReplay archive is read: cut, put in order, said as events. Pages of
 * elements, attributes and texts, then changes of them, in about the proportions of a
 * session that was recorded: 400 bytes and ten messages for each event. The time is that of
 * the processor, as the machine may have other things to do.
 */

#define PAGES 50
#define NODES 2000
#define STEPS 5000

static gboolean
count_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  return TRUE;
}

static void
put_page (GString *script,
          guint page)
{
  gint64 time = G_GINT64_CONSTANT (1700000000000) + (gint64) page * 2 * STEPS;

  g_string_append_printf (script,
                          "0 %" G_GINT64_FORMAT "\n4 https://app.example/table/%u \"\" 0\n"
                          "5 1200 800\n7\n8 1 0 0 BODY 0\n",
                          time, page);

  for (guint i = 0; i < NODES; i++)
    g_string_append_printf (script,
                            "8 %u 1 %u DIV 0\n12 %u class \"row row-%u css-1x2y3z4-container\"\n"
                            "12 %u style \"width: %upx; transform: translate(0px, %upx)\"\n"
                            "9 %u %u 0\n14 %u \"text of row %u, with some words in it\"\n",
                            2 * i + 2, i, 2 * i + 2, i, 2 * i + 2, i, i, 2 * i + 3, 2 * i + 2,
                            2 * i + 3, i);

  for (guint i = 0; i < STEPS; i++)
    {
      g_string_append_printf (script, "0 %" G_GINT64_FORMAT "\n", time + 1 + i);

      for (guint j = 0; j < 8; j++)
        g_string_append_printf (script, "12 %u style \"width: %upx; top: %upx; opacity: 0.5\"\n",
                                2 * ((i + j) % NODES) + 2, i, j);

      if (i % 8 == 0)
        g_string_append_printf (script, "20 %u 300\n", i % 1000);
    }
}

int
main (void)
{
  static const PhSink sink = { count_cb, NULL };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  clock_t begin;
  double seconds;

  for (guint i = 0; i < PAGES; i++)
    {
      g_autoptr (GString) script = g_string_new (NULL);
      g_autoptr (GBytes) page = NULL;

      put_page (script, i);
      page = ph_mob_make (PH_MOB_BARE, script->str);
      g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (stream), page);
    }

  begin = clock ();
  info = ph_archive_read_stream (stream, 0, &sink, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  seconds = (double) (clock () - begin) / CLOCKS_PER_SEC;
  g_print ("{\"bench\":\"mob\",\"mb_per_s\":%.0f,\"mb\":%.0f,\"events\":%d}\n",
           (double) info->bytes / 1e6 / seconds, (double) info->bytes / 1e6, (int) info->n_events);

  return 0;
}
