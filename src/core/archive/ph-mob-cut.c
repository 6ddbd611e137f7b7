/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-cut.h"

#include "ph-mob-table.h"

#include <string.h>

#define HEADER_SIZE 8
#define INDEX_SIZE 8
#define LENGTH_SIZE 3

/* The largest index, as OpenReplay's player tells them from messages. */
#define MAX_INDEX G_GUINT64_CONSTANT (0xffffffffffff)
/* A number that a message which says its size may have, known or not. */
#define MAX_TYPE 4096

/* Memory over this is given back once the message that took it is gone. */
#define KEEP_BYTES ((gsize) 4 * 1024 * 1024)

/* A chain of messages this long is no accident; to the end of the file, or from its start, this. */
#define ENOUGH_MESSAGES 256
#define MIN_MESSAGES 16
#define MIN_MESSAGES_AT_START 6
/* Messages looked at to find where one begins. */
#define MAX_LOOKED_AT 150000

/* Times that a session may have been recorded at: 2015 to 2100. */
#define MIN_TIME G_GINT64_CONSTANT (1420070400000)
#define MAX_TIME G_GINT64_CONSTANT (4102444800000)

/* One message in a row of bytes. */
typedef struct
{
  guint64 index;
  guint64 type;
  const PhMobKind *kind; /* NULL: of a sized one that is not known */
  const guint8 *body;
  const guint8 *end;
  gboolean fits; /* its fields are all there */
} Message;

static gboolean
has_no_size (guint64 type)
{
  return type >= PH_MOB_BATCH_META_OLD && type <= PH_MOB_PARTITIONED;
}

static PhMobFit
read_sized (Message *message,
            const guint8 *at,
            const guint8 *end)
{
  gsize size;

  if (message->type > MAX_TYPE)
    return PH_MOB_ODD;

  if (end - at < LENGTH_SIZE)
    return PH_MOB_SHORT;

  size = at[0] | (gsize) at[1] << 8 | (gsize) at[2] << 16;
  at += LENGTH_SIZE;

  if ((gsize) (end - at) < size)
    return PH_MOB_SHORT;

  message->body = at;
  message->end = at + size;
  message->fits = message->kind != NULL &&
                  ph_mob_read_fields (message->kind, &at, message->end, NULL) == PH_MOB_FITS;

  return PH_MOB_FITS;
}

static PhMobFit
read_message (PhMobFraming framing,
              Message *message,
              const guint8 *at,
              const guint8 *end)
{
  PhMobFit fit;

  *message = (Message) {};

  if (framing == PH_MOB_INDEXED)
    {
      if (end - at < INDEX_SIZE)
        return PH_MOB_SHORT;

      memcpy (&message->index, at, INDEX_SIZE);
      message->index = GUINT64_FROM_LE (message->index);
      at += INDEX_SIZE;

      if (message->index > MAX_INDEX)
        return PH_MOB_ODD;
    }

  fit = ph_mob_read_number (&at, end, &message->type);

  if (fit != PH_MOB_FITS)
    return fit;

  message->kind = ph_mob_kind (message->type);

  if (framing == PH_MOB_SIZED && !has_no_size (message->type))
    return read_sized (message, at, end);

  if (message->kind == NULL)
    return PH_MOB_ODD;

  message->body = at;
  fit = ph_mob_read_fields (message->kind, &at, end, NULL);
  message->end = at;
  message->fits = fit == PH_MOB_FITS;

  return fit;
}

/* ---- headers ---- */

/* PH_MOB_SHORT: it may become one. */
static PhMobFit
read_header (const guint8 *data,
             gsize size,
             PhMobFraming *framing)
{
  for (gsize i = 0; i < MIN (size, HEADER_SIZE - 1); i++)
    if (data[i] != 0xff)
      return PH_MOB_ODD;

  if (size < HEADER_SIZE)
    return size > 0 ? PH_MOB_SHORT : PH_MOB_ODD;

  if (data[HEADER_SIZE - 1] < 0xfd)
    return PH_MOB_ODD;

  *framing = data[HEADER_SIZE - 1] == 0xff ? PH_MOB_BARE : PH_MOB_SIZED;

  return PH_MOB_FITS;
}

/* ---- recognising ---- */

typedef struct
{
  guint n;
  gboolean at_end; /* all bytes, but for a message that is cut, are messages */
  gboolean has_time;
  gboolean has_fault; /* a text that is none, a time that cannot be */
  gboolean is_mobile;
  gboolean has_document;
} Chain;

