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
 * Sets @property, or removes it when @value is NULL or "", as setProperty() and
 * removeProperty() do: a shorthand takes what it sets along, and what an
 * important shorthand said of a property gives way to it. FALSE, and nothing
 * changes, when the name or the value is none.
 *
 * Whether a browser knows the property, and takes the value, is not known here.
 * And where a property is set by a shorthand whose value cannot be told apart
 * (`border`, `background`, or with var() in it), removing it adds `revert-layer`:
 * to a style attribute that means the same; in a sheet what other rules of the
 * same layer say is passed over as well. An important one of these also makes
 * important what is set after it.
 */
gboolean ph_declarations_set (PhDeclarations *declarations,
                              const char *property,
                              const char *value,
                              gboolean important);

/* The list as text. The caller frees it. */
char *ph_declarations_write (const PhDeclarations *declarations);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDeclarations, ph_declarations_free)

G_END_DECLS
