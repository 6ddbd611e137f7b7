/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-note-item.h"

static void
count_cb (GObject *object,
          GParamSpec *pspec,
          gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_properties (void)
{
  PhNote *first = ph_note_new (1);
  PhNoteItem *item = ph_note_item_new (first);
  g_autoptr (PhNote) got = NULL;
  gboolean unsaved = TRUE;
  guint n_notes = 0;
  guint n_unsaved = 0;

  g_signal_connect (item, "notify::note", G_CALLBACK (count_cb), &n_notes);
  g_signal_connect (item, "notify::unsaved", G_CALLBACK (count_cb), &n_unsaved);
  g_assert_true (ph_note_item_get_note (item) == first);
  g_object_get (item, "unsaved", &unsaved, NULL);
  g_assert_false (unsaved);

  ph_note_item_take_note (item, ph_note_new (7));
  g_object_get (item, "note", &got, NULL);
  g_assert_cmpint (got->begin, ==, 7);
  g_assert_cmpuint (n_notes, ==, 1);

  ph_note_item_set_unsaved (item, TRUE);
  ph_note_item_set_unsaved (item, TRUE);
  g_assert_true (ph_note_item_get_unsaved (item));
  g_assert_cmpuint (n_unsaved, ==, 1);
  g_assert_finalize_object (item);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/note-item/properties", test_properties);

  return g_test_run ();
}
