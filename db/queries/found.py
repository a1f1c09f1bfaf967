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
from ..lookup import marks
from .entities import newest_passage, title_of
from .releases import by_ids
from .rows import Row, rows

#: Matching releases that are ranked and counted. Of a word that stands in more of them, these are
#: the newest; ranking them all by bm25 would walk through every occurrence in the database.
CANDIDATES = 150
SNIPPET_WORDS = 36
FACET_SIZE = 8
#: Names looked up for a facet: more than are shown, as two numbers may have one name.
FACET_NAMES = 3 * FACET_SIZE

#: Facet name -> the column of the candidate rows it counts.
FACETS = {
    "kind": "kind",
    "year": "published_year",
    "source": "source_id",
    "place": "dateline_place",
    "issuer": "issuer",
    "language": "language",
}
#: Facets whose column may hold a number, and where its name stands.
NAMED = {
    "source": "SELECT id, name FROM sources WHERE id IN ({})",
    "issuer": "SELECT id, name FROM entities WHERE hidden = 0 AND id IN ({})",
}
NUMBERS = {
    "source": "SELECT id FROM sources WHERE name = ?",
    "issuer": "SELECT id FROM entities WHERE name = ? AND hidden = 0",
}


#: One or two letters begin too many names to look at them all: the best known are looked through.
BEST_KNOWN = 5000
#: Names looked at for three letters or more; those numbered first are the best known by and large.
READ = 300


def names(
    conn: sqlite3.Connection,
    typed: str,
    *,
    kind: str | None = None,
    limit: int = 8,
    spelling: bool = True,
) -> list[Row]:
    """Names for what has been typed so far. `matched` is the name that fits, `way` says how.

    With `kind`, those of one kind only; with `spelling`, names spelt nearly like it when there is
    none.
    """
    if typed.isascii() and len(typed.strip()) < 3:
        return _best_known(conn, typed.strip().lower(), kind, limit)
    hits = search.names(conn, typed, kind=kind, limit=limit, spelling=spelling, read=READ)
    return [asdict(hit) for hit in hits]


def _best_known(conn: sqlite3.Connection, typed: str, kind: str | None, limit: int) -> list[Row]:
    if not typed:
        return []
    return rows(
        conn,
        """SELECT id, kind, name, name AS matched, 'beginning' AS way, release_count FROM (
          SELECT id, kind, name, release_count, hidden FROM entities
          WHERE :kind IS NULL OR kind = :kind ORDER BY release_count DESC LIMIT :known)
        WHERE substr(lower(name), 1, length(:typed)) = :typed AND hidden = 0 LIMIT :limit""",
        {"kind": kind, "known": BEST_KNOWN, "typed": typed, "limit": limit},
    )


def with_context(conn: sqlite3.Connection, found: list[Row]) -> list[Row]:
    """Add a line to each name: `title` of a person, else `passage`, the newest sentence with it."""
    described = []
    for entry in found:
        title = title_of(conn, entry["id"]) if entry["kind"] == "person" else None
        passage = newest_passage(conn, entry["id"]) if title is None else None
        described.append(entry | {"title": title, "passage": passage})
    return described


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
    matches were ranked and counted. Of copies the best one is listed. Without words, the newest
    CANDIDATES releases stand for all.
    """
    # The blank says that the last word is finished: a beginning would match half the dictionary.
    expression = search.match_expression(query + " ")
    numbers, capped = _ranked(conn, expression) if expression else _newest(conn)
    found = _described(conn, numbers)
    tests = {name: _accepted(conn, name, wanted) for name, wanted in filters.items() if wanted}
    kept = _without_copies(entry for entry in found if _passes(entry, tests))
    page = kept[offset : offset + limit]
    summaries = by_ids(conn, page)
    snippets = _snippets(conn, expression, page) if expression else {}
    return {
        "releases": [
            summaries[i] | {"snippet": _without_title(snippets.get(i, ""), summaries[i]["title"])}
            for i in page
        ],
        "total": len(kept),
        "capped": capped,
        "more": len(kept) > offset + limit,
        "facets": {name: _facet(conn, found, name, filters, tests) for name in FACETS},
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


def _newest(conn: sqlite3.Connection) -> tuple[list[int], bool]:
    newest = [
        number
        for (number,) in conn.execute(
            "SELECT id FROM releases ORDER BY published DESC, id DESC LIMIT ?", (CANDIDATES + 1,)
        )
    ]
    return newest[:CANDIDATES], len(newest) > CANDIDATES


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
    """What facets count, in the order of `numbers`. Names are looked up for what is shown only."""
    found = rows(
        conn,
        f"""SELECT id, kind, published_year, dateline_place, language, cluster_id, source_id,
          coalesce(issuer_id, issuer) AS issuer
        FROM releases WHERE id IN ({marks(numbers)})""",
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


def _accepted(conn: sqlite3.Connection, name: str, wanted: str) -> set[object]:
    """The values of a facet's column that a filter lets through."""
    numbers = conn.execute(NUMBERS[name], (wanted,)) if name in NUMBERS else ()
    return {wanted, *(number for (number,) in numbers)}