static gboolean
is_time (gint64 number)
{
  return number >= MIN_TIME && number <= MAX_TIME;
}

static void
look_at_fields (Chain *chain,
                const Message *message)
{
  PhMobField fields[PH_MOB_MAX_FIELDS];
  const guint8 *at = message->body;

  if (ph_mob_read_fields (message->kind, &at, message->end, fields) != PH_MOB_FITS)
    return;

  if (message->type == PH_MOB_TIMESTAMP && is_time (fields[0].number))
    chain->has_time = TRUE;
  else if (message->type == PH_MOB_TIMESTAMP)
    chain->has_fault = TRUE;

  for (guint i = 0; message->kind->fields[i] != '\0'; i++)
    if (message->kind->fields[i] == 's' &&
        !g_utf8_validate_len (fields[i].text, fields[i].size, NULL))
      chain->has_fault = TRUE;
}

static Chain
follow (PhMobFraming framing,
        const guint8 *data,
        gsize size,
        guint *budget)
{
  const guint8 *at = data;
  const guint8 *end = data + size;
  guint64 last = 0;
  Chain chain = {};

  while (at < end && chain.n<ENOUGH_MESSAGES && * budget> 0)
    {
      Message message;
      PhMobFit fit = read_message (framing, &message, at, end);

      (*budget)--;

      if (fit == PH_MOB_SHORT)
        break;

      if (fit == PH_MOB_ODD || !message.fits || message.index < last ||
          (last > 0 && message.index - last > G_MAXUINT16))
        return chain;

      look_at_fields (&chain, &message);

      if (chain.has_fault)
        return chain;

      chain.is_mobile |= message.type >= PH_MOB_FIRST_MOBILE && message.type <= PH_MOB_LAST_MOBILE;
      chain.has_document |= message.type == PH_MOB_CREATE_DOCUMENT;
      chain.n++;
      last = message.index;
      at = message.end;
    }

  chain.at_end = *budget > 0;

  return chain;
}

/* Text has none of the bytes that every message has. */
static gboolean
is_text (const guint8 *data,
         gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (data[i] < '\t')
      return FALSE;

  return TRUE;
}

static gboolean
is_enough (const Chain *chain,
           gsize start)
{
  if (!chain->has_time)
    return FALSE;

  if (start > 0)
    return chain->at_end && chain->n >= MIN_MESSAGES;

  return chain->n >= (chain->at_end ? 2 : MIN_MESSAGES_AT_START);
}

static gboolean
guess_at (const guint8 *data,
          gsize size,
          gsize start,
          guint *budget,
          PhMobGuess *guess)
{
  static const PhMobFraming framings[] = { PH_MOB_INDEXED, PH_MOB_SIZED, PH_MOB_BARE };

  for (guint i = 0; i < G_N_ELEMENTS (framings); i++)
    {
      Chain chain = follow (framings[i], data + start, size - start, budget);

      if (!is_enough (&chain, start))
        continue;

      *guess = (PhMobGuess) {
        .framing = framings[i],
        .start = start,
        .is_mobile = chain.is_mobile,
        .has_document = chain.has_document,
      };

      return TRUE;
    }

  return FALSE;
}

gboolean
ph_mob_guess (const guint8 *data,
              gsize size,
              PhMobGuess *guess)
{
  PhMobFraming framing;
  guint budget = MAX_LOOKED_AT;

  g_return_val_if_fail (data != NULL && guess != NULL, FALSE);

  if (read_header (data, size, &framing) == PH_MOB_FITS)
    {
      Chain chain = follow (framing, data + HEADER_SIZE, size - HEADER_SIZE, &budget);

      *guess = (PhMobGuess) {
        .framing = framing,
        .has_header = TRUE,
        .is_mobile = chain.is_mobile,
        .has_document = chain.has_document,
      };

      return TRUE;
    }

  if (is_text (data, size))
    return FALSE;

  /* A later part may begin in the middle of a message. */
  for (gsize start = 0; start < size && budget > 0; start++)
    if (guess_at (data, size, start, &budget, guess))
      return TRUE;

  return FALSE;
}

/* ---- cutting ---- */

struct _PhMobCut
{
  PhMobFraming framing;
  PhMobFunc func;
  gpointer user_data;
  PhHealth *health;

  GByteArray *rest; /* a message that is not whole yet */
  guint64 last_index;
  gboolean stopped;
};

