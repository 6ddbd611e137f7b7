/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-session-private.h"

#include "ph-event.h"
#include "ph-json-write.h"
#include "ph-limits.h"

#include <math.h>
#include <string.h>

/* How many siblings are looked through for which of two comes first. */
#define MAX_SIBLINGS 1000

/* ---- targets and places ---- */

/* The id of the node an event is about, as it was told; of what is unknown the page's root. */
static gint32
target_id (const PhClaritySession *session,
           const PhClarityItem *item)
{
  if (item == NULL)
    return session->tree->root != 0 ? session->tree->root : session->tree->page->id;

  return item->kind == PH_CLARITY_SHADOW ? item->parent->id : item->id;
}

static const PhClarityItem *
page_of (const PhClaritySession *session,
         const PhClarityItem *item)
{
  for (guint i = 0; item != NULL && i < 2 * PH_LIMIT_TREE_DEPTH; item = item->parent, i++)
    if (item->kind == PH_CLARITY_PAGE_NODE)
      return item;

  return session->tree->page;
}

/*
 * Where a pointer is in the window. Clarity tells of places in the page: of those
 * inside of an iframe, how far that is scrolled is counted in too.
 */
static gboolean
read_place (PhClaritySession *session,
            const PhClarityMoment *moment,
            const PhClarityItem *target,
            double *x,
            double *y)
{
  PhClarityScroll scroll = ph_clarity_scroll_at (session, moment->time);
  const PhClarityItem *page = page_of (session, target);

  if (!ph_clarity_token_double (&session->tokens, 3, x) ||
      !ph_clarity_token_double (&session->tokens, 4, y))
    return FALSE;

  *x -= scroll.x;
  *y -= scroll.y;

  if (page != session->tree->page)
    {
      *x -= page->width;
      *y -= page->height;
    }

  return fabs (*x) <= PH_LIMIT_PIXELS && fabs (*y) <= PH_LIMIT_PIXELS;
}

/* ---- the pointer ---- */

static gboolean
tell_pointer (PhClaritySession *session,
              const PhClarityMoment *moment,
              GError **error)
{
  PhClarityItem *target =
    ph_clarity_tree_find (session->tree, ph_clarity_token_int (&session->tokens, 2, 0));
  gboolean is_touch = moment->kind >= PH_CLARITY_TOUCH_START &&
                      moment->kind <= PH_CLARITY_TOUCH_CANCEL;
  double x, y;
  int type;

  if (!read_place (session, moment, target, &x, &y))
    return TRUE;

  switch (moment->kind)
    {
    case PH_CLARITY_CLICK:
      type = PH_MOUSE_CLICK;
      break;
    case PH_CLARITY_CONTEXT_MENU:
      type = PH_MOUSE_CONTEXT_MENU;
      break;
    case PH_CLARITY_DOUBLE_CLICK:
      type = PH_MOUSE_DBL_CLICK;
      break;
    case PH_CLARITY_MOUSE_DOWN:
      type = PH_MOUSE_DOWN;
      break;
    case PH_CLARITY_MOUSE_UP:
      type = PH_MOUSE_UP;
      break;
    case PH_CLARITY_TOUCH_START:
      type = PH_MOUSE_TOUCH_START;
      break;
    case PH_CLARITY_TOUCH_END:
      type = PH_MOUSE_TOUCH_END;
      break;
    case PH_CLARITY_TOUCH_CANCEL:
      type = PH_MOUSE_TOUCH_CANCEL;
      break;
    default:
      return ph_clarity_add_move (session, moment->time, x, y, target_id (session, target),
                                  is_touch, error);
    }

  if (!ph_clarity_begin (session, PH_EVENT_INCREMENTAL, moment->time, error))
    return FALSE;

  g_string_append (session->out, "{\"source\":2,\"type\":");
  ph_json_write_int (session->out, type);
  g_string_append (session->out, ",\"id\":");
  ph_json_write_int (session->out, target_id (session, target));
  g_string_append (session->out, ",\"x\":");
  ph_json_write_number (session->out, x);
  g_string_append (session->out, ",\"y\":");
  ph_json_write_number (session->out, y);
  g_string_append (session->out, is_touch ? ",\"pointerType\":2}" : "}");

  return ph_clarity_end (session, error);
}

