/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cut.h"

#include "ph-json.h"
#include "ph-limits.h"
#include "ph-scan.h"

#include <string.h>

/* Memory over this is given back once the value that took it is gone. */
#define KEEP_BYTES ((gsize) 8 * 1024 * 1024)

typedef enum
{
  STATE_VALUE,     /* before a value, or the end of what it is in */
  STATE_KEY,       /* before a key, or the end of its object */
  STATE_NAME,      /* in a key */
  STATE_COLON,     /* behind a key */
  STATE_CONTAINER, /* in an object or array, taken or stepped over */
  STATE_STRING,    /* the same of a string */
  STATE_WORD,      /* the same of a number or word */
} State;

typedef enum
{
  STEP_NAME,
  STEP_ANY,
  STEP_ELEMENT,
} StepKind;

typedef struct
{
  StepKind kind;
  char *name;
} Step;

typedef struct
{
  Step steps[PH_CUT_MAX_DEPTH];
  guint n_steps;
} Path;

/* An object or array that is gone into. */
typedef struct
{
  gboolean is_object;
  guint32 paths; /* those that may go on in it, a bit for each */
} Level;

struct _PhCut
{
  Path paths[PH_CUT_MAX_PATHS];
  guint n_paths;
  gsize max_size;
  PhCutFunc func;
  gpointer user_data;
  PhHealth *health;

  State state;
  Level levels[PH_CUT_MAX_DEPTH];
  guint depth;
  char *names[PH_CUT_MAX_DEPTH]; /* of the member gone into at each level, or NULL */
  GString *name;                 /* the key being read */
  guint32 value_paths;           /* those that lead to the value at hand */

  int taken;          /* the path whose value is being taken, -1: stepped over */
  GByteArray *before; /* what earlier chunks had of it */
  gsize begin;        /* where it begins in this one */
  gboolean too_large;

  PhScan scan;
  PhScanLines lines;
  gboolean is_escaped;
  gboolean ended_value; /* one of the outermost has ended, and nothing has begun since */
  gboolean is_damaged;  /* told of, until the next value */
};

static void
read_path (Path *path,
           const char *text)
{
  while (*text != '\0')
    {
      Step *step = &path->steps[path->n_steps++];
      gsize length = strcspn (text, ".[");

      g_assert (path->n_steps <= PH_CUT_MAX_DEPTH);

      if (g_str_has_prefix (text, "[]"))
        {
          step->kind = STEP_ELEMENT;
          text += 2;
        }
      else
        {
          step->kind = length == 1 && *text == '*' ? STEP_ANY : STEP_NAME;
          step->name = g_strndup (text, length);
          text += length;
        }

      text += *text == '.';
    }
}

PhCut *
ph_cut_new (const char *const *paths,
            gsize max_size,
            PhCutFunc func,
            gpointer user_data,
            PhHealth *health)
{
  PhCut *cut;

  g_return_val_if_fail (paths != NULL && func != NULL && max_size > 0, NULL);

  cut = g_new0 (PhCut, 1);
  cut->max_size = max_size;
  cut->func = func;
  cut->user_data = user_data;
  cut->health = health;
  cut->name = g_string_new (NULL);
  cut->before = g_byte_array_new ();
  cut->taken = -1;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_assert (i < PH_CUT_MAX_PATHS);
      read_path (&cut->paths[cut->n_paths++], paths[i]);
    }

  cut->value_paths = (guint32) ((G_GUINT64_CONSTANT (1) << cut->n_paths) - 1);

  return cut;
}

void
ph_cut_free (PhCut *cut)
{
  if (cut == NULL)
    return;

  for (guint i = 0; i < cut->n_paths; i++)
    for (guint k = 0; k < cut->paths[i].n_steps; k++)
      g_free (cut->paths[i].steps[k].name);

  for (guint i = 0; i < PH_CUT_MAX_DEPTH; i++)
    g_free (cut->names[i]);

  g_string_free (cut->name, TRUE);
  g_byte_array_unref (cut->before);
  g_free (cut);
}

