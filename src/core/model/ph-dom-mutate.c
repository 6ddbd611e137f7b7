/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-mutate.h"

#include "ph-dom-change.h"
#include "ph-dom-park.h"
#include "ph-hash.h"
#include "ph-limits.h"

#include <string.h>

/* ---- removes ---- */

/* Whether the event itself adds the node; @added is made of it when it is first asked for. */
static gboolean
is_added (GHashTable **added,
          PhJsonValue adds,
          gint32 id)
{
  PhJsonIter iter;
  PhJsonValue value;
  gint32 other = 0;

  if (*added == NULL)
    {
      *added = g_hash_table_new (ph_hash_int, NULL);
      ph_json_iter_init (&iter, adds);

      while (ph_json_next (&iter, NULL, &value))
        if (ph_build_read_id (ph_json_member (value, "node"), "id", &other))
          g_hash_table_add (*added, GINT_TO_POINTER (other));
    }

  return g_hash_table_contains (*added, GINT_TO_POINTER (id));
}

/* What is unknown yet, and added by the same event, was moved: see replace_earlier(). */
static void
apply_removes (PhBuild *build,
               PhJsonValue removes,
               PhJsonValue adds)
{
  PhSlot root = ph_dom_get_root (build->dom);
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GHashTable) added = NULL;
  PhJsonIter iter;
  PhJsonValue value;

  ph_json_iter_init (&iter, removes);

  while (ph_json_next (&iter, NULL, &value))
    {
      gint32 id = 0;

      if (ph_build_read_id (value, "id", &id) && ph_dom_find (build->dom, id) != 0)
        g_array_append_val (known, id);
      else if (id == 0 || !is_added (&added, adds, id))
        ph_health_add (build->health, PH_HEALTH_UNKNOWN_NODE, build->time,
                       "the removal of the unknown element %d", id);
    }

  /* An earlier removal may have taken one along: recorders list both. */
  for (guint i = 0; i < known->len; i++)
    {
      PhSlot slot = ph_dom_find (build->dom, g_array_index (known, gint32, i));

      if (slot != 0 && slot != root)
        ph_dom_remove (build->dom, slot);
    }
}

/* ---- adds ---- */

/* One added node, until it has its place. */
typedef struct
{
  PhJsonValue node;
  gint32 id, parent, next, previous; /* 0: none named */
  gint32 document;                   /* the one it belongs to, where that is an iframe's */
  gint32 beside[2];                  /* previous and next as recorded */
  gboolean is_shadow;
  gboolean beside_unknown; /* rrweb 1.0: −1 names a neighbour that had no id yet */
  gboolean placed;
  PhSlot slot;
} Add;

typedef struct
{
  PhBuild *build;
  GArray *adds;        /* Add */
  GHashTable *waiting; /* id → GArray of indexes of the adds that wait for it */
  GHashTable *aside;   /* id → index + 1 of an add that is beside_unknown */
  GArray *ready;       /* indexes of adds whose turn it is */
} Adder;

static gboolean
is_minus_one (PhJsonValue object,
              const char *name)
{
  gint64 value;

  return ph_json_member_int (object, name, &value) && value == -1;
}

/*
 * Amplitude makes one event of several mutations that followed each other
 * (session-replay-browser, merge-mutation-events.ts): a node may be in it more than once, and
 * the last says where it came to stand. rrweb itself never writes such.
 */
static void
replace_earlier (Adder *adder,
                 GHashTable *indexes,
                 gint32 id)
{
  guint earlier = GPOINTER_TO_UINT (g_hash_table_lookup (indexes, GINT_TO_POINTER (id)));

  if (earlier != 0)
    g_array_index (adder->adds, Add, earlier - 1).placed = TRUE;

  g_hash_table_insert (indexes, GINT_TO_POINTER (id), GUINT_TO_POINTER (adder->adds->len));
}

static void
read_adds (Adder *adder,
           PhJsonValue adds)
{
  /* id → index + 1 of the last add of it so far. */
  g_autoptr (GHashTable) indexes = g_hash_table_new (ph_hash_int, NULL);
  PhJsonIter iter;
  PhJsonValue value;

  ph_json_iter_init (&iter, adds);

  while (ph_json_next (&iter, NULL, &value))
    {
      Add add = { .node = ph_json_member (value, "node") };

      ph_build_read_id (add.node, "id", &add.id);
      ph_build_read_id (add.node, "rootId", &add.document);
      ph_build_read_id (value, "nextId", &add.next);
      ph_build_read_id (value, "previousId", &add.previous);
      ph_json_member_bool (add.node, "isShadow", &add.is_shadow);
      add.beside_unknown = is_minus_one (value, "nextId") || is_minus_one (value, "previousId");

      if (add.id == 0 || !ph_build_read_id (value, "parentId", &add.parent) ||
          add.parent == add.id)
        {
          ph_health_add (adder->build->health, PH_HEALTH_ODD_VALUE, adder->build->time,
                         "an added element without id or parent");
          continue;
        }

      if (add.next == add.id)
        add.next = 0;

      add.beside[0] = add.previous;
      add.beside[1] = add.next;
      g_array_append_val (adder->adds, add);
      replace_earlier (adder, indexes, add.id);

      if (add.beside_unknown)
        g_hash_table_insert (adder->aside, GINT_TO_POINTER (add.id),
                             GUINT_TO_POINTER (adder->adds->len));
    }
}

