/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-entries.h"

#include "ph-error.h"
#include "ph-pack-files.h"

#include <string.h>

static PhEntries *
walk_bytes (GBytes *bytes,
            gboolean is_xz,
            GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return ph_entries_new (stream, (goffset) g_bytes_get_size (bytes), is_xz, error);
}

/* Files and nothing else are told of, whether their bytes are read or not. */
static void
test_walk (void)
{
  static const PhPackFile files[] = {
    { "a", "12345" }, { "b/", "" }, { "l -> a", "" }, { "c", "123" }, { NULL, NULL }
  };
  static const char *const forms[] = { "zip", "tar" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GBytes) bytes = ph_pack_texts (forms[i / 2], files);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhEntries) entries = walk_bytes (bytes, FALSE, &error);
      g_autoptr (GString) out = g_string_new (NULL);
      PhEntry entry;

      g_assert_no_error (error);

      while (ph_entries_next (entries, &entry, &error))
        {
          char text[10];
          gssize n = i % 2 == 0 ? ph_entries_read (entries, text, sizeof text, NULL) : 0;

          g_string_append_printf (out, "%u %s=%d %.*s;", ph_entries_get_n (entries), entry.name,
                                  (int) entry.size, (int) n, text);
        }

      g_assert_no_error (error);
      g_assert_cmpstr (out->str, ==, i % 2 == 0 ? "1 a=5 12345;2 c=3 123;" : "1 a=5 ;2 c=3 ;");
    }
}

static void
test_xz (void)
{
  static const PhPackFile files[] = { { "a", "12345" }, { NULL, NULL } };
  g_autoptr (GBytes) tar = ph_pack_texts ("tar", files);
  g_autoptr (GBytes) bytes = ph_pack_texts ("tar.xz", files);
  g_autoptr (PhEntries) entries = walk_bytes (bytes, TRUE, NULL);
  g_autofree guint8 *out = g_malloc (100000);
  gsize size = 0;
  gssize n;
  PhEntry entry;

  g_assert_true (ph_entries_next (entries, &entry, NULL));

  while ((n = ph_entries_read (entries, out + size, 100000 - size, NULL)) > 0)
    size += (gsize) n;

  g_assert_cmpint (n, ==, 0);
  /* A tar that is packed is not filled up to whole blocks of a tape. */
  g_assert_cmpuint (size, >=, 1024);
  g_assert_cmpmem (out, size, g_bytes_get_data (tar, NULL), size);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("neither of them, but long enough to look at", 43);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhEntries) entries = walk_bytes (bytes, FALSE, &error);
  PhEntry entry;

  if (entries != NULL)
    g_assert_false (ph_entries_next (entries, &entry, &error));

  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entries/walk", test_walk);
  g_test_add_func ("/entries/xz", test_xz);
  g_test_add_func ("/entries/refused", test_refused);

  return g_test_run ();
}
