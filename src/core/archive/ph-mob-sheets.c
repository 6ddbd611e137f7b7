/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-sheets.h"

#include "ph-hash.h"
#include "ph-limits.h"
#include "ph-mob-text.h"

#include <string.h>

/* Of changes that wait for an owner, in bytes, for all sheets of a page. */
#define MAX_WAITING ((gsize) 32 * 1024 * 1024)

typedef struct
{
  gint32 id;      /* as in events */
  gint64 element; /* whose it is, in events; 0: one that is adopted, or not known yet */
  gboolean is_defined;
  GPtrArray *waiting; /* members of `data`, one text for each change; NULL: none */
} Sheet;

struct _PhMobSheets
{
  PhMobPage *page;
  PhHealth *health;
  GHashTable *sheets; /* OpenReplay's number → Sheet */
  GHashTable *owners; /* id of a root in events → GArray of gint32, what it adopts */
  gsize n_waiting;
};

static void
free_sheet (gpointer data)
{
  Sheet *sheet = data;

  g_clear_pointer (&sheet->waiting, g_ptr_array_unref);
  g_free (sheet);
}

PhMobSheets *
ph_mob_sheets_new (PhMobPage *page)
{
  PhMobSheets *sheets = g_new0 (PhMobSheets, 1);

  sheets->page = page;
  sheets->health = ph_mob_page_get_health (page);
  sheets->sheets = g_hash_table_new_full (ph_hash_int, NULL, NULL, free_sheet);
  sheets->owners = g_hash_table_new_full (ph_hash_int, NULL, NULL,
                                          (GDestroyNotify) g_array_unref);

  return sheets;
}

void
ph_mob_sheets_free (PhMobSheets *sheets)
{
  if (sheets == NULL)
    return;

  g_hash_table_unref (sheets->sheets);
  g_hash_table_unref (sheets->owners);
  g_free (sheets);
}

void
ph_mob_sheets_clear (PhMobSheets *sheets)
{
  g_hash_table_remove_all (sheets->sheets);
  g_hash_table_remove_all (sheets->owners);
  sheets->n_waiting = 0;
}

/* NULL, and a finding, when there cannot be one more. */
static Sheet *
find_sheet (PhMobSheets *sheets,
            gint64 number)
{
  gpointer key = GINT_TO_POINTER ((gint32) number);
  Sheet *sheet;

  if (!ph_mob_page_is_there (sheets->page))
    return NULL;

  if (number < 0 || number >= G_MAXINT32)
    {
      ph_health_add (sheets->health, PH_HEALTH_ODD_VALUE, PH_TIME_NONE,
                     "a style sheet with the number %" G_GINT64_FORMAT, number);
      return NULL;
    }

  sheet = g_hash_table_lookup (sheets->sheets, key);

  if (sheet != NULL)
    return sheet;

  if (g_hash_table_size (sheets->sheets) >= PH_LIMIT_SHEETS)
    {
      ph_health_add (sheets->health, PH_HEALTH_LIMIT, PH_TIME_NONE, "more than %d style sheets",
                     PH_LIMIT_SHEETS);
      return NULL;
    }

  sheet = g_new0 (Sheet, 1);
  sheet->id = (gint32) number + 1;
  g_hash_table_insert (sheets->sheets, key, sheet);

  return sheet;
}

/* ---- rules ---- */

static gboolean
give_change (PhMobSheets *sheets,
             const char *owner,
             gint64 id,
             const char *members,
             GError **error)
{
  GString *out =
    ph_mob_page_begin_event (sheets->page, "{\"type\":3,\"data\":{\"source\":8", error);

  if (out == NULL)
    return FALSE;

  g_string_append_printf (out, ",\"%s\":%" G_GINT64_FORMAT ",", owner, id);
  g_string_append (out, members);

  return ph_mob_page_end_event (sheets->page, "}", error);
}

static gboolean
change_sheet (PhMobSheets *sheets,
              Sheet *sheet,
              GString *members,
              GError **error)
{
  if (sheet->element != 0)
    return give_change (sheets, "id", sheet->element, members->str, error);

  if (sheet->is_defined)
    return give_change (sheets, "styleId", sheet->id, members->str, error);

  if (sheets->n_waiting + members->len > MAX_WAITING)
    {
      ph_health_add (sheets->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                     "more changes of style sheets that are nobody's than are kept");
      return TRUE;
    }

  if (sheet->waiting == NULL)
    sheet->waiting = g_ptr_array_new_with_free_func (g_free);

  sheets->n_waiting += members->len;
  g_ptr_array_add (sheet->waiting, g_strndup (members->str, members->len));

  return TRUE;
}

static gboolean
give_waiting (PhMobSheets *sheets,
              Sheet *sheet,
              GError **error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&sheet->waiting);

  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    {
      sheets->n_waiting -= strlen (waiting->pdata[i]);

      if (!give_change (sheets, sheet->element != 0 ? "id" : "styleId",
                        sheet->element != 0 ? sheet->element : sheet->id, waiting->pdata[i],
                        error))
        return FALSE;
    }

  return TRUE;
}