static gboolean
is_space (guint8 c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void
note_damage (PhCut *cut,
             const char *what)
{
  if (!cut->is_damaged)
    ph_health_add (cut->health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "%s", what);

  cut->is_damaged = TRUE;
}

/* ---- where it is ---- */

/* The paths of @level that go on with the member named, or with any element. */
static guint32
follow (const PhCut *cut,
        const Level *level,
        guint depth,
        const char *name)
{
  guint32 followed = 0;

  for (guint i = 0; i < cut->n_paths; i++)
    {
      const Step *step = &cut->paths[i].steps[depth];

      if ((level->paths >> i & 1) == 0)
        continue;

      if (step->kind != STEP_NAME || g_strcmp0 (step->name, name) == 0)
        followed |= G_GUINT64_CONSTANT (1) << i;
    }

  return followed;
}

/* Of the paths that lead here, those that go on in an object, or in an array. */
static guint32
go_on (const PhCut *cut,
       gboolean is_object)
{
  guint32 paths = 0;

  for (guint i = 0; i < cut->n_paths; i++)
    if (cut->value_paths >> i & 1 && cut->depth < cut->paths[i].n_steps &&
        (cut->paths[i].steps[cut->depth].kind != STEP_ELEMENT) == is_object)
      paths |= G_GUINT64_CONSTANT (1) << i;

  return paths;
}

static int
find_ending (const PhCut *cut)
{
  for (guint i = 0; i < cut->n_paths; i++)
    if (cut->value_paths >> i & 1 && cut->paths[i].n_steps == cut->depth)
      return (int) i;

  return -1;
}

/* Before the next value of what it is in. */
static void
expect_next (PhCut *cut)
{
  if (cut->depth == 0)
    {
      cut->value_paths = (guint32) ((G_GUINT64_CONSTANT (1) << cut->n_paths) - 1);
      cut->state = STATE_VALUE;
    }
  else if (cut->levels[cut->depth - 1].is_object)
    cut->state = STATE_KEY;
  else
    {
      cut->value_paths = follow (cut, &cut->levels[cut->depth - 1], cut->depth - 1, NULL);
      cut->state = STATE_VALUE;
    }
}

static void
leave (PhCut *cut)
{
  cut->depth--;
  g_clear_pointer (&cut->names[cut->depth], g_free);
  cut->ended_value = cut->depth == 0;
  expect_next (cut);
}

static void
enter (PhCut *cut,
       gboolean is_object,
       guint32 paths)
{
  cut->levels[cut->depth++] = (Level) { is_object, paths };
  expect_next (cut);
}

/* All that was open is given up: a line of its own has ended too early. */
static void
give_up_line (PhCut *cut)
{
  note_damage (cut, "a line ends in the middle of a value");

  while (cut->depth > 0)
    g_clear_pointer (&cut->names[--cut->depth], g_free);

  g_byte_array_set_size (cut->before, 0);
  cut->taken = -1;
  cut->ended_value = TRUE;
  expect_next (cut);
}

/* ---- values ---- */

static gboolean
deliver (PhCut *cut,
         const guint8 *data,
         gsize end,
         GError **error)
{
  const char *names[PH_CUT_MAX_DEPTH + 1] = { NULL };
  const Path *path = &cut->paths[cut->taken];
  const char *text = (const char *) data + cut->begin;
  gsize size = end - cut->begin;
  guint n_names = 0;

  for (guint i = 0; i < path->n_steps; i++)
    if (path->steps[i].kind == STEP_ANY)
      names[n_names++] = cut->names[i];

  if (cut->before->len > 0)
    {
      g_byte_array_append (cut->before, data + cut->begin, (guint) size);
      text = (const char *) cut->before->data;
      size = cut->before->len;
    }

  return cut->func ((guint) cut->taken, names, text, size, cut->user_data, error);
}

/* The value at hand ends before @end. */
static gboolean
end_value (PhCut *cut,
           const guint8 *data,
           gsize end,
           GError **error)
{
  gsize size = cut->before->len + (end - cut->begin);
  gboolean goes_on = TRUE;

  if (cut->taken >= 0 && (cut->too_large || size > cut->max_size))
    ph_health_add (cut->health, PH_HEALTH_EVENT_TOO_LARGE, PH_TIME_NONE,
                   "A value of more than %" G_GSIZE_FORMAT " bytes", cut->max_size);
  else if (cut->taken >= 0)
    goes_on = deliver (cut, data, end, error);

  if (cut->before->len > KEEP_BYTES)
    {
      g_byte_array_unref (cut->before);
      cut->before = g_byte_array_new ();
    }

  g_byte_array_set_size (cut->before, 0);
  cut->taken = -1;
  cut->is_damaged = FALSE;
  cut->ended_value = cut->depth == 0;
  g_clear_pointer (&cut->names[cut->depth > 0 ? cut->depth - 1 : 0], g_free);
  expect_next (cut);

  return goes_on;
}

static void
begin_value (PhCut *cut,
             guint8 c,
             gsize at)
{
  guint32 paths;

  cut->taken = find_ending (cut);
  cut->begin = at;
  cut->too_large = FALSE;
  cut->ended_value = FALSE;

  if (c != '{' && c != '[')
    {
      cut->state = c == '"' ? STATE_STRING : STATE_WORD;
      cut->is_escaped = FALSE;
      return;
    }

  paths = cut->taken < 0 ? go_on (cut, c == '{') : 0;

  if (paths != 0)
    {
      enter (cut, c == '{', paths);
      return;
    }

  cut->scan = (PhScan) { 0 };
  cut->state = STATE_CONTAINER;
}

/* What a chunk leaves of the value at hand is kept. */
static void
keep_rest (PhCut *cut,
           const guint8 *data,
           gsize size)
{
  if (cut->taken < 0 || cut->state < STATE_CONTAINER)
    return;

  if (cut->before->len + (size - cut->begin) > cut->max_size)
    {
      cut->too_large = TRUE;
      g_byte_array_set_size (cut->before, 0);
    }

  if (!cut->too_large)
    g_byte_array_append (cut->before, data + cut->begin, (guint) (size - cut->begin));

  cut->begin = 0;
}

/* ---- one state each: how many bytes are used up, or -1 with an error ---- */

static gssize
step_container (PhCut *cut,
                const guint8 *data,
                gsize at,
                gsize size,
                GError **error)
{
  gsize used = 0;

  switch (ph_scan_value (&cut->scan, &cut->lines, data + at, size - at, &used))
    {
    case PH_SCAN_MORE:
      break;
    case PH_SCAN_END:
      if (!end_value (cut, data, at + used, error))
        return -1;
      break;
    case PH_SCAN_BROKEN:
      if (cut->lines == PH_SCAN_LINES_NO)
        {
          /* A string that was cut: what follows is read as if it had ended. */
          note_damage (cut, "a string ends in the middle");
          cut->scan.in_string = 0;
          cut->scan.escaped = 0;
          used++;
        }
      else
        give_up_line (cut);
      break;
    }

  return (gssize) used;
}

static gssize
step_string (PhCut *cut,
             const guint8 *data,
             gsize at,
             gsize size,
             GError **error)
{
  for (gsize i = at; i < size; i++)
    {
      if (cut->is_escaped)
        cut->is_escaped = FALSE;
      else if (data[i] == '\\')
        cut->is_escaped = TRUE;
      else if (data[i] == '"')
        return end_value (cut, data, i + 1, error) ? (gssize) (i + 1 - at) : -1;
    }

  return (gssize) (size - at);
}

static gboolean
ends_word (guint8 c)
{
  return is_space (c) || c == ',' || c == '"' || c == '[' || c == ']' || c == '{' || c == '}';
}

static gssize
step_word (PhCut *cut,
           const guint8 *data,
           gsize at,
           gsize size,
           GError **error)
{
  for (gsize i = at; i < size; i++)
    if (ends_word (data[i]))
      return end_value (cut, data, i, error) ? (gssize) (i - at) : -1;

  return (gssize) (size - at);
}

/* A key is kept as it is written, without quotes; one with escapes is read. */
static void
finish_name (PhCut *cut)
{
  Level *level = &cut->levels[cut->depth - 1];
  g_autofree char *name = NULL;

  if (strchr (cut->name->str, '\\') != NULL)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", cut->name->str);
      g_autoptr (PhJson) json = ph_json_new ();
      const char *text = NULL;
      PhJsonValue root;

      if (ph_json_parse (json, quoted, strlen (quoted), &root, NULL) &&
          ph_json_get_string (root, &text, NULL))
        name = g_strdup (text);
    }

  if (name == NULL)
    name = g_utf8_make_valid (cut->name->str, (gssize) cut->name->len);

  cut->value_paths = follow (cut, level, cut->depth - 1, name);
  g_free (cut->names[cut->depth - 1]);
  cut->names[cut->depth - 1] = g_steal_pointer (&name);
  cut->state = STATE_COLON;
}

