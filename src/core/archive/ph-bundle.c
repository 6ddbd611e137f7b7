/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-bundle.h"

#include "ph-entries.h"
#include "ph-error.h"
#include "ph-input.h"
#include "ph-limits.h"
#include "ph-spool.h"
#include "ph-unpack.h"

#include <string.h>

/* A tar's own magic number, and where it is. */
#define TAR_MAGIC "ustar"
#define TAR_MAGIC_AT 257
#define HEAD_SIZE ((gsize) 512)
#define ATTRIBUTES                                                       \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE      \
                                 "," G_FILE_ATTRIBUTE_STANDARD_SIZE      \
                                 "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN \
                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED

typedef struct
{
  char *name;
  goffset size;
  gint64 mtime;
  GFile *file; /* in a folder */
} Member;

struct _PhBundle
{
  GArray *members;     /* Member */
  GHashTable *numbers; /* name → number + 1 */
  const char *kind;
  goffset bytes;
  gboolean is_damaged;

  GInputStream *stream; /* NULL for a folder */
  goffset stream_size;
  PhEntries *spare; /* a walk nobody uses at the moment */
};

static void
clear_member (gpointer data)
{
  Member *member = data;

  g_free (member->name);
  g_clear_object (&member->file);
}

static PhBundle *
new_bundle (void)
{
  PhBundle *bundle = g_atomic_rc_box_new0 (PhBundle);

  bundle->members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_array_set_clear_func (bundle->members, clear_member);
  bundle->numbers = g_hash_table_new (g_str_hash, g_str_equal);

  return bundle;
}

static void
free_bundle (gpointer data)
{
  PhBundle *bundle = data;

  g_hash_table_unref (bundle->numbers);
  g_array_unref (bundle->members);
  ph_entries_free (bundle->spare);
  g_clear_object (&bundle->stream);
}

PhBundle *
ph_bundle_ref (PhBundle *bundle)
{
  g_return_val_if_fail (bundle != NULL, NULL);

  return g_atomic_rc_box_acquire (bundle);
}

void
ph_bundle_unref (PhBundle *bundle)
{
  if (bundle != NULL)
    g_atomic_rc_box_release_full (bundle, free_bundle);
}

static const Member *
get_member (PhBundle *bundle,
            guint member)
{
  return &g_array_index (bundle->members, Member, member);
}

static void
number_members (PhBundle *bundle)
{
  for (guint i = bundle->members->len; i-- > 0;)
    g_hash_table_insert (bundle->numbers, get_member (bundle, i)->name, GUINT_TO_POINTER (i + 1));
}

/* The file's beginning, unpacked as far as it goes. Returns how much that is. */
static gsize
unpack_head (const void *head,
             gsize size,
             guint8 *out,
             gboolean *is_packed)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (head, (gssize) size, NULL);
  g_autoptr (PhUnpack) unpack = ph_unpack_new (stream);
  gsize done = 0;
  gssize n;

  do
    {
      n = ph_unpack_read (unpack, out + done, HEAD_SIZE - done, NULL, NULL);
      done += (gsize) MAX (n, 0);
    }
  while (n > 0 && done < HEAD_SIZE);

  *is_packed = ph_unpack_get_packing (unpack) != NULL;

  return done;
}

static gboolean
is_plain_head (const guint8 *head,
               gsize size)
{
  /* A file in it, or the end of its list: it is empty. */
  static const char *const zips[] = { "PK\003\004", "PK\005\006" };

  for (guint i = 0; i < G_N_ELEMENTS (zips); i++)
    if (size >= 4 && memcmp (head, zips[i], 4) == 0)
      return TRUE;

  return size >= HEAD_SIZE &&
         memcmp (head + TAR_MAGIC_AT, TAR_MAGIC, strlen (TAR_MAGIC)) == 0;
}

