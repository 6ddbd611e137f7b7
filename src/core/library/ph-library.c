/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-library.h"

#include "ph-library-schema.h"
#include "ph-limits.h"

#include <errno.h>
#include <glib/gstdio.h>

#define NAME "The library"

/* Readers are not kept waiting by who writes; -shm and -wal lie beside it. */
#define PREPARE "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 256"
/* Tries, and microseconds between them. */
#define MAX_TRIES 40
#define TRY_INTERVAL 50000
#define SURELY "PRAGMA synchronous = FULL"
#define LIGHTLY "PRAGMA synchronous = NORMAL"

#define READ_NOTES                                                                         \
  "SELECT id, begin, \"end\", window, node, x, y, kind, severity, text, created, changed " \
  "FROM note WHERE recording = ? AND deleted IS NULL ORDER BY id"
#define READ_DELETED "SELECT id FROM note WHERE recording = ? AND deleted IS NOT NULL"
#define READ_TAGS "SELECT note, name FROM tag WHERE recording = ? ORDER BY note, number"
#define READ_NOTE                                                                           \
  "SELECT id, begin, \"end\", window, node, x, y, kind, severity, text, created, changed, " \
  "deleted FROM note WHERE recording = ? AND id = ?"
#define READ_NOTE_TAGS "SELECT name FROM tag WHERE recording = ? AND note = ? ORDER BY number"
#define PUT_NOTE \
  "INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
#define DELETE_NOTE                                                           \
  "UPDATE note SET deleted = ?3, text = '', node = NULL, x = NULL, y = NULL " \
  "WHERE recording = ?1 AND id = ?2"
#define DELETE_TAGS "DELETE FROM tag WHERE recording = ? AND note = ?"
#define PUT_TAG "INSERT INTO tag VALUES (?, ?, ?, ?)"
#define PUT_RECORDING "INSERT OR REPLACE INTO recording VALUES (?, ?, ?, ?)"

/* Adopting: what both have is the one that was changed later. */
#define ADOPT_NOTES                                                                       \
  "INSERT OR REPLACE INTO note SELECT ?1, id, begin, \"end\", window, node, x, y, kind, " \
  "severity, text, created, changed, deleted FROM note AS old WHERE recording = ?2 AND "  \
  "NOT EXISTS (SELECT 1 FROM note AS new WHERE new.recording = ?1 AND new.id = old.id "   \
  "AND new.changed >= old.changed)"
#define ADOPT_TAGS \
  "INSERT OR IGNORE INTO tag SELECT ?1, note, number, name FROM tag WHERE recording = ?2"
#define FORGET_NOTES "DELETE FROM note WHERE recording = ?"
#define FORGET_TAGS "DELETE FROM tag WHERE recording = ?"
#define FORGET_RECORDING "DELETE FROM recording WHERE identity = ?"

/* A file may claim any time: one that is this far ahead was never. */
#define MAX_AHEAD (24 * 3600 * PH_SECOND)

struct _PhLibrary
{
  GObject parent_instance;

  char *path;
  PhLibraryMode mode;
  PhDb *db;               /* NULL: not open, or not there */
  GHashTable *statements; /* SQL, by its address → PhStatement */
  gint64 data_version;    /* seen last; −1: of another opening */
};

G_DEFINE_FINAL_TYPE (PhLibrary, ph_library, G_TYPE_OBJECT)

static void
ph_library_finalize (GObject *object)
{
  PhLibrary *self = PH_LIBRARY (object);

  g_hash_table_unref (self->statements);
  ph_db_free (self->db);
  g_free (self->path);

  G_OBJECT_CLASS (ph_library_parent_class)->finalize (object);
}

static void
ph_library_class_init (PhLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_library_finalize;
}

static void
ph_library_init (PhLibrary *self)
{
  self->statements =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) ph_statement_free);
}

PhLibrary *
ph_library_new (const char *path,
                PhLibraryMode mode)
{
  PhLibrary *self = g_object_new (PH_TYPE_LIBRARY, NULL);

  self->path = path != NULL ? g_strdup (path) : ph_library_dup_path ();
  self->mode = mode;

  return self;
}

char *
ph_library_dup_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "playhead", "library.db", NULL);
}

gboolean
ph_library_is_read_only (PhLibrary *self)
{
  g_return_val_if_fail (PH_IS_LIBRARY (self), TRUE);

  return self->mode == PH_LIBRARY_READ;
}

void
ph_note_edit_clear (PhNoteEdit *edit)
{
  g_clear_pointer (&edit->before, ph_note_free);
  g_clear_pointer (&edit->after, ph_note_free);
}

