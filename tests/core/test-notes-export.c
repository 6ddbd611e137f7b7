/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-notes-export.h"

#include "ph-test.h"
#include "session-maker.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Ours, a stranger's, and one of the recording. */
static GPtrArray *
make_notes (void)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);
  PhNote *note = ph_note_new (2450 * PH_MSEC);

  g_free (note->id);
  note->id = g_strdup ("0b8c4e6a-1f2d-4c3b-9a8e-7d6c5b4a3f2e");
  note->kind = PH_NOTE_PROBLEM;
  note->severity = PH_NOTE_HIGH;
  note->end = 5 * PH_SECOND;
  note->has_spot = TRUE;
  note->x = 120;
  note->y = 48;
  ph_note_set_text (note, "The button does nothing.\nTried \"twice\".\n\n1. one\n- two");
  ph_note_parse_tags (note, "checkout, form");
  g_ptr_array_add (notes, note);

  note = ph_note_new (30 * PH_SECOND);
  g_free (note->id);
  note->id = g_strdup ("1b8c4e6a-1f2d-4c3b-9a8e-7d6c5b4a3f2e");
  ph_note_set_text (note, "=HYPERLINK(\"http://a.example\")\r\n"
                          "<script>alert(1)</script> ![x](y) **b** \xe2\x80\xae\x01 #1 @you");
  ph_note_parse_tags (note, "+cmd|' /C calc'!A0, @x");
  g_ptr_array_add (notes, note);

  note = ph_note_new (31 * PH_SECOND);
  g_free (note->id);
  note->id = g_strdup ("recorded:0");
  note->is_recorded = TRUE;
  ph_note_set_text (note, "Paid");
  g_ptr_array_add (notes, note);

  return notes;
}

static void
test_golden (void)
{
  static const char *const pictures[] = { "shots/note 1.png", NULL, NULL, NULL };
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (GPtrArray) notes = make_notes ();
  const PhNotesExport export = { session, notes, pictures };
  g_autofree char *markdown = ph_notes_to_markdown (&export);
  g_autofree char *csv = ph_notes_to_csv (&export);
  g_autofree char *json = ph_notes_to_json (&export);

  ph_test_golden ("notes/notes.md", markdown);
  ph_test_golden ("notes/notes.csv", csv);
  ph_test_golden ("notes/notes.json", json);
}

/* No field of the table begins with what a spreadsheet calculates. */
static void
test_formulas (void)
{
  static const struct
  {
    const char *text;
    const char *field;
  } cases[] = {
    { "plain", "\"plain\"" },
    { "=1+1", "\"'=1+1\"" },
    { " \t=1+1", "\"' \t=1+1\"" },
    { "\n@x", "\"'\n@x\"" },
    { "-1", "\"'-1\"" },
    { "+1", "\"'+1\"" },
    { "\xef\xbc\x9d"
      "1",
      "\"'\xef\xbc\x9d"
      "1\"" },
    { "a=1", "\"a=1\"" },
    { "say \"no\"", "\"say \"\"no\"\"\"" },
    { "a,b\r\nc", "\"a,b\nc\"" },
  };
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);
      const PhNotesExport export = { session, notes, NULL };
      g_autofree char *end = g_strconcat (",", cases[i].field, "\r\n", NULL);
      g_autofree char *csv = NULL;

      g_ptr_array_add (notes, ph_note_new (0));
      ph_note_set_text (notes->pdata[0], cases[i].text);
      csv = ph_notes_to_csv (&export);
      g_assert_true (g_str_has_suffix (csv, end));
    }
}

/* JSON keeps all of a text as it is. */
static void
test_json (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (GPtrArray) notes = make_notes ();
  const PhNotesExport export = { session, notes, NULL };
  g_autofree char *json = ph_notes_to_json (&export);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *array;

  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  array = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (array), ==, notes->len);

  for (guint i = 0; i < notes->len; i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      const PhNote *note = notes->pdata[i];

      g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, note->text);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notes-export/golden", test_golden);
  g_test_add_func ("/notes-export/formulas", test_formulas);
  g_test_add_func ("/notes-export/json", test_json);

  return g_test_run ();
}
