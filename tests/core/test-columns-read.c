/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-columns-read.h"

#include "ph-columns.h"
#include "ph-limits.h"
#include "ph-numbers.h"
#include "ph-tokens.h"

#include <string.h>

/* That what was packed comes back is in test-columns.c; here is what never was packed. */

static void
unpack_any (const guint8 *bytes,
            gsize size,
            guint n)
{
  /* Ends where the bytes do, so that one too many is seen. */
  g_autofree guint8 *copy = g_memdup2 (bytes, size);
  g_autofree guint32 *firsts = g_new0 (guint32, n + 1);
  g_autofree PhEvent *events = g_new0 (PhEvent, n + 1);
  PhPartsReader reader = { copy, size > 0 ? copy + size : copy, FALSE };
  gsize n_texts = 0;
  g_autofree char *texts = ph_columns_unpack (&reader, events, n, firsts, &n_texts);

  g_assert_true ((texts == NULL) == reader.bad);

  for (guint i = 0; i < n && texts != NULL; i++)
    {
      g_assert_cmpuint (firsts[i], <, PH_COLUMNS_LITERALS);
      g_assert_true (events[i].text >= texts &&
                     events[i].text + events[i].size <= texts + n_texts);
    }
}

static void
test_damaged (void)
{
  static const char *const texts[] = {
    "{\"type\":3,\"data\":{\"source\":0,\"texts\":[{\"id\":7,\"value\":\"12.50\"},{\"id\":9,"
    "\"value\":\"a\"},{\"id\":12,\"value\":\"a\"}]},\"timestamp\":1767225600003}",
    "{\"type\":4,\"x\":1e5,\"y\":\"z\"}",
    "{\"type\":3,\"data\":{\"source\":0,\"texts\":[{\"id\":8,\"value\":\"1.25\"}]}}",
  };
  PhEvent events[G_N_ELEMENTS (texts)] = { 0 };
  guint32 firsts[G_N_ELEMENTS (texts)];
  g_autoptr (PhParts) parts = ph_parts_new ();
  g_autofree guint8 *copy = NULL;
  gsize size;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      events[i].text = texts[i];
      events[i].size = strlen (texts[i]);
    }

  ph_columns_pack (parts, events, G_N_ELEMENTS (texts), firsts);
  size = parts->bytes->len;
  copy = g_memdup2 (parts->bytes->data, size);

  for (gsize i = 0; i < size; i++)
    {
      unpack_any (copy, i, G_N_ELEMENTS (texts));

      for (guint byte = 0; byte < 256; byte++)
        {
          copy[i] = (guint8) byte;
          unpack_any (copy, size, G_N_ELEMENTS (texts));
        }

      copy[i] = parts->bytes->data[i];
    }

  unpack_any (copy, size, 0);
  unpack_any (copy, size, 2);
  unpack_any (copy, size, 1000);
}

/* --- hostile --------------------------------------------------------------- */

typedef struct
{
  gsize texts;
  const char *literal;
  guint type;
  guint values;
  gint64 number; /* all values */
} Hostile;

/* One literal and one column: what costs little to write and much to read. */
static PhParts *
make_hostile (const Hostile *hostile)
{
  PhParts *parts = ph_parts_new ();
  gsize size = strlen (hostile->literal);
  g_autofree gint64 *numbers = g_new (gint64, MAX (hostile->values, 1));
  const gint64 one = 1;
  const gint64 zero = 0;
  const gint64 count = hostile->values;

  for (guint i = 0; i < hostile->values; i++)
    numbers[i] = hostile->number;

  ph_parts_put_number (parts, hostile->texts);
  ph_parts_put_number (parts, 2);
  ph_parts_put_number (parts, 1);
  ph_parts_put_number (parts, 0);
  ph_parts_put_number (parts, 1);
  ph_parts_put_number (parts, size << 6 | hostile->type);

  if (size > 0)
    memcpy (ph_parts_put_room (parts, size), hostile->literal, size);

  ph_numbers_put (parts, &zero, NULL, 1);
  ph_numbers_put (parts, &one, NULL, 1);
  ph_numbers_put (parts, &count, NULL, 1);
  ph_numbers_put (parts, &zero, NULL, 1);
  ph_numbers_put (parts, &zero, NULL, 1);
  ph_numbers_put (parts, numbers, NULL, hostile->values);

  return parts;
}

/* It ends, with an error: at the texts' size, at the last value, at a string there is not. */
static void
test_hostile (void)
{
  static const Hostile cases[] = {
    { PH_LIMIT_EVENT_BYTES, "", PH_TOKEN_NUMBER, PH_COLUMNS_VALUES, 1 },
    { 1000, "abc", PH_TOKEN_NUMBER, PH_COLUMNS_VALUES, 1 },
    { 1000, "", PH_TOKEN_TIME, 0, 0 },
    { 1000, "", PH_TOKEN_STRING, PH_COLUMNS_VALUES, 0 },
    { 1000, "", PH_TOKEN_STRING, 10, G_MAXINT64 },
    { 1000, "a", PH_TOKEN_REST, 0, 0 },
    { PH_LIMIT_EVENT_BYTES + 1, "a", PH_TOKEN_END, 0, 0 },
    { 2, "a", PH_TOKEN_END, 0, 0 },
    { 0, "a", PH_TOKEN_END, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhParts) parts = make_hostile (&cases[i]);
      PhPartsReader reader = { parts->bytes->data, parts->bytes->data + parts->bytes->len, FALSE };
      PhEvent event = { 0 };
      guint32 first = 0;
      gsize size = 0;

      g_test_message ("case %u", i);
      g_assert_null (ph_columns_unpack (&reader, &event, 1, &first, &size));
      g_assert_true (reader.bad);
    }

  /* As it is made up, it can be read when nothing is wrong with it. */
  {
    const Hostile fine = { 1, "a", PH_TOKEN_END, 0, 0 };
    g_autoptr (PhParts) parts = make_hostile (&fine);
    PhPartsReader reader = { parts->bytes->data, parts->bytes->data + parts->bytes->len, FALSE };
    PhEvent event = { 0 };
    guint32 first = 0;
    gsize size = 0;
    g_autofree char *texts = ph_columns_unpack (&reader, &event, 1, &first, &size);

    g_assert_nonnull (texts);
    g_assert_cmpmem (event.text, event.size, "a", 1);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/columns-read/damaged", test_damaged);
  g_test_add_func ("/columns-read/hostile", test_hostile);

  return g_test_run ();
}