static void
wait_for (Adder *adder,
          gint32 id,
          guint index)
{
  GArray *list = g_hash_table_lookup (adder->waiting, GINT_TO_POINTER (id));

  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (adder->waiting, GINT_TO_POINTER (id), list);
    }

  g_array_append_val (list, index);
}

/* Whether a known node is the one an add describes, moved: recorders add moved nodes again. */
static gboolean
is_same_node (PhBuild *build,
              PhSlot slot,
              PhJsonValue node)
{
  const PhNode *old = ph_dom_node (build->dom, slot);
  const char *name;
  gint64 type;
  gboolean is_svg = FALSE;

  if (!ph_json_member_int (node, "type", &type) || type != old->type)
    return FALSE;

  ph_json_member_bool (node, "isSVG", &is_svg);

  if (type == PH_NODE_DOCUMENT)
    return FALSE;

  return type != PH_NODE_ELEMENT ||
         (ph_json_member_string (node, "tagName", &name, NULL) && old->is_svg == (guint) is_svg &&
          strcmp (name, ph_dom_node_name (build->dom, slot)) == 0);
}

/* The slot before which an add goes under @parent; 0 is the end. */
static PhSlot
find_next (PhBuild *build,
           const Add *add,
           PhSlot parent)
{
  PhSlot previous = add->previous != 0 ? ph_dom_find (build->dom, add->previous) : 0;
  PhSlot next = add->next != 0 ? ph_dom_find (build->dom, add->next) : 0;

  if (previous != 0 && ph_dom_node (build->dom, previous)->parent == parent &&
      ph_dom_node (build->dom, previous)->next != 0)
    return ph_dom_node (build->dom, previous)->next;

  return next != 0 && ph_dom_node (build->dom, next)->parent == parent ? next : 0;
}

/*
 * Text that comes into a style or textarea whose text was recorded as an
 * attribute: the node we made for that text gives way; a style keeps the text.
 */
static void
take_over_own_text (PhBuild *build,
                    PhSlot parent,
                    PhSlot slot)
{
  PhDom *dom = build->dom;
  PhSlot own = ph_dom_find (dom, -ph_dom_node (dom, parent)->id);
  gboolean is_textarea = strcmp (ph_dom_node_name (dom, parent), "textarea") == 0;

  if (ph_dom_node (dom, slot)->type != PH_NODE_TEXT)
    return;

  ph_build_drop_rules (dom, parent);

  if (own != 0 && ph_dom_node (dom, own)->type == PH_NODE_TEXT)
    {
      if (!is_textarea)
        ph_dom_set_text (dom, slot, ph_dom_node (dom, own)->text);

      ph_dom_remove (dom, own);
    }

  if (is_textarea)
    for (PhSlot child = ph_dom_node (dom, parent)->first_child; child != 0;)
      {
        PhSlot next = ph_dom_node (dom, child)->next;

        if (child != slot)
          ph_dom_remove (dom, child);

        child = next;
      }
}

/* A node that is there goes to another place, with all that is in it. */
static void
move (PhBuild *build,
      const Add *add,
      PhSlot slot,
      PhSlot owner,
      PhSlot next)
{
  guint64 walked = ph_dom_get_walked (build->dom);

  if (!ph_build_take_work (build, 0))
    return;

  if (!ph_build_again (build, slot, add->node, owner, next))
    ph_health_add (build->health, PH_HEALTH_UNPLACED_NODE, build->time,
                   "the element %d cannot be moved into itself", add->id);

  build->work += ph_dom_get_walked (build->dom) - walked;
}

/* Puts an add whose parent is known in its place. */
static void
place (Adder *adder,
       Add *add)
{
  PhBuild *build = adder->build;
  PhSlot owner = ph_dom_find (build->dom, add->parent);
  PhSlot parent = owner != 0 ? ph_build_parent (build, owner, add->is_shadow) : 0;
  PhSlot old = ph_dom_find (build->dom, add->id);

  add->placed = TRUE;

  if (parent == 0)
    return;

  /* The page it belongs to is gone; one that has its ids is another. */
  if (add->document != 0 && ph_dom_find (build->dom, add->document) == 0)
    {
      ph_health_add (build->health, PH_HEALTH_UNPLACED_NODE, build->time,
                     "the added element %d belongs to the unknown document %d", add->id,
                     add->document);
      return;
    }

  if (old != 0 && is_same_node (build, old, add->node))
    {
      move (build, add, old, owner, find_next (build, add, parent));
      add->slot = old;
    }
  else
    {
      /* A script's document.open() puts another page into the Document that is there. */
      if (old != 0 && ph_dom_node (build->dom, owner)->inner == old &&
          ph_dom_node (build->dom, old)->type == PH_NODE_DOCUMENT)
        ph_dom_remove (build->dom, old);

      add->slot = ph_build_node (build, add->node, owner, find_next (build, add, parent));
    }

  if (add->slot != 0 && ph_dom_holds_text (build->dom, parent))
    take_over_own_text (build, parent, add->slot);
}

