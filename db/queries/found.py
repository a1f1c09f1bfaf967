"""The search page: names first, then releases with facets. The searching itself is `db.search`.

A page is asked for while somebody types and by many readers at once, so what is ranked and counted
here is bounded more tightly than for the command line.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from .. import search
from .releases import by_ids
from .rows import Row, marks, rows

#: Matching releases that are ranked and counted. Of a word that stands in more of them, these are
#: the newest; ranking them all by bm25 would walk through every occurrence in the database.
CANDIDATES = 600
SNIPPET_WORDS = 36
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


#: One or two letters begin too many names to look at them all: the best known are looked through.
BEST_KNOWN = 5000


def names(
    conn: sqlite3.Connection, typed: str, *, limit: int = 8, spelling: bool = True
) -> list[Row]:
    """Names for what has been typed so far. `matched` is the name that fits, `way` says how.

    With `spelling`, names spelt nearly like it when there is none.
    """
    if typed.isascii() and len(typed.strip()) < 3:
        return _best_known(conn, typed.strip().lower(), limit)
    return [asdict(hit) for hit in search.names(conn, typed, limit=limit, spelling=spelling)]


def _best_known(conn: sqlite3.Connection, typed: str, limit: int) -> list[Row]:
    if not typed:
        return []
    return rows(
        conn,
        """SELECT id, kind, name, name AS matched, 'beginning' AS way, release_count FROM (
          SELECT id, kind, name, release_count, hidden FROM entities
          ORDER BY release_count DESC LIMIT ?)
        WHERE substr(lower(name), 1, length(?)) = ? AND hidden = 0 LIMIT ?""",
        (BEST_KNOWN, typed, typed, limit),
    )


def releases(
    conn: sqlite3.Connection,
    query: str,
    filters: Mapping[str, str],
    *,
    limit: int = 20,
    offset: int = 0,
) -> Row:
    """Releases with all words of `query`, best first, with snippets and facets.

    `filters` takes names of FACETS. In snippets a match stands between `db.search.MARKS`, so that
    the page can escape the words and still mark it. `capped` says that only the newest CANDIDATES
    matches were ranked and counted. Of copies the best one is listed.
    """
    # The blank says that the last word is finished: a beginning would match half the dictionary.
    expression = search.match_expression(query + " ")
    if not expression:
        return {"releases": [], "total": 0, "capped": False, "more": False, "facets": {}}
    numbers, capped = _ranked(conn, expression)
    found = _described(conn, numbers)
    kept = _without_copies(entry for entry in found if _passes(entry, filters))
    page = kept[offset : offset + limit]
    summaries, snippets = by_ids(conn, page), _snippets(conn, expression, page)
    return {
        "releases": [summaries[i] | {"snippet": snippets.get(i, "")} for i in page],
        "total": len(kept),
        "capped": capped,
        "more": len(kept) > offset + limit,
        "facets": {name: _facet(found, name, filters) for name in FACETS},
    }


def _ranked(conn: sqlite3.Connection, expression: str) -> tuple[list[int], bool]:
    """Matching releases, best first; and whether there are more than were looked at."""
    newest = [
        number
        for (number,) in conn.execute(
            "SELECT rowid FROM releases_fts WHERE releases_fts MATCH ? ORDER BY rowid DESC LIMIT ?",
            (expression, CANDIDATES + 1),
        )
    ]
    if len(newest) > CANDIDATES:
        return _titles_first(conn, expression, newest[:CANDIDATES]), True
    best = conn.execute(
        f"""SELECT rowid FROM (
          SELECT rowid, bm25(releases_fts, {search.TITLE_WEIGHT}, {search.TEXT_WEIGHT}) AS score
          FROM releases_fts WHERE releases_fts MATCH ?)
        ORDER BY score, rowid DESC""",
        (expression,),
    )
    return [number for (number,) in best], False


def _titles_first(conn: sqlite3.Connection, expression: str, newest: list[int]) -> list[int]:
    """Frequent words tell releases apart by their titles: those first, each part newest first."""
    in_title = {
        number
        for (number,) in conn.execute(
            "SELECT rowid FROM releases_fts WHERE releases_fts MATCH ? AND rowid >= ? "
            "ORDER BY rowid DESC LIMIT ?",
            (f"{{title}} : ({expression})", newest[-1], CANDIDATES),
        )
    }
    return sorted(newest, key=lambda number: (number not in in_title, -number))


def _described(conn: sqlite3.Connection, numbers: list[int]) -> list[Row]:
    """What facets count, in the order of `numbers`."""
    found = rows(
        conn,
        f"""SELECT releases.id, releases.kind, releases.published_year, releases.dateline_place,
          releases.language, releases.cluster_id, sources.name AS source,
          coalesce(issuers.name, releases.issuer) AS issuer
        FROM releases JOIN sources ON sources.id = releases.source_id
        LEFT JOIN entities AS issuers ON issuers.id = releases.issuer_id AND issuers.hidden = 0
        WHERE releases.id IN ({marks(numbers)})""",
        numbers,
    )
    known = {entry["id"]: entry for entry in found}
    return [known[number] for number in numbers if number in known]


def _without_copies(found: Iterable[Row]) -> list[int]:
    seen: set[int] = set()
    kept = []
    for entry in found:
        cluster = entry["cluster_id"]
        if cluster is None or cluster not in seen:
            kept.append(entry["id"])
        if cluster is not None:
            seen.add(cluster)
    return kept


def _passes(entry: Row, filters: Mapping[str, str]) -> bool:
    return all(
        str(entry[FACETS[name]]) == wanted
        for name, wanted in filters.items()
        if wanted and name in FACETS
    )


def _facet(found: list[Row], name: str, filters: Mapping[str, str]) -> list[Row]:
    """Values of one facet among the hits that pass all other filters."""
    column = FACETS[name]
    others = {other: wanted for other, wanted in filters.items() if other != name}
    counted = [entry for entry in found if _passes(entry, others)] if others else found
    counts = Counter(str(entry[column]) for entry in counted if entry[column] is not None)
    return [
        {"value": value, "count": count, "selected": filters.get(name) == value}
        for value, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:FACET_SIZE]
    ]


def _snippets(conn: sqlite3.Connection, expression: str, ids: list[int]) -> dict[int, str]:
    found = rows(
        conn,
        f"""SELECT rowid AS id, snippet(releases_fts, 1, ?, ?, ' … ', {SNIPPET_WORDS}) AS snippet
        FROM releases_fts WHERE releases_fts MATCH ? AND rowid IN ({marks(ids)})""",
        [*search.MARKS, expression, *ids],
    )
    return {entry["id"]: entry["snippet"] for entry in found}
