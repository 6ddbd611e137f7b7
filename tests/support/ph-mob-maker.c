/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-maker.h"

#include "ph-mob-table.h"
#include "ph-varint.h"

#include <string.h>

typedef struct
{
  PhMobFraming framing;
  GByteArray *out;
  guint64 index;
} Maker;

/* The next word of the line, or NULL; *@at then is behind it. */
static char *
take_word (const char **at)
{
  const char *begin = *at + strspn (*at, " ");
  const char *end;

  if (*begin == '\0')
    return NULL;

  if (*begin == '"')
    {
      end = strchr (++begin, '"');
      g_assert_nonnull (end);
      *at = end + 1;
    }
  else
    {
      end = begin + strcspn (begin, " ");
      *at = end;
    }

  return g_strndup (begin, (gsize) (end - begin));
}

static void
put_field (GByteArray *body,
           char letter,
           const char *word)
{
  guint8 flag;

  switch (letter)
    {
    case 'u':
      ph_varint_append (body, g_ascii_strtoull (word, NULL, 10));
      break;
    case 'i':
      ph_varint_append (body, ph_varint_zigzag (g_ascii_strtoll (word, NULL, 10)));
      break;
    case 'b':
      flag = word[0] == '1';
      g_byte_array_append (body, &flag, 1);
      break;
    default:
      ph_varint_append (body, strlen (word));
      g_byte_array_append (body, (const guint8 *) word, (guint) strlen (word));
    }
}

static void
put_message (Maker *maker,
             guint64 type,
             const char *words)
{
  const PhMobKind *kind = ph_mob_kind (type);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  guint64 index = GUINT64_TO_LE (maker->index);
  guint8 size[3];

  for (const char *letter = kind != NULL ? kind->fields : ""; *letter != '\0'; letter++)
    {
      g_autofree char *word = take_word (&words);

      g_assert_nonnull (word);
      put_field (body, *letter, word);
    }

  g_assert_cmpuint (strspn (words, " "), ==, strlen (words));

  if (maker->framing == PH_MOB_INDEXED)
    g_byte_array_append (maker->out, (const guint8 *) &index, sizeof index);

  maker->index++;
  ph_varint_append (maker->out, type);

  if (maker->framing == PH_MOB_SIZED && (type < 80 || type > 82))
    {
      for (guint i = 0; i < 3; i++)
        size[i] = (guint8) (body->len >> (8 * i));

      g_byte_array_append (maker->out, size, 3);
    }

  g_byte_array_append (maker->out, body->data, body->len);
}

static void
put_raw (Maker *maker,
         const char *hex)
{
  for (; g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]); hex += 2)
    {
      guint8 byte =
        (guint8) (g_ascii_xdigit_value (hex[0]) * 16 + g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (maker->out, &byte, 1);
    }
}

static void
put_line (Maker *maker,
          const char *line)
{
  g_autofree char *first = take_word (&line);

  if (first == NULL)
    return;

  if (strcmp (first, "raw") == 0)
    {
      put_raw (maker, line + strspn (line, " "));
    }
  else if (strcmp (first, "index") == 0)
    {
      maker->index = g_ascii_strtoull (line, NULL, 10);
    }
  else if (strcmp (first, "header") == 0)
    {
      guint version = (guint) g_ascii_strtoull (line, NULL, 10);

      put_raw (maker, "ffffffffffffff");
      put_raw (maker, version == 1 ? "ff" : version == 2 ? "fe"
                                                         : "fd");
    }
  else
    {
      put_message (maker, g_ascii_strtoull (first, NULL, 10), line);
    }
}

GBytes *
ph_mob_make (PhMobFraming framing,
             const char *script)
{
  Maker maker = { .framing = framing, .out = g_byte_array_new (), .index = 1 };
  g_auto (GStrv) lines = g_strsplit (script, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    put_line (&maker, lines[i]);

  return g_byte_array_free_to_bytes (maker.out);
}
