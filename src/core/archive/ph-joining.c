/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-joining.h"

#include "ph-bundle.h"

#include <string.h>

/* A number of more digits is a time or an id. */
#define MAX_PART_DIGITS 6
/* The longest ending of a name that is one: `.jsonl`. */
#define MAX_ENDING 6
#define TIME_DIGITS 13

/* Whether @text ends in one of those words that are counted, not cut into parts. */
static gboolean
ends_in_counted (const char *text,
                 gsize size)
{
  static const char *const counted[] = { "session", "sessions", "recording", "replay", "trace",
                                         "test", "user", "visit" };

  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      gsize length = strlen (counted[i]);

      if (size >= length && g_ascii_strncasecmp (text + size - length, counted[i], length) == 0 &&
          (size == length || !g_ascii_isalpha (text[size - length - 1])))
        return TRUE;
    }

  return FALSE;
}

/* How long @base is without endings such as `.json.gz`. */
static gsize
skip_endings (const char *base)
{
  gsize size = strlen (base);

  for (guint i = 0; i < 2; i++)
    {
      gsize at = size;

      while (at > 0 && g_ascii_isalnum (base[at - 1]))
        at--;

      if (at < 2 || base[at - 1] != '.' || size - at > MAX_ENDING || at == size ||
          !g_ascii_isalpha (base[at]))
        break;

      size = at - 1;
    }

  return size;
}

/* `1700000000000-1700000060000`: from and to. */
static gboolean
is_range (const char *base,
          gsize size)
{
  return size == 2 * TIME_DIGITS + 1 && strspn (base, "0123456789") == TIME_DIGITS &&
         base[TIME_DIGITS] == '-' && strspn (base + TIME_DIGITS + 1, "0123456789") == TIME_DIGITS;
}

/* The files of one OpenReplay session, as its storage names them. */
static gboolean
is_mob (const char *base,
        const char *ending)
{
  return g_str_has_prefix (ending, ".mob") &&
         (g_str_has_prefix (base, "dom.") || g_str_has_prefix (base, "devtools."));
}

char *
ph_joining_dup_stem (const char *name)
{
  const char *slash;
  const char *base;
  gsize folder;
  gsize size;
  gsize digits = 0;

  g_return_val_if_fail (name != NULL, NULL);

  slash = strrchr (name, '/');
  base = slash != NULL ? slash + 1 : name;
  folder = (gsize) (base - name);
  size = skip_endings (base);

  if (is_mob (base, base + size))
    return g_strdup_printf ("%.*s.mob", (int) folder, name);

  if (is_range (base, size))
    return g_strdup_printf ("%.*s-", (int) folder, name);

  while (digits < size && g_ascii_isdigit (base[size - 1 - digits]))
    digits++;

  size -= digits;

  while (size > 0 && strchr ("-_. ", base[size - 1]) != NULL)
    size--;

  if (digits == 0 || digits > MAX_PART_DIGITS || ends_in_counted (base, size))
    return NULL;

  return g_strdup_printf ("%.*s#%.*s", (int) folder, name, (int) size, base);
}

int
ph_joining_compare (const PhPiece *a,
                    const PhPiece *b)
{
  gboolean is_first = g_str_has_suffix (a->name, ".mobs");
  int difference = (a->begin == PH_TIME_NONE) - (b->begin == PH_TIME_NONE);

  if (difference != 0)
    return difference;

  if (a->begin != b->begin)
    return a->begin < b->begin ? -1 : 1;

  /* OpenReplay's start and end. */
  if (is_first != g_str_has_suffix (b->name, ".mobs"))
    return is_first ? -1 : 1;

  difference = ph_bundle_compare_names (a->name, b->name);

  return difference != 0 ? difference : strcmp (a->name, b->name);
}

/* The pieces of each session are linked: links[i] leads to an earlier one, or to itself. */
typedef struct
{
  const PhPiece *pieces;
  guint n_pieces;
  guint *links;
  const char **names; /* of root pieces: what the session calls itself, or NULL */
} Group;