PhMobCut *
ph_mob_cut_new (PhMobFraming framing,
                PhMobFunc func,
                gpointer user_data,
                PhHealth *health)
{
  PhMobCut *cut;

  g_return_val_if_fail (func != NULL, NULL);

  cut = g_new0 (PhMobCut, 1);
  cut->framing = framing;
  cut->func = func;
  cut->user_data = user_data;
  cut->health = health;
  cut->rest = g_byte_array_new ();

  return cut;
}

void
ph_mob_cut_free (PhMobCut *cut)
{
  if (cut == NULL)
    return;

  g_byte_array_unref (cut->rest);
  g_free (cut);
}

/* Without its size, what follows a message that is not known cannot be found. */
static void
stop_at (PhMobCut *cut,
         const Message *message)
{
  cut->stopped = TRUE;

  if (cut->framing != PH_MOB_SIZED && message->type > 0 && message->kind == NULL &&
      message->type <= MAX_TYPE)
    ph_health_add (cut->health, PH_HEALTH_EVENT_UNKNOWN, PH_TIME_NONE,
                   "OpenReplay's message %d is not known: it and all that follows is left out",
                   (int) message->type);
  else
    ph_health_add (cut->health, PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "bytes that are no message: they and all that follows is left out");
}

static gboolean
give (PhMobCut *cut,
      const Message *message,
      GError **error)
{
  if (message->kind == NULL)
    {
      ph_health_add (cut->health, PH_HEALTH_EVENT_UNKNOWN, PH_TIME_NONE,
                     "OpenReplay's message %d", (int) message->type);
      return TRUE;
    }

  if (!message->fits)
    {
      ph_health_add (cut->health, PH_HEALTH_EVENT_INVALID, PH_TIME_NONE,
                     "a message %s that lacks some of its fields", message->kind->name);
      return TRUE;
    }

  /* Written a second time. */
  if (cut->framing == PH_MOB_INDEXED && message->index < cut->last_index)
    return TRUE;

  cut->last_index = message->index;

  return cut->func ((guint) message->type, message->body, (gsize) (message->end - message->body),
                    cut->user_data, error);
}

/* Gives all whole messages in @data; @used is how far they go. */
static gboolean
cut_messages (PhMobCut *cut,
              const guint8 *data,
              gsize size,
              gsize *used,
              GError **error)
{
  const guint8 *at = data;
  const guint8 *end = data + size;

  while (at < end && !cut->stopped)
    {
      Message message;
      PhMobFit fit = read_header (at, (gsize) (end - at), &cut->framing);

      if (fit == PH_MOB_SHORT)
        break;

      if (fit == PH_MOB_FITS)
        {
          at += HEADER_SIZE;
          cut->last_index = 0;
          continue;
        }

      fit = read_message (cut->framing, &message, at, end);

      if (fit == PH_MOB_SHORT)
        break;

      if (fit == PH_MOB_ODD)
        stop_at (cut, &message);
      else if (!give (cut, &message, error))
        return FALSE;
      else
        at = message.end;
    }

  *used = (gsize) (at - data);

  return TRUE;
}

gboolean
ph_mob_cut_feed (PhMobCut *cut,
                 const guint8 *data,
                 gsize size,
                 GError **error)
{
  gsize used = 0;

  g_return_val_if_fail (cut != NULL && (data != NULL || size == 0), FALSE);

  if (cut->stopped)
    return TRUE;

  if (cut->rest->len == 0)
    {
      if (!cut_messages (cut, data, size, &used, error))
        return FALSE;

      g_byte_array_append (cut->rest, data + used, (guint) (size - used));
      return TRUE;
    }

  g_byte_array_append (cut->rest, data, (guint) size);

  if (!cut_messages (cut, cut->rest->data, cut->rest->len, &used, error))
    return FALSE;

  if (used > 0)
    g_byte_array_remove_range (cut->rest, 0, (guint) used);

  if (cut->rest->len == 0 && used > KEEP_BYTES)
    {
      g_byte_array_unref (cut->rest);
      cut->rest = g_byte_array_new ();
    }

  return TRUE;
}

void
ph_mob_cut_end (PhMobCut *cut)
{
  g_return_if_fail (cut != NULL);

  if (cut->rest->len > 0 && !cut->stopped)
    ph_health_add (cut->health, PH_HEALTH_TRUNCATED, PH_TIME_NONE,
                   "the archive ends in the middle of a message");

  g_byte_array_set_size (cut->rest, 0);
  cut->stopped = TRUE;
}