/* ---- scrolling and sizes ---- */

static gboolean
is_window_scroller (const PhClaritySession *session,
                    const PhClarityItem *item,
                    const PhClarityItem *page)
{
  if (item == NULL || item == page || ph_clarity_item_rooted (item) != NULL)
    return TRUE;

  /* In quirks mode the body is what scrolls. */
  return ph_clarity_item_has_quirks (page) && item->parent != NULL &&
         ph_clarity_item_rooted (item->parent) != NULL &&
         strcmp (ph_names_text (session->tree->names, item->tag), "body") == 0;
}

static gboolean
tell_scroll (PhClaritySession *session,
             const PhClarityMoment *moment,
             GError **error)
{
  PhClarityItem *item =
    ph_clarity_tree_find (session->tree, ph_clarity_token_int (&session->tokens, 2, 0));
  PhClarityItem *page = (PhClarityItem *) page_of (session, item);
  gboolean is_window = is_window_scroller (session, item, page);
  PhClarityScroll scroll = { .time = moment->time };

  if (!ph_clarity_token_double (&session->tokens, 3, &scroll.x) ||
      !ph_clarity_token_double (&session->tokens, 4, &scroll.y) ||
      !(fabs (scroll.x) <= PH_LIMIT_PIXELS) || !(fabs (scroll.y) <= PH_LIMIT_PIXELS))
    return TRUE;

  if (is_window && page == session->tree->page)
    {
      session->scrolls[session->n_scrolls % PH_CLARITY_N_SCROLLS] = scroll;
      session->n_scrolls++;
    }
  else if (is_window)
    {
      page->width = scroll.x;
      page->height = scroll.y;
    }

  if (!session->is_told)
    return TRUE;

  if (!ph_clarity_begin (session, PH_EVENT_INCREMENTAL, moment->time, error))
    return FALSE;

  g_string_append_printf (session->out, "{\"source\":3,\"id\":%d,\"x\":",
                          is_window ? page->id : target_id (session, item));
  ph_json_write_number (session->out, scroll.x);
  g_string_append (session->out, ",\"y\":");
  ph_json_write_number (session->out, scroll.y);
  g_string_append_c (session->out, '}');

  return ph_clarity_end (session, error);
}

static gboolean
tell_resize (PhClaritySession *session,
             const PhClarityMoment *moment,
             GError **error)
{
  gint64 width = ph_clarity_token_int (&session->tokens, 2, 0);
  gint64 height = ph_clarity_token_int (&session->tokens, 3, 0);

  if (width <= 0 || height <= 0 || width > PH_LIMIT_VIEWPORT || height > PH_LIMIT_VIEWPORT ||
      (width == session->width && height == session->height))
    return TRUE;

  session->width = (int) width;
  session->height = (int) height;

  if (!ph_clarity_begin (session, PH_EVENT_INCREMENTAL, moment->time, error))
    return FALSE;

  g_string_append_printf (session->out, "{\"source\":4,\"width\":%d,\"height\":%d}",
                          session->width, session->height);

  return ph_clarity_end (session, error);
}

/* ---- fields ---- */

static gboolean
tell_value (PhClaritySession *session,
            gint64 time,
            gint32 id,
            const char *text,
            gboolean is_checked,
            GError **error)
{
  if (!ph_clarity_begin (session, PH_EVENT_INCREMENTAL, time, error))
    return FALSE;

  g_string_append_printf (session->out, "{\"source\":5,\"id\":%d,\"isChecked\":%s,\"text\":", id,
                          is_checked ? "true" : "false");
  ph_json_write_string (session->out, text, -1);
  g_string_append_c (session->out, '}');

  return ph_clarity_end (session, error);
}