static guint
find_root (Group *group,
           guint piece)
{
  while (group->links[piece] != piece)
    piece = group->links[piece] = group->links[group->links[piece]];

  return piece;
}

/* Makes one session of two, unless they call themselves differently. */
static void
join (Group *group,
      guint a,
      guint b)
{
  guint x = find_root (group, a);
  guint y = find_root (group, b);
  guint low = MIN (x, y);
  guint high = MAX (x, y);

  if (low == high || (group->names[low] != NULL && group->names[high] != NULL &&
                      strcmp (group->names[low], group->names[high]) != 0))
    return;

  group->links[high] = low;

  if (group->names[low] == NULL)
    group->names[low] = group->names[high];
}

static char *
dup_family (const PhPiece *piece)
{
  return piece->reader != NULL ? g_strndup (piece->reader, strcspn (piece->reader, "-")) : NULL;
}

static gsize
get_folder_size (const char *name)
{
  const char *slash = strrchr (name, '/');

  return slash != NULL ? (gsize) (slash - name) : 0;
}

/* Joins all pieces of the same key; takes it. */
static void
join_key (Group *group,
          GHashTable *keys,
          char *key,
          guint piece)
{
  gpointer other;

  if (g_hash_table_lookup_extended (keys, key, NULL, &other))
    {
      join (group, GPOINTER_TO_UINT (other), piece);
      g_free (key);
    }
  else
    {
      g_hash_table_insert (keys, key, GUINT_TO_POINTER (piece));
    }
}

static void
join_named (Group *group)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < group->n_pieces; i++)
    {
      const PhPiece *piece = &group->pieces[i];
      g_autofree char *family = dup_family (piece);

      if (family != NULL && piece->session != NULL)
        join_key (group, keys, g_strconcat (family, "\n", piece->session, NULL), i);
    }
}

/* Of parts cut from one recording a later one begins later. */
static gboolean
rises (const Group *group,
       const GArray *places)
{
  const PhPiece *before = NULL;

  for (guint i = 0; i < places->len; i++)
    {
      const PhPiece *piece = &group->pieces[g_array_index (places, guint, i)];

      if (piece->begin == PH_TIME_NONE)
        continue;

      if (before != NULL && before->begin >= piece->begin)
        return FALSE;

      before = piece;
    }

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer user_data)
{
  const Group *group = user_data;
  const char *x = group->pieces[*(const guint *) a].name;
  const char *y = group->pieces[*(const guint *) b].name;
  int difference = ph_bundle_compare_names (x, y);

  return difference != 0 ? difference : strcmp (x, y);
}

/* Pieces of one family whose names are parts of one. */
static void
join_stem (Group *group,
           const char *stem,
           GArray *places)
{
  g_array_sort_with_data (places, compare_names, group);

  /* OpenReplay's lie beside each other in time. */
  if (!g_str_has_suffix (stem, ".mob") && !rises (group, places))
    return;

  for (guint i = 1; i < places->len; i++)
    join (group, g_array_index (places, guint, 0), g_array_index (places, guint, i));
}

static void
join_numbered (Group *group)
{
  g_autoptr (GHashTable) stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer key;
  gpointer places;

  for (guint i = 0; i < group->n_pieces; i++)
    {
      const PhPiece *piece = &group->pieces[i];
      g_autofree char *family = dup_family (piece);
      g_autofree char *stem =
        family != NULL && !piece->is_whole ? ph_joining_dup_stem (piece->name) : NULL;
      g_autofree char *name = stem != NULL ? g_strconcat (family, "\n", stem, NULL) : NULL;
      GArray *found = name != NULL ? g_hash_table_lookup (stems, name) : NULL;

      if (name != NULL && found == NULL)
        {
          found = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (stems, g_steal_pointer (&name), found);
        }

      if (found != NULL)
        g_array_append_val (found, i);
    }

  g_hash_table_iter_init (&iter, stems);

  while (g_hash_table_iter_next (&iter, &key, &places))
    join_stem (group, key, places);
}

