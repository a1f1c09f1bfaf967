-- Indexes that no query, reference, facet or sort column uses go, and those of facets over millions
-- of rows: counting these takes longer than a page may take, with an index or without, and keeping
-- them costs a writer a seventh of its time.

DROP INDEX mentions_kind;
DROP INDEX mentions_method;
DROP INDEX sections_kind;
DROP INDEX event_evidence_field;
DROP INDEX releases_url;
DROP INDEX releases_content_hash;
DROP INDEX releases_extractor;
DROP INDEX releases_wire;
DROP INDEX releases_dateline_date;
DROP INDEX dates_ends_on;
DROP INDEX figures_value;
DROP INDEX contacts_name;
DROP INDEX contacts_organisation;
CREATE INDEX sources_kind ON sources(kind);
