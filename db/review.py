"""The review queue: entities that may be one thing, best first, with the evidence side by side.

    queue(conn) -> Pairs; a person answers with `judgements.merge` or `judgements.distinguish`

Candidates come from the best known entities and the names next to theirs in alphabetical order
(sorted neighbourhoods, Hernández and Stolfo 1995), from namesakes, from people who are named by
their family name alone, and from acronyms that are written for more than one name; nothing is
compared with everything. The best of them are weighed by the company they keep: things that are
named beside both speak for a pair, a release that tells the two apart speaks against it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

from rapidfuzz import fuzz

from .resolution.names import word_list
from .resolution.resolver import from_key

#: Entities, most releases first, whose neighbours are looked at.
LOOKED_AT = 2_000
NEIGHBOURS = 6
#: Likeness of two names (0 to 100) from which they are worth a person's time.
ALIKE = 86
#: Likeness from which the words that only one of two names has may be the other's, misspelt.
WORDS_ALIKE = 80
#: Likeness of a name and the same name with more words: words that tell nothing, and other words.
SAME_BUT_GENERAL, SAME_BUT_MORE = 91.0, 76.0
#: Shortest family name that is looked for, and how many may share it.
MIN_FAMILY_NAME, FEW = 3, 3
#: How much the company of a pair can add to its likeness, or a release that tells them apart take.
COMPANY, TOLD_APART = 12.0, 30.0
#: A thing in more releases than this is everybody's company.
COMMON = 25
#: Pairs weighed by their company, for each one asked for.
WEIGHED = 8
RELEASES, NAMES, TITLES, SHARED = 3, 6, 4, 3


@dataclass(frozen=True, slots=True)
class Side:
    """One entity of a pair, with what tells who it is. Releases are (id, published, title)."""

    id: int
    kind: str
    name: str
    release_count: int
    names: tuple[str, ...]
    titles: tuple[str, ...]
    releases: tuple[tuple[int, str | None, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that may be one; `likeness` is 0 to 100, `reason` why they were paired."""

    left: Side
    right: Side
    likeness: float
    reason: str


def queue(conn: sqlite3.Connection, *, kind: str | None = None, limit: int = 20) -> list[Pair]:
    """The likeliest pairs, those that concern most releases first among equals.

    Pairs that a judgement keeps apart are left out.
    """
    apart = _kept_apart(conn)
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for left, right, likeness, reason in _candidates(conn, kind):
        pair = (min(left, right), max(left, right))
        if left != right and pair not in apart and pair not in best:
            best[pair] = (likeness, reason)
    likely = sorted(
        ((_weighty(conn, pair, likeness), pair) for pair, (likeness, _) in best.items()),
        key=lambda item: (-item[0], item[1]),
    )[: limit * WEIGHED]
    ranked = []
    for rank, pair in likely:
        likeness, reason = best[pair]
        change, company = _company(conn, *pair)
        ranked.append(
            (rank + change, pair, max(0.0, min(99.0, likeness + change)), reason + company)
        )
    ranked.sort(key=lambda item: (-item[0], item[1]))
    return [
        Pair(_side(conn, left), _side(conn, right), likeness, reason)
        for _, (left, right), likeness, reason in ranked[:limit]
    ]


def _weighty(conn: sqlite3.Connection, pair: tuple[int, int], likeness: float) -> float:
    """A likeness, with a little more for pairs that concern many releases."""
    return likeness + 2 * log2(1 + min(_releases(conn, number) for number in pair))


def _company(conn: sqlite3.Connection, left: int, right: int) -> tuple[float, str]:
    """What the things named beside two entities say: a change of likeness, and why."""
    if conn.execute(
        """SELECT 1 FROM appearances AS a JOIN appearances AS b USING (release_id)
           WHERE a.entity_id = ? AND b.entity_id = ? AND a.name <> b.name LIMIT 1""",
        (left, right),
    ).fetchone():
        return -TOLD_APART, "; one release names both"
    shared = conn.execute(
        f"""SELECT entities.name FROM entities JOIN (
              SELECT entity_id FROM ({_BESIDE.format(":left")})
              INTERSECT SELECT entity_id FROM ({_BESIDE.format(":right")})) AS both
            ON both.entity_id = entities.id
            WHERE entities.release_count <= {COMMON} AND entities.id NOT IN (:left, :right)
              AND entities.kind <> 'place'
            ORDER BY entities.release_count, entities.name""",
        {"left": left, "right": right},
    ).fetchall()
    if not shared:
        return 0.0, ""
    names = ", ".join(name for (name,) in shared[:SHARED])
    return min(COMPANY, 4.0 * len(shared)), f"; both are named beside {names}"


#: The things in the latest releases that name an entity.
_BESIDE = """SELECT entity_id FROM appearances WHERE release_id IN (
  SELECT release_id FROM appearances WHERE entity_id = {} ORDER BY published DESC LIMIT 50)"""


