/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack-files.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

static la_ssize_t
write_cb (struct archive *archive,
          void *user_data,
          const void *data,
          size_t size)
{
  g_byte_array_append (user_data, data, (guint) size);

  return (la_ssize_t) size;
}

static struct archive *
open_form (const char *form,
           GByteArray *out)
{
  struct archive *archive = archive_write_new ();

  if (g_str_has_prefix (form, "zip"))
    archive_write_set_format_zip (archive);
  else
    archive_write_set_format_pax_restricted (archive);

  if (g_str_equal (form, "zip-stored"))
    archive_write_zip_set_compression_store (archive);
  else if (g_str_equal (form, "tar.gz"))
    archive_write_add_filter_gzip (archive);
  else if (g_str_equal (form, "tar.zst"))
    archive_write_add_filter_zstd (archive);
  else if (g_str_equal (form, "tar.xz"))
    archive_write_add_filter_xz (archive);

  g_assert_cmpint (archive_write_open (archive, out, NULL, write_cb, NULL), ==, ARCHIVE_OK);

  return archive;
}

static void
write_file (struct archive *archive,
            const char *name,
            GBytes *content)
{
  struct archive_entry *entry = archive_entry_new ();
  const char *arrow = strstr (name, " -> ");
  g_autofree char *own = g_strndup (name, arrow != NULL ? (gsize) (arrow - name) : strlen (name));
  gsize size;
  gconstpointer data = g_bytes_get_data (content, &size);

  archive_entry_set_pathname (entry, own);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, 1700000000, 0);

  if (arrow != NULL)
    {
      archive_entry_set_filetype (entry, AE_IFLNK);
      archive_entry_set_symlink (entry, arrow + 4);
      size = 0;
    }
  else if (g_str_has_suffix (name, "/"))
    {
      archive_entry_set_filetype (entry, AE_IFDIR);
      size = 0;
    }
  else
    {
      archive_entry_set_filetype (entry, AE_IFREG);
    }

  archive_entry_set_size (entry, (gint64) size);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);

  if (size > 0)
    g_assert_cmpint (archive_write_data (archive, data, size), ==, size);

  archive_entry_free (entry);
}

GBytes *
ph_pack_files (const char *form,
               const char *const *names,
               GBytes *const *contents,
               guint n)
{
  GByteArray *out = g_byte_array_new ();
  struct archive *archive = open_form (form, out);

  for (guint i = 0; i < n; i++)
    write_file (archive, names[i], contents[i]);

  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);

  return g_byte_array_free_to_bytes (out);
}

GBytes *
ph_pack_texts (const char *form,
               const PhPackFile *files)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (; files->name != NULL; files++)
    {
      g_ptr_array_add (names, (gpointer) files->name);
      g_ptr_array_add (contents, g_bytes_new (files->text, strlen (files->text)));
    }

  return ph_pack_files (form, (const char *const *) names->pdata,
                        (GBytes *const *) contents->pdata, names->len);
}
