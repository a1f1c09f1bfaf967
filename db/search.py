"""Search releases by their words and entities by their names.

    releases(conn, "circuit summit", Filters(place="Leeds")) -> Page of hits, best first
    names(conn, "henkalin") -> entities: exact, beginning, containing, then misspelt names

Pure functions over a read-only connection. What a user types is data: it is quoted for FTS5 word by
word, so that no input is a syntax error.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from .lookup import marks
from .resolution.names import NAME_SEPARATOR, fold, has_cjk

TITLE_WEIGHT, TEXT_WEIGHT = 5.0, 1.0
#: Matches that are ranked. A word that stands in more releases is judged by the newest of them.
RANKED = 4_000
#: Names read for one way of finding; more would only be sorted to be thrown away.
READ = 2_000
#: Names compared letter by letter, and how alike (0 to 100) they must be.
COMPARED, ALIKE = 600, 78
#: As alike are two names of nine letters when one of the letters is another.
ONE_SLIP = 88
#: From as many letters on, every third letter triple of the query finds a name as surely as all.
MANY_LETTERS = 9
#: Before and after a word that matched, in snippets. Not markup: the reader escapes, then replaces.
MARKS = ("\x02", "\x03")
SNIPPET_WORDS = 24

Way = Literal["exact", "beginning", "containing", "spelling"]
_WORD = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions on releases; None does not restrict.

    `since` and `until` are ISO dates, inclusive. `place`, `issuer` and `entity` are the number or
    any known name of an entity; `place` and `entity` are named in the release.
    """

    kind: str | None = None
    source: str | None = None
    since: str | None = None
    until: str | None = None
    place: int | str | None = None
    issuer: int | str | None = None
    entity: int | str | None = None


@dataclass(frozen=True, slots=True)
class ReleaseHit:
    """A release that matches. `snippet` has the matched words between `MARKS`; unescaped text."""

    id: int
    uid: str
    title: str
    published: str | None
    kind: str
    source: str
    issuer: str | None
    snippet: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits. `total` counts all matches up to `RANKED`; `more` says whether others follow."""

    hits: tuple[ReleaseHit, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class NameHit:
    """An entity one of whose names matches: `matched` is that name, `way` how it was found."""

    id: int
    kind: str
    name: str
    matched: str
    way: Way
    release_count: int


def match_expression(text: str) -> str:
    """What a user typed as an FTS5 query: all words, quoted phrases whole, the last as a prefix.

    A word in front of which stands "-" must not occur. Empty when nothing can be looked for.

    >>> match_expression('circuit "opening day" -expo summ')
    '"circuit" AND "opening day" AND "summ" * NOT "expo"'
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for phrase, word in _WORD.findall(text.replace("\x00", " ")):
        term = phrase or word.lstrip("-")
        if not re.search(r"\w", term):
            continue
        quoted = '"' + term.replace('"', '""') + '"'
        (unwanted if word.startswith("-") else wanted).append(quoted)
    if not wanted:
        return ""
    if text[-1:] not in ('"', " "):
        wanted[-1] += " *"
    return " NOT ".join([" AND ".join(wanted), *unwanted])


def releases(
    conn: sqlite3.Connection,
    query: str,
    filters: Filters | None = None,
    *,
    limit: int = 20,
    offset: int = 0,
) -> Page:
    """The releases with all the words, best first by bm25; titles count five times.

    When no release has them, the last word is taken as the beginning of one. Without words, the
    newest releases that pass the filters. A copy is listed once, as its first release, unless that
    does not match itself.
    """
    test = _conditions(conn, filters or Filters())
    if not match_expression(query):
        return _newest(conn, test, limit, offset)
    # The last word whole first: all words that begin with it cost many times as much to look up,
    # and are wanted only when it was not typed to its end.
    for typed in (query + " ", query):
        expression = match_expression(typed)
        matching = _matching(conn, expression)
        if matching:
            break
    passing = _passing(conn, matching, test)
    numbers = _ranked(conn, expression, passing, all_of_them=passing == matching)
    hits = tuple(_hits(conn, numbers[offset : offset + limit], expression))
    return Page(hits, len(numbers), offset + limit < len(numbers))


def _matching(conn: sqlite3.Connection, expression: str) -> list[int]:
    """The newest releases that match."""
    found = conn.execute(
        "SELECT rowid FROM releases_fts WHERE releases_fts MATCH ? "
        f"ORDER BY rowid DESC LIMIT {RANKED}",
        (expression,),
    )
    return [number for (number,) in found]