/* --- opening --------------------------------------------------------------- */

static PhDb *
open_for_reading (PhLibrary *self,
                  GError **error)
{
  g_autoptr (PhDb) db = ph_db_open_named (self->path, PH_DB_READ, NAME, error);
  gboolean is_empty;

  return db != NULL && ph_library_schema_check (db, &is_empty, error) && !is_empty
           ? g_steal_pointer (&db)
           : NULL;
}

/* The first time, two programs may be at it; SQLite does not wait for that. */
static gboolean
prepare (PhDb *db,
         GError **error)
{
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (ph_db_run (db, PREPARE, &local_error))
        return TRUE;

      if (i + 1 == MAX_TRIES || !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      g_usleep (TRY_INTERVAL);
    }

  return FALSE;
}

static PhDb *
open_for_writing (PhLibrary *self,
                  gboolean *is_empty,
                  GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (PhDb) db = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s cannot be made: %s", NAME,
                   g_strerror (code));
      return NULL;
    }

  db = ph_db_open_named (self->path, PH_DB_WRITE, NAME, error);

  return db != NULL && ph_library_schema_check (db, is_empty, error) &&
             prepare (db, error) && ph_library_schema_update (db, error)
           ? g_steal_pointer (&db)
           : NULL;
}

static void
note_version (PhLibrary *self)
{
  if (self->db != NULL)
    ph_db_get_int (self->db, "PRAGMA data_version", &self->data_version, NULL);
}

/* TRUE without a database when there is nothing to read, which is no error. */
static gboolean
open_library (PhLibrary *self,
              gboolean to_write,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_empty = FALSE;

  if (self->db != NULL)
    return TRUE;

  if (to_write && self->mode == PH_LIBRARY_READ)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                           "The library was opened for reading");
      return FALSE;
    }

  if (!to_write && !g_file_test (self->path, G_FILE_TEST_EXISTS))
    return TRUE;

  self->db = self->mode == PH_LIBRARY_WRITE ? open_for_writing (self, &is_empty, &local_error)
                                            : open_for_reading (self, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  /* What was there before this, nobody has seen. */
  if (is_empty)
    note_version (self);
  else
    self->data_version = -1;

  return TRUE;
}

/* After a failure everything is opened anew: the file may be another one by then. */
static void
close_library (PhLibrary *self)
{
  g_hash_table_remove_all (self->statements);
  g_clear_pointer (&self->db, ph_db_free);
}

gboolean
ph_library_was_changed (PhLibrary *self)
{
  gint64 seen;

  g_return_val_if_fail (PH_IS_LIBRARY (self), FALSE);

  seen = self->data_version;

  if (self->db == NULL)
    return g_file_test (self->path, G_FILE_TEST_EXISTS);

  note_version (self);

  return self->data_version != seen;
}

/*
 * Prepared once, @sql being one of the above; it is the library's, and ready for parameters.
 * Who is done with it before its last row resets it: else what is read stays as it was.
 */
static PhStatement *
get_statement (PhLibrary *self,
               const char *sql,
               GError **error)
{
  PhStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    {
      ph_statement_reset (statement);
      return statement;
    }

  statement = ph_db_prepare (self->db, sql, error);

  if (statement != NULL)
    g_hash_table_insert (self->statements, (gpointer) sql, statement);

  return statement;
}

/* --- reading --------------------------------------------------------------- */

static gint64
take_number (PhStatement *row,
             guint column,
             gint64 fallback)
{
  return ph_statement_type (row, column) == PH_DB_INT ? ph_statement_int (row, column) : fallback;
}

/* Since the session's start; anything may stand in the file. */
static PhTime
take_time (PhStatement *row,
           guint column,
           gint64 start_time)
{
  PhTime time;

  if (ph_statement_type (row, column) != PH_DB_INT)
    return PH_TIME_NONE;

  if (__builtin_sub_overflow (ph_statement_int (row, column), start_time, &time) || time < 0)
    return 0;

  return time;
}