/* What waited for a node that is there now may try again. */
static void
wake (Adder *adder,
      gint32 id)
{
  GArray *list = g_hash_table_lookup (adder->waiting, GINT_TO_POINTER (id));

  if (list == NULL)
    return;

  /* The last first: of siblings before the same node, the first placed stands furthest away. */
  g_array_append_vals (adder->ready, list->data, list->len);
  g_hash_table_remove (adder->waiting, GINT_TO_POINTER (id));
}

/* rrweb 1.0: the neighbours of a placed node that named it while it had no id, and theirs. */
static void
place_aside (Adder *adder,
             Add *anchor)
{
  const gint32 *ids = anchor->beside;

  for (guint i = 0; i < G_N_ELEMENTS (anchor->beside); i++)
    {
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (adder->aside, GINT_TO_POINTER (ids[i])));
      Add *add;

      if (ids[i] == 0 || index == 0)
        continue;

      g_hash_table_remove (adder->aside, GINT_TO_POINTER (ids[i]));
      add = &g_array_index (adder->adds, Add, index - 1);
      add->beside_unknown = FALSE;
      add->previous = i == 1 ? anchor->id : 0;
      add->next = i == 0 ? anchor->id : 0;
      index--;
      g_array_append_val (adder->ready, index);
    }
}

static void
try_add (Adder *adder,
         guint index)
{
  Add *add = &g_array_index (adder->adds, Add, index);
  PhDom *dom = adder->build->dom;

  if (add->placed)
    return;

  if (ph_dom_find (dom, add->parent) == 0)
    {
      wait_for (adder, add->parent, index);
      return;
    }

  /* Its turn comes with the neighbour that names it. */
  if (add->beside_unknown)
    return;

  if (add->next != 0 && ph_dom_find (dom, add->next) == 0)
    {
      wait_for (adder, add->next, index);
      return;
    }

  place (adder, add);

  if (add->slot != 0)
    {
      place_aside (adder, add);
      wake (adder, add->id);
    }
}

static void
run_ready (Adder *adder)
{
  while (adder->ready->len > 0)
    {
      guint index = g_array_index (adder->ready, guint, adder->ready->len - 1);

      g_array_set_size (adder->ready, adder->ready->len - 1);
      try_add (adder, index);
    }
}

/* Adds whose neighbour never came go to the end of their parent; the rest has no place. */
static void
place_rest (Adder *adder)
{
  for (guint i = 0; i < adder->adds->len; i++)
    {
      Add *add = &g_array_index (adder->adds, Add, i);

      if (add->placed)
        continue;

      add->beside_unknown = FALSE;
      add->next = 0;

      if (ph_dom_find (adder->build->dom, add->parent) == 0)
        continue;

      try_add (adder, i);
      run_ready (adder);
    }

  for (guint i = 0; i < adder->adds->len; i++)
    {
      const Add *add = &g_array_index (adder->adds, Add, i);
      gint64 type = -1;

      if (add->placed)
        continue;

      ph_json_member_int (add->node, "type", &type);

      if (type != PH_NODE_DOCUMENT || !ph_park (adder->build, add->parent))
        ph_health_add (adder->build->health, PH_HEALTH_UNPLACED_NODE, adder->build->time,
                       "the added element %d has the unknown parent %d", add->id, add->parent);
    }
}

static void
apply_adds (PhBuild *build,
            PhJsonValue adds)
{
  Adder adder = { .build = build };

  adder.adds = g_array_new (FALSE, FALSE, sizeof (Add));
  adder.waiting = g_hash_table_new_full (ph_hash_int, NULL, NULL,
                                         (GDestroyNotify) g_array_unref);
  adder.aside = g_hash_table_new (ph_hash_int, NULL);
  adder.ready = g_array_new (FALSE, FALSE, sizeof (guint));
  read_adds (&adder, adds);

  for (guint i = 0; i < adder.adds->len; i++)
    {
      try_add (&adder, i);
      run_ready (&adder);
    }

  place_rest (&adder);
  g_array_unref (adder.adds);
  g_hash_table_unref (adder.waiting);
  g_hash_table_unref (adder.aside);
  g_array_unref (adder.ready);
}

void
ph_dom_mutate (PhBuild *build,
               PhJsonValue data)
{
  PhJsonValue adds = ph_json_member (data, "adds");

  apply_removes (build, ph_json_member (data, "removes"), adds);
  apply_adds (build, adds);
  ph_dom_change (build, data);
}
