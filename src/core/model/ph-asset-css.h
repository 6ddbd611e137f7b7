/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The addresses style text names: of `url()` and `src()`, the strings of
 * `image-set()` and the like, and of `@import`. What only names something and
 * loads nothing is left out (`@namespace`, `@charset`, `format()`, `type()`). A
 * pure function; the text is valid UTF-8, any text will do.
 */
typedef enum
{
  PH_ASSET_CSS_IMAGE,
  PH_ASSET_CSS_FONT,  /* in @font-face */
  PH_ASSET_CSS_SHEET, /* of @import */
} PhAssetCssPlace;

/* @url is as written, without quotes and escapes; it lives for the length of the call. */
typedef void (*PhAssetCssFunc) (const char *url,
                                PhAssetCssPlace place,
                                gpointer user_data);

void ph_asset_css_each (const char *text,
                        PhAssetCssFunc func,
                        gpointer user_data);

G_END_DECLS
