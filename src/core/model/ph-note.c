/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-note.h"

#include "ph-limits.h"
#include "ph-text.h"

#include <string.h>

static const char *const kind_names[] = {
  [PH_NOTE_OBSERVATION] = "observation",
  [PH_NOTE_PROBLEM] = "problem",
  [PH_NOTE_IDEA] = "idea",
  [PH_NOTE_QUESTION] = "question",
  [PH_NOTE_PRAISE] = "praise",
};

static const char *const severity_names[] = {
  [PH_NOTE_NO_SEVERITY] = "none",
  [PH_NOTE_LOW] = "low",
  [PH_NOTE_MEDIUM] = "medium",
  [PH_NOTE_HIGH] = "high",
};

G_DEFINE_BOXED_TYPE (PhNote, ph_note, ph_note_copy, ph_note_free)

PhNote *
ph_note_new (PhTime begin)
{
  PhNote *note = g_new0 (PhNote, 1);

  note->id = g_uuid_string_random ();
  note->begin = begin;
  note->end = PH_TIME_NONE;
  note->window = PH_NOTE_NO_WINDOW;
  note->text = g_strdup ("");
  note->tags = g_new0 (char *, 1);
  note->created = note->changed = g_get_real_time ();

  return note;
}

PhNote *
ph_note_copy (const PhNote *note)
{
  PhNote *copy = g_new (PhNote, 1);

  *copy = *note;
  copy->id = g_strdup (note->id);
  copy->text = g_strdup (note->text);
  copy->tags = g_strdupv (note->tags);

  return copy;
}

void
ph_note_free (PhNote *note)
{
  if (note == NULL)
    return;

  g_free (note->id);
  g_free (note->text);
  g_strfreev (note->tags);
  g_free (note);
}

/* --- text and tags --------------------------------------------------------- */

void
ph_note_set_text (PhNote *note,
                  const char *text)
{
  g_autofree char *old = note->text;

  note->text = g_strdup (text);
}

void
ph_note_set_tags (PhNote *note,
                  const char *const *tags)
{
  g_auto (GStrv) old = note->tags;

  note->tags = g_strdupv ((char **) tags);
}

/* TRUE for a tag as it should be, and not yet in @tags; *@tag may become another one. */
static gboolean
take_tag (GPtrArray *tags,
          const char *text,
          gboolean *is_cut)
{
  g_autofree char *valid = g_utf8_make_valid (text, MIN (strlen (text), PH_LIMIT_TAG_CHARS * 4));
  g_autofree char *line = ph_text_line (valid, PH_LIMIT_TAG_CHARS);

  if (line[0] == '\0' || g_ptr_array_find_with_equal_func (tags, line, g_str_equal, NULL))
    return FALSE;

  if (tags->len >= PH_LIMIT_NOTE_TAGS)
    {
      *is_cut = TRUE;
      return FALSE;
    }

  *is_cut |= !g_str_equal (line, text);
  g_ptr_array_add (tags, g_steal_pointer (&line));

  return TRUE;
}

/* FALSE when something of them is gone. */
static gboolean
set_clean_tags (PhNote *note,
                const char *const *texts)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  gboolean is_cut = FALSE;

  for (guint i = 0; texts[i] != NULL; i++)
    take_tag (tags, texts[i], &is_cut);

  g_strfreev (note->tags);
  g_ptr_array_add (tags, NULL);
  note->tags = (char **) g_ptr_array_free (g_steal_pointer (&tags), FALSE);

  return !is_cut;
}

void
ph_note_parse_tags (PhNote *note,
                    const char *text)
{
  g_auto (GStrv) tags = g_strsplit_set (text, ",\n", -1);

  set_clean_tags (note, (const char *const *) tags);
}

char *
ph_note_join_tags (const PhNote *note)
{
  return g_strjoinv ("\n", note->tags);
}

void
ph_note_split_tags (PhNote *note,
                    const char *text)
{
  /* One more than may be, so that ph_note_bound() sees that there were too many. */
  g_auto (GStrv) tags = g_strsplit (text, "\n", PH_LIMIT_NOTE_TAGS + 2);

  g_strfreev (note->tags);
  note->tags = g_steal_pointer (&tags);
}

/* --- bounds ---------------------------------------------------------------- */

/* At most @max bytes of valid UTF-8 without a NUL; what is cut ends with “…”. */
static char *
bound_text (const char *text,
            gsize max,
            gboolean *is_cut)
{
  gsize size = strlen (text);
  const char *end = text + size;

  if (size > max)
    {
      end = g_utf8_find_prev_char (text, text + max - strlen ("…") + 1);
      *is_cut = TRUE;

      return g_strdup_printf ("%.*s…", (int) (end - text), text);
    }

  return g_strdup (text);
}

