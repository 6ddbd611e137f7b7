/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-pack.h"

#include "ph-custom.h"
#include "ph-dom-park.h"
#include "ph-error.h"
#include "ph-limits.h"
#include "ph-pack-canvas.h"
#include "ph-pack-io.h"
#include "ph-presence-pack.h"

/*
 * The tree has the head (epoch, viewport, address, state of the page as a whole),
 * then each node: type and flags, by type its name, attributes without their
 * values, state, what is inside of it, its children and an end mark.
 */
#define FORMAT 3
#define END_MARK 0xff

enum
{
  HAS_ATTRIBUTES = 1 << 3,
  HAS_STATE = 1 << 4,
  IS_SVG = 1 << 5,
  IS_CUSTOM = 1 << 6,
  IS_QUIRKS = 1 << 7,
  TYPE_MASK = 7,
};

enum
{
  STATE_VALUE = 1 << 0,
  STATE_CHECKED = 1 << 1, /* it was set */
  STATE_ON = 1 << 2,      /* to this */
  STATE_SCROLL = 1 << 3,
  STATE_RULES = 1 << 4,
  STATE_CANVAS = 1 << 5,
  STATE_ALL = (1 << 6) - 1,
};

enum
{
  PAGE_FOCUS = 1 << 0,
  PAGE_SHEETS = 1 << 1,
  PAGE_FONTS = 1 << 2,
  PAGE_DEFINED = 1 << 3,
  PAGE_PRESENCE = 1 << 6,
  PAGE_PARKED = 1 << 7,
  PAGE_ALL = (1 << 8) - 1,
};

/* ---- writing ---- */

typedef struct
{
  const PhDom *dom;
  PhPackOut out;
} Packer;

static void
put_attributes (Packer *packer,
                const PhAttributes *attributes)
{
  ph_pack_put_number (&packer->out, attributes->n);

  for (guint i = 0; i < attributes->n; i++)
    {
      ph_pack_put_name (&packer->out, attributes->items[i].name);
      ph_pack_put_string (&packer->out, PH_PACK_VALUES, attributes->items[i].value);
    }
}

static void
put_rules (Packer *packer,
           const GPtrArray *rules)
{
  ph_pack_put_number (&packer->out, rules->len);

  for (guint i = 0; i < rules->len; i++)
    ph_pack_put_string (&packer->out, PH_PACK_TEXTS, rules->pdata[i]);
}

static void
put_state (Packer *packer,
           const PhNodeState *state)
{
  guint flags = 0;

  flags |= state->value != NULL ? STATE_VALUE : 0;
  flags |= state->checked >= 0 ? STATE_CHECKED : 0;
  flags |= state->checked > 0 ? STATE_ON : 0;
  flags |= state->scrolled ? STATE_SCROLL : 0;
  flags |= state->rules != NULL ? STATE_RULES : 0;
  flags |= state->canvas != NULL ? STATE_CANVAS : 0;
  ph_pack_put_number (&packer->out, flags);

  if (state->value != NULL)
    ph_pack_put_string (&packer->out, PH_PACK_VALUES, state->value);

  if (state->scrolled)
    {
      ph_pack_put_double (&packer->out, state->scroll_x);
      ph_pack_put_double (&packer->out, state->scroll_y);
    }

  if (state->rules != NULL)
    put_rules (packer, state->rules);

  if (state->canvas != NULL)
    ph_pack_put_canvas (&packer->out, state->canvas);
}

static gboolean
has_content (PhNodeType type)
{
  return type == PH_NODE_DOCUMENT || type == PH_NODE_ELEMENT || type == PH_NODE_SHADOW_ROOT;
}