def _candidates(
    conn: sqlite3.Connection, kind: str | None
) -> Iterator[tuple[int, int, float, str]]:
    yield from _ambiguous_acronyms(conn, kind)
    known = conn.execute(
        """SELECT id, kind, normalized FROM entities
           WHERE hidden = 0 AND (:kind IS NULL OR kind = :kind) AND kind <> 'event'
             -- Places on the map are told apart by where they lie.
             AND (kind <> 'place' OR latitude IS NULL)
           ORDER BY release_count DESC, id LIMIT :limit""",
        {"kind": kind, "limit": LOOKED_AT},
    ).fetchall()
    for number, found, name in known:
        for other, its_name in conn.execute(
            """SELECT id, normalized FROM (
                 SELECT id, normalized, kind, hidden FROM entities INDEXED BY entities_normalized
                 WHERE normalized >= ? ORDER BY normalized LIMIT ?)
               WHERE kind = ? AND id <> ? AND hidden = 0""",
            (name, NEIGHBOURS, found, number),
        ):
            likeness, reason = _alike(found, name, its_name)
            if likeness:
                yield number, other, likeness, reason
        if found == "person" and " " not in name:
            yield from _by_family_name(conn, number, name)


def _alike(kind: str, name: str, other: str) -> tuple[float, str]:
    """How alike two folded names are (0 when they are no pair), and in what way.

    What one of them has and the other has not must be alike by itself: a long beginning in common
    does not make "New York Times" of "New York Mets".
    """
    if name == other:
        if kind == "person":
            return (95.0 if " " in name else 82.0), "the same name"
        return 95.0, "the same name, told apart"
    if other.startswith(name + " ") and kind == "organisation":
        more = set(other[len(name) :].split())
        general = more <= word_list("general_words.txt")
        return SAME_BUT_GENERAL if general else SAME_BUT_MORE, "one name begins with the other"
    likeness = fuzz.ratio(name, other)
    if likeness < ALIKE:
        return 0.0, ""
    ours, theirs = name.split(), other.split()
    rest = [
        " ".join(w for w in words if w not in common)
        for words, common in ((ours, theirs), (theirs, ours))
    ]
    if all(rest) and fuzz.ratio(*rest) < WORDS_ALIKE:
        return 0.0, ""
    return likeness, "spelt nearly alike"


def _by_family_name(
    conn: sqlite3.Connection, number: int, name: str
) -> Iterator[tuple[int, int, float, str]]:
    """Those of whom a person known by one name may be one; where many are, nobody can tell."""
    if len(name) < MIN_FAMILY_NAME:
        return
    found = conn.execute(
        """SELECT entities.id, entities.normalized FROM entities_fts
           JOIN entities ON entities.id = entities_fts.rowid
           WHERE entities_fts MATCH ? AND entities.kind = 'person' AND hidden = 0
             AND entities.id <> ? LIMIT 50""",
        (f'"{name}"', number),
    ).fetchall()
    holders = [other for other, full in found if full.endswith(" " + name)]
    if len(holders) <= FEW:
        for other in holders:
            yield number, other, 78.0, "one is the family name of the other"


def _ambiguous_acronyms(
    conn: sqlite3.Connection, kind: str | None
) -> Iterator[tuple[int, int, float, str]]:
    if kind not in (None, "organisation"):
        return
    for acronym, left, right in conn.execute(
        """SELECT short.block, short.entity_id, long.entity_id FROM identities AS short
           JOIN acronyms ON acronyms.acronym = short.block
           JOIN identities AS long ON long.kind = 'organisation' AND long.block = acronyms.block
           WHERE short.kind = 'organisation' AND short.entity_id <> long.entity_id
           GROUP BY short.entity_id, long.entity_id
           ORDER BY count(DISTINCT acronyms.release_id) DESC LIMIT ?""",
        (LOOKED_AT,),
    ):
        yield left, right, 88.0, f"“{acronym}” is written for it, and for others"


def _kept_apart(conn: sqlite3.Connection) -> set[tuple[int, int]]:
    """Pairs of entities between which a judgement of difference is in force."""
    found = set()
    for left, right in conn.execute(
        """SELECT "left", "right" FROM judgements
           WHERE verdict = 'different' AND deleted_at IS NULL"""
    ).fetchall():
        numbers = []
        for key in (left, right):
            numbers += conn.execute(
                "SELECT entity_id FROM identities WHERE kind = ? AND block = ? AND evidence = ?",
                from_key(key),
            ).fetchall()
        if len(numbers) == 2:
            a, b = sorted(number for (number,) in numbers)
            found.add((a, b))
    return found


def _releases(conn: sqlite3.Connection, entity: int) -> int:
    row = conn.execute("SELECT release_count FROM entities WHERE id = ?", (entity,)).fetchone()
    return int(row[0])


def _side(conn: sqlite3.Connection, entity: int) -> Side:
    kind, name, releases = conn.execute(
        "SELECT kind, name, release_count FROM entities WHERE id = ?", (entity,)
    ).fetchone()
    names = conn.execute(
        "SELECT name FROM aliases WHERE entity_id = ? ORDER BY count DESC, name LIMIT ?",
        (entity, NAMES),
    )
    titles = conn.execute(
        """SELECT DISTINCT roles.title || coalesce(', ' || organisation, '') FROM roles
           WHERE person_id = ? LIMIT ?""",
        (entity, TITLES),
    )
    newest = conn.execute(
        """SELECT releases.id, releases.published, releases.title FROM appearances
           JOIN releases ON releases.id = appearances.release_id
           WHERE appearances.entity_id = ? ORDER BY appearances.published DESC LIMIT ?""",
        (entity, RELEASES),
    )
    return Side(
        entity,
        kind,
        name,
        releases,
        tuple(each for (each,) in names),
        tuple(each for (each,) in titles),
        tuple(newest.fetchall()),
    )