def _passes(entry: Row, tests: Mapping[str, set[object]], but: str = "") -> bool:
    """Does a candidate pass all filters, the one called `but` left aside?"""
    for name, accepted in tests.items():
        value = entry[FACETS[name]]
        if name != but and value not in accepted and str(value) not in accepted:
            return False
    return True


def _facet(
    conn: sqlite3.Connection,
    found: list[Row],
    name: str,
    filters: Mapping[str, str],
    tests: Mapping[str, set[object]],
) -> list[Row]:
    """Values of one facet among the hits that pass all other filters."""
    column = FACETS[name]
    passing = [entry for entry in found if _passes(entry, tests, name)] if tests else found
    counts: Counter[object] = Counter([entry[column] for entry in passing])
    counts.pop(None, None)
    if name in NAMED:
        counts = _by_name(conn, counts, NAMED[name])
    return [
        {"value": str(value), "count": count, "selected": filters.get(name) == str(value)}
        for value, count in sorted(counts.items(), key=lambda c: (-c[1], str(c[0])))[:FACET_SIZE]
    ]


def _by_name(conn: sqlite3.Connection, counts: Counter[object], sql: str) -> Counter[object]:
    """The most frequent numbers as names; a value that is no number is a name already."""
    first = counts.most_common(FACET_NAMES)
    numbers = [value for value, _ in first if isinstance(value, int)]
    names = dict(conn.execute(sql.format(marks(numbers)), numbers).fetchall())
    named: Counter[object] = Counter()
    for value, count in first:
        if not isinstance(value, int) or value in names:
            named[names.get(value, value)] += count
    return named


def _snippets(conn: sqlite3.Connection, expression: str, ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    # One walk along the matches: asked for row by row, the index is entered anew for each. The
    # plus keeps FTS5 from doing just that.
    found = rows(
        conn,
        f"""SELECT rowid AS id, snippet(releases_fts, 1, ?, ?, ' … ', {SNIPPET_WORDS}) AS snippet
        FROM releases_fts WHERE releases_fts MATCH ? AND rowid BETWEEN ? AND ?
          AND +rowid IN ({marks(ids)})""",
        [*search.MARKS, expression, min(ids), max(ids), *ids],
    )
    return {entry["id"]: entry["snippet"] for entry in found}


def _without_title(snippet: str, title: str) -> str:
    """A snippet that opens in the headline goes on behind it: the list shows it already.

    >>> snippet = " … \\x02Lamps\\x03 lit again Whitby – \\x02Lamps\\x03 …"
    >>> _without_title(snippet, "All Lamps lit again")
    'Whitby – \\x02Lamps\\x03 …'
    >>> _without_title("\\x02Lamps\\x03 lit again Whitby, May 3 …", "Lamps lit again")
    '\\x02Lamps\\x03 lit again Whitby, May 3 …'
    """
    plain = snippet.translate(NO_MARKS)
    body = plain.removeprefix(" … ")
    begins = title.find(body[:OPENING_CHARS])
    if begins < 0 or not body.startswith(title[begins:]):
        return snippet
    skipped = len(plain) - len(body) + len(title) - begins
    position = seen = 0
    while seen < skipped:
        seen += snippet[position] not in search.MARKS
        position += 1
    rest = snippet[position:].lstrip(search.MARKS[1]).lstrip()
    return rest if search.MARKS[0] in rest else snippet


#: As much of a snippet is looked for in the headline.
OPENING_CHARS = 12
NO_MARKS = str.maketrans("", "", "".join(search.MARKS))
