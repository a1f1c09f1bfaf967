-- An entity's number is the lowest number of its identities, so it does not depend on how releases
-- were batched, and undoing a merge gives both entities their numbers back. A number that has
-- become part of another entity leads there: SELECT entity_id FROM identities WHERE id = :number.
-- Numbers are never given out twice (AUTOINCREMENT), or an old address could lead to a stranger.

CREATE TABLE identities_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity_id INTEGER NOT NULL REFERENCES entities(id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,
  block TEXT NOT NULL,
  evidence TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  country TEXT,
  UNIQUE (kind, block, evidence)
);
INSERT INTO identities_new SELECT * FROM identities;
DROP TABLE identities;
ALTER TABLE identities_new RENAME TO identities;
CREATE INDEX identities_entity_id ON identities(entity_id);

-- Documents that must not be stored again: a hash of the address, nothing that tells what it was.
CREATE TABLE forgotten (
  hash TEXT PRIMARY KEY,
  created_at TEXT NOT NULL
) WITHOUT ROWID;
