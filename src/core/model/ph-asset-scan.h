/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-css.h"
#include "ph-dom.h"

G_BEGIN_DECLS

/*
 * What a page names and would have to load: pictures, sheets, fonts, sound and
 * film, frames. Pure functions over a PhDom; what may really be loaded is
 * decided elsewhere, by a person.
 */
typedef enum
{
  PH_ASSET_IMAGE,
  PH_ASSET_STYLE,
  PH_ASSET_FONT,
  PH_ASSET_MEDIA,
  PH_ASSET_FRAME, /* a page in a page: never loaded */
  PH_ASSET_OTHER,
  PH_ASSET_N_KINDS,
} PhAssetKind;

/* What has become of it. */
typedef enum
{
  PH_ASSET_PRESENT, /* a person gave it */
  PH_ASSET_MISSING, /* cannot be had, or not from where a person let it be looked for */
  PH_ASSET_BLOCKED, /* nobody has allowed it to be loaded */
  PH_ASSET_N_STATUSES,
} PhAssetStatus;

/* `present`: stable, for JSON. */
const char *ph_asset_status_name (PhAssetStatus status);
/* Of an address while nobody gave or allowed anything. */
PhAssetStatus ph_asset_first_status (PhAssetKind kind,
                                     const char *url);

/* `image`: stable, for JSON and files. */
const char *ph_asset_kind_name (PhAssetKind kind);
/* FALSE when no kind has this name. */
gboolean ph_asset_kind_from_name (const char *name,
                                  PhAssetKind *kind);

/* One place that names something. */
typedef struct
{
  const char *url; /* as ph_asset_resolve() gives it; lives for the length of the call */
  PhAssetKind kind;
  gint32 node;      /* id of the element that names it */
  gboolean carried; /* the archive has what is shown there */
} PhAssetUse;

typedef void (*PhAssetFunc) (const PhAssetUse *use,
                             gpointer user_data);

/* Finds what nodes name. It knows the names of one table (PhNames): one thread at a time. */
typedef struct _PhAssetScan PhAssetScan;

PhAssetScan *ph_asset_scan_new (PhNames *names,
                                PhAssetFunc func,
                                gpointer user_data);
void ph_asset_scan_free (PhAssetScan *scan);

/* What this node alone names; of a changed sheet only what its own text says. */
void ph_asset_scan_node (PhAssetScan *scan,
                         const PhDom *dom,
                         PhSlot slot);
/* What style text names that belongs to node @slot; 0: to the page as a whole. */
void ph_asset_scan_css (PhAssetScan *scan,
                        const PhDom *dom,
                        PhSlot slot,
                        const char *text);
/* What the page names, as it is now. */
void ph_asset_scan_page (PhAssetScan *scan,
                         const PhDom *dom);

/*
 * What relative addresses in node @slot stand on (0: in the page): the address of
 * its document, or that of the sheet whose recorded text it is. It belongs to @dom.
 */
const char *ph_asset_base (const PhDom *dom,
                           PhSlot slot);

/*
 * The address @url means for node @slot (0: for the page), without its fragment.
 * NULL when nothing has to be loaded for it: data, or a place in the page. One
 * that means nothing without the page's address stays as it is. The caller frees it.
 */
char *ph_asset_resolve (const PhDom *dom,
                        PhSlot slot,
                        const char *url);
/* The same, for what a sheet or another thing at address @base names. */
char *ph_asset_resolve_against (const char *base,
                                const char *url);

/* What is named at such a place of style text. */
PhAssetKind ph_asset_css_kind (PhAssetCssPlace place);

/* Whether it names something that lies on the web: http or https. */
gboolean ph_asset_is_on_web (const char *url);

/* The candidate addresses of a <link>: what it is there for, FALSE when for nothing we show. */
gboolean ph_asset_link_kind (const PhDom *dom,
                             PhSlot slot,
                             PhAssetKind *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAssetScan, ph_asset_scan_free)

G_END_DECLS
