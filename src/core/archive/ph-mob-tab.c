/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-tab.h"

#include "ph-hash.h"
#include "ph-limits.h"
#include "ph-mob-node.h"
#include "ph-mob-sheets.h"
#include "ph-mob-text.h"
#include "ph-mob-tools.h"

#include <string.h>

/* Texts of a tab's dictionary, and how long all together. */
#define MAX_WORDS 1000000
#define MAX_WORD_BYTES ((gsize) 64 * 1024 * 1024)

/* Asterisks shown for what was typed and is not known. */
#define MAX_MASK 10000

/* Clicks say where on the page they were in parts of this. */
#define NORMALIZED 10000

struct _PhMobTab
{
  PhMobPage *page;
  PhMobSheets *sheets;
  PhHealth *health;
  PhJson *json;
  GHashTable *dict;  /* of the session */
  GHashTable *words; /* of the tab: number → text */
  gsize n_word_bytes;

  gint64 x, y;  /* of the pointer, −1 before it moved */
  gint64 focus; /* OpenReplay's id of what has it, −1 for none */
  gboolean said_canvas;
};

PhMobTab *
ph_mob_tab_new (PhReading *reading,
                GHashTable *dict,
                const char *name,
                const char *href)
{
  PhMobTab *tab = g_new0 (PhMobTab, 1);

  tab->page = ph_mob_page_new (reading, name, href);
  tab->sheets = ph_mob_sheets_new (tab->page);
  tab->health = ph_reading_get_health (reading);
  tab->json = ph_json_new ();
  tab->dict = dict;
  tab->words = g_hash_table_new_full (ph_hash_int, NULL, NULL, g_free);
  tab->x = tab->y = tab->focus = -1;

  return tab;
}

void
ph_mob_tab_free (PhMobTab *tab)
{
  if (tab == NULL)
    return;

  ph_mob_sheets_free (tab->sheets);
  ph_mob_page_free (tab->page);
  ph_json_free (tab->json);
  g_hash_table_unref (tab->words);
  g_free (tab);
}

gboolean
ph_mob_tab_flush (PhMobTab *tab,
                  GError **error)
{
  return ph_mob_page_flush (tab->page, error);
}

/* ---- attributes ---- */

static void
set_attribute (PhMobTab *tab,
               gint64 id,
               const PhMobField *name,
               const PhMobField *value)
{
  ph_mob_page_set_attribute (tab->page, id, name->text, name->size, value->text, value->size);
}

static gboolean
is_text (const PhMobField *field,
         const char *text)
{
  return field->size == strlen (text) && memcmp (field->text, text, field->size) == 0;
}

/* An attribute whose value was not made whole by the server: ID, name, value, base. */
static void
set_attribute_url (PhMobTab *tab,
                   const PhMobField *fields)
{
  g_autofree char *base = g_strndup (fields[3].text, fields[3].size);
  g_autofree char *value = NULL;
  g_autofree char *whole = NULL;
  gboolean is_style = is_text (&fields[1], "style");

  if (!is_style && !is_text (&fields[1], "href") && !is_text (&fields[1], "src"))
    {
      set_attribute (tab, fields[0].number, &fields[1], &fields[2]);
      return;
    }

  value = g_strndup (fields[2].text, fields[2].size);
  whole = is_style ? ph_mob_resolve_css (base, value, strlen (value))
                   : ph_mob_resolve (base, value);
  ph_mob_page_set_attribute (tab->page, fields[0].number, fields[1].text, fields[1].size, whole,
                             strlen (whole));
}

static void
set_attribute_words (PhMobTab *tab,
                     gint64 id,
                     const char *name,
                     const char *value)
{
  if (name == NULL || value == NULL)
    {
      ph_health_add (tab->health, PH_HEALTH_ODD_VALUE, PH_TIME_NONE,
                     "an attribute in words that are not in the dictionary");
      return;
    }

  ph_mob_page_set_attribute (tab->page, id, name, strlen (name), value, strlen (value));
}

static const char *
find_word (PhMobTab *tab,
           gint64 key)
{
  return key >= 0 && key <= G_MAXINT32
           ? g_hash_table_lookup (tab->words, GINT_TO_POINTER ((gint32) key))
           : NULL;
}

static const char *
find_text (PhMobTab *tab,
           const PhMobField *key)
{
  g_autofree char *text = g_strndup (key->text, key->size);

  return g_hash_table_lookup (tab->dict, text);
}

static const char *
find_number (PhMobTab *tab,
             gint64 key)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);

  return g_hash_table_lookup (tab->dict, text);
}

