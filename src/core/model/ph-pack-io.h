/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-names.h"

G_BEGIN_DECLS

/*
 * The streams of a packed page (ph-dom-pack.h), for ph-dom-pack.c and for the
 * parts of a page that pack themselves. What is alike lies together, so that a
 * page squeezed against an earlier one costs little more than what differs.
 * Numbers are LEB128, strings end with a NUL, a name is written in full where it
 * first stands and as its number after that.
 */
typedef enum
{
  PH_PACK_TREE,   /* heads, names, numbers */
  PH_PACK_IDS,    /* what each id is above the one before it (zigzag) */
  PH_PACK_VALUES, /* values of attributes and form controls */
  PH_PACK_TEXTS,  /* texts, and rules of style sheets */
  PH_PACK_N_STREAMS,
} PhPackStream;

/* ---- writing ---- */

typedef struct
{
  PhNames *texts; /* of the page; not owned */
  GByteArray *out[PH_PACK_N_STREAMS];
  GHashTable *numbers; /* PhName → number + 1 */
  gint64 last_id;
} PhPackOut;

PhPackOut ph_pack_out_begin (PhNames *names);
/* The bytes: @format, the sizes of all streams but the last, the streams. Frees @out's parts. */
GBytes *ph_pack_out_finish (PhPackOut *out,
                            guint8 format);

void ph_pack_put_byte (PhPackOut *out,
                       guint8 byte);
void ph_pack_put_number (PhPackOut *out,
                         guint64 number);
void ph_pack_put_id (PhPackOut *out,
                     gint32 id);
void ph_pack_put_double (PhPackOut *out,
                         double number);
void ph_pack_put_string (PhPackOut *out,
                         PhPackStream stream,
                         const char *text);
void ph_pack_put_name (PhPackOut *out,
                       PhName name);

/* ---- reading ---- */

typedef struct
{
  const guint8 *at;
  const guint8 *end;
} PhPackInput;

/*
 * The bytes may come from a damaged file. Reading past an end or what is no
 * number, name or UTF-8 text sets @bad and gives 0, "" or the byte 0xff: callers
 * look at @bad before they go round a loop again.
 */
typedef struct
{
  PhNames *texts; /* not owned */
  PhPackInput in[PH_PACK_N_STREAMS];
  GArray *names; /* number − 1 → PhName */
  gint64 last_id;
  gboolean bad;
} PhPackIn;

/* @bytes must live as long as what is read. */
PhPackIn ph_pack_in_begin (GBytes *bytes,
                           guint8 format,
                           PhNames *names);
/* TRUE when everything was read to its end and was right; frees @in's parts. */
gboolean ph_pack_in_finish (PhPackIn *in);
/* Whether the tree goes on. */
gboolean ph_pack_in_has_more (const PhPackIn *in);

guint8 ph_pack_take_byte (PhPackIn *in);
guint64 ph_pack_take_number (PhPackIn *in);
/* At most @limit; more is no number of ours. */
guint64 ph_pack_take_bounded (PhPackIn *in,
                              guint64 limit);
gint32 ph_pack_take_id (PhPackIn *in);
double ph_pack_take_double (PhPackIn *in);
/* Never NULL; the caller releases it. */
GRefString *ph_pack_take_string (PhPackIn *in,
                                 PhPackStream stream);
PhName ph_pack_take_name (PhPackIn *in);

G_END_DECLS
