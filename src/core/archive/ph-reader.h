/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-bundle.h"
#include "ph-reading.h"

G_BEGIN_DECLS

/* How sure a reader is that a file is its own. */
typedef enum
{
  PH_RANK_NONE = 0,
  PH_RANK_POSSIBLE = 10, /* nothing speaks against it */
  PH_RANK_LIKELY = 50,   /* it begins like one */
  PH_RANK_CERTAIN = 100, /* a whole event was seen */
  PH_RANK_OWN = 150,     /* in a shape that is this format's alone */
} PhRank;

/* How files are read that are parts of one recording. */
typedef enum
{
  PH_JOIN_EACH = 0, /* each for itself, one after the other */
  PH_JOIN_LINES,    /* as one text, a line end in between: a part needs those before it */
  PH_JOIN_BYTES,    /* as one stream of bytes: a part may begin in the middle of anything */
} PhJoin;

/*
 * One format. Readers are constants, each in a file of its own, and stand in
 * the table of ph-reader.c; the one that ranks highest reads the file.
 */
typedef struct
{
  const char *name;  /* `rrweb-array`: stable, for JSON */
  const char *title; /* for people */
  /* @head is how the unpacked file begins; @whole when that is all of it. */
  PhRank (*probe) (const char *head,
                   gsize size,
                   gboolean whole);
  gboolean (*read) (PhReading *reading,
                    GError **error);
  /*
   * For a format whose recordings are archives of files themselves; NULL for others.
   * @bundle is a zip, a tar or a folder (ph-bundle.h). To probe it looks at names, and
   * into members where names do not tell enough. To read it opens members in any order
   * it likes, several at a time: a member that is an archive for itself with
   * ph_reading_read_nested(), one whose bytes it reads itself with ph_reading_enter(),
   * ph_reading_pull() and ph_reading_leave(), which see to it that what is unpacked stays
   * bounded, that it can be cancelled and that progress is told; a picture or a sheet
   * that belongs to an event with g_input_stream_read_all() up to a limit of its own.
   * A format that is only ever a bundle has no @probe and no @read.
   */
  PhRank (*probe_bundle) (PhBundle *bundle,
                          GCancellable *cancellable);
  gboolean (*read_bundle) (PhReading *reading,
                           PhBundle *bundle,
                           GCancellable *cancellable,
                           GError **error);
  PhJoin join; /* how parts of one recording are read */
} PhReader;

/* Enough of a file to know it by. */
#define PH_READER_HEAD_SIZE ((gsize) 64 * 1024)

/* The reader for a file that begins like this, or NULL. @rank may be NULL. */
const PhReader *ph_reader_find (const char *head,
                                gsize size,
                                gboolean whole,
                                PhRank *rank);

/* The reader for an archive of files, or NULL when none takes it as a whole. */
const PhReader *ph_reader_find_bundle (PhBundle *bundle,
                                       GCancellable *cancellable);

/* Says what the file seems to be that no reader takes: an error of PH_ERROR. */
GError *ph_reader_explain (const char *head,
                           gsize size);

extern const PhReader ph_reader_clarity;
extern const PhReader ph_reader_datadog;
extern const PhReader ph_reader_faro;
extern const PhReader ph_reader_har;
extern const PhReader ph_reader_highlight;
extern const PhReader ph_reader_highlight_object;
extern const PhReader ph_reader_openreplay;
extern const PhReader ph_reader_playwright;
extern const PhReader ph_reader_posthog_api;
extern const PhReader ph_reader_posthog_blob;
extern const PhReader ph_reader_posthog_export;
extern const PhReader ph_reader_posthog_snappy;
extern const PhReader ph_reader_rrweb_array;
extern const PhReader ph_reader_rrweb_ndjson;
extern const PhReader ph_reader_rrweb_object;
extern const PhReader ph_reader_script;
extern const PhReader ph_reader_sentry;
extern const PhReader ph_reader_snapshot;

G_END_DECLS