static void
bound_where (PhNote *note)
{
  note->begin = CLAMP (note->begin, 0, PH_LIMIT_NOTE_TIME);

  if (note->end != PH_TIME_NONE)
    note->end = CLAMP (note->end, note->begin, PH_LIMIT_NOTE_TIME);

  if (note->window >= PH_LIMIT_WINDOWS)
    note->window = PH_NOTE_NO_WINDOW;

  note->node = MAX (note->node, 0);
  note->x = note->has_spot ? CLAMP (note->x, -PH_LIMIT_PIXELS, PH_LIMIT_PIXELS) : 0;
  note->y = note->has_spot ? CLAMP (note->y, -PH_LIMIT_PIXELS, PH_LIMIT_PIXELS) : 0;
}

gboolean
ph_note_bound (PhNote *note)
{
  g_autofree char *valid = g_utf8_make_valid (note->text, -1);
  g_auto (GStrv) tags = g_steal_pointer (&note->tags);
  gboolean is_cut = FALSE;

  g_free (note->text);
  note->text = bound_text (valid, PH_LIMIT_NOTE_BYTES, &is_cut);
  is_cut |= !set_clean_tags (note, (const char *const *) tags);
  bound_where (note);

  if ((guint) note->kind >= G_N_ELEMENTS (kind_names))
    note->kind = PH_NOTE_OBSERVATION;

  if ((guint) note->severity >= G_N_ELEMENTS (severity_names))
    note->severity = PH_NOTE_NO_SEVERITY;

  return !is_cut;
}

gboolean
ph_note_is_id (const char *text)
{
  /* GLib takes upper case too, which would be another key for the same. */
  return g_uuid_string_is_valid (text) && strpbrk (text, "ABCDEF") == NULL;
}

PhTime
ph_note_get_shown_end (const PhNote *note)
{
  return note->end != PH_TIME_NONE ? note->end : note->begin + PH_NOTE_SHOWN;
}

/* --- two of them ----------------------------------------------------------- */

#define COMPARE(a, b) ((a) > (b)) - ((a) < (b))

int
ph_note_compare (const PhNote *a,
                 const PhNote *b)
{
  if (a->begin != b->begin)
    return COMPARE (a->begin, b->begin);

  if (a->end != b->end)
    return COMPARE (a->end, b->end);

  if (a->created != b->created)
    return COMPARE (a->created, b->created);

  return strcmp (a->id, b->id);
}

static gboolean
is_at_same_place (const PhNote *a,
                  const PhNote *b)
{
  return a->window == b->window && a->node == b->node && a->has_spot == b->has_spot &&
         a->x == b->x && a->y == b->y;
}

static gboolean
has_same_tags (const PhNote *a,
               const PhNote *b)
{
  return g_strv_equal ((const char *const *) a->tags, (const char *const *) b->tags);
}

gboolean
ph_note_equal (const PhNote *a,
               const PhNote *b)
{
  return a->begin == b->begin && a->end == b->end && is_at_same_place (a, b) &&
         a->kind == b->kind && a->severity == b->severity && g_str_equal (a->text, b->text) &&
         has_same_tags (a, b);
}

PhNote *
ph_note_merge (const PhNote *base,
               const PhNote *mine,
               const PhNote *theirs)
{
  PhNote *merged = ph_note_copy (mine);

  if (mine->begin == base->begin && mine->end == base->end)
    {
      merged->begin = theirs->begin;
      merged->end = theirs->end;
    }

  if (is_at_same_place (base, mine))
    {
      merged->window = theirs->window;
      merged->node = theirs->node;
      merged->has_spot = theirs->has_spot;
      merged->x = theirs->x;
      merged->y = theirs->y;
    }

  if (mine->kind == base->kind)
    merged->kind = theirs->kind;

  if (mine->severity == base->severity)
    merged->severity = theirs->severity;

  if (g_str_equal (mine->text, base->text))
    ph_note_set_text (merged, theirs->text);

  if (has_same_tags (mine, base))
    ph_note_set_tags (merged, (const char *const *) theirs->tags);

  return merged;
}

/* --- names ----------------------------------------------------------------- */

const char *
ph_note_kind_name (PhNoteKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), "unknown");

  return kind_names[kind];
}

const char *
ph_note_severity_name (PhNoteSeverity severity)
{
  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (severity_names), "unknown");

  return severity_names[severity];
}

/* G_MAXUINT when it is none of them. */
static guint
find_name (const char *const *names,
           guint n,
           const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (names[i], name))
      return i;

  return G_MAXUINT;
}

gboolean
ph_note_kind_from_name (const char *name,
                        PhNoteKind *kind)
{
  guint i = find_name (kind_names, G_N_ELEMENTS (kind_names), name);

  if (i != G_MAXUINT)
    *kind = (PhNoteKind) i;

  return i != G_MAXUINT;
}

gboolean
ph_note_severity_from_name (const char *name,
                            PhNoteSeverity *severity)
{
  guint i = find_name (severity_names, G_N_ELEMENTS (severity_names), name);

  if (i != G_MAXUINT)
    *severity = (PhNoteSeverity) i;

  return i != G_MAXUINT;
}
