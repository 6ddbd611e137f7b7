/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the dump of a page and that of the stage in C are written with. */

static inline void
ph_test_dump_indent (GString *out,
                     guint depth)
{
  for (guint i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

static inline void
ph_test_dump_attribute (GString *out,
                        const char *name,
                        const char *value)
{
  g_string_append_printf (out, " %s=\"%s\"", name, value);
}

G_END_DECLS