static void
add_word (PhMobTab *tab,
          gint64 key,
          const PhMobField *word)
{
  if (key < 0 || key > G_MAXINT32 || g_hash_table_size (tab->words) >= MAX_WORDS ||
      tab->n_word_bytes + word->size > MAX_WORD_BYTES)
    {
      ph_health_add (tab->health, PH_HEALTH_LIMIT, PH_TIME_NONE, "a dictionary that is too large");
      return;
    }

  tab->n_word_bytes += word->size;
  g_hash_table_insert (tab->words, GINT_TO_POINTER ((gint32) key),
                       g_strndup (word->text, word->size));
}

/* ---- what the user does ---- */

static gboolean
give_scroll (PhMobTab *tab,
             gint64 id,
             gint64 x,
             gint64 y,
             GError **error)
{
  GString *out;

  /* OpenReplay's root element scrolls the page. */
  id = id == 0 && ph_mob_page_is_there (tab->page) ? PH_MOB_ID_DOCUMENT
                                                   : ph_mob_page_find (tab->page, id);

  if (id == 0)
    return TRUE;

  out = ph_mob_page_begin_event (tab->page, "{\"type\":3,\"data\":{\"source\":3", error);

  if (out == NULL)
    return FALSE;

  g_string_append_printf (out, ",\"id\":%" G_GINT64_FORMAT ",\"x\":%" G_GINT64_FORMAT, id, x);
  g_string_append_printf (out, ",\"y\":%" G_GINT64_FORMAT, y);

  return ph_mob_page_end_event (tab->page, "}", error);
}

/* SetInputValue: ID, value, and how long it is where it is not told. */
static gboolean
give_value (PhMobTab *tab,
            const PhMobField *fields,
            GError **error)
{
  gint64 n = CLAMP (fields[2].number, 0, MAX_MASK);
  g_autofree char *mask = n > 0 ? g_strnfill ((gsize) n, '*') : NULL;
  const char *value = mask != NULL ? mask : fields[1].text;
  gsize size = mask != NULL ? (gsize) n : fields[1].size;
  gint64 id = ph_mob_page_find (tab->page, fields[0].number);
  GString *out;

  if (id == 0 || ph_mob_page_set_first_value (tab->page, fields[0].number, value, size, FALSE))
    return TRUE;

  out = ph_mob_page_begin_event (tab->page, "{\"type\":3,\"data\":{\"source\":5", error);

  if (out == NULL)
    return FALSE;

  g_string_append_printf (out, ",\"id\":%" G_GINT64_FORMAT ",\"text\":", id);
  ph_mob_put_string (out, value, size);

  return ph_mob_page_end_event (tab->page, "}", error);
}

/* SetInputChecked: ID, checked. */
static gboolean
give_checked (PhMobTab *tab,
              const PhMobField *fields,
              GError **error)
{
  gboolean is_checked = fields[1].number != 0;
  gint64 id = ph_mob_page_find (tab->page, fields[0].number);
  GString *out;

  if (id == 0 ||
      ph_mob_page_set_first_value (tab->page, fields[0].number, NULL, 0, is_checked))
    return TRUE;

  out = ph_mob_page_begin_event (tab->page, "{\"type\":3,\"data\":{\"source\":5", error);

  if (out == NULL)
    return FALSE;

  g_string_append_printf (out, ",\"id\":%" G_GINT64_FORMAT ",\"isChecked\":%s", id,
                          is_checked ? "true" : "false");

  return ph_mob_page_end_event (tab->page, "}", error);
}

static gboolean
give_move (PhMobTab *tab,
           gint64 x,
           gint64 y,
           GError **error)
{
  GString *out = ph_mob_page_begin_event (tab->page,
                                          "{\"type\":3,\"data\":{\"source\":1,\"positions\":[{",
                                          error);

  if (out == NULL)
    return FALSE;

  tab->x = x;
  tab->y = y;
  g_string_append_printf (out, "\"x\":%" G_GINT64_FORMAT ",\"y\":%" G_GINT64_FORMAT, x, y);

  return ph_mob_page_end_event (tab->page, ",\"id\":-1,\"timeOffset\":0}]}", error);
}

