/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sheets.h"

#include "ph-limits.h"

static GPtrArray *
make_rules (const char *rule)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);

  if (rule != NULL)
    g_ptr_array_add (rules, g_ref_string_new (rule));

  return rules;
}

static char *
describe (const PhSheets *sheets)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ph_sheets_n (sheets); i++)
    {
      const GPtrArray *rules = ph_sheets_find (sheets, ph_sheets_id (sheets, i));

      g_string_append_printf (out, "%d:", ph_sheets_id (sheets, i));

      for (guint at = 0; at < rules->len; at++)
        g_string_append_printf (out, " %s", (const char *) rules->pdata[at]);

      g_string_append (out, "; ");
    }

  for (guint i = 0; i < ph_sheets_n_adopters (sheets); i++)
    {
      guint n;
      const gint32 *ids = ph_sheets_adopted (sheets, ph_sheets_adopter (sheets, i), &n);

      g_string_append_printf (out, "@%d", ph_sheets_adopter (sheets, i));

      for (guint at = 0; at < n; at++)
        g_string_append_printf (out, " %d", ids[at]);

      g_string_append (out, "; ");
    }

  return g_string_free (out, FALSE);
}

static void
assert_is (const PhSheets *sheets,
           const char *wanted)
{
  g_autofree char *text = describe (sheets);

  g_assert_cmpstr (text, ==, wanted);
}

static PhSheets *
make_sheets (void)
{
  PhSheets *sheets = ph_sheets_own (NULL);

  ph_sheets_define (sheets, 7, make_rules ("a{}"));
  ph_sheets_define (sheets, 3, make_rules ("b{}"));
  ph_sheets_define (sheets, 5, make_rules (NULL));
  ph_sheets_adopt (sheets, 20, (gint32[]) { 7, 3, 7 }, 3);
  ph_sheets_adopt (sheets, 10, (gint32[]) { 99 }, 1);

  return sheets;
}

static void
test_tables (void)
{
  PhSheets *sheets = make_sheets ();
  guint n;

  assert_is (sheets, "3: b{}; 5:; 7: a{}; @10 99; @20 7 3 7; ");
  g_assert_null (ph_sheets_find (sheets, 4));
  g_assert_null (ph_sheets_adopted (sheets, 11, &n));
  g_assert_cmpuint (n, ==, 0);

  /* Again: the later counts. Nothing: gone. */
  ph_sheets_define (sheets, 3, make_rules ("c{}"));
  ph_sheets_adopt (sheets, 20, (gint32[]) { 5 }, 1);
  ph_sheets_adopt (sheets, 10, NULL, 0);
  ph_sheets_adopt (sheets, 11, NULL, 0);
  assert_is (sheets, "3: c{}; 5:; 7: a{}; @20 5; ");
  ph_sheets_unref (sheets);

  g_assert_cmpuint (ph_sheets_n (NULL), ==, 0);
  g_assert_cmpuint (ph_sheets_n_adopters (NULL), ==, 0);
  g_assert_null (ph_sheets_find (NULL, 1));
  g_assert_null (ph_sheets_adopted (NULL, 1, &n));
}

/* Writing to what others see too leaves what they see alone; what is not written to is shared. */
static void
test_copies (void)
{
  PhSheets *sheets = make_sheets ();
  PhSheets *own = ph_sheets_own (ph_sheets_ref (sheets));
  GPtrArray *rules;

  g_assert_true (own != sheets);
  g_assert_true (ph_sheets_find (own, 7) == ph_sheets_find (sheets, 7));

  rules = ph_sheets_edit (own, 7);
  g_assert_true (rules != ph_sheets_find (sheets, 7));
  g_ptr_array_add (rules, g_ref_string_new ("z{}"));
  g_assert_true (ph_sheets_edit (own, 7) == rules);
  g_assert_null (ph_sheets_edit (own, 8));
  ph_sheets_define (own, 1, make_rules (NULL));
  ph_sheets_adopt (own, 20, NULL, 0);

  assert_is (sheets, "3: b{}; 5:; 7: a{}; @10 99; @20 7 3 7; ");
  assert_is (own, "1:; 3: b{}; 5:; 7: a{} z{}; @10 99; ");

  ph_sheets_unref (sheets);
  sheets = own;
  own = ph_sheets_own (own);
  g_assert_true (own == sheets);
  ph_sheets_unref (own);
}

static void
test_limits (void)
{
  PhSheets *sheets = ph_sheets_own (NULL);
  g_autofree gint32 *ids = g_new (gint32, PH_LIMIT_ADOPTED + 1);

  for (gint32 i = 1; i <= PH_LIMIT_SHEETS; i++)
    {
      g_assert_true (ph_sheets_define (sheets, i, make_rules (NULL)));
      g_assert_true (ph_sheets_adopt (sheets, i, &i, 1));
    }

  for (guint i = 0; i <= PH_LIMIT_ADOPTED; i++)
    ids[i] = 1;

  g_assert_false (ph_sheets_define (sheets, PH_LIMIT_SHEETS + 1, make_rules (NULL)));
  g_assert_false (ph_sheets_adopt (sheets, PH_LIMIT_SHEETS + 1, ids, 1));
  g_assert_false (ph_sheets_adopt (sheets, 1, ids, PH_LIMIT_ADOPTED + 1));
  g_assert_true (ph_sheets_adopt (sheets, 1, ids, PH_LIMIT_ADOPTED));
  g_assert_true (ph_sheets_define (sheets, 1, make_rules (NULL)));
  ph_sheets_unref (sheets);
}

static void
test_packed (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  PhSheets *sheets = make_sheets ();
  PhPackOut out = ph_pack_out_begin (names);
  g_autoptr (GBytes) bytes = NULL;
  PhPackIn in;
  PhSheets *again;
  gsize size;
  const guint8 *data;

  ph_sheets_pack (sheets, &out);
  bytes = ph_pack_out_finish (&out, 1);
  in = ph_pack_in_begin (bytes, 1, names);
  again = ph_sheets_unpack (&in);
  g_assert_true (ph_pack_in_finish (&in));
  assert_is (again, "3: b{}; 5:; 7: a{}; @10 99; @20 7 3 7; ");
  ph_sheets_unref (again);
  ph_sheets_unref (sheets);

  /* Damaged bytes give something, and no harm. */
  data = g_bytes_get_data (bytes, &size);

  for (gsize at = 0; at < size; at++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autofree guint8 *flipped = g_memdup2 (data, size);
        g_autoptr (GBytes) odd = NULL;

        flipped[at] ^= (guint8) (1 << bit);
        odd = g_bytes_new_take (g_steal_pointer (&flipped), size);
        in = ph_pack_in_begin (odd, 1, names);
        again = ph_sheets_unpack (&in);
        ph_pack_in_finish (&in);
        ph_sheets_unref (again);
      }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sheets/tables", test_tables);
  g_test_add_func ("/sheets/copies", test_copies);
  g_test_add_func ("/sheets/limits", test_limits);
  g_test_add_func ("/sheets/packed", test_packed);

  return g_test_run ();
}