gboolean
ph_bundle_is_head (const void *head,
                   gsize size)
{
  guint8 unpacked[HEAD_SIZE];
  gboolean is_packed;

  g_return_val_if_fail (head != NULL || size == 0, FALSE);

  return is_plain_head (unpacked, unpack_head (head, size, unpacked, &is_packed));
}

typedef struct
{
  GInputStream *stream;
  PhUnpack *unpack;
  PhEntries *entries; /* of xz */
  GCancellable *cancellable;
} Feed;

static gssize
read_feed (void *buffer,
           gsize size,
           gpointer user_data,
           GError **error)
{
  Feed *feed = user_data;

  if (feed->entries != NULL)
    return ph_entries_read (feed->entries, buffer, size, error);

  if (feed->unpack != NULL)
    return ph_unpack_read (feed->unpack, buffer, size, feed->cancellable, error);

  return g_input_stream_read (feed->stream, buffer, size, feed->cancellable, error);
}

/* A limit of its own for xz, which packs zeros a lot better than the others. */
static GInputStream *
spool_xz (GInputStream *stream,
          goffset size,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (PhEntries) entries = ph_entries_new (stream, size, TRUE, error);
  guint64 limit = MAX (PH_LIMIT_UNPACK_FREE, (guint64) size * PH_LIMIT_UNPACK_RATIO);
  Feed feed = { .entries = entries };
  PhEntry entry;

  if (entries == NULL)
    return NULL;

  ph_entries_set_cancellable (entries, cancellable);

  if (!ph_entries_next (entries, &entry, error))
    return NULL;

  return ph_spool_fill (read_feed, &feed, MIN (limit, PH_LIMIT_BUNDLE_SPOOL), error);
}

static goffset
get_stream_size (GInputStream *stream,
                 GCancellable *cancellable,
                 GError **error)
{
  goffset size;

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, cancellable, error))
    return -1;

  size = g_seekable_tell (G_SEEKABLE (stream));

  return g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error) ? size : -1;
}

