/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * generate-session KIND SIZE FILE [SEED]: writes a session of about SIZE bytes
 * (`80M`, `1G`; decimal) that looks recorded. Same arguments, same bytes.
 */

#include "gen.h"

#include <errno.h>
#include <string.h>

static const GenKind *const kinds[] = { &gen_table, &gen_chat, &gen_grid, &gen_navigation };

static const GenKind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i]->name, name))
        return kinds[i];
    }

  return NULL;
}

/* 0 when it is no size. */
static guint64
parse_size (const char *text)
{
  static const char suffixes[] = "kMG";
  char *end;
  guint64 size = g_ascii_strtoull (text, &end, 10);

  if (*end == '\0')
    return size;

  if (end == text || end[1] != '\0' || strchr (suffixes, *end) == NULL || size > 1000)
    return 0;

  for (const char *suffix = suffixes; *suffix != *end; suffix++)
    size *= 1000;

  return size * 1000;
}

static gboolean
generate (const GenKind *kind,
          guint64 size,
          guint64 seed,
          FILE *file)
{
  Gen gen;
  g_autofree gpointer state = NULL;
  gboolean ok;

  gen_init (&gen, file, seed);
  state = kind->start (&gen);

  while (!gen.failed && gen.written + gen.out->len < size)
    kind->step (&gen, state);

  ok = gen_finish (&gen);
  gen_clear (&gen);

  return ok;
}

int
main (int argc,
      char **argv)
{
  const GenKind *kind = argc >= 4 ? find_kind (argv[1]) : NULL;
  guint64 size = argc >= 4 ? parse_size (argv[2]) : 0;
  guint64 seed = 1;
  FILE *file;
  gboolean ok;

  if (kind == NULL || size == 0 || argc > 5 ||
      (argc == 5 && !g_ascii_string_to_unsigned (argv[4], 10, 0, G_MAXINT32, &seed, NULL)))
    {
      fputs ("usage: generate-session table|chat|grid|navigation SIZE FILE [SEED]\n", stderr);
      return 2;
    }

  file = fopen (argv[3], "wbe");
  ok = file != NULL && generate (kind, size, seed, file);

  if (file != NULL && fclose (file) != 0)
    ok = FALSE;

  if (!ok)
    fprintf (stderr, "generate-session: %s: %s\n", argv[3], g_strerror (errno));

  return ok ? 0 : 1;
}
