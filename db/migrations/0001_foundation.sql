-- The whole schema of version 1: facts with the words that prove them, things resolved across
-- releases, human judgements, and the full-text indexes. Migrations are append-only: a change is
-- a new file with the next number.
--
-- `releases.text` stands last because a row longer than a page spills over: columns behind the
-- text would cost a walk through the whole release.

CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  url TEXT
);

CREATE TABLE clusters (
  id INTEGER PRIMARY KEY,
  release_count INTEGER NOT NULL,
  first_release_id INTEGER REFERENCES releases(id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX clusters_first_release_id ON clusters(first_release_id);
CREATE INDEX clusters_release_count ON clusters(release_count);

CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  normalized TEXT NOT NULL,
  also_known_as TEXT NOT NULL DEFAULT '',
  mention_count INTEGER NOT NULL DEFAULT 0,
  release_count INTEGER NOT NULL DEFAULT 0,
  first_seen TEXT,
  last_seen TEXT,
  latitude REAL,
  longitude REAL,
  country TEXT,
  wikidata_id TEXT,
  hidden INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX entities_kind_release_count ON entities(kind, release_count);
CREATE INDEX entities_name ON entities(name);
CREATE INDEX entities_normalized ON entities(normalized);
CREATE INDEX entities_mention_count ON entities(mention_count);
CREATE INDEX entities_release_count ON entities(release_count);
CREATE INDEX entities_first_seen ON entities(first_seen);
CREATE INDEX entities_last_seen ON entities(last_seen);
CREATE INDEX entities_country ON entities(country) WHERE country IS NOT NULL;
CREATE INDEX entities_latitude ON entities(latitude) WHERE latitude IS NOT NULL;
CREATE INDEX entities_wikidata_id ON entities(wikidata_id) WHERE wikidata_id IS NOT NULL;
CREATE INDEX entities_hidden ON entities(id) WHERE hidden = 1;

-- `count` is of mentions with these words, `release_count` of releases whose full name it is.
CREATE TABLE aliases (
  id INTEGER PRIMARY KEY,
  entity_id INTEGER NOT NULL REFERENCES entities(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  normalized TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 0,
  release_count INTEGER NOT NULL DEFAULT 0,
  UNIQUE (entity_id, name)
);
CREATE INDEX aliases_normalized ON aliases(normalized);

CREATE TABLE releases (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  source_id INTEGER NOT NULL REFERENCES sources(id),
  uri TEXT NOT NULL,
  url TEXT,
  title TEXT NOT NULL,
  subtitle TEXT,
  published TEXT,
  published_year INTEGER,
  published_month TEXT,
  language TEXT,
  kind TEXT NOT NULL DEFAULT 'other',
  kind_reason TEXT NOT NULL DEFAULT '',
  issuer TEXT,
  issuer_id INTEGER REFERENCES entities(id),
  release_issuer TEXT,
  dateline_place TEXT,
  dateline_date TEXT,
  dateline_year_from TEXT,
  dateline_start_char INTEGER,
  dateline_end_char INTEGER,
  wire TEXT,
  word_count INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  raw_hash TEXT NOT NULL,
  cluster_id INTEGER REFERENCES clusters(id) ON DELETE SET NULL,
  version INTEGER NOT NULL DEFAULT 1,
  embargo_until TEXT,
  ingested_at TEXT NOT NULL,
  extractor TEXT,
  text TEXT NOT NULL
);
CREATE INDEX releases_source_id ON releases(source_id);
CREATE INDEX releases_uri ON releases(uri);
CREATE INDEX releases_url ON releases(url);
CREATE INDEX releases_title ON releases(title);
CREATE INDEX releases_published ON releases(published);
CREATE INDEX releases_published_year ON releases(published_year);
CREATE INDEX releases_published_month ON releases(published_month);
CREATE INDEX releases_language ON releases(language);
CREATE INDEX releases_kind ON releases(kind, published);
CREATE INDEX releases_issuer_id ON releases(issuer_id, published);
CREATE INDEX releases_dateline_place ON releases(dateline_place);
CREATE INDEX releases_dateline_date ON releases(dateline_date);
CREATE INDEX releases_wire ON releases(wire);
CREATE INDEX releases_word_count ON releases(word_count);
CREATE INDEX releases_content_hash ON releases(content_hash);
CREATE INDEX releases_cluster_id ON releases(cluster_id) WHERE cluster_id IS NOT NULL;
CREATE INDEX releases_embargo_until ON releases(embargo_until) WHERE embargo_until IS NOT NULL;
CREATE INDEX releases_ingested_at ON releases(ingested_at);
CREATE INDEX releases_extractor ON releases(extractor);

-- The bytes as they came, compressed, so that nothing has to be fetched or found again.
CREATE TABLE documents (
  release_id INTEGER PRIMARY KEY REFERENCES releases(id) ON DELETE CASCADE,
  uri TEXT NOT NULL,
  media_type TEXT,
  sha256 TEXT NOT NULL,
  fetched_at TEXT NOT NULL,
  source TEXT NOT NULL,
  hints TEXT NOT NULL,
  size INTEGER NOT NULL,
  content BLOB NOT NULL
);

CREATE TABLE witnesses (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  origin TEXT NOT NULL,
  value TEXT NOT NULL
);
CREATE INDEX witnesses_release_id ON witnesses(release_id);

-- What a release said before it was changed: `difference` leads from this version to the next.
CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  ingested_at TEXT NOT NULL,
  replaced_at TEXT NOT NULL,
  difference TEXT NOT NULL,
  UNIQUE (release_id, version)
);

CREATE TABLE sections (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  organisation TEXT
);
CREATE INDEX sections_release_id ON sections(release_id);
CREATE INDEX sections_kind ON sections(kind);

-- A way of naming a thing that cannot be told apart further: its kind, the key it is looked up
-- by (`block`) and what supports it (`evidence`). One entity has one or more identities.
CREATE TABLE identities (
  id INTEGER PRIMARY KEY,
  entity_id INTEGER NOT NULL REFERENCES entities(id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,
  block TEXT NOT NULL,
  evidence TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  country TEXT,
  UNIQUE (kind, block, evidence)
);
CREATE INDEX identities_entity_id ON identities(entity_id);

-- Why two identities are one entity: the rule and its words.
CREATE TABLE merges (
  id INTEGER PRIMARY KEY,
  identity_id INTEGER NOT NULL REFERENCES identities(id) ON DELETE CASCADE,
  with_identity_id INTEGER NOT NULL REFERENCES identities(id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  reason TEXT NOT NULL,
  judgement_id INTEGER REFERENCES judgements(id),
  UNIQUE (identity_id, with_identity_id)
);
CREATE INDEX merges_with_identity_id ON merges(with_identity_id);
CREATE INDEX merges_rule ON merges(rule);
CREATE INDEX merges_judgement_id ON merges(judgement_id) WHERE judgement_id IS NOT NULL;

-- A thing named in a release: all mentions with one kind and one full name. `reason` says how the
-- name was read (which of several places, for instance). `published` is the release's, repeated
-- here so that a dossier reads its newest releases straight from the index.
CREATE TABLE appearances (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  entity_id INTEGER NOT NULL REFERENCES entities(id),
  identity_id INTEGER NOT NULL REFERENCES identities(id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  published TEXT,
  mention_count INTEGER NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX appearances_release_id ON appearances(release_id);
CREATE INDEX appearances_entity_id ON appearances(entity_id, published, release_id);
CREATE INDEX appearances_identity_id ON appearances(identity_id);

-- "BSC" was written for "Beijing Society for Circuits" in this release.
CREATE TABLE acronyms (
  acronym TEXT NOT NULL,
  block TEXT NOT NULL,
  release_id INTEGER NOT NULL
    REFERENCES releases(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (acronym, block, release_id)
) WITHOUT ROWID;
CREATE INDEX acronyms_block ON acronyms(block);
CREATE INDEX acronyms_release_id ON acronyms(release_id);

CREATE TABLE mentions (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  entity_id INTEGER NOT NULL REFERENCES entities(id),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  name TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  method TEXT NOT NULL,
  score REAL NOT NULL
);
CREATE INDEX mentions_release_id ON mentions(release_id);
CREATE INDEX mentions_entity_id ON mentions(entity_id, release_id);
CREATE INDEX mentions_kind ON mentions(kind);
CREATE INDEX mentions_method ON mentions(method);

CREATE TABLE dates (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  precision TEXT NOT NULL,
  time TEXT,
  timezone TEXT
);
CREATE INDEX dates_release_id ON dates(release_id);
CREATE INDEX dates_starts_on ON dates(starts_on);
CREATE INDEX dates_ends_on ON dates(ends_on);
CREATE INDEX dates_precision ON dates(precision);

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  entity_id INTEGER NOT NULL UNIQUE REFERENCES entities(id),
  name TEXT NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  venue_id INTEGER REFERENCES entities(id),
  place_id INTEGER REFERENCES entities(id),
  release_count INTEGER NOT NULL DEFAULT 0,
  edition INTEGER,
  series TEXT,
  theme TEXT,
  mode TEXT,
  start_time TEXT,
  timezone TEXT,
  address TEXT
);
CREATE INDEX events_name ON events(name);
CREATE INDEX events_starts_on ON events(starts_on);
CREATE INDEX events_ends_on ON events(ends_on);
CREATE INDEX events_venue_id ON events(venue_id);
CREATE INDEX events_place_id ON events(place_id);
CREATE INDEX events_release_count ON events(release_count);
CREATE INDEX events_series ON events(series);
CREATE INDEX events_mode ON events(mode);

-- The event as one release tells it. `events` holds what most announcements say.
CREATE TABLE announcements (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  event_id INTEGER NOT NULL REFERENCES events(id),
  name TEXT NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  venue TEXT,
  venue_id INTEGER REFERENCES entities(id),
  place TEXT,
  place_id INTEGER REFERENCES entities(id),
  edition INTEGER,
  series TEXT,
  theme TEXT,
  mode TEXT,
  start_time TEXT,
  timezone TEXT,
  address TEXT
);
CREATE INDEX announcements_release_id ON announcements(release_id);
CREATE INDEX announcements_event_id ON announcements(event_id);
CREATE INDEX announcements_venue_id ON announcements(venue_id);
CREATE INDEX announcements_place_id ON announcements(place_id);

CREATE TABLE event_parties (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES events(id),
  entity_id INTEGER NOT NULL REFERENCES entities(id),
  role TEXT NOT NULL,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  announcement_id INTEGER NOT NULL REFERENCES announcements(id) ON DELETE CASCADE
);
CREATE INDEX event_parties_event_id ON event_parties(event_id);
CREATE INDEX event_parties_entity_id ON event_parties(entity_id);
CREATE INDEX event_parties_role ON event_parties(role);
CREATE INDEX event_parties_release_id ON event_parties(release_id);
CREATE INDEX event_parties_announcement_id ON event_parties(announcement_id);

CREATE TABLE event_evidence (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES events(id),
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  announcement_id INTEGER NOT NULL REFERENCES announcements(id) ON DELETE CASCADE,
  derived INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX event_evidence_event_id ON event_evidence(event_id);
CREATE INDEX event_evidence_release_id ON event_evidence(release_id);
CREATE INDEX event_evidence_field ON event_evidence(field);
CREATE INDEX event_evidence_announcement_id ON event_evidence(announcement_id);

CREATE TABLE roles (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES entities(id),
  title TEXT NOT NULL,
  organisation_id INTEGER REFERENCES entities(id),
  former INTEGER NOT NULL,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  person TEXT NOT NULL,
  organisation TEXT
);
CREATE INDEX roles_person_id ON roles(person_id);
CREATE INDEX roles_organisation_id ON roles(organisation_id);
CREATE INDEX roles_release_id ON roles(release_id);
CREATE INDEX roles_title ON roles(title);
CREATE INDEX roles_former ON roles(former);

CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  speaker_id INTEGER REFERENCES entities(id),
  speaker TEXT,
  cue TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX quotes_release_id ON quotes(release_id);
CREATE INDEX quotes_speaker_id ON quotes(speaker_id);
CREATE INDEX quotes_cue ON quotes(cue);

CREATE TABLE contacts (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  name TEXT,
  organisation TEXT,
  email TEXT,
  phone TEXT,
  web TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL
);
CREATE INDEX contacts_release_id ON contacts(release_id);
CREATE INDEX contacts_name ON contacts(name);
CREATE INDEX contacts_organisation ON contacts(organisation);
CREATE INDEX contacts_email ON contacts(email);

CREATE TABLE figures (
  id INTEGER PRIMARY KEY,
  release_id INTEGER NOT NULL REFERENCES releases(id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  value REAL NOT NULL,
  unit TEXT NOT NULL,
  qualifier TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL
);
CREATE INDEX figures_release_id ON figures(release_id);
CREATE INDEX figures_unit ON figures(unit);
CREATE INDEX figures_value ON figures(value);

-- Human decisions. `left` and `right` name identities (kind, block and evidence), never row
-- numbers, so that they hold after every re-extraction; a new name or kind stands in `right`.
CREATE TABLE judgements (
  id INTEGER PRIMARY KEY,
  "left" TEXT NOT NULL,
  "right" TEXT,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'rename', 'kind', 'hide')),
  note TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  deleted_at TEXT
);
CREATE INDEX judgements_left ON judgements("left");
CREATE INDEX judgements_right ON judgements("right");
CREATE INDEX judgements_verdict ON judgements(verdict);

CREATE TABLE problems (
  id INTEGER PRIMARY KEY,
  uri TEXT NOT NULL,
  release_id INTEGER REFERENCES releases(id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  start_char INTEGER,
  created_at TEXT NOT NULL
);
CREATE INDEX problems_uri ON problems(uri);
CREATE INDEX problems_release_id ON problems(release_id);
CREATE INDEX problems_stage ON problems(stage);
CREATE INDEX problems_code ON problems(code);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  command TEXT NOT NULL,
  version TEXT NOT NULL,
  releases INTEGER NOT NULL DEFAULT 0,
  problems INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX runs_started_at ON runs(started_at);

-- What `dateline watch` remembers of a feed: ETag, last item, next visit (JSON).
CREATE TABLE feeds (
  url TEXT PRIMARY KEY,
  state TEXT NOT NULL
) WITHOUT ROWID;

-- MinHash signatures, and their bands under the day bucket they were published in: copies of one
-- release share a band and come out within a few days of each other.
CREATE TABLE fingerprints (
  release_id INTEGER PRIMARY KEY REFERENCES releases(id) ON DELETE CASCADE,
  day INTEGER NOT NULL,
  signature BLOB NOT NULL
);
CREATE TABLE fingerprint_bands (
  bucket INTEGER NOT NULL,
  band INTEGER NOT NULL,
  release_id INTEGER NOT NULL,
  PRIMARY KEY (bucket, band, release_id)
) WITHOUT ROWID;

-- Single characters and pairs of Chinese, Japanese and Korean names, which are too short for the
-- three-letter index.
CREATE TABLE name_grams (
  gram TEXT NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entities(id) ON DELETE CASCADE,
  PRIMARY KEY (gram, entity_id)
) WITHOUT ROWID;
CREATE INDEX name_grams_entity_id ON name_grams(entity_id);

CREATE VIRTUAL TABLE releases_fts USING fts5(
  title, text, content="releases", content_rowid="id",
  tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER releases_fts_insert AFTER INSERT ON releases BEGIN
  INSERT INTO releases_fts(rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER releases_fts_delete AFTER DELETE ON releases BEGIN
  INSERT INTO releases_fts(releases_fts, rowid, title, text)
  VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER releases_fts_update AFTER UPDATE OF title, text ON releases BEGIN
  INSERT INTO releases_fts(releases_fts, rowid, title, text)
  VALUES ('delete', old.id, old.title, old.text);
  INSERT INTO releases_fts(rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE VIRTUAL TABLE entities_fts USING fts5(
  name, also_known_as, content="entities", content_rowid="id", tokenize="trigram"
);
CREATE TRIGGER entities_fts_insert AFTER INSERT ON entities BEGIN
  INSERT INTO entities_fts(rowid, name, also_known_as)
  VALUES (new.id, new.name, new.also_known_as);
END;
CREATE TRIGGER entities_fts_delete AFTER DELETE ON entities BEGIN
  INSERT INTO entities_fts(entities_fts, rowid, name, also_known_as)
  VALUES ('delete', old.id, old.name, old.also_known_as);
END;
CREATE TRIGGER entities_fts_update AFTER UPDATE OF name, also_known_as ON entities BEGIN
  INSERT INTO entities_fts(entities_fts, rowid, name, also_known_as)
  VALUES ('delete', old.id, old.name, old.also_known_as);
  INSERT INTO entities_fts(rowid, name, also_known_as)
  VALUES (new.id, new.name, new.also_known_as);
END;

-- Views for people.

CREATE VIEW event_calendar AS
SELECT
  events.id AS event_id,
  events.starts_on,
  events.ends_on,
  events.name AS event,
  venues.name AS venue,
  places.name AS place,
  places.country AS country,
  (SELECT group_concat(name, '; ') FROM (
    SELECT DISTINCT entities.name AS name FROM event_parties
    JOIN entities ON entities.id = event_parties.entity_id
    WHERE event_parties.event_id = events.id
      AND event_parties.role IN ('host', 'organiser', 'co-organiser')
    ORDER BY entities.name)) AS hosts,
  (SELECT group_concat(name, '; ') FROM (
    SELECT DISTINCT entities.name AS name FROM event_parties
    JOIN entities ON entities.id = event_parties.entity_id
    WHERE event_parties.event_id = events.id
      AND event_parties.role IN ('sponsor', 'supporter')
    ORDER BY entities.name)) AS sponsors,
  events.mode,
  events.release_count,
  places.latitude,
  places.longitude,
  events.entity_id
FROM events
LEFT JOIN entities AS venues ON venues.id = events.venue_id
LEFT JOIN entities AS places ON places.id = events.place_id;

CREATE VIEW people_directory AS
SELECT
  people.id AS person_id,
  people.name AS person,
  (SELECT roles.title FROM roles JOIN releases ON releases.id = roles.release_id
   WHERE roles.person_id = people.id AND roles.former = 0
   ORDER BY releases.published DESC, roles.id LIMIT 1) AS latest_title,
  (SELECT entities.name FROM roles JOIN releases ON releases.id = roles.release_id
   JOIN entities ON entities.id = roles.organisation_id
   WHERE roles.person_id = people.id AND roles.former = 0
   ORDER BY releases.published DESC, roles.id LIMIT 1) AS latest_organisation,
  (SELECT count(*) FROM quotes WHERE quotes.speaker_id = people.id) AS quote_count,
  people.release_count,
  people.mention_count,
  people.first_seen,
  people.last_seen
FROM entities AS people
WHERE people.kind = 'person' AND people.hidden = 0;

CREATE VIEW titles_over_time AS
SELECT
  people.id AS person_id,
  people.name AS person,
  roles.title,
  organisations.name AS organisation,
  roles.former,
  releases.published,
  releases.id AS release_id,
  releases.title AS release
FROM roles
JOIN entities AS people ON people.id = roles.person_id
LEFT JOIN entities AS organisations ON organisations.id = roles.organisation_id
JOIN releases ON releases.id = roles.release_id;

CREATE VIEW quotations AS
SELECT
  quotes.id AS quote_id,
  speakers.name AS speaker,
  quotes.text,
  quotes.cue,
  releases.published,
  releases.title AS release,
  releases.id AS release_id,
  quotes.speaker_id
FROM quotes
JOIN releases ON releases.id = quotes.release_id
LEFT JOIN entities AS speakers ON speakers.id = quotes.speaker_id;

CREATE VIEW press_contacts AS
SELECT
  contacts.name,
  contacts.organisation,
  contacts.email,
  contacts.phone,
  contacts.web,
  max(releases.published) AS last_seen,
  count(DISTINCT contacts.release_id) AS release_count
FROM contacts
JOIN releases ON releases.id = contacts.release_id
GROUP BY contacts.name, contacts.organisation, contacts.email, contacts.phone, contacts.web;

CREATE VIEW places_map AS
SELECT id AS place_id, name AS place, country, release_count, mention_count, latitude, longitude
FROM entities
WHERE kind = 'place' AND latitude IS NOT NULL AND hidden = 0;
