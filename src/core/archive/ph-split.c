/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-split.h"

#include "ph-scan.h"

#include <string.h>

/* A key that is longer is none we know. */
#define MAX_KEY 256
/* Memory over this is given back once the element that took it is gone. */
#define KEEP_BYTES ((gsize) 8 * 1024 * 1024)

typedef enum
{
  STATE_START,   /* before the first bracket */
  STATE_BETWEEN, /* before an element */
  STATE_VALUE,   /* in an object or array, taken or stepped over */
  STATE_TEXT,    /* in a string that is an element, taken or stepped over */
  STATE_KEY,     /* before a key of the outer object */
  STATE_STRING,  /* in a string of the outer object: a key, or a value */
  STATE_COLON,
  STATE_MEMBER, /* before a value of the outer object */
  STATE_SCALAR, /* in a number or word of the outer object */
  STATE_RESYNC, /* in something that does not belong here */
  STATE_DONE,   /* after the last bracket */
} State;

struct _PhSplit
{
  PhSplitShape shape;
  const char *member;
  gsize max_size;
  PhSplitFunc func;
  gpointer user_data;
  PhHealth *health;

  GByteArray *bytes;
  guint64 offset; /* of bytes->data in the stream */
  gsize pos;      /* what is before it has been understood */
  gsize begin;    /* of what is kept, while something is */
  gboolean keeps;
  gboolean ended;

  State state;
  PhScan scan; /* inside a value, for the byte at pos */
  PhScanLines lines;
  gboolean in_object;  /* PH_SPLIT_MEMBER: elements go on to a next key */
  gboolean is_member;  /* the key just read is the one wanted */
  gboolean is_key;     /* STATE_STRING: a key */
  gboolean is_escaped; /* in a string: the next byte has a backslash before it */
  gboolean has_value;  /* one has ended, so what follows it tells about lines */
  gboolean rejected;
  guint64 rescanned; /* bytes gone over again: bounds the work of finding back */
};

PhSplit *
ph_split_new (PhSplitShape shape,
              const char *member,
              gsize max_size,
              PhSplitFunc func,
              gpointer user_data,
              PhHealth *health)
{
  PhSplit *split;

  g_return_val_if_fail (func != NULL && max_size > 0, NULL);
  g_return_val_if_fail ((shape == PH_SPLIT_MEMBER) == (member != NULL), NULL);

  split = g_new0 (PhSplit, 1);
  split->shape = shape;
  split->member = member;
  split->max_size = max_size;
  split->func = func;
  split->user_data = user_data;
  split->health = health;
  split->bytes = g_byte_array_new ();
  split->lines = shape == PH_SPLIT_VALUES ? PH_SCAN_LINES_UNKNOWN : PH_SCAN_LINES_NO;

  return split;
}

void
ph_split_free (PhSplit *split)
{
  if (split == NULL)
    return;

  g_byte_array_unref (split->bytes);
  g_free (split);
}

