"""Find releases and names for the search page: as fast as typing, facets beside the hits."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping

from .releases import by_ids
from .rows import Row, marks, rows

#: Matching releases that are ranked and counted; a word that stands in more of them is judged by
#: the newest ones, so that a search for "company" takes no longer than one for a rare name.
CANDIDATES = 2000
TITLE_WEIGHT, TEXT_WEIGHT = 5.0, 1.0
FACET_SIZE = 8

#: Facet name -> the column of the candidate rows it counts.
FACETS = {
    "kind": "kind",
    "year": "published_year",
    "source": "source",
    "place": "dateline_place",
    "issuer": "issuer",
    "language": "language",
}


def suggestions(conn: sqlite3.Connection, prefix: str, *, limit: int = 8) -> list[Row]:
    """Names for what has been typed so far: first those that begin with it."""
    typed = prefix.strip()
    if not typed:
        return []
    found = _beginning(conn, typed, limit)
    if len(typed) >= 3 and len(found) < limit:
        known = {entry["id"] for entry in found}
        found += [e for e in containing(conn, typed, limit=limit) if e["id"] not in known]
    return found[:limit]


#: One or two letters begin too many names to sort them all: the best known ones are looked at.
BEST_KNOWN = 5000
NAMES_READ = 500

SHORT = """SELECT * FROM (
  SELECT id, kind, name, release_count, hidden FROM entities
  ORDER BY release_count DESC LIMIT :read)
WHERE name >= :start AND name < :after AND hidden = 0 LIMIT :limit"""
LONG = """SELECT * FROM (
  SELECT id, kind, name, release_count, hidden FROM entities
  WHERE name >= :start AND name < :after AND hidden = 0 LIMIT :read)
ORDER BY release_count DESC, id LIMIT :limit"""


def _beginning(conn: sqlite3.Connection, typed: str, limit: int) -> list[Row]:
    """Entities whose name begins with the typed words, in the usual cases of a first letter."""
    sql, read = (SHORT, BEST_KNOWN) if len(typed) < 3 else (LONG, NAMES_READ)
    found: dict[int, Row] = {}
    cased = (typed, typed[:1].upper() + typed[1:], typed.title(), typed.upper())
    for start in dict.fromkeys(cased):
        values = {"start": start, "after": start + "\U0010ffff", "read": read, "limit": limit}
        for entry in rows(conn, sql, values):
            del entry["hidden"]
            found.setdefault(entry["id"], entry)
    return sorted(found.values(), key=lambda e: (-e["release_count"], e["id"]))


def containing(conn: sqlite3.Connection, words: str, *, limit: int = 12) -> list[Row]:
    """Entities one of whose names contains every word, most often named first."""
    parts = [word for word in words.split() if len(word) >= 3]
    if not parts:
        return []
    return rows(
        conn,
        """SELECT entities.id, entities.kind, entities.name, entities.release_count,
          entities.mention_count, entities.last_seen
        FROM (SELECT rowid FROM entities_fts WHERE entities_fts MATCH ? LIMIT 3000) AS hits
        JOIN entities ON entities.id = hits.rowid
        WHERE entities.hidden = 0
        ORDER BY entities.release_count DESC, entities.id LIMIT ?""",
        (" ".join(quoted(part) for part in parts), limit),
    )


def quoted(words: str) -> str:
    """A string as full-text search takes it literally."""
    return '"' + words.replace('"', '""') + '"'


def expression(query: str) -> str:
    """A reader's words as a full-text expression: all words, "phrases" kept, nothing special.

    >>> expression('trade fair "opening day" -x')
    '"trade" "fair" "opening day" "-x"'
    """
    parts: list[str] = []
    for position, piece in enumerate(query.replace("“", '"').replace("”", '"').split('"')):
        parts += [piece] if position % 2 else piece.split()
    # A part without a letter or digit has no token: MATCH would find nothing at all.
    return " ".join(quoted(p.strip()) for p in parts if any(c.isalnum() for c in p))


def found_releases(
    conn: sqlite3.Connection,
    query: str,
    filters: Mapping[str, str],
    *,
    limit: int = 20,
    offset: int = 0,
) -> Row:
    """Releases with all words of `query`, best first, with snippets and facets.

    `filters` takes names of FACETS. In snippets a match stands between U+0002 and U+0003, so that
    the page can escape the words and still mark it. `capped` says that only the newest CANDIDATES
    matches were ranked and counted.
    """
    match = expression(query)
    if not match:
        return {"releases": [], "total": 0, "capped": False, "more": False, "facets": {}}
    found = rows(
        conn,
        """WITH hits AS MATERIALIZED (
          SELECT rowid, bm25(releases_fts, :title, :text) AS score FROM releases_fts
          WHERE releases_fts MATCH :match AND rowid IN (
            SELECT rowid FROM releases_fts WHERE releases_fts MATCH :match
            ORDER BY rowid DESC LIMIT :candidates))
        SELECT releases.id, hits.score, releases.kind, releases.published_year,
          releases.dateline_place, releases.language, sources.name AS source,
          coalesce(issuers.name, releases.issuer) AS issuer
        FROM hits JOIN releases ON releases.id = hits.rowid
        JOIN sources ON sources.id = releases.source_id
        LEFT JOIN entities AS issuers ON issuers.id = releases.issuer_id AND issuers.hidden = 0
        ORDER BY hits.score, releases.id""",
        {
            "match": match,
            "candidates": CANDIDATES,
            "title": TITLE_WEIGHT,
            "text": TEXT_WEIGHT,
        },
    )
    kept = [entry for entry in found if _passes(entry, filters)]
    page = [entry["id"] for entry in kept[offset : offset + limit]]
    summaries = by_ids(conn, page)
    snippets = _snippets(conn, match, page)
    return {
        "releases": [summaries[i] | {"snippet": snippets.get(i, "")} for i in page],
        "total": len(kept),
        "capped": len(found) == CANDIDATES,
        "more": len(kept) > offset + limit,
        "facets": {name: _facet(found, name, filters) for name in FACETS},
    }


def _passes(entry: Row, filters: Mapping[str, str], without: str = "") -> bool:
    return all(
        str(entry[FACETS[name]]) == wanted
        for name, wanted in filters.items()
        if wanted and name in FACETS and name != without
    )


def _facet(found: list[Row], name: str, filters: Mapping[str, str]) -> list[Row]:
    """Values of one facet among the hits that pass all other filters."""
    column = FACETS[name]
    counts = Counter(
        str(entry[column])
        for entry in found
        if entry[column] is not None and _passes(entry, filters, without=name)
    )
    return [
        {"value": value, "count": count, "selected": filters.get(name) == value}
        for value, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:FACET_SIZE]
    ]


def _snippets(conn: sqlite3.Connection, match: str, ids: list[int]) -> dict[int, str]:
    found = rows(
        conn,
        f"""SELECT rowid AS id,
          snippet(releases_fts, 1, char(2), char(3), ' … ', 36) AS snippet
        FROM releases_fts WHERE releases_fts MATCH ? AND rowid IN ({marks(ids)})""",
        [match, *ids],
    )
    return {entry["id"]: entry["snippet"] for entry in found}