/* A row of READ_NOTES, without its tags; NULL when it is no note. */
static PhNote *
take_note (PhStatement *row,
           gint64 start_time)
{
  PhNote *note;

  if (!ph_note_is_id (ph_statement_text (row, 0)))
    return NULL;

  note = ph_note_new (MAX (take_time (row, 1, start_time), 0));
  g_free (note->id);
  note->id = g_strdup (ph_statement_text (row, 0));
  note->end = take_time (row, 2, start_time);
  note->window = (guint32) take_number (row, 3, PH_NOTE_NO_WINDOW);
  note->node = (gint32) CLAMP (take_number (row, 4, 0), 0, G_MAXINT32);
  note->has_spot = ph_statement_type (row, 5) == PH_DB_INT;
  note->x = (int) CLAMP (take_number (row, 5, 0), -PH_LIMIT_PIXELS, PH_LIMIT_PIXELS);
  note->y = (int) CLAMP (take_number (row, 6, 0), -PH_LIMIT_PIXELS, PH_LIMIT_PIXELS);
  ph_note_kind_from_name (ph_statement_text (row, 7), &note->kind);
  ph_note_severity_from_name (ph_statement_text (row, 8), &note->severity);
  ph_note_set_text (note, ph_statement_text (row, 9));
  note->created = take_number (row, 10, 0);
  note->changed = take_number (row, 11, 0);

  return note;
}

/* The tags of all notes, which come in the same order. */
static gboolean
read_tags (PhLibrary *self,
           const char *identity,
           GPtrArray *notes,
           GError **error)
{
  PhStatement *statement = get_statement (self, READ_TAGS, error);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  guint i = 0;
  gboolean row;

  if (statement == NULL)
    return FALSE;

  ph_statement_bind_text (statement, 0, identity);

  if (!ph_statement_step (statement, &row, error))
    return FALSE;

  while (i < notes->len)
    {
      PhNote *note = notes->pdata[i];
      int order = row ? g_strcmp0 (ph_statement_text (statement, 0), note->id) : 1;

      if (order == 0 && tags->len <= PH_LIMIT_NOTE_TAGS)
        g_ptr_array_add (tags, g_strdup (ph_statement_text (statement, 1)));

      if (order <= 0)
        {
          if (!ph_statement_step (statement, &row, error))
            return FALSE;

          continue;
        }

      g_ptr_array_add (tags, NULL);
      ph_note_set_tags (note, (const char *const *) tags->pdata);
      g_ptr_array_set_size (tags, 0);
      i++;
    }

  ph_statement_reset (statement);

  return TRUE;
}

static gboolean
read_rows (PhLibrary *self,
           const PhLibraryRecording *recording,
           GPtrArray *notes,
           GError **error)
{
  PhStatement *statement = get_statement (self, READ_NOTES, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  ph_statement_bind_text (statement, 0, recording->identity);

  if (!ph_statement_step (statement, &row, error))
    return FALSE;

  while (row && notes->len < PH_LIMIT_NOTES)
    {
      PhNote *note = take_note (statement, recording->start_time);

      if (note != NULL)
        g_ptr_array_add (notes, note);

      if (!ph_statement_step (statement, &row, error))
        return FALSE;
    }

  ph_statement_reset (statement);

  return TRUE;
}

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  return ph_note_compare (*(const PhNote *const *) a, *(const PhNote *const *) b);
}

GPtrArray *
ph_library_read_notes (PhLibrary *self,
                       const PhLibraryRecording *recording,
                       GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);

  g_return_val_if_fail (PH_IS_LIBRARY (self), NULL);

  if (!open_library (self, FALSE, error))
    return NULL;

  if (self->db == NULL)
    return g_steal_pointer (&notes);

  /* Both tables as they are at the same moment. */
  if (!ph_db_run (self->db, "BEGIN", error) || !read_rows (self, recording, notes, error) ||
      !read_tags (self, recording->identity, notes, error) ||
      !ph_db_run (self->db, "COMMIT", error))
    {
      close_library (self);
      return NULL;
    }

  note_version (self);

  for (guint i = 0; i < notes->len; i++)
    ph_note_bound (notes->pdata[i]);

  g_ptr_array_sort (notes, compare_notes);

  return g_steal_pointer (&notes);
}

GHashTable *
ph_library_read_deleted (PhLibrary *self,
                         const PhLibraryRecording *recording,
                         GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PhStatement *statement;
  gboolean row;

  g_return_val_if_fail (PH_IS_LIBRARY (self), NULL);

  if (!open_library (self, FALSE, error))
    return NULL;

  if (self->db == NULL)
    return g_steal_pointer (&ids);

  statement = get_statement (self, READ_DELETED, error);

  if (statement == NULL)
    return NULL;

  ph_statement_bind_text (statement, 0, recording->identity);

  while (ph_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&ids);

      g_hash_table_add (ids, g_strdup (ph_statement_text (statement, 0)));
    }

  return NULL;
}

/* --- writing --------------------------------------------------------------- */