/* Unpacked in a file of its own when the whole of it is packed, else itself. */
static GInputStream *
unpack_whole (PhBundle *bundle,
              GInputStream *stream,
              GCancellable *cancellable,
              GError **error)
{
  static const guint8 xz[] = { 0xfd, '7', 'z', 'X', 'Z', 0 };
  g_autoptr (PhUnpack) unpack = NULL;
  guint8 head[HEAD_SIZE];
  guint8 unpacked[HEAD_SIZE];
  gsize size = 0;
  gboolean is_packed;
  Feed feed = {};
  GInputStream *spooled;

  if (!g_input_stream_read_all (stream, head, HEAD_SIZE, &size, cancellable, error) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return NULL;

  if (size >= sizeof xz && memcmp (head, xz, sizeof xz) == 0)
    return spool_xz (stream, bundle->bytes, cancellable, error);

  unpack_head (head, size, unpacked, &is_packed);

  if (!is_packed)
    return g_object_ref (stream);

  unpack = ph_unpack_new (stream);
  feed = (Feed) { .unpack = unpack, .cancellable = cancellable };
  spooled = ph_spool_fill (read_feed, &feed, PH_LIMIT_BUNDLE_SPOOL, error);
  bundle->is_damaged = ph_unpack_get_condition (unpack) != PH_UNPACK_WHOLE;

  return spooled;
}

static gboolean
list_entries (PhBundle *bundle,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (PhEntries) entries = NULL;
  g_autoptr (GError) problem = NULL;
  PhEntry entry;

  entries = ph_entries_new (bundle->stream, bundle->stream_size, FALSE, error);

  if (entries == NULL)
    return FALSE;

  ph_entries_set_cancellable (entries, cancellable);

  while (bundle->members->len < PH_LIMIT_BUNDLE_MEMBERS &&
         ph_entries_next (entries, &entry, &problem))
    {
      Member member = { g_strdup (entry.name), entry.size, entry.mtime, NULL };

      g_array_append_val (bundle->members, member);
    }

  /* What was listed before it broke off can be used. */
  if (problem != NULL && (bundle->members->len == 0 || problem->domain != PH_ERROR))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  bundle->is_damaged |= problem != NULL || bundle->members->len == PH_LIMIT_BUNDLE_MEMBERS;

  return TRUE;
}

static const char *
get_kind (GInputStream *stream,
          GCancellable *cancellable)
{
  char head[2] = "";
  gsize size;

  g_input_stream_read_all (stream, head, sizeof head, &size, cancellable, NULL);

  return memcmp (head, "PK", 2) == 0 ? "zip" : "tar";
}

PhBundle *
ph_bundle_open_stream (GInputStream *stream,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (PhBundle) bundle = new_bundle ();
  g_autoptr (GInputStream) seekable = NULL;
  Feed feed = { .stream = stream, .cancellable = cancellable };

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  if (G_IS_SEEKABLE (stream) && g_seekable_can_seek (G_SEEKABLE (stream)))
    seekable = g_object_ref (stream);
  else
    seekable = ph_spool_fill (read_feed, &feed, PH_LIMIT_BUNDLE_SPOOL, error);

  if (seekable == NULL)
    return NULL;

  bundle->bytes = get_stream_size (seekable, cancellable, error);

  if (bundle->bytes < 0)
    return NULL;

  bundle->stream = unpack_whole (bundle, seekable, cancellable, error);

  if (bundle->stream == NULL)
    return NULL;

  bundle->kind = get_kind (bundle->stream, cancellable);
  bundle->stream_size = get_stream_size (bundle->stream, cancellable, error);

  if (bundle->stream_size < 0 || !list_entries (bundle, cancellable, error))
    return NULL;

  number_members (bundle);

  return g_steal_pointer (&bundle);
}

static void
add_file (PhBundle *bundle,
          GFile *file,
          GFileInfo *info,
          const char *prefix)
{
  g_autofree char *base = g_filename_display_name (g_file_info_get_name (info));
  g_autoptr (GDateTime) changed = g_file_info_get_modification_date_time (info);
  Member member = { g_strconcat (prefix, base, NULL), g_file_info_get_size (info),
                    changed != NULL ? g_date_time_to_unix (changed) : 0, g_object_ref (file) };

  g_array_append_val (bundle->members, member);
  bundle->bytes += member.size;
}

static gboolean
list_folder (PhBundle *bundle,
             GFile *folder,
             const char *prefix,
             guint depth,
             GCancellable *cancellable,
             GError **error);

/* One thing in a folder. FALSE to stop: cancelled, or as many as there may be. */
static gboolean
list_child (PhBundle *bundle,
            GFile *child,
            GFileInfo *info,
            const char *prefix,
            guint depth,
            GCancellable *cancellable,
            GError **error)
{
  GFileType type = g_file_info_get_file_type (info);

  if (g_file_info_get_is_hidden (info))
    return TRUE;

  if (type == G_FILE_TYPE_DIRECTORY)
    {
      g_autofree char *base = g_filename_display_name (g_file_info_get_name (info));
      g_autofree char *below = g_strconcat (prefix, base, "/", NULL);

      return list_folder (bundle, child, below, depth + 1, cancellable, error);
    }

  if (type == G_FILE_TYPE_REGULAR)
    add_file (bundle, child, info, prefix);

  return TRUE;
}

/* A folder below that cannot be read is left out, and so is what nests too deep. */
static gboolean
list_folder (PhBundle *bundle,
             GFile *folder,
             const char *prefix,
             guint depth,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GFileEnumerator) children = NULL;
  GFileInfo *info = NULL;
  GFile *child = NULL;

  if (depth > PH_LIMIT_BUNDLE_DEPTH)
    {
      bundle->is_damaged = TRUE;
      return TRUE;
    }

  children = g_file_enumerate_children (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                        cancellable, depth == 0 ? error : NULL);

  if (children == NULL)
    {
      bundle->is_damaged = TRUE;
      return depth > 0 && !g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  while (bundle->members->len < PH_LIMIT_BUNDLE_MEMBERS &&
         g_file_enumerator_iterate (children, &info, &child, cancellable, NULL) && info != NULL)
    if (!list_child (bundle, child, info, prefix, depth, cancellable, error))
      return FALSE;

  bundle->is_damaged |= bundle->members->len == PH_LIMIT_BUNDLE_MEMBERS;

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

int
ph_bundle_compare_names (const char *a,
                         const char *b)
{
  while (*a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          gsize digits_a;
          gsize digits_b;
          int difference;

          a += strspn (a, "0");
          b += strspn (b, "0");
          digits_a = strspn (a, "0123456789");
          digits_b = strspn (b, "0123456789");

          if (digits_a != digits_b)
            return digits_a < digits_b ? -1 : 1;

          difference = memcmp (a, b, digits_a);

          if (difference != 0)
            return difference;

          a += digits_a;
          b += digits_b;
        }
      else if (*a != *b)
        {
          return (guchar) *a < (guchar) *b ? -1 : 1;
        }
      else
        {
          a++;
          b++;
        }
    }

  return (*a != '\0') - (*b != '\0');
}

/* Folders are listed in no order: names decide, and the rest when they count as equal. */
static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  const Member *x = a;
  const Member *y = b;
  int difference = ph_bundle_compare_names (x->name, y->name);

  return difference != 0 ? difference : strcmp (x->name, y->name);
}