static GString *
write_rule (const char *rule,
            gsize size,
            gint64 index)
{
  GString *members = g_string_new (rule != NULL ? "\"adds\":[{\"rule\":" : "\"removes\":[{");

  if (rule != NULL)
    {
      ph_mob_put_string (members, rule, size);
      g_string_append_c (members, ',');
    }

  g_string_append_printf (members, "\"index\":%" G_GINT64_FORMAT "}]", index);

  return members;
}

gboolean
ph_mob_sheets_insert (PhMobSheets *sheets,
                      gint64 number,
                      const char *rule,
                      gsize size,
                      gint64 index,
                      GError **error)
{
  Sheet *sheet = find_sheet (sheets, number);
  g_autoptr (GString) members = write_rule (rule, size, index);

  return sheet == NULL || change_sheet (sheets, sheet, members, error);
}

gboolean
ph_mob_sheets_delete (PhMobSheets *sheets,
                      gint64 number,
                      gint64 index,
                      GError **error)
{
  Sheet *sheet = find_sheet (sheets, number);
  g_autoptr (GString) members = write_rule (NULL, 0, index);

  return sheet == NULL || change_sheet (sheets, sheet, members, error);
}

gboolean
ph_mob_sheets_replace (PhMobSheets *sheets,
                       gint64 number,
                       const char *text,
                       gsize size,
                       GError **error)
{
  Sheet *sheet = find_sheet (sheets, number);
  g_autoptr (GString) members = g_string_new ("\"replaceSync\":");

  ph_mob_put_string (members, text, size);

  return sheet == NULL || change_sheet (sheets, sheet, members, error);
}

gboolean
ph_mob_sheets_edit_element (PhMobSheets *sheets,
                            gint64 element,
                            const char *rule,
                            gsize size,
                            gint64 index,
                            GError **error)
{
  gint64 id = ph_mob_page_find (sheets->page, element);
  g_autoptr (GString) members = write_rule (rule, size, index);

  return id == 0 || give_change (sheets, "id", id, members->str, error);
}

/* ---- owners ---- */

static gboolean
give_adopted (PhMobSheets *sheets,
              gint64 owner,
              const GArray *adopted,
              const Sheet *defined,
              GError **error)
{
  GString *out =
    ph_mob_page_begin_event (sheets->page, "{\"type\":3,\"data\":{\"source\":15", error);

  if (out == NULL)
    return FALSE;

  g_string_append_printf (out, ",\"id\":%" G_GINT64_FORMAT, owner);

  if (defined != NULL)
    g_string_append_printf (out, ",\"styles\":[{\"styleId\":%d,\"rules\":[]}]", defined->id);

  g_string_append (out, ",\"styleIds\":[");

  for (guint i = 0; i < adopted->len; i++)
    g_string_append_printf (out, i > 0 ? ",%d" : "%d", g_array_index (adopted, gint32, i));

  return ph_mob_page_end_event (sheets->page, "]}", error);
}

static int
find_adopted (const GArray *adopted,
              gint32 id)
{
  for (guint i = 0; i < adopted->len; i++)
    if (g_array_index (adopted, gint32, i) == id)
      return (int) i;

  return -1;
}

static gboolean
adopt (PhMobSheets *sheets,
       Sheet *sheet,
       gint64 owner,
       GError **error)
{
  gpointer key = GINT_TO_POINTER ((gint32) owner);
  GArray *adopted = g_hash_table_lookup (sheets->owners, key);
  gboolean is_new = !sheet->is_defined;

  if (adopted == NULL)
    {
      adopted = g_array_new (FALSE, FALSE, sizeof (gint32));
      g_hash_table_insert (sheets->owners, key, adopted);
    }

  if (find_adopted (adopted, sheet->id) >= 0)
    return TRUE;

  if (adopted->len >= PH_LIMIT_ADOPTED)
    {
      ph_health_add (sheets->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                     "more than %d style sheets of one document", PH_LIMIT_ADOPTED);
      return TRUE;
    }

  g_array_append_val (adopted, sheet->id);
  sheet->is_defined = TRUE;

  return give_adopted (sheets, owner, adopted, is_new ? sheet : NULL, error) &&
         give_waiting (sheets, sheet, error);
}

gboolean
ph_mob_sheets_add_owner (PhMobSheets *sheets,
                         gint64 number,
                         gint64 owner,
                         GError **error)
{
  Sheet *sheet = find_sheet (sheets, number);
  gboolean is_element;
  gint64 id = sheet != NULL ? ph_mob_page_find_owner (sheets->page, owner, &is_element) : 0;

  if (id == 0)
    return TRUE;

  if (!is_element)
    return adopt (sheets, sheet, id, error);

  sheet->element = id;

  return give_waiting (sheets, sheet, error);
}

gboolean
ph_mob_sheets_remove_owner (PhMobSheets *sheets,
                            gint64 number,
                            gint64 owner,
                            GError **error)
{
  Sheet *sheet = find_sheet (sheets, number);
  gboolean is_element;
  gint64 id = sheet != NULL ? ph_mob_page_find_owner (sheets->page, owner, &is_element) : 0;
  GArray *adopted = g_hash_table_lookup (sheets->owners, GINT_TO_POINTER ((gint32) id));
  int at = id != 0 && adopted != NULL ? find_adopted (adopted, sheet->id) : -1;

  if (at < 0)
    return TRUE;

  g_array_remove_index (adopted, (guint) at);

  return give_adopted (sheets, id, adopted, NULL, error);
}
