/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-carried.h"

#include "ph-carried.h"
#include "ph-hash.h"
#include "ph-session-private.h"

struct _PhAssetCarried
{
  char *path;
  PhScratch *scratch; /* keeps the file while it is read, or NULL */
  PhStore *store;     /* opened when the first thing is asked for, or NULL */
  PhJson *json;
  GHashTable *events; /* address → number of the event */
};

PhAssetCarried *
ph_asset_carried_new (PhSession *session)
{
  PhAssetCarried *carried;
  const GArray *list;

  g_return_val_if_fail (PH_IS_SESSION (session), NULL);

  list = session->outline->carried;

  /* A file that still grows cannot be opened as a whole. */
  if (list->len == 0 || session->store == NULL || session->is_importing)
    return NULL;

  carried = g_new0 (PhAssetCarried, 1);
  carried->path = g_strdup (ph_store_get_path (session->store));
  carried->scratch = session->scratch != NULL ? ph_scratch_ref (session->scratch) : NULL;
  carried->json = ph_json_new ();
  carried->events = g_hash_table_new_full (ph_hash_text, g_str_equal, g_free, NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const PhCarried *item = &g_array_index (list, PhCarried, i);

      g_hash_table_insert (carried->events, g_strdup (item->url), GUINT_TO_POINTER (item->event));
    }

  return carried;
}

void
ph_asset_carried_free (PhAssetCarried *carried)
{
  if (carried == NULL)
    return;

  ph_store_free (carried->store);
  g_clear_pointer (&carried->scratch, ph_scratch_unref);
  ph_json_free (carried->json);
  g_hash_table_unref (carried->events);
  g_free (carried->path);
  g_free (carried);
}

GBytes *
ph_asset_carried_read (PhAssetCarried *carried,
                       const char *url)
{
  const PhEvent *event;
  PhJsonValue root;
  gpointer number;

  if (!g_hash_table_lookup_extended (carried->events, url, NULL, &number))
    return NULL;

  if (carried->store == NULL)
    carried->store = ph_store_open (carried->path, NULL);

  if (carried->store == NULL || GPOINTER_TO_UINT (number) >= ph_store_n_events (carried->store))
    return NULL;

  event = ph_store_get_event (carried->store, GPOINTER_TO_UINT (number));

  /* The list may be damaged: the event says itself what it is. */
  if (ph_store_is_lost (event) || event->type != PH_EVENT_ASSET ||
      !ph_json_parse (carried->json, event->text, event->size, &root, NULL) ||
      g_strcmp0 (ph_carried_get_url (root), url) != 0)
    return NULL;

  return ph_carried_read (root);
}
