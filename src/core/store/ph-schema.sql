-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A Playhead recording: one web session, indexed. All times are microseconds since
-- the session's start, event numbers count from 0 in the order events are applied in,
-- windows count from 0. Columns named data hold one zstd frame; columns named checksum
-- are CRC-32 over the other columns of the row and the frame.

PRAGMA application_id = 0x50484431;
PRAGMA user_version = 3;

-- What is known of the session as a whole. It is whole when the key complete is there.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

CREATE TABLE window (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  first_picture INTEGER, -- time of its first full snapshot
  events INTEGER NOT NULL
);

-- Runs of consecutive events, byte for byte as they were recorded, but taken apart into
-- columns: what changes little lies together. ph-chunk.c and ph-columns.h have the layout.
CREATE TABLE chunk (
  number INTEGER PRIMARY KEY,
  first_event INTEGER NOT NULL,
  events INTEGER NOT NULL,
  begin INTEGER NOT NULL, -- time of its first event
  "end" INTEGER NOT NULL, -- and of its last
  size INTEGER NOT NULL,  -- of the zstd frame's content
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL
);

-- Whole pages to start from: the page of a window when event next_event comes.
CREATE TABLE keyframe (
  number INTEGER PRIMARY KEY,
  window INTEGER NOT NULL,
  snapshot INTEGER NOT NULL,   -- event number of the full snapshot it grew from
  next_event INTEGER NOT NULL,
  time INTEGER NOT NULL,
  against INTEGER, -- the keyframe that zstd needs as prefix to unpack it
  size INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL
);

-- Full snapshots, and the events before them that they do not bring themselves.
CREATE TABLE snapshot (
  event INTEGER PRIMARY KEY,
  window INTEGER NOT NULL,
  meta INTEGER,  -- event number of the last meta event
  resize INTEGER -- and of the last viewport resize since
);

-- From time on the user is in window.
CREATE TABLE focus (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  window INTEGER NOT NULL
);

CREATE TABLE page (
  number INTEGER PRIMARY KEY,
  window INTEGER NOT NULL,
  begin INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL
);

CREATE TABLE moment (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  window INTEGER NOT NULL,
  kind TEXT NOT NULL,
  severity INTEGER NOT NULL, -- 0 information, 1 warning, 2 error
  node INTEGER,
  text TEXT NOT NULL
);

-- SELECT moment.* FROM moment JOIN moment_text ON number = moment_text.rowid
-- WHERE moment_text MATCH 'word';
CREATE VIRTUAL TABLE moment_text USING fts5 (text, content = 'moment', content_rowid = 'number');

-- Stretches in which the user did nothing for long.
CREATE TABLE idle (
  begin INTEGER PRIMARY KEY,
  "end" INTEGER NOT NULL
);

-- How much the user did: meta has the length of a step as activity_step.
CREATE TABLE activity (
  step INTEGER PRIMARY KEY,
  events INTEGER NOT NULL
);

-- What was wrong with the archive: how often, and some examples.
CREATE TABLE finding (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  time INTEGER,
  text TEXT,             -- NULL in the row that only counts
  events INTEGER NOT NULL -- how many this row stands for
);

-- Where the pointer of each window was.
CREATE TABLE pointer (
  window INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL
);

-- What people wrote down. These rows are no part of what was recorded and no digest
-- covers them; a note of the same id and changed later stands for one changed before.
CREATE TABLE note (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE, -- a UUID
  begin INTEGER NOT NULL,
  "end" INTEGER,           -- NULL: a moment, no span
  window INTEGER,
  node INTEGER,            -- the element it points at
  x INTEGER,               -- or the spot on the page, CSS pixels
  y INTEGER,
  kind TEXT NOT NULL,      -- observation, problem, idea, question, praise
  severity TEXT NOT NULL,  -- none, low, medium, high
  text TEXT NOT NULL,
  tags TEXT NOT NULL,      -- one a line
  created INTEGER NOT NULL, -- microseconds since the epoch
  changed INTEGER NOT NULL
);

-- What the pages name and the archive does not bring: pictures, sheets, fonts …
CREATE TABLE asset (
  number INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  kind TEXT NOT NULL,
  time INTEGER NOT NULL, -- when it was named first
  window INTEGER NOT NULL
);
