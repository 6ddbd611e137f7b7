/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sheets.h"

#include "ph-limits.h"

/* Both are shared and, while they are, never changed. */
typedef struct
{
  gatomicrefcount ref_count;
  GPtrArray *rules; /* GRefString */
} Sheet;

typedef struct
{
  gatomicrefcount ref_count;
  guint n;
  gint32 ids[];
} Adopted;

/* A row of one of the tables, which are sorted by id: recorders number upwards. */
typedef struct
{
  gint32 id;
  gpointer item; /* Sheet or Adopted */
} Row;

struct _PhSheets
{
  gatomicrefcount ref_count;
  GArray *sheets;   /* Row of Sheet */
  GArray *adopters; /* Row of Adopted */
};

/* ---- what is shared ---- */

static void
sheet_unref (Sheet *sheet)
{
  if (!g_atomic_ref_count_dec (&sheet->ref_count))
    return;

  g_ptr_array_unref (sheet->rules);
  g_free (sheet);
}

static void
clear_sheet (gpointer row)
{
  sheet_unref (((Row *) row)->item);
}

static void
clear_adopted (gpointer row)
{
  Adopted *adopted = ((Row *) row)->item;

  if (g_atomic_ref_count_dec (&adopted->ref_count))
    g_free (adopted);
}

static PhSheets *
sheets_new (void)
{
  PhSheets *sheets = g_new0 (PhSheets, 1);

  g_atomic_ref_count_init (&sheets->ref_count);
  sheets->sheets = g_array_new (FALSE, FALSE, sizeof (Row));
  sheets->adopters = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (sheets->sheets, clear_sheet);
  g_array_set_clear_func (sheets->adopters, clear_adopted);

  return sheets;
}

PhSheets *
ph_sheets_ref (PhSheets *sheets)
{
  if (sheets != NULL)
    g_atomic_ref_count_inc (&sheets->ref_count);

  return sheets;
}

void
ph_sheets_unref (PhSheets *sheets)
{
  if (sheets == NULL || !g_atomic_ref_count_dec (&sheets->ref_count))
    return;

  g_array_unref (sheets->sheets);
  g_array_unref (sheets->adopters);
  g_free (sheets);
}

PhSheets *
ph_sheets_own (PhSheets *sheets)
{
  PhSheets *own;

  if (sheets != NULL && g_atomic_ref_count_compare (&sheets->ref_count, 1))
    return sheets;

  own = sheets_new ();

  if (sheets == NULL)
    return own;

  g_array_append_vals (own->sheets, sheets->sheets->data, sheets->sheets->len);
  g_array_append_vals (own->adopters, sheets->adopters->data, sheets->adopters->len);

  for (guint i = 0; i < own->sheets->len; i++)
    g_atomic_ref_count_inc (&((Sheet *) g_array_index (own->sheets, Row, i).item)->ref_count);

  for (guint i = 0; i < own->adopters->len; i++)
    g_atomic_ref_count_inc (&((Adopted *) g_array_index (own->adopters, Row, i).item)->ref_count);

  ph_sheets_unref (sheets);

  return own;
}

/* ---- the tables ---- */

/* The first row whose id is @id or more. */
static guint
find_place (const GArray *rows,
            gint32 id)
{
  guint low = 0;
  guint high = rows->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (rows, Row, middle).id < id)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static gpointer
look_up (const GArray *rows,
         gint32 id)
{
  guint place = find_place (rows, id);

  return place < rows->len && g_array_index (rows, Row, place).id == id
           ? g_array_index (rows, Row, place).item
           : NULL;
}

/* Takes @item, unless there are too many. */
static gboolean
put (GArray *rows,
     gint32 id,
     gpointer item,
     GDestroyNotify clear)
{
  guint place = find_place (rows, id);
  Row row = { id, item };

  if (place < rows->len && g_array_index (rows, Row, place).id == id)
    {
      clear (&g_array_index (rows, Row, place));
      g_array_index (rows, Row, place) = row;
      return TRUE;
    }

  if (rows->len >= PH_LIMIT_SHEETS)
    return FALSE;

  g_array_insert_val (rows, place, row);

  return TRUE;
}

/* ---- sheets ---- */

guint
ph_sheets_n (const PhSheets *sheets)
{
  return sheets != NULL ? sheets->sheets->len : 0;
}

gint32
ph_sheets_id (const PhSheets *sheets,
              guint index)
{
  return g_array_index (sheets->sheets, Row, index).id;
}

const GPtrArray *
ph_sheets_find (const PhSheets *sheets,
                gint32 id)
{
  const Sheet *sheet = sheets != NULL ? look_up (sheets->sheets, id) : NULL;

  return sheet != NULL ? sheet->rules : NULL;
}

static Sheet *
sheet_new (GPtrArray *rules)
{
  Sheet *sheet = g_new0 (Sheet, 1);

  g_atomic_ref_count_init (&sheet->ref_count);
  sheet->rules = rules;

  return sheet;
}

gboolean
ph_sheets_define (PhSheets *sheets,
                  gint32 id,
                  GPtrArray *rules)
{
  Sheet *sheet = sheet_new (rules);

  g_return_val_if_fail (id > 0, FALSE);

  if (put (sheets->sheets, id, sheet, clear_sheet))
    return TRUE;

  sheet_unref (sheet);

  return FALSE;
}

