-- An insert trigger on a table with full text makes SQLite open a statement journal for each row,
-- at which FTS5 writes out its memory: five times the work. The store therefore announces itself
-- in `_bulk_load` (empty outside its transactions) and enters new rows into the indexes in one go;
-- rows written by anybody else are still entered by the triggers.

CREATE TABLE _bulk_load (writer TEXT NOT NULL);

DROP TRIGGER releases_fts_insert;
CREATE TRIGGER releases_fts_insert AFTER INSERT ON releases
WHEN NOT EXISTS (SELECT 1 FROM _bulk_load) BEGIN
  INSERT INTO releases_fts(rowid, title, text) VALUES (new.id, new.title, new.text);
END;

DROP TRIGGER quotes_fts_insert;
CREATE TRIGGER quotes_fts_insert AFTER INSERT ON quotes
WHEN NOT EXISTS (SELECT 1 FROM _bulk_load) BEGIN
  INSERT INTO quotes_fts(rowid, text) VALUES (new.id, new.text);
END;

DROP TRIGGER entities_fts_insert;
CREATE TRIGGER entities_fts_insert AFTER INSERT ON entities
WHEN NOT EXISTS (SELECT 1 FROM _bulk_load) BEGIN
  INSERT INTO entities_fts(rowid, name, also_known_as)
  VALUES (new.id, new.name, new.also_known_as);
END;
DROP TRIGGER entities_fts_delete;
CREATE TRIGGER entities_fts_delete AFTER DELETE ON entities
WHEN NOT EXISTS (SELECT 1 FROM _bulk_load) BEGIN
  INSERT INTO entities_fts(entities_fts, rowid, name, also_known_as)
  VALUES ('delete', old.id, old.name, old.also_known_as);
END;
DROP TRIGGER entities_fts_update;
CREATE TRIGGER entities_fts_update AFTER UPDATE OF name, also_known_as ON entities
WHEN NOT EXISTS (SELECT 1 FROM _bulk_load) BEGIN
  INSERT INTO entities_fts(entities_fts, rowid, name, also_known_as)
  VALUES ('delete', old.id, old.name, old.also_known_as);
  INSERT INTO entities_fts(rowid, name, also_known_as)
  VALUES (new.id, new.name, new.also_known_as);
END;

-- Segments are merged eight at a time instead of four: less rewriting, the same answers.
INSERT INTO releases_fts(releases_fts, rank) VALUES ('automerge', 8);
INSERT INTO entities_fts(entities_fts, rank) VALUES ('automerge', 8);
INSERT INTO quotes_fts(quotes_fts, rank) VALUES ('automerge', 8);
INSERT INTO releases_fts(releases_fts, rank) VALUES ('hashsize', 16777216);
INSERT INTO entities_fts(entities_fts, rank) VALUES ('hashsize', 16777216);
