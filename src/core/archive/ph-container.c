/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-container.h"

#include "ph-chain.h"
#include "ph-error.h"
#include "ph-foreign.h"
#include "ph-joining.h"
#include "ph-limits.h"
#include "ph-look.h"

#include <glib/gi18n.h>
#include <string.h>

/* Archives of files inside it that are looked into, and how long one of them may be. */
#define MAX_INNER 1000
#define MAX_INNER_BYTES ((goffset) 4 * 1024 * 1024 * 1024)

/* A part as it is handed out, and what it is read from. */
typedef struct
{
  PhInputPart facts;
  GArray *members; /* guint, in the order they are read */
  const PhReader *reader;
  gboolean is_inner; /* its one member is an archive of files itself */
  gint64 begin;
} Part;

struct _PhContainer
{
  PhBundle *bundle;
  const PhReader *whole; /* of a format that is an archive of files, else NULL */
  GPtrArray *parts;      /* Part */
  guint n_inner;
  guint n_looked;
};

static void
free_part (gpointer data)
{
  Part *part = data;

  g_free (part->facts.key);
  g_free (part->facts.title);
  g_free (part->facts.address);
  g_array_unref (part->members);
  g_free (part);
}

static Part *
add_part (PhContainer *container,
          const PhReader *reader)
{
  Part *part = g_new0 (Part, 1);

  part->reader = reader;
  part->members = g_array_new (FALSE, FALSE, sizeof (guint));
  part->begin = PH_TIME_NONE;
  part->facts.format = reader->name;
  g_ptr_array_add (container->parts, part);

  return part;
}

/* An archive of files inside, such as a trace among others: NULL when no reader takes it. */
static const PhReader *
find_inner (PhContainer *container,
            guint member,
            GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (PhBundle) inner = NULL;

  if (container->n_inner == MAX_INNER ||
      ph_bundle_get_size (container->bundle, member) > MAX_INNER_BYTES)
    return NULL;

  container->n_inner++;
  stream = ph_bundle_open_member (container->bundle, member, cancellable, NULL);
  inner = stream != NULL ? ph_bundle_open_stream (stream, cancellable, NULL) : NULL;

  return inner != NULL ? ph_reader_find_bundle (inner, cancellable) : NULL;
}

/* A member that cannot be opened, or whose bytes are damaged, is no reason to fail. */
static gboolean
look_at (PhContainer *container,
         guint member,
         PhLook *look,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GInputStream) stream =
    ph_bundle_open_member (container->bundle, member, cancellable, &problem);

  if (stream != NULL && ph_look_at (look, stream, ph_bundle_get_size (container->bundle, member),
                                    cancellable, &problem))
    return TRUE;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  ph_look_clear (look);
  *look = (PhLook) { .begin = PH_TIME_NONE, .problem = g_steal_pointer (&problem) };

  return TRUE;
}

/* `folder/a.json`, or `folder` and more when the part has several members. */
static char *
dup_title (PhContainer *container,
           const Part *part)
{
  guint first = g_array_index (part->members, guint, 0);
  const char *name = ph_bundle_get_name (container->bundle, first);
  const char *slash = strrchr (name, '/');

  if (part->members->len > 1 && slash != NULL)
    return g_strndup (name, (gsize) (slash - name));

  return g_strdup (name);
}