PhBundle *
ph_bundle_open (GFile *file,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (PhBundle) bundle = NULL;
  g_autoptr (GFileInputStream) stream = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) !=
      G_FILE_TYPE_DIRECTORY)
    {
      stream = g_file_read (file, cancellable, error);

      return stream != NULL
               ? ph_bundle_open_stream (G_INPUT_STREAM (stream), cancellable, error)
               : NULL;
    }

  bundle = new_bundle ();

  bundle->kind = "folder";

  if (!list_folder (bundle, file, "", 0, cancellable, error))
    return NULL;

  g_array_sort (bundle->members, compare_members);
  number_members (bundle);

  return g_steal_pointer (&bundle);
}

PhBundle *
ph_bundle_open_files (GFile *input,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (PhBundle) bundle = new_bundle ();

  bundle->kind = "files";

  for (guint i = 0; i < ph_input_get_n_files (input); i++)
    {
      GFile *file = ph_input_get_file (input, i);
      g_autoptr (GFileInfo) info = g_file_query_info (
        file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, error);

      if (info == NULL)
        return NULL;

      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                               "A folder is opened for itself");
          return NULL;
        }

      add_file (bundle, file, info, "");
    }

  g_array_sort (bundle->members, compare_members);
  number_members (bundle);

  return g_steal_pointer (&bundle);
}

guint
ph_bundle_get_n_members (PhBundle *bundle)
{
  g_return_val_if_fail (bundle != NULL, 0);

  return bundle->members->len;
}

const char *
ph_bundle_get_name (PhBundle *bundle,
                    guint member)
{
  g_return_val_if_fail (bundle != NULL && member < bundle->members->len, NULL);

  return get_member (bundle, member)->name;
}

goffset
ph_bundle_get_size (PhBundle *bundle,
                    guint member)
{
  g_return_val_if_fail (bundle != NULL && member < bundle->members->len, -1);

  return get_member (bundle, member)->size;
}

gint64
ph_bundle_get_mtime (PhBundle *bundle,
                     guint member)
{
  g_return_val_if_fail (bundle != NULL && member < bundle->members->len, 0);

  return get_member (bundle, member)->mtime;
}

gboolean
ph_bundle_find (PhBundle *bundle,
                const char *name,
                guint *member)
{
  guint number;

  g_return_val_if_fail (bundle != NULL && name != NULL && member != NULL, FALSE);

  number = GPOINTER_TO_UINT (g_hash_table_lookup (bundle->numbers, name));

  if (number == 0)
    return FALSE;

  *member = number - 1;

  return TRUE;
}