static gboolean
is_space (guint8 c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Where in the stream the scan is. */
static guint64
tell (PhSplit *split)
{
  return split->offset + split->pos;
}

/* ---- inside a value ---- */

static gboolean
is_inside (const PhSplit *split)
{
  return split->state == STATE_VALUE || split->state == STATE_TEXT;
}

static void
begin_value (PhSplit *split,
             gboolean keep)
{
  split->keeps = keep;
  split->begin = split->pos;
  split->scan = (PhScan) {};
  split->is_escaped = FALSE;
  split->state = STATE_VALUE;

  if (split->bytes->data[split->pos] == '"')
    {
      split->state = STATE_TEXT;
      split->pos++;
    }
}

/*
 * Looks for an event inside what is kept, which ends at @end, and goes back to
 * it. What is gone over again may not be more than about what was read.
 */
static gboolean
go_back (PhSplit *split,
         gsize end)
{
  const char *data = (const char *) split->bytes->data;
  gsize from = split->begin + 1;
  gssize found = ph_scan_find_event (data + from, end - from);
  gsize again;

  if (found < 0)
    return FALSE;

  from += (gsize) found;
  again = end - from;

  if (split->rescanned + again > tell (split) + 2 * split->max_size)
    return FALSE;

  split->rescanned += again;
  split->pos = from;
  begin_value (split, TRUE);

  return TRUE;
}

static void
end_value (PhSplit *split)
{
  split->keeps = FALSE;
  split->has_value = TRUE;
  split->state = split->in_object && !split->is_member ? STATE_KEY : STATE_BETWEEN;
}

static void
add_damaged (PhSplit *split)
{
  ph_health_add (split->health, PH_HEALTH_DAMAGED, PH_TIME_NONE,
                 "bytes around %" G_GUINT64_FORMAT " are no event", tell (split));
}

static void
begin_resync (PhSplit *split)
{
  add_damaged (split);
  split->keeps = FALSE;
  split->state = STATE_RESYNC;
  /* What is found there counts as an element. */
  split->is_member = split->in_object;
}

static gboolean
emit (PhSplit *split,
      GError **error)
{
  const char *text = (const char *) split->bytes->data + split->begin;

  split->rejected = FALSE;

  if (!split->func (text, split->pos - split->begin, split->user_data, error))
    return FALSE;

  if (split->rejected)
    {
      add_damaged (split);

      if (go_back (split, split->pos))
        return TRUE;
    }

  end_value (split);

  return TRUE;
}

/* The value cannot go on here. */
static void
break_value (PhSplit *split)
{
  if (split->keeps && go_back (split, split->pos))
    {
      add_damaged (split);
      return;
    }

  begin_resync (split);

  if (split->lines == PH_SCAN_LINES_YES)
    split->state = STATE_BETWEEN;
}

/* The value is longer than it may be: the rest of it is stepped over. */
static void
outgrow_value (PhSplit *split)
{
  if (go_back (split, split->pos))
    {
      add_damaged (split);
      return;
    }

  ph_health_add (split->health, PH_HEALTH_EVENT_TOO_LARGE, PH_TIME_NONE,
                 "the event at byte %" G_GUINT64_FORMAT " is longer than %" G_GSIZE_FORMAT " bytes",
                 split->offset + split->begin, split->max_size);
  split->keeps = FALSE;
}

static gboolean
run_value (PhSplit *split,
           GError **error)
{
  gsize limit = split->begin + split->max_size;
  gsize end = split->keeps ? MIN (split->bytes->len, limit) : split->bytes->len;
  gsize used = 0;

  switch (ph_scan_value (&split->scan, &split->lines, split->bytes->data + split->pos,
                         end - split->pos, &used))
    {
    case PH_SCAN_END:
      split->pos += used;

      if (split->keeps)
        return emit (split, error);

      end_value (split);
      break;
    case PH_SCAN_BROKEN:
      split->pos += used;
      break_value (split);
      break;
    case PH_SCAN_MORE:
      split->pos += used;

      if (split->keeps && split->pos == limit)
        outgrow_value (split);
      break;
    }

  return TRUE;
}

/* A string that is an element: it ends at its quote, and never goes over a line's end. */
static gboolean
run_text (PhSplit *split,
          GError **error)
{
  const guint8 *data = split->bytes->data;
  gsize limit = split->begin + split->max_size;
  gsize end = split->keeps ? MIN (split->bytes->len, limit) : split->bytes->len;
  gsize at = split->pos;
  gboolean escaped = split->is_escaped;

  while (at < end && (data[at] != '"' || escaped) && data[at] != '\n')
    escaped = data[at++] == '\\' && !escaped;

  split->pos = at;
  split->is_escaped = escaped;

  if (at == end)
    {
      if (split->keeps && at == limit)
        outgrow_value (split);
      return TRUE;
    }

  if (data[at] == '\n')
    {
      break_value (split);
      return TRUE;
    }

  split->pos++;

  if (split->keeps)
    return emit (split, error);

  end_value (split);

  return TRUE;
}

/* ---- around the values ---- */

static void
run_start (PhSplit *split,
           guint8 c)
{
  static const guint8 bom[] = { 0xef, 0xbb, 0xbf };
  guint64 at = tell (split);

  if ((at < sizeof bom && c == bom[at]) || is_space (c))
    split->pos++;
  else if (split->shape == PH_SPLIT_VALUES)
    split->state = STATE_BETWEEN;
  else if (c == (split->shape == PH_SPLIT_ARRAY ? '[' : '{'))
    {
      split->pos++;
      split->in_object = split->shape == PH_SPLIT_MEMBER;
      split->is_member = FALSE;
      split->state = split->in_object ? STATE_KEY : STATE_BETWEEN;
    }
  else
    begin_resync (split);
}

/* White space and commas before an element. FALSE when that is all there is. */
static gboolean
skip_separators (PhSplit *split)
{
  const guint8 *at = split->bytes->data + split->pos;
  const guint8 *end = split->bytes->data + split->bytes->len;

  while (at < end && (is_space (*at) || *at == ','))
    {
      if (*at == '\n' && split->has_value && split->lines == PH_SCAN_LINES_UNKNOWN)
        split->lines = PH_SCAN_LINES_YES;

      at++;
    }

  split->pos = (gsize) (at - split->bytes->data);

  return at < end;
}

/* Whether what begins with the quote at pos is an event in a string. */
static gboolean
is_text_event (const PhSplit *split)
{
  const char *at = (const char *) split->bytes->data + split->pos;
  gsize left = split->bytes->len - split->pos;

  return ph_scan_is_packed (at, left) || ph_scan_is_quoted (at, left);
}

/* FALSE when more bytes are needed to decide. */
static gboolean
run_between (PhSplit *split)
{
  guint8 c;

  if (!skip_separators (split))
    return TRUE;

  c = split->bytes->data[split->pos];

  if (c == '"' && split->bytes->len - split->pos < PH_SCAN_LOOK_PACKED && !split->ended)
    return FALSE;

  if (c == '{' || c == '[' || (c == '"' && is_text_event (split)))
    begin_value (split, TRUE);
  else if (c == ']' && split->shape != PH_SPLIT_VALUES)
    {
      split->pos++;
      split->is_member = FALSE;
      split->state = split->in_object ? STATE_KEY : STATE_DONE;
    }
  else
    begin_resync (split);

  return TRUE;
}

static void
run_key (PhSplit *split,
         guint8 c)
{
  if (is_space (c) || c == ',')
    split->pos++;
  else if (c == '}')
    {
      split->pos++;
      split->state = STATE_DONE;
    }
  else if (c == '"')
    {
      split->begin = split->pos++;
      split->keeps = TRUE;
      split->is_key = TRUE;
      split->is_escaped = 0;
      split->state = STATE_STRING;
    }
  else
    begin_resync (split);
}

static void
end_string (PhSplit *split)
{
  const char *text = (const char *) split->bytes->data + split->begin + 1;

  if (split->is_key)
    {
      gsize length = split->keeps ? split->pos - split->begin - 2 : 0;

      split->is_member = split->keeps && strlen (split->member) == length &&
                         memcmp (split->member, text, length) == 0;
    }

  split->keeps = FALSE;
  split->state = split->is_key ? STATE_COLON : STATE_KEY;
}

static void
run_string (PhSplit *split)
{
  const guint8 *data = split->bytes->data;
  gsize at = split->pos;
  gsize end = split->bytes->len;
  gboolean escaped = split->is_escaped;

  while (at < end && (data[at] != '"' || escaped))
    escaped = data[at++] == '\\' && !escaped;

  split->pos = MIN (at + 1, end);
  split->is_escaped = escaped;

  if (split->pos - split->begin > MAX_KEY)
    split->keeps = FALSE;

  if (at < end)
    end_string (split);
}

static void
run_member (PhSplit *split,
            guint8 c)
{
  if (is_space (c))
    split->pos++;
  else if (c == '[' && split->is_member)
    {
      split->pos++;
      split->state = STATE_BETWEEN;
    }
  else
    {
      split->is_member = FALSE;

      if (c == '{' || c == '[')
        begin_value (split, FALSE);
      else if (c == '"')
        {
          split->pos++;
          split->is_key = FALSE;
          split->keeps = FALSE;
          split->is_escaped = 0;
          split->state = STATE_STRING;
        }
      else
        split->state = STATE_SCALAR;
    }
}

static void
run_scalar (PhSplit *split,
            guint8 c)
{
  if (c == ',' || c == '}' || is_space (c))
    split->state = STATE_KEY;
  else if (g_ascii_isalnum ((char) c) || c == '-' || c == '+' || c == '.')
    split->pos++;
  else
    begin_resync (split);
}

/* FALSE when more bytes are needed to decide. */
static gboolean
run_resync (PhSplit *split)
{
  while (split->pos < split->bytes->len)
    {
      const char *at = (const char *) split->bytes->data + split->pos;
      gsize left = split->bytes->len - split->pos;

      if (*at == '{' && left < PH_SCAN_LOOK_AHEAD && !split->ended)
        return FALSE;

      if (*at == '"' && left < PH_SCAN_LOOK_PACKED && !split->ended)
        return FALSE;

      if ((*at == '{' && ph_scan_is_event (at, left)) ||
          (*at == '"' && ph_scan_is_packed (at, left)))
        {
          begin_value (split, TRUE);
          return TRUE;
        }

      split->pos++;

      if (*at == '\n' && split->lines != PH_SCAN_LINES_NO)
        {
          split->state = STATE_BETWEEN;
          return TRUE;
        }
    }

  return TRUE;
}

static void
run_done (PhSplit *split,
          guint8 c)
{
  if (is_space (c))
    split->pos++;
  else
    run_start (split, c);
}

/* One step from the byte at pos; FALSE with an error set, or, without one, to wait for more. */
static gboolean
step (PhSplit *split,
      GError **error)
{
  guint8 c = split->bytes->data[split->pos];

  switch (split->state)
    {
    case STATE_START:
      run_start (split, c);
      break;
    case STATE_BETWEEN:
      return run_between (split);
    case STATE_VALUE:
      return run_value (split, error);
    case STATE_TEXT:
      return run_text (split, error);
    case STATE_KEY:
      run_key (split, c);
      break;
    case STATE_STRING:
      run_string (split);
      break;
    case STATE_COLON:
      if (is_space (c) || c == ':')
        {
          split->pos++;
          split->state = c == ':' ? STATE_MEMBER : STATE_COLON;
        }
      else
        begin_resync (split);
      break;
    case STATE_MEMBER:
      run_member (split, c);
      break;
    case STATE_SCALAR:
      run_scalar (split, c);
      break;
    case STATE_RESYNC:
      return run_resync (split);
    case STATE_DONE:
      run_done (split, c);
      break;
    }

  return TRUE;
}

static gboolean
run (PhSplit *split,
     GError **error)
{
  GError *failure = NULL;

  while (split->pos < split->bytes->len && step (split, &failure))
    ;

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, failure);

  return FALSE;
}