def _passing(conn: sqlite3.Connection, numbers: list[int], test: _Test) -> list[int]:
    """Those that pass the filters."""
    if not test.parts:
        return numbers
    # The plus has SQLite begin with the other side, where that is the shorter one.
    column = "+releases.id" if test.few else "releases.id"
    found = conn.execute(
        f"SELECT id FROM releases WHERE {column} IN ({marks(numbers)}) AND {test.where}",
        (*numbers, *test.values),
    )
    return [number for (number,) in found]


def _ranked(
    conn: sqlite3.Connection, expression: str, numbers: list[int], *, all_of_them: bool
) -> list[int]:
    """Some releases that match, or all between the first and the last; best first, no copies."""
    if not numbers:
        return []
    # The plus keeps FTS5 from looking each number up by itself.
    some = [] if all_of_them else numbers
    among = "" if all_of_them else f"AND +rowid IN ({marks(some)})"
    ranked = conn.execute(
        f"""SELECT found.id, releases.cluster_id FROM (
              SELECT rowid AS id, bm25(releases_fts, {TITLE_WEIGHT}, {TEXT_WEIGHT}) AS score
              FROM releases_fts WHERE releases_fts MATCH ? AND rowid BETWEEN ? AND ? {among}
              LIMIT {RANKED}
            ) AS found JOIN releases ON releases.id = found.id
            ORDER BY found.score, found.id DESC""",
        (expression, min(numbers), max(numbers), *some),
    )
    return list(_without_copies(ranked))


def _newest(conn: sqlite3.Connection, test: _Test, limit: int, offset: int) -> Page:
    found = [
        number
        for (number,) in conn.execute(
            f"SELECT id FROM releases WHERE {test.where} ORDER BY published DESC, id DESC "
            "LIMIT ? OFFSET ?",
            (*test.values, limit + 1, offset),
        )
    ]
    (total,) = conn.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM releases WHERE {test.where} LIMIT {RANKED})",
        test.values,
    ).fetchone()
    return Page(tuple(_hits(conn, found[:limit], "")), total, len(found) > limit)


@dataclass(slots=True)
class _Test:
    """Filters as SQL over `releases`; `few` when the names asked for leave few releases."""

    parts: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)
    few: bool = False

    @property
    def where(self) -> str:
        return " AND ".join(self.parts) or "1"

    def add(self, part: str, *values: object) -> None:
        self.parts.append(part)
        self.values += values


def _conditions(conn: sqlite3.Connection, filters: Filters) -> _Test:
    test = _Test()
    for column, sign, value in (
        ("releases.kind", "=", filters.kind),
        ("releases.published", ">=", filters.since),
        ("releases.published", "<=", filters.until),
    ):
        if value is not None:
            test.add(f"{column} {sign} ?", value)
    if filters.source is not None:
        test.add("releases.source_id IN (SELECT id FROM sources WHERE name = ?)", filters.source)
    if filters.issuer is not None:
        numbers = entities_named(conn, filters.issuer)
        test.add(f"releases.issuer_id IN ({marks(numbers)})", *numbers)
    for given, kind in ((filters.place, "place"), (filters.entity, None)):
        if given is not None:
            _add_named(conn, test, entities_named(conn, given, kind))
    return test


def _add_named(conn: sqlite3.Connection, test: _Test, numbers: list[int]) -> None:
    """Only releases that name one of the entities: all of these are read if they are few."""
    some = marks(numbers)
    (releases,) = conn.execute(
        f"SELECT coalesce(sum(release_count), 0) FROM entities WHERE id IN ({some})", numbers
    ).fetchone()
    if releases <= RANKED:
        test.few = True
        test.add(
            f"releases.id IN (SELECT release_id FROM appearances WHERE entity_id IN ({some}))",
            *numbers,
        )
    else:
        test.add(
            "EXISTS (SELECT 1 FROM appearances INDEXED BY appearances_release_id "
            f"WHERE release_id = releases.id AND entity_id IN ({some}))",
            *numbers,
        )


def entities_named(
    conn: sqlite3.Connection, given: int | str, kind: str | None = None
) -> list[int]:
    """The visible entities with exactly this name or number, best known first."""
    column, value = ("id", given) if isinstance(given, int) else ("name", fold(given))
    find = (
        "entities.id = :value"
        if column == "id"
        else "entities.id IN (SELECT entity_id FROM aliases WHERE normalized = :value)"
    )
    rows = conn.execute(
        f"SELECT id FROM entities WHERE {find} AND hidden = 0 AND (:kind IS NULL OR kind = :kind) "
        "ORDER BY release_count DESC, id",
        {"value": value, "kind": kind},
    )
    return [number for (number,) in rows]


