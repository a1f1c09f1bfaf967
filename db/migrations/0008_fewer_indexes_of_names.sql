-- Indexes by which nothing is found and hardly anybody sorts. Each new release changes a page of most
-- of them, far from the pages it changes anyway: of a large file they cost as much as the full text.

DROP INDEX entities_mention_count;
DROP INDEX entities_last_seen;
DROP INDEX releases_title;
DROP INDEX releases_word_count;
DROP INDEX contacts_email;
DROP INDEX dates_starts_on;

-- Most things have one identity, the first of their entity, and their appearances are found by it.
DROP INDEX appearances_identity_id;
CREATE INDEX appearances_identity_id ON appearances(identity_id) WHERE identity_id <> entity_id;