static gssize
step_name (PhCut *cut,
           const guint8 *data,
           gsize at,
           gsize size)
{
  for (gsize i = at; i < size; i++)
    {
      if (!cut->is_escaped && data[i] == '"')
        {
          finish_name (cut);
          return (gssize) (i + 1 - at);
        }

      cut->is_escaped = !cut->is_escaped && data[i] == '\\';

      if (cut->name->len < PH_LIMIT_NAME_BYTES && data[i] != '\0')
        g_string_append_c (cut->name, (char) data[i]);
    }

  return (gssize) (size - at);
}

static void
step_key (PhCut *cut,
          guint8 c)
{
  if (c == '"')
    {
      g_string_truncate (cut->name, 0);
      cut->is_escaped = FALSE;
      cut->state = STATE_NAME;
    }
  else if (c == '}')
    leave (cut);
  else if (c != ',')
    note_damage (cut, "something stands where a member's name should");
}

/* Whether the byte is part of a value, so that it must not be used up. */
static gboolean
step_between (PhCut *cut,
              guint8 c,
              gsize at)
{
  if (c == ',')
    return FALSE;

  if (c == ']' || c == '}')
    {
      if (cut->depth == 0 || cut->levels[cut->depth - 1].is_object != (c == '}'))
        note_damage (cut, "a bracket closes what was not open");

      if (cut->depth > 0)
        leave (cut);

      return FALSE;
    }

  begin_value (cut, c, at);

  /* The scan wants the bracket too; what is gone into, and a string, are behind theirs. */
  return cut->state == STATE_CONTAINER || cut->state == STATE_WORD;
}

