/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-index.h"

#include "ph-hash.h"
#include "ph-limits.h"

#include <string.h>

/* Of so many files of one name the nearest is chosen; there are not more in earnest. */
#define MAX_COMPARED 512

struct _PhAssetIndex
{
  GHashTable *names;   /* whole names */
  GHashTable *by_last; /* last part → GPtrArray of names with it */
};

PhAssetIndex *
ph_asset_index_new (void)
{
  PhAssetIndex *index = g_new0 (PhAssetIndex, 1);

  index->names = g_hash_table_new_full (ph_hash_text, g_str_equal, g_free, NULL);
  index->by_last = g_hash_table_new_full (ph_hash_text, g_str_equal, g_free,
                                          (GDestroyNotify) g_ptr_array_unref);

  return index;
}

void
ph_asset_index_free (PhAssetIndex *index)
{
  if (index == NULL)
    return;

  g_hash_table_unref (index->by_last);
  g_hash_table_unref (index->names);
  g_free (index);
}

static const char *
last_part (const char *name)
{
  const char *slash = strrchr (name, '/');

  return slash != NULL ? slash + 1 : name;
}

static gboolean
is_usable (const char *name)
{
  g_auto (GStrv) parts = NULL;

  if (name[0] == '/' || strlen (name) > PH_LIMIT_URL_BYTES || !g_utf8_validate (name, -1, NULL) ||
      last_part (name)[0] == '\0')
    return FALSE;

  parts = g_strsplit (name, "/", -1);

  return !g_strv_contains ((const char *const *) parts, "..");
}

gboolean
ph_asset_index_add (PhAssetIndex *index,
                    const char *name)
{
  GPtrArray *list;
  char *own;

  while (g_str_has_prefix (name, "./"))
    name += 2;

  if (!is_usable (name) || g_hash_table_size (index->names) >= PH_LIMIT_ASSET_FILES)
    return FALSE;

  if (g_hash_table_contains (index->names, name))
    return TRUE;

  own = g_strdup (name);
  g_hash_table_add (index->names, own);
  list = g_hash_table_lookup (index->by_last, last_part (own));

  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (index->by_last, g_strdup (last_part (own)), list);
    }

  g_ptr_array_add (list, own);

  return TRUE;
}

/* ---- finding ---- */

/* How many parts two names share from the end. */
static guint
shared_parts (const char *a,
              const char *b)
{
  const char *x = a + strlen (a);
  const char *y = b + strlen (b);
  guint n = 0;

  while (x > a && y > b && x[-1] == y[-1])
    {
      x--;
      y--;

      if (*x == '/')
        n++;
    }

  /* The first part of either is whole when the other begins there too. */
  return n + ((x == a && (y == b || y[-1] == '/')) || (y == b && x[-1] == '/'));
}

static guint
depth_of (const char *name)
{
  guint depth = 0;

  for (; *name != '\0'; name++)
    depth += *name == '/';

  return depth;
}

static gboolean
is_better (const char *name,
           const char *best,
           const char *wanted)
{
  guint shared = shared_parts (name, wanted);
  guint best_shared = best != NULL ? shared_parts (best, wanted) : 0;

  if (best == NULL || shared != best_shared)
    return best == NULL || shared > best_shared;

  if (depth_of (name) != depth_of (best))
    return depth_of (name) < depth_of (best);

  return strcmp (name, best) < 0;
}

static const char *
find_nearest (const PhAssetIndex *index,
              const char *wanted)
{
  const GPtrArray *list = g_hash_table_lookup (index->by_last, last_part (wanted));
  const char *best = NULL;

  for (guint i = 0; list != NULL && i < MIN (list->len, MAX_COMPARED); i++)
    if (is_better (list->pdata[i], best, wanted))
      best = list->pdata[i];

  return best;
}

/* The forms a name is looked for in; NULL at the end. */
typedef struct
{
  char *host_path; /* host/path, or the path alone */
  const char *path;
  char *query; /* `?…`, or "" */
} Wanted;

static const char *
find_exact (const PhAssetIndex *index,
            const char *name,
            const char *query)
{
  g_autofree char *whole = g_strconcat (name, query, NULL);
  gpointer found = NULL;

  g_hash_table_lookup_extended (index->names, whole, &found, NULL);

  return found;
}

static const char *
find_wanted (const PhAssetIndex *index,
             const Wanted *wanted)
{
  const char *names[] = { wanted->host_path, wanted->path };
  g_autofree char *with_query = g_strconcat (wanted->host_path, wanted->query, NULL);
  const char *found = NULL;

  if (last_part (wanted->path)[0] == '\0')
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      found = find_exact (index, names[i], wanted->query);
      found = found != NULL ? found : find_exact (index, names[i], "");

      if (found != NULL)
        return found;
    }

  /* A query may hold a slash: then its last part is no name. */
  if (wanted->query[0] != '\0' && strchr (wanted->query, '/') == NULL)
    found = find_nearest (index, with_query);

  return found != NULL ? found : find_nearest (index, wanted->host_path);
}

/* Takes @url apart; what is no address is a path. */
static void
read_wanted (const char *url,
             Wanted *wanted)
{
  const GUriFlags flags = G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED;
  g_autoptr (GUri) uri = g_uri_parse (url, flags, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *path = uri != NULL ? g_uri_get_path (uri) : url;
  const char *query = uri != NULL ? g_uri_get_query (uri) : NULL;
  gsize path_size = uri != NULL ? strlen (path) : strcspn (path, "?#");
  g_autofree char *authority = NULL;

  if (host != NULL && host[0] != '\0')
    authority = g_uri_get_port (uri) > 0 ? g_strdup_printf ("%s:%d/", host, g_uri_get_port (uri))
                                         : g_strconcat (host, "/", NULL);

  while (*path == '/' && path_size > 0)
    {
      path++;
      path_size--;
    }

  wanted->host_path = g_strdup_printf ("%s%.*s", authority != NULL ? authority : "",
                                       (int) path_size, path);
  wanted->path = wanted->host_path + (authority != NULL ? strlen (authority) : 0);
  wanted->query = query != NULL ? g_strconcat ("?", query, NULL) : g_strdup ("");
}

/* FALSE when nothing is decoded. */
static gboolean
decode_wanted (Wanted *wanted)
{
  gsize before = (gsize) (wanted->path - wanted->host_path);
  char *path;
  char *query;

  if (strchr (wanted->path, '%') == NULL && strchr (wanted->query, '%') == NULL)
    return FALSE;

  /* A slash that is escaped is part of a name. */
  path = g_uri_unescape_string (wanted->path, "/");
  query = g_uri_unescape_string (wanted->query, "/");

  if (path != NULL)
    {
      char *whole = g_strdup_printf ("%.*s%s", (int) before, wanted->host_path, path);

      g_free (wanted->host_path);
      wanted->host_path = whole;
      wanted->path = whole + before;
    }

  if (query != NULL)
    {
      g_free (wanted->query);
      wanted->query = g_steal_pointer (&query);
    }

  g_free (path);

  return TRUE;
}

const char *
ph_asset_index_find (const PhAssetIndex *index,
                     const char *url)
{
  Wanted wanted;
  const char *found;

  read_wanted (url, &wanted);
  found = find_wanted (index, &wanted);

  if (found == NULL && decode_wanted (&wanted))
    found = find_wanted (index, &wanted);

  g_free (wanted.host_path);
  g_free (wanted.query);

  return found;
}
