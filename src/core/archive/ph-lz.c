/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-lz.h"

#include <string.h>

/* Codes that stand for something else than what was seen before. */
enum
{
  CODE_BYTE,
  CODE_UNIT,
  CODE_END,
  FIRST_ENTRY,
};

/* More would not fit into the numbers of any text. */
#define MAX_BITS 31

/* What was seen before lies in what came out already. */
typedef struct
{
  guint32 start;
  guint32 size;
} Entry;

typedef struct
{
  const char *text;
  gsize size;
  gsize at;
  guint bit; /* of the digit at hand that is next: 32 … 1, or 0 for the next digit */
  guint digit;
  gboolean is_over; /* there were not as many bits as were asked for */
  GArray *units;    /* guint16 */
  GArray *entries;  /* Entry, from FIRST_ENTRY */
} Lz;

static int
read_digit (char c)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = c != '\0' ? strchr (digits, c) : NULL;

  return found != NULL ? (int) (found - digits) : -1;
}

/* The lowest bit comes first. */
static guint32
read_bits (Lz *lz,
           guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++)
    {
      if (lz->bit == 0)
        {
          int digit = lz->at < lz->size ? read_digit (lz->text[lz->at++]) : -1;

          if (digit < 0)
            {
              lz->is_over = TRUE;
              return CODE_END;
            }

          lz->digit = (guint) digit;
          lz->bit = 32;
        }

      if (lz->digit & lz->bit)
        value |= 1U << i;

      lz->bit >>= 1;
    }

  return value;
}

static void
add_entry (Lz *lz,
           guint32 start,
           guint32 size)
{
  Entry entry = { start, size };

  g_array_append_val (lz->entries, entry);
}

/* A character that was not seen before: it comes out next. */
static gboolean
read_literal (Lz *lz,
              guint32 code)
{
  guint16 unit = (guint16) read_bits (lz, code == CODE_BYTE ? 8 : 16);

  add_entry (lz, lz->units->len, 1);
  g_array_append_val (lz->units, unit);

  return !lz->is_over;
}

/* What code stands for comes out; FALSE when it stands for nothing. */
static gboolean
copy_entry (Lz *lz,
            guint32 code,
            Entry *entry)
{
  guint32 index = code - FIRST_ENTRY;

  if (index >= lz->entries->len)
    return FALSE;

  *entry = g_array_index (lz->entries, Entry, index);

  /* One by one: it may reach into what it makes. */
  for (guint32 i = 0; i < entry->size; i++)
    {
      guint16 unit = g_array_index (lz->units, guint16, entry->start + i);

      g_array_append_val (lz->units, unit);
    }

  return TRUE;
}

static void
widen (guint *left,
       guint *n_bits)
{
  if (*left == 0)
    *left = 1U << (*n_bits)++;
}

static gboolean
unpack (Lz *lz,
        gsize max_units)
{
  guint n_bits = 3;
  guint left = 4;
  guint32 code = read_bits (lz, 2);
  guint32 before = 0; /* where what came out last begins */

  if (code >= CODE_END || !read_literal (lz, code))
    return code == CODE_END && !lz->is_over;

  while (n_bits < MAX_BITS && lz->units->len <= max_units)
    {
      guint32 start = lz->units->len;
      Entry entry = { start, 1 };

      code = read_bits (lz, n_bits);

      if (code == CODE_END)
        return !lz->is_over;

      if (code < CODE_END)
        {
          /* Its own entry is numbered before that of what came out last and of it. */
          if (!read_literal (lz, code))
            return FALSE;

          left--;
          widen (&left, &n_bits);
          add_entry (lz, before, start - before + 1);
        }
      else
        {
          /* It may be the entry that is made of what comes out now. */
          add_entry (lz, before, start - before + 1);

          if (!copy_entry (lz, code, &entry))
            return FALSE;
        }

      before = start;
      left--;
      widen (&left, &n_bits);
    }

  return FALSE;
}

GString *
ph_lz_unpack (const char *text,
              gsize size,
              gsize max_size)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  Lz lz = { .text = text, .size = size, .units = units, .entries = entries };
  g_autofree char *utf8 = NULL;
  long length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (!unpack (&lz, max_size))
    return NULL;

  if (units->len == 0)
    return g_string_new (NULL);

  utf8 = g_utf16_to_utf8 ((const gunichar2 *) (gpointer) units->data, (long) units->len, NULL,
                          &length, NULL);

  return utf8 != NULL && (gsize) length <= max_size ? g_string_new_len (utf8, length) : NULL;
}
