/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A declaration list, such as the text of a `style` attribute, while it is
 * changed: the text is read once and written once, however many changes come in
 * between. Texts are valid UTF-8.
 */
typedef struct _PhDeclarations PhDeclarations;

PhDeclarations *ph_declarations_new (const char *text);
void ph_declarations_free (PhDeclarations *declarations);

/*
 * Sets @property, or removes it when @value is NULL, as CSSStyleDeclaration
 * does. Removing what only a shorthand sets adds `revert-layer`, which has the
 * same effect.
 */
void ph_declarations_set (PhDeclarations *declarations,
                          const char *property,
                          const char *value,
                          gboolean important);

/* The list as text. The caller frees it. */
char *ph_declarations_write (const PhDeclarations *declarations);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDeclarations, ph_declarations_free)

G_END_DECLS
