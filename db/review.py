"""The review queue: entities that may be one thing, best first, with the evidence side by side.

    queue(conn) -> Pairs; a person answers with `judgements.merge` or `judgements.distinguish`

Candidates come from the best known entities and the names next to theirs in alphabetical order
(sorted neighbourhoods, Hernández and Stolfo 1995), from namesakes, and from acronyms that are
written for more than one name; nothing is compared with everything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

from rapidfuzz import fuzz

from .resolution.resolver import from_key

#: Entities, most releases first, whose neighbours are looked at.
LOOKED_AT = 2_000
NEIGHBOURS = 6
#: Likeness of two names (0 to 100) from which they are worth a person's time.
ALIKE = 86
RELEASES, NAMES, TITLES = 3, 6, 4


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
    best: dict[tuple[int, int], tuple[float, float, str]] = {}
    for left, right, likeness, reason in _candidates(conn, kind):
        pair = (min(left, right), max(left, right))
        if left != right and pair not in apart and pair not in best:
            weight = log2(2 + min(_releases(conn, left), _releases(conn, right)))
            best[pair] = (likeness * weight, likeness, reason)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    return [
        Pair(_side(conn, left), _side(conn, right), likeness, reason)
        for (left, right), (_, likeness, reason) in ranked
    ]


def _candidates(
    conn: sqlite3.Connection, kind: str | None
) -> Iterator[tuple[int, int, float, str]]:
    yield from _ambiguous_acronyms(conn, kind)
    known = conn.execute(
        """SELECT id, kind, normalized FROM entities
           WHERE hidden = 0 AND (?1 IS NULL OR kind = ?1) AND kind <> 'event'
             -- Places on the map are told apart by where they lie.
             AND (kind <> 'place' OR latitude IS NULL)
           ORDER BY release_count DESC, id LIMIT ?2""",
        (kind, LOOKED_AT),
    ).fetchall()
    for number, found, name in known:
        for other, its_name in conn.execute(
            """SELECT id, normalized FROM (
                 SELECT id, normalized, kind, hidden FROM entities INDEXED BY entities_normalized
                 WHERE normalized >= ? ORDER BY normalized LIMIT ?)
               WHERE kind = ? AND id <> ? AND hidden = 0""",
            (name, NEIGHBOURS, found, number),
        ):
            if name == its_name:
                reason = "the same name" if found == "person" else "the same name, told apart"
                yield number, other, 95.0, reason
            elif its_name.startswith(name + " ") and found == "organisation":
                yield number, other, 90.0, "one name begins with the other"
            elif (likeness := fuzz.ratio(name, its_name)) >= ALIKE:
                yield number, other, likeness, "spelt nearly alike"


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