static void
put_node (Packer *packer,
          PhSlot slot)
{
  const PhNode *node = ph_dom_node (packer->dom, slot);
  guint8 head = node->type;

  head |= node->attributes != NULL ? HAS_ATTRIBUTES : 0;
  head |= node->state != NULL ? HAS_STATE : 0;
  head |= node->is_svg ? IS_SVG : 0;
  head |= node->is_custom ? IS_CUSTOM : 0;
  head |= node->quirks ? IS_QUIRKS : 0;
  ph_pack_put_byte (&packer->out, head);
  ph_pack_put_id (&packer->out, node->id);

  if (node->type == PH_NODE_ELEMENT || node->type == PH_NODE_DOCTYPE)
    ph_pack_put_name (&packer->out, node->name);

  if (node->attributes != NULL)
    put_attributes (packer, node->attributes);

  if (!has_content (node->type))
    ph_pack_put_string (&packer->out, PH_PACK_TEXTS, node->text != NULL ? node->text : "");

  if (node->state != NULL)
    put_state (packer, node->state);

  if (!has_content (node->type))
    return;

  if (node->inner != 0)
    put_node (packer, node->inner);

  for (PhSlot child = node->first_child; child != 0;
       child = ph_dom_node (packer->dom, child)->next)
    put_node (packer, child);

  ph_pack_put_byte (&packer->out, END_MARK);
}

static void
put_fonts (Packer *packer,
           const GPtrArray *fonts)
{
  ph_pack_put_number (&packer->out, fonts->len);

  for (guint i = 0; i < fonts->len; i++)
    ph_pack_put_string (&packer->out, PH_PACK_TEXTS, fonts->pdata[i]);
}

static void
put_defined (Packer *packer,
             const GArray *defined)
{
  ph_pack_put_number (&packer->out, defined->len);

  for (guint i = 0; i < defined->len; i++)
    ph_pack_put_name (&packer->out, g_array_index (defined, PhName, i));
}

static void
put_parked (Packer *packer,
            const GPtrArray *parked)
{
  ph_pack_put_number (&packer->out, parked->len);

  for (guint i = 0; i < parked->len; i++)
    {
      const PhParked *each = parked->pdata[i];

      ph_pack_put_id (&packer->out, each->parent);
      ph_pack_put_string (&packer->out, PH_PACK_TEXTS, each->json);
    }
}

/* What belongs to no node. */
static void
put_page (Packer *packer,
          const PhPageState *page)
{
  guint flags = 0;

  flags |= page != NULL && page->focus != 0 ? PAGE_FOCUS : 0;
  flags |= page != NULL && page->sheets != NULL ? PAGE_SHEETS : 0;
  flags |= page != NULL && page->fonts != NULL ? PAGE_FONTS : 0;
  flags |= page != NULL && page->defined != NULL ? PAGE_DEFINED : 0;
  flags |= page != NULL && ph_presence_is_said (&page->presence) ? PAGE_PRESENCE : 0;
  flags |= page != NULL && page->parked != NULL && page->parked->len > 0 ? PAGE_PARKED : 0;
  ph_pack_put_number (&packer->out, flags);

  if ((flags & PAGE_FOCUS) != 0)
    ph_pack_put_id (&packer->out, page->focus);

  if ((flags & PAGE_SHEETS) != 0)
    ph_sheets_pack (page->sheets, &packer->out);

  if ((flags & PAGE_FONTS) != 0)
    put_fonts (packer, page->fonts);

  if ((flags & PAGE_DEFINED) != 0)
    put_defined (packer, page->defined);

  if ((flags & PAGE_PRESENCE) != 0)
    ph_presence_pack (&page->presence, &packer->out);

  if ((flags & PAGE_PARKED) != 0)
    put_parked (packer, page->parked);
}

GBytes *
ph_dom_pack (const PhDom *dom)
{
  Packer packer = { .dom = dom, .out = ph_pack_out_begin (ph_dom_get_names (dom)) };
  int width;
  int height;

  ph_dom_get_viewport (dom, &width, &height);
  ph_pack_put_number (&packer.out, ph_dom_get_epoch (dom));
  ph_pack_put_number (&packer.out, (guint64) width);
  ph_pack_put_number (&packer.out, (guint64) height);
  ph_pack_put_string (&packer.out, PH_PACK_TREE, ph_dom_get_href (dom));
  put_page (&packer, ph_dom_get_page (dom));

  if (ph_dom_get_root (dom) != 0)
    put_node (&packer, ph_dom_get_root (dom));

  return ph_pack_out_finish (&packer.out, FORMAT);
}

/* ---- reading ---- */

