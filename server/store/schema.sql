-- Version 3 of the store. Few, fat rows: an article with its claims is one value, and a row beside
-- it exists only where a question needs one. Values are sealed (seal.h) messages of records.proto.
-- Tables that grow at their end are cheap; article_key is the one that is written all over.

CREATE TABLE state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch TEXT NOT NULL,
  last_figure INTEGER NOT NULL,
  last_alert INTEGER NOT NULL,
  last_position INTEGER NOT NULL,
  oldest_position INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  alerts INTEGER NOT NULL,
  commits INTEGER NOT NULL DEFAULT 0,       -- high_water.h
  pages_checked INTEGER NOT NULL DEFAULT 0  -- 1: made with checked pages (checked_pages.h)
) STRICT;

CREATE TABLE article (
  sequence INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL,
  content_hash BLOB NOT NULL,
  story INTEGER NOT NULL,
  version INTEGER NOT NULL,
  state INTEGER NOT NULL,
  language_read INTEGER NOT NULL,
  sequenced INTEGER NOT NULL,   -- microseconds since 1970
  claims INTEGER NOT NULL,
  placement BLOB NOT NULL,
  content BLOB NOT NULL
) STRICT;

-- All versions of an article_id, by its 64-bit hash: two ids with one hash are told apart by the row.
CREATE TABLE article_key (
  hash INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (hash, sequence)
) STRICT, WITHOUT ROWID;

-- What linking needs of every article; read from end to end at each start.
CREATE TABLE link (
  sequence INTEGER PRIMARY KEY,
  story INTEGER NOT NULL,
  language_read INTEGER NOT NULL,
  features BLOB NOT NULL
) STRICT;

CREATE TABLE story (
  id INTEGER PRIMARY KEY,
  last_article INTEGER NOT NULL,
  record BLOB NOT NULL
) STRICT;
CREATE INDEX story_by_activity ON story (last_article);

CREATE TABLE story_article (
  story INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (story, sequence)
) STRICT, WITHOUT ROWID;

-- New figures of one story, ids first..last, in one row.
CREATE TABLE figures (
  first INTEGER PRIMARY KEY,
  last INTEGER NOT NULL,
  story INTEGER NOT NULL,
  record BLOB NOT NULL
) STRICT;

CREATE TABLE story_figures (
  story INTEGER NOT NULL,
  first INTEGER NOT NULL,
  PRIMARY KEY (story, first)
) STRICT, WITHOUT ROWID;

-- Claims that were taken back; few.
CREATE TABLE withdrawn (claim INTEGER PRIMARY KEY) STRICT;

CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  story INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  measure TEXT NOT NULL,
  record BLOB NOT NULL
) STRICT;
CREATE INDEX alert_by_story ON alert (story, id);
CREATE INDEX alert_by_state ON alert (state, id);

CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  change INTEGER NOT NULL,
  record BLOB NOT NULL,
  sequence INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Named subscriptions, and what they have parked.
CREATE TABLE subscription (id TEXT PRIMARY KEY, record BLOB NOT NULL) STRICT;

CREATE TABLE parked (
  subscription TEXT NOT NULL,
  position INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (subscription, position)
) STRICT, WITHOUT ROWID;