/* Buttons of one group have a name and a form in common. */
static char *
group_of (const PhClaritySession *session,
          const PhClarityItem *item)
{
  const char *name = ph_clarity_item_attribute (session->tree, item, "name");
  const PhClarityItem *up = item->parent;

  if (name == NULL || *name == '\0')
    return NULL;

  for (guint i = 0; up != NULL && i < PH_LIMIT_TREE_DEPTH; up = up->parent, i++)
    if (up->kind == PH_CLARITY_PAGE_NODE || up->kind == PH_CLARITY_SHADOW ||
        strcmp (ph_names_text (session->tree->names, up->tag), "form") == 0)
      break;

  return g_strdup_printf ("%d %s", up != NULL ? up->id : 0, name);
}

/*
 * The button of @item's group that was on before: as far as it was clicked on, or is
 * marked in the page.
 */
static gint32
take_radio (PhClaritySession *session,
            const PhClarityItem *item)
{
  g_autofree char *group = group_of (session, item);
  gint32 before;

  if (group == NULL)
    return 0;

  before = GPOINTER_TO_INT (g_hash_table_lookup (session->radios, group));

  if (g_hash_table_size (session->radios) < PH_LIMIT_NODES)
    g_hash_table_insert (session->radios, g_steal_pointer (&group), GINT_TO_POINTER (item->id));

  return before != item->id ? before : 0;
}

void
ph_clarity_see_radios (PhClaritySession *session)
{
  GPtrArray *touched = session->tree->touched;

  for (guint i = 0; i < touched->len; i++)
    {
      const PhClarityItem *item = touched->pdata[i];
      const char *type;

      if (item->kind != PH_CLARITY_ELEMENT || !item->is_input ||
          ph_clarity_item_attribute (session->tree, item, "checked") == NULL)
        continue;

      type = ph_clarity_item_attribute (session->tree, item, "type");

      if (type != NULL && g_ascii_strcasecmp (type, "radio") == 0)
        take_radio (session, item);
    }
}

static gboolean
tell_checked (PhClaritySession *session,
              const PhClarityMoment *moment,
              const PhClarityItem *item,
              const char *type,
              gboolean is_checked,
              GError **error)
{
  const char *text = ph_clarity_item_attribute (session->tree, item, "value");
  gint32 before = 0;

  if (g_ascii_strcasecmp (type, "radio") == 0 && is_checked)
    before = take_radio (session, item);

  if (!tell_value (session, moment->time, item->id, text != NULL ? text : "on", is_checked,
                   error))
    return FALSE;

  return before == 0 || tell_value (session, moment->time, before, "on", FALSE, error);
}

/* Text of which only the length is known. */
static gboolean
is_masked (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (*text != ' ' && g_utf8_get_char (text) != 0x2022)
      return FALSE;

  return TRUE;
}

static gboolean
tell_input (PhClaritySession *session,
            const PhClarityMoment *moment,
            GError **error)
{
  gboolean is_change = moment->kind == PH_CLARITY_CHANGE;
  PhClarityItem *item =
    ph_clarity_tree_find (session->tree, ph_clarity_token_int (&session->tokens, 2, 0));
  const char *text = ph_clarity_token_text (&session->tokens, is_change ? 4 : 3);
  const char *type, *tag;

  if (item == NULL || item->kind != PH_CLARITY_ELEMENT || text == NULL)
    return TRUE;

  tag = ph_names_text (session->tree->names, item->tag);
  type = ph_clarity_item_attribute (session->tree, item, "type");

  if (type == NULL || strcmp (tag, "input") != 0)
    type = "";

  /* What is chosen cannot be told from bullets, nor a file from its name. */
  if (g_ascii_strcasecmp (type, "file") == 0 || (strcmp (tag, "select") == 0 && is_masked (text)))
    return TRUE;

  if (g_ascii_strcasecmp (type, "checkbox") == 0 || g_ascii_strcasecmp (type, "radio") == 0)
    return is_change || tell_checked (session, moment, item, type, strcmp (text, "true") == 0,
                                      error);

  return tell_value (session, moment->time, item->id, text, FALSE, error);
}

