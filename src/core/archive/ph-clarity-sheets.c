/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-sheets.h"

#include "ph-css-rules.h"
#include "ph-hash.h"
#include "ph-json-write.h"
#include "ph-limits.h"

#include <string.h>

/* All their texts together; a page with more than that has its later sheets empty. */
#define MAX_BYTES ((gsize) 64 * 1024 * 1024)

typedef struct
{
  char *text;
  gboolean is_told;
} Sheet;

struct _PhClaritySheets
{
  PhHealth *health;
  GHashTable *numbers; /* name → number */
  GArray *sheets;      /* Sheet, the first is number 1 */
  gsize n_bytes;
};

static void
clear_sheet (gpointer data)
{
  g_free (((Sheet *) data)->text);
}

PhClaritySheets *
ph_clarity_sheets_new (PhHealth *health)
{
  PhClaritySheets *sheets = g_new0 (PhClaritySheets, 1);

  sheets->health = health;
  sheets->numbers = g_hash_table_new_full (ph_hash_text, g_str_equal, g_free, NULL);
  sheets->sheets = g_array_new (FALSE, FALSE, sizeof (Sheet));
  g_array_set_clear_func (sheets->sheets, clear_sheet);

  return sheets;
}

void
ph_clarity_sheets_free (PhClaritySheets *sheets)
{
  if (sheets == NULL)
    return;

  g_hash_table_unref (sheets->numbers);
  g_array_unref (sheets->sheets);
  g_free (sheets);
}

void
ph_clarity_sheets_reset (PhClaritySheets *sheets)
{
  g_hash_table_remove_all (sheets->numbers);
  g_array_set_size (sheets->sheets, 0);
  sheets->n_bytes = 0;
}

void
ph_clarity_sheets_untell (PhClaritySheets *sheets)
{
  for (guint i = 0; i < sheets->sheets->len; i++)
    g_array_index (sheets->sheets, Sheet, i).is_told = FALSE;
}

gint32
ph_clarity_sheets_find (PhClaritySheets *sheets,
                        const char *name)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (sheets->numbers, name));
}

static void
report_limit (PhClaritySheets *sheets)
{
  ph_health_add (sheets->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                 "more style sheets made by script than are shown");
}

gint32
ph_clarity_sheets_add (PhClaritySheets *sheets,
                       const char *name)
{
  gint32 number = ph_clarity_sheets_find (sheets, name);
  Sheet sheet = {};

  if (number != 0)
    return number;

  if (sheets->sheets->len >= PH_LIMIT_SHEETS || strlen (name) > PH_LIMIT_NAME_BYTES)
    {
      report_limit (sheets);
      return 0;
    }

  g_array_append_val (sheets->sheets, sheet);
  number = (gint32) sheets->sheets->len;
  g_hash_table_insert (sheets->numbers, g_strdup (name), GINT_TO_POINTER (number));

  return number;
}

gboolean
ph_clarity_sheets_set (PhClaritySheets *sheets,
                       gint32 number,
                       const char *text)
{
  Sheet *sheet;
  gsize size = strlen (text);

  g_return_val_if_fail (number > 0 && (guint) number <= sheets->sheets->len, FALSE);

  sheet = &g_array_index (sheets->sheets, Sheet, number - 1);
  sheets->n_bytes -= sheet->text != NULL ? strlen (sheet->text) : 0;

  if (sheets->n_bytes + size > MAX_BYTES)
    {
      report_limit (sheets);
      text = "";
      size = 0;
    }

  sheets->n_bytes += size;
  g_free (sheet->text);
  sheet->text = g_strdup (text);

  return sheet->is_told;
}

static void
write_definition (const Sheet *sheet,
                  gint32 number,
                  GString *out)
{
  g_autoptr (GPtrArray) rules = ph_css_split_rules (sheet->text != NULL ? sheet->text : "");

  g_string_append_printf (out, "{\"styleId\":%d,\"rules\":[", number);

  for (guint i = 0; i < rules->len; i++)
    {
      g_string_append (out, i > 0 ? ",{\"rule\":" : "{\"rule\":");
      ph_json_write_string (out, rules->pdata[i], -1);
      g_string_append_c (out, '}');
    }

  g_string_append (out, "]}");
}

void
ph_clarity_sheets_write (PhClaritySheets *sheets,
                         const GArray *numbers,
                         GString *out)
{
  gboolean has_some = FALSE;

  g_string_append (out, "\"styles\":[");

  for (guint i = 0; i < numbers->len; i++)
    {
      gint32 number = g_array_index (numbers, gint32, i);
      Sheet *sheet = &g_array_index (sheets->sheets, Sheet, number - 1);

      if (sheet->is_told)
        continue;

      if (has_some)
        g_string_append_c (out, ',');

      has_some = TRUE;
      sheet->is_told = TRUE;
      write_definition (sheet, number, out);
    }

  g_string_append (out, "],\"styleIds\":[");

  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf (out, i > 0 ? ",%d" : "%d", g_array_index (numbers, gint32, i));

  g_string_append_c (out, ']');
}
