-- Whether a release names an entity, and whose a name is, are read from the index alone.

DROP INDEX appearances_release_id;
CREATE INDEX appearances_release_id ON appearances(release_id, entity_id);
DROP INDEX aliases_normalized;
CREATE INDEX aliases_normalized ON aliases(normalized, entity_id);

-- The views for people leave out what a decision hides, as every page does. Hidden names are few and
-- have an index of their own: what is asked of events or roles is best compared with them.

DROP VIEW event_calendar;
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
    WHERE event_parties.event_id = events.id AND entities.hidden = 0
      AND event_parties.role IN ('host', 'organiser', 'co-organiser')
    ORDER BY entities.name)) AS hosts,
  (SELECT group_concat(name, '; ') FROM (
    SELECT DISTINCT entities.name AS name FROM event_parties
    JOIN entities ON entities.id = event_parties.entity_id
    WHERE event_parties.event_id = events.id AND entities.hidden = 0
      AND event_parties.role IN ('sponsor', 'supporter')
    ORDER BY entities.name)) AS sponsors,
  events.mode,
  events.release_count,
  places.latitude AS latitude,
  places.longitude AS longitude,
  events.entity_id
FROM events
LEFT JOIN entities AS venues ON venues.id = events.venue_id AND venues.hidden = 0
LEFT JOIN entities AS places ON places.id = events.place_id AND places.hidden = 0
WHERE events.entity_id NOT IN (SELECT id FROM entities WHERE hidden = 1);

DROP VIEW people_directory;
CREATE VIEW people_directory AS
SELECT
  people.id AS person_id,
  people.name AS person,
  (SELECT roles.title FROM roles JOIN releases ON releases.id = roles.release_id
   WHERE roles.person_id = people.id AND roles.former = 0
   ORDER BY releases.published DESC, roles.id LIMIT 1) AS latest_title,
  (SELECT entities.name FROM roles JOIN releases ON releases.id = roles.release_id
   JOIN entities ON entities.id = roles.organisation_id AND entities.hidden = 0
   WHERE roles.person_id = people.id AND roles.former = 0
   ORDER BY releases.published DESC, roles.id LIMIT 1) AS latest_organisation,
  (SELECT count(*) FROM quotes WHERE quotes.speaker_id = people.id) AS quote_count,
  people.release_count,
  people.mention_count,
  people.first_seen,
  people.last_seen
FROM entities AS people
WHERE people.kind = 'person' AND people.hidden = 0;

DROP VIEW titles_over_time;
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
LEFT JOIN entities AS organisations
  ON organisations.id = roles.organisation_id AND organisations.hidden = 0
JOIN releases ON releases.id = roles.release_id
WHERE roles.person_id NOT IN (SELECT id FROM entities WHERE hidden = 1);

DROP VIEW quotations;
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
LEFT JOIN entities AS speakers ON speakers.id = quotes.speaker_id AND speakers.hidden = 0;
