/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-pack.h"

#include "ph-dom-edit.h"
#include "ph-error.h"
#include "ph-limits.h"

#include <string.h>

/*
 * Numbers are LEB128, ids zigzag. After the head (format, epoch, viewport,
 * address) each node is: type and flags, id, then by type its name, attributes,
 * text and state, what is inside of it, its children and an end mark. A name is
 * written in full where it first stands and as its number after that.
 */
#define FORMAT 1
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
  STATE_ALL = (1 << 5) - 1,
};

/* ---- writing ---- */

typedef struct
{
  const PhDom *dom;
  GByteArray *out;
  GHashTable *names; /* PhName → number + 1 */
} Packer;

static void
put_byte (Packer *packer,
          guint8 byte)
{
  g_byte_array_append (packer->out, &byte, 1);
}

static void
put_number (Packer *packer,
            guint64 number)
{
  while (number >= 0x80)
    {
      put_byte (packer, (guint8) (number | 0x80));
      number >>= 7;
    }

  put_byte (packer, (guint8) number);
}

static void
put_signed (Packer *packer,
            gint64 number)
{
  put_number (packer, ((guint64) number << 1) ^ (guint64) (number >> 63));
}

static void
put_string (Packer *packer,
            const char *text)
{
  gsize size = strlen (text);

  put_number (packer, size);
  g_byte_array_append (packer->out, (const guint8 *) text, (guint) size);
}

static void
put_double (Packer *packer,
            double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  bits = GUINT64_TO_LE (bits);
  g_byte_array_append (packer->out, (const guint8 *) &bits, sizeof bits);
}

static void
put_name (Packer *packer,
          PhName name)
{
  gpointer key = GUINT_TO_POINTER (name);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (packer->names, key));

  put_number (packer, number);

  if (number > 0)
    return;

  g_hash_table_insert (packer->names, key,
                       GUINT_TO_POINTER (g_hash_table_size (packer->names) + 1));
  put_string (packer, ph_names_text (ph_dom_get_names (packer->dom), name));
}

static void
put_attributes (Packer *packer,
                const PhAttributes *attributes)
{
  put_number (packer, attributes->n);

  for (guint i = 0; i < attributes->n; i++)
    {
      put_name (packer, attributes->items[i].name);
      put_string (packer, attributes->items[i].value);
    }
}

static void
put_state (Packer *packer,
           const PhNodeState *state)
{
  guint8 flags = 0;

  flags |= state->value != NULL ? STATE_VALUE : 0;
  flags |= state->checked >= 0 ? STATE_CHECKED : 0;
  flags |= state->checked > 0 ? STATE_ON : 0;
  flags |= state->scrolled ? STATE_SCROLL : 0;
  flags |= state->rules != NULL ? STATE_RULES : 0;
  put_byte (packer, flags);

  if (state->value != NULL)
    put_string (packer, state->value);

  if (state->scrolled)
    {
      put_double (packer, state->scroll_x);
      put_double (packer, state->scroll_y);
    }

  if (state->rules == NULL)
    return;

  put_number (packer, state->rules->len);

  for (guint i = 0; i < state->rules->len; i++)
    put_string (packer, state->rules->pdata[i]);
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
  put_byte (packer, head);
  put_signed (packer, node->id);

  if (node->type == PH_NODE_ELEMENT || node->type == PH_NODE_DOCTYPE)
    put_name (packer, node->name);

  if (node->attributes != NULL)
    put_attributes (packer, node->attributes);

  if (!has_content (node->type))
    put_string (packer, node->text != NULL ? node->text : "");

  if (node->state != NULL)
    put_state (packer, node->state);

  if (!has_content (node->type))
    return;

  if (node->inner != 0)
    put_node (packer, node->inner);

  for (PhSlot child = node->first_child; child != 0;
       child = ph_dom_node (packer->dom, child)->next)
    put_node (packer, child);

  put_byte (packer, END_MARK);
}

GBytes *
ph_dom_pack (const PhDom *dom)
{
  g_autoptr (GHashTable) names = g_hash_table_new (NULL, NULL);
  Packer packer = { .dom = dom, .out = g_byte_array_new (), .names = names };
  int width;
  int height;

  ph_dom_get_viewport (dom, &width, &height);
  put_byte (&packer, FORMAT);
  put_number (&packer, ph_dom_get_epoch (dom));
  put_number (&packer, (guint64) width);
  put_number (&packer, (guint64) height);
  put_string (&packer, ph_dom_get_href (dom));

  if (ph_dom_get_root (dom) != 0)
    put_node (&packer, ph_dom_get_root (dom));

  return g_byte_array_free_to_bytes (packer.out);
}

/* ---- reading ---- */

typedef struct
{
  PhDom *dom;
  const guint8 *at;
  const guint8 *end;
  GArray *names; /* number − 1 → PhName */
  gboolean bad;  /* what was read is not what was written */
} Unpacker;

static guint8
take_byte (Unpacker *unpacker)
{
  if (unpacker->at >= unpacker->end)
    {
      unpacker->bad = TRUE;
      return END_MARK;
    }

  return *unpacker->at++;
}

static guint64
take_number (Unpacker *unpacker)
{
  guint64 number = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint8 byte = take_byte (unpacker);

      number |= (guint64) (byte & 0x7f) << shift;

      if ((byte & 0x80) == 0)
        return number;
    }

  unpacker->bad = TRUE;

  return 0;
}

/* At most @limit; more is no number of ours. */
static guint64
take_bounded (Unpacker *unpacker,
              guint64 limit)
{
  guint64 number = take_number (unpacker);

  if (number > limit)
    {
      unpacker->bad = TRUE;
      return 0;
    }

  return number;
}

