/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-pack.h"

#include "ph-dom-edit.h"
#include "ph-error.h"
#include "ph-limits.h"
#include "ph-varint.h"

#include <string.h>

/*
 * A format byte and the sizes of all streams but the last, then the streams. What
 * is alike lies together, so that a page squeezed against an earlier one costs
 * little more than what differs. Numbers are LEB128, strings end with a NUL.
 *
 * TREE has the head (epoch, viewport, address), then each node: type and flags, by
 * type its name, attributes without their values, state, what is inside of it, its
 * children and an end mark. A name is written in full where it first stands and as
 * its number after that. IDS has what each node's number is above the one before
 * it (zigzag), VALUES attributes' values, TEXTS texts.
 */
#define FORMAT 2
#define END_MARK 0xff

typedef enum
{
  TREE,
  IDS,
  VALUES,
  TEXTS,
  N_STREAMS,
} Stream;

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
  GByteArray *out[N_STREAMS];
  GHashTable *names; /* PhName → number + 1 */
  gint64 last_id;
} Packer;

static void
put_byte (Packer *packer,
          guint8 byte)
{
  g_byte_array_append (packer->out[TREE], &byte, 1);
}

static void
put_number (Packer *packer,
            guint64 number)
{
  ph_varint_append (packer->out[TREE], number);
}

static void
put_id (Packer *packer,
        gint32 id)
{
  gint64 step = id - packer->last_id;

  ph_varint_append (packer->out[IDS], ph_varint_zigzag (step));
  packer->last_id = id;
}

static void
put_string (Packer *packer,
            Stream stream,
            const char *text)
{
  g_byte_array_append (packer->out[stream], (const guint8 *) text, (guint) strlen (text) + 1);
}

static void
put_double (Packer *packer,
            double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  bits = GUINT64_TO_LE (bits);
  g_byte_array_append (packer->out[TREE], (const guint8 *) &bits, sizeof bits);
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
  put_string (packer, TREE, ph_names_text (ph_dom_get_names (packer->dom), name));
}

