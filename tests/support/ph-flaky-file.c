/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-flaky-file.h"

#include <string.h>

struct _PhFlakyFile
{
  GObject parent_instance;

  GBytes *bytes;
  guint n_reads;
  guint fail_at;
};

static void ph_flaky_file_iface_init (GFileIface *iface);

#define IMPLEMENT G_IMPLEMENT_INTERFACE (G_TYPE_FILE, ph_flaky_file_iface_init)

G_DEFINE_FINAL_TYPE_WITH_CODE (PhFlakyFile, ph_flaky_file, G_TYPE_OBJECT, IMPLEMENT)

/* --- its streams ----------------------------------------------------------- */

typedef struct
{
  GFileInputStream parent_instance;

  PhFlakyFile *file;
  gsize pos;
} Stream;

typedef GFileInputStreamClass StreamClass;

static GType stream_get_type (void);

G_DEFINE_TYPE (Stream, stream, G_TYPE_FILE_INPUT_STREAM)

static gssize
read_stream (GInputStream *stream,
             void *buffer,
             gsize count,
             GCancellable *cancellable,
             GError **error)
{
  Stream *self = (Stream *) stream;
  gsize size;
  const char *data = g_bytes_get_data (self->file->bytes, &size);
  gsize n = MIN (count, size - self->pos);

  if (self->file->n_reads++ == self->file->fail_at)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "read %u was made to fail",
                   self->file->fail_at);
      return -1;
    }

  memcpy (buffer, data + self->pos, n);
  self->pos += n;

  return (gssize) n;
}

static void
stream_finalize (GObject *object)
{
  g_object_unref (((Stream *) object)->file);

  G_OBJECT_CLASS (stream_parent_class)->finalize (object);
}

static void
stream_class_init (StreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = read_stream;
}

static void
stream_init (Stream *self)
{
}

/* --- the file -------------------------------------------------------------- */

static GFileInputStream *
read_file (GFile *file,
           GCancellable *cancellable,
           GError **error)
{
  Stream *stream = g_object_new (stream_get_type (), NULL);

  stream->file = PH_FLAKY_FILE (g_object_ref (file));

  return G_FILE_INPUT_STREAM (stream);
}

static GFileInfo *
query_info (GFile *file,
            const char *attributes,
            GFileQueryInfoFlags flags,
            GCancellable *cancellable,
            GError **error)
{
  GFileInfo *info = g_file_info_new ();

  g_file_info_set_file_type (info, G_FILE_TYPE_REGULAR);
  g_file_info_set_size (info, (goffset) g_bytes_get_size (PH_FLAKY_FILE (file)->bytes));

  return info;
}

static char *
get_uri (GFile *file)
{
  return g_strdup ("flaky:///archive.json");
}

static char *
get_basename (GFile *file)
{
  return g_strdup ("archive.json");
}

static char *
get_path (GFile *file)
{
  return NULL;
}

static void
ph_flaky_file_iface_init (GFileIface *iface)
{
  iface->read_fn = read_file;
  iface->query_info = query_info;
  iface->get_uri = get_uri;
  iface->get_parse_name = get_uri;
  iface->get_basename = get_basename;
  iface->get_path = get_path;
}

static void
ph_flaky_file_finalize (GObject *object)
{
  g_bytes_unref (PH_FLAKY_FILE (object)->bytes);

  G_OBJECT_CLASS (ph_flaky_file_parent_class)->finalize (object);
}

static void
ph_flaky_file_class_init (PhFlakyFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_flaky_file_finalize;
}

static void
ph_flaky_file_init (PhFlakyFile *self)
{
  self->fail_at = G_MAXUINT;
}

GFile *
ph_flaky_file_new (GBytes *bytes)
{
  PhFlakyFile *self = g_object_new (PH_TYPE_FLAKY_FILE, NULL);

  self->bytes = g_bytes_ref (bytes);

  return G_FILE (self);
}

void
ph_flaky_file_fail_at (PhFlakyFile *self,
                       guint n)
{
  g_return_if_fail (PH_IS_FLAKY_FILE (self));

  self->n_reads = 0;
  self->fail_at = n;
}

guint
ph_flaky_file_get_n_reads (PhFlakyFile *self)
{
  g_return_val_if_fail (PH_IS_FLAKY_FILE (self), 0);

  return self->n_reads;
}