static gpointer
copy_rule (gconstpointer rule,
           gpointer user_data)
{
  return g_ref_string_acquire ((char *) rule);
}

GPtrArray *
ph_sheets_edit (PhSheets *sheets,
                gint32 id)
{
  Sheet *sheet = look_up (sheets->sheets, id);

  if (sheet == NULL)
    return NULL;

  if (!g_atomic_ref_count_compare (&sheet->ref_count, 1))
    {
      sheet = sheet_new (g_ptr_array_copy (sheet->rules, copy_rule, NULL));
      put (sheets->sheets, id, sheet, clear_sheet);
    }

  return sheet->rules;
}

/* ---- who adopts them ---- */

guint
ph_sheets_n_adopters (const PhSheets *sheets)
{
  return sheets != NULL ? sheets->adopters->len : 0;
}

gint32
ph_sheets_adopter (const PhSheets *sheets,
                   guint index)
{
  return g_array_index (sheets->adopters, Row, index).id;
}

const gint32 *
ph_sheets_adopted (const PhSheets *sheets,
                   gint32 node,
                   guint *n)
{
  const Adopted *adopted = sheets != NULL ? look_up (sheets->adopters, node) : NULL;

  *n = adopted != NULL ? adopted->n : 0;

  return adopted != NULL ? adopted->ids : NULL;
}

gboolean
ph_sheets_adopt (PhSheets *sheets,
                 gint32 node,
                 const gint32 *ids,
                 guint n)
{
  guint place = find_place (sheets->adopters, node);
  Row row = { node, NULL };
  Adopted *adopted;

  g_return_val_if_fail (node > 0, FALSE);

  if (n > PH_LIMIT_ADOPTED)
    return FALSE;

  if (n == 0)
    {
      if (look_up (sheets->adopters, node) != NULL)
        g_array_remove_index (sheets->adopters, place);

      return TRUE;
    }

  adopted = g_malloc0 (sizeof (Adopted) + n * sizeof (gint32));
  g_atomic_ref_count_init (&adopted->ref_count);
  adopted->n = n;

  for (guint i = 0; i < n; i++)
    adopted->ids[i] = ids[i];

  row.item = adopted;

  if (put (sheets->adopters, node, adopted, clear_adopted))
    return TRUE;

  clear_adopted (&row);

  return FALSE;
}

/* ---- in a packed page ---- */

void
ph_sheets_pack (const PhSheets *sheets,
                PhPackOut *out)
{
  ph_pack_put_number (out, ph_sheets_n (sheets));

  for (guint i = 0; i < ph_sheets_n (sheets); i++)
    {
      const GPtrArray *rules = ph_sheets_find (sheets, ph_sheets_id (sheets, i));

      ph_pack_put_number (out, (guint64) ph_sheets_id (sheets, i));
      ph_pack_put_number (out, rules->len);

      for (guint at = 0; at < rules->len; at++)
        ph_pack_put_string (out, PH_PACK_TEXTS, rules->pdata[at]);
    }

  ph_pack_put_number (out, ph_sheets_n_adopters (sheets));

  for (guint i = 0; i < ph_sheets_n_adopters (sheets); i++)
    {
      guint n;
      const gint32 *ids = ph_sheets_adopted (sheets, ph_sheets_adopter (sheets, i), &n);

      ph_pack_put_number (out, (guint64) ph_sheets_adopter (sheets, i));
      ph_pack_put_number (out, n);

      for (guint at = 0; at < n; at++)
        ph_pack_put_number (out, (guint64) ids[at]);
    }
}

static gint32
take_id (PhPackIn *in)
{
  gint32 id = (gint32) ph_pack_take_bounded (in, G_MAXINT32);

  if (id == 0)
    in->bad = TRUE;

  return MAX (id, 1);
}

static void
take_sheet (PhSheets *sheets,
            PhPackIn *in)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  gint32 id = take_id (in);
  guint64 n = ph_pack_take_bounded (in, PH_LIMIT_RULES);

  for (guint64 i = 0; i < n && !in->bad; i++)
    g_ptr_array_add (rules, ph_pack_take_string (in, PH_PACK_TEXTS));

  if (!ph_sheets_define (sheets, id, rules))
    in->bad = TRUE;
}

static void
take_adopter (PhSheets *sheets,
              PhPackIn *in)
{
  gint32 node = take_id (in);
  guint64 n = ph_pack_take_bounded (in, PH_LIMIT_ADOPTED);
  g_autofree gint32 *ids = g_new0 (gint32, n + 1);

  for (guint64 i = 0; i < n && !in->bad; i++)
    ids[i] = take_id (in);

  if (n == 0 || !ph_sheets_adopt (sheets, node, ids, (guint) n))
    in->bad = TRUE;
}

PhSheets *
ph_sheets_unpack (PhPackIn *in)
{
  PhSheets *sheets = sheets_new ();
  guint64 n = ph_pack_take_bounded (in, PH_LIMIT_SHEETS);

  for (guint64 i = 0; i < n && !in->bad; i++)
    take_sheet (sheets, in);

  n = ph_pack_take_bounded (in, PH_LIMIT_SHEETS);

  for (guint64 i = 0; i < n && !in->bad; i++)
    take_adopter (sheets, in);

  return sheets;
}