/* ---- selection ---- */

static guint
depth_of (const PhClarityItem *item)
{
  guint depth = 0;

  for (; item->parent != NULL && depth < 2 * PH_LIMIT_TREE_DEPTH; item = item->parent)
    depth++;

  return depth;
}

/* Whether @item comes behind @other in the page, or holds it. */
static gboolean
is_behind (const PhClarityItem *item,
           const PhClarityItem *other)
{
  guint depth = depth_of (item), other_depth = depth_of (other);

  for (; depth > other_depth; depth--)
    item = item->parent;

  for (; other_depth > depth; other_depth--)
    other = other->parent;

  while (item != other && item->parent != other->parent)
    {
      if (item->parent == NULL || other->parent == NULL)
        return FALSE;

      item = item->parent;
      other = other->parent;
    }

  for (guint i = 0; other != NULL && i < MAX_SIBLINGS; i++)
    {
      other = other->next;

      if (other == item)
        return item != NULL;
    }

  return FALSE;
}

static gboolean
tell_selection (PhClaritySession *session,
                const PhClarityMoment *moment,
                GError **error)
{
  PhClarityItem *items[2];
  gint64 offsets[2];
  guint from = 0;

  for (guint i = 0; i < 2; i++)
    {
      items[i] = ph_clarity_tree_find (session->tree,
                                       ph_clarity_token_int (&session->tokens, 2 + 2 * i, 0));
      offsets[i] = ph_clarity_token_int (&session->tokens, 3 + 2 * i, 0);
      offsets[i] = CLAMP (offsets[i], 0, G_MAXINT32);
    }

  if (items[0] == NULL || items[1] == NULL)
    return TRUE;

  /* People select upwards too; rrweb's ranges run down the page. */
  if (items[0] == items[1] ? offsets[0] > offsets[1] : is_behind (items[0], items[1]))
    from = 1;

  if (!ph_clarity_begin (session, PH_EVENT_INCREMENTAL, moment->time, error))
    return FALSE;

  g_string_append_printf (session->out,
                          "{\"source\":14,\"ranges\":[{\"start\":%d,\"startOffset\":%d,"
                          "\"end\":%d,\"endOffset\":%d}]}",
                          target_id (session, items[from]), (int) offsets[from],
                          target_id (session, items[1 - from]), (int) offsets[1 - from]);

  return ph_clarity_end (session, error);
}

gboolean
ph_clarity_interact (PhClaritySession *session,
                     const PhClarityMoment *moment,
                     GError **error)
{
  switch (moment->kind)
    {
    case PH_CLARITY_CLICK:
    case PH_CLARITY_CONTEXT_MENU:
    case PH_CLARITY_DOUBLE_CLICK:
    case PH_CLARITY_MOUSE_MOVE:
    case PH_CLARITY_MOUSE_DOWN:
    case PH_CLARITY_MOUSE_UP:
    case PH_CLARITY_MOUSE_WHEEL:
    case PH_CLARITY_TOUCH_START:
    case PH_CLARITY_TOUCH_END:
    case PH_CLARITY_TOUCH_MOVE:
    case PH_CLARITY_TOUCH_CANCEL:
      return tell_pointer (session, moment, error);
    case PH_CLARITY_SCROLL:
      return tell_scroll (session, moment, error);
    case PH_CLARITY_RESIZE:
      return tell_resize (session, moment, error);
    case PH_CLARITY_INPUT:
    case PH_CLARITY_CHANGE:
      return tell_input (session, moment, error);
    case PH_CLARITY_SELECTION:
      return tell_selection (session, moment, error);
    default:
      return ph_clarity_note (session, moment, error);
    }
}