typedef struct
{
  PhDom *dom;
  PhPackIn in;
} Unpacker;

static PhAttributes *
take_attributes (Unpacker *unpacker)
{
  PhAttributes *attributes =
    ph_attributes_new ((guint) ph_pack_take_bounded (&unpacker->in, PH_LIMIT_ATTRIBUTES));

  for (guint i = 0; i < attributes->n; i++)
    {
      attributes->items[i].name = ph_pack_take_name (&unpacker->in);
      attributes->items[i].value = ph_pack_take_string (&unpacker->in, PH_PACK_VALUES);
    }

  return attributes;
}

static GPtrArray *
take_rules (Unpacker *unpacker)
{
  guint64 n = ph_pack_take_bounded (&unpacker->in, PH_LIMIT_RULES);
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);

  for (guint64 i = 0; i < n && !unpacker->in.bad; i++)
    g_ptr_array_add (rules, ph_pack_take_string (&unpacker->in, PH_PACK_TEXTS));

  return rules;
}

static void
take_state (Unpacker *unpacker,
            PhSlot slot)
{
  guint64 flags = ph_pack_take_bounded (&unpacker->in, STATE_ALL);
  PhNodeState *state = ph_dom_edit_state (unpacker->dom, slot);

  if ((flags & STATE_VALUE) != 0)
    state->value = ph_pack_take_string (&unpacker->in, PH_PACK_VALUES);

  if ((flags & STATE_CHECKED) != 0)
    state->checked = (flags & STATE_ON) != 0;

  if ((flags & STATE_SCROLL) != 0)
    {
      state->scrolled = TRUE;
      state->scroll_x = ph_pack_take_double (&unpacker->in);
      state->scroll_y = ph_pack_take_double (&unpacker->in);
    }

  if ((flags & STATE_RULES) != 0)
    state->rules = take_rules (unpacker);

  if ((flags & STATE_CANVAS) != 0)
    state->canvas = ph_pack_take_canvas (&unpacker->in);
}

static void take_content (Unpacker *unpacker,
                          PhSlot slot);

/* Puts a new node where it was; FALSE when it cannot have been there. */
static gboolean
put_in_place (Unpacker *unpacker,
              PhSlot slot,
              PhSlot parent)
{
  PhNodeType type = ph_dom_node (unpacker->dom, slot)->type;

  if (parent == 0)
    {
      ph_dom_set_root (unpacker->dom, slot);
      return type == PH_NODE_DOCUMENT;
    }

  if (type == PH_NODE_DOCUMENT || type == PH_NODE_SHADOW_ROOT)
    return ph_dom_node (unpacker->dom, parent)->type == PH_NODE_ELEMENT &&
           ph_dom_node (unpacker->dom, parent)->inner == 0 &&
           ph_dom_set_inner (unpacker->dom, parent, slot);

  return ph_dom_insert (unpacker->dom, parent, slot, 0);
}

static void
take_node (Unpacker *unpacker,
           guint8 head,
           PhSlot parent)
{
  PhNodeType type = head & TYPE_MASK;
  gint32 id = ph_pack_take_id (&unpacker->in);
  PhName name = 0;
  PhSlot slot;
  PhNode *node;

  if (type > PH_NODE_SHADOW_ROOT)
    {
      unpacker->in.bad = TRUE;
      return;
    }

  if (type == PH_NODE_ELEMENT || type == PH_NODE_DOCTYPE)
    name = ph_pack_take_name (&unpacker->in);

  slot = ph_dom_add (unpacker->dom, id, type, name);

  if (slot == 0)
    {
      unpacker->in.bad = TRUE;
      return;
    }

  node = ph_dom_edit (unpacker->dom, slot);
  node->is_svg = (head & IS_SVG) != 0;
  node->is_custom = (head & IS_CUSTOM) != 0;
  node->quirks = (head & IS_QUIRKS) != 0;

  if ((head & HAS_ATTRIBUTES) != 0)
    ph_dom_set_attributes (unpacker->dom, slot, take_attributes (unpacker));

  if (!has_content (type))
    node->text = ph_pack_take_string (&unpacker->in, PH_PACK_TEXTS);

  if ((head & HAS_STATE) != 0)
    take_state (unpacker, slot);

  if (!put_in_place (unpacker, slot, parent))
    {
      unpacker->in.bad = TRUE;
      ph_dom_remove (unpacker->dom, slot);
      return;
    }

  if (has_content (type))
    take_content (unpacker, slot);
}

