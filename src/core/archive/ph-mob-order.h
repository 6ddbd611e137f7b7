/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Puts OpenReplay's messages in the order they are to be carried out in: by
 * time, and inside one time so that what is talked about is there. Trackers send
 * what names addresses, and each tab what happens in it, in batches of their own,
 * up to half a minute late. Memory is bounded: what is further apart than some
 * megabytes stays as it was recorded.
 */
typedef struct
{
  gint64 time; /* milliseconds since the Unix epoch */
  guint tab;
  guint type; /* PhMobType */
  const guint8 *body;
  gsize size;
} PhMobItem;

/* @item is lent. FALSE with an error set stops. */
typedef gboolean (*PhMobOrderFunc) (const PhMobItem *item,
                                    gpointer user_data,
                                    GError **error);

typedef struct _PhMobOrder PhMobOrder;

/* Messages go out once @max_bytes are held. */
#define PH_MOB_ORDER_BYTES ((gsize) 8 * 1024 * 1024)

PhMobOrder *ph_mob_order_new (gsize max_bytes,
                              PhMobOrderFunc func,
                              gpointer user_data);
void ph_mob_order_free (PhMobOrder *order);

/* Takes a copy of @item. */
gboolean ph_mob_order_add (PhMobOrder *order,
                           const PhMobItem *item,
                           GError **error);
/* Gives all that is held. */
gboolean ph_mob_order_flush (PhMobOrder *order,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhMobOrder, ph_mob_order_free)

G_END_DECLS
