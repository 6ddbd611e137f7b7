/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-mob-table.h"
#include "ph-reading.h"

G_BEGIN_DECLS

/*
 * One tab of an OpenReplay session: its page as messages describe it, so that
 * they can be said in rrweb's words. OpenReplay gives a node a place by counting
 * its recorded siblings, rrweb by naming the next one; where OpenReplay moves a
 * node, rrweb describes it anew. So the tree, attributes and texts are kept.
 * Source: frontend/app/player/web/managers/DOM of openreplay/openreplay.
 *
 * Changes are gathered and go out as few events: at the end of a time, and
 * before an event of another kind. Removals wait until then, as what was in a
 * node may still be moved out of it at the same time.
 */
typedef struct _PhMobPage PhMobPage;

/*
 * @reading must outlive the page. @tab is the window's name, NULL for an only one;
 * @href where it is until it says so itself.
 */
PhMobPage *ph_mob_page_new (PhReading *reading,
                            const char *tab,
                            const char *href);
void ph_mob_page_free (PhMobPage *page);

/*
 * What happens next happens at @time, in milliseconds since the Unix epoch. Gives
 * out what was gathered before. FALSE with an error set stops.
 */
gboolean ph_mob_page_set_time (PhMobPage *page,
                               gint64 time,
                               GError **error);
/* Gives out what is gathered. */
gboolean ph_mob_page_flush (PhMobPage *page,
                            GError **error);

/* ---- the page as a whole ---- */

gboolean ph_mob_page_begin_document (PhMobPage *page,
                                     GError **error);
gboolean ph_mob_page_set_location (PhMobPage *page,
                                   const char *url,
                                   gsize size,
                                   GError **error);
gboolean ph_mob_page_set_viewport (PhMobPage *page,
                                   gint64 width,
                                   gint64 height,
                                   GError **error);
const char *ph_mob_page_get_href (PhMobPage *page);
void ph_mob_page_get_viewport (PhMobPage *page,
                               gint64 *width,
                               gint64 *height);

/* ---- nodes; @tag, @name, @value and @data need not be UTF-8 ---- */

void ph_mob_page_create (PhMobPage *page,
                         gint64 id,
                         gint64 parent,
                         gint64 index,
                         const PhMobField *tag, /* NULL: a text */
                         gboolean is_svg);
/* The page of an iframe or, of another element, its shadow root. */
void ph_mob_page_create_root (PhMobPage *page,
                              gint64 host,
                              gint64 id);
void ph_mob_page_move (PhMobPage *page,
                       gint64 id,
                       gint64 parent,
                       gint64 index);
void ph_mob_page_remove (PhMobPage *page,
                         gint64 id);
/* @value NULL takes it away. */
void ph_mob_page_set_attribute (PhMobPage *page,
                                gint64 id,
                                const char *name,
                                gsize name_size,
                                const char *value,
                                gsize value_size);
/* Merges a JSON object of properties into the style attribute. */
void ph_mob_page_add_styles (PhMobPage *page,
                             gint64 id,
                             const PhMobField *styles);
/* The slot element that the node is in; 0 for none. */
void ph_mob_page_set_slot (PhMobPage *page,
                           gint64 id,
                           gint64 slot);
void ph_mob_page_set_data (PhMobPage *page,
                           gint64 id,
                           const char *data,
                           gsize size);

/*
 * What a field held when it came, rather than what the user made of it: @value, or
 * whether it is checked where that is NULL. FALSE when it was the user.
 */
gboolean ph_mob_page_set_first_value (PhMobPage *page,
                                      gint64 id,
                                      const char *value,
                                      gsize size,
                                      gboolean is_checked);

/* ---- for events of other kinds ---- */

/* The id in events of a node that is on the page, 0 (and a finding) when it is not. */
gint64 ph_mob_page_find (PhMobPage *page,
                         gint64 id);
/* The same, without a finding. */
gint64 ph_mob_page_look_up (PhMobPage *page,
                            gint64 id);
/* The same for what can own sheets and fonts: @is_element when it is no root. */
gint64 ph_mob_page_find_owner (PhMobPage *page,
                               gint64 id,
                               gboolean *is_element);
/* How many children the node has. */
guint ph_mob_page_count_children (PhMobPage *page,
                                  gint64 id);
/* Whether there is a page; where it began in another file, a finding says so. */
gboolean ph_mob_page_is_there (PhMobPage *page);

/*
 * Begins an event: what was gathered goes out first. The text returned is to be
 * continued with the members of `data`; NULL with an error set.
 */
GString *ph_mob_page_begin_event (PhMobPage *page,
                                  const char *start,
                                  GError **error);
/* Ends it, where @end closes what @start opened, and gives it out. */
gboolean ph_mob_page_end_event (PhMobPage *page,
                                const char *end,
                                GError **error);

PhHealth *ph_mob_page_get_health (PhMobPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhMobPage, ph_mob_page_free)

G_END_DECLS