def _without_copies(ranked: Iterable[tuple[int, int | None]]) -> Iterator[int]:
    seen = set()
    for number, cluster in ranked:
        if cluster is not None:
            if cluster in seen:
                continue
            seen.add(cluster)
        yield number


def _hits(conn: sqlite3.Connection, numbers: list[int], expression: str) -> Iterator[ReleaseHit]:
    """Hits in the order of `numbers`; without an expression the snippet is the beginning."""
    rows = {
        row[0]: row
        for row in conn.execute(
            f"""SELECT releases.id, uid, title, published, releases.kind, sources.name,
                  coalesce(issuers.name, releases.issuer, releases.release_issuer),
                  substr(text, length(title) + 1, 200)
                FROM releases JOIN sources ON sources.id = source_id
                LEFT JOIN entities AS issuers ON issuers.id = issuer_id AND issuers.hidden = 0
                WHERE releases.id IN ({marks(numbers)})""",
            numbers,
        )
    }
    snippets: dict[int, str] = {}
    if expression and numbers:
        found = conn.execute(
            f"""SELECT rowid, snippet(releases_fts, 1, ?, ?, '…', {SNIPPET_WORDS})
                FROM releases_fts WHERE releases_fts MATCH ? AND rowid BETWEEN ? AND ?
                  AND +rowid IN ({marks(numbers)})""",
            (*MARKS, expression, min(numbers), max(numbers), *numbers),
        )
        snippets.update(found)
    for number in numbers:
        *fields, beginning = rows[number]
        fields.append(snippets.get(number, " ".join(beginning.split())))
        yield ReleaseHit(*fields)


def names(
    conn: sqlite3.Connection,
    query: str,
    *,
    kind: str | None = None,
    limit: int = 20,
    spelling: bool = True,
    read: int = READ,
) -> list[NameHit]:
    """Entities by name: exact, beginning with and containing the query.

    When there is none, those spelt nearly like it, unless `spelling` is off. Aliases count as
    names. Within each way, those in most releases come first, of the first `read` names at most.
    Hidden ones are left out.
    """
    typed = query.strip()
    folded = fold(typed)
    if not folded:
        return []
    found: dict[int, NameHit] = {}
    for way in _exact, _beginning, _containing:
        for hit in way(conn, typed, folded, kind, read):
            found.setdefault(hit.id, hit)
            if len(found) >= limit:
                return list(found.values())
    if not found and spelling:
        return _spelling(conn, folded, kind)[:limit]
    return list(found.values())


_ENTITY = "entities.id, entities.kind, entities.name"
_VISIBLE = "entities.hidden = 0 AND (:kind IS NULL OR entities.kind = :kind)"


def _exact(
    conn: sqlite3.Connection, typed: str, folded: str, kind: str | None, read: int
) -> Iterator[NameHit]:
    rows = conn.execute(
        f"""SELECT {_ENTITY}, min(aliases.name), 'exact', entities.release_count
            FROM aliases JOIN entities ON entities.id = aliases.entity_id
            WHERE aliases.normalized = :folded AND {_VISIBLE}
            GROUP BY entities.id ORDER BY entities.release_count DESC, entities.id LIMIT {read}""",
        {"folded": folded, "kind": kind},
    )
    return (NameHit(*row) for row in rows)


def _beginning(
    conn: sqlite3.Connection, typed: str, folded: str, kind: str | None, read: int
) -> Iterator[NameHit]:
    rows = conn.execute(
        f"""SELECT {_ENTITY}, begun.alias, entities.release_count
            FROM (SELECT id AS alias, entity_id FROM aliases
                  WHERE normalized >= :folded AND normalized < :after LIMIT {read}) AS begun
            JOIN entities ON entities.id = begun.entity_id
            WHERE {_VISIBLE} ORDER BY entities.release_count DESC, entities.id, begun.alias""",
        {"folded": folded, "after": folded + "\U0010ffff", "kind": kind},
    )
    # What each was found by is read when it is wanted: of two thousand, twenty are.
    for number, of_kind, name, alias, releases in rows:
        (matched,) = conn.execute("SELECT name FROM aliases WHERE id = ?", (alias,)).fetchone()
        yield NameHit(number, of_kind, name, matched, "beginning", releases)