/* Rule 5, in which the family of the unknown is that of the known. */
static void
join_unknown (Group *group)
{
  g_autoptr (GHashTable) stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < group->n_pieces; i++)
    {
      const PhPiece *piece = &group->pieces[i];
      char *stem = piece->joins_bytes ? ph_joining_dup_stem (piece->name) : NULL;

      if (stem != NULL)
        g_hash_table_insert (stems, stem, GUINT_TO_POINTER (i));
    }

  for (guint i = 0; i < group->n_pieces && g_hash_table_size (stems) > 0; i++)
    {
      g_autofree char *stem =
        group->pieces[i].reader == NULL ? ph_joining_dup_stem (group->pieces[i].name) : NULL;
      gpointer other;

      if (stem != NULL && g_hash_table_lookup_extended (stems, stem, NULL, &other))
        join (group, GPOINTER_TO_UINT (other), i);
    }
}

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer user_data)
{
  const Group *group = user_data;
  const PhPiece *x = &group->pieces[*(const guint *) a];
  const PhPiece *y = &group->pieces[*(const guint *) b];
  gsize folder_x = get_folder_size (x->name);
  gsize folder_y = get_folder_size (y->name);
  int difference = memcmp (x->name, y->name, MIN (folder_x, folder_y));

  if (difference == 0 && folder_x != folder_y)
    difference = folder_x < folder_y ? -1 : 1;

  return difference != 0 ? difference : ph_joining_compare (x, y);
}

static gboolean
is_beside (const PhPiece *a,
           const PhPiece *b)
{
  gsize folder = get_folder_size (a->name);
  g_autofree char *family_a = dup_family (a);
  g_autofree char *family_b = dup_family (b);

  return folder == get_folder_size (b->name) && strncmp (a->name, b->name, folder) == 0 &&
         g_strcmp0 (family_a, family_b) == 0;
}

static void
join_continued (Group *group)
{
  g_autofree guint *places = g_new (guint, group->n_pieces + 1);
  int before = -1;

  for (guint i = 0; i < group->n_pieces; i++)
    places[i] = i;

  g_qsort_with_data (places, (int) group->n_pieces, sizeof *places, compare_places, group);

  for (guint i = 0; i < group->n_pieces; i++)
    {
      const PhPiece *piece = &group->pieces[places[i]];

      if (piece->reader == NULL)
        continue;

      if (before >= 0 && !piece->has_page && is_beside (&group->pieces[before], piece))
        join (group, (guint) before, places[i]);

      before = (int) places[i];
    }
}

guint
ph_joining_group (const PhPiece *pieces,
                  guint n_pieces,
                  int *sessions)
{
  g_autofree guint *links = g_new (guint, n_pieces + 1);
  g_autofree const char **names = g_new0 (const char *, n_pieces + 1);
  Group group = { pieces, n_pieces, links, names };
  g_autofree gboolean *are_known = g_new0 (gboolean, n_pieces + 1);
  guint n_sessions = 0;

  g_return_val_if_fail (sessions != NULL || n_pieces == 0, 0);

  for (guint i = 0; i < n_pieces; i++)
    {
      links[i] = i;
      names[i] = pieces[i].session;
    }

  join_named (&group);
  join_numbered (&group);
  join_unknown (&group);
  join_continued (&group);

  for (guint i = 0; i < n_pieces; i++)
    are_known[find_root (&group, i)] |= pieces[i].reader != NULL;

  for (guint i = 0; i < n_pieces; i++)
    {
      guint root = find_root (&group, i);

      if (root != i)
        sessions[i] = sessions[root];
      else
        sessions[i] = are_known[i] ? (int) n_sessions++ : -1;
    }

  return n_sessions;
}
