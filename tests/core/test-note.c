/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-note.h"

#include "ph-limits.h"

#include <string.h>

static void
test_new (void)
{
  g_autoptr (PhNote) note = ph_note_new (5 * PH_SECOND);
  g_autoptr (PhNote) copy = ph_note_copy (note);

  g_assert_true (ph_note_is_id (note->id));
  g_assert_cmpint (note->begin, ==, 5 * PH_SECOND);
  g_assert_cmpint (note->end, ==, PH_TIME_NONE);
  g_assert_cmpuint (note->window, ==, PH_NOTE_NO_WINDOW);
  g_assert_cmpstr (note->text, ==, "");
  g_assert_null (note->tags[0]);
  g_assert_true (ph_note_equal (note, copy));
  g_assert_true (note->text != copy->text);
}

static void
test_names (void)
{
  for (int i = PH_NOTE_OBSERVATION; i <= PH_NOTE_PRAISE; i++)
    {
      PhNoteKind kind = PH_NOTE_OBSERVATION;

      g_assert_true (ph_note_kind_from_name (ph_note_kind_name ((PhNoteKind) i), &kind));
      g_assert_cmpint (kind, ==, i);
    }

  for (int i = PH_NOTE_NO_SEVERITY; i <= PH_NOTE_HIGH; i++)
    {
      PhNoteSeverity severity = PH_NOTE_NO_SEVERITY;

      g_assert_true (
        ph_note_severity_from_name (ph_note_severity_name ((PhNoteSeverity) i), &severity));
      g_assert_cmpint (severity, ==, i);
    }

  g_assert_false (ph_note_kind_from_name ("rumour", &(PhNoteKind) { 0 }));
  g_assert_false (ph_note_severity_from_name ("", &(PhNoteSeverity) { 0 }));
}

static void
test_ids (void)
{
  g_assert_true (ph_note_is_id ("0b8c4e6a-1f2d-4c3b-9a8e-7d6c5b4a3f2e"));
  g_assert_false (ph_note_is_id ("0B8C4E6A-1f2d-4c3b-9a8e-7d6c5b4a3f2e"));
  g_assert_false (ph_note_is_id ("recorded:1"));
  g_assert_false (ph_note_is_id (""));
}

static void
test_tags (void)
{
  static const struct
  {
    const char *typed;
    const char *joined;
  } cases[] = {
    { "", "" },
    { " , ,\n", "" },
    { "checkout, form", "checkout\nform" },
    { " two  words ,x\nx,X", "two words\nx\nX" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhNote) note = ph_note_new (0);
      g_autoptr (PhNote) again = ph_note_new (0);
      g_autofree char *joined = NULL;

      ph_note_parse_tags (note, cases[i].typed);
      joined = ph_note_join_tags (note);
      g_assert_cmpstr (joined, ==, cases[i].joined);
      ph_note_split_tags (again, joined);
      g_assert_true (ph_note_bound (again));
      g_assert_true (ph_note_equal (note, again));
    }
}

