/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What is opened: a file or a folder; which of the sessions in it; or several files
 * that are parts of one session. It is the GFile of the first of them that knows the
 * rest, so that whoever only asks where something lies need not care. A GFile made
 * elsewhere is an input of one file and no part. Never changed once it was handed on.
 */

/* @part is the key of a session (ph-archive.h), or NULL for the only one there is. */
GFile *ph_input_new (GFile *file,
                     const char *part);
GFile *ph_input_new_for_files (GFile *const *files,
                               guint n_files,
                               const char *part);

/* NULL when none is named; owned by @input. */
const char *ph_input_get_part (GFile *input);
guint ph_input_get_n_files (GFile *input);
/* Owned by @input; the first is @input itself. */
GFile *ph_input_get_file (GFile *input,
                          guint index);

/* The same with another part, or with none. */
GFile *ph_input_with_part (GFile *input,
                           const char *part);

/* All of it as one address, `file:///a.zip#part=…&file=…`, and back. */
char *ph_input_dup_uri (GFile *input);
GFile *ph_input_new_for_uri (const char *uri);
/* As it is given on a command line: a path, or an address. */
GFile *ph_input_new_for_argument (const char *argument);

/* One of the sessions of an input that holds several. */
typedef struct
{
  char *key;     /* names it, as long as the input stays the same; "" for an only one */
  char *title;   /* the name of its file or folder in there; "" when it is all of it */
  char *address; /* of its first page, or NULL */
  const char *format;
  gint64 begin;  /* microseconds since the Unix epoch, 0 when that is not known */
  goffset bytes; /* of its files, as the archive has them */
  guint n_files;
} PhInputPart;

PhInputPart *ph_input_part_copy (const PhInputPart *part);
void ph_input_part_free (PhInputPart *part);

/* The same files and the same part. */
gboolean ph_input_equal (GFile *a,
                         GFile *b);

G_END_DECLS