static gint32
take_id (Unpacker *unpacker)
{
  guint64 number = take_bounded (unpacker, G_MAXUINT32);

  return (gint32) (gint64) ((number >> 1) ^ (0 - (number & 1)));
}

static GRefString *
take_string (Unpacker *unpacker)
{
  guint64 size = take_number (unpacker);
  const char *text = (const char *) unpacker->at;

  if (size > (guint64) (unpacker->end - unpacker->at))
    {
      unpacker->bad = TRUE;
      size = 0;
    }

  unpacker->at += size;

  /* Of no bytes at all there is no address either. */
  if (size > 0 &&
      (memchr (text, '\0', size) != NULL || !g_utf8_validate_len (text, size, NULL)))
    {
      unpacker->bad = TRUE;
      size = 0;
    }

  return g_ref_string_new_len (size > 0 ? text : "", (gssize) size);
}

static double
take_double (Unpacker *unpacker)
{
  guint64 bits = 0;
  double number;

  if (unpacker->end - unpacker->at < (gssize) sizeof bits)
    {
      unpacker->bad = TRUE;
      return 0;
    }

  memcpy (&bits, unpacker->at, sizeof bits);
  unpacker->at += sizeof bits;
  bits = GUINT64_FROM_LE (bits);
  memcpy (&number, &bits, sizeof number);

  return number;
}

static PhName
take_name (Unpacker *unpacker)
{
  guint64 number = take_bounded (unpacker, unpacker->names->len);
  GRefString *text;
  PhName name;

  if (number > 0)
    return g_array_index (unpacker->names, PhName, number - 1);

  text = take_string (unpacker);
  name = ph_names_intern (ph_dom_get_names (unpacker->dom), text);
  g_ref_string_release (text);
  g_array_append_val (unpacker->names, name);

  return name;
}

static PhAttributes *
take_attributes (Unpacker *unpacker)
{
  PhAttributes *attributes =
    ph_attributes_new ((guint) take_bounded (unpacker, PH_LIMIT_ATTRIBUTES));

  for (guint i = 0; i < attributes->n; i++)
    {
      attributes->items[i].name = take_name (unpacker);
      attributes->items[i].value = take_string (unpacker);
    }

  return attributes;
}

static void
take_state (Unpacker *unpacker,
            PhSlot slot)
{
  guint8 flags = take_byte (unpacker);
  PhNodeState *state = ph_dom_edit_state (unpacker->dom, slot);
  guint64 n;

  unpacker->bad |= (flags & ~STATE_ALL) != 0;

  if ((flags & STATE_VALUE) != 0)
    state->value = take_string (unpacker);

  if ((flags & STATE_CHECKED) != 0)
    state->checked = (flags & STATE_ON) != 0;

  if ((flags & STATE_SCROLL) != 0)
    {
      state->scrolled = TRUE;
      state->scroll_x = take_double (unpacker);
      state->scroll_y = take_double (unpacker);
    }

  if ((flags & STATE_RULES) == 0)
    return;

  n = take_bounded (unpacker, PH_LIMIT_RULES);
  state->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);

  for (guint64 i = 0; i < n && !unpacker->bad; i++)
    g_ptr_array_add (state->rules, take_string (unpacker));
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
  gint32 id = take_id (unpacker);
  PhName name = 0;
  PhSlot slot;
  PhNode *node;

  if (type > PH_NODE_SHADOW_ROOT)
    {
      unpacker->bad = TRUE;
      return;
    }

  if (type == PH_NODE_ELEMENT || type == PH_NODE_DOCTYPE)
    name = take_name (unpacker);

  slot = ph_dom_add (unpacker->dom, id, type, name);

  if (slot == 0)
    {
      unpacker->bad = TRUE;
      return;
    }

  node = ph_dom_edit (unpacker->dom, slot);
  node->is_svg = (head & IS_SVG) != 0;
  node->is_custom = (head & IS_CUSTOM) != 0;
  node->quirks = (head & IS_QUIRKS) != 0;

  if ((head & HAS_ATTRIBUTES) != 0)
    ph_dom_set_attributes (unpacker->dom, slot, take_attributes (unpacker));

  if (!has_content (type))
    node->text = take_string (unpacker);

  if ((head & HAS_STATE) != 0)
    take_state (unpacker, slot);

  if (!put_in_place (unpacker, slot, parent))
    {
      unpacker->bad = TRUE;
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
  while (!unpacker->bad)
    {
      guint8 head = take_byte (unpacker);

      if (head == END_MARK)
        return;

      take_node (unpacker, head, slot);
    }
}

PhDom *
ph_dom_unpack (GBytes *bytes,
               PhNames *names,
               GError **error)
{
  g_autoptr (PhDom) dom = ph_dom_new (names);
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (PhName));
  Unpacker unpacker = { .dom = dom, .names = seen };
  GRefString *href;
  gsize size;
  int width;

  unpacker.at = g_bytes_get_data (bytes, &size);
  unpacker.end = unpacker.at + size;
  unpacker.bad = take_byte (&unpacker) != FORMAT;
  ph_dom_clear (dom, take_number (&unpacker));
  width = (int) take_bounded (&unpacker, PH_LIMIT_VIEWPORT);
  ph_dom_set_viewport (dom, width, (int) take_bounded (&unpacker, PH_LIMIT_VIEWPORT));
  href = take_string (&unpacker);
  ph_dom_set_href (dom, href);
  g_ref_string_release (href);

  if (!unpacker.bad && unpacker.at < unpacker.end)
    take_node (&unpacker, take_byte (&unpacker), 0);

  if (unpacker.bad || unpacker.at != unpacker.end)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "A stored page is damaged");
      return NULL;
    }

  return g_steal_pointer (&dom);
}