/* A newline between two tokens tells whether values have lines of their own. */
static void
note_newline (PhCut *cut)
{
  if (cut->depth == 0)
    {
      if (cut->lines == PH_SCAN_LINES_UNKNOWN && cut->ended_value)
        cut->lines = PH_SCAN_LINES_YES;
    }
  else if (cut->lines == PH_SCAN_LINES_YES)
    give_up_line (cut);
  else
    cut->lines = PH_SCAN_LINES_NO;
}

static gssize
step (PhCut *cut,
      const guint8 *data,
      gsize at,
      gsize size,
      GError **error)
{
  guint8 c = data[at];

  switch (cut->state)
    {
    case STATE_CONTAINER:
      return step_container (cut, data, at, size, error);
    case STATE_STRING:
      return step_string (cut, data, at, size, error);
    case STATE_WORD:
      return step_word (cut, data, at, size, error);
    case STATE_NAME:
      return step_name (cut, data, at, size);
    case STATE_VALUE:
    case STATE_KEY:
    case STATE_COLON:
      break;
    }

  if (c == '\n')
    note_newline (cut);

  if (is_space (c))
    return 1;

  if (cut->state == STATE_VALUE)
    return step_between (cut, c, at) ? 0 : 1;

  if (cut->state == STATE_KEY)
    step_key (cut, c);
  else if (c == ':')
    cut->state = STATE_VALUE;
  else
    {
      note_damage (cut, "a member has no value");
      expect_next (cut);
      return 0;
    }

  return 1;
}

gboolean
ph_cut_feed (PhCut *cut,
             const char *data,
             gsize size,
             GError **error)
{
  const guint8 *bytes = (const guint8 *) data;

  g_return_val_if_fail (cut != NULL, FALSE);

  cut->begin = 0;

  for (gsize at = 0; at < size;)
    {
      gssize used = step (cut, bytes, at, size, error);

      if (used < 0)
        return FALSE;

      at += (gsize) used;
    }

  keep_rest (cut, bytes, size);

  return TRUE;
}

gboolean
ph_cut_end (PhCut *cut,
            GError **error)
{
  g_return_val_if_fail (cut != NULL, FALSE);

  cut->begin = 0;

  /* Only a word can end with the stream. */
  if (cut->state == STATE_WORD && !end_value (cut, (const guint8 *) "", 0, error))
    return FALSE;

  if (cut->depth > 0 || cut->state != STATE_VALUE)
    ph_health_add (cut->health, PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                   "it ends in the middle of a value");

  return TRUE;
}
