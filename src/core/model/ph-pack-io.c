/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack-io.h"

#include "ph-varint.h"

#include <string.h>

/* ---- writing ---- */

PhPackOut
ph_pack_out_begin (PhNames *names)
{
  PhPackOut out = { .texts = names, .numbers = g_hash_table_new (NULL, NULL) };

  for (guint i = 0; i < PH_PACK_N_STREAMS; i++)
    out.out[i] = g_byte_array_new ();

  return out;
}

GBytes *
ph_pack_out_finish (PhPackOut *out,
                    guint8 format)
{
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, &format, 1);

  for (guint i = 0; i + 1 < PH_PACK_N_STREAMS; i++)
    ph_varint_append (all, out->out[i]->len);

  for (guint i = 0; i < PH_PACK_N_STREAMS; i++)
    {
      if (out->out[i]->len > 0)
        g_byte_array_append (all, out->out[i]->data, out->out[i]->len);

      g_clear_pointer (&out->out[i], g_byte_array_unref);
    }

  g_clear_pointer (&out->numbers, g_hash_table_unref);

  return g_byte_array_free_to_bytes (all);
}

void
ph_pack_put_byte (PhPackOut *out,
                  guint8 byte)
{
  g_byte_array_append (out->out[PH_PACK_TREE], &byte, 1);
}

void
ph_pack_put_number (PhPackOut *out,
                    guint64 number)
{
  ph_varint_append (out->out[PH_PACK_TREE], number);
}

void
ph_pack_put_id (PhPackOut *out,
                gint32 id)
{
  gint64 step = id - out->last_id;

  ph_varint_append (out->out[PH_PACK_IDS], ph_varint_zigzag (step));
  out->last_id = id;
}

void
ph_pack_put_string (PhPackOut *out,
                    PhPackStream stream,
                    const char *text)
{
  g_byte_array_append (out->out[stream], (const guint8 *) text, (guint) strlen (text) + 1);
}

void
ph_pack_put_double (PhPackOut *out,
                    double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  bits = GUINT64_TO_LE (bits);
  g_byte_array_append (out->out[PH_PACK_TREE], (const guint8 *) &bits, sizeof bits);
}

void
ph_pack_put_name (PhPackOut *out,
                  PhName name)
{
  gpointer key = GUINT_TO_POINTER (name);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (out->numbers, key));

  ph_pack_put_number (out, number);

  if (number > 0)
    return;

  g_hash_table_insert (out->numbers, key,
                       GUINT_TO_POINTER (g_hash_table_size (out->numbers) + 1));
  ph_pack_put_string (out, PH_PACK_TREE, ph_names_text (out->texts, name));
}

/* ---- reading ---- */

/* Where the streams are. */
static void
open_streams (PhPackIn *in,
              GBytes *bytes,
              guint8 format)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const guint8 *end;
  guint64 sizes[PH_PACK_N_STREAMS];

  /* Of no bytes at all there is no address either. */
  if (size == 0)
    {
      in->bad = TRUE;
      return;
    }

  end = data + size;
  in->in[PH_PACK_TREE] = (PhPackInput) { data, end };
  in->bad = ph_pack_take_byte (in) != format;

  for (guint i = 0; i + 1 < PH_PACK_N_STREAMS; i++)
    sizes[i] = ph_pack_take_number (in);

  data = in->in[PH_PACK_TREE].at;

  for (guint i = 0; i < PH_PACK_N_STREAMS; i++)
    {
      guint64 left = (guint64) (end - data);

      if (i + 1 == PH_PACK_N_STREAMS)
        sizes[i] = left;

      in->bad |= sizes[i] > left;
      in->in[i].at = data;
      data += in->bad ? 0 : sizes[i];
      in->in[i].end = data;
    }
}

PhPackIn
ph_pack_in_begin (GBytes *bytes,
                  guint8 format,
                  PhNames *names)
{
  PhPackIn in = { .texts = names, .names = g_array_new (FALSE, FALSE, sizeof (PhName)) };

  open_streams (&in, bytes, format);

  return in;
}

gboolean
ph_pack_in_finish (PhPackIn *in)
{
  g_clear_pointer (&in->names, g_array_unref);

  for (guint i = 0; i < PH_PACK_N_STREAMS; i++)
    in->bad |= in->in[i].at != in->in[i].end;

  return !in->bad;
}

gboolean
ph_pack_in_has_more (const PhPackIn *in)
{
  return in->in[PH_PACK_TREE].at < in->in[PH_PACK_TREE].end;
}

guint8
ph_pack_take_byte (PhPackIn *in)
{
  PhPackInput *input = &in->in[PH_PACK_TREE];

  if (input->at >= input->end)
    {
      in->bad = TRUE;
      return 0xff;
    }

  return *input->at++;
}

static guint64
take_number (PhPackIn *in,
             PhPackStream stream)
{
  PhPackInput *input = &in->in[stream];
  guint64 number;

  if (ph_varint_take (&input->at, input->end, &number))
    return number;

  in->bad = TRUE;

  return 0;
}

guint64
ph_pack_take_number (PhPackIn *in)
{
  return take_number (in, PH_PACK_TREE);
}

guint64
ph_pack_take_bounded (PhPackIn *in,
                      guint64 limit)
{
  guint64 number = ph_pack_take_number (in);

  if (number > limit)
    {
      in->bad = TRUE;
      return 0;
    }

  return number;
}

gint32
ph_pack_take_id (PhPackIn *in)
{
  guint64 number = take_number (in, PH_PACK_IDS);
  gint64 step = ph_varint_unzigzag (number);
  gint64 id;

  if (__builtin_add_overflow (in->last_id, step, &id) || id < G_MININT32 || id > G_MAXINT32)
    {
      in->bad = TRUE;
      return 0;
    }

  in->last_id = id;

  return (gint32) id;
}

GRefString *
ph_pack_take_string (PhPackIn *in,
                     PhPackStream stream)
{
  PhPackInput *input = &in->in[stream];
  const char *text = (const char *) input->at;
  const guint8 *end =
    input->at < input->end ? memchr (input->at, '\0', (gsize) (input->end - input->at)) : NULL;
  gsize size = 0;

  if (end == NULL)
    {
      in->bad = TRUE;
      return g_ref_string_new_len ("", 0);
    }

  size = (gsize) (end - input->at);
  input->at = end + 1;

  if (!g_utf8_validate_len (text, size, NULL))
    {
      in->bad = TRUE;
      size = 0;
    }

  return g_ref_string_new_len (text, (gssize) size);
}

double
ph_pack_take_double (PhPackIn *in)
{
  PhPackInput *input = &in->in[PH_PACK_TREE];
  guint64 bits = 0;
  double number;

  if (input->end - input->at < (gssize) sizeof bits)
    {
      in->bad = TRUE;
      return 0;
    }

  memcpy (&bits, input->at, sizeof bits);
  input->at += sizeof bits;
  bits = GUINT64_FROM_LE (bits);
  memcpy (&number, &bits, sizeof number);

  return number;
}

PhName
ph_pack_take_name (PhPackIn *in)
{
  guint64 number = ph_pack_take_bounded (in, in->names->len);
  GRefString *text;
  PhName name;

  if (number > 0)
    return g_array_index (in->names, PhName, number - 1);

  text = ph_pack_take_string (in, PH_PACK_TREE);
  name = ph_names_intern (in->texts, text);
  g_ref_string_release (text);
  g_array_append_val (in->names, name);

  return name;
}
