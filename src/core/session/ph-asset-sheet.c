/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-sheet.h"

#include "ph-limits.h"

#include <string.h>

typedef struct
{
  const char *address;
  PhAssetSheetFunc func;
  gpointer user_data;
} Reading;

static void
named_cb (const char *url,
          PhAssetCssPlace place,
          gpointer user_data)
{
  const Reading *reading = user_data;
  g_autofree char *resolved = ph_asset_resolve_against (reading->address, url);

  if (resolved != NULL && strlen (resolved) <= PH_LIMIT_URL_BYTES)
    reading->func (resolved, ph_asset_css_kind (place), reading->user_data);
}

char *
ph_asset_sheet_dup_text (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }

  return g_utf8_make_valid (data != NULL ? data : "", (gssize) size);
}

void
ph_asset_sheet_each (const char *address,
                     GBytes *bytes,
                     PhAssetSheetFunc func,
                     gpointer user_data)
{
  g_autofree char *text = ph_asset_sheet_dup_text (bytes);
  Reading reading = { address, func, user_data };

  ph_asset_css_each (text, named_cb, &reading);
}
