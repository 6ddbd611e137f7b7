/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * SQLite behind a narrow face: one file, prepared statements, steps that fail
 * with a GError. A database may come from a stranger, so views, triggers and
 * whatever else a schema can do are off, and its values are limited in size.
 *
 * A handle and its statements belong to one thread at a time. Values read from
 * a statement belong to it until its next step or reset. A statement must be
 * freed before its database is.
 *
 * Errors: PH_ERROR_CORRUPT when the bytes are no sound database, G_IO_ERROR for
 * what the system refuses (no space, no permission, busy), else PH_ERROR_STORE.
 */
typedef struct _PhDb PhDb;
typedef struct _PhStatement PhStatement;

typedef enum
{
  PH_DB_READ,  /* it must exist */
  PH_DB_WRITE, /* it is made when it does not */
} PhDbMode;

PhDb *ph_db_open (const char *path,
                  PhDbMode mode,
                  GError **error);
/* The same of one that errors call @name, which is not copied, instead of “The recording file”. */
PhDb *ph_db_open_named (const char *path,
                        PhDbMode mode,
                        const char *name,
                        GError **error);
/* One that lives in memory only. */
PhDb *ph_db_open_memory (GError **error);
void ph_db_free (PhDb *db);

/* Runs @sql, one or more statements, and forgets what rows they give. */
gboolean ph_db_run (PhDb *db,
                    const char *sql,
                    GError **error);
/* The first column of the first row of @sql; fails when there is none. */
gboolean ph_db_get_int (PhDb *db,
                        const char *sql,
                        gint64 *out,
                        GError **error);

PhStatement *ph_db_prepare (PhDb *db,
                            const char *sql,
                            GError **error);
void ph_statement_free (PhStatement *statement);

/* Parameters, from 0; they are copied. A failure shows at the next step. */
void ph_statement_bind_int (PhStatement *statement,
                            guint index,
                            gint64 value);
/* @text may be NULL. */
void ph_statement_bind_text (PhStatement *statement,
                             guint index,
                             const char *text);
void ph_statement_bind_blob (PhStatement *statement,
                             guint index,
                             GBytes *bytes);
void ph_statement_bind_null (PhStatement *statement,
                             guint index);

/* @row says whether there is one to look at. */
gboolean ph_statement_step (PhStatement *statement,
                            gboolean *row,
                            GError **error);
/* Runs a statement that gives no rows and makes it ready for new parameters. */
gboolean ph_statement_run (PhStatement *statement,
                           GError **error);
void ph_statement_reset (PhStatement *statement);

typedef enum
{
  PH_DB_NULL,
  PH_DB_INT,
  PH_DB_REAL,
  PH_DB_TEXT,
  PH_DB_BLOB,
} PhDbType;

/* Columns of the row, from 0. Values of another type read as 0, "" or nothing. */
guint ph_statement_n_columns (PhStatement *statement);
PhDbType ph_statement_type (PhStatement *statement,
                            guint column);
gint64 ph_statement_int (PhStatement *statement,
                         guint column);
/* Valid UTF-8, made so when it is not. */
const char *ph_statement_text (PhStatement *statement,
                               guint column);
/* The bytes of a text or blob, lent. */
gconstpointer ph_statement_data (PhStatement *statement,
                                 guint column,
                                 gsize *size);

/*
 * For tests, of this thread only: the @n-th step from now, counted from 1, fails
 * with PH_ERROR_STORE, whatever database it belongs to; 0 for none.
 */
void ph_db_fail_step (guint n);
/* Steps made since the last ph_db_fail_step(). */
guint ph_db_count_steps (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDb, ph_db_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhStatement, ph_statement_free)

G_END_DECLS
