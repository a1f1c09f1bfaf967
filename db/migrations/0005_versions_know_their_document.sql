-- Two documents may be states of one release: a page, and the corrected page under the same
-- address. Which document an older state came from says that it need not be read again.

ALTER TABLE versions ADD COLUMN uri TEXT;
ALTER TABLE versions ADD COLUMN raw_hash TEXT;
CREATE INDEX versions_uri ON versions(uri);
