/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"

G_BEGIN_DECLS

/*
 * What of a recorded page may reach a browser: the wall in C of design.md §8.
 * Everything that leaves the engine for the stage or for an HTML file goes
 * through here. It is an allow-list: elements that are not known to be inert
 * are made in a namespace no engine gives a behaviour to; addresses pass only
 * when nothing has to be fetched for them, or a person gave what they name (then
 * they become an address of ours, ph-asset-table.h); handlers never pass. Attributes whose
 * names mean nothing to a browser pass as the data they are, since style sheets
 * select by them. Pure functions.
 */
typedef enum
{
  PH_NS_HTML = 0,
  PH_NS_SVG = 1,
  PH_NS_MATHML = 2,
  PH_NS_UNKNOWN = 3, /* urn:x-playhead:unknown */
} PhNs;

/* An element as the stage makes it. */
typedef struct
{
  PhNs ns;
  const char *name; /* lives as long as the PhDom's names */
} PhAllowedElement;

typedef struct
{
  const char *name; /* lives as long as the PhDom's names */
  char *value;
} PhAllowedAttribute;

/* @slot must be an element. */
PhAllowedElement ph_allow_element (const PhDom *dom,
                                   PhSlot slot);

/* PhAllowedAttribute, in recorded order, each name once. The caller unrefs it. */
GArray *ph_allow_attributes (const PhDom *dom,
                             PhSlot slot);

/* The attribute of that name in a list of ph_allow_attributes(), or NULL. */
PhAllowedAttribute *ph_allow_find (const GArray *attributes,
                                   const char *name);

/* Adds one, or gives it another value, which is taken over; @name is lent. For ph-allow-place.c. */
void ph_allow_put (GArray *attributes,
                   const char *name,
                   char *value);

/* The text of a text or comment node as the stage may have it: inside a style, filtered. */
char *ph_allow_text (const PhDom *dom,
                     PhSlot slot);

/*
 * One rule of a changed sheet of node @slot (0: of the page), with what a person
 * gave for it; what must vanish becomes a rule that does nothing.
 */
char *ph_allow_rule (const PhDom *dom,
                     PhSlot slot,
                     const char *rule);
/* Any style text of node @slot (0: of the page). */
char *ph_allow_css (const PhDom *dom,
                    PhSlot slot,
                    const char *text);

/*
 * The sheet a person gave for a link that was recorded without its text, as the
 * stage may have it, or NULL. The caller frees it.
 */
char *ph_allow_dup_sheet (const PhDom *dom,
                          PhSlot slot);

/* Whether it is shown as a style element: <style>, or <link> whose text was recorded or given. */
gboolean ph_allow_is_style (const PhDom *dom,
                            PhSlot slot);

G_END_DECLS