def _containing(
    conn: sqlite3.Connection, typed: str, folded: str, kind: str | None, read: int
) -> Iterator[NameHit]:
    """Names with the letters anywhere. Pairs of Chinese characters have an index of their own."""
    if has_cjk(typed) and len(typed) <= 2:
        inside = "SELECT entity_id FROM name_grams WHERE gram = :typed"
        expression = ""
    elif len(folded) >= 3:
        inside = "SELECT rowid FROM entities_fts WHERE entities_fts MATCH :expression"
        # Capitals make no difference to the index: one spelling is not looked up twice.
        spellings = sorted({typed.lower(), folded})
        expression = " OR ".join(_inside(spelling) for spelling in spellings)
    else:
        return iter(())
    rows = conn.execute(
        f"""SELECT {_ENTITY}, entities.also_known_as, entities.release_count FROM entities
            WHERE entities.id IN ({inside} LIMIT {read}) AND {_VISIBLE}
            ORDER BY entities.release_count DESC, entities.id LIMIT {read}""",
        {"typed": typed, "expression": expression, "kind": kind},
    )
    return (
        NameHit(number, found, name, _which(name, also, folded), "containing", releases)
        for number, found, name, also, releases in rows
        if len(folded) < MANY_LETTERS
        or any(words in text.lower() for words in spellings for text in (name, also))
    )


def _inside(letters: str) -> str:
    """An FTS5 query for names that contain the letters.

    Of many letters, names with some triples of them, in whatever order; the reader compares the
    letters. A phrase would cost a look at every triple, and at its place in every name.
    """
    if len(letters) < MANY_LETTERS:
        return _phrase(letters)
    starts = [*range(0, len(letters) - 3, 3), len(letters) - 3]
    triples = dict.fromkeys(letters[start : start + 3] for start in starts)
    return "(" + " AND ".join(_phrase(triple) for triple in triples) + ")"


def _which(name: str, also_known_as: str, folded: str) -> str:
    """The name that contains the letters, the usual one if it does."""
    candidates = [name, *also_known_as.split(NAME_SEPARATOR)]
    return next((each for each in candidates if folded in fold(each)), name)


def _spelling(conn: sqlite3.Connection, folded: str, kind: str | None) -> list[NameHit]:
    """Names spelt nearly like the query, most alike first, compared with it letter by letter.

    One slip of the pen leaves two thirds of a name as they are: such names are looked up first.
    """
    from rapidfuzz import fuzz, process

    if len(folded) < 4:
        return []
    for numbers, enough in ((_one_slip(conn, folded), ONE_SLIP), (None, ALIKE)):
        chosen = _rarest(conn, folded) if numbers is None else numbers
        candidates = conn.execute(
            f"""SELECT {_ENTITY}, aliases.name, 'spelling', entities.release_count,
                  aliases.normalized
                FROM aliases JOIN entities ON entities.id = aliases.entity_id
                WHERE entities.id IN ({marks(chosen)}) AND entities.hidden = 0
                  AND (? IS NULL OR entities.kind = ?)""",
            (*chosen, kind, kind),
        ).fetchall()
        alike = process.extract(
            folded,
            [row[6] for row in candidates],
            scorer=fuzz.ratio,
            score_cutoff=ALIKE,
            limit=100,
        )
        if alike and alike[0][1] >= enough:
            break
    found: dict[int, NameHit] = {}
    for _, _, position in sorted(alike, key=lambda m: (-round(m[1]), -candidates[m[2]][5])):
        hit = NameHit(*candidates[position][:6])
        found.setdefault(hit.id, hit)
    return list(found.values())


def _one_slip(conn: sqlite3.Connection, folded: str) -> list[int]:
    """Entities whose names have two of the query's three parts."""
    if len(folded) < MANY_LETTERS:
        return []
    third = len(folded) // 3
    parts = (folded[:third], folded[third : 2 * third], folded[2 * third :])
    first, second, last = (_inside(part) for part in parts)
    rows = conn.execute(
        f"SELECT rowid FROM entities_fts WHERE entities_fts MATCH ? LIMIT {COMPARED}",
        (f"({first} AND {second}) OR ({last} AND ({first} OR {second}))",),
    )
    return [number for (number,) in rows]


def _rarest(conn: sqlite3.Connection, folded: str) -> list[int]:
    """Entities that have the query's rarest letter triples.

    A misspelling spoils three triples at most; those are rare or nowhere and cost nothing.
    """
    having = []
    for triple in sorted({folded[i : i + 3] for i in range(len(folded) - 2)}):
        rows = conn.execute(
            f"SELECT rowid FROM entities_fts WHERE entities_fts MATCH ? LIMIT {COMPARED // 2}",
            (_phrase(triple),),
        ).fetchall()
        having.append([number for (number,) in rows])
    numbers: dict[int, None] = {}
    for found in sorted(having, key=len):
        numbers.update(dict.fromkeys(found))
        if len(numbers) >= COMPARED:
            break
    return list(numbers)[:COMPARED]


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\x00", " ") + '"'