/* MouseClick: ID, hesitation, label, selector and, in newer ones, where on the page. */
static gboolean
give_click (PhMobTab *tab,
            guint type,
            const PhMobField *fields,
            GError **error)
{
  gint64 id = ph_mob_page_find (tab->page, fields[0].number);
  GString *out = ph_mob_page_begin_event (tab->page,
                                          "{\"type\":3,\"data\":{\"source\":2,\"type\":2", error);
  gint64 x = tab->x;
  gint64 y = tab->y;

  if (out == NULL)
    return FALSE;

  /* Touch screens have no pointer that moved there. */
  if (x < 0 && type == PH_MOB_MOUSE_CLICK)
    {
      ph_mob_page_get_viewport (tab->page, &x, &y);
      x = x * CLAMP (fields[4].number, 0, NORMALIZED) / NORMALIZED;
      y = y * CLAMP (fields[5].number, 0, NORMALIZED) / NORMALIZED;
    }

  g_string_append_printf (out, ",\"id\":%" G_GINT64_FORMAT, id != 0 ? id : -1);
  g_string_append_printf (out, ",\"x\":%" G_GINT64_FORMAT ",\"y\":%" G_GINT64_FORMAT, MAX (x, 0),
                          MAX (y, 0));
  g_string_append_printf (out, ",\"hesitationTime\":%" G_GINT64_FORMAT ",\"label\":",
                          fields[1].number);
  ph_mob_put_string (out, fields[2].text, fields[2].size);
  g_string_append (out, ",\"selector\":");
  ph_mob_put_string (out, fields[3].text, fields[3].size);

  return ph_mob_page_end_event (tab->page, "}", error);
}

static gboolean
give_focus (PhMobTab *tab,
            gint64 id,
            GError **error)
{
  gint64 focus = id >= 0 ? ph_mob_page_find (tab->page, id) : 0;
  gint64 old = tab->focus >= 0 ? ph_mob_page_look_up (tab->page, tab->focus) : 0;
  GString *out;

  /* What had it may be gone by now. */
  tab->focus = focus != 0 ? id : -1;

  if (focus == 0 && old == 0)
    return TRUE;

  out = ph_mob_page_begin_event (tab->page, "{\"type\":3,\"data\":{\"source\":2", error);

  if (out == NULL)
    return FALSE;

  g_string_append_printf (out, ",\"type\":%d,\"id\":%" G_GINT64_FORMAT,
                          focus != 0 ? PH_MOUSE_FOCUS : PH_MOUSE_BLUR, focus != 0 ? focus : old);

  return ph_mob_page_end_event (tab->page, "}", error);
}

/* From the first element to the last one; which letters of them is not recorded. */
static gboolean
give_selection (PhMobTab *tab,
                const PhMobField *fields,
                GError **error)
{
  gboolean is_any = fields[2].size > 0;
  gint64 start = is_any ? ph_mob_page_find (tab->page, fields[0].number) : 0;
  gint64 end = is_any ? ph_mob_page_find (tab->page, fields[1].number) : 0;
  GString *out = ph_mob_page_begin_event (tab->page,
                                          "{\"type\":3,\"data\":{\"source\":14,\"ranges\":[",
                                          error);

  if (out == NULL)
    return FALSE;

  if (start != 0 && end != 0)
    {
      g_string_append_printf (out, "{\"start\":%" G_GINT64_FORMAT ",\"startOffset\":0,", start);
      g_string_append_printf (out, "\"end\":%" G_GINT64_FORMAT ",\"endOffset\":%u}", end,
                              ph_mob_page_count_children (tab->page, fields[1].number));
    }

  return ph_mob_page_end_event (tab->page, "]}", error);
}

static gboolean
give_font (PhMobTab *tab,
           const PhMobField *fields,
           GError **error)
{
  gboolean is_element;
  GString *out;

  if (ph_mob_page_find_owner (tab->page, fields[0].number, &is_element) == 0)
    return TRUE;

  out = ph_mob_page_begin_event (tab->page, "{\"type\":3,\"data\":{\"source\":10,\"family\":",
                                 error);

  if (out == NULL)
    return FALSE;

  ph_mob_put_string (out, fields[1].text, fields[1].size);
  g_string_append (out, ",\"fontSource\":");
  ph_mob_put_string (out, fields[2].text, fields[2].size);
  g_string_append (out, ",\"buffer\":false,\"descriptors\":");
  ph_mob_put_value (out, tab->json, fields[3].text, fields[3].size);

  return ph_mob_page_end_event (tab->page, "}", error);
}

static gboolean
give_tab_change (PhMobTab *tab,
                 const PhMobField *id,
                 GError **error)
{
  GString *out = ph_mob_page_begin_event (tab->page,
                                          "{\"type\":5,\"data\":{\"tag\":\"TabChange\","
                                          "\"payload\":{\"tabId\":",
                                          error);

  if (out == NULL)
    return FALSE;

  ph_mob_put_string (out, id->text, id->size);

  return ph_mob_page_end_event (tab->page, "}}", error);
}