/* Whatever stands in a stranger's note, it has its bounds after that. */
static void
test_bound (void)
{
  g_autoptr (PhNote) note = ph_note_new (-5);
  g_autofree char *long_text = g_strnfill (PH_LIMIT_NOTE_BYTES + 1, 'x');
  g_autofree char *long_tag = g_strnfill (100000, 't');
  g_autoptr (GString) many = g_string_new (long_tag);

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (many, "\n%u", i);

  /* Three bytes each, so that the cut is in the middle of one. */
  memcpy (long_text + PH_LIMIT_NOTE_BYTES - 9, "€€€", 9);
  ph_note_set_text (note, long_text);
  ph_note_split_tags (note, many->str);
  note->end = -7;
  note->window = PH_LIMIT_WINDOWS;
  note->node = -3;
  note->has_spot = TRUE;
  note->x = G_MAXINT;
  note->y = G_MININT;
  note->kind = (PhNoteKind) 77;
  note->severity = (PhNoteSeverity) -1;
  g_assert_false (ph_note_bound (note));

  g_assert_cmpint (note->begin, ==, 0);
  g_assert_cmpint (note->end, ==, 0);
  g_assert_cmpuint (note->window, ==, PH_NOTE_NO_WINDOW);
  g_assert_cmpint (note->node, ==, 0);
  g_assert_cmpint (note->x, ==, PH_LIMIT_PIXELS);
  g_assert_cmpint (note->y, ==, -PH_LIMIT_PIXELS);
  g_assert_cmpint (note->kind, ==, PH_NOTE_OBSERVATION);
  g_assert_cmpint (note->severity, ==, PH_NOTE_NO_SEVERITY);
  g_assert_cmpuint (strlen (note->text), <=, PH_LIMIT_NOTE_BYTES);
  g_assert_true (g_utf8_validate (note->text, -1, NULL));
  g_assert_true (g_str_has_suffix (note->text, "€…"));
  g_assert_cmpuint (g_strv_length (note->tags), ==, PH_LIMIT_NOTE_TAGS);

  for (guint i = 0; note->tags[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (note->tags[i], -1), <=, PH_LIMIT_TAG_CHARS + 1);

  /* Nothing more to do. */
  {
    g_autoptr (PhNote) copy = ph_note_copy (note);

    ph_note_bound (note);
    g_assert_true (ph_note_equal (note, copy));
  }

  ph_note_set_text (note, "a\xffz");
  ph_note_bound (note);
  g_assert_cmpstr (note->text, ==, "a\xef\xbf\xbdz");
}

/* Two change different things of one note; where they change the same, mine stays. */
static void
test_merge (void)
{
  g_autoptr (PhNote) base = ph_note_new (1);
  g_autoptr (PhNote) mine = ph_note_copy (base);
  g_autoptr (PhNote) theirs = ph_note_copy (base);
  g_autoptr (PhNote) merged = NULL;

  ph_note_set_text (mine, "mine");
  mine->severity = PH_NOTE_HIGH;
  ph_note_set_text (theirs, "theirs");
  ph_note_parse_tags (theirs, "seen");
  theirs->kind = PH_NOTE_PROBLEM;
  theirs->begin = 7;
  theirs->has_spot = TRUE;
  theirs->x = 3;
  merged = ph_note_merge (base, mine, theirs);

  g_assert_cmpstr (merged->text, ==, "mine");
  g_assert_cmpstr (merged->tags[0], ==, "seen");
  g_assert_cmpint (merged->severity, ==, PH_NOTE_HIGH);
  g_assert_cmpint (merged->kind, ==, PH_NOTE_PROBLEM);
  g_assert_cmpint (merged->begin, ==, 7);
  g_assert_cmpint (merged->x, ==, 3);
}

/* A span as long as it is, a moment for three seconds. */
static void
test_shown (void)
{
  g_autoptr (PhNote) note = ph_note_new (5 * PH_SECOND);

  g_assert_cmpint (ph_note_get_shown_end (note), ==, 8 * PH_SECOND);
  note->end = 6 * PH_SECOND;
  g_assert_cmpint (ph_note_get_shown_end (note), ==, 6 * PH_SECOND);
}

static void
test_compare (void)
{
  g_autoptr (PhNote) a = ph_note_new (1);
  g_autoptr (PhNote) b = ph_note_copy (a);

  g_assert_cmpint (ph_note_compare (a, b), ==, 0);
  b->id[0] = a->id[0] == 'f' ? '0' : 'f';
  g_assert_cmpint (ph_note_compare (a, b), ==, -ph_note_compare (b, a));
  g_assert_cmpint (ph_note_compare (a, b), !=, 0);
  b->created = a->created + 1;
  g_assert_cmpint (ph_note_compare (a, b), <, 0);
  a->end = 5;
  g_assert_cmpint (ph_note_compare (a, b), >, 0);
  b->begin = 2;
  g_assert_cmpint (ph_note_compare (a, b), <, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/note/new", test_new);
  g_test_add_func ("/note/names", test_names);
  g_test_add_func ("/note/ids", test_ids);
  g_test_add_func ("/note/tags", test_tags);
  g_test_add_func ("/note/bound", test_bound);
  g_test_add_func ("/note/merge", test_merge);
  g_test_add_func ("/note/shown", test_shown);
  g_test_add_func ("/note/compare", test_compare);

  return g_test_run ();
}