/* As deep as a tree may be, which ph_dom_insert() sees to. */
static void
take_content (Unpacker *unpacker,
              PhSlot slot)
{
  while (!unpacker->in.bad)
    {
      guint8 head = ph_pack_take_byte (&unpacker->in);

      if (head == END_MARK)
        return;

      take_node (unpacker, head, slot);
    }
}

static GPtrArray *
take_fonts (Unpacker *unpacker)
{
  GPtrArray *fonts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  guint64 n = ph_pack_take_bounded (&unpacker->in, PH_LIMIT_FONTS);

  for (guint64 i = 0; i < n && !unpacker->in.bad; i++)
    g_ptr_array_add (fonts, ph_pack_take_string (&unpacker->in, PH_PACK_TEXTS));

  return fonts;
}

static void
take_defined (Unpacker *unpacker)
{
  guint64 n = ph_pack_take_bounded (&unpacker->in, PH_LIMIT_DEFINED);

  for (guint64 i = 0; i < n && !unpacker->in.bad; i++)
    ph_custom_define (unpacker->dom, ph_pack_take_name (&unpacker->in));
}

static void
take_parked (Unpacker *unpacker)
{
  PhPageState *page = ph_dom_edit_page (unpacker->dom);
  guint64 n = ph_pack_take_bounded (&unpacker->in, PH_LIMIT_PARKED);

  page->parked = ph_parked_new ();

  for (guint64 i = 0; i < n && !unpacker->in.bad; i++)
    {
      gint32 parent = ph_pack_take_id (&unpacker->in);

      ph_parked_add (page->parked, parent, ph_pack_take_string (&unpacker->in, PH_PACK_TEXTS));
    }
}

static void
take_page (Unpacker *unpacker)
{
  guint64 flags = ph_pack_take_bounded (&unpacker->in, PAGE_ALL);

  if ((flags & PAGE_FOCUS) != 0)
    ph_dom_edit_page (unpacker->dom)->focus = ph_pack_take_id (&unpacker->in);

  if ((flags & PAGE_SHEETS) != 0)
    ph_dom_edit_page (unpacker->dom)->sheets = ph_sheets_unpack (&unpacker->in);

  if ((flags & PAGE_FONTS) != 0)
    ph_dom_edit_page (unpacker->dom)->fonts = take_fonts (unpacker);

  if ((flags & PAGE_DEFINED) != 0)
    take_defined (unpacker);

  if ((flags & PAGE_PRESENCE) != 0)
    ph_presence_unpack (&ph_dom_edit_page (unpacker->dom)->presence, &unpacker->in);

  if ((flags & PAGE_PARKED) != 0)
    take_parked (unpacker);
}

PhDom *
ph_dom_unpack (GBytes *bytes,
               PhNames *names,
               GError **error)
{
  g_autoptr (PhDom) dom = ph_dom_new (names);
  Unpacker unpacker = { .dom = dom, .in = ph_pack_in_begin (bytes, FORMAT, names) };
  GRefString *href;
  int width;

  ph_dom_clear (dom, ph_pack_take_number (&unpacker.in));
  width = (int) ph_pack_take_bounded (&unpacker.in, PH_LIMIT_VIEWPORT);
  ph_dom_set_viewport (dom, width,
                       (int) ph_pack_take_bounded (&unpacker.in, PH_LIMIT_VIEWPORT));
  href = ph_pack_take_string (&unpacker.in, PH_PACK_TREE);
  ph_dom_set_href (dom, href);
  g_ref_string_release (href);
  take_page (&unpacker);

  if (!unpacker.in.bad && ph_pack_in_has_more (&unpacker.in))
    take_node (&unpacker, ph_pack_take_byte (&unpacker.in), 0);

  if (!ph_pack_in_finish (&unpacker.in))
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "A stored page is damaged");
      return NULL;
    }

  return g_steal_pointer (&dom);
}