static gboolean
has_key (PhContainer *container,
         const char *key)
{
  for (guint i = 0; i < container->parts->len; i++)
    {
      const Part *part = container->parts->pdata[i];

      if (g_strcmp0 (part->facts.key, key) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What is known of @part once all of its members are. */
static void
describe_part (PhContainer *container,
               Part *part,
               const PhLook *looks)
{
  guint first = g_array_index (part->members, guint, 0);
  const char *name = ph_bundle_get_name (container->bundle, first);
  const char *session = NULL;

  part->facts.n_files = part->members->len;
  part->facts.title = dup_title (container, part);

  for (guint i = 0; i < part->members->len; i++)
    {
      guint member = g_array_index (part->members, guint, i);
      const PhLook *look = &looks[member];

      session = session != NULL ? session : look->session;
      part->facts.bytes += MAX (ph_bundle_get_size (container->bundle, member), 0);

      if (part->facts.address == NULL)
        part->facts.address = g_strdup (look->address);

      if (look->begin != PH_TIME_NONE &&
          (part->begin == PH_TIME_NONE || look->begin < part->begin))
        part->begin = look->begin;
    }

  part->facts.begin = part->begin == PH_TIME_NONE ? 0 : part->begin;
  part->facts.key = g_strdup (session != NULL && !has_key (container, session) ? session : name);
}

typedef struct
{
  const PhPiece *pieces;
} Order;

static int
compare_members (gconstpointer a,
                 gconstpointer b,
                 gpointer user_data)
{
  const Order *order = user_data;

  return ph_joining_compare (&order->pieces[*(const guint *) a],
                             &order->pieces[*(const guint *) b]);
}

/* By time; those that have none last, as they lie. */
static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const Part *x = *(const Part *const *) a;
  const Part *y = *(const Part *const *) b;
  int difference = (x->begin == PH_TIME_NONE) - (y->begin == PH_TIME_NONE);

  if (difference == 0)
    difference = (x->begin > y->begin) - (x->begin < y->begin);

  return difference != 0 ? difference
                         : ph_bundle_compare_names (x->facts.title, y->facts.title);
}

static void
make_parts (PhContainer *container,
            const PhLook *looks,
            const PhPiece *pieces,
            const int *sessions,
            guint n_sessions)
{
  g_autofree Part **parts = g_new0 (Part *, n_sessions + 1);
  Order order = { pieces };

  for (guint i = 0; i < ph_bundle_get_n_members (container->bundle); i++)
    if (sessions[i] >= 0 && parts[sessions[i]] == NULL && looks[i].reader != NULL)
      {
        parts[sessions[i]] = add_part (container, looks[i].reader);
        parts[sessions[i]]->is_inner = looks[i].is_bundle;
      }

  for (guint i = 0; i < ph_bundle_get_n_members (container->bundle); i++)
    if (sessions[i] >= 0)
      g_array_append_val (parts[sessions[i]]->members, i);

  for (guint i = 0; i < container->parts->len; i++)
    {
      Part *part = container->parts->pdata[i];

      g_array_sort_with_data (part->members, compare_members, &order);
      describe_part (container, part, looks);
    }

  g_ptr_array_sort (container->parts, compare_parts);
}

/* What all files in it are, or a document they make up; NULL when they are of several kinds. */
static const char *
explain_all (PhContainer *container,
             const PhLook *looks)
{
  guint n = ph_bundle_get_n_members (container->bundle);
  const char *common = NULL;

  for (guint i = 0; i < n; i++)
    {
      const char *document = ph_foreign_explain_member (ph_bundle_get_name (container->bundle, i));

      if (document != NULL)
        return document;
    }

  for (guint i = 0; i < n; i++)
    {
      const char *message = looks[i].problem != NULL ? looks[i].problem->message : NULL;

      if (message == NULL || (common != NULL && strcmp (common, message) != 0))
        return NULL;

      common = message;
    }

  return common;
}

/* Why there is no session in it. */
static void
set_none (PhContainer *container,
          const PhLook *looks,
          GError **error)
{
  guint n = ph_bundle_get_n_members (container->bundle);
  const char *message = n == 0 ? N_ ("There are no files in it") : explain_all (container, looks);

  if (message != NULL)
    g_set_error_literal (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT, message);
  else
    g_set_error (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT,
                 N_ ("None of the %u files in it is a session archive Playhead knows"), n);
}

static gboolean
look_at_all (PhContainer *container,
             PhLook *looks,
             GCancellable *cancellable,
             GError **error)
{
  guint n = ph_bundle_get_n_members (container->bundle);
  g_autofree PhPiece *pieces = g_new0 (PhPiece, n + 1);
  g_autofree int *sessions = g_new (int, n + 1);
  guint n_sessions;

  for (guint i = 0; i < n; i++)
    {
      PhLook *look = &looks[i];

      if (!look_at (container, i, look, cancellable, error))
        return FALSE;

      if (look->is_bundle)
        look->reader = find_inner (container, i, cancellable);

      pieces[i] = (PhPiece) {
        .name = ph_bundle_get_name (container->bundle, i),
        .reader = look->reader != NULL ? look->reader->name : NULL,
        .session = look->session,
        .begin = look->begin,
        .has_page = look->has_page || look->is_bundle,
        .joins_bytes = look->reader != NULL && look->reader->join == PH_JOIN_BYTES,
        .is_whole = look->is_bundle,
      };
    }

  n_sessions = ph_joining_group (pieces, n, sessions);

  if (n_sessions == 0)
    {
      set_none (container, looks, error);
      return FALSE;
    }

  make_parts (container, looks, pieces, sessions, n_sessions);

  return TRUE;
}

/* All of its members are one recording. */
static void
add_whole (PhContainer *container)
{
  Part *part = add_part (container, container->whole);

  part->facts.key = g_strdup ("");
  part->facts.title = g_strdup ("");
  part->facts.n_files = ph_bundle_get_n_members (container->bundle);
  part->facts.bytes = ph_bundle_get_bytes (container->bundle);
}

PhContainer *
ph_container_new (PhBundle *bundle,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (PhContainer) container = g_new0 (PhContainer, 1);
  g_autofree PhLook *looks = NULL;
  gboolean good;
  guint n;

  g_return_val_if_fail (bundle != NULL, NULL);

  container->bundle = ph_bundle_ref (bundle);
  container->parts = g_ptr_array_new_with_free_func (free_part);
  container->whole = ph_reader_find_bundle (bundle, cancellable);

  if (container->whole != NULL)
    {
      add_whole (container);
      return g_steal_pointer (&container);
    }

  n = ph_bundle_get_n_members (bundle);
  looks = g_new0 (PhLook, n + 1);
  good = look_at_all (container, looks, cancellable, error);

  for (guint i = 0; i < n; i++)
    ph_look_clear (&looks[i]);

  return good ? g_steal_pointer (&container) : NULL;
}

void
ph_container_free (PhContainer *container)
{
  if (container == NULL)
    return;

  ph_bundle_unref (container->bundle);
  g_ptr_array_unref (container->parts);
  g_free (container);
}

GPtrArray *
ph_container_get_parts (PhContainer *container)
{
  g_return_val_if_fail (container != NULL, NULL);

  /* A Part begins with what of it is handed out. */
  return container->parts;
}

const PhInputPart *
ph_container_find (PhContainer *container,
                   const char *key,
                   GError **error)
{
  g_return_val_if_fail (container != NULL, NULL);

  if (key == NULL && container->parts->len == 1)
    return container->parts->pdata[0];

  if (key == NULL)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_SEVERAL, N_ ("This archive holds %u sessions"),
                   container->parts->len);
      return NULL;
    }

  for (guint i = 0; i < container->parts->len; i++)
    {
      const Part *part = container->parts->pdata[i];

      if (strcmp (part->facts.key, key) == 0)
        return &part->facts;
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       "There is no such session in this archive");

  return NULL;
}

