/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-hash.h"
#include "ph-limits.h"
#include "ph-mob-cut.h"
#include "ph-mob-order.h"
#include "ph-mob-tab.h"
#include "ph-mob-table.h"
#include "ph-reader.h"

#include <glib/gi18n.h>

/*
 * OpenReplay's session files: `dom.mobs` and `dom.mobe`, `devtools.mob`, with any
 * header or none, and the batches trackers send. Cut into messages (ph-mob-cut.h),
 * put in order (ph-mob-order.h), said in rrweb's words tab by tab (ph-mob-tab.h).
 */

#define CHUNK ((gsize) 256 * 1024)

/* Texts of the session's dictionary, and how long all together. */
#define MAX_WORDS 1000000
#define MAX_WORD_BYTES ((gsize) 64 * 1024 * 1024)

/* Milliseconds since 1970 that a time may be; no recording is from the year 5000. */
#define MAX_TIME G_GINT64_CONSTANT (95617584000000)

typedef struct
{
  PhReading *reading;
  PhHealth *health;
  PhMobOrder *order;

  GPtrArray *tabs;      /* PhMobTab, or NULL while nothing happened in it */
  GPtrArray *tab_names; /* NULL: the one of files that know no tabs */
  GHashTable *dict;     /* text → text */
  gsize n_word_bytes;

  guint tab;   /* what messages are about now */
  gint64 time; /* −1 before the first one that is told */
  gint64 first_time;
  char *location; /* the address that batches are sent from */
  gint64 applied_time;
} Read;