/* One run of @sql with texts and numbers as parameters. */
static gboolean
run_for_note (PhLibrary *self,
              const char *sql,
              const char *identity,
              const char *other,
              GError **error)
{
  PhStatement *statement = get_statement (self, sql, error);

  if (statement == NULL)
    return FALSE;

  ph_statement_bind_text (statement, 0, identity);

  if (other != NULL)
    ph_statement_bind_text (statement, 1, other);

  return ph_statement_run (statement, error);
}

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
put_tags (PhLibrary *self,
          const char *identity,
          const PhNote *note,
          GError **error)
{
  PhStatement *statement;

  if (!run_for_note (self, DELETE_TAGS, identity, note->id, error))
    return FALSE;

  statement = note->tags[0] != NULL ? get_statement (self, PUT_TAG, error) : NULL;

  if (statement == NULL)
    return note->tags[0] == NULL;

  for (guint i = 0; note->tags[i] != NULL; i++)
    {
      ph_statement_bind_text (statement, 0, identity);
      ph_statement_bind_text (statement, 1, note->id);
      ph_statement_bind_int (statement, 2, i);
      ph_statement_bind_text (statement, 3, note->tags[i]);

      if (!ph_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_note (PhLibrary *self,
          const PhLibraryRecording *recording,
          const PhNote *note,
          GError **error)
{
  PhStatement *row = get_statement (self, PUT_NOTE, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_text (row, 0, recording->identity);
  ph_statement_bind_text (row, 1, note->id);
  ph_statement_bind_int (row, 2, recording->start_time + note->begin);
  bind_number (row, 3, note->end != PH_TIME_NONE, recording->start_time + MAX (note->end, 0));
  bind_number (row, 4, note->window != PH_NOTE_NO_WINDOW, note->window);
  bind_number (row, 5, note->node != 0, note->node);
  bind_number (row, 6, note->has_spot, note->x);
  bind_number (row, 7, note->has_spot, note->y);
  ph_statement_bind_text (row, 8, ph_note_kind_name (note->kind));
  ph_statement_bind_text (row, 9, ph_note_severity_name (note->severity));
  ph_statement_bind_text (row, 10, note->text);
  ph_statement_bind_int (row, 11, note->created);
  ph_statement_bind_int (row, 12, note->changed);

  return ph_statement_run (row, error) && put_tags (self, recording->identity, note, error);
}

/* *@note is NULL when there is none, or one that was deleted. */
static gboolean
find_note (PhLibrary *self,
           const PhLibraryRecording *recording,
           const char *id,
           PhNote **note,
           gboolean *is_deleted,
           GError **error)
{
  PhStatement *statement = get_statement (self, READ_NOTE, error);
  PhStatement *tags;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean row;

  *note = NULL;
  *is_deleted = FALSE;

  if (statement == NULL)
    return FALSE;

  ph_statement_bind_text (statement, 0, recording->identity);
  ph_statement_bind_text (statement, 1, id);

  if (!ph_statement_step (statement, &row, error))
    return FALSE;

  *is_deleted = row && ph_statement_type (statement, 12) != PH_DB_NULL;

  if (row && !*is_deleted)
    *note = take_note (statement, recording->start_time);

  ph_statement_reset (statement);

  if (*note == NULL)
    return TRUE;

  tags = get_statement (self, READ_NOTE_TAGS, error);

  if (tags == NULL)
    return FALSE;

  ph_statement_bind_text (tags, 0, recording->identity);
  ph_statement_bind_text (tags, 1, id);

  while (ph_statement_step (tags, &row, error))
    {
      if (!row)
        {
          ph_note_split_tags (*note, text->str);
          ph_note_bound (*note);
          return TRUE;
        }

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                              ph_statement_text (tags, 0));
    }

  return FALSE;
}

static gboolean
delete_note (PhLibrary *self,
             const PhLibraryRecording *recording,
             const char *id,
             GError **error)
{
  PhStatement *statement = get_statement (self, DELETE_NOTE, error);

  if (statement == NULL)
    return FALSE;

  ph_statement_bind_text (statement, 0, recording->identity);
  ph_statement_bind_text (statement, 1, id);
  ph_statement_bind_int (statement, 2, g_get_real_time ());

  return ph_statement_run (statement, error) &&
         run_for_note (self, DELETE_TAGS, recording->identity, id, error);
}

static gboolean
write_edit (PhLibrary *self,
            const PhLibraryRecording *recording,
            PhNoteEdit *edit,
            GError **error)
{
  g_autoptr (PhNote) theirs = NULL;
  gboolean is_deleted;

  if (edit->after == NULL)
    return delete_note (self, recording, edit->before->id, error);

  if (edit->before != NULL)
    {
      if (!find_note (self, recording, edit->after->id, &theirs, &is_deleted, error))
        return FALSE;

      if (theirs != NULL)
        {
          PhNote *merged = ph_note_merge (edit->before, edit->after, theirs);

          ph_note_free (edit->after);
          edit->after = merged;
          /* Clocks go back, and another program's may be ahead. */
          merged->changed = MAX (merged->changed, theirs->changed + 1);
        }
    }

  return put_note (self, recording, edit->after, error);
}

static gboolean
put_recording (PhLibrary *self,
               const PhLibraryRecording *recording,
               GError **error)
{
  PhStatement *row = get_statement (self, PUT_RECORDING, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_text (row, 0, recording->identity);
  ph_statement_bind_text (row, 1, recording->title);
  ph_statement_bind_text (row, 2, recording->path);
  ph_statement_bind_int (row, 3, g_get_real_time ());

  return ph_statement_run (row, error);
}

static gboolean
begin (PhLibrary *self,
       const PhLibraryRecording *recording,
       gboolean lightly,
       GError **error)
{
  if (!open_library (self, TRUE, error))
    return FALSE;

  if (ph_db_run (self->db, lightly ? LIGHTLY : SURELY, error) &&
      ph_db_run (self->db, "BEGIN IMMEDIATE", error) && put_recording (self, recording, error))
    return TRUE;

  close_library (self);

  return FALSE;
}

static gboolean
end (PhLibrary *self,
     gboolean done,
     GError **error)
{
  if (done && ph_db_run (self->db, "COMMIT", error))
    return TRUE;

  /* Closing rolls back. */
  close_library (self);

  return FALSE;
}

gboolean
ph_library_write (PhLibrary *self,
                  const PhLibraryRecording *recording,
                  PhNoteEdit *edits,
                  guint n,
                  gboolean lightly,
                  GError **error)
{
  gboolean done = TRUE;

  g_return_val_if_fail (PH_IS_LIBRARY (self), FALSE);

  if (!begin (self, recording, lightly, error))
    return FALSE;

  for (guint i = 0; done && i < n; i++)
    done = write_edit (self, recording, &edits[i], error);

  return end (self, done, error);
}

/* --- merging --------------------------------------------------------------- */

static gboolean
merge_note (PhLibrary *self,
            const PhLibraryRecording *recording,
            const PhNote *note,
            guint *n_taken,
            GError **error)
{
  g_autoptr (PhNote) ours = NULL;
  g_autoptr (PhNote) copy = NULL;
  gboolean is_ahead = note->changed > g_get_real_time () + MAX_AHEAD;
  gboolean is_deleted;

  if (!find_note (self, recording, note->id, &ours, &is_deleted, error))
    return FALSE;

  if (is_deleted || (ours != NULL && (is_ahead || ours->changed >= note->changed)))
    return TRUE;

  copy = ph_note_copy (note);
  ph_note_bound (copy);

  /* Else no later change of ours would ever count. */
  if (is_ahead)
    copy->changed = 0;

  (*n_taken)++;

  return put_note (self, recording, copy, error);
}

gboolean
ph_library_merge (PhLibrary *self,
                  const PhLibraryRecording *recording,
                  const GPtrArray *notes,
                  guint *n_taken,
                  GError **error)
{
  gboolean done = TRUE;
  guint n = 0;

  g_return_val_if_fail (PH_IS_LIBRARY (self), FALSE);

  if (!begin (self, recording, FALSE, error))
    return FALSE;

  for (guint i = 0; done && i < notes->len; i++)
    done = merge_note (self, recording, notes->pdata[i], &n, error);

  if (n_taken != NULL)
    *n_taken = n;

  return end (self, done, error);
}

gboolean
ph_library_adopt (PhLibrary *self,
                  const PhLibraryRecording *recording,
                  const char *provisional,
                  GError **error)
{
  const char *identity = recording->identity;

  g_return_val_if_fail (PH_IS_LIBRARY (self), FALSE);

  if (!begin (self, recording, FALSE, error))
    return FALSE;

  return end (self,
              run_for_note (self, ADOPT_NOTES, identity, provisional, error) &&
                run_for_note (self, ADOPT_TAGS, identity, provisional, error) &&
                run_for_note (self, FORGET_NOTES, provisional, NULL, error) &&
                run_for_note (self, FORGET_TAGS, provisional, NULL, error) &&
                run_for_note (self, FORGET_RECORDING, provisional, NULL, error),
              error);
}