/* Members that are cut from one stream of bytes are of one name up to its number. */
static gboolean
is_same_stream (const char *a,
                const char *b)
{
  const char *slash_a = strrchr (a, '/');
  const char *slash_b = strrchr (b, '/');

  for (a = slash_a != NULL ? slash_a + 1 : a, b = slash_b != NULL ? slash_b + 1 : b;
       g_ascii_isalpha (*a) && *a == *b; a++, b++)
    ;

  return !g_ascii_isalpha (*a) && !g_ascii_isalpha (*b);
}

static gboolean
read_stream (PhContainer *container,
             GInputStream *stream,
             guint member,
             PhReading *reading,
             GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (ph_reading_read_nested (reading, stream, NULL, &problem) != NULL ||
      ph_reading_excuse (reading, ph_bundle_get_name (container->bundle, member), &problem))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

static gboolean
read_chains (PhContainer *container,
             const Part *part,
             PhReading *reading,
             GError **error)
{
  g_autoptr (GArray) left = g_array_copy (part->members);

  while (left->len > 0)
    {
      guint first = g_array_index (left, guint, 0);
      g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GInputStream) stream = NULL;

      for (guint i = 0; i < left->len;)
        {
          guint member = g_array_index (left, guint, i);

          if (part->reader->join == PH_JOIN_LINES ||
              is_same_stream (ph_bundle_get_name (container->bundle, first),
                              ph_bundle_get_name (container->bundle, member)))
            {
              g_array_append_val (chain, member);
              g_array_remove_index (left, i);
            }
          else
            {
              i++;
            }
        }

      stream = ph_chain_new (container->bundle, (const guint *) (gpointer) chain->data, chain->len,
                             part->reader->join == PH_JOIN_LINES ? "\n" : "");

      if (!read_stream (container, stream, first, reading, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_inner (PhContainer *container,
            const Part *part,
            PhReading *reading,
            GCancellable *cancellable,
            GError **error)
{
  guint member = g_array_index (part->members, guint, 0);
  g_autoptr (GInputStream) stream =
    ph_bundle_open_member (container->bundle, member, cancellable, error);
  g_autoptr (PhBundle) inner =
    stream != NULL ? ph_bundle_open_stream (stream, cancellable, error) : NULL;

  return inner != NULL && part->reader->read_bundle (reading, inner, cancellable, error);
}

static gboolean
read_members (PhContainer *container,
              const Part *part,
              PhReading *reading,
              GCancellable *cancellable,
              GError **error)
{
  for (guint i = 0; i < part->members->len; i++)
    {
      guint member = g_array_index (part->members, guint, i);
      g_autoptr (GInputStream) stream =
        ph_bundle_open_member (container->bundle, member, cancellable, error);

      if (stream == NULL || !read_stream (container, stream, member, reading, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
ph_container_read (PhContainer *container,
                   const PhInputPart *facts,
                   PhReading *reading,
                   GCancellable *cancellable,
                   GError **error)
{
  const Part *part = (const Part *) facts;
  gboolean good;

  g_return_val_if_fail (container != NULL && facts != NULL && reading != NULL, FALSE);

  if (container->whole != NULL)
    good = container->whole->read_bundle (reading, container->bundle, cancellable, error);
  else if (part->is_inner)
    good = read_inner (container, part, reading, cancellable, error);
  else if (part->reader->join != PH_JOIN_EACH)
    good = read_chains (container, part, reading, error);
  else
    good = read_members (container, part, reading, cancellable, error);

  if (good && ph_bundle_is_damaged (container->bundle))
    ph_health_add (ph_reading_get_health (reading), PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                   "not all of the archive's files could be listed");

  return good;
}