const char *
ph_bundle_get_kind (PhBundle *bundle)
{
  g_return_val_if_fail (bundle != NULL, NULL);

  return bundle->kind;
}

goffset
ph_bundle_get_bytes (PhBundle *bundle)
{
  g_return_val_if_fail (bundle != NULL, 0);

  return bundle->bytes;
}

gboolean
ph_bundle_is_damaged (PhBundle *bundle)
{
  g_return_val_if_fail (bundle != NULL, FALSE);

  return bundle->is_damaged;
}

/* A member of a zip or tar. It has a walk for itself, and leaves it to the bundle. */
#define PH_TYPE_MEMBER_STREAM (ph_member_stream_get_type ())
G_DECLARE_FINAL_TYPE (PhMemberStream, ph_member_stream, PH, MEMBER_STREAM, GInputStream)

struct _PhMemberStream
{
  GInputStream parent_instance;

  PhBundle *bundle;
  PhEntries *entries;
};

G_DEFINE_FINAL_TYPE (PhMemberStream, ph_member_stream, G_TYPE_INPUT_STREAM)

static void
ph_member_stream_finalize (GObject *object)
{
  PhMemberStream *self = PH_MEMBER_STREAM (object);
  PhBundle *bundle = self->bundle;

  ph_entries_set_cancellable (self->entries, NULL);

  /* The one that is less far serves more of what may come. */
  if (bundle->spare == NULL ||
      ph_entries_get_n (bundle->spare) > ph_entries_get_n (self->entries))
    {
      ph_entries_free (bundle->spare);
      bundle->spare = g_steal_pointer (&self->entries);
    }

  ph_entries_free (self->entries);
  ph_bundle_unref (bundle);

  G_OBJECT_CLASS (ph_member_stream_parent_class)->finalize (object);
}

static gssize
ph_member_stream_read (GInputStream *stream,
                       void *buffer,
                       gsize size,
                       GCancellable *cancellable,
                       GError **error)
{
  PhMemberStream *self = PH_MEMBER_STREAM (stream);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;

  return ph_entries_read (self->entries, buffer, size, error);
}

static void
ph_member_stream_class_init (PhMemberStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_member_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = ph_member_stream_read;
}

static void
ph_member_stream_init (PhMemberStream *self)
{
}

/* A walk that stands before @member, the one at hand when it is not past it. */
static PhEntries *
take_entries (PhBundle *bundle,
              guint member,
              GError **error)
{
  if (bundle->spare != NULL && ph_entries_get_n (bundle->spare) <= member)
    return g_steal_pointer (&bundle->spare);

  return ph_entries_new (bundle->stream, bundle->stream_size, FALSE, error);
}

GInputStream *
ph_bundle_open_member (PhBundle *bundle,
                       guint member,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (PhEntries) entries = NULL;
  g_autoptr (GError) problem = NULL;
  PhMemberStream *stream;
  PhEntry entry;

  g_return_val_if_fail (bundle != NULL && member < bundle->members->len, NULL);

  if (bundle->stream == NULL)
    return G_INPUT_STREAM (g_file_read (get_member (bundle, member)->file, cancellable, error));

  entries = take_entries (bundle, member, error);

  if (entries == NULL)
    return NULL;

  ph_entries_set_cancellable (entries, cancellable);

  while (ph_entries_get_n (entries) <= member)
    if (!ph_entries_next (entries, &entry, &problem))
      {
        if (problem == NULL)
          problem = g_error_new_literal (PH_ERROR, PH_ERROR_CORRUPT,
                                         "The archive of files was changed while it was read");

        g_propagate_error (error, g_steal_pointer (&problem));
        return NULL;
      }

  stream = g_object_new (PH_TYPE_MEMBER_STREAM, NULL);
  stream->bundle = ph_bundle_ref (bundle);
  stream->entries = g_steal_pointer (&entries);

  return G_INPUT_STREAM (stream);
}