/* ---- dispatch ---- */

static gboolean
begin_document (PhMobTab *tab,
                GError **error)
{
  ph_mob_sheets_clear (tab->sheets);
  tab->focus = -1;

  return ph_mob_page_begin_document (tab->page, error);
}

/* What changes nodes. FALSE when it does not. */
static gboolean
apply_nodes (PhMobTab *tab,
             guint type,
             const PhMobField *fields)
{
  gint64 id = fields[0].number;

  switch (type)
    {
    case PH_MOB_CREATE_ELEMENT:
      ph_mob_page_create (tab->page, id, fields[1].number, fields[2].number, &fields[3],
                          fields[4].number != 0);
      return TRUE;
    case PH_MOB_CREATE_TEXT:
      ph_mob_page_create (tab->page, id, fields[1].number, fields[2].number, NULL, FALSE);
      return TRUE;
    case PH_MOB_CREATE_ROOT:
      ph_mob_page_create_root (tab->page, id, fields[1].number);
      return TRUE;
    case PH_MOB_MOVE_NODE:
      ph_mob_page_move (tab->page, id, fields[1].number, fields[2].number);
      return TRUE;
    case PH_MOB_REMOVE_NODE:
      ph_mob_page_remove (tab->page, id);
      return TRUE;
    case PH_MOB_NODE_DATA:
    case PH_MOB_CSS_DATA:
      ph_mob_page_set_data (tab->page, id, fields[1].text, fields[1].size);
      return TRUE;
    case PH_MOB_NODE_SLOT:
      ph_mob_page_set_slot (tab->page, id, fields[1].number);
      return TRUE;
    case PH_MOB_ANIMATION_RESULT:
      ph_mob_page_add_styles (tab->page, id, &fields[1]);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
apply_attributes (PhMobTab *tab,
                  guint type,
                  const PhMobField *fields)
{
  gint64 id = fields[0].number;

  switch (type)
    {
    case PH_MOB_ATTRIBUTE:
      set_attribute (tab, id, &fields[1], &fields[2]);
      return TRUE;
    case PH_MOB_ATTRIBUTE_URL:
      set_attribute_url (tab, fields);
      return TRUE;
    case PH_MOB_ATTRIBUTE_DICT:
      set_attribute_words (tab, id, find_text (tab, &fields[1]), find_text (tab, &fields[2]));
      return TRUE;
    case PH_MOB_ATTRIBUTE_DICT_GLOBAL:
      set_attribute_words (tab, id, find_number (tab, fields[1].number),
                           find_number (tab, fields[2].number));
      return TRUE;
    case PH_MOB_ATTRIBUTE_DICT_OLD:
      set_attribute_words (tab, id, find_word (tab, fields[1].number),
                           find_word (tab, fields[2].number));
      return TRUE;
    case PH_MOB_REMOVE_ATTRIBUTE:
      ph_mob_page_set_attribute (tab->page, id, fields[1].text, fields[1].size, NULL, 0);
      return TRUE;
    case PH_MOB_STRING_DICT_OLD:
      add_word (tab, id, &fields[1]);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Style text with the base its addresses were seen from: made whole, then carried out. */
static gboolean
apply_css_url (PhMobTab *tab,
               guint type,
               const PhMobField *fields,
               GError **error)
{
  const PhMobField *base = &fields[type == PH_MOB_CSS_DATA_URL || type == PH_MOB_SHEET_REPLACE_URL
                                     ? 2
                                     : 3];
  g_autofree char *base_url = g_strndup (base->text, base->size);
  g_autofree char *css = ph_mob_resolve_css (base_url, fields[1].text, fields[1].size);
  gsize size = strlen (css);
  gint64 id = fields[0].number;

  if (type == PH_MOB_SHEET_REPLACE_URL)
    return ph_mob_sheets_replace (tab->sheets, id, css, size, error);

  if (type == PH_MOB_SHEET_INSERT_URL)
    return ph_mob_sheets_insert (tab->sheets, id, css, size, fields[2].number, error);

  if (type == PH_MOB_INSERT_RULE_URL_OLD)
    return ph_mob_sheets_edit_element (tab->sheets, id, css, size, fields[2].number, error);

  ph_mob_page_set_data (tab->page, id, css, size);

  return TRUE;
}

static gboolean
apply_sheets (PhMobTab *tab,
              guint type,
              const PhMobField *fields,
              gboolean *is_done,
              GError **error)
{
  gint64 id = fields[0].number;

  *is_done = TRUE;

  switch (type)
    {
    case PH_MOB_CSS_DATA_URL:
    case PH_MOB_SHEET_INSERT_URL:
    case PH_MOB_SHEET_REPLACE_URL:
    case PH_MOB_INSERT_RULE_URL_OLD:
      return apply_css_url (tab, type, fields, error);
    case PH_MOB_SHEET_INSERT:
      return ph_mob_sheets_insert (tab->sheets, id, fields[1].text, fields[1].size,
                                   fields[2].number, error);
    case PH_MOB_SHEET_REPLACE:
      return ph_mob_sheets_replace (tab->sheets, id, fields[1].text, fields[1].size, error);
    case PH_MOB_SHEET_DELETE:
      return ph_mob_sheets_delete (tab->sheets, id, fields[1].number, error);
    case PH_MOB_SHEET_ADD_OWNER:
      return ph_mob_sheets_add_owner (tab->sheets, id, fields[1].number, error);
    case PH_MOB_SHEET_REMOVE_OWNER:
      return ph_mob_sheets_remove_owner (tab->sheets, id, fields[1].number, error);
    case PH_MOB_INSERT_RULE_OLD:
      return ph_mob_sheets_edit_element (tab->sheets, id, fields[1].text, fields[1].size,
                                         fields[2].number, error);
    case PH_MOB_DELETE_RULE_OLD:
      return ph_mob_sheets_edit_element (tab->sheets, id, NULL, 0, fields[1].number, error);
    default:
      *is_done = FALSE;
      return TRUE;
    }
}

static void
say_canvas (PhMobTab *tab)
{
  if (!tab->said_canvas)
    ph_health_add (tab->health, PH_HEALTH_EVENT_NOT_SHOWN, PH_TIME_NONE,
                   "the pictures of a canvas are in a file of their own");

  tab->said_canvas = TRUE;
}

static gboolean
apply_rest (PhMobTab *tab,
            guint type,
            const PhMobField *fields,
            GError **error)
{
  switch (type)
    {
    case PH_MOB_CREATE_DOCUMENT:
      return begin_document (tab, error);
    case PH_MOB_PAGE_LOCATION:
    case PH_MOB_PAGE_LOCATION_OLD:
      return ph_mob_page_set_location (tab->page, fields[0].text, fields[0].size, error);
    case PH_MOB_VIEWPORT_SIZE:
      return ph_mob_page_set_viewport (tab->page, fields[0].number, fields[1].number, error);
    case PH_MOB_VIEWPORT_SCROLL:
      return give_scroll (tab, 0, fields[0].number, fields[1].number, error);
    case PH_MOB_NODE_SCROLL:
      return give_scroll (tab, fields[0].number, fields[1].number, fields[2].number, error);
    case PH_MOB_INPUT_VALUE:
      return give_value (tab, fields, error);
    case PH_MOB_INPUT_CHECKED:
      return give_checked (tab, fields, error);
    case PH_MOB_MOUSE_MOVE:
      return give_move (tab, fields[0].number, fields[1].number, error);
    case PH_MOB_MOUSE_CLICK:
    case PH_MOB_MOUSE_CLICK_OLD:
      return give_click (tab, type, fields, error);
    case PH_MOB_NODE_FOCUS:
      return give_focus (tab, fields[0].number, error);
    case PH_MOB_SELECTION:
      return give_selection (tab, fields, error);
    case PH_MOB_LOAD_FONT:
      return give_font (tab, fields, error);
    case PH_MOB_TAB_CHANGE:
      return give_tab_change (tab, &fields[0], error);
    case PH_MOB_CANVAS_NODE:
      say_canvas (tab);
      return TRUE;
    default:
      return ph_mob_tools_apply (tab->page, tab->json, type, fields, error);
    }
}

gboolean
ph_mob_tab_apply (PhMobTab *tab,
                  const PhMobItem *item,
                  GError **error)
{
  PhMobField fields[PH_MOB_MAX_FIELDS] = {};
  const PhMobKind *kind = ph_mob_kind (item->type);
  const guint8 *at = item->body;
  gboolean is_done;

  g_return_val_if_fail (tab != NULL && kind != NULL, FALSE);

  if (ph_mob_read_fields (kind, &at, at + item->size, fields) != PH_MOB_FITS)
    return TRUE;

  if (!ph_mob_page_set_time (tab->page, item->time, error))
    return FALSE;

  if (apply_attributes (tab, item->type, fields) || apply_nodes (tab, item->type, fields))
    return TRUE;

  if (!apply_sheets (tab, item->type, fields, &is_done, error))
    return FALSE;

  return is_done || apply_rest (tab, item->type, fields, error);
}