static void
clear_read (Read *read)
{
  g_clear_pointer (&read->order, ph_mob_order_free);
  g_clear_pointer (&read->tabs, g_ptr_array_unref);
  g_clear_pointer (&read->tab_names, g_ptr_array_unref);
  g_clear_pointer (&read->dict, g_hash_table_unref);
  g_clear_pointer (&read->location, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Read, clear_read)

/* ---- messages in order ---- */

static gboolean
flush_tabs (Read *read,
            GError **error)
{
  for (guint i = 0; i < read->tabs->len; i++)
    if (read->tabs->pdata[i] != NULL && !ph_mob_tab_flush (read->tabs->pdata[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
apply_cb (const PhMobItem *item,
          gpointer user_data,
          GError **error)
{
  Read *read = user_data;
  PhMobItem timed = *item;

  /* What comes before the first time belongs to it. */
  if (timed.time < 0)
    timed.time = MAX (read->first_time, 0);

  /* What is gathered of one tab must not come after what happens later in another. */
  if (timed.time != read->applied_time && !flush_tabs (read, error))
    return FALSE;

  read->applied_time = timed.time;

  if (read->tabs->pdata[item->tab] == NULL)
    read->tabs->pdata[item->tab] =
      ph_mob_tab_new (read->reading, read->dict, read->tab_names->pdata[item->tab],
                      read->location != NULL ? read->location : "");

  return ph_mob_tab_apply (read->tabs->pdata[item->tab], &timed, error);
}

/* ---- messages as they come ---- */

static void
set_time (Read *read,
          gint64 time)
{
  if (time <= 0 || time > MAX_TIME)
    {
      ph_health_add (read->health, PH_HEALTH_ODD_VALUE, PH_TIME_NONE,
                     "the time %" G_GINT64_FORMAT, time);
      return;
    }

  read->time = time;

  if (read->first_time < 0)
    read->first_time = time;
}

static void
set_tab (Read *read,
         const PhMobField *id)
{
  g_autofree char *name = NULL;

  if (id->size > PH_LIMIT_NAME_BYTES)
    {
      ph_health_add (read->health, PH_HEALTH_ODD_VALUE, PH_TIME_NONE, "a tab of too long a name");
      return;
    }

  name = g_utf8_make_valid (id->text, (gssize) id->size);

  for (guint i = 0; i < read->tab_names->len; i++)
    if (g_strcmp0 (read->tab_names->pdata[i], name) == 0)
      {
        read->tab = i;
        return;
      }

  if (read->tabs->len >= PH_LIMIT_WINDOWS)
    {
      ph_health_add (read->health, PH_HEALTH_LIMIT, PH_TIME_NONE, "more than %d tabs",
                     PH_LIMIT_WINDOWS);
      return;
    }

  read->tab = read->tabs->len;
  g_ptr_array_add (read->tabs, NULL);
  g_ptr_array_add (read->tab_names, g_steal_pointer (&name));
}

static void
add_word (Read *read,
          char *key,
          const PhMobField *word)
{
  if (g_hash_table_size (read->dict) >= MAX_WORDS ||
      read->n_word_bytes + word->size > MAX_WORD_BYTES)
    {
      ph_health_add (read->health, PH_HEALTH_LIMIT, PH_TIME_NONE, "a dictionary that is too large");
      g_free (key);
      return;
    }

  read->n_word_bytes += word->size;
  g_hash_table_insert (read->dict, key, g_strndup (word->text, word->size));
}

static void
set_fact (Read *read,
          PhFactSection section,
          const char *name,
          const PhMobField *value)
{
  g_autofree char *text = g_strndup (value->text, value->size);

  ph_facts_set_text (ph_reading_get_facts (read->reading), section, name, text);
}

/* Of the application's own naming. */
static void
set_named_fact (Read *read,
                const PhMobField *name,
                const PhMobField *value)
{
  g_autofree char *text = g_strndup (name->text, MIN (name->size, PH_LIMIT_NAME_BYTES));
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  set_fact (read, PH_FACT_PROPERTY, valid, value);
}

static void
set_start_facts (Read *read,
                 const PhMobField *fields)
{
  static const struct
  {
    guint field;
    PhFactSection section;
    const char *name;
  } facts[] = {
    { 2, PH_FACT_PROPERTY, "sdk_version" },
    { 3, PH_FACT_PROPERTY, "release" },
    { 4, PH_FACT_USER, "uuid" },
    { 5, PH_FACT_DEVICE, "user_agent" },
    { 6, PH_FACT_DEVICE, "os" },
    { 7, PH_FACT_DEVICE, "os_version" },
    { 8, PH_FACT_DEVICE, "browser" },
    { 9, PH_FACT_DEVICE, "browser_version" },
    { 10, PH_FACT_DEVICE, "device" },
    { 11, PH_FACT_DEVICE, "device_type" },
    { 14, PH_FACT_DEVICE, "country" },
    { 15, PH_FACT_USER, "id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    set_fact (read, facts[i].section, facts[i].name, &fields[facts[i].field]);

  set_time (read, fields[0].number);
}

/* What is known beyond the page. FALSE when it is something else. */
static gboolean
take_fact (Read *read,
           guint type,
           const PhMobField *fields)
{
  switch (type)
    {
    case PH_MOB_SESSION_START:
      set_start_facts (read, fields);
      return TRUE;
    case PH_MOB_USER_ID:
      set_fact (read, PH_FACT_USER, "id", &fields[0]);
      return TRUE;
    case PH_MOB_USER_ANONYMOUS_ID:
      set_fact (read, PH_FACT_USER, "anonymous_id", &fields[0]);
      return TRUE;
    case PH_MOB_METADATA:
    case PH_MOB_TECHNICAL_INFO:
      set_named_fact (read, &fields[0], &fields[1]);
      return TRUE;
    default:
      return FALSE;
    }
}

/* What is no message of a tab. FALSE when it is one. */
static gboolean
take_own (Read *read,
          guint type,
          const PhMobField *fields)
{
  switch (type)
    {
    case PH_MOB_TIMESTAMP:
      set_time (read, fields[0].number);
      return TRUE;
    case PH_MOB_BATCH_META:
      set_time (read, fields[3].number);
      g_free (read->location);
      read->location = g_strndup (fields[4].text, fields[4].size);
      return TRUE;
    case PH_MOB_BATCH_META_OLD:
      set_time (read, fields[2].number);
      return TRUE;
    case PH_MOB_TAB_DATA:
      set_tab (read, &fields[0]);
      return TRUE;
    case PH_MOB_STRING_DICT:
      add_word (read, g_strndup (fields[0].text, fields[0].size), &fields[1]);
      return TRUE;
    case PH_MOB_STRING_DICT_GLOBAL:
      add_word (read, g_strdup_printf ("%" G_GINT64_FORMAT, fields[0].number), &fields[1]);
      return TRUE;
    case PH_MOB_PARTITIONED:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Most messages: their fields are of no interest here. */
static gboolean
is_of_tab (guint type)
{
  return type >= PH_MOB_PAGE_LOCATION_OLD && type <= PH_MOB_CONSOLE_LOG;
}

static gboolean
message_cb (guint type,
            const guint8 *body,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Read *read = user_data;
  PhMobField fields[PH_MOB_MAX_FIELDS] = {};
  const guint8 *at = body;
  PhMobItem item;

  if (type >= PH_MOB_FIRST_MOBILE && type <= PH_MOB_LAST_MOBILE)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                           N_ ("This is an OpenReplay session of a mobile app: a film of the "
                               "screen in another file, and no page to play"));
      return FALSE;
    }

  if (!is_of_tab (type) || type == PH_MOB_REDUX)
    {
      if (ph_mob_read_fields (ph_mob_kind (type), &at, body + size, fields) != PH_MOB_FITS ||
          take_own (read, type, fields) || take_fact (read, type, fields))
        return TRUE;
    }

  item = (PhMobItem) {
    .time = read->time,
    .tab = read->tab,
    .type = type,
    .body = body,
    .size = size,
  };

  /* These say when they happened, and are written down later. */
  if (type == PH_MOB_REDUX && fields[3].number > 0 && fields[3].number <= MAX_TIME)
    item.time = fields[3].number;

  return ph_mob_order_add (read->order, &item, error);
}

/* ---- the reader ---- */

static PhRank
probe (const char *head,
       gsize size,
       gboolean whole)
{
  PhMobGuess guess;

  if (!ph_mob_guess ((const guint8 *) head, size, &guess))
    return PH_RANK_NONE;

  return guess.has_header || guess.start == 0 ? PH_RANK_CERTAIN : PH_RANK_LIKELY;
}

/* Steps over what belongs to a message that begins in another part. */
static gboolean
skip (PhReading *reading,
      gsize size,
      char *chunk,
      GError **error)
{
  if (size > 0)
    ph_health_add (ph_reading_get_health (reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "the first %d bytes belong to a message that begins in another file",
                   (int) size);

  while (size > 0)
    {
      gssize n = ph_reading_pull (reading, chunk, MIN (size, CHUNK), error);

      if (n <= 0)
        return n == 0;

      size -= (gsize) n;
    }

  return TRUE;
}

static gboolean
read_messages (PhReading *reading,
               PhMobCut *cut,
               gsize start,
               GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  if (!skip (reading, start, chunk, error))
    return FALSE;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_mob_cut_feed (cut, (const guint8 *) chunk, (gsize) n, error))
      return FALSE;

  ph_mob_cut_end (cut);

  return n == 0;
}

static gboolean
read_archive (PhReading *reading,
              GError **error)
{
  g_auto (Read) read = { .reading = reading, .time = -1, .first_time = -1, .applied_time = -1 };
  g_autoptr (PhMobCut) cut = NULL;
  PhMobGuess guess = { .framing = PH_MOB_BARE };
  const char *head;
  gsize size;

  head = ph_reading_peek (reading, PH_READER_HEAD_SIZE, &size, error);

  if (head == NULL)
    return FALSE;

  ph_mob_guess ((const guint8 *) head, size, &guess);
  read.health = ph_reading_get_health (reading);
  read.order = ph_mob_order_new (PH_MOB_ORDER_BYTES, apply_cb, &read);
  read.tabs = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_mob_tab_free);
  read.tab_names = g_ptr_array_new_with_free_func (g_free);
  read.dict = g_hash_table_new_full (ph_hash_text, g_str_equal, g_free, g_free);
  g_ptr_array_add (read.tabs, NULL);
  g_ptr_array_add (read.tab_names, NULL);
  cut = ph_mob_cut_new (guess.framing, message_cb, &read, read.health);

  return read_messages (reading, cut, guess.start, error) &&
         ph_mob_order_flush (read.order, error) && flush_tabs (&read, error);
}

const PhReader ph_reader_openreplay = {
  .name = "openreplay",
  .title = "OpenReplay session",
  .join = PH_JOIN_BYTES,
  .probe = probe,
  .read = read_archive,
};
