/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-store-notes.h"

#include "ph-limits.h"
#include "ph-schema.h"
#include "ph-store-private.h"

/* The version that has notes with all that belongs to them. */
#define FIRST_VERSION 3

#define READ                                                                             \
  "SELECT id, begin, \"end\", window, node, x, y, kind, severity, text, tags, created, " \
  "changed FROM note ORDER BY number"
#define ADD "INSERT INTO note VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

/* --- reading --------------------------------------------------------------- */

/* The number, or @fallback when there is none; @is_odd when it is out of bounds. */
static gint64
take_number (PhStatement *row,
             guint column,
             gint64 min,
             gint64 max,
             gint64 fallback,
             gboolean *is_odd)
{
  return ph_store_is_null (row, column) ? fallback
                                        : ph_store_take_int (row, column, min, max, is_odd);
}

/* NULL when it is no note. */
static PhNote *
take_note (PhStatement *row,
           gboolean *is_odd)
{
  g_autoptr (PhNote) note = NULL;

  if (!ph_note_is_id (ph_statement_text (row, 0)) || ph_statement_type (row, 1) != PH_DB_INT)
    return NULL;

  note = ph_note_new (ph_store_take_int (row, 1, 0, PH_LIMIT_NOTE_TIME, is_odd));
  g_free (note->id);
  note->id = g_strdup (ph_statement_text (row, 0));
  note->end = take_number (row, 2, 0, PH_LIMIT_NOTE_TIME, PH_TIME_NONE, is_odd);
  note->window = (guint32) take_number (row, 3, 0, PH_LIMIT_WINDOWS - 1, PH_NOTE_NO_WINDOW,
                                        is_odd);
  note->node = (gint32) take_number (row, 4, 0, G_MAXINT32, 0, is_odd);
  note->has_spot = !ph_store_is_null (row, 5) && !ph_store_is_null (row, 6);
  note->x = (int) take_number (row, 5, -PH_LIMIT_PIXELS, PH_LIMIT_PIXELS, 0, is_odd);
  note->y = (int) take_number (row, 6, -PH_LIMIT_PIXELS, PH_LIMIT_PIXELS, 0, is_odd);
  *is_odd |= !ph_note_kind_from_name (ph_statement_text (row, 7), &note->kind);
  *is_odd |= !ph_note_severity_from_name (ph_statement_text (row, 8), &note->severity);
  ph_note_set_text (note, ph_statement_text (row, 9));
  ph_note_split_tags (note, ph_statement_text (row, 10));
  note->created = take_number (row, 11, 0, G_MAXINT64 / 4, 0, is_odd);
  note->changed = take_number (row, 12, 0, G_MAXINT64 / 4, 0, is_odd);
  *is_odd |= !ph_note_bound (note);

  return g_steal_pointer (&note);
}

gboolean
ph_store_read_notes (PhStore *store,
                     GPtrArray *notes,
                     guint *n_odd,
                     GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (PhStatement) statement = NULL;
  gboolean row;

  *n_odd = 0;

  if (store->version < FIRST_VERSION)
    return TRUE;

  statement = ph_db_prepare (store->db, READ, error);

  if (statement == NULL || !ph_statement_step (statement, &row, error))
    return FALSE;

  while (row && notes->len < PH_LIMIT_NOTES)
    {
      gboolean is_odd = FALSE;
      g_autoptr (PhNote) note = take_note (statement, &is_odd);

      if (note == NULL || g_hash_table_contains (ids, note->id))
        {
          is_odd = TRUE;
        }
      else
        {
          g_hash_table_add (ids, note->id);
          g_ptr_array_add (notes, g_steal_pointer (&note));
        }

      *n_odd += is_odd;

      if (!ph_statement_step (statement, &row, error))
        return FALSE;
    }

  *n_odd += row;

  return TRUE;
}

/* --- writing --------------------------------------------------------------- */

static void
bind_number (PhStatement *row,
             guint index,
             gboolean is_there,
             gint64 number)
{
  if (is_there)
    ph_statement_bind_int (row, index, number);
  else
    ph_statement_bind_null (row, index);
}

static gboolean
put_note (PhStatement *row,
          const PhNote *note,
          GError **error)
{
  g_autofree char *tags = ph_note_join_tags (note);

  ph_statement_bind_text (row, 0, note->id);
  ph_statement_bind_int (row, 1, note->begin);
  bind_number (row, 2, note->end != PH_TIME_NONE, note->end);
  bind_number (row, 3, note->window != PH_NOTE_NO_WINDOW, note->window);
  bind_number (row, 4, note->node != 0, note->node);
  bind_number (row, 5, note->has_spot, note->x);
  bind_number (row, 6, note->has_spot, note->y);
  ph_statement_bind_text (row, 7, ph_note_kind_name (note->kind));
  ph_statement_bind_text (row, 8, ph_note_severity_name (note->severity));
  ph_statement_bind_text (row, 9, note->text);
  ph_statement_bind_text (row, 10, tags);
  ph_statement_bind_int (row, 11, note->created);
  ph_statement_bind_int (row, 12, note->changed);

  return ph_statement_run (row, error);
}

/* A file of an earlier version has another table, which nobody ever wrote into. */
static gboolean
begin (PhDb *db,
       GError **error)
{
  gint64 version;

  if (!ph_db_run (db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN IMMEDIATE",
                  error) ||
      !ph_db_get_int (db, "PRAGMA user_version", &version, error))
    return FALSE;

  g_return_val_if_fail (version >= FIRST_VERSION, FALSE);

  return ph_db_run (db, "DELETE FROM note", error);
}

gboolean
ph_store_put_notes (const char *path,
                    const GPtrArray *notes,
                    GError **error)
{
  g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, error);
  g_autoptr (PhStatement) statement = NULL;

  if (db == NULL || !begin (db, error))
    return FALSE;

  statement = ph_db_prepare (db, ADD, error);

  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < notes->len; i++)
    {
      const PhNote *note = notes->pdata[i];

      if (!note->is_recorded && !put_note (statement, note, error))
        return FALSE;
    }

  return ph_db_run (db, "COMMIT", error);
}
