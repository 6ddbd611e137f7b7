/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-table.h"

#include <string.h>

/* Each kind can be read, and what it is kept under has a name for each field. */
static void
test_kinds (void)
{
  guint n = 0;

  for (guint type = 0; type < 4 * PH_MOB_N_TYPES; type++)
    {
      const PhMobKind *kind = ph_mob_kind (type);
      guint n_labels = 1;

      if (kind == NULL)
        continue;

      n++;
      g_assert_cmpuint (strlen (kind->fields), <=, PH_MOB_MAX_FIELDS);
      g_assert_cmpuint (strspn (kind->fields, "uisb"), ==, strlen (kind->fields));
      g_assert_cmpint (kind->labels != NULL, ==, kind->use != PH_MOB_USE_OWN);

      for (const char *at = kind->labels; at != NULL && *at != '\0'; at++)
        n_labels += *at == ' ';

      if (kind->labels != NULL)
        g_assert_cmpuint (n_labels, ==, strlen (kind->fields));
    }

  g_assert_cmpuint (n, >, 100);
  g_assert_null (ph_mob_kind (2));
  g_assert_null (ph_mob_kind (G_MAXUINT64));
}

static void
test_fields (void)
{
  static const struct
  {
    guint type;
    const char *bytes;
    gsize size;
    PhMobFit fit;
    gsize used;
  } cases[] = {
    { 7, "", 0, PH_MOB_FITS, 0 },
    { 0, "\xe7\xbf\xd8\xdb\xdb\x30\x01", 7, PH_MOB_FITS, 6 },
    { 0, "\xe7\xbf\xd8", 3, PH_MOB_SHORT, 0 },
    { 0, "", 0, PH_MOB_SHORT, 0 },
    { 0, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11, PH_MOB_ODD, 0 },
    { 6, "\x01\x04", 2, PH_MOB_FITS, 2 },
    { 13, "\x05\x02ok", 4, PH_MOB_FITS, 4 },
    { 13, "\x05\x02o", 3, PH_MOB_SHORT, 0 },
    { 13, "\x05\xff\xff\xff\xff\x0f", 6, PH_MOB_ODD, 0 },
    { 19, "\x05\x01", 2, PH_MOB_FITS, 2 },
    { 19, "\x05", 1, PH_MOB_SHORT, 0 },
    { 19, "\x05\x02", 2, PH_MOB_ODD, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhMobField fields[PH_MOB_MAX_FIELDS] = {};
      const guint8 *at = (const guint8 *) cases[i].bytes;
      PhMobFit fit = ph_mob_read_fields (ph_mob_kind (cases[i].type), &at, at + cases[i].size,
                                         fields);

      g_test_message ("case %u", i);
      g_assert_cmpint (fit, ==, cases[i].fit);

      if (fit == PH_MOB_FITS)
        g_assert_true (at == (const guint8 *) cases[i].bytes + cases[i].used);
    }
}

static void
test_values (void)
{
  static const guint8 scroll[] = { 0x05, 0x01, 0xc8, 0x01 };
  static const guint8 text[] = { 0x07, 0x02, 'a', 0x00 };
  PhMobField fields[PH_MOB_MAX_FIELDS];
  const guint8 *at = scroll;

  g_assert_cmpint (ph_mob_read_fields (ph_mob_kind (PH_MOB_NODE_SCROLL), &at,
                                       scroll + sizeof scroll, fields),
                   ==, PH_MOB_FITS);
  g_assert_cmpint (fields[0].number, ==, 5);
  g_assert_cmpint (fields[1].number, ==, -1);
  g_assert_cmpint (fields[2].number, ==, 100);

  at = text;
  g_assert_cmpint (ph_mob_read_fields (ph_mob_kind (PH_MOB_NODE_DATA), &at, text + sizeof text,
                                       fields),
                   ==, PH_MOB_FITS);
  g_assert_cmpmem (fields[1].text, fields[1].size, "a\0", 2);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mob-table/kinds", test_kinds);
  g_test_add_func ("/mob-table/fields", test_fields);
  g_test_add_func ("/mob-table/values", test_values);

  return g_test_run ();
}