static void
put_attributes (Packer *packer,
                const PhAttributes *attributes)
{
  put_number (packer, attributes->n);

  for (guint i = 0; i < attributes->n; i++)
    {
      put_name (packer, attributes->items[i].name);
      put_string (packer, VALUES, attributes->items[i].value);
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
    put_string (packer, VALUES, state->value);

  if (state->scrolled)
    {
      put_double (packer, state->scroll_x);
      put_double (packer, state->scroll_y);
    }

  if (state->rules == NULL)
    return;

  put_number (packer, state->rules->len);

  for (guint i = 0; i < state->rules->len; i++)
    put_string (packer, TEXTS, state->rules->pdata[i]);
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
  put_id (packer, node->id);

  if (node->type == PH_NODE_ELEMENT || node->type == PH_NODE_DOCTYPE)
    put_name (packer, node->name);

  if (node->attributes != NULL)
    put_attributes (packer, node->attributes);

  if (!has_content (node->type))
    put_string (packer, TEXTS, node->text != NULL ? node->text : "");

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

static GBytes *
join_streams (Packer *packer)
{
  GByteArray *out = g_byte_array_new ();
  const guint8 format = FORMAT;

  g_byte_array_append (out, &format, 1);

  for (guint i = 0; i + 1 < N_STREAMS; i++)
    ph_varint_append (out, packer->out[i]->len);

  for (guint i = 0; i < N_STREAMS; i++)
    {
      if (packer->out[i]->len > 0)
        g_byte_array_append (out, packer->out[i]->data, packer->out[i]->len);

      g_byte_array_unref (packer->out[i]);
    }

  return g_byte_array_free_to_bytes (out);
}

GBytes *
ph_dom_pack (const PhDom *dom)
{
  g_autoptr (GHashTable) names = g_hash_table_new (NULL, NULL);
  Packer packer = { .dom = dom, .names = names };
  int width;
  int height;

  for (guint i = 0; i < N_STREAMS; i++)
    packer.out[i] = g_byte_array_new ();

  ph_dom_get_viewport (dom, &width, &height);
  put_number (&packer, ph_dom_get_epoch (dom));
  put_number (&packer, (guint64) width);
  put_number (&packer, (guint64) height);
  put_string (&packer, TREE, ph_dom_get_href (dom));

  if (ph_dom_get_root (dom) != 0)
    put_node (&packer, ph_dom_get_root (dom));

  return join_streams (&packer);
}

/* ---- reading ---- */

typedef struct
{
  const guint8 *at;
  const guint8 *end;
} Input;

typedef struct
{
  PhDom *dom;
  Input in[N_STREAMS];
  GArray *names; /* number − 1 → PhName */
  gint64 last_id;
  gboolean bad; /* what was read is not what was written */
} Unpacker;

static guint8
read_byte (Unpacker *unpacker,
           Stream stream)
{
  Input *in = &unpacker->in[stream];

  if (in->at >= in->end)
    {
      unpacker->bad = TRUE;
      return END_MARK;
    }

  return *in->at++;
}

static guint8
take_byte (Unpacker *unpacker)
{
  return read_byte (unpacker, TREE);
}

static guint64
read_number (Unpacker *unpacker,
             Stream stream)
{
  Input *in = &unpacker->in[stream];
  guint64 number;

  if (ph_varint_take (&in->at, in->end, &number))
    return number;

  unpacker->bad = TRUE;

  return 0;
}

static guint64
take_number (Unpacker *unpacker)
{
  return read_number (unpacker, TREE);
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
  guint64 number = read_number (unpacker, IDS);
  gint64 step = ph_varint_unzigzag (number);
  gint64 id;

  if (__builtin_add_overflow (unpacker->last_id, step, &id) || id < G_MININT32 || id > G_MAXINT32)
    {
      unpacker->bad = TRUE;
      return 0;
    }

  unpacker->last_id = id;

  return (gint32) id;
}

static GRefString *
take_string (Unpacker *unpacker,
             Stream stream)
{
  Input *in = &unpacker->in[stream];
  const char *text = (const char *) in->at;
  const guint8 *end = in->at < in->end ? memchr (in->at, '\0', (gsize) (in->end - in->at)) : NULL;
  gsize size = 0;

  if (end == NULL)
    {
      unpacker->bad = TRUE;
      return g_ref_string_new_len ("", 0);
    }

  size = (gsize) (end - in->at);
  in->at = end + 1;

  if (!g_utf8_validate_len (text, size, NULL))
    {
      unpacker->bad = TRUE;
      size = 0;
    }

  return g_ref_string_new_len (text, (gssize) size);
}

static double
take_double (Unpacker *unpacker)
{
  Input *in = &unpacker->in[TREE];
  guint64 bits = 0;
  double number;

  if (in->end - in->at < (gssize) sizeof bits)
    {
      unpacker->bad = TRUE;
      return 0;
    }

  memcpy (&bits, in->at, sizeof bits);
  in->at += sizeof bits;
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

  text = take_string (unpacker, TREE);
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
      attributes->items[i].value = take_string (unpacker, VALUES);
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
    state->value = take_string (unpacker, VALUES);

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
    g_ptr_array_add (state->rules, take_string (unpacker, TEXTS));
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
    node->text = take_string (unpacker, TEXTS);

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

/* Where the streams are. */
static void
open_streams (Unpacker *unpacker,
              GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const guint8 *end;
  guint64 sizes[N_STREAMS];

  /* Of no bytes at all there is no address either. */
  if (size == 0)
    {
      unpacker->bad = TRUE;
      return;
    }

  end = data + size;
  unpacker->in[TREE] = (Input) { data, end };
  unpacker->bad = take_byte (unpacker) != FORMAT;

  for (guint i = 0; i + 1 < N_STREAMS; i++)
    sizes[i] = take_number (unpacker);

  data = unpacker->in[TREE].at;

  for (guint i = 0; i < N_STREAMS; i++)
    {
      guint64 left = (guint64) (end - data);

      if (i + 1 == N_STREAMS)
        sizes[i] = left;

      unpacker->bad |= sizes[i] > left;
      unpacker->in[i].at = data;
      data += unpacker->bad ? 0 : sizes[i];
      unpacker->in[i].end = data;
    }
}

static gboolean
are_streams_read (const Unpacker *unpacker)
{
  for (guint i = 0; i < N_STREAMS; i++)
    if (unpacker->in[i].at != unpacker->in[i].end)
      return FALSE;

  return TRUE;
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
  int width;

  open_streams (&unpacker, bytes);
  ph_dom_clear (dom, take_number (&unpacker));
  width = (int) take_bounded (&unpacker, PH_LIMIT_VIEWPORT);
  ph_dom_set_viewport (dom, width, (int) take_bounded (&unpacker, PH_LIMIT_VIEWPORT));
  href = take_string (&unpacker, TREE);
  ph_dom_set_href (dom, href);
  g_ref_string_release (href);

  if (!unpacker.bad && unpacker.in[TREE].at < unpacker.in[TREE].end)
    take_node (&unpacker, take_byte (&unpacker), 0);

  if (unpacker.bad || !are_streams_read (&unpacker))
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "A stored page is damaged");
      return NULL;
    }

  return g_steal_pointer (&dom);
}
