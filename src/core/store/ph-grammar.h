/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The literals of many tokens (ph-tokens.h): which of them is likely to come
 * next, and which column the value after it belongs to. Writer and reader go
 * the same way through it, so neither guess nor column need to be written down.
 *
 * A column is what has the same key in a list of the same key: `id` in `texts`
 * is another one than `id` in `attributes`.
 */
#define PH_GRAMMAR_LITERALS 65535
#define PH_GRAMMAR_COLUMNS 2048

typedef struct
{
  const char *text; /* lent */
  guint32 size;
  guint32 hash; /* of text and type */
  guint8 type;
  guint32 key;  /* hash of the key before the value, 0 for none */
  guint32 list; /* and of that of the list it opens */
  guint32 known_list;
  guint column; /* of its value when it is in known_list */
} PhLiteral;

typedef struct
{
  guint8 type;
  guint32 key;
  guint32 list;
  gboolean is_id; /* its values are numbers of nodes */
} PhColumnName;

typedef struct _PhGrammar PhGrammar;

PhGrammar *ph_grammar_new (void);
void ph_grammar_free (PhGrammar *grammar);

guint ph_grammar_n_literals (const PhGrammar *grammar);
const PhLiteral *ph_grammar_literal (const PhGrammar *grammar,
                                     guint literal);
/*
 * Adds a literal; the text must stay. They are numbered from 0. There must be
 * fewer than PH_GRAMMAR_LITERALS.
 */
guint ph_grammar_add (PhGrammar *grammar,
                      const char *text,
                      gsize size,
                      guint type);
/* The literal that reads like this, or G_MAXUINT. */
guint ph_grammar_find (PhGrammar *grammar,
                       const char *text,
                       gsize size,
                       guint type);

/* What would come next by what was there before, or G_MAXUINT. */
guint ph_grammar_guess (PhGrammar *grammar);
/* This came next. */
void ph_grammar_go (PhGrammar *grammar,
                    guint literal);
/* The column of the value after the literal that came last. */
guint ph_grammar_column (PhGrammar *grammar);
guint ph_grammar_n_columns (const PhGrammar *grammar);
const PhColumnName *ph_grammar_column_name (const PhGrammar *grammar,
                                            guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhGrammar, ph_grammar_free)

G_END_DECLS