/* Drops what has been understood. */
static void
compact (PhSplit *split)
{
  gsize used = split->keeps ? split->begin : split->pos;
  gsize left = split->bytes->len - used;

  if (used > KEEP_BYTES)
    {
      GByteArray *bytes = g_byte_array_new ();

      g_byte_array_append (bytes, split->bytes->data + used, (guint) left);
      g_byte_array_unref (split->bytes);
      split->bytes = bytes;
    }
  else if (used > 0)
    {
      memmove (split->bytes->data, split->bytes->data + used, left);
      g_byte_array_set_size (split->bytes, (guint) left);
    }

  split->offset += used;
  split->pos -= used;
  split->begin -= MIN (used, split->begin);
}

gboolean
ph_split_feed (PhSplit *split,
               const char *data,
               gsize size,
               GError **error)
{
  g_return_val_if_fail (split != NULL && !split->ended, FALSE);
  g_return_val_if_fail (size <= G_MAXINT / 2, FALSE);

  if (size == 0)
    return TRUE;

  g_byte_array_append (split->bytes, (const guint8 *) data, (guint) size);

  if (!run (split, error))
    return FALSE;

  compact (split);

  return TRUE;
}

gboolean
ph_split_end (PhSplit *split,
              GError **error)
{
  g_return_val_if_fail (split != NULL && !split->ended, FALSE);

  split->ended = TRUE;

  if (!run (split, error))
    return FALSE;

  /* An element that never ended may have lost its end and swallowed what came after. */
  while (is_inside (split) && split->keeps && go_back (split, split->pos))
    {
      add_damaged (split);

      if (!run (split, error))
        return FALSE;
    }

  if (split->state == STATE_START || split->state == STATE_DONE || split->state == STATE_RESYNC ||
      (split->state == STATE_BETWEEN && split->shape == PH_SPLIT_VALUES))
    return TRUE;

  ph_health_add (split->health, PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                 "the text ends in the middle, after %" G_GUINT64_FORMAT " bytes", tell (split));

  return TRUE;
}

void
ph_split_reject (PhSplit *split)
{
  g_return_if_fail (split != NULL);

  split->rejected = TRUE;
}

const char *
ph_split_peek (PhSplit *split,
               gsize *size)
{
  g_return_val_if_fail (split != NULL && size != NULL, NULL);

  if (!is_inside (split) || !split->keeps)
    return NULL;

  *size = split->bytes->len - split->begin;

  return (const char *) split->bytes->data + split->begin;
}
